"""Nothing leaves the machine, nothing runs that was not sent, nothing is too big."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TABS, THEMED, Screen

Open = Callable[..., Screen]


@pytest.mark.parametrize("address", TABS)
def test_a_first_visit_is_small_and_leaves_the_machine_alone(visit: Open, address: str) -> None:
    screen = visit(address)
    requests = screen.watch.requests
    assert {urlsplit(each.url).hostname for each in requests} <= {"127.0.0.1", None}  # None: data: and blob:
    assert "websocket" not in {each.resource_type for each in requests}
    assert 3 < len(requests) < 40
    assert screen.page.locator("html").get_attribute("lang") == "en-GB"
    assert screen.page.locator("h1").count() == 1
    assert screen.main.count() == 1


@pytest.mark.parametrize("address", THEMED)
def test_no_chart_offers_to_send_its_figures_anywhere(visit: Open, address: str) -> None:
    screen = visit(address)
    for plot in screen.plots.all():
        plot.hover()
        break
    assert (
        screen.page.locator("[data-title*=hare], [data-title*=loud], [data-title*=lotly], .logo").count() == 0
    )
    assert screen.page.get_by_text("cloud").count() == 0
    settings = screen.page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(
             ({_context: c}) => [c.showSendToCloud, c.plotlyServerURL, c.displaylogo])"""
    )
    assert settings == [[False, "", False]] * screen.plots.count()


def test_the_security_policy_allows_no_inline_or_made_up_scripts(visit: Open, server: str) -> None:
    screen = visit("/through-care")
    answer = screen.page.request.get(f"{server}/through-care")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    screen.page.evaluate(
        """() => { const made = document.createElement('script');
              made.text = 'window.ran = 1'; document.body.append(made); }"""
    )
    assert screen.page.evaluate("window.ran") is None
    assert [said for said in screen.watch.complaints if "policy" in said.lower()] != []
    screen.watch.complaints.clear()  # this one was asked for


def test_every_state_of_a_page_keeps_to_the_policy(visit: Open) -> None:
    screen = visit("/through-care")
    screen.plots.first.hover()
    screen.choose_area("redditch")
    screen.action(screen.panels.first, "Table").click()
    screen.action(screen.panels.first, "Definition").click()
    screen.view("Tables").check()
    screen.wait_for_address(view="tables")
    screen.view("Charts").check()
    screen.wait_until_drawn()
    assert screen.watch.complaints == []


def test_a_chart_is_saved_as_a_picture_with_its_words(visit: Open, tmp_path: Path) -> None:
    screen = visit("/through-care")
    with screen.page.expect_download() as waiting:
        screen.action(screen.panels.first, "PNG").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    raw = saved.read_bytes()
    assert saved.suffix == ".png"
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(raw[16:20]), int.from_bytes(raw[20:24])
    plot = screen.plots.first.bounding_box()
    assert plot is not None
    assert width > plot["width"]
    assert height > plot["height"] + 60  # the title above it, the source below
    assert len(raw) > 15_000


def test_the_figures_of_a_chart_are_downloaded_as_csv(visit: Open) -> None:
    screen = visit("/through-care?area=redditch&period=2020-21-Q4")
    with screen.page.expect_download() as waiting:
        screen.panels.first.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Indicator,Statistic,Area,Basis,Period")
    assert all("Redditch" in line or "Worcestershire" in line or "official" in line for line in lines[1:])
    assert len(lines) > 3


def test_the_server_says_nothing_of_an_error(visit: Open, server_log: Path) -> None:
    screen = visit("/front-door?area=nowhere")
    expect(screen.notes).to_be_visible()
    said = server_log.read_text()
    assert "Traceback" not in said
    assert "ERROR" not in said
