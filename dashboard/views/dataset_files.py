"""The board dataset as a file: every figure that it prints, one a row."""

from collections.abc import Iterator

from dashboard.page_parts import Measure, PageDeclaration
from dashboard.periods import Period
from dashboard.query import Selection
from dashboard.store import Store
from dashboard.views.chosen import text_of_figure
from dashboard.views.dataset_beside import find_beside
from dashboard.views.dataset_figures import find_own
from dashboard.views.dataset_shapes import Group
from dashboard.views.drawn import Cell, make_badges, say_sources
from dashboard.views.shapes import Panel
from dashboard.vocabulary import COMPARABLE, Basis

#: What stands in a download's address in a chart's place.
DATASET = "dataset"


def make_file_panel(
    store: Store, page: PageDeclaration, selection: Selection, title: str, cells: tuple[Cell, ...]
) -> Panel:
    """What is said of the figures in a file, where it would be said of a chart's."""
    query = selection.address().partition("?")[2]
    unlike = [cell.note for cell in cells if cell.note]
    return Panel(
        key=DATASET,
        title=title,
        subtitle=page.about,
        badges=make_badges([cell.observation for cell in cells], unlike),
        picture=None,
        empty=None,
        summary="",
        source=say_sources(store, cells),
        table=None,
        definition="",
        csv=f"/download/{page.key}/{DATASET}.csv?{query}",
    )


def list_cells(
    store: Store, page: PageDeclaration, groups: tuple[Group, ...], last: Period
) -> tuple[Cell, ...]:
    """Every figure of the rows shown, in twelve months; printed shares; and what they are set beside."""
    shown = {row.key: row for group in groups for row in group.rows}
    cells: dict[Cell, None] = {}
    for row in (row for group in page.groups for row in group.rows):
        printed = shown.get(row.measure.indicator.replace("_", "-"))
        if printed is None:
            continue
        own = list(_list_own(store, row.measure, last))
        share = (
            list(_list_own(store, row.share, last))[-1:] if row.share and printed.figures[-1].share else []
        )
        known_on = own[-1].observation.published_on if own else ""
        beside = _list_beside(store, row.compared, last, known_on)
        cells |= dict.fromkeys([*own, *share, *beside])
    return tuple(cells)


def _list_own(store: Store, measure: Measure, last: Period) -> Iterator[Cell]:
    own = find_own(store, measure, last)
    for each in own.observations:
        if each is not None:
            county = store.areas.county.name
            yield Cell(
                measure.indicator, measure.statistic, county, Basis.LOCAL, each, own.text(each).strip("[]")
            )


def _list_beside(store: Store, measure: Measure, last: Period, known_on: str) -> Iterator[Cell]:
    if measure.statistic not in COMPARABLE:
        return
    for each in find_beside(store, measure, last.end_index, known_on):
        observation = each.observation
        text = text_of_figure(observation, measure.statistic, observation.decimals)
        area = store.areas[each.slug].name
        told = measure.indicator, measure.statistic, area, Basis.OFFICIAL, observation, text
        yield Cell(*told, note=each.rule.reason if each.rule else "")
