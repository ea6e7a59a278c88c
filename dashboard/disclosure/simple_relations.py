"""The sums that a reader can do: every linear relation between numbers that the release could show.

A relation is kept as an incidence, pairs of its number and the place of a number in it. It is listed where
its figures do add up, or where all that belong to it are held, so that the reader may take it to hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.areas import Areas
from dashboard.disclosure.unknowns import VALUE, Unknowns
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, code_of, replace_code
from dashboard.periods import Grain, month_at
from dashboard.vocabulary import Kind

_HALF = 0.5  # whole numbers that are less than this apart are equal


@dataclass(frozen=True, eq=False)
class Relations:
    """Member `members[i]` (an unknown) is in relation `numbers[i]`; `totals[i]` if it is the sum there."""

    numbers: Array
    members: Array
    totals: Array
    count: int


@dataclass(frozen=True, eq=False)
class _Listed:
    """One sort of relation: numbers by place, the group each is in, and which of them are sums."""

    groups: Array
    places: Array
    totals: Array


def list_relations(
    unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator], areas: Areas
) -> Relations:
    """Every relation among the unknowns."""
    listed = [
        _by_geography(unknowns, words, areas),
        *_by_category(unknowns, words),
        *_by_period(unknowns, words, catalogue),
        *_by_parts(unknowns, words, catalogue),
        *_by_difference(unknowns, words, catalogue),
        *_by_movement(unknowns, words, catalogue),
    ]
    numbers, members, totals, count = [], [], [], 0
    for each in listed:
        unique, group = np.unique(each.groups, return_inverse=True)
        numbers.append(group + count)
        members.append(unknowns.unknown[each.places])
        totals.append(each.totals)
        count += len(unique)
    triples = len(unknowns.complements)
    numbers.append(np.repeat(np.arange(triples), 3) + count)
    members.append(unknowns.complements.ravel())
    totals.append(np.tile([False, True, False], triples))
    return _without_repeats(np.concatenate(numbers), np.concatenate(members), np.concatenate(totals))


def _without_repeats(numbers: Array, members: Array, totals: Array) -> Relations:
    """Each relation once, each unknown once in it; that a number equals itself is none."""
    order = np.lexsort((~totals, members, numbers))
    numbers, members, totals = numbers[order], members[order], totals[order]
    first = np.ones(len(numbers), dtype=bool)
    first[1:] = (numbers[1:] != numbers[:-1]) | (members[1:] != members[:-1])
    numbers, members, totals = numbers[first], members[first], totals[first]
    starts = (
        np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1]))) if len(numbers) else numbers
    )
    sizes = np.diff(np.append(starts, len(numbers)))
    # Relations with the same members have the same sum of their members' random signatures.
    signatures = np.random.default_rng(0).integers(
        2**63, size=int(members.max(initial=0)) + 1, dtype=np.uint64
    )
    sums = np.add.reduceat(signatures[members], starts) if len(starts) else signatures[:0]
    kept = np.zeros(len(starts), dtype=bool)
    kept[np.unique(sums, return_index=True)[1]] = True
    kept &= sizes > 1
    chosen = np.repeat(kept, sizes)
    renumbered = np.repeat(np.cumsum(kept) - 1, sizes)[chosen]
    return Relations(renumbered, members[chosen], totals[chosen], int(kept.sum()))


def _summed(
    unknowns: Unknowns,
    places: Array,
    groups: Array,
    targets: Array,
    *,
    needed: int | None = None,
    complete: Array | None = None,
) -> _Listed:
    """Numbers that add up to the one with the target key of their group, where that one is held.

    `needed`: how many there must be. `complete`: which numbers must all be there for the relation to be
    taken as holding though it does not add up (as when figures of two sources are set side by side).
    """
    total = unknowns.find(targets)
    places, groups, total = places[total >= 0], groups[total >= 0], total[total >= 0]
    unique, first, group, counts = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    whole = total[first] if len(first) else total
    sums = np.bincount(group, weights=unknowns.values[places], minlength=len(unique))
    gap = np.abs(sums - unknowns.values[whole])
    held = (gap < _HALF) | np.isnan(gap)  # not a number: something is hidden already
    if complete is not None:
        held |= complete[first][: len(held)] if len(first) else held
    if needed is not None:
        held &= counts == needed
    kept = held[group]
    held_groups = np.flatnonzero(held)
    return _Listed(
        np.concatenate((group[kept], held_groups)),
        np.concatenate((places[kept], whole[held_groups])),
        np.concatenate((np.zeros(int(kept.sum()), dtype=bool), np.ones(len(held_groups), dtype=bool))),
    )


def _by_geography(unknowns: Unknowns, words: Words, areas: Areas) -> _Listed:
    """Districts and placement-only areas make the county."""
    district = np.array([words.areas[area.slug] for area in areas.districts], dtype=np.int64)
    within = [words.areas[area.slug] for area in (*areas.districts, *areas.placement_only)]
    area = code_of(unknowns.keys, "area")
    places = np.flatnonzero(np.isin(area, within))
    targets = replace_code(unknowns.keys[places], area=words.areas[areas.county.slug])
    held = unknowns.find(targets) >= 0
    places, targets = places[held], targets[held]
    _, group = np.unique(targets, return_inverse=True)
    districts = np.bincount(group, weights=np.isin(area[places], district))
    return _summed(unknowns, places, targets, targets, complete=(districts == len(district))[group])


def _by_category(unknowns: Unknowns, words: Words) -> Iterator[_Listed]:
    """The categories of a characteristic make the whole."""
    slices = code_of(unknowns.keys, "slice")
    named = words.characteristic_numbers()
    for characteristic in np.unique(named):
        places = np.flatnonzero((named[slices] == characteristic) & (slices != words.whole))
        targets = replace_code(unknowns.keys[places], slice=words.whole)
        yield _summed(unknowns, places, targets, targets)


def _by_period(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[_Listed]:
    """Months of a flow make the quarter and the year, and quarters the year."""
    flows = [words.indicators[each.id] for each in catalogue.values() if each.kind is Kind.FLOW]
    flowing = np.isin(code_of(unknowns.keys, "indicator"), flows)
    periods = code_of(unknowns.keys, "period")
    for finer, coarser, needed in (
        (Grain.MONTH, Grain.QUARTER, 3),
        (Grain.QUARTER, Grain.YEAR, 4),
        (Grain.MONTH, Grain.YEAR, 12),
    ):
        places = np.flatnonzero(flowing & (words.period_grains[periods] == finer.value))
        around = words.period_within(coarser)[periods[places]]
        targets = replace_code(unknowns.keys[places], period=around)
        yield _summed(unknowns, places, targets, targets, needed=needed)


def _by_parts(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[_Listed]:
    """The declared parts of an indicator make it."""
    counted = code_of(unknowns.keys, "statistic") == VALUE
    for indicator in catalogue.values():
        codes = [words.indicators[part] for part in indicator.parts]
        if codes:
            own = np.isin(code_of(unknowns.keys, "indicator"), codes)
            places = np.flatnonzero(counted & own)
            targets = replace_code(unknowns.keys[places], indicator=words.indicators[indicator.id])
            _, group, counts = np.unique(targets, return_inverse=True, return_counts=True)
            everything = (counts == len(codes))[group]
            held = unknowns.find(targets) >= 0
            yield _summed(unknowns, places[held], targets[held], targets[held], complete=everything[held])


def _by_difference(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[_Listed]:
    """A declared difference and the two that it is between."""
    for indicator in catalogue.values():
        if indicator.difference:
            net = _values_of(unknowns, words.indicators[indicator.id])
            codes = (words.indicators[each] for each in indicator.difference)
            sides = [unknowns.find(replace_code(unknowns.keys[net], indicator=code)) for code in codes]
            yield _beside(np.column_stack((net, *sides)))


def _by_movement(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[_Listed]:
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
            yield _beside(table[(gap < _HALF) | np.isnan(gap)])


def _months_around(words: Words) -> tuple[Array, Array]:
    """For each period the number of its last month, and of the month before it; -1 where not held."""
    known = {name: number for number, name in enumerate(words.periods.names)}
    last = [known.get(period.month.code, -1) for period in words.parsed_periods]
    before = [known.get(month_at(period.index - 1).code, -1) for period in words.parsed_periods]
    return np.array(last, dtype=np.int64), np.array(before, dtype=np.int64)


def _values_of(unknowns: Unknowns, indicator: int) -> Array:
    own = code_of(unknowns.keys, "indicator") == indicator
    return np.flatnonzero(own & (code_of(unknowns.keys, "statistic") == VALUE))


def _beside(table: Array) -> _Listed:
    """One relation for each row of places, where all of them are held."""
    table = table[(table >= 0).all(axis=1)]
    rows, columns = table.shape
    return _Listed(np.repeat(np.arange(rows), columns), table.ravel(), np.zeros(rows * columns, dtype=bool))
