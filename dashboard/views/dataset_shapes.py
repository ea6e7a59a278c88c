"""The shapes of the board dataset: its measures under headings, each a row of twelve months."""

from dataclasses import dataclass

from dashboard.statistics.processes import Assurance
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Badge, Panel


@dataclass(frozen=True)
class Month:
    """The heading of a month: "Jul", and "2018" where the year is written out."""

    name: str
    year: str
    in_full: str  # "July 2018"
    new_year: bool  # whether the year is seen, and not only heard
    ends_quarter: bool


@dataclass(frozen=True)
class Figure:
    """A measure in one month, as the board's paper prints it."""

    text: str  # "212", "[64%]", "·"
    why: str = ""  # why there is no number: for those who listen
    share: str = ""  # printed behind it: "(26%)"
    simulated: bool = False  # in a row of which other figures are not


@dataclass(frozen=True)
class State:
    """Whether the last figure is usual, in words and as a shape; no shape where it cannot be said."""

    text: str  # "Usual", "Worse: higher", "Too few points"
    reason: str
    judgement: Judgement | None = None
    up: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether the target will be met as things are; no answer where it cannot be said."""

    text: str  # "Always misses", "No verdict"
    reason: str
    assurance: Assurance | None = None


@dataclass(frozen=True)
class Goal:
    """A target beside a measure."""

    text: str  # "95%"
    standing: str  # "met", "not met"; blank where it cannot be said
    of: str  # "of 8 and 9", or blank
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """Whom a measure is set beside."""

    text: str  # "England 10%, neighbours 10.4%"
    years: str  # "2017/18"; blank where the heading of the column says it for all
    here: str  # what else has to be said: the rates behind what is printed, and the county's own
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Row:
    """One measure of the board dataset."""

    number: int
    key: str
    title: str
    href: str
    figures: tuple[Figure, ...]  # twelve, the last of them the latest
    change: str  # "Down 12"
    trend: tuple[float | None, ...]
    step: int  # how many months apart its figures are: points so far apart are joined
    state: State
    goal: Goal | None
    comparison: Comparison | None
    badges: tuple[Badge, ...]
    meaning: tuple[tuple[str, str], ...]  # what it counts, why, its target's reason: on demand


@dataclass(frozen=True)
class Group:
    """Some measures under a heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Narrowing:
    """A way of showing only some of the measures, with how many those are."""

    key: str  # blank for all
    text: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True)
class Dataset:
    """The board dataset of twelve months."""

    caption: str
    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    narrowings: tuple[Narrowing, ...]
    narrowed: str  # what the chosen narrowing means
    empty: str  # why there is no row
    years: str  # of all comparators; blank if they differ
    notes: tuple[str, ...]  # how to read it, under the table
    file: Panel  # what a file of its figures says of them, and where it is
