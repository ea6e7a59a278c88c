"""What is usual for a measure: its process chart, and what that says in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor

from dashboard.acts import Record, RecordKind, find_place, make_acts
from dashboard.formats import format_number, round_shown, suffix_of
from dashboard.measuring import subject_of
from dashboard.page_parts import Measure
from dashboard.statistics.process_chart import make_process_chart
from dashboard.statistics.processes import (
    Assurance,
    Method,
    PointState,
    ProcessChart,
    Rule,
    Side,
    Span,
    Subject,
    Variation,
)
from dashboard.store import Store
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.comparators import Aim
from dashboard.views.pictures import Judgement
from dashboard.views.scene import Scene
from dashboard.views.series import choose

_JUDGEMENTS = {
    Variation.IMPROVEMENT_HIGH: Judgement.BETTER,
    Variation.IMPROVEMENT_LOW: Judgement.BETTER,
    Variation.CONCERN_HIGH: Judgement.WORSE,
    Variation.CONCERN_LOW: Judgement.WORSE,
    Variation.NEUTRAL_HIGH: Judgement.SPECIAL,
    Variation.NEUTRAL_LOW: Judgement.SPECIAL,
}
_STEADY = 0.75  # of the periods shown, at least, have a figure
_FINEST = 2  # decimals more than the figures have, at most
_PERIODS = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True)
class Usual:
    """A measure's figures with their process chart; a point's place is that of its period among the steps."""

    chosen: Chosen
    chart: ProcessChart
    records: tuple[Record, ...] = ()  # what was decided or noticed of these figures, in order of time

    @property
    def last_span(self) -> Span | None:
        """The stretch of the series that its last figure is in."""
        return self.chart.spans[-1] if self.chart.spans else None

    @property
    def is_of_times(self) -> bool:
        """Whether the times from one event to the next are judged, and not how many there are."""
        return self.chart.method is Method.TIME_BETWEEN

    @property
    def limits(self) -> tuple[float, float] | None:
        """The limits that its last figure is judged by, as drawn."""
        if self.is_of_times:
            return None
        limits = self.chart.points[-1].limits if self.chart.points else None
        limits = limits or (self.last_span.limits if self.last_span else None)
        return (limits.drawn_lower, limits.drawn_upper) if limits else None

    @cached_property
    def decimals(self) -> int:
        """As many as the figures have, or the fewest more with which each one beyond a limit looks so."""
        if self.is_of_times:
            return self.chosen.decimals
        beyond = [
            (point.limits, round_shown(point.value, self.chosen.decimals))
            for point in self.chart.points
            if Rule.OUTSIDE in point.rules and point.limits is not None and point.value is not None
        ]

        def are_apart(decimals: int) -> bool:
            ends = [
                (round_shown(x.drawn_lower, decimals), round_shown(x.drawn_upper, decimals))
                for x, _ in beyond
            ]
            return not any(low <= value <= high for (low, high), (_, value) in zip(ends, beyond, strict=True))

        return find_decimals(self.chosen, are_apart)

    def text(self, number: float) -> str:
        """A limit or average as shown: "83%"."""
        return format_number(number, self.decimals) + suffix_of(self.chosen.statistic)

    def time(self, periods: float) -> str:
        """So many periods in words: "2 months"."""
        text = format_number(periods)
        return f"{text} {_PERIODS[self.chosen.step]}{'' if text == '1' else 's'}"


def find_decimals(chosen: Chosen, are_apart: Callable[[int], bool]) -> int:
    """As many decimals as the figures have, or the fewest more that set what is unlike apart."""
    usual = range(chosen.decimals, chosen.decimals + _FINEST + 1)
    return next((each for each in usual if are_apart(each)), chosen.decimals)


def choose_steady(scene: Scene, measure: Measure) -> Chosen | None:
    """The figures of the first of a measure's lines with few gaps; what `choose` takes where all have many.

    Months that are held for one year only say nothing of what is usual over three.
    """
    for line in measure.lines:
        found = choose(scene, replace(measure, lines=(line,)))
        if found is not None and len(found.visible) >= max(_STEADY * len(found.steps), 2):
            return found
    return choose(scene, measure)


def judge(point: PointState) -> Judgement:
    """What a point is; usual where nothing else may be said."""
    return _JUDGEMENTS.get(point.variation, Judgement.USUAL)


def find_usual(store: Store, chosen: Chosen, aim: Aim | None) -> Usual:
    """The process chart of a measure's figures in the window, with what is recorded of them."""
    records = find_records(store, chosen)
    subject = make_subject(chosen, aim)
    acts = make_acts(records, chosen.steps, subject.values)
    return Usual(chosen, make_process_chart(subject, acts=acts), records)


def find_records(store: Store, chosen: Chosen) -> tuple[Record, ...]:
    """What is recorded of figures in the window, in order of time.

    It is of real figures: nothing is recorded of made-up ones.
    """
    named = chosen.indicator.id, chosen.area.slug, chosen.line.basis
    held = {each.period: each for each in chosen.observations}

    def is_real(place: int | None) -> bool:
        found = held.get(chosen.steps[place]) if place else None
        return found is not None and not is_simulated(found)

    whole = not chosen.measure.characteristic
    own = [each for each in store.records if whole and each.concerns(*named)]
    told = [each for each in own if is_real(find_place(each, chosen.steps))]
    return tuple(sorted(told, key=lambda each: each.period.index))


def make_subject(chosen: Chosen, aim: Aim | None) -> Subject:
    """Figures as a process chart needs to know them.

    What is not told exactly counts as hidden. Real and simulated figures are never judged together: those
    that are not as real as the latest are left out.
    """
    simulated = is_simulated(chosen.latest)
    judged = [each for each in chosen.observations if is_simulated(each) == simulated]
    target = aim.number if aim and not simulated else None
    measured = chosen.indicator, chosen.statistic, judged, chosen.step
    return subject_of(*measured, target, chosen.steps)[0]


# --- in words -------------------------------------------------------------------------------------


def say_state(point: PointState) -> str:
    """What a point is, in words: "Usual variation", "Worse: lower than usual"."""
    judgement = judge(point)
    if point.variation is Variation.NOT_AVAILABLE:
        return "Not judged"
    if judgement is Judgement.USUAL:
        return "Usual variation"
    way = "higher than usual" if point.side is Side.HIGH else "lower than usual"
    lead = {Judgement.BETTER: "Better: ", Judgement.WORSE: "Worse: "}.get(judgement, "")
    return f"{lead}{way}" if lead else way.capitalize()


def say_range(usual: Usual) -> str:
    """The range to expect: "Expect anything from 80% to 87% if nothing changes."; blank without limits."""
    if usual.is_of_times:
        return _say_times(usual)
    if usual.limits is None:
        return ""
    low, high = (usual.text(each) for each in usual.limits)
    if low == high:
        return f"Expect {low} if nothing changes."
    return f"Expect anything from {low} to {high} if nothing changes."


def _say_times(usual: Usual) -> str:
    """How long it usually is from one event to the next, where so few happen that this says more."""
    limits = usual.last_span.limits if usual.last_span else None
    if limits is None:
        return ""
    return (
        "So few happen that the time from one to the next says more than their number: usually "
        f"{usual.time(limits.centre)}, and by chance up to {usual.time(floor(limits.upper))}."
    )


def say_reality(usual: Usual) -> str:
    """That some figures take no part, being less or more real than the latest; blank if all do."""
    latest = is_simulated(usual.chosen.latest)
    if all(is_simulated(each) == latest for each in usual.chosen.visible):
        return ""
    judged = "simulated" if latest else "published"
    return f"Published and simulated figures are never judged together: here only the {judged} ones are."


def say_record(chosen: Chosen, record: Record) -> str:
    """The few words that stand over a chart: a label, or the figures of a step: "428 to 390"."""
    if record.kind is not RecordKind.STEP:
        return record.label
    place = find_place(record, chosen.steps) or 0
    held = {each.period: each for each in chosen.observations}
    ends = [held.get(chosen.steps[each]) for each in (place - 1, place)]
    return " to ".join(chosen.text(each) for each in ends if each is not None)


def say_assurance(usual: Usual, aim: Aim) -> tuple[str, str]:
    """Whether a target will be met as things are, and why; blank where that cannot be said."""
    if usual.limits is None or usual.chart.assurance is None:
        return "", ""
    low, high = (usual.text(each) for each in usual.limits)
    match usual.chart.assurance:
        case Assurance.ALWAYS_MEETS:
            return (
                "Yes: it always meets it",
                f"All of the usual range, {low} to {high}, is on the good side of the target.",
            )
        case Assurance.ALWAYS_MISSES:
            return (
                "Not as things are: it always misses",
                f"None of the usual range, {low} to {high}, reaches {aim.text}. Working harder at the same "
                "process will not reach it; the process has to change.",
            )
    return (
        "Sometimes: it hits and misses by chance",
        f"The target lies within the usual range, {low} to {high}: whether it is met is chance.",
    )
