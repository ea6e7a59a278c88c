"""A page for every measure, the list of them, and the box that finds one: seen, with keys, on a phone."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.web.ids import Ids
from tests.browser.screen import Screen
from tests.browser.test_accessibility import RULES

Open = Callable[..., Screen]
IN_TOUCH, TITLE = "/explore/care_leavers_in_touch", "Care leavers in touch, all ages"
PERIOD = "period=2019-20-Q1"
FOUND = "/find?q=care+leavers"


def visit_any(visit: Open, address: str, width: int) -> Screen:
    """The page at an address; what was found needs no script, so it is come to from another."""
    screen = visit("/about" if address == FOUND else address, width=width)
    if address == FOUND:
        screen.page.goto(address)
        expect(screen.page.locator("h1")).to_have_text("Find a measure")
    return screen


@pytest.mark.parametrize("width", [1400, 768, 390])
@pytest.mark.parametrize("address", [f"{IN_TOUCH}?{PERIOD}", "/explore", FOUND])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    visit: Open, address: str, width: int
) -> None:
    screen = visit_any(visit, address, width)
    found = Axe().run(screen.page, options=RULES)
    assert [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ] == []
    assert not screen.is_wider_than_its_window()


def test_a_slash_leads_to_the_box_and_enter_to_the_measure(visit: Open) -> None:
    screen = visit("/through-care?area=redditch")
    screen.page.keyboard.press("/")
    assert screen.describe_focus() == Ids.FIND
    screen.page.keyboard.type("m29")
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("h1")).to_have_text(TITLE)
    expect(screen.page).to_have_url(re.compile(IN_TOUCH))


def test_a_slash_in_the_box_is_a_letter_and_several_measures_are_listed(visit: Open) -> None:
    screen = visit("/staffing")
    screen.page.keyboard.press("/")
    screen.page.keyboard.type("care/leavers")
    expect(screen.page.locator(f"#{Ids.FIND}")).to_have_value("care/leavers")
    screen.page.locator(f"#{Ids.FIND}").fill("care leavers touch")
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("h1")).to_have_text("Find a measure")
    screen.page.get_by_role("link", name=TITLE, exact=True).click()
    expect(screen.page.locator("h1")).to_have_text(TITLE)
    screen.wait_until_drawn()


def test_keys_reach_the_table_and_the_definition_of_the_first_chart(visit: Open) -> None:
    screen = visit(f"{IN_TOUCH}?{PERIOD}")
    panel = screen.panels.first
    expect(panel.locator("table")).not_to_be_visible()
    for _ in range(60):
        screen.page.keyboard.press("Tab")
        if screen.describe_focus() == "Table":
            break
    screen.page.keyboard.press("Enter")
    expect(panel.get_by_role("row", name="31 December 2018")).to_contain_text("Worse: lower than usual")
    for _ in range(3):  # the table scrolls inside itself, so it may have the focus in between
        screen.page.keyboard.press("Tab")
        if screen.describe_focus() == "Definition":
            break
    screen.page.keyboard.press("Enter")
    expect(panel.locator(".definition")).to_be_visible()
    expect(panel.locator(".definition")).to_contain_text("in touch")


def test_every_sort_of_point_is_drawn_and_the_answers_follow_the_choice(visit: Open) -> None:
    screen = visit(f"{IN_TOUCH}?{PERIOD}")
    drawn = screen.read_charts()["over-time"]
    names = [name for name, *_ in drawn]
    assert {"Worcestershire", "Average", "Upper limit", "Lower limit"} <= set(names)
    assert sorted(len(x) for name, x, *_ in drawn if not name) == [2, 3, 7]  # worse, better and usual
    expect(screen.main).to_contain_text("Is 85% at 30 June 2019 unusual?")
    screen.choose_period("2018-19-Q4")
    expect(screen.main).to_contain_text("Is 87% at 31 March 2019 unusual?")
    screen.page.get_by_role("navigation", name="How long each period is").get_by_text("By year").click()
    expect(screen.page).to_have_url(re.compile(f"{IN_TOUCH}/year.*period=2018-19-Q4"))
    screen.wait_until_drawn()
    expect(screen.tabs.get_by_role("link", name="Explore")).to_have_attribute("aria-current", "page")
