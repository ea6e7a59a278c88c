"""What the points of a chart say: the rules they show, whether that is good, and if a target is in reach."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard.statistics.limits import Array, as_array
from dashboard.statistics.processes import (
    Assurance,
    Limits,
    Method,
    PointState,
    Rule,
    Rules,
    Side,
    Span,
    Subject,
    Variation,
)
from dashboard.statistics.rules import compare, find_outside, find_shifts, find_trends, find_two_of_three
from dashboard.vocabulary import Polarity

_TESTED = {
    Method.VALUES: frozenset[Rule](),
    Method.RUN: frozenset({Rule.SHIFT}),
    Method.TIME_BETWEEN: frozenset({Rule.OUTSIDE, Rule.SHIFT}),
}
_SIGNALS = {
    (Polarity.NEUTRAL, Side.HIGH): Variation.NEUTRAL_HIGH,
    (Polarity.NEUTRAL, Side.LOW): Variation.NEUTRAL_LOW,
    (Polarity.HIGH_IS_GOOD, Side.HIGH): Variation.IMPROVEMENT_HIGH,
    (Polarity.HIGH_IS_GOOD, Side.LOW): Variation.CONCERN_LOW,
    (Polarity.LOW_IS_GOOD, Side.HIGH): Variation.CONCERN_HIGH,
    (Polarity.LOW_IS_GOOD, Side.LOW): Variation.IMPROVEMENT_LOW,
}
_OPPOSITE = {
    Polarity.HIGH_IS_GOOD: Polarity.LOW_IS_GOOD,
    Polarity.LOW_IS_GOOD: Polarity.HIGH_IS_GOOD,
    Polarity.NEUTRAL: Polarity.NEUTRAL,
}


def tested_rules(method: Method) -> frozenset[Rule]:
    """The rules that points of a chart are tested by."""
    return _TESTED.get(method, frozenset(Rule))


def judge_points(
    points: Sequence[PointState], span: Span, polarity: Polarity, rules: Rules
) -> tuple[PointState, ...]:
    """The points of one span with all that they show. Runs begin anew with the span.

    A signal lies where its point lies, above the centre or below it. A trend alone goes where it goes: six
    falls are a fall, however high they began.
    """
    if span.centre is None:
        return tuple(points)
    values = as_array([point.value for point in points])
    centre, lower, upper = _columns(points, span.centre)
    tested = tested_rules(span.method)
    trends = find_trends(values, rules.trend)
    flags = {
        Rule.OUTSIDE: find_outside(values, lower, upper),
        Rule.TREND: trends != 0,
        Rule.TWO_OF_THREE: find_two_of_three(values, centre, lower, upper),
        Rule.SHIFT: find_shifts(values, centre, rules.shift),
    }
    sides = compare(values, centre)
    judged = []
    for place, point in enumerate(points):
        found = tuple(rule for rule in Rule if rule in tested and flags[rule][place])
        way = trends[place] if found == (Rule.TREND,) else sides[place]
        side = (Side.HIGH if way > 0 else Side.LOW) if found else None
        variation = _find_variation(point, side, span.method, polarity)
        judged.append(replace(point, rules=found, side=side, variation=variation))
    return tuple(judged)


def assess(limits: Limits, target: float, polarity: Polarity) -> Assurance | None:
    """Whether a process within such limits meets a target; on a limit is hit or miss. None if neutral."""
    if polarity is Polarity.NEUTRAL:
        return None
    above, below = target > limits.upper, target < limits.lower
    if not above and not below:
        return Assurance.HIT_OR_MISS
    met = below if polarity is Polarity.HIGH_IS_GOOD else above
    return Assurance.ALWAYS_MEETS if met else Assurance.ALWAYS_MISSES


def assess_span(points: Sequence[PointState], span: Span, subject: Subject) -> Assurance | None:
    """The assurance that the latest limits of a span give; None where there are none, or no target."""
    known = [point.limits for point in points if point.limits]
    if subject.target is None or not known or span.method is Method.TIME_BETWEEN:
        return None
    return assess(known[-1], subject.target, subject.polarity)


def _columns(points: Sequence[PointState], centre: float) -> tuple[Array, Array, Array]:
    """Centre, lower and upper limit of each point; NaN where it has no limits."""
    limits = [point.limits for point in points]
    return (
        np.full(len(points), centre),
        as_array([each.lower if each else None for each in limits]),
        as_array([each.upper if each else None for each in limits]),
    )


def _find_variation(point: PointState, side: Side | None, method: Method, polarity: Polarity) -> Variation:
    """What one point says. Long times between events are good where few events are."""
    if point.value is None:
        return Variation.NOT_AVAILABLE
    if side is None:
        return Variation.NOT_AVAILABLE if method is Method.RUN else Variation.COMMON
    return _SIGNALS[_OPPOSITE[polarity] if method is Method.TIME_BETWEEN else polarity, side]
