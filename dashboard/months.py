"""The months at which the twelve that a page shows can end."""

from functools import lru_cache

from dashboard.page_parts import PageDeclaration
from dashboard.periods import Grain, Period, between
from dashboard.store import Observation, Store
from dashboard.vocabulary import Basis, Status

#: How many months a page of months shows.
SHOWN = 12


def window_to(last: Period) -> tuple[Period, ...]:
    """The twelve months that end with a given one, first to last."""
    return tuple(between(last.shifted(1 - SHOWN), last))


def quarter_by(month: Period) -> Period:
    """The last quarter that had ended by the end of a month: as at which other pages can be shown."""
    return month.quarter if month.end_index == month.quarter.end_index else month.quarter.previous()


@lru_cache(maxsize=64)
def offered_months(store: Store, page: PageDeclaration) -> tuple[Period, ...]:
    """The months from the first to the last for which the county holds a measure of a page, latest first."""
    held = [each.period for line in _lines(store, page) for each in line]
    if not held:
        return ()
    first, last = min(held, key=lambda each: each.index), max(held, key=lambda each: each.index)
    return tuple(reversed(tuple(between(first, last))))


@lru_cache(maxsize=64)
def usual_month(store: Store, page: PageDeclaration) -> Period | None:
    """The last month for which most measures of a page are published, not simulated; else the last of all."""
    lines = _lines(store, page)
    for month in offered_months(store, page):
        published = sum(any(each.period == month and _is_published(each) for each in line) for line in lines)
        if 2 * published > len(lines):
            return month
    return next(iter(offered_months(store, page)), None)


def _is_published(observation: Observation) -> bool:
    return observation.value is not None and observation.status is not Status.ILLUSTRATIVE


@lru_cache(maxsize=64)
def _lines(store: Store, page: PageDeclaration) -> tuple[tuple[Observation, ...], ...]:
    county = store.areas.county.slug
    return tuple(
        tuple(store.series(each.indicator, each.statistic, county, Basis.LOCAL, Grain.MONTH))
        for each in page.listed
    )
