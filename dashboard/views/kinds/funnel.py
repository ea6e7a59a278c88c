"""The districts by their size, beside the range that chance alone allows: is one different, or only small?"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dashboard.areas import AreaKind
from dashboard.formats import format_number, format_of, format_when, format_with_unit, join_words, suffix_of
from dashboard.page_parts import PanelDeclaration
from dashboard.statistics.funnel import (
    Funnel as Limits,
)
from dashboard.statistics.funnel import (
    FunnelKind,
    FunnelPlace,
    FunnelPoint,
    FunnelState,
    make_funnel,
)
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import is_simulated
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.instead import draw_county_instead
from dashboard.views.kinds.areas import Place, choose_time, read_places
from dashboard.views.pictures import Curve, Dot, Funnel
from dashboard.views.scene import Scene
from dashboard.views.shapes import Empty, Role, Table
from dashboard.views.subtitles import say_name, say_what
from dashboard.vocabulary import Statistic

_STATES = {
    FunnelState.WITHIN: "Within chance",
    FunnelState.HIGHER: "Higher",
    FunnelState.MUCH_HIGHER: "Much higher",
    FunnelState.LOWER: "Lower",
    FunnelState.MUCH_LOWER: "Much lower",
}
_NOT_EXACT = (
    "The districts’ figures are hidden or not told exactly, to protect young people’s identity, so they "
    "cannot be set beside the range that chance allows."
)
_NOT_AS_REAL = (
    "The districts’ figures are simulated and the county’s is published, or the other way round, so they are "
    "not set beside each other."
)
_A_YEAR = 12
_PER = {Statistic.PERCENTAGE: 100.0, Statistic.RATE: 10_000.0}


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A dot for each district; why there is none, where no district or no county figure is told exactly."""
    line, period = choose_time(scene, panel)
    places = read_places(scene, panel, line, period) if line and period else ()
    county = next((each for each in places if each.area.slug == scene.county.slug), None)
    districts = [each for each in places if each.area.kind is AreaKind.DISTRICT]
    at_a_date = scene.store.indicators[panel.measure.indicator].kind.is_at_a_date
    months = period.months if period and not at_a_date else _A_YEAR
    funnel = _find_limits(panel, districts, county, months)
    if line is None or period is None or county is None or not places:
        return draw_county_instead(scene, panel) or draw_nothing(scene, panel)
    indicator = scene.store.indicators[panel.measure.indicator]
    name, when = say_name(panel, indicator), format_when(period, at_a_date=at_a_date)
    if funnel is None:
        unlike = any(each.is_exact and not _is_as_real(each, county) for each in districts)
        why = _NOT_AS_REAL if unlike else _NOT_EXACT
        return Drawn(f"{name}: not judged beside the county", when, None, empty=Empty(why))
    by_name = {each.name: each for each in funnel.points}
    return Drawn(
        title=_title(scene, funnel, name),
        subtitle=f"{say_what(panel, indicator)}, {when}, with the range that chance allows",
        picture=_make_picture(scene, panel, funnel, county, districts, when),
        summary=" ".join(_summarise(scene, panel, funnel, county, districts)),
        table=Table(
            f"{name} by district, {when}",
            ("Area", "Figure", "Out of", "Chance allows (19 in 20)", "Beside the county"),
            tuple(_row(panel, each, by_name.get(each.area.name)) for each in districts),
        ),
        cells=tuple(
            Cell(
                panel.measure.indicator,
                panel.measure.statistic,
                each.area.name,
                line.basis,
                each.observation,
                each.text,
            )
            for each in (*districts, county)
        ),
        rules=" ".join((*funnel.cautions, funnel.caption)),
    )


def say_place(state: FunnelState) -> str:
    """How a district stands beside the county: "Within chance", "Much lower"."""
    return _STATES[state]


def find_funnel(
    places: Sequence[Place], county: Place, statistic: Statistic, *, months: int = _A_YEAR
) -> Limits | None:
    """The funnel of districts round the county's figure; None where that is not told exactly.

    Districts that are less or more real than the county take no part. A rate is of so many months, told as if
    the whole year were like them.
    """
    if county.observation.value is None or not county.is_exact or statistic not in _PER:
        return None
    share = statistic is Statistic.PERCENTAGE
    per = _PER[statistic] * (1 if share else _A_YEAR / months)
    whole = county.observation
    centre = whole.value
    if whole.numerator is not None and whole.denominator:
        centre = per * whole.numerator / whole.denominator
    return _make(
        tuple(FunnelPlace(each.area.name, *_parts(each, county)) for each in places),
        centre,
        FunnelKind.BINOMIAL if share else FunnelKind.POISSON,
        per,
    )


@lru_cache(maxsize=2048)
def _make(places: tuple[FunnelPlace, ...], centre: float | None, kind: FunnelKind, per: float) -> Limits:
    """A funnel, once for all districts: whichever is chosen, the limits are the same."""
    return make_funnel(places, centre, kind, per)


def _parts(place: Place, county: Place) -> tuple[float | None, float | None]:
    """What a district's figure is made of; nothing where it is not told exactly, or not as real."""
    if not place.is_exact or not _is_as_real(place, county):
        return None, None
    return place.observation.numerator, place.observation.denominator


def _is_as_real(place: Place, county: Place) -> bool:
    return is_simulated(place.observation) == is_simulated(county.observation)


def _find_limits(
    panel: PanelDeclaration, districts: Sequence[Place], county: Place | None, months: int
) -> Limits | None:
    funnel = find_funnel(districts, county, panel.measure.statistic, months=months) if county else None
    return funnel if funnel is not None and funnel.points else None


def _text(panel: PanelDeclaration, number: float) -> str:
    return format_number(number) + suffix_of(panel.measure.statistic)


def _make_picture(
    scene: Scene,
    panel: PanelDeclaration,
    funnel: Limits,
    county: Place,
    districts: Sequence[Place],
    when: str,
) -> Funnel:
    texts = _list_texts(districts)
    at, limits = funnel.curve.denominators, funnel.curve.limits
    indicator = scene.store.indicators[panel.measure.indicator]
    declared = indicator.statistics[panel.measure.statistic]
    lower_998, lower_95, upper_95, upper_998 = zip(*limits, strict=True)
    return Funnel(
        dots=tuple(_make_dot(scene, panel, each, texts[each.name], when) for each in funnel.points),
        curves=(
            Curve("19 in 20", at, lower_95, upper_95),
            Curve("998 in 1,000", at, lower_998, upper_998, dashed=True),
        ),
        centre=funnel.centre or 0.0,
        centre_label=f"{scene.county.name} {county.text}",
        unit=suffix_of(panel.measure.statistic),
        across=declared.denominator or "Children aged 0 to 17",
    )


def _list_texts(districts: Sequence[Place]) -> dict[str, str]:
    """Each district's figure as it is printed everywhere, by its name."""
    return {each.area.name: each.text for each in districts}


def _make_dot(scene: Scene, panel: PanelDeclaration, point: FunnelPoint, text: str, when: str) -> Dot:
    own = point.name == scene.area.name
    return Dot(
        name=point.name,
        x=point.denominator,
        y=point.value,
        label=f"{point.name} {text}" if own else point.name,
        hover=f"{point.name} {_say_figure(panel, point, text)}, {_STATES[point.state].lower()}, {when}",
        role=Role.AREA if own else Role.COUNTY,
    )


def _say_figure(panel: PanelDeclaration, point: FunnelPoint, text: str) -> str:
    of = format_of(point.numerator, point.denominator)
    return f"{format_with_unit(text, panel.measure.statistic)} {of}"


def _title(scene: Scene, funnel: Limits, name: str) -> str:
    """The answer to "is this district different?", or to which are."""
    own = next((each for each in funnel.points if each.name == scene.area.name), None)
    if own is not None:
        if own.state is FunnelState.WITHIN:
            return f"{own.name} is no different from the county on this"
        return f"{own.name} is {_STATES[own.state].lower()} than chance explains"
    apart = [each.name for each in funnel.points if each.state is not FunnelState.WITHIN]
    if not apart:
        return f"{name}: the districts differ no more than chance allows"
    return f"{name}: {join_words(apart)} {'differs' if len(apart) == 1 else 'differ'} from the county"


def _summarise(
    scene: Scene,
    panel: PanelDeclaration,
    funnel: Limits,
    county: Place,
    districts: Sequence[Place],
) -> Iterator[str]:
    own = next((each for each in funnel.points if each.name == scene.area.name), None)
    named = own or min(funnel.points, key=lambda each: each.denominator)
    low, high = (_text(panel, each) for each in (named.limits.lower_95, named.limits.upper_95))
    by_children = panel.measure.statistic is Statistic.RATE
    noun = "children" if by_children else scene.store.indicators[panel.measure.indicator].noun
    size = f"{format_number(named.denominator)} {noun}"
    lead = "" if own else f"In {named.name}, "
    yield f"{lead}{'With' if own else 'with'} {size}, {county.text} could be {low} to {high} by chance alone."
    if own is not None:
        yield f"{own.name}: {_say_figure(panel, own, _list_texts(districts)[own.name])}."
    inside = sum(each.state is FunnelState.WITHIN for each in funnel.points)
    if len(funnel.points) == 1:
        yield f"The one district shown is {'inside' if inside else 'outside'} that range for its size."
    else:
        are = "is" if inside == 1 else "are"
        yield f"{inside} of the {len(funnel.points)} districts shown {are} inside that range for their size."
    if funnel.left_out:
        yield f"Not judged, being hidden or not told exactly: {join_words(funnel.left_out)}."


def _row(panel: PanelDeclaration, place: Place, point: FunnelPoint | None) -> tuple[str, ...]:
    if point is None:
        return place.area.name, place.text, "–", "–", "Not judged"
    low, high = (_text(panel, each) for each in (point.limits.lower_95, point.limits.upper_95))
    return (
        place.area.name,
        place.text,
        format_number(point.denominator),
        f"{low} to {high}",
        _STATES[point.state],
    )
