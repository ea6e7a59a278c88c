"""Lines over time, named where they end. A hidden figure is a gap, with its symbol at the axis."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap as fill
from typing import Any

from dashboard.charts import theme
from dashboard.charts.scales import Scale, make_scale, push_apart, thin
from dashboard.views.shapes import Hidden, Line, Role, Trend

PICTURE = Trend

_WIDTH, _NARROW_WIDTH = 640, 358  # of the whole figure, in pixels; it may be stretched
_LEAST_RIGHT = 120
_SYMBOL_WIDTH = 28
_NOTE_SHARE = 0.14  # of the plot's height, for "Scale starts at…"


def build(picture: Trend, *, narrow: bool = False) -> dict[str, Any]:
    """The figure of a trend, drawn for about 640 pixels or, if narrow, for 358."""
    height = theme.NARROW_HEIGHT if narrow else theme.HEIGHT
    scale = make_scale(
        _values(picture), from_zero=picture.from_zero, top=100 if picture.unit == "%" else None
    )
    names = scale.names(picture.unit)
    labels = [_label(line, narrow) for line in picture.lines]
    left = max(34 if narrow else 46, 12 + max(theme.measure_text(name) for name in names))
    right = _right(labels, narrow)
    width = (_NARROW_WIDTH if narrow else _WIDTH) - left - right
    layout = theme.lay_out(height=height, left=left, right=right)
    layout["hovermode"] = "x unified"
    layout["xaxis"] = _time_axis(picture, width)
    layout["yaxis"] = theme.axis(
        range=theme.pad(scale.low, scale.high),
        showgrid=True,
        gridcolor=theme.RULE,
        gridwidth=1,
        zeroline=scale.low <= 0,
        zerolinecolor=theme.INK,
        zerolinewidth=1,
        tickvals=list(scale.ticks),
        ticktext=names,
    )
    layout["annotations"] = [
        *_end_labels(picture.lines, labels, scale, height - theme.TOP - theme.BOTTOM),
        *_symbols(picture.hidden, picture, width),
        *_start_of_scale(picture, scale),
    ]
    # the chosen area is drawn last, over the others
    lines = sorted(picture.lines, key=lambda line: line.role is Role.AREA)
    return {"data": [trace for line in lines for trace in _traces(line)], "layout": layout}


def _choose_scale(picture: Trend) -> Scale:
    """The scale of the figures; where it does not start at zero, with room for the words that say so."""
    top = 100 if picture.unit == "%" else None
    values = _values(picture)
    scale = make_scale(values, from_zero=picture.from_zero, top=top)
    if scale.low > 0 and _lowest(picture, _quiet_side(picture)) < scale.low + _NOTE_SHARE * (
        scale.high - scale.low
    ):
        lower = max(scale.low - scale.step, 0.0)
        scale = make_scale([*values, lower], from_zero=False, top=top)
    return scale


def _quiet_side(picture: Trend) -> str:
    """The half of the plot in which the lines keep further from its foot."""
    return max(("left", "right"), key=lambda side: _lowest(picture, side))


def _lowest(picture: Trend, side: str) -> float:
    middle = (_days(picture.start) + _days(picture.end)) / 2
    found = [
        y
        for line in picture.lines
        for x, y in zip(line.x, line.y, strict=True)
        if y is not None and (_days(x) <= middle if side == "left" else _days(x) >= middle)
    ]
    return min(found, default=float("inf"))


def _values(picture: Trend) -> list[float]:
    return [y for line in picture.lines for y in line.y if y is not None]


def _label(line: Line, narrow: bool) -> str:
    """What stands at a line's end; narrow, a long one on several short lines."""
    return "<br>".join(fill(line.label, 14, break_long_words=False)) if narrow else line.label


def _right(labels: Sequence[str], narrow: bool) -> int:
    longest = max((theme.measure_text(label, 8.9) for label in labels), default=0)
    return min(max(_LEAST_RIGHT, longest + 16), 150 if narrow else 260)


def _time_axis(picture: Trend, width: float) -> dict[str, Any]:
    first, last = _days(picture.start), _days(picture.end)
    span = max(last - first, 1)
    places = [(_days(str(tick.at)) - first) / span * width for tick in picture.ticks]
    kept = thin(places, [theme.measure_text(tick.text, 7.8) for tick in picture.ticks], 8)
    # a lonely figure stands at the right, beside its name
    margin = 365 if first == last else 0
    return theme.axis(
        type="date",
        range=[_day(first - margin), _day(last)],
        tickvals=[picture.ticks[number].at for number in kept],
        ticktext=[picture.ticks[number].text for number in kept],
        hoverformat="%-d %B %Y",
    )


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _traces(line: Line) -> Iterator[dict[str, Any]]:
    """A line; what is carried forward after it, dotted; and a dot where the chosen area's ends."""
    style = theme.STYLES[line.role]
    cut = len(line.x) if line.dotted_from is None else line.dotted_from
    solid = _trace(line, 0, cut)
    solid["line"] = {"color": style.line, "width": style.width, "dash": style.dash}
    if line.markers:
        solid |= {"mode": "lines+markers", "marker": {"size": 7, "color": style.line}}
    yield solid
    if cut < len(line.x):
        carried = _trace(line, max(cut - 1, 0), len(line.x))
        carried["line"] = {"color": style.line, "width": style.width, "dash": theme.CARRIED_DASH}
        yield carried
    if line.role is Role.AREA and (last := _last(line.y)) is not None:
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [line.x[last]],
            "y": [line.y[last]],
            "marker": {"size": 10, "color": style.line, "line": {"color": theme.PAPER, "width": 1.5}},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }


def _trace(line: Line, first: int, last: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.name,
        "x": list(line.x[first:last]),
        "y": list(line.y[first:last]),
        "customdata": list(line.hover[first:last]),
        "hovertemplate": "%{customdata}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
    }


def _last(values: Sequence[float | None]) -> int | None:
    return next((n for n in range(len(values) - 1, -1, -1) if values[n] is not None), None)


def _end_labels(
    lines: Sequence[Line], labels: Sequence[str], scale: Scale, height: float
) -> Iterator[dict[str, Any]]:
    """Each line's name and latest figure at its end, pushed apart to a line's height."""
    ended = [
        (line, label, line.y[last])
        for line, label in zip(lines, labels, strict=True)
        if (last := _last(line.y)) is not None
    ]
    per_pixel = (scale.high - scale.low) / height
    wished = [((y or 0.0) - scale.low) / per_pixel for _, _, y in ended]
    heights = [theme.LINE_HEIGHT * (1 + label.count("<br>")) for _, label, _ in ended]
    places = push_apart(wished, heights, -theme.LINE_HEIGHT / 2, height + theme.LINE_HEIGHT / 2)
    for (line, label, _), place in zip(ended, places, strict=True):
        yield {
            "text": label,
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 10,
            "yref": "y",
            "y": round(scale.low + place * per_pixel, 6),
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": theme.write(theme.STYLES[line.role].text, strong=line.role is Role.AREA),
        }


def _symbols(hidden: Sequence[Hidden], picture: Trend, width: float) -> Iterator[dict[str, Any]]:
    """The symbol of each hidden figure at the axis; of a close run, as many as can be read."""
    span = max(_days(picture.end) - _days(picture.start), 1)
    room = _SYMBOL_WIDTH / max(width, 1) * span
    last = -room
    for point in hidden:
        if _days(point.x) - last < room:
            continue
        last = _days(point.x)
        yield {
            "text": point.symbol,
            "x": point.x,
            "yref": "paper",
            "y": 0,
            "yanchor": "bottom",
            "showarrow": False,
            "font": theme.write(theme.AREA, strong=True),
            "hovertext": point.hover,
        }


def _start_of_scale(picture: Trend, scale: Scale) -> Iterator[dict[str, Any]]:
    if scale.low <= 0 or not _values(picture):
        return
    side = _quiet_side(picture)
    yield {
        "text": f"Scale starts at {scale.name(scale.low)}{picture.unit}",
        "xref": "paper",
        "x": 0 if side == "left" else 1,
        "xanchor": side,
        "xshift": 6 if side == "left" else -6,
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "yshift": 20 if picture.hidden else 2,
        "showarrow": False,
        "font": {"size": theme.TICK, "color": theme.INK_2},
    }
