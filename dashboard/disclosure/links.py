"""Relations between different indicators: differences, stocks and flows, windows of months, subsets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.disclosure.system import Family
from dashboard.disclosure.unknowns import VALUE, Unknowns, denominator_of, numerator_of
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, code_of, replace_code
from dashboard.periods import Grain, month_at
from dashboard.vocabulary import Kind

HALF = 0.5  # whole numbers that are less than this apart are equal

_WINDOWS = (Kind.ROLLING_12_MONTHS, Kind.YEAR_TO_DATE)
_APRIL = 3  # of the months of a calendar year, counted from nought


@dataclass(frozen=True, eq=False)
class Listed:
    """Relations of one family: numbers by place, the group each is in, and how often it counts there."""

    family: Family
    groups: Array
    places: Array  # of numbers, or of unknowns where `unknowns` is true
    factors: Array
    lowest: float = 0.0
    unknowns: bool = False


def list_links(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """Every relation between different indicators, or between a part and the whole that it is among."""
    yield from _by_difference(unknowns, words, catalogue)
    yield from _by_movement(unknowns, words, catalogue)
    yield from _by_window(unknowns, words, catalogue)
    yield from _by_subset(unknowns, words, catalogue)
    yield _by_complement(unknowns)


def _by_difference(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """A declared difference and the two that it is between."""
    for indicator in catalogue.values():
        if indicator.difference:
            net = _values_of(unknowns, words.indicators[indicator.id])
            codes = (words.indicators[each] for each in indicator.difference)
            sides = [unknowns.find(replace_code(unknowns.keys[net], indicator=code)) for code in codes]
            yield _beside(Family.DIFFERENCE, np.column_stack((net, *sides)), (1.0, -1.0, 1.0))


def _by_movement(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """A stock, the stock before, and the starts and ceases between them: of a month, quarter or year."""
    for indicator in catalogue.values():
        if indicator.stock:
            starts = _values_of(unknowns, words.indicators[indicator.stock.starts])
            keys = unknowns.keys[starts]
            ceases = unknowns.find(replace_code(keys, indicator=words.indicators[indicator.stock.ceases]))
            stock = words.indicators[indicator.id]
            last, before = _months_around(words)
            periods = code_of(keys, "period")
            sides = [
                np.where(
                    months[periods] >= 0,
                    unknowns.find(replace_code(keys, indicator=stock, period=np.maximum(months[periods], 0))),
                    -1,
                )
                for months in (last, before)
            ]
            table = np.column_stack((starts, ceases, *sides))
            table = table[(table >= 0).all(axis=1)]
            begun, ended, after, earlier = (unknowns.values[column] for column in table.T)
            gap = np.abs(after - earlier - begun + ended)
            yield _beside(Family.STOCK_AND_FLOW, table[gap < HALF], (1.0, -1.0, -1.0, 1.0))


def _months_around(words: Words) -> tuple[Array, Array]:
    """For each period the number of its last month, and of the month before it; -1 where not held."""
    known = {name: number for number, name in enumerate(words.periods.names)}
    last = [known.get(period.month.code, -1) for period in words.parsed_periods]
    before = [known.get(month_at(period.index - 1).code, -1) for period in words.parsed_periods]
    return np.array(last, dtype=np.int64), np.array(before, dtype=np.int64)


def _values_of(unknowns: Unknowns, indicator: int) -> Array:
    own = code_of(unknowns.keys, "indicator") == indicator
    return np.flatnonzero(own & (code_of(unknowns.keys, "statistic") == VALUE))


def _beside(family: Family, table: Array, factors: tuple[float, ...], lowest: float = 0.0) -> Listed:
    """One relation for each row of places, where all of them are held."""
    table = table[(table >= 0).all(axis=1)]
    rows, columns = table.shape
    return Listed(family, np.repeat(np.arange(rows), columns), table.ravel(), np.tile(factors, rows), lowest)


def _by_complement(unknowns: Unknowns) -> Listed:
    """Numerator and what is left of a percentage make its denominator."""
    count = len(unknowns.complements)
    return Listed(
        Family.COMPLEMENT,
        np.repeat(np.arange(count), 3),
        unknowns.complements.ravel(),
        np.tile((1.0, -1.0, 1.0), count),
        unknowns=True,
    )


def _by_window(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """Twelve months of a flow make a rolling number; the months since April make that of the year to date.

    Two rolling numbers of months in a row then differ by the new month less the one that drops out.
    """
    for indicator in catalogue.values():
        if indicator.kind not in _WINDOWS:
            continue
        for statistic, declared in indicator.statistics.items():
            for role, name in (
                (numerator_of(statistic), declared.counts),
                (denominator_of(statistic), declared.out_of),
            ):
                flow = catalogue.get(name)
                if flow and flow.kind is Kind.FLOW and not flow.distinct:
                    own = code_of(unknowns.keys, "indicator") == words.indicators[indicator.id]
                    places = np.flatnonzero(own & (code_of(unknowns.keys, "statistic") == role))
                    yield from _windows(unknowns, words, indicator.kind, places, words.indicators[flow.id])


def _windows(unknowns: Unknowns, words: Words, kind: Kind, places: Array, flow: int) -> Iterator[Listed]:
    """The relation of each of these numbers with the months of a flow, where all are held and add up."""
    known = {period.index: number for number, period in enumerate(words.parsed_periods) if period.months == 1}
    for place in places:
        period = words.parsed_periods[int(code_of(unknowns.keys[place], "period"))]
        if period.grain is not Grain.MONTH:
            continue
        back = 12 if kind is Kind.ROLLING_12_MONTHS else (period.index - _APRIL) % 12 + 1
        months = [known.get(period.index - step, -1) for step in range(back)]
        if min(months) < 0:
            continue
        keys = replace_code(unknowns.keys[[place] * back], indicator=flow, statistic=VALUE)
        parts = unknowns.find(replace_code(keys, period=np.array(months)))
        gap = unknowns.values[parts].sum() - unknowns.values[place]
        if (parts >= 0).all() and abs(gap) < HALF:
            table = np.concatenate((parts, [place]))
            factors = np.append(np.ones(back), -1.0)
            yield Listed(Family.ROLLING, np.zeros(back + 1, dtype=np.int64), table, factors)


def _by_subset(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """A count that is declared to be at most another; one category of children who may be in several."""
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for indicator in catalogue.values():
        for other in indicator.identity.at_most:
            own = _values_of(unknowns, words.indicators[indicator.id])
            whole = unknowns.find(replace_code(unknowns.keys[own], indicator=words.indicators[other]))
            pairs.append(np.column_stack((own, whole)))
    category = np.flatnonzero(
        (code_of(unknowns.keys, "statistic") == VALUE) & (code_of(unknowns.keys, "slice") != words.whole)
    )
    whole = unknowns.find(replace_code(unknowns.keys[category], slice=words.whole))
    pairs.append(np.column_stack((category, whole))[_overlapping(unknowns, words, category, whole)])
    table = np.concatenate(pairs)
    table = table[(table >= 0).all(axis=1)]
    table = table[unknowns.values[table[:, 0]] <= unknowns.values[table[:, 1]]]
    yield _beside(Family.SUBSET, table, (1.0, -1.0), lowest=-np.inf)


def _overlapping(unknowns: Unknowns, words: Words, places: Array, whole: Array) -> Array:
    """Which categories are of a characteristic that does not add up to the whole."""
    named = words.characteristic_numbers()[code_of(unknowns.keys[places], "slice")]
    group = np.column_stack((named, whole))
    _, number = np.unique(group, axis=0, return_inverse=True)
    sums = np.bincount(number, weights=np.nan_to_num(unknowns.values[places]))[number]
    return np.asarray((whole >= 0) & ~(np.abs(sums - unknowns.values[whole]) < HALF))
