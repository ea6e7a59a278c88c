"""Which rows of the tables of made-up children every indicator counts, tab by tab."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from dashboard.simulation.measures.declare import Count, Measure

__all__ = ["Count", "Measure", "load_measures"]


@cache
def load_measures() -> Mapping[str, Measure]:
    """The measure of every indicator that the simulation carries, by the indicator's id.

    Every module of this folder that has `MEASURES` adds its own: they are found, not listed.
    """
    found: dict[str, Measure] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= getattr(importlib.import_module(f"{__name__}.{module.name}"), "MEASURES", {})
    return found
