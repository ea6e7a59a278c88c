"""What stands round the charts of one measure, and the list of all measures."""

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard.views.depth import Answer, Depth, Entry, Index
from dashboard.views.knowing import Knowing
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Tab
from dashboard.web import marks
from dashboard.web.about import draw_definition
from dashboard.web.components import Child, aria, draw_link

_KEY = (
    (Judgement.USUAL, "Usual variation"),
    (Judgement.BETTER, "Unusual, in the good direction"),
    (Judgement.WORSE, "Unusual, in the bad direction"),
    (Judgement.SPECIAL, "Unusual, where neither direction is good"),
)


def draw_depth(depth: Depth) -> list[Child]:
    """Where the measure stands on the board dataset, two answers, and the ways of looking at it."""
    return [
        html.P(depth.kicker, className="kicker"),
        _draw_ways(depth.ways, aria(label="How long each period is"), "page"),
        *([_draw_knowing(depth.knowing)] if depth.knowing else []),
        html.Div([_draw_answer(each) for each in depth.answers], className="answers"),
        html.Ul([_draw_key(*each) for each in _KEY], className="key", **aria(label="How to read the points")),
        *([_draw_ends(depth)] if depth.ends else []),
    ]


def _draw_ways(ways: Iterable[Tab], named: dict[str, Any], kind: str = "true") -> html.Nav:
    links = [
        html.Li(html.A(way.text, href=way.href, **(aria(current=kind) if way.current else {})))
        for way in ways
    ]
    return html.Nav(html.Ul(links), className="ways", **named)


def _draw_knowing(knowing: Knowing) -> html.Div:
    """As known now or then, and what was published anew, with the reason."""
    told = [html.P(text, className="quiet") for text in (knowing.text, " ".join(knowing.restated)) if text]
    return html.Div(
        [_draw_ways(knowing.ways, aria(label="When figures were known")), *told], className="knowing"
    )


def _draw_ends(depth: Depth) -> html.Div:
    """What the change is counted from: a few ends, and all others on demand."""
    others = [
        html.Details(
            [html.Summary("Another period"), _draw_ways(depth.others, aria(label="Another period"))],
            className="fold",
        )
    ]
    return html.Div(
        [
            html.P("What moved it since", id="moved-since"),
            _draw_ways(depth.ends, aria(labelledby="moved-since")),
            *(others if depth.others else []),
        ],
        className="since",
    )


def _draw_key(judgement: Judgement, text: str) -> html.Li:
    return html.Li([marks.state(judgement, up=True), text])


def _draw_answer(answer: Answer) -> html.Section:
    sign = marks.state(answer.judgement, up=answer.up) if answer.judgement else None
    if answer.assurance is not None:
        sign = marks.assurance(answer.assurance)
    return html.Section(
        [
            html.H2(answer.question, className="question"),
            html.P([marks.no_answer() if sign is None else sign, html.B(answer.answer)], className="answer"),
            html.P(answer.text),
        ],
        className=f"answered {_find_tone(answer)}",
    )


def _find_tone(answer: Answer) -> str:
    if answer.assurance is not None:
        return marks.TONES[answer.assurance]
    return str(answer.judgement) if answer.judgement else "open"


def draw_meaning(depth: Depth) -> list[Child]:
    """What the measure means, in full."""
    return [
        html.Section(
            [html.H2("What it counts", id="what-it-counts"), draw_definition(depth.definition, titled=False)],
            className="meanings",
        )
    ]


def draw_index(index: Index) -> list[Child]:
    """Every measure by area of work."""
    return [
        html.P(f"{index.count} measures. Press / on any page to find one by name.", className="quiet"),
        *[
            html.Section([html.H2(title), draw_entries(entries)], className="entry-group")
            for title, entries in index.groups
        ],
    ]


def draw_entries(entries: Iterable[Entry]) -> html.Ul:
    """Measures with what each means, every one a link to its page."""
    return html.Ul([_draw_entry(each) for each in entries], className="entries")


def _draw_entry(entry: Entry) -> html.Li:
    number = [html.Span(f"Board measure {entry.number}", className="quiet")] if entry.number else []
    return html.Li([html.Div([draw_link(entry.link), *number]), html.P(entry.definition)])
