"""Section 47 enquiries and conferences: every conference follows an enquiry, every plan a conference."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, apportion
from dashboard.simulation.draw import draw_codes, mark_months, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import Journeys
from dashboard.simulation.timeline import (
    BANK_HOLIDAYS,
    LENGTH,
    SHOWN,
    YEARS,
    Booleans,
    Days,
    draw_days,
    month_of,
    place,
)
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)

CONFERENCES = Level(
    "initial_conferences",
    (("2017-18", 74.0), ("2018-19", 59.0), ("2019-20", 78.0), ("2020-21", 65.0), ("2021-22", 62.0)),
    statistic=Statistic.RATE,
    bases=_BASES,
)
ENQUIRIES = Level(
    "section_47_enquiries",
    (("2017-18", 163.0), ("2018-19", 133.0), ("2019-20", 159.0), ("2020-21", 183.0), ("2021-22", 221.0)),
    statistic=Statistic.RATE,
    bases=_BASES,
)
IN_15_DAYS = Level(
    "initial_conferences_within_15_days",
    (("2018-M04", 73.0), ("2020-M02", 75.0), ("2020-M06", 91.0), ("2021-M03", 92.0), ("2021-M05", 95.0)),
    statistic=Statistic.PERCENTAGE,
    bases=_BASES,
    noise=0.03,
)
#: Of children old enough to be asked, and of those aged 12 and over.
ATTENDED = Level(
    "child_attending_conference",
    (
        ("2018-M05", 6.0),
        ("2020-M05", 5.0),
        ("2021-M05", 9.0),
        ("2021-M08", 12.0),
        ("2021-M11", 13.5),
        ("2022-M02", 16.0),
    ),
    statistic=Statistic.PERCENTAGE,
    noise=0.03,
)
HEARD = Level(
    "child_participation_aged_12_and_over",
    (("2018-M05", 74.0), ("2020-M05", 79.0), ("2022-M02", 91.0)),
    statistic=Statistic.PERCENTAGE,
    noise=0.02,
)
OUTCOMES = ("protection_plan", "child_in_need_plan", "no_plan")
ENQUIRY_OUTCOMES = {
    "initial_conference": 0.0, "child_in_need_plan": 46.0, "other_support": 24.0, "no_further_action": 30.0
}  # fmt: skip
OLD_ENOUGH, TWELVE = 96, 144  # months
_REVIEWED_AFTER = (3, 9, 15, 21, 27)  # months into a plan


def make_conferences(
    world: World, journeys: Journeys, plans_started: pd.DataFrame, referrals: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Enquiries, initial conferences, and the children of initial and review conferences."""
    conferences = _make_conferences(world, journeys, plans_started)
    return {
        "section_47": _make_enquiries(world, conferences, referrals),
        "conferences": conferences[conferences["month"] >= 0].reset_index(drop=True),
        "conference_children": _list_conference_children(world, journeys.plans, conferences),
    }


def _yearly_counts(world: World, level: Level) -> dict[int, float]:
    """Counts of every year from rates per 10,000 children."""
    yearly = level.yearly(world.published)
    return {
        year: figure.value * world.children(year) / 10_000 for year, figure in yearly.items() if year in YEARS
    }


def _make_conferences(world: World, journeys: Journeys, started: pd.DataFrame) -> pd.DataFrame:
    """Initial conferences: one for every plan started, and others that led to none."""
    rng = world.rng("conferences")
    months = started["month"].to_numpy()
    least = tally(months)
    counts = np.zeros(LENGTH, dtype=np.int64)
    for year, total in _yearly_counts(world, CONFERENCES).items():
        at = place(np.arange(12 * year, 12 * year + 12))
        counts[at] = apportion(round(total), least[at] * (1 + 0.1 * rng.standard_normal(12)), least[at])
    counts = np.maximum(counts, least)
    need = journeys.need
    shown, shown_in = need.shown()
    age = world.people.age(need.child[shown], shown_in)
    without_plan = mark_months(rng, shown_in, counts - least, (age < 200).astype(float))
    children = np.append(started["child"].to_numpy(), need.child[shown[without_plan]])
    months = np.append(months, shown_in[without_plan])
    order = np.argsort(months, kind="stable")
    conferences = pd.DataFrame(world.describe(children[order], months[order]))
    outcome = np.append(np.zeros(len(started), dtype=np.int64), 1 + (rng.random(without_plan.sum()) < 0.35))
    conferences["conference_outcome"] = coded(outcome[order].astype(np.int64), OUTCOMES)
    conferences["led_to_plan"] = is_(conferences["conference_outcome"], "protection_plan")
    dates = np.append(started["date"].to_numpy(), draw_days(rng, shown_in[without_plan]))
    return _set_dates(world, conferences, dates[order].astype("datetime64[D]"))


def _set_dates(world: World, conferences: pd.DataFrame, dates: Days) -> pd.DataFrame:
    """Add when each was held, whether within 15 working days, and when its enquiry had started."""
    rng = world.rng("conferences:dates")
    months = conferences["month"].to_numpy()
    pooled = IN_15_DAYS.pooled(world.published)
    counts = world.numerators("conferences", IN_15_DAYS, tally(months), pooled)
    effects = world.effects("conferences:in_time")[conferences["home"].cat.codes.to_numpy()]
    conferences["in_15_days"] = mark_months(rng, months, counts, effects)
    days = np.where(
        conferences["in_15_days"], rng.integers(5, 16, len(months)), rng.integers(16, 36, len(months))
    )
    conferences["date"] = dates
    first = np.busday_offset(dates, 0, roll="backward", holidays=BANK_HOLIDAYS)
    conferences["enquiry_date"] = np.busday_offset(first, -days, holidays=BANK_HOLIDAYS)
    return conferences


def _make_enquiries(world: World, conferences: pd.DataFrame, referrals: pd.DataFrame) -> pd.DataFrame:
    """Section 47 enquiries by the month they started: those that led to a conference, and others."""
    rng = world.rng("enquiries")
    months = month_of(conferences["enquiry_date"].to_numpy())
    shown = (months >= 0) & (months < SHOWN)
    children, months = conferences["child"].to_numpy()[shown], months[shown]
    dates = conferences["enquiry_date"].to_numpy()[shown]
    least = tally(months)
    counts = least.copy()
    for year, total in _yearly_counts(world, ENQUIRIES).items():
        if year >= 0:
            at = place(np.arange(12 * year, 12 * year + 12))
            counts[at] = apportion(
                round(total), 1 + 0.1 * rng.standard_normal(12) + least[at] / 120, least[at]
            )
    referred = referrals["month"].to_numpy()
    others = mark_months(rng, referred, counts - least)
    outcome = np.append(
        np.zeros(len(children), dtype=np.int64), draw_codes(rng, int(others.sum()), ENQUIRY_OUTCOMES)
    )
    children = np.append(children, referrals["child"].to_numpy()[others])
    months = np.append(months, referred[others])
    dates = np.append(dates, referrals["date"].to_numpy()[others])
    order = np.argsort(months, kind="stable")
    enquiries = pd.DataFrame(world.describe(children[order], months[order]))
    enquiries["enquiry_outcome"] = coded(outcome[order], tuple(ENQUIRY_OUTCOMES))
    enquiries["date"] = dates[order]
    return enquiries


def _list_conference_children(world: World, plans: Episodes, conferences: pd.DataFrame) -> pd.DataFrame:
    """A row for every child of an initial or review conference: whether they came, and were heard."""
    rng = world.rng("conferences:children")
    children, months = [conferences["child"].to_numpy()], [conferences["month"].to_numpy()]
    for after in _REVIEWED_AFTER:
        due = plans.start + after
        rows = np.flatnonzero((due < SHOWN) & (due < plans.end) & (due >= 0))
        children.append(plans.child[rows])
        months.append(due[rows])
    child, month = np.concatenate(children), np.concatenate(months)
    order = np.argsort(month, kind="stable")
    order = order[month[order] >= 0]
    listed = pd.DataFrame(world.describe(child[order], month[order]))
    listed["asked"] = listed["age"] >= OLD_ENOUGH
    listed["aged_12"] = listed["age"] >= TWELVE
    asked: Booleans = listed["asked"].to_numpy()
    older: Booleans = listed["aged_12"].to_numpy()
    months_of = listed["month"].to_numpy()
    counts = world.numerators("conferences", ATTENDED, tally(months_of, asked))
    likely = np.where(listed["age"] >= TWELVE, 3.0, 1.0) * asked
    listed["attended"] = mark_months(rng, months_of, counts, likely)
    heard = world.numerators("conferences", HEARD, tally(months_of, older))
    came = (listed["attended"] & listed["aged_12"]).to_numpy()
    more = np.maximum(heard - tally(months_of, came), 0)
    listed["heard"] = came | mark_months(rng, months_of, more, (older & ~came).astype(float))
    return listed
