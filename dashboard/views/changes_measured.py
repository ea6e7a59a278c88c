"""Every measure of which what is usual is known, as it stood at either end."""

from dataclasses import dataclass
from functools import lru_cache

from dashboard.page_parts import Measure
from dashboard.periods import Period
from dashboard.statistics.processes import Limits, Method, PointState
from dashboard.store import Observation
from dashboard.views.changes_ends import Ends, keep_alike
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.explore import OVER_TIME, key_of, make_explore_pages
from dashboard.views.pictures import Judgement
from dashboard.views.scene import Scene
from dashboard.views.usual import Usual, choose_steady, find_usual, judge
from dashboard.vocabulary import Kind

#: Why nothing is said, where what is usual is not known of any measure.
UNKNOWN = (
    "What is usual is not known of any measure with a figure since then, so no figure can be called unusual "
    "and no change more than chance."
)
#: What the clause means that stands behind every number at a date.
PROMPT = "A prompt, not proof: a number at a date builds on the one before it."
_WITH_LIMITS = (Method.XMR, Method.LANEY_P, Method.LANEY_U)
_WORST_FIRST = (Judgement.WORSE, Judgement.BETTER, Judgement.SPECIAL, Judgement.USUAL)


@dataclass(frozen=True)
class Signal:
    """A figure that chance alone would seldom make."""

    point: PointState
    limits: Limits
    observation: Observation


@dataclass(frozen=True)
class Measured:
    """A measure with limits and a figure since the earlier end."""

    usual: Usual
    signal: Signal | None  # the last since the earlier end
    still: bool  # whether it was unusual in the same way at the earlier end

    @property
    def chosen(self) -> Chosen:
        """Its figures, all as real as the latest."""
        return self.usual.chosen

    @property
    def judgement(self) -> Judgement:
        """Whether the signal is good."""
        return judge(self.signal.point) if self.signal else Judgement.USUAL

    @property
    def is_prompt(self) -> bool:
        """Whether it is a number at a date, which is unusual more easily."""
        return self.chosen.indicator.kind is Kind.STOCK

    @property
    def caution(self) -> str:
        """The same as a clause: " (a prompt, not proof)"; blank where there is no need."""
        return " (a prompt, not proof)" if self.is_prompt else ""

    @property
    def better(self) -> bool | None:
        """The same as words have it; None where neither way is good."""
        return {Judgement.BETTER: True, Judgement.WORSE: False}.get(self.judgement)

    @property
    def order(self) -> tuple[bool, int]:
        """What is real first, then what is worse."""
        return is_simulated(self.chosen.latest), _WORST_FIRST.index(self.judgement)


@lru_cache(maxsize=64)
def measure_all(ends: Ends) -> tuple[Measured, ...]:
    """Every measure with limits and a figure since the earlier end, as its own page shows it."""
    pages = make_explore_pages(ends.store)
    panels = [pages[key_of(each)].panel(OVER_TIME) for each in ends.store.indicators]
    found = [_measure(ends, panel.measure) for panel in panels if panel is not None]
    return tuple(each for each in found if each is not None)


def _measure(ends: Ends, measure: Measure) -> Measured | None:
    usual = _find_usual(ends.scene, measure)
    if usual is None:
        return None
    held = {each.period: each for each in usual.chosen.observations}
    since = [
        Signal(point, point.limits, held[_period(usual, point)])
        for point in usual.chart.points
        if point.limits is not None and point.value is not None and ends.is_after(_period(usual, point))
    ]
    if not since:
        return None
    signal = next((each for each in reversed(since) if each.point.is_signal), None)
    return Measured(usual, signal, signal is not None and _was_unusual(ends, measure, signal.point))


def _period(usual: Usual, point: PointState) -> Period:
    return usual.chosen.steps[point.place]


def _find_usual(scene: Scene, measure: Measure) -> Usual | None:
    """What is usual for the figures that are as real as the latest; None where there are no limits."""
    chosen = choose_steady(scene, measure)
    if chosen is None or not chosen.visible:
        return None
    usual = find_usual(scene.store, keep_alike(chosen), None)
    return usual if usual.chart.method in _WITH_LIMITS else None


def _was_unusual(ends: Ends, measure: Measure, signal: PointState) -> bool:
    """Whether the last figure that stood at the earlier end was unusual then, and on the same side."""
    usual = _find_usual(ends.earlier, measure)
    last = usual.chart.points[-1] if usual else None
    return last is not None and last.is_signal and last.side is signal.side
