"""A change that was answered before gets the same bytes; anything else is asked anew."""

import itertools

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboard.web.repeats import RepeatedAnswers
from dashboard.web.security import CALLBACK_PATH

RELEASE = ["first"]


@pytest.fixture(autouse=True)
def first_release() -> None:
    RELEASE[:] = ["first"]


@pytest.fixture
def client() -> FlaskClient:
    """A server whose every answer is another number, as if compressed by brotli; it keeps two."""
    server, numbers = Flask(__name__), itertools.count(1)

    @server.post(CALLBACK_PATH)
    def count() -> Response:
        return Response(str(next(numbers)), mimetype="application/json")

    repeats = RepeatedAnswers(lambda: RELEASE[0], most=2)
    repeats.keep_from(server)

    @server.after_request
    def compress(response: Response) -> Response:
        response.headers["Content-Encoding"] = "br"
        return response

    repeats.answer_in(server)
    return server.test_client()


def ask(client: FlaskClient, body: bytes, kind: str = "application/json", encoding: str = "br") -> bytes:
    return client.post(
        CALLBACK_PATH, data=body, content_type=kind, headers={"Accept-Encoding": encoding}
    ).data


def test_what_was_asked_before_is_answered_with_the_same_bytes(client: FlaskClient) -> None:
    assert [ask(client, b'{"a": 1}') for _ in range(3)] == [b"1", b"1", b"1"]


def test_another_question_is_asked_anew(client: FlaskClient) -> None:
    assert [ask(client, b'{"a": 1}'), ask(client, b'{"a": 2}'), ask(client, b'{"a": 1}')] == [
        b"1",
        b"2",
        b"1",
    ]


def test_another_release_is_asked_anew(client: FlaskClient) -> None:
    first = ask(client, b"{}")
    RELEASE[:] = ["second"]
    assert ask(client, b"{}") != first


def test_only_answers_in_the_encoding_that_was_asked_for_are_kept(client: FlaskClient) -> None:
    assert ask(client, b"{}", encoding="gzip") != ask(client, b"{}", encoding="gzip")


def test_a_body_that_is_not_said_to_be_json_is_never_answered_from_what_was_kept(client: FlaskClient) -> None:
    assert ask(client, b"{}") != ask(client, b"{}", kind="text/plain")


def test_the_answer_not_asked_for_the_longest_is_let_go(client: FlaskClient) -> None:
    one, two, three = b"1", b"2", b"3"
    assert [ask(client, each) for each in (one, two, one, three)] == [b"1", b"2", b"1", b"3"]
    assert [ask(client, each) for each in (one, two)] == [b"1", b"4"]


def test_a_kept_answer_says_how_it_is_compressed(client: FlaskClient) -> None:
    ask(client, b"{}")
    again = client.post(
        CALLBACK_PATH, data=b"{}", content_type="application/json", headers={"Accept-Encoding": "br"}
    )
    assert again.headers["Content-Encoding"] == "br"
    assert again.headers["Vary"] == "Accept-Encoding"
    assert again.mimetype == "application/json"
