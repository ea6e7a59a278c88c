"""Whom a measure of the board dataset is set beside: what was known of England and the neighbours then."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.indicators import ComparatorRule
from dashboard.known import differ
from dashboard.page_parts import Measure
from dashboard.periods import Grain, Period
from dashboard.store import Observation, Store
from dashboard.vocabulary import Basis

#: In the order in which the board's paper prints them, and how they are called in a line of words.
NATIONAL = {"england": "England", "statistical-neighbours": "neighbours"}
_OLD = 24  # months after which a figure is no longer what is known of the time
_GRAINS = (Grain.YEAR, Grain.MONTH)


@dataclass(frozen=True)
class Beside:
    """A comparator's figure as known on a day, and what has become of it since."""

    slug: str  # of NATIONAL
    name: str
    observation: Observation
    now: Observation  # as published last
    rule: ComparatorRule | None  # why it is not like for like; None if it is

    @property
    def is_changed(self) -> bool:
        """Whether it has been published again with another number."""
        return differ(self.observation, self.now)


@lru_cache(maxsize=4096)
def find_beside(store: Store, measure: Measure, end: int, known_on: str) -> tuple[Beside, ...]:
    """The latest figure of each comparator, of a year up to the month `end`, that was out on a day.

    Where none of either was out, or only old ones, those that came out since.
    """
    then = tuple(_find(store, measure, end, known_on))
    if any(end - each.observation.period.end_index <= _OLD for each in then):
        return then
    return tuple(_find(store, measure, end, ""))


def _find(store: Store, measure: Measure, end: int, known_on: str) -> Iterator[Beside]:
    indicator = store.indicators[measure.indicator]
    for slug, name in NATIONAL.items():
        if slug not in store.areas:
            continue
        for period in _list_periods(store, measure, slug, end):
            found = _known(store, measure, slug, period, known_on)
            if found:
                rule = indicator.rule_for(measure.statistic, slug, Basis.OFFICIAL)
                yield Beside(slug, name, *found, rule)
                break


def _list_periods(store: Store, measure: Measure, slug: str, end: int) -> list[Period]:
    """The periods for which any area that may stand for a comparator holds a figure, latest first."""
    areas = [area.slug for area in store.areas if slug in (area.slug, area.shown_as)]
    found = {
        period
        for area in areas
        for grain in _GRAINS
        for period in store.series(measure.indicator, measure.statistic, area, Basis.OFFICIAL, grain).periods
        if period.end_index <= end
    }
    return sorted(found, key=lambda period: (period.end_index, period.months), reverse=True)


def _known(
    store: Store, measure: Measure, slug: str, period: Period, known_on: str
) -> tuple[Observation, Observation] | None:
    """A figure as known on a day (on any, if blank) and as published last; None if none was out."""
    for area in store.areas.standing_for(slug, period):
        line = measure.indicator, measure.statistic, area, Basis.OFFICIAL, period
        versions = [each for each in _list_versions(store, *line) if each.value is not None]
        out = [each for each in versions if not known_on or each.published_on <= known_on]
        if out:
            return out[-1], versions[-1]
    return None


def _list_versions(
    store: Store, indicator: str, statistic: str, area: str, basis: str, period: Period
) -> tuple[Observation, ...]:
    """Everything that was published of one figure, first to last."""
    latest = store.at(indicator, statistic, area, basis, period)
    return (*store.replaced(indicator, statistic, area, basis, period), *((latest,) if latest else ()))
