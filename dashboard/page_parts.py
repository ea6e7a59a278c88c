"""What a declared page is made of: what it shows, in which order, and in which words.

`dashboard/pages.py` reads pages from `data/pages/<page>.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.periods import Grain, Period
from dashboard.vocabulary import Basis, Statistic

HOME = "at-a-glance"
MOST_HEADLINES = 30  # enough for the broad picture: more are not read


class PanelKind(StrEnum):
    """What a panel draws: `dashboard/views/kinds/<kind>.py` makes it."""

    TREND = "trend"  # a line over time, with comparators and target
    AREAS = "areas"  # the districts side by side
    CATEGORIES = "categories"  # one period by category, as counts or shares
    STACKED = "stacked"  # categories over time
    FLOWS = "flows"  # starts against ceases
    GROUPED = "grouped"  # this year's quarters or months beside last year's
    MEASURES = "measures"  # several measures of one kind at their latest, such as a survey's answers
    PROCESS = "process"  # a line over time, with the range that it usually stays in
    FUNNEL = "funnel"  # the districts beside the range that chance allows for their size
    PAIRS = "pairs"  # the districts at the end of two quarters
    MOVEMENT = "movement"  # what a change between two periods is made of


class TitleRule(StrEnum):
    """What a trend's title says first, if the figures allow it."""

    COMPARISON = "comparison"
    CHANGE = "change"
    VALUE = "value"


class LeadRule(StrEnum):
    """What a part of a lead is about."""

    COMPARISON = "comparison"
    CHANGE = "change"


@dataclass(frozen=True)
class Line:
    """One way of showing an indicator: whose count, and how long its periods are."""

    basis: Basis
    grain: Grain


@dataclass(frozen=True)
class Measure:
    """A statistic of an indicator, and the ways of showing it, the preferred one first."""

    indicator: str
    statistic: Statistic
    lines: tuple[Line, ...]
    characteristic: str = ""
    category: str = ""


@dataclass(frozen=True)
class CardDeclaration:
    """A headline figure. `beside` is the rate of the same thing, for a count that cannot be compared."""

    measure: Measure
    title: str = ""
    note: str = ""  # whom it is about: "Aged 19 to 21"
    beside: Measure | None = None


@dataclass(frozen=True)
class Wording:
    """The words that a panel's title and subtitle are made of; blank ones are made from the indicator."""

    name: str = ""  # "Children in care": rose to, fell to
    what: str = ""  # the subtitle's start: "Looked after children per 10,000 aged 0 to 17"
    more: str = ""  # "More children in care": than in England
    fewer: str = ""
    says: str = ""  # "{value} of children had three or more placements"
    first: TitleRule = TitleRule.COMPARISON


@dataclass(frozen=True)
class PanelDeclaration:
    """A chart with its table and words."""

    key: str
    kind: PanelKind
    measure: Measure
    words: Wording
    against: Measure | None = None  # what a flow is set against
    others: tuple[Measure, ...] = ()  # measures shown beside the first
    shares: bool = False
    layers: tuple[str, ...] = ()  # the categories of a stack that are shown one by one
    leave_out: tuple[str, ...] = ()  # categories that are not worth a bar
    cells: int = 8  # how many groups of columns at most


@dataclass(frozen=True)
class HeadlineDeclaration:
    """A row of the home page, under the page that goes deeper."""

    page: str
    title: str
    measure: Measure


@dataclass(frozen=True)
class LeadPart:
    """Half of a message: what is said when a figure is up, down or level."""

    measure: Measure
    rule: LeadRule
    up: str
    down: str
    level: str
    figure: str  # "{value} are in work or learning"


@dataclass(frozen=True)
class LeadDeclaration:
    """A message at the top of the home page."""

    parts: tuple[LeadPart, ...]


@dataclass(frozen=True)
class Printed:
    """What the board's paper prints in the place of a comparator's figure of a year."""

    area: str
    year: Period
    text: str  # "748"


@dataclass(frozen=True)
class RowDeclaration:
    """A measure of the board's own list, by months, and what is printed with it."""

    measure: Measure
    title: str
    share: Measure | None = None  # the percentage printed behind the latest number
    beside: Measure | None = None  # whose target and comparators stand beside it, if not its own
    printed: tuple[Printed, ...] = ()

    @property
    def compared(self) -> Measure:
        """Whose target and comparators stand beside it."""
        return self.beside or self.share or self.measure


@dataclass(frozen=True)
class GroupDeclaration:
    """Some measures of the board's list, under a heading."""

    title: str
    rows: tuple[RowDeclaration, ...]


@dataclass(frozen=True)
class PageDeclaration:
    """A page of the dashboard."""

    key: str
    title: str
    order: int
    about: str
    cards: tuple[CardDeclaration, ...] = ()
    panels: tuple[PanelDeclaration, ...] = ()
    headlines: tuple[HeadlineDeclaration, ...] = ()
    leads: tuple[LeadDeclaration, ...] = ()
    heat: tuple[Measure, ...] = ()  # measures of which the districts are set side by side
    tiles: Measure | None = None  # the measure that is drawn for each district, roughly where it lies
    tile_rows: tuple[tuple[str, ...], ...] = ()  # the districts from north to south and west to east
    each: str = ""  # the page of which there is one for each district; blank if there is not
    area: str = ""  # the district that it is about, if it is one of those
    under: str = ""  # the page in whose place in the tabs it stands; blank if it has its own
    measure: str = ""  # the one indicator that it is about, if it is about one
    groups: tuple[GroupDeclaration, ...] = ()

    @property
    def address(self) -> str:
        """Where it is served."""
        return address_of(self.key)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure that the page shows."""
        cards = [each for card in self.cards for each in (card.measure, card.beside) if each]
        panels = [
            each for panel in self.panels for each in (panel.measure, panel.against, *panel.others) if each
        ]
        tiles = (self.tiles,) if self.tiles else ()
        shown = (*cards, *panels, *(row.measure for row in self.headlines))
        return (*shown, *self.heat, *tiles, *self.listed)

    @property
    def listed(self) -> tuple[Measure, ...]:
        """The measures of a page that lists the board's own, in their order."""
        return tuple(row.measure for group in self.groups for row in group.rows)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators that the page shows, each once, in order."""
        return tuple(dict.fromkeys(measure.indicator for measure in self.measures))

    def panel(self, key: str) -> PanelDeclaration | None:
        """The panel of that key, or None."""
        return next((panel for panel in self.panels if panel.key == key), None)


def address_of(key: str) -> str:
    """Where the page of a key is served: "/" for the home page, "/through-care" for another."""
    return "/" if key == HOME else f"/{key}"


#: The page under which every measure has its own.
EXPLORE = "explore"


def key_of(indicator: str, grain: str = "") -> str:
    """The key of a measure's page, its periods as long as said."""
    return "/".join(part for part in (EXPLORE, indicator, grain) if part)


def page_at(pages: Mapping[str, PageDeclaration], address: str) -> str | None:
    """The key of the page at an address such as "/through-care"; None if there is none."""
    wanted = "/" + address.strip("/")
    return next((page.key for page in pages.values() if page.address == wanted), None)
