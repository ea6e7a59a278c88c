"""Addresses made by hand: no path leads out of what is served, and no file holds more than its page."""

import re

import pytest
from flask.testing import FlaskClient

from tests.attacks.conftest import Published
from tests.attacks.crawl import read_answer
from tests.attacks.replies import AREAS, PERIODS, check

CLIMBS = ("../", "..%2f", "%2e%2e/", "..%5c", "....//", "%252e%252e%252f", "..;/", "/", "%00/../")
FILES = ("data/releases/public/CURRENT", "data/observations/planted.csv", "app.py", "etc/passwd")
ROOTS = (
    "/assets/",
    "/static/",
    "/download/through-care/",
    "/download/",
    "/api/v1/",
    "/_dash-component-suites/dash/",
    "/",
)
PANELS = (
    "looked-after-number%00",
    "../number",
    "%2e%2e%2fnumber",
    "__class__",
    "number.csv",
    "*",
    "númber",
    "x" * 900,
)


@pytest.mark.parametrize("root", ROOTS)
def test_no_path_leads_to_a_file_that_is_not_served(
    client: FlaskClient, canaries: set[float], planted: Published, root: str
) -> None:
    for climb in CLIMBS:
        for file in FILES:
            for path in (f"{root}{climb * 4}{file}{kind}" for kind in ("", ".csv", ".xlsx")):
                answer = read_answer(client.get(path))
                check(answer, canaries, planted)
                assert answer.status in {301, 308, 400, 404}, path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("panel", PANELS)
def test_no_panel_but_one_of_the_page_is_downloaded(
    client: FlaskClient, canaries: set[float], planted: Published, panel: str, kind: str
) -> None:
    answer = read_answer(client.get(f"/download/through-care/{panel}.{kind}"))
    check(answer, canaries, planted)
    assert answer.status in {308, 404}


@pytest.mark.parametrize(
    ("control", "value"),
    [*[("area", each) for each in AREAS], *[("period", each) for each in PERIODS]],
    ids=lambda given: repr(given)[:40],
)
def test_a_download_of_what_is_not_offered_is_one_that_is(
    client: FlaskClient, canaries: set[float], planted: Published, control: str, value: object
) -> None:
    path = "/download/through-care/looked-after-number.csv"
    answer = read_answer(client.get(path, query_string={control: str(value)[:3000]}))
    check(answer, canaries, planted)
    name = re.search(
        r'filename="through-care-looked-after-number-(.+)-(20\d\d-\d\d(?:-Q\d)?)\.csv"', str(answer.headers)
    )
    assert name is not None
    usual = client.get(path, query_string={"area": name[1], "period": name[2]})
    assert usual.data == answer.body


@pytest.mark.parametrize(
    ("name", "value"),
    [*[("area", each) for each in AREAS], *[(name, each) for name in ("from", "to") for each in PERIODS]],
    ids=lambda given: repr(given)[:40],
)
def test_a_program_that_asks_for_what_means_nothing_is_refused(
    client: FlaskClient, canaries: set[float], planted: Published, name: str, value: object
) -> None:
    answer = read_answer(client.get("/api/v1/figures", query_string={name: str(value)[:3000]}))
    check(answer, canaries, planted)
    known = {"outside-county", "not-known", "england", "malvern-hills,redditch", "CY2021", "2021-M09"}
    assert answer.status == (200 if str(value) in known else 400)
    assert len(answer.body) < 10_000 or answer.status == 200
