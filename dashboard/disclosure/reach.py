"""How far a hidden cell can be from its true number, in tables that agree with everything known.

A witness is such a table. One witness speaks for all its cells at once, so most cells are settled without a
programme of their own; what is left is asked one cell at a time, in many components by one programme.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard.keys import Array

_FAR = 1e6  # no county counts this many: as good as no bound, and kind to the programme
_NEAR = 1e-6
_SECONDS = 20.0  # for one component in whole numbers; then it counts as unresolved
_OPTIMAL = 0
_TURNS, _IDLE, _FEW, _WORTH = 60, 2, 3, 0.97  # of pushing many cells at once


@dataclass(frozen=True, eq=False)
class Room:
    """All tables that agree with what is known: `lowest <= matrix @ table <= highest`, within bounds.

    Cells and relations are sorted by component.
    """

    matrix: sparse.csr_array
    lowest: Array
    highest: Array
    floors: Array
    ceilings: Array
    truth: Array
    of_cell: Array  # the component of each cell
    of_row: Array  # and of each relation
    components: int

    def between(self, floors: Array, ceilings: Array) -> "Room":
        """The same, knowing more about single cells."""
        return replace(
            self, floors=np.maximum(self.floors, floors), ceilings=np.minimum(self.ceilings, ceilings)
        )

    def where(self, chosen: Array) -> "Room":
        """Only some of the components, renumbered."""
        cells, rows = np.flatnonzero(chosen[self.of_cell]), np.flatnonzero(chosen[self.of_row])
        number = np.cumsum(chosen) - 1
        return Room(
            matrix=sparse.csr_array(self.matrix[rows][:, cells]),
            lowest=self.lowest[rows],
            highest=self.highest[rows],
            floors=self.floors[cells],
            ceilings=self.ceilings[cells],
            truth=self.truth[cells],
            of_cell=number[self.of_cell[cells]],
            of_row=number[self.of_row[rows]],
            components=int(chosen.sum()),
        )

    def agrees(self, table: Array) -> Array:
        """Of which components a table of whole numbers agrees with everything known."""
        sums = self.matrix @ table
        wrong_row = (sums < self.lowest - _NEAR) | (sums > self.highest + _NEAR)
        wrong_cell = (table < self.floors) | (table > self.ceilings)
        wrong = np.bincount(self.of_row[wrong_row], minlength=self.components)
        return np.asarray(wrong + np.bincount(self.of_cell[wrong_cell], minlength=self.components) == 0)

    def apart(self, wanted: Array, chance: np.random.Generator) -> Array:
        """Some of the wanted cells, no two of which share a relation: each can move without the others."""
        rank = np.where(wanted, chance.random(len(wanted)), 0.0)
        entries = self.matrix.tocoo()
        first = np.zeros(self.matrix.shape[0])
        np.maximum.at(first, entries.row, rank[entries.col])
        beaten = np.zeros(len(wanted), dtype=bool)
        beaten[entries.col[rank[entries.col] < first[entries.row]]] = True
        return np.asarray(wanted & ~beaten)

    def push(self, objective: Array, *, certain: bool = True) -> tuple[Array, Array]:
        """A whole-number table in which the objective is least, and of which components that is certain.

        Where it is not certain the table is still a witness, at worst the true one. Unless it is to be
        `certain`, components in which the programme finds broken numbers are left as they are.
        """
        table, solved = self._programme(objective, whole=False)
        rounded = np.round(table)
        fine = self.agrees(rounded) & solved
        best = np.where(fine[self.of_cell], rounded, self.truth)
        for component in np.flatnonzero(~fine) if certain else ():
            chosen = np.arange(self.components) == component
            alone, cells = self.where(chosen), self.of_cell == component
            table, sure = alone._programme(objective[cells], whole=True)
            fine[component] = bool(sure[0]) and bool(alone.agrees(np.round(table))[0])
            if fine[component]:
                best[cells] = np.round(table)
        return best, fine

    def _programme(self, objective: Array, *, whole: bool) -> tuple[Array, Array]:
        bounds = Bounds(np.maximum(self.floors, -_FAR), np.minimum(self.ceilings, _FAR))
        relations = LinearConstraint(self.matrix, self.lowest, self.highest)
        found = milp(
            objective,
            constraints=relations if self.matrix.shape[0] else None,
            bounds=bounds,
            integrality=np.full(len(objective), int(whole)),
            options={"time_limit": _SECONDS, "presolve": whole},
        )
        certain = np.full(self.components, found.status == _OPTIMAL)
        return (self.truth if found.x is None else np.asarray(found.x)), certain


@dataclass(eq=False)
class Reach:
    """How low and how high each cell has been seen, and in which direction no table goes further."""

    low: Array
    high: Array
    ended_low: Array
    ended_high: Array
    given_up: Array
    programmes: int = 0

    @classmethod
    def between(cls, low: Array, high: Array) -> "Reach":
        """What witnesses have shown already: at first nothing but the true table."""
        nothing = np.zeros(len(low), dtype=bool)
        return cls(low.copy(), high.copy(), nothing, nothing.copy(), nothing.copy())

    def see(self, table: Array, cells: Array) -> None:
        """Take in a witness."""
        self.low[cells] = np.minimum(self.low[cells], table)
        self.high[cells] = np.maximum(self.high[cells], table)


@dataclass(frozen=True, eq=False)
class Aim:
    """How far each cell should reach: at most `low`, at least `high`, at least `width` apart."""

    low: Array
    high: Array
    width: Array

    def open(self, reach: Reach) -> tuple[Array, Array]:
        """Which cells are still to be pushed down, and which up."""
        narrow = reach.high - reach.low < self.width
        down = ~reach.ended_low & (narrow | (reach.low > self.low))
        return down, ~reach.ended_high & (narrow | (reach.high < self.high))

    def short(self, reach: Reach) -> Array:
        """Which cells cannot reach as far as they should."""
        low = reach.ended_low & (reach.low > self.low)
        high = reach.ended_high & (reach.high < self.high)
        return low | high | (reach.ended_low & reach.ended_high & (reach.high - reach.low < self.width))


def follow(room: Room, aim: Aim, reach: Reach, least: Aim, patience: float = np.inf) -> None:
    """Push every cell of a room as far as it should reach, or as far as it goes.

    In each component no further than until `patience` cells are known to fall short of `least`.
    """
    _follow_together(room, aim, reach)
    _follow_one_by_one(room, aim, reach, least, patience)


def _follow_together(room: Room, aim: Aim, reach: Reach) -> None:
    """Push many cells at once: first all of them, then such as share no relation, while that settles some."""
    left, cells = room, np.arange(len(room.truth))
    chance = np.random.default_rng(0)  # which witnesses are looked for; whether they are, is checked
    idle = 0
    for turn in range(_TURNS):
        down, up = (mask[cells] for mask in aim.open(reach))
        waiting = np.bincount(left.of_cell[down | up], minlength=left.components) > (turn > 0) * _FEW
        if not waiting.any() or idle > _IDLE:
            return
        if not waiting.all():
            kept = waiting[left.of_cell]
            left, cells, down, up = left.where(waiting), cells[kept], down[kept], up[kept]
        goal = np.where(np.isfinite(aim.high[cells]), aim.high[cells], left.truth + aim.width[cells])
        near = left.between(left.floors, np.maximum(np.maximum(left.truth, goal), left.floors))
        pushed = (down, up) if turn == 0 else (left.apart(down, chance), left.apart(up, chance))
        for objective in (pushed[0].astype(float), -pushed[1].astype(float)):
            if objective.any():
                reach.see(near.push(objective, certain=False)[0], cells)
                reach.programmes += 1
        after = sum(int(mask[cells].sum()) for mask in aim.open(reach))
        idle = idle + 1 if after > _WORTH * (down.sum() + up.sum()) else 0


def _follow_one_by_one(room: Room, aim: Aim, reach: Reach, least: Aim, patience: float) -> None:
    """In each component one cell and one direction at a time, until none is open."""
    left, cells = room, np.arange(len(room.truth))
    while True:
        down, up = (mask[cells] for mask in aim.open(reach))
        waiting = np.bincount(left.of_cell[down | up], minlength=left.components) > 0
        short = least.short(reach)[cells]
        waiting &= np.bincount(left.of_cell[short], minlength=left.components) < patience
        if not waiting.any():
            return
        if not waiting.all():
            kept = waiting[left.of_cell]
            left, cells, down, up = left.where(waiting), cells[kept], down[kept], up[kept]
        open_cells = np.flatnonzero(down | up)
        first = open_cells[np.unique(left.of_cell[open_cells], return_index=True)[1]]
        sign = np.where(down[first], 1.0, -1.0)
        objective = np.zeros(len(cells))
        objective[first] = sign
        table, certain = left.push(objective)
        reach.see(table, cells)
        reach.programmes += 1
        asked = cells[first]
        reach.ended_low[asked[sign > 0]] = True
        reach.ended_high[asked[sign < 0]] = True
        reach.given_up[asked[~certain[left.of_cell[first]]]] = True
