"""When a process chart is not valid: why not, in plain English, and what to look at instead."""

from typing import NamedTuple

import numpy as np

from dashboard.statistics.limits import TO_LIMIT, Array, as_array, average_ranges
from dashboard.statistics.processes import Method, Rules, Subject
from dashboard.vocabulary import Kind, Statistic

#: Points from which there is a run chart, then limits (on trial), then limits that are firm.
FEWEST_RUN, FEWEST_LIMITS, FEWEST_FIRM = 7, 12, 20
_MOST_HIDDEN = 0.25  # of the points of which there is a number
_FEW = 5  # counts with a mean below this have no limits that mean anything
_MOSTLY = 3  # nor have counts of which most are this or fewer, with a limit below zero
_DEPENDENT = 0.5  # correlation of each point with the one before
_VARYING = 0.25  # coefficient of variation of denominators
_ROUNDED = 0.5 + 1e-6
_DIVIDED = (Statistic.PERCENTAGE, Statistic.RATE, Statistic.AVERAGE)

_PLAIN = "The values are shown on a plain line."
_TALLY = "The values are shown as a plain tally."
_WINDOW = "Look at the single periods that it is made of, on a chart of their own, with this line beside it."


class Parts(NamedTuple):
    """What values are made of, NaN where it is not known."""

    numerators: Array
    denominators: Array


class Verdict(NamedTuple):
    """What may be shown of a series or of a stretch of it; no reason where there may be limits."""

    method: Method
    reason: str = ""
    instead: str = ""


def judge_series(subject: Subject) -> Verdict | None:
    """Why no stretch of a series can have a process chart of any kind; None if one may."""
    if subject.kind is Kind.ROLLING_12_MONTHS:
        reason = "Each point covers twelve months and shares most of them with the point before it."
        return Verdict(Method.VALUES, f"{reason} No limits can be right.", _WINDOW)
    if subject.kind is Kind.YEAR_TO_DATE:
        reason = "Each point holds all that came before it in the year. No limits can be right."
        return Verdict(Method.VALUES, reason, _WINDOW)
    if hides_too_much(subject):
        hidden, known = _count_points(subject)
        told = f"{hidden} of {hidden + known} points are hidden or rounded to protect children"
        reason = f"{told}, more than a quarter."
        return Verdict(Method.VALUES, reason, "The others are shown on a plain line.")
    return None


def hides_too_much(subject: Subject) -> bool:
    """Whether so many of its points are hidden that the others do not say how it varies."""
    hidden, known = _count_points(subject)
    return hidden > _MOST_HIDDEN * (hidden + known)


def judge_stretch(subject: Subject, values: Array, rules: Rules) -> Verdict:
    """What may be shown of one stretch of a series; its values are NaN where there is no number."""
    known = int(np.sum(~np.isnan(values)))
    if known < FEWEST_RUN:
        return Verdict(
            Method.VALUES, f"Too few points: there are {known}, and a chart needs {FEWEST_RUN}.", _PLAIN
        )
    if is_few(subject, values):
        return Verdict(Method.VALUES, "The counts are too small for limits to mean anything.", _TALLY)
    if known < FEWEST_LIMITS:
        reason = f"Too few points for limits: there are {known}, and limits need {FEWEST_LIMITS}."
        return Verdict(Method.RUN, reason, "A run chart shows them with their median.")
    ranges = average_ranges(values)
    if ranges is None:
        return Verdict(Method.VALUES, "No two points follow one another, so none can be compared.", _PLAIN)
    if ranges.unscreened == 0:
        return Verdict(
            Method.VALUES, "The number does not vary, so there is nothing to draw limits from.", _PLAIN
        )
    if subject.whole_percent and (ranges.screened if rules.screened else ranges.unscreened) < 1:
        reason = (
            "The percentages are rounded to the whole per cent and move by less than one from point to point."
        )
        return Verdict(Method.VALUES, f"{reason} Limits would measure the rounding.", _PLAIN)
    return Verdict(find_method(subject))


def find_method(subject: Subject) -> Method:
    """Which limits a series of enough points has: from moving ranges, unless its denominators vary."""
    if subject.statistic is Statistic.COUNT or not has_varying_denominators(subject):
        return Method.XMR
    return Method.LANEY_P if subject.is_percentage else Method.LANEY_U


def has_varying_denominators(subject: Subject) -> bool:
    """Whether numerators and denominators are known of every value, and the denominators differ much."""
    parts = read_parts(subject)
    if parts is None:
        return False
    bases = parts.denominators[~np.isnan(as_array(subject.values))]
    return len(bases) > 1 and bool(bases.std(ddof=1) / bases.mean() > _VARYING)


def read_parts(subject: Subject) -> Parts | None:
    """The numerators and denominators of a series; None unless they are known of every value and make it.

    A printed value may differ by half of one, which is how percentages and rates are rounded.
    """
    if subject.statistic not in _DIVIDED or subject.numerators is None or subject.denominators is None:
        return None
    values = as_array(subject.values)
    tops, bases = as_array(subject.numerators), as_array(subject.denominators)
    bases = np.where(bases > 0, bases, np.nan)
    known = ~np.isnan(values)
    apart = np.abs(subject.per * tops[known] / bases[known] - values[known])
    return Parts(tops, bases) if known.any() and bool(np.all(apart <= _ROUNDED)) else None


def is_count(subject: Subject) -> bool:
    """Whether a series counts something: whole numbers, none of them below zero."""
    known = [value for value in subject.values if value is not None]
    return subject.statistic is Statistic.COUNT and all(value >= 0 and value == int(value) for value in known)


def is_few(subject: Subject, values: Array) -> bool:
    """Whether values are counts too small for limits from moving ranges."""
    known = values[~np.isnan(values)]
    if not len(known) or not is_count(subject):
        return False
    if known.mean() < _FEW:
        return True
    ranges = average_ranges(values)
    below_zero = ranges is not None and known.mean() - TO_LIMIT * ranges.unscreened < 0
    return below_zero and bool(np.mean(known <= _MOSTLY) > 1 / 2)


def correlate_neighbours(values: Array) -> float | None:
    """The correlation of each point with the one before it; None where there is none to be had."""
    earlier, later = values[:-1], values[1:]
    both = ~(np.isnan(earlier) | np.isnan(later))
    if both.sum() < 3 or np.ptp(earlier[both]) == 0 or np.ptp(later[both]) == 0:
        return None
    return float(np.corrcoef(earlier[both], later[both])[0, 1])


def list_cautions(subject: Subject, values: Array, count: int) -> tuple[str, ...]:
    """What a reader has to know before believing a signal of a stretch with limits from `count` points."""
    cautions = []
    together = correlate_neighbours(values)
    is_stock = subject.kind is Kind.STOCK
    if is_stock or (together is not None and together > _DEPENDENT):
        flows = " What starts and what ends says more." if is_stock and is_count(subject) else ""
        cautions.append(f"Each point depends on the one before it: signals are prompts, not proof.{flows}")
    if trial := tell_trial(count):
        cautions.append(trial)
    if subject.whole_percent:
        cautions.append("The percentages are rounded to the whole per cent: the limits are no more exact.")
    return tuple(cautions)


def tell_trial(count: int, what: str = "points") -> str:
    """That limits come from few points; blank where they come from enough."""
    return f"Trial limits, from {count} {what}: they may move as more come in." if count < FEWEST_FIRM else ""


def _count_points(subject: Subject) -> tuple[int, int]:
    """How many points are hidden, and how many are known."""
    return sum(subject.hidden), sum(value is not None for value in subject.values)
