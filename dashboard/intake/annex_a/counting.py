"""From tables to figures: counted by area, category and month, and left out wherever a month is not whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dashboard.areas import Areas
from dashboard.catalogue import Indicator
from dashboard.intake.annex_a.days import Booleans, Integers
from dashboard.intake.annex_a.measures import Count, Measure, Measures
from dashboard.intake.annex_a.places import UNKNOWN
from dashboard.intake.annex_a.tables import Floats, Material, Table
from dashboard.periods import Period, month_at
from dashboard.vocabulary import Basis, DistrictMode, Frequency, Statistic, Status, Symbol

_FACTORS = {Statistic.PERCENTAGE: 100.0, Statistic.DAYS: 1.0}
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
#: Districts are left out where the home of more children than this is not known: they would look too low.
MOST_WITHOUT_HOME = 0.05
#: The months, counted back from the last, whose records are still being completed.
PROVISIONAL_MONTHS = 3

Row = dict[str, object]


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
        end = month_at(self.material.extent.last).end_label
        as_at = f"Counted from the child-level lists (Annex A) to {end}."
        return f"{as_at} {measure.note}".strip()

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
        county = np.isin(months, table.months) & ~_any_in(place, unclear, len(months))
        size = len(self.material.given.characteristics[characteristic].categories) if characteristic else 1
        area, slugs, districts = self._areas(table, mode, place, marked, len(months))
        kept = marked & ~unclear & (category >= 0) & (area >= 0)
        numbers = _tally(area, category, place, weights, kept, (max(len(slugs), 1), size, len(months)))
        everybody = marked & ~unclear & (category >= 0)
        whole = _tally(np.zeros_like(area), category, place, weights, everybody, (1, size, len(months)))
        joined = np.concatenate([whole, numbers]) if slugs else whole
        return Counted(joined, county, county & districts)

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


def write_figures(
    counting: Counting, indicator: Indicator, measure: Measure, left_out: Sequence[str]
) -> Iterator[Row]:
    """Every figure of an indicator that the lists can tell, as rows of the long table."""
    for statistic, declared in indicator.statistics.items():
        own = measure.for_statistic(statistic)
        for characteristic in ("", *indicator.characteristics):
            if f"{indicator.id} by {characteristic}" not in left_out:
                yield from _Block(
                    counting, indicator, own, statistic, declared.decimals, characteristic
                ).rows()


@dataclass(frozen=True)
class _Block:
    """One indicator and statistic, as a whole or by one characteristic."""

    counting: Counting
    indicator: Indicator
    measure: Measure
    statistic: Statistic
    decimals: int
    characteristic: str

    def rows(self) -> Iterator[Row]:
        """Its figures, in every period and area in which they are whole."""
        if self.characteristic in self.measure.by:
            for category, own in self.measure.by[self.characteristic].items():
                yield from self._write(own, "", (category,))
            return
        characteristics = self.counting.material.given.characteristics
        declared = characteristics[self.characteristic].categories if self.characteristic else ()
        yield from self._write(
            self.measure, self.characteristic, tuple(each.id for each in declared) or ("",)
        )

    def _write(self, measure: Measure, characteristic: str, categories: Sequence[str]) -> Iterator[Row]:
        mode = self.indicator.district
        above = self.counting.count(measure.count, mode, characteristic)
        if above is None:
            return
        below = None
        if self.statistic in _FACTORS:
            if measure.of is None or not (measure.whole or characteristic):
                return
            shared = characteristic in measure.shares
            below = None if shared else self.counting.count(measure.of, mode, characteristic)
            below = below or self.counting.count(measure.of, mode, "")
            if below is None:
                return
        elif self.statistic is not Statistic.COUNT and not self._is_counted_here():
            return
        yield from self._write_cells(above, below, categories, measure.count.table)

    def _is_counted_here(self) -> bool:
        """Whether a rate has no count from which it would be worked out when a release is made."""
        declared = self.indicator.statistics[self.statistic]
        return (
            self.statistic is Statistic.RATE
            and not self.characteristic
            and not declared.counts
            and Statistic.COUNT not in self.indicator.statistics
        )

    def _write_cells(
        self, above: Counted, below: Counted | None, categories: Sequence[str], table: str
    ) -> Iterator[Row]:
        slugs = list_slugs(self.counting.material.given.areas, self.indicator.district)
        for period, places in self._list_periods():
            whole = above.county[places].all() and (below is None or below.county[places].all())
            told_apart = above.districts[places].all() and (below is None or below.districts[places].all())
            if not whole:
                continue
            for number, slug in enumerate(slugs[: above.numbers.shape[0]]):
                if number and not told_apart:
                    break
                for at, category in enumerate(categories):
                    count = float(above.numbers[number, at, places].sum())
                    base = self._find_base(below, number, at, places, slug, period)
                    yield self._write_row(period, slug, category, count, base, table)

    def _find_base(
        self,
        below: Counted | None,
        number: int,
        at: int,
        places: NDArray[np.int64],
        slug: str,
        period: Period,
    ) -> float | None:
        """What a number is out of: others counted, or the children who live there; None for a count."""
        if below is not None:
            return float(below.numbers[number, min(at, below.numbers.shape[1] - 1), places].sum())
        if self.statistic is not Statistic.RATE:
            return None
        found = self.counting.material.given.populations.for_period(slug, period)
        return float(found.population) if found else 0.0

    def _list_periods(self) -> Iterator[tuple[Period, NDArray[np.int64]]]:
        """Every period that figures are given for, with the places of its months among those of the lists."""
        months = self.counting.material.extent.months
        length = _MONTHS[self.indicator.frequency]
        at_a_date = self.indicator.kind.is_at_a_date
        for place, month in enumerate(months):
            period = month_at(month)
            if length > 1 and month % 12 not in ((2, 5, 8, 11) if length == 3 else (2,)):
                continue
            if at_a_date or length == 1:
                yield period, np.array([place])
            elif place + 1 >= length:
                yield (
                    (period.quarter if length == 3 else period.year),
                    np.arange(place + 1 - length, place + 1),
                )

    def _write_row(
        self, period: Period, slug: str, category: str, count: float, base: float | None, table: str
    ) -> Row:
        material = self.counting.material
        untold = self.counting.is_untold(self.characteristic, category)
        value: float | None = count
        if base is not None:
            factor = 10_000.0 if self.statistic is Statistic.RATE else _FACTORS[self.statistic]
            value = round_half_up(factor * count / base, self.decimals) if base > 0 else None
        symbol = Symbol.NOT_AVAILABLE if untold else Symbol.NOT_APPLICABLE if value is None else Symbol.NONE
        shown = symbol is Symbol.NONE
        return {
            "indicator": self.indicator.id, "statistic": str(self.statistic), "area": slug,
            "basis": str(Basis.LOCAL), "period": period.code, "characteristic": self.characteristic,
            "category": category, "numerator": count if base is not None and shown else None,
            "denominator": base if shown else None, "value": value if shown else None,
            "symbol": str(symbol), "status": str(self._find_status(period)), "source": material.given.source,
            "published_on": material.given.published_on, "decimals": self.decimals,
            "row": self.counting.name_lists(table), "note": self.counting.note_of(self.measure),
        }  # fmt: skip

    def _find_status(self, period: Period) -> Status:
        """Made-up, provisional for the latest months, whose records are still being completed, or final."""
        if self.counting.material.illustrative:
            return Status.ILLUSTRATIVE
        recent = period.end_index > self.counting.material.extent.last - PROVISIONAL_MONTHS
        return Status.PROVISIONAL if recent else Status.FINAL


def round_half_up(number: float, decimals: int) -> float:
    """A number at so many digits after the point, a half going up, as the simulation rounds."""
    scale = 10.0**decimals
    return float(np.floor(number * scale + 0.5 + 1e-9) / scale)
