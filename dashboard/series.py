"""One line of figures over time, read from the dense arrays when somebody asks for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from dashboard.cubes import PRECISIONS, STATUSES, SYMBOLS, Array, Cells, number_of
from dashboard.periods import Grain, Period
from dashboard.vocabulary import Precision, Status, Symbol

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12, Grain.CALENDAR_YEAR: 12}
_STARTS = {Grain.MONTH: 0, Grain.QUARTER: 0, Grain.YEAR: 3, Grain.CALENDAR_YEAR: 0}


@dataclass(frozen=True, slots=True)
class Observation:
    """One released figure. `value` is None exactly when a symbol says why.

    `base` is the span of a denominator that is not told, as "40-59"; blank where it is told or there is none.
    """

    period: Period
    value: float | None
    symbol: Symbol
    status: Status
    numerator: float | None
    denominator: float | None
    decimals: int
    source: str
    published_on: str
    precision: Precision = Precision.EXACT
    base: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it has a number that may be reckoned with: not rounded, and not only a limit."""
        return self.value is not None and self.precision is Precision.EXACT


@dataclass(frozen=True, eq=False)
class Series:
    """The held figures of one area and category over time, first to last; made into objects on demand."""

    cells: Cells
    grain: Grain
    offset: int  # where the series starts in the flat arrays
    first: int  # the number of the period there
    held: Array  # places from there at which a figure is held

    def __len__(self) -> int:
        return len(self.held)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._observations)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods for which a figure is held, ascending."""
        return tuple(period_of(self.grain, number) for number in (self.first + self.held).tolist())

    @cached_property
    def _observations(self) -> tuple[Observation, ...]:
        return read_cells(self.cells, self.offset + self.held, self.periods)

    def at(self, period: Period) -> Observation | None:
        """The figure of a period of the series' own grain; None if none is held."""
        if period.grain is not self.grain:
            return None
        place = int(np.searchsorted(self.held, number_of(period) - self.first))
        if place < len(self.held) and self.periods[place] == period:
            return self._observations[place]
        return None

    def last(self, until: Period | None = None) -> Observation | None:
        """The latest figure, of those that end no later than `until` does; None if there is none."""
        if until is None:
            return self._observations[-1] if len(self.held) else None
        for period, observation in zip(reversed(self.periods), reversed(self._observations), strict=True):
            if period.end_index <= until.end_index:
                return observation
        return None

    def between(self, first: Period, last: Period) -> "Series":
        """Those figures whose periods start no sooner than `first` and end no later than `last`."""
        kept = [
            place
            for place, period in zip(self.held, self.periods, strict=True)
            if first.index <= period.index and period.end_index <= last.end_index
        ]
        return Series(self.cells, self.grain, self.offset, self.first, np.array(kept, dtype=np.int64))


@lru_cache(maxsize=4096)
def period_of(grain: Grain, number: int) -> Period:
    """The period with that number among those of its grain: the inverse of `number_of`."""
    year, month = divmod(number * _MONTHS[grain] + _STARTS[grain], 12)
    return Period(grain, year, month + 1)


def spans_of(grain: Grain, numbers: Iterable[int]) -> Iterator[Period]:
    """The quarters and financial years that periods of a grain, by their numbers, count for."""
    for number in numbers:
        period = period_of(grain, number)
        if grain in (Grain.MONTH, Grain.QUARTER):
            yield period.quarter
        if grain is not Grain.CALENDAR_YEAR:
            yield period.year


def read_cells(cells: Cells, places: Array, periods: Sequence[Period]) -> tuple[Observation, ...]:
    """The figures held in some cells, which are of the given periods."""
    columns = zip(
        periods,
        cells.values[places].tolist(),
        cells.symbols[places].tolist(),
        cells.statuses[places].tolist(),
        cells.numerators[places].tolist(),
        cells.denominators[places].tolist(),
        cells.decimals[places].tolist(),
        cells.sources[places].tolist(),
        cells.published[places].tolist(),
        cells.precisions[places].tolist(),
        cells.bases[places].tolist(),
        strict=True,
    )
    return tuple(
        Observation(
            period,
            None if value != value else value,  # NaN differs from itself
            SYMBOLS[symbol],
            STATUSES[status],
            None if numerator != numerator else numerator,
            None if denominator != denominator else denominator,
            decimals,
            cells.source_names[source],
            cells.published_dates[published],
            PRECISIONS[precision],
            cells.base_texts[base],
        )
        for (
            *(period, value, symbol, status, numerator, denominator, decimals, source, published),
            precision,
            base,
        ) in columns
    )
