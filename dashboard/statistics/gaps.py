"""Times between events, for counts so small that most periods have none."""

from math import log

import numpy as np

from dashboard.statistics.limits import Array
from dashboard.statistics.processes import Limits, Method, PointState, Span, Subject
from dashboard.statistics.spans import Stretch
from dashboard.statistics.validity import FEWEST_FIRM, FEWEST_LIMITS, is_few
from dashboard.vocabulary import Kind

#: How often chance alone makes a time beyond the limit: as often as beyond three standard deviations.
_CHANCE = 0.00135


def has_times_between(subject: Subject, values: Array) -> bool:
    """Whether a series counts events so rare that the time between them says more than their number.

    Fewer than half of the periods have any, and there are enough times between them for limits.
    """
    known = values[~np.isnan(values)]
    rare = subject.kind is Kind.FLOW and is_few(subject, values) and bool(np.mean(known > 0) < 1 / 2)
    return rare and len(find_gaps(values, Stretch(0, len(values)))) >= FEWEST_LIMITS


def find_gaps(values: Array, stretch: Stretch) -> tuple[tuple[int, int], ...]:
    """Each place of a stretch with an event, and how many periods after the event before it.

    Only between events with a known number at every place from the one to the other.
    """
    gaps: list[tuple[int, int]] = []
    before: int | None = None
    for place in range(stretch.first, stretch.end):
        if np.isnan(values[place]):
            before = None
        elif values[place] > 0:
            if before is not None:
                gaps.append((place, place - before))
            before = place
    return tuple(gaps)


def make_gap_span(values: Array, stretch: Stretch) -> tuple[Span, tuple[PointState, ...]]:
    """The span of a stretch as times between events, with a point for each event that follows another.

    Raises `ValueError` if its limit was fixed by too few points.
    """
    gaps = find_gaps(values, stretch)
    baseline = [gap for place, gap in gaps if stretch.fixed is None or place < stretch.fixed]
    count = len(baseline)
    if count < FEWEST_LIMITS:
        if stretch.fixed is not None:
            raise ValueError(f"limits can be fixed after {FEWEST_LIMITS} times, and there are {count}")
        reason = f"Too few times between events for a limit: there are {count}, and it needs {FEWEST_LIMITS}."
        instead = "The times are shown on a plain line."
        span = Span(stretch.first, stretch.last, Method.VALUES, count, reason=reason, instead=instead)
        return span, tuple(PointState(place, float(gap)) for place, gap in gaps)
    limits = _measure(baseline)
    span = Span(
        first=stretch.first,
        last=stretch.last,
        method=Method.TIME_BETWEEN,
        count=count,
        trial=count < FEWEST_FIRM,
        centre=limits.centre,
        limits=limits,
        fixed_from=stretch.fixed,
    )
    return span, tuple(PointState(place, float(gap), limits=limits) for place, gap in gaps)


def tell_open_time(values: Array) -> str:
    """How long it has been since the last event, which is no point yet; blank if it is the last period."""
    since = 0
    for value in reversed(values.tolist()):
        if value != 0:
            break
        since += 1
    if since == 0:
        return ""
    return (
        f"The time since the last event, {since} {'period' if since == 1 else 'periods'}, is not yet a point."
    )


def _measure(gaps: list[int]) -> Limits:
    """The median, and the time that one in 740 would exceed if all periods were alike."""
    mean = float(np.mean(gaps))
    upper = log(_CHANCE) / log(1 - 1 / mean) if mean > 1 else 1.0
    centre = float(np.median(gaps))
    return Limits(centre, 0.0, upper, 0.0, upper, 0.0, upper, 0.0, upper)
