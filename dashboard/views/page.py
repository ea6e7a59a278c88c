"""A finished page: all its parts, in one shape."""

from dataclasses import dataclass, field

from dashboard.views.changes_shapes import Changes
from dashboard.views.dataset_shapes import Dataset
from dashboard.views.depth import Depth, Index
from dashboard.views.districts import Districts
from dashboard.views.shapes import (
    About,
    Card,
    Commentary,
    Filters,
    HeadlineGroup,
    Lead,
    Note,
    Panel,
    Tab,
)


@dataclass(frozen=True)
class Page:
    """Everything on one page, finished."""

    key: str  # "through-care"
    address: str  # its canonical address, query included
    window_title: str
    title: str
    showing: tuple[str, str, str]  # before, the chosen area at the period (bold), after
    release: str
    tabs: tuple[Tab, ...]
    filters: Filters
    notes: tuple[Note, ...]
    cards: tuple[Card, ...] = ()
    commentary: Commentary | None = None
    panels: tuple[Panel, ...] = ()
    panels_note: str = ""  # "Statistical neighbours: mean of 10 councils, 2021 model"
    leads: tuple[Lead, ...] = ()
    headlines: tuple[HeadlineGroup, ...] = ()
    about: About | None = None
    depth: Depth | None = None
    districts: Districts | None = None
    index: Index | None = None
    changes: Changes | None = None
    dataset: Dataset | None = None
    place: str = ""  # its key, with what none of its controls chooses; blank: the key alone
    footer: tuple[str, ...] = field(default=())
