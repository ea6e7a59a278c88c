"""Labels set one above the other without touching, each as near its own place as can be."""

from collections.abc import Sequence
from itertools import pairwise


def push_apart(places: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Where the middles of labels go so that none overlaps another and all lie between `low` and `high`.

    The sum of the squares of the moves is the least there is (isotonic regression: labels that would
    overlap are pooled, and a pool stands where its members' wishes average out). If the labels
    need more room than there is they overlap evenly.
    """
    if not places:
        return []
    order = sorted(range(len(places)), key=lambda index: places[index])
    steps = _steps([heights[index] for index in order])
    half_first, half_last = heights[order[0]] / 2, heights[order[-1]] / 2
    room = high - low - half_first - half_last
    if steps[-1] > room:
        steps = [step * max(room, 0.0) / steps[-1] for step in steps]
    wishes = [places[index] - step for index, step in zip(order, steps, strict=True)]
    first, last = low + half_first, max(low + half_first, high - half_last - steps[-1])
    settled = [min(max(level, first), last) for level in _pool(wishes)]
    moved = [0.0] * len(places)
    for index, level, step in zip(order, settled, steps, strict=True):
        moved[index] = level + step
    return moved


def _steps(heights: Sequence[float]) -> list[float]:
    """How far each middle is below the first, if all stand as close as they may."""
    steps = [0.0]
    for above, below in pairwise(heights):
        steps.append(steps[-1] + (above + below) / 2)
    return steps


def _pool(wishes: Sequence[float]) -> list[float]:
    """The never-falling numbers nearest to the wishes, in least squares."""
    pools: list[tuple[float, int]] = []
    for wish in wishes:
        pools.append((wish, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (above, many), (below, more) = pools[-2:]
            pools[-2:] = [((above * many + below * more) / (many + more), many + more)]
    return [level for level, size in pools for _ in range(size)]
