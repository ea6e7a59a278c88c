"""What charts of upright columns share: words under the columns, the key, and the symbol for a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.axes import make_other_axis, thin_ticks
from dashboard.charts.lettering import count_lines, measure, measure_widest
from dashboard.charts.theme import AREA, LABEL, TICK, Figure, Marks, make_font, make_note
from dashboard.views.shapes import Tick

GAP = 0.28  # of a group's width, left free between groups
SWATCH = (16, 14)
_BETWEEN = 6  # pixels between words under the axis
_MOST_RIGHT = 48  # pixels right of the plot, whatever the last words


def name_groups(groups: Sequence[str], width: float) -> list[Tick]:
    """Words under the columns, as many as have room on a plot of that width.

    "Q1 2020/21", "Q2 2020/21" are too wide for a column each: then the year stands in a second line, under
    the first column of the year, and if even "Q1" is too wide, only the first columns are named.
    """
    apart = width / max(len(groups), 1)
    whole = [Tick(place, text) for place, text in enumerate(groups)]
    if measure_widest(groups, TICK) + _BETWEEN <= apart or not _are_split(groups):
        return thin_ticks(whole, apart)
    parts = [group.split(" ", 1) for group in groups]
    starts = _find_starts([year for _, year in parts], apart)
    every = measure_widest([first for first, _ in parts], TICK) + _BETWEEN <= apart
    return [
        Tick(place, f"{first}<br>{year}" if place in starts else first)
        for place, (first, year) in enumerate(parts)
        if every or place in starts
    ]


def _are_split(groups: Sequence[str]) -> bool:
    """Whether all names are of two words, as "Q1 2020/21" and "Apr 2021" are."""
    return all(len(group.split(" ")) == 2 for group in groups)


def _find_starts(years: Sequence[str], apart: float) -> set[int]:
    """Where each year starts, from the last back, as far as their names do not touch."""
    room = measure_widest(years, TICK) + _BETWEEN
    starts: list[int] = []
    for place in reversed(range(len(years))):
        is_first = place == 0 or years[place - 1] != years[place]
        if is_first and (not starts or (starts[-1] - place) * apart >= room):
            starts.append(place)
    return set(starts)


def foot_of(ticks: Sequence[Tick]) -> int:
    """Pixels under the plot that the words need."""
    return 30 + 20 * (max((count_lines(tick.text) for tick in ticks), default=1) - 1)


def measure_right(ticks: Sequence[Tick], count: int, width: float, least: int) -> int:
    """Pixels right of the plot that the last words need: Plotly leaves out what would be cut off."""
    if not ticks:
        return least
    free = (count - 0.5 - float(ticks[-1].at)) * width / count
    return max(least, min(ceil(measure(ticks[-1].text, TICK) / 2 - free) + 2, _MOST_RIGHT))


def make_group_axis(groups: Sequence[str], ticks: Sequence[Tick]) -> Figure:
    """An axis that counts the groups from 0."""
    return make_other_axis((-0.5, max(len(groups), 1) - 0.5), ticks)


def stand_symbol(x: float, y: float, symbol: str, hover: str) -> Figure:
    """ "[c]" above the axis or above a column that is not whole."""
    return make_note(
        symbol,
        round(x, 3),
        y,
        yanchor="bottom",
        yshift=2,
        font=make_font(LABEL, AREA, bold=True),
        hovertext=hover,
    )


@dataclass(frozen=True)
class Look:
    """How a set of columns is filled and edged."""

    fill: str
    hatched: bool = False
    edge: str = AREA


_ROW = 22  # pixels of a row of the key
_AFTER = 7  # between a swatch and its word


def lay_out_key(names: Sequence[str], width: float) -> list[tuple[int, int]]:
    """Where each entry of a key starts: pixels from the left, and in which row. One row if it fits."""
    wide = [SWATCH[0] + _AFTER + ceil(measure(name, LABEL)) + 24 for name in names]
    if sum(wide) - 24 <= width:
        return [(sum(wide[:number]), 0) for number in range(len(names))]
    return [(0, number) for number in range(len(names))]


def key_height(places: Sequence[tuple[int, int]]) -> int:
    """Pixels that the key needs above the plot."""
    return 12 + _ROW * (1 + max((row for _, row in places), default=0))


def write_key(
    names: Sequence[str], looks: Sequence[Look], places: Sequence[tuple[int, int]], shift: int
) -> Marks:
    """The key above the plot, `shift` pixels from its left edge: names, and a swatch for each."""
    notes, shapes = [], []
    top = key_height(places)
    for name, look, (x, row) in zip(names, looks, places, strict=True):
        middle = top - 13 - row * _ROW
        shapes.append(_swatch(x + shift, middle, look))
        note = make_note(name, 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="middle")
        notes.append(note | {"xshift": x + shift + SWATCH[0] + _AFTER, "yshift": middle})
    return Marks(notes, shapes)


def _swatch(x: float, middle: float, look: Look) -> Figure:
    """A small box of a column's look; strokes across it if it is hatched."""
    wide, high = SWATCH
    bottom, top = middle - high / 2, middle + high / 2
    box = f"M{x},{bottom}H{x + wide}V{top}H{x}Z"
    strokes = "".join(_strokes(x, bottom)) if look.hatched else ""
    return {
        "type": "path",
        "path": box + strokes,
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "fillcolor": look.fill,
        "line": {"color": look.edge, "width": 1.5},
    }


def _strokes(x: float, bottom: float) -> Iterator[str]:
    """Slanting strokes that fill a swatch."""
    wide, high = SWATCH
    for start in range(-high + 4, wide, 6):
        first = max(start, 0)
        last = min(start + high, wide)
        yield f"M{x + first},{bottom + first - start}L{x + last},{bottom + last - start}"
