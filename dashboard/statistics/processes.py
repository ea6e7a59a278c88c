"""The words in which a process chart is asked for and answered: what is charted, how, and what was found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.vocabulary import Kind, Polarity, Statistic


class Method(StrEnum):
    """What is shown of a series: from plain values, where nothing more is right, to limits of some kind."""

    VALUES = "values"  # a plain line or tally: no centre, no limits, no judgement
    RUN = "run"  # the median, and the rule on runs only
    XMR = "xmr"  # the mean, and limits from the average moving range
    LANEY_P = "laney_p"  # percentages of denominators that vary: limits of each point's own
    LANEY_U = "laney_u"  # rates of denominators that vary: limits of each point's own
    TIME_BETWEEN = "time_between"  # periods between one with any and the next


class Rule(StrEnum):
    """A pattern that chance seldom makes. In the order in which a point that shows several is named."""

    OUTSIDE = "outside_limits"  # beyond a limit
    TREND = "trend"  # one of so many that only rise, or only fall
    TWO_OF_THREE = "two_of_three"  # beyond two thirds of the way to the same limit, two of three together
    SHIFT = "shift"  # one of so many on one side of the centre


class Side(StrEnum):
    """Where a signal points to: above the centre or below it; for a trend alone, up or down."""

    HIGH = "high"
    LOW = "low"


class Variation(StrEnum):
    """What a point says of the process: nothing, or something that chance alone would seldom do."""

    COMMON = "common"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"
    NOT_AVAILABLE = "not_available"  # there is no right to say: the reason is given


class Assurance(StrEnum):
    """Whether the process, left as it is, will meet its target."""

    ALWAYS_MEETS = "always_meets"
    HIT_OR_MISS = "hit_or_miss"
    ALWAYS_MISSES = "always_misses"


class ActKind(StrEnum):
    """What somebody has decided about the limits of a chart."""

    REBASE = "rebase"  # a new process begins: its centre, limits and runs are its own
    FIX = "fix"  # limits stay as the points before make them: later points are judged by them


@dataclass(frozen=True)
class Rules:
    """The rule set: how many points in a row make a shift and a trend, and whether ranges are screened.

    Both lengths count points: a trend of 7 points is 6 rises or 6 falls.
    """

    shift: int = 7
    trend: int = 7
    screened: bool = True

    def __post_init__(self) -> None:
        if self.shift < 2 or self.trend < 3:
            raise ValueError("a shift takes at least 2 points in a row and a trend at least 3")


@dataclass(frozen=True)
class Act:
    """A recorded decision about limits: from which place in the series on, which kind, when and why.

    `by` is an office, such as "Performance board", never a person.
    """

    place: int
    kind: ActKind
    on: date
    why: str
    by: str = ""


@dataclass(frozen=True)
class Subject:
    """A series as a process chart needs to know it, one entry a period, first to last.

    A value is None where there is no number; `hidden` says at which of those there is one that may not be
    known. Percentages and their target are 0 to 100. `whole_percent` marks percentages printed to the whole
    per cent, of which the numerators are not known. `per` is what a rate is counted for, such as 10,000:
    numerators and denominators are used where values are `per` times one over the other, but for rounding.
    """

    values: tuple[float | None, ...]
    kind: Kind
    statistic: Statistic = Statistic.COUNT
    polarity: Polarity = Polarity.NEUTRAL
    hidden: tuple[bool, ...] = ()
    numerators: tuple[float | None, ...] | None = None
    denominators: tuple[float | None, ...] | None = None
    per: float = 100.0
    whole_percent: bool = False
    target: float | None = None

    def __post_init__(self) -> None:
        if not self.hidden:
            object.__setattr__(self, "hidden", (False,) * len(self.values))
        for name in ("hidden", "numerators", "denominators"):
            column = getattr(self, name)
            if column is not None and len(column) != len(self.values):
                raise ValueError(f"{len(column)} {name} for {len(self.values)} values")
        if any(hidden and value is not None for hidden, value in zip(self.hidden, self.values, strict=True)):
            raise ValueError("a hidden value must be None")

    @property
    def is_percentage(self) -> bool:
        """Whether its values are shares of 100."""
        return self.statistic is Statistic.PERCENTAGE


@dataclass(frozen=True)
class Limits:
    """Process limits: those that points are tested against, both kinds of them, and those that are drawn.

    The drawn ones end where the numbers do: at 0, and for percentages at 100.
    """

    centre: float
    lower: float
    upper: float
    screened_lower: float
    screened_upper: float
    unscreened_lower: float
    unscreened_upper: float
    drawn_lower: float
    drawn_upper: float


@dataclass(frozen=True)
class Span:
    """Consecutive places with a centre and limits of their own, both ends included.

    `count` is how many points the centre and limits come from, `fixed_from` the place from which points are
    judged by them and no longer change them. Where limits differ from point to point, `limits` is None, the
    points have them, and the moving range is that of the points in standard deviations (the z-scores).
    """

    first: int
    last: int
    method: Method
    count: int
    trial: bool = False  # few points: limits may move much as more come in
    reason: str = ""  # why there are no limits; blank where there are
    instead: str = ""  # what is shown or worth looking at instead; blank where there are limits
    centre: float | None = None  # a mean; the median of a run chart
    average_moving_range: float | None = None  # the one that the limits come from
    unscreened_moving_range: float | None = None
    limits: Limits | None = None
    fixed_from: int | None = None


@dataclass(frozen=True)
class PointState:
    """One period of the series as charted: its value and all that was found of it.

    On a chart of times between events there is a point only where there was an event, and its value is the
    number of periods since the one before.
    """

    place: int
    value: float | None
    hidden: bool = False
    rules: tuple[Rule, ...] = ()  # all that it shows, the one it is named by first
    side: Side | None = None  # None where it shows none
    variation: Variation = Variation.NOT_AVAILABLE
    limits: Limits | None = None

    @property
    def label(self) -> Rule | None:
        """The rule that the point is named by; None where it shows none."""
        return self.rules[0] if self.rules else None

    @property
    def is_signal(self) -> bool:
        """Whether it shows more than a trend: a trend alone is shown and never raised."""
        return any(rule is not Rule.TREND for rule in self.rules)


@dataclass(frozen=True)
class ProcessChart:
    """What may be said of a series, and what may not: see each field.

    `variation` is that of the last point; `alert` is whether it may be raised as an exception.
    """

    method: Method  # of its last span
    reason: str  # why there are no limits at its end, or nothing is said of its last point; else blank
    instead: str  # what is shown or worth looking at instead; blank where there are limits
    cautions: tuple[str, ...]  # what a reader has to know before believing a signal
    trial: bool
    spans: tuple[Span, ...]
    points: tuple[PointState, ...]
    variation: Variation
    assurance: Assurance | None  # None without a target, without a good direction, or without limits
    alert: bool
    caption: str  # the rule set in one paragraph, to be printed with every chart
