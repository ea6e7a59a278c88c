"""Compressing what is sent, once for every text that is sent more than once."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, g, request

PLAIN = "identity"
_ANSWER_LEVEL, _FILE_LEVEL = 5, 9
_ANSWERS_KEPT = 1024

_COMPRESSORS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": lambda content, level: bytes(brotli.compress(content, quality=level)),
    "gzip": lambda content, level: gzip.compress(content, level, mtime=0),
    PLAIN: lambda content, level: content,
}


def choose_encoding() -> str:
    """The best encoding that the browser accepts: br, gzip or identity."""
    return next((each for each in _COMPRESSORS if request.accept_encodings[each]), PLAIN)


def compress_file(content: bytes, encoding: str) -> bytes:
    """A static file, compressed well: it is done once a process."""
    return _COMPRESSORS[encoding](content, _FILE_LEVEL)


class AnswerCopies:
    """Compressed answers by what they answer; those not asked for the longest are let go.

    Flask-Compress has a cache too, but it can give one choice's answer to another: here the key is the
    whole of what was asked.
    """

    def __init__(self, most: int = _ANSWERS_KEPT) -> None:
        self._most = most
        self._copies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def serve_from(self, server: Flask) -> None:
        """Compresses every answer whose view function left what it answers in `g.answers`."""
        server.after_request(self._compress)

    def _compress(self, response: Response) -> Response:
        asked, encoding = g.get("answers"), choose_encoding()
        if asked is None or response.status_code != 200 or encoding == PLAIN:
            return response
        response.set_data(self._find((request.endpoint, asked, encoding), response))
        response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def _find(self, key: tuple[str | None, Hashable, str], response: Response) -> bytes:
        with self._lock:
            if (copy := self._copies.get(key)) is not None:
                self._copies.move_to_end(key)
                return copy
        copy = _COMPRESSORS[key[2]](response.get_data(), _ANSWER_LEVEL)
        with self._lock:
            self._copies[key] = copy
            if len(self._copies) > self._most:
                self._copies.popitem(last=False)
        return copy
