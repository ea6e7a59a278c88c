"""The figures for programs, through the real server: the release and nothing else, quickly and strictly."""

import csv
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.audiences import MARK
from dashboard.settings import Settings
from dashboard.views.elsewhere import PARAMETERS
from dashboard.web.server import Site, create_app, warm_up
from tests.web.audiences import AS_SHOWN, internal_settings

FIGURES, INDICATORS = "/api/v1/figures", "/api/v1/indicators"
ADDRESSES = (INDICATORS, FIGURES)


@pytest.fixture(scope="module")
def site(released: Path) -> Site:
    app = create_app(Settings(released))
    warm_up(app)
    return app


@pytest.fixture
def client(site: Site) -> Iterator[FlaskClient]:
    with site.server.test_client() as client:
        yield client


def ask(client: FlaskClient, address: str = FIGURES, **given: str) -> dict[str, Any]:
    response = client.get(address, query_string=given or None)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    told: dict[str, Any] = json.loads(response.data)
    return told


def read_release(released: Path) -> list[dict[str, str]]:
    """The rows of the release's own file."""
    folder = released / "releases" / "public"
    name = (folder / "CURRENT").read_text("utf-8").strip()
    with (folder / name / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_of_the_release_can_be_had_page_by_page(client: FlaskClient, released: Path) -> None:
    of = ("indicator", "statistic", "area", "basis", "period", "characteristic", "category")
    held = read_release(released)
    often = Counter(tuple(row[name] for name in of) for row in held)
    wanted = {
        tuple(row[name] for name in of): (row["value"] or None, row["symbol"] or None)
        for row in held
        if often[tuple(row[name] for name in of)] == 1  # of several in one place the store prefers one
    }
    got: dict[tuple[str, ...], tuple[object, object]] = {}
    address: str | None = f"{FIGURES}?limit=5000"
    while address:
        told = ask(client, address)
        for figure in told["figures"]:
            key = tuple(figure[name] or "" for name in of)
            assert key not in got
            got[key] = figure["value"], figure["symbol"]
        address = told["next"]
    assert len(got) == told["total"] == len(often)
    for key, (value, symbol) in wanted.items():
        assert got[key] == (float(value) if value else None, symbol)


def test_a_narrow_question_is_answered_as_a_look_through_the_file_would(
    client: FlaskClient, released: Path
) -> None:
    given = {"indicator": "looked_after_children", "area": "redditch,england", "characteristic": "none"}
    told = ask(client, **given, limit="5000")
    held = {
        (row["area"], row["basis"], row["statistic"], row["period"])
        for row in read_release(released)
        if row["indicator"] == given["indicator"] and row["area"] in given["area"].split(",")
        if not row["characteristic"]
    }
    assert {
        (each["area"], each["basis"], each["statistic"], each["period"]) for each in told["figures"]
    } == held
    assert told["total"] == len(held) > 10


def test_every_hidden_figure_is_null(client: FlaskClient) -> None:
    told = ask(client, area="redditch", limit="5000")
    hidden = [each for each in told["figures"] if each["symbol"] == "c"]
    assert len(hidden) > 10
    assert {each["value"] for each in hidden} == {None}
    assert all(each["source"] for each in told["figures"])


def test_the_examples_of_the_about_page_are_answered(client: FlaskClient) -> None:
    page = client.get("/about").text
    for example in (INDICATORS, f"{FIGURES}?indicator=looked_after_children"):
        assert f'href="{example}' in page
    for parameter in PARAMETERS:
        assert client.get(FIGURES, query_string={parameter.name: parameter.example}).status_code == 200
    told = ask(client, indicator="looked_after_children", area="worcestershire", basis="official")
    assert told["total"] > 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_figures_takes_less_than_a_twentieth_of_a_second(client: FlaskClient, address: str) -> None:
    client.get(address)
    taken = []
    for number in range(9):
        query = {"offset": str(8000 * number)} if address == FIGURES else {}
        start = time.perf_counter()
        client.get(address, query_string=query, headers={"Accept-Encoding": "br"})
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < 0.05


# --- what is sent with it -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, address: str) -> None:
    for encoding in ("identity", "gzip", "br"):
        headers = {"Accept-Encoding": encoding}
        first = client.get(address, headers=headers)
        assert first.headers["Cache-Control"] == "private, no-cache"
        assert "Accept-Encoding" in first.headers["Vary"]
        again = client.get(address, headers=headers | {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_another_question_has_another_tag_and_the_same_one_in_other_words_has_not(
    client: FlaskClient,
) -> None:
    def tag(query: str) -> str:
        return client.get(f"{FIGURES}?{query}").headers["ETag"]

    assert tag("area=redditch,wychavon") == tag("limit=100&area=wychavon,redditch")
    assert len({tag(each) for each in ("area=redditch", "area=wychavon", "area=redditch&offset=1", "")}) == 4


def test_answers_are_compressed(client: FlaskClient) -> None:
    sizes = [
        len(client.get(FIGURES, headers={"Accept-Encoding": encoding}).data)
        for encoding in ("identity", "br")
    ]
    assert sizes[1] * 10 < sizes[0]


# --- what is refused ------------------------------------------------------------------------------


def test_what_is_not_understood_is_refused_with_all_that_is_wrong(client: FlaskClient) -> None:
    response = client.get(f"{FIGURES}?area=reditch&area=x&limit=0&colour=red&basis=lokal")
    assert response.status_code == 400
    told = json.loads(response.data)
    assert set(told) == {"error", "message", "problems", "documentation"}
    assert told["message"].startswith("5 things in this request are not understood.")
    assert {each["parameter"] for each in told["problems"]} == {"area", "limit", "colour", "basis"}
    near = {(each["parameter"], each.get("nearest")) for each in told["problems"]}
    assert {("area", "redditch"), ("limit", "1"), ("basis", "local")} <= near
    assert "ETag" not in response.headers


def test_the_list_of_indicators_is_asked_nothing(client: FlaskClient) -> None:
    assert client.get(f"{INDICATORS}?limit=1").status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_changed(client: FlaskClient, method: str, address: str) -> None:
    response = client.open(address, method=method, json={"value": 1})
    assert response.status_code == 405
    assert set(json.loads(response.data)) == {"error", "message"}


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v1/figures/", "/api/v2/figures", "/api/"])
def test_an_address_that_is_none_is_told_in_json(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert json.loads(response.data)["error"]


HOSTILE = (
    "' OR 1=1 --",
    "../../etc/passwd",
    "<script>",
    "\x00",
    "%00",
    "*",
    "x" * 5000,
    "ｒｅｄｄｉｔｃｈ",
    "None",
)


@pytest.mark.parametrize("name", [each.name for each in PARAMETERS])
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_any_value_is_answered_in_words(client: FlaskClient, name: str, value: str) -> None:
    response = client.get(FIGURES, query_string={name: value})
    assert response.status_code == 400
    assert response.mimetype == "application/json"
    assert len(response.data) < 10_000
    assert [each["parameter"] for each in json.loads(response.data)["problems"]] == [name]


def test_a_long_list_of_what_is_not_known_is_refused_quickly(client: FlaskClient) -> None:
    words = ",".join(f"word_{number}" for number in range(1000))
    start = time.perf_counter()
    response = client.get(FIGURES, query_string={"indicator": words} | {f"n{n}": "x" for n in range(1000)})
    assert response.status_code == 400
    assert time.perf_counter() - start < 1


# --- two audiences --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def apps(both: Path) -> dict[str, Site]:
    return {"public": create_app(Settings(both)), "internal": create_app(internal_settings(both))}


@pytest.fixture
def internal(apps: Mapping[str, Site]) -> FlaskClient:
    client: FlaskClient = apps["internal"].server.test_client()
    client.environ_base["HTTP_X_REMOTE_USER"] = "somebody"
    return client


def test_each_audience_is_told_its_own_figures(apps: Mapping[str, Site], internal: FlaskClient) -> None:
    asked = f"{FIGURES}?indicator=looked_after_children&area=redditch"
    told = {True: internal.get(asked).text, False: apps["public"].server.test_client().get(asked).text}
    assert {is_internal: bool(AS_SHOWN.search(text)) for is_internal, text in told.items()} == {
        True: True,
        False: False,
    }
    assert {is_internal: MARK in text for is_internal, text in told.items()} == {True: True, False: False}


@pytest.mark.parametrize("address", ADDRESSES)
def test_internal_figures_are_kept_nowhere_and_given_to_nobody_without_a_name(
    apps: Mapping[str, Site], internal: FlaskClient, address: str
) -> None:
    response = internal.get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "ETag" not in response.headers
    nobody = apps["internal"].server.test_client().get(address)
    assert nobody.status_code == 401
    assert len(nobody.data) < 500


def test_nothing_that_is_asked_makes_a_public_answer_internal(apps: Mapping[str, Site]) -> None:
    client = apps["public"].server.test_client()
    plain = client.get(f"{FIGURES}?area=redditch")
    for headers in ({"X-Remote-User": "me", "X-Audience": "internal"}, {"Cookie": "audience=internal"}):
        assert client.get(f"{FIGURES}?area=redditch", headers=headers).data == plain.data
    assert client.get(f"{FIGURES}?audience=internal").status_code == 400
