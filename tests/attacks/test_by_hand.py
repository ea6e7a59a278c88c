"""Requests that no page would make: none is told more than the page would tell, and none how it is told.

A reply is a page as it stands for some choice that is offered, or a refusal in words.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from bench.callback import make_body
from dashboard.web.released import ReleaseReader
from tests.attacks.conftest import Published
from tests.attacks.crawl import CALLBACK, Answer, read_answer
from tests.attacks.replies import AREAS, INTERNALS, PERIODS, check

USUAL: dict[str, object] = {
    "area": "redditch",
    "period": "2021-22-Q4",
    "compare": ["england"],
    "range": "all",
    "display": "charts",
    "narrow": False,
    "page": "children-in-need",
}
Post = Callable[..., Answer]


@pytest.fixture
def body(callback: dict[str, Any]) -> dict[str, Any]:
    """What the page posts."""
    read: dict[str, Any] = json.loads(make_body(callback, USUAL))
    return read


@pytest.fixture
def post(client: FlaskClient, canaries: set[float], planted: Published) -> Post:
    """Posts anything, and looks through what comes back."""

    def post(content: object, address: str = CALLBACK, **given: Any) -> Answer:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        given = {"content_type": "application/json", **given}
        answer = read_answer(client.post(address, data=data, **given))
        check(answer, canaries, planted)
        return answer

    return post


def choose(callback: Mapping[str, Any], **chosen: object) -> bytes:
    return make_body(callback, USUAL | chosen)


def read_view(answer: Answer) -> dict[str, Any]:
    view: dict[str, Any] = json.loads(answer.body)["response"]["view"]["data"]
    return view


# --- asking for what is shown to others -----------------------------------------------------------

MORE: dict[str, dict[str, Any]] = {
    "a field": {"audience": "internal"},
    "several fields": {"audience": "internal", "release": "internal-2022-06-01-1", "raw": True, "debug": 1},
    "a prototype": {"__proto__": {"audience": "internal"}, "constructor": {"prototype": {"raw": True}}},
    "a class": {"__class__": "Settings", "__globals__": {}, "self": {"settings": {"audience": "internal"}}},
    "a policy": {"policy": {"threshold": 1}, "threshold": 0, "protected": False, "suppress": False},
}
HEADERS: dict[str, dict[str, str]] = {
    "an audience": {
        "X-Audience": "internal",
        "Dashboard-Audience": "internal",
        "DASHBOARD_AUDIENCE": "internal",
    },
    "a name": {"X-Forwarded-User": "a.reader", "Remote-User": "a.reader", "X-Remote-User": "a.reader"},
    "a password": {"Authorization": "Basic aW50ZXJuYWw6aW50ZXJuYWw="},
    "a cookie": {"Cookie": "audience=internal; session=eyJhdWRpZW5jZSI6ImludGVybmFsIn0"},
    "another way in": {"X-Forwarded-For": "127.0.0.1", "X-Original-URL": "/disclosure", "X-Debug": "1"},
    "another method": {"X-HTTP-Method-Override": "GET"},
}


@pytest.mark.parametrize("more", MORE.values(), ids=MORE)
def test_a_field_that_no_page_sends_changes_nothing(
    post: Post, body: dict[str, Any], more: dict[str, Any]
) -> None:
    plain = post(body)
    given = [{**each, **more} for each in body["inputs"]]
    for content in (body | more, body | {"inputs": given}, body | {"outputs": {**body["outputs"], **more}}):
        assert post(content).body == plain.body
    inside = [{**each, "value": more} if each["id"] == "area" else each for each in body["inputs"]]
    assert read_view(post(body | {"inputs": inside}))["chosen"]["area"] == "worcestershire"


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_a_header_changes_nothing(
    client: FlaskClient, post: Post, body: dict[str, Any], headers: dict[str, str]
) -> None:
    assert post(body, headers=headers).body == post(body).body
    for address in (
        "/_dash-layout?at=/through-care",
        "/download/through-care/looked-after-number.csv",
        "/download/through-care/looked-after-number.xlsx",
        "/api/v1/indicators",
        "/api/v1/figures?area=redditch",
        "/healthz",
    ):
        assert client.get(address, headers=headers).data == client.get(address).data
    assert client.get("/disclosure", headers=headers).status_code == 404


def test_words_in_an_address_change_nothing(client: FlaskClient, post: Post, body: dict[str, Any]) -> None:
    more = "audience=internal&release=internal-2022-06-01-1&raw=1&debug=1&__proto__[raw]=1"
    assert post(body, f"{CALLBACK}?{more}").body == post(body).body
    address = "/download/children-in-need/number.csv?area=redditch&period=2021-22-Q4"
    assert client.get(f"{address}&{more}").data == client.get(address).data
    workbook = address.replace(".csv?", ".xlsx?")
    assert client.get(f"{workbook}&{more}").data == client.get(workbook).data
    at = "/_dash-layout?at=/children-in-need"
    assert client.get(f"{at}&{more}").data == client.get(at).data


# --- asking for what is not offered ---------------------------------------------------------------

PAGES: list[object] = [
    *("disclosure", "internal", "../manifest", "/declared", "__init__", "about\x00", "", None, 7, ["about"]),
    *({"key": "through-care"}, "x" * 9000),
]
OTHERS: list[tuple[str, object]] = [
    *[
        ("compare", each)
        for each in (["worcester"], ["not-known"] * 5000, {"a": 1}, "england,,,", [[]], 3, None)
    ],
    *[("range", each) for each in ("999y", "-1y", "ALL", ["all"], {"from": 0}, 10**400)],
    *[("display", each) for each in ("raw", "json", "csv", ["tables"], {"tables": 1})],
    *[("narrow", each) for each in ("true", "no", 2, [], {"a": {}})],
]
ODD = [
    *[("area", each) for each in AREAS],
    *[("period", each) for each in PERIODS],
    *[("page", each) for each in PAGES],
    *OTHERS,
]


@pytest.mark.parametrize(("control", "value"), ODD, ids=lambda given: repr(given)[:40])
def test_what_is_not_offered_is_answered_with_a_page_that_is(
    post: Post, callback: dict[str, Any], control: str, value: object
) -> None:
    """The same page, table for table and chart for chart, that its own address would have shown."""
    answer = post(choose(callback, **{control: value}))
    assert answer.status == 200
    view = read_view(answer)
    offered = {each["value"] for name, each in _list_options(view) if name == "period"}
    assert view["chosen"]["period"] in offered or not offered
    assert view["chosen"]["area"] not in {"outside-county", "not-known", "england"}
    key = view["address"].split("?")[0].strip("/") or "at-a-glance"
    narrow = str(value).lower() == "true" and control == "narrow"
    again = read_view(post(choose(callback, **view["chosen"], page=key, narrow=narrow)))
    assert _without_notes(view) == _without_notes(again)


def _list_options(view: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, props in view["controls"]:
        yield from ((name, option) for option in props["options"])


def _without_notes(view: Mapping[str, Any]) -> dict[str, Any]:
    return {**view, "words": [each for each in view["words"] if each[0] != "notes"]}


# --- asking in another way ------------------------------------------------------------------------


def nest(depth: int) -> bytes:
    return b'{"output":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"


def change(**parts: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: body | parts


def change_input(**parts: str) -> Callable[[dict[str, Any]], object]:
    """The same body with something else said of its first input."""
    return lambda body: body | {"inputs": [{**body["inputs"][0], **parts}, *body["inputs"][1:]]}


REFUSED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another output": change(output="page.data"),
    "several outputs": change(output="..view.data...page.data.."),
    "an output of another pattern": change(output='{"type":"view"}.data'),
    "a duplicate of the output": change(output="view.data@1234"),
    "an output that is a prototype": change(output="__proto__.data"),
    "outputs of others": change(outputs=[{"id": each, "property": "data"} for each in ("view", "page")]),
    "no inputs": change(inputs=[]),
    "nothing": lambda body: {},
    "only its output": lambda body: {"output": body["output"]},
    "inputs by name": change(inputs={"area": "redditch"}),
    "more inputs": lambda body: body | {"inputs": body["inputs"] + [{"id": "audience", "property": "value"}]},
    "inputs the other way round": lambda body: body | {"inputs": body["inputs"][::-1]},
    "inputs of inputs": lambda body: body | {"inputs": [body["inputs"]]},
    "another input": change_input(id="release"),
    "another property": change_input(property="options"),
    "thousands of inputs": lambda body: body | {"inputs": body["inputs"] * 100},
    "another state": change(state=[{"id": "view", "property": "data", "value": "x"}]),
    "a list": lambda body: [body],
    "a text": lambda body: json.dumps(body),
    "deep": lambda body: nest(5000),
    "not a number": lambda body: b'{"output": NaN}',
    "not JSON": lambda body: b"\xff\xfe\x00",
    "empty": lambda body: b"",
}  # fmt: skip


@pytest.mark.parametrize("spoil", REFUSED.values(), ids=REFUSED)
def test_what_no_page_would_post_is_refused(
    post: Post, body: dict[str, Any], spoil: Callable[[dict[str, Any]], object]
) -> None:
    answer = post(spoil(body))
    assert answer.status in {400, 413}
    assert set(json.loads(answer.body)) == {"error", "message"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_a_callback_is_posted_and_nothing_else(
    client: FlaskClient, canaries: set[float], planted: Published, body: dict[str, Any], method: str
) -> None:
    answer = read_answer(client.open(CALLBACK, method=method, json=body))
    check(answer, canaries, planted)
    assert answer.status in {404, 405}


# --- when something breaks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [CALLBACK, "/through-care?period=2021-22-Q1&range=5y", "/_dash-layout?at=/staffing?range=5y"]
)
def test_a_fault_tells_nothing_of_what_broke(
    client: FlaskClient, callback: dict[str, Any], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("no figure 870001 in data/releases")

    monkeypatch.setattr(ReleaseReader, "build", fail)
    given = (
        {"data": choose(callback, range="5y"), "content_type": "application/json"}
        if address == CALLBACK
        else {}
    )
    answer = read_answer(client.open(address, method="POST" if given else "GET", **given))  # type: ignore[arg-type]
    assert answer.status == 500
    assert INTERNALS.search(answer.everything) is None
    assert "870001" not in answer.everything
    assert "LookupError" not in answer.everything
