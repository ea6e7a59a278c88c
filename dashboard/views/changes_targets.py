"""Targets that were met at one end and not at the other: of real and exact figures only."""

from collections.abc import Iterator

from dashboard.page_parts import Measure
from dashboard.store import Observation
from dashboard.views.changes_ends import LINES, Ends, keep_alike, say_good
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.comparators import Aim, find_aim
from dashboard.views.drawn import make_badges
from dashboard.views.pictures import Judgement
from dashboard.views.series import choose_latest
from dashboard.vocabulary import Polarity
from dashboard.words import Shown

_TITLE = "Targets crossed"
_UNKNOWN = (
    "No measure with a target has a real figure at both ends, so no target can be called met or missed."
)


def find_crossed(ends: Ends) -> ChangeGroup:
    """Targets that are met now and were not, or were and are not. Nothing where they are not shown."""
    if not ends.scene.shows_target:
        return ChangeGroup(_TITLE, (), unsaid="Targets were not chosen to be shown.")
    judged = list(_judge(ends))
    if not judged:
        return ChangeGroup(_TITLE, (), unsaid=_UNKNOWN)
    crossed = tuple(change for change in judged if change is not None)
    count = "the one target" if len(judged) == 1 else f"none of the {len(judged)} targets"
    quiet = f"{count} that can be judged was {'not ' if len(judged) == 1 else ''}crossed"
    return ChangeGroup(_TITLE, crossed, quiet=quiet)


def _judge(ends: Ends) -> Iterator[Change | None]:
    """Every target that can be judged at both ends: how it was crossed, or None."""
    aims = {(each.indicator, each.statistic) for each in ends.store.targets}
    for indicator in ends.store.indicators.values():
        for statistic in indicator.statistics:
            if (indicator.id, statistic) not in aims or indicator.polarity is Polarity.NEUTRAL:
                continue
            chosen = choose_latest(ends.scene, Measure(indicator.id, statistic, LINES))
            if chosen is None or is_simulated(chosen.latest):
                continue
            alike = keep_alike(chosen)
            aim, pair = find_aim(ends.scene, alike), ends.find_pair(alike)
            if aim is not None and pair is not None and aim.target.is_in_force(pair[0].period):
                yield _tell(ends, alike, aim, pair)


def _tell(ends: Ends, chosen: Chosen, aim: Aim, pair: tuple[Observation, Observation]) -> Change | None:
    earlier, latest = (chosen.exact(each) for each in pair)
    if earlier is None or latest is None or _meets(chosen, earlier, aim) == _meets(chosen, latest, aim):
        return None
    met = _meets(chosen, latest, aim)
    polarity = chosen.indicator.polarity
    return Change(
        link=ends.link(chosen.indicator),
        text=f"{latest.text} {latest.in_when} {'now meets' if met else 'no longer meets'} the target of "
        f"{aim.text}. It was {earlier.text} {earlier.in_when}.{say_good(polarity)}",
        judgement=Judgement.BETTER if met else Judgement.WORSE,
        up=latest.number > earlier.number,
        badges=make_badges(pair),
    )


def _meets(chosen: Chosen, shown: Shown, aim: Aim) -> bool:
    if chosen.indicator.polarity is Polarity.HIGH_IS_GOOD:
        return shown.number >= aim.number
    return shown.number <= aim.number
