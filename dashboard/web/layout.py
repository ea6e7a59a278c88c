"""A whole page: first as it is opened, then as the changes that another choice makes to it.

Both are made from the same regions, so that a page which was changed to a choice and one which was
opened at it are the same page.
"""

from collections.abc import Iterator

from dash import dcc, html

from dashboard.views.page import Page
from dashboard.views.shapes import Panel
from dashboard.web import about, cards, changes, dataset, depth, districts, filters, frame, headlines, panels
from dashboard.web.components import Child, aria, draw_note, words_of
from dashboard.web.ids import Ids
from dashboard.web.markup import as_plain

#: How many charts are drawn with the page itself; the rest follow, those in the window first.
AT_ONCE = 2

Reply = dict[str, object]


def draw_page(page: Page, *, narrow: bool = False, home: str = "/") -> html.Div:
    """Everything on a page as it is opened."""
    return html.Div(
        [
            frame.draw_skip_link(),
            frame.draw_masthead(page, home),
            html.Nav(
                html.Div(frame.draw_tabs(page.tabs), className="wrap", **words_of(Ids.TABS)),
                className="tabs",
                **aria(label="Areas of work"),
            ),
            filters.draw_filters(page.filters, narrow=narrow, hidden=page.about is not None),
            html.Main(list(_draw_main(page, narrow)), id=Ids.MAIN, className="wrap", tabIndex=-1),
            html.Footer(frame.draw_footer(page.footer), className="wrap page-foot", **words_of(Ids.FOOTER)),
            *_draw_stores(page, narrow),
        ],
        className=f"page page-{page.key}",
    )


def _draw_main(page: Page, narrow: bool) -> Iterator[Child]:
    yield frame.draw_head(page)
    yield html.Div(_draw_notes(page), className="notes", role="status", **words_of(Ids.NOTES))
    if page.about is not None:
        yield html.Div(about.draw_about(page.about), **words_of(Ids.ABOUT))
        return
    for name, content in _regions(page):
        yield html.Div(content, className="region", **words_of(name))
    if page.panels:
        yield html.Div(
            [
                html.H2("Charts", id="charts"),
                html.Span(page.panels_note, className="quiet", **words_of(Ids.PANELS_NOTE)),
            ],
            className="section-head",
        )
        yield html.Div(panels.draw_panels(page.panels, AT_ONCE, narrow), className="panels")
    if page.depth is not None:
        yield html.Div(depth.draw_meaning(page.depth), className="region", **words_of(Ids.MEANING))


def _draw_notes(page: Page) -> list[Child]:
    return [draw_note(note) for note in page.notes]


def _regions(page: Page) -> Iterator[tuple[str, list[Child]]]:
    """The parts of a page that are replaced whole when the choice changes, in the order they are read."""
    yield Ids.JUMP, _draw_jumps(page)
    if page.index is not None:
        yield Ids.INDEX, depth.draw_index(page.index)
    if page.changes is not None:
        yield Ids.CHANGES, changes.draw_changes(page.changes)
    if page.depth is not None:
        yield Ids.DEPTH, depth.draw_depth(page.depth)
    if page.districts is not None:
        yield Ids.LOCATOR, districts.draw_locator(page.districts)
    if page.dataset is not None:
        yield Ids.DATASET, dataset.draw_dataset(page.dataset)
    yield Ids.LEADS, headlines.draw_leads(page.leads)
    yield Ids.HEADLINES, headlines.draw_headlines(page.headlines, _chosen_area(page))
    yield Ids.CARDS, cards.draw_cards(page.cards)
    yield Ids.COMMENTARY, cards.draw_commentary(page.commentary)
    if page.districts is not None:
        yield Ids.SIDE_BY_SIDE, districts.draw_side_by_side(page.districts)


def _chosen_area(page: Page) -> str:
    return next((choice.text for choice in page.filters.areas if choice.chosen), "")


def _draw_jumps(page: Page) -> list[Child]:
    """Links down a long page, for those who see one column of it."""
    links = [
        *([("Headlines", "#headlines-heading")] if page.cards else []),
        *([("What this means", "#commentary-heading")] if page.commentary else []),
        *([(f"{len(page.panels)} charts", "#charts")] if page.panels else []),
    ]
    if len(links) < 2:
        return []
    return [
        html.Nav(
            [html.A(text, href=href) for text, href in links],
            className="jump",
            **aria(label="On this page"),
        )
    ]


def _draw_stores(page: Page, narrow: bool) -> list[dcc.Store]:
    return [
        dcc.Store(id=Ids.PAGE, data=page.place or page.key),
        dcc.Store(id=Ids.NARROW, data=narrow),
        dcc.Store(id=Ids.VIEW, data=_describe(page, page.panels[AT_ONCE:], narrow)),
    ]


def answer_change(page: Page, *, narrow: bool = False) -> Reply:
    """What a page already open needs in order to show another choice."""
    return {
        **_describe(page, page.panels, narrow),
        "words": [[name, as_plain(content)] for name, content in _list_words(page)],
        "links": [
            [Ids.of(kind, panel.key), address] for panel in page.panels for kind, address in _list_ways(panel)
        ],
    }


def _list_ways(panel: Panel) -> Iterator[tuple[str, str]]:
    """The links under a panel, whose addresses hold the choice."""
    yield "csv", panel.csv
    yield "workbook", panel.workbook
    if panel.in_depth:
        yield "in-depth", panel.in_depth


def _describe(page: Page, to_draw: tuple[Panel, ...], narrow: bool) -> Reply:
    """The view's address and title, the charts that are still to be drawn, and every table."""
    return {
        "address": page.address,
        "title": page.window_title,
        "chosen": _chosen(page),
        "words": [],
        "links": [],
        "controls": [
            [Ids.COMPARE, {"options": as_plain(filters.list_comparators(page.filters.comparators))}],
            [Ids.PERIOD, {"options": filters.list_options(page.filters.periods)}],
        ],
        "panels": [panel.key for panel in page.panels],
        "charts": [
            [Ids.of("plot", panel.key), {"children": as_plain(panels.draw_plot(panel, narrow))}]
            for panel in to_draw
        ],
        "tables": {
            panel.key: [panel.table.caption, panel.table.columns, panel.table.rows, panel.table.strong]
            for panel in page.panels
            if panel.table
        },
    }


def _chosen(page: Page) -> dict[str, object]:
    """What each control stands at."""
    chosen = page.filters
    return {
        Ids.AREA: filters.chosen(chosen.areas),
        Ids.PERIOD: filters.chosen(chosen.periods),
        Ids.COMPARE: filters.all_chosen(chosen.comparators),
        Ids.RANGE: filters.chosen(chosen.spans),
        Ids.DISPLAY: filters.chosen(chosen.views),
    }


def _list_words(page: Page) -> Iterator[tuple[str, object]]:
    """Every place whose words a choice can change, and what is to stand there."""
    yield Ids.SHOWING, frame.draw_showing(page)
    yield Ids.NOTES, _draw_notes(page)
    yield Ids.TITLE, page.title
    yield Ids.FOLD, page.filters.summary
    yield from _regions(page)
    if page.panels:
        yield Ids.PANELS_NOTE, page.panels_note
    for panel in page.panels:
        yield Ids.of("caption", panel.key), panels.draw_caption(panel)
        yield Ids.of("summary", panel.key), panel.summary
        yield Ids.of("source", panel.key), panel.source
        yield Ids.of("rules", panel.key), panel.rules
        yield Ids.of("definition", panel.key), panels.draw_definition(panel)
    if page.depth is not None:
        yield Ids.MEANING, depth.draw_meaning(page.depth)
    yield Ids.SEARCH, frame.draw_search(page)
    yield Ids.TABS, frame.draw_tabs(page.tabs)
    yield Ids.RELEASE, page.release
    yield Ids.FOOTER, frame.draw_footer(page.footer)
