"""Makes the Dash app: one page function, one callback, and everything that guards them."""

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlsplit

from dash import ClientsideFunction, Dash, Input, Output, State
from flask import Flask, Response, g, has_request_context, request
from flask_compress import Compress
from werkzeug.exceptions import NotFound

from dashboard.audiences import INTERNAL
from dashboard.settings import Settings, check_serving
from dashboard.store import CurrentStore
from dashboard.web import security, shell
from dashboard.web.api import add_api
from dashboard.web.compression import AnswerCopies
from dashboard.web.disclosure import add_disclosure
from dashboard.web.find import add_finding
from dashboard.web.ids import Ids
from dashboard.web.internal import InternalReader
from dashboard.web.reader import Reader, Reading
from dashboard.web.released import ReleaseReader
from dashboard.web.releases import add_releases
from dashboard.web.rendering import Rendering
from dashboard.web.repeats import RepeatedAnswers
from dashboard.web.routes import add_routes
from dashboard.web.sign_in import ask_for_names, name_start
from dashboard.web.statics import StaticCopies

#: The controls, under the names that they have in an address.
_CONTROLS = {
    "area": Input(Ids.AREA, "value"),
    "period": Input(Ids.PERIOD, "value"),
    "compare": Input(Ids.COMPARE, "value"),
    "range": Input(Ids.RANGE, "value"),
    "view": Input(Ids.DISPLAY, "value"),
    "narrow": Input(Ids.NARROW, "data"),
}


class Site(Dash):
    """A Dash app whose document and layout are made for the address that the browser is at."""

    settings: Settings
    rendering: Rendering
    copies: StaticCopies

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document for the address that was asked for, its first paint in it."""
        reading = self._read_address(request.full_path if has_request_context() else "/", {})
        g.answers = reading
        paint = self.rendering.first_paint(reading)
        parts |= {"title": escape(paint.title), "app_entry": shell.draw_entry(paint.markup)}
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]

    def serve_layout(self) -> Response:
        """The elements for the address given as `at`."""
        at = request.args.get("at", "/")
        reading = self._read_address(at, {"narrow": request.args.get("narrow")})
        g.answers = reading
        return Response(self.rendering.layout(reading), mimetype="application/json")

    def _read_address(self, address: str, given: Mapping[str, object]) -> Reading:
        try:
            parts = urlsplit(address)
        except ValueError:  # such as "//[": not an address at all
            parts = urlsplit("/")
        reader = self.rendering.reader
        page = reader.find_page(parts.path) or reader.home
        return reader.read(page, {**dict(parse_qsl(parts.query)), **given})


def create_app(settings: Settings, reader: Reader | None = None) -> Site:
    """The app, ready to be served: `app.server` is what gunicorn serves.

    Raises `SettingsError` if the settings do not allow it, and whatever hinders the reading of the current
    release.
    """
    check_serving(settings)
    reader = _make_reader(settings, reader)
    server = Flask("dashboard")
    server.config.update(
        MAX_CONTENT_LENGTH=security.MAX_REQUEST_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,  # the address of every static file holds its version
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=5,
        COMPRESS_MIMETYPES=["text/html", "application/json", "text/csv"],  # what AnswerCopies leaves
    )
    app = Site(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask server, and says otherwise
        assets_folder=str(shell.ASSETS),
        external_stylesheets=[shell.BOOTSTRAP_ADDRESS],
        assets_ignore="" if settings.audience == INTERNAL else shell.INTERNAL_STYLES,
        index_string=shell.mark_document(shell.DOCUMENT, settings.audience),
        meta_tags=shell.METAS,
        title="Children’s services in figures",
        update_title="",
        serve_locally=True,
    )
    app.settings = settings
    app.rendering = Rendering(reader)
    app.copies = StaticCopies(shell.ASSETS)
    app.layout = list
    _add_callbacks(app)
    _guard(app, reader)
    return app


def _make_reader(settings: Settings, reader: Reader | None) -> Reader:
    """What the app answers from: the figures of the audience that the settings name, whoever asks."""
    reader = reader or ReleaseReader(CurrentStore(settings.data, settings.audience))
    reader.describe()  # better no server than one that has nothing to show
    return InternalReader(reader) if settings.audience == INTERNAL else reader


def _add_callbacks(app: Site) -> None:
    @app.callback(
        Output(Ids.VIEW, "data"),
        inputs={"given": _CONTROLS},
        state={"page": State(Ids.PAGE, "data")},
        prevent_initial_call=True,
    )
    def change_view(given: Mapping[str, object], page: object) -> object:
        g.answers = reading = app.rendering.reader.read(page, given)
        return app.rendering.change(reading)

    show = ClientsideFunction("dashboard", "show")
    app.clientside_callback(show, Input(Ids.VIEW, "data"))  # type: ignore[no-untyped-call]


def _guard(app: Site, reader: Reader) -> None:
    """Adds routes and checks. What is added first sees a request first and its answer last."""
    server, audience = app.server, app.settings.audience
    ask_for_names(server, app.settings)
    add_routes(server, reader, audience)
    add_finding(server, reader, audience)
    add_api(server, reader, audience)
    if audience == INTERNAL:
        add_disclosure(server, app.settings.data)
        add_releases(server, app.settings)
    security.send_headers(server, _write_policy(app), audience)
    repeats = RepeatedAnswers(lambda: reader.describe()["release"])
    repeats.keep_from(server)
    Compress(server)
    AnswerCopies().serve_from(server)
    app.copies.serve_from(server)
    security.refuse_strangers(server)
    repeats.answer_in(server)
    security.check_callbacks(server, lambda: app.callback_map)
    _refuse_unknown_addresses(server, reader)
    security.answer_errors(server, audience)


def _write_policy(app: Site) -> str:
    scripts = [*app.csp_hashes(), shell.hash_script(shell.EARLY_SCRIPT)]
    return security.write_policy(scripts, security.read_style_hashes())


def _refuse_unknown_addresses(server: Flask, reader: Reader) -> None:
    """Dash answers every address with a page; only those that are declared have one."""

    @server.before_request
    def check_address() -> None:
        is_page = request.endpoint in {"/", "/<path:path>"}
        if is_page and reader.find_page(request.path) is None:
            raise NotFound


def warm_up(app: Site) -> None:
    """Answers the first requests before any reader does.

    Dash says it is set up before it is, so that parallel first requests to a threaded server can fail.
    Raises `RuntimeError` if the home page cannot be shown: better not to start than to serve faults.
    """
    headers = name_start(app.settings)
    with app.server.test_client() as client:
        for address in ("/", "/_dash-layout", "/_dash-dependencies"):
            if client.get(address, headers=headers).status_code != 200:
                raise RuntimeError(f"{address} cannot be shown; the fault is in the log above")
    app.copies.warm(app.server, headers)
