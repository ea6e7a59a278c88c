import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.settings import Settings
from dashboard.web.reader import Reading
from dashboard.web.server import create_app
from dashboard.web.shell import BOOTSTRAP_ADDRESS
from tests.web.samples import SampleReader, sample_selection

DOWNLOAD = "/download/through-care/rate.csv?area=redditch"
WORKBOOK = DOWNLOAD.replace(".csv", ".xlsx")


@pytest.fixture(scope="module")
def visitor(released: Path) -> FlaskClient:
    """A client of the project's own figures."""
    client: FlaskClient = create_app(Settings(released)).server.test_client()
    return client


def test_a_download_is_a_file_of_the_chart_that_is_shown(client: FlaskClient) -> None:
    response = client.get(DOWNLOAD)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    wanted = 'attachment; filename="through-care-rate-redditch-2021-22-Q4.csv"'
    assert response.headers["Content-Disposition"] == wanted
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[0] == ["At 31 March", "Redditch", "England", "Neighbours"]
    assert len(rows) == 8


def test_a_workbook_is_a_file_of_the_chart_that_is_shown(client: FlaskClient) -> None:
    response = client.get(WORKBOOK)
    assert response.status_code == 200
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.headers["Content-Type"] == kind
    wanted = 'attachment; filename="through-care-rate-redditch-2021-22-Q4.xlsx"'
    assert response.headers["Content-Disposition"] == wanted
    assert response.headers["Cache-Control"] == "private, no-store"
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert [cell.value for cell in book["Figures"][2]] == ["At 31 March", "Redditch", "England", "Neighbours"]
    assert book["Cover"]["A2"].hyperlink.target.startswith("http://localhost/through-care?area=redditch&")


@pytest.mark.parametrize("host", ["", "exa mple", 'x"><script>', "[", "é", "x" * 3000, "=cmd", "a/b", "a@b"])
def test_whatever_a_request_calls_this_site_its_workbook_is_made(visitor: FlaskClient, host: str) -> None:
    address = "/download/through-care/looked-after-number.xlsx"
    response = visitor.get(address, headers={"Host": host})
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        cover = openpyxl.load_workbook(io.BytesIO(response.data))["Cover"]
        links = [cell.hyperlink.target for (cell,) in cover.iter_rows() if cell.hyperlink]
        assert all(link.startswith(f"http://{host}/through-care?") for link in links)
        assert any("/through-care?" in str(cell.value) for (cell,) in cover.iter_rows())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "path", ["through-care/nothing", "nowhere/rate", "at-a-glance/rate", "through-care/rate/rate", "rate"]
)
def test_a_chart_that_does_not_exist_cannot_be_downloaded(client: FlaskClient, path: str, kind: str) -> None:
    assert client.get(f"/download/{path}.{kind}").status_code == 404


def test_a_page_with_a_slash_in_its_key_has_downloads_too() -> None:
    """As pages about one measure have."""
    reading = Reading(None, sample_selection("explore/contacts"), ())  # type: ignore[arg-type]

    class OnePage(SampleReader):
        def read(self, page: object, given: object) -> Reading:
            return reading

        def rows(self, reading: Reading, panel: str) -> list[list[str]]:
            return [["Area"], [panel]]

    response = (
        create_app(Settings(), OnePage()).server.test_client().get("/download/explore/contacts/trend.csv")
    )
    assert response.text == "\ufeffArea\r\ntrend\r\n"
    assert 'filename="explore-contacts-trend-worcestershire-' in response.headers["Content-Disposition"]


def test_health_says_which_release_is_served_and_whether_it_is_stale(client: FlaskClient) -> None:
    assert json.loads(client.get("/healthz").data) == {
        "release": "2026-04-15",
        "stale": False,
        "status": "ok",
    }


def test_bootstrap_comes_from_the_installed_package(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.index(BOOTSTRAP_ADDRESS) < page.index("/assets/frame.css")
    response = client.get(BOOTSTRAP_ADDRESS)
    assert b"Bootstrap" in response.data[:200]
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
