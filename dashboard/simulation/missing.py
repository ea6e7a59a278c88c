"""Children who go missing, from care and from home, and the return interviews that follow."""

import numpy as np
import pandas as pd

from dashboard.periods import Grain
from dashboard.simulation.calibrate import Level
from dashboard.simulation.draw import mark_months, tally
from dashboard.simulation.published import Figure
from dashboard.simulation.timeline import SHOWN, Floats, Integers, number_of, place
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis, Statistic

CHILDREN = Level(
    "looked_after_missing_children",
    (("2018-M04", 21), ("2020-M02", 21), ("2020-M05", 11), ("2020-M09", 18), ("2022-M03", 16)),
    noise=0.12,
)
INCIDENTS = Level(
    "looked_after_missing_incidents",
    (("2018-M04", 41), ("2020-M02", 41), ("2020-M05", 20), ("2020-M09", 34), ("2022-M03", 30)),
    noise=0.15,
)
FROM_HOME = Level(
    "children_missing_from_home",
    (("2018-M04", 62), ("2020-M02", 66), ("2020-M05", 34), ("2020-M09", 55), ("2022-M03", 58)),
    noise=0.08,
)
INTERVIEWED = Level(
    "welfare_return_interviews_in_timescale",
    (("2018-M04", 31.0), ("2019-M06", 43.0), ("2020-M06", 61.0), ("2021-M06", 73.0), ("2022-M03", 76.0)),
    Statistic.PERCENTAGE,
    noise=0.05,
)
TIMES = ("once", "twice", "three_or_more")
_AGAIN_FROM_HOME = {1: 0.74, 2: 0.15, 3: 0.06, 4: 0.03, 6: 0.02}
_YOUNGEST = 120  # months


def make_missing(world: World, looked_after: pd.DataFrame, contacts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Children missing each month, their incidents, and the interviews due after every one."""
    from_care, incidents = _miss_from_care(world, looked_after)
    from_home = _miss_from_home(world, contacts)
    episodes = from_home.loc[from_home.index.repeat(from_home["times"])].reset_index(drop=True)
    counted = pd.concat(
        [
            from_home.assign(counted=0),
            episodes.assign(counted=1),
            from_home[from_home["times"] >= 3].assign(counted=2),
        ],
        ignore_index=True,
    )
    names = ("children", "episodes", "repeat_children")
    counted["missing_counted"] = coded(counted["counted"].to_numpy(), names)
    return {
        "missing_from_care": from_care,
        "missing_incidents": incidents,
        "missing_from_home": from_home,
        "missing_counted": counted,
        "return_interviews": _interview(world, incidents, episodes),
    }


def _miss_from_care(world: World, looked_after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Looked after children missing in a month, and one row for each incident."""
    rng = world.rng("missing:care")
    months, age = looked_after["month"].to_numpy(), looked_after["age"].to_numpy()
    stays = int(looked_after["episode"].max()) + 1
    habit = rng.gamma(0.35, 1.0, stays)[looked_after["episode"]]
    homes = is_(looked_after["placement_type"], "residential_care", "independent_living")
    likely: Floats = habit * np.where(homes, 4.0, 1.0) * (age >= _YOUNGEST) + 1e-6
    children = world.counts("missing", CHILDREN)
    gone = mark_months(rng, months, children, likely)
    listed = looked_after[gone].reset_index(drop=True)
    incidents = np.maximum(world.counts("missing", INCIDENTS), children)
    listed["times"] = _share_out(rng, listed["month"].to_numpy(), incidents, likely[gone])
    listed["times_missing"] = coded(np.minimum(listed["times"].to_numpy(), 3) - 1, TIMES)
    return listed, listed.loc[listed.index.repeat(listed["times"])].reset_index(drop=True)


def _share_out(rng: np.random.Generator, months: Integers, incidents: Integers, likely: Floats) -> Integers:
    """Incidents of every month shared out among its children: one each, the rest by habit."""
    times = np.ones(len(months), dtype=np.int64)
    for month in np.unique(months):
        rows = np.flatnonzero(months == month)
        more = int(incidents[place(month)]) - len(rows)
        shares = likely[rows] + 0.3 * likely[rows].mean()
        times[rows] += rng.multinomial(max(more, 0), shares / shares.sum())
    return times


def _miss_from_home(world: World, contacts: pd.DataFrame) -> pd.DataFrame:
    """Children missing from home in a month, of those about whom there was a contact, and how many times."""
    rng = world.rng("missing:home")
    first = contacts.drop_duplicates(["child", "month"])
    old_enough = (first["age"] >= _YOUNGEST).to_numpy().astype(float)
    counts = world.counts("missing", FROM_HOME)
    gone = first[mark_months(rng, first["month"].to_numpy(), counts, old_enough)]
    who = ["child", "month", "home", "age_group", "age", "sex", "ethnicity", "disability"]
    listed = gone[who].reset_index(drop=True)
    values, chances = np.array(list(_AGAIN_FROM_HOME)), np.array(list(_AGAIN_FROM_HOME.values()))
    listed["times"] = rng.choice(values, len(listed), p=chances / chances.sum())
    return listed


def _interview(world: World, from_care: pd.DataFrame, from_home: pd.DataFrame) -> pd.DataFrame:
    """An interview due after every episode; in time in the calendar years as published."""
    columns = ["child", "month", "home", "age_group"]
    due = pd.concat([from_care[columns].assign(of=0), from_home[columns].assign(of=1)], ignore_index=True)
    due = due.sort_values("month", kind="stable", ignore_index=True)
    due["missing_from"] = coded(due["of"].to_numpy(), ("care", "home"))
    months = due["month"].to_numpy()
    counts = world.numerators("interviews", INTERVIEWED, tally(months), _pooled(world))
    homes = due["home"].cat.codes.to_numpy()
    likely = world.effects("interviews", 0.2)[homes] * np.where(due["of"] == 0, 0.85, 1.1)
    due["in_time"] = mark_months(world.rng("interviews"), months, counts, likely)
    return due.drop(columns="of")


def _pooled(world: World) -> dict[tuple[int, int], Figure]:
    """The shares published for calendar years that lie within the months shown."""
    series = world.published.of(INTERVIEWED.indicator, INTERVIEWED.statistic, Basis.LOCAL)
    spans = {
        (number_of(period) - 11, number_of(period)): figure
        for period, figure in series.items()
        if period.grain is Grain.CALENDAR_YEAR
    }
    return {span: figure for span, figure in spans.items() if span[0] >= 0 and span[1] < SHOWN}
