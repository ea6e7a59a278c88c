"""The axes of charts that stand upright: grid lines at round numbers, and as many words as have room."""

from collections.abc import Sequence
from math import ceil

from dashboard.charts.lettering import measure_widest
from dashboard.charts.scale import Scale
from dashboard.charts.theme import INK, RULE, TICK, Figure, escape
from dashboard.views.shapes import Tick

OFF = 5  # pixels between an axis and its words, over Plotly's own two or three
_BETWEEN = 6  # pixels between words, at least


def measure_left(scale: Scale, least: int) -> int:
    """How many pixels left of the plot the ticks of a value axis need."""
    return max(least, ceil(measure_widest(scale.texts, TICK)) + OFF + 7)


def make_value_axis(scale: Scale) -> Figure:
    """Grid lines at round numbers, and a line in ink at zero where zero is shown."""
    return {
        "range": [scale.low, scale.high],
        "gridcolor": RULE,
        "gridwidth": 1,
        "zeroline": scale.shows_zero,
        "zerolinecolor": INK,
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "tickmode": "array",
        "ticklabelstandoff": OFF,
        "tickvals": list(scale.ticks),
        "ticktext": list(scale.texts),
        "automargin": False,
    }


def make_other_axis(ends: Sequence[str | float], ticks: Sequence[Tick]) -> Figure:
    """An axis without lines, with words at given places, and nothing over the hover's own words.

    (Without a title of its own a hover begins with a date or number that its words say again; the axis's
    prefix is there, and blank.)
    """
    return {
        "range": list(ends),
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": [tick.at for tick in ticks],
        "ticktext": [escape(tick.text) for tick in ticks],
        "tickangle": 0,
        "ticklabelstandoff": OFF,
        "unifiedhovertitle": {"text": "%{xa.tickprefix}"},
        "automargin": False,
    }


def thin_ticks(ticks: Sequence[Tick], apart: float) -> list[Tick]:
    """As many ticks as have room, evenly, the last always among them; neighbours are so many pixels apart."""
    widest = measure_widest([tick.text for tick in ticks], TICK) + _BETWEEN
    every = next((step for step in range(1, len(ticks)) if step * apart >= widest), len(ticks) or 1)
    return list(ticks[::-1][::every][::-1])
