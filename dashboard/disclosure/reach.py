"""How far a hidden cell can be from its true number, and which numbers on the way it could be.

A witness is a table that agrees with everything known. One witness speaks for all its cells at once, so most
cells are settled without a programme of their own; what is left is asked one cell at a time, in many
components by one programme.
"""

from dataclasses import dataclass

import numpy as np

from dashboard.disclosure.room import Room
from dashboard.keys import Array

_TURNS, _IDLE, _FEW, _WORTH = 60, 2, 3, 0.97  # of pushing many cells at once
_SPAN = 24  # how far from the truth a possible number is counted: far more than are ever demanded

#: What is found of a cell: how low and high it was seen, and which numbers near the truth, as bits.
LOW, HIGH, NUMBERS = range(3)


def begin(truth: Array) -> Array:
    """What is known before looking: three rows, of the true table alone."""
    return np.vstack((truth, truth, np.full(len(truth), float(1 << _SPAN))))


def count_numbers(numbers: Array) -> Array:
    """How many possible numbers each cell was seen to have, near the truth."""
    return np.bitwise_count(numbers.astype(np.int64))


@dataclass(eq=False)
class Reach:
    """What witnesses have shown of each cell, and where it is known that none goes further."""

    found: Array  # three rows, see above
    truth: Array
    ended_low: Array
    ended_high: Array
    tried: Array  # numbers that were asked for one by one, as bits
    given_up: Array
    programmes: int = 0

    @classmethod
    def of(cls, found: Array, truth: Array) -> "Reach":
        """What witnesses have shown already."""
        nothing = np.zeros(len(truth), dtype=bool)
        tried = np.zeros(len(truth), dtype=np.int64)
        return cls(found.copy(), truth, nothing, nothing.copy(), tried, nothing.copy())

    def see(self, table: Array, cells: Array) -> None:
        """Take in a witness."""
        self.found[LOW, cells] = np.minimum(self.found[LOW, cells], table)
        self.found[HIGH, cells] = np.maximum(self.found[HIGH, cells], table)
        step = np.round(table - self.truth[cells]).astype(np.int64) + _SPAN
        near = (step >= 0) & (step <= 2 * _SPAN)
        bits = np.where(near, np.int64(1) << np.clip(step, 0, 2 * _SPAN), 0)
        self.found[NUMBERS, cells] = self.found[NUMBERS, cells].astype(np.int64) | bits

    def learn(self, other: "Reach") -> None:
        """Take in what another has seen of the same cells."""
        self.found[LOW] = np.minimum(self.found[LOW], other.found[LOW])
        self.found[HIGH] = np.maximum(self.found[HIGH], other.found[HIGH])
        mine, theirs = self.found[NUMBERS].astype(np.int64), other.found[NUMBERS].astype(np.int64)
        self.found[NUMBERS] = mine | theirs
        self.programmes += other.programmes
        self.given_up |= other.given_up

    def missing(self) -> Array:
        """A number between the lowest and highest seen, itself neither seen nor asked for; NaN if none is."""
        known = self.found[NUMBERS].astype(np.int64) | self.tried
        step = np.arange(2 * _SPAN + 1)
        number = self.truth[:, None] + step - _SPAN
        inside = (number > self.found[LOW][:, None]) & (number < self.found[HIGH][:, None])
        free = inside & ((known[:, None] >> step) & 1 == 0)
        return np.where(free.any(axis=1), number[np.arange(len(number)), free.argmax(axis=1)], np.nan)


@dataclass(frozen=True, eq=False)
class Aim:
    """How far each cell should reach: at most `low`, at least `high`, `width` apart, over `count` numbers."""

    low: Array
    high: Array
    width: Array
    count: Array

    def met(self, found: Array) -> Array:
        """Which cells have reached as far as they should."""
        low, high, numbers = found
        wide = high - low >= np.maximum(self.width, self.count - 1)
        return np.asarray(
            (low <= self.low) & (high >= self.high) & wide & (count_numbers(numbers) >= self.count)
        )

    def open(self, reach: Reach) -> tuple[Array, Array]:
        """Which cells are still to be pushed down, and which up."""
        low, high, _ = reach.found
        narrow = (high - low < np.maximum(self.width, self.count - 1)) | self._gapped(reach)
        down = ~reach.ended_low & (narrow | (low > self.low))
        return down, ~reach.ended_high & (narrow | (high < self.high))

    def _gapped(self, reach: Reach) -> Array:
        """Which cells have too few numbers, though all between the lowest and highest were asked for."""
        few = count_numbers(reach.found[NUMBERS]) < self.count
        return np.asarray(few & np.isnan(reach.missing())) if few.any() else few

    def short(self, reach: Reach) -> Array:
        """Which cells cannot reach as far as they should."""
        low, high, _ = reach.found
        ended = reach.ended_low & reach.ended_high
        narrow = high - low < np.maximum(self.width, self.count - 1)
        below, above = reach.ended_low & (low > self.low), reach.ended_high & (high < self.high)
        return np.asarray(below | above | (ended & (narrow | self._gapped(reach))))


def follow(room: Room, aim: Aim, reach: Reach, patience: float = np.inf) -> None:
    """Push every cell of a room as far as it should reach, or as far as it goes.

    In each component no further than until `patience` cells are known to fall short.
    """
    _follow_together(room, aim, reach)
    _step_aside(room, aim, reach)
    while True:
        _follow_one_by_one(room, aim, reach, patience)
        if not _fill(room, aim, reach, patience):
            return


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
        if 2 * waiting.sum() < len(waiting):
            kept = waiting[left.of_cell]
            left, cells, down, up = left.where(waiting), cells[kept], down[kept], up[kept]
        far = np.maximum(aim.width, aim.count)[cells]
        goal = np.where(np.isfinite(aim.high[cells]), aim.high[cells], left.truth + far)
        near = np.maximum(np.maximum(left.truth, goal), left.floors)
        pushed = (down, up) if turn == 0 else (left.apart(down, chance), left.apart(up, chance))
        for cost in (pushed[0].astype(float), -pushed[1].astype(float)):
            if cost.any():
                reach.see(left.push(cost, ceilings=near, certain=False)[0], cells)
                reach.programmes += 1
        after = sum(int(mask[cells].sum()) for mask in aim.open(reach))
        idle = idle + 1 if after > _WORTH * (down.sum() + up.sum()) else 0


def _step_aside(room: Room, aim: Aim, reach: Reach) -> None:
    """Push many cells a little: one more or less, then two, and so on, for the numbers in between."""
    most = int(np.max(aim.count, initial=0))
    cells = np.arange(len(room.truth))
    for step in range(1, most):
        few = count_numbers(reach.found[NUMBERS]) < aim.count
        if not few.any():
            return
        for sign in (1.0, -1.0):
            cost = np.where(few, sign, 0.0)
            reach.see(room.push(cost, room.truth - step, room.truth + step, certain=False)[0], cells)
            reach.programmes += 1


def _first_of_each(room: Room, wanted: Array, waiting: Array) -> Array:
    """In each component that waits, the first of the wanted cells."""
    places = np.flatnonzero(wanted & waiting[room.of_cell])
    return np.asarray(places[np.unique(room.of_cell[places], return_index=True)[1]])


def _still(room: Room, aim: Aim, reach: Reach, wanted: Array, cells: Array, patience: float) -> Array:
    """The components with wanted cells in which few enough are known to fall short."""
    short = aim.short(reach)[cells]
    waiting = np.bincount(room.of_cell[wanted], minlength=room.components) > 0
    return np.asarray(waiting & (np.bincount(room.of_cell[short], minlength=room.components) < patience))


def _follow_one_by_one(room: Room, aim: Aim, reach: Reach, patience: float) -> None:
    """In each component one cell and one direction at a time, until none is open."""
    left, cells = room, np.arange(len(room.truth))
    while True:
        down, up = (mask[cells] for mask in aim.open(reach))
        waiting = _still(left, aim, reach, down | up, cells, patience)
        if not waiting.any():
            return
        if 2 * waiting.sum() < len(waiting):
            kept = waiting[left.of_cell]
            left, cells, down, up = left.where(waiting), cells[kept], down[kept], up[kept]
            waiting = np.ones(left.components, dtype=bool)
        first = _first_of_each(left, down | up, waiting)
        sign = np.where(down[first], 1.0, -1.0)
        cost = np.zeros(len(cells))
        cost[first] = sign
        table, _, sure = left.push(cost)
        reach.see(table, cells)
        reach.programmes += 1
        asked = cells[first]
        reach.ended_low[asked[sign > 0]] = True
        reach.ended_high[asked[sign < 0]] = True
        reach.given_up[asked[~sure[left.of_cell[first]]]] = True


def _fill(room: Room, aim: Aim, reach: Reach, patience: float) -> bool:
    """Ask for numbers between the lowest and highest seen, where too few were; whether any had to be."""
    asked_any = False
    cells = np.arange(len(room.truth))
    while True:
        wanted = count_numbers(reach.found[NUMBERS]) < aim.count
        number = reach.missing() if wanted.any() else np.full(len(cells), np.nan)
        wanted &= ~np.isnan(number)
        waiting = _still(room, aim, reach, wanted, cells, patience)
        first = _first_of_each(room, wanted, waiting)
        if not len(first):
            return asked_any
        asked_any = True
        floors, ceilings = room.floors.copy(), room.ceilings.copy()
        floors[first] = ceilings[first] = number[first]
        table, _, sure = room.push(np.zeros(len(cells)), floors, ceilings)
        reach.see(table, cells)
        reach.programmes += 1
        step = np.round(number[first] - room.truth[first]).astype(np.int64) + _SPAN
        reach.tried[first] |= np.int64(1) << step
        reach.given_up[first[~sure[room.of_cell[first]]]] = True
