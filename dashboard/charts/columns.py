"""What charts of upright columns share: words under the columns, the key, and the symbol for a gap."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.charts.axes import make_other_axis, thin_ticks
from dashboard.charts.lettering import count_lines, measure, measure_widest
from dashboard.charts.theme import AREA, LABEL, TICK, Figure, escape, make_font, make_note
from dashboard.views.shapes import Tick

GAP = 0.28  # of a group's width, left free between groups
SWATCH = (16, 14)


def name_groups(groups: Sequence[str], width: float) -> list[Tick]:
    """Words under the columns, as many as have room on a plot of that width.

    "Q1 2020/21", "Q2 2020/21" are too wide for a column each: then the year stands in a second line, under
    the first column of the year.
    """
    apart = width / max(len(groups), 1)
    whole = [Tick(place, text) for place, text in enumerate(groups)]
    if measure_widest(groups, TICK) + 6 <= apart or not _are_split(groups):
        return thin_ticks(whole, apart)
    parts = [group.split(" ", 1) for group in groups]
    opens = [True] + [before[1] != after[1] for before, after in pairwise(parts)]
    firsts = thin_ticks([Tick(place, part[0]) for place, part in enumerate(parts)], apart)
    kept = {tick.at for tick in firsts}
    starts = [place for place, is_first in enumerate(opens) if is_first]
    room = min((after - before for before, after in pairwise(starts)), default=len(groups)) * apart
    if room < measure_widest([part[1] for part in parts], TICK) + 6 or not kept.issuperset(starts):
        return thin_ticks([Tick(place, "<br>".join(part)) for place, part in enumerate(parts)], apart)
    return [
        Tick(place, "<br>".join(part) if place in starts else part[0])
        for place, part in enumerate(parts)
        if place in kept
    ]


def _are_split(groups: Sequence[str]) -> bool:
    """Whether all names are of two words, as "Q1 2020/21" and "Apr 2021" are."""
    return all(len(group.split(" ")) == 2 for group in groups)


def foot_of(ticks: Sequence[Tick]) -> int:
    """Pixels under the plot that the words need."""
    return 30 + 20 * (max((count_lines(tick.text) for tick in ticks), default=1) - 1)


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
        hovertext=escape(hover),
    )


def write_key(
    entries: Sequence[tuple[str, Figure]], left: int, top: int
) -> tuple[list[Figure], list[Figure]]:
    """A key in one row above the plot, from its left edge: notes, and swatches as shapes.

    `left` is where the row starts and `top` how far its middle is above the plot, in pixels.
    """
    notes, shapes = [], []
    x = left
    for text, look in entries:
        shapes.append(_swatch(x, top, look))
        notes.append(
            make_note(text, 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="middle")
            | {"xshift": x + SWATCH[0] + 7, "yshift": top}
        )
        x += SWATCH[0] + 7 + round(measure(text, LABEL)) + 24
    return notes, shapes


def _swatch(x: float, middle: float, look: Figure) -> Figure:
    """A small box of a column's look; strokes across it if it is hatched."""
    wide, high = SWATCH
    bottom, top = middle - high / 2, middle + high / 2
    box = f"M{x},{bottom}H{x + wide}V{top}H{x}Z"
    strokes = "".join(_strokes(x, bottom)) if look.get("hatched") else ""
    return {
        "type": "path",
        "path": box + strokes,
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "fillcolor": look["fill"],
        "line": {"color": look["line"], "width": 1.5},
    }


def _strokes(x: float, bottom: float) -> Iterator[str]:
    """Slanting strokes that fill a swatch."""
    wide, high = SWATCH
    for start in range(-high + 4, wide, 6):
        first = max(start, 0)
        last = min(start + high, wide)
        yield f"M{x + first},{bottom + first - start}L{x + last},{bottom + last - start}"
