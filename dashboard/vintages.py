"""Figures that a later publication has replaced: kept behind those that stand, so that both can be seen."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


def set_apart(cell: Array, size: int) -> tuple[Array, Array]:
    """Where each row goes, and which cells the rows that go behind all `size` cells would have had.

    `cell` says for each row, the preferred ones last, which cell it is of. The last row of a cell has it;
    those before it follow behind the cells, in their own order.
    """
    rows = np.arange(len(cell))
    standing = np.zeros(size, dtype=np.int64)
    standing[cell] = rows
    replaced = np.flatnonzero(standing[cell] != rows)
    place = cell.copy()
    place[replaced] = size + np.arange(len(replaced))
    return place, cell[replaced]
