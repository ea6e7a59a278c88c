"""The county in the place of a district, or of all districts, that have too few children or no figures.

It is said in the title, the subtitle, the summary, the table and the file, and drawn as the county always
is: never in the colour of the chosen area.
"""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.formats import format_when, format_with_unit
from dashboard.page_parts import Measure, PanelDeclaration
from dashboard.periods import Grain
from dashboard.views.absent import held_of
from dashboard.views.chosen import Chosen
from dashboard.views.comparators import Comparator, find_comparators, points_of, text_of
from dashboard.views.drawn import Drawn
from dashboard.views.pictures import Process
from dashboard.views.scene import Scene
from dashboard.views.series import choose, is_counted_by_district
from dashboard.views.shapes import Bar, Bars, Grouped, Picture, Role, Table, Trend
from dashboard.views.subtitles import say_name, say_what
from dashboard.views.telling import precisions_of, say_beside
from dashboard.views.trend_tables import make_cells
from dashboard.vocabulary import Basis, Symbol
from dashboard.words import NOT_BY_DISTRICT, lower_first, say_hollow, say_too_few

_NO_DISTRICT = "There are too few children in each district to show the districts side by side"


def is_withheld(scene: Scene, measures: Iterable[Measure | None]) -> bool:
    """Whether too little of any of some measures can be shown of the chosen district."""
    return not scene.is_county and any(_is_withheld(scene, each) for each in measures if each)


def _is_withheld(scene: Scene, measure: Measure) -> bool:
    if not is_counted_by_district(scene.store.indicators[measure.indicator]):
        return False
    chosen = choose(scene, measure)
    if chosen is not None:
        return not chosen.visible and chosen.latest.symbol is Symbol.CONFIDENTIAL
    return is_never_by_district(scene, measure) or _is_left_out(scene, measure)


def is_never_by_district(scene: Scene, measure: Measure) -> bool:
    """Whether a measure is not shown of any district, because too little of it could be."""
    bases = [line.basis for line in measure.lines]
    protection = scene.store.protection
    return protection.withholds(measure.indicator, measure.statistic, bases, measure.characteristic)


def _is_left_out(scene: Scene, measure: Measure) -> bool:
    """Whether districts were decided to be shown, and this one is in none of the periods that remain."""
    what = measure.indicator, measure.statistic
    decided = scene.store.protection.table(*what, Basis.LOCAL, measure.characteristic)
    categories = [measure.category]
    if measure.characteristic and not measure.category:
        categories = list(scene.store.categories(*what, Basis.LOCAL, measure.characteristic, scene.area.slug))
    return decided is not None and not any(
        len(scene.store.series(*what, scene.area.slug, Basis.LOCAL, grain, measure.characteristic, category))
        for grain in Grain
        for category in categories
    )


def why_not_alone(scene: Scene, panel: PanelDeclaration) -> str:
    """Why a district has nothing to draw, ever; blank where it has at another time, or is no district."""
    if scene.is_county:
        return ""
    if not is_counted_by_district(scene.store.indicators[panel.measure.indicator]):
        return NOT_BY_DISTRICT.removesuffix(".")
    whole = replace(panel.measure, characteristic="") if panel.shares else None
    if is_withheld(scene, (panel.measure, panel.against, whole)):
        return say_too_few(scene.area.name)
    return "" if held_of(scene, panel.measure, scene.area) else f"No figures for {scene.area.name}"


def stand_in(scene: Scene, panel: PanelDeclaration, county: Drawn, why: str) -> Drawn:
    """What was drawn for the county, marked as such with the reason, in the place of a district's."""
    said = f"{why}. This is {scene.county.name}."
    name = say_name(panel, scene.store.indicators[panel.measure.indicator])
    table = county.table
    return replace(
        county,
        title=f"{name}: {lower_first(why)}",
        subtitle=f"This is {scene.county.name}: {county.subtitle}",
        picture=as_county(county.picture) if county.picture else None,
        summary=f"{said} {county.summary}",
        table=replace(table, caption=f"{said} {table.caption}", strong=None) if table else None,
        cells=tuple(replace(cell, note=said) for cell in county.cells),
    )


def as_county(picture: Picture) -> Picture:
    """The same picture with the county's colour and dash where the chosen area's were."""
    match picture:
        case Trend():
            lines = tuple(replace(line, role=_as_county(line.role)) for line in picture.lines)
            return replace(picture, lines=lines)
        case Bars():
            bars = tuple(replace(bar, role=_as_county(bar.role)) for bar in picture.bars)
            return replace(picture, bars=bars)
        case Grouped():
            return replace(picture, role=Role.COUNTY)
        case Process():
            lines = tuple(replace(line, role=_as_county(line.role)) for line in picture.trend.lines)
            return replace(picture, trend=replace(picture.trend, lines=lines))
        case _:  # a stack has the colours of its categories, whoever's they are
            return picture


def _as_county(role: Role) -> Role:
    return Role.COUNTY if role is Role.AREA else role


# --- in the place of all districts ------------------------------------------------------------------


def draw_county_instead(scene: Scene, panel: PanelDeclaration) -> Drawn | None:
    """The county beside its comparators, where no district can be shown; None where that is not why."""
    county = scene.of(scene.county)
    chosen = choose(county, panel.measure)
    if chosen is None or not chosen.latest.is_exact or not is_never_by_district(scene, panel.measure):
        return None
    beside = [
        each for each in find_comparators(county, chosen) if each.point_for(chosen.latest.period) is not None
    ]
    name = say_name(panel, chosen.indicator)
    when = format_when(chosen.latest.period, at_a_date=chosen.at_a_date)
    figure = format_with_unit(chosen.text(chosen.latest), chosen.statistic)
    said = f"{_NO_DISTRICT}. This is {scene.county.name} as a whole."
    rows = [(scene.county.name, chosen.text(chosen.latest)), *(_row(chosen, each) for each in beside)]
    sentences = [said, f"{scene.county.name}: {figure}.", *say_beside(chosen, beside)]
    last = replace(chosen, observations=(chosen.latest,))
    return Drawn(
        title=f"{name}: too few children to show by district",
        subtitle=f"This is {scene.county.name}: {say_what(panel, chosen.indicator)}, {when}",
        picture=Bars((_own_bar(scene, chosen, when), *(_bar(chosen, each) for each in beside))),
        summary=" ".join([*sentences, say_hollow(precisions_of(last, beside))]).strip(),
        table=Table(f"{said} {name}, {when}", ("Area", when), tuple(rows)),
        cells=tuple(replace(cell, note=said) for cell in make_cells(county, last, beside)),
        unlike=tuple(dict.fromkeys(each.rule.reason for each in beside if each.rule)),
        neighbours=points_of(beside),
    )


def _own_bar(scene: Scene, chosen: Chosen, when: str) -> Bar:
    text = chosen.text(chosen.latest)
    return Bar(
        name=scene.county.name,
        value=chosen.latest.value,
        text=text,
        hover=f"{scene.county.name} {format_with_unit(text, chosen.statistic)}, {when}",
        role=Role.AREA if scene.is_county else Role.COUNTY,
    )


def _bar(chosen: Chosen, comparator: Comparator) -> Bar:
    name, text = _row(chosen, comparator)
    point = comparator.point_for(chosen.latest.period) or comparator.latest
    return Bar(
        name=name,
        value=point.observation.value,
        text=text,
        hover=f"{name} {format_with_unit(text, chosen.statistic)}, {comparator.when(point)}",
        role=comparator.role,
        apart=True,
    )


def _row(chosen: Chosen, comparator: Comparator) -> tuple[str, str]:
    point = comparator.point_for(chosen.latest.period) or comparator.latest
    return comparator.name, text_of(point, chosen)
