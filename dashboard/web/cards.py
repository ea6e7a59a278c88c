"""The headline cards of a themed page, and its commentary."""

from collections.abc import Sequence

from dash import html

from dashboard.views.shapes import Beside, Card, Commentary, Section
from dashboard.web import marks
from dashboard.web.components import Child, aria, draw_badges, words


def draw_cards(cards: Sequence[Card]) -> list[Child]:
    """Columns under a rule, four to a row."""
    if not cards:
        return []
    return [
        html.H2("Headlines", className="visually-hidden", id="headlines-heading"),
        html.Div([_draw_card(card) for card in cards], className="cards"),
    ]


def _draw_card(card: Card) -> html.Article:
    unit = [html.Small(card.unit)] if card.unit else []
    lead: list[Child] = [html.Small(card.lead, className="lead-in"), " "] if card.lead else []
    line = marks.trend(card.trend, 116, 42)
    return html.Article(
        [
            html.H3(card.title),
            html.P(card.as_at, className="as-at"),
            html.Div(
                [html.Span([*lead, card.value, *unit], className="value"), *([] if line is None else [line])],
                className="figure-row",
            ),
            html.P(card.change, className="change"),
            *([html.Div([_draw_beside(row) for row in card.beside], className="vss")] if card.beside else []),
            html.P(card.way, className="way"),
            *draw_badges(card.badges),
        ],
        className="figure-card",
    )


def _draw_beside(row: Beside) -> html.Div:
    return html.Div([marks.dash(row.role), html.Span(row.name), html.B(row.text)], className="vs")


def draw_commentary(commentary: Commentary | None) -> list[Child]:
    """A lead in one sentence, then what, so what, why, now what, and what is asked of members."""
    if commentary is None:
        return []
    half = _split(commentary.sections)
    columns = [
        html.Div([part for section in column for part in _draw_section(section)])
        for column in (commentary.sections[:half], commentary.sections[half:])
        if column
    ]
    note = [html.P(words(commentary.note), className="doubt")] if commentary.note else []
    return [
        html.Section(
            [
                html.Header(
                    [
                        html.H2(commentary.title, id="commentary-heading"),
                        html.Span(commentary.source, className="quiet"),
                    ]
                ),
                html.P(words(commentary.lead), className="lead-sentence"),
                html.Div(columns, className="columns"),
                *note,
            ],
            className="commentary",
            **aria(labelledby="commentary-heading"),
        )
    ]


def _split(sections: Sequence[Section]) -> int:
    """After how many sections about half of the words have been said."""
    lengths = [sum(map(len, section.paragraphs)) + 40 for section in sections]
    total = sum(lengths)
    return min(range(1, len(lengths) + 1), key=lambda n: abs(2 * sum(lengths[:n]) - total), default=0)


def _draw_section(section: Section) -> list[Child]:
    return [html.H3(section.heading), *[html.P(words(text)) for text in section.paragraphs]]
