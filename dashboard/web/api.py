"""The released figures for programs: two addresses that answer in JSON and change nothing."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

import orjson
from flask import Flask, Response, request

from dashboard.audiences import PUBLIC
from dashboard.export.answers import tell_catalogue, tell_figures, tell_problems
from dashboard.export.asking import RequestError, check_no_parameters, read_request
from dashboard.store import Store
from dashboard.views.elsewhere import FIGURES, INDICATORS
from dashboard.web.reader import Reader

#: Part of every ETag: to be raised when the same figures are told in another form.
_FORM = "1"


def add_api(server: Flask, reader: Reader, audience: str = PUBLIC) -> None:
    """Adds both addresses to a server."""

    @server.get(INDICATORS, endpoint="indicators")
    def indicators() -> Response:
        return _answer(reader, audience, _ask_catalogue)

    @server.get(FIGURES, endpoint="figures")
    def figures() -> Response:
        return _answer(reader, audience, _ask_figures)


Told = tuple[str, Callable[[], bytes]]


def _ask_catalogue(store: Store) -> Told:
    check_no_parameters(_list_given())
    return INDICATORS, lambda: _write_catalogue(store)


def _ask_figures(store: Store) -> Told:
    asked = read_request(store, _list_given())
    return asked.address(), lambda: orjson.dumps(tell_figures(store, asked))


@lru_cache(maxsize=2)
def _write_catalogue(store: Store) -> bytes:
    return orjson.dumps(tell_catalogue(store))


def _list_given() -> list[tuple[str, str]]:
    return list(request.args.items(multi=True))


def _answer(reader: Reader, audience: str, ask: Callable[[Store], Told]) -> Response:
    """What is asked for; nothing, where it has not changed since; or why it is not understood."""
    store = reader.read(reader.home, {}).store
    try:
        address, write = ask(store)
    except RequestError as error:
        return _send(orjson.dumps(tell_problems(error)), 400)
    if audience != PUBLIC:
        return _send(write())  # kept nowhere, so never asked again whether it has changed
    tag = blake2b(f"{_FORM} {store.release.id} {address}".encode(), digest_size=12).hexdigest()
    known = request.if_none_match.contains_weak(tag)
    response = _send(b"", 304) if known else _send(write())
    response.set_etag(tag, weak=True)  # the same figures in any compression
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _send(content: bytes, status: int = 200) -> Response:
    return Response(content, status, mimetype="application/json")
