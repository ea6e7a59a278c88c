"""Blocks of figures written as rows of the long table."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.simulation.aggregate import Block
from dashboard.simulation.timeline import Floats
from dashboard.vocabulary import COLUMNS, Basis, Status, Symbol

SOURCE = "simulation"
PUBLISHED_ON = "2026-04-30"  # as declared of the source

_NUMBERS = ("numerator", "denominator", "value")


def write_blocks(blocks: Sequence[Block]) -> pd.DataFrame:
    """The long table of blocks, with the digits printed after the point of every value.

    A figure that there is nobody to work out from has no value: it is not applicable.
    """
    columns: dict[str, Any] = {name: [] for name in (*COLUMNS, "decimals")}
    for block in blocks:
        for name, cells in _list_cells(block).items():
            columns[name].append(cells)
    types = {name: "float64" if name in _NUMBERS else "str" for name in COLUMNS} | {"decimals": "int8"}
    joined = {
        name: pd.Series(np.concatenate(parts) if parts else [], dtype=types[name])
        for name, parts in columns.items()
    }
    return pd.DataFrame(joined)


def _list_cells(block: Block) -> dict[str, Any]:
    """A block's cells by column, area by area, category by category, period by period."""
    areas, categories, periods = block.values.shape
    size = block.values.size

    def repeat(word: str) -> Any:
        return np.full(size, word, dtype=object)

    def flatten(numbers: Floats | None) -> Floats:
        if numbers is None:
            return np.full(size, np.nan)
        return np.broadcast_to(numbers, block.values.shape).ravel()

    values = block.values.ravel()
    return {
        "indicator": repeat(block.indicator),
        "statistic": repeat(block.statistic),
        "area": np.repeat(np.array(block.areas, dtype=object), categories * periods),
        "basis": repeat(Basis.LOCAL),
        "period": np.tile(np.array(block.periods, dtype=object), areas * categories),
        "characteristic": repeat(block.characteristic),
        "category": np.tile(np.repeat(np.array(block.categories, dtype=object), periods), areas),
        "numerator": flatten(block.numerators),
        "denominator": flatten(block.denominators),
        "value": values,
        "symbol": np.where(np.isnan(values), str(Symbol.NOT_APPLICABLE), "").astype(object),
        "status": repeat(Status.ILLUSTRATIVE),
        "source": repeat(SOURCE),
        "published_on": repeat(PUBLISHED_ON),
        "decimals": np.full(size, block.decimals, dtype=np.int8),
    }
