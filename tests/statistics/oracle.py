"""The rules of process charts once more, slow and obvious, in plain Python and from their wording alone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Slow(NamedTuple):
    """A mean, an average moving range, and limits."""

    mean: float
    moving_range: float
    lower: float
    upper: float


def measure_slowly(values: Sequence[float], *, screened: bool = True) -> Slow:
    """An XmR chart: every range by hand, one screening pass at 3.267, limits at 2.66."""
    mean = sum(values) / len(values)
    ranges = [abs(values[place] - values[place - 1]) for place in range(1, len(values))]
    average = sum(ranges) / len(ranges)
    if screened:
        kept = [each for each in ranges if each < 3.267 * average]
        if any(kept):
            average = sum(kept) / len(kept)
    return Slow(mean, average, mean - 2.66 * average, mean + 2.66 * average)


def list_rules(values: Sequence[float | None], slow: Slow, shift: int = 7, trend: int = 7) -> list[set[str]]:
    """Which rules each point is part of: every window of points is looked at on its own."""
    found: list[set[str]] = [set() for _ in values]
    for place, value in enumerate(values):
        if value is not None and (value > slow.upper or value < slow.lower):
            found[place].add("outside_limits")
    for window, points in _windows(values, shift):
        if all(point > slow.mean for point in points) or all(point < slow.mean for point in points):
            _mark(found, window, "shift")
    for window, points in _windows(values, trend):
        pairs = list(pairwise(points))
        if all(later > earlier for earlier, later in pairs) or all(
            later < earlier for earlier, later in pairs
        ):
            _mark(found, window, "trend")
    for window, points in _windows(values, 3):
        for sign in (1, -1):
            heights = [sign * (point - slow.mean) for point in points]
            reach = slow.upper - slow.mean
            if all(height > 0 for height in heights):
                close = [p for p, h in zip(window, heights, strict=True) if reach * 2 / 3 < h <= reach]
                if len(close) >= 2:
                    _mark(found, close, "two_of_three")
    return found


def _windows(values: Sequence[float | None], length: int) -> list[tuple[list[int], list[float]]]:
    """All runs of so many places that all have a number, with their numbers."""
    windows = []
    for start in range(len(values) - length + 1):
        places = list(range(start, start + length))
        points = [value for place in places if (value := values[place]) is not None]
        if len(points) == length:
            windows.append((places, points))
    return windows


def _mark(found: list[set[str]], places: Sequence[int], rule: str) -> None:
    for place in places:
        found[place].add(rule)
