"""Bars on their side, in the order given, their values in a column at the right."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.charts import theme
from dashboard.views.shapes import Bar, Bars, Role

PICTURE = Bars

_THICK = 28  # of a bar, in pixels, at most
_LEAST_PITCH, _MOST_PITCH = 34, 64  # from one bar to the next
_GAP = 0.6  # of a pitch, above a bar that is set apart
_HEADING = 26  # over the columns of values


def build(picture: Bars, *, narrow: bool = False) -> dict[str, Any]:
    """The figure of bars: as tall as its neighbours while a row keeps a readable pitch."""
    rows = _rows(picture.bars)
    letters = 15 if narrow else 24
    names = [theme.wrap(bar.name, letters) for bar in picture.bars]
    least = 44 if any("<br>" in name for name in names) else _LEAST_PITCH
    wished = theme.NARROW_HEIGHT if narrow else theme.HEIGHT
    top = _HEADING + 4 if picture.heading else theme.TOP
    span = rows[-1] + 1 if rows else 1.0
    pitch = min(max((wished - top - 10) / span, least), _MOST_PITCH)
    left = max((theme.measure_text(name) for name in names), default=0) + 14
    right, columns = _columns(picture)
    layout = theme.lay_out(height=round(top + 10 + pitch * span), left=left, right=right, top=top, bottom=10)
    values = [n for bar in picture.bars for n in (bar.value, bar.comparator) if n is not None]
    layout["hovermode"] = "closest"
    layout["xaxis"] = theme.axis(
        range=[min([0.0, *values]), max([*values, 0.0]) * 1.02 or 1], showticklabels=False
    )
    layout["yaxis"] = theme.axis(
        range=[span - 0.5, -0.5],
        tickvals=rows,
        ticktext=names,
        tickfont={"size": theme.LABEL, "color": theme.INK_2},
    )
    layout["annotations"] = [*_texts(picture, rows, columns), *_headings(picture, columns)]
    layout["shapes"] = [*_uprights(picture, rows, min(_THICK, pitch * 0.72) / pitch), _zero_line()]
    return {"data": [_trace(picture.bars, rows, min(_THICK, pitch * 0.72) / pitch)], "layout": layout}


def _rows(bars: Sequence[Bar]) -> list[float]:
    """The place of each bar, in pitches from the top."""
    rows: list[float] = []
    at = 0.0
    for bar in bars:
        at += _GAP if bar.apart and rows else 0.0
        rows.append(round(at, 2))
        at += 1
    return rows


def _columns(picture: Bars) -> tuple[int, tuple[int, int]]:
    """The right margin, and how far into it the columns of values and of comparators end."""
    value = max(
        [theme.measure_text(bar.text, 9) for bar in picture.bars] + [theme.measure_text(picture.heading)]
    )
    if not picture.comparator_heading:
        return value + 20, (value + 16, 0)
    texts = [bar.comparator_text for bar in picture.bars] + [picture.comparator_heading]
    other = max(theme.measure_text(text) for text in texts)
    return value + other + 40, (value + 16, value + other + 36)


def _trace(bars: Sequence[Bar], rows: Sequence[float], thick: float) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value for bar in bars],
        "y": list(rows),
        "width": [round(thick, 3)] * len(bars),
        "marker": {"color": [theme.STYLES[bar.role].line for bar in bars]},
        "customdata": [bar.hover for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _texts(picture: Bars, rows: Sequence[float], columns: tuple[int, int]) -> Iterator[dict[str, Any]]:
    for bar, row in zip(picture.bars, rows, strict=True):
        if bar.text:
            strong = bar.role is Role.AREA
            yield _text(bar.text, row, columns[0], theme.STYLES[bar.role].text, strong=strong)
        if bar.comparator_text:
            style = theme.STYLES[picture.comparator_role]
            yield _text(bar.comparator_text, row, columns[1], style.text)


def _text(text: str, row: float, shift: int, colour: str, *, strong: bool = False) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "xshift": shift,
        "yref": "y",
        "y": row,
        "yanchor": "middle",
        "showarrow": False,
        "font": theme.write(colour, strong=strong),
    }


def _headings(picture: Bars, columns: tuple[int, int]) -> Iterator[dict[str, Any]]:
    headings = (
        (picture.heading, columns[0], theme.INK_2),
        (picture.comparator_heading, columns[1], theme.STYLES[picture.comparator_role].text),
    )
    for text, shift, colour in headings:
        if text:
            heading = _text(text, 1, shift, colour)
            yield heading | {"yref": "paper", "yanchor": "bottom", "yshift": 2}


def _uprights(picture: Bars, rows: Sequence[float], thick: float) -> Iterator[dict[str, Any]]:
    """The comparator of each bar as an upright tick with a white edge, so that it shows on the bar."""
    colour = theme.STYLES[picture.comparator_role].line
    reach = thick * 0.68
    for bar, row in zip(picture.bars, rows, strict=True):
        if bar.comparator is None:
            continue
        for width, shade in ((7, theme.PAPER), (3, colour)):
            yield {
                "type": "line",
                "x0": bar.comparator,
                "x1": bar.comparator,
                "y0": row - reach,
                "y1": row + reach,
                "line": {"color": shade, "width": width},
            }


def _zero_line() -> dict[str, Any]:
    return {
        "type": "line",
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.INK, "width": 1},
    }
