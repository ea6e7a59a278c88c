"""The mark at the axis where a figure is hidden or missing: its symbol, and why when it is pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.endings import Marks
from dashboard.charts.lettering import measure
from dashboard.charts.theme import AREA, LABEL, Figure, escape, make_font, make_note

_BETWEEN = 5  # pixels between two symbols
_NAMED = 6  # reasons in one hover; more are counted


@dataclass(frozen=True)
class Place:
    """Where a figure is missing: its place on the axis, also in pixels; its symbol and the reason."""

    x: str | float
    along: float
    symbol: str
    hover: str


def mark_hidden(places: Sequence[Place]) -> Marks:
    """A symbol for each place; for places too close for that, one over a stroke that spans them."""
    notes, shapes = [], []
    for run in _gather(sorted(places, key=lambda place: place.along)):
        notes.append(_write(run))
        if len(run) > 1:
            shapes.append(_span(run))
    return Marks(notes, shapes)


def _gather(places: Sequence[Place]) -> list[list[Place]]:
    """Places in runs: within a run they are too close for a symbol each."""
    runs: list[list[Place]] = []
    for place in places:
        room = measure(place.symbol, LABEL, bold=True) + _BETWEEN
        if runs and place.along - runs[-1][-1].along < room:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _write(run: Sequence[Place]) -> Figure:
    middle = (
        run[len(run) // 2] if len(run) % 2 else min(run, key=lambda place: abs(place.along - _middle(run)))
    )
    text = " ".join(dict.fromkeys(place.symbol for place in run))
    hovers = [place.hover for place in run]
    if len(hovers) > _NAMED:
        hovers = [hovers[0], f"and {len(hovers) - 2} more, to", hovers[-1]]
    return make_note(
        text,
        middle.x,
        0,
        yref="paper",
        yanchor="bottom",
        yshift=7 if len(run) > 1 else 2,
        font=make_font(LABEL, AREA, bold=True),
        hovertext=escape("<br>".join(hovers)),
    )


def _middle(run: Sequence[Place]) -> float:
    return (run[0].along + run[-1].along) / 2


def _span(run: Sequence[Place]) -> Figure:
    """A thin stroke just above the axis from the first place to the last."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 0,
        "x0": run[0].x,
        "x1": run[-1].x,
        "y0": 6,
        "y1": 6,
        "line": {"color": AREA, "width": 1.5},
    }
