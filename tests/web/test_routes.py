import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from dashboard.web.routes import write_csv
from dashboard.web.shell import BOOTSTRAP_ADDRESS

DOWNLOAD = "/download/through-care/rate.csv?area=redditch"


def test_a_download_is_a_file_of_the_chart_that_is_shown(client: FlaskClient) -> None:
    response = client.get(DOWNLOAD)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    wanted = 'attachment; filename="through-care-rate-redditch-2021-22-Q4.csv"'
    assert response.headers["Content-Disposition"] == wanted
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[0] == ["At 31 March", "Redditch", "England", "Neighbours"]
    assert len(rows) == 8


@pytest.mark.parametrize(
    "path",
    ["/download/through-care/nothing.csv", "/download/nowhere/rate.csv", "/download/at-a-glance/rate.csv"],
)
def test_a_chart_that_does_not_exist_cannot_be_downloaded(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_cell_of_a_download_is_run_as_a_formula() -> None:
    written = write_csv([["name", "value"], ["=cmd()", "-3.5"], ["@x", "+1"], ["-", "[c]"]])
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert rows == [["name", "value"], ["'=cmd()", "-3.5"], ["'@x", "'+1"], ["'-", "[c]"]]


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
