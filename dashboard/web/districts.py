"""The page of districts: where each lies, and the six side by side."""

from collections.abc import Iterator

from dash import html

from dashboard.views.districts import Districts, Heat, HeatCell, HeatRow, Locator, Tile, Tiles
from dashboard.web import marks
from dashboard.web.components import Child, aria, draw_badges, draw_link

_SHADES = ("", "shade", "deep")


def draw_locator(districts: Districts) -> list[Child]:
    """A small map, which carries no figures."""
    return [] if districts.locator is None else [_draw_outline(districts.locator)]


def _draw_outline(locator: Locator) -> html.Figure:
    return html.Figure(marks.outline(locator), className="locator")


def draw_side_by_side(districts: Districts) -> list[Child]:
    """The tiles, then the table."""
    return [
        *(_draw_tiles(districts.tiles) if districts.tiles else ()),
        *(_draw_heat(districts.heat) if districts.heat else ()),
    ]


def _draw_tiles(tiles: Tiles) -> Iterator[Child]:
    yield html.Section(
        [
            html.H2(tiles.title, id="tiles"),
            html.P(tiles.subtitle, className="sub"),
            *draw_badges(tiles.badges),
            html.Div([_draw_tile(tile) for row in tiles.rows for tile in row], className="tiles"),
            html.P(tiles.summary, className="summary"),
        ],
        className="tile-map",
        **aria(labelledby="tiles"),
    )


def _draw_tile(tile: Tile) -> html.A:
    line = marks.trend(tile.trend, 190, 56)
    return html.A(
        [html.Span(tile.name), html.B(tile.text), *([] if line is None else [line])],
        href=tile.href,
        className="tile chosen" if tile.chosen else "tile",
    )


def _draw_heat(heat: Heat) -> Iterator[Child]:
    columns = [
        html.Th(name, scope="col", className="own" if place == heat.strong else None)
        for place, name in enumerate(heat.columns)
    ]
    head = html.Tr([html.Th("Measure", scope="col"), *columns, html.Th(heat.county, scope="col")])
    table = html.Table(
        [
            html.Caption("The districts beside the county, in the order of the alphabet"),
            html.Thead(head),
            html.Tbody([_draw_row(row, heat.strong) for row in heat.rows]),
        ],
        className="heat",
    )
    yield html.Section(
        [
            html.H2("The districts together", id="together"),
            html.P(
                "Shaded where a district differs from the county by more than chance: pale beyond 19 in 20, "
                "deep beyond 998 in 1,000. No shade is good or bad, and districts are not ranked.",
                className="sub",
            ),
            *draw_badges(heat.badges),
            html.Div(
                table, className="scroll", tabIndex=0, role="region", **aria(label="The districts together")
            ),
        ],
        className="together",
    )


def _draw_row(row: HeatRow, strong: int | None) -> html.Tr:
    heading = html.Th([draw_link(row.link), html.Small(row.when)], scope="row")
    cells = [_draw_cell(cell, place == strong) for place, cell in enumerate(row.cells)]
    return html.Tr([heading, *cells, html.Td(html.B(row.county), className="county")])


def _draw_cell(cell: HeatCell, own: bool) -> html.Td:
    kinds = " ".join(kind for kind in (_SHADES[cell.shade], "own" if own else "") if kind)
    return html.Td([html.B(cell.text), html.Small(cell.word)], className=kinds or None)
