"""Lines over time: names where the lines end, a dot at the latest point, gaps where nothing is known.

A point that is not told exactly is a hollow diamond, joined to nothing: a line would tell of a change.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from dashboard.charts.axes import make_value_axis
from dashboard.charts.endings import Ending, make_endings
from dashboard.charts.frame import Frame, make_frame, make_time_axis, say_start
from dashboard.charts.gaps import Place, mark_hidden
from dashboard.charts.theme import (
    CARRIED,
    NARROW_HEIGHT,
    PAPER,
    STYLES,
    WIDE_HEIGHT,
    Figure,
    make_hover,
    make_layout,
)
from dashboard.views.shapes import Line, Role, Trend

PICTURE = Trend


@dataclass(frozen=True)
class _Point:
    x: str
    y: float | None
    hover: str


def build(picture: Trend, *, narrow: bool = False) -> Figure:
    """The figure of a trend."""
    frame = make_frame(picture, narrow=narrow)
    lines = [_stretch(line, frame) for line in picture.lines]
    main = _find_main(lines)
    days = sorted({day for line in lines if line.role is main for day in line.x})
    upwards = sorted(lines, key=lambda line: line.role is main)  # the chosen area lies on top
    endings = make_endings(list(_find_endings(lines, frame)), frame.height, narrow=narrow)
    hidden = [Place(each.x, frame.along(each.x), each.symbol, each.hover) for each in picture.hidden]
    gaps = mark_hidden(hidden, sorted({*days, *(each.x for each in picture.hidden)}))
    layout = make_layout(NARROW_HEIGHT if narrow else WIDE_HEIGHT, frame.margins)
    # half-way to the next figure belongs to this one; no further, where there is a gap
    layout["hoverdistance"] = max(20, ceil(0.7 * frame.width / max(len(days) - 1, 1)))
    layout["xaxis"] = make_time_axis(picture, frame)
    layout["yaxis"] = make_value_axis(frame.scale)
    layout["annotations"] = [*say_start(picture, frame), *endings.notes, *gaps.notes]
    layout["shapes"] = [*endings.shapes, *gaps.shapes]
    data = [trace for line in upwards for trace in _draw_line(line, days, narrow=narrow)]
    rough = [trace for line in upwards for trace in _draw_rough(line, narrow=narrow)]
    return {"data": [*data, *rough, *_draw_latest(lines, main)], "layout": layout}


def _find_main(lines: Sequence[Line]) -> Role:
    """Whose line the chart is about: the chosen area's, or the county's that stands in its place."""
    return Role.AREA if any(line.role is Role.AREA for line in lines) else Role.COUNTY


# --- lines ------------------------------------------------------------------------------------------


def _stretch(line: Line, frame: Frame) -> Line:
    """The line; a target over a single day, which would not be seen, drawn across the whole axis."""
    if line.role is not Role.TARGET or len(set(line.x)) > 1 or not line.x:
        return line
    return Line(line.role, line.name, line.label, frame.ends, line.y[:1] * 2, line.hover[:1] * 2)


def _draw_line(line: Line, days: Sequence[str], *, narrow: bool) -> Iterator[Figure]:
    """The line in its role's dash; what is carried forward from it in sparse dots."""
    joined = [None if number in line.rough else y for number, y in enumerate(line.y)]
    points = [_Point(*point) for point in zip(line.x, joined, line.hover, strict=True)]
    carried = len(points) if line.dotted_from is None else line.dotted_from
    if carried > 0:
        yield _make_trace(line, _spread(points[:carried], days), narrow=narrow)
    if carried < len(points):
        # from where it was published on, every point says that it is the latest published
        start = replace(points[carried - 1], hover=points[carried].hover) if carried else points[carried]
        later = points[carried:] if carried else points[1:]
        yield _make_trace(line, _spread([start, *later], days), dash=CARRIED, narrow=narrow)


def _spread(points: Sequence[_Point], days: Sequence[str]) -> list[_Point]:
    """The points with one more for each given day along a level stretch, so that a hover there names it.

    A level stretch says one thing from end to end; between points that differ nothing is put in.
    """
    spread: list[_Point] = []
    for point, following in zip(points, [*points[1:], None], strict=True):
        spread.append(point)
        if following and point.y is not None and (point.y, point.hover) == (following.y, following.hover):
            inside = days[bisect_right(days, point.x) : bisect_left(days, following.x)]
            spread += [_Point(day, point.y, point.hover) for day in inside]
    return spread


def _make_trace(line: Line, points: Sequence[_Point], dash: str = "", *, narrow: bool) -> Figure:
    style = STYLES[line.role]
    trace: Figure = {
        "type": "scatter",
        "mode": "lines+markers" if line.markers and not dash else "lines",
        "name": line.name,
        "x": [point.x for point in points],
        "y": [point.y for point in points],
        "line": {"color": style.line, "width": style.width, "dash": dash or style.dash},
        "connectgaps": False,
        "cliponaxis": False,
        "legendrank": 1 if line.role is Role.AREA else 2,  # the order in the hover
    }
    if line.markers and not dash:
        trace["marker"] = {"size": 8, "color": style.line, "symbol": style.symbol}
    return trace | make_hover([point.hover for point in points], narrow=narrow)


def _draw_rough(line: Line, *, narrow: bool) -> Iterator[Figure]:
    """Hollow diamonds at the points of a line that are not told exactly."""
    if not line.rough:
        return
    trace: Figure = {
        "type": "scatter",
        "mode": "markers",
        "name": line.name,
        "x": [line.x[number] for number in line.rough],
        "y": [line.y[number] for number in line.rough],
        "marker": {
            "symbol": "diamond",
            "size": 12,
            "color": PAPER,
            "line": {"color": STYLES[line.role].line, "width": 2},
        },
        "cliponaxis": False,
        "legendrank": 1 if line.role is Role.AREA else 2,
    }
    yield trace | make_hover([line.hover[number] for number in line.rough], narrow=narrow)


def _draw_latest(lines: Sequence[Line], main: Role) -> Iterator[Figure]:
    """A dot at the latest point of the line that the chart is about."""
    for line in lines:
        latest = _find_latest(line)
        if line.role is main and latest is not None and latest not in line.rough:
            yield {
                "type": "scatter",
                "mode": "markers",
                "x": [line.x[latest]],
                "y": [line.y[latest]],
                "marker": {"size": 11, "color": STYLES[main].line, "line": {"color": PAPER, "width": 1.5}},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }


def _find_latest(line: Line) -> int | None:
    """Which point of a line is the last with a figure; None if none has."""
    return max((index for index, value in enumerate(line.y) if value is not None), default=None)


def _find_endings(lines: Sequence[Line], frame: Frame) -> Iterator[Ending]:
    for line in lines:
        latest = _find_latest(line)
        if latest is not None and line.label:
            value = line.y[latest] or 0
            at_edge = frame.along(line.x[latest]) > frame.width - 8
            yield Ending(line.name, line.label, line.role, value, frame.down(value), at_edge)
