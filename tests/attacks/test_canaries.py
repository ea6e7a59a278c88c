"""No hidden figure is served: not in a page, a reply, a file, a header or an error, however it is wrapped."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pandas as pd

from dashboard.store import CurrentStore
from tests.attacks.canaries import is_unusual, list_numbers
from tests.attacks.conftest import Published
from tests.attacks.crawl import Answer, list_texts
from tests.attacks.decode import find_numbers

#: Files of packages and of this repository, the same whatever the figures are: `test_differences` says so.
STATIC = ("GET /_dash-component-suites/", "GET /bootstrap/", "GET /assets/")
AXES = ("xaxis", "yaxis")
#: What is asked for figures, each in its own way.
KINDS = (
    *("GET /?", "GET /child-protection?", "GET /_dash-layout?", "POST /_dash", ".csv?", ".xlsx?"),
    *("GET /api/v1/figures?limit", "GET /api/v1/figures?indicator"),
)


def list_found(served: Mapping[str, Answer]) -> set[float]:
    return find_numbers(
        "\n".join(
            sorted(list_texts(answer for asked, answer in served.items() if not asked.startswith(STATIC)))
        )
    )


def locate(served: Mapping[str, Answer], canaries: set[float]) -> list[str]:
    """The first few answers in which canaries were found, with what was found there."""
    places = (
        f"{asked[:200]}: {sorted(found)[:5]}"
        for asked, answer in served.items()
        if (found := find_numbers(answer.everything) & canaries)
    )
    return [place for place, _ in zip(places, range(5), strict=False)]


def test_there_is_enough_to_be_found(hidden: pd.DataFrame, canaries: set[float]) -> None:
    counts = hidden[hidden["statistic"] == "count"]
    assert pd.to_numeric(counts["value"]).between(1, 9).sum() >= 30
    assert (pd.to_numeric(counts["value"]) > 100_000).sum() >= 10
    assert len(canaries) > 200


def test_nothing_hidden_is_served(served: dict[str, Answer], canaries: set[float]) -> None:
    assert {answer.status for answer in served.values()} >= {200, 404, 405, 415}
    if list_found(served) & canaries:
        assert locate(served, canaries) == []


def test_what_is_not_protected_is_found(
    served_bare: dict[str, Answer], canaries: set[float], hidden: pd.DataFrame
) -> None:
    """The crawl and the decoder can find what they look for."""
    found = list_found(served_bare) & canaries
    direct = {number for number in list_numbers(hidden) if is_unusual(number)} & canaries
    assert len(found & direct) > len(direct) / 10
    assert len(found - direct) > 10
    for kind in KINDS:
        assert locate({asked: each for asked, each in served_bare.items() if kind in asked}, found), kind


# --- small numbers, by what they are figures of ---------------------------------------------------


def list_secret_cells(hidden: pd.DataFrame, published: Published) -> set[tuple[str, ...]]:
    """Every hidden figure in the words of a download."""
    store = CurrentStore(published.data)()
    titles = {
        (name, category.id): category.title
        for name, characteristic in store.characteristics.items()
        for category in characteristic.categories
    }
    return {
        (
            store.indicators[row.indicator].title,
            row.statistic,
            store.areas[row.area].name,
            row.basis,
            row.period,
            titles.get((row.characteristic, row.category), ""),
        )
        for row in hidden.itertuples()
    }


def list_rows(served: Mapping[str, Answer]) -> Iterator[tuple[str, list[str]]]:
    """Every row of every download."""
    for asked, answer in served.items():
        if asked.startswith("GET /download/") and ".csv?" in asked and answer.status == 200:
            rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
            yield from ((asked, row) for row in list(rows)[1:])


def test_no_small_number_is_downloaded(
    hidden: pd.DataFrame, served: dict[str, Answer], served_bare: dict[str, Answer], planted: Published
) -> None:
    exact = hidden[~hidden["statistic"].eq("percentage")]
    secret = list_secret_cells(exact, planted)
    assert [(asked, row) for asked, row in list_rows(served) if tuple(row[:6]) in secret and row[6]] == []
    shown = {tuple(row[:6]) for _, row in list_rows(served_bare) if row[6]}
    assert len(shown & secret) > len(secret) / 10


def list_told(served: Mapping[str, Answer]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every figure that programs are told: what it is a figure of, and its value."""
    of = ("indicator_title", "statistic", "area_name", "basis", "period", "category_title")
    for asked, answer in served.items():
        if asked.startswith("GET /api/v1/figures") and answer.status == 200:
            for figure in json.loads(answer.body)["figures"]:
                yield tuple(figure[name] or "" for name in of), figure["value"]


def test_no_small_number_is_told_to_a_program(
    hidden: pd.DataFrame, served: dict[str, Answer], served_bare: dict[str, Answer], planted: Published
) -> None:
    secret = list_secret_cells(hidden[~hidden["statistic"].eq("percentage")], planted)
    told = list(list_told(served))
    assert [(cell, value) for cell, value in told if cell in secret and value is not None] == []
    assert {cell for cell, _ in told} & secret  # as hidden
    assert secret == {cell for cell, value in list_told(served_bare) if value is not None} & secret


def read_workbook(answer: Answer) -> list[str]:
    """The values of a workbook's figures, as its CSV has them: without signs, commas and words."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body))["Figures"]
    if not sheet.tables:
        return []
    columns, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables["figures"].ref]]
    return [str(row[columns.index("Value")]) for row in rows]


def test_a_workbook_tells_what_the_csv_of_its_chart_tells_and_no_more(served: dict[str, Answer]) -> None:
    csv_of = {asked: asked.replace(".xlsx?", ".csv?", 1) for asked in served if ".xlsx?" in asked}
    both = [asked for asked in csv_of if csv_of[asked] in served]
    assert len(both) > 100
    for asked in both[::9]:
        csv_of_it = served[csv_of[asked]]
        _, *rows = csv.reader(io.StringIO(csv_of_it.body.decode("utf-8-sig")))
        plain = [re.sub(r"(?<!<1)%|,|^(about|above|below) ", "", row[6] or row[7]) for row in rows]
        told = [value.removesuffix(".0") for value in read_workbook(served[asked])]
        assert told == [value.replace("−", "-").removesuffix(".0") for value in plain], asked


# --- axes -----------------------------------------------------------------------------------------


def list_figures(served: Mapping[str, Answer]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every chart of every reply."""
    for asked, answer in served.items():
        if asked.startswith("POST") and answer.status == 200:
            yield from ((asked, figure) for figure in _walk(json.loads(answer.body)))


def _walk(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(figure := node.get("figure"), dict) and "layout" in figure:
            yield figure
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)


def test_no_axis_reaches_for_a_hidden_figure(served: dict[str, Answer]) -> None:
    """What is hidden is planted at twice what is shown beside it: an axis with room for it would tell."""
    measured, wrong = 0, []
    for asked, figure in list_figures(served):
        for axis in AXES:
            shown = [
                abs(value)
                for trace in figure["data"]
                for value in trace.get(axis[0]) or ()
                if isinstance(value, int | float)
            ]
            extent = figure["layout"].get(axis, {}).get("range") or []
            numbers = [abs(each) for each in extent if isinstance(each, int | float)]
            if len(shown) > 1 and max(shown) > 10_000 and numbers:
                measured += 1
                if max(numbers) > 1.6 * max(shown):
                    wrong.append((asked, axis, max(numbers), max(shown)))
    assert wrong == []
    assert measured > 100
