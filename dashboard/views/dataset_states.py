"""What is usual for a measure of the board dataset, and whether its target will be met, in a few words."""

from dashboard.formats import format_number, join_words, suffix_of
from dashboard.measuring import subject_of
from dashboard.page_parts import Measure
from dashboard.statistics.process_chart import make_process_chart
from dashboard.statistics.processes import Assurance, Method, ProcessChart, Rule, Variation
from dashboard.statistics.validity import FEWEST_RUN
from dashboard.targets import Target
from dashboard.views.chosen import is_simulated
from dashboard.views.dataset_figures import Own
from dashboard.views.dataset_shapes import Goal, State, Verdict
from dashboard.views.pictures import Judgement
from dashboard.vocabulary import Kind, Polarity, Statistic, Symbol
from dashboard.words import capital, say_target

_STATES = {
    Variation.COMMON: ("Usual", Judgement.USUAL, False),
    Variation.IMPROVEMENT_HIGH: ("Better: higher", Judgement.BETTER, True),
    Variation.IMPROVEMENT_LOW: ("Better: lower", Judgement.BETTER, False),
    Variation.CONCERN_HIGH: ("Worse: higher", Judgement.WORSE, True),
    Variation.CONCERN_LOW: ("Worse: lower", Judgement.WORSE, False),
    Variation.NEUTRAL_HIGH: ("Unusual: higher", Judgement.SPECIAL, True),
    Variation.NEUTRAL_LOW: ("Unusual: lower", Judgement.SPECIAL, False),
}
_VERDICTS = {
    Assurance.ALWAYS_MEETS: "Always meets",
    Assurance.HIT_OR_MISS: "Hit or miss",
    Assurance.ALWAYS_MISSES: "Always misses",
}
_SIGNS = {
    Rule.OUTSIDE: "the last figure is outside it",
    Rule.TREND: "seven in a row only rise or only fall",
    Rule.TWO_OF_THREE: "two of the last three are close to its edge",
    Rule.SHIFT: "seven in a row are on one side of the average",
}
_OPEN = "No verdict"
MISSED = "not met"  # as `say_target` says it


def chart_of(own: Own, target: Target | None) -> ProcessChart:
    """The process chart of the months that are as real as the latest, with the target set for them."""
    value = target.value if target else None
    subject, _ = subject_of(own.indicator, own.measure.statistic, own.alike, own.step, value)
    return make_process_chart(subject)


def find_state(own: Own, chart: ProcessChart) -> State:
    """Whether the last figure of a measure is usual among its twelve months."""
    known = sum(each.is_exact for each in own.alike)
    if not known:
        return State("No figure", "There is no number in these twelve months.")
    short = _say_refusal(own, chart, known)
    if not short and chart.variation in _STATES:
        text, judgement, up = _STATES[chart.variation]
        return State(text, _explain(own, chart), judgement, up)
    reason = " ".join(part for part in (chart.reason, chart.instead) if part)
    return State(short or "Not judged", reason or chart.caption)


def _explain(own: Own, chart: ProcessChart) -> str:
    """The range that is usual, and what makes the last figure unusual."""
    limits = chart.spans[-1].limits
    usual = f"The usual range is {_range(own, limits.drawn_lower, limits.drawn_upper)}." if limits else ""
    signs = [_SIGNS[rule] for rule in chart.points[-1].rules]
    said = f"{capital(join_words(signs))}." if signs else ""
    caution = next(iter(chart.cautions), "") if signs else ""
    return " ".join(part for part in (usual, said, caution) if part)


def _say_refusal(own: Own, chart: ProcessChart, known: int) -> str:
    """Why nothing is said of the last figure, in two or three words; blank where something is."""
    if own.indicator.kind is Kind.ROLLING_12_MONTHS:
        return "No limits: rolling year"
    if own.indicator.kind is Kind.YEAR_TO_DATE:
        return "No limits: year to date"
    if own.latest is not None and own.latest.symbol is Symbol.CONFIDENTIAL:
        return "Hidden"
    if known < FEWEST_RUN:
        return "Too few points"
    if chart.method is Method.RUN:
        return "" if chart.variation in _STATES else "Run chart only"
    if chart.method is Method.TIME_BETWEEN or "too small" in chart.reason:
        return "Small counts"
    return "No limits" if chart.method is Method.VALUES else ""


def find_goal(own: Own, target: Target, chart: ProcessChart, of: str) -> Goal:
    """A target beside the county's own figures of the measure that it is set for, and their chart."""
    text = format_number(target.value, target.decimals) + suffix_of(target.statistic)
    return Goal(text, _say_standing(own, target), of, _find_verdict(own, chart))


def _say_standing(own: Own, target: Target) -> str:
    """Whether the latest figure meets it; blank of a simulated one, and where no way is good."""
    latest = own.latest
    if not own.is_published or latest is None or latest.value is None:
        return ""
    shown = round(latest.value, min(latest.decimals, 1))
    return say_target("", shown, target.value, own.indicator.polarity).removeprefix(": ")


def _find_verdict(own: Own, chart: ProcessChart) -> Verdict:
    if own.latest is None or is_simulated(own.latest):
        return Verdict(_OPEN, "There is no published figure to judge it by.")
    if own.indicator.polarity is Polarity.NEUTRAL:
        return Verdict(_OPEN, "No direction of this measure is good.")
    if sum(each.is_exact for each in own.alike) < FEWEST_RUN:
        return Verdict(_OPEN, "What the target is set for is known of too few months.")
    if chart.assurance is None:
        return Verdict(_OPEN, chart.reason or "There are no limits to judge it by.")
    limits = chart.spans[-1].limits
    told = f" The usual range is {_range(own, limits.drawn_lower, limits.drawn_upper)}." if limits else ""
    return Verdict(_VERDICTS[chart.assurance], f"{_EXPLAINED[chart.assurance]}{told}", chart.assurance)


_EXPLAINED = {
    Assurance.ALWAYS_MEETS: "All of the usual range meets the target.",
    Assurance.HIT_OR_MISS: "The target lies within the usual range: whether it is met is chance.",
    Assurance.ALWAYS_MISSES: "None of the usual range reaches the target: the process has to change.",
}


def _range(own: Own, low: float, high: float) -> str:
    suffix = suffix_of(own.measure.statistic)
    decimals = 0 if own.measure.statistic is Statistic.COUNT else 1
    return f"{format_number(low, decimals)}{suffix} to {format_number(high, decimals)}{suffix}"


def find_target(own: Own, measure: Measure) -> Target | None:
    """The county's target for a measure in force at the end of the twelve months, the latest set first."""
    found = [
        target
        for target in own.store.targets
        if (target.indicator, target.statistic) == (measure.indicator, measure.statistic)
        and target.area == own.store.areas.county.slug
        and target.is_in_force(own.months[-1])
    ]
    return max(found, key=lambda each: each.first.index if each.first else 0, default=None)
