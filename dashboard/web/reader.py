"""What stands between a request and the figures: an address in, a finished page out.

The web knows the released figures only through a `Reader`, so that a test can stand another in its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.export.book import Book
from dashboard.query import Selection
from dashboard.store import Store
from dashboard.views.page import Page
from dashboard.views.shapes import Note

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True)
class Reading:
    """What a request asks for, checked: the figures of one release, a choice, and what to say about it."""

    store: Store
    selection: Selection
    notes: tuple[Note, ...]


class Reader(Protocol):
    """Answers requests from one set of figures after another."""

    home: str  # the key of the page at "/"

    def find_page(self, path: str) -> str | None:
        """The key of the page at a path; None if there is none."""

    def read(self, page: object, given: Mapping[str, object]) -> Reading:
        """What is asked for. Any value of any type is survived."""

    def build(self, reading: Reading) -> Page:
        """The finished page."""

    def rows(self, reading: Reading, panel: str) -> Rows | None:
        """The figures of a panel, its heading row first; None if the page has no such panel."""

    def book(self, reading: Reading, panel: str, site: str) -> Book | None:
        """The same as a workbook, with the page's address at a site; None if the page has no such panel."""

    def describe(self) -> Mapping[str, object]:
        """The release that is served, and whether a newer one could not be."""
