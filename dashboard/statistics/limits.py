"""Centres and limits of process charts, from the ranges between one point and the next."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.statistics.processes import Limits

Array = npt.NDArray[np.float64]

#: Limits lie this many average moving ranges from the mean: 3 / 1.128, as tables print it.
TO_LIMIT = 2.66
#: A moving range this many times their average is no part of ordinary variation (Nelson 1982).
SCREEN = 3.267
#: The average moving range of points one standard deviation wide.
TO_SIGMA = 1.128


class Ranges(NamedTuple):
    """The average moving range, with and without the ranges that screening leaves out."""

    screened: float
    unscreened: float

    def used(self, screened: bool) -> float:
        """The one that the limits come from."""
        return self.screened if screened else self.unscreened


class Bounds(NamedTuple):
    """How far limits are drawn at most: where the numbers themselves end."""

    floor: float = -np.inf
    ceiling: float = np.inf


class Measured(NamedTuple):
    """A centre, the ranges that limits come from, and the limits at each place, or one for all places."""

    centre: float
    ranges: Ranges
    limits: tuple[Limits, ...]


def average_ranges(values: Array) -> Ranges | None:
    """The average moving range of consecutive points; None where no two of them are consecutive.

    `values` has NaN where there is no number: no range is taken across it. Screening is done once, and not at
    all where it would leave nothing but ranges of 0: limits upon the mean would make every point a signal.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return None
    average = float(ranges.mean())
    kept = ranges[ranges < SCREEN * average]
    return Ranges(float(kept.mean()) if kept.any() else average, average)


def measure_xmr(
    values: Sequence[float | None] | Array, *, screened: bool = True, bounds: Bounds | None = None
) -> Measured | None:
    """The limits of an XmR chart, the same at every point; None without two consecutive points."""
    column = as_array(values)
    ranges = average_ranges(column)
    if ranges is None:
        return None
    centre = float(np.nanmean(column))
    reach = Ranges(*(TO_LIMIT * each for each in ranges))
    return Measured(centre, ranges, (make_limits(centre, reach, screened, bounds or Bounds()),))


def measure_laney(
    numerators: Sequence[float | None] | Array,
    denominators: Sequence[float | None] | Array,
    *,
    per: float = 100.0,
    proportion: bool,
    baseline: int | None = None,
    screened: bool = True,
    bounds: Bounds | None = None,
) -> Measured | None:
    """Laney's limits: p′ of a proportion, u′ of a rate, times `per`; None without two consecutive points.

    The ranges are those of the points in standard deviations, as chance alone would have them. The centre
    and ranges come from the first `baseline` points, of all of them where it is None. Limits are NaN where
    there is no denominator.
    """
    tops, bases = as_array(numerators), as_array(denominators)
    start = slice(None, baseline)
    known = ~(np.isnan(tops[start]) | np.isnan(bases[start]))
    centre = float(tops[start][known].sum() / bases[start][known].sum())
    variance = centre * (1 - centre) if proportion else centre
    deviations = np.sqrt(variance / bases)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(deviations > 0, (tops / bases - centre) / deviations, 0.0 * tops)
    ranges = average_ranges(scores[start])
    if ranges is None:
        return None
    limits = []
    for deviation in deviations.tolist():
        reach = Ranges(*(3 * per * deviation * each / TO_SIGMA for each in ranges))
        limits.append(make_limits(per * centre, reach, screened, bounds or Bounds()))
    return Measured(per * centre, ranges, tuple(limits))


def make_limits(centre: float, reach: Ranges, screened: bool, bounds: Bounds) -> Limits:
    """Limits so far from a centre on both sides."""
    used = reach.used(screened)
    lower, upper = centre - used, centre + used
    return Limits(
        centre=centre,
        lower=lower,
        upper=upper,
        screened_lower=centre - reach.screened,
        screened_upper=centre + reach.screened,
        unscreened_lower=centre - reach.unscreened,
        unscreened_upper=centre + reach.unscreened,
        drawn_lower=min(max(lower, bounds.floor), bounds.ceiling),
        drawn_upper=max(min(upper, bounds.ceiling), bounds.floor),
    )


def as_array(values: Sequence[float | None] | Array) -> Array:
    """Values as numbers, NaN where there is none."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
