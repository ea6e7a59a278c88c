"""Each tab: a district, a period, a comparator, tables; the charts, the words and the address follow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.screen import TABS, THEMED, Screen

Open = Callable[..., Screen]
EVERY_TAB = pytest.mark.parametrize("address", THEMED)
BY_DISTRICT = pytest.mark.parametrize("address", [tab for tab in THEMED if tab != "/staffing"])


@EVERY_TAB
def test_a_tab_has_cards_and_at_least_eight_panels(visit: Open, address: str) -> None:
    screen = visit(address)
    assert screen.panels.count() >= 8
    assert 4 <= screen.cards.count() <= 12
    assert screen.plots.count() >= 6
    expect(screen.page.locator("h1")).to_have_text(TABS[address])


@BY_DISTRICT
def test_a_district_changes_charts_words_and_address(visit: Open, address: str) -> None:
    screen = visit(address)
    before = screen.read_charts()
    screen.choose_area("redditch")
    expect(screen.showing).to_contain_text("Redditch")
    expect(screen.page).to_have_title(f"{TABS[address]}, Redditch, Q4 2021/22")
    after = screen.read_charts()
    assert list(after) == list(before)
    assert after != before


def test_a_page_that_is_not_counted_by_district_says_so(visit: Open) -> None:
    screen = visit("/staffing")
    before = screen.read_charts()
    screen.choose_area("redditch")
    expect(screen.notes).to_contain_text("not counted by district")
    expect(screen.page).to_have_title("Staffing, Worcestershire, Q4 2021/22")
    assert screen.read_charts() == before


@EVERY_TAB
def test_a_period_changes_charts_words_and_address(visit: Open, address: str) -> None:
    screen = visit(address)
    before = screen.read_charts()
    screen.choose_period("2020-21-Q2")
    expect(screen.showing).to_contain_text("Q2 2020/21")
    expect(screen.page).to_have_title(f"{TABS[address]}, Worcestershire, Q2 2020/21")
    assert screen.read_charts() != before


@pytest.mark.parametrize("held_back", [["**/_dash-layout*"], ["**/dashboard.js*"]], ids=["page", "script"])
def test_what_is_chosen_before_the_page_is_ready_is_not_lost(visit: Open, held_back: list[str]) -> None:
    screen = visit("/")
    held: list[Route] = []
    for part in held_back:
        screen.page.route(part, lambda route: held.append(route))
    screen.page.goto("/child-protection", wait_until="commit")
    screen.period.select_option("2020-21-Q2")
    screen.page.get_by_role("checkbox", name="England").uncheck()
    screen.view("Tables").check()
    expect(screen.page.locator("#first-paint")).to_be_visible()
    for route in held:
        route.fallback()
    screen.wait_for_address(period="2020-21-Q2", compare="statistical-neighbours,target", view="tables")
    screen.wait_until_drawn()
    expect(screen.page).to_have_title("Child protection, Worcestershire, Q2 2020/21")
    expect(screen.view("Tables")).to_be_checked()
    expect(screen.comparator("england")).not_to_be_checked()


@EVERY_TAB
def test_nothing_later_than_the_period_is_drawn(visit: Open, address: str) -> None:
    screen = visit(f"{address}?period=2019-20-Q4&range=all")
    days = [
        day
        for traces in screen.read_charts().values()
        for _, across, _, _ in traces
        for day in across
        if isinstance(day, str) and day[:2] == "20" and day[4:5] == "-"
    ]
    assert [day for day in days if day > "2020-03-31"] == []


@EVERY_TAB
def test_a_comparator_comes_and_goes(visit: Open, address: str) -> None:
    screen = visit(address)
    england = screen.comparator("england")
    expect(england).to_be_checked()
    before = screen.read_charts()
    england.uncheck()
    screen.wait_for_address(compare="statistical-neighbours,target")
    screen.wait_until_drawn()
    expect(screen.showing).not_to_contain_text("England")
    without = screen.read_charts()
    assert without != before
    england.check()
    screen.wait_for_address(compare="england,statistical-neighbours,target")
    screen.wait_until_drawn()
    expect(screen.showing).to_contain_text("England")
    assert screen.read_charts() == before


@EVERY_TAB
def test_every_chart_can_be_read_as_a_table(visit: Open, address: str) -> None:
    screen = visit(address)
    charts = screen.plots.count()
    screen.view("Tables").check()
    screen.wait_for_address(view="tables")
    expect(screen.tables).to_have_count(charts)
    for table in screen.tables.all():
        expect(table).to_be_visible()
        assert table.locator("caption").inner_text() != ""
        assert table.locator("tbody tr").count() >= 1
        assert table.locator("thead th:not([scope=col])").count() == 0
        assert table.locator("tbody tr th[scope=row]").count() == table.locator("tbody tr").count()


def test_one_chart_can_be_turned_into_its_table_and_back(visit: Open) -> None:
    screen = visit("/through-care")
    panel = screen.panels.first
    button = screen.action(panel, "Table")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel.locator("table")).to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(panel.locator("table")).not_to_be_visible()
    expect(panel.locator(".js-plotly-plot")).to_be_visible()


def test_an_open_table_follows_the_choice(visit: Open) -> None:
    screen = visit("/through-care")
    panel = screen.panels.first
    screen.action(panel, "Table").click()
    before = panel.locator("table").inner_text()
    screen.choose_area("wychavon")
    expect(panel.locator("table")).not_to_have_text(before)


def test_a_definition_opens(visit: Open) -> None:
    screen = visit("/through-care")
    panel = screen.panels.first
    definition = panel.locator(".definition")
    expect(definition).not_to_be_visible()
    screen.action(panel, "Definition").click()
    expect(definition).to_be_visible()
    assert len(definition.inner_text()) > 40


def test_the_about_page_opens_whatever_was_chosen(visit: Open) -> None:
    screen = visit("/about?area=malvern-hills&period=2019-20-Q4")
    expect(screen.page.locator("h1")).to_have_text("About")
    expect(screen.page).to_have_title("About")
    assert screen.main.locator("article").count() >= 131
    screen.tabs.get_by_role("link", name="Through care").click()
    expect(screen.showing).to_contain_text("Malvern Hills")


def test_the_home_page_follows_a_district(visit: Open) -> None:
    screen = visit("/")
    expect(screen.page.locator("h1")).to_have_text("Worcestershire at a glance")
    before = screen.main.inner_text()
    screen.choose_area("bromsgrove")
    expect(screen.page.locator("h1")).to_have_text("Bromsgrove at a glance")
    expect(screen.page).to_have_title("At a glance, Bromsgrove, Q4 2021/22")
    assert screen.main.inner_text() != before
