"""Everyone open to social care in any way at a date: in need in the widest sense."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level
from dashboard.simulation.timeline import place
from dashboard.simulation.world import World

CHANGES = Level(
    "changes_of_social_worker",
    (("2018-M04", 1.45), ("2020-M03", 1.25), ("2021-M03", 1.12), ("2022-M03", 1.16)),
    statistic="average",
    noise=0.02,
)
_TABLES = ("need", "plans", "looked_after", "leavers")


def list_open_cases(world: World, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Children in need, on plans, looked after and care leavers at every quarter's end, together.

    `changes` is of social worker in the last twelve months; care leavers are not among `children_open`.
    """
    rng = world.rng("open_cases")
    columns = ["child", "month", "home"]
    parts = [tables[name][columns].assign(is_child=name != "leavers") for name in _TABLES]
    everyone = pd.concat(parts, ignore_index=True)
    everyone = everyone[everyone["month"] % 3 == 2].reset_index(drop=True)
    average = world.path("open_cases", CHANGES)[place(everyone["month"].to_numpy())]
    everyone["changes"] = np.minimum(rng.poisson(average), 6)
    return {"open_cases": everyone, "children_open": everyone[everyone["is_child"]].reset_index(drop=True)}
