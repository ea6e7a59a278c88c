"""Checks of figures beside others of their kind: the month before, the population, the official count."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

import pandas as pd

from dashboard.acts import RecordKind
from dashboard.checks.held import Held, check, finding_at
from dashboard.findings import Finding, Level
from dashboard.periods import Grain, Period
from dashboard.vocabulary import CELL, Basis, Statistic, Status

_STEP = 6.0  # times the usual movement from one month to the next
_FEWEST = 8  # movements that say what is usual
_FAR = 0.1  # of an official figure, by which the council's own may differ from it
_PEOPLE = 0.03  # of a population, by which a count and its rate may miss it besides rounding
_PER = 10_000.0

Row = dict[Any, Any]


@check
def find_steps(held: Held) -> Iterator[Finding]:
    """Figures that moved in a month by more than six times what is usual, and of which nobody says why."""
    rows = _standing(held)
    own = rows[(rows["basis"] == Basis.LOCAL) & (rows["characteristic"] == "")]
    noted = {
        (each.indicator, each.period.code)
        for each in held.records.values()
        if each.kind is not RecordKind.RESTATED
    }
    for _, line in own.groupby(["indicator", "statistic", "area"], sort=False):
        months = _in_order(held, line)
        moves = [(one, two) for one, two in pairwise(months) if _follows(held, one, two)]
        usual = median([abs(two["value"] - one["value"]) for one, two in moves]) if moves else 0.0
        if len(moves) < _FEWEST or usual == 0:
            continue
        for one, two in moves:
            moved = abs(two["value"] - one["value"])
            if moved > _STEP * usual and (two["indicator"], two["period"]) not in noted:
                found = f"{one['value']:g} to {two['value']:g} in {two['period']}"
                expected = f"a movement of about {usual:g}, as from month to month"
                why = "a step: ask for the reason, and record it in acts.csv"
                yield finding_at(two, "value", found, expected, why=why, level=Level.NOTE)


@check
def find_implied_populations(held: Held) -> Iterator[Finding]:
    """Counts and rates that together imply another number of children than lives there."""
    rows = held.observations[held.observations["characteristic"] == ""]
    place = [name for name in CELL if name != "statistic"] + ["source"]
    counts = rows[(rows["statistic"] == Statistic.COUNT) & (rows["value"] > 0)].set_index(place)["value"]
    rates = rows[(rows["statistic"] == Statistic.RATE) & (rows["value"] > 0)].set_index(place)
    both = rates.join(counts[~counts.index.duplicated()].rename("count"), how="inner").reset_index()
    for row in both.to_dict("records"):
        period = held.periods.get(row["period"])
        known = held.populations.for_period(row["area"], period) if period else None
        if known is None or period is None or period.months not in (1, 12):
            continue
        people = known.population
        implied = _PER * row["count"] / row["value"]
        reach = implied * 0.5 * 10.0 ** -row["decimals"] / row["value"] + _PEOPLE * people
        if abs(implied - people) > reach:
            found = f"{row['value']:g} of {row['count']:g}, which implies {implied:,.0f} children"
            yield finding_at(row, "value", found, f"about {people:,.0f}", level=Level.NOTE)


@check
def find_figures_far_from_the_official_ones(held: Held) -> Iterator[Finding]:
    """The council's own figures of a day or year that the Department counts otherwise by a tenth or more."""
    rows = _standing(held)
    rows = rows[(rows["characteristic"] == "") & (rows["statistic"] == Statistic.COUNT)]
    place = ["indicator", "statistic", "area", "period"]
    official = rows[rows["basis"] == Basis.OFFICIAL].set_index(place)["value"].rename("official")
    own = rows[rows["basis"] == Basis.LOCAL].set_index(place)
    both = own.join(official, how="inner").reset_index()
    for row in both[both["official"] > 0].to_dict("records"):
        away = row["value"] / row["official"] - 1
        if abs(away) > _FAR + 1e-9:
            found = f"{row['value']:g}, {100 * away:+.0f}% beside the official {row['official']:g}"
            why = "management information is counted before records are complete"
            yield finding_at(row, "value", found, "about the same", why=why, level=Level.NOTE)


def _standing(held: Held) -> pd.DataFrame:
    """The real figures as published last, those with a number."""
    rows = held.observations
    real = rows[rows["value"].notna() & (rows["status"] != Status.ILLUSTRATIVE)]
    return real.sort_values("published_on", kind="stable").drop_duplicates(CELL, keep="last")


def _in_order(held: Held, line: pd.DataFrame) -> list[Row]:
    months = [row for row in line.to_dict("records") if _month(held, row)]
    return sorted(months, key=lambda row: held.periods[row["period"]].index)


def _month(held: Held, row: Row) -> Period | None:
    period = held.periods.get(row["period"])
    return period if period is not None and period.grain is Grain.MONTH else None


def _follows(held: Held, one: Row, two: Row) -> bool:
    return held.periods[two["period"]].index - held.periods[one["period"]].index == 1
