"""Two audiences, one data folder, one process: what each is shown, and that nothing crosses over."""

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import brotli  # type: ignore[import-untyped]
import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.audiences import MARK, AudienceError
from dashboard.settings import Settings, SettingsError
from dashboard.web.server import Site, create_app, warm_up
from tests.web.audiences import AS_SHOWN, CALLBACK, NAMED, internal_settings
from tests.web.conftest import make_body
from tests.web.samples import SampleReader


@pytest.fixture(scope="module")
def apps(both: Path) -> dict[str, Site]:
    sites = {"public": create_app(Settings(both)), "internal": create_app(internal_settings(both))}
    for site in sites.values():
        warm_up(site)
    return sites


@pytest.fixture
def public(apps: Mapping[str, Site]) -> FlaskClient:
    return apps["public"].server.test_client()


@pytest.fixture
def internal(apps: Mapping[str, Site]) -> FlaskClient:
    client = apps["internal"].server.test_client()
    client.environ_base["HTTP_X_REMOTE_USER"] = "somebody"
    return client


def list_addresses(client: FlaskClient) -> list[str]:
    """Every page, and every file of a page, that a reader can come to."""
    pages = set(re.findall(r'href="(/[a-z-]*)\?[^"]*"', client.get("/?area=redditch").text)) | {"/"}
    files = set()
    for page in pages:
        text = client.get(f"{page}?area=redditch").text
        files |= set(re.findall(r'href="(/download/[^"]+)"', text.replace("&amp;", "&")))
    return sorted({f"{page}?area=redditch" for page in pages} | files)


def read_text(response: TestResponse) -> str:
    """What an answer says, whether it was compressed or not."""
    packed = response.headers.get("Content-Encoding") == "br"
    return json.dumps(
        json.loads(brotli.decompress(response.data) if packed else response.data), ensure_ascii=False
    )


def read_words(response: TestResponse) -> str:
    """What an answer that is not compressed says, be it a workbook."""
    if not response.data.startswith(b"PK"):
        return response.text
    with ZipFile(io.BytesIO(response.data)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


# --- apart ------------------------------------------------------------------------------------------


def test_each_app_shows_its_own_release(public: FlaskClient, internal: FlaskClient) -> None:
    assert json.loads(public.get("/healthz").data)["release"] == "2026-04-15-77"
    assert json.loads(internal.get("/healthz").data)["release"] == "internal-2026-04-15-77"


def test_the_two_never_mix_however_they_are_asked_in_turn(public: FlaskClient, internal: FlaskClient) -> None:
    addresses = list_addresses(public)
    assert any(address.startswith("/download/") for address in addresses)
    seen_by = {True: 0, False: 0}
    for _ in range(2):  # the second time from what was kept of the first
        for address in addresses:
            for client, is_internal in ((internal, True), (public, False)):
                text = read_words(client.get(address, headers={"Accept-Encoding": "identity"}))
                seen_by[is_internal] += len(AS_SHOWN.findall(text))
                assert (MARK in text) is is_internal, address
                assert ("internal-2026" in text) is (is_internal and ".csv?" not in address), address
    assert seen_by[True] > 10
    assert seen_by[False] == 0


def test_a_change_is_answered_from_the_release_of_the_app(public: FlaskClient, internal: FlaskClient) -> None:
    body = make_body("at-a-glance", area="redditch", period="2018-19-Q4")
    for _ in range(2):
        for encoding in ("identity", "br"):
            told = {"Accept-Encoding": encoding}
            answers = [client.post(CALLBACK, json=body, headers=told) for client in (internal, public)]
            texts = [read_text(answer) for answer in answers]
            assert [bool(AS_SHOWN.search(text)) for text in texts] == [True, False]
            assert [MARK in text for text in texts] == [True, False]


def test_an_app_refuses_to_start_on_the_release_of_another_audience(both: Path, tmp_path: Path) -> None:
    data = shutil.copytree(both, tmp_path / "data")
    shutil.rmtree(data / "releases" / "public")
    shutil.copytree(data / "releases" / "internal", data / "releases" / "public")
    with pytest.raises(AudienceError, match=r"made for 'internal', expected one for 'public': .*publish"):
        create_app(Settings(data))


# --- the public app takes no orders -------------------------------------------------------------------


ASKED: dict[str, dict[str, Any]] = {
    "a query": {"query_string": {"audience": "internal", "DASHBOARD_AUDIENCE": "internal", "internal": "1"}},
    "headers": {
        "headers": NAMED | {"X-Audience": "internal", "Dashboard-Audience": "internal", "Remote-User": "me"}
    },
    "a cookie": {"headers": {"Cookie": "audience=internal; DASHBOARD_AUDIENCE=internal; session=internal"}},
}


def seen(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """All that a reader gets, but for the number that Dash draws anew for every document."""
    text = re.sub(r'"end_id":"[^"]*"', "", response.text)
    return response.status_code, text, sorted(response.headers)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize(
    "address",
    ["/", "/through-care", "/about", "/_dash-layout", "/_dash-dependencies", "/healthz", "/disclosure"],
)
def test_who_asks_the_public_app_for_the_internal_figures_gets_the_public_ones(
    public: FlaskClient, address: str, asked: dict[str, Any]
) -> None:
    assert seen(public.get(address, **asked)) == seen(public.get(address))


@pytest.mark.parametrize("kind", ["headers", "a cookie"])
def test_so_does_who_asks_for_a_file_or_a_change(public: FlaskClient, kind: str) -> None:
    file = next(each for each in list_addresses(public) if each.startswith("/download/"))
    assert seen(public.get(file, **ASKED[kind])) == seen(public.get(file))
    body = make_body("through-care", area="redditch")
    plain = seen(public.post(CALLBACK, json=body))
    assert seen(public.post(CALLBACK, json=body, **ASKED[kind])) == plain
    for added in ({"audience": "internal"}, {"settings": {"audience": "internal"}}):
        assert seen(public.post(CALLBACK, json=body | added)) == plain
    assert seen(public.post(f"{CALLBACK}?audience=internal", json=body)) == plain
    assert plain[0] == 200


def test_a_layout_is_not_made_for_an_audience_that_the_address_names(public: FlaskClient) -> None:
    asked = public.get("/_dash-layout", query_string={"at": "/?audience=internal&area=redditch"})
    plain = public.get("/_dash-layout", query_string={"at": "/?area=redditch"})
    assert asked.data == plain.data


@pytest.mark.parametrize(
    "address",
    [
        "/disclosure",
        "/disclosure?indicator=contacts",
        "/releases/internal/CURRENT",
        "/data/releases/internal/CURRENT",
        "/assets/../data/releases/internal/CURRENT",
        "/assets/%2e%2e/data/releases/internal/CURRENT",
        "/assets/..%2f..%2fdata/releases/internal/CURRENT",
        "/assets//etc/passwd",
        "/static/../releases/internal/CURRENT",
        "/download/../../releases/internal/CURRENT.csv",
        "/download/..%2f..%2freleases%2finternal/CURRENT.csv",
        "/download/at-a-glance/..%2f..%2finternal.csv",
        "/_dash-component-suites/dash/../../data/releases/internal/CURRENT",
        "/audits/public/2026-04-15-77.json",
        "/data/audits/public/2026-04-15-77.json",
        "/internal",
    ],
)
def test_no_address_of_the_public_app_leads_to_what_is_internal(
    public: FlaskClient, both: Path, address: str
) -> None:
    audits = both / "audits" / "public"
    audits.mkdir(parents=True, exist_ok=True)
    (audits / "2026-04-15-77.json").write_text('{"release": "canary"}', encoding="utf-8")
    response = public.get(address)
    assert response.status_code in {400, 404, 500} if "component-suites" in address else 404
    assert response.status_code != 200
    assert "internal-2026" not in response.text
    assert "canary" not in response.text


def test_no_public_page_knows_of_an_internal_one(public: FlaskClient) -> None:
    for address in list_addresses(public):
        text = read_words(public.get(address, headers={"Accept-Encoding": "identity"}))
        assert "/disclosure" not in text
        assert "internal.css" not in text


# --- the internal app asks who it is ------------------------------------------------------------------


ADDRESSES = ["/", "/through-care", "/about", "/disclosure", "/_dash-layout", "/_dash-dependencies"]


@pytest.mark.parametrize(
    "headers", [{}, {"X-Remote-User": ""}, {"X-Remote-User": "  "}, {"Remote-User": "a"}]
)
@pytest.mark.parametrize(
    "address",
    [
        *ADDRESSES,
        "/nowhere",
        "/download/through-care/rate.csv",
        "/download/through-care/rate.xlsx",
        "/_reload-hash",
    ],
)
def test_whoever_has_no_name_is_shown_nothing(
    apps: Mapping[str, Site], address: str, headers: dict[str, str]
) -> None:
    response = apps["internal"].server.test_client().get(address, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert len(response.data) < 2500
    assert "[c]" not in response.text


def test_a_change_asked_for_without_a_name_is_refused_even_if_it_was_answered_before(
    apps: Mapping[str, Site], internal: FlaskClient
) -> None:
    body, told = make_body("through-care"), {"Accept-Encoding": "br"}
    for _ in range(2):
        assert internal.post(CALLBACK, json=body, headers=told).status_code == 200
    nobody = apps["internal"].server.test_client()
    assert nobody.post(CALLBACK, json=body, headers=told).status_code == 401
    assert nobody.post(CALLBACK, data=b"{", headers=told).status_code == 401


def test_what_holds_no_figures_is_sent_to_anybody(apps: Mapping[str, Site]) -> None:
    nobody = apps["internal"].server.test_client()
    for address in ("/healthz", "/assets/frame.css", "/assets/internal.css", "/_favicon.ico"):
        assert nobody.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "peer", ["10.1.2.3", "192.168.0.1", "::ffff:10.1.2.3", "2001:db8::1", "unknown", None]
)
def test_a_name_that_did_not_come_from_the_proxy_is_no_name(
    apps: Mapping[str, Site], peer: str | None
) -> None:
    client = apps["internal"].server.test_client()
    assert client.get("/", headers=NAMED, environ_overrides={"REMOTE_ADDR": peer}).status_code == 401


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_a_name_from_this_machine_is_believed(apps: Mapping[str, Site], peer: str) -> None:
    client = apps["internal"].server.test_client()
    assert client.get("/", headers=NAMED, environ_overrides={"REMOTE_ADDR": peer}).status_code == 200


def test_what_a_request_says_of_where_it_came_from_is_not_believed(apps: Mapping[str, Site]) -> None:
    client = apps["internal"].server.test_client()
    forged = NAMED | {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    assert client.get("/", headers=forged, environ_overrides={"REMOTE_ADDR": "10.1.2.3"}).status_code == 401


def test_an_app_without_a_sign_in_cannot_be_made(both: Path) -> None:
    with pytest.raises(SettingsError, match="set DASHBOARD_SIGN_IN=proxy and DASHBOARD_SIGN_IN_HEADER"):
        create_app(Settings(both, "internal"))
    with pytest.raises(SettingsError, match="set DASHBOARD_SIGN_IN_HEADER"):
        create_app(Settings(both, "internal", "proxy"), SampleReader())


# --- the mark -----------------------------------------------------------------------------------------


def test_every_internal_page_is_marked_in_its_title_at_its_top_and_across_it(internal: FlaskClient) -> None:
    pages = [each for each in list_addresses(internal) if not each.startswith("/download/")]
    assert len(pages) > 5
    for address in (*pages, "/disclosure", "/nowhere"):
        text = internal.get(address).text
        assert f"<title>{MARK} – " in text, address
        assert f"<strong>{MARK}</strong>" in text, address
        assert 'class="internal-mark"' in text, address
        assert "/assets/internal.css" in text, address


def test_the_title_that_a_change_gives_the_page_is_marked_too(internal: FlaskClient) -> None:
    answer = json.loads(internal.post(CALLBACK, json=make_body("through-care", area="redditch")).data)
    assert answer["response"]["view"]["data"]["title"].startswith(f"{MARK} – ")


def test_every_internal_file_is_marked_in_its_name_and_its_first_line(internal: FlaskClient) -> None:
    files = [each for each in list_addresses(internal) if each.startswith("/download/")]
    assert files
    for address in files:
        response = internal.get(address)
        assert 'filename="internal-' in response.headers["Content-Disposition"], address
        if ".xlsx?" in address:
            book = openpyxl.load_workbook(io.BytesIO(response.data))
            assert all(sheet["A1"].value.startswith(MARK) for sheet in book)
            assert all(MARK in sheet.oddHeader.center.text for sheet in book)
            assert book.properties.title.startswith(MARK)
            continue
        rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
        assert rows[0] == [MARK]
        assert len(rows[1]) > 1


def test_the_picture_that_a_reader_saves_takes_the_mark_from_the_page(internal: FlaskClient) -> None:
    assert f'<body class="internal" data-mark="{MARK}">' in internal.get("/").text
    script = internal.get("/assets/panels.js").text
    assert "document.body.dataset.mark" in script
    assert "[MARK]" in script
    assert "paintMark(" in script
    assert '"internal-"' in script


def test_internal_answers_are_kept_nowhere_and_found_by_no_search_engine(internal: FlaskClient) -> None:
    for address in (*ADDRESSES, *list_addresses(internal), "/nowhere"):
        headers = internal.get(address).headers
        assert headers["Cache-Control"] == "private, no-store", address
        assert "noindex" in headers["X-Robots-Tag"], address
    changed = internal.post(CALLBACK, json=make_body("through-care"), headers={"Accept-Encoding": "br"})
    assert changed.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in changed.headers["X-Robots-Tag"]


def test_the_mark_is_on_paper_too() -> None:
    styles = (Path(__file__).parents[2] / "assets" / "internal.css").read_text("utf-8")
    paper = styles[styles.index("@media print") :]
    assert ".internal-bar {\n    position: static;" in paper
    assert not re.search(r"\.internal-(bar|mark)[^{]*\{[^}]*display: none", paper)
