"""The months that are simulated, as whole numbers: 0 is the first month shown, April 2018.

Months before it are negative: the journeys begin a year early, so that rolling twelve months are full from
the first month shown. A financial year's number is that of its April divided by twelve: -1 to 3.
"""

import calendar

import numpy as np
from numpy.typing import NDArray

from dashboard.periods import Grain, Period, month_at, parse

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

HISTORY = 12  # months simulated before the first one shown
SHOWN = 48  # months shown: April 2018 to March 2022
FIRST_MONTH = -HISTORY
EVERY_MONTH = range(FIRST_MONTH, SHOWN)  # every month simulated
MONTHS = np.array(EVERY_MONTH)
LENGTH = len(MONTHS)
YEARS = range(FIRST_MONTH // 12, SHOWN // 12)  # every financial year simulated

_ORIGIN = parse("2018-M04").index
_DAYS_IN_MONTH = np.array(
    [calendar.monthrange(month_at(_ORIGIN + int(t)).start_year, month_at(_ORIGIN + int(t)).start_month)[1]
     for t in MONTHS]
)  # fmt: skip
_FIRST_DAYS = np.datetime64("2017-04", "M") + np.arange(LENGTH)

#: Bank holidays in England over the months simulated (and the weeks around them).
_BANK_HOLIDAYS = """2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
    2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
    2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
    2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
    2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
    2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29"""
BANK_HOLIDAYS = np.array(_BANK_HOLIDAYS.split(), dtype="datetime64[D]")


def place(month: Integers | int) -> Integers:
    """Where a month stands in an array over every month simulated."""
    return np.asarray(month, dtype=np.int64) - FIRST_MONTH


def number_of(period: Period) -> int:
    """The number of a period's last month."""
    return period.end_index - _ORIGIN


def period_of(month: int, grain: Grain = Grain.MONTH) -> Period:
    """The month with a number, or the quarter or financial year that it is in."""
    found = month_at(_ORIGIN + month)
    return {Grain.MONTH: found, Grain.QUARTER: found.quarter, Grain.YEAR: found.year}[grain]


def is_shown(month: int) -> bool:
    """Whether figures are given for a month."""
    return 0 <= month < SHOWN


def days_in(month: Integers) -> Integers:
    """How many days months have."""
    return np.asarray(_DAYS_IN_MONTH[place(month)])


def first_days(month: Integers) -> Days:
    """The first day of months."""
    return np.asarray(_FIRST_DAYS[place(month)]).astype("datetime64[D]")


def draw_days(rng: np.random.Generator, month: Integers) -> Days:
    """A day in each of the months, any as likely as another."""
    offsets = (rng.random(len(month)) * days_in(month)).astype(np.int64)
    return np.asarray(first_days(month) + offsets.astype("timedelta64[D]"))


def working_days(first: Days, last: Days) -> Integers:
    """Working days from one day to another, the first not counted."""
    return np.asarray(np.busday_count(first, last, holidays=BANK_HOLIDAYS))


def month_of(day: Days) -> Integers:
    """The number of the month that a day is in; it may lie outside the months simulated."""
    return np.asarray((day.astype("datetime64[M]") - _FIRST_DAYS[-FIRST_MONTH]).astype(np.int64))
