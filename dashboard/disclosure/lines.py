"""What a single relation tells of the hidden cells in it: quick, and nearly always the whole story."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.disclosure.audit import Goals
from dashboard.disclosure.system import System
from dashboard.keys import Array

_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Entries:
    """The relations as an incidence: cell `cells[i]` stands in relation `rows[i]`, times `factors[i]`."""

    rows: Array
    cells: Array
    factors: Array


@lru_cache(maxsize=4)
def list_entries(system: System) -> Entries:
    """Where each cell stands in which relation."""
    matrix = system.matrix.tocoo()
    return Entries(matrix.row.astype(np.int64), matrix.col.astype(np.int64), matrix.data)


def find_narrow(system: System, entries: Entries, hidden: Array, goals: Goals) -> Array:
    """Which relations by themselves pin a hidden cell too closely. `goals`: an entry a hidden cell."""
    count = system.matrix.shape[0]
    inside = hidden[entries.cells]
    rows, cells, factors = entries.rows[inside], entries.cells[inside], entries.factors[inside]
    known = np.where(hidden, 0.0, system.values)
    shown = system.matrix @ known
    places = np.cumsum(hidden) - 1
    wanted = goals.where(places[cells])
    floors, ceilings = system.floors[cells], system.ceilings[cells]
    line = _Line(rows, factors, system.lowest[rows] - shown[rows], system.highest[rows] - shown[rows], count)
    low_w, high_w = line.bounds(floors, ceilings)
    low_s, high_s = line.bounds(np.maximum(floors, wanted.floors_s), np.minimum(ceilings, wanted.ceilings_s))
    fine = (low_w <= wanted.low) & (high_w >= wanted.high)
    fine &= high_w - low_w >= np.maximum(wanted.width, wanted.count - 1)
    fine &= high_s - low_s >= wanted.count_s - 1
    narrow = np.zeros(count, dtype=bool)
    narrow[rows[~fine]] = True
    return narrow


def bound_by_lines(system: System, floors: Array, ceilings: Array, sweeps: int) -> tuple[Array, Array]:
    """What the relations one after another tell of every cell: the least and most that it can be.

    `floors`, `ceilings`: what is known before; of a cell that is shown, both are its number.
    """
    entries = list_entries(system)
    rows, cells, count = entries.rows, entries.cells, system.matrix.shape[0]
    line = _Line(rows, entries.factors, system.lowest[rows], system.highest[rows], count)
    for _ in range(sweeps):
        low, high = line.bounds(floors[cells], ceilings[cells])
        floors, ceilings = floors.copy(), ceilings.copy()
        np.maximum.at(floors, cells, low)
        np.minimum.at(ceilings, cells, high)
    return floors, ceilings


@dataclass(frozen=True, eq=False)
class _Line:
    """The hidden entries of relations, and what is left for them once what is shown is taken off."""

    rows: Array
    factors: Array
    lowest: Array
    highest: Array
    count: int

    def bounds(self, floors: Array, ceilings: Array) -> tuple[Array, Array]:
        """The least and most that each entry's cell can be, in whole numbers, by its relation alone."""
        least = np.where(self.factors > 0, self.factors * floors, self.factors * ceilings)
        most = np.where(self.factors > 0, self.factors * ceilings, self.factors * floors)
        others_least, others_most = self._others(least), self._others(most)
        room_low, room_high = self.lowest - others_most, self.highest - others_least
        low = np.where(self.factors > 0, room_low, room_high) / self.factors
        high = np.where(self.factors > 0, room_high, room_low) / self.factors
        return (
            np.maximum(floors, np.ceil(low - _NEAR)),
            np.minimum(ceilings, np.floor(high + _NEAR)),
        )

    def _others(self, amounts: Array) -> Array:
        """For each entry the sum of the amounts of the others in its relation, infinite ones kept apart."""
        endless = ~np.isfinite(amounts)
        finite = np.where(endless, 0.0, amounts)
        sums = np.bincount(self.rows, weights=finite, minlength=self.count)[self.rows] - finite
        number = np.bincount(self.rows, weights=endless, minlength=self.count)[self.rows] - endless
        sign = np.sign(np.where(endless, amounts, 0.0))
        direction = np.bincount(self.rows, weights=sign, minlength=self.count)[self.rows]
        return np.where(number > 0, np.where(direction < 0, -np.inf, np.inf), sums)
