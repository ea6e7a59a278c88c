"""Rows are the released figures, all of them and no others, in an order that is declared."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from dashboard.export.rows import Row, Rows, rows_of_release

Make = Callable[..., Any]
AREAS = ("worcestershire", "redditch", "wychavon")
MONTHS = {f"2021-M{month:02}": 100 + month for month in range(1, 13)}


@pytest.fixture
def table(release: Make, figures: Make) -> list[Any]:
    """Rows as they are given, in no order."""
    rows = []
    for area in reversed(AREAS):
        rows += figures("referrals", MONTHS | {"2020-21": 900, "CY2020": 1000}, area=area, basis="local")
        rows += figures("looked_after_children", {"2022-M03": 5, "2021-M03": "[c]"}, area=area)
        for category in ("neglect", "emotional", "physical"):
            told = {"characteristic": "category_of_abuse", "category": category, "basis": "local"}
            rows += figures("child_protection_plans", {"2021-22-Q4": 12, "2021-22-Q3": 11}, area=area, **told)
    return rows


@pytest.fixture
def rows(release: Make, table: list[Any]) -> Rows:
    return rows_of_release(release(table).store)


def describe(row: Row) -> tuple[object, ...]:
    seen = row.observation
    of = (
        row.indicator,
        row.statistic,
        row.area,
        row.basis,
        seen.period.code,
        row.characteristic,
        row.category,
    )
    return *of, seen.value, str(seen.symbol)


def describe_given(row: Any) -> tuple[object, ...]:
    of = ("indicator", "statistic", "area", "basis", "period", "characteristic", "category")
    value = float(row["value"]) if row["value"] else None
    return *(row.get(name, "") for name in of), value, row["symbol"]


def test_every_figure_is_a_row_once(rows: Rows, table: list[Any]) -> None:
    read = [describe(row) for row in rows.read(rows.find({}))]
    assert sorted(map(repr, read)) == sorted(repr(describe_given(row)) for row in table)


def test_they_are_in_the_order_of_the_catalogue_the_areas_the_categories_and_time(rows: Rows) -> None:
    read = rows.read(rows.find({}))
    store = rows.store
    categories = [each.id for each in store.characteristics["category_of_abuse"].categories]
    grains = ["month", "quarter", "year", "calendar_year"]
    keys = [
        (
            list(store.indicators).index(row.indicator),
            grains.index(row.observation.period.grain),
            store.areas.slugs.index(row.area),
            categories.index(row.category) if row.category else -1,
            row.observation.period.index,
        )
        for row in read
    ]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "wanted",
    [
        {"indicator": ("referrals",)},
        {"area": ("redditch", "wychavon")},
        {"basis": ("local",), "statistic": ("count",)},
        {"characteristic": ("",)},
        {"characteristic": ("category_of_abuse",), "area": ("redditch",)},
        {"indicator": ("contacts",)},
        {"statistic": ("rate",)},
    ],
    ids=repr,
)
def test_narrowing_keeps_what_a_look_at_each_row_would_keep(
    rows: Rows, table: list[Any], wanted: dict[str, tuple[str, ...]]
) -> None:
    kept = [row for row in table if all(row.get(name, "") in words for name, words in wanted.items())]
    found = rows.read(rows.find(wanted))
    assert sorted(map(repr, map(describe, found))) == sorted(repr(describe_given(row)) for row in kept)


def test_a_span_keeps_what_neither_starts_before_nor_ends_after_it(rows: Rows) -> None:
    every = rows.read(rows.find({}))
    first, last = 2020 * 12 + 3, 2021 * 12 + 2  # April 2020 to March 2021
    for start, end in product((None, first), (None, last)):
        kept = [
            describe(row)
            for row in every
            if (
                start is None
                or row.observation.period.start >= row.observation.period.start.replace(2020, 4, 1)
            )
            and (end is None or row.observation.period.end <= row.observation.period.end.replace(2021, 3, 31))
        ]
        assert [describe(row) for row in rows.read(rows.find({}, start, end))] == kept
    assert {row.observation.period.code for row in rows.read(rows.find({}, first, last))} == {
        *("2021-M01", "2021-M02", "2021-M03", "2020-21")
    }


def test_a_release_without_figures_has_no_rows(release: Make) -> None:
    rows = rows_of_release(release().store)
    assert rows.read(rows.find({"area": ("redditch",)}, 0, 10**6)) == []
