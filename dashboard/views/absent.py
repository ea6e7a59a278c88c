"""Why a measure has nothing to show for an area and period, and where there is something."""

from dashboard.areas import Area
from dashboard.page_parts import Measure, PanelDeclaration
from dashboard.store import Observation
from dashboard.views.chosen import Chosen
from dashboard.views.drawn import Cell, Drawn, cell_of
from dashboard.views.scene import Scene
from dashboard.views.series import choose, is_counted_by_district, read_line
from dashboard.views.shapes import Empty, Link
from dashboard.views.subtitles import say_name, say_what
from dashboard.vocabulary import Symbol
from dashboard.words import Shown, say_all_hidden, say_county_only


def draw_nothing(scene: Scene, panel: PanelDeclaration, measure: Measure | None = None) -> Drawn:
    """An explanation in the place of a picture."""
    wanted = measure or panel.measure
    indicator = scene.store.indicators[wanted.indicator]
    name, empty, cells = say_name(panel, indicator), *explain_absence(scene, wanted)
    by_district = scene.is_county or is_counted_by_district(indicator)
    found = choose(scene, wanted)
    why = "no figures here" if found is None else "every number is hidden"
    title = f"{name}: {why if by_district else 'not counted by district'}"
    return Drawn(
        title=title,
        subtitle=f"{say_what(panel, indicator)}, {scene.area.name}, {scene.period.label}",
        picture=None,
        empty=empty,
        sources_of=cells,
    )


def explain_absence(scene: Scene, measure: Measure) -> tuple[Empty, tuple[Cell, ...]]:
    """The reason and a way on, with the figure that the reason names."""
    chosen = choose(scene, measure)
    hidden = chosen is not None and not chosen.visible and chosen.latest.symbol is Symbol.CONFIDENTIAL
    if not scene.is_county:
        county = choose(scene, measure, scene.county)
        link = Link(f"Show {scene.county.name}", scene.selection.choosing(area=scene.county.slug).address())
        if not is_counted_by_district(scene.store.indicators[measure.indicator]):
            latest = last_shown(county)
            cells = (cell_of(county, county.visible[-1], latest.text),) if county and latest else ()
            return Empty(say_county_only(scene.county.name, latest), link), cells
        if hidden:
            return _with_county(scene, say_all_hidden(scene.area.name), county, link)
        if county is not None:
            return _with_county(scene, _say_none(scene), county, link)
    if hidden:
        return Empty(say_all_hidden(scene.area.name)), ()
    return _explain_times(scene, measure, scene.area), ()


def _with_county(scene: Scene, why: str, county: Chosen | None, link: Link) -> tuple[Empty, tuple[Cell, ...]]:
    """A reason, with the county's latest figure where it has one."""
    latest = last_shown(county)
    if county is None or latest is None:
        return Empty(why, link), ()
    said = f"{why} {scene.county.name}: {latest.text} {latest.in_when}."
    return Empty(said, link), (cell_of(county, county.visible[-1], latest.text),)


def last_shown(chosen: Chosen | None) -> Shown | None:
    """The last figure of a line that has a number, ready for words."""
    return chosen.shown(chosen.visible[-1]) if chosen and chosen.visible else None


def _explain_times(scene: Scene, measure: Measure, area: Area) -> Empty:
    """What is held is of another time: earlier than the window, or later than the period."""
    held = held_of(scene, measure, area)
    earlier = [each for each in held if each.period.end_index <= scene.end]
    if earlier:
        latest = max(earlier, key=lambda each: each.period.end_index)
        link = Link("Show all years", scene.selection.choosing(span="all").address())
        return Empty(f"The latest figure is of {latest.period.label}, before the years shown.", link)
    if held:
        first = min(held, key=lambda each: each.period.end_index).period
        quarter = first.quarter
        link = Link(f"Show {quarter.label}", scene.selection.choosing(period=quarter.code).address())
        return Empty(f"The first figure is of {first.label}, later than {scene.period.label}.", link)
    return Empty(_say_none(scene))


def held_of(scene: Scene, measure: Measure, area: Area) -> list[Observation]:
    """Every figure held of a measure, whatever its time."""
    return [each for line in measure.lines for each in read_line(scene.store, measure, area.slug, line)]


def _say_none(scene: Scene) -> str:
    said = f"This release holds no figures for {scene.area.name}."
    if not scene.store.release.illustrative:
        said += " None has been published, and this release leaves simulated figures out."
    return said
