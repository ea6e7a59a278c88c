"""What stands round the charts of one measure, and the list of all measures."""

from collections.abc import Iterable

from dash import html

from dashboard.views.depth import Answer, Depth, Entry, Index
from dashboard.views.pictures import Judgement
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
    ways = [
        html.Li(html.A(way.text, href=way.href, **(aria(current="page") if way.current else {})))
        for way in depth.ways
    ]
    return [
        html.P(depth.kicker, className="kicker"),
        html.Nav(html.Ul(ways), className="ways", **aria(label="How long each period is")),
        html.Div([_draw_answer(each) for each in depth.answers], className="answers"),
        html.Ul([_draw_key(*each) for each in _KEY], className="key", **aria(label="How to read the points")),
    ]


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
