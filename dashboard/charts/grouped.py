"""Two sets of columns side by side over the same groups: solid and hatched, or outline and full."""

from collections.abc import Iterator, Sequence

from dashboard.charts.axes import make_value_axis
from dashboard.charts.columns import GAP, foot_of, make_group_axis, name_groups, stand_symbol, write_key
from dashboard.charts.lettering import measure_widest
from dashboard.charts.scale import make_column_scale
from dashboard.charts.theme import (
    AREA,
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
    make_hover,
    make_layout,
)
from dashboard.views.shapes import Column, Grouped

PICTURE = Grouped

_RIGHT = 8
_KEY = 34  # pixels above the plot, with the key in them
_GROUP_GAP = 0.04
_ABOVE = 22  # pixels that a value above its column takes
_MOST_NARROW = 8  # groups whose values are written on a phone


def build(picture: Grouped, *, narrow: bool = False) -> Figure:
    """The figure of sets of columns."""
    high = NARROW_HEIGHT if narrow else WIDE_HEIGHT
    values = [value for column in picture.columns for value in column.values]
    unit = _find_unit(picture.columns)
    left = 46
    ticks = name_groups(picture.groups, (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - _RIGHT)
    foot = foot_of(ticks)
    scale = make_column_scale(values, high - _KEY - foot, _ABOVE, unit)
    left = max(34, round(measure_widest(scale.texts, TICK)) + 8)
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - _RIGHT
    written = _has_room(picture, width) and not (narrow and len(picture.groups) > _MOST_NARROW)
    notes, shapes = write_key([(each.name, _look(each)) for each in picture.columns], 0, 20)
    layout = make_layout(high, Margins(left, _RIGHT, _KEY, foot))
    layout["xaxis"] = make_group_axis(picture.groups, ticks)
    layout["yaxis"] = make_value_axis(scale)
    layout["annotations"] = [*notes, *_mark_gaps(picture)]
    layout["shapes"] = shapes
    layout |= {"barmode": "group", "bargap": GAP, "bargroupgap": _GROUP_GAP}
    return {"data": [_make_trace(each, written=written) for each in picture.columns], "layout": layout}


def _find_unit(columns: Sequence[Column]) -> str:
    """ "%" where every figure is a percentage."""
    texts = [
        text
        for column in columns
        for text, value in zip(column.texts, column.values, strict=True)
        if value is not None
    ]
    return "%" if texts and all(text.endswith("%") for text in texts) else ""


def _has_room(picture: Grouped, width: float) -> bool:
    """Whether values fit above their columns without touching."""
    slots = max(len(picture.groups), 1) * max(len(picture.columns), 1)
    texts = [text for column in picture.columns for text in column.texts]
    return measure_widest(texts, TICK) <= width * (1 - GAP) / slots


def _look(column: Column) -> Figure:
    """Fill and edge of a set of columns, and whether it is hatched."""
    fill = PAPER if column.hatched or column.outline else AREA
    return {"fill": fill, "line": AREA, "hatched": column.hatched}


def _make_trace(column: Column, *, written: bool) -> Figure:
    look = _look(column)
    marker: Figure = {"color": look["fill"], "line": {"color": AREA, "width": 1.5}}
    if column.hatched:
        marker["pattern"] = {"shape": "/", "fgcolor": AREA, "bgcolor": PAPER, "size": 6, "solidity": 0.4}
    trace: Figure = {
        "type": "bar",
        "name": column.name,
        "x": list(range(len(column.values))),
        "y": list(column.values),
        "marker": marker,
        "cliponaxis": False,
    }
    if written:
        trace |= {
            "text": [
                text if value is not None else ""
                for text, value in zip(column.texts, column.values, strict=True)
            ],
            "textposition": "outside",
            "textangle": 0,
            "constraintext": "none",
            "textfont": make_font(TICK, INK_2),
        }
    return trace | make_hover(column.hover)


def _mark_gaps(picture: Grouped) -> Iterator[Figure]:
    """The symbol of each hidden figure, where its column would stand."""
    slot = (1 - GAP) / max(len(picture.columns), 1)
    for number, column in enumerate(picture.columns):
        off = (number - (len(picture.columns) - 1) / 2) * slot
        for place, (value, text, hover) in enumerate(
            zip(column.values, column.texts, column.hover, strict=True)
        ):
            if value is None and text:
                yield stand_symbol(place + off, 0, text, hover)
