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

from dashboard.disclosure.reach import Aim, Reach, begin, follow
from dashboard.disclosure.room import Room
from dashboard.disclosure.system import System
from dashboard.keys import Array

#: What was found of a component, by the hash of all that is known of it: it is not searched twice.
Memory = MutableMapping[str, Array]

_BATCH = 700  # cells searched by one programme: components know nothing of each other
_MANY = 5000  # cells for which it is worth starting more processes


@dataclass(eq=False)
class Searches:
    """What was found of components so far, and how many programmes that took."""

    memory: Memory
    programmes: int = 0


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
    count: Array  # nor may W be left with fewer possible numbers than this
    count_s: Array  # nor S
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
            count=np.ones(len(values)),
            count_s=np.where(primary, float(demand.candidates), 1.0),
            floors_s=np.where(primary, np.minimum(1.0, values), -np.inf),
            ceilings_s=np.where(primary, np.maximum(last, values), np.inf),
        )

    def copy(self) -> "Goals":
        """The same, to be changed."""
        return self.where(np.arange(len(self.low)))

    @property
    def weak(self) -> Aim:
        """How far W must be able to go."""
        return Aim(self.low, self.high, self.width, self.count)

    @property
    def strong(self) -> Aim:
        """How far S must."""
        endless = np.full(len(self.low), np.inf)
        return Aim(endless, -endless, np.zeros(len(self.low)), self.count_s)

    def met(self, found: Array) -> Array:
        """Which cells are left open enough: three rows of what W was seen to hold possible, three of S."""
        return np.asarray(self.weak.met(found[:3]) & self.strong.met(found[3:6]))

    def where(self, kept: Array) -> "Goals":
        """Those of some of the cells."""
        return Goals(*(getattr(self, each.name)[kept] for each in fields(self)))


@dataclass(frozen=True, eq=False)
class Seen:
    """What witnesses have shown of each cell of a system, hidden or not; more can only be added.

    Hiding one more cell leaves every earlier witness one.
    """

    found: Array  # three rows of W and three of S, see `reach.begin`

    @classmethod
    def nothing(cls, values: Array) -> "Seen":
        """Nothing but the true table."""
        return cls(np.vstack((begin(values), begin(values))))

    def copy(self) -> "Seen":
        """The same, to be changed."""
        return Seen(self.found.copy())

    def forget(self, cells: Array, values: Array) -> None:
        """Go back to the true numbers of some cells."""
        self.found[:, cells] = np.vstack((begin(values[cells]), begin(values[cells])))


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
    low_w, high_w, _, low_s, high_s, _, _, given_up = found[:, back]
    passed = goals.met(found)[back]
    labels, searched = room.of_cell[back], int(fresh.sum())
    return Audit(cells, low_w, high_w, low_s, high_s, passed, given_up > 0, labels, searched, solves, exact)


def find_failing(
    system: System, hidden: Array, goals: Goals, seen: Seen, patience: int, searches: Searches
) -> Array:
    """Hidden cells that are pinned too closely: about `patience` in each component in which there are any.

    Enough to know where to mend. What was seen is added to `seen`, and every component to `searches`.
    """
    cells = np.flatnonzero(hidden)
    order, room = make_room(system, cells)
    goals, cells = goals.where(order), cells[order]
    sound = _Known(room, goals, searches.memory, exact=False)
    faulty = _Known(room, goals, searches.memory, exact=False, patience=patience)
    found, fresh = sound.recall()
    failed, untried = faulty.recall()
    known = ~untried[room.of_cell]
    found[:, known] = failed[:, known]
    fresh &= untried
    inside = fresh[room.of_cell]
    found[:6, inside] = seen.found[:, cells[inside]]
    waiting = np.bincount(room.of_cell[~goals.met(found)], minlength=room.components) > 0
    searches.programmes += _search_all(room, goals, found, waiting & fresh, patience=patience)
    seen.found[:, cells] = found[:6]
    passed = np.bincount(room.of_cell[~goals.met(found)], minlength=room.components) == 0
    sound.keep(found, fresh & passed)
    faulty.keep(found, fresh & ~passed)
    return cells[found[6:].any(axis=0) & ~goals.met(found)]


class _Known:
    """What is remembered of the components of a room, by a hash of all that is known and demanded of each."""

    def __init__(
        self, room: Room, goals: Goals, memory: Memory, *, exact: bool, patience: float = np.inf
    ) -> None:
        self._room = room
        self._names = _names(room, goals, f"{exact} {patience}")
        self._starts = np.searchsorted(room.of_cell, np.arange(room.components + 1))
        self._memory = memory

    def recall(self) -> tuple[Array, Array]:
        """What was found of each cell (the true number where nothing was), and which components are new."""
        truth = begin(self._room.truth)
        found = np.vstack((truth, truth, np.zeros((2, truth.shape[1]))))
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

    `found` is changed: six rows of what witnesses have shown, and what `_search` adds.
    """
    sizes = np.bincount(room.of_cell, minlength=room.components)
    batches = list(_batches(sizes, wanted))
    tasks = []
    for batch in batches:
        inside = batch[room.of_cell]
        tasks.append((room.where(batch), goals.where(inside), found[:6, inside], exact, patience))
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


def _names(room: Room, goals: Goals, how: str) -> list[str]:
    """A hash of all that is known and demanded of each component, and of how it is searched."""
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
        digest = hashlib.sha256(how.encode())
        digest.update(np.ascontiguousarray(by_cell[first:last]).tobytes())
        digest.update(np.ascontiguousarray(by_row[top:bottom]).tobytes())
        digest.update((matrix.indices[start:end].astype(np.int64) - first).tobytes())
        digest.update(matrix.data[start:end].tobytes())
        names.append(digest.hexdigest())
    return names


def _batches(sizes: Array, fresh: Array) -> Iterator[Array]:
    """The components that are to be searched, in batches of about equal size, the largest ones first."""
    chosen = np.flatnonzero(fresh)
    chosen = chosen[np.argsort(-sizes[chosen], kind="stable")]
    number = (np.cumsum(sizes[chosen]) - sizes[chosen]) // _BATCH
    for each in np.unique(number):
        batch = np.zeros(len(sizes), dtype=bool)
        batch[chosen[number == each]] = True
        yield batch


def _search(room: Room, goals: Goals, seen: Array, exact: bool, patience: float) -> tuple[Array, int]:
    """Three rows of W, three of S, and whether each cell falls short or was given up; and the programmes.

    `seen`: the same six rows, as earlier witnesses left them.
    """
    known = room.between(goals.floors_s, goals.ceilings_s)
    weak, strong = Reach.of(seen[:3], room.truth), Reach.of(seen[3:], room.truth)
    aims = [goals.strong, goals.weak]
    if exact:
        endless = np.full(len(room.truth), np.inf)
        aims = [Aim(-endless, endless, endless, aim.count) for aim in aims]
    follow(known, aims[0], strong, patience)
    weak.learn(strong)  # what S holds possible, so does W
    follow(room, aims[1], weak, patience)
    short = goals.strong.short(strong) | goals.weak.short(weak)
    return np.vstack((weak.found, strong.found, short, weak.given_up)), weak.programmes
