"""Households that foster for the council, by the district they live in."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level
from dashboard.simulation.draw import draw_codes, steer_flag
from dashboard.simulation.timeline import SHOWN
from dashboard.simulation.world import World, coded

HOUSEHOLDS = Level(
    "foster_carer_households",
    (("2018-M04", 167.0), ("2020-M03", 154.0), ("2021-M03", 150.0), ("2022-M03", 146.0)),
    noise=0.008,
)
TYPES = {"mainstream": 68.0, "relative_or_friend": 27.0, "short_breaks": 5.0}
_EVER_APPROVED = 280


def make_carers(world: World) -> dict[str, pd.DataFrame]:
    """Households approved at every month-end."""
    rng = world.rng("carers")
    every = np.tile(np.arange(_EVER_APPROVED), SHOWN)
    months = np.repeat(np.arange(SHOWN), _EVER_APPROVED)
    approved = steer_flag(rng, every, months, world.counts("carers", HOUSEHOLDS), churn=0.006)
    homes = dict(zip(world.people.districts, np.sqrt(world.people.weights).tolist(), strict=True))
    home, kind = draw_codes(rng, _EVER_APPROVED, homes), draw_codes(rng, _EVER_APPROVED, TYPES)
    rows = every[approved]
    return {
        "households": pd.DataFrame(
            {
                "household": rows,
                "month": months[approved],
                "home": coded(home[rows], world.people.districts),
                "foster_household_type": coded(kind[rows], tuple(TYPES)),
            }
        )
    }
