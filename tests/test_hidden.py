"""No hidden figure is served: not in a page, a reply or a download, nor by subtraction within one chart.

The real figures, published for the public; every page for every area and period, through Flask's test client.
A cell is known by what it is a figure of, never by its bare number: "3" is hidden here and shown there.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from bench.callback import find_filter_callback, make_body
from dashboard.areas import Areas, load_areas
from dashboard.indicators import load_indicators
from dashboard.observations import NUMBERS
from dashboard.pages import PageDeclaration, load_pages
from dashboard.query import offered_periods
from dashboard.release import make_figures
from dashboard.settings import Settings
from dashboard.shelf import current_release
from dashboard.store import CurrentStore, Store
from dashboard.web.server import create_app

CELL = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category"]
THEMED = ["front-door", "through-care", "child-protection", "children-in-need", "staffing"]


class Shown(NamedTuple):
    """A row of a download."""

    indicator: str
    statistic: str
    area: str
    basis: str
    period: str
    category: str
    value: str
    symbol: str
    status: str
    source: str
    published_on: str
    precision: str
    base: str
    note: str

    @property
    def cell(self) -> tuple[str, ...]:
        return self[:6]


# --- what is hidden -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(released: Path) -> Store:
    return CurrentStore(released)()


@pytest.fixture(scope="module")
def figures(released: Path) -> pd.DataFrame:
    """The rows of the release."""
    rows = pd.read_csv(current_release(released) / "figures.csv", dtype="str", keep_default_na=False)
    return rows.assign(**{name: pd.to_numeric(rows[name]) for name in NUMBERS})


@pytest.fixture(scope="module")
def unprotected(released: Path) -> pd.DataFrame:
    """All figures as they are before protection, months and categories that no release shows among them."""
    return make_figures(released).raw


@pytest.fixture(scope="module")
def counting(released: Path) -> set[str]:
    """The indicators that count children."""
    catalogue = load_indicators(released).values()
    return {each.id for each in catalogue if each.noun == "children" and not each.difference}


def of_districts(rows: pd.DataFrame, released: Path, counting: set[str], statistic: str) -> pd.DataFrame:
    """The rows below the county that are about children."""
    areas = load_areas(released)
    below = [area.slug for area in areas if area.within == areas.county.slug]
    return rows[rows["area"].isin(below) & rows["indicator"].isin(counting) & rows["statistic"].eq(statistic)]


def name_cells(rows: pd.DataFrame, store: Store) -> set[tuple[str, ...]]:
    """The council's own figures among some rows, in the words of a download."""
    names = {area.slug: area.name for area in store.areas}
    cells = rows[rows["basis"].eq("local") & rows["area"].isin(list(names))][CELL].drop_duplicates()
    return {
        (
            store.indicators[row.indicator].title,
            row.statistic,
            names[row.area],
            row.basis,
            row.period,
            store.characteristics[row.characteristic].title_of(row.category) if row.characteristic else "",
        )
        for row in cells.itertuples()
    }


@pytest.fixture(scope="module")
def hidden(figures: pd.DataFrame, unprotected: pd.DataFrame, store: Store) -> set[tuple[str, ...]]:
    """Every cell that is shown as hidden, or is not in the release at all."""
    symbols = name_cells(figures[figures["symbol"] == "c"], store)
    absent = name_cells(unprotected[unprotected["value"].notna()], store) - name_cells(figures, store)
    assert len(absent) > 10_000
    return symbols | absent


def test_no_small_count_below_the_county_stands_in_the_release(
    unprotected: pd.DataFrame, figures: pd.DataFrame, released: Path, counting: set[str]
) -> None:
    counts = of_districts(unprotected, released, counting, "count")
    small = counts[counts["value"].between(1, 9)]
    assert len(small) > 10_000
    published = small.merge(figures, on=[*CELL, "source", "published_on"], suffixes=("", "_shown"))
    assert (published["symbol_shown"] == "c").sum() > 100  # the others are of levels that are not shown
    assert published[published["symbol_shown"] != "c"][[*CELL, "value"]].to_dict("records") == []
    shown = of_districts(figures, released, counting, "count")  # categories put together too
    assert len(shown) > 1000
    assert shown[shown["value"].between(1, 9)][[*CELL, "value"]].to_dict("records") == []


def test_no_percentage_below_the_county_is_of_a_small_number(
    unprotected: pd.DataFrame, figures: pd.DataFrame, released: Path, counting: set[str]
) -> None:
    shares = of_districts(unprotected, released, counting, "percentage")
    small = shares[shares["numerator"].between(1, 9)]
    published = small.merge(figures, on=[*CELL, "source", "published_on"], suffixes=("", "_shown"))
    assert len(published) > 100
    exact = published[(published["symbol_shown"] != "c") & (published["precision"] == "")]
    assert exact[[*CELL, "value"]].to_dict("records") == []
    shown = of_districts(figures, released, counting, "percentage")
    assert shown[shown["numerator"].between(1, 9)][[*CELL, "value"]].to_dict("records") == []


def test_a_percentage_that_is_told_less_exactly_is_a_round_number_of_nobody_knows_how_many(
    figures: pd.DataFrame,
) -> None:
    rows = figures[figures["precision"] != ""]
    assert len(rows) > 100
    assert set(rows["statistic"]) == {"percentage"}
    assert set(rows["symbol"]) == {""}
    assert (rows["value"] % 5 == 0).all()
    assert rows["numerator"].isna().all()
    assert rows.loc[rows["base"] != "", "denominator"].isna().all()


def test_nothing_is_left_of_a_hidden_figure_in_the_release(figures: pd.DataFrame) -> None:
    rows = figures[figures["symbol"] == "c"]
    assert len(rows) > 1000
    assert rows[[*NUMBERS]].notna().to_numpy().sum() == 0
    assert set(rows["precision"]) | set(rows["base"]) == {""}


def test_a_figure_without_a_symbol_has_a_value(figures: pd.DataFrame) -> None:
    rows = figures[figures["symbol"] == ""]
    assert np.isfinite(rows["value"]).all()


# --- what is served -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(released: Path) -> FlaskClient:
    return create_app(Settings(data=released)).server.test_client()


@pytest.fixture(scope="module")
def pages(store: Store) -> dict[str, PageDeclaration]:
    return dict(load_pages(store.folder / "declared"))


def list_choices(store: Store, page: PageDeclaration) -> Iterator[tuple[str, str]]:
    """Every area, with every quarter and year that a page offers."""
    for area in store.areas.choosable:
        for period in offered_periods(store, page):
            yield area.slug, period.code


def download(client: FlaskClient, page: PageDeclaration, area: str, period: str) -> dict[str, list[Shown]]:
    """The rows of each panel's download."""
    read = {}
    for panel in page.panels:
        answer = client.get(f"/download/{page.key}/{panel.key}.csv?area={area}&period={period}&range=1y")
        assert answer.status_code == 200
        rows = csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
        read[panel.key] = [Shown(*row) for row in list(rows)[1:]]
    return read


def read_reply(
    client: FlaskClient, callback: dict[str, Any], page: str, area: str, period: str
) -> dict[str, Any]:
    """What the page would be told when it is changed to a choice."""
    chosen = {"area": area, "period": period, "compare": [], "range": "1y", "display": "charts", "page": page}
    body = make_body(callback, chosen)
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 200
    view: dict[str, Any] = answer.get_json()["response"]["view"]["data"]
    return view


@pytest.mark.parametrize("key", THEMED)
def test_no_hidden_figure_is_downloaded_drawn_or_written(
    client: FlaskClient,
    store: Store,
    pages: dict[str, PageDeclaration],
    hidden: set[tuple[str, ...]],
    key: str,
) -> None:
    page = pages[key]
    callback = find_filter_callback(client.get("/_dash-dependencies").get_json())
    leaked, seen = [], 0
    for area, period in list_choices(store, page):
        downloaded = download(client, page, area, period)
        for panel, rows in downloaded.items():
            secret = [row for row in rows if row.cell in hidden]
            seen += len(secret)
            unknown = [row for row in rows if row.symbol == "[c]" and row.statistic == "count"]
            assert {row.cell for row in unknown if row.basis == "local"} <= hidden
            leaked += [(area, period, panel, row) for row in secret if row.value]
            leaked += [(area, period, panel, leak) for leak in find_subtractions(rows, store.areas)]
        view = read_reply(client, callback, key, area, period)
        leaked += [(area, period, *leak) for leak in find_unknown_numbers(view["tables"], downloaded)]
    assert leaked == []
    assert seen > 0 or key in {"front-door", "staffing"}  # where counts are large, or not of children


@pytest.mark.parametrize("key", THEMED)
def test_a_page_as_opened_says_what_a_page_as_changed_says(
    client: FlaskClient, store: Store, pages: dict[str, PageDeclaration], key: str
) -> None:
    callback = find_filter_callback(client.get("/_dash-dependencies").get_json())
    for area, period in list(list_choices(store, pages[key]))[::7]:
        view = read_reply(client, callback, key, area, period)
        layout = client.get("/_dash-layout", query_string={"at": view["address"]}).get_json()
        opened = find_store(layout)
        assert opened["tables"] == view["tables"]
        assert opened["title"] == view["title"]


def find_store(layout: object) -> dict[str, Any]:
    """The view in a page's layout."""
    waiting = [layout]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            if each.get("props", {}).get("id") == "view":
                data: dict[str, Any] = each["props"]["data"]
                return data
            waiting.append(each.get("props", {}).get("children"))
    raise AssertionError("the layout holds no view")


def find_unknown_numbers(
    tables: dict[str, Any], downloaded: dict[str, list[Shown]]
) -> Iterator[tuple[str, str, str]]:
    """Numbers of a table that are neither a shown figure of its download nor a target."""
    for panel, (_, columns, rows, _) in tables.items():
        known = Counter(row.value for row in downloaded[panel] if row.value)
        for row in rows:
            for column, text in zip(columns[1:], row[1:], strict=True):
                is_number = re.fullmatch(r"[\d,.]+%?", text)
                is_made_here = "arget" in column or column == "All others"  # the whole less what is named
                if is_number and not known[text] and not is_made_here:
                    yield panel, f"{row[0]}, {column}", text


def find_subtractions(rows: list[Shown], areas: Areas) -> Iterator[str]:
    """Counts that one chart hides alone, beside the rest of what adds up to a count that it shows."""
    county = areas.county.name
    by_area: dict[tuple[str, ...], dict[str, Shown]] = defaultdict(dict)
    by_category: dict[tuple[str, ...], dict[str, Shown]] = defaultdict(dict)
    for row in rows:
        if row.statistic == "count":
            by_area[row.indicator, row.basis, row.period, row.category][row.area] = row
            by_category[row.indicator, row.basis, row.period, row.area][row.category] = row
    for cell, places in by_area.items():
        parts = [row for area, row in places.items() if area in {each.name for each in areas.districts}]
        gone = [row for row in places.values() if not row.value]
        if (
            len(parts) == len(areas.districts)
            and county in places
            and places[county].value
            and len(gone) == 1
        ):
            yield f"{cell}: {gone[0].area} is the county less the rest"
    for cell, categories in by_category.items():
        gone = [row for row in categories.values() if not row.value]
        if "" in categories and categories[""].value and len(categories) > 2 and len(gone) == 1:
            yield f"{cell}: {gone[0].category} is the whole less the rest"
