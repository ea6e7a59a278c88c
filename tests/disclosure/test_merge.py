"""Categories put together, and months of breakdowns left out."""

from collections.abc import Mapping

import pandas as pd
import pytest

from dashboard.characteristics import Category, Characteristic, Merged
from dashboard.disclosure.merge import add_merged, keep_quarters
from tests.disclosure.tables import CATALOGUE, figures

AGE = Characteristic(
    "age",
    "Age",
    tuple(Category(each, each.title()) for each in ("baby", "child", "teen")),
    coarser=((Merged("young", "Baby or child", ("baby", "child")),),),
)


def of_ages(rows: Mapping[str, Mapping[str, object]], **extra: object) -> pd.DataFrame:
    """The figures of each age."""
    told = {"area": "east", "period": "2020-M06", "characteristic": "age", **extra}
    return figures([{**told, "category": age, **row} for age, row in rows.items()])


def share(numerator: int, denominator: int) -> dict[str, object]:
    """A percentage with its parts."""
    return {"value": 100 * numerator / denominator, "numerator": numerator, "denominator": denominator}


def merged(rows: pd.DataFrame) -> pd.DataFrame:
    """What was added to some figures, which stay as they are."""
    table = add_merged(rows, {"age": AGE})
    pd.testing.assert_frame_equal(table.iloc[: len(rows)], rows)
    return table.iloc[len(rows) :]


def test_counts_are_summed() -> None:
    rows = of_ages({"baby": {"value": 3}, "child": {"value": 4}, "teen": {"value": 20}}, indicator="starts")
    assert merged(rows)[["category", "value"]].to_numpy().tolist() == [["young", 7.0]]


def test_shares_of_the_same_children_are_summed_over_them() -> None:
    rows = of_ages(
        {"baby": share(10, 50), "child": share(15, 50), "teen": share(25, 50)},
        indicator="fostered",
        statistic="percentage",
    )
    assert merged(rows)[["numerator", "denominator", "value"]].to_numpy().tolist() == [[25.0, 50.0, 50.0]]


def test_percentages_of_each_category_are_pooled() -> None:
    """5 of 10 and 10 of 40 are 15 of 50: 30%, not the 37.5% between 50% and 25%."""
    rows = of_ages(
        {"baby": share(5, 10), "child": share(10, 40), "teen": share(9, 10)},
        indicator="late",
        statistic="percentage",
    )
    values = merged(rows)[["numerator", "denominator", "value"]].to_numpy().ravel().tolist()
    assert values == pytest.approx([15.0, 50.0, 30.0])


def test_where_a_part_is_not_known_nothing_is_put_together() -> None:
    unknown = {"value": None, "symbol": "x"}
    assert merged(of_ages({"baby": {"value": 3}, "child": unknown}, indicator="starts")).empty


def test_where_a_part_is_missing_that_others_have_nothing_is_put_together() -> None:
    whole = of_ages({"baby": {"value": 3}, "child": {"value": 4}}, indicator="starts")
    part = of_ages({"baby": {"value": 3}}, indicator="starts", area="west")
    assert merged(pd.concat([whole, part], ignore_index=True))["area"].tolist() == ["east"]


def test_breakdowns_are_kept_at_ends_of_quarters_and_flows_over_whole_ones() -> None:
    def kept(indicator: str, period: str, **extra: object) -> bool:
        rows = of_ages({"baby": {"value": 3}}, indicator=indicator, period=period, **extra)
        return bool(keep_quarters(rows, CATALOGUE).item())

    assert [kept("looked_after", month) for month in ("2020-M05", "2020-M06")] == [False, True]
    assert not kept("starts", "2020-M06")
    assert kept("starts", "2020-21-Q1")
    assert kept("starts", "2020-M05", characteristic="", category="")
    assert kept("starts", "2020-M05", status="final")  # somebody has published it
