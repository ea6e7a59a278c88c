"""All tables that agree with what is known, cell by cell and component by component."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from dashboard.disclosure.solver import Programme, least_whole
from dashboard.keys import Array

_NEAR = 1e-6


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
    _programme: list[Programme] = field(default_factory=list, repr=False)  # made when it is first asked

    def between(self, floors: Array, ceilings: Array) -> "Room":
        """The same, knowing more about single cells."""
        return replace(
            self,
            floors=np.maximum(self.floors, floors),
            ceilings=np.minimum(self.ceilings, ceilings),
            _programme=[],
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

    def push(
        self,
        cost: Array,
        floors: Array | None = None,
        ceilings: Array | None = None,
        *,
        certain: bool = True,
    ) -> tuple[Array, Array, Array]:
        """A table of whole numbers that costs least, of which components it is that, and of which surely.

        `floors` and `ceilings`: bounds for this time only. A component of which there is no such table is
        left as it truly is; so is one where the programme finds broken numbers, if not all need be `certain`.
        """
        floors = self.floors if floors is None else np.maximum(self.floors, floors)
        ceilings = self.ceilings if ceilings is None else np.minimum(self.ceilings, ceilings)
        best = self.truth.copy()
        if not self._programme:
            self._programme.append(
                Programme(self.matrix, self.lowest, self.highest, self.floors, self.ceilings)
            )
        table = self._programme[0].least(cost, floors, ceilings)
        fine = np.zeros(self.components, dtype=bool)
        if table is not None:
            fine = self.agrees(np.round(table))
            best = np.where(fine[self.of_cell], np.round(table), best)
        sure = fine.copy()
        for component in np.flatnonzero(~fine).tolist() if certain else ():
            cells = self.of_cell == component
            alone = self.where(np.arange(self.components) == component)
            whole, sure[component] = least_whole(
                cost[cells], alone.matrix, alone.lowest, alone.highest, floors[cells], ceilings[cells]
            )
            if whole is not None and alone.agrees(whole)[0]:
                best[cells], fine[component] = whole, True
        return best, fine, sure
