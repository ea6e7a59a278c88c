"""The mark at the axis where a figure is hidden or missing: its symbol, and why when it is pointed at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.lettering import measure
from dashboard.charts.theme import AREA, LABEL, Figure, Marks, make_font, make_note

_BETWEEN = 5  # pixels between two symbols
_NAMED = 6  # reasons in one hover; more are counted


@dataclass(frozen=True)
class Place:
    """Where a figure is missing: the day, how many pixels along the axis that is, its symbol, the reason."""

    x: str
    along: float
    symbol: str
    hover: str


def mark_hidden(places: Sequence[Place], days: Sequence[str]) -> Marks:
    """A symbol for each place; for places too close for that, one over brackets that span them.

    `days` are all those for which there might have been a figure, so that no bracket passes over one
    for which there is.
    """
    notes, shapes = [], []
    for run in _gather(sorted(places, key=lambda place: place.along)):
        notes.append(_write(run))
        if len(run) > 1:
            shapes += [_bracket(first, last) for first, last in _find_stretches(run, days)]
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
    """The symbols of a run over the place nearest to its middle."""
    middle = (run[0].along + run[-1].along) / 2
    nearest = min(run, key=lambda place: abs(place.along - middle))
    hovers = [place.hover for place in run]
    if len(hovers) > _NAMED:
        hovers = [hovers[0], f"and {len(hovers) - 2} more, to", hovers[-1]]
    return make_note(
        " ".join(dict.fromkeys(place.symbol for place in run)),
        nearest.x,
        0,
        yref="paper",
        yanchor="bottom",
        yshift=8 if len(run) > 1 else 2,
        font=make_font(LABEL, AREA, bold=True),
        hovertext="<br>".join(hovers),
    )


def _find_stretches(run: Sequence[Place], days: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The first and last of each unbroken stretch of missing figures, if it is of more than one."""
    missing = {place.x for place in run}
    stretch: list[str] = []
    for day in [*sorted({*days, *missing}), ""]:
        if day in missing:
            stretch.append(day)
            continue
        if len(stretch) > 1:
            yield stretch[0], stretch[-1]
        stretch = []


def _bracket(first: str, last: str) -> Figure:
    """A thin bracket just above the axis, open upwards."""
    return {
        "type": "path",
        "path": f"M{first},9V5H{last}V9",
        "xref": "x",
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 0,
        "line": {"color": AREA, "width": 1.5},
    }
