"""Social work assessments of the Family Front Door: started, and completed (in 45 days or not) or passed on.

Open assessments are those open before, and those started, less those completed or passed to another team.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, spread_years
from dashboard.simulation.contacts import AGES
from dashboard.simulation.draw import draw_codes, mark_months, pick, tally
from dashboard.simulation.people import draw_ages
from dashboard.simulation.published import Figure
from dashboard.simulation.timeline import (
    BANK_HOLIDAYS,
    EVERY_MONTH,
    LENGTH,
    MONTHS,
    SHOWN,
    Booleans,
    Days,
    Integers,
    days_in,
    draw_days,
    first_days,
    place,
    working_days,
)
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Basis

_BASES = (Basis.LOCAL, Basis.OFFICIAL)

STARTED = Level(
    "assessments_started",
    (("2018-19", 2_810), ("2019-20", 2_880), ("2020-21", 3_457), ("2021-22", 2_857)),
    noise=0.05,
)
COMPLETED = Level(
    "assessments_completed",
    (("2018-19", 2_700), ("2019-20", 2_760), ("2020-21", 3_122), ("2021-22", 2_722)),
    noise=0.05,
)
IN_45_DAYS = Level(
    "assessments_within_45_days",
    (("2018-M04", 79), ("2019-M03", 86), ("2020-M03", 89), ("2020-M10", 92), ("2021-M10", 86)),
    statistic="percentage",
    bases=_BASES,
    noise=0.025,
)
AFTER_45_DAYS = Level("assessments_after_45_days", (), statistic="percentage")
REPEATED = Level(
    "repeat_assessments_within_12_months",
    (("2018-M04", 24), ("2020-M03", 22), ("2021-M10", 20)),
    statistic="percentage",
    noise=0.05,
)
SEEN = Level(
    "child_seen_during_assessment", (("2018-M04", 94), ("2022-M03", 98)), statistic="percentage", noise=0.006
)
_PASSED_ON = 0.05  # of those started, the share passed to another team without being completed
_OPEN_AT_START = 330

DAYS_WANTED = {
    (0, 1): 5.0, (1, 11): 26.0, (11, 21): 18.0, (21, 31): 12.0, (31, 41): 14.0, (41, 46): 10.0, (46, 70): 26.0
}  # fmt: skip
DURATIONS = (
    "same_day", "days_1_to_10", "days_11_to_20", "days_21_to_30", "days_31_to_40", "days_41_to_45",
    "days_46_to_50", "days_51_to_60", "days_61_or_more",
)  # fmt: skip
_DURATION_EDGES = np.array([1, 11, 21, 31, 41, 46, 51, 61])
TEAMS = {"assessment": 72.0, "front_door": 20.0, "disabilities": 8.0}
OUTCOMES = {
    "protection_enquiry": 9.0, "child_in_need_plan": 27.0, "looked_after": 2.0, "early_help": 20.0,
    "other_services": 8.0, "no_further_action": 34.0,
}  # fmt: skip
#: How often each factor is found, in a hundred assessments with factors recorded.
FACTORS = {
    "domestic_abuse": 42.0, "parent_mental_health": 34.0, "parent_substance_misuse": 25.0,
    "child_mental_health": 17.0, "child_substance_misuse": 6.5, "neglect": 17.0, "emotional_abuse": 18.0,
    "physical_abuse": 13.0,
    "sexual_abuse": 6.0, "sexual_exploitation": 2.5, "criminal_exploitation": 2.5, "gangs": 1.5,
    "going_missing": 2.8, "trafficking": 0.3, "self_harm": 3.5, "disability": 21.0, "young_carer": 2.5,
    "unacceptable_behaviour": 3.5, "other": 11.0, "none": 0.0,
}  # fmt: skip
NO_END = 9999


@dataclass
class _Work:
    """Every assessment, a column each; one still open has no end."""

    child: Integers
    month: Integers
    date: Days
    wanted: Days  # when it would be done if nothing stood in the way
    deadline: Days  # the 45th working day
    end: Integers
    ended: Days
    passed_on: Booleans


def make_assessments(world: World, referrals: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The assessments, by when they were started, completed and open, and their factors."""
    completed = _count_completed(world)
    work = _start(world, referrals, _count_started(world))
    late = completed - world.numerators("assessments", IN_45_DAYS, completed, _pooled(world))
    _finish(world, work, completed, late)
    everyone = pd.DataFrame(world.describe(work.child, work.month))
    everyone["team"] = coded(draw_codes(world.rng("assessments:teams"), len(work.child), TEAMS), tuple(TEAMS))
    everyone["end"], everyone["passed_on"], everyone["date"] = work.end, work.passed_on, work.date
    started = everyone[everyone["month"] >= 0].reset_index(drop=True)
    done = _describe_completed(world, everyone, work)
    return {
        "assessments_started": started,
        "assessments_completed": done,
        "assessments_open": _list_open(everyone, work),
        "assessment_factors": _draw_factors(world, done),
    }


def _count_started(world: World) -> Integers:
    totals = {year: figure.value for year, figure in STARTED.yearly(world.published).items()}
    noise = 1 + STARTED.noise * world.rng("assessments:started").standard_normal(LENGTH)
    seasons = np.array([0.9, 1.0, 1.12, 1.08, 0.88, 0.97, 1.04, 1.05, 0.96, 0.98, 0.94, 1.08])[MONTHS % 12]
    return spread_years(totals, noise * seasons)


def _count_completed(world: World) -> Integers:
    totals = {year: figure.value for year, figure in COMPLETED.yearly(world.published).items()}
    noise = 1 + COMPLETED.noise * world.rng("assessments:completed").standard_normal(LENGTH)
    seasons = np.array([0.95, 0.96, 1.02, 1.08, 0.96, 1.0, 1.02, 1.04, 0.94, 0.98, 0.98, 1.07])[MONTHS % 12]
    return spread_years(totals, noise * seasons)


def _pooled(world: World) -> dict[tuple[int, int], Figure]:
    """The share in 45 days of each published year; a share after 45 days is its complement."""
    yearly = IN_45_DAYS.yearly(world.published)
    for year, after in AFTER_45_DAYS.yearly(world.published).items():
        yearly[year] = Figure(100 - after.value, after.decimals)
    return {(12 * year, 12 * year + 11): figure for year, figure in yearly.items() if 0 <= year < SHOWN // 12}


def _start(world: World, referrals: pd.DataFrame, counts: Integers) -> _Work:
    """The assessments started: of children referred in the month, and before April 2018 of others."""
    rng = world.rng("assessments:start")
    month = np.repeat(MONTHS, counts)
    backlog = np.full(_OPEN_AT_START, MONTHS[0])
    assessed = ~referrals["no_further_action"].to_numpy()
    referred, months = referrals["child"].to_numpy(), referrals["month"].to_numpy()
    chosen = mark_months(rng, months, counts, assessed.astype(float))
    child = np.full(len(month), -1, dtype=np.int64)
    for t in range(SHOWN):
        rows, found = np.flatnonzero(month == t), referred[chosen & (months == t)]
        child[rows[: len(found)]] = found
    unknown = np.flatnonzero(child < 0)
    child[unknown] = world.people.add(rng, month[unknown] - draw_ages(rng, len(unknown), AGES))
    older = world.people.add(rng, backlog - draw_ages(rng, len(backlog), AGES))
    child, month = np.concatenate([older, child]), np.concatenate([backlog, month])
    date = draw_days(rng, month)
    first = np.busday_offset(date, 0, roll="forward", holidays=BANK_HOLIDAYS)
    wanted = np.busday_offset(first, draw_ages(rng, len(month), DAYS_WANTED), holidays=BANK_HOLIDAYS)
    deadline = np.busday_offset(first, 45, holidays=BANK_HOLIDAYS)
    blank = np.full(len(month), np.datetime64("NaT"), dtype="datetime64[D]")
    nobody = np.zeros(len(month), dtype=np.bool_)
    return _Work(child, month, date, wanted, deadline, np.full(len(month), NO_END), blank, nobody)


def _finish(world: World, work: _Work, completed: Integers, late: Integers) -> None:
    """Complete so many a month, so many of them late, whoever is due soonest; pass a few on."""
    rng = world.rng("assessments:finish")
    passed = np.rint(_PASSED_ON * tally(work.month[_OPEN_AT_START:])).astype(np.int64)
    for t in EVERY_MONTH:
        first = first_days(np.array([t], dtype=np.int64))[0]
        last = (
            first
            + days_in(np.array([t], dtype=np.int64))[0].astype("timedelta64[D]")
            - np.timedelta64(1, "D")
        )
        opened = np.flatnonzero((work.month <= t) & (work.end == NO_END))
        earliest = np.maximum(work.date[opened], first)
        soonest = np.argsort(work.wanted[opened] + (rng.random(len(opened)) * 20).astype("timedelta64[D]"))
        due = work.deadline[opened]
        prompt = soonest[(due >= earliest)[soonest]][: completed[place(t)] - late[place(t)]]
        overdue = due < last
        overdue[prompt] = False
        newest = np.argsort(-due.astype(np.int64) + 110 * rng.random(len(opened)))
        tardy = newest[overdue[newest]][: completed[place(t)] - len(prompt)]
        # too few overdue to be so many late: the rest are completed in time
        spare = soonest[(due >= earliest)[soonest] & ~np.isin(soonest, tardy)]
        prompt = spare[: completed[place(t)] - len(tardy)]
        done = np.concatenate([prompt, tardy])
        earliest[tardy] = np.maximum(earliest[tardy], due[tardy] + np.timedelta64(1, "D"))
        latest = np.full(len(opened), last)
        latest[prompt] = np.minimum(due[prompt], last)
        span = (latest - earliest)[done].astype(np.int64)
        drawn = earliest[done] + (rng.random(len(done)) * (span + 1)).astype("timedelta64[D]")
        hoped = work.wanted[opened[done]]
        fits = (hoped >= earliest[done]) & (hoped <= latest[done])
        work.ended[opened[done]] = np.where(fits, hoped, drawn)
        work.end[opened[done]] = t
        rest = np.delete(opened, done)
        stuck = np.where(work.deadline[rest] < first, 3.0, 1.0)
        leaving = rest[pick(rng, stuck, int(passed[place(t)]))]
        work.end[leaving], work.passed_on[leaving] = t, True


def _describe_completed(world: World, everyone: pd.DataFrame, work: _Work) -> pd.DataFrame:
    """The completed ones in the month of completion, with how long they took and what they led to."""
    rng = world.rng("assessments:outcomes")
    rows = np.flatnonzero((work.end >= 0) & (work.end < SHOWN) & ~work.passed_on)
    rows = rows[np.argsort(work.end[rows], kind="stable")]
    done = pd.DataFrame(world.describe(work.child[rows], work.end[rows]))
    done["team"] = everyone["team"].to_numpy()[rows]
    done["date"], done["started_on"] = work.ended[rows], work.date[rows]
    done["days"] = working_days(work.date[rows], work.ended[rows])
    done["working_days"] = coded(np.searchsorted(_DURATION_EDGES, done["days"], side="right"), DURATIONS)
    done["in_45_days"] = done["days"] <= 45
    done["after_45_days"] = ~done["in_45_days"]
    done["assessment_outcome"] = coded(draw_codes(rng, len(done), OUTCOMES), tuple(OUTCOMES))
    months, homes = done["month"].to_numpy(), done["home"].cat.codes.to_numpy()
    for name, level in {"repeated": REPEATED, "seen": SEEN}.items():
        pooled = level.pooled(world.published)
        counts = world.numerators("assessments", level, tally(months), pooled)
        done[name] = mark_months(rng, months, counts, world.effects(name)[homes])
    return done


def _list_open(everyone: pd.DataFrame, work: _Work) -> pd.DataFrame:
    """Those open at every month-end shown."""
    months = [np.flatnonzero((work.month <= t) & (work.end > t)) for t in range(SHOWN)]
    rows = np.concatenate(months)
    month = np.repeat(np.arange(SHOWN), [len(each) for each in months])
    listed = everyone.iloc[rows][["child", "home", "team"]].reset_index(drop=True)
    listed["month"] = month
    last = first_days(month) + (days_in(month) - 1).astype("timedelta64[D]")
    listed["over_45"] = working_days(work.date[rows], last) > 45
    listed["days_open"] = coded(listed["over_45"].to_numpy().astype(np.int64), ("up_to_45", "over_45"))
    return listed


def _draw_factors(world: World, done: pd.DataFrame) -> pd.DataFrame:
    """A row for every factor of every completed assessment with factors recorded, also marked on those."""
    rng = world.rng("assessments:factors")
    recorded = rng.random(len(done)) < 0.96
    found = rng.random((len(done), len(FACTORS))) * 100 < np.array(list(FACTORS.values()))
    found[:, -1] = ~found.any(axis=1)
    found &= recorded[:, None]
    done["factors_recorded"] = recorded
    rows, codes = np.nonzero(found)
    factors = done.iloc[rows][["child", "month", "home"]].reset_index(drop=True)
    factors["assessment_factor"] = coded(codes, tuple(FACTORS))
    return factors
