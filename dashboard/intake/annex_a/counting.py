"""From tables to figures: counted by area, category and month, and left out wherever a month is not whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from dashboard.areas import Areas
from dashboard.intake.annex_a.days import Booleans, Integers
from dashboard.intake.annex_a.measures import Count, Measure, Measures
from dashboard.intake.annex_a.places import UNKNOWN
from dashboard.intake.annex_a.tables import Floats, Material, Table
from dashboard.periods import month_at
from dashboard.vocabulary import DistrictMode

#: Districts are left out where the home of more children than this is not known: they would look too low.
MOST_WITHOUT_HOME = 0.05


@dataclass(frozen=True)
class Counted:
    """Numbers by [area, category, month], the county first, and the months in which they are whole."""

    numbers: Floats
    county: Booleans  # by month
    districts: Booleans


@dataclass
class Counting:
    """The tables to count, with what has been counted of them already."""

    material: Material
    tables: Mapping[str, Table]
    declared: Measures
    found: dict[tuple[Count, DistrictMode, str], Counted | None] = field(default_factory=dict)
    unclear: dict[tuple[str, str], set[int]] = field(default_factory=dict)  # rows, by table and column

    def count(self, count: Count, mode: DistrictMode, characteristic: str) -> Counted | None:
        """Numbers of every month; None where the table or a column of it is not there."""
        key = (count, mode, characteristic)
        if key not in self.found:
            self.found[key] = self._count(count, mode, characteristic)
        return self.found[key]

    def is_untold(self, characteristic: str, category: str) -> bool:
        """Whether the codes of the lists do not tell a category from others."""
        return category in self.declared.untold.get(characteristic, ())

    def name_lists(self, table: str) -> str:
        """The lists that a table is made from, such as "List 8" or "Lists 6, 7 and 8"."""
        numbers = sorted({int(each.partition(".")[0]) for each in self.declared.tables[table].needs})
        *before, last = map(str, numbers)
        return f"Lists {', '.join(before)} and {last}" if before else f"List {last}"

    def note_of(self, measure: Measure) -> str:
        """What to know of a measure's figures."""
        return f"{self._as_at} {measure.note}".strip()

    @cached_property
    def _as_at(self) -> str:
        return f"Counted from the child-level lists to {month_at(self.material.extent.last).end_label}."

    def _count(self, count: Count, mode: DistrictMode, characteristic: str) -> Counted | None:
        table = self.tables.get(count.table)
        named = [each for each in (*count.where.split("&"), characteristic) if each]
        if table is None or any(each not in table.columns for each in named):
            return None
        if count.weight and count.weight not in table.weights:
            return None
        months = self.material.extent.months
        place = table.month - months[0]
        marked, unclear = _mark(table, count.where)
        category = table.columns[characteristic] if characteristic else np.zeros(len(table), dtype=np.int64)
        unclear |= marked & (category == UNKNOWN)
        weights = table.weights[count.weight] if count.weight else np.ones(len(table))
        unclear |= marked & np.isnan(weights)
        self._remember(count.table, table, marked, [*named, *([count.weight] if count.weight else [])])
        county = np.isin(months, table.months) & ~_any_in(place, unclear, len(months))
        size = len(self.material.given.characteristics[characteristic].categories) if characteristic else 1
        area, slugs, districts = self._areas(table, mode, place, marked, len(months))
        kept = marked & ~unclear & (category >= 0) & (area >= 0)
        numbers = _tally(area, category, place, weights, kept, (max(len(slugs), 1), size, len(months)))
        everybody = marked & ~unclear & (category >= 0)
        whole = _tally(np.zeros_like(area), category, place, weights, everybody, (1, size, len(months)))
        joined = np.concatenate([whole, numbers]) if slugs else whole
        return Counted(joined, county, county & districts)

    def _remember(self, name: str, table: Table, marked: Booleans, columns: Sequence[str]) -> None:
        """Keep which rows do not tell a column, where it could be told: at a month's end only the last."""
        extent = self.material.extent
        told = np.isin(table.month, table.months)
        if table.at_month_ends:
            told &= (table.month == extent.last) & extent.to_the_end
        for column in columns:
            blank = (
                np.isnan(table.weights[column])
                if column in table.weights
                else table.columns[column] == UNKNOWN
            )
            rows = np.flatnonzero(marked & told & blank)
            if len(rows):
                self.unclear.setdefault((name, column), set()).update(rows.tolist())

    def tell_unclear(self) -> None:
        """Tell how many rows do not say something that is needed, and what is left out for it."""
        by_list: dict[tuple[str, ...], dict[str, set[int]]] = {}
        for (name, column), rows in self.unclear.items():
            needs = self.declared.tables[name].columns[column] or self.declared.tables[name].needs
            by_list.setdefault(needs, {}).setdefault(name, set()).update(rows)
        for needs, tables in by_list.items():
            number = int(needs[0].partition(".")[0])
            headings = [self.material.layout.columns[each.partition(".")[2]].heading for each in needs]
            lost = sorted({each for need in needs for each in self.declared.needing(need)})
            lost += [
                f"what is told apart by {each}" for need in needs for each in self.declared.splitting(need)
            ]
            months = {int(self.tables[name].month[row]) for name, rows in tables.items() for row in rows}
            times = ", ".join(month_at(month).label for month in sorted(months))
            count = max(len(rows) for rows in tables.values())
            self.material.told.warn(
                "something that can be read",
                sheet=self.material.layout.list_of(number).name,
                column=" and ".join(headings),
                found=f"{count:,} row{'' if count == 1 else 's'} without it",
                why=f"left out for {times}: {', '.join(dict.fromkeys(lost))}",
            )

    def _areas(
        self, table: Table, mode: DistrictMode, place: Integers, marked: Booleans, length: int
    ) -> tuple[Integers, tuple[str, ...], Booleans]:
        """The place of each row's area among those of a mode, and the months in which they can be told."""
        slugs = list_slugs(self.material.given.areas, mode)[1:]
        nowhere = np.zeros(length, dtype=np.bool_)
        if mode is DistrictMode.PLACEMENT and table.placed is not None:
            return table.placed, slugs, ~_any_in(place, marked & (table.placed == UNKNOWN), length)
        if mode in (DistrictMode.COUNTY_ONLY, DistrictMode.PLACEMENT) or not self.material.homes.given:
            return np.zeros(len(table), dtype=np.int64) - (1 if slugs else 0), slugs, nowhere
        everyone = np.bincount(place, minlength=length)
        without = np.bincount(place[table.home == UNKNOWN], minlength=length)
        return table.home, slugs, without <= MOST_WITHOUT_HOME * everyone


def list_slugs(areas: Areas, mode: DistrictMode) -> tuple[str, ...]:
    """The areas that figures are given for: the county, then its districts, then other placements."""
    county, districts = (areas.county.slug,), tuple(area.slug for area in areas.districts)
    if mode is DistrictMode.COUNTY_ONLY:
        return county
    if mode is DistrictMode.PLACEMENT:
        return county + districts + tuple(area.slug for area in areas.placement_only)
    return county + districts


def _mark(table: Table, where: str) -> tuple[Booleans, Booleans]:
    """The rows that every column marks, and those of which that cannot be told."""
    marked = np.ones(len(table), dtype=np.bool_)
    unclear = np.zeros(len(table), dtype=np.bool_)
    for column in where.split("&") if where else ():
        marked &= table.columns[column] != 0
        unclear |= table.columns[column] == UNKNOWN
    return marked, marked & unclear


def _any_in(place: Integers, rows: Booleans, length: int) -> Booleans:
    found = np.zeros(length, dtype=np.bool_)
    found[np.unique(place[rows])] = True
    return found


def _tally(
    area: Integers,
    category: Integers,
    place: Integers,
    weights: Floats,
    kept: Booleans,
    shape: tuple[int, int, int],
) -> Floats:
    cell = (area[kept] * shape[1] + category[kept]) * shape[2] + place[kept]
    return np.bincount(cell, weights[kept], minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)
