"""Finding a measure: by name, by what people call it, by its number; and whatever else is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.audiences import MARK
from dashboard.indicators import load_indicators
from dashboard.page_parts import address_of
from dashboard.settings import DATA, Settings
from dashboard.views.depth import Entry, Index, words_of
from dashboard.views.explore import EXPLORE, key_of
from dashboard.views.page import Page
from dashboard.views.shapes import Link
from dashboard.web.find import ADDRESS, draw_box, find_entries, list_entries
from dashboard.web.markup import as_html, as_plain
from dashboard.web.reader import Reading
from dashboard.web.server import create_app, warm_up
from tests.web.audiences import NAMED, internal_settings
from tests.web.samples import SampleReader

IN_TOUCH = "Care leavers in touch, all ages"
ENTRIES = [
    Entry(
        Link(each.title, f"{address_of(key_of(each.id))}?area=worcestershire&period=2021-22-Q4"),
        str(each.measure or ""),
        each.definition,
        words_of(each),
    )
    for each in load_indicators(DATA).values()
]
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "%00",
    "\x00",
    "a\x00b\x1b[2J\u202e",
    "'; DROP TABLE figures; --",
    "../../etc/passwd",
    "{{7*7}}",
    "²",
    "m²",
    "٣",
    "0",
    "-1",
    "m",
    "9" * 100,
    "care " * 5000,
    "\n\r\nSet-Cookie: a=b",
    "//example.org",
    "\ud7ff\U0010ffff",
]


class FindingReader(SampleReader):
    """The sample reader with every measure of the catalogue behind it."""

    def find_page(self, path: str) -> str | None:
        return EXPLORE if path == f"/{EXPLORE}" else super().find_page(path)

    def build(self, reading: Reading) -> Page:
        return replace(super().build(reading), index=Index((("All", tuple(ENTRIES)),), len(ENTRIES)))


@pytest.fixture(scope="module")
def finder() -> Iterator[FlaskClient]:
    app = create_app(Settings(), FindingReader())
    warm_up(app)
    with app.server.test_client() as client:
        yield client


def titles(wanted: str) -> list[str]:
    return [entry.link.text for entry in find_entries(ENTRIES, wanted)]


def ask(client: FlaskClient, wanted: str, headers: Mapping[str, str] | None = None) -> str:
    response = client.get(f"{ADDRESS}?q={quote(wanted)}", headers=headers)
    assert response.status_code == 200
    return response.text


# --- what is found ----------------------------------------------------------------------------------


def test_a_title_finds_its_measure_first() -> None:
    assert titles(IN_TOUCH)[0] == IN_TOUCH
    assert titles("care leavers in touch")[0] == IN_TOUCH
    assert titles("CARE LEAVERS IN TOUCH")[0] == IN_TOUCH


@pytest.mark.parametrize(
    ("called", "title"),
    [
        ("CLA", "Looked after children"),
        ("CIN", "Children in need"),
        ("s47", "Child protection enquiries started"),
        ("placement stability", "Three or more placements in 12 months"),
        ("MASH", "Contacts received"),
    ],
)
def test_what_people_call_a_measure_finds_it(called: str, title: str) -> None:
    assert title in titles(called)


@pytest.mark.parametrize(
    "wanted",
    ["touch leavers care", "touch care leavers", "leavers  touch   care", "touch of the care leavers"],
)
def test_words_may_stand_in_any_order_and_small_ones_do_not_count(wanted: str) -> None:
    assert titles(wanted)[0] == IN_TOUCH
    assert set(titles(wanted)) == set(titles("care leavers touch"))


def test_every_word_has_to_be_there_where_one_measure_holds_them_all() -> None:
    found = find_entries(ENTRIES, "care leavers suitable")
    assert found
    assert all("suitable" in entry.words and "leaver" in entry.words for entry in found)


def test_where_none_holds_every_word_those_that_hold_the_most_are_found() -> None:
    assert set(titles("care leavers suitable zeppelin")) == set(titles("care leavers suitable"))


@pytest.mark.parametrize("wanted", ["re-referrals", "re referrals", "Re-Referrals"])
def test_a_hyphen_is_as_good_as_a_space(wanted: str) -> None:
    assert "eferr" in titles(wanted)[0]
    assert find_entries(ENTRIES, wanted) == find_entries(ENTRIES, "re referrals")


def test_an_apostrophe_may_be_straight_or_curly() -> None:
    entry = Entry(Link("Children’s homes", "/"), "", "", "children’s homes")
    assert find_entries([entry], "children's homes") == find_entries([entry], "children’s homes") == [entry]


@pytest.mark.parametrize("wanted", ["29", "m29", "M29", "measure 29", "the measure number 29", "029", "0029"])
def test_a_number_is_that_of_the_board_dataset(wanted: str) -> None:
    assert titles(wanted) == [IN_TOUCH]


@pytest.mark.parametrize("number", range(1, 33))
def test_every_number_finds_one_measure(number: int) -> None:
    assert len(titles(str(number))) == 1
    assert titles(f"m{number}") == titles(str(number))


@pytest.mark.parametrize("wanted", ["0", "33", "290", "00290", "9" * 100])
def test_a_number_that_no_measure_has_finds_nothing(wanted: str) -> None:
    assert titles(wanted) == []


def test_a_number_among_other_words_is_a_word() -> None:
    assert "Aged 16 or 17 in care and not in work or learning" in titles("neet 16")
    assert "Three or more placements in 12 months" in titles("placements 12")


@pytest.mark.parametrize("wanted", ["", " ", "\t\n", "-", "- -"])
def test_nothing_is_found_for_nothing(wanted: str) -> None:
    assert titles(wanted) == []


def test_what_nobody_counts_is_not_found() -> None:
    assert titles("zeppelin") == []


def test_an_answer_is_never_longer_than_one_page() -> None:
    assert len(titles("children")) <= 30
    assert len(titles("e")) == 30


def test_a_release_without_a_page_of_measures_has_none_to_find() -> None:
    assert list_entries(SampleReader(), {}) == []
    assert list_entries(FindingReader(), {}) == ENTRIES


# --- the answer -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "indicator"),
    [
        (IN_TOUCH, "care_leavers_in_touch"),
        (f"  {IN_TOUCH.upper()} ", "care_leavers_in_touch"),
        ("29", "care_leavers_in_touch"),
        ("measure 7", "three_or_more_placements"),
        ("Looked after children", "looked_after_children"),  # others begin with the same words
        ("Children in need", "children_in_need"),
    ],
)
def test_an_exact_name_or_number_leads_straight_to_its_page(
    finder: FlaskClient, wanted: str, indicator: str
) -> None:
    response = finder.get(f"{ADDRESS}?q={quote(wanted)}")
    assert response.status_code == 302
    assert response.headers["Location"].split("?")[0] == f"/explore/{indicator}"


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.link.href.split("?")[0] for entry in ENTRIES])
def test_every_title_leads_to_its_own_page(finder: FlaskClient, entry: Entry) -> None:
    response = finder.get(f"{ADDRESS}?q={quote(entry.link.text)}")
    assert response.headers["Location"] == entry.link.href


def test_several_are_listed_with_what_each_means(finder: FlaskClient) -> None:
    text = ask(finder, "care leavers touch")
    found = find_entries(ENTRIES, "care leavers touch")
    assert len(found) > 1
    assert f"{len(found)} measures for “care leavers touch”" in text
    for entry in found:
        assert f'<a href="{escape(entry.link.href)}">{escape(entry.link.text, quote=False)}</a>' in text
        assert escape(entry.definition, quote=False) in text
    assert "Board measure 29" in text


def test_where_no_measure_has_every_word_that_is_said(finder: FlaskClient) -> None:
    found = find_entries(ENTRIES, "care leavers zeppelin")
    said = f"No measure has every word of “care leavers zeppelin”. {len(found)} have some of them."
    assert said in ask(finder, "care leavers zeppelin")


def test_what_was_looked_for_stands_in_the_box_again(finder: FlaskClient) -> None:
    assert 'value="care leavers touch"' in ask(finder, "care leavers touch")


def test_nothing_found_is_said_with_a_way_on(finder: FlaskClient) -> None:
    text = ask(finder, "zeppelin")
    assert "No measure is called “zeppelin”. Try one word of its name." in text
    assert '<a href="/explore">Show every measure</a>' in text
    assert 'class="entries"' not in text


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?q=", f"{ADDRESS}?q=%20%20", f"{ADDRESS}?other=1"])
def test_a_blank_box_says_what_may_be_written_in_it(finder: FlaskClient, address: str) -> None:
    response = finder.get(address)
    assert response.status_code == 200
    assert (
        "Write a name such as “care leavers”, or a number of the board dataset such as 29." in response.text
    )


@pytest.mark.parametrize("wanted", HOSTILE, ids=repr)
def test_anything_may_be_typed_and_stays_a_text(finder: FlaskClient, wanted: str) -> None:
    response = finder.get(f"{ADDRESS}?q={quote(wanted)}")
    assert response.status_code in (200, 302)
    assert "Set-Cookie" not in response.headers
    if response.status_code == 302:
        assert response.headers["Location"].startswith("/explore/")
        return
    text = response.text
    assert text.count("<form") == 1
    for part in ("<script", "<img", "\x00", "\x1b", "\u202e"):
        assert part not in text
    assert len(text) < 40_000
    assert 'maxLength="100"' in text


def test_what_is_too_long_is_cut_and_not_repeated_in_full(finder: FlaskClient) -> None:
    text = ask(finder, "zeppelin " * 1000)
    assert text.count("zeppelin") < 50


def test_bytes_that_are_no_text_are_survived(finder: FlaskClient) -> None:
    assert finder.get(f"{ADDRESS}?q=%ff%fe%00").status_code == 200
    assert finder.get(f"{ADDRESS}?q=a&q=b").status_code == 200


def test_nothing_can_be_sent_there(finder: FlaskClient) -> None:
    assert finder.post(ADDRESS, data={"q": "29"}).status_code == 405


# --- the page and the box ---------------------------------------------------------------------------


def test_the_page_needs_no_script(finder: FlaskClient) -> None:
    text = ask(finder, "care leavers touch")
    assert "<script" not in text
    assert "<title>Find a measure</title>" in text
    assert text.count("<h1>") == 1
    assert '<html lang="en-GB">' in text


def test_a_form_may_be_sent_to_the_dashboard_and_nowhere_else(finder: FlaskClient) -> None:
    for address in (ADDRESS, "/"):
        policy = finder.get(address).headers["Content-Security-Policy"].split("; ")
        assert "form-action 'self'" in policy
        assert "default-src 'none'" in policy


def test_the_box_works_as_a_form_of_its_own() -> None:
    markup = as_html(as_plain(draw_box({"area": "redditch", "only": "x"}, "Care & “leavers”")))
    assert 'action="/find"' in markup
    assert 'method="get"' in markup
    assert 'role="search"' in markup
    assert 'name="q"' in markup
    assert 'value="Care &amp; “leavers”"' in markup
    assert '<label class="visually-hidden" for="find">Find a measure</label>' in markup
    assert '<button type="submit">Find</button>' in markup
    assert '<input type="hidden" name="area" value="redditch">' in markup
    assert 'name="only"' not in markup


@pytest.mark.parametrize("address", ["/", "/through-care", "/about"])
def test_the_box_is_at_the_top_of_every_page_before_any_script(finder: FlaskClient, address: str) -> None:
    text = finder.get(address).text
    paint = text.split('id="first-paint"')[1]
    assert paint.index('role="search"') < paint.index('aria-label="Areas of work"')
    assert paint.count('id="find"') == 1


def test_it_is_kept_by_no_one_and_told_to_no_search_engine_for_the_internal_audience(tmp_path: Path) -> None:
    app = create_app(internal_settings(tmp_path), FindingReader())
    client = app.server.test_client()
    assert client.get(f"{ADDRESS}?q=zeppelin").status_code == 401
    response = client.get(f"{ADDRESS}?q=zeppelin", headers=NAMED)
    assert response.status_code == 200
    assert f"<title>{MARK} – Find a measure</title>" in response.text
    assert f"<strong>{MARK}</strong>" in response.text
    assert "/assets/internal.css" in response.text
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_the_public_answer_has_no_mark(finder: FlaskClient) -> None:
    assert MARK not in ask(finder, "zeppelin")
