"""The internal dashboard in a browser: its mark in sight, on paper and in pictures, and in nobody's way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.audiences import MARK
from tests.browser.serving import serve
from tests.browser.test_accessibility import RULES
from tests.web.audiences import CANARY, NAMED, write_release
from tests.web.test_disclosure import PROOF, RELEASE, write

CARE = "/through-care?area=redditch"
Pages = dict[int, Page]


@pytest.fixture(scope="module")
def internal(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the internal dashboard, with a proof of the public release beside it."""
    data, log = tmp_path_factory.mktemp("internal"), tmp_path_factory.mktemp("log") / "server.log"
    current = (released / "releases" / "public" / "CURRENT").read_text("utf-8").strip()
    write_release(data, released / "releases" / "public" / current, "internal", CANARY)
    (data / "releases" / "public").mkdir()
    (data / "releases" / "public" / "CURRENT").write_text(f"{RELEASE}\n", encoding="utf-8")
    (data / "audits" / "public").mkdir(parents=True)
    write(data, PROOF)
    settings = {
        "DASHBOARD_DATA": str(data),
        "DASHBOARD_AUDIENCE": "internal",
        "DASHBOARD_SIGN_IN": "proxy",
        "DASHBOARD_SIGN_IN_HEADER": next(iter(NAMED)),
    }
    with serve(log, **settings) as address:
        yield address


@pytest.fixture
def pages(browser: Browser, internal: str) -> Iterator[Pages]:
    """A page of a wide window and one of a narrow one, of somebody who is signed in."""
    contexts = {
        width: browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=internal,
            extra_http_headers=NAMED,
            locale="en-GB",
        )
        for width in (1400, 390)
    }
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


def open_drawn(page: Page, address: str = CARE) -> Page:
    page.goto(address)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    return page


@pytest.mark.parametrize("address", [CARE, "/disclosure", "/disclosure?indicator=contacts", "/releases"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(pages: Pages, address: str, width: int) -> None:
    page = pages[width]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1400, 390])
def test_the_mark_stays_in_sight_and_hides_nothing_that_has_the_focus(pages: Pages, width: int) -> None:
    page = open_drawn(pages[width])
    bar = page.locator(".internal-bar")
    page.evaluate("scrollTo(0, 1500)")
    place = bar.bounding_box()
    assert place is not None
    assert place["y"] == 0
    assert bar.inner_text() == MARK
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert focused >= place["height"]


def test_the_marks_across_the_page_let_clicks_through(pages: Pages) -> None:
    page = open_drawn(pages[1400])
    page.get_by_role("link", name="About").click()
    page.wait_for_url("**/about**")
    assert page.title().startswith(MARK)


def test_the_title_keeps_the_mark_when_the_choice_changes(pages: Pages) -> None:
    page = open_drawn(pages[1400])
    page.locator("#area").select_option("wychavon")
    expect(page).to_have_title(re.compile(f"^{MARK} .*Wychavon"))


def test_on_paper_the_mark_stands_on_the_first_page_and_across_every_one(pages: Pages) -> None:
    page = open_drawn(pages[1400])
    page.emulate_media(media="print")
    bar, across = page.locator(".internal-bar"), page.locator(".internal-mark")
    assert bar.is_visible()
    assert bar.evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
    assert across.is_visible()
    assert across.evaluate("node => getComputedStyle(node).position") == "fixed"  # repeated on each page


def test_a_saved_picture_says_what_it_is_in_its_name_and_in_itself(pages: Pages) -> None:
    page = open_drawn(pages[1400])
    page.evaluate("""() => {
      const write = CanvasRenderingContext2D.prototype.fillText;
      window.written = [];
      CanvasRenderingContext2D.prototype.fillText = function (text) {
        window.written.push(text);
        return write.apply(this, arguments);
      };
    }""")
    with page.expect_download() as saving:
        page.locator("[data-action=picture]").first.click()
    assert saving.value.suggested_filename.startswith("internal-")
    written = page.evaluate("window.written")
    assert written[0] == MARK
    assert written.count(MARK) > 5
