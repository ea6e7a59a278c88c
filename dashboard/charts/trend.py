"""Lines over time: names where the lines end, a dot at the latest point, gaps where nothing is known."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from dashboard.charts.axes import make_other_axis, make_value_axis, thin_ticks
from dashboard.charts.endings import Ending, make_endings, right_margin, write_ending
from dashboard.charts.gaps import Place, mark_hidden
from dashboard.charts.lettering import measure, measure_widest
from dashboard.charts.scale import Scale, make_scale
from dashboard.charts.theme import (
    AREA,
    CARRIED,
    INK_2,
    NARROW_HEIGHT,
    NARROW_WIDTH,
    PAPER,
    STYLES,
    TICK,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    Figure,
    Margins,
    make_font,
    make_hover,
    make_layout,
    make_note,
)
from dashboard.views.shapes import Line, Role, Tick, Trend

PICTURE = Trend

_TOP, _BOTTOM = 12, 30
_LEFT, _LEFT_NARROW = 46, 34
_APART = timedelta(days=183)  # either side of a single day, so that there is an axis to put it on


@dataclass(frozen=True)
class _Frame:
    """Where things are: the axes, and the plot in pixels at the least width it is drawn at."""

    scale: Scale
    start: date
    end: date
    margins: Margins
    width: float
    height: float

    def along(self, day: str | float) -> float:
        """How many pixels from the left of the plot a day is."""
        return (_read(day) - self.start) / (self.end - self.start) * self.width

    def down(self, value: float) -> float:
        """How many pixels from the top of the plot a value is."""
        return self.scale.place(value, self.height)

    @property
    def ends(self) -> tuple[str, str]:
        """The first and last day of the axis."""
        return self.start.isoformat(), self.end.isoformat()


@dataclass(frozen=True)
class _Point:
    x: str
    y: float | None
    hover: str


def build(picture: Trend, *, narrow: bool = False) -> Figure:
    """The figure of a trend."""
    frame = _make_frame(picture, narrow)
    lines = [_stretch(line, frame) for line in picture.lines]
    days = sorted({day for line in lines if line.role is Role.AREA for day in line.x})
    below_first = sorted(lines, key=lambda line: line.role is Role.AREA)  # the chosen area lies on top
    endings = make_endings(list(_find_endings(lines, frame)), frame.height, narrow=narrow)
    hidden = [Place(each.x, frame.along(each.x), each.symbol, each.hover) for each in picture.hidden]
    gaps = mark_hidden(hidden)
    layout = make_layout(NARROW_HEIGHT if narrow else WIDE_HEIGHT, frame.margins)
    layout["xaxis"] = _make_time_axis(picture, frame)
    layout["yaxis"] = make_value_axis(frame.scale)
    layout["annotations"] = [*_say_start(picture, lines, frame), *endings.notes, *gaps.notes]
    layout["shapes"] = [*endings.shapes, *gaps.shapes]
    data = [trace for line in below_first for trace in _draw_line(line, days)]
    return {"data": [*data, *_draw_latest(lines)], "layout": layout}


# --- axes -------------------------------------------------------------------------------------------


def _make_frame(picture: Trend, narrow: bool) -> _Frame:
    values = [value for line in picture.lines for value in line.y]
    scale = make_scale(values, from_zero=picture.from_zero, unit=picture.unit)
    start, end = _read(picture.start), _read(picture.end)
    if start >= end:
        start, end = start - _APART, start + _APART
    labels = [
        (write_ending(line.name, line.label, line.role, narrow=narrow), line.role)
        for line in picture.lines
        if _find_latest(line) is not None
    ]
    right = right_margin(labels, narrow=narrow)
    left = max(_LEFT_NARROW if narrow else _LEFT, ceil(measure_widest(scale.texts, TICK)) + 8)
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - right
    if picture.ticks:  # words centred on the first day must not be cut off
        first = (_read(picture.ticks[0].at) - start) / (end - start) * width
        left = max(left, ceil(measure(picture.ticks[0].text, TICK) / 2 - first) + 2)
    high = NARROW_HEIGHT if narrow else WIDE_HEIGHT
    return _Frame(scale, start, end, Margins(left, right, _TOP, _BOTTOM), width, high - _TOP - _BOTTOM)


def _make_time_axis(picture: Trend, frame: _Frame) -> Figure:
    ticks = picture.ticks
    places = [frame.along(tick.at) for tick in ticks]
    apart = min((after - before for before, after in pairwise(places)), default=0.0)
    kept: list[Tick] = thin_ticks(ticks, apart)
    return make_other_axis(frame.ends, kept) | {"type": "date"}


def _read(day: str | float) -> date:
    return date.fromisoformat(str(day)[:10])


# --- lines ------------------------------------------------------------------------------------------


def _stretch(line: Line, frame: _Frame) -> Line:
    """The line; a target over a single day, which would not be seen, drawn across the whole axis."""
    if line.role is not Role.TARGET or len(set(line.x)) > 1 or not line.x:
        return line
    return Line(line.role, line.name, line.label, frame.ends, line.y[:1] * 2, line.hover[:1] * 2)


def _draw_line(line: Line, days: Sequence[str]) -> Iterator[Figure]:
    """The line in its role's dash; what is carried forward from it in sparse dots."""
    points = [_Point(*point) for point in zip(line.x, line.y, line.hover, strict=True)]
    carried = len(points) if line.dotted_from is None else line.dotted_from
    if carried > 0:
        yield _make_trace(line, _spread(points[:carried], days))
    if carried < len(points):
        yield _make_trace(line, _spread(points[max(carried - 1, 0) :], days), dash=CARRIED)


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


def _make_trace(line: Line, points: Sequence[_Point], dash: str = "") -> Figure:
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
    return trace | make_hover([point.hover for point in points])


def _draw_latest(lines: Sequence[Line]) -> Iterator[Figure]:
    """A dot at the chosen area's latest point."""
    for line in lines:
        latest = _find_latest(line)
        if line.role is Role.AREA and latest is not None:
            yield {
                "type": "scatter",
                "mode": "markers",
                "x": [line.x[latest]],
                "y": [line.y[latest]],
                "marker": {"size": 11, "color": AREA, "line": {"color": PAPER, "width": 1.5}},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }


def _find_latest(line: Line) -> int | None:
    """Which point of a line is the last with a figure; None if none has."""
    return max((index for index, value in enumerate(line.y) if value is not None), default=None)


def _find_endings(lines: Sequence[Line], frame: _Frame) -> Iterator[Ending]:
    for line in lines:
        latest = _find_latest(line)
        if latest is not None:
            value = line.y[latest] or 0
            yield Ending(line.name, line.label, line.role, value, frame.down(value))


# --- words in the plot ------------------------------------------------------------------------------


def _say_start(picture: Trend, lines: Sequence[Line], frame: _Frame) -> list[Figure]:
    """ "Scale starts at 40", where zero is not shown, in the bottom corner that has more room."""
    if frame.scale.shows_zero or not any(value is not None for line in lines for value in line.y):
        return []
    text = f"Scale starts at {frame.scale.texts[0]}{picture.unit}"
    wide = measure(text, TICK) + 12
    at_left = _room_above(picture, lines, frame, 0, wide)
    at_right = _room_above(picture, lines, frame, frame.width - wide, frame.width)
    right = at_right > at_left and at_left < 30
    return [
        make_note(
            text,
            1 if right else 0,
            0,
            xref="paper",
            yref="paper",
            xanchor="right" if right else "left",
            yanchor="bottom",
            xshift=-6 if right else 6,
            yshift=4,
            font=make_font(TICK, INK_2),
            bgcolor=PAPER,
            opacity=0.9,
        )
    ]


def _room_above(picture: Trend, lines: Sequence[Line], frame: _Frame, left: float, right: float) -> float:
    """How many pixels above the axis are free between two places along it."""
    rooms = [frame.height]
    rooms += [0.0 for each in picture.hidden if left <= frame.along(each.x) <= right]
    for line in lines:
        points = [
            (frame.along(x), frame.height - frame.down(y))
            for x, y in zip(line.x, line.y, strict=True)
            if y is not None
        ]
        rooms += [up for along, up in points if left <= along <= right]
        for (x0, up0), (x1, up1) in pairwise(points):
            for edge in (left, right):
                if x0 < edge < x1:
                    rooms.append(up0 + (up1 - up0) * (edge - x0) / (x1 - x0))
    return min(rooms)
