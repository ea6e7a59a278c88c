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

Words = np.ndarray[Any, np.dtype[np.object_]]

_NUMBERS = ("numerator", "denominator", "value")


def write_blocks(blocks: Sequence[Block]) -> pd.DataFrame:
    """The long table of blocks, with the digits printed after the point of every value.

    A figure that there is nobody to work out from has no value: it is not applicable.
    """
    sizes = [block.values.size for block in blocks]
    values = _join([block.values.ravel() for block in blocks])
    columns: dict[str, Any] = {
        "indicator": _repeat([block.indicator for block in blocks], sizes),
        "statistic": _repeat([str(block.statistic) for block in blocks], sizes),
        "area": _join_words([_across(block, block.areas, 0) for block in blocks]),
        "basis": str(Basis.LOCAL),
        "period": _join_words([_across(block, block.periods, 2) for block in blocks]),
        "characteristic": _repeat([block.characteristic for block in blocks], sizes),
        "category": _join_words([_across(block, block.categories, 1) for block in blocks]),
        "numerator": _join([_flatten(block, block.numerators) for block in blocks]),
        "denominator": _join([_flatten(block, block.denominators) for block in blocks]),
        "value": values,
        "symbol": np.where(np.isnan(values), str(Symbol.NOT_APPLICABLE), "").astype(object),
        "status": str(Status.ILLUSTRATIVE),
        "source": SOURCE,
        "published_on": PUBLISHED_ON,
        "decimals": np.repeat(np.array([block.decimals for block in blocks], dtype=np.int8), sizes),
    }
    types = {name: "float64" if name in _NUMBERS else "str" for name in COLUMNS} | {"decimals": "int8"}
    return pd.DataFrame(columns, index=range(len(values))).astype(types)


def _repeat(words: Sequence[str], sizes: Sequence[int]) -> Words:
    return np.repeat(np.array(words, dtype=object), sizes)


def _across(block: Block, words: Sequence[str], axis: int) -> Words:
    """The word of every cell of a block along one of its axes, in the order of its cells."""
    shape = [1, 1, 1]
    shape[axis] = len(words)
    return np.broadcast_to(np.array(words, dtype=object).reshape(shape), block.values.shape).ravel()


def _flatten(block: Block, numbers: Floats | None) -> Floats:
    """A block's numbers cell by cell; NaN where it has none."""
    filled = np.full(1, np.nan) if numbers is None else numbers
    return np.broadcast_to(filled, block.values.shape).ravel()


def _join(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)


def _join_words(parts: Sequence[Words]) -> Words:
    return np.concatenate(parts) if parts else np.empty(0, dtype=object)
