"""axe-core finds nothing wrong and nothing runs over the edge: any page, wide or narrow, charts or tables."""

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
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    visit: Open, address: str, view: str, width: int
) -> None:
    screen = visit(f"{address}?area=redditch&view={view}", width=width)
    assert not screen.is_wider_than_its_window()
    if width < 560 and address != "/about":
        screen.open_filters()
    found = Axe().run(screen.page, options=RULES)
    assert [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ] == []


def test_a_chart_has_a_name_and_a_sentence_for_those_who_cannot_see_it(visit: Open) -> None:
    screen = visit("/through-care")
    for panel in screen.panels.all():
        plot = panel.get_by_role("img").first
        if plot.count():
            for attribute in ("aria-labelledby", "aria-describedby"):
                said = screen.page.locator(f"#{plot.get_attribute(attribute)}").inner_text()
                assert len(said) > 10
