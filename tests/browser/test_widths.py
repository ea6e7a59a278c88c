"""A wall, a desk, a tablet, a phone, and paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TABS, THEMED, Screen

Open = Callable[..., Screen]


@pytest.mark.parametrize("address", TABS)
def test_no_page_scrolls_sideways_on_a_tablet(visit: Open, address: str) -> None:
    screen = visit(address, width=768, height=900)
    assert not screen.is_wider_than_its_window()
    if address in THEMED:
        screen.view("Tables").check()
        screen.wait_for_address(view="tables")
        assert not screen.is_wider_than_its_window()


def test_charts_fill_their_panels_and_no_more(visit: Open) -> None:
    for width in (1400, 390):
        screen = visit("/through-care", width=width)
        for plot in screen.plots.all():
            drawn, panel = plot.bounding_box(), plot.locator("xpath=ancestor::figure").bounding_box()
            assert drawn is not None
            assert panel is not None
            assert drawn["width"] <= panel["width"] + 1
            assert drawn["width"] >= 0.9 * panel["width"]
            assert drawn["height"] >= 150


def test_a_district_can_be_chosen_on_a_phone(visit: Open) -> None:
    screen = visit("/children-in-need", width=390)
    screen.open_filters()
    screen.choose_area("bromsgrove")
    expect(screen.page.locator(".filters summary")).to_contain_text("Bromsgrove")


@pytest.mark.parametrize("address", ["/through-care", "/"])
def test_paper_shows_the_figures_and_leaves_out_the_controls(visit: Open, address: str) -> None:
    screen = visit(address)
    screen.page.emulate_media(media="print")
    expect(screen.tabs).not_to_be_visible()
    expect(screen.area).not_to_be_visible()
    expect(screen.showing).to_be_visible()
    for plot in screen.plots.all():
        expect(plot.locator(".main-svg").first).to_be_visible()
    if address == "/through-care":
        assert screen.plots.count() >= 6
        expect(screen.action(screen.panels.first, "Table")).not_to_be_visible()
