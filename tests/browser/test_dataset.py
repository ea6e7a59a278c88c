"""The board dataset in a browser: narrowed, of other months, by keys alone, on a phone and on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.screen import Screen
from tests.browser.test_accessibility import RULES

Open = Callable[..., Screen]
ADDRESS = "/board-dataset?period=2019-M06"


def rows(screen: Screen) -> Locator:
    return screen.page.locator("table.dataset tr.row-of")


def find_faults(screen: Screen) -> list[str]:
    found = Axe().run(screen.page, options=RULES)
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("width", [1400, 768, 390])
def test_axe_finds_nothing_with_what_a_measure_means_shown(visit: Open, width: int) -> None:
    screen = visit(ADDRESS, width=width)
    if width < 560:
        screen.open_filters()
    screen.page.locator("table.dataset summary").first.click()
    expect(screen.page.locator("table.dataset .meaning-of").first).to_be_visible()
    assert find_faults(screen) == []
    assert not screen.is_wider_than_its_window()


def test_axe_finds_nothing_in_simulated_months(visit: Open) -> None:
    assert find_faults(visit("/board-dataset?period=2022-M03&only=special-cause")) == []


def test_a_filter_is_a_link_and_stays_while_other_months_are_chosen(visit: Open) -> None:
    screen = visit(ADDRESS)
    expect(rows(screen)).to_have_count(32)
    screen.page.get_by_role("link", name=re.compile("^Off target")).click()
    screen.wait_for_address(only="off-target")
    expect(rows(screen)).to_have_count(12)
    screen.choose_period("2019-M05")
    screen.wait_for_address(only="off-target", period="2019-M05")
    expect(screen.showing).to_contain_text("June 2018 to May 2019")
    assert 0 < rows(screen).count() < 32
    screen.page.get_by_role("link", name=re.compile("^All")).click()
    expect(rows(screen)).to_have_count(32)


def test_every_month_can_be_chosen(visit: Open) -> None:
    screen = visit(ADDRESS)
    offered = screen.options(screen.period)
    assert {"2018-M07", "2019-M05", "2019-M06", "2021-M02"} <= set(offered)
    expect(screen.page.locator("label[for=period]")).to_have_text("Twelve months to")


def test_what_does_nothing_here_is_not_offered(visit: Open) -> None:
    screen = visit(ADDRESS)
    expect(screen.span).not_to_be_visible()
    expect(screen.comparator("england")).not_to_be_visible()
    expect(screen.view("Tables")).not_to_be_visible()


def test_keys_alone_open_a_meaning_a_measure_and_a_filter(visit: Open) -> None:
    screen = visit(ADDRESS)
    keys = screen.page.keyboard
    button = screen.page.locator("table.dataset summary").first
    button.focus()
    meaning = screen.page.locator("table.dataset .meaning-of").first
    keys.press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("What it counts")
    keys.press("Space")
    expect(meaning).not_to_be_visible()
    region = screen.page.get_by_role("region", name=re.compile("^Board dataset"))
    region.focus()
    keys.press("Tab")
    assert screen.describe_focus() == "Looked after children"
    screen.page.get_by_role("link", name=re.compile("^Special cause")).focus()
    keys.press("Enter")
    screen.wait_for_address(only="special-cause")


def test_the_focus_is_seen_on_everything_that_can_be_reached(visit: Open) -> None:
    screen = visit(ADDRESS)
    screen.page.get_by_role("link", name=re.compile("^All")).focus()
    unseen = []
    for _ in range(16):
        screen.page.keyboard.press("Tab")
        shown = screen.page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
              const r = e.getBoundingClientRect();
              const seen = s.outlineStyle !== 'none' && r.top < innerHeight && r.bottom > 0;
              return [seen, e.outerHTML.slice(0, 90)]; }"""
        )
        if not shown[0]:
            unseen.append(shown[1])
    assert unseen == []


def test_on_a_phone_it_opens_at_the_latest_month_and_the_measures_stay_while_months_pass(visit: Open) -> None:
    screen = visit(ADDRESS, width=390)
    region = screen.page.locator(".dataset-scroll")
    name = screen.page.locator("table.dataset tbody th.name").first
    latest = screen.page.locator("table.dataset tr.row-of td.last").first
    before, shown = name.bounding_box(), latest.bounding_box()
    assert before is not None
    assert shown is not None
    assert before["x"] + before["width"] <= shown["x"] + 1
    assert shown["x"] + shown["width"] <= 390
    region.evaluate("region => { region.scrollLeft = 0; }")
    after, away = name.bounding_box(), latest.bounding_box()
    assert after is not None
    assert away is not None
    assert abs(before["x"] - after["x"]) < 1
    assert away["x"] > 390


def test_trend_lines_are_drawn_in_the_page_itself(visit: Open) -> None:
    screen = visit(ADDRESS)
    expect(screen.page.locator("table.dataset img.trend")).to_have_count(32)
    expect(screen.plots).to_have_count(0)


def test_on_paper_it_is_one_landscape_spread(visit: Open, tmp_path: Path) -> None:
    screen = visit(ADDRESS)
    path = tmp_path / "dataset.pdf"
    screen.page.pdf(path=str(path), prefer_css_page_size=True)
    sizes = read_sizes(path.read_bytes())
    assert len(sizes) == 2
    assert all(width > height for width, height in sizes)


def test_on_paper_all_twelve_months_are_seen_and_no_controls(visit: Open) -> None:
    screen = visit(ADDRESS)
    screen.page.emulate_media(media="print")
    cells = screen.page.locator("table.dataset tr.row-of").first.locator("td.m")
    expect(cells).to_have_count(12)
    for cell in cells.all():
        expect(cell).to_be_visible()
    expect(screen.page.locator(".narrowings")).not_to_be_visible()
    expect(screen.page.locator("table.dataset summary").first).not_to_be_visible()
    expect(screen.period).not_to_be_visible()
    expect(screen.showing).to_be_visible()


def test_other_pages_stay_upright_on_paper(visit: Open, tmp_path: Path) -> None:
    screen = visit("/staffing")
    path = tmp_path / "staffing.pdf"
    screen.page.pdf(path=str(path), prefer_css_page_size=True)
    assert all(width < height for width, height in read_sizes(path.read_bytes()))


def read_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The size of each page of a PDF, in points."""
    boxes: list[Any] = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]
