"""Small lines without axes, and the strip that sets a figure beside others: plain data for inline SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.shapes import Position

_DOT = 4  # radius of the dot at the end, in pixels
_EDGE = 3  # free at the left
_STRIP_EDGE = 8  # room for half a dot at either end of a strip


@dataclass(frozen=True)
class SparkPath:
    """A trend line: its `d`, where it ends, and points that stand alone between gaps."""

    d: str
    end: tuple[float, float] | None
    lone: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Strip:
    """Places along a strip in pixels: the chosen area's dot and its comparators' ticks."""

    area: float
    neighbours: float | None
    england: float | None


def spark_path(values: Sequence[float | None], width: float, height: float, *, joined: int = 1) -> SparkPath:
    """The line of figures at even steps, in a box of so many pixels; level in its middle if all are alike.

    Points up to `joined` steps apart are joined: 3 for figures by the quarter on a line of months.
    """
    known = [value for value in values if value is not None]
    if not known:
        return SparkPath("", None)
    low, high = min(known), max(known)
    right, edge = width - 2 * _DOT, _DOT + 1
    step = (right - _EDGE) / max(len(values) - 1, 1)  # in pixels

    def place(number: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_EDGE + number * step, 1), round(height - edge - share * (height - 2 * edge), 1)

    runs = _split([None if value is None else place(n, value) for n, value in enumerate(values)], joined)
    d = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in run) for run in runs if len(run) > 1)
    return SparkPath(d, runs[-1][-1], tuple(run[0] for run in runs if len(run) == 1))


def _split(places: Sequence[tuple[float, float] | None], joined: int) -> list[list[tuple[float, float]]]:
    """Runs of places between gaps: places further apart than so many steps."""
    runs: list[list[tuple[float, float]]] = []
    last = -joined - 1
    for number, place in enumerate(places):
        if place is None:
            continue
        if number - last > joined:
            runs.append([])
        runs[-1].append(place)
        last = number
    return runs


def strip(position: Position, width: float) -> Strip:
    """Where the marks of a strip of so many pixels stand; places outside 0 to 1 go to its ends."""

    def along(share: float) -> float:
        return round(_STRIP_EDGE + min(max(share, 0.0), 1.0) * (width - 2 * _STRIP_EDGE), 1)

    return Strip(
        along(position.area),
        None if position.neighbours is None else along(position.neighbours),
        None if position.england is None else along(position.england),
    )
