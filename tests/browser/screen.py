"""What a reader sees and does, in one place: the tests name no element themselves."""

import json
import re
import time
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Request, expect

from dashboard.web.ids import Ids

TABS = {
    "/": "At a glance",
    "/front-door": "Front door",
    "/through-care": "Through care",
    "/child-protection": "Child protection",
    "/children-in-need": "Children in need",
    "/staffing": "Staffing",
    "/districts": "Districts",
    "/board-dataset": "Board dataset",
    "/changes": "What changed",
    "/explore": "Explore",
    "/about": "About",
}
#: Those of an area of work: cards, commentary and charts.
THEMED = list(TABS)[1:6]

#: Of the charts in the server's last answer, the ids of those that are not what stands in the page.
STILL_TO_BE_DRAWN = """() => {
  const tell = traces => JSON.stringify((traces ?? []).map(({name, x, y}) => [name, x, y]));
  return (window.dashboard?.view?.charts ?? []).filter(([id, {children: {props: {children: graph}}}]) => {
    const plot = document.querySelector(`#${id} .js-plotly-plot`);
    return graph.type === 'Graph' ? tell(plot?.data) !== tell(graph.props.figure.data) : plot !== null;
  }).map(([id]) => id);
}"""


class Watched(Protocol):
    """What a screen needs of the watch that is kept on it."""

    requests: list[Request]
    complaints: list[str]


class Screen:
    """A page of the dashboard in a browser."""

    def __init__(self, page: Page, watch: Watched) -> None:
        self.page = page
        self.watch = watch
        self.main = page.locator("main")
        self.showing = page.locator(f"#{Ids.SHOWING}")
        self.notes = page.locator(f"#{Ids.NOTES}")
        self.tabs = page.get_by_role("navigation", name="Areas of work")
        self.area = page.locator(f"select#{Ids.AREA}")
        self.period = page.locator(f"select#{Ids.PERIOD}")
        self.span = page.locator(f"select#{Ids.RANGE}")
        self.cards = page.locator(f"#{Ids.CARDS} .figure-card")
        self.panels = page.locator("figure.panel")
        self.plots = page.locator("figure.panel .js-plotly-plot")
        self.tables = page.locator("figure.panel .as-table table")
        self.undrawn = page.locator("figure.panel .plot:not(:has(.main-svg)):not(:has(.empty))")

    # --- waiting ----------------------------------------------------------------------------------

    def wait_until_drawn(self) -> None:
        """Until every panel shows the chart that the last answer holds for it, or why there is none."""
        expect(self.page.locator("#react-entry-point .page")).to_be_visible(timeout=30_000)
        expect(self.page.locator("#first-paint")).to_have_count(0)
        expect(self.undrawn).to_have_count(0, timeout=30_000)
        until = time.monotonic() + 30
        while late := self.page.evaluate(STILL_TO_BE_DRAWN):
            assert time.monotonic() < until, f"not drawn: {late}"
            self.page.wait_for_timeout(50)

    def wait_for_address(self, **wanted: str) -> None:
        """Until the address says so."""
        for name, value in wanted.items():
            expect(self.page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"))

    # --- choosing ---------------------------------------------------------------------------------

    def choose_area(self, slug: str) -> None:
        self.area.select_option(slug)
        self.wait_for_address(area=slug)
        self.wait_until_drawn()

    def choose_period(self, code: str) -> None:
        self.period.select_option(code)
        self.wait_for_address(period=code)
        self.wait_until_drawn()

    def comparator(self, slug: str) -> Locator:
        return self.page.locator(f"#compare-{slug}")

    def view(self, name: str) -> Locator:
        return self.page.get_by_role("group", name="View").get_by_role("radio", name=name)

    def open_filters(self) -> None:
        """Unfold the filters where they are folded, as on a phone."""
        if not self.area.is_visible():
            self.page.locator(".filters summary").click()
        expect(self.area).to_be_visible()

    def options(self, select: Locator) -> list[str]:
        return [value for each in select.locator("option").all() if (value := each.get_attribute("value"))]

    def action(self, panel: Locator, name: str) -> Locator:
        """A panel's Table, Definition or PNG button."""
        return panel.get_by_role("button", name=name)

    # --- reading ----------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def read_charts(self) -> dict[str, list[Any]]:
        """What Plotly has drawn, by panel: the traces' names, places and texts."""
        drawn: dict[str, list[Any]] = self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('figure.panel')].map(panel => {
              const plot = panel.querySelector('.js-plotly-plot');
              return [panel.dataset.panel, plot ? plot.data.map(
                trace => [trace.name ?? '', trace.x ?? [], trace.y ?? [], trace.customdata ?? []]) : []];
            }))"""
        )
        return json.loads(json.dumps(drawn))

    def read_titles(self) -> list[str]:
        return self.panels.locator("figcaption h3").all_inner_texts()

    def read_tables(self) -> list[str]:
        return self.tables.all_inner_texts()

    def is_wider_than_its_window(self) -> bool:
        wider: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wider

    def describe_focus(self) -> str:
        """The element that has the focus: its id, else its words."""
        words: str = self.page.evaluate(
            """() => { const e = document.activeElement;
              return e === document.body ? 'body' : e.id || e.innerText || e.value || e.tagName; }"""
        )
        return words.strip().splitlines()[0] if words.strip() else ""
