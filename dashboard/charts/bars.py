"""Bars lying on their side: names at the left, values in a column at the right, in the order given.

On a phone each name stands above its bar. The upright axis counts pixels from the top, so that rows,
words and bars line up whatever the width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.lettering import count_lines, measure, measure_widest, wrap
from dashboard.charts.theme import (
    INK,
    INK_2,
    LABEL,
    LINE_HIGH,
    NARROW_WIDTH,
    PAPER,
    STYLES,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    Figure,
    Margins,
    Style,
    make_font,
    make_hover,
    make_layout,
    make_note,
)
from dashboard.views.shapes import Bar, Bars, Role

PICTURE = Bars

_EDGE = 4  # pixels above the first row and below the last
_HEADING = 24  # over the columns of values
_PITCH = (33, 64)  # from one row to the next: least, most
_THICK, _THICK_NARROW = 28, 16
_PITCH_NARROW = 50
_APART = 12  # above a bar that is set off
_BETWEEN = 10  # between names of two lines or more
_NAME_WIDTH = 200  # of the column of names
_NAME_WIDTH_NARROW = 280  # of a name above its bar
_OFF = 12  # between a name, its bar, and the values
_REASON_OFF = 6  # between a bar's start, or a comparator's tick, and why there is no bar
_OVER = 5  # by which a comparator's tick is longer than its bar, at either end


@dataclass(frozen=True)
class _Row:
    """One bar and where it lies: pixels from the top of the plot to its middle, its name's, and its foot."""

    bar: Bar
    name: str
    middle: float
    name_at: float
    thick: float
    foot: float


@dataclass(frozen=True)
class _Column:
    """A column of texts at the right: its heading, and the pixels from the plot to its right edge."""

    heading: str
    edge: int


def build(picture: Bars, *, narrow: bool = False) -> Figure:
    """The figure of a set of bars; as high as its rows need."""
    top = _EDGE + (_HEADING if picture.heading or picture.comparator_heading else 0)
    rows = _lay_out_narrow(picture.bars) if narrow else _lay_out(picture.bars, WIDE_HEIGHT - top - _EDGE)
    high = ceil(rows[-1].foot) if rows else _PITCH[1]
    values, comparators = _make_columns(picture)
    names = [row.name for row in rows]
    left = 0 if narrow else ceil(measure_widest(names, LABEL, bold=_has_roles(picture))) + _OFF
    right = max(values.edge, comparators.edge)
    ends, width = _find_ends(picture), (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - right
    layout = make_layout(top + high + _EDGE, Margins(left, right, top, _EDGE), "closest")
    layout["xaxis"] = _hide_axis(ends) | {
        "zeroline": not narrow,
        "zerolinecolor": INK,
        "zerolinewidth": 1,
    }
    layout["yaxis"] = _hide_axis((high, 0))
    layout["annotations"] = [
        *_write_headings(picture, values, comparators),
        *(note for row in rows for note in _write_row(row, picture, values, comparators, narrow=narrow)),
        *_write_reasons(rows, (ends[1] - ends[0]) / width, narrow=narrow),
    ]
    layout["shapes"] = [shape for row in rows for shape in _mark_comparator(row, picture)]
    layout["bargap"] = 0
    return {"data": [_make_trace(rows, narrow=narrow)] if rows else [], "layout": layout}


# --- where things lie -------------------------------------------------------------------------------


def _lay_out(bars: Sequence[Bar], room: float) -> list[_Row]:
    """Rows with names at the left: spread over a chart's usual height, or higher if they are many."""
    names = [wrap(bar.name, _NAME_WIDTH, LABEL) for bar in bars]
    gaps = sum(bar.apart for bar in bars[1:]) * _APART
    pitch = max(_PITCH[0], min(_PITCH[1], (room - gaps) / max(len(bars), 1)))
    rows: list[_Row] = []
    top = 0.0
    for bar, name in zip(bars, names, strict=True):
        high = max(pitch, count_lines(name) * LINE_HIGH + _BETWEEN)
        top += _APART if bar.apart and rows else 0
        middle = round(top + high / 2, 1)
        rows.append(_Row(bar, name, middle, middle, min(_THICK, round(pitch * 0.56)), top + high))
        top += high
    return rows


def _lay_out_narrow(bars: Sequence[Bar]) -> list[_Row]:
    """Rows with each name above its bar."""
    rows: list[_Row] = []
    top = 0.0
    for bar in bars:
        top += _APART if bar.apart and rows else 0
        name = wrap(bar.name, _NAME_WIDTH_NARROW, LABEL)
        high = count_lines(name) * LINE_HIGH
        middle = top + high + 4 + _THICK_NARROW / 2
        foot = middle + _THICK_NARROW / 2 + _OVER + 2
        rows.append(_Row(bar, name, round(middle, 1), round(top + high / 2, 1), _THICK_NARROW, foot))
        top += _PITCH_NARROW + high - LINE_HIGH
    return rows


def _make_columns(picture: Bars) -> tuple[_Column, _Column]:
    """The column of values and that of the comparator; the second has no width if there is none.

    A heading may reach to the left over what is below it, the first over the bars: "Malvern Hills" takes
    no more of their length than "73%".
    """
    shown = [bar.text for bar in picture.bars if bar.value is not None]
    width = max(measure_widest(shown, LABEL, bold=True), measure("00", LABEL))
    first = ceil(width) + _OFF + 4
    texts = [bar.comparator_text for bar in picture.bars]
    if not picture.comparator_heading and not any(texts):
        return _Column(picture.heading, first), _Column("", 0)
    second = ceil(max(measure_widest(texts, LABEL), measure(picture.comparator_heading, LABEL)))
    return _Column(picture.heading, first), _Column(picture.comparator_heading, first + second + _OFF + 4)


def _find_ends(picture: Bars) -> tuple[float, float]:
    """Both ends of the axis: zero and the longest bar or tick, with room for half a tick."""
    lengths = [length for bar in picture.bars for length in (bar.value, bar.comparator) if length is not None]
    low, high = min([0.0, *lengths]), max([0.0, *lengths])
    room = (high - low) * 0.012 or 1.0
    return (low - room if low < 0 else 0), high + room


def _hide_axis(ends: tuple[float, float]) -> Figure:
    return {
        "range": list(ends),
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": False,
    }


# --- marks and words --------------------------------------------------------------------------------


def _make_trace(rows: Sequence[_Row], *, narrow: bool) -> Figure:
    trace: Figure = {
        "type": "bar",
        "orientation": "h",
        "x": [row.bar.value for row in rows],
        "y": [row.middle for row in rows],
        "width": [row.thick for row in rows],
        "marker": {"color": [PAPER if row.bar.rough else STYLES[row.bar.role].line for row in rows]},
        "cliponaxis": False,
    }
    if any(row.bar.rough for row in rows):  # hollow, with an edge
        trace["marker"]["line"] = {
            "color": [STYLES[row.bar.role].line for row in rows],
            "width": [2 if row.bar.rough else 0 for row in rows],
        }
    return trace | make_hover([row.bar.hover for row in rows], narrow=narrow)


def _mark_comparator(row: _Row, picture: Bars) -> Iterator[Figure]:
    """An upright tick with a white halo, so that it is seen on a bar as well as beside one."""
    if row.bar.comparator is None:
        return
    reach = row.thick / 2 + _OVER
    for color, width in ((PAPER, 7), (STYLES[picture.comparator_role].line, 3)):
        yield {
            "type": "line",
            "x0": row.bar.comparator,
            "x1": row.bar.comparator,
            "y0": row.middle - reach,
            "y1": row.middle + reach,
            "line": {"color": color, "width": width},
        }


def _write_row(
    row: _Row, picture: Bars, values: _Column, comparators: _Column, *, narrow: bool
) -> Iterator[Figure]:
    """The name of a bar, its value and its comparator's."""
    own = _has_roles(picture) and row.bar.role is Role.AREA
    style = STYLES[row.bar.role] if own or not _has_roles(picture) else Style(INK_2, INK_2)
    yield make_note(
        row.name,
        0,
        row.name_at,
        xref="paper",
        xanchor="left" if narrow else "right",
        xshift=0 if narrow else -_OFF,
        align="left" if narrow else "right",
        yanchor="middle",
        font=make_font(LABEL, style.text if own else INK_2, bold=own),
        hovertext=row.bar.hover,
    )
    if row.bar.value is not None:
        yield _write_at(row.bar.text, row.middle, values, style.text, bold=style.bold)
    if row.bar.comparator_text:
        colour = STYLES[picture.comparator_role].text
        yield _write_at(row.bar.comparator_text, row.middle, comparators, colour)


def _write_reasons(rows: Sequence[_Row], per_pixel: float, *, narrow: bool) -> Iterator[Figure]:
    """Why a bar has no length, where it would start, or after a comparator's tick that would lie on it."""
    for row in rows:
        if row.bar.value is not None:
            continue
        shift = 0 if narrow else _REASON_OFF
        tick = row.bar.comparator
        words = (shift + measure(row.bar.text, LABEL) + _REASON_OFF) * per_pixel
        crossed = tick is not None and -_REASON_OFF * per_pixel < tick < words
        yield make_note(
            row.bar.text,
            tick if crossed and tick is not None else 0,
            row.middle,
            xanchor="left",
            xshift=_REASON_OFF if crossed else shift,
            yanchor="middle",
            hovertext=row.bar.hover,
        )


def _write_at(text: str, y: float, column: _Column, color: str, *, bold: bool = False) -> Figure:
    """Words on the right edge of a column."""
    font = make_font(LABEL, color, bold=bold)
    return make_note(
        text, 1, y, xref="paper", xanchor="right", xshift=column.edge, yanchor="middle", font=font
    )


def _write_headings(picture: Bars, values: _Column, comparators: _Column) -> Iterator[Figure]:
    for column, color in ((values, INK_2), (comparators, STYLES[picture.comparator_role].text)):
        if column.heading:
            note = _write_at(column.heading, 1, column, color)
            yield note | {"yref": "paper", "yanchor": "bottom", "yshift": 2}


def _has_roles(picture: Bars) -> bool:
    """Whether one bar stands out among others."""
    return len({bar.role for bar in picture.bars}) > 1
