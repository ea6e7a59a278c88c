"""From published figures to what is simulated each month: exact where published, plausible between.

Goals that cannot all be met give way in this order: stock = stock before + starts - ceases, and sums; the
board dataset; official counts at 31 March; official yearly figures; figures in the board reports' text. But a
figure printed on the local basis goes before an official one of the same thing, since what is made is local
and the two bases are never joined. Known conflicts, and what was done:

* Looked after children, 31 March 2019: 842 (board dataset) is kept, not 833 (official). Starts are exact in
  every year, so ceases follow from the stock: they differ from the official 207, 235, 170 and 184 by up to
  ten in a year or so. The same holds for child protection plans: ends follow from plans and starts.
  The board report printed ceases of 207 and 235 too: these two local figures are not met.
* Official counts placed outside the county (271, 294) are kept although a report calls the share "below
  England". Homes and residential schools take what the other official groups leave, since the local count
  of residential care has what the national groups split or hold back.
* At 31 March 2022 the report's own shares are kept: 11% under section 20 (98 children, not the official 90),
  6% with three or more placements (not 8%), 75% in a long-term placement (not 73%), and the three measures of
  care leavers aged 19 to 21. Before that, their official shares give way to the board dataset's all-age ones.
* Starts in 2021/22 are the official 212, which is 17.8 per 10,000 on our population; the report says 17.
* Assessments: the 2,857 started and 2,722 completed of the board report (2021/22) are the Family Front Door's
  own; the official 5,848 completed are every team's. The front door's are simulated. As more start than are
  completed, some are ended without completing (passed to another team), or the backlog would only grow.
* Share in 45 working days: 86% in 2021/22 (the report's 14% after 45 days), the official share in the years
  for which no local one is printed. In the same way 95% of initial conferences and 99% of reviews in time
  are kept for 2021/22 beside the official 90.9% and 99.6%.
* Vacancies (official, 30 September) and posts permanently filled (83% in April 2021, 94% in March 2022) are
  complements here: both are met, as the rise falls after September 2021. The official agency rate is of
  the whole workforce and the local one of front-line posts: the local one is followed.
* Outcomes of Supporting Families First add up to 99% as printed: whole children are found that round to them.
* The rates of starts printed for the first two quarters of 2020/21 (17.3 and 16.9) give 51 and 50 starts.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from dashboard.periods import Grain, parse
from dashboard.simulation.published import Figure, Published
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    FIRST_MONTH,
    LENGTH,
    MONTHS,
    SHOWN,
    Floats,
    Integers,
    number_of,
    place,
)
from dashboard.vocabulary import Basis, Statistic

_Yearly = TypeVar("_Yearly")
_NEAR = 1  # month: a level of our own gives way to a published figure so near
_LOCAL_ONLY = (Basis.LOCAL,)


@dataclass(frozen=True)
class Level:
    """What a monthly figure is aimed at: an indicator's published figures, and levels of our own between.

    `ours` are (month or financial year, level); `noise` and `seasons` (April first) are shares of the level.
    """

    indicator: str
    ours: tuple[tuple[str, float], ...]
    statistic: str = Statistic.COUNT
    bases: tuple[str, ...] = _LOCAL_ONLY
    category: tuple[str, str] = ("", "")  # characteristic and category
    noise: float = 0.0
    seasons: tuple[float, ...] = (1.0,) * 12
    counted_as: tuple[str, str, str] | None = (
        None  # the official count: its indicator, characteristic, category
    )

    def exact(self, published: Published) -> dict[int, Figure]:
        """The published months, the first basis that holds one first."""
        found: dict[int, Figure] = {}
        if self.counted_as:
            indicator, characteristic, category = self.counted_as
            found |= published.months(indicator, Statistic.COUNT, Basis.OFFICIAL, characteristic, category)
        for basis in reversed(self.bases):
            found |= published.months(self.indicator, self.statistic, basis, *self.category)
        return {month: figure for month, figure in found.items() if month in EVERY_MONTH}

    def yearly(self, published: Published) -> dict[int, Figure]:
        """The published financial years, and our own where a year is not published."""
        found: dict[int, Figure] = {
            number_of(parse(code)) // 12: Figure(value, 0)
            for code, value in self.ours
            if parse(code).grain is Grain.YEAR
        }
        for basis in reversed(self.bases):
            found |= published.years(self.indicator, self.statistic, basis, *self.category)
        return found

    def pooled(self, published: Published) -> dict[tuple[int, int], Figure]:
        """The published financial years of the months shown, as the first and last month of each."""
        yearly = self.yearly(published)
        return {(12 * y, 12 * y + 11): figure for y, figure in yearly.items() if 0 <= y < SHOWN // 12}


def draw_path(rng: np.random.Generator, level: Level, published: Published) -> Floats:
    """A level for every month simulated: exact in the published months, wavering between them."""
    exact = {month: figure.value for month, figure in level.exact(published).items()}
    return _join(rng, level, exact)


def _join(rng: np.random.Generator, level: Level, exact: Mapping[int, float]) -> Floats:
    """A path through the exact months and our own levels, wavering away from the exact ones."""
    own = {number_of(parse(code)): value for code, value in level.ours if parse(code).grain is Grain.MONTH}
    near = {month for month in own if any(abs(month - each) <= _NEAR for each in exact)}
    knots = {month: value for month, value in own.items() if month not in near} | dict(exact)
    smooth = np.interp(MONTHS, sorted(knots), [knots[month] for month in sorted(knots)])
    away = np.array([min((abs(int(t) - each) for each in exact), default=9) for t in EVERY_MONTH])
    seasons = np.array(level.seasons)[MONTHS % 12]
    wavering = (seasons * (1 + level.noise * _waver(rng))) ** np.minimum(away / 2, 1)
    return np.asarray(smooth * wavering)


def split(
    rng: np.random.Generator,
    totals: Integers,
    levels: Mapping[str, Level],
    exact: Mapping[str, Mapping[int, float]],
) -> Integers:
    """Totals of every month split into categories, a column each: the counts in `exact` as they are.

    `levels` are in percent of the total; what is not exact shares what the exact leave.
    """
    known = np.zeros((LENGTH, len(levels)), dtype=np.int64)
    fixed = np.zeros((LENGTH, len(levels)), dtype=np.bool_)
    shares = np.empty((LENGTH, len(levels)))
    for column, (name, level) in enumerate(levels.items()):
        counts = {t: value for t, value in exact.get(name, {}).items() if totals[place(t)] > 0}
        shares[:, column] = _join(rng, level, {t: 100 * n / int(totals[place(t)]) for t, n in counts.items()})
        for month, count in counts.items():
            known[place(month), column], fixed[place(month), column] = round(count), True
    for row in range(LENGTH):
        free = ~fixed[row]
        left = int(totals[row]) - int(known[row, fixed[row]].sum())
        if free.any() and left >= 0:
            known[row, free] = apportion(left, shares[row, free])
        else:
            known[row] = apportion(int(totals[row]), np.where(fixed[row], known[row], 1e-9))
    return known


def _waver(rng: np.random.Generator) -> Floats:
    """Noise of about unit size in which a month resembles the one before."""
    steps = rng.standard_normal(LENGTH)
    noise = np.empty(LENGTH)
    noise[0] = steps[0]
    for t in range(1, LENGTH):
        noise[t] = 0.6 * noise[t - 1] + 0.8 * steps[t]
    return np.asarray(np.clip(noise, -2.5, 2.5))


def apportion(total: int, weights: Floats, least: Integers | None = None) -> Integers:
    """Whole numbers in proportion to weights that add up to a total, none below its least."""
    least = np.zeros(len(weights), dtype=np.int64) if least is None else least.astype(np.int64)
    spare = max(total - int(least.sum()), 0)
    above = np.maximum(weights / max(weights.sum(), 1e-12) * total - least, 0)
    shares = above / max(above.sum(), 1e-12) * spare
    whole = np.floor(shares + 1e-9).astype(np.int64)
    left = spare - int(whole.sum())
    whole[np.argsort(-(shares - whole), kind="stable")[:left]] += 1
    return np.asarray(least + whole)


def nearest(yearly: Mapping[int, _Yearly], year: int) -> _Yearly:
    """What is held for a year, or for the nearest year for which anything is."""
    return yearly[min(yearly, key=lambda each: (abs(each - year), each))]


def spread_years(
    totals: Mapping[int, float], weights: Floats, exact: Mapping[int, int] | None = None
) -> Integers:
    """A count for every month simulated: years add up to their totals, the months in `exact` are as given.

    A year without a total takes that of the nearest year that has one.
    """
    counts = np.zeros(LENGTH, dtype=np.int64)
    for year in range(FIRST_MONTH // 12, (FIRST_MONTH + LENGTH) // 12):
        fixed = {t: exact[t] for t in range(12 * year, 12 * year + 12) if exact and t in exact}
        free = [t for t in range(12 * year, 12 * year + 12) if t not in fixed]
        left = max(round(nearest(totals, year)) - sum(fixed.values()), 0)
        counts[place(np.array(free, dtype=np.int64))] = apportion(left, weights[place(np.array(free))])
        for month, count in fixed.items():
            counts[place(month)] = count
    return counts


def round_half_up(value: float, decimals: int) -> float:
    """A number to so many decimals, halves away from zero, as people round."""
    scale = 10.0**decimals
    return math.floor(abs(value) * scale + 0.5 + 1e-9) / scale * (1 if value >= 0 else -1)


def numerator_for(figure: Figure, denominator: int, near: float | None = None) -> int:
    """The whole number out of a denominator whose printed percentage is that published, or nearest to it."""
    best = round((figure.value if near is None else near) * denominator / 100)
    for step in range(denominator + 1):
        for number in (best - step, best + step):
            if 0 <= number <= denominator and _prints_as(number, denominator, figure):
                return number
    return min(max(round(figure.value * denominator / 100), 0), denominator)


def _prints_as(number: int, denominator: int, figure: Figure) -> bool:
    if not denominator:
        return False
    return abs(round_half_up(100 * number / denominator, figure.decimals) - figure.value) < 1e-9


def numerators(
    percentages: Floats,
    denominators: Integers,
    exact: Mapping[int, Figure] | None = None,
    pooled: Mapping[tuple[int, int], Figure] | None = None,
) -> Integers:
    """Numerators for every month: near the percentages, printing as published in the exact months.

    `pooled` gives percentages over several months, from a first month to a last one (both included).
    """
    shares = np.clip(percentages / 100, 0, 1)
    counts = np.clip(np.rint(shares * denominators), 0, denominators).astype(np.int64)
    for (first, last), figure in (pooled or {}).items():
        span = place(np.arange(max(first, FIRST_MONTH), min(last, FIRST_MONTH + LENGTH - 1) + 1))
        total = numerator_for(figure, int(denominators[span].sum()))
        counts[span] = _scale(shares[span], denominators[span], total)
    for month, figure in (exact or {}).items():
        counts[place(month)] = numerator_for(figure, int(denominators[place(month)]))
    return counts


def _scale(shares: Floats, denominators: Integers, total: int) -> Integers:
    """Numerators that add up to a total: the odds of every share moved alike, none above its denominator."""
    odds = np.clip(shares, 1e-4, 1 - 1e-4) / (1 - np.clip(shares, 1e-4, 1 - 1e-4))
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        moved = odds * math.exp(middle)
        if float((denominators * moved / (1 + moved)).sum()) < total:
            low = middle
        else:
            high = middle
    wanted = denominators * odds * math.exp(high) / (1 + odds * math.exp(high))
    counts = np.minimum(np.floor(wanted), denominators).astype(np.int64)
    for row in np.argsort(-(wanted - counts), kind="stable"):
        if counts.sum() >= total:
            break
        counts[row] += counts[row] < denominators[row]
    return counts


def whole_parts(percentages: Sequence[float], sizes: Iterable[int]) -> tuple[int, ...] | None:
    """Whole numbers that print as these percentages of their own sum; None for no sum among `sizes`."""
    for size in sizes:
        parts = [numerator_for(Figure(each, 0), size) for each in percentages]
        spare = size - sum(parts)
        for row in range(len(parts)):
            moved = [*parts[:row], parts[row] + spare, *parts[row + 1 :]]
            if all(
                _prints_as(part, size, Figure(wanted, 0))
                for part, wanted in zip(moved, percentages, strict=True)
            ):
                return tuple(moved)
    return None
