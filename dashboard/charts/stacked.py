"""Columns of categories over time, named beside the last column."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.charts import theme
from dashboard.charts.scales import make_scale, push_apart, thin
from dashboard.views.shapes import Layer, Stacked

PICTURE = Stacked

_WIDTH, _NARROW_WIDTH = 640, 358


def build(picture: Stacked, *, narrow: bool = False) -> dict[str, Any]:
    """The figure of stacked columns; shares fill the whole height."""
    height = theme.NARROW_HEIGHT if narrow else theme.HEIGHT
    sums = [_total(picture.layers, number) for number in range(len(picture.groups))]
    scale = make_scale([100.0] if picture.shares else sums, from_zero=True)
    names = scale.names("%" if picture.shares else "")
    letters = 13 if narrow else 20
    labels = [theme.wrap(layer.name, letters) for layer in picture.layers]
    left = max(34 if narrow else 46, 12 + max(theme.measure_text(name) for name in names))
    right = max((theme.measure_text(label) for label in labels), default=0) + 40
    width = (_NARROW_WIDTH if narrow else _WIDTH) - left - right
    layout = theme.lay_out(height=height, left=left, right=right)
    layout |= {
        "barmode": "stack",
        "bargap": 0.28,
        "hovermode": "closest",
        "xaxis": _groups(picture.groups, width),
        "yaxis": theme.axis(
            range=theme.pad(scale.low, scale.high),
            showgrid=True,
            gridcolor=theme.RULE,
            zeroline=True,
            zerolinecolor=theme.INK,
            tickvals=list(scale.ticks),
            ticktext=names,
        ),
        "annotations": [
            *_labels(picture, labels, scale.high, height - theme.TOP - theme.BOTTOM),
            *_symbols(picture),
        ],
    }
    return {"data": [_trace(layer, number) for number, layer in enumerate(picture.layers)], "layout": layout}


def _total(layers: Sequence[Layer], number: int) -> float:
    return sum(layer.values[number] or 0.0 for layer in layers)


def _groups(groups: Sequence[str], width: float) -> dict[str, Any]:
    pitch = width / max(len(groups), 1)
    places = [(number + 0.5) * pitch for number in range(len(groups))]
    kept = thin(places, [theme.measure_text(group, 7.8) for group in groups], 6)
    return theme.axis(
        range=[-0.5, max(len(groups), 1) - 0.5], tickvals=kept, ticktext=[groups[number] for number in kept]
    )


def _trace(layer: Layer, number: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": layer.name,
        "x": list(range(len(layer.values))),
        "y": list(layer.values),
        "marker": {
            "color": theme.CATEGORIES[number % len(theme.CATEGORIES)],
            "line": {"color": theme.PAPER, "width": 2},
        },
        "customdata": list(layer.hover),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _labels(picture: Stacked, labels: Sequence[str], high: float, height: float) -> Iterator[dict[str, Any]]:
    """Each category's name with a square of its colour, level with its part of the last whole column."""
    whole = [n for n in range(len(picture.groups)) if _total(picture.layers, n) > 0]
    below, wished = 0.0, []
    for layer in picture.layers:
        part = (layer.values[whole[-1]] or 0.0) if whole else 0.0
        wished.append((below + part / 2) / high * height)
        below += part
    heights = [theme.LINE_HEIGHT * (1 + label.count("<br>")) + 4 for label in labels]
    places = push_apart(wished, heights, -6, height + 6)
    for number, (label, place) in enumerate(zip(labels, places, strict=True)):
        y = round(place / height * high, 6)
        yield _beside(label, y, 30, theme.INK_2)
        yield _beside("\N{BLACK SQUARE}", y, 8, theme.CATEGORIES[number % len(theme.CATEGORIES)])


def _beside(text: str, y: float, shift: int, colour: str) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": shift,
        "yref": "y",
        "y": y,
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": theme.write(colour),
    }


def _symbols(picture: Stacked) -> Iterator[dict[str, Any]]:
    for group in picture.hidden:
        yield {
            "text": "[c]",
            "x": picture.groups.index(group),
            "yref": "paper",
            "y": 0,
            "yanchor": "bottom",
            "showarrow": False,
            "font": theme.write(theme.AREA, strong=True),
            "hovertext": f"{group}: hidden, to protect children",
        }
