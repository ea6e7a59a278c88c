"""What the internal dashboard adds to the public one: its mark, on everything that leaves it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from dashboard.audiences import MARK
from dashboard.export.book import Book
from dashboard.views.page import Page
from dashboard.web.reader import Reader, Reading, Rows


class InternalReader:
    """Answers as another reader does, with the mark in the title of every page and above every file."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.home = reader.home

    def find_page(self, path: str) -> str | None:
        """The key of the page at a path; None if there is none."""
        return self._reader.find_page(path)

    def read(self, page: object, given: Mapping[str, object]) -> Reading:
        """What is asked for."""
        return self._reader.read(page, given)

    def build(self, reading: Reading) -> Page:
        """The finished page, marked."""
        page = self._reader.build(reading)
        return replace(page, window_title=f"{MARK} – {page.window_title}")

    def rows(self, reading: Reading, panel: str) -> Rows | None:
        """The figures of a panel under a line that says what they are; None if there is no such panel."""
        rows = self._reader.rows(reading, panel)
        return None if rows is None else chain([(MARK,)], rows)

    def book(self, reading: Reading, panel: str, site: str) -> Book | None:
        """The same as a workbook, marked in every title; None if there is no such panel."""
        book = self._reader.book(reading, panel, site)
        return None if book is None else book.marked(MARK)

    def describe(self) -> Mapping[str, object]:
        """The release that is served, and whether a newer one could not be."""
        return self._reader.describe()
