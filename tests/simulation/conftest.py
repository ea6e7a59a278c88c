"""The simulation of the project's own data, made once for each worker."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

from dashboard.areas import Areas, load_areas
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.observations import load_observations
from dashboard.populations import Populations, load_populations
from dashboard.simulation import Children, make_children, simulate

DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True)
class Simulated:
    """The figures simulated from `data/`, with what they were made from."""

    data: Path

    @cached_property
    def catalogue(self):
        return load_indicators(self.data)

    @cached_property
    def characteristics(self):
        return load_characteristics(self.data)

    @cached_property
    def areas(self) -> Areas:
        return load_areas(self.data)

    @cached_property
    def populations(self) -> Populations:
        return load_populations(self.data)

    @cached_property
    def observations(self) -> pd.DataFrame:
        return load_observations(self.data)

    @cached_property
    def figures(self) -> pd.DataFrame:
        return simulate(self.catalogue, self.characteristics, self.areas, self.populations, self.observations)

    @cached_property
    def children(self) -> Children:
        return make_children(self.areas, self.populations, self.observations, seed=2018)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The figures, each with the number counted: its numerator, or its value where it has none."""
        return self.figures.assign(
            counted=self.figures["numerator"].fillna(self.figures["value"]).fillna(0.0)
        )

    def county(self, indicator: str, statistic: str, characteristic: str = "", category: str = ""):
        """The county's figures of one series, by period."""
        rows = self.figures
        chosen = rows[
            (rows["indicator"] == indicator)
            & (rows["statistic"] == statistic)
            & (rows["area"] == self.areas.county.slug)
            & (rows["characteristic"] == characteristic)
            & (rows["category"] == category)
        ]
        return chosen.set_index("period")


@pytest.fixture(scope="session")
def simulated() -> Simulated:
    return Simulated(DATA)
