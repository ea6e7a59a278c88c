"""Whom a row is about: an area of the product, a council behind a neighbours' mean, or somebody else.

Councils are known by their old three-digit code, which stays when a council gets a new code of the Office for
National Statistics; regions and England by the latter. Code and name must agree.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from dashboard.areas import Area, AreaKind, Areas
from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.dfe.recognising import Recognised

NATIONAL, REGIONAL, LOCAL = "National", "Regional", "Local authority"
#: Levels that files of the service may have besides; rows of them are of nobody here.
_OTHER_LEVELS = (
    *("Local authority district", "Parliamentary constituency", "Local skills improvement plan area", "Ward"),
    *("Opportunity area", "English devolved area", "MAT", "Sponsor", "School", "Provider", "Institution"),
    *("Planning area", "RSC region", "Local enterprise partnership"),
)
_LEVELS = {level.casefold(): level for level in (NATIONAL, REGIONAL, LOCAL, *_OTHER_LEVELS)}
#: The columns that name who a row is about, by level: code, then name.
NAMED_BY: Mapping[str, tuple[str, str]] = {
    NATIONAL: ("country_code", "country_name"),
    REGIONAL: ("region_code", "region_name"),
    LOCAL: ("old_la_code", "la_name"),
}
#: What the old code of a council looks like.
OLD_CODE = re.compile(r"[0-9]{3}")
#: How the code of one of the ten councils is told from the slug of an area.
_COUNCIL = "council "


class Who(NamedTuple):
    """What a row says of whom it is about, as printed; `new` is the council's new code."""

    level: str
    code: str
    name: str
    new: str


@dataclass(frozen=True)
class Place:
    """Somebody whom the product knows, by the slug of an area or of `name_council`; and the names it has."""

    slug: str
    name: str
    names: frozenset[str]  # plain

    @property
    def is_area(self) -> bool:
        """Whether it is an area of the product, and not a council behind a mean."""
        return not self.slug.startswith(_COUNCIL)


@dataclass(frozen=True)
class Known:
    """Whom the product knows, by level and the code that the level goes by."""

    by_level: Mapping[str, Mapping[str, Place]]
    county: str = ""  # the county's old code
    county_new: str = ""  # and its new one, which also stays

    def at(self, level: str) -> Mapping[str, Place]:
        """The places of a level by code."""
        return self.by_level.get(level, {})

    @cached_property
    def by_slug(self) -> Mapping[str, Place]:
        """Every place by its slug."""
        return {place.slug: place for level in self.by_level.values() for place in level.values()}

    def find_named(self, level: str, name: str) -> str:
        """The code of a place of a level by its name; blank if it is not known."""
        found = (code for code, place in self.at(level).items() if plain_name(name) in place.names)
        return next(found, "")


def know_places(areas: Areas) -> Known:
    """The areas and the councils of the neighbours' models, by their codes."""
    by_kind: dict[AreaKind, dict[str, Place]] = defaultdict(dict)
    for area in areas:
        by_kind[area.kind][area.gss_code] = _place_of(area)
    local = {
        each.la_code: Place(name_council(each.la_code), each.name, frozenset({plain_name(each.name)}))
        for each in areas.councils
    }
    county = next((alias for alias in areas.county.aliases if OLD_CODE.fullmatch(alias)), "")
    if county:
        local[county] = _place_of(areas.county)
    levels = {NATIONAL: by_kind[AreaKind.COUNTRY], REGIONAL: by_kind[AreaKind.REGION], LOCAL: local}
    return Known(levels, county, areas.county.gss_code)


def name_council(code: str) -> str:
    """The slug of one of the ten councils, by its old code."""
    return _COUNCIL + code


def _place_of(area: Area) -> Place:
    names = (area.name, area.short_name, *area.aliases)
    return Place(area.slug, area.name, frozenset(plain_name(name) for name in names) - {""})


def plain_name(name: str) -> str:
    """Lower case, letters only, "and" for "&": in which spellings of a name agree."""
    return " ".join(re.findall(r"[a-z]+", name.casefold().replace("&", " and ")))


@dataclass(frozen=True)
class Described:
    """Every description of whom rows are about: how many rows of a file have it, and the first that does."""

    recognised: Recognised
    rows: Counter[Who] = field(default_factory=Counter)
    first: dict[Who, int] = field(default_factory=dict)


def describe(recognised: Recognised) -> Described:
    """Whom the rows of a file are about."""
    described = Described(recognised)
    for line, who in zip(recognised.table.rows.index.tolist(), _read_each(recognised), strict=True):
        described.rows[who] += 1
        described.first.setdefault(who, int(line))
    return described


def find_places(described: Described, known: Known, findings: list[Finding]) -> pd.Series:
    """The slug of each row's place; blank for everybody else, who are counted in one note."""
    recognised = described.recognised
    slugs, others = dict[Who, str](), Counter[str]()
    for who, rows in described.rows.items():
        place = known.at(who.level).get(who.code)
        slugs[who] = place.slug if place and plain_name(who.name) in place.names else ""
        if who.level not in _LEVELS.values():
            findings.append(_explain_level(described, who))
        elif place is None:
            others[who.level] += rows
        elif not slugs[who]:
            findings.append(_explain_name(described, who, place))
    if others:
        told = ", ".join(f"{count:,} {level.lower()}" for level, count in others.items())
        why = (
            "no areas of this product; of councils only the statistical neighbours are used, for their means"
        )
        findings.append(Finding(Level.NOTE, recognised.table.file, found=f"rows of others: {told}", why=why))
    each = [slugs[who] for who in _read_each(recognised)]
    return pd.Series(each, index=recognised.table.rows.index, dtype="str")


def _read_each(recognised: Recognised) -> Iterator[Who]:
    """What each row says of whom it is about; blank where a file has not got the column."""
    rows, at = recognised.table.rows, recognised.places
    blank = [""] * len(rows)
    names = ("geographic_level", *(name for pair in NAMED_BY.values() for name in pair), "new_la_code")
    columns = [rows[at[name]].str.strip().tolist() if name in at else blank for name in names]
    for printed, country, england, region, region_name, old, council, new in zip(*columns, strict=True):
        level = _LEVELS.get(printed.casefold(), printed)
        if level == LOCAL:
            yield Who(level, old, council, new)
        elif level == REGIONAL:
            yield Who(level, region, region_name, "")
        else:
            yield Who(level, country, england, "") if level == NATIONAL else Who(level, "", "", "")


def _explain_level(described: Described, who: Who) -> Finding:
    column, file = described.recognised.name("geographic_level"), described.recognised.table.file
    near, why = nearest(who.level, _LEVELS.values()), _and_more(described.rows[who])
    expected, line = one_of((NATIONAL, REGIONAL, LOCAL)), described.first[who]
    return Finding(Level.ERROR, file, line, column, quoted(who.level), expected, near, why)


def _explain_name(described: Described, who: Who, place: Place) -> Finding:
    code, name = NAMED_BY[who.level]
    column, file = described.recognised.name(name), described.recognised.table.file
    why = "; ".join(filter(None, (f"{code} {who.code} is {place.name}", _and_more(described.rows[who]))))
    return Finding(Level.ERROR, file, described.first[who], column, quoted(who.name), place.name, "", why)


def _and_more(rows: int) -> str:
    return f"and in {rows - 1:,} more row{'s' if rows > 2 else ''}" if rows > 1 else ""
