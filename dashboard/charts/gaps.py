"""The mark where a figure is hidden or missing: its symbol, and why when it is pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.lettering import measure
from dashboard.charts.theme import AREA, LABEL, Figure, Marks, make_font, make_note

_BETWEEN = 5  # pixels between two symbols
_NAMED = 6  # reasons in one hover; more are counted


@dataclass(frozen=True)
class Place:
    """Where a figure is missing: its place on the axis, also in pixels, its symbol and the reason.

    `above` is what the mark stands on, as a value: the axis, or a column that is not whole.
    """

    x: str | float
    along: float
    symbol: str
    hover: str
    above: float = 0


def mark_hidden(places: Sequence[Place], axis: Sequence[str | float], *, yref: str = "paper") -> Marks:
    """A symbol for each place; where they are too close for that, one for several and a bracket each.

    `axis` is every place, in order, for which there might have been a figure, so that no bracket passes
    over one for which there is. `yref` says in what `above` is counted.
    """
    room = measure(" ".join({place.symbol for place in places}), LABEL, bold=True) + _BETWEEN
    notes, shapes = [], []
    for run in _gather(_find_stretches(places, axis), room):
        alone = len(run) == len(run[0]) == 1
        notes.append(_write(run, 2 if alone else 8, yref))
        shapes += [] if alone else [_bracket(stretch, yref) for stretch in run]
    return Marks(notes, shapes)


def _find_stretches(places: Sequence[Place], axis: Sequence[str | float]) -> list[list[Place]]:
    """Unbroken stretches of missing figures, in order."""
    missing = {place.x: place for place in places}
    stretches: list[list[Place]] = [[]]
    for x in axis:
        if x in missing:
            stretches[-1].append(missing[x])
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _gather(stretches: Sequence[Sequence[Place]], room: float) -> list[list[Sequence[Place]]]:
    """Stretches in runs, each with one symbol, over its first: the others are too close to have their own.

    A stretch with room for a symbol over every place is taken place by place.
    """
    runs: list[list[Sequence[Place]]] = []
    for stretch in stretches:
        wide = stretch[-1].along - stretch[0].along
        parts = [[place] for place in stretch] if wide >= room * (len(stretch) - 1) else [stretch]
        for part in parts:
            if runs and _middle(part).along - _middle(runs[-1][0]).along < room:
                runs[-1].append(part)
            else:
                runs.append([part])
    return runs


def _middle(stretch: Sequence[Place]) -> Place:
    """The place nearest to the middle of a stretch."""
    middle = (stretch[0].along + stretch[-1].along) / 2
    return min(stretch, key=lambda place: abs(place.along - middle))


def _write(run: Sequence[Sequence[Place]], up: int, yref: str) -> Figure:
    """The symbols of a run over the middle of its first stretch, with every reason in the hover."""
    places = [place for stretch in run for place in stretch]
    hovers = [place.hover for place in places]
    if len(hovers) > _NAMED:
        hovers = [hovers[0], f"and {len(hovers) - 2} more, to", hovers[-1]]
    text, middle = " ".join(dict.fromkeys(place.symbol for place in places)), _middle(run[0])
    inwards = round(
        measure(text, LABEL, bold=True) / 2 - middle.along
    )  # clear of the words of the other axis
    note = make_note(
        text,
        middle.x,
        max(place.above for place in run[0]),
        yref=yref,
        yanchor="bottom",
        yshift=up,
        font=make_font(LABEL, AREA, bold=True),
        hovertext="<br>".join(hovers),
    )
    return note | ({"xshift": inwards} if inwards > 0 else {})


def _bracket(stretch: Sequence[Place], yref: str) -> Figure:
    """A thin bracket just above the axis or the columns, open upwards; over a single place, a stroke."""
    return {
        "type": "path",
        "path": f"M{stretch[0].x},9V5H{stretch[-1].x}V9",
        "xref": "x",
        "yref": yref,
        "ysizemode": "pixel",
        "yanchor": max(place.above for place in stretch),
        "line": {"color": AREA, "width": 1.5},
    }
