"""The released figures in memory: dense, immutable, and quick to answer "the series for…".

A store is equal to another of the same release and day, and hashable, so it can be the first argument of a
cached function: nothing ever has to be cleared. Only protected figures reach it.
"""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.acts import Record, load_records
from dashboard.areas import Areas, load_areas
from dashboard.audiences import PUBLIC, check_audience, read_current, releases_of
from dashboard.cubes import (
    NOT_HELD,
    Block,
    Cells,
    Key,
    Tally,
    build_cubes,
    categories_held,
    number_of,
    numbers_held,
    tally_hidden,
)
from dashboard.indicators import Characteristic, Indicator, load_characteristics, load_indicators
from dashboard.periods import Grain, Period
from dashboard.protection import Protection, load_protection
from dashboard.reading import Release, read_figures, read_release
from dashboard.series import Observation, Series, read_cells, spans_of
from dashboard.sources import Source, load_sources
from dashboard.targets import Target, load_targets

__all__ = [
    "CurrentStore",
    "Observation",
    "Release",
    "Series",
    "Store",
    "load_store",
    "read_figures",
    "read_release",
]

_RETRY_SECONDS = 60.0


class Store:
    """All figures of one release, with what was declared about them when it was made."""

    def __init__(
        self,
        cells: Cells,
        blocks: Mapping[Key, Block],
        *,
        release: Release,
        indicators: Mapping[str, Indicator],
        characteristics: Mapping[str, Characteristic],
        areas: Areas,
        sources: Mapping[str, Source],
        targets: tuple[Target, ...],
        folder: Path,
        protection: Protection | None = None,
        records: tuple[Record, ...] = (),
        known_on: str = "",
    ) -> None:
        self.release = release
        self.indicators = indicators
        self.characteristics = characteristics
        self.areas = areas
        self.sources = sources
        self.targets = targets
        self.folder = folder
        self.protection = protection or Protection()
        self.records = records
        self.known_on = known_on  # the day as at which its figures stand; blank for as published last
        self._cells = cells
        self._blocks = blocks
        self._keys: dict[str, list[Key]] = {}
        for key in blocks:
            self._keys.setdefault(key[0], []).append(key)
        self._behind: dict[int, list[int]] = {}  # where the replaced figures of a cell lie
        for place, cell in enumerate(cells.replaced.tolist(), len(cells.values) - len(cells.replaced)):
            if cell >= 0:
                self._behind.setdefault(cell, []).append(place)
        self._empty = {grain: Series(cells, grain, 0, 0, np.zeros(0, dtype=np.int64)) for grain in Grain}

    @classmethod
    def from_frame(
        cls,
        observations: pd.DataFrame,
        catalogue: Mapping[str, Indicator],
        characteristics: Mapping[str, Characteristic],
        areas: Areas,
        sources: Mapping[str, Source],
        targets: tuple[Target, ...] = (),
        release: Release | None = None,
        folder: Path = Path(),
        protection: Protection | None = None,
        records: tuple[Record, ...] = (),
    ) -> "Store":
        """A store of the given released rows (the long table's columns, and what else is known of them).

        Rows without a precision are read as exact; without a protection, nothing is coarsened.
        """
        cells, blocks = build_cubes(observations)
        return cls(
            cells,
            blocks,
            release=release or Release("unreleased", datetime(2000, 1, 1, tzinfo=UTC)),
            indicators=catalogue,
            characteristics=characteristics,
            areas=areas,
            sources=sources,
            targets=tuple(targets),
            folder=folder,
            protection=protection,
            records=records,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and other._name == self._name

    def __hash__(self) -> int:
        return hash(self._name)

    @property
    def _name(self) -> tuple[str, str]:
        return self.release.id, self.known_on

    def __repr__(self) -> str:
        return f"Store({self.release.id!r})"

    @property
    def bytes_held(self) -> int:
        """How much memory the figures take."""
        return self._cells.bytes_held

    @property
    def arrays(self) -> tuple[Cells, Mapping[Key, Block]]:
        """Every figure as it lies: the flat arrays, and where each family of series lies in them."""
        return self._cells, self._blocks

    def series(
        self,
        indicator: str,
        statistic: str,
        area: str,
        basis: str,
        grain: str,
        characteristic: str = "",
        category: str = "",
    ) -> Series:
        """The figures of one area and category over time; an empty series if none are held."""
        block = self._blocks.get((indicator, statistic, basis, characteristic, grain))
        offset = NOT_HELD if block is None else block.offset(area, category)
        if block is None or offset == NOT_HELD:
            return self._empty[Grain(grain)]
        held = np.flatnonzero(self._cells.statuses[offset : offset + block.length] != NOT_HELD)
        return Series(self._cells, Grain(grain), offset, block.first, held)

    def at(
        self,
        indicator: str,
        statistic: str,
        area: str,
        basis: str,
        period: Period,
        characteristic: str = "",
        category: str = "",
    ) -> Observation | None:
        """One figure, as published last; None if none is held."""
        block = self._blocks.get((indicator, statistic, basis, characteristic, period.grain))
        cell = block.cell(area, category, number_of(period)) if block else NOT_HELD
        if cell == NOT_HELD or self._cells.statuses[cell] == NOT_HELD:
            return None
        return read_cells(self._cells, np.array([cell]), (period,))[0]

    def replaced(
        self, indicator: str, statistic: str, area: str, basis: str, period: Period
    ) -> tuple[Observation, ...]:
        """What was published of one figure before what `at` gives, first to last."""
        block = self._blocks.get((indicator, statistic, basis, "", period.grain))
        cell = block.cell(area, "", number_of(period)) if block else NOT_HELD
        behind = self._behind.get(cell, ())
        return read_cells(self._cells, np.array(behind), (period,) * len(behind)) if behind else ()

    def categories(
        self, indicator: str, statistic: str, basis: str, characteristic: str, area: str | None = None
    ) -> tuple[str, ...]:
        """The categories for which figures are held, in declared order (undeclared ones last).

        Of an area, those of the finest level that it holds: a district may have several categories merged
        into one, where the county has them one by one and merged besides.
        """
        held: set[str] = set()
        for grain in Grain:
            block = self._blocks.get((indicator, statistic, basis, characteristic, grain))
            held |= categories_held(self._cells, block, area) if block else set()
        declared = self.characteristics.get(characteristic)
        return declared.shown_of(held) if declared else tuple(sorted(held))

    def periods(
        self,
        indicators: Collection[str],
        areas: Collection[str] | None = None,
        basis: str | None = None,
    ) -> tuple[Period, ...]:
        """The quarters and financial years for which any figure is held, ascending by their end.

        A month counts for its quarter and year, a quarter for itself and its year, a year for itself.
        """
        found: set[Period] = set()
        for indicator in indicators:
            for key in self._keys.get(indicator, ()):
                if basis is None or key[2] == basis:
                    numbers = numbers_held(self._cells, self._blocks[key], areas)
                    found.update(spans_of(Grain(key[4]), numbers))
        return tuple(sorted(found, key=lambda period: (period.end_index, period.months)))

    def tally(self, areas: Collection[str], basis: str) -> Mapping[tuple[str, Grain], Tally]:
        """How many figures of some areas are held and hidden, by indicator and length of period."""
        blocks = {key: block for key, block in self._blocks.items() if key[2] == basis}
        return tally_hidden(self._cells, blocks, areas)


def load_store(folder: Path) -> Store:
    """The store of one release, read from its folder and nothing else."""
    declared = folder / "declared"
    return Store.from_frame(
        read_figures(folder / "figures.csv"),
        load_indicators(declared),
        load_characteristics(declared),
        load_areas(declared),
        load_sources(declared),
        load_targets(declared),
        read_release(folder),
        folder,
        load_protection(declared),
        load_records(declared),
    )


class CurrentStore:
    """The store of the release that an audience's CURRENT names, kept up to date without a restart."""

    def __init__(
        self,
        data: Path,
        audience: str = PUBLIC,
        *,
        every: float = 1.0,
        load: Callable[[Path], Store] = load_store,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._audience = audience
        self._releases = releases_of(data, audience)
        self._every = every
        self._load = load
        self._clock = clock
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._looked_at = -np.inf
        self._failed = ""  # the release that could not be loaded: not tried again for a minute
        self._retry_at = -np.inf
        self.failure: str = ""  # why it could not be; "" when all is well

    def __call__(self) -> Store:
        """The store to answer this request from. Take it once: the next call may give a newer one.

        Raises whatever hindered the loading of the first one.
        """
        store = self._store
        if store is not None and self._clock() - self._looked_at < self._every:
            return store
        if store is None:
            with self._lock:
                return self._store or self._refresh()
        if self._lock.acquire(blocking=False):  # one request looks; the others go on with the old one
            try:
                return self._try_refresh(store)
            finally:
                self._lock.release()
        return store

    def _try_refresh(self, old: Store) -> Store:
        name = ""
        try:
            name = self._current_name()
            if name == self._failed and self._clock() < self._retry_at:
                self._looked_at = self._clock()
                return old
            return self._refresh()
        except Exception as error:  # whatever is wrong with a new release, the old one goes on serving
            self.failure = f"{type(error).__name__}: {error}"
            self._failed, self._looked_at = name, self._clock()
            self._retry_at = self._looked_at + _RETRY_SECONDS
            return old

    def _current_name(self) -> str:
        return read_current(self._releases)

    def _refresh(self) -> Store:
        name = self._current_name()
        if self._store is None or self._store.release.id != name:
            self._store = self._check(self._load(self._releases / name))
        self.failure = self._failed = ""
        self._looked_at = self._clock()
        return self._store

    def _check(self, store: Store) -> Store:
        """The same store. Raises `AudienceError` if it was made for another audience."""
        check_audience(store.release.id, store.release.audience, self._audience)
        return store
