"""Child protection plans: started, ended and open at every month-end, with their reviews and visits."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, numerators, split
from dashboard.simulation.draw import draw_codes, mark_months, steer_flag, steer_states, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import Journeys
from dashboard.simulation.month_ends import add_visits, band_durations
from dashboard.simulation.published import Figure
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    FIRST_MONTH,
    LENGTH,
    SHOWN,
    YEARS,
    Integers,
    draw_days,
    place,
)
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)

CATEGORIES = ("neglect", "physical", "sexual", "emotional", "multiple")
CATEGORY_SHARES = {
    "neglect": (("2017-M04", 63.0), ("2022-M03", 64.0)),
    "physical": (("2017-M04", 4.0), ("2022-M03", 2.2)),
    "sexual": (("2017-M04", 3.5), ("2022-M03", 4.5)),
    "emotional": (("2017-M04", 27.0), ("2022-M03", 28.5)),
    "multiple": (("2017-M04", 5.0), ("2022-M03", 0.8)),
}
REVIEWED = Level(
    "review_conferences_in_timescale",
    (("2018-M04", 92.0), ("2019-M03", 82.0), ("2020-M03", 81.0), ("2021-M03", 94.0), ("2022-M03", 99.0)),
    statistic=Statistic.PERCENTAGE,
    bases=_BASES,
    noise=0.01,
)
VISITED = Level(
    "child_protection_visits_in_timescale",
    (("2018-M04", 82.0), ("2019-M04", 87.0), ("2020-M05", 92.0), ("2022-M03", 95.0)),
    statistic=Statistic.PERCENTAGE,
    noise=0.012,
)
REPEATED = Level(
    "repeat_plans_within_2_years",
    (("2018-M03", 14.0), ("2019-M03", 15.0), ("2020-M03", 13.0)),
    statistic="percentage",
)
SECOND = Level(
    "second_or_subsequent_plans",
    (("2018-M03", 26.0), ("2019-M03", 28.0), ("2020-M03", 25.0), ("2021-M03", 25.0), ("2022-M03", 29.0)),
    statistic=Statistic.PERCENTAGE,
    bases=_BASES,
)
PARENTAL_FACTORS = {"domestic_abuse": 58.0, "mental_health": 49.0, "substance_misuse": 41.0}
TEAMS = ("family_safeguarding", "disabilities", "assessment")
_VISITS_A_MONTH = 2


def make_plans(world: World, journeys: Journeys) -> dict[str, pd.DataFrame]:
    """Plans started (from a year before the first month shown), ended and open, and parental factors."""
    started = _describe_started(world, journeys.plans)
    return {
        "plans_started": started,
        "plans_ended": _describe_ended(world, journeys.plans),
        "plans": _list_open(world, journeys.plans),
        "plan_factors": _draw_factors(world, started),
    }


def _describe_started(world: World, plans: Episodes) -> pd.DataFrame:
    """Plans started, with their category and whether the child had one before."""
    rng = world.rng("plans:started")
    rows = plans.begun(FIRST_MONTH)
    started = pd.DataFrame(world.describe(plans.child[rows], plans.start[rows]))
    started["plan"] = rows
    started["date"] = draw_days(rng, plans.start[rows])
    months, homes = plans.start[rows], started["home"].cat.codes.to_numpy()
    shares = {name: knots[-1][1] for name, knots in CATEGORY_SHARES.items()}
    started["category_of_abuse"] = coded(draw_codes(rng, len(rows), shares), CATEGORIES)
    repeated = _count_repeats(world, REPEATED, months)
    started["repeat_in_2_years"] = mark_months(rng, months, repeated, world.effects("repeat")[homes])
    more = np.maximum(_count_repeats(world, SECOND, months) - repeated, 0)
    others = mark_months(rng, months, more, (~started["repeat_in_2_years"]).to_numpy().astype(float))
    started["second_or_subsequent"] = others | started["repeat_in_2_years"]
    return started


def _count_repeats(world: World, level: Level, months: Integers) -> Integers:
    """Repeats of every month: over the year to each 31 March, the share published then."""
    at_march = level.exact(world.published)
    pooled = {(month - 11, month): figure for month, figure in at_march.items() if month % 12 == 11}
    denominators = tally(months)
    for year in YEARS:
        last = 12 * year + 11
        if (last - 11, last) not in pooled:
            pooled[last - 11, last] = Figure(float(world.path("plans", level)[place(last)]), 0)
    waver = 1 + 0.2 * world.rng(f"plans:{level.indicator}").standard_normal(LENGTH).clip(-2, 2)
    percentages = np.array([pooled[12 * (t // 12), 12 * (t // 12) + 11].value for t in EVERY_MONTH])
    return numerators(percentages * waver, denominators, pooled=pooled)


def _describe_ended(world: World, plans: Episodes) -> pd.DataFrame:
    rows = plans.ended(FIRST_MONTH)
    ended = pd.DataFrame(world.describe(plans.child[rows], plans.end[rows]))
    ended["plan"] = rows
    ended["duration"] = band_durations(plans.end[rows] - plans.start[rows])
    ended["two_years"] = is_(ended["duration"], "over_2_years")
    return ended


def _list_open(world: World, plans: Episodes) -> pd.DataFrame:
    """Plans open at every month-end: latest category, duration, reviews, and the visits of the month."""
    rng = world.rng("plans:open")
    rows, months = plans.shown(np.arange(SHOWN))
    listed = pd.DataFrame(world.describe(plans.child[rows], months))
    listed["plan"] = rows
    listed["duration"] = band_durations(months - plans.start[rows])
    listed["two_years"] = is_(listed["duration"], "over_2_years")
    totals = tally(months)
    targets = split(rng, totals, _category_levels(), _published_categories(world))
    even = np.ones((len(rows), len(CATEGORIES)))
    listed["category_of_abuse"] = coded(steer_states(rng, rows, months, targets, even, 0.01), CATEGORIES)
    listed["due_review"] = months - plans.start[rows] >= 3
    due = listed["due_review"].to_numpy()
    homes = listed["home"].cat.codes.to_numpy()
    counts = world.numerators("plans:reviewed", REVIEWED, tally(months, due))
    listed["reviewed"] = steer_flag(rng, rows, months, counts, world.effects("reviewed")[homes], due, 0.1)
    add_visits(world, listed, VISITED, _VISITS_A_MONTH)
    disabled = is_(listed["disability"], "disabled")
    other = np.where(rows % 12 == 0, 2, 0)
    listed["team"] = coded(np.where(disabled, 1, other), TEAMS)
    return listed


def _category_levels() -> dict[str, Level]:
    return {
        name: Level("child_protection_plans", knots, noise=0.02) for name, knots in CATEGORY_SHARES.items()
    }


def _published_categories(world: World) -> dict[str, dict[int, float]]:
    """The plans in each category at the published dates."""
    found: dict[str, dict[int, float]] = {}
    for name in CATEGORIES:
        months = world.published.months(
            "child_protection_plans", "count", Basis.OFFICIAL, "category_of_abuse", name
        )
        found[name] = {month: figure.value for month, figure in months.items() if 0 <= month < SHOWN}
    return found


def _draw_factors(world: World, started: pd.DataFrame) -> pd.DataFrame:
    """A row for every parental factor recorded for a new plan."""
    rng = world.rng("plans:factors")
    found = rng.random((len(started), len(PARENTAL_FACTORS))) * 100 < np.array(
        list(PARENTAL_FACTORS.values())
    )
    rows, codes = np.nonzero(found)
    factors = started.iloc[rows][["child", "month", "home"]].reset_index(drop=True)
    factors["parental_factor"] = coded(codes, tuple(PARENTAL_FACTORS))
    return factors
