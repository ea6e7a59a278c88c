"""Illustrative figures, made from a seeded simulation of made-up children and staff.

No figure of a district survives in the published documents, and several local measures were never published.
`simulate` makes up children (with ids, and no names), lets them go through the front door, need, protection,
care and leaving care, and counts them: so everything adds up, and county totals are those published.
"""

from collections.abc import Mapping

import pandas as pd

from dashboard.areas import Areas
from dashboard.characteristics import Characteristic
from dashboard.indicators import Indicator
from dashboard.populations import Populations
from dashboard.simulation.aggregate import Tables, aggregate
from dashboard.simulation.children import Children, make_children
from dashboard.simulation.long_table import write_blocks
from dashboard.simulation.measures import load_measures

__all__ = ["SEED", "Children", "make_children", "simulate"]

SEED = 2018


def simulate(
    catalogue: Mapping[str, Indicator],
    characteristics: Mapping[str, Characteristic],
    areas: Areas,
    populations: Populations,
    observations: pd.DataFrame,
    *,
    seed: int = SEED,
) -> pd.DataFrame:
    """The long table of every declared indicator that the simulation carries, April 2018 to March 2022.

    Basis local, status illustrative, source "simulation". The same arguments give the same figures.
    Indicators without a measure are left out; so are characteristics of which the tables hold nothing.
    """
    children = make_children(areas, populations, observations, seed=seed)
    tables = Tables(children.tables, areas)
    measures = load_measures()
    blocks = [
        block
        for indicator in catalogue.values()
        if indicator.id in measures
        for block in aggregate(tables, indicator, measures[indicator.id], characteristics, populations)
    ]
    return write_blocks(blocks)
