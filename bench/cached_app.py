"""The least that a server can do: a Flask route that returns the bytes of a reply, made beforehand.

`BENCH_REPLY` names a file holding the reply's head and body as the dashboard sent them. Serve it with
`gunicorn bench.cached_app:server`.
"""

import os
from pathlib import Path

from flask import Flask, Response, request

_HEAD, _, _BODY = Path(os.environ["BENCH_REPLY"]).read_bytes().partition(b"\r\n\r\n")
_LEFT_OUT = {"server", "date", "connection", "content-length"}  # those that the server adds itself
_LINES = [line.partition(": ") for line in _HEAD.decode().split("\r\n")[1:]]
_HEADERS = [(name, value) for name, _, value in _LINES if name.lower() not in _LEFT_OUT]

server = Flask(__name__)


@server.post("/")
def send_reply() -> Response:
    """The same headers and the same bytes, once the request has been read."""
    request.get_data()
    return Response(_BODY, headers=_HEADERS)


@server.get("/healthz")
def say_healthy() -> str:
    """Something to wait for."""
    return "ok"
