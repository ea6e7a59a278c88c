"""Two sets of columns side by side over the same groups: solid and hatched, or outline and full."""

from collections.abc import Iterator, Sequence

from dashboard.charts.axes import make_value_axis, measure_left
from dashboard.charts.columns import (
    GAP,
    Look,
    foot_of,
    key_height,
    lay_out_key,
    make_group_axis,
    measure_right,
    name_groups,
    stand_symbol,
    write_key,
)
from dashboard.charts.lettering import measure, measure_widest
from dashboard.charts.scale import make_column_scale
from dashboard.charts.theme import (
    INK_2,
    LABEL,
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
)
from dashboard.views.shapes import Column, Grouped, Role

PICTURE = Grouped

_LEFT, _RIGHT = 34, 8
_GROUP_GAP = 0.04
_ABOVE = 22  # pixels that a value above its column takes
_MOST_NARROW = 8  # groups whose values are written on a phone


def build(picture: Grouped, *, narrow: bool = False) -> Figure:
    """The figure of sets of columns."""
    high = NARROW_HEIGHT if narrow else WIDE_HEIGHT
    full = NARROW_WIDTH if narrow else WIDE_WIDTH
    names, looks = (
        [each.name for each in picture.columns],
        [_look(each, picture.role) for each in picture.columns],
    )
    places = lay_out_key(names, full - _RIGHT)
    top = key_height(places)
    ticks = name_groups(picture.groups, full - _LEFT - _RIGHT)
    foot = foot_of(ticks)
    values = [value for column in picture.columns for value in column.values]
    scale = make_column_scale(values, high - top - foot, _ABOVE, _find_unit(picture.columns))
    left = measure_left(scale, _LEFT)
    right = measure_right(ticks, len(picture.groups), full - left - _RIGHT, _RIGHT)
    slot = (full - left - right) * (1 - GAP) / max(len(picture.groups) * len(names), 1)
    key = write_key(names, looks, places, 0 if len({row for _, row in places}) == 1 else 1 - left)
    layout = make_layout(high, Margins(left, right, top, foot))
    layout["xaxis"] = make_group_axis(picture.groups, ticks)
    layout["yaxis"] = make_value_axis(scale)
    layout["annotations"] = [*key.notes, *_mark_gaps(picture, slot)]
    layout["shapes"] = key.shapes
    layout |= {"barmode": "group", "bargap": GAP, "bargroupgap": _GROUP_GAP}
    written = _has_room(picture, slot) and not (narrow and len(picture.groups) > _MOST_NARROW)
    return {
        "data": [
            _make_trace(each, look, written=written, narrow=narrow)
            for each, look in zip(picture.columns, looks, strict=True)
        ],
        "layout": layout,
    }


def _find_unit(columns: Sequence[Column]) -> str:
    """ "%" where every figure is a percentage."""
    texts = [
        text
        for column in columns
        for text, value in zip(column.texts, column.values, strict=True)
        if value is not None
    ]
    return "%" if texts and all(text.endswith("%") for text in texts) else ""


def _has_room(picture: Grouped, slot: float) -> bool:
    """Whether values, and symbols for hidden ones, fit above columns that are so many pixels apart."""
    return all(
        measure(text, TICK if value is not None else LABEL, bold=value is None) <= slot
        for column in picture.columns
        for text, value in zip(column.texts, column.values, strict=True)
    )


def _look(column: Column, role: Role) -> Look:
    edge = STYLES[role].line
    return Look(PAPER if column.hatched or column.outline else edge, column.hatched, edge)


def _make_marker(column: Column, look: Look) -> Figure:
    """How a set of columns is filled; one that is not told exactly is dotted."""
    marker: Figure = {"color": look.fill, "line": {"color": look.edge, "width": 1.5}}
    usual = "/" if column.hatched else ""
    shapes = ["." if place in column.rough else usual for place in range(len(column.values))]
    if column.rough or column.hatched:
        shape = shapes if column.rough else usual
        marker["pattern"] = {
            "shape": shape,
            "fgcolor": look.edge,
            "bgcolor": PAPER,
            "size": 6,
            "solidity": 0.4,
        }
    return marker


def _make_trace(column: Column, look: Look, *, written: bool, narrow: bool) -> Figure:
    marker = _make_marker(column, look)
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
    return trace | make_hover(column.hover, narrow=narrow)


def _mark_gaps(picture: Grouped, slot: float) -> Iterator[Figure]:
    """The symbol of each hidden figure in its column's place, or over its group if that is too narrow."""
    sets = len(picture.columns)
    for place in range(len(picture.groups)):
        gaps = [number for number, each in enumerate(picture.columns) if each.values[place] is None]
        gaps = [number for number in gaps if picture.columns[number].texts[place]]
        texts = [picture.columns[number].texts[place] for number in gaps]
        hovers = [picture.columns[number].hover[place] for number in gaps]
        if measure_widest(texts, LABEL, bold=True) <= slot:
            for number, text, hover in zip(gaps, texts, hovers, strict=True):
                off = (number - (sets - 1) / 2) * (1 - GAP) / sets
                yield stand_symbol(place + off, 0, text, hover)
        elif gaps:
            tallest = max(each.values[place] or 0 for each in picture.columns)
            yield stand_symbol(place, tallest, " ".join(dict.fromkeys(texts)), "<br>".join(hovers))
