"""The places that figures are about: the county, its districts, and whom they are compared with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from dashboard.findings import DeclarationError, Finding, Level, nearest, quoted
from dashboard.periods import Period
from dashboard.tables import Row, read_rows


class AreaKind(StrEnum):
    """What an area is."""

    COUNTY = "county"
    DISTRICT = "district"
    PLACEMENT_ONLY = "placement_only"  # where a looked after child lives, never a home district
    REGION = "region"
    COUNTRY = "country"
    STATISTICAL_NEIGHBOURS = "statistical_neighbours"


@dataclass(frozen=True)
class Area:
    """One row of `areas.csv`."""

    slug: str
    name: str
    short_name: str
    kind: AreaKind
    within: str = ""  # the slug of the area it is part of
    gss_code: str = ""
    shown_as: str = ""  # the comparator a reader chooses to see it; blank: itself
    model_year: int | None = None  # of a statistical neighbours' model
    in_force_from: Period | None = None  # a month; None: always was
    in_force_to: Period | None = None  # the last month; None: still is
    aliases: tuple[str, ...] = ()

    @property
    def is_comparator(self) -> bool:
        """Whether it is there only to be compared with."""
        return self.kind in {AreaKind.REGION, AreaKind.COUNTRY, AreaKind.STATISTICAL_NEIGHBOURS}

    def is_in_force(self, period: Period) -> bool:
        """Whether the area stood for its comparator at the end of a period."""
        month = period.end_index
        return (self.in_force_from is None or self.in_force_from.index <= month) and (
            self.in_force_to is None or month <= self.in_force_to.index
        )


@dataclass(frozen=True)
class Council:
    """One of the ten councils of a statistical neighbours' model, the closest ranked 1."""

    model_year: int
    rank: int
    la_code: str
    name: str


class AreaError(ValueError):
    """A text that names no area; the message offers the nearest name."""


@dataclass(frozen=True)
class Areas:
    """Every area in the order of its file, by slug; and the councils behind each neighbours' mean."""

    all: tuple[Area, ...]
    councils: tuple[Council, ...] = ()
    _by_slug: Mapping[str, Area] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {area.slug: area for area in self.all})

    def __iter__(self) -> Iterator[Area]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def __getitem__(self, slug: str) -> Area:
        return self._by_slug[slug]

    def get(self, slug: str) -> Area | None:
        """The area of a slug, or None."""
        return self._by_slug.get(slug)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Every slug, in order."""
        return tuple(area.slug for area in self.all)

    @cached_property
    def county(self) -> Area:
        """The county."""
        return self._of(AreaKind.COUNTY)[0]

    @cached_property
    def districts(self) -> tuple[Area, ...]:
        """Its districts in alphabetical order."""
        return tuple(sorted(self._of(AreaKind.DISTRICT), key=lambda area: area.name))

    @cached_property
    def placement_only(self) -> tuple[Area, ...]:
        """Where a looked after child may be placed besides the districts: outside the county, not known."""
        return self._of(AreaKind.PLACEMENT_ONLY)

    @cached_property
    def choosable(self) -> tuple[Area, ...]:
        """The areas that a page can be about: the county, then its districts."""
        return (self.county, *self.districts)

    @cached_property
    def comparators(self) -> tuple[Area, ...]:
        """Whom a reader can choose to compare with; one entry for the neighbours, whatever the model."""
        return tuple(area for area in self.all if area.is_comparator and not area.shown_as)

    @cached_property
    def neighbours(self) -> tuple[Area, ...]:
        """The models of statistical neighbours, oldest first."""
        models = (area for area in self.all if area.model_year is not None)
        return tuple(sorted(models, key=lambda area: area.model_year or 0))

    def neighbours_for(self, period: Period) -> Area:
        """The model of statistical neighbours in force at the end of a period."""
        return next(area for area in self.neighbours if area.is_in_force(period))

    def standing_for(self, slug: str, period: Period) -> tuple[str, ...]:
        """The areas whose figure may stand for a chosen one at a period, best first.

        For a comparator with models: the model in force, then the figure as printed in a report that
        did not say which model it used. For any other area: itself.
        """
        models = [area.slug for area in self.all if area.shown_as == slug and area.is_in_force(period)]
        return (*models, slug)

    def councils_of(self, slug: str) -> tuple[Council, ...]:
        """The councils in a neighbours' model, the closest first; none for any other area."""
        area = self.get(slug)
        year = area.model_year if area else None
        found = (council for council in self.councils if council.model_year == year)
        return tuple(sorted(found, key=lambda council: council.rank))

    def parse(self, text: str) -> Area:
        """The area that a text names: a slug, a name, a GSS code, or an abbreviation met in a document.

        Raises `AreaError` with the nearest name.
        """
        found = self._by_name.get(_plain(text))
        if found is None:
            near = nearest(text, [name for area in self.all for name in _names(area)])
            raise AreaError(f"found {text!r}, expected an area" + (f", nearest: {near}" if near else ""))
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Area]:
        return {_plain(name): area for area in self.all for name in _names(area)}

    def _of(self, kind: AreaKind) -> tuple[Area, ...]:
        return tuple(area for area in self.all if area.kind is kind)


def _names(area: Area) -> tuple[str, ...]:
    return tuple(name for name in (area.slug, area.name, area.gss_code, *area.aliases) if name)


def _plain(text: str) -> str:
    """Lower case, letters and digits only, one space between words: "West  Mids." becomes "west mids"."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


# --- loading --------------------------------------------------------------------------------------

_FILE = "areas.csv"
_COLUMNS = (
    *("slug", "name", "short_name", "kind", "within", "gss_code"),
    *("shown_as", "model_year", "in_force_from", "in_force_to", "aliases"),
)
_COUNCIL_COLUMNS = ("model", "rank", "la_code", "la_name")


def load_areas(data: Path) -> Areas:
    """The areas declared in a data folder. Raises `DeclarationError` carrying every fault found."""
    areas, findings = read_areas(data)
    if findings:
        raise DeclarationError(findings)
    return areas


def read_areas(data: Path) -> tuple[Areas, tuple[Finding, ...]]:
    """The areas that could be read, and everything wrong with them."""
    findings: list[Finding] = []
    lines = {row.line: _read_area(row) for row in read_rows(data / _FILE, _COLUMNS, findings)}
    areas = tuple(lines.values())
    findings += _find_broken_references(lines)
    models = tuple(str(area.model_year) for area in areas if area.model_year)
    rows = read_rows(data / "statistical_neighbours.csv", _COUNCIL_COLUMNS, findings)
    councils = tuple(_read_council(row, models) for row in rows)
    return Areas(areas, councils), tuple(findings)


def _read_area(row: Row) -> Area:
    first, last = row.period("in_force_from"), row.period("in_force_to")
    return Area(
        slug=row.text("slug"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        kind=row.word("kind", AreaKind),
        within=row.text("within", required=False),
        gss_code=row.text("gss_code", required=False),
        shown_as=row.text("shown_as", required=False),
        model_year=row.whole("model_year", required=False),
        in_force_from=first.month if first else None,
        in_force_to=last.month if last else None,
        aliases=tuple(alias for alias in row.cells["aliases"].split("|") if alias),
    )


def _read_council(row: Row, models: tuple[str, ...]) -> Council:
    model = row.among("model", models, "the model_year of a row of areas.csv")
    return Council(
        int(model) if model.isdigit() else 0, row.whole("rank") or 0, row.text("la_code"), row.text("la_name")
    )


def _find_broken_references(lines: Mapping[int, Area]) -> list[Finding]:
    """Slugs that point nowhere, names that two areas share, and anything but exactly one county."""
    findings: list[Finding] = []
    slugs = [area.slug for area in lines.values()]
    owners: dict[str, int] = {}
    for line, area in lines.items():
        for column, slug in (("within", area.within), ("shown_as", area.shown_as)):
            if slug and slug not in slugs:
                near = nearest(slug, slugs)
                findings.append(_fault(line, column, quoted(slug), "the slug of another row", near))
        for name in dict.fromkeys(_plain(name) for name in _names(area)):
            if owners.setdefault(name, line) != line:
                expected = f"a name that row {owners[name]} has not got already"
                findings.append(_fault(line, "slug, name or aliases", quoted(name), expected))
    counties = sum(area.kind is AreaKind.COUNTY for area in lines.values())
    if counties != 1:
        findings.append(_fault(None, "kind", f"{counties} counties", "exactly one county"))
    return findings


def _fault(line: int | None, column: str, found: str, expected: str, near: str = "") -> Finding:
    return Finding(Level.ERROR, _FILE, line, column, found, expected, near)
