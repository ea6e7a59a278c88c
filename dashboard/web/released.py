"""Reads whichever release is current."""

from collections.abc import Mapping

from dashboard.export.book import Book
from dashboard.export.chart_book import View, make_chart_book
from dashboard.pages import HOME, page_at
from dashboard.query import read_selection
from dashboard.store import CurrentStore
from dashboard.views.build import build_page, pages_of, panel_rows
from dashboard.views.page import Page
from dashboard.web.reader import Reading, Rows


class ReleaseReader:
    """Answers from the release that CURRENT names, and from the next one as soon as it is there."""

    home = HOME

    def __init__(self, current: CurrentStore) -> None:
        self._current = current

    def find_page(self, path: str) -> str | None:
        """The key of the page at a path; None if there is none."""
        return page_at(pages_of(self._current()), path)

    def read(self, page: object, given: Mapping[str, object]) -> Reading:
        """What is asked for, of the release that is current now."""
        store = self._current()
        return Reading(store, *read_selection(store, pages_of(store), page, given))

    def build(self, reading: Reading) -> Page:
        """The finished page."""
        return build_page(reading.store, reading.selection, reading.notes)

    def rows(self, reading: Reading, panel: str) -> Rows | None:
        """The figures of a panel, its heading row first; None if the page has no such panel."""
        return panel_rows(reading.store, reading.selection, panel) or None

    def book(self, reading: Reading, panel: str, site: str) -> Book | None:
        """The same as a workbook, with the page's address at a site; None if the page has no such panel."""
        page, rows = self.build(reading), self.rows(reading, panel)
        files = (page.dataset.file,) if page.dataset else ()
        found = next((each for each in (*page.panels, *files) if each.key == panel), None)
        if rows is None or found is None:
            return None
        view = View(page.title, page.showing[1], page.panels_note, f"{site}{page.address}")
        return make_chart_book(reading.store, view, found, rows)

    def describe(self) -> Mapping[str, object]:
        """The release that is served; `stale` says that the current one could not be read."""
        store = self._current()
        return {"release": store.release.id, "stale": bool(self._current.failure)}
