"""Figures over time for several tests, and the panels of a measure's own page."""

from datetime import date
from typing import Any

from dashboard.acts import Record, RecordKind
from dashboard.periods import parse
from dashboard.views.explore import OVER_TIME, key_of
from dashboard.views.shapes import Line, Panel, Role, Trend
from dashboard.vocabulary import Basis

#: Measure 29 of the board dataset as it was printed, July 2018 to June 2019.
TOUCH = (84, 83, 83, 82, 81, 78, 75, 87, 87, 88, 86, 85)
#: Children back in care within a year: fourteen months with one, two months apart but for the last.
RARE = (1, 0) * 13 + (0, 0, 0, 1)
PRINTED = {"basis": "local", "status": "as_published", "source": "board"}
SIMULATED = {"status": "illustrative"}
PERCENTAGE = {"statistic": "percentage"}


def months(first: str, values: tuple[object, ...]) -> dict[str, object]:
    """Values by month, from "2018-07" on."""
    year, month = map(int, first.split("-"))
    places = [year * 12 + month - 1 + each for each in range(len(values))]
    return {
        f"{place // 12}-M{place % 12 + 1:02d}": value for place, value in zip(places, values, strict=True)
    }


def over_time(made: Any, indicator: str, grain: str = "", **given: object) -> Panel:
    """The first panel of a measure's own page."""
    panel: Panel = made.panel(key_of(indicator, grain), OVER_TIME, **given)
    return panel


def lines_of(trend: Trend, role: Role) -> list[Line]:
    return [line for line in trend.lines if line.role is role]


def record(indicator: str, kind: RecordKind, period: str, label: str = "", **fields: Any) -> Record:
    """Something recorded of the county's own figures on 1 April 2020."""
    usual: dict[str, Any] = {"basis": Basis.LOCAL, "area": "", "why": "Nobody says why."}
    told = {"on": date(2020, 4, 1), "by": "Performance board", "source": ""}
    return Record(indicator, kind, period=parse(period), label=label, **{**usual, **told, **fields})
