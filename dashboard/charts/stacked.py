"""Columns of categories one on another: at most four and the rest in grey, named beside the last column."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.axes import make_value_axis, measure_left
from dashboard.charts.columns import GAP, foot_of, make_group_axis, name_groups
from dashboard.charts.gaps import Place, mark_hidden
from dashboard.charts.lettering import count_lines, measure_widest, wrap
from dashboard.charts.scale import Scale, make_column_scale
from dashboard.charts.spacing import push_apart
from dashboard.charts.theme import (
    CATEGORIES,
    INK,
    LABEL,
    LINE_HIGH,
    NARROW_HEIGHT,
    NARROW_WIDTH,
    PAPER,
    REST,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    Figure,
    Margins,
    Marks,
    make_font,
    make_hover,
    make_layout,
    make_note,
)
from dashboard.views.shapes import Layer, Stacked

PICTURE = Stacked

_TOP = 14
_ABOVE = 28  # pixels that "[c]" with a bracket takes above a column
_SWATCH = 12
_OFF = 8
_NAMES, _NAMES_NARROW = 172, 112  # pixels of a line of a name, at most
#: What tells greys apart that are used again: Plotly's pattern, and its strokes on a swatch.
_STROKES = {
    "": (),
    "/": ((0, 4, 8, 12), (4, 0, 12, 8)),
    "\\": ((0, 8, 8, 0), (4, 12, 12, 4)),
    "-": ((0, 4, 12, 4), (0, 8, 12, 8)),
    "|": ((4, 0, 4, 12), (8, 0, 8, 12)),
}
_SHARES = Scale(0, 100, (0, 25, 50, 75, 100), ("0", "25", "50", "75", "100%"))


@dataclass(frozen=True)
class _Look:
    """How a layer is filled: a colour, and white strokes over it or none."""

    colour: str
    strokes: str = ""


def build(picture: Stacked, *, narrow: bool = False) -> Figure:
    """The figure of a stack over time; higher than usual only if its names need it."""
    names = [_name(layer, _NAMES_NARROW if narrow else _NAMES) for layer in picture.layers]
    heights = [count_lines(name) * LINE_HIGH + 4 for name in names]
    right = ceil(measure_widest(names, LABEL)) + _OFF + _SWATCH + 8 + 8
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - 46 - right
    ticks = name_groups(picture.groups, width)
    top, foot = _ABOVE + 6 if picture.shares and picture.hidden else _TOP, foot_of(ticks)
    high = max(NARROW_HEIGHT if narrow else WIDE_HEIGHT, ceil(sum(heights)) + top + foot)
    plot = high - top - foot
    scale = _SHARES if picture.shares else _make_scale(picture, plot)
    left = measure_left(scale, 34 if narrow else 46)
    looks = _choose_looks(picture.layers)
    layout = make_layout(high, Margins(left, right, top, foot))
    layout["xaxis"] = make_group_axis(picture.groups, ticks)
    layout["yaxis"] = make_value_axis(scale)
    notes, shapes = _name_layers(picture.layers, names, heights, looks, scale, plot)
    gaps = _mark_hidden(picture, width)
    layout["annotations"] = [*notes, *gaps.notes]
    layout["shapes"] = [*shapes, *gaps.shapes]
    layout |= {"barmode": "stack", "bargap": GAP}
    data = [
        _make_trace(layer, look, len(looks) - number, narrow=narrow)
        for number, (layer, look) in enumerate(zip(picture.layers, looks, strict=True))
    ]
    return {"data": data, "layout": layout}


def _name(layer: Layer, width: float) -> str:
    """A category with its latest figure: "Foster carers 73%"."""
    text = f"{layer.name} {layer.texts[-1]}" if layer.texts else layer.name
    return wrap(text, width, LABEL)


def _choose_looks(layers: Sequence[Layer]) -> list[_Look]:
    """A look for each layer from the foot up: categories in order, grey for what is left over.

    Left over is what goes beyond four, and a last layer that says it is "Other" or "All others".
    """
    named = min(len(layers), len(CATEGORIES))
    if layers and layers[-1].name.lower().startswith(("other", "all other")):
        named = min(named, len(layers) - 1)
    strokes = list(_STROKES)
    greys = [
        # on a light colour the dark grey, on a dark one the light, and by turns if there are several
        _Look(REST[(named + number) % 2], strokes[number // 2 % len(strokes)])
        for number in range(len(layers) - named)
    ]
    return [*map(_Look, CATEGORIES[:named]), *greys]


def _make_scale(picture: Stacked, plot: float) -> Scale:
    above = _ABOVE if picture.hidden else 4
    return make_column_scale(_sum_up(picture.layers), plot, above)


def _sum_up(layers: Sequence[Layer]) -> list[float | None]:
    """How high each column stands as it is drawn; None where nothing of it is."""
    return [
        None if all(value is None for value in values) else sum(value or 0.0 for value in values)
        for values in zip(*(each.values for each in layers), strict=True)
    ]


def _make_trace(layer: Layer, look: _Look, rank: int, *, narrow: bool) -> Figure:
    marker: Figure = {"color": look.colour, "line": {"color": PAPER, "width": 2}}
    if look.strokes:
        marker["pattern"] = {"shape": look.strokes, "bgcolor": look.colour, "fgcolor": PAPER, "size": 6}
    trace: Figure = {
        "type": "bar",
        "name": layer.name,
        "x": list(range(len(layer.values))),
        "y": list(layer.values),
        "marker": marker,
        "legendrank": rank,  # the hover names them from the top down
    }
    return trace | make_hover(layer.hover, narrow=narrow)


def _name_layers(
    layers: Sequence[Layer],
    names: Sequence[str],
    heights: Sequence[float],
    looks: Sequence[_Look],
    scale: Scale,
    plot: float,
) -> tuple[list[Figure], list[Figure]]:
    """Names beside the last column, each level with its own part of it or as near as can be."""
    middles = [scale.place(middle, plot) for middle in _find_middles(layers)]
    places = push_apart(middles, heights, -6, plot + 6)
    notes, shapes = [], []
    for name, look, place in zip(names, looks, places, strict=True):
        up = round(plot - place)
        notes.append(_write(name, up))
        shapes.append(_swatch(look, up))
    return notes, shapes


def _find_middles(layers: Sequence[Layer]) -> list[float]:
    """The middle of each layer's part of the last column."""
    middles, foot = [], 0.0
    for layer in layers:
        value = (layer.values[-1] if layer.values else None) or 0.0
        middles.append(foot + value / 2)
        foot += value
    return middles


def _write(name: str, up: int) -> Figure:
    return make_note(
        name,
        1,
        0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="middle",
        align="left",
        xshift=_OFF + _SWATCH + 6,
        yshift=up,
        font=make_font(LABEL, INK),
    )


def _swatch(look: _Look, up: int) -> Figure:
    """A small box with the layer's look before its name."""
    left, low = _OFF, up - _SWATCH // 2
    box = f"M{left},{low}H{left + _SWATCH}V{low + _SWATCH}H{left}Z"
    strokes = [f"M{left + x0},{low + y0}L{left + x1},{low + y1}" for x0, y0, x1, y1 in _STROKES[look.strokes]]
    return {
        "type": "path",
        "path": box + "".join(strokes),
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 1,
        "yanchor": 0,
        "fillcolor": look.colour,
        "line": {"color": PAPER, "width": 1.5 if look.strokes else 0},
    }


def _mark_hidden(picture: Stacked, width: float) -> Marks:
    """ "[c]" over each column that cannot be drawn whole, or over several together."""
    sums = _sum_up(picture.layers)
    groups = range(len(picture.groups))
    places = [
        Place(
            place,
            (place + 0.5) * width / len(groups),
            "[c]",
            "<br>".join(each.hover[place] for each in picture.layers if each.values[place] is None),
            sums[place] or 0,
        )
        for place in groups
        if picture.groups[place] in picture.hidden
    ]
    return mark_hidden(places, groups, yref="y")
