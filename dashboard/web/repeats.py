"""A change that was answered before is answered with the same bytes, without asking Dash again.

What a page is told depends on the release and on what is posted, and on nothing else: whoever posts the same
to the same release is told the same. Nothing has to be cleared; old answers fall out of the end.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from flask import Flask, Response, g, request

from dashboard.web.compression import choose_encoding
from dashboard.web.security import CALLBACK_PATH

_ANSWERS_KEPT = 1024  # each some ten kilobytes: only compressed ones are kept


class _Asked(NamedTuple):
    release: Hashable
    encoding: str
    body: bytes  # a hash of it: a body may be long


class RepeatedAnswers:
    """Answers to changes by what was posted; those not asked for the longest are let go."""

    def __init__(self, find_release: Callable[[], Hashable], most: int = _ANSWERS_KEPT) -> None:
        self._find_release = find_release
        self._most = most
        self._answers: OrderedDict[_Asked, bytes] = OrderedDict()
        self._lock = Lock()

    def keep_from(self, server: Flask) -> None:
        """Keeps answers as they are sent: to be added before whatever compresses them."""
        server.after_request(self._keep)

    def answer_in(self, server: Flask) -> None:
        """Answers what was asked before: to be added after whatever refuses strangers."""
        server.before_request(self._answer)

    def _answer(self) -> Response | None:
        if request.path != CALLBACK_PATH or request.method != "POST" or not request.is_json:
            return None
        body = blake2b(request.get_data(), digest_size=16).digest()
        g.asked = asked = _Asked(self._find_release(), choose_encoding(), body)
        with self._lock:
            answer = self._answers.get(asked)
            if answer is None:
                return None
            self._answers.move_to_end(asked)
        headers = {"Content-Encoding": asked.encoding, "Vary": "Accept-Encoding"}
        return Response(answer, mimetype="application/json", headers=headers)

    def _keep(self, response: Response) -> Response:
        asked: _Asked | None = g.get("asked")
        is_compressed = asked is not None and response.headers.get("Content-Encoding") == asked.encoding
        if asked is None or response.status_code != 200 or not is_compressed or asked in self._answers:
            return response
        if asked.release == self._find_release():  # else it may be of the release that came meanwhile
            with self._lock:
                self._answers[asked] = response.get_data()
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return response
