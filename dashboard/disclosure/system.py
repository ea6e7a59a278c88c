"""What a reader who can add up knows: cells, and every linear relation between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from scipy import sparse

from dashboard.keys import Array

#: A relation written out: coefficients by cell, the least and the most that it may come to, and its family.
Relation: TypeAlias = "tuple[Mapping[int, float], float, float, Family]"


class Family(StrEnum):
    """Why a relation holds. Each can be left out, to see what it protects."""

    GEOGRAPHY = "geography"  # districts make the county
    CATEGORIES = "categories"  # the categories of a characteristic make the whole
    PARTS = "parts"  # the declared parts of an indicator make it
    COMPLEMENT = "complement"  # numerator and what is left make the denominator
    PERIODS = "periods"  # months make the quarter, quarters the year
    ROLLING = "rolling"  # twelve months make a rolling figure; months make the year to date
    STOCK_AND_FLOW = "stock_and_flow"  # a stock moves by starts less ceases
    DIFFERENCE = "difference"  # a declared difference and its two sides
    PRINTED = "printed"  # a percentage or rate at the precision printed
    SUBSET = "subset"  # children of one sort among those of another
    EARLIER = "earlier"  # figures that are out already


FAMILIES = tuple(Family)


@dataclass(frozen=True, eq=False)
class System:
    """Cells and the relations between them: `lowest <= matrix @ cells <= highest`."""

    matrix: sparse.csr_array  # relations × cells
    lowest: Array  # of each relation; the same as `highest` where it is a sum
    highest: Array
    families: Array  # int8, a place in FAMILIES
    values: Array  # the true number of each cell
    floors: Array  # what everybody knows of each cell before looking: nought,
    ceilings: Array  # and infinity, unless something else is said

    @classmethod
    def of(
        cls,
        values: Sequence[float] | Array,
        relations: Sequence[Relation],
        floors: Array | None = None,
        ceilings: Array | None = None,
    ) -> "System":
        """A system of relations that are written out one by one."""
        cells = np.asarray(values, dtype=np.float64)
        places = [
            (row, cell, factor)
            for row, (terms, *_) in enumerate(relations)
            for cell, factor in terms.items()
            if factor
        ]
        rows, columns, factors = np.array(places, dtype=np.float64).reshape(-1, 3).T
        shape = (len(relations), len(cells))
        where = (rows.astype(np.int64), columns.astype(np.int64))
        return cls(
            matrix=sparse.csr_array((factors, where), shape=shape),
            lowest=np.array([lowest for _, lowest, _, _ in relations], dtype=np.float64),
            highest=np.array([highest for _, _, highest, _ in relations], dtype=np.float64),
            families=np.array([FAMILIES.index(family) for *_, family in relations], dtype=np.int8),
            values=cells,
            floors=np.zeros(len(cells)) if floors is None else floors,
            ceilings=np.full(len(cells), np.inf) if ceilings is None else ceilings,
        )

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.values)

    def without(self, *families: Family) -> "System":
        """The same system, not knowing the relations of some families."""
        return self.where(~np.isin(self.families, [FAMILIES.index(family) for family in families]))

    def where(self, kept: Array) -> "System":
        """The same system with some of the relations only."""
        return replace(
            self,
            matrix=sparse.csr_array(self.matrix[np.flatnonzero(kept)]),
            lowest=self.lowest[kept],
            highest=self.highest[kept],
            families=self.families[kept],
        )

    def joined(self, other: "System") -> "System":
        """The relations of both, which must be over the same cells."""
        return replace(
            self,
            matrix=sparse.csr_array(sparse.vstack([self.matrix, other.matrix])),
            lowest=np.concatenate((self.lowest, other.lowest)),
            highest=np.concatenate((self.highest, other.highest)),
            families=np.concatenate((self.families, other.families)),
        )
