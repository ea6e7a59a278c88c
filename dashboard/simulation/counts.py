"""How many start, are open and end each month: children in need, plans, care and unaccompanied children."""

from dataclasses import dataclass

import numpy as np

from dashboard.periods import Grain
from dashboard.simulation.calibrate import Level, apportion, nearest
from dashboard.simulation.published import Figure, Published
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    FIRST_MONTH,
    LENGTH,
    MONTHS,
    YEARS,
    Integers,
    number_of,
    place,
)
from dashboard.simulation.world import World
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)

CARE = Level(
    "looked_after_children",
    (
        ("2018-M03", 796), ("2018-M06", 817), ("2019-M09", 822), ("2019-M12", 829), ("2020-M03", 819),
        ("2020-M09", 838), ("2021-M03", 859), ("2021-M12", 899), ("2022-M03", 891),
    ),
    bases=_BASES,
    noise=0.0015,
)  # fmt: skip
CARE_STARTS = Level(
    "starts_to_be_looked_after",
    (("2018-19", 240), ("2019-20", 220), ("2020-21", 205), ("2021-22", 210)),
    bases=_BASES,
)
ALONE = Level(
    "unaccompanied_asylum_seeking_children",
    (("2018-M03", 25), ("2020-M03", 32), ("2021-M03", 30), ("2022-M03", 31)),
    bases=_BASES,
    noise=0.03,
)
ADOPTED = Level(
    "adoptions", (("2018-19", 45), ("2019-20", 33), ("2020-21", 22), ("2021-22", 27)), bases=_BASES
)
PLANS = Level(
    "child_protection_plans",
    (
        ("2017-M03", 517), ("2018-M03", 424), ("2018-M09", 402), ("2019-M03", 408), ("2019-M09", 472),
        ("2020-M03", 523), ("2020-M09", 494), ("2021-M03", 451), ("2021-M09", 456), ("2022-M03", 450),
    ),
    bases=_BASES,
    noise=0.01,
)  # fmt: skip
PLAN_STARTS = Level(
    "child_protection_plans_started",
    (("2017-18", 680), ("2018-19", 580), ("2019-20", 755), ("2020-21", 670), ("2021-22", 630)),
    bases=_BASES,
)
#: Open to social care in any way on 31 March: children in need in the widest sense.
ALL_OPEN = Level(
    "children_in_need",
    (("2017-M03", 3_500), ("2018-M03", 3_386), ("2019-M03", 3_588), ("2020-M03", 3_263), ("2021-M03", 3_210),
     ("2022-M03", 3_504)),
    bases=(Basis.OFFICIAL,),
)  # fmt: skip
YOUNGER = Level(
    "care_leavers_16_to_20",
    (("2018-M03", 292), ("2019-M12", 293), ("2020-M12", 298), ("2022-M03", 306)),
    noise=0.006,
)
OLDER = Level(
    "care_leavers_21_to_25",
    (("2018-M03", 76), ("2020-M03", 73), ("2021-M03", 79), ("2022-M03", 84)),
    noise=0.015,
)
NEED_STARTS = 2_030.0  # a year
_NEED_NOISE = 0.012
_QUARTERS_TO_A_YEAR = 4


@dataclass(frozen=True)
class Flow:
    """A stock with what raises and lowers it, over every month simulated."""

    before: int  # the stock before the first month
    starts: Integers
    stock: Integers

    @property
    def ends(self) -> Integers:
        """What the stock was before, and the starts, less what it is."""
        return np.append(self.before, self.stock[:-1]) + self.starts - self.stock


@dataclass(frozen=True)
class Counts:
    """The flows that the journeys add up to. Care is simulated from April 2018, the others a year longer."""

    care: Flow
    alone: Flow  # unaccompanied children, who are among those in care
    adopted: Integers
    plans: Flow
    need: Flow


def count_journeys(world: World) -> Counts:
    """The counts of every month, calibrated to those published."""
    care_stock = world.counts("care", CARE)
    starts = _count_starts(world, care_stock)
    care = _from_april_2018(care_stock, starts)
    alone = _count_alone(world, care)
    ends = care.ends - alone.ends
    plans = _count_plans(world)
    return Counts(care, alone, _count_adopted(world, ends), plans, _count_need(world, care, plans))


def _from_april_2018(stock: Integers, starts: Integers) -> Flow:
    """A flow of which nothing is simulated before the first month shown."""
    first = int(place(0))
    level = np.where(MONTHS < 0, stock[first - 1], stock)
    return Flow(int(stock[first - 1]), np.where(MONTHS < 0, 0, starts), level)


def _count_starts(world: World, stock: Integers) -> Integers:
    """Starts of every month: years and quarters as published, enough for the stock to rise as it does."""
    rng = world.rng("care:starts")
    rise = np.maximum(np.diff(stock, prepend=stock[0]), 0)
    weights = (1 + 0.2 * rng.standard_normal(LENGTH)).clip(0.5, 1.6) * 18 + 0.8 * rise
    starts = np.zeros(LENGTH, dtype=np.int64)
    yearly = CARE_STARTS.yearly(world.published)
    quarters = _published_quarters(world)
    for year in YEARS:
        total = nearest(yearly, year).value
        spans = {range(q, q + 3): n for q, n in quarters.items() if q // 12 == year}
        rest = [t for t in range(12 * year, 12 * year + 12) if not any(t in span for span in spans)]
        for span, count in [*spans.items(), (rest, round(total) - sum(spans.values()))]:
            at = place(np.array(list(span)))
            starts[at] = apportion(count, weights[at], np.minimum(rise[at] + 5, count // len(at)))
    return np.maximum(starts, rise)


def _published_quarters(world: World) -> dict[int, int]:
    """Starts of the quarters whose yearly rate is published, by the quarter's first month."""
    found: dict[int, int] = {}
    for basis in CARE_STARTS.bases:
        published = world.published.of(CARE_STARTS.indicator, Statistic.RATE, basis)
        for period, figure in published.items():
            month = number_of(period) - 2
            if period.grain is Grain.QUARTER and month in EVERY_MONTH:
                children = world.children(month // 12 - 1)
                found.setdefault(month, round(figure.value * children / 10_000 / _QUARTERS_TO_A_YEAR))
    return found


def _count_alone(world: World, care: Flow) -> Flow:
    """Unaccompanied children: about two arrive a month, and as many as the stock rises."""
    stock = world.counts("alone", ALONE)
    rise = np.maximum(np.diff(stock, prepend=stock[0]), 0)
    arrived = np.minimum(rise + world.rng("alone").poisson(1.1, LENGTH), care.starts // 3 + rise)
    flow = _from_april_2018(stock, arrived)
    over = np.maximum(flow.ends - care.ends + 2, 0)  # no more may leave than leave care at all
    return Flow(flow.before, np.maximum(flow.starts - over, np.where(MONTHS < 0, 0, rise)), flow.stock)


def _count_adopted(world: World, ends: Integers) -> Integers:
    """Adoptions of every month: years as published, at most a third of those who leave care."""
    adopted = np.zeros(LENGTH, dtype=np.int64)
    for year, figure in ADOPTED.yearly(world.published).items():
        if year in YEARS and year >= 0:
            at = place(np.arange(12 * year, 12 * year + 12))
            noise = world.rng(f"adopted:{year}").gamma(2.0, 1.0, 12)
            adopted[at] = np.minimum(apportion(round(figure.value), ends[at] * noise), ends[at] // 2)
            for at_month in at[np.argsort(-ends[at])]:
                short = round(figure.value) - int(adopted[at].sum())
                adopted[at_month] += min(max(short, 0), int(ends[at_month]) // 2 - int(adopted[at_month]))
    return adopted


def _count_plans(world: World) -> Flow:
    """Plans: stock and yearly starts as published."""
    stock = world.counts("plans", PLANS)
    before = _published_before(world.published, PLANS)
    rise = np.maximum(np.diff(stock, prepend=before), 0)
    noise = (1 + 0.14 * world.rng("plans:starts").standard_normal(LENGTH)).clip(0.6, 1.5)
    seasons = np.array([0.95, 1.0, 1.05, 1.15, 0.75, 0.95, 1.05, 1.05, 0.9, 1.0, 1.0, 1.15])[MONTHS % 12]
    yearly = PLAN_STARTS.yearly(world.published)
    starts = np.zeros(LENGTH, dtype=np.int64)
    for year in YEARS:
        total = round(nearest(yearly, year).value)
        at = place(np.arange(12 * year, 12 * year + 12))
        starts[at] = apportion(total, (noise * seasons)[at] * 50 + 0.5 * rise[at], rise[at] + 15)
    return Flow(before, starts, stock)


def _published_before(published: Published, level: Level) -> int:
    """The level in the month before the first one simulated."""
    figures: dict[int, Figure] = {}
    for basis in reversed(level.bases):
        figures |= published.months(level.indicator, level.statistic, basis)
    return round(figures[FIRST_MONTH - 1].value if FIRST_MONTH - 1 in figures else level.ours[0][1])


def _count_need(world: World, care: Flow, plans: Flow) -> Flow:
    """Children in need who are neither in care nor have a plan: all that are open, less these and leavers.

    Only 31 March is published, so the path between is drawn between the differences at those dates.
    """
    everyone = {t: round(v) for t, v in zip(EVERY_MONTH, world.path("need", ALL_OPEN), strict=True)}
    leavers = world.counts("leavers", YOUNGER) + world.counts("leavers", OLDER)
    knots = [-13, -1, 11, 23, 35, 47]
    levels = []
    for month in knots:
        at = int(place(max(month, FIRST_MONTH)))
        others = int(care.stock[at]) + int(plans.stock[at]) + int(leavers[at])
        levels.append(everyone[max(month, FIRST_MONTH)] - others)
    rng = world.rng("need:counts")
    away = np.array([min(abs(t - each) for each in knots) for t in EVERY_MONTH])
    drift = np.cumsum(rng.standard_normal(LENGTH)) * _NEED_NOISE * np.minimum(away / 3, 1)
    stock = np.rint(np.interp(MONTHS, knots, levels) * (1 + drift.clip(-0.03, 0.03))).astype(np.int64)
    before = int(levels[0])
    return Flow(before, _need_starts(rng, stock, before), stock)


def _need_starts(rng: np.random.Generator, stock: Integers, before: int) -> Integers:
    rise = np.maximum(np.diff(stock, prepend=before), 0)
    seasons = np.array([0.9, 1.02, 1.1, 1.12, 0.85, 0.95, 1.05, 1.05, 0.93, 1.0, 0.98, 1.05])[MONTHS % 12]
    weights = np.asarray(seasons * (1 + 0.06 * rng.standard_normal(LENGTH)) * 170 + 0.5 * rise)
    return np.asarray(np.maximum(apportion(round(NEED_STARTS * LENGTH / 12), weights), rise + 90))
