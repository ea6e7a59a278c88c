"""The districts at the end of two quarters: how many now, and how many before, those elsewhere kept apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.areas import AreaKind
from dashboard.formats import format_when
from dashboard.page_parts import Line, PanelDeclaration
from dashboard.periods import Period
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.kinds import areas
from dashboard.views.kinds.areas import Place, choose_time, read_places
from dashboard.views.scene import Scene
from dashboard.views.series import read_line
from dashboard.views.shapes import Bars, Role, Table
from dashboard.views.subtitles import say_name, say_what
from dashboard.words import find_direction


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A bar for each district with an upright where it was; one time alone where no other is held."""
    now = areas.draw(scene, panel)
    line, period = choose_time(scene, panel)
    earlier = _find_earlier(scene, panel, line, period) if line and period else None
    if now.empty or line is None or period is None or earlier is None or not isinstance(now.picture, Bars):
        return now
    places = read_places(scene, panel, line, period)
    before = {each.area.slug: each for each in read_places(scene, panel, line, earlier)}
    at_a_date = scene.store.indicators[panel.measure.indicator].kind.is_at_a_date
    last, first = (format_when(each, at_a_date=at_a_date) for each in (period, earlier))
    name, what = say_name(panel, scene.store.indicators[panel.measure.indicator]), panel.words.what
    bars = [
        replace(bar, comparator=_value(was), comparator_text=was.text if was else "–")
        for bar, place in zip(now.picture.bars, places, strict=True)
        for was in [before.get(place.area.slug)]
    ]
    return replace(
        now,
        title=_title(scene, places, before, now.title),
        subtitle=f"{what or say_what(panel, scene.store.indicators[panel.measure.indicator])}, "
        f"{first} (upright) and {last} (bar)",
        picture=Bars(tuple(bars), f"{period.end:%b %Y}", f"{earlier.end:%b %Y}", Role.ENGLAND),
        summary=areas.summarise(scene, panel, places, opening=_say_change(scene, places, before, first)),
        table=Table(
            f"{name} by district",
            ("Area", first, last),
            tuple((each.area.name, _text(before.get(each.area.slug)), each.text) for each in places),
        ),
        cells=(*now.cells, *_cells(panel, line, tuple(before.values()))),
    )


def _find_earlier(scene: Scene, panel: PanelDeclaration, line: Line, period: Period) -> Period | None:
    """The last quarter's end, or year's, for which districts are held before a period."""
    held = {
        each.period
        for area in scene.store.areas.districts
        for each in read_line(scene.store, panel.measure, area.slug, line)
        if each.period.end_index <= period.end_index - 3
    }
    return max(held, key=lambda each: each.end_index, default=None)


def _value(place: Place | None) -> float | None:
    return place.value if place is not None and place.is_exact else None


def _text(place: Place | None) -> str:
    return place.text if place is not None else "–"


def _title(scene: Scene, places: Sequence[Place], before: dict[str, Place], otherwise: str) -> str:
    """What changed in the chosen district; else what the picture of one time says."""
    own = next((each for each in places if each.area.slug == scene.area.slug), None)
    was = before.get(scene.area.slug)
    if own is None or was is None or own.area.kind is not AreaKind.DISTRICT:
        return otherwise
    now, then = _value(own), _value(was)
    if now is None or then is None:
        return otherwise
    word = {1: "More children live", -1: "Fewer children live", 0: "As many children live"}
    return f"{word[find_direction(now, then)]} in {own.area.name} than a quarter before"


def _say_change(scene: Scene, places: Sequence[Place], before: dict[str, Place], first: str) -> str:
    own = next((each for each in places if each.area.slug == scene.area.slug), None)
    was = before.get(scene.area.slug)
    now, then = _value(own), _value(was)
    if own is None or was is None or now is None or then is None:
        return ""
    verb = {1: "up", -1: "down", 0: "level with"}[find_direction(now, then)]
    by = f" {abs(now - then):g} from" if now != then else ""
    return f"{own.area.name}: {own.text}, {verb}{by} {was.text} at {first}."


def _cells(panel: PanelDeclaration, line: Line, places: Sequence[Place]) -> Iterator[Cell]:
    for place in places:
        yield Cell(
            panel.measure.indicator,
            panel.measure.statistic,
            place.area.name,
            line.basis,
            place.observation,
            place.text,
        )
