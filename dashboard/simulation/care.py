"""Children looked after at every month-end, and those who started and ceased to be."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, numerator_for, split, spread_years
from dashboard.simulation.draw import draw_codes, mark, mark_months, steer_states, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import ADOPTED, ALONE, GREW_UP, Journeys
from dashboard.simulation.needs import NEEDS
from dashboard.simulation.timeline import LENGTH, SHOWN, Integers, draw_days, place
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis, Statistic

LEGAL = {
    "full_care_order": (("2018-M04", 56.0), ("2019-M03", 66.0), ("2020-M03", 74.0), ("2022-M03", 76.9)),
    "interim_care_order": (("2018-M04", 13.0), ("2019-M03", 11.0), ("2022-M03", 6.6)),
    "placement_order": (("2018-M04", 6.5), ("2019-M03", 6.0), ("2022-M03", 4.9)),
    "section_20": (("2018-M04", 24.0), ("2019-M03", 16.5), ("2020-M03", 12.0), ("2021-M03", 11.5)),
    "youth_justice": (("2018-M04", 0.4), ("2022-M03", 0.3)),
    "detained": (("2018-M04", 0.2), ("2022-M03", 0.2)),
}
LEGAL_AT_START = {
    "section_20": 33.0, "interim_care_order": 43.0, "detained": 12.0, "full_care_order": 8.0,
    "placement_order": 0.5, "youth_justice": 3.5,
}  # fmt: skip
NEEDS_AT_START = {
    "abuse_or_neglect": 70.0, "child_disability": 2.0, "parent_disability": 5.0, "family_in_stress": 9.0,
    "family_dysfunction": 8.0, "unacceptable_behaviour": 2.0, "low_income": 0.0, "absent_parenting": 4.0,
}  # fmt: skip
REPEATED = Level(
    "repeat_looked_after_within_12_months",
    (("2018-19", 7), ("2019-20", 6), ("2020-21", 5), ("2021-22", 4)),
)
REPEATED_LATER = 0.07  # of starts
#: Orders of those who ceased, in percent of them.
ORDERS = {
    name: Level(
        "special_guardianship_and_child_arrangements",
        tuple((year, own) for year in ("2018-19", "2019-20", "2020-21", "2021-22")),
        statistic=Statistic.PERCENTAGE,
        bases=(Basis.LOCAL, Basis.OFFICIAL),
        category=("permanence_order", name),
    )
    for name, own in (("special_guardianship", 8.0), ("child_arrangements", 5.0))
}
REASONS = ("returned_home", "other", "special_guardianship", "child_arrangements", "adopted", "turned_18")
_RETURNED_HOME = 0.68  # of those who ceased for no other stated reason
_TO_MOVING_IN, _TO_MATCH = (
    (0.84, 28.0),
    (3.2, 62.0),
)  # shape of the days, from entering care and from the order


def make_care(world: World, journeys: Journeys) -> dict[str, pd.DataFrame]:
    """Starts, ceases, their difference, adoptions, and everyone looked after at every month-end."""
    care = journeys.care
    started, ceased = _describe_started(world, care), _describe_ceased(world, care)
    movements = pd.concat(
        [started[["month", "home"]].assign(net=1), ceased[["month", "home"]].assign(net=-1)],
        ignore_index=True,
    )
    return {
        "care_started": started,
        "care_ceased": ceased,
        "care_movements": movements,
        "adopted": _describe_adopted(world, care, ceased),
        "looked_after": _list_looked_after(world, care),
    }


def _describe_started(world: World, care: Episodes) -> pd.DataFrame:
    rng = world.rng("care:started")
    rows = care.begun(0)
    started = pd.DataFrame(world.describe(care.child[rows], care.start[rows]))
    started["episode"], months = rows, care.start[rows]
    started["date"] = draw_days(rng, months)
    alone = care.kind[rows] == ALONE
    started["asylum_seeking"] = coded(alone.astype(np.int64), ("other_children", "unaccompanied"))
    needs = draw_codes(rng, len(rows), NEEDS_AT_START)
    needs[alone] = list(NEEDS_AT_START).index("absent_parenting")
    started["primary_need"] = coded(needs, tuple(NEEDS_AT_START))
    legal = draw_codes(rng, len(rows), LEGAL_AT_START)
    legal[alone] = list(LEGAL_AT_START).index("section_20")
    started["legal_status"] = coded(legal, tuple(LEGAL_AT_START))
    exact = {month: round(figure.value) for month, figure in REPEATED.exact(world.published).items()}
    totals = {year: figure.value for year, figure in REPEATED.yearly(world.published).items()}
    weights = world.rng("care:repeats").gamma(0.7, 1.0, LENGTH)
    repeated = mark_months(rng, months, spread_years(totals, weights, exact), (~alone).astype(float))
    later = ~repeated & ~alone & (rng.random(len(rows)) < REPEATED_LATER)
    started["repeated"] = repeated
    started["first_or_repeat"] = coded(
        np.where(repeated, 1, np.where(later, 2, 0)), ("first", "repeat_within_12_months", "repeat_later")
    )
    return started


def _describe_ceased(world: World, care: Episodes) -> pd.DataFrame:
    """Those who ceased, and why: adoptions and 18th birthdays as they happened, orders as published."""
    rng = world.rng("care:ceased")
    rows = care.ended(0)
    ceased = pd.DataFrame(world.describe(care.child[rows], care.end[rows]))
    ceased["episode"], ceased["started"] = rows, care.start[rows]
    ceased["date"] = draw_days(rng, care.end[rows])
    reason = np.where(rng.random(len(rows)) < _RETURNED_HOME, 0, 1)
    reason = np.where(care.reason[rows] == ADOPTED, 4, np.where(care.reason[rows] == GREW_UP, 5, reason))
    years = care.end[rows] // 12
    for name, level in ORDERS.items():
        yearly = level.yearly(world.published)
        sizes = np.bincount(years, minlength=SHOWN // 12)
        counts = {y: numerator_for(f, int(sizes[y])) for y, f in yearly.items() if 0 <= y < len(sizes)}
        free = np.where((reason < 2) & (ceased["age"].to_numpy() < 180), 1.0, 0.0)
        reason = np.where(mark(rng, years, counts, free), REASONS.index(name), reason)
    ceased["reason_ceased"] = coded(reason, REASONS)
    for name in ("adopted", "special_guardianship", "child_arrangements"):
        ceased[name] = is_(ceased["reason_ceased"], name)
    ceased["ordered"] = ceased["special_guardianship"] | ceased["child_arrangements"]
    return ceased


def _describe_adopted(world: World, care: Episodes, ceased: pd.DataFrame) -> pd.DataFrame:
    """The adopted children: days from entering care to moving in, and from the order to the match."""
    rng = world.rng("care:adopted")
    adopted = ceased[ceased["adopted"]].reset_index(drop=True)
    months = (adopted["month"] - adopted["started"]).to_numpy()
    share, spread = _TO_MOVING_IN
    to_moving_in = months * 30.44 * (share - 0.25) + rng.normal(120, spread, len(adopted))
    adopted["days_to_moving_in"] = np.rint(np.clip(to_moving_in, 90, 1_100))
    shape, scale = _TO_MATCH
    adopted["days_to_match"] = np.rint(rng.gamma(shape, scale, len(adopted)))
    return adopted


def _list_looked_after(world: World, care: Episodes) -> pd.DataFrame:
    """Children looked after at every month-end, with their legal status and the main reason."""
    rng = world.rng("care:open")
    rows, months = care.shown(np.arange(SHOWN))
    listed = pd.DataFrame(world.describe(care.child[rows], months))
    listed["episode"] = rows
    listed["months_in_care"] = months - care.start[rows]
    alone = care.kind[rows] == ALONE
    listed["unaccompanied"] = alone
    listed["asylum_seeking"] = coded(alone.astype(np.int64), ("other_children", "unaccompanied"))
    ended = care.end[rows]
    listed["until_adopted"] = np.where(care.reason[rows] == ADOPTED, ended - months, 999).astype(float)
    listed["legal_status"] = coded(_steer_legal(world, listed), tuple(LEGAL))
    listed["section_20"] = is_(listed["legal_status"], "section_20")
    needs = draw_codes(rng, len(care.child), {name: knots[-1][1] for name, knots in _NEEDS_IN_CARE.items()})
    needs = np.where(care.kind == ALONE, list(NEEDS).index("absent_parenting"), needs)
    listed["primary_need"] = coded(needs[rows], tuple(NEEDS))
    return listed


_NEEDS_IN_CARE = {name: ((knots[-1][0], knots[-1][1]),) for name, knots in NEEDS.items()} | {
    "abuse_or_neglect": (("2022-M03", 80.5),),
    "child_disability": (("2022-M03", 2.5),),
    "parent_disability": (("2022-M03", 3.5),),
    "family_in_stress": (("2022-M03", 5.5),),
    "family_dysfunction": (("2022-M03", 5.8),),
    "other_than_in_need": (("2022-M03", 0.0),),
}


def _steer_legal(world: World, listed: pd.DataFrame) -> Integers:
    """The legal status of every child: agreement for the unaccompanied and older, orders for the younger."""
    rng = world.rng("care:legal")
    months, totals = listed["month"].to_numpy(), tally(listed["month"].to_numpy())
    agreed = Level("looked_after_section_20", (), statistic=Statistic.PERCENTAGE).exact(world.published)
    exact = {
        "section_20": {
            month: float(numerator_for(figure, int(totals[place(month)])))
            for month, figure in agreed.items()
            if month >= 0
        }
    }
    levels = {name: Level("looked_after_by_legal_status", knots, noise=0.02) for name, knots in LEGAL.items()}
    targets = split(rng, totals, levels, exact)
    new = (listed["months_in_care"] < 8).to_numpy()
    alone, age = listed["unaccompanied"].to_numpy(), listed["age"].to_numpy()
    likely = np.ones((len(listed), len(LEGAL)))
    columns = {name: column for column, name in enumerate(LEGAL)}
    likely[:, columns["full_care_order"]] = np.where(alone, 0.05, np.where(new, 0.25, 2.0))
    likely[:, columns["interim_care_order"]] = np.where(alone, 0.0, np.where(new, 4.0, 0.15))
    likely[:, columns["placement_order"]] = np.where(
        age < 84, np.where(listed["until_adopted"] <= 14, 80.0, 1.0), 0.0
    )
    likely[:, columns["section_20"]] = np.where(alone, 60.0, np.where(age > 168, 2.0, 0.6))
    likely[:, columns["youth_justice"]] = np.where(age > 156, 1.0, 0.0)
    likely[:, columns["detained"]] = np.where(listed["months_in_care"] < 1, 1.0, 0.0)
    return steer_states(rng, listed["episode"].to_numpy(), months, targets, likely, 0.01)
