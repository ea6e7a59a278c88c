"""The journeys: month by month, who is in need, has a protection plan, enters care and leaves it.

A child is in at most one of the three at a month's end. Starts, ends and stocks of every month are fixed
beforehand (stock = stock before + starts - ends); which children they are is drawn here.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.simulation.contacts import AGES
from dashboard.simulation.counts import Counts, count_journeys
from dashboard.simulation.draw import pick
from dashboard.simulation.episodes import Episodes, weigh, without
from dashboard.simulation.people import ADULT, draw_ages
from dashboard.simulation.timeline import EVERY_MONTH, FIRST_MONTH, Floats, Integers, place
from dashboard.simulation.world import World

# why an episode ended
CLOSED, TO_PLAN, TO_CARE, GREW_UP, ADOPTED = range(5)
# what a child in need, a plan or a stay in care came from
FROM_REFERRAL, FROM_NEED, FROM_PLAN, ALONE = range(4)

_CARE_AGES = {(0, 12): 4.5, (12, 60): 16.0, (60, 120): 23.0, (120, 192): 40.0, (192, 214): 16.5}
_NEED_AGES = {(0, 12): 6.0, (12, 60): 23.0, (60, 120): 27.0, (120, 192): 33.0, (192, 212): 11.0}
_PLAN_AGES = {(0, 12): 12.0, (12, 60): 27.0, (60, 120): 30.0, (120, 192): 27.0, (192, 208): 4.0}
_ALONE_AGES = {(168, 192): 22.0, (192, 210): 78.0}
_ALONE_ETHNICITY = (8.0, 1.0, 28.0, 28.0, 34.0, 1.0)
_LASTED = {(0, 3): 6.0, (3, 6): 5.5, (6, 12): 10.0, (12, 24): 17.0, (24, 48): 31.0, (48, 110): 30.5}
_NEED_LASTED = {(0, 3): 26.0, (3, 6): 14.0, (6, 12): 18.0, (12, 24): 16.0, (24, 90): 26.0}
_PLAN_LASTED = {(0, 3): 33.0, (3, 6): 28.0, (6, 12): 26.0, (12, 24): 13.0}

_PLANS_FROM_NEED = 0.55  # of plans started
_CARE_FROM_PLAN, _CARE_FROM_NEED = 0.42, 0.22  # of stays started, other than of unaccompanied children
_CARE_FROM_BIRTH = 0.14
_STEPPED_DOWN = 0.62  # of plans ended without care, the share that become children in need


@dataclass
class Journeys:
    """The episodes of every child."""

    need: Episodes = field(default_factory=Episodes)
    plans: Episodes = field(default_factory=Episodes)
    care: Episodes = field(default_factory=Episodes)


def make_journeys(world: World, referrals: pd.DataFrame) -> tuple[Journeys, Counts]:
    """Every episode, and the counts that they add up to."""
    counts = count_journeys(world)
    walk = _Walk(world, counts, referrals)
    for month in EVERY_MONTH:
        walk.step(month)
    return walk.journeys, counts


class _Walk:
    """The state of the county as the months go by."""

    def __init__(self, world: World, counts: Counts, referrals: pd.DataFrame) -> None:
        self.world, self.people, self.counts = world, world.people, counts
        self.rng = world.rng("journeys")
        self.journeys = Journeys()
        worked = ~(referrals["no_further_action"] | referrals["not_in_need"]).to_numpy()
        self.referred = referrals["child"].to_numpy()[worked]
        self.referred_in = referrals["month"].to_numpy()[worked]
        self.used = np.empty(0, dtype=np.int64)
        self._open_before(self.journeys.need, counts.need.before, _NEED_AGES, _NEED_LASTED, FIRST_MONTH - 1)
        self._open_before(self.journeys.plans, counts.plans.before, _PLAN_AGES, _PLAN_LASTED, FIRST_MONTH - 1)

    def _open_before(
        self,
        episodes: Episodes,
        count: int,
        ages: dict[tuple[int, int], float],
        lasted: dict[tuple[int, int], float],
        month: int,
        kind: int = FROM_REFERRAL,
        alone: bool = False,
    ) -> None:
        """Open the episodes that had begun before the first month."""
        aged = draw_ages(self.rng, count, ages)
        if alone:
            children = self.people.add(self.rng, month - aged, 0.88, _ALONE_ETHNICITY, 0.0)
        else:
            children = self.people.add(self.rng, month - aged)
        months = np.minimum(draw_ages(self.rng, count, lasted), np.maximum(aged, 0))
        episodes.begin(children, month - np.minimum(months, 14) if alone else month - months, kind)

    def step(self, month: int) -> None:
        """One month of the county's life."""
        if month == 0:
            care = self.journeys.care
            self._open_before(care, self.counts.alone.before, _ALONE_AGES, _LASTED, -1, ALONE, alone=True)
            known = self.counts.care.before - self.counts.alone.before
            self._open_before(care, known, _CARE_AGES, _LASTED, -1)
        if month >= 0:
            self._leave_care(month)
            self._enter_care(month)
        stepped_down = self._end_plans(month)
        self._start_plans(month)
        self._start_need(month, stepped_down)
        self._end_need(month)

    # --- care -------------------------------------------------------------------------------------

    def _leave_care(self, month: int) -> None:
        care, at = self.journeys.care, int(place(month))
        rows = care.open_rows()
        alone = care.kind[rows] == ALONE
        self._cease(rows[alone], int(self.counts.alone.ends[at]), 0, month)
        others = int(self.counts.care.ends[at] - self.counts.alone.ends[at])
        self._cease(rows[~alone], others, int(self.counts.adopted[at]), month)

    def _cease(self, rows: Integers, count: int, adopted: int, month: int) -> None:
        """End so many stays: whoever turns 18, the adopted, and others, the newest and the oldest sooner."""
        care = self.journeys.care
        age = self.people.age(care.child[rows], month)
        months = month - care.start[rows]
        likely = np.where((age < 96) & (months >= 8), 1.0 / (1 + np.maximum(age - 36, 0) / 12), 0.0)
        chosen = rows[pick(self.rng, likely, min(adopted, count))]
        care.finish(chosen, month, ADOPTED)
        adult = rows[age >= ADULT]
        left = count - len(chosen)
        late = adult[left:]  # more turn 18 than leave: their birthdays move on a month
        self.people.birth[care.child[late]] += 1
        care.finish(adult[:left], month, GREW_UP)
        left -= len(adult[:left])
        rest = np.setdiff1d(rows, np.concatenate([chosen, adult]))
        young = self.people.age(care.child[rest], month) < 180
        likely = weigh(month - care.start[rest], (1, 6, 12, 24), (0.1, 2.6, 1.8, 1.1, 0.35))
        care.finish(rest[pick(self.rng, likely * np.where(young, 1.0, 0.5), left)], month, CLOSED)

    def _enter_care(self, month: int) -> None:
        care, at = self.journeys.care, int(place(month))
        alone = int(self.counts.alone.starts[at])
        aged = draw_ages(self.rng, alone, _ALONE_AGES)
        care.begin(self.people.add(self.rng, month - aged, 0.88, _ALONE_ETHNICITY, 0.0), month, ALONE)
        count = int(self.counts.care.starts[at]) - alone
        born = int(self.rng.binomial(count, _CARE_FROM_BIRTH))
        care.begin(self.people.add(self.rng, np.full(born, month)), month)
        count -= born
        plans, need = self.journeys.plans, self.journeys.need
        from_plan = self._choose(plans, round(_CARE_FROM_PLAN * count), month, 9.0)
        plans.finish(from_plan, month, TO_CARE)
        care.begin(plans.child[from_plan], month, FROM_PLAN)
        from_need = self._choose(need, round(_CARE_FROM_NEED * count), month, 25.0)
        need.finish(from_need, month, TO_CARE)
        care.begin(need.child[from_need], month, FROM_NEED)
        care.begin(self._newcomers(month, count - len(from_plan) - len(from_need), youngest=0), month)

    def _choose(self, episodes: Episodes, count: int, month: int, babies: float = 2.0) -> Integers:
        """Open episodes to be followed by something graver: of children under 17½, babies the likeliest."""
        rows = episodes.open_rows()
        age = self.people.age(episodes.child[rows], month)
        likely = np.where(age < 9, babies, 1.0) * (age < ADULT - 6) * (age >= 0)
        return rows[pick(self.rng, likely, count)]

    # --- plans and need ---------------------------------------------------------------------------

    def _end_plans(self, month: int) -> Integers:
        """End the month's plans (those that led to care have ended already); the children who step down."""
        plans = self.journeys.plans
        count = int(self.counts.plans.ends[place(month)]) - int((plans.end == month).sum())
        rows = plans.open_rows()
        months = month - plans.start[rows]
        likely = weigh(months, (1, 3, 6, 12, 27), (0.27, 0.62, 0.33, 1.15, 1.45, 6.0))
        ended = self._close(plans, rows, likely, count, month)
        young = ended[self.people.age(plans.child[ended], month) < ADULT - 3]
        return plans.child[young[self.rng.random(len(young)) < _STEPPED_DOWN]]

    def _close(self, episodes: Episodes, rows: Integers, likely: Floats, count: int, month: int) -> Integers:
        """End so many episodes, those of young people turned 18 first; their rows."""
        adult = self.people.age(episodes.child[rows], month) >= ADULT
        chosen = rows[pick(self.rng, np.where(adult, 1e6, likely), count)]
        episodes.finish(chosen, month, CLOSED)
        grown = chosen[self.people.age(episodes.child[chosen], month) >= ADULT]
        episodes.finish(grown, month, GREW_UP)
        late = np.setdiff1d(rows[adult], chosen)
        self.people.birth[episodes.child[late]] += 1
        return chosen

    def _start_plans(self, month: int) -> None:
        plans, need = self.journeys.plans, self.journeys.need
        count = int(self.counts.plans.starts[place(month)])
        rows = self._choose(need, round(_PLANS_FROM_NEED * count), month)
        need.finish(rows, month, TO_PLAN)
        plans.begin(need.child[rows], month, FROM_NEED)
        plans.begin(self._newcomers(month, count - len(rows)), month)

    def _start_need(self, month: int, stepped_down: Integers) -> None:
        need = self.journeys.need
        count = int(self.counts.need.starts[place(month)])
        down = stepped_down[:count]
        need.begin(down, month, FROM_PLAN)
        need.begin(self._newcomers(month, count - len(down)), month)

    def _end_need(self, month: int) -> None:
        """End the episodes of the month; those that led to a plan or to care have ended already."""
        need = self.journeys.need
        count = int(self.counts.need.ends[place(month)]) - int((need.end == month).sum())
        rows = need.open_rows()
        rows = rows[need.start[rows] < month]
        likely = weigh(month - need.start[rows], (3, 6, 12, 24), (1.2, 1.1, 0.8, 0.5, 0.22))
        likely = likely * np.where(self.people.disabled[need.child[rows]] == 1, 0.15, 1.0)
        self._close(need, rows, likely, count, month)

    def _newcomers(self, month: int, count: int, youngest: int = -4) -> Integers:
        """Children referred in the last three months who are in none of the three; new ones if too few."""
        recent = (self.referred_in > month - 3) & (self.referred_in <= month)
        children = np.unique(self.referred[recent])
        busy = [each.child[each.open_rows()] for each in vars(self.journeys).values()]
        free = children[without(children, self.used, *busy)]
        age = self.people.age(free, month)
        free = free[(age < ADULT - 6) & (age >= youngest)]
        chosen = free[pick(self.rng, np.ones(len(free)), count)]
        ages = draw_ages(self.rng, count - len(chosen), AGES).clip(max(youngest, 0), ADULT - 8)
        chosen = np.append(chosen, self.people.add(self.rng, month - ages))
        self.used = np.append(self.used, chosen)
        return np.asarray(chosen)
