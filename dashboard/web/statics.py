"""Scripts and stylesheets, compressed once a process and kept in memory."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request

from dashboard.web.compression import PLAIN, choose_encoding, compress_file
from dashboard.web.shell import BOOTSTRAP_ADDRESS

_FOLDERS = ("/assets/", "/_dash-component-suites/", BOOTSTRAP_ADDRESS)
_KINDS = {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
_MOST_KEPT = 200
_A_YEAR = "public, max-age=31536000, immutable"
_LINKED = re.compile(r'(?:src|href)="(/[^"]+)"')
#: loaded by other scripts, so not named in the page
_ON_DEMAND = ("/_dash-component-suites/dash/dcc/async-graph.js",)


@dataclass(frozen=True)
class _Copy:
    content: bytes
    mimetype: str
    etag: str


class StaticCopies:
    """Compressed copies of the static files of one server."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._copies: dict[tuple[str, str, float], _Copy] = {}

    def serve_from(self, server: Flask) -> None:
        """Answers from the copies where there is one, and makes one where there is not."""
        server.before_request(self._answer)
        server.after_request(self._keep)

    def warm(self, server: Flask, headers: Mapping[str, str]) -> None:
        """Makes the copies that the first reader will ask for, so that no reader waits for them."""
        with server.test_client() as client:
            page = client.get("/", headers=headers).text
            for address in (*_LINKED.findall(page), *_ON_DEMAND):
                if address.startswith(_FOLDERS):
                    client.get(address, headers={"Accept-Encoding": "br"})

    def _answer(self) -> Response | None:
        copy = self._copies.get(self._key()) if request.path.startswith(_FOLDERS) else None
        return self._send(copy) if copy else None

    def _send(self, copy: _Copy) -> Response:
        response = Response(copy.content, mimetype=copy.mimetype)
        if (encoding := choose_encoding()) != PLAIN:
            response.headers["Content-Encoding"] = encoding
        self._describe(response, copy.etag)
        response.make_conditional(request)
        return response

    def _describe(self, response: Response, etag: str) -> None:
        _, fingerprinted = read_fingerprint(request.path.split("/")[-1])
        is_versioned = fingerprinted or "m" in request.args or request.path == BOOTSTRAP_ADDRESS
        response.set_etag(etag)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = _A_YEAR if is_versioned else "no-cache"

    def _keep(self, response: Response) -> Response:
        is_copy = "Vary" in response.headers
        if is_copy or not request.path.startswith(_FOLDERS) or response.mimetype not in _KINDS:
            return response
        if response.status_code != 200 or request.method != "GET":
            return response
        response.direct_passthrough = False
        plain, encoding = response.get_data(), choose_encoding()
        response.close()
        etag = f"{len(plain):x}-{hash(plain) & 0xFFFFFFFF:x}-{encoding}"
        copy = _Copy(compress_file(plain, encoding), response.mimetype, etag)
        if len(self._copies) < _MOST_KEPT:
            self._copies[self._key()] = copy
        return self._send(copy)

    def _key(self) -> tuple[str, str, float]:
        """Path without the version in it, encoding, and when the file was last changed."""
        path, _ = read_fingerprint(request.path)
        return path, choose_encoding(), self._changed_at()

    def _changed_at(self) -> float:
        if not request.path.startswith("/assets/"):
            return 0.0
        file = self._assets / request.path.removeprefix("/assets/")
        return file.stat().st_mtime if file.is_file() else 0.0


def read_fingerprint(path: str) -> tuple[str, bool]:
    """A path without the version that Dash writes into it, and whether there was one."""
    plain, found = check_fingerprint(path)  # type: ignore[no-untyped-call]
    return str(plain), bool(found)
