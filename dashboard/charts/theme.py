"""The look of every chart, in one place: colours, dashes, letters, and what all layouts share.

The stylesheet holds the same colours under the same names. Text is never smaller than 15 and reaches 4.5
to 1 on white; lines and fills reach 3 to 1. There is no Plotly template: what is not said here is
Plotly's own default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.lettering import wrap
from dashboard.views.shapes import Role

#: What Plotly takes: `data` and `layout` of lists, texts, numbers and None.
Figure = dict[str, Any]

# --- colours ----------------------------------------------------------------------------------------

INK = "#16222c"  # zero lines, the target
INK_2 = "#45515b"  # names and values beside bars
INK_3 = "#5c6770"  # tick labels
LINE = "#767f87"
RULE = "#d8d4cb"  # grid lines: decoration
PAPER = "#ffffff"
STONE = "#f5f3ee"
AREA = "#12436d"

#: Categories of a stack, in this order, at most four; neighbours differ by 3 to 1 or more in lightness.
CATEGORIES = ("#12436d", "#28a197", "#801650", "#f46a25")
#: All other categories: grey, the dark or the light one, whichever stands out from the fill below it.
REST = ("#3d3d3d", "#8a9299")

# --- whose figures ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How one role is drawn: colour of its marks and of its words, dash, width in pixels, shape of a dot."""

    line: str
    text: str
    dash: str = "solid"
    width: float = 2
    symbol: str = "circle"
    bold: bool = False


STYLES: Mapping[Role, Style] = {
    Role.AREA: Style(AREA, AREA, width=3, bold=True),
    Role.COUNTY: Style("#4f7ca6", "#38648c", symbol="circle-open"),
    Role.ENGLAND: Style("#4b5660", "#4b5660", "10px,5px", symbol="square"),
    Role.NEIGHBOURS: Style("#8a6a3c", "#735626", "2px,4px", 2.5, "diamond"),
    Role.REGION: Style("#4a7278", "#4a7278", "10px,4px,2px,4px", symbol="triangle-up"),
    Role.TARGET: Style(INK, INK, "5px,3px", 1.5, "x-thin-open"),
    Role.MEAN: Style(INK_3, INK_2, width=1.5),
    Role.LIMIT: Style(INK_3, INK_2, "6px,4px", 1.5),
}
#: A figure carried forward beyond the year it describes: sparse dots, in any role's colour.
CARRIED = "1px,6px"

# --- letters and sizes ------------------------------------------------------------------------------

SANS = (
    '"Segoe UI Variable Text", "Segoe UI", "SF Pro Text", -apple-system, BlinkMacSystemFont, '
    '"Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif'
)
TICK = 15  # pixels
LABEL = 16
LINE_HIGH = 20.8  # from one line of a label to the next, as Plotly sets them

WIDE_HEIGHT = 300
NARROW_HEIGHT = 270
#: The least width at which each drawing is used: what must fit is made to fit here.
WIDE_WIDTH = 560
NARROW_WIDTH = 320
_HOVER, _HOVER_NARROW = 430, 230  # of a line of words in a hover

#: What no chart may do: show buttons, among them the one that hands its figures to a company's website.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "plotlyServerURL": "",
    "showTips": False,
    "showLink": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}


@dataclass(frozen=True)
class Margins:
    """Pixels round the plot."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Marks:
    """Parts of a layout."""

    notes: list[Figure]
    shapes: list[Figure]


def make_font(size: float = TICK, color: str = INK_3, *, bold: bool = False) -> Figure:
    """Letters of the shared family. Weight is a property, not a tag, which a strict page would not allow."""
    font: Figure = {"size": size, "color": color}
    return font | {"weight": 700} if bold else font


def make_layout(height: int, margins: Margins, hovermode: str = "x unified") -> Figure:
    """What all charts share. HTML carries title, badges, summary and source; a figure carries none."""
    return {
        "autosize": True,
        "height": height,
        "margin": {
            "l": margins.left,
            "r": margins.right,
            "t": margins.top,
            "b": margins.bottom,
            "pad": 0,
            "autoexpand": False,
        },
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": SANS, "size": TICK, "color": INK_3},
        "showlegend": False,
        "dragmode": False,
        "hovermode": hovermode,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": INK,
            "font": {"family": SANS, "size": LABEL, "color": INK},
            "align": "left",
            "namelength": 0,
        },
    }


def make_note(text: str, x: str | float, y: float, **more: Any) -> Figure:
    """Words in a chart, in the plot's own coordinates unless `xref` or `yref` says otherwise."""
    if "hovertext" in more:
        more["hovertext"] = escape(wrap(more["hovertext"], _HOVER_NARROW, LABEL))
    note: Figure = {"text": escape(text), "x": x, "y": y, "showarrow": False, "borderpad": 0}
    return note | {"font": make_font(LABEL, INK_2)} | more


def make_hover(texts: Sequence[str], *, narrow: bool) -> Figure:
    """Words for a trace's points when they are pointed at: these and no others, broken to fit a phone."""
    width = _HOVER_NARROW if narrow else _HOVER
    return {
        "customdata": [escape(wrap(text, width, LABEL)) for text in texts],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def escape(text: str) -> str:
    """Text in which "<1%" is not taken for a tag; line breaks stay."""
    return text.replace("<", "&lt;").replace("&lt;br>", "<br>")
