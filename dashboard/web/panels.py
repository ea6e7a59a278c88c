"""A chart with everything that stands round it, in the order in which it is read.

The parts that change with the choice have ids of their own, so that a change replaces them and leaves
alone what the reader has opened: a table, a definition. Only the chart is Dash's.
"""

from collections.abc import Sequence

from dash import dcc, html

from dashboard.charts import draw
from dashboard.charts.theme import CONFIG
from dashboard.views.shapes import Empty, Panel
from dashboard.web.components import Child, aria, data, draw_badges, draw_link, words_of
from dashboard.web.ids import Ids


def draw_panels(panels: Sequence[Panel], at_once: int, narrow: bool) -> list[html.Figure]:
    """The panels of a page, the first few with their charts in them."""
    return [
        _draw_panel(panel, draw_plot(panel, narrow) if number < at_once else None)
        for number, panel in enumerate(panels)
    ]


def _draw_panel(panel: Panel, plot: html.Div | None) -> html.Figure:
    key = panel.key
    return html.Figure(
        [
            html.Figcaption(draw_caption(panel), **words_of(Ids.of("caption", key))),
            html.Div(plot, id=Ids.of("plot", key), className="plot"),
            html.Div(id=Ids.of("table", key), className="as-table", hidden=True),
            html.P(panel.summary, className="summary", **words_of(Ids.of("summary", key))),
            html.Div(
                [
                    html.P(panel.source, id=Ids.of("source", key), className="source"),
                    html.Div(_draw_actions(panel), className="actions"),
                ],
                className="foot",
                **words_of(Ids.of("foot", key)),
            ),
            html.P(panel.rules, className="rules", **words_of(Ids.of("rules", key))),
            html.Div(
                draw_definition(panel),
                className="definition",
                hidden=True,
                **words_of(Ids.of("definition", key)),
            ),
        ],
        className="panel",
        id=Ids.of("panel", key),
        **aria(labelledby=Ids.of("title", key)),
        **data(panel=key),
    )


def draw_caption(panel: Panel) -> list[Child]:
    """The message, what it is about, and its badges."""
    return [
        html.H3(panel.title, id=Ids.of("title", panel.key)),
        html.P(panel.subtitle, className="sub"),
        *draw_badges(panel.badges),
    ]


def draw_plot(panel: Panel, narrow: bool) -> html.Div:
    """The chart, named by its title and told in its summary; or why there is none."""
    if panel.picture is None:
        return _draw_empty(panel.empty or Empty("There are no figures."))
    figure = draw(panel.picture, narrow=narrow)
    graph = dcc.Graph(
        id=Ids.of("graph", panel.key),
        figure=figure,
        config=CONFIG,  # type: ignore[arg-type]  # Dash's type is not a plain dict
        responsive=True,  # Plotly takes width and height from the element, so it must have a height
        style={"height": f"{figure['layout']['height']}px"},
    )
    return html.Div(
        graph,
        role="img",
        className="drawn",
        **aria(labelledby=Ids.of("title", panel.key), describedby=Ids.of("summary", panel.key)),
    )


def _draw_empty(empty: Empty) -> html.Div:
    way_out = [html.P(draw_link(empty.link))] if empty.link else []
    return html.Div(
        [html.P(html.B("There is nothing to draw here.")), html.P(empty.reason), *way_out], className="empty"
    )


def draw_definition(panel: Panel) -> list[Child]:
    """What is counted, shown when it is asked for."""
    return [html.P(panel.definition)]


def _draw_actions(panel: Panel) -> list[Child]:
    """What can be done with a panel. Each name is completed by the panel's title for those who listen."""
    return [
        _draw_button("Table", "table", panel.key, Ids.of("table", panel.key)),
        _draw_button("Definition", "definition", panel.key, Ids.of("definition", panel.key)),
        _draw_way("CSV", "csv", panel.key, panel.csv),
        _draw_way("Workbook", "workbook", panel.key, panel.workbook),
        _draw_button("PNG", "picture", panel.key),
        *([_draw_way("In depth", "in-depth", panel.key, panel.in_depth)] if panel.in_depth else []),
    ]


def _draw_way(text: str, kind: str, key: str, address: str) -> html.A:
    return html.A(text, href=address, id=Ids.of(kind, key), **aria(describedby=Ids.of("title", key)))


def _draw_button(text: str, action: str, key: str, opens: str = "") -> html.Button:
    state = aria(expanded="false", controls=opens) if opens else {}
    return html.Button(
        text,
        type="button",
        className=f"act-{action}",
        **data(action=action),
        **state,
        **aria(describedby=Ids.of("title", key)),
    )
