"""One row of the board dataset: its figures, whether they are usual, its target and its comparators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.formats import format_with_unit, join_words
from dashboard.page_parts import Measure, PageDeclaration, RowDeclaration
from dashboard.periods import Period
from dashboard.store import Store
from dashboard.targets import Target
from dashboard.views.chosen import is_simulated, text_of_figure
from dashboard.views.dataset_beside import Beside, find_beside
from dashboard.views.dataset_figures import Own, find_own, print_figures, say_change_on_last, trend_of_own
from dashboard.views.dataset_shapes import Comparison, Goal, Row, State
from dashboard.views.dataset_states import MISSED, chart_of, find_goal, find_state, find_target
from dashboard.views.drawn import make_badges
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Badge, Mark
from dashboard.vocabulary import COMPARABLE, Comparability, Statistic
from dashboard.words import capital, say_way

_MOST_DECIMALS = 1


@dataclass(frozen=True)
class Listed:
    """A row, and what it may be looked for by."""

    number: int
    indicator: str
    row: Row
    off_target: bool
    unusual: bool
    changed: bool
    known_on: str  # when its latest figure came out


@dataclass(frozen=True)
class _Sides:
    """A measure's own figures, those that its target and comparators are of, and both."""

    own: Own
    compared: Own
    target: Target | None
    beside: tuple[Beside, ...]
    of: str  # "of 8 and 9", or blank

    @property
    def is_own(self) -> bool:
        """Whether what is compared is the measure itself, or the share that is printed behind it."""
        return self.own.measure.indicator == self.compared.measure.indicator


def make_listed(store: Store, page: PageDeclaration, row: RowDeclaration, last: Period) -> Listed:
    """A measure of a page in the twelve months up to one."""
    own, compared = find_own(store, row.measure, last), find_own(store, row.compared, last)
    known_on = own.latest.published_on if own.latest else ""
    beside = (
        find_beside(store, row.compared, last.end_index, known_on) if _is_comparable(row.compared) else ()
    )
    sides = _Sides(own, compared, find_target(own, row.compared), beside, _say_together(store, page, row))
    state, goal = _judge(sides)
    changes = (*own.changes, *_list_changes(sides))
    number = own.indicator.measure or 0
    return Listed(
        number=number,
        indicator=own.indicator.id,
        row=Row(
            number=number,
            key=own.indicator.id.replace("_", "-"),
            title=row.title,
            href="",
            figures=print_figures(own, row),
            change=say_change_on_last(own),
            trend=trend_of_own(own),
            step=own.step,
            state=state,
            goal=goal,
            comparison=_compare(sides, row),
            badges=(*make_badges(own.told), *_badge_changes(own.changes)),
            meaning=tuple(_explain(sides, state, goal, changes)),
        ),
        off_target=goal is not None and goal.standing == MISSED,
        unusual=state.judgement not in (None, Judgement.USUAL),
        changed=bool(changes),
        known_on=known_on,
    )


def _judge(sides: _Sides) -> tuple[State, Goal | None]:
    """Whether the latest figure is usual, and its target, if it has one."""
    own, target = sides.own, sides.target
    same = sides.compared.measure == own.measure
    chart = chart_of(own, target if same else None)
    state = find_state(own, chart)
    if target is None:
        return state, None
    return state, find_goal(
        sides.compared, target, chart if same else chart_of(sides.compared, target), sides.of
    )


def _is_comparable(measure: Measure) -> bool:
    return measure.statistic in COMPARABLE


def _say_together(store: Store, page: PageDeclaration, row: RowDeclaration) -> str:
    """ "of 8 and 9", where several rows are compared in one measure that is none of theirs."""
    alike = [
        store.indicators[each.measure.indicator].measure
        for group in page.groups
        for each in group.rows
        if each.compared == row.compared
    ]
    return f"of {join_words([str(each) for each in alike])}" if len(alike) > 1 else ""


# --- comparators ----------------------------------------------------------------------------------


def _compare(sides: _Sides, row: RowDeclaration) -> Comparison | None:
    if not sides.beside:
        return None
    years = list(dict.fromkeys(each.observation.period.year.label for each in sides.beside))
    return Comparison(
        text=", ".join(f"{each.name} {_print_beside(each, sides, row)}" for each in sides.beside),
        years=join_words(years),
        here="; ".join(part for part in (_say_rates(sides, row), _say_here(sides)) if part),
        badges=tuple(_badge(sides)),
    )


def _print_beside(beside: Beside, sides: _Sides, row: RowDeclaration) -> str:
    """A comparator as the paper prints it: "10.4%", "[93%]" if of another age, "748" in place of a rate."""
    text = _text_of(beside, sides.compared.measure)
    if beside.rule and beside.rule.comparability is Comparability.DIFFERENT_AGE:
        text = f"[{text}]"
    return _find_printed(beside, row) or text


def _find_printed(beside: Beside, row: RowDeclaration) -> str:
    """What the paper prints where the figure would stand; blank where it prints the figure."""
    year = beside.observation.period.year
    return next((each.text for each in row.printed if (each.area, each.year) == (beside.slug, year)), "")


def _say_rates(sides: _Sides, row: RowDeclaration) -> str:
    """The figures themselves, where something else is printed: "64 and 50.3 per 10,000"."""
    measure = sides.compared.measure
    hidden = [each for each in sides.beside if _find_printed(each, row)]
    unit = format_with_unit("", measure.statistic)
    said = [_text_of(each, measure).removesuffix(unit) for each in hidden]
    return f"{join_words(said)}{unit}" if said else ""


def _text_of(beside: Beside, measure: Measure, *, now: bool = False) -> str:
    observation = beside.now if now else beside.observation
    text = text_of_figure(observation, measure.statistic, min(observation.decimals, _MOST_DECIMALS))
    return format_with_unit(text, measure.statistic)


def _say_here(sides: _Sides) -> str:
    """The county's own figure of what is compared, where the row does not print it: "68 here"."""
    found = sides.compared.latest
    if sides.is_own or found is None or found.value is None or found.period != sides.own.months[-1]:
        return ""
    if sides.own.latest is None or is_simulated(found) != is_simulated(sides.own.latest):
        return ""
    return f"{sides.compared.text(found)} here"


def _badge(sides: _Sides) -> Iterator[Badge]:
    reasons = list(dict.fromkeys(each.rule.reason for each in sides.beside if each.rule))
    if reasons:
        yield Badge(Mark.UNLIKE, "Not like for like", " ".join(reasons))
    elif sides.compared.measure.statistic is Statistic.RATE and not sides.is_own:
        yield Badge(
            Mark.UNLIKE,
            "Rates, not counts",
            "A count says nothing beside an area of another size: rates per 10,000 children are compared.",
        )
    else:
        yield Badge(Mark.ALIKE, "Like for like", "It measures the same as the figure beside it.")
    changed = [each for each in sides.beside if each.is_changed]
    if changed:
        now = [f"{each.name} {_text_of(each, sides.compared.measure, now=True)}" for each in changed]
        yield Badge(Mark.REVISED, f"Now {join_words(now)}", "It has been published again since.")


def _badge_changes(changes: Sequence[str]) -> tuple[Badge, ...]:
    return (Badge(Mark.REVISED, "Revised", " ".join(changes)),) if changes else ()


def _list_changes(sides: _Sides) -> Iterator[str]:
    for each in sides.beside:
        if each.is_changed:
            year = each.observation.period.year.label
            was, now = (_text_of(each, sides.compared.measure, now=late) for late in (False, True))
            yield f"{capital(each.name)}, {year}: {was} when this came out, now {now}."


# --- on demand ------------------------------------------------------------------------------------


def _explain(
    sides: _Sides, state: State, goal: Goal | None, changes: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What a measure means, and why the row says what it says."""
    indicator, store = sides.own.indicator, sides.own.store
    yield "What it counts", f"{indicator.definition} {say_way(indicator.polarity)}"
    yield "Why it matters", indicator.why_it_matters
    yield f"This month: {state.text[:1].lower()}{state.text[1:]}", state.reason
    if sides.target:
        yield "Target", _explain_target(store, sides.target)
    if goal:
        yield goal.verdict.text, goal.verdict.reason
    for unlike in dict.fromkeys(each.rule.reason for each in sides.beside if each.rule):
        yield "Comparators", unlike
    if changes:
        yield "Changed since", " ".join(changes)


def _explain_target(store: Store, target: Target) -> str:
    source = store.sources.get(target.source)
    unknown = [name for name, known in (("owner", target.owner), ("reason", target.reason)) if not known]
    said = [
        f"Set from {target.first.label}." if target.first else "",
        f"Owner: {target.owner}." if target.owner else "",
        f"{capital(target.reason).removesuffix('.')}." if target.reason else "",
        f"Source: {source.short}." if source else "",
        target.note,
        f"Its {join_words(unknown)} {'are' if len(unknown) > 1 else 'is'} not recorded." if unknown else "",
    ]
    return " ".join(each for each in said if each)
