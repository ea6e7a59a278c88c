"""The long table as dense arrays: one block for each series family, filled in one sweep.

A block is all the figures of one (indicator, statistic, basis, characteristic, grain). Its cells lie in
area, category, period order in a stretch of flat arrays that all blocks share: a series is a slice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.periods import Grain, Period, parse
from dashboard.vintages import set_apart
from dashboard.vocabulary import Precision, Status, Symbol

Array = np.ndarray[Any, np.dtype[Any]]

SYMBOLS = tuple(Symbol)
STATUSES = tuple(Status)
PRECISIONS = tuple(Precision)
NOT_HELD = -1

#: indicator, statistic, basis, characteristic, grain
Key = tuple[str, str, str, str, str]

_KEY_COLUMNS = ("indicator", "statistic", "basis", "characteristic")


@dataclass(frozen=True, slots=True)
class Cells:
    """The flat arrays of all blocks. A cell that is not held has status -1."""

    values: Array  # float64, NaN where there is a symbol
    numerators: Array  # float64
    denominators: Array  # float64
    symbols: Array  # int8, a place in SYMBOLS
    statuses: Array  # int8, a place in STATUSES
    decimals: Array  # int8
    precisions: Array  # int8, a place in PRECISIONS
    bases: Array  # int16, a place in `base_texts`
    sources: Array  # int16, a place in `source_names`
    published: Array  # int16, a place in `published_dates`
    replaced: Array  # int64, the cells of the figures that lie behind all others; -1 if of none any more
    source_names: tuple[str, ...]
    published_dates: tuple[str, ...]
    base_texts: tuple[str, ...]

    @property
    def bytes_held(self) -> int:
        """How much memory the arrays take."""
        return sum(
            column.nbytes
            for column in (getattr(self, name) for name in self.__slots__)
            if isinstance(column, np.ndarray)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Where one family of series lies: its areas and categories by place, and its stretch of periods."""

    start: int  # in the flat arrays
    areas: Mapping[str, int]
    categories: Mapping[str, int]
    first: int  # the number of the first period: Period.index // Period.months
    length: int  # how many periods

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.areas) * len(self.categories) * self.length

    def offset(self, area: str, category: str) -> int:
        """Where the series of an area and category starts; -1 if there is none."""
        row = self.areas.get(area, NOT_HELD)
        column = self.categories.get(category, NOT_HELD)
        if row == NOT_HELD or column == NOT_HELD:
            return NOT_HELD
        return self.start + (row * len(self.categories) + column) * self.length

    def cell(self, area: str, category: str, number: int) -> int:
        """Where the figure of the period with that number lies; -1 if there is no place for one."""
        offset, place = self.offset(area, category), number - self.first
        return offset + place if offset != NOT_HELD and 0 <= place < self.length else NOT_HELD


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures are held, how many of them hidden, and how many told but not exactly."""

    held: int = 0
    hidden: int = 0
    rough: int = 0


def tally_hidden(
    cells: Cells, blocks: Mapping[Key, Block], areas: Collection[str]
) -> dict[tuple[str, Grain], Tally]:
    """The tally of some areas for each indicator and length of period."""
    tallies: dict[tuple[str, Grain], Tally] = {}
    for (indicator, *_, grain), block in blocks.items():
        rows = [row for area, row in block.areas.items() if area in areas]
        held = _shaped(cells.statuses, block)[rows] != NOT_HELD
        hidden = held & (_shaped(cells.symbols, block)[rows] == SYMBOLS.index(Symbol.CONFIDENTIAL))
        rough = held & (_shaped(cells.precisions, block)[rows] != PRECISIONS.index(Precision.EXACT))
        key = indicator, Grain(grain)
        before = tallies.get(key, Tally())
        tallies[key] = Tally(
            before.held + int(held.sum()), before.hidden + int(hidden.sum()), before.rough + int(rough.sum())
        )
    return tallies


def numbers_held(cells: Cells, block: Block, areas: Collection[str] | None) -> list[int]:
    """The numbers of the periods for which a block holds any figure: of some areas, or of any."""
    rows = [row for area, row in block.areas.items() if areas is None or area in areas]
    held = (_shaped(cells.statuses, block)[rows] != NOT_HELD).any(axis=(0, 1))
    return [block.first + int(place) for place in np.flatnonzero(held)]


def _shaped(column: Array, block: Block) -> Array:
    """A block's stretch of a column, by area, category and period."""
    shape = len(block.areas), len(block.categories), block.length
    return column[block.start : block.start + block.size].reshape(shape)


def categories_held(cells: Cells, block: Block, area: str | None) -> set[str]:
    """The categories of which a block holds any figure: of one area, or of any."""
    if area is None:
        return set(block.categories)
    if area not in block.areas:
        return set()
    held = _shaped(cells.statuses, block)[block.areas[area]] != NOT_HELD
    return {category for category, place in block.categories.items() if held[place].any()}


def number_of(period: Period) -> int:
    """The place of a period among those of its grain: consecutive periods differ by one."""
    return period.index // period.months


def build_cubes(observations: pd.DataFrame) -> tuple[Cells, dict[Key, Block]]:
    """All figures as dense arrays. Where a cell is held more than once, the preferred row wins.

    Preferred is a real figure to an illustrative one, then what was published last, then the later row.
    """
    order = _preference(observations)
    codes = {
        name: _codes(observations[name], order) for name in (*_KEY_COLUMNS, "area", "category", "period")
    }
    periods = [parse(code) for code in codes["period"][1]]
    grains = tuple(Grain)
    grain = np.array([grains.index(p.grain) for p in periods], dtype=np.int64)[codes["period"][0]]
    number = np.array([number_of(p) for p in periods], dtype=np.int64)[codes["period"][0]]

    keys, block = _number_blocks(codes, grain)
    area_places, areas = _places(block, len(keys), codes["area"])
    category_places, categories = _places(block, len(keys), codes["category"])
    first, length = _extents(block, len(keys), number)
    sizes = (
        np.array([len(a) * len(c) for a, c in zip(areas, categories, strict=True)], dtype=np.int64) * length
    )
    starts = np.concatenate(([0], np.cumsum(sizes)))[:-1] if len(keys) else np.zeros(0, dtype=np.int64)
    counts = np.array([len(c) for c in categories], dtype=np.int64)
    cell = (
        starts[block]
        + (area_places * counts[block] + category_places) * length[block]
        + number
        - first[block]
    )
    cells = _fill(observations, order, *set_apart(cell, int(sizes.sum())), int(sizes.sum()))
    blocks = {
        (*key, grains[place].value): Block(
            int(starts[i]), areas[i], categories[i], int(first[i]), int(length[i])
        )
        for i, (*key, place) in enumerate(keys)
    }
    return cells, blocks


def _preference(observations: pd.DataFrame) -> Array:
    """The order of rows in which the preferred one of a cell comes last."""
    status, statuses = _codes(observations["status"])
    real = np.array([name != Status.ILLUSTRATIVE for name in statuses], dtype=np.int64)
    published, dates = _codes(observations["published_on"])
    rank = np.empty(len(dates), dtype=np.int64)
    rank[np.argsort(np.array(dates, dtype=object))] = np.arange(len(dates))
    key = real[status] * len(dates) + rank[published] if len(status) else np.zeros(0, dtype=np.int64)
    narrow = np.int16 if 2 * len(dates) < 2**15 else np.int64  # numpy sorts 16 bits by radix
    return np.argsort(key.astype(narrow), kind="stable")


def _codes(column: pd.Series, order: Array | None = None) -> tuple[Array, list[str]]:
    """A text column as numbers and the texts they stand for; in the given order of rows."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        numbers, names = column.cat.codes.to_numpy(dtype=np.int64), list(column.cat.categories)
    else:
        numbers, uniques = pd.factorize(column.to_numpy(dtype=object))
        names = list(uniques)
    return (numbers if order is None else numbers[order]), [str(name) for name in names]


def _number_blocks(
    codes: Mapping[str, tuple[Array, list[str]]], grain: Array
) -> tuple[list[tuple[Any, ...]], Array]:
    """Each row's block number, and for each block its texts and grain."""
    combined = grain
    for name in _KEY_COLUMNS:
        numbers, names = codes[name]
        combined = combined * max(len(names), 1) + numbers
    first, block = _first_rows(combined)
    keys = [
        (*(codes[name][1][codes[name][0][row]] for name in _KEY_COLUMNS), int(grain[row])) for row in first
    ]
    return keys, block


def _first_rows(combined: Array) -> tuple[Array, Array]:
    """The first row of each distinct number, and each row's place among the distinct numbers."""
    block, uniques = pd.factorize(combined)  # hashing: no sort of a million rows
    first = np.empty(len(uniques), dtype=np.int64)
    first[block[::-1]] = np.arange(len(block))[::-1]
    return first, block


def _places(block: Array, blocks: int, column: tuple[Array, list[str]]) -> tuple[Array, list[dict[str, int]]]:
    """Each row's place among the texts that its block holds, and those texts for each block."""
    numbers, names = column
    present = np.zeros((blocks, max(len(names), 1)), dtype=bool)
    present[block, numbers] = True
    place = np.cumsum(present, axis=1) - 1
    held = [{names[n]: i for i, n in enumerate(np.flatnonzero(row))} for row in present]
    return place[block, numbers], held


def _extents(block: Array, blocks: int, number: Array) -> tuple[Array, Array]:
    """The first period number of each block and how many periods it stretches over."""
    first = np.full(blocks, np.iinfo(np.int64).max)
    last = np.full(blocks, np.iinfo(np.int64).min)
    np.minimum.at(first, block, number)
    np.maximum.at(last, block, number)
    return first, last - first + 1


def _fill(observations: pd.DataFrame, order: Array, cell: Array, replaced: Array, size: int) -> Cells:
    """Every figure put in its cell, and those that were replaced behind all cells."""

    def spread(values: Array, empty: float, dtype: type) -> Array:
        column: Array = np.full(size + len(replaced), empty, dtype=dtype)
        column[cell] = values[order]
        return column

    source, source_names = _codes(observations["source"])
    published, dates = _codes(observations["published_on"])
    status, statuses = _codes(observations["status"])
    symbol, symbols = _codes(observations["symbol"])
    precision, precisions = _codes_if_any(observations, "precision")
    base, bases = _codes_if_any(observations, "base")
    return Cells(
        values=spread(_numbers(observations["value"]), np.nan, np.float64),
        numerators=spread(_numbers(observations["numerator"]), np.nan, np.float64),
        denominators=spread(_numbers(observations["denominator"]), np.nan, np.float64),
        symbols=spread(_translate(symbol, symbols, SYMBOLS), 0, np.int8),
        statuses=spread(_translate(status, statuses, STATUSES), NOT_HELD, np.int8),
        decimals=spread(_decimals(observations), 0, np.int8),
        precisions=spread(_translate(precision, precisions, PRECISIONS), 0, np.int8),
        bases=spread(base, 0, np.int16),
        sources=spread(source, 0, np.int16),
        published=spread(published, 0, np.int16),
        replaced=replaced,
        source_names=tuple(source_names),
        published_dates=tuple(dates),
        base_texts=tuple(bases),
    )


def _codes_if_any(observations: pd.DataFrame, name: str) -> tuple[Array, list[str]]:
    """A text column as numbers and texts; blank throughout where a table has no such column."""
    if name in observations:
        return _codes(observations[name])
    return np.zeros(len(observations), dtype=np.int64), [""]


def _translate(numbers: Array, names: Sequence[str], words: Sequence[str]) -> Array:
    """The places of a column's texts in a closed set of words."""
    return np.array([words.index(name) for name in names], dtype=np.int8)[numbers]


def _numbers(column: pd.Series) -> Array:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64)
    codes, texts = _codes(column)
    return np.array([float(text) if text else np.nan for text in texts], dtype=np.float64)[codes]


def _decimals(observations: pd.DataFrame) -> Array:
    """How many digits are printed after the point: as given, or as the text of the value shows."""
    if "decimals" in observations:
        return observations["decimals"].to_numpy(dtype=np.int8)
    if pd.api.types.is_numeric_dtype(observations["value"].dtype):
        return np.zeros(len(observations), dtype=np.int8)
    codes, texts = _codes(observations["value"])
    return np.array([len(text.partition(".")[2]) for text in texts], dtype=np.int8)[codes]
