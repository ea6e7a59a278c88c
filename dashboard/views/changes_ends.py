"""The two ends that changes lie between: what was known at each, and what may be said of both."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from dashboard.catalogue import Indicator
from dashboard.page_parts import Line, Measure
from dashboard.periods import Grain, Period, month_at, parse
from dashboard.store import Observation, Store
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.explore import key_of
from dashboard.views.scene import Scene
from dashboard.views.shapes import Link, Tab
from dashboard.vocabulary import Basis, Polarity, Statistic, Status
from dashboard.words import say_way

#: Every way in which the council's own figures and the official ones are held, the shortest first.
LINES = (
    *(Line(Basis.LOCAL, Grain.MONTH), Line(Basis.LOCAL, Grain.QUARTER)),
    *(Line(Basis.OFFICIAL, Grain.YEAR), Line(Basis.LOCAL, Grain.YEAR)),
)
_QUARTERS = 4  # before the later end, of which each is offered as the earlier
_HELD = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class Ends:
    """The same choice as at two periods. Boards meet once a quarter: so far apart are they unless chosen."""

    scene: Scene  # as at the later end
    earlier: Scene

    @property
    def store(self) -> Store:
        """The figures of the release."""
        return self.scene.store

    @cached_property
    def told(self) -> tuple[str, str]:
        """The days by which the figures of either end were out: "2022-01-31"."""
        first, last = (find_told(self.store, each.end) for each in (self.earlier, self.scene))
        return first, last

    def is_told_between(self, observation: Observation) -> bool:
        """Whether a figure came out after those of the earlier end, and no later than those of the later."""
        return self.told[0] < observation.published_on <= self.told[1]

    def is_after(self, period: Period) -> bool:
        """Whether a period ended after the earlier end."""
        return period.end_index > self.earlier.end

    def link(self, indicator: Indicator) -> Link:
        """The way to a measure's page as at the later end."""
        return Link(indicator.title, self.scene.selection.on(key_of(indicator.id)).address())

    def find_pair(self, chosen: Chosen) -> tuple[Observation, Observation] | None:
        """What stood at the earlier end and what stands at the later: both exact and as real; else None."""
        latest = chosen.latest
        held = (*chosen.before, *chosen.observations)
        until = [each for each in held if not self.is_after(each.period)]
        if not until or not self.is_after(latest.period):
            return None
        earlier = until[-1]
        stale = self.earlier.end - earlier.period.end_index >= chosen.step
        if stale or not (latest.is_exact and earlier.is_exact):
            return None
        return (earlier, latest) if is_simulated(earlier) == is_simulated(latest) else None


def find_ends(scene: Scene) -> Ends:
    """The two ends of a choice: the period, and the one it is counted from, or the quarter before.

    A year as the earlier end is its last quarter, which ends on the same day.
    """
    since = scene.selection.since
    earlier = parse(since) if since else scene.period.quarter.previous()
    earlier = earlier if earlier.grain is Grain.MONTH else earlier.quarter
    return Ends(scene, replace(scene, selection=scene.selection.choosing(period=earlier.code)))


def offer_ends(ends: Ends) -> tuple[Tab, ...]:
    """The earlier ends that may be chosen: each of the four quarters before, and what was chosen instead."""
    selection, quarter = ends.scene.selection, ends.scene.period.quarter
    first = ends.store.periods(tuple(ends.store.indicators))[0].end_index
    offered = [quarter.shifted(-number) for number in range(1, _QUARTERS + 1)]
    offered = [each for each in offered if each.end_index >= first]
    chosen = ends.earlier.period
    if chosen.end_index not in {each.end_index for each in offered}:
        offered.append(chosen)
    year = quarter.shifted(-_QUARTERS)
    return tuple(
        Tab(
            f"{each.label}, a year before" if each == year else each.label,
            selection.choosing(since="" if each == quarter.previous() else each.code).address(),
            each.end_index == chosen.end_index,
        )
        for each in offered
    )


def keep_alike(chosen: Chosen) -> Chosen:
    """The figures that are as real as the latest: nothing is usual for real and simulated ones together."""
    real = is_simulated(chosen.latest)

    def keep(held: tuple[Observation, ...]) -> tuple[Observation, ...]:
        return tuple(each for each in held if is_simulated(each) == real)

    return replace(chosen, observations=keep(chosen.observations), before=keep(chosen.before))


def say_good(polarity: Polarity, better: bool | None = None) -> str:
    """Which way is good, and whether it went there: " Lower is better, so that is not good."; else blank."""
    if polarity is Polarity.NEUTRAL:
        return ""
    way = say_way(polarity).removesuffix(".")
    return f" {way}." if better is None else f" {way}, so that is {'good' if better else 'not good'}."


# --- when figures came out ------------------------------------------------------------------------


def find_told(store: Store, end: int) -> str:
    """The day by which figures up to a month were out: its last, or that of a later report on them."""
    reports = [day for day, last in _list_reports(store) if last <= end]
    return max([month_at(end).end.isoformat(), *reports])


@lru_cache(maxsize=8)
def _list_reports(store: Store) -> tuple[tuple[str, int], ...]:
    """Each day on which real figures of the council's own came out, with the last month they are of."""
    last: dict[str, int] = {}
    for _, held in list_totals(store, store.areas.county.slug, (Basis.LOCAL,)):
        for each in held:
            if each.published_on and not is_simulated(each) and each.status is not Status.REVISED:
                last[each.published_on] = max(last.get(each.published_on, 0), each.period.end_index)
    return tuple(last.items())


def list_totals(
    store: Store, area: str, bases: Collection[Basis] = tuple(Basis)
) -> Iterator[tuple[Measure, tuple[Observation, ...]]]:
    """Every series of an area that is not of a category, with how it is held."""
    for indicator in store.indicators.values():
        for statistic in indicator.statistics:
            for basis in bases:
                for grain in _HELD:
                    held = tuple(store.series(indicator.id, Statistic(statistic), area, basis, grain))
                    if held:
                        yield Measure(indicator.id, statistic, (Line(basis, grain),)), held
