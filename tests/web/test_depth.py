"""What stands round a measure's charts, the list of all measures, and the page of one as it is served."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dashboard.charts.process import COLOURS
from dashboard.settings import Settings
from dashboard.statistics.processes import Assurance
from dashboard.views.depth import Answer, Depth, Entry, Index
from dashboard.views.drawn import CSV_COLUMNS
from dashboard.views.knowing import Knowing
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Definition, Link, Tab
from dashboard.web import marks
from dashboard.web.depth import draw_depth, draw_index, draw_meaning
from dashboard.web.markup import as_html, as_plain
from dashboard.web.server import create_app, warm_up
from tests.web.conftest import make_body, read_view

USUAL = Answer("Is 85% unusual?", "No: 85% is within the usual range", "Expect …", Judgement.USUAL)
WORSE = Answer("Is 78% unusual?", "Yes: 78% is lower than usual", "Expect …", Judgement.WORSE)
MISSED = Answer("Will it meet 95%?", "Not as things are", "None …", assurance=Assurance.ALWAYS_MISSES)
OPEN = Answer("Will it meet 90%?", "This cannot be said", "Too few points.")
PAGE = "/explore/care_leavers_in_touch"


def depth(*answers: Answer) -> Depth:
    return Depth(
        "Measure 29 of the board dataset · Through care",
        answers,
        (Tab("As fits", "/explore/x", False), Tab("By year", "/explore/x/year", True)),
        Definition("x", "In touch", "Care leavers in touch.", "It matters.", (("Counted", "Every month"),)),
    )


def write(*drawn: Any) -> str:
    return as_html(as_plain(list(drawn)))


def draw(image: Any) -> ElementTree.Element:
    """The drawing in an image that says nothing of its own: the words beside it do."""
    assert image.alt == ""
    return ElementTree.fromstring(unquote(image.src).removeprefix("data:image/svg+xml,"))  # noqa: S314


# --- looking back -----------------------------------------------------------------------------------


def test_what_moved_it_may_be_counted_from_another_period() -> None:
    ends = (
        Tab("the history shown", "/explore/x", True),
        Tab("Q4 2020/21", "/explore/x?from=2020-21-Q4", False),
    )
    others = (Tab("Q3 2020/21", "/explore/x?from=2020-21-Q3", False),)
    markup = write(*draw_depth(replace(depth(USUAL), ends=ends, others=others)))
    assert 'aria-labelledby="moved-since"' in markup
    assert '<a href="/explore/x" aria-current="true">the history shown</a>' in markup
    assert markup.index("Another period") < markup.index("Q3 2020/21")
    assert "moved-since" not in write(*draw_depth(depth(USUAL)))


def test_both_ways_of_looking_back_stand_with_what_was_published_anew() -> None:
    ways = (
        Tab("As known now", "/explore/x", True),
        Tab("As known on 1 May 2021", "/explore/x?known=then", False),
    )
    knowing = Knowing(ways, "", ("England: published as 324, and as 330.1 since.", "Rebased."))
    markup = write(*draw_depth(replace(depth(USUAL), knowing=knowing)))
    assert '<a href="/explore/x?known=then">As known on 1 May 2021</a>' in markup
    assert "England: published as 324, and as 330.1 since. Rebased." in markup


# --- answers ----------------------------------------------------------------------------------------


def test_a_question_is_a_heading_and_its_answer_stands_under_it() -> None:
    markup = write(*draw_depth(depth(USUAL)))
    assert '<h2 class="question">Is 85% unusual?</h2>' in markup
    assert "<b>No: 85% is within the usual range</b>" in markup
    assert "<p>Expect …</p>" in markup
    assert "Measure 29 of the board dataset · Through care" in markup


@pytest.mark.parametrize(
    ("answer", "sign", "tone"),
    [
        (USUAL, marks.state(Judgement.USUAL), "usual"),
        (WORSE, marks.state(Judgement.WORSE), "worse"),
        (MISSED, marks.assurance(Assurance.ALWAYS_MISSES), "worse"),
        (OPEN, marks.no_answer(), "open"),
    ],
)
def test_an_answer_has_a_sign_and_a_tone_that_say_the_same(answer: Answer, sign: Any, tone: str) -> None:
    markup = write(*draw_depth(depth(answer))).split('class="key"')[0]
    assert f'class="answered {tone}"' in markup
    assert markup.count("<img") == 1
    assert write(sign) in markup


def test_how_long_each_period_is_can_be_chosen_and_the_open_one_is_marked() -> None:
    markup = write(*draw_depth(depth()))
    assert '<nav class="ways" aria-label="How long each period is">' in markup
    assert '<a href="/explore/x/year" aria-current="page">By year</a>' in markup
    assert '<a href="/explore/x">As fits</a>' in markup


def test_the_key_names_every_sort_of_point() -> None:
    key = write(*draw_depth(depth())).split('class="key"')[1]
    assert key.count("<li>") == len(Judgement) == 4
    for said in (
        "Usual variation",
        "in the good direction",
        "in the bad direction",
        "neither direction is good",
    ):
        assert said in key


def test_what_it_counts_stands_under_the_charts() -> None:
    markup = write(*draw_meaning(depth()))
    assert '<h2 id="what-it-counts">What it counts</h2>' in markup
    assert "Care leavers in touch." in markup
    assert "It matters." in markup
    assert "<h4>" not in markup  # the page has its title already, and no heading is passed over


# --- signs ------------------------------------------------------------------------------------------


def test_every_sort_of_point_has_a_sign_of_another_shape_in_its_colour() -> None:
    first = {each: draw(marks.state(each))[0] for each in Judgement}
    assert first[Judgement.USUAL].get("fill") == "#fff"
    for judgement, shape in first.items():
        assert COLOURS[judgement] in (shape.get("fill"), shape.get("stroke"))
    assert first[Judgement.BETTER].tag.endswith("circle")
    assert first[Judgement.WORSE].get("d") != first[Judgement.SPECIAL].get("d")


@pytest.mark.parametrize("judgement", [Judgement.BETTER, Judgement.WORSE, Judgement.SPECIAL])
def test_a_sign_points_up_or_down(judgement: Judgement) -> None:
    up, down = draw(marks.state(judgement, up=True)), draw(marks.state(judgement, up=False))
    assert not [part for part in up.iter() if part.get("transform")]
    assert [part.get("transform") for part in down.iter() if part.get("transform")] == ["rotate(180 11 11)"]


def test_whether_a_target_is_met_is_a_tick_a_cross_or_a_question_in_a_square() -> None:
    drawn = {each: draw(marks.assurance(each)) for each in Assurance}
    assert all(square[0].tag.endswith("rect") for square in drawn.values())
    assert len({square[1].get("d") for square in drawn.values()}) == 3
    colours = {each: square[0].get("stroke") for each, square in drawn.items()}
    assert colours == {
        Assurance.ALWAYS_MEETS: COLOURS[Judgement.BETTER],
        Assurance.HIT_OR_MISS: COLOURS[Judgement.USUAL],
        Assurance.ALWAYS_MISSES: COLOURS[Judgement.WORSE],
    }


def test_that_nothing_can_be_said_has_a_sign_of_its_own() -> None:
    (group,) = draw(marks.no_answer())
    assert group[0].get("stroke-dasharray")
    assert len(group) == 2


# --- every measure ----------------------------------------------------------------------------------


def test_the_list_is_headed_by_area_of_work_and_every_measure_is_a_link() -> None:
    entry = Entry(Link("In touch", "/explore/x?area=redditch"), "29", "Who is in touch.", "in touch m29 29")
    other = Entry(Link("Contacts", "/explore/y"), "", "Who got in touch.", "contacts")
    markup = write(*draw_index(Index((("Through care", (entry,)), ("Front door", (other,))), 2)))
    assert re.findall("<h2>(.*?)</h2>", markup) == ["Through care", "Front door"]
    assert (
        '<a href="/explore/x?area=redditch">In touch</a><span class="quiet">Board measure 29</span>' in markup
    )
    assert '<a href="/explore/y">Contacts</a></div><p>Who got in touch.</p>' in markup
    assert markup.startswith('<p class="quiet">2 measures. Press / on any page to find one by name.</p>')


# --- as it is served --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visitor(released: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(released))
    warm_up(app)
    with app.server.test_client() as client:
        yield client


def test_a_measures_page_arrives_with_its_words(visitor: FlaskClient) -> None:
    text = visitor.get(f"{PAGE}?period=2019-20-Q1").text
    assert "<title>Care leavers in touch, all ages, Worcestershire, Q1 2019/20</title>" in text
    paint = text.split('id="first-paint"')[1]
    for said in (
        "Is 85% at 30 June 2019 unusual?",
        "Will it meet the target of 95%?",
        "Expect anything from 79.8% to 86.7% if nothing changes.",
        "XmR chart, from 12 points.",
        "What it counts",
    ):
        assert said in paint
    assert paint.index("Is 85% at") < paint.index('id="charts"') < paint.index("What it counts")


@pytest.mark.parametrize("address", ["/explore/nothing", f"{PAGE}/week", f"{PAGE}/year/more", "/explore/%00"])
def test_a_measure_that_there_is_not_is_not_found(visitor: FlaskClient, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 404
    assert "There is no page at this address" in response.text


def test_the_list_of_measures_has_no_panels_and_leads_to_every_one(visitor: FlaskClient) -> None:
    text = visitor.get("/explore?area=redditch").text
    addresses = set(re.findall(r'href="(/explore/[a-z0-9_]+)\?area=redditch&amp;', text))
    assert len(addresses) == 132
    assert PAGE in addresses
    assert "figure class" not in text


def test_another_choice_changes_the_answers_too(visitor: FlaskClient) -> None:
    key = PAGE.removeprefix("/")
    county = read_view(visitor.post("/_dash-update-component", json=make_body(key, period="2019-20-Q1")))
    district = read_view(
        visitor.post("/_dash-update-component", json=make_body(key, period="2019-20-Q1", area="worcester"))
    )
    assert county["panels"] == district["panels"]
    assert district["address"].startswith(f"{PAGE}?area=worcester&period=2019-20-Q1")
    words = {view["chosen"]["area"]: dict(view["words"]) for view in (county, district)}
    assert words["worcestershire"]["depth"] != words["worcester"]["depth"]
    assert {"depth", "meaning", "rules-over-time"} <= set(words["worcester"])


@pytest.mark.parametrize("panel", ["over-time", "by-year-percentage", "districts"])
def test_a_measures_charts_can_be_downloaded(visitor: FlaskClient, panel: str) -> None:
    response = visitor.get(f"/download{PAGE}/{panel}.csv?area=redditch&period=2021-22-Q4")
    assert response.status_code == 200
    name = f"explore-care_leavers_in_touch-{panel}-redditch-2021-22-Q4.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    heading, *rows = csv.reader(io.StringIO(response.data.decode("utf-8-sig")))
    assert tuple(heading) == CSV_COLUMNS
    assert rows
    assert {row[0] for row in rows} == {"Care leavers in touch, all ages"}


def test_a_page_by_the_length_of_its_periods_has_files_of_its_own(visitor: FlaskClient) -> None:
    months, years = (
        visitor.get(f"/download{PAGE}/{grain}/over-time.csv?period=2019-20-Q1").data.decode("utf-8-sig")
        for grain in ("month", "year")
    )
    assert months.count("\n") > years.count("\n") > 1


@pytest.mark.parametrize(
    "address",
    [
        f"/download{PAGE}/nothing.csv",
        "/download/explore/nothing/over-time.csv",
        "/download/explore/over-time.csv",
    ],
)
def test_a_chart_that_there_is_not_cannot_be_downloaded(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_the_links_to_files_are_those_that_are_served(visitor: FlaskClient) -> None:
    text = visitor.get(f"{PAGE}?period=2021-22-Q4").text.replace("&amp;", "&")
    addresses = re.findall(r'href="(/download/[^"]+)"', text)
    assert len(addresses) >= 6
    assert {visitor.get(address).status_code for address in addresses} == {200}
