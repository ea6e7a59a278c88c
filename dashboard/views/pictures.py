"""The shapes of statistical pictures: a process chart, and a funnel. See `shapes` for all others."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.views.shapes import Picture, Role, Tick, Trend


class Judgement(StrEnum):
    """What a point of a process chart is: a shape, then a colour, in one place."""

    USUAL = "usual"
    BETTER = "better"  # unusual, in the good direction
    WORSE = "worse"  # unusual, in the bad one
    SPECIAL = "special"  # unusual, where neither direction is good


@dataclass(frozen=True)
class Band:
    """The range that the figures of some days usually stay in."""

    start: str
    end: str
    lower: float
    upper: float


@dataclass(frozen=True)
class Judged:
    """A point of the chosen area's line, and what it is."""

    x: str
    y: float
    judgement: Judgement
    up: bool  # whether it is unusually high; an unusual point alone has a direction


@dataclass(frozen=True)
class Process(Picture):
    """A line over time with its average and limits, every point marked for what it is."""

    trend: Trend  # the chosen area, the average, the limits and the target
    bands: tuple[Band, ...]
    points: tuple[Judged, ...]
    events: tuple[Tick, ...] = ()  # something that happened, and when


@dataclass(frozen=True)
class Dot:
    """One district in a funnel: how many children it has, and its figure."""

    name: str
    x: float
    y: float
    label: str
    hover: str
    role: Role


@dataclass(frozen=True)
class Curve:
    """The range that chance allows, for each number of children."""

    name: str  # "19 in 20"
    x: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    dashed: bool = False


@dataclass(frozen=True)
class Funnel(Picture):
    """Districts by their size, with the range that chance allows round the county's figure."""

    dots: tuple[Dot, ...]
    curves: tuple[Curve, ...]
    centre: float
    centre_label: str  # "Worcestershire 58%"
    unit: str
    across: str  # what the axis along the bottom counts
