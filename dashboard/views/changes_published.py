"""What came out between two ends: figures that were restated, and new ones to compare with.

The store holds one figure for each cell, the last that was published: what stood there before is not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dashboard.catalogue import Indicator
from dashboard.formats import format_when, format_with_unit, join_words
from dashboard.page_parts import Measure
from dashboard.store import Observation
from dashboard.views.changes_ends import LINES, Ends, list_totals, say_good
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.views.chosen import Chosen, text_of_figure
from dashboard.views.comparators import Comparator, Point, find_comparators, others_like, text_of
from dashboard.views.drawn import make_badges
from dashboard.views.series import choose
from dashboard.views.shapes import Role
from dashboard.vocabulary import COMPARABLE, Basis, Statistic, Status
from dashboard.words import say_comparison

_RESTATED, _NEW = "Figures restated", "New figures to compare with"
_BEFORE = "What stood there before is not held in this release."
_MOST = 3  # restated figures that are told one by one, of one measure
_OFFICIAL_FIRST = (*[each for each in LINES if each.basis is Basis.OFFICIAL], *LINES)


def find_restated(ends: Ends) -> ChangeGroup:
    """Figures of the area that were revised, by measure."""
    revised: dict[str, list[tuple[Statistic, Observation]]] = {}
    for measure, held in list_totals(ends.store, ends.scene.area.slug):
        found = [each for each in held if _is_restated(ends, each)]
        revised.setdefault(measure.indicator, []).extend((measure.statistic, each) for each in found)
    changes = tuple(
        _tell_restated(ends, ends.store.indicators[key], found) for key, found in revised.items() if found
    )
    return ChangeGroup(_RESTATED, changes, quiet="no figure was restated", after=_BEFORE if changes else "")


def _is_restated(ends: Ends, observation: Observation) -> bool:
    """Whether it is told exactly, revised between the ends, and of a time that may be shown."""
    told = observation.status is Status.REVISED and ends.is_told_between(observation)
    return told and observation.is_exact and observation.period.end_index <= ends.scene.end


def _tell_restated(
    ends: Ends, indicator: Indicator, revised: Sequence[tuple[Statistic, Observation]]
) -> Change:
    first = revised[0][0]
    own = sorted((each for kind, each in revised if kind is first), key=lambda each: each.period.end_index)
    told = [
        f"{_say_figure(indicator, first, each)} for "
        f"{format_when(each.period, at_a_date=indicator.kind.is_at_a_date)}"
        for each in own[-_MOST:]
    ]
    more = [f"{len(revised) - len(told)} more"] if len(revised) > len(told) else []
    noun = "figure was" if len(revised) == 1 else "figures were"
    day = _say_day(max(each.published_on for _, each in revised))
    return Change(
        link=ends.link(indicator),
        text=f"{len(revised)} {noun} restated, on {day}: now {join_words([*told, *more])}."
        f"{say_good(indicator.polarity)}",
        badges=make_badges([each for _, each in revised]),
    )


def _say_figure(indicator: Indicator, statistic: Statistic, observation: Observation) -> str:
    text = text_of_figure(observation, statistic, observation.decimals)
    return format_with_unit(text, statistic)


def _say_day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


# --- comparators ----------------------------------------------------------------------------------


def find_published(ends: Ends) -> ChangeGroup:
    """Comparators whose latest figure came out between the ends, beside the area's own of the same time."""
    if not ends.scene.comparators:
        return ChangeGroup(_NEW, (), unsaid="Nobody was chosen to compare with.")
    changes: list[Change] = []
    undated: set[str] = set()
    for indicator in ends.store.indicators.values():
        for statistic in indicator.statistics:
            if statistic in COMPARABLE:
                found = _find_beside(ends, Measure(indicator.id, statistic, _OFFICIAL_FIRST))
                changes += _tell_new(ends, *found) if found else ()
                undated |= _find_undated(ends, found[1]) if found else set()
    why = " ".join(_say_undated(ends, each) for each in sorted(undated))
    if not changes and why:
        return ChangeGroup(_NEW, (), unsaid=why)
    return ChangeGroup(_NEW, tuple(changes), quiet="no new figure of a comparator was published", after=why)


def _find_beside(ends: Ends, measure: Measure) -> tuple[Chosen, tuple[Comparator, ...]] | None:
    """The area's own figures, and the comparators that were chosen; None without figures of its own."""
    chosen = choose(ends.scene, measure)
    if chosen is None:
        return None
    comparators = find_comparators(ends.scene, chosen)
    return chosen, tuple(each for each in comparators if each.role is not Role.COUNTY)


def _tell_new(ends: Ends, chosen: Chosen, comparators: Sequence[Comparator]) -> Iterator[Change]:
    """One sentence for each time of which there are new figures."""
    new = [
        (each, each.latest)
        for each in comparators
        if not _is_undated(ends, each.latest) and ends.is_told_between(each.latest.observation)
    ]
    for period in dict.fromkeys(point.period for _, point in new):
        yield _tell_together(ends, chosen, [(each, point) for each, point in new if point.period == period])


def _is_undated(ends: Ends, point: Point) -> bool:
    """Whether its source tells what was known on a day, of many years: none of its figures is new."""
    source = ends.store.sources.get(point.observation.source)
    return source is not None and bool(source.known_on)


def _find_undated(ends: Ends, comparators: Sequence[Comparator]) -> set[str]:
    return {each.latest.observation.source for each in comparators if _is_undated(ends, each.latest)}


def _say_undated(ends: Ends, key: str) -> str:
    """Why figures of a source are never called new."""
    source = ends.store.sources[key]
    day = _say_day(source.known_on)
    return (
        f"Figures from the source “{source.short}” are as they stood on {day}. When each of them first came "
        "out is not held, so none is called new."
    )


def _tell_together(ends: Ends, chosen: Chosen, new: Sequence[tuple[Comparator, Point]]) -> Change:
    comparator, point = new[0]
    own = tuple(each for each in chosen.observations if each.period.end_index <= point.period.end_index)
    until = replace(chosen, observations=own) if own and own[-1].period == point.period else None
    others = others_like(until, [each for each, _ in new]) if until else ()
    polarity = chosen.indicator.polarity
    if until and others:
        number = until.exact(until.latest)
        figure = format_with_unit(until.text(until.latest), chosen.statistic)
        beside = say_comparison(number.number, others, polarity) if number else ""
        said = f"{figure} here is {beside}.{say_good(polarity)}"
    else:
        figures = join_words([f"{_name(each)} {text_of(at, chosen)}" for each, at in new])
        said = f"{figures}.{_say_why_not(comparator, until)}"
    when = comparator.when(point)
    return Change(
        link=ends.link(chosen.indicator),
        text=f"new for {when}: {said} {_say_source(ends, point)}",
        badges=make_badges([until.latest] if until and others else []),
    )


def _name(comparator: Comparator) -> str:
    return "neighbours" if comparator.role is Role.NEIGHBOURS else comparator.name


def _say_why_not(comparator: Comparator, until: Chosen | None) -> str:
    """Why nothing is said of the area's own figure beside it."""
    if comparator.rule is not None:
        return f" Not like for like: {comparator.rule.reason}"
    return " There is no figure here of the same time to set beside it." if until is None else ""


def _say_source(ends: Ends, point: Point) -> str:
    source = ends.store.sources.get(point.observation.source)
    day = _say_day(point.observation.published_on)
    return f"Published on {day}." if source is None else f"Source: {source.short}, {day}."
