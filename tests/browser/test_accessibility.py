"""axe-core finds nothing wrong, on any page, wide or narrow, as charts or as tables."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.screen import TABS, THEMED, Screen

Open = Callable[..., Screen]
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
STATES = [(address, "charts") for address in TABS] + [(address, "tables") for address in THEMED]


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize(("address", "view"), STATES)
def test_axe_finds_nothing(visit: Open, address: str, view: str, width: int) -> None:
    screen = visit(f"{address}?area=redditch&view={view}", width=width)
    if width < 560 and address != "/about":
        screen.open_filters()
    found = Axe().run(screen.page, options=RULES)
    assert [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ] == []


@pytest.mark.parametrize("address", TABS)
def test_each_page_says_its_language_and_has_one_main_heading(visit: Open, address: str) -> None:
    screen = visit(address)
    assert screen.page.locator("html").get_attribute("lang") == "en-GB"
    assert screen.page.locator("h1").count() == 1
    assert screen.main.count() == 1


def test_a_chart_has_a_name_and_a_sentence_for_those_who_cannot_see_it(visit: Open) -> None:
    screen = visit("/through-care")
    for panel in screen.panels.all():
        plot = panel.get_by_role("img").first
        if plot.count():
            for attribute in ("aria-labelledby", "aria-describedby"):
                said = screen.page.locator(f"#{plot.get_attribute(attribute)}").inner_text()
                assert len(said) > 10
