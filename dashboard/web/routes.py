"""What is asked for at an address and is not a page: downloads, health, Bootstrap's stylesheet."""

from collections.abc import Mapping

from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.exceptions import NotFound

from dashboard.audiences import PUBLIC
from dashboard.export.delimited import write_csv
from dashboard.export.workbook import MIMETYPE, write_workbook
from dashboard.web.reader import Reader, Reading
from dashboard.web.shell import BOOTSTRAP_ADDRESS, BOOTSTRAP_FOLDER

_LONGEST_HOST = 260  # characters: a name of 253, and a port


def add_routes(server: Flask, reader: Reader, audience: str = PUBLIC) -> None:
    """Adds the routes to a server."""

    @server.get("/download/<path:page>/<panel>.csv")
    def download(page: str, panel: str) -> Response:
        return send_rows(reader, page, panel, request.args.to_dict(), audience)

    @server.get("/download/<path:page>/<panel>.xlsx")
    def download_workbook(page: str, panel: str) -> Response:
        return send_workbook(reader, page, panel, request.args.to_dict(), audience)

    @server.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok", **reader.describe())

    @server.get(BOOTSTRAP_ADDRESS)
    def bootstrap() -> Response:
        return send_from_directory(BOOTSTRAP_FOLDER, "bootstrap.min.css")


def send_rows(
    reader: Reader, page: str, panel: str, given: Mapping[str, object], audience: str = PUBLIC
) -> Response:
    """The figures of one panel as CSV. Raises `NotFound` if there is no such page or panel."""
    reading = _read(reader, page, given)
    rows = reader.rows(reading, panel)
    if rows is None:
        raise _no_chart()
    return _send_file(write_csv(rows), "text/csv", f"{_name_file(reading, panel, audience)}.csv")


def send_workbook(
    reader: Reader, page: str, panel: str, given: Mapping[str, object], audience: str = PUBLIC
) -> Response:
    """The figures of one panel as a workbook. Raises `NotFound` if there is no such page or panel."""
    reading = _read(reader, page, given)
    book = reader.book(reading, panel, _name_site())
    if book is None:
        raise _no_chart()
    return _send_file(write_workbook(book), MIMETYPE, f"{_name_file(reading, panel, audience)}.xlsx")


def _name_site() -> str:
    """What the reader calls this site, as "https://figures.example"; blank where it is no name at all."""
    is_name = 0 < len(request.host) <= _LONGEST_HOST
    return request.host_url.rstrip("/") if is_name else ""


def _read(reader: Reader, page: str, given: Mapping[str, object]) -> Reading:
    """What is asked of the page that is named, and of no other."""
    reading = reader.read(page, given)
    if reading.selection.page != page:
        raise _no_chart()
    return reading


def _no_chart() -> NotFound:
    return NotFound("There is no such chart on this page.")


def _name_file(reading: Reading, panel: str, audience: str) -> str:
    chosen, kept_apart = reading.selection, "" if audience == PUBLIC else audience
    parts = (kept_apart, chosen.page.replace("/", "-"), panel, chosen.area, chosen.period)
    return "-".join(part for part in parts if part)


def _send_file(content: str | bytes, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
