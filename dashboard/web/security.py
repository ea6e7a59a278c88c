"""What is sent with every answer, and what is refused before anything is done with it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dash.exceptions import DependencyException
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, InternalServerError, NotFound

from dashboard.audiences import INTERNAL, PUBLIC
from dashboard.web.shell import draw_message_page

MAX_REQUEST_BYTES = 64 * 1024
STYLE_HASHES = Path(__file__).parent / "style_hashes.txt"
CALLBACK_PATH = "/_dash-update-component"

_log = logging.getLogger(__name__)

_FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TITLES = {
    401: "Please sign in",
    403: "That is not allowed",
    404: "There is no page at this address",
    405: "That is not possible here",
    413: "That is too much at once",
    500: "Something went wrong",
}
_MESSAGES = {
    401: "These pages are for the council’s own staff. They are reached through its sign-in, and this "
    "request did not come through it.",
    404: "It may have moved, or part of the address may be missing.",
    413: f"A request may hold at most {MAX_REQUEST_BYTES // 1024} KiB.",
    500: "The fault has been recorded. Please try again in a moment.",
}

Declared = Mapping[str, Mapping[str, object]]


def write_policy(script_hashes: Iterable[str], style_hashes: Iterable[str]) -> str:
    """A content security policy that lets nothing in but this server's own files and known scripts."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": " ".join(["'self'", *style_hashes]),
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",  # finding a measure; nothing can be sent
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in rules.items())


def read_style_hashes() -> tuple[str, ...]:
    """The hashes of the styles that Dash and Plotly put in: `python -m dashboard.web.style_hashes`."""
    lines = STYLE_HASHES.read_text(encoding="utf-8").splitlines() if STYLE_HASHES.exists() else []
    return tuple(line.strip() for line in lines if line.startswith("'sha256-"))


def send_headers(server: Flask, policy: str, audience: str = PUBLIC) -> None:
    """Sends the policy and the usual headers with every answer; figures are never kept by a browser.

    Internal pages are kept nowhere at all, and found by no search engine.
    """

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_FIXED_HEADERS)
        response.headers["Content-Security-Policy"] = policy
        if "Cache-Control" not in response.headers:
            is_document = response.mimetype == "text/html" and response.status_code == 200
            is_kept = is_document and audience == PUBLIC
            response.headers["Cache-Control"] = "private, no-cache" if is_kept else "private, no-store"
        if audience == INTERNAL:
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = 'Proxy realm="internal"'
        return response


def refuse_strangers(server: Flask) -> None:
    """Refuses what another website's page sends in the reader's name."""

    @server.before_request
    def check_origin() -> None:
        origin = request.headers.get("Origin")
        if request.method not in {"GET", "HEAD"} and origin and urlsplit(origin).netloc != request.host:
            raise Forbidden("This request comes from another website.")


def check_callbacks(server: Flask, declared: Callable[[], Declared]) -> None:
    """Refuses a callback's body that no page of this dashboard would send; values are checked later."""

    @server.before_request
    def check_body() -> None:
        if request.path == CALLBACK_PATH and request.method == "POST":
            try:
                fault = find_fault(request.get_json(), declared())
            except RecursionError:
                fault = "The body is nested too deeply."
            if fault:
                raise BadRequest(fault)


def find_fault(body: object, declared: Declared) -> str | None:
    """What is wrong with the form of a callback's body; None if nothing is."""
    if not isinstance(body, dict):
        return "The body must be a JSON object."
    output = body.get("output")
    callback = declared.get(output) if isinstance(output, str) else None
    if callback is None:
        return "There is no such output."
    for given, expected in (("inputs", callback["inputs"]), ("state", callback["state"])):
        if not _are_those(body.get(given, []), expected):
            return f"The {given} are not those of this output."
    if "outputs" in body and not _is_that(body["outputs"], str(output)):
        return "The outputs are not those of this output."
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(each, str) for each in changed):
        return "changedPropIds must be a list of texts."
    return None


def _are_those(given: object, expected: object) -> bool:
    """Whether a list names the same properties in the same order as a declared one."""
    if not isinstance(given, list) or not isinstance(expected, list) or len(given) != len(expected):
        return False
    return all(
        _is_that(each, f"{known['id']}.{known['property']}")
        for each, known in zip(given, expected, strict=True)
    )


def _is_that(given: object, name: str) -> bool:
    return isinstance(given, dict) and f"{given.get('id')}.{given.get('property')}" == name


def answer_errors(server: Flask, audience: str = PUBLIC) -> None:
    """Says what is wrong in words: to a script as JSON, to a reader as a page. Never a traceback."""

    def answer(error: HTTPException) -> tuple[Response | str, int]:
        code = error.code or 500
        if request.path.startswith(("/_dash", "/api/")) or request.path == "/healthz":
            return jsonify(error=_TITLES.get(code, error.name), message=_explain(error, code)), code
        shown_to = PUBLIC if code == 401 else audience  # whoever has no name sees nothing of what is internal
        return draw_message_page(_TITLES.get(code, error.name), _explain(error, code), shown_to), code

    def answer_fault(error: Exception) -> tuple[Response | str, int]:
        _log.exception("%s %s failed", request.method, request.path, exc_info=error)
        return answer(InternalServerError())

    server.register_error_handler(HTTPException, answer)
    # Dash raises it for a script that no package declares; what it lists of them is not for the reader.
    server.register_error_handler(DependencyException, lambda _: answer(NotFound()))
    server.register_error_handler(Exception, answer_fault)


def _explain(error: HTTPException, code: int) -> str:
    return _MESSAGES.get(code) or error.description or error.name
