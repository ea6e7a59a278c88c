"""The county's published figures, looked up by what they are of: what the simulation is calibrated to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.periods import Grain, Period, parse
from dashboard.simulation.timeline import number_of
from dashboard.vocabulary import Basis, Status

#: indicator, statistic, basis, characteristic, category
_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Figure:
    """A published number and how many digits were printed after its point."""

    value: float
    decimals: int


@dataclass(frozen=True)
class Published:
    """Every real figure of the county: of a cell published more than once, the latest."""

    figures: Mapping[_Key, Mapping[Period, Figure]]

    @staticmethod
    def read(observations: pd.DataFrame, county: str) -> "Published":
        """The real figures of a county among observations."""
        real = observations[
            (observations["area"] == county)
            & (observations["status"] != Status.ILLUSTRATIVE)
            & observations["value"].notna()
        ].sort_values("published_on", kind="stable")
        names = [
            "indicator",
            "statistic",
            "basis",
            "characteristic",
            "category",
            "period",
            "value",
            "decimals",
        ]
        figures: dict[_Key, dict[Period, Figure]] = {}
        rows: Any = zip(*(real[name].tolist() for name in names), strict=True)
        for *key, period, value, decimals in rows:
            held = figures.setdefault(tuple(key), {})
            held[parse(period)] = Figure(float(value), int(decimals))
        return Published(figures)

    def of(
        self,
        indicator: str,
        statistic: str = "count",
        basis: str = Basis.LOCAL,
        characteristic: str = "",
        category: str = "",
    ) -> Mapping[Period, Figure]:
        """Every figure of one series, by period; empty if none is published."""
        return self.figures.get((indicator, statistic, basis, characteristic, category), {})

    def months(
        self,
        indicator: str,
        statistic: str = "count",
        basis: str = Basis.LOCAL,
        characteristic: str = "",
        category: str = "",
    ) -> dict[int, Figure]:
        """Those of months, by the number of the month."""
        return self._numbered(Grain.MONTH, indicator, statistic, basis, characteristic, category)

    def years(
        self,
        indicator: str,
        statistic: str = "count",
        basis: str = Basis.LOCAL,
        characteristic: str = "",
        category: str = "",
    ) -> dict[int, Figure]:
        """Those of financial years, by the number of the year (0 is 2018/19)."""
        found = self._numbered(Grain.YEAR, indicator, statistic, basis, characteristic, category)
        return {month // 12: figure for month, figure in found.items()}

    def _numbered(self, grain: Grain, *key: str) -> dict[int, Figure]:
        found = self.of(*key)
        return {number_of(period): figure for period, figure in found.items() if period.grain is grain}
