"""What tables of month-ends share: bands of durations, and the visits made in the month."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level
from dashboard.simulation.draw import mark_months, tally
from dashboard.simulation.timeline import Floats, Integers
from dashboard.simulation.world import World, coded

DURATIONS = (
    "under_3_months",
    "from_3_to_6_months",
    "from_6_to_12_months",
    "from_1_to_2_years",
    "over_2_years",
)
_DURATION_EDGES = np.array([3, 6, 12, 24])


def band_durations(months: Integers) -> pd.Categorical:
    """The band of each duration in months."""
    return coded(np.searchsorted(_DURATION_EDGES, months, side="right"), DURATIONS)


def add_visits(
    world: World, listed: pd.DataFrame, level: Level, a_month: int, effects: Floats | None = None
) -> None:
    """Add the visits due and made in time in the month, for every child of a month-end.

    `effects`, of every child, say where visits are likelier in time: by default chance, by home district.
    """
    rng = world.rng(f"visits:{level.indicator}")
    months = listed["month"].to_numpy()
    listed["visits_due"] = a_month
    due = np.repeat(np.arange(len(listed)), a_month)
    counts = world.numerators("visits", level, a_month * tally(months))
    if effects is None:
        effects = world.effects(level.indicator)[listed["home"].cat.codes.to_numpy()]
    in_time = mark_months(rng, months[due], counts, effects[due])
    listed["visits_in_time"] = np.bincount(due[in_time], minlength=len(listed))
