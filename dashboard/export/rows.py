"""Every released figure as a row of one long table, of which only the rows that are asked for are made.

For each figure there are a few small numbers that say what it is of and where it
lies in the store's arrays. They are worked out once a release.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.cubes import NOT_HELD, Array, Block, Key
from dashboard.periods import Grain
from dashboard.series import Observation, period_of, read_cells
from dashboard.store import Store

#: What a figure is of, in the order in which rows are sorted.
NAMES = ("indicator", "statistic", "basis", "characteristic", "grain", "area", "category")


@dataclass(frozen=True)
class Row:
    """One released figure and what it is of, by ids."""

    indicator: str
    statistic: str
    basis: str
    characteristic: str
    area: str
    category: str
    observation: Observation


@dataclass(frozen=True, eq=False)
class Rows:
    """All rows of a release, as columns of numbers. `words` says which texts the numbers of one stand for."""

    store: Store
    codes: Mapping[str, Array]
    words: Mapping[str, tuple[str, ...]]
    places: Array  # in the store's arrays
    numbers: Array  # of the periods
    starts: Array  # months since year 0 of the first month, and of the last
    ends: Array

    def find(
        self, wanted: Mapping[str, Iterable[str]], start: int | None = None, end: int | None = None
    ) -> Array:
        """The rows with one of the wanted words in each column named, within months that may be given."""
        kept = np.ones(len(self.places), dtype=bool)
        for name, words in wanted.items():
            chosen = set(words)
            kept &= np.array([word in chosen for word in self.words[name]], dtype=bool)[self.codes[name]]
        if start is not None:
            kept &= self.starts >= start
        if end is not None:
            kept &= self.ends <= end
        return np.flatnonzero(kept)

    def read(self, found: Array) -> list[Row]:
        """The figures of some rows."""
        columns = {name: [self.words[name][code] for code in self.codes[name][found]] for name in NAMES}
        grains = [Grain(each) for each in columns.pop("grain")]
        periods = [
            period_of(grain, number)
            for grain, number in zip(grains, self.numbers[found].tolist(), strict=True)
        ]
        cells, _ = self.store.arrays
        observations = read_cells(cells, self.places[found], periods)
        texts = zip(*columns.values(), strict=True)
        return [
            Row(**dict(zip(columns, each, strict=True)), observation=observation)
            for each, observation in zip(texts, observations, strict=True)
        ]


@lru_cache(maxsize=2)
def rows_of_release(store: Store) -> Rows:
    """The rows of a release: indicators in the order of the catalogue, areas and categories as declared."""
    words = _list_words(store)
    ranks = {name: {word: rank for rank, word in enumerate(words[name])} for name in NAMES}
    _, blocks = store.arrays
    keys = sorted(blocks, key=lambda key: [ranks[name][word] for name, word in zip(NAMES, key, strict=False)])
    parts = [_read_block(store, key, blocks[key], ranks) for key in keys]
    columns = {name: _join([part[name] for part in parts]) for name in (*NAMES, "places", "numbers")}
    months = np.array([period_of(Grain(grain), 0).months for grain in words["grain"]], dtype=np.int32)
    shift = np.array([period_of(Grain(grain), 0).index for grain in words["grain"]], dtype=np.int32)
    grain, numbers = columns["grain"], columns["numbers"].astype(np.int32)
    starts = numbers * months[grain] + shift[grain]
    return Rows(
        store,
        codes={name: columns[name].astype(np.int16) for name in NAMES},
        words=words,
        places=columns["places"],
        numbers=numbers,
        starts=starts,
        ends=starts + months[grain] - 1,
    )


def _list_words(store: Store) -> dict[str, tuple[str, ...]]:
    """Every word of each column, those that are declared first and in their order."""
    _, blocks = store.arrays
    held: dict[str, dict[str, None]] = {name: {} for name in NAMES}
    declared: dict[str, Iterable[str]] = {
        "indicator": store.indicators,
        "statistic": (each for indicator in store.indicators.values() for each in indicator.statistics),
        "characteristic": ("", *store.characteristics),
        "grain": [str(grain) for grain in Grain],
        "area": store.areas.slugs,
    }
    for name in NAMES:
        held[name] |= dict.fromkeys(str(word) for word in declared.get(name, ()))
    for key, block in blocks.items():
        for name, word in zip(NAMES, key, strict=False):
            held[name].setdefault(word)
        held["area"] |= dict.fromkeys(block.areas)
        held["category"] |= dict.fromkeys(block.categories)
    return {name: tuple(words) for name, words in held.items()}


def _read_block(
    store: Store, key: Key, block: Block, ranks: Mapping[str, Mapping[str, int]]
) -> dict[str, Array]:
    """The rows of one block: by area, category and period."""
    cells, _ = store.arrays
    held = np.flatnonzero(cells.statuses[block.start : block.start + block.size] != NOT_HELD)
    area, category, period = np.unravel_index(held, (len(block.areas), len(block.categories), block.length))
    areas, categories = (
        np.array([ranks[name][word] for word in words], dtype=np.int64)
        for name, words in (("area", block.areas), ("category", block.categories))
    )
    turns = np.array(_order_categories(store, key[3], block.categories), dtype=np.int64)
    order = np.lexsort((period, turns[category], areas[area]))
    same = {
        name: np.full(len(held), ranks[name][word], dtype=np.int64)
        for name, word in zip(NAMES, key, strict=False)
    }
    return same | {
        "area": areas[area][order],
        "category": categories[category][order],
        "places": (block.start + held)[order],
        "numbers": (block.first + period)[order],
    }


def _order_categories(store: Store, characteristic: str, held: Iterable[str]) -> list[int]:
    """The turn of each category: as declared, then merged ones, then undeclared ones."""
    known = store.characteristics.get(characteristic)
    declared = [each.id for level in known.levels for each in level] if known else []
    return [declared.index(each) if each in declared else len(declared) for each in held]


def _join(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
