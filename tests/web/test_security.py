"""Anything may be sent: the answer is a page, a message, or a refusal, and never a traceback."""

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.web.security import find_fault
from tests.web.conftest import USUAL, Choose, make_body, read_view
from tests.web.samples import SampleReader

CALLBACK = "/_dash-update-component"
HOSTILE: list[Any] = [
    None, "", "zzz", "worcestershire'; DROP TABLE", ["a"], [["a"]], {"a": 1}, {}, [], 0, -1, 1e308, True,
    "x" * 5000, "\x00", "<script>alert(1)</script>", "../../etc/passwd", "٣", [None, {}, 3],
]  # fmt: skip


@pytest.mark.parametrize("control", USUAL)
@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_any_value_of_a_control_is_answered_with_a_view(choose: Choose, control: str, value: object) -> None:
    response = choose(**{control: value})
    assert response.status_code == 200
    view = read_view(response)
    assert view["address"].startswith("/through-care?area=worcestershire&period=2021-22-Q4")
    assert "<script>" not in view["address"]


@pytest.mark.parametrize("page", HOSTILE, ids=repr)
def test_any_value_of_the_page_is_answered_with_a_page(choose: Choose, page: object) -> None:
    assert read_view(choose(page))["address"].startswith("/?area=worcestershire")


def change(**parts: object) -> dict[str, object]:
    return make_body() | parts


BROKEN = {
    "a list": [],
    "a text": "view.data",
    "nothing": {},
    "an unknown output": change(output="nowhere.children"),
    "an output that is no text": change(output=["view.data"]),
    "an output that is an object": change(output={"id": "view"}),
    "no inputs": change(inputs=[]),
    "inputs that are no list": change(inputs={"area": 1}),
    "inputs that are texts": change(inputs=["area"] * 6),
    "other inputs": change(inputs=[{"id": "x", "property": "y", "value": 1}] * 6),
    "too many inputs": change(inputs=make_body()["inputs"] * 2),
    "no state": change(state=None),
    "a state that is a text": change(state="page"),
    "other outputs": change(outputs={"id": "cards", "property": "children"}),
    "a list of outputs": change(outputs=[{"id": "view", "property": "data"}]),
    "changes that are no list": change(changedPropIds=7),
    "changes that are no texts": change(changedPropIds=[{}, []]),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_body_that_no_page_would_send_is_refused_in_words(
    client: FlaskClient, body: object, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post(CALLBACK, json=body)
    assert response.status_code == 400
    assert set(json.loads(response.data)) == {"error", "message"}
    assert "Traceback" not in response.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"null", "application/json", 400),
        (b"[" * 3000, "application/json", 400),
        (b"area=redditch", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'{"a":"' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
def test_a_body_that_is_not_json_is_refused_in_words(
    client: FlaskClient, data: bytes, kind: str, code: int
) -> None:
    response = client.post(CALLBACK, data=data, content_type=kind)
    assert response.status_code == code
    assert json.loads(response.data)["message"]


def test_the_size_of_a_request_is_limited_and_the_answer_says_so(client: FlaskClient) -> None:
    response = client.post(CALLBACK, json=make_body(area="x" * 100_000))
    assert response.status_code == 413
    assert json.loads(response.data)["message"] == "A request may hold at most 64 KiB."


@pytest.mark.parametrize(
    "path", ["/nowhere", "/through-care/x", "/wp-admin.php", "/.env", "/assets/../app.py", "/download/x"]
)
def test_an_unknown_address_is_not_found_and_leads_home(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/"' in response.text
    assert 'lang="en-GB"' in response.text


@pytest.mark.parametrize("path", ["dash/none.js", "nothing/x.js", "dash/../../app.py", "dash/dash.py"])
def test_a_script_that_no_package_declares_is_not_found(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get(f"/_dash-component-suites/{path}")
    assert response.status_code == 404
    assert "regist" not in response.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_fault_is_recorded_and_not_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret figure")

    monkeypatch.setattr(SampleReader, "describe", fail)
    monkeypatch.setattr(SampleReader, "find_page", fail)
    for response in (
        client.get("/healthz"),
        client.get("/staffing"),
        client.get("/_dash-layout?at=/staffing"),
    ):
        assert response.status_code == 500
        assert "secret figure" not in response.text
        assert "Traceback" not in response.text
        assert "try again" in response.text
    assert caplog.text.count("RuntimeError: secret figure") == 3


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://localhost.elsewhere.example"]
)
def test_another_website_cannot_choose_for_the_reader(client: FlaskClient, origin: str) -> None:
    response = client.post(CALLBACK, json=make_body(), headers={"Origin": origin})
    assert response.status_code == 403


def test_the_page_itself_can(client: FlaskClient) -> None:
    response = client.post(CALLBACK, json=make_body(), headers={"Origin": "http://localhost"})
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/healthz", "/nowhere", "/assets/dashboard.js"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert policy["form-action"] == "'self'"  # a measure is looked for here and nowhere else
    assert policy["script-src"].startswith("'self' 'sha256-")
    assert policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_styles_are_let_in_by_their_hash(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy.split("style-src ")[1].split(";")[0].count("'sha256-") >= 5


def test_figures_are_not_kept_by_the_browser(client: FlaskClient, choose: Choose) -> None:
    for response in (choose(), client.get("/_dash-layout"), client.get("/healthz"), client.get("/nowhere")):
        assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


def test_the_form_of_a_body_is_checked_without_looking_at_values() -> None:
    declared = {"view.data": {"inputs": [{"id": "area", "property": "value"}], "state": []}}
    good = {"output": "view.data", "inputs": [{"id": "area", "property": "value", "value": object()}]}
    assert find_fault(good, declared) is None
    assert find_fault(good | {"state": [1]}, declared) == "The state are not those of this output."
