"""The page of which there is one for each district: the six side by side, and roughly where each lies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.areas import AreaKind
from dashboard.formats import format_when
from dashboard.outlines import ACROSS, Outline, load_outlines
from dashboard.page_parts import Measure, PageDeclaration, PanelDeclaration, PanelKind, Wording
from dashboard.statistics.funnel import FunnelState
from dashboard.store import Store
from dashboard.views.chosen import is_simulated
from dashboard.views.drawn import make_badges
from dashboard.views.explore import key_of
from dashboard.views.kinds.areas import Place, choose_time, read_places
from dashboard.views.kinds.funnel import find_funnel, say_place
from dashboard.views.scene import Scene
from dashboard.views.series import choose
from dashboard.views.shapes import Badge, Link
from dashboard.vocabulary import Statistic

#: The page of which there is one for each district.
DISTRICTS = "districts"
_SHADES = {FunnelState.WITHIN: 0, FunnelState.HIGHER: 1, FunnelState.LOWER: 1}
_DEEP = 2
_RATE = " per 10,000"


@dataclass(frozen=True)
class HeatCell:
    """A district's figure, a word for how it stands beside the county, and a shade that says the same."""

    text: str
    word: str
    shade: int  # 0 within chance, 1 beyond 19 in 20, 2 beyond 998 in 1,000


@dataclass(frozen=True)
class HeatRow:
    """One measure of the districts."""

    link: Link
    when: str
    cells: tuple[HeatCell, ...]
    county: str


@dataclass(frozen=True)
class Heat:
    """The districts side by side, in the order of the alphabet."""

    columns: tuple[str, ...]  # the districts' names
    strong: int | None  # the column of the chosen district
    rows: tuple[HeatRow, ...]
    county: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Tile:
    """One district roughly where it lies: its latest figure, and its trend on a scale of its own."""

    name: str
    href: str
    text: str
    trend: tuple[float | None, ...]
    chosen: bool


@dataclass(frozen=True)
class Tiles:
    """The districts in the place of a map, from north to south and west to east."""

    title: str
    subtitle: str
    rows: tuple[tuple[Tile, ...], ...]
    summary: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Locator:
    """Where a district lies in the county: outlines, and which of them is the chosen one."""

    outlines: tuple[tuple[str, Outline], ...]  # slugs and corners
    chosen: str  # a slug, or blank
    across: int
    down: int
    text: str


@dataclass(frozen=True)
class Districts:
    """What stands on the page of districts beside its cards and charts."""

    locator: Locator | None
    heat: Heat | None
    tiles: Tiles | None


def make_district_pages(store: Store, common: PageDeclaration) -> Mapping[str, PageDeclaration]:
    """The common page, and one for each district, by key."""
    common = replace(common, each=common.key)
    pages = {common.key: common}
    for area in store.areas.districts:
        key = f"{common.key}/{area.slug}"
        pages[key] = replace(common, key=key, title=area.name, area=area.slug, under=common.key)
    return pages


def make_districts(scene: Scene, page: PageDeclaration) -> Districts:
    """The district on the map, the six side by side, and one measure where each lies."""
    return Districts(
        locator=_locate(scene),
        heat=_make_heat(scene, page),
        tiles=_make_tiles(scene, page) if page.tiles else None,
    )


# --- side by side ---------------------------------------------------------------------------------


def _make_heat(scene: Scene, page: PageDeclaration) -> Heat | None:
    districts = sorted(scene.store.areas.districts, key=lambda area: area.name)
    read = [(measure, _read(scene, measure)) for measure in page.heat]
    rows = [row for measure, places in read if places and (row := _make_row(scene, measure, places))]
    if not rows:
        return None
    shown = [place.observation for _, places in read for place in places]
    own = [number for number, area in enumerate(districts) if area.slug == scene.area.slug]
    return Heat(
        columns=tuple(area.name for area in districts),
        strong=own[0] if own else None,
        rows=tuple(rows),
        county=scene.county.name,
        badges=make_badges(shown),
    )


def _read(scene: Scene, measure: Measure) -> tuple[Place, ...]:
    """The figures of all districts and the county at the latest time at which they are held."""
    panel = PanelDeclaration(key="heat", kind=PanelKind.AREAS, measure=measure, words=Wording())
    line, period = choose_time(scene, panel)
    return read_places(scene, panel, line, period) if line and period else ()


def _make_row(scene: Scene, measure: Measure, places: tuple[Place, ...]) -> HeatRow | None:
    by_slug = {place.area.slug: place for place in places}
    county = by_slug.get(scene.county.slug)
    if county is None:
        return None
    districts = [place for place in places if place.area.kind is AreaKind.DISTRICT]
    indicator = scene.store.indicators[measure.indicator]
    months = 12 if indicator.kind.is_at_a_date else county.observation.period.months
    funnel = find_funnel(districts, county, measure.statistic, months=months)
    states = {point.name: point.state for point in funnel.points} if funnel else {}
    areas = sorted(scene.store.areas.districts, key=lambda area: area.name)
    unit = _RATE if measure.statistic is Statistic.RATE and _RATE.strip() not in indicator.short_title else ""
    return HeatRow(
        link=Link(indicator.short_title + unit, scene.selection.on(key_of(indicator.id)).address()),
        when=format_when(county.observation.period, at_a_date=indicator.kind.is_at_a_date),
        cells=tuple(_make_cell(by_slug.get(area.slug), states.get(area.name)) for area in areas),
        county=county.text,
    )


def _make_cell(place: Place | None, state: FunnelState | None) -> HeatCell:
    if place is None:
        return HeatCell("–", "Not held", 0)
    if state is None:
        word = "Hidden" if place.observation.value is None else "Not judged"
        return HeatCell(place.text, word, 0)
    return HeatCell(place.text, say_place(state), _SHADES.get(state, _DEEP))


# --- where each lies ------------------------------------------------------------------------------


def _make_tiles(scene: Scene, page: PageDeclaration) -> Tiles | None:
    measure = page.tiles
    if measure is None:
        return None
    shown = {slug: choose(scene, measure, scene.store.areas[slug]) for row in page.tile_rows for slug in row}
    held = [chosen for chosen in shown.values() if chosen is not None]
    if not held:
        return None
    indicator = scene.store.indicators[measure.indicator]
    observations = [each for chosen in held for each in chosen.observations]
    first = min(each.period.end_index for each in observations)
    start = next(each for each in observations if each.period.end_index == first)
    last = max((chosen.latest for chosen in held), key=lambda each: each.period.end_index)
    when = [format_when(each.period, at_a_date=indicator.kind.is_at_a_date) for each in (start, last)]
    rows = []
    for row in page.tile_rows:
        tiles = []
        for slug in row:
            chosen, area = shown[slug], scene.store.areas[slug]
            tiles.append(
                Tile(
                    name=area.name,
                    href=scene.selection.on(f"{DISTRICTS}/{slug}").choosing(area=slug).address(),
                    text=chosen.text(chosen.latest) if chosen else "–",
                    trend=tuple(each.value if each.is_exact else None for each in chosen.observations)
                    if chosen
                    else (),
                    chosen=slug == scene.area.slug,
                )
            )
        rows.append(tuple(tiles))
    simulated = " These figures are simulated." if any(is_simulated(each) for each in observations) else ""
    return Tiles(
        title=f"{indicator.short_title}, district by district",
        subtitle=f"{indicator.title}, {when[0]} to {when[1]}, laid out roughly as on a map",
        rows=tuple(rows),
        summary=f"Each line has a scale of its own: read the direction, not the height.{simulated}",
        badges=make_badges(observations),
    )


@lru_cache(maxsize=8)
def _outlines_of(store: Store) -> Mapping[str, Outline]:
    return load_outlines(store.folder / "declared")


def _locate(scene: Scene) -> Locator | None:
    outlines = _outlines_of(scene.store)
    if not outlines:
        return None
    chosen = scene.area.slug if scene.area.slug in outlines else ""
    down = max(y for outline in outlines.values() for _, y in outline)
    where = f"{scene.area.name} in {scene.county.name}" if chosen else f"The districts of {scene.county.name}"
    return Locator(tuple(sorted(outlines.items())), chosen, ACROSS, down, where)
