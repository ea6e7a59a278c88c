"""Figures as they were known on a day, and what was published again with another number."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard.areas import Areas
from dashboard.known import as_known, find_day, list_restated
from dashboard.periods import parse
from dashboard.reading import Release
from dashboard.store import Store
from dashboard.vocabulary import COLUMNS, Basis, Statistic

RATE = "children_in_need_census_rate"
ROWS = (  # area, period, value, status, published
    ("worcestershire", "2019-M03", "306.5", "final", "2026-04-30"),
    ("worcestershire", "2020-M03", "275", "as_published", "2021-02-28"),
    ("worcestershire", "2020-M03", "276", "revised", "2022-10-31"),
    ("worcestershire", "2020-M03", "277.4", "final", "2026-04-30"),
    ("worcestershire", "2021-M03", "269", "as_published", "2022-05-31"),
    ("england", "2020-M03", "324", "as_published", "2021-02-28"),
    ("redditch", "2020-M03", "250", "illustrative", "2026-04-30"),
)


@pytest.fixture
def store() -> Store:
    rows = [
        dict.fromkeys(COLUMNS, "")
        | {"indicator": RATE, "statistic": "rate", "area": area, "basis": "official", "period": period}
        | {"value": value, "status": status, "source": "s", "published_on": day}
        | {"numerator": None, "denominator": None}
        for area, period, value, status, day in ROWS
    ]
    frame = pd.DataFrame(rows).astype({"numerator": "float64", "denominator": "float64"})
    return Store.from_frame(frame, {}, {}, Areas(()), {}, (), Release("r", datetime(2026, 5, 1, tzinfo=UTC)))


def read(store: Store, area: str = "worcestershire") -> dict[str, float | None]:
    return {each.period.code: each.value for each in store.series(RATE, "rate", area, "official", "month")}


def test_now_every_figure_is_as_published_last(store: Store) -> None:
    assert read(store) == {"2019-M03": 306.5, "2020-M03": 277.4, "2021-M03": 269}


def test_on_a_day_only_what_was_out_stands_with_the_number_it_had(store: Store) -> None:
    assert read(as_known(store, "2021-02-28")) == {"2020-M03": 275}
    assert read(as_known(store, "2022-05-31")) == {"2020-M03": 275, "2021-M03": 269}
    assert read(as_known(store, "2022-10-31")) == {"2020-M03": 276, "2021-M03": 269}
    assert read(as_known(store, "2021-02-27")) == {}
    assert read(as_known(store, "2026-04-30")) == read(store)


def test_what_was_told_of_a_figure_goes_with_it(store: Store) -> None:
    then = as_known(store, "2021-02-28").at(RATE, "rate", "worcestershire", "official", parse("2020-M03"))
    assert then is not None
    assert (then.decimals, then.published_on, then.status) == (0, "2021-02-28", "as_published")


def test_what_had_been_replaced_by_then_lies_behind(store: Store) -> None:
    line = RATE, "rate", "worcestershire", "official", parse("2020-M03")
    assert [each.value for each in store.replaced(*line)] == [275, 276]
    assert [each.value for each in as_known(store, "2022-10-31").replaced(*line)] == [275]
    assert as_known(store, "2021-02-28").replaced(*line) == ()


def test_simulated_figures_stay(store: Store) -> None:
    assert read(as_known(store, "1999-01-01"), "redditch") == {"2020-M03": 250}


def test_looking_back_changes_nothing_of_the_store_itself(store: Store) -> None:
    before = read(store)
    then = as_known(store, "2021-02-28")
    assert read(store) == before
    assert then != store
    assert hash(then) != hash(store)
    assert then == as_known(store, "2021-02-28")
    assert then.known_on == "2021-02-28"


def test_a_period_was_known_when_a_paper_first_gave_a_figure_for_it(store: Store) -> None:
    assert find_day(store, parse("2020-M03").end_index) == "2021-02-28"
    assert find_day(store, parse("2019-20").end_index) == "2021-02-28"
    assert find_day(store, parse("2021-M03").end_index) == "2022-05-31"
    assert find_day(store, parse("2019-M03").end_index) == ""  # in a data set, in no paper


def test_what_reads_otherwise_now_is_listed_with_the_first_and_the_last(store: Store) -> None:
    asked = RATE, Statistic.RATE, ("worcestershire", "england"), Basis.OFFICIAL
    (found,) = list_restated(store, *asked, parse("2021-M03").end_index)
    assert (found.area, found.first.value, found.last.value) == ("worcestershire", 275, 277.4)
    assert list_restated(store, *asked, parse("2020-M02").end_index) == ()


def test_the_rate_of_2020_reads_275_or_277_as_the_day_is(released: Path) -> None:
    from dashboard.store import CurrentStore

    whole = CurrentStore(released)()
    day = find_day(whole, parse("2020-21-Q3").end_index)
    assert day == "2021-02-28"
    asked = RATE, "rate", "worcestershire", "official", parse("2020-M03")
    values = [each.at(*asked) for each in (as_known(whole, day), whole)]
    assert [each and each.value for each in values] == [275, 277.4]
