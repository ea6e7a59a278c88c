"""What was counted, written as rows of the long table: by period and area, and only where it is whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.catalogue import Indicator
from dashboard.intake.annex_a.counting import Counted, Counting, list_slugs
from dashboard.intake.annex_a.measures import Measure
from dashboard.periods import Period, month_at
from dashboard.vocabulary import Basis, Frequency, Statistic, Status, Symbol

_FACTORS = {Statistic.PERCENTAGE: 100.0, Statistic.DAYS: 1.0}
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
#: The months, counted back from the last, whose records are still being completed.
PROVISIONAL_MONTHS = 3

Row = dict[str, object]


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
            same = self._describe(period, table)
            for number, slug in enumerate(slugs[: above.numbers.shape[0]]):
                if number and not told_apart:
                    break
                for at, category in enumerate(categories):
                    count = float(above.numbers[number, at, places].sum())
                    base = self._find_base(below, number, at, places, slug, period)
                    yield (
                        same
                        | {"area": slug, "category": category}
                        | self._write_number(category, count, base)
                    )

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

    def _describe(self, period: Period, table: str) -> Row:
        """What all figures of a period have in common."""
        given = self.counting.material.given
        return {
            "indicator": self.indicator.id,
            "statistic": str(self.statistic),
            "basis": str(Basis.LOCAL),
            "period": period.code,
            "characteristic": self.characteristic,
            "status": str(self._find_status(period)),
            "source": given.source,
            "published_on": given.published_on,
            "decimals": self.decimals,
            "row": self.counting.name_lists(table),
            "note": self.counting.note_of(self.measure),
        }

    def _write_number(self, category: str, count: float, base: float | None) -> Row:
        """A number with what it is out of; or the symbol that says why there is none."""
        if self.counting.is_untold(self.characteristic, category):
            return {"symbol": str(Symbol.NOT_AVAILABLE)}
        if base is None:
            return {"value": count}
        if base <= 0:
            return {"symbol": str(Symbol.NOT_APPLICABLE)}
        factor = 10_000.0 if self.statistic is Statistic.RATE else _FACTORS[self.statistic]
        value = round_half_up(factor * count / base, self.decimals)
        return {"numerator": count, "denominator": base, "value": value}

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
