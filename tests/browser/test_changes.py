"""What changed since the last meeting: readable at every width, and its earlier end is kept."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.test_accessibility import RULES

Open = Callable[..., Screen]


@pytest.mark.parametrize("width", [1400, 768, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit: Open, width: int) -> None:
    screen = visit("/changes", width=width)
    expect(screen.main.get_by_role("heading", level=2).first).to_be_visible()
    if (fold := screen.page.locator(".still summary")).count():
        fold.click()
    found = Axe().run(screen.page, options=RULES)
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found.response["violations"]] == []
    assert not screen.is_wider_than_its_window()


def test_the_earlier_end_is_kept_while_something_else_is_chosen(visit: Open) -> None:
    screen = visit("/changes")
    screen.page.get_by_role("navigation", name="Changes since").get_by_text("a year before").click()
    expect(screen.showing).to_contain_text("since Q4 2020/21")
    screen.wait_until_drawn()
    screen.choose_area("redditch")
    expect(screen.showing).to_contain_text("Redditch since Q4 2020/21")
    screen.wait_for_address(**{"from": "2020-21-Q4"})
    screen.page.locator(".changes li a").first.click()
    expect(screen.page.locator("h1")).not_to_have_text("What changed")
    screen.wait_for_address(area="redditch")
