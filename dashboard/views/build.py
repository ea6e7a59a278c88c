"""Every page from a store and a selection: finished, cached, and free of anything that is not released."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from dashboard.commentary import load_commentary
from dashboard.known import as_known, find_day
from dashboard.page_parts import HOME, PageDeclaration, PanelDeclaration
from dashboard.pages import load_pages
from dashboard.periods import parse
from dashboard.query import THEN, Selection
from dashboard.store import Store
from dashboard.views.about import make_about
from dashboard.views.cards import make_card
from dashboard.views.changes import CHANGES, make_changes, say_ends
from dashboard.views.comparators import describe_neighbours
from dashboard.views.dataset import dress_page, list_rows
from dashboard.views.dataset_files import DATASET
from dashboard.views.depth import make_depth, make_index
from dashboard.views.districts import DISTRICTS, make_district_pages, make_districts
from dashboard.views.drawn import Drawn, make_panel, rows_of
from dashboard.views.explore import EXPLORE, make_explore_pages
from dashboard.views.frame import make_filters, make_footer, make_tabs, say_showing
from dashboard.views.glance import make_groups, make_leads
from dashboard.views.instead import stand_in, why_not_alone
from dashboard.views.kinds import find_kind
from dashboard.views.page import Page
from dashboard.views.scene import Scene
from dashboard.views.series import is_counted_by_district
from dashboard.views.shapes import Commentary, Mark, Note

ABOUT = "about"
_KEPT = 1024  # pages, of some 60 kB: what a meeting looks at, many times over


@lru_cache(maxsize=8)
def pages_of(store: Store) -> Mapping[str, PageDeclaration]:
    """The pages as declared when a release was made, and one for each of its measures."""
    declared = load_pages(store.folder / "declared")
    pages: dict[str, PageDeclaration] = {}
    for key, page in declared.items():
        pages |= make_district_pages(store, page) if key == DISTRICTS else {key: page}
    return {**pages, **make_explore_pages(store)} if EXPLORE in declared else pages


@lru_cache(maxsize=_KEPT)
def build_page(store: Store, selection: Selection, notes: tuple[Note, ...] = ()) -> Page:
    """A page for a selection that `read_selection` made."""
    pages = pages_of(store)
    page = pages[selection.page]
    scene = _set_scene(store, page, selection)
    base = _make_base(scene, page, pages, (*notes, *_notes_on(scene, page)))
    if page.key == ABOUT:
        themes = tuple((key, each.title) for key, each in pages.items() if each.panels and not each.under)
        return replace(base, showing=(page.about, "", ""), about=make_about(store, themes))
    if page.key == EXPLORE:
        return replace(base, showing=(page.about, "", ""), index=make_index(scene))
    if not selection.period:
        return base
    if page.key == CHANGES:
        return replace(base, showing=say_ends(scene), changes=make_changes(scene))
    if page.groups:
        return dress_page(base, store, page, selection, pages)
    if page.headlines:
        return replace(base, leads=make_leads(scene, page), headlines=make_groups(scene, page, pages))
    drawn = {panel.key: draw_panel(scene, panel) for panel in page.panels}
    return replace(
        base,
        cards=tuple(make_card(scene, card) for card in page.cards),
        commentary=_find_commentary(scene, page),
        panels=tuple(make_panel(scene, page, panel, drawn[panel.key]) for panel in page.panels),
        panels_note=_note_neighbours(store, drawn),
        depth=make_depth(scene, page, store) if page.measure else None,
        districts=make_districts(scene, page) if page.each else None,
    )


def panel_rows(store: Store, selection: Selection, key: str) -> tuple[tuple[str, ...], ...]:
    """The figures of a panel as rows of a file, their headings first; empty if there is no such panel."""
    pages = pages_of(store)
    page = pages.get(selection.page)
    if page is not None and page.groups and key == DATASET and selection.period:
        return list_rows(store, page, selection, pages)
    panel = page.panel(key) if page else None
    if page is None or panel is None or not selection.period:
        return ()
    scene = _set_scene(store, page, selection)
    return rows_of(store, draw_panel(scene, panel).cells)


def draw_panel(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A panel of the chosen area; of the county, marked as such, where the area has nothing to show."""
    draw = find_kind(panel.kind)
    drawn = draw(scene, panel)
    why = why_not_alone(scene, panel) if drawn.empty else ""
    county = draw(scene.of(scene.county), panel) if why else None
    return drawn if county is None or county.empty else stand_in(scene, panel, county, why)


def _set_scene(store: Store, page: PageDeclaration, selection: Selection) -> Scene:
    """The chosen area, or the county where a page has nothing by district."""
    area = store.areas[selection.area]
    if selection.known == THEN and (day := find_day(store, parse(selection.period).end_index)):
        store = as_known(store, day)
    if area != store.areas.county and page.indicators and not has_districts(store, page):
        area = store.areas.county
    return Scene(store, selection, area)


@lru_cache(maxsize=64)
def has_districts(store: Store, page: PageDeclaration) -> bool:
    """Whether any of a page's measures is shown by district: none of the board's own list is."""
    return not page.groups and any(is_counted_by_district(store.indicators[each]) for each in page.indicators)


def _notes_on(scene: Scene, page: PageDeclaration) -> tuple[Note, ...]:
    """What a reader must know before reading on."""
    notes = []
    chosen = scene.store.areas[scene.selection.area]
    if chosen != scene.area:
        text = (
            f"{page.title} is not counted by district. These are the figures of {scene.area.name} as a whole."
        )
        notes.append(Note(chosen.name, text))
    elif not scene.is_county and page.indicators and scene.store.release.illustrative:
        text = f"Figures for {scene.area.name} are simulated: none has been published by district."
        notes.append(Note("Illustrative", text, mark=Mark.ILLUSTRATIVE))
    return tuple(notes)


def _make_base(
    scene: Scene, page: PageDeclaration, pages: Mapping[str, PageDeclaration], notes: tuple[Note, ...]
) -> Page:
    selection, store = scene.selection, scene.store
    title = f"{scene.area.name} at a glance" if page.key == HOME else page.title
    when = scene.period.label if selection.period else ""
    parts = (page.title, "" if page.area else scene.area.name, when) if page.key != ABOUT else (page.title,)
    return Page(
        key=page.key,
        address=selection.address(),
        place=selection.place,
        window_title=", ".join(part for part in parts if part),
        title=title,
        showing=say_showing(scene, page) if selection.period else ("This release holds no figures.", "", ""),
        release=f"Release {store.release.id}",
        tabs=make_tabs(selection, pages),
        filters=make_filters(store, page, selection),
        notes=notes,
        footer=make_footer(store),
    )


def _find_commentary(scene: Scene, page: PageDeclaration) -> Commentary | None:
    """The commentary of the period, said to be the county's where a district was chosen."""
    found = load_commentary(scene.store.folder / "declared", scene.period, page.key)
    if found is None or scene.is_county:
        return found
    return replace(found, title=f"What this means for {scene.county.name} as a whole")


def _note_neighbours(store: Store, drawn: Mapping[str, Drawn]) -> str:
    """ "Statistical neighbours: mean of 10 councils, 2021 model": every model and number shown."""
    said = describe_neighbours(store, [point for each in drawn.values() for point in each.neighbours])
    return f"Statistical neighbours: {said}" if said else ""
