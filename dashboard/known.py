"""The figures of a release as they were known on a day: nothing published later, and what stood then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.cubes import NOT_HELD, STATUSES, Cells
from dashboard.periods import Grain
from dashboard.series import Observation, period_of
from dashboard.store import Store
from dashboard.vocabulary import Basis, Statistic, Status

_GONE = -1  # what lies behind no cell any more
_COLUMNS = (
    *("values", "numerators", "denominators", "symbols", "statuses"),
    *("decimals", "precisions", "bases", "sources", "published"),
)
_MADE_UP = STATUSES.index(Status.ILLUSTRATIVE)


@lru_cache(maxsize=8)
def as_known(store: Store, day: str) -> Store:
    """The same release without what was published after a day such as "2021-02-28".

    Where a figure was published again later, the one that stood then stands. Simulated figures stay: nobody
    ever published them.
    """
    cells, blocks = store.arrays
    return Store(
        turn_back(cells, day),
        blocks,
        release=store.release,
        indicators=store.indicators,
        characteristics=store.characteristics,
        areas=store.areas,
        sources=store.sources,
        targets=store.targets,
        folder=store.folder,
        protection=store.protection,
        records=store.records,
        known_on=day,
    )


def turn_back(cells: Cells, day: str) -> Cells:
    """The cells as they stood at the end of a day."""
    size = len(cells.values) - len(cells.replaced)
    dates = np.array(cells.published_dates or ("",))
    held = (cells.statuses != NOT_HELD) & (cells.statuses != _MADE_UP)
    late = held & (dates > day)[cells.published]
    behind = np.arange(size, len(cells.values))
    is_out = ~late[size:]
    stood = late[cells.replaced] & is_out & (cells.replaced != _GONE)
    origin = np.arange(len(cells.values))
    origin[cells.replaced[stood]] = behind[stood]  # of several that stood, the last
    moved = np.isin(behind, origin[:size])
    columns: dict[str, Any] = {name: getattr(cells, name)[origin] for name in _COLUMNS}
    columns["statuses"][late & (origin == np.arange(len(origin)))] = NOT_HELD
    return replace(cells, replaced=np.where(is_out & ~moved, cells.replaced, _GONE), **columns)


def find_day(store: Store, end: int) -> str:
    """The day on which a paper first gave a figure for a period that ends with a month; blank if none did.

    What the board knew of a period when it met is what was out on that day.
    """
    return _list_days(store).get(end, "")


@lru_cache(maxsize=4)
def _list_days(store: Store) -> dict[int, str]:
    """The first day for each month that a printed figure's period ends with."""
    cells, blocks = store.arrays
    size = len(cells.values) - len(cells.replaced)
    ends = np.zeros(size, dtype=np.int64)
    for (*_, grain), block in blocks.items():
        own = [period_of(Grain(grain), block.first + place).end_index for place in range(block.length)]
        ends[block.start : block.start + block.size] = np.tile(own, block.size // block.length)
    printed = cells.statuses == STATUSES.index(Status.AS_PUBLISHED)
    found = np.stack([np.concatenate([ends, ends[cells.replaced]]), cells.published])[:, printed]
    days: dict[int, str] = {}
    for end, place in np.unique(found, axis=1).T.tolist():
        days[end] = min(days.get(end, "9999"), cells.published_dates[place])
    return days


@dataclass(frozen=True)
class Restated:
    """A figure that was published twice with different numbers: as first, and as last."""

    area: str
    first: Observation
    last: Observation


def list_restated(
    store: Store, indicator: str, statistic: Statistic, areas: Iterable[str], basis: Basis, end: int
) -> tuple[Restated, ...]:
    """The figures up to a month that have been published again with another number, the latest first."""
    found = []
    for area in areas:
        for grain in Grain:
            for last in store.series(indicator, statistic, area, basis, grain):
                earlier = store.replaced(indicator, statistic, area, basis, last.period)
                told = [each for each in earlier if differ(each, last)]
                if told and last.period.end_index <= end:
                    found.append(Restated(area, told[0], last))
    return tuple(sorted(found, key=lambda each: -each.last.period.end_index))


def differ(one: Observation, other: Observation) -> bool:
    """Whether two numbers differ, at the precision at which both are known."""
    if one.value is None or other.value is None or not (one.is_exact and other.is_exact):
        return False
    decimals = min(one.decimals, other.decimals)
    return abs(one.value - other.value) > 0.5001 * 10.0**-decimals
