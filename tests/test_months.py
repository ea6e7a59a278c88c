"""`dashboard.months`: at which months twelve of them can end."""

from typing import Any

import pytest

from dashboard.months import offered_months, quarter_by, usual_month, window_to
from dashboard.pages import load_pages
from dashboard.periods import parse
from dashboard.settings import DATA
from tests.test_query import make_store

PAGE = load_pages(DATA)["board-dataset"]


def held(indicator: str, *codes: str, **fields: Any) -> list[dict[str, object]]:
    return [{"indicator": indicator, "period": code, **fields} for code in codes]


def test_twelve_months_end_with_the_one_that_is_named() -> None:
    months = window_to(parse("2019-M06"))
    assert [month.code for month in months][::11] == ["2018-M07", "2019-M06"]
    assert len(months) == 12
    assert window_to(parse("2020-M02"))[0].code == "2019-M03"


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2019-M06", "2019-20-Q1"), ("2019-M05", "2018-19-Q4"), ("2019-M01", "2018-19-Q3")],
)
def test_other_pages_are_shown_as_at_the_last_quarter_that_had_ended(month: str, quarter: str) -> None:
    assert quarter_by(parse(month)).code == quarter


def test_every_month_between_the_first_and_the_last_with_a_figure_can_be_chosen() -> None:
    store = make_store(
        [
            *held("looked_after_children", "2018-M12", "2019-M03"),
            *held("care_leavers", "2019-M01"),
            *held("contacts", "2021-M01"),
            *held("care_leavers", "2022-M01", basis="official"),
        ]
    )
    assert [month.code for month in offered_months(store, PAGE)] == [
        *("2019-M03", "2019-M02", "2019-M01", "2018-M12")
    ]


def test_it_opens_at_the_last_month_for_which_most_measures_are_published() -> None:
    names = [measure.indicator for measure in PAGE.listed]
    statistics = {measure.indicator: str(measure.statistic) for measure in PAGE.listed}

    def rows(some: list[str], code: str, status: str) -> list[dict[str, object]]:
        return [
            {"indicator": name, "statistic": statistics[name], "period": code, "status": status}
            for name in some
        ]

    most, made_up = rows(names[:17], "2019-M06", "final"), rows(names, "2021-M03", "illustrative")
    few = rows(names[:3], "2021-M03", "final")
    assert usual_month(make_store([*most, *made_up, *few]), PAGE) == parse("2019-M06")
    assert usual_month(make_store([*rows(names[:16], "2019-M06", "final"), *made_up]), PAGE) == parse(
        "2021-M03"
    )


def test_a_release_without_any_of_the_measures_has_no_months() -> None:
    store = make_store(held("contacts", "2020-M03"))
    assert offered_months(store, PAGE) == ()
    assert usual_month(store, PAGE) is None
