"""The stretches that a series is cut into where limits were based anew, and the limits of each."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from dashboard.statistics.limits import Array, Bounds, Measured, measure_laney, measure_xmr
from dashboard.statistics.processes import Act, ActKind, Limits, Method, Rules, Span, Subject
from dashboard.statistics.validity import FEWEST_FIRM, FEWEST_LIMITS, Verdict, judge_stretch, read_parts


class Stretch(NamedTuple):
    """Places from `first` to before `end`; limits come from those before `fixed`, where they were fixed."""

    first: int
    end: int
    fixed: int | None = None

    @property
    def last(self) -> int:
        """Its last place."""
        return self.end - 1

    @property
    def baseline(self) -> slice:
        """The places that its centre and limits come from."""
        return slice(self.first, self.end if self.fixed is None else self.fixed)

    @property
    def places(self) -> slice:
        """All its places."""
        return slice(self.first, self.end)


def cut_stretches(length: int, acts: Sequence[Act]) -> tuple[Stretch, ...]:
    """The stretches of so many places, as the recorded acts cut them.

    Raises `ValueError` for an act outside the series, two at one place, or limits fixed twice.
    """
    places = [act.place for act in acts]
    if any(not 0 < place < length for place in places):
        raise ValueError(f"limits are based anew or fixed between the points, of which there are {length}")
    if len(set(places)) < len(places):
        raise ValueError("limits are based anew or fixed once at a place")
    if length == 0:
        return (Stretch(0, 0),)
    edges = sorted({0, length, *(act.place for act in acts if act.kind is ActKind.REBASE)})
    stretches = []
    for first, end in pairwise(edges):
        fixed = [act.place for act in acts if act.kind is ActKind.FIX and first < act.place < end]
        if len(fixed) > 1:
            raise ValueError("limits are fixed once, until they are based anew")
        stretches.append(Stretch(first, end, fixed[0] if fixed else None))
    return tuple(stretches)


def make_span(
    subject: Subject, values: Array, stretch: Stretch, rules: Rules, refusal: Verdict | None
) -> tuple[Span, tuple[Limits | None, ...]]:
    """The span of a stretch and the limits at each of its places.

    Raises `ValueError` if its limits were fixed by too few points.
    """
    baseline = values[stretch.baseline]
    count = int(np.sum(~np.isnan(baseline)))
    verdict = refusal or judge_stretch(subject, baseline, rules)
    if stretch.fixed is not None and refusal is None and count < FEWEST_LIMITS:
        raise ValueError(f"limits can be fixed after {FEWEST_LIMITS} points, and there are {count}")
    measured = _measure(subject, values, stretch, rules, verdict.method)
    size = stretch.end - stretch.first
    if measured is None:
        return _span_without_limits(baseline, stretch, verdict, count), (None,) * size
    one = measured.limits[0] if len(measured.limits) == 1 and verdict.method is Method.XMR else None
    span = Span(
        first=stretch.first,
        last=stretch.last,
        method=verdict.method,
        count=count,
        trial=count < FEWEST_FIRM,
        centre=measured.centre,
        average_moving_range=measured.ranges.used(rules.screened),
        unscreened_moving_range=measured.ranges.unscreened,
        limits=one,
        fixed_from=stretch.fixed,
    )
    every = (one,) * size if one else tuple(_known(each) for each in measured.limits)
    return span, every


def find_bounds(subject: Subject) -> Bounds:
    """How far limits are drawn at most: down to 0 where no value is below, up to 100 for percentages."""
    lowest = min((value for value in subject.values if value is not None), default=0.0)
    floor = 0.0 if lowest >= 0 else -np.inf
    return Bounds(floor, 100.0 if subject.is_percentage else np.inf)


def _measure(
    subject: Subject, values: Array, stretch: Stretch, rules: Rules, method: Method
) -> Measured | None:
    bounds = find_bounds(subject)
    if method is Method.XMR:
        return measure_xmr(values[stretch.baseline], screened=rules.screened, bounds=bounds)
    if method not in (Method.LANEY_P, Method.LANEY_U):
        return None
    parts = read_parts(subject)
    if parts is None:
        return None
    known = ~np.isnan(values[stretch.places])
    return measure_laney(
        np.where(known, parts.numerators[stretch.places], np.nan),
        np.where(known, parts.denominators[stretch.places], np.nan),
        per=subject.per,
        proportion=method is Method.LANEY_P,
        baseline=None if stretch.fixed is None else stretch.fixed - stretch.first,
        screened=rules.screened,
        bounds=bounds,
    )


def _span_without_limits(baseline: Array, stretch: Stretch, verdict: Verdict, count: int) -> Span:
    median = float(np.nanmedian(baseline)) if verdict.method is Method.RUN else None
    return Span(
        first=stretch.first,
        last=stretch.last,
        method=verdict.method,
        count=count,
        reason=verdict.reason,
        instead=verdict.instead,
        centre=median,
        fixed_from=stretch.fixed,
    )


def _known(limits: Limits) -> Limits | None:
    return None if np.isnan(limits.lower) else limits
