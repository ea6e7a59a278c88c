"""What is asked for at an address and is not a page: downloads, health, Bootstrap's stylesheet."""

import csv
import io
from collections.abc import Mapping

from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.exceptions import NotFound

from dashboard.audiences import PUBLIC
from dashboard.web.reader import Reader, Rows
from dashboard.web.shell import BOOTSTRAP_ADDRESS, BOOTSTRAP_FOLDER

#: Spreadsheets take a cell that starts with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def add_routes(server: Flask, reader: Reader, audience: str = PUBLIC) -> None:
    """Adds the routes to a server."""

    @server.get("/download/<page>/<panel>.csv")
    def download(page: str, panel: str) -> Response:
        return send_rows(reader, page, panel, request.args.to_dict(), audience)

    @server.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok", **reader.describe())

    @server.get(BOOTSTRAP_ADDRESS)
    def bootstrap() -> Response:
        return send_from_directory(BOOTSTRAP_FOLDER, "bootstrap.min.css")


def send_rows(
    reader: Reader, page: str, panel: str, given: Mapping[str, object], audience: str = PUBLIC
) -> Response:
    """The figures of one panel as a file. Raises `NotFound` if there is no such page or panel."""
    reading = reader.read(page, given)
    rows = reader.rows(reading, panel) if reading.selection.page == page else None
    if rows is None:
        raise NotFound("There is no such chart on this page.")
    chosen = reading.selection
    kept_apart = "" if audience == PUBLIC else audience
    name = "-".join(part for part in (kept_apart, page, panel, chosen.area, chosen.period) if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(write_csv(rows), mimetype="text/csv", headers=headers)


def write_csv(rows: Rows) -> str:
    """Rows as CSV that spreadsheets open as text in UTF-8, and in which nothing is run as a formula."""
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([_make_safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def _make_safe(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not is_number else cell
