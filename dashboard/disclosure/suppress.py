"""Which cells to hide beside the small ones, so that an audit finds nothing to complain of.

First line by line, which is quick and mends nearly all; then wherever the audit still finds a cell pinned
too closely, one more at the least loss, and again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from dashboard.disclosure.audit import Demand, Goals, Searches, Seen, find_failing
from dashboard.disclosure.lines import find_narrow, list_entries
from dashboard.disclosure.system import System
from dashboard.keys import Array

_ROUNDS = 500
_PATIENCE = 1  # cells to mend in a component before it is looked at again


class DisclosureError(RuntimeError):
    """A table that could not be protected. Nothing is released then: protected, or not at all."""


@dataclass(frozen=True, eq=False)
class Table:
    """Cells that may be hidden, and what it costs. Every array has one entry a cell."""

    system: System
    primary: Array  # what must be hidden
    cost: Array  # what hiding a cell loses: the least is hidden first; infinite where it may not be
    goals: Goals  # what is demanded of each cell, were it hidden
    spread: Callable[[Array], Array]  # every cell that is hidden when these are
    instead: Callable[[Array, Array], Array]  # what to hide for these cells to be, given what already is

    def demand(self, hidden: Array, chosen: Array) -> Goals:
        """What is demanded of the hidden cells. Of what is hidden only because it stands beside a chosen cell
        in one figure, as the base of a percentage does, nothing is: the reader may well know it.
        """
        cells = np.flatnonzero(hidden)
        goals = self.goals.where(cells)
        idle = ~chosen[cells] & ~self.primary[cells]
        return replace(goals, width=np.where(idle, 0.0, goals.width), count=np.where(idle, 1.0, goals.count))

    @classmethod
    def of_cells(
        cls, system: System, primary: Array, cost: Array, hideable: Array, demand: Demand
    ) -> "Table":
        """A table in which each cell is one figure, and hiding it hides nothing else."""
        demanded = Goals.of(system.values, primary, demand)
        return cls(
            system,
            primary,
            np.where(hideable, cost, np.inf),
            goals=demanded,
            spread=lambda chosen: chosen,
            instead=lambda cells, _: cells,
        )


def suppress(system: System, primary: Array, cost: Array, hideable: Array, demand: Demand) -> Array:
    """Which cells of a plain table to hide: true or false of each.

    Raises `DisclosureError` where nothing is left to hide beside a cell that is pinned too closely.
    """
    table = Table.of_cells(system, primary, cost, hideable, demand)
    chosen, left, _ = protect_cells(table, primary.copy(), Searches({}))
    if len(left):
        raise DisclosureError(f"{len(left)} cells stay pinned too closely, and nothing else can be hidden")
    return table.spread(chosen)


def protect_cells(
    table: Table, chosen: Array, searches: Searches, rounds: int = _ROUNDS
) -> tuple[Array, Array, Seen]:
    """What to hide, starting from what is chosen already; cells that could not be protected, at least in so
    many rounds; and what witnesses have shown of all others.
    """
    seen = Seen.nothing(table.system.values)
    chosen = hide_by_line(table, chosen)
    for number in range(rounds):
        hidden = table.spread(chosen)
        goals = table.demand(hidden, chosen)
        failing = find_failing(table.system, hidden, goals, seen, _PATIENCE, searches)
        more = _choose_for_cells(table, hidden, failing)
        if not len(more) or number + 1 == rounds:
            # Hiding what anybody can work out hides nothing: it may as well be shown.
            vain = ~table.primary[failing] & (seen.found[0, failing] == seen.found[1, failing])
            chosen[failing[vain]] = False
            return chosen, failing[~vain], seen
        chosen = chosen.copy()
        chosen[more] = True
        chosen = hide_by_line(table, chosen)
    raise DisclosureError("no round was allowed")


def hide_by_line(table: Table, chosen: Array) -> Array:
    """Hide more until no relation by itself pins a hidden cell too closely, where that can be helped."""
    entries = list_entries(table.system)
    chosen = chosen.copy()
    while True:
        hidden = table.spread(chosen)
        narrow = np.flatnonzero(find_narrow(table.system, entries, hidden, table.demand(hidden, chosen)))
        more = _cheapest(table, hidden, narrow, narrow)
        if not len(more):
            return chosen
        chosen[more] = True


def _cheapest(table: Table, hidden: Array, lines: Array, groups: Array) -> Array:
    """One more cell to hide in each group of relations: `lines[i]` is a relation of group `groups[i]`.

    The cheapest; no sum while there is a part; rather what breaks into no relation that is whole, and mends
    others; then the smallest.
    """
    entries, system = list_entries(table.system), table.system
    relations = system.matrix.shape[0]
    counts = np.bincount(entries.rows[hidden[entries.cells]], minlength=relations)
    wanting = np.zeros(relations, dtype=bool)
    wanting[lines] = True
    mends = np.bincount(entries.cells[wanting[entries.rows]], minlength=system.cells)
    breaks = np.bincount(entries.cells[(counts == 0)[entries.rows]], minlength=system.cells)
    group, row = groups[np.argsort(lines, kind="stable")], np.sort(lines)
    first, last = np.searchsorted(entries.rows, row), np.searchsorted(entries.rows, row, side="right")
    number = np.repeat(group, last - first)
    place = np.repeat(first - np.cumsum(last - first) + (last - first), last - first) + np.arange(len(number))
    cell, factor = entries.cells[place], entries.factors[place]
    eligible = ~hidden[cell] & np.isfinite(table.cost[cell])
    number, cell, factor = number[eligible], cell[eligible], factor[eligible]
    order = np.lexsort(
        (cell, system.values[cell], (breaks - mends)[cell], factor < 0, table.cost[cell], number)
    )
    return np.unique(table.instead(cell[order][np.unique(number[order], return_index=True)[1]], hidden))


def _choose_for_cells(table: Table, hidden: Array, failing: Array) -> Array:
    """One more cell to hide for each that is pinned too closely.

    In any of its relations; if none can take more, in the nearest of those that hang together with it.
    """
    if not len(failing):
        return failing
    entries, relations = list_entries(table.system), table.system.matrix.shape[0]
    eligible = ~hidden & np.isfinite(table.cost)
    can = np.bincount(entries.rows[eligible[entries.cells]], minlength=relations) > 0
    inside = np.isin(entries.cells, failing) & can[entries.rows]
    lines, groups = entries.rows[inside], entries.cells[inside]
    for cell in np.setdiff1d(failing, groups):
        around = _relations_around(table, hidden, cell, can)
        lines = np.concatenate((lines, around))
        groups = np.concatenate((groups, np.full(len(around), cell)))
    return _cheapest(table, hidden, lines, groups)


def _relations_around(table: Table, hidden: Array, cell: int, can: Array) -> Array:
    """The nearest relations, step by step over hidden cells, in which more can be hidden."""
    matrix = abs(table.system.matrix)
    cells = np.zeros(matrix.shape[1])
    cells[cell] = 1.0
    while True:
        reached = matrix @ cells > 0
        if (reached & can).any():
            return np.flatnonzero(reached & can)
        further = (matrix.T @ reached.astype(float) > 0) & hidden | (cells > 0)
        if further.sum() == cells.sum():
            return np.zeros(0, dtype=np.int64)
        cells = further.astype(float)
