"""How finely districts are shown: design first, so that little has to be hidden afterwards.

A table is all that tells the same children apart in the same way: counts, percentages and rates of one
indicator by one characteristic. It is shown at one level: by month, quarter or year only, with all categories
or with merged ones; or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures import Figures
from dashboard.indicators import Characteristic, Indicator
from dashboard.keys import Array, Words
from dashboard.periods import Grain, Period
from dashboard.vocabulary import Kind

GRAINS = ("month", "quarter", "year")
_NONE = -1


@dataclass(frozen=True)
class Option:
    """One way of showing a table: the finest period (a place in GRAINS) and the level of its categories."""

    grain: int
    level: int


@dataclass(frozen=True)
class Shown:
    """How a table was shown in a release, to be found again in the next."""

    indicator: str
    basis: str
    characteristic: str
    real: bool  # whether it tells of children who are not made up
    option: Option | None  # None: not at all


@dataclass(frozen=True, eq=False)
class Tables:
    """The figures of districts by table, and the options that each table has, finest first."""

    table: Array  # of each figure; -1 if there is none of districts
    below: Array  # which figures are of a district
    fineness: Array  # of each figure: a place in GRAINS
    levels: Array  # figures × levels: whether it belongs to that level
    names: list[tuple[str, str, str]]  # indicator counted, basis, characteristic
    options: list[list[Option]]
    real: list[bool]  # whether any figure of it is not made up

    def name_shown(self, chosen: Sequence[int]) -> list[Shown]:
        """How each table is shown when it is at that place of its options."""
        options = [
            own[place] if place != _NONE else None for own, place in zip(self.options, chosen, strict=True)
        ]
        told = zip(self.names, self.real, options, strict=True)
        return [Shown(*name, real, option) for name, real, option in told]

    def find_shown(self, before: Iterable[Shown]) -> list[int]:
        """The place of each table among its options that is as it was before, or the next coarser one."""
        known = {(each.indicator, each.basis, each.characteristic, each.real): each.option for each in before}
        places = []
        for name, real, options in zip(self.names, self.real, self.options, strict=True):
            was = known.get((*name, real), Option(0, 0))
            fits = [was and each.grain >= was.grain and each.level >= was.level for each in options]
            places.append(fits.index(True) if True in fits else _NONE)
        return places

    def shown(self, chosen: list[int]) -> Array:
        """Which figures are in a release when each table is at that place of its options (-1: none).

        The county keeps its own categories and gets the merged ones of its districts; its periods are theirs.
        """
        grain, level, none = self._levels_of(chosen)
        fine = self.fineness >= np.where(none, 0, grain)[self.table]
        rows = np.arange(len(self.table))
        at_level = self.levels[rows, level[self.table]]
        county = fine & (self.levels[:, 0] | (at_level & ~none[self.table]))
        return np.asarray(np.where(self.below, fine & at_level & ~none[self.table], county))

    def _levels_of(self, chosen: list[int]) -> tuple[Array, Array, Array]:
        """The grain and level of each table, and which are not shown; the last stands for figures of none."""
        grain = np.zeros(len(self.names) + 1, dtype=np.int64)
        level, none = grain.copy(), np.zeros(len(self.names) + 1, dtype=bool)
        for number, place in enumerate(chosen):
            if place == _NONE:
                none[number] = True
            else:
                grain[number] = self.options[number][place].grain
                level[number] = self.options[number][place].level
        return grain, level, none

    def coarser(self, number: int, place: int) -> int:
        """The next place among a table's options; -1 after the last."""
        return place + 1 if place + 1 < len(self.options[number]) else _NONE

    def shares(self, shown: Array, hidden: Array) -> Array:
        """The share of each table's shown figures that is hidden; nought where none is shown."""
        some = shown & self.below & (self.table >= 0)
        all_shown = np.bincount(self.table[some], minlength=len(self.names))
        all_hidden = np.bincount(self.table[some & hidden], minlength=len(self.names))
        return np.asarray(all_hidden / np.maximum(all_shown, 1))


def choose_levels(
    tables: Tables, hide: Callable[[Array, bool], Array], most: float, start: Sequence[int] | None = None
) -> list[int]:
    """The place among each table's options at which at most a share `most` of it is hidden; -1 if at none.

    `hide` says which figures are hidden when some are shown: with only what must be, or with everything that
    has to be hidden beside it. First every table is made coarse enough for its own small numbers. Then, while
    a table loses too much to others, the breakdowns give way, and the totals only when no breakdown is left.
    No table becomes finer than it is at the `start`.
    """
    chosen = list(start or [0] * len(tables.names))
    for beside in (False, True):
        while True:
            shown = tables.shown(chosen)
            shares = tables.shares(shown, hide(shown, beside))
            losing = np.flatnonzero(shares > most).tolist()
            wanting = [number for number in losing if chosen[number] != _NONE]
            if not wanting:
                break
            for number in give_way(tables, wanting) if beside else wanting:
                chosen[number] = tables.coarser(number, chosen[number])
    return chosen


def give_way(tables: Tables, wanting: list[int]) -> list[int]:
    """Which of the tables that lose too much are to be made coarser first: breakdowns before totals."""
    return [number for number in wanting if tables.names[number][2]] or wanting


def find_tables(
    figures: Figures,
    words: Words,
    catalogue: Mapping[str, Indicator],
    characteristics: Mapping[str, Characteristic],
    districts: Array,
) -> Tables:
    """The tables of those figures that are of a district, or of a place within the county."""
    counted = _counted(words, catalogue)
    slices = words.characteristic_numbers()
    key = np.column_stack((counted[figures.indicators], figures.bases, slices[figures.slices]))
    unique = np.unique(key[districts], axis=0)
    number = {tuple(each): place for place, each in enumerate(unique.tolist())}
    every, inverse = np.unique(key, axis=0, return_inverse=True)
    table = np.array([number.get(tuple(each), -1) for each in every.tolist()], dtype=np.int64)[inverse]
    split = words.split_slices()
    named = {int(number): split[place][0] for place, number in enumerate(slices)}
    names = [
        (words.indicators.names[counted_as], words.bases.names[basis], named[characteristic])
        for counted_as, basis, characteristic in unique.tolist()
    ]
    fineness = _fineness(figures, words, catalogue)
    levels = _levels(figures, words, characteristics)
    options = [_options(districts & (table == place), fineness, levels) for place in range(len(names))]
    real = np.bincount(table[districts & ~figures.illustrative], minlength=len(names)) > 0
    return Tables(table, districts, fineness, levels, names, options, real.tolist())


def _counted(words: Words, catalogue: Mapping[str, Indicator]) -> Array:
    """For each indicator the one whose children it counts, by number."""
    counted = np.arange(len(words.indicators.names))
    for indicator in catalogue.values():
        for declared in indicator.statistics.values():
            if declared.counts:
                counted[words.indicators[indicator.id]] = words.indicators[declared.counts]
    return counted


def _fineness(figures: Figures, words: Words, catalogue: Mapping[str, Indicator]) -> Array:
    """How fine each figure's period is. A figure at a date is as coarse as the longest span that it ends."""
    flows = [
        words.indicators[each.id]
        for each in catalogue.values()
        if each.kind is Kind.FLOW and not each.distinct
    ]
    spans = np.array([_span(period) for period in words.parsed_periods], dtype=np.int64)
    ends = np.array([_end(period) for period in words.parsed_periods], dtype=np.int64)
    spanning = np.isin(figures.indicators, flows)
    return np.asarray(np.where(spanning, spans[figures.periods], ends[figures.periods]))


def _span(period: Period) -> int:
    return {Grain.MONTH: 0, Grain.QUARTER: 1}.get(period.grain, 2)


def _end(period: Period) -> int:
    if period.grain is not Grain.MONTH:
        return _span(period)
    return 2 if period.year.month == period else 1 if period.quarter.month == period else 0


def _levels(figures: Figures, words: Words, characteristics: Mapping[str, Characteristic]) -> Array:
    """Which levels of its characteristic each figure's category belongs to."""
    deepest = max((len(each.coarser) for each in characteristics.values()), default=0)
    split = words.split_slices()
    belongs = np.ones((len(split), deepest + 1), dtype=bool)
    for place, (name, category) in enumerate(split):
        characteristic = characteristics.get(name)
        if characteristic:
            merged = {each.id for level in characteristic.coarser for each in level}
            for number in range(deepest + 1):
                level = {each.id for each in characteristic.level(min(number, len(characteristic.coarser)))}
                declared = category in level or (number == 0 and category not in merged)
                belongs[place, number] = declared
    return np.asarray(belongs[figures.slices])


def _options(own: Array, fineness: Array, levels: Array) -> list[Option]:
    """The different ways of showing a table: rather categories put together than longer periods."""
    found: dict[bytes, Option] = {}
    for grain in range(len(GRAINS)):
        for level in range(levels.shape[1]):
            shown = own & (fineness >= grain) & levels[:, level]
            same = found.get(shown.tobytes())
            if shown.any() and (same is None or same.level == level):  # the longer of two spans says so
                found[shown.tobytes()] = Option(grain, level)
    return sorted(found.values(), key=lambda option: (option.grain, option.level))
