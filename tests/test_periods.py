from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import Grain, Period, PeriodError, between, month_at, parse

MONTHS = st.integers(1900 * 12, 2100 * 12 + 11).map(month_at)
QUARTERS = st.builds(
    lambda year, number: Period(Grain.YEAR, year, 4).quarter_of(number),
    st.integers(1900, 2099),
    st.integers(1, 4),
)
YEARS = st.integers(1900, 2100).map(lambda year: Period(Grain.YEAR, year, 4))
CALENDAR_YEARS = st.integers(1900, 2100).map(lambda year: Period(Grain.CALENDAR_YEAR, year, 1))
PERIODS = st.one_of(MONTHS, QUARTERS, YEARS, CALENDAR_YEARS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # the product's own
        ("2019-M03", "2019-M03"),
        ("2018-19-Q4", "2018-19-Q4"),
        ("2018-19", "2018-19"),
        ("CY2021", "CY2021"),
        # headings of the board dataset
        ("Jul-18", "2018-M07"),
        ("Jun-19", "2019-M06"),
        ("17/18", "2017-18"),
        # tables and sentences of the performance reports
        ("2019/20", "2019-20"),
        ("19/20", "2019-20"),
        ("20/21", "2020-21"),
        ("Q1 2020/21", "2020-21-Q1"),
        ("Q2 2020/21", "2020-21-Q2"),
        ("quarter 4 21/22", "2021-22-Q4"),
        ("qtr. 4 of 19/20", "2019-20-Q4"),
        ("Qtr 3 21/22", "2021-22-Q3"),
        ("as at 31 Dec 2020", "2020-M12"),
        ("31 Mar 2022", "2022-M03"),
        ("at 31 March 2021", "2021-M03"),
        ("April 21", "2021-M04"),
        ("Dec 21", "2021-M12"),
        ("Dec 2021", "2021-M12"),
        # the Department for Education
        ("2020", "2019-20"),
        ("202021", "2020-21"),
        ("201920", "2019-20"),
        ("year ending 31 March 2020", "2019-20"),
        ("Year ending March 2020", "2019-20"),
        ("2018-2019", "2018-19"),
        # what people type
        ("  q4   2021/22 ", "2021-22-Q4"),
        ("2021/22 Q4", "2021-22-Q4"),
        ("FY 2021/22", "2021-22"),
        ("FY21/22", "2021-22"),
        ("2019–20", "2019-20"),
        ("30 September 2022", "2022-M09"),
        ("1st Sept 2022", "2022-M09"),
        ("2022-03-31", "2022-M03"),
        ("31/03/2022", "2022-M03"),
        ("March 2019", "2019-M03"),
        ("MAY 2019", "2019-M05"),
        ("29 Feb 2020", "2020-M02"),
        # across a century
        ("1999/00", "1999-00"),
        ("1999/2000", "1999-00"),
        ("99/00", "1999-00"),
        ("2000", "1999-00"),
    ],
)
def test_every_notation_that_the_documents_use_is_understood(text: str, code: str) -> None:
    assert parse(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "2019-M13",
        "2019-M00",
        "2018-20",
        "2018/2119",
        "18/20",
        "201903",
        "2021-22-Q5",
        "Q0 2021/22",
        "Q4",
        "31 Feb 2020",
        "29 Feb 2019",
        "31/13/2022",
        "2022-13-01",
        "0000-M01",
        "0000",
        "9999",
        "CY0000",
        "9998-99",
        "٢",
        "2019-M03; DROP TABLE",
        "x" * 10_000,
    ],
)
def test_what_is_no_period_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(PeriodError, match="expected a month"):
        parse(text)


def test_a_year_that_could_be_a_month_is_the_financial_year() -> None:
    assert parse("2011-12").code == "2011-12"
    assert parse("2011-12").grain is Grain.YEAR


@given(PERIODS)
def test_a_code_names_its_own_period(period: Period) -> None:
    assert parse(period.code) == period


@given(st.one_of(MONTHS, QUARTERS, YEARS))
def test_a_label_names_its_own_period(period: Period) -> None:
    assert parse(period.label) == period


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_an_error_and_never_a_crash(text: str) -> None:
    try:
        period = parse(text)
    except PeriodError:
        return
    assert parse(period.code) == period
    assert period.start <= period.middle <= period.end


@given(PERIODS)
def test_a_period_begins_the_day_after_the_one_before_it_ends(period: Period) -> None:
    assert period.start.toordinal() == period.previous().end.toordinal() + 1
    assert period.shifted(3).shifted(-3) == period


@given(PERIODS)
def test_the_parts_of_a_period_cover_it_exactly(period: Period) -> None:
    months = list(period.parts(Grain.MONTH))
    assert len(months) == period.months
    assert (months[0].start, months[-1].end) == (period.start, period.end)


def test_a_period_has_no_parts_longer_than_itself() -> None:
    with pytest.raises(ValueError, match="not made up of"):
        list(parse("2019-M03").parts(Grain.QUARTER))


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        ("2018-M04", "2018-19-Q1", "2018-19"),
        ("2018-M06", "2018-19-Q1", "2018-19"),
        ("2018-M07", "2018-19-Q2", "2018-19"),
        ("2018-M12", "2018-19-Q3", "2018-19"),
        ("2019-M01", "2018-19-Q4", "2018-19"),
        ("2019-M03", "2018-19-Q4", "2018-19"),
        ("2019-M04", "2019-20-Q1", "2019-20"),
    ],
)
def test_january_to_march_is_the_fourth_quarter_of_the_year_that_ends_in_it(
    month: str, quarter: str, year: str
) -> None:
    assert parse(month).quarter.code == quarter
    assert parse(month).year.code == year
    assert parse(quarter).year.code == year


def test_a_stock_of_a_quarter_or_a_year_is_that_of_its_last_month() -> None:
    assert parse("2021-22-Q4").month.code == "2022-M03"
    assert parse("2021-22").month.code == "2022-M03"
    assert parse("CY2021").month.code == "2021-M12"


def test_the_quarters_of_a_financial_year_are_counted_from_april() -> None:
    year = parse("2021-22")
    assert [quarter.label for quarter in year.parts(Grain.QUARTER)] == [
        "Q1 2021/22",
        "Q2 2021/22",
        "Q3 2021/22",
        "Q4 2021/22",
    ]
    assert year.quarter_of(4).start == date(2022, 1, 1)


def test_days_are_said_in_full() -> None:
    assert parse("2020-M02").end == date(2020, 2, 29)
    assert parse("2021-22-Q4").end_label == "31 March 2022"
    assert parse("2019-M03").label == "March 2019"
    assert parse("CY2021").label == "2021"


def test_a_year_earlier_is_the_same_months() -> None:
    assert parse("2021-22-Q4").a_year_earlier().code == "2020-21-Q4"
    assert parse("2020-M02").a_year_earlier().end == date(2019, 2, 28)


def test_all_the_months_between_two_are_listed_with_both() -> None:
    codes = [period.code for period in between(parse("2018-M11"), parse("2019-M02"))]
    assert codes == ["2018-M11", "2018-M12", "2019-M01", "2019-M02"]
    assert list(between(parse("2019-M02"), parse("2018-M11"))) == []
