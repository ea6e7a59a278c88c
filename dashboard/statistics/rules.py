"""The four rules: which points of one stretch of a series show a pattern that chance seldom makes.

Every function takes arrays of one length, NaN where there is no number. A point without a number, and one on
the centre itself, ends every run.
"""

import numpy as np
import numpy.typing as npt

from dashboard.statistics.limits import Array

Flags = npt.NDArray[np.bool_]
Sides = npt.NDArray[np.int_]  # 1 above or up, -1 below or down, 0 neither

#: How far towards a limit "close to it" begins.
NEAR = 2 / 3


def find_outside(values: Array, lower: Array, upper: Array) -> Flags:
    """Points beyond a limit; one on it is not."""
    return (values > upper) | (values < lower)


def find_shifts(values: Array, centre: Array, length: int) -> Flags:
    """Points of runs of at least so many on one side of the centre."""
    return _find_runs(compare(values, centre), length)


def find_trends(values: Array, length: int) -> Sides:
    """Points of runs of at least so many that only rise (1) or only fall (-1); equal neighbours end a run."""
    steps = compare(values[1:], values[:-1])
    steps[~_find_runs(steps, length - 1)] = 0
    found = np.zeros(len(values), dtype=np.int_)
    found[:-1] = steps
    found[1:] = np.where(steps != 0, steps, found[1:])
    return found


def find_two_of_three(values: Array, centre: Array, lower: Array, upper: Array) -> Flags:
    """Points close to a limit of which there are two among three in a row on one side of the centre.

    Close is beyond two thirds of the way to the limit and not beyond the limit.
    """
    sides = compare(values, centre)
    above = (values > centre + NEAR * (upper - centre)) & (values <= upper)
    below = (values < centre - NEAR * (centre - lower)) & (values >= lower)
    close = above | below
    found = np.zeros(len(values), dtype=np.bool_)
    for start in range(len(values) - 2):
        three = slice(start, start + 3)
        if abs(sides[three].sum()) == 3 and close[three].sum() >= 2:
            found[three] |= close[three]
    return found


def compare(values: Array, others: Array) -> Sides:
    """1 where a value is above the other, -1 where it is below, 0 where they are equal or not known."""
    return (values > others).astype(np.int_) - (values < others).astype(np.int_)


def _find_runs(sides: Sides, length: int) -> Flags:
    """Members of runs of at least so many equal sides, other than 0."""
    found = np.zeros(len(sides), dtype=np.bool_)
    start = 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if place - start >= length and sides[start] != 0:
                found[start:place] = True
            start = place
    return found
