"""Colours, dashes, type and the layout that every figure starts from. Nothing else names a colour."""

from dataclasses import dataclass
from typing import Any

from dashboard.views.shapes import Role

INK = "#16222c"
INK_2 = "#45515b"
INK_3 = "#5c6770"
RULE = "#d8d4cb"
PAPER = "#ffffff"
AREA = "#12436d"

#: Categories of a stack, in this order; what is beyond four is quiet.
CATEGORIES = ("#12436d", "#28a197", "#801650", "#f46a25", "#8a9299", "#3d3d3d", "#a285d1")

SANS = (
    '"Segoe UI Variable Text", "Segoe UI", "SF Pro Text", -apple-system, BlinkMacSystemFont, '
    '"Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif'
)
TICK, LABEL = 15, 16  # sizes of text, in pixels
LINE_HEIGHT = 20  # from one label's line to the next, in pixels
LETTER = 8.3  # width of an average letter at 16 pixels
HEIGHT, NARROW_HEIGHT = 300, 270
TOP, BOTTOM = 14, 34
STANDOFF = 7  # between an axis and the words beside it

#: Plotly's own buttons stay off: one of them hands a chart's figures to a company's website.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "showTips": False,
    "doubleClick": False,
    "scrollZoom": False,
}


@dataclass(frozen=True)
class Style:
    """How one role is drawn, whatever the chart. Dash and width tell roles apart without colour."""

    line: str
    text: str
    width: float
    dash: str


STYLES = {
    Role.AREA: Style(AREA, AREA, 3, "solid"),
    Role.COUNTY: Style("#4f7ca6", "#38648c", 2, "solid"),
    Role.ENGLAND: Style("#4b5660", "#4b5660", 2, "10px,5px"),
    Role.NEIGHBOURS: Style("#8a6a3c", "#735626", 2.5, "2px,4px"),
    Role.REGION: Style("#4a7278", "#4a7278", 2, "10px,4px,2px,4px"),
    Role.TARGET: Style(INK, INK, 1.5, "5px,3px"),
}
CARRIED_DASH = "1px,5px"  # a comparator's latest published figure, carried forward


def lay_out(*, height: int, left: int, right: int, top: int = TOP, bottom: int = BOTTOM) -> dict[str, Any]:
    """The layout every figure starts from; sizes in pixels."""
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": SANS, "size": TICK, "color": INK_3},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": INK,
            "font": {"family": SANS, "size": LABEL, "color": INK},
            "align": "left",
            "namelength": 0,
        },
    }


def axis(**settings: Any) -> dict[str, Any]:
    """An axis that cannot be dragged and draws nothing that is not asked for."""
    plain = {
        "fixedrange": True,
        "automargin": False,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": TICK},
        "ticklabelstandoff": STANDOFF,
    }
    return plain | settings


def measure_text(text: str, letter: float = LETTER) -> int:
    """About how many pixels wide a text is; of several lines, the longest."""
    return round(max((len(line) for line in text.split("<br>")), default=0) * letter)


def pad(low: float, high: float) -> list[float]:
    """A range a hair wider than its ticks, so that the outermost grid lines are drawn."""
    hair = (high - low) * 0.004
    return [low - hair if low else low, high + hair]


def wrap(text: str, letters: int) -> str:
    """A text on two lines, broken at the space nearest its middle, if it is longer than `letters`."""
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    if len(text) <= letters or not spaces:
        return text
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}<br>{text[middle + 1 :]}"
