"""The districts side by side at one time, with the county beside rates and shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.areas import Area, AreaKind
from dashboard.formats import (
    explain_symbol,
    format_base,
    format_of,
    format_when,
    format_with_unit,
    round_shown,
)
from dashboard.page_parts import Line, PanelDeclaration
from dashboard.periods import Period
from dashboard.store import Observation
from dashboard.titles import title_comparison, title_range
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen, is_simulated, text_of_figure
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.instead import draw_county_instead
from dashboard.views.scene import Scene
from dashboard.views.series import choose, read_line
from dashboard.views.shapes import Bar, Bars, Role, Table
from dashboard.views.subtitles import say_name, say_what, say_why_by_year
from dashboard.vocabulary import COMPARABLE, Statistic, Symbol
from dashboard.words import find_direction, say_hidden_rows, say_hollow, say_place


@dataclass(frozen=True)
class Place:
    """One area's figure at the time shown."""

    area: Area
    observation: Observation
    value: float | None  # as shown
    text: str

    @property
    def is_exact(self) -> bool:
        """Whether it may be set against another."""
        return self.observation.is_exact


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A bar for each district; why there is none, where no district has a figure."""
    line, period = choose_time(scene, panel)
    if line is None or period is None:
        return draw_county_instead(scene, panel) or draw_nothing(scene, panel)
    places = read_places(scene, panel, line, period)
    name = say_name(panel, scene.store.indicators[panel.measure.indicator])
    return Drawn(
        title=_title(scene, panel, places, name),
        subtitle=_subtitle(scene, panel, line, period),
        picture=Bars(tuple(_bar(scene, panel, place, period) for place in places)),
        summary=summarise(scene, panel, places),
        table=_make_table(scene, panel, places, name, period),
        cells=tuple(_cell(panel, line, place) for place in places),
    )


def choose_time(scene: Scene, panel: PanelDeclaration) -> tuple[Line | None, Period | None]:
    """The line and latest period for which districts are held; longer periods where most are hidden."""
    districts = scene.store.areas.districts
    chosen = [each for area in districts if (each := choose(scene, panel.measure, area))]
    if not chosen:
        return None, None
    line = max((each.line for each in chosen), key=lambda each: sum(c.line == each for c in chosen))
    last = [each.latest.period for each in chosen if each.line == line]
    hidden = sum(_is_hidden(each) for each in chosen if each.line == line)
    coarser = [each for each in chosen if each.line != line]
    if coarser and hidden * 2 > len(chosen):
        return coarser[0].line, coarser[0].latest.period
    return line, max(last, key=lambda period: period.end_index)


def _is_hidden(chosen: Chosen) -> bool:
    return chosen.latest.symbol is Symbol.CONFIDENTIAL


def read_places(scene: Scene, panel: PanelDeclaration, line: Line, period: Period) -> tuple[Place, ...]:
    """The districts by name, then placements elsewhere; beside rates and shares the county."""
    areas = [*scene.store.areas.districts, *scene.store.areas.placement_only]
    if panel.measure.statistic in COMPARABLE:
        areas.append(scene.county)
    held = [
        (area, each)
        for area in areas
        for each in read_line(scene.store, panel.measure, area.slug, line)
        if each.period == period
    ]
    visible = [each.decimals for _, each in held if each.value is not None]
    decimals = min(max(visible, default=0), 1)
    return tuple(_make_place(panel, area, each, decimals) for area, each in held)


def _make_place(panel: PanelDeclaration, area: Area, observation: Observation, decimals: int) -> Place:
    value = None if observation.value is None else round_shown(observation.value, decimals)
    text = text_of_figure(observation, panel.measure.statistic, decimals)
    return Place(area, observation, value, text)


def _bar(scene: Scene, panel: PanelDeclaration, place: Place, period: Period) -> Bar:
    hidden = place.observation.symbol is Symbol.CONFIDENTIAL
    return Bar(
        name=place.area.name,
        value=place.value,
        text=f"{place.text} hidden" if hidden else place.text,
        hover=_hover(scene, panel, place, period),
        role=_role(scene, panel, place.area),
        apart=place.area.kind in (AreaKind.PLACEMENT_ONLY, AreaKind.COUNTY),
        rough=place.value is not None and not place.is_exact,
    )


def _role(scene: Scene, panel: PanelDeclaration, area: Area) -> Role:
    """The strong colour for the chosen area; for the county's count, for all that make it up."""
    makes_up_county = scene.is_county and panel.measure.statistic not in COMPARABLE
    return Role.AREA if makes_up_county or area.slug == scene.area.slug else Role.COUNTY


def _hover(scene: Scene, panel: PanelDeclaration, place: Place, period: Period) -> str:
    when = format_when(period, at_a_date=_at_a_date(scene, panel))
    symbol = place.observation.symbol
    if symbol and symbol is not Symbol.LOW:
        return f"{place.area.name} {explain_symbol(symbol)}, {when}"
    of = ""
    numerator, denominator = place.observation.numerator, place.observation.denominator
    if panel.measure.statistic is Statistic.PERCENTAGE and numerator is not None and denominator:
        of = f" {format_of(numerator, denominator)}"
    if place.observation.base:
        of = f" ({format_base(place.observation.base)})"
    return f"{place.area.name} {format_with_unit(place.text, panel.measure.statistic)}{of}, {when}"


def _at_a_date(scene: Scene, panel: PanelDeclaration) -> bool:
    return scene.store.indicators[panel.measure.indicator].kind.is_at_a_date


def _title(scene: Scene, panel: PanelDeclaration, places: Sequence[Place], name: str) -> str:
    districts = [each for each in places if each.area.kind is AreaKind.DISTRICT]
    seen = [each for each in districts if each.value is not None]
    here = next((each for each in places if each.area.slug == scene.area.slug), None)
    if not scene.is_county and here is not None and here.value is None:
        return f"The number for {scene.area.name} is hidden"
    county = next((each for each in places if each.area.slug == scene.county.slug), None)
    if not scene.is_county and here and county and _are_comparable(here, county):
        side = find_direction(_value(here), _value(county))
        place = say_place([scene.county.slug], scene.county.slug)
        said = title_comparison(panel.words.more, panel.words.fewer, side, place)
        return said or f"{name}: {here.text} in {scene.area.name}, {county.text} in the county"
    if not scene.is_county and here and here.value is not None:
        return f"{name}: {here.text} in {scene.area.name}"
    if len(seen) < 2:
        return f"{name}: most districts are hidden"
    if not all(each.is_exact for each in seen):
        return f"{name} by district"
    low, high = min(seen, key=_value), max(seen, key=_value)
    return title_range(name, (low.area.name, low.text), (high.area.name, high.text))


def _are_comparable(one: Place, other: Place) -> bool:
    """Whether both are told exactly, and one is as real as the other."""
    alike = is_simulated(one.observation) == is_simulated(other.observation)
    return alike and one.is_exact and other.is_exact


def _value(place: Place) -> float:
    return place.value or 0.0


def _subtitle(scene: Scene, panel: PanelDeclaration, line: Line, period: Period) -> str:
    indicator = scene.store.indicators[panel.measure.indicator]
    when = format_when(period, at_a_date=indicator.kind.is_at_a_date)
    why = say_why_by_year(scene, panel.measure, line)
    return f"{say_what(panel, indicator)}, by district, {when}{why}"


def summarise(scene: Scene, panel: PanelDeclaration, places: Sequence[Place], *, opening: str = "") -> str:
    """The chosen area's figure, or what else is to be said first; the range; what is apart or hidden."""
    districts = [each for each in places if each.area.kind is AreaKind.DISTRICT]
    seen = [each for each in districts if each.value is not None]
    sentences = [opening]
    here = next((each for each in places if each.area.slug == scene.area.slug), None)
    if not opening and here is not None and here.value is not None:
        unit = format_with_unit(here.text, panel.measure.statistic)
        of = f" {format_base(here.observation.base)}".rstrip()
        sentences.append(f"{here.area.name}: {unit}{of}.")
    if len(seen) >= 2 and all(each.is_exact for each in seen):
        low, high = min(seen, key=_value), max(seen, key=_value)
        if low.text != high.text:
            sentences.append(
                f"Of the districts shown, {low.area.name} has the lowest figure, {low.text}, "
                f"and {high.area.name} the highest, {high.text}."
            )
    apart = [each for each in places if each.area.kind is AreaKind.PLACEMENT_ONLY and each.value is not None]
    if apart:
        said = "; ".join(f"{each.area.name.lower()} {each.text}" for each in apart)
        sentences.append(f"In no district: {said}.")
    hidden = [each.area.name for each in places if each.observation.symbol is Symbol.CONFIDENTIAL]
    sentences.append(say_hidden_rows(hidden))
    sentences.append(say_hollow({each.observation.precision for each in places}))
    return " ".join(sentence for sentence in sentences if sentence)


def _make_table(
    scene: Scene, panel: PanelDeclaration, places: Sequence[Place], name: str, period: Period
) -> Table:
    heading = format_when(period, at_a_date=_at_a_date(scene, panel))
    rows = tuple(
        (place.area.name, f"{place.text} {format_base(place.observation.base)}".rstrip()) for place in places
    )
    return Table(f"{name} by district, {heading}", ("Area", heading), rows)


def _cell(panel: PanelDeclaration, line: Line, place: Place) -> Cell:
    return Cell(
        panel.measure.indicator,
        panel.measure.statistic,
        place.area.name,
        line.basis,
        place.observation,
        place.text,
    )
