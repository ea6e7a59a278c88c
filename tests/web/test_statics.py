import gzip
import re

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.web.server import Site
from dashboard.web.shell import ASSETS


def linked(client: FlaskClient) -> list[str]:
    return re.findall(r'(?:src|href)="(/(?:assets|_dash-comp|bootstrap)[^"]+)"', client.get("/").text)


def test_every_script_and_stylesheet_of_the_page_is_there_and_kept_for_a_year(client: FlaskClient) -> None:
    addresses = linked(client)
    assert len(addresses) > 10
    for address in addresses:
        response = client.get(address, headers={"Accept-Encoding": "br"})
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert response.headers["Content-Encoding"] == "br", address
        assert response.headers["Vary"] == "Accept-Encoding"


def test_a_file_is_the_same_however_it_is_sent(client: FlaskClient) -> None:
    plain = client.get("/assets/dashboard.js").data
    assert plain == (ASSETS / "dashboard.js").read_bytes()
    sent = {
        encoding: client.get("/assets/dashboard.js", headers={"Accept-Encoding": encoding}).data
        for encoding in ("br", "gzip")
    }
    assert brotli.decompress(sent["br"]) == gzip.decompress(sent["gzip"]) == plain


def test_a_file_is_compressed_once(site: Site, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/assets/page.css", headers={"Accept-Encoding": "br"})
    monkeypatch.setattr("brotli.compress", lambda *_, **__: pytest.fail("compressed again"))
    assert client.get("/assets/page.css?m=1", headers={"Accept-Encoding": "br"}).status_code == 200


def test_a_file_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    address = "/_dash-component-suites/dash/dcc/async-graph.js"
    first = client.get(address, headers={"Accept-Encoding": "br"})
    again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_figures_are_compressed_as_they_are_sent_and_never_mixed_up(client: FlaskClient) -> None:
    texts = set()
    for area in ("redditch", "wyre-forest"):
        response = client.get(
            "/_dash-layout", query_string={"at": f"/?area={area}"}, headers={"Accept-Encoding": "br"}
        )
        assert response.headers["Content-Encoding"] == "br"
        texts.add(brotli.decompress(response.data))
    assert len(texts) == 2


def test_a_file_outside_the_folder_is_not_sent(client: FlaskClient) -> None:
    for path in ("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd"):
        assert client.get(path).status_code in {404, 308}
