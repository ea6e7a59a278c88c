"""The internal page of loads and releases: bring files in, see what changes, publish, go back.

It needs no script. Every step is a form, and every answer leads back to the page: reloading repeats nothing.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge
from werkzeug.wrappers import Response

from dashboard.audiences import INTERNAL, PUBLIC
from dashboard.settings import Settings
from dashboard.shelf import releases
from dashboard.web import loading
from dashboard.web.ledger import ADDRESS, TITLE, draw_page
from dashboard.web.loading import Stage, UploadError
from dashboard.web.shell import draw_plain_page


def add_releases(server: Flask, settings: Settings) -> None:
    """Adds the page to the internal server; the public one has none."""
    data = settings.data

    @server.get(ADDRESS)
    def show_releases() -> str:
        loading.sweep_stages()
        stage = loading.find_stage(request.args.get("staged", ""))
        said = request.args.get("said", "")[:500]
        return draw_plain_page(TITLE, draw_page(data, stage, said), INTERNAL)

    @server.post(f"{ADDRESS}/<step>")
    def take_step(step: str) -> Response:
        _refuse_other_sites()
        request.max_content_length = loading.MAX_UPLOAD_BYTES
        try:
            return redirect(_STEPS[step](settings) if step in _STEPS else ADDRESS, code=303)
        except RequestEntityTooLarge:
            most = loading.MAX_UPLOAD_BYTES // 1024 // 1024
            return redirect(f"{ADDRESS}?said={quote(f'At most {most} MB are taken at once.')}", code=303)
        except UploadError as problem:
            staged = request.form.get("staged", "")
            kept = f"&staged={quote(staged)}" if loading.find_stage(staged) else ""
            return redirect(f"{ADDRESS}?said={quote(str(problem))}{kept}", code=303)


def _refuse_other_sites() -> None:
    """Raises `Forbidden` for a form that another website sends in the reader's name."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Forbidden("This request comes from another website.")


def _upload(settings: Settings) -> str:
    stage = loading.stage_files(
        request.files.getlist("files"),
        request.form.get("kind", ""),
        request.form.get("published_on", "").strip(),
        request.headers.get(settings.sign_in_header, "").strip(),
    )
    return f"{ADDRESS}?staged={stage.name}"


def _answer(settings: Settings) -> str:
    stage = _find()
    asked = {name: choice for name, choice in request.form.items() if choice and name != "staged"}
    loading.answer(settings.data, stage, asked)
    return f"{ADDRESS}?staged={stage.name}"


def _load(settings: Settings) -> str:
    stage = _find()
    loading.load(settings.data, stage)
    return _publish(settings)


def _publish(settings: Settings) -> str:
    if loading.is_busy(settings.data):
        raise UploadError("Figures are being loaded or published just now: try again in a minute.")
    loading.start_publishing(settings.data)
    return f"{ADDRESS}#state"


def _discard(_: Settings) -> str:
    loading.drop_stage(_find())
    return ADDRESS


def _go_back(settings: Settings) -> str:
    name = request.form.get("release", "")
    audience = next((each for each in (PUBLIC, INTERNAL) if _has(settings.data, each, name)), PUBLIC)
    loading.go_back(settings.data, name, audience)
    return f"{ADDRESS}#state"


def _has(data: Path, audience: str, name: str) -> bool:
    return any(each["id"] == name for each in releases(data, audience))


def _find() -> Stage:
    stage = loading.find_stage(request.form.get("staged", ""))
    if stage is None:
        raise UploadError("The file is no longer here: it is kept for an hour. Choose it again.")
    return stage


_STEPS: Mapping[str, Callable[[Settings], str]] = {
    "upload": _upload,
    "answer": _answer,
    "load": _load,
    "publish": _publish,
    "discard": _discard,
    "rollback": _go_back,
}
