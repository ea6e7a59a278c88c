"""Days in every notation met in such lists, ages in completed months, and the ends of months.

A month is its number since January of year 0, as `Period.index` counts.
"""

import re
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

NO_DAY = np.datetime64("NaT", "D")
#: What stands in a cell in which nothing is meant to stand.
BLANK = frozenset({"", "-", "--", "n/a", "na", "none", "null", "nil", "blank"})

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST_SERIAL = date(1899, 12, 30).toordinal()  # day 0 of Excel's count
_SERIALS = (30_000, 55_000)  # from 1982 to 2050: other numbers in a column of days are no days
_YEARS = (1950, 2100)
_THIS_CENTURY = 60  # two digits below it are of this century
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIME = re.compile(
    r"(?:[T ]|, )\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z| ?[+-]\d{2}:?\d{2})?$", re.I
)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})([/.\-]?)(\d{2})\2(\d{2})|(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_NAMED = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ /.\-]*([a-z]{3,9})\.?,?[ /.\-]*(\d{4}|\d{2})", re.I
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")


def read_day(value: object) -> int | None:
    """The day that a cell holds, counted from 1970; None for a blank one. ValueError if it holds none.

    Numbers in figures are day, month, year, as in England; nothing is tried the other way round.
    """
    if isinstance(value, datetime):
        return value.date().toordinal() - _EPOCH
    if isinstance(value, date):
        return _from_parts(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        return _refuse() if value is not None else None
    if isinstance(value, int | float):
        return _from_number(float(value))
    if not isinstance(value, str):
        return _refuse()
    text = " ".join(value.split())
    if text.lower() in BLANK:
        return None
    return _from_text(_TIME.sub("", text).strip())


def _from_text(text: str) -> int:
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = (
            int(part) for part in (match[1] or match[5], match[3] or match[6], match[4] or match[7])
        )
        return _from_parts(year, month, day)
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return _from_parts(_century(match[4]), int(match[3]), int(match[1]))
    if match := _NAMED.fullmatch(text):
        name = match[2].lower()
        known = name[:3] in _MONTHS and (_NAMES[_MONTHS.index(name[:3])].startswith(name) or name == "sept")
        return (
            _from_parts(_century(match[3]), _MONTHS.index(name[:3]) + 1, int(match[1]))
            if known
            else _refuse()
        )
    return _from_number(float(text)) if _NUMBER.fullmatch(text) else _refuse()


def _from_number(number: float) -> int:
    """A day that Excel holds as a number, or that is written 20240331."""
    if _SERIALS[0] <= number < _SERIALS[1]:
        return _FIRST_SERIAL + int(number) - _EPOCH
    whole = int(number) if number.is_integer() else 0
    return _from_parts(whole // 10_000, whole // 100 % 100, whole % 100)


def _from_parts(year: int, month: int, day: int) -> int:
    if not _YEARS[0] <= year <= _YEARS[1]:
        return _refuse()
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return _refuse()


def _refuse() -> int:
    raise ValueError("not a day") from None  # without the text, which may be a date of birth


def _century(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number < _THIS_CENTURY else 1900 + number


def month_of(days: Days) -> Integers:
    """The number of the month that each day is in; a very low number for none."""
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) + 1970 * 12)


def first_day(month: int) -> np.datetime64:
    """The first day of a month."""
    start: np.datetime64 = np.datetime64(month - 1970 * 12, "M").astype("datetime64[D]")
    return start


def last_day(month: int) -> np.datetime64:
    """The last day of a month."""
    return first_day(month + 1) - np.timedelta64(1, "D")


def months_between(earlier: Days, later: Days) -> Integers:
    """Completed months from one day to another; below 0 where `later` is earlier. Neither may be blank.

    A month that is too short for a day is completed on its last day.
    """
    months = np.asarray(month_of(later) - month_of(earlier))
    into_later = later - later.astype("datetime64[M]").astype("datetime64[D]")
    into_earlier = earlier - earlier.astype("datetime64[M]").astype("datetime64[D]")
    ends = month_of(later + np.timedelta64(1, "D")) > month_of(later)
    return np.asarray(months - ((into_later < into_earlier) & ~ends))
