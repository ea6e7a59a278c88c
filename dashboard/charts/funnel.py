"""Funnels: dots by size, the county's figure across, and the range that chance allows round it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.axes import make_other_axis, make_value_axis, measure_left
from dashboard.charts.endings import Ending, make_endings, right_margin, write_ending
from dashboard.charts.lettering import measure
from dashboard.charts.scale import Scale, make_scale
from dashboard.charts.theme import (
    INK_2,
    INK_3,
    LABEL,
    NARROW_HEIGHT,
    NARROW_WIDTH,
    PAPER,
    STYLES,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    Figure,
    Margins,
    make_font,
    make_hover,
    make_layout,
    make_note,
)
from dashboard.views.pictures import Curve, Dot, Funnel
from dashboard.views.shapes import Role, Tick

PICTURE = Funnel

_TOP, _BOTTOM = 12, 54  # the words of the axis along the bottom stand under its ticks
_LEFT, _LEFT_NARROW = 46, 34
_HIGH = 17  # pixels that a name takes
_DOT = 9  # pixels from a dot's middle to what may stand beside it


def build(picture: Funnel, *, narrow: bool = False) -> Figure:
    """The figure of a funnel."""
    scale = _make_scale(picture)
    across = make_scale([x for curve in picture.curves for x in curve.x], from_zero=False)
    named = [(picture.centre_label, Role.COUNTY), *((curve.name, Role.LIMIT) for curve in picture.curves)]
    labels = [(write_ending(text, text, role, narrow=narrow), role) for text, role in named]
    right = right_margin(labels, narrow=narrow)
    left = measure_left(scale, _LEFT_NARROW if narrow else _LEFT)
    height = NARROW_HEIGHT if narrow else WIDE_HEIGHT
    plot_high, wide = height - _TOP - _BOTTOM, (NARROW_WIDTH if narrow else WIDE_WIDTH) - left - right
    layout = make_layout(height, Margins(left, right, _TOP, _BOTTOM), "closest")
    ends = (across.low, across.high)
    ticks = [Tick(at, text) for at, text in zip(across.ticks, across.texts, strict=True)]
    layout["xaxis"] = make_other_axis(ends, ticks[:: 2 if narrow else 1]) | {"type": "linear"}
    layout["yaxis"] = make_value_axis(scale)
    endings = make_endings(_list_endings(picture, scale, plot_high), plot_high, narrow=narrow)
    layout["annotations"] = [
        *endings.notes,
        *_write_names(picture, scale, ends, wide, plot_high, narrow=narrow),
        _write_across(picture),
    ]
    layout["shapes"] = [_draw_centre(picture), *endings.shapes]
    curves = [trace for curve in picture.curves for trace in _draw_curve(curve)]
    return {"data": [*curves, *_draw_dots(picture.dots, narrow=narrow)], "layout": layout}


def _make_scale(picture: Funnel) -> Scale:
    values = [y for curve in picture.curves for y in (*curve.lower, *curve.upper)]
    return make_scale([*values, *(dot.y for dot in picture.dots)], from_zero=False, unit=picture.unit)


def _list_endings(picture: Funnel, scale: Scale, high: float) -> list[Ending]:
    named = [("County", picture.centre_label, Role.COUNTY, picture.centre)]
    named += [(curve.name, curve.name, Role.LIMIT, curve.upper[-1]) for curve in picture.curves]
    return [Ending(*each, scale.place(each[-1], high), at_edge=True) for each in named]


def _draw_centre(picture: Funnel) -> Figure:
    style = STYLES[Role.COUNTY]
    line = {"color": style.line, "width": style.width}
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": picture.centre,
        "y1": picture.centre,
        "line": line,
    }


def _draw_curve(curve: Curve) -> Iterator[Figure]:
    for heights in (curve.lower, curve.upper):
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": list(curve.x),
            "y": list(heights),
            "line": {"color": INK_3, "width": 1.5, "dash": "6px,4px" if curve.dashed else "solid"},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }


def _draw_dots(dots: Sequence[Dot], *, narrow: bool) -> Iterator[Figure]:
    """Hollow dots, the chosen district's full and larger."""
    for role, size in ((Role.COUNTY, 11), (Role.AREA, 15)):
        own = [dot for dot in dots if dot.role is role]
        if not own:
            continue
        colour = STYLES[role].line
        fill = colour if role is Role.AREA else PAPER
        trace: Figure = {
            "type": "scatter",
            "mode": "markers",
            "x": [dot.x for dot in own],
            "y": [dot.y for dot in own],
            "marker": {
                "symbol": "circle",
                "size": size,
                "color": fill,
                "line": {"color": colour, "width": 2},
            },
            "cliponaxis": False,
        }
        yield trace | make_hover([dot.hover for dot in own], narrow=narrow)


@dataclass(frozen=True)
class _Box:
    """Where words lie, in pixels from the plot's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        """Whether two lie on each other."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def fits(self, wide: float, high: float) -> bool:
        """Whether it lies inside the plot."""
        return self.left >= 0 and self.right <= wide and self.top >= 0 and self.bottom <= high


def _write_names(
    picture: Funnel,
    scale: Scale,
    ends: tuple[float, float],
    wide: float,
    high: float,
    *,
    narrow: bool,
) -> Iterator[Figure]:
    """A name beside each dot where it lies on nothing else; the chosen district's first, on a phone alone.

    A name for which there is no room is left out: it is in the hover and in the table.
    """
    per_child = wide / (ends[1] - ends[0])
    places = {dot: ((dot.x - ends[0]) * per_child, scale.place(dot.y, high)) for dot in picture.dots}
    taken = [_Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in places.values()]
    for dot in sorted(picture.dots, key=lambda dot: (dot.role is not Role.AREA, dot.x)):
        bold = dot.role is Role.AREA
        if narrow and not bold:
            continue
        size = measure(dot.label, LABEL, bold=bold), _HIGH
        for x, y in _list_sides(*size):
            along, down = places[dot][0] + x, places[dot][1] + y
            box = _Box(along - size[0] / 2, down - size[1] / 2, along + size[0] / 2, down + size[1] / 2)
            if box.fits(wide, high) and not any(box.meets(each) for each in taken):
                taken.append(box)
                font = make_font(LABEL, STYLES[dot.role].text if bold else INK_2, bold=bold)
                yield make_note(
                    dot.label,
                    dot.x,
                    dot.y,
                    xshift=round(x),
                    yshift=round(-y),
                    bgcolor=PAPER,
                    font=font,
                    hovertext=dot.hover,
                )
                break


def _list_sides(wide: float, high: float) -> tuple[tuple[float, float], ...]:
    """Where a name's middle may stand beside its dot's, the best place first: over, under, right, left."""
    up, along = high / 2 + _DOT, wide / 2 + _DOT + 2
    return (0, -up), (0, up), (along, 0), (-along, 0), (along, -up), (-along, -up), (along, up), (-along, up)


def _write_across(picture: Funnel) -> Figure:
    return make_note(
        picture.across,
        0.5,
        0,
        xref="paper",
        yref="paper",
        yanchor="top",
        yshift=-30,
        font=make_font(LABEL, INK_2),
    )
