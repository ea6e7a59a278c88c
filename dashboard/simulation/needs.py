"""Children in need who are neither looked after nor on a plan, early help, and whole families' support."""

import numpy as np
import pandas as pd

from dashboard.periods import Grain
from dashboard.simulation.calibrate import Level, split, whole_parts
from dashboard.simulation.draw import draw_codes, mark_months, pick, steer_flag, steer_states, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import CLOSED, GREW_UP, TO_PLAN, Journeys
from dashboard.simulation.month_ends import add_visits, band_durations
from dashboard.simulation.timeline import SHOWN, Integers, period_of, place
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Basis, Statistic

#: The main reason of children in need, in percent.
NEEDS = {
    "abuse_or_neglect": (("2018-M03", 58.0), ("2022-M03", 66.0)),
    "child_disability": (("2018-M03", 17.0), ("2022-M03", 15.0)),
    "parent_disability": (("2018-M03", 5.0), ("2022-M03", 2.8)),
    "family_in_stress": (("2018-M03", 6.5), ("2022-M03", 5.6)),
    "family_dysfunction": (("2018-M03", 10.0), ("2022-M03", 5.4)),
    "unacceptable_behaviour": (("2018-M03", 1.2), ("2022-M03", 0.8)),
    "low_income": (("2018-M03", 0.4), ("2022-M03", 0.2)),
    "absent_parenting": (("2018-M03", 1.8), ("2022-M03", 2.6)),
    "other_than_in_need": (("2018-M03", 0.1), ("2020-M03", 0.8), ("2022-M03", 0.3)),
    "not_stated": (("2018-M03", 0.0), ("2020-M03", 0.2), ("2022-M03", 0.0)),
}
CLOSURES = {
    "after_assessment": 34.0, "early_help": 31.0, "other_council": 7.0, "adult_services": 0.0, "other": 28.0,
    "adopted": 0.0, "special_guardianship": 0.6, "child_arrangements": 0.9,
}  # fmt: skip
_CLOSURES = tuple(CLOSURES)
TEAMS = ("family_safeguarding", "assessment", "disabilities", "front_door")
PLANNED = Level(
    "child_in_need_plans", (("2018-M04", 71.0), ("2022-M03", 80.0)), statistic="share", noise=0.01
)
UP_TO_DATE = Level(
    "child_in_need_plans_up_to_date",
    (("2018-M04", 70.0), ("2019-M06", 78.0), ("2020-M05", 84.0), ("2022-M03", 91.0)),
    statistic=Statistic.PERCENTAGE,
    noise=0.012,
)
VISITED = Level(
    "children_in_need_visits_in_timescale",
    (("2018-M04", 71.0), ("2019-M06", 79.0), ("2020-M05", 86.0), ("2022-M03", 88.0)),
    statistic=Statistic.PERCENTAGE,
    noise=0.015,
)
WITH_DISABILITY_TEAM = Level(
    "children_in_need_with_disability_team", (("2018-M04", 262.0), ("2022-M03", 281.0)), noise=0.008
)
COHORT = Level(
    "sustainability_cohort", (("2018-M06", 58.0), ("2020-M03", 76.0), ("2021-M06", 94.0)), noise=0.02
)

EARLY_HELP = Level(
    "early_help_open",
    (("2018-M03", 980.0), ("2020-M02", 1_060.0), ("2020-M08", 930.0), ("2022-M03", 1_180.0)),
    noise=0.012,
)
EARLY_HELP_ASSESSMENTS = Level(
    "early_help_assessments", (("2018-M04", 96.0), ("2020-M04", 104.0), ("2022-M03", 142.0)), noise=0.06,
    seasons=(0.95, 1.0, 1.1, 1.12, 0.6, 0.95, 1.12, 1.12, 0.85, 1.0, 1.02, 1.17),
)  # fmt: skip
LEADS = {"schools": 41.0, "council": 34.0, "health_services": 14.0, "voluntary_sector": 8.0, "other": 3.0}
MOVEMENTS = {"neither": 81.0, "stepped_down": 13.0, "stepped_up": 6.0}
_EARLY_HELP_A_MONTH = 118

FAMILY_OUTCOMES = {"closed": 72.0, "child_protection": 22.0, "looked_after": 4.0, "other": 2.0}
_FAMILIES_A_QUARTER = (40, 160)
_FAMILIES_FROM = 33  # January 2021: the first month of the multi-disciplinary teams' outcomes
_HAD_ENDED = 12


def make_needs(world: World, journeys: Journeys) -> dict[str, pd.DataFrame]:
    """Children in need started, ended and open, and the cohort who came off the edge of care."""
    need = journeys.need
    begun, ended = need.begun(0), need.ended(0)
    ended_rows = _describe_ended(world, need, ended)
    return {
        "need_started": pd.DataFrame(world.describe(need.child[begun], need.start[begun])).assign(
            episode=begun
        ),
        "need_ended": ended_rows,
        "need_steps": ended_rows[ended_rows["step"].notna()].reset_index(drop=True),
        "need": _list_open(world, need),
        "cohort": _list_cohort(world, need),
    }


def _describe_ended(world: World, need: Episodes, rows: Integers) -> pd.DataFrame:
    """Children whose time in need ended: why, and whether they stepped down to early help or up to a plan."""
    rng = world.rng("need:ended")
    ended = pd.DataFrame(world.describe(need.child[rows], need.end[rows]))
    ended["episode"] = rows
    reasons = draw_codes(rng, len(rows), CLOSURES)
    reason = need.reason[rows]
    reasons = np.where(reason == GREW_UP, _CLOSURES.index("adult_services"), reasons)
    reasons = np.where((reason != CLOSED) & (reason != GREW_UP), _CLOSURES.index("other"), reasons)
    ended["closure_reason"] = coded(reasons, _CLOSURES)
    down, up = reasons == _CLOSURES.index("early_help"), reason == TO_PLAN
    step = np.where(down, 0, np.where(up, 1, -1))
    ended["step"] = coded(step, ("stepped_down", "stepped_up"))
    return ended


def _list_open(world: World, need: Episodes) -> pd.DataFrame:
    """Children in need at every month-end, with the state of their plans and the month's visits."""
    rng = world.rng("need:open")
    rows, months = need.shown(np.arange(SHOWN))
    listed = pd.DataFrame(world.describe(need.child[rows], months))
    listed["episode"] = rows
    listed["duration"] = band_durations(months - need.start[rows])
    totals = tally(months)
    levels = {name: Level("children_in_need", knots, noise=0.02) for name, knots in NEEDS.items()}
    disabled = world.people.disabled[need.child[rows]] == 1
    likely = np.ones((len(rows), len(NEEDS)))
    likely[:, 1] = np.where(disabled, 60.0, 0.6)
    needs = steer_states(rng, rows, months, split(rng, totals, levels, {}), likely, 0.003)
    listed["primary_need"] = coded(needs, tuple(NEEDS))
    with_team = world.counts("need", WITH_DISABILITY_TEAM)
    of_team = steer_flag(rng, rows, months, with_team, np.where(disabled, 40.0, 0.4), churn=0.005)
    listed["with_disability_team"] = of_team
    newer = np.where(months - need.start[rows] < 2, np.where(rows % 5 == 0, 3, 1), 0)
    listed["team"] = coded(np.where(of_team, 2, newer), TEAMS)
    planned = np.rint(world.path("need", PLANNED) / 100 * totals).astype(np.int64)
    listed["planned"] = steer_flag(rng, rows, months, planned, np.where(months > need.start[rows], 1.0, 0.15))
    has_plan = listed["planned"].to_numpy()
    counts = world.numerators("need", UP_TO_DATE, tally(months, has_plan))
    homes = listed["home"].cat.codes.to_numpy()
    effects = world.effects("need:up_to_date", 0.25)[homes]
    listed["up_to_date"] = steer_flag(rng, rows, months, counts, effects, has_plan, 0.1)
    add_visits(world, listed, VISITED, 1)
    return listed


def _list_cohort(world: World, need: Episodes) -> pd.DataFrame:
    """Children followed up after their time in need ended without care, at every month-end."""
    rng = world.rng("need:cohort")
    counts = world.counts("need", COHORT)
    children: list[Integers] = []
    for month in range(SHOWN):
        rows = np.flatnonzero((need.end <= month) & (need.end > month - _HAD_ENDED) & (need.reason == CLOSED))
        children.append(need.child[rows[pick(rng, np.ones(len(rows)), int(counts[place(month)]))]])
    months = np.repeat(np.arange(SHOWN), [len(each) for each in children])
    return pd.DataFrame(world.describe(np.concatenate(children), months))


def make_early_help(world: World, contacts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Children open to targeted early help, and early help assessments completed."""
    rng = world.rng("early_help")
    stock = world.counts("early_help", EARLY_HELP)
    episodes = Episodes()
    asked = contacts[(contacts["contact_outcome"] == "early_help") & (contacts["age"] >= 0)]
    first = pick(rng, np.ones(len(asked)), int(stock[place(-1)]))
    episodes.begin(asked["child"].to_numpy()[first], -1)
    for month in range(SHOWN):
        free = np.setdiff1d(asked["child"].to_numpy()[asked["month"] == month], episodes.child)
        episodes.begin(free[pick(rng, np.ones(len(free)), _EARLY_HELP_A_MONTH)], month)
        rows = episodes.open_rows()
        over = len(rows) - int(stock[place(month)])
        episodes.finish(
            rows[pick(rng, (1 + month - episodes.start[rows]).astype(float), over)], month, CLOSED
        )
    rows, months = episodes.shown(np.arange(SHOWN))
    listed = pd.DataFrame(world.describe(episodes.child[rows], months))
    moved = draw_codes(rng, len(episodes.child), MOVEMENTS)[rows]
    listed["early_help_movement"] = coded(moved, tuple(MOVEMENTS))
    done = world.counts("early_help", EARLY_HELP_ASSESSMENTS)
    marked = asked[mark_months(rng, asked["month"].to_numpy(), done)]
    assessments = pd.DataFrame(world.describe(marked["child"].to_numpy(), marked["month"].to_numpy()))
    assessments["early_help_lead"] = coded(draw_codes(rng, len(marked), LEADS), tuple(LEADS))
    return {"early_help": listed, "early_help_assessments": assessments}


def make_families(world: World) -> dict[str, pd.DataFrame]:
    """Families whose support by the multi-disciplinary teams ended, and how, quarter by quarter."""
    rng = world.rng("families")
    months: list[Integers] = []
    outcomes: list[Integers] = []
    for quarter in range(_FAMILIES_FROM, SHOWN, 3):
        counts = _published_outcomes(world, quarter) or tuple(
            rng.multinomial(
                int(rng.integers(72, 100)), np.array(list(FAMILY_OUTCOMES.values())) / 100
            ).tolist()
        )
        outcomes.append(rng.permutation(np.repeat(np.arange(len(counts)), counts)))
        months.append(np.sort(rng.integers(quarter, quarter + 3, sum(counts))))
    families = pd.DataFrame({"month": np.concatenate(months)})
    families["family_outcome"] = coded(np.concatenate(outcomes), tuple(FAMILY_OUTCOMES))
    home = dict(zip(world.people.districts, world.people.weights.tolist(), strict=True))
    families["home"] = coded(draw_codes(rng, len(families), home), world.people.districts)
    return {"families": families}


def _published_outcomes(world: World, quarter: int) -> tuple[int, ...] | None:
    """Whole families that print as the percentages published for a quarter; None if there are none."""
    wanted = period_of(quarter, Grain.QUARTER)
    key = ("supporting_families_first_outcomes", Statistic.PERCENTAGE, Basis.LOCAL, "family_outcome")
    series = {name: world.published.of(*key, name) for name in FAMILY_OUTCOMES}
    found = {name: figures[wanted].value for name, figures in series.items() if wanted in figures}
    parts = whole_parts(list(found.values()), range(*_FAMILIES_A_QUARTER)) if found else None
    by_name = dict(zip(found, parts, strict=True)) if parts else {}
    return tuple(by_name.get(name, 0) for name in FAMILY_OUTCOMES) if by_name else None
