"""What an attacker could work out of each hidden cell, and whether that is little enough.

Two attackers are asked. W knows the page: every number shown and every relation. S also knows the rules, and
so which hidden cells are small by themselves. A range is proved by witnesses: whole tables, unlike the true
one, that agree with everything shown, checked in whole numbers. The programmes only look for them.
"""

import hashlib
import os
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from multiprocessing import get_context

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from dashboard.disclosure.reach import Aim, Reach, Room, follow
from dashboard.disclosure.system import System
from dashboard.keys import Array

#: What was found of a component, by the hash of all that is known of it: it is not searched twice.
Memory = MutableMapping[str, Array]

_BATCH = 700  # cells searched by one programme: components know nothing of each other
_MANY = 5000  # cells for which it is worth starting more processes


@dataclass(frozen=True)
class Demand:
    """How little an attacker may learn of a hidden cell.

    W must not see that a small number is more than 1 or less than `threshold` - 1, nor tell another hidden
    number within `threshold`. S must be left with `candidates` possibilities for a small one.
    """

    threshold: int = 10
    candidates: int = 5


@dataclass(frozen=True, eq=False)
class Goals:
    """What is demanded of each hidden cell; every array has one entry a hidden cell."""

    low: Array  # W's lowest may not be above this
    high: Array  # nor W's highest below this
    width: Array  # nor the two closer together than this
    width_s: Array  # nor those of S
    floors_s: Array  # what S knows of each cell before looking
    ceilings_s: Array

    @classmethod
    def of(cls, values: Array, primary: Array, demand: Demand) -> "Goals":
        """Those of plain tables: small numbers, and others that are hidden beside them."""
        last = float(demand.threshold - 1)
        return cls(
            low=np.where(primary, np.minimum(1.0, values), np.inf),
            high=np.where(primary, last, -np.inf),
            width=np.where(primary, 0.0, float(demand.threshold)),
            width_s=np.where(primary, demand.candidates - 1.0, 0.0),
            floors_s=np.where(primary, np.minimum(1.0, values), -np.inf),
            ceilings_s=np.where(primary, np.maximum(last, values), np.inf),
        )

    def copy(self) -> "Goals":
        """The same, to be changed."""
        return self.where(np.arange(len(self.low)))

    def where(self, kept: Array) -> "Goals":
        """Those of some of the cells."""
        return Goals(*(getattr(self, each.name)[kept] for each in fields(self)))


@dataclass(frozen=True, eq=False)
class Seen:
    """How far witnesses have carried each cell of a system, hidden or not; more can only be added.

    Hiding one more cell leaves every earlier witness one.
    """

    low_w: Array
    high_w: Array
    low_s: Array
    high_s: Array

    @classmethod
    def nothing(cls, values: Array) -> "Seen":
        """Nothing but the true table."""
        return cls(values.copy(), values.copy(), values.copy(), values.copy())

    def copy(self) -> "Seen":
        """The same, to be changed."""
        return Seen(*(getattr(self, each.name).copy() for each in fields(self)))

    def where(self, cells: Array) -> Array:
        """What was seen of some cells, four rows."""
        return np.vstack((self.low_w[cells], self.high_w[cells], self.low_s[cells], self.high_s[cells]))

    def put(self, cells: Array, found: Array) -> None:
        """Keep what was found of some cells."""
        self.low_w[cells], self.high_w[cells], self.low_s[cells], self.high_s[cells] = found


@dataclass(frozen=True, eq=False)
class Audit:
    """For each hidden cell: its place, the range that W and S are left with, and whether that will do.

    Where `exact` is false a range was followed only as far as is demanded; the whole one holds it.
    """

    cells: Array
    lowest_w: Array
    highest_w: Array
    lowest_s: Array
    highest_s: Array
    passed: Array
    given_up: Array  # the programme stopped before it knew
    components: Array  # cells with the same number hang together
    searched: int  # components that were not remembered
    solves: int
    exact: bool

    @property
    def unresolved(self) -> int:
        """How many cells nothing could be proved of, either way."""
        return int((self.given_up & ~self.passed).sum())


def audit(
    system: System,
    hidden: Array,
    primary: Array,
    demand: Demand,
    *,
    exact: bool = False,
    goals: Goals | None = None,
    memory: Memory | None = None,
) -> Audit:
    """What W and S can tell of every hidden cell. `hidden`, `primary`: true or false of each cell.

    `goals` (an entry a hidden cell) replace what `demand` says of plain tables. With `exact` both whole
    ranges are found, otherwise as much of them as is demanded.
    """
    cells = np.flatnonzero(hidden)
    goals = goals or Goals.of(system.values[cells], primary[cells], demand)
    order, room = make_room(system, cells)
    goals = goals.where(order)
    known = _Known(room, goals, {} if memory is None else memory, exact=exact)
    found, fresh = known.recall()
    solves = _search_all(room, goals, found, fresh, exact=exact)
    known.keep(found, fresh)
    back = np.argsort(order)
    low_w, high_w, low_s, high_s, _, given_up = found[:, back]
    passed = _passed(goals, found[:4])[back]
    labels, searched = room.of_cell[back], int(fresh.sum())
    return Audit(cells, low_w, high_w, low_s, high_s, passed, given_up > 0, labels, searched, solves, exact)


def find_failing(
    system: System, hidden: Array, goals: Goals, seen: Seen, patience: int, memory: Memory
) -> Array:
    """Hidden cells that are pinned too closely: about `patience` in each component in which there are any.

    Enough to know where to mend. What was seen is added to `seen`, components without fault to `memory`.
    """
    cells = np.flatnonzero(hidden)
    order, room = make_room(system, cells)
    goals, cells = goals.where(order), cells[order]
    known = _Known(room, goals, memory, exact=False)
    found, fresh = known.recall()
    inside = fresh[room.of_cell]
    found[:4, inside], found[4:, inside] = seen.where(cells[inside]), 0.0
    waiting = np.bincount(room.of_cell[~_passed(goals, found[:4])], minlength=room.components) > 0
    _search_all(room, goals, found, waiting & fresh, patience=patience)
    seen.put(cells, found[:4])
    passed = np.bincount(room.of_cell[~_passed(goals, found[:4])], minlength=room.components) == 0
    known.keep(found, fresh & passed)
    return cells[found[4:].any(axis=0)]


class _Known:
    """What is remembered of the components of a room, by a hash of all that is known and demanded of each."""

    def __init__(self, room: Room, goals: Goals, memory: Memory, *, exact: bool) -> None:
        self._names = _names(room, goals, exact=exact)
        self._starts = np.searchsorted(room.of_cell, np.arange(room.components + 1))
        self._memory = memory

    def recall(self) -> tuple[Array, Array]:
        """What was found of each cell (the true number where nothing was), and which components are new."""
        found = np.zeros((6, int(self._starts[-1])))
        fresh = np.array([name not in self._memory for name in self._names], dtype=bool)
        for component in np.flatnonzero(~fresh).tolist():
            found[:, self._span(component)] = self._memory[self._names[component]]
        return found, fresh

    def keep(self, found: Array, components: Array) -> None:
        """Remember what was found of some components."""
        for component in np.flatnonzero(components).tolist():
            self._memory[self._names[component]] = found[:, self._span(component)].copy()

    def _span(self, component: int) -> slice:
        return slice(int(self._starts[component]), int(self._starts[component + 1]))


def _search_all(
    room: Room,
    goals: Goals,
    found: Array,
    wanted: Array,
    *,
    exact: bool = False,
    patience: float = np.inf,
) -> int:
    """Search some components, in batches and side by side; how many programmes that took.

    `found` is changed: four rows of how far witnesses have carried W and S, and what `_search` adds.
    """
    sizes = np.bincount(room.of_cell, minlength=room.components)
    batches = list(_batches(sizes, wanted))
    tasks = []
    for batch in batches:
        inside = batch[room.of_cell]
        seen = found[:4, inside] if patience < np.inf else np.tile(room.truth[inside], (4, 1))
        tasks.append((room.where(batch), goals.where(inside), seen, exact, patience))
    solves = 0
    for batch, (part, programmes) in zip(batches, _side_by_side(tasks), strict=True):
        found[:, batch[room.of_cell]] = part
        solves += programmes
    return solves


def _side_by_side(tasks: list[tuple[Room, Goals, Array, bool, float]]) -> Iterator[tuple[Array, int]]:
    """The searches, each on a processor of its own where that is worth starting one."""
    workers = min(os.cpu_count() or 1, len(tasks))
    if workers < 2 or sum(len(task[0].truth) for task in tasks) < _MANY:
        yield from (_search(*task) for task in tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(_search, *zip(*tasks, strict=True))


def make_room(system: System, cells: Array) -> tuple[Array, Room]:
    """All tables that agree with what is shown, and the order of the hidden cells in it."""
    known = system.values.copy()
    known[cells] = 0.0
    matrix = sparse.csr_array(system.matrix[:, cells])
    rows = np.flatnonzero(np.diff(matrix.indptr))
    matrix = sparse.csr_array(matrix[rows])
    shown = (system.matrix @ known)[rows]
    labels, of_row, components = _label(matrix)
    order, row_order = np.argsort(labels, kind="stable"), np.argsort(of_row, kind="stable")
    chosen = cells[order]
    room = Room(
        matrix=sparse.csr_array(matrix[row_order][:, order]),
        lowest=(system.lowest[rows] - shown)[row_order],
        highest=(system.highest[rows] - shown)[row_order],
        floors=system.floors[chosen],
        ceilings=system.ceilings[chosen],
        truth=system.values[chosen],
        of_cell=labels[order],
        of_row=of_row[row_order],
        components=components,
    )
    return order, room


def label_cells(system: System, cells: Array) -> tuple[int, Array]:
    """How many components the hidden cells fall into, and which one each is in."""
    matrix = sparse.csr_array(system.matrix[:, cells])
    labels, _, count = _label(sparse.csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))]))
    return count, labels


def _label(matrix: sparse.csr_array) -> tuple[Array, Array, int]:
    """The component of each cell and of each relation, and how many there are."""
    rows, columns = matrix.shape
    if not rows:
        return np.arange(columns), np.zeros(0, dtype=np.int64), columns
    where = matrix.tocoo()
    ends = (where.row, where.col + rows)
    graph = sparse.coo_array((np.ones(len(where.row)), ends), shape=(rows + columns, rows + columns))
    count, labels = connected_components(graph, directed=False)
    return labels[rows:].astype(np.int64), labels[:rows].astype(np.int64), int(count)


def _names(room: Room, goals: Goals, *, exact: bool) -> list[str]:
    """A hash of all that is known and demanded of each component."""
    cells = np.searchsorted(room.of_cell, np.arange(room.components + 1))
    rows = np.searchsorted(room.of_row, np.arange(room.components + 1))
    matrix = room.matrix
    by_cell = np.column_stack(
        (room.floors, room.ceilings, room.truth, *(getattr(goals, each.name) for each in fields(goals)))
    )
    by_row = np.column_stack((room.lowest, room.highest, np.diff(matrix.indptr)))
    names = []
    for component in range(room.components):
        first, last = cells[component], cells[component + 1]
        top, bottom = rows[component], rows[component + 1]
        start, end = matrix.indptr[top], matrix.indptr[bottom]
        digest = hashlib.sha256(b"exact" if exact else b"")
        digest.update(np.ascontiguousarray(by_cell[first:last]).tobytes())
        digest.update(np.ascontiguousarray(by_row[top:bottom]).tobytes())
        digest.update((matrix.indices[start:end].astype(np.int64) - first).tobytes())
        digest.update(matrix.data[start:end].tobytes())
        names.append(digest.hexdigest())
    return names


def _batches(sizes: Array, fresh: Array) -> Iterator[Array]:
    """The components that are to be searched, in batches of about equal size."""
    chosen = np.flatnonzero(fresh)
    number = (np.cumsum(sizes[chosen]) - sizes[chosen]) // _BATCH
    for each in np.unique(number):
        batch = np.zeros(len(sizes), dtype=bool)
        batch[chosen[number == each]] = True
        yield batch


def _search(room: Room, goals: Goals, seen: Array, exact: bool, patience: float) -> tuple[Array, int]:
    """The range of W, that of S, and whether it falls short or was given up, of every cell.

    `seen`: four rows, how far earlier witnesses have carried W and S.
    """
    known = room.between(goals.floors_s, goals.ceilings_s)
    weak, strong = Reach.between(*seen[:2]), Reach.between(*seen[2:])
    nothing = np.full(len(room.truth), np.inf)
    least = Aim(nothing, -nothing, goals.width_s)
    if exact:
        aims = [Aim(-nothing, nothing, nothing)] * 2
    else:
        aims = [least, Aim(goals.low, goals.high, goals.width)]
    follow(known, aims[0], strong, least, patience)
    for table in (strong.low, strong.high):  # what S holds possible, so does W
        weak.see(table, np.arange(len(table)))
    follow(room, aims[1], weak, aims[1], patience)
    short = least.short(strong) | aims[1].short(weak)
    given_up = strong.given_up | weak.given_up
    found = np.vstack((weak.low, weak.high, strong.low, strong.high, short, given_up))
    return found, strong.programmes + weak.programmes


def _passed(goals: Goals, found: Array) -> Array:
    """Which cells are left wide enough for both attackers."""
    low_w, high_w, low_s, high_s = found
    return np.asarray(
        (low_w <= goals.low)
        & (high_w >= goals.high)
        & (high_w - low_w >= goals.width)
        & (high_s - low_s >= goals.width_s)
    )
