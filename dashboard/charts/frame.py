"""Where things are in a trend: its two axes, and the plot in pixels at the least width it is drawn at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from dashboard.charts.axes import make_other_axis, measure_left, thin_ticks
from dashboard.charts.endings import right_margin, write_ending
from dashboard.charts.lettering import measure
from dashboard.charts.scale import Scale, make_scale
from dashboard.charts.theme import (
    INK_2,
    NARROW_HEIGHT,
    NARROW_WIDTH,
    PAPER,
    TICK,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    Figure,
    Margins,
    make_font,
    make_note,
)
from dashboard.views.shapes import Trend

_TOP, _BOTTOM = 12, 30
_LEFT, _LEFT_NARROW = 46, 34
_APART = timedelta(days=183)  # either side of a single day, so that there is an axis to put it on
_NOTE_HIGH = 24  # pixels that "Scale starts at 40" takes above the axis
_SYMBOL_HIGH = 24  # and "[c]", with a bracket under it


@dataclass(frozen=True)
class Frame:
    """The axes of a trend and the size of its plot."""

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


def make_frame(picture: Trend, *, narrow: bool) -> Frame:
    """The frame of a trend; where zero is not shown, with room at its foot for words that say so."""
    values = [value for line in picture.lines for value in line.y]
    scale = make_scale(values, from_zero=picture.from_zero, unit=picture.unit)
    start, end = _read(picture.start), _read(picture.end)
    if start >= end:
        start, end = start - _APART, start + _APART
    labels = [
        (write_ending(line.name, line.label, line.role, narrow=narrow), line.role)
        for line in picture.lines
        if any(value is not None for value in line.y)
    ]
    right = right_margin(labels, narrow=narrow)
    left = measure_left(scale, _LEFT_NARROW if narrow else _LEFT)
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - right
    if picture.ticks:  # words centred on the first day must not be cut off
        first = (_read(picture.ticks[0].at) - start) / (end - start) * width
        left = max(left, ceil(measure(picture.ticks[0].text, TICK) / 2 - first) + 2)
    height = (NARROW_HEIGHT if narrow else WIDE_HEIGHT) - _TOP - _BOTTOM
    frame = Frame(scale, start, end, Margins(left, right, _TOP, _BOTTOM), width, height)
    if not scale.shows_zero and max(corner.room for corner in _find_corners(picture, frame)) < 0:
        return replace(frame, scale=scale.lowered())
    return frame


def make_time_axis(picture: Trend, frame: Frame) -> Figure:
    """The axis of days, with as many of the given words as have room."""
    places = [frame.along(tick.at) for tick in picture.ticks]
    apart = min((after - before for before, after in pairwise(places)), default=0.0)
    return make_other_axis(frame.ends, thin_ticks(picture.ticks, apart)) | {"type": "date"}


def _read(day: str | float) -> date:
    return date.fromisoformat(str(day)[:10])


# --- where the scale starts -------------------------------------------------------------------------


def say_start(picture: Trend, frame: Frame) -> list[Figure]:
    """ "Scale starts at 40", where zero is not shown, in the bottom corner that has more room."""
    if frame.scale.shows_zero:
        return []
    left, right = _find_corners(picture, frame)
    corner = right if left.room < 0 and right.room > left.room else left
    return [
        make_note(
            _write_start(picture, frame),
            corner.x,
            0,
            xref="paper",
            yref="paper",
            xanchor="right" if corner.x else "left",
            yanchor="bottom",
            xshift=-6 if corner.x else 6,
            yshift=4 + corner.lift,
            font=make_font(TICK, INK_2),
            bgcolor=PAPER,
        )
    ]


def _write_start(picture: Trend, frame: Frame) -> str:
    return f"Scale starts at {frame.scale.texts[0]}{picture.unit}"


@dataclass(frozen=True)
class _Corner:
    """A bottom corner of the plot for the words: at 0 the left, at 1 the right.

    `lift` is how many pixels up they start, over the symbols of hidden figures; `room` how many are free
    above them, less than none where they would lie on a line.
    """

    x: int
    lift: int
    room: float


def _find_corners(picture: Trend, frame: Frame) -> tuple[_Corner, _Corner]:
    wide = measure(_write_start(picture, frame), TICK) + 12
    return (
        _look_at_corner(picture, frame, 0, (0, wide)),
        _look_at_corner(picture, frame, 1, (frame.width - wide, frame.width)),
    )


def _look_at_corner(picture: Trend, frame: Frame, x: int, between: tuple[float, float]) -> _Corner:
    left, right = between
    hidden = any(left - 12 <= frame.along(each.x) <= right + 12 for each in picture.hidden)
    lift = _SYMBOL_HIGH if hidden else 0
    return _Corner(x, lift, min(_find_heights(picture, frame, left, right)) - lift - _NOTE_HIGH)


def _find_heights(picture: Trend, frame: Frame, left: float, right: float) -> Iterator[float]:
    """How high above the axis every line is between two places along it."""
    yield frame.height
    for line in picture.lines:
        points = [
            (frame.along(x), frame.height - frame.down(y))
            for x, y in zip(line.x, line.y, strict=True)
            if y is not None
        ]
        yield from (up for along, up in points if left <= along <= right)
        yield from _cross(points, left)
        yield from _cross(points, right)


def _cross(points: Sequence[tuple[float, float]], edge: float) -> Iterator[float]:
    """How high a line is where it passes a place."""
    for (along, up), (further, then) in pairwise(points):
        if along < edge < further:
            yield up + (then - up) * (edge - along) / (further - along)
