"""Everything can be done without a mouse, in the order in which it is read."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from dashboard.web.ids import Ids
from tests.browser.screen import TABS, Screen

Open = Callable[..., Screen]


def walk(screen: Screen, stops: int) -> list[str]:
    """Where the focus goes with each press of Tab."""
    visited = []
    for _ in range(stops):
        screen.page.keyboard.press("Tab")
        visited.append(screen.describe_focus())
    return visited


def test_tab_goes_from_masthead_to_tabs_to_filters_to_panels(visit: Open) -> None:
    screen = visit("/through-care")
    visited = walk(screen, 32)
    places = [*TABS.values(), Ids.AREA, Ids.PERIOD, Ids.RANGE, "compare-england"]
    found = [visited.index(place) for place in places]
    assert found == sorted(found)
    assert visited[0].startswith("Skip")
    assert found[0] <= 5  # after the name and the box in which a measure is looked for
    assert "body" not in visited


def test_focus_is_always_seen(visit: Open) -> None:
    screen = visit("/through-care")
    unseen = []
    for _ in range(30):
        screen.page.keyboard.press("Tab")
        outline = screen.page.evaluate(
            """() => { const e = document.activeElement;
              const s = getComputedStyle(e), r = e.getBoundingClientRect();
              const wrapped = e.labels?.length ? getComputedStyle(e.labels[0]).outlineStyle : 'none';
              return {shown: s.outlineStyle !== 'none' || s.boxShadow !== 'none' || wrapped !== 'none',
                      inside: r.bottom > 0 && r.top < innerHeight, where: e.outerHTML.slice(0, 90)}; }"""
        )
        if not (outline["shown"] and outline["inside"]):
            unseen.append(outline["where"])
    assert unseen == []


def test_the_skip_link_leads_to_the_figures(visit: Open) -> None:
    screen = visit("/through-care")
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_url(re.compile(f"#{Ids.MAIN}$"))


def test_a_select_a_checkbox_and_a_table_work_with_keys_alone(visit: Open) -> None:
    screen = visit("/through-care")
    screen.area.focus()
    screen.page.keyboard.press("ArrowDown")
    screen.wait_for_address(area=screen.options(screen.area)[1])
    screen.comparator("england").focus()
    screen.page.keyboard.press("Space")
    expect(screen.comparator("england")).not_to_be_checked()
    expect(screen.showing).not_to_contain_text("England")
    screen.wait_until_drawn()
    panel = screen.panels.first
    screen.action(panel, "Table").focus()
    screen.page.keyboard.press("Enter")
    expect(panel.locator("table")).to_be_visible()
    screen.view("Charts").focus()
    screen.page.keyboard.press("ArrowRight")
    screen.wait_for_address(view="tables")


def test_tabs_open_with_the_keyboard(visit: Open) -> None:
    screen = visit("/through-care")
    screen.tabs.get_by_role("link", name="Staffing").focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("h1")).to_have_text("Staffing")


def test_focus_stays_on_the_control_that_was_used(visit: Open) -> None:
    screen = visit("/front-door")
    screen.area.focus()
    screen.page.keyboard.press("ArrowDown")
    screen.wait_for_address(area=screen.options(screen.area)[1])
    screen.wait_until_drawn()
    assert screen.describe_focus() == Ids.AREA
