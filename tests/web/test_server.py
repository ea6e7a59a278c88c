"""Every page and every change, through Flask's test client."""

import json
import re
from html import escape
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.settings import Settings
from dashboard.web.markup import as_html
from dashboard.web.server import create_app, warm_up
from tests.web.conftest import Choose, make_body, read_view, walk
from tests.web.samples import AREAS, PAGES, PERIODS, SampleReader

EVERY_PAGE = [address for _, address in PAGES.values()]


def read_layout(client: FlaskClient, at: str, narrow: bool = False) -> Any:
    query = {"at": at} | ({"narrow": "1"} if narrow else {})
    return json.loads(client.get("/_dash-layout", query_string=query).data)


def find(layout: object, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(node["props"] for node in walk(layout) if node["props"].get("id") == name)
    return found


@pytest.mark.parametrize("address", EVERY_PAGE)
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("period", PERIODS)
def test_every_page_opens_for_every_area_and_period(
    client: FlaskClient, address: str, area: str, period: str
) -> None:
    choice = f"{address}?area={area}&period={period}"
    document = client.get(choice)
    assert document.status_code == 200
    title = next(title for title, at in PAGES.values() if at == address)
    assert f"<title>{title}, {AREAS[area]}, {PERIODS[period]}</title>" in document.text
    assert "Error" not in document.text
    assert "Traceback" not in document.text
    assert read_layout(client, choice)["props"]["className"].startswith("page page-")


def test_the_first_paint_holds_the_words_of_the_page(client: FlaskClient) -> None:
    text = client.get("/through-care?area=redditch").text
    assert '<html lang="en-GB">' in text
    assert "More children in care in Redditch than in England" in text
    assert '<option value="redditch" selected>Redditch</option>' in text
    assert " style=" not in text


def test_the_layout_holds_the_first_two_charts_and_the_rest_ride_in_the_store(client: FlaskClient) -> None:
    layout = read_layout(client, "/through-care?area=redditch")
    drawn = [node["props"] for node in walk(layout["props"]["children"]) if node["type"] == "Graph"]
    in_place = [props["id"] for props in drawn if props["id"] in {"graph-rate", "graph-flows"}]
    assert in_place == ["graph-rate", "graph-flows"]
    assert all(props["figure"]["data"] for props in drawn)
    waiting = [name for name, _ in find(layout, "view")["data"]["charts"]]
    assert waiting == ["plot-placements", "plot-mix", "plot-missing", "plot-homes", "plot-carers"]


def test_charts_are_drawn_for_the_width_of_the_window(client: FlaskClient) -> None:
    wide, narrow = (read_layout(client, "/through-care", narrow) for narrow in (False, True))
    heights = [find(layout, "graph-rate")["style"]["height"] for layout in (wide, narrow)]
    assert heights == ["300px", "270px"]
    assert find(narrow, "narrow")["data"] is True


def test_no_chart_has_buttons_that_lead_elsewhere(client: FlaskClient) -> None:
    configs = [
        node["props"]["config"]
        for node in walk(read_layout(client, "/through-care"))
        if node["type"] == "Graph"
    ]
    assert configs
    assert all(config["displayModeBar"] is False for config in configs)
    assert all(config["showSendToCloud"] is False and config["plotlyServerURL"] == "" for config in configs)


def test_a_change_answers_with_everything_that_the_page_shows(choose: Choose) -> None:
    view = read_view(choose(area="redditch", period="2021-22"))
    assert view["address"].startswith("/through-care?area=redditch&period=2021-22&")
    assert view["title"] == "Through care, Redditch, 2021/22"
    assert view["chosen"]["area"] == "redditch"
    assert [name for name, _ in view["charts"]] == [f"plot-{key}" for key in view["panels"]]
    words = dict(view["words"])
    assert "Redditch at 2021/22" in json.dumps(words["showing"])
    assert "area=redditch" in json.dumps(words["tabs"])
    assert "area=redditch" in dict(view["links"])["csv-rate"]
    assert view["tables"]["rate"][1] == ["At 31 March", "Redditch", "England", "Neighbours"]


def test_a_page_that_was_changed_is_the_page_that_is_opened(client: FlaskClient, choose: Choose) -> None:
    view = read_view(choose(area="redditch", compare=["statistical-neighbours", "england", "target"]))
    opened, layout = client.get(view["address"]).text, read_layout(client, view["address"])
    for name, words in view["words"]:
        assert f' id="{name}"' in opened, name
        assert as_html(words) in opened, name
    for _, address in view["links"]:
        assert f'href="{escape(address)}"' in opened
    store = find(layout, "view")["data"]
    assert store["controls"] == view["controls"]
    assert store["tables"] == view["tables"]
    charts = dict(view["charts"])
    for name, props in store["charts"]:
        assert charts[name] == props


def test_dash_looks_after_controls_and_charts_and_no_words(client: FlaskClient) -> None:
    layout = read_layout(client, "/through-care")
    find(layout, "view").pop("data")
    assert "Looked after children" not in json.dumps(layout)
    places = [node["props"] for node in walk(layout) if "data-words" in node["props"]]
    assert len(places) > 30
    assert all("children" not in props for props in places)
    assert sum(1 for _ in walk(layout)) < 200


def test_a_panel_with_nothing_to_draw_says_why(choose: Choose) -> None:
    charts = dict(read_view(choose(area="redditch"))["charts"])
    said = json.dumps(charts["plot-carers"])
    assert "There is nothing to draw here." in said
    assert "This measure exists for Worcestershire only" in said
    assert "Graph" not in said


def test_nothing_compared_is_not_the_same_as_nothing_said(choose: Choose) -> None:
    assert read_view(choose(compare=[]))["chosen"]["compare"] == []


def test_ids_are_used_once_on_a_page(client: FlaskClient) -> None:
    for address in EVERY_PAGE:
        layout = read_layout(client, address)
        store = find(layout, "view").pop("data")
        ids = [node["props"]["id"] for node in walk(layout) if "id" in node["props"]]
        assert len(ids) == len(set(ids)), address
        assert store["address"].startswith(address)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_what_a_label_link_or_button_refers_to_is_there_once(client: FlaskClient, address: str) -> None:
    text = client.get(address).text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        assert set(re.findall(rf' {attribute}="([^"]+)"', text)) <= set(ids)
    assert set(re.findall(r' href="#([^"]+)"', text)) <= set(ids)


def test_a_broken_address_shows_the_home_page(client: FlaskClient) -> None:
    for at in ("", "//[", "nowhere", "/nowhere?area=redditch", "%00", "/?" + "a=b&" * 500):
        assert read_layout(client, at)["props"]["className"] == "page page-at-a-glance"


def test_dash_finds_every_element_of_its_callbacks_on_every_page(client: FlaskClient) -> None:
    wanted = {name["id"] for name in make_body()["inputs"]} | {"view", "page"}
    for address in EVERY_PAGE:
        ids = {node["props"].get("id") for node in walk(read_layout(client, address))}
        assert wanted <= ids, address


def test_a_server_that_cannot_show_its_home_page_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LookupError("no such figure")

    app = create_app(Settings(), SampleReader())
    monkeypatch.setattr(SampleReader, "build", fail)
    with pytest.raises(RuntimeError, match="/ cannot be shown"):
        warm_up(app)


def test_answers_are_compressed_once_for_each_choice(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, headers = make_body(area="wyre-forest", range="1y"), {"Accept-Encoding": "br"}
    first = client.post("/_dash-update-component", json=body, headers=headers)
    monkeypatch.setattr("brotli.compress", lambda *_, **__: pytest.fail("compressed again"))
    again = client.post("/_dash-update-component", json=body, headers=headers)
    assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "br"
    assert first.data == again.data
    assert b"wyre-forest" in brotli.decompress(again.data)
