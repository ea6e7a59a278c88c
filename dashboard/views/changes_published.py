"""What came out between two ends: figures that were restated, and new ones to compare with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.catalogue import Indicator
from dashboard.formats import format_when, format_with_unit, join_words
from dashboard.known import differ
from dashboard.page_parts import Measure
from dashboard.store import Observation
from dashboard.views.changes_ends import LINES, Ends, list_totals, say_good
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.views.chosen import Chosen, is_simulated, text_of_figure
from dashboard.views.comparators import Comparator, Point, find_comparators, others_like, text_of
from dashboard.views.drawn import make_badges
from dashboard.views.series import choose
from dashboard.views.shapes import Role
from dashboard.vocabulary import COMPARABLE, Basis, Statistic, Status
from dashboard.words import say_comparison

_RESTATED, _NEW = "Figures restated", "New figures to compare with"
_UNKNOWN = "Where no earlier figure is named, none is held in this release."
_MOST = 3  # restated figures that are told one by one, of one measure
_OFFICIAL_FIRST = (*[each for each in LINES if each.basis is Basis.OFFICIAL], *LINES)


@dataclass(frozen=True)
class _Restated:
    """A figure that was published again, and what was published of it first; None where that is not held."""

    statistic: Statistic
    now: Observation
    first: Observation | None


def find_restated(ends: Ends) -> ChangeGroup:
    """Figures of the area that were published again with another number, or as revised, by measure."""
    restated: dict[str, list[_Restated]] = {}
    for measure, held in list_totals(ends.store, ends.scene.area.slug):
        found = [each for one in held if (each := _find_restated(ends, measure, one))]
        restated.setdefault(measure.indicator, []).extend(found)
    changes = tuple(
        _tell_restated(ends, ends.store.indicators[key], found) for key, found in restated.items() if found
    )
    unknown = any(each.first is None for found in restated.values() for each in found)
    return ChangeGroup(_RESTATED, changes, quiet="no figure was restated", after=_UNKNOWN if unknown else "")


def _find_restated(ends: Ends, measure: Measure, now: Observation) -> _Restated | None:
    """A figure that is told exactly, was restated between the ends, and is of a time that may be shown."""
    if not (ends.is_told_between(now) and now.is_exact and now.period.end_index <= ends.scene.end):
        return None
    line = measure.indicator, measure.statistic, ends.scene.area.slug, measure.lines[0].basis
    before = [each for each in ends.store.replaced(*line, now.period) if each.is_exact]
    alike = [each for each in before if is_simulated(each) == is_simulated(now)]
    first = alike[0] if alike and differ(alike[0], now) else None
    if first is None and now.status is not Status.REVISED:
        return None
    return _Restated(measure.statistic, now, first)


def _tell_restated(ends: Ends, indicator: Indicator, restated: Sequence[_Restated]) -> Change:
    main = restated[0].statistic
    own = [each for each in restated if each.statistic is main]
    own.sort(key=lambda each: each.now.period.end_index)
    told = [_say_restated(indicator, each) for each in own[-_MOST:]]
    more = [f"{len(restated) - len(told)} more"] if len(restated) > len(told) else []
    noun = "figure was" if len(restated) == 1 else "figures were"
    day = _say_day(max(each.now.published_on for each in restated))
    return Change(
        link=ends.link(indicator),
        text=f"{len(restated)} {noun} restated, on {day}: now {join_words([*told, *more])}."
        f"{say_good(indicator.polarity)}",
        badges=make_badges([each.now for each in restated]),
    )


def _say_restated(indicator: Indicator, restated: _Restated) -> str:
    """ "277.4 per 10,000 for 2019/20 (275 as first published)"."""
    when = format_when(restated.now.period, at_a_date=indicator.kind.is_at_a_date)
    first = restated.first
    was = f" ({_text(restated.statistic, first)} as first published)" if first is not None else ""
    figure = format_with_unit(_text(restated.statistic, restated.now), restated.statistic)
    return f"{figure} for {when}{was}"


def _text(statistic: Statistic, observation: Observation) -> str:
    return text_of_figure(observation, statistic, observation.decimals)


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
