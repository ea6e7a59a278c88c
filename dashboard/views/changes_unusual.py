"""What became unusual between two ends: never from a trend alone, and never without limits."""

from collections.abc import Sequence

from dashboard.formats import format_in, format_number, format_with_unit, in_words, round_shown, suffix_of
from dashboard.statistics.processes import Limits, PointState, Rule, Side
from dashboard.statistics.validity import FEWEST_FIRM
from dashboard.views.changes_ends import Ends, say_good
from dashboard.views.changes_measured import PROMPT, UNKNOWN, Measured, Signal, measure_all
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.views.chosen import Chosen
from dashboard.views.drawn import make_badges
from dashboard.views.usual import find_decimals

_TITLE = "Newly unusual"


def find_unusual(ends: Ends) -> ChangeGroup:
    """Measures that became unusual, and those that were so at the earlier end already."""
    measured = measure_all(ends)
    if not measured:
        return ChangeGroup(_TITLE, (), unsaid=UNKNOWN)
    unusual = sorted((each for each in measured if each.signal), key=lambda each: each.order)
    new = [each for each in unusual if not each.still]
    return ChangeGroup(
        _TITLE,
        tuple(_tell(ends, each, each.signal) for each in new if each.signal),
        quiet="no measure became unusual",
        after=_say_cautions(new, illustrative=ends.store.release.illustrative),
        still=tuple(ends.link(each.chosen.indicator) for each in unusual if each.still),
    )


def _tell(ends: Ends, measured: Measured, signal: Signal) -> Change:
    indicator = measured.chosen.indicator
    good = say_good(indicator.polarity, measured.better)
    return Change(
        link=ends.link(indicator),
        text=f"{say_signal(measured, signal)}{measured.caution}.{good}",
        judgement=measured.judgement,
        up=signal.point.side is Side.HIGH,
        badges=make_badges([signal.observation]),
    )


def say_signal(measured: Measured, signal: Signal) -> str:
    """What happened, by the first pattern that is more than a trend: "31 in May 2019 is above …"."""
    chosen, limits, high = measured.chosen, signal.limits, signal.point.side is Side.HIGH
    when = format_in(signal.observation.period, at_a_date=chosen.at_a_date)
    figure = f"{format_with_unit(chosen.text(signal.observation), chosen.statistic)} {when}"
    shown = chosen.exact(signal.observation)
    number = shown.number if shown else limits.centre
    match next(rule for rule in signal.point.rules if rule is not Rule.TREND):
        case Rule.OUTSIDE:
            usual = _say_range(chosen, limits, number)
            return f"{figure} is {'above' if high else 'below'} the usual {usual}"
        case Rule.TWO_OF_THREE:
            where = f"near the {'top' if high else 'bottom'} of the usual {_say_range(chosen, limits)}"
            return f"two of three figures in a row, the last {figure}, are {where}"
        case _:
            run = in_words(_count_run(measured.usual.chart.points, signal.point, limits.centre))
            average = _say_average(chosen, limits.centre, number)
            side = "above" if high else "below"
            return f"{figure} is the last of {run} figures in a row {side} the average of {average}"


def _say_range(chosen: Chosen, limits: Limits, beyond: float | None = None) -> str:
    """The usual range: "range of 7 to 32"; as fine as it must be for a figure beyond it to look so."""
    low, high = limits.drawn_lower, limits.drawn_upper

    def is_apart(decimals: int) -> bool:
        return beyond is None or not round_shown(low, decimals) <= beyond <= round_shown(high, decimals)

    decimals = find_decimals(chosen, is_apart)
    texts = [format_number(each, decimals) + suffix_of(chosen.statistic) for each in (low, high)]
    return texts[0] if texts[0] == texts[1] else f"range of {texts[0]} to {texts[1]}"


def _say_average(chosen: Chosen, centre: float, beyond: float) -> str:
    """The average, as fine as it must be for a figure on one side of it to look so."""
    decimals = find_decimals(chosen, lambda decimals: round_shown(centre, decimals) != beyond)
    return format_number(centre, decimals) + suffix_of(chosen.statistic)


def _count_run(points: Sequence[PointState], last: PointState, centre: float) -> int:
    """How many figures in a row, up to one, are on its side of the average."""
    count = 0
    for point in reversed([each for each in points if each.place <= last.place]):
        if point.value is None or point.value == centre or (point.value > centre) != (last.side is Side.HIGH):
            break
        count += 1
    return count


def _say_cautions(told: Sequence[Measured], *, illustrative: bool) -> str:
    """What has to be known before believing those that are told; blank for nothing."""
    said = []
    if any(each.is_prompt for each in told):
        said.append(PROMPT)
    if any(each.usual.chart.trial for each in told):
        said.append(f"Some of these ranges are from fewer than {FEWEST_FIRM} figures and may still move.")
    if told and illustrative:
        said.append("Published and simulated figures are never judged together.")
    return " ".join(said)
