"""Process charts: a grey run, a shape for every point, and a band for the range it usually stays in.

Shape says what a point is, and colour says it again: a hollow circle is usual, a full one better, a diamond
worse; a triangle, pointing the way, is unusual where neither way is good.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.charts import trend
from dashboard.charts.theme import INK_2, INK_3, LABEL, PAPER, STONE, Figure, make_font, make_note
from dashboard.views.pictures import Band, Judged, Judgement, Process
from dashboard.views.shapes import Tick

PICTURE = Process

#: The colour of each sort of point, wherever it is drawn.
COLOURS = {
    Judgement.USUAL: INK_3,
    Judgement.BETTER: "#0b6fb3",
    Judgement.WORSE: "#b4470c",
    Judgement.SPECIAL: "#6d3f97",
}
_NEAR_EDGE = 0.25  # of the axis
_EVENT_HIGH = 22  # pixels over the plot for the words of an event


def build(picture: Process, *, narrow: bool = False) -> Figure:
    """The figure of a process chart."""
    figure = trend.build(picture.trend, narrow=narrow)
    run, others = _split_run(figure["data"])
    run = [_make_quiet(trace) for trace in run]
    layout = figure["layout"]
    layout["shapes"] = [*map(_draw_band, picture.bands), *map(_draw_event, picture.events), *layout["shapes"]]
    if picture.events:
        layout["margin"] = {**layout["margin"], "t": layout["margin"]["t"] + _EVENT_HIGH}
        layout["height"] += _EVENT_HIGH
        span = picture.trend.start, picture.trend.end
        layout["annotations"] = [
            *layout["annotations"],
            *(_write_event(each, span) for each in picture.events),
        ]
    return {"data": [*others, *run, *_draw_points(picture.points)], "layout": layout}


def _split_run(traces: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The chosen area's run, and all else but the dot at its end: every point has a mark of its own."""
    kept = [trace for trace in traces if trace.get("hoverinfo") != "skip"]
    run = [trace for trace in kept if trace.get("legendrank") == 1]
    return run, [trace for trace in kept if trace.get("legendrank") != 1]


def _make_quiet(trace: Figure) -> Figure:
    """A run in grey; the marks of what is not told exactly stay as they are."""
    return {**trace, "line": {**trace["line"], "color": INK_3, "width": 1.5}} if "line" in trace else trace


def _draw_band(band: Band) -> Figure:
    return {
        "type": "rect",
        "layer": "below",
        "x0": band.start,
        "x1": band.end,
        "y0": band.lower,
        "y1": band.upper,
        "fillcolor": STONE,
        "line": {"width": 0},
    }


def _draw_event(event: Tick) -> Figure:
    dotted = {"color": INK_2, "width": 1.5, "dash": "2px,3px"}
    return {"type": "line", "yref": "paper", "x0": event.at, "x1": event.at, "y0": 0, "y1": 1, "line": dotted}


def _write_event(event: Tick, span: tuple[str, str]) -> Figure:
    """Its words over the plot, drawn inwards where an edge is near."""
    first, at, last = (date.fromisoformat(str(day)).toordinal() for day in (span[0], event.at, span[1]))
    along = (at - first) / max(last - first, 1)
    anchor = "left" if along < _NEAR_EDGE else "right" if along > 1 - _NEAR_EDGE else "center"
    return make_note(
        event.text,
        event.at,
        1,
        yref="paper",
        yanchor="bottom",
        xanchor=anchor,
        yshift=2,
        font=make_font(LABEL, INK_2),
    )


def _draw_points(points: Sequence[Judged]) -> Iterator[Figure]:
    """A trace for each sort of point; the run under them says everything when it is pointed at."""
    sorts = sorted({(point.judgement, point.up) for point in points})
    for judgement, up in sorts:
        own = [point for point in points if (point.judgement, point.up) == (judgement, up)]
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [point.x for point in own],
            "y": [point.y for point in own],
            "marker": _style(judgement, up=up),
            "cliponaxis": False,
            "hoverinfo": "skip",
        }


def _style(judgement: Judgement, *, up: bool) -> Figure:
    colour = COLOURS[judgement]
    if judgement is Judgement.USUAL:
        return {"symbol": "circle", "size": 8, "color": PAPER, "line": {"color": colour, "width": 1.5}}
    triangle = "triangle-up" if up else "triangle-down"
    symbol = {Judgement.BETTER: "circle", Judgement.WORSE: "diamond"}.get(judgement, triangle)
    return {"symbol": symbol, "size": 13, "color": colour, "line": {"color": PAPER, "width": 1}}
