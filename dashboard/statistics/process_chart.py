"""The process chart of a series: its limits if it has a right to any, and what its points say.

`make_process_chart` is all that a page needs; the words that it answers in are in `processes`.
"""

from collections.abc import Sequence

import numpy as np

from dashboard.statistics.captions import write_caption
from dashboard.statistics.gaps import has_times_between, make_gap_span, tell_open_time
from dashboard.statistics.judgement import assess_span, judge_points
from dashboard.statistics.limits import Array, as_array
from dashboard.statistics.processes import (
    Act,
    ActKind,
    Assurance,
    Limits,
    Method,
    PointState,
    ProcessChart,
    Rule,
    Rules,
    Side,
    Span,
    Subject,
    Variation,
)
from dashboard.statistics.spans import Stretch, cut_stretches, make_span
from dashboard.statistics.validity import Verdict, judge_series, list_cautions, read_parts, tell_trial

__all__ = [
    "Act",
    "ActKind",
    "Assurance",
    "Limits",
    "Method",
    "PointState",
    "ProcessChart",
    "Rule",
    "Rules",
    "Side",
    "Span",
    "Subject",
    "Variation",
    "make_process_chart",
]

_Part = tuple[Span, tuple[PointState, ...]]  # a span and its points
_USUAL = Rules()


def make_process_chart(subject: Subject, rules: Rules = _USUAL, acts: Sequence[Act] = ()) -> ProcessChart:
    """What may be said of a series: limits where it has a right to any, and why not where it has none.

    Raises `ValueError` for acts that cannot be: outside the series, or fixing limits after too few points.
    """
    values = find_values(subject)
    stretches = cut_stretches(len(values), acts)
    refusal = judge_series(subject)
    if refusal is None and has_times_between(subject, values):
        parts = [make_gap_span(values, stretch) for stretch in stretches]
    else:
        parts = [_make_part(subject, values, stretch, rules, refusal) for stretch in stretches]
    judged = [(span, judge_points(points, span, subject.polarity, rules)) for span, points in parts]
    return _assemble(subject, values, rules, acts, judged)


def find_values(subject: Subject) -> Array:
    """The values that are charted, NaN where there is none: unrounded where both their parts are known."""
    values = as_array(subject.values)
    parts = read_parts(subject)
    if parts is None:
        return values
    return np.where(np.isnan(values), np.nan, subject.per * parts.numerators / parts.denominators)


def _make_part(
    subject: Subject, values: Array, stretch: Stretch, rules: Rules, refusal: Verdict | None
) -> _Part:
    span, limits = make_span(subject, values, stretch, rules, refusal)
    charted = values[stretch.places].tolist()
    points = [
        PointState(
            place=place,
            value=None if np.isnan(value) else value,
            hidden=subject.hidden[place],
            limits=each,
        )
        for place, value, each in zip(range(stretch.first, stretch.end), charted, limits, strict=True)
    ]
    return span, tuple(points)


def _assemble(
    subject: Subject, values: Array, rules: Rules, acts: Sequence[Act], parts: Sequence[_Part]
) -> ProcessChart:
    span, points = parts[-1]
    last = points[-1] if points else None
    missing = _tell_missing(last) if span.limits or span.centre is not None else ""
    return ProcessChart(
        method=span.method,
        reason=span.reason or missing,
        instead=span.instead,
        cautions=_list_cautions(subject, values, span),
        trial=span.trial,
        spans=tuple(each for each, _ in parts),
        points=tuple(point for _, found in parts for point in found),
        variation=last.variation if last else Variation.NOT_AVAILABLE,
        assurance=assess_span(points, span, subject),
        alert=last is not None and last.is_signal,
        caption=write_caption(subject, span, rules, acts),
    )


def _tell_missing(last: PointState | None) -> str:
    """Why nothing is said of the last point, where the points before it have a centre."""
    if last is None or last.value is not None:
        return ""
    if last.hidden:
        return "The last number is hidden or rounded to protect children."
    return "There is no last number."


def _list_cautions(subject: Subject, values: Array, span: Span) -> tuple[str, ...]:
    """What a reader has to know before believing a signal at the end of a chart."""
    if span.method is Method.TIME_BETWEEN:
        told = (tell_trial(span.count, "times"), tell_open_time(values))
        return tuple(each for each in told if each)
    if span.method in (Method.VALUES, Method.RUN):
        return ()
    return list_cautions(subject, values[span.first : span.last + 1], span.count)
