"""The small parts that every page is made of."""

import re
from collections.abc import Iterable
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.views.shapes import Badge, Link, Note, Table
from dashboard.web import marks

Child = str | Component

_FIGURE = re.compile(r"\*([^*]+)\*")


def aria(**attributes: str) -> dict[str, Any]:
    """Attributes for those who listen: `aria(label="Areas")` is `aria-label`."""
    return {f"aria-{name}": value for name, value in attributes.items()}


def data(**attributes: str) -> dict[str, Any]:
    """Attributes for the script: `data(panel="rate")` is `data-panel`."""
    return {f"data-{name}": value for name, value in attributes.items()}


def words_of(name: str) -> dict[str, Any]:
    """The id of a place whose words are painted by the server and changed by the script, without Dash.

    Dash tells every element of a page about every change; with the words left out there are few.
    """
    return {"id": name, "data-words": ""}


def hidden_words(text: str) -> html.Span:
    """Words for those who listen, not seen."""
    return html.Span(text, className="visually-hidden")


def words(text: str) -> list[Child]:
    """A sentence in which a figure from the data, written `*891*`, has a fine underline."""
    pieces = _FIGURE.split(text)
    return [
        html.Span(piece, className="ref") if number % 2 else piece
        for number, piece in enumerate(pieces)
        if piece
    ]


def draw_badge(badge: Badge) -> html.Span:
    """A badge: its sign, its words, and its reason for those who hover or listen."""
    return html.Span(
        [marks.sign(badge.mark), badge.text, hidden_words(f": {badge.reason}")],
        className=f"tag {badge.mark}",
        title=badge.reason,
    )


def draw_badges(badges: Iterable[Badge]) -> list[html.Div]:
    """A row of badges, or nothing."""
    drawn = [draw_badge(badge) for badge in badges]
    return [html.Div(drawn, className="badges")] if drawn else []


def draw_link(link: Link, kind: str = "") -> html.A:
    """Words that lead somewhere."""
    return html.A(link.text, href=link.href, className=kind or None)


def draw_note(note: Note) -> html.Div:
    """A bar at the left, a bold word, a sentence, at most one thing to do about it."""
    action = [draw_link(note.link, "act")] if note.link else []
    return html.Div(
        [html.B(note.word), html.P(note.text), *action],
        className=f"note {note.mark}" if note.mark else "note",
    )


def draw_table(table: Table, kind: str = "") -> html.Div:
    """A table with a caption, each row headed by its first cell; it scrolls inside itself if it must."""
    head = html.Tr([html.Th(column, scope="col") for column in table.columns])
    body = [
        html.Tr([html.Th(row[0], scope="row"), *[html.Td(cell) for cell in row[1:]]]) for row in table.rows
    ]
    return html.Div(
        html.Table([html.Caption(table.caption), html.Thead(head), html.Tbody(body)], className=kind or None),
        className="scroll",
        tabIndex=0,
        role="region",
        **aria(label=table.caption),
    )
