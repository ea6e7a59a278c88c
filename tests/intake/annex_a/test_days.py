"""Days in every notation, and completed months."""

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.annex_a.days import last_day, month_of, months_between, read_day

DAY = (date(2024, 3, 31) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 3, 31),
        datetime(2024, 3, 31, 23, 59),
        45382,
        45382.75,
        "45382",
        "31/03/2024",
        "31/3/24",
        "31.03.2024",
        "31-03-2024",
        "2024-03-31",
        "2024/03/31",
        "2024-03-31T00:00:00",
        "2024-03-31 00:00:00.000",
        "2024-03-31T09:30:00Z",
        "31/03/2024 00:00",
        "31/03/2024 09:30:15",
        "31-Mar-24",
        "31-MAR-2024",
        "31 March 2024",
        "31st March 2024",
        "Sunday, 31 March 2024",
        " 31/03/2024\u00a0",
        "20240331",
        20240331.0,
    ],
)
def test_a_day_is_read_in_every_common_notation(written: object) -> None:
    assert read_day(written) == DAY


@pytest.mark.parametrize("written", ["", "  ", "n/a", "N/A", "-", "NULL", None])
def test_nothing_is_no_day_and_no_mistake(written: object) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *("03/31/2024", "31/02/2024", "31 Foo 2024", "March 2024", "tomorrow", "#N/A", "1", "12/13/14/15"),
        *(7, 99_999, -3.5, 1e300, float("inf"), float("nan"), True, ("a",), date(1900, 1, 1)),
    ],
)
def test_what_is_no_day_is_refused_without_being_repeated(written: object) -> None:
    with pytest.raises((ValueError, OverflowError)) as refused:
        read_day(written)
    assert str(written) not in str(refused.value)


def count_months(earlier: date, later: date) -> int:
    """Completed months counted one by one."""
    count = 0
    while True:
        year, month = divmod(earlier.year * 12 + earlier.month - 1 + count + 1, 12)
        end = last_day(year * 12 + month).astype(date).day
        if date(year, month + 1, min(earlier.day, end)) > later:
            return count
        count += 1


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 9_000))
def test_completed_months_are_those_counted_one_by_one(earlier: date, days: int) -> None:
    later = date.fromordinal(earlier.toordinal() + days)
    both = (np.array([each], dtype="datetime64[D]") for each in (earlier, later))
    assert months_between(*both)[0] == count_months(earlier, later)


def test_before_birth_the_months_are_below_nought() -> None:
    due, day = (np.array([each], dtype="datetime64[D]") for each in ("2024-03-20", "2024-03-19"))
    assert months_between(due, day)[0] < 0


def test_a_month_has_the_number_of_its_period() -> None:
    assert month_of(np.array(["2024-03-31"], dtype="datetime64[D]"))[0] == 2024 * 12 + 2
