"""What stands round the charts of one measure, and the list of all measures to choose one from."""

from dataclasses import dataclass

from dashboard.formats import format_in
from dashboard.indicators import TABS, Indicator
from dashboard.page_parts import PageDeclaration
from dashboard.periods import Period, parse
from dashboard.query import Selection, offered_periods
from dashboard.statistics.processes import Assurance, Side, Variation
from dashboard.store import Store
from dashboard.views.about import define_indicator
from dashboard.views.chosen import is_simulated
from dashboard.views.comparators import Aim, find_aim
from dashboard.views.explore import GRAINS, MOVED, OVER_TIME, key_of
from dashboard.views.knowing import Knowing, make_knowing
from dashboard.views.pictures import Judgement
from dashboard.views.scene import Scene
from dashboard.views.shapes import Definition, Link, Tab
from dashboard.views.usual import (
    Usual,
    choose_steady,
    find_usual,
    judge,
    say_assurance,
    say_range,
    say_reality,
)
from dashboard.vocabulary import Polarity

_YEARS_BEFORE = (1, 2, 3)


@dataclass(frozen=True)
class Answer:
    """A question that a board member asks, and the answer: in words, with a sign that says the same."""

    question: str
    answer: str
    text: str
    judgement: Judgement | None = None  # of a question about the figure; None where it cannot be answered
    up: bool = False
    assurance: Assurance | None = None  # of a question about the target


@dataclass(frozen=True)
class Depth:
    """What stands round the charts of a measure."""

    kicker: str  # "Measure 29 of the board dataset · Through care"
    answers: tuple[Answer, ...]
    ways: tuple[Tab, ...]  # by month, quarter or year
    definition: Definition
    ends: tuple[Tab, ...] = ()  # what its change may be counted from: the usual ones
    others: tuple[Tab, ...] = ()  # and any other
    knowing: Knowing | None = None


def make_depth(scene: Scene, page: PageDeclaration, store: Store) -> Depth:
    """What stands round the charts of the measure that a page is about.

    `store` holds all figures, also where the scene's holds only those known at the time.
    """
    indicator = store.indicators[page.measure]
    ends, others = offer_ends(scene, page, store)
    return Depth(
        kicker=" · ".join(_place(indicator)),
        answers=_answer(scene, page),
        ways=tuple(
            Tab(f"By {name}" if name else "As fits", scene.selection.on(key).address(), key == page.key)
            for name in GRAINS
            for key in [key_of(indicator.id, name)]
        ),
        ends=ends,
        others=others,
        knowing=make_knowing(scene, store, indicator),
        definition=define_indicator(indicator),
    )


def offer_ends(scene: Scene, page: PageDeclaration, store: Store) -> tuple[tuple[Tab, ...], tuple[Tab, ...]]:
    """What the change of a measure may be counted from: the usual ends, and any other.

    Usual are the history that is shown and up to three years before; what was chosen stands among them.
    Neither is offered where the page does not tell what moved the measure.
    """
    if page.panel(MOVED) is None:
        return (), ()
    selection, period = scene.selection, scene.period
    held = [each for each in offered_periods(store, page) if each.end_index < scene.end]
    usual = [period.shifted(-years * 12 // period.months) for years in _YEARS_BEFORE]
    usual = [each for each in usual if each in held]
    if selection.since and parse(selection.since) not in usual:
        usual.append(parse(selection.since))
    shown = Tab("the history shown", selection.choosing(since="").address(), not selection.since)
    offered = [_offer_end(selection, each) for each in usual]
    return (shown, *offered), tuple(_offer_end(selection, each) for each in held if each not in usual)


def _offer_end(selection: Selection, period: Period) -> Tab:
    address = selection.choosing(since=period.code).address()
    return Tab(period.label, address, period.code == selection.since)


def _place(indicator: Indicator) -> list[str]:
    number = f"Measure {indicator.measure} of the board dataset" if indicator.measure else ""
    return [text for text in (number, indicator.tab.replace("_", " ").capitalize()) if text]


def _answer(scene: Scene, page: PageDeclaration) -> tuple[Answer, ...]:
    panel = page.panel(OVER_TIME)
    chosen = choose_steady(scene, panel.measure) if panel else None
    if chosen is None or not chosen.visible:
        return ()
    aim = find_aim(scene, chosen)
    usual = find_usual(scene.store, chosen, aim)
    answers = [_answer_unusual(usual)]
    if aim is not None:
        answers.append(_answer_target(usual, aim))
    return tuple(answers)


def _answer_unusual(usual: Usual) -> Answer:
    chosen, chart = usual.chosen, usual.chart
    when = format_in(chosen.latest.period, at_a_date=chosen.at_a_date)
    what = "the number" if chosen.latest.value is None else chosen.text(chosen.latest)
    question = f"Is {what} {when} unusual?"
    if chart.variation is Variation.NOT_AVAILABLE or not chart.points:
        return Answer(question, "This cannot be said", _join(chart.reason, chart.instead, say_reality(usual)))
    if usual.is_of_times:
        return _answer_times(usual)
    point, judgement = chart.points[-1], judge(chart.points[-1])
    text = _join(say_range(usual) or chart.reason, *chart.cautions[:1])
    if judgement is Judgement.USUAL:
        return Answer(question, f"No: {what} is within the usual range", text, judgement)
    way = "higher" if point.side is Side.HIGH else "lower"
    answer = f"Yes: {what} is {way} than usual{_say_good(judgement)}"
    return Answer(question, answer, text, judgement, point.side is Side.HIGH)


def _answer_times(usual: Usual) -> Answer:
    """Whether the last came sooner or later than usual, where so few happen that this says more."""
    last, said = usual.chart.points[-1], say_range(usual)
    judgement = judge(last)
    when = f"{usual.time(last.value or 0)} after the one before"
    question = "Was the time since the one before unusual?"
    if judgement is Judgement.USUAL:
        return Answer(question, f"No: the last came {when}", said, judgement)
    way = "longer" if last.side is Side.HIGH else "shorter"
    answer = f"Yes: the last came {when}, {way} than usual{_say_good(judgement)}"
    return Answer(question, answer, said, judgement, last.side is Side.HIGH)


def _join(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)


def _say_good(judgement: Judgement) -> str:
    good = {Judgement.BETTER: ", and that is good", Judgement.WORSE: ", and that is not good"}
    return good.get(judgement, "")


def _answer_target(usual: Usual, aim: Aim) -> Answer:
    question = f"Will it meet the target of {aim.text}?"
    answer, why = say_assurance(usual, aim)
    if not answer:
        return Answer(question, "This cannot be said", _say_why_no_assurance(usual))
    return Answer(question, answer, why, assurance=usual.chart.assurance)


def _say_why_no_assurance(usual: Usual) -> str:
    if is_simulated(usual.chosen.latest):
        return "The figures are simulated, and the target is a real one."
    if usual.chosen.indicator.polarity is Polarity.NEUTRAL:
        return "Neither a higher figure nor a lower one is better in itself."
    return usual.chart.reason or "So few happen that their number has no usual range."


# --- every measure --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One measure in the list of all: the way to its page, and what it may be searched by."""

    link: Link
    number: str  # on the board dataset, "29", or blank
    definition: str
    words: str  # lower case: title, synonyms, number


@dataclass(frozen=True)
class Index:
    """Every measure, by area of work."""

    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    count: int


def make_index(scene: Scene) -> Index:
    """Every measure of a release; each link keeps what was chosen."""
    groups = []
    for tab in TABS:
        own = [each for each in scene.store.indicators.values() if each.tab == tab]
        entries = tuple(_list(scene, each) for each in own)
        if entries:
            groups.append((tab.replace("_", " ").capitalize(), entries))
    return Index(tuple(groups), len(scene.store.indicators))


def _list(scene: Scene, indicator: Indicator) -> Entry:
    return Entry(
        Link(indicator.title, scene.selection.on(key_of(indicator.id)).address()),
        str(indicator.measure or ""),
        indicator.definition,
        words_of(indicator),
    )


def words_of(indicator: Indicator) -> str:
    """What a measure may be searched by."""
    number = f"m{indicator.measure} {indicator.measure}" if indicator.measure else ""
    texts = (indicator.title, indicator.short_title, *indicator.synonyms, number, indicator.tab)
    return " ".join(texts).lower().replace("_", " ")
