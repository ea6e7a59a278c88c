"""The largest changes between two ends that are more than chance."""

from dataclasses import dataclass

from dashboard.formats import format_with_unit, in_words
from dashboard.statistics.processes import Side
from dashboard.store import Observation
from dashboard.views.changes_ends import Ends, say_good
from dashboard.views.changes_measured import PROMPT, UNKNOWN, Measured, measure_all
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.views.drawn import make_badges
from dashboard.words import Shown, capital, find_direction, say_movement

_TITLE = "Largest changes that are more than chance"
_MOST = 5
_RANGES = 2 * 2.66  # average moving ranges from one limit to the other


@dataclass(frozen=True)
class _Movement:
    measured: Measured
    earlier: Shown
    latest: Shown
    observations: tuple[Observation, Observation]
    size: float  # in widths of the usual range
    beyond: bool  # whether it is more than chance


def find_movements(ends: Ends) -> ChangeGroup:
    """Changes to a figure that is unusual, by more than figures of it usually differ; the largest first."""
    moved = [each for measured in measure_all(ends) if (each := _move(ends, measured)) is not None]
    if not moved:
        return ChangeGroup(_TITLE, (), unsaid=UNKNOWN)
    beyond = sorted((each for each in moved if each.beyond), key=lambda each: each.size, reverse=True)
    told, rest = beyond[:_MOST], len(moved) - len(beyond)
    return ChangeGroup(
        _TITLE,
        tuple(_tell(ends, each) for each in told),
        quiet=f"the change of every measure that can be judged, {len(moved)} in all, is within what is usual",
        after=_say_rest(len(beyond) - len(told), rest, prompt=any(each.measured.is_prompt for each in told)),
    )


def _move(ends: Ends, measured: Measured) -> _Movement | None:
    """How a measure moved from end to end; None where that cannot be said or judged."""
    chosen, point = measured.chosen, measured.usual.chart.points[-1]
    pair = ends.find_pair(chosen)
    if pair is None or point.limits is None:
        return None
    earlier, latest = (chosen.exact(each) for each in pair)
    width = point.limits.upper - point.limits.lower
    if earlier is None or latest is None or width <= 0:
        return None
    way = find_direction(latest.number, earlier.number)
    size = abs(latest.number - earlier.number) / width
    agrees = way == (1 if point.side is Side.HIGH else -1)
    return _Movement(measured, earlier, latest, pair, size, point.is_signal and agrees and size > 1 / _RANGES)


def _tell(ends: Ends, movement: _Movement) -> Change:
    measured, latest = movement.measured, movement.latest
    chosen = measured.chosen
    how = say_movement(latest, movement.earlier, chosen.statistic, chosen.decimals)
    good = say_good(chosen.indicator.polarity, measured.better)
    figure = f"{format_with_unit(latest.text, chosen.statistic)} {latest.in_when}"
    return Change(
        link=ends.link(chosen.indicator),
        text=f"{figure}, {how}{measured.caution}.{good}",
        judgement=measured.judgement,
        up=latest.number > movement.earlier.number,
        badges=make_badges(movement.observations),
    )


def _say_rest(smaller: int, rest: int, *, prompt: bool) -> str:
    """How many more there are, and that all others are chance."""
    said = [PROMPT] if prompt else []
    if smaller > 0:
        said.append(
            f"{capital(in_words(smaller))} smaller {'one is' if smaller == 1 else 'ones are'} left out."
        )
    if rest:
        which = "The one other change" if rest == 1 else "Every other change"
        count = "" if rest == 1 else f", {rest} in all,"
        said.append(f"{which} that can be judged{count} is within what is usual.")
    return " ".join(said)
