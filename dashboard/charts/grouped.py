"""Two sets of upright columns over the same groups: started and ceased, or this year and last."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.charts import theme
from dashboard.charts.scales import make_scale, thin
from dashboard.views.shapes import Column, Grouped

PICTURE = Grouped

_WIDTH, _NARROW_WIDTH = 640, 358
_BAR_GAP = 0.28  # of a group's width, between groups
_KEY = 34  # over the plot, in pixels
_TIGHT = 8  # more groups than this leave no room for values above columns when narrow


def build(picture: Grouped, *, narrow: bool = False) -> dict[str, Any]:
    """The figure of grouped columns, with a key of two entries above them."""
    height = theme.NARROW_HEIGHT if narrow else theme.HEIGHT
    values = [value for column in picture.columns for value in column.values if value is not None]
    scale = make_scale(values, from_zero=True)
    names = scale.names()
    left = max(34 if narrow else 46, 12 + max(theme.measure_text(name) for name in names))
    width = (_NARROW_WIDTH if narrow else _WIDTH) - left - 8
    layout = theme.lay_out(height=height, left=left, right=8, top=_KEY + 18)
    layout |= {
        "barmode": "group",
        "bargap": _BAR_GAP,
        "bargroupgap": 0.04,
        "hovermode": "closest",
        "showlegend": True,
        "legend": _key(),
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
        "annotations": list(_symbols(picture)),
    }
    labelled = _has_room(picture, width)
    return {"data": [_trace(column, labelled) for column in picture.columns], "layout": layout}


def _has_room(picture: Grouped, width: float) -> bool:
    """Whether each column is wide enough for its value to stand above it."""
    columns = max(len(picture.groups) * len(picture.columns), 1)
    longest = max(
        (theme.measure_text(text) for column in picture.columns for text in column.texts), default=0
    )
    return width / columns * 0.86 >= longest * 0.86


def _key() -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "font": {"size": theme.LABEL, "color": theme.INK_2},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _groups(groups: Sequence[str], width: float) -> dict[str, Any]:
    pitch = width / max(len(groups), 1)
    places = [(number + 0.5) * pitch for number in range(len(groups))]
    kept = thin(places, [theme.measure_text(group, 7.8) for group in groups], 6)
    return theme.axis(
        range=[-0.5, max(len(groups), 1) - 0.5], tickvals=kept, ticktext=[groups[number] for number in kept]
    )


def _trace(column: Column, labelled: bool) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "bar",
        "name": column.name,
        "x": list(range(len(column.values))),
        "y": list(column.values),
        "customdata": list(column.hover),
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": _fill(column),
    }
    if labelled:
        trace |= {
            "text": [
                "" if value is None else text for text, value in zip(column.texts, column.values, strict=True)
            ],
            "textposition": "outside",
            "textangle": 0,
            "textfont": {"size": theme.TICK, "color": theme.INK_2},
            "constraintext": "none",
        }
    return trace


def _symbols(picture: Grouped) -> Iterator[dict[str, Any]]:
    """The symbol of each column that is hidden or missing, where it would have stood."""
    share = (1 - _BAR_GAP) / max(len(picture.columns), 1)
    for number, column in enumerate(picture.columns):
        shift = (number - (len(picture.columns) - 1) / 2) * share
        for place, (value, text) in enumerate(zip(column.values, column.texts, strict=True)):
            if value is None and text:
                yield {
                    "text": text,
                    "x": place + shift,
                    "yref": "paper",
                    "y": 0,
                    "yanchor": "bottom",
                    "showarrow": False,
                    "font": theme.write(theme.AREA, strong=True, size=theme.TICK),
                    "hovertext": column.hover[place],
                }


def _fill(column: Column) -> dict[str, Any]:
    """Solid; hatched, in the same blue; or an empty outline, for the earlier of two."""
    if column.hatched:
        pattern = {"shape": "/", "fgcolor": theme.AREA, "bgcolor": theme.PAPER, "size": 6, "solidity": 0.4}
        return {"color": theme.PAPER, "pattern": pattern, "line": {"color": theme.AREA, "width": 1.5}}
    if column.outline:
        return {"color": theme.PAPER, "line": {"color": theme.AREA, "width": 2}}
    return {"color": theme.AREA, "line": {"color": theme.AREA, "width": 1.5}}
