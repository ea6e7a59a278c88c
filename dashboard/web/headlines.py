"""The home page: messages first, then every headline figure beside its comparators."""

from collections.abc import Sequence

from dash import html

from dashboard.views.shapes import HeadlineGroup, HeadlineRow, Lead, Role
from dashboard.web import marks
from dashboard.web.components import Child, aria, data, draw_badges, draw_link, hidden_words

_NOT_HELD = {"–", ""}


def draw_leads(leads: Sequence[Lead]) -> list[Child]:
    """Up to three messages with the figures behind them."""
    if not leads:
        return []
    return [
        html.Section(
            [
                html.Div([html.H2(lead.message), html.P(lead.figures)], className="lead-item")
                for lead in leads
            ],
            className="leads",
            **aria(label="Main messages"),
        )
    ]


def draw_headlines(groups: Sequence[HeadlineGroup], area: str) -> list[Child]:
    """The key, then a table for each area of work."""
    if not groups:
        return []
    return [_draw_key(area), html.Div([_draw_group(group) for group in groups], className="board")]


def _draw_key(area: str) -> html.P:
    entries = (
        (marks.dot(), area),
        (marks.upright(Role.NEIGHBOURS), "Neighbours, mean of councils like ours"),
        (marks.upright(Role.ENGLAND), "England"),
    )
    return html.P([html.Span([mark, text]) for mark, text in entries], className="key")


def _draw_group(group: HeadlineGroup) -> html.Section:
    caption = html.Caption(f"{group.title}: headline figures", className="visually-hidden")
    numbers = {2, 4, 5}
    heads = [
        html.Th(
            hidden_words(text) if number == 6 else text,
            scope="col",
            className="n" if number in numbers else None,
        )
        for number, text in enumerate(group.columns)
    ]
    table = html.Table(
        [caption, html.Thead(html.Tr(heads)), html.Tbody([_draw_row(row, group) for row in group.rows])],
        className="ticker",
    )
    return html.Section(
        [
            html.Div([html.H2(group.title), draw_link(group.link)], className="board-head"),
            html.Div(table, className="scroll"),
        ],
        className="board-row",
    )


def _draw_row(row: HeadlineRow, group: HeadlineGroup) -> html.Tr:
    lead: list[Child] = [html.Small(row.lead), " "] if row.lead else []
    line = marks.trend(row.trend, 112, 30)
    return html.Tr(
        [
            html.Th([html.A(row.title, href=row.href), *draw_badges(row.badges)], scope="row"),
            html.Td(line, className="line"),
            html.Td([*lead, row.value], className="n val"),
            html.Td(row.change, className="moved"),
            _draw_comparator(row.neighbours, group.columns[4]),
            _draw_comparator(row.england, group.columns[5]),
            html.Td(marks.strip(row.position) if row.position else None, className="pos"),
            html.Td(_draw_verdict(row.verdict), className="verdict"),
        ]
    )


def _draw_comparator(text: str, name: str) -> html.Td:
    content = html.Span(text, className="quiet") if text in _NOT_HELD else text
    return html.Td(content, className="n beside", **data(name=name))


def _draw_verdict(verdict: str) -> list[Child]:
    """The judgement in bold, where there is one: "**Better** than both"."""
    first, _, rest = verdict.partition(" ")
    if first in {"Better", "Worse"}:
        return [html.B(first), f" {rest}"]
    return [html.Span(verdict, className="quiet")] if first == "Not" else [verdict]
