"""From the tables of made-up children to the long table: one way of counting for every indicator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.characteristics import Characteristic
from dashboard.indicators import Indicator
from dashboard.periods import Grain
from dashboard.populations import Populations
from dashboard.simulation.measures import Count, Measure
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    FIRST_MONTH,
    LENGTH,
    SHOWN,
    Booleans,
    Floats,
    Integers,
    period_of,
    place,
)
from dashboard.vocabulary import DistrictMode, Frequency, Kind, Statistic

_FACTORS = {Statistic.PERCENTAGE: 100.0, Statistic.AVERAGE: 1.0, Statistic.DAYS: 1.0, Statistic.SCORE: 1.0}
_GRAINS = {Frequency.MONTH: Grain.MONTH, Frequency.QUARTER: Grain.QUARTER, Frequency.YEAR: Grain.YEAR}
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class Block:
    """One indicator and statistic by one characteristic: arrays of [area, category, period]."""

    indicator: str
    statistic: Statistic
    characteristic: str
    categories: Sequence[str]
    areas: Sequence[str]
    periods: Sequence[str]
    numerators: Floats | None
    denominators: Floats | None
    values: Floats  # NaN where there is nobody to count
    decimals: int


@dataclass
class Tables:
    """The tables to count, with what has been counted of them already."""

    frames: Mapping[str, pd.DataFrame]
    areas: Areas
    counted: dict[tuple[Count, DistrictMode, str], Floats | None] = field(default_factory=dict)
    living: dict[str, Floats] = field(default_factory=dict)

    def count(
        self, count: Count, mode: DistrictMode, characteristic: str, categories: Sequence[str]
    ) -> Floats | None:
        """[area, category, month] over every month simulated, the county first; None if it cannot be told.

        With no characteristic there is one category: the whole.
        """
        key = (count, mode, characteristic)
        if key not in self.counted:
            self.counted[key] = self._count(count, mode, characteristic, categories)
        return self.counted[key]

    def _count(
        self, count: Count, mode: DistrictMode, characteristic: str, categories: Sequence[str]
    ) -> Floats | None:
        frame = self.frames[count.table]
        if characteristic and characteristic not in frame:
            return None
        where = _find_rows(frame, count.where)
        category = _codes(frame, characteristic, categories)
        if category is None:
            return None
        slugs = self.slugs(mode)[1:]
        area = _codes(frame, _COLUMNS[mode], slugs) if slugs else np.zeros(len(frame), dtype=np.int64)
        if area is None:
            return None
        where &= category >= 0
        shape = (max(len(slugs), 1), max(len(categories), 1), LENGTH)
        cell = (area * shape[1] + category) * LENGTH + place(frame["month"].to_numpy())
        weights = frame[count.weight].to_numpy(dtype=float)[where] if count.weight else None
        counts = np.bincount(cell[where], weights, minlength=int(np.prod(shape))).reshape(shape).astype(float)
        county = counts.sum(axis=0, keepdims=True)
        found = np.concatenate([county, counts]) if slugs else county
        return _roll(found, count.months)

    def children(self, populations: Populations, areas: Sequence[str]) -> Floats:
        """[area, 1, month]: children aged 0 to 17 in the middle of each month's financial year."""
        if not self.living:
            self.living.update(self._live(populations))
        return np.stack([self.living[slug] for slug in areas])[:, None, :]

    def _live(self, populations: Populations) -> dict[str, Floats]:
        county = self.areas.county.slug
        slugs = [area.slug for area in self.areas.districts]
        living = {slug: np.full(LENGTH, np.nan) for slug in self.slugs(DistrictMode.PLACEMENT)}
        for month in EVERY_MONTH:
            held = {slug: populations.for_period(slug, period_of(month)) for slug in (county, *slugs)}
            known = {slug: float(found.population) for slug, found in held.items() if found}
            known.setdefault(county, sum(known.get(slug, np.nan) for slug in slugs))
            for slug, count in known.items():
                living[slug][place(month)] = count
        return living

    def slugs(self, mode: DistrictMode) -> tuple[str, ...]:
        """The areas that figures are given for: the county, then its districts, then other placements."""
        county = (self.areas.county.slug,)
        districts = tuple(area.slug for area in self.areas.districts)
        if mode is DistrictMode.COUNTY_ONLY:
            return county
        if mode is DistrictMode.PLACEMENT:
            return county + districts + tuple(area.slug for area in self.areas.placement_only)
        return county + districts


_COLUMNS = {
    DistrictMode.HOME: "home",
    DistrictMode.PLACEMENT_AND_HOME: "home",
    DistrictMode.PLACEMENT: "placed",
    DistrictMode.COUNTY_ONLY: "",
}


def _find_rows(frame: pd.DataFrame, where: str) -> Booleans:
    """The rows that every one of the columns joined by & marks."""
    found = np.ones(len(frame), dtype=np.bool_)
    for column in where.split("&") if where else ():
        found &= frame[column].to_numpy(dtype=np.bool_)
    return found


def _codes(frame: pd.DataFrame, column: str, words: Sequence[str]) -> Integers | None:
    """The place of each row's word among words, -1 where it has none; None if one is not among them."""
    if not column:
        return np.zeros(len(frame), dtype=np.int64)
    own = frame[column].cat
    places = np.array([words.index(word) if word in words else -2 for word in own.categories] + [-1])
    codes = places[own.codes.to_numpy()]
    return None if (codes == -2).any() else codes


def _roll(counts: Floats, months: int) -> Floats:
    """Sums over so many months up to each; of the first months, over those there are."""
    if months == 1:
        return counts
    summed = np.cumsum(counts, axis=-1)
    summed[..., months:] -= summed[..., :-months].copy()
    return summed


def aggregate(
    tables: Tables,
    indicator: Indicator,
    measure: Measure,
    characteristics: Mapping[str, Characteristic],
    populations: Populations,
) -> Iterator[Block]:
    """Every block of an indicator's figures that the tables can tell."""
    for statistic, declared in indicator.statistics.items():
        chosen = measure.but.get(statistic, measure)
        for name in ("", *indicator.characteristics):
            words = (
                tuple(each.id for each in characteristics[name].categories) if name in characteristics else ()
            )
            if name and not words:
                continue
            counted = _Counted(tables, indicator, chosen, name, words)
            block = counted.block(statistic, declared.decimals, populations)
            if block is not None:
                yield block


@dataclass(frozen=True)
class _Counted:
    """An indicator, counted by one characteristic or (if that is blank) as a whole."""

    tables: Tables
    indicator: Indicator
    measure: Measure
    characteristic: str
    categories: tuple[str, ...]

    def block(self, statistic: Statistic, decimals: int, populations: Populations) -> Block | None:
        """Its figures as one statistic; None if it has none."""
        found = self._count(statistic)
        if found is None:
            return None
        numerators, denominators, first = found
        months, grain = self._months(first)
        numerators = self._gather(numerators, months, grain)
        values, scale = numerators, 10.0**decimals
        periods = [period_of(int(month), grain).code for month in months]
        areas = self.tables.slugs(self.indicator.district)
        if statistic is Statistic.RATE:
            denominators = self.tables.children(populations, areas)[:, :, place(months)]
            a_year = 12 / _MONTHS[grain] if self.indicator.kind is Kind.FLOW else 1.0
            values = _divide(10_000 * a_year * numerators, denominators)
        elif denominators is not None:
            denominators = np.broadcast_to(self._gather(denominators, months, grain), numerators.shape)
            values = _divide(_FACTORS[statistic] * numerators, denominators)
        values = np.floor(values * scale + 0.5 + 1e-9) / scale
        return Block(
            self.indicator.id, statistic, self.characteristic, self.categories or ("",), areas, periods,
            numerators if denominators is not None else None, denominators, values, decimals,
        )  # fmt: skip

    def _count(self, statistic: Statistic) -> tuple[Floats, Floats | None, int] | None:
        """Numerators and denominators by month, and the first month for which they hold everything."""
        by = self.measure.by.get(self.characteristic)
        if isinstance(by, Mapping):
            each = [
                _Counted(self.tables, self.indicator, by[name], "", ())._count(statistic)
                for name in self.categories
            ]
            found = [one for one in each if one is not None]
            if len(found) < len(self.categories) or any(one[1] is None for one in found):
                return None
            below = [one[1] for one in found if one[1] is not None]
            return (
                np.concatenate([one[0] for one in found], axis=1),
                np.concatenate(below, axis=1),
                found[0][2],
            )
        count = by or self.measure.count
        numerators = self._of(count, self.characteristic)
        if numerators is None:
            return None
        first = _first(count)
        if statistic not in _FACTORS:
            return numerators, None, first
        if self.measure.of is None or (
            statistic is Statistic.PERCENTAGE and not (self.characteristic or self.measure.whole)
        ):
            return None
        shared = self.characteristic in self.measure.shares
        denominators = None if shared else self._of(self.measure.of, self.characteristic)
        if denominators is None:
            denominators = self._of(self.measure.of, "")
        return (
            None if denominators is None else (numerators, denominators, max(first, _first(self.measure.of)))
        )

    def _of(self, count: Count, characteristic: str) -> Floats | None:
        categories = self.categories if characteristic else ()
        return self.tables.count(count, self.indicator.district, characteristic, categories)

    def _months(self, first: int) -> tuple[Integers, Grain]:
        """The last month of every period that figures are given for, and how long the periods are."""
        every = _MONTHS[_GRAINS[self.indicator.frequency]]
        shown = np.arange(SHOWN)
        if self.indicator.kind is Kind.SURVEY:
            asked = self.tables.frames[self.measure.count.table]["month"].unique()
            return np.sort(asked), Grain.MONTH
        at_a_date = self.indicator.kind.is_at_a_date
        months = shown[(shown % every == every - 1) & (shown - (0 if at_a_date else every - 1) >= first)]
        return months, Grain.MONTH if at_a_date else _GRAINS[self.indicator.frequency]

    @staticmethod
    def _gather(counts: Floats, months: Integers, grain: Grain) -> Floats:
        """Counts of the periods that end in these months."""
        return np.asarray(sum(counts[..., place(months - back)] for back in range(_MONTHS[grain])))


def _first(count: Count) -> int:
    return max(count.first + count.months - 1, FIRST_MONTH)


def _divide(above: Floats, below: Floats) -> Floats:
    """One number over another; NaN over nobody."""
    nobody = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    return np.asarray(np.divide(above, below, out=nobody, where=below > 0))
