"""The shapes of what is shown: frozen, finished, and free of arithmetic for whoever draws them.

Numbers stand here as text, except where a picture needs the position of a mark. A mark's position is
always a released figure; a figure that is hidden or missing is None, never zero and never NaN.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Whose figures a line or bar shows. Colour, dash and width follow from it, in one place."""

    AREA = "area"  # the chosen area: always the strong colour
    COUNTY = "county"  # the county, when a district is chosen; other districts
    ENGLAND = "england"
    NEIGHBOURS = "neighbours"
    REGION = "region"
    TARGET = "target"
    MEAN = "mean"  # of a process chart
    LIMIT = "limit"  # where its usual range ends


class Mark(StrEnum):
    """What a badge is about; the sign drawn beside its words."""

    ILLUSTRATIVE = "illustrative"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ALIKE = "alike"
    UNLIKE = "unlike"


@dataclass(frozen=True)
class Badge:
    """A short status in words, with the reason it is there."""

    mark: Mark
    text: str
    reason: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True)
class Note:
    """A bar above the page: a bold word, one sentence, at most one thing to do about it."""

    word: str  # "Changed", "New figures", "Illustrative"
    text: str
    link: Link | None = None
    mark: Mark | None = None


# --- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """The same numbers as a chart, in rows. The first column heads each row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None  # the column of the chosen area


# --- pictures -------------------------------------------------------------------------------------


class Picture:
    """What a chart is drawn from: each kind of picture is a class of its own, here or in `pictures`."""


@dataclass(frozen=True)
class Line:
    """One line of a trend: x are days ("2022-03-31"), y the figures (None is a gap)."""

    role: Role
    name: str  # "Worcestershire"
    label: str  # what stands at the line's end: "Worcestershire 76"
    x: tuple[str, ...]
    y: tuple[float | None, ...]
    hover: tuple[str, ...]  # "Worcestershire 76 per 10,000, 31 March 2022", one a point
    dotted_from: int | None = None  # points from here on repeat the latest published figure
    markers: bool = False  # a dot at every point: the points are few
    rough: tuple[int, ...] = ()  # points that are not told exactly: hollow, and not joined to others


@dataclass(frozen=True)
class Hidden:
    """A point that is hidden or missing: its symbol stands at the axis."""

    x: str
    symbol: str  # "[c]", "[x]"
    hover: str


@dataclass(frozen=True)
class Tick:
    """A place on an axis and the words there."""

    at: str | float
    text: str


@dataclass(frozen=True)
class Trend(Picture):
    """Lines over time. Grid lines run only across; the chosen area's latest point has a dot."""

    lines: tuple[Line, ...]
    hidden: tuple[Hidden, ...]
    ticks: tuple[Tick, ...]  # of the time axis
    unit: str  # put on the top tick only: "%", or ""
    from_zero: bool  # else the plot says "Scale starts at 40"
    start: str  # first and last day of the time axis
    end: str


@dataclass(frozen=True)
class Bar:
    """One bar: its name, length (None if hidden or missing), the text beside it, and its hover."""

    name: str
    value: float | None
    text: str  # "73%", "[c] hidden"
    hover: str
    role: Role = Role.AREA
    comparator: float | None = None  # an upright tick
    comparator_text: str = ""
    apart: bool = False  # set off from the bars above by a gap ("Outside the county")
    rough: bool = False  # not told exactly: hollow


@dataclass(frozen=True)
class Bars(Picture):
    """Bars lying on their side, in the order given. Values stand in a column at the right."""

    bars: tuple[Bar, ...]
    heading: str = ""  # over the values: "Here"
    comparator_heading: str = ""  # over the second column: "England"
    comparator_role: Role = Role.ENGLAND


@dataclass(frozen=True)
class Column:
    """One set of columns in a grouped chart: a value for each group (None is a gap)."""

    name: str  # "Started"
    values: tuple[float | None, ...]
    texts: tuple[str, ...]  # above each column: "212", "[c]"
    hover: tuple[str, ...]
    hatched: bool = False  # else solid
    outline: bool = False  # an empty outline: the earlier of two
    rough: tuple[int, ...] = ()  # columns that are not told exactly: dotted


@dataclass(frozen=True)
class Grouped(Picture):
    """Two sets of upright columns side by side over the same groups, with a key of two entries."""

    groups: tuple[str, ...]  # "2021/22", or "Q1"
    columns: tuple[Column, ...]
    role: Role = Role.AREA


@dataclass(frozen=True)
class Layer:
    """One category of a stack: a value for each column of the stack (None is a gap)."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    hover: tuple[str, ...]


@dataclass(frozen=True)
class Stacked(Picture):
    """Columns of categories over time, at most four and the rest; as counts or as shares of 100."""

    groups: tuple[str, ...]
    layers: tuple[Layer, ...]
    shares: bool
    hidden: tuple[str, ...] = ()  # groups that cannot be drawn whole: "[c]" stands over them


# --- parts of a page ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Empty:
    """Why there is nothing to draw, and where there is something."""

    reason: str
    link: Link | None = None


@dataclass(frozen=True)
class Panel:
    """A chart with everything that stands round it, in the order in which it is read.

    Exactly one of `picture` and `empty` is set. `key` is unique on the page and stable across
    selections: it is part of element ids and of the download's address.
    """

    key: str
    title: str
    subtitle: str
    badges: tuple[Badge, ...]
    picture: Picture | None
    empty: Empty | None
    summary: str
    source: str
    table: Table | None
    definition: str
    csv: str  # the address of the download
    rules: str = ""  # how a statistical chart was made
    in_depth: str = ""  # the address of the page of its measure; blank on that page itself

    @property
    def workbook(self) -> str:
        """The address of the same figures as a workbook."""
        return self.csv.replace(".csv?", ".xlsx?", 1)


@dataclass(frozen=True)
class Beside:
    """A comparator on a card: "Neighbours, 2020/21", "55"."""

    role: Role
    name: str
    text: str


@dataclass(frozen=True)
class Card:
    """A headline figure. A hidden or missing value hides its change and its trend line."""

    key: str
    title: str
    as_at: str
    value: str  # "891", "73", "[c]"
    unit: str  # "%", or ""
    change: str  # "Up 32 from 859, 31 March 2021", or why there is no value
    beside: tuple[Beside, ...]
    way: str  # "Lower is better."
    badges: tuple[Badge, ...]
    trend: tuple[float | None, ...]  # figures at even steps, for a line without axes
    lead: str = ""  # before the value, small: "about", or ""


@dataclass(frozen=True)
class Section:
    """A headed part of a commentary; each paragraph is plain text or marked with *figures*."""

    heading: str  # "What", "So what", "Why we think so", "Now what", "What we need from members"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Commentary:
    """What the officers wrote for that period."""

    title: str
    source: str  # "Board report, Q4 2021/22"
    lead: str
    sections: tuple[Section, ...]
    note: str = ""  # what does not agree with published figures


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen in the filter bar."""

    value: str
    text: str
    chosen: bool
    role: Role | None = None  # of a comparator: its dash is the key of all charts


@dataclass(frozen=True)
class Filters:
    """The filter bar: what may be chosen for this page, and what is."""

    areas: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    spans: tuple[Choice, ...]
    comparators: tuple[Choice, ...]
    views: tuple[Choice, ...]
    summary: str  # "Worcestershire, Q4 2021/22": the folded bar on a phone
    period_label: str = "Period"


@dataclass(frozen=True)
class Tab:
    """A link of the tab navigation."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class Position:
    """A strip that sets a figure beside its comparators: places from 0 to 1 on its own scale."""

    area: float
    neighbours: float | None
    england: float | None


@dataclass(frozen=True)
class HeadlineRow:
    """One headline indicator on the home page."""

    title: str
    href: str
    trend: tuple[float | None, ...]
    value: str  # "21.2%", "[c]"
    change: str  # "Down 0.9 points"
    neighbours: str  # "18.5%", or "–"
    england: str
    position: Position | None
    verdict: str  # "Between the two", "Better than both", "Not compared"
    badges: tuple[Badge, ...] = ()
    lead: str = ""  # before the value, small: "about", or ""


@dataclass(frozen=True)
class HeadlineGroup:
    """The headline indicators of one area of work."""

    title: str
    link: Link
    rows: tuple[HeadlineRow, ...]
    columns: tuple[str, ...]  # the table's headings, eight of them


@dataclass(frozen=True)
class Lead:
    """A message and the figures behind it, at the top of the home page."""

    message: str
    figures: str


@dataclass(frozen=True)
class Definition:
    """What one indicator means, for the about page."""

    key: str
    title: str
    definition: str
    why: str
    facts: tuple[tuple[str, str], ...]  # ("Which way is good", "Lower is better"), …


@dataclass(frozen=True)
class Elsewhere:
    """How figures are used elsewhere: in words, by example, and what a program may ask for."""

    before: tuple[str, ...]
    examples: tuple[tuple[Link, str], ...]  # each with what it leads to
    parameters: Table
    after: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """The about page: prose, symbols, sources and every definition."""

    sections: tuple[Section, ...]
    symbols: Table
    sources: Table
    definitions: tuple[tuple[str, tuple[Definition, ...]], ...]  # by area of work
    hidden: Table | None = None  # how much is hidden, measure by measure
    exempt: Table | None = None  # small numbers that are shown all the same, and why
    elsewhere: Elsewhere | None = None
