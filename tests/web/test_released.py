"""The project's own figures, on every page, for every area."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.pages import load_pages
from dashboard.settings import DATA, Settings
from dashboard.web.server import Site, create_app, warm_up
from tests.web.conftest import make_body, read_view, walk

PERIODS = ("2018-19-Q1", "2019-20", "2021-22-Q4", "2024-25")


@pytest.fixture(scope="module")
def released_site(released: Path) -> Site:
    app = create_app(Settings(released))
    warm_up(app)
    return app


@pytest.fixture
def visitor(released_site: Site) -> Iterator[FlaskClient]:
    with released_site.server.test_client() as client:
        yield client


def list_pages(visitor: FlaskClient) -> dict[str, str]:
    """The key of each page by its address, as the tabs lead to them."""
    tabs = visitor.get("/").text.split("<nav")[1].split("</nav>")[0]
    addresses = [address.split("?")[0] for address in re.findall(r'href="(/[^"#]*)"', tabs)]
    return {address: address.strip("/") or "at-a-glance" for address in dict.fromkeys(addresses)}


def list_options(visitor: FlaskClient, control: str) -> list[str]:
    text = visitor.get("/through-care").text.split(f'id="{control}">')[1].split("</select>")[0]
    return re.findall(r'value="([^"]*)"', text)


def change(visitor: FlaskClient, page: str, **chosen: Any) -> dict[str, Any]:
    response = visitor.post("/_dash-update-component", json=make_body(page, **chosen))
    assert response.status_code == 200, (page, chosen)
    return read_view(response)


def test_every_page_shows_every_area_at_any_period(
    visitor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    pages, areas = list_pages(visitor), list_options(visitor, "area")
    assert set(pages.values()) == set(load_pages(DATA))
    assert len(areas) == 7
    for address in pages:
        for area in areas:
            for period in PERIODS:
                response = visitor.get(f"{address}?area={area}&period={period}")
                assert response.status_code == 200
                assert "Traceback" not in response.text
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_measure_is_found_with_what_is_chosen(visitor: FlaskClient) -> None:
    document = visitor.get("/through-care?area=redditch&period=2019-20").text
    assert '<input type="hidden" name="area" value="redditch">' in document
    answer = visitor.get("/find?q=29&area=redditch&period=2019-20")
    where = answer.headers["Location"]
    assert where.startswith("/explore/care_leavers_in_touch?area=redditch&period=2019-20&")


def test_no_panel_is_empty_without_a_reason(visitor: FlaskClient) -> None:
    for address, page in list_pages(visitor).items():
        for area in ("worcestershire", "redditch"):
            view = change(visitor, page, area=area)
            for name, props in view["charts"]:
                drawn = [node["props"] for node in walk(props) if node["type"] == "Graph"]
                has_marks = any(trace.get("x") for each in drawn for trace in each["figure"]["data"])
                says_why = "There is nothing to draw here." in json.dumps(props)
                assert has_marks != says_why, (address, area, name)


def test_every_table_has_as_many_cells_as_headings(visitor: FlaskClient) -> None:
    for page in list_pages(visitor).values():
        for key, (caption, columns, rows, strong) in change(visitor, page, area="redditch")["tables"].items():
            assert caption
            assert {len(row) for row in rows} <= {len(columns)}, (page, key)
            assert strong is None or 0 < strong < len(columns)


def test_every_panel_can_be_downloaded(visitor: FlaskClient) -> None:
    for page in list_pages(visitor).values():
        for number, (name, address) in enumerate(change(visitor, page, area="wychavon")["links"]):
            if name.startswith("workbook-") and number % 5:
                continue  # to read one back takes longer than all the rest; a workbook stands beside each CSV
            response = visitor.get(address)
            assert response.status_code == 200, address
            if name.startswith("csv-"):
                rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
                assert {len(row) for row in rows} == {len(rows[0])}
            elif name.startswith("workbook-"):
                check_workbook(response.data, address)


def check_workbook(content: bytes, address: str) -> None:
    """Laid out as everybody can read it, with the address of the page in it and nothing left blank."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Symbols", "Figures"]
    links = [cell.hyperlink.target for (cell,) in book["Cover"].iter_rows() if cell.hyperlink]
    page = address.removeprefix("/download/").rpartition("/")[0].replace("at-a-glance", "")
    assert links == [f"http://localhost/{page}?{address.partition('?')[2]}"]
    for sheet in book:
        assert sheet["A1"].value
        for table in sheet.tables.values():
            assert None not in [cell.value for row in sheet[table.ref] for cell in row], address
    figures = book["Figures"].tables
    if "figures" not in figures:
        assert book["Figures"].max_row == 2
        return
    columns, *rows = book["Figures"][figures["figures"].ref]
    place = [cell.value for cell in columns].index("Value")
    values = [row[place].value for row in rows]
    assert all(isinstance(value, int | float) or value in {"[c]", "[x]", "[z]", "<1%"} for value in values), (
        address
    )


def test_health_names_the_release_that_is_current(visitor: FlaskClient, released: Path) -> None:
    current = (released / "releases" / "public" / "CURRENT").read_text(encoding="utf-8").strip()
    health = json.loads(visitor.get("/healthz").data)
    assert health == {"release": current, "stale": False, "status": "ok"}
