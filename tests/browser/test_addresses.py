"""The view is the address: links, history, and addresses that make no sense."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TABS, Screen

Open = Callable[..., Screen]


def test_a_pasted_link_shows_the_same_view(visit: Open) -> None:
    first = visit("/child-protection")
    first.choose_area("worcester")
    first.choose_period("2020-21")
    first.comparator("west-midlands").check()
    expect(first.showing).to_contain_text("West Midlands")
    first.span.select_option("all")
    first.wait_for_address(range="all")
    first.wait_until_drawn()
    second = visit(first.address)
    assert second.address == first.address
    assert second.showing.inner_text() == first.showing.inner_text()
    assert second.page.title() == first.page.title()
    assert second.read_titles() == first.read_titles()
    assert second.read_charts() == first.read_charts()


def test_back_and_forward_restore_the_view(visit: Open) -> None:
    screen = visit("/through-care")
    county, county_charts = screen.address, screen.read_charts()
    screen.choose_area("redditch")
    redditch, redditch_charts = screen.address, screen.read_charts()
    screen.choose_period("2019-20-Q4")
    screen.page.go_back()
    screen.wait_for_address(area="redditch", period="2021-22-Q4")
    expect(screen.showing).to_contain_text("Q4 2021/22")
    screen.wait_until_drawn()
    assert (screen.address, screen.read_charts()) == (redditch, redditch_charts)
    screen.page.go_back()
    expect(screen.showing).to_contain_text("Worcestershire")
    screen.wait_until_drawn()
    assert (screen.address, screen.read_charts()) == (county, county_charts)
    assert screen.area.input_value() == "worcestershire"
    screen.page.go_forward()
    expect(screen.showing).to_contain_text("Redditch")
    assert screen.area.input_value() == "redditch"


def test_a_choice_is_kept_from_tab_to_tab(visit: Open) -> None:
    screen = visit("/front-door?area=wyre-forest&period=2020-21-Q3&compare=west-midlands&range=all")
    for address, name in list(TABS.items())[2:6]:
        screen.tabs.get_by_role("link", name=name, exact=True).click()
        expect(screen.page.locator("h1")).to_have_text(name)
        screen.wait_until_drawn()
        assert screen.address.startswith(address)
        kept = {"area": "wyre-forest", "period": "2020-21-Q3", "compare": "west-midlands", "range": "all"}
        assert kept.items() <= screen.query.items()


def test_the_open_tab_is_marked(visit: Open) -> None:
    screen = visit("/staffing")
    expect(screen.tabs.locator("[aria-current=page]")).to_have_text("Staffing")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/through-care?area=reditch", "reditch"),
        ("/through-care?period=2035-36-Q9", "2035-36-Q9"),
        ("/through-care?compare=mars", "mars"),
        ("/through-care?range=9y", "9y"),
        ("/through-care?view=pie", "pie"),
    ],
)
def test_an_address_that_makes_no_sense_gets_a_view_and_a_note(visit: Open, address: str, said: str) -> None:
    screen = visit(address)
    expect(screen.notes).to_contain_text(said)
    expect(screen.notes).to_be_visible()
    assert screen.showing.inner_text() != ""


def test_an_address_that_attacks_is_shown_as_words(visit: Open) -> None:
    screen = visit(
        "/through-care?area=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&area=b&period[]=1&compare=,,,"
    )
    assert screen.page.locator("img[src=x], img[onerror]").count() == 0
    expect(screen.showing).to_contain_text("Worcestershire")


def test_an_address_without_a_page_says_so_and_leads_back(visit: Open, server: str) -> None:
    screen = visit("/")
    answer = screen.page.request.get(f"{server}/through-caer")
    assert answer.status == 404
    assert "There is no page at this address" in answer.text()
    assert 'href="/"' in answer.text()
