"""Working days in England."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.simulation.timeline import BANK_HOLIDAYS
from dashboard.working_days import count_working_days, list_bank_holidays

#: Bank holidays in England and Wales as GOV.UK lists them, with the one for the coronation and those moved.
KEPT = """
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28"""


def days(*written: str) -> np.ndarray:
    return np.array(written, dtype="datetime64[D]")


def test_bank_holidays_are_those_that_were_kept() -> None:
    known = list_bank_holidays()
    weekdays = known[np.is_busday(known)]
    between = weekdays[(weekdays >= days("2022-01-01")[0]) & (weekdays < days("2028-01-01")[0])]
    assert between.astype(str).tolist() == KEPT.split()


def test_they_are_those_of_the_simulation() -> None:
    known = list_bank_holidays()
    between = known[(known >= days("2017-01-01")[0]) & (known < days("2022-09-01")[0])]
    assert set(between[np.is_busday(between)]) == set(BANK_HOLIDAYS)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2024-01-22", "2024-03-25", 45),  # nine weeks without a bank holiday
        ("2023-12-18", "2024-02-22", 45),  # nine weeks and the three days of Christmas and New Year
        ("2024-03-28", "2024-04-02", 1),  # over Easter
        ("2024-03-04", "2024-03-04", 0),
        ("2024-03-02", "2024-03-04", 0),  # a Saturday counts as the Monday after
        ("2024-03-01", "2024-03-02", 1),
    ],
)
def test_working_days_are_counted_from_the_next_one_on(first: str, last: str, count: int) -> None:
    assert count_working_days(days(first), days(last))[0] == count


@given(st.dates(date(2015, 1, 1), date(2027, 1, 1)), st.integers(0, 150))
def test_they_are_those_walked_through_one_by_one(first: date, span: int) -> None:
    closed = set(list_bank_holidays().astype(object))

    def on_duty(day: date) -> date:
        while day.weekday() > 4 or day in closed:
            day += timedelta(days=1)
        return day

    day, last, count = on_duty(first), on_duty(first + timedelta(days=span)), 0
    while day < last:
        day = on_duty(day + timedelta(days=1))
        count += 1
    both = (days(each.isoformat()) for each in (first, first + timedelta(days=span)))
    assert count_working_days(*both)[0] == count
