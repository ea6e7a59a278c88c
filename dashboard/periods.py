"""Months, quarters and years as the field counts them, and every way in which people write them.

The financial year runs from 1 April to 31 March; Q1 is April to June. A stock carries the month it is
"as at". Codes: month `2019-M03`, quarter `2018-19-Q4`, financial year `2018-19`, calendar year `CY2021`.
(`2011-12` alone could be a month or a year; here it is always the financial year.)
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CALENDAR_YEAR = "calendar_year"


_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12, Grain.CALENDAR_YEAR: 12}


@dataclass(frozen=True)
class Period:
    """A span of whole months: its grain, and the year and month (1 to 12) in which it starts."""

    grain: Grain
    start_year: int
    start_month: int

    @cached_property
    def months(self) -> int:
        """How many months it covers."""
        return _MONTHS[self.grain]

    @cached_property
    def index(self) -> int:
        """Months since year 0 at its start: consecutive periods of a grain differ by `months`."""
        return self.start_year * 12 + self.start_month - 1

    @cached_property
    def end_index(self) -> int:
        """Months since year 0 of its last month."""
        return self.index + self.months - 1

    @cached_property
    def start(self) -> date:
        """Its first day."""
        return date(self.start_year, self.start_month, 1)

    @cached_property
    def end(self) -> date:
        """Its last day: the day that a stock in it is "as at"."""
        year, month = divmod(self.end_index, 12)
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    @cached_property
    def middle(self) -> date:
        """A day near its middle, where a flow is drawn."""
        return date.fromordinal((self.start.toordinal() + self.end.toordinal()) // 2)

    @cached_property
    def code(self) -> str:
        """How it is written in files and addresses, such as `2018-19-Q4`."""
        match self.grain:
            case Grain.MONTH:
                return f"{self.start_year}-M{self.start_month:02d}"
            case Grain.QUARTER:
                return f"{_year_code(self._financial_year)}-Q{self.quarter_number}"
            case Grain.YEAR:
                return _year_code(self.start_year)
            case Grain.CALENDAR_YEAR:
                return f"CY{self.start_year}"

    @cached_property
    def label(self) -> str:
        """How it is printed, such as "Q4 2018/19", "March 2019", "2018/19" or "2021"."""
        match self.grain:
            case Grain.MONTH:
                return f"{calendar.month_name[self.start_month]} {self.start_year}"
            case Grain.QUARTER:
                return f"Q{self.quarter_number} {_year_label(self._financial_year)}"
            case Grain.YEAR:
                return _year_label(self.start_year)
            case Grain.CALENDAR_YEAR:
                return str(self.start_year)

    @cached_property
    def end_label(self) -> str:
        """The day it ends on, such as "31 March 2019"."""
        return f"{self.end.day} {calendar.month_name[self.end.month]} {self.end.year}"

    @cached_property
    def _financial_year(self) -> int:
        return self.start_year if self.start_month >= 4 else self.start_year - 1

    @cached_property
    def quarter_number(self) -> int:
        """1 for April to June, 4 for January to March (of the month or quarter's start)."""
        return (self.start_month - 4) % 12 // 3 + 1

    @property
    def month(self) -> "Period":
        """Its last month: what a stock "as at" its end carries."""
        return month_at(self.end_index)

    @property
    def quarter(self) -> "Period":
        """The quarter that its last month is in."""
        year, month = divmod(self.end_index, 12)
        return Period(Grain.QUARTER, year, month // 3 * 3 + 1)

    @property
    def year(self) -> "Period":
        """The financial year that its last month is in."""
        return Period(Grain.YEAR, (self.end_index - 3) // 12, 4)

    def shifted(self, periods: int) -> "Period":
        """The period of the same grain so many later (or, if negative, earlier)."""
        year, month = divmod(self.index + periods * self.months, 12)
        return Period(self.grain, year, month + 1)

    def quarter_of(self, number: int) -> "Period":
        """The quarter of a financial year with that number, 1 to 4."""
        year, month = divmod(self.index + 3 * (number - 1), 12)
        return Period(Grain.QUARTER, year, month + 1)

    def previous(self) -> "Period":
        """The period just before it."""
        return self.shifted(-1)

    def a_year_earlier(self) -> "Period":
        """The same period one year before."""
        return Period(self.grain, self.start_year - 1, self.start_month)

    def parts(self, grain: Grain) -> Iterator["Period"]:
        """The periods of a finer grain that make it up, first to last. ValueError if none is finer."""
        size = _MONTHS[grain]
        if size > self.months:
            raise ValueError(f"{self.code} is not made up of whole periods of a {grain}")
        for start in range(self.index, self.end_index + 1, size):
            year, month = divmod(start, 12)
            yield Period(grain, year, month + 1)

    def __str__(self) -> str:
        return self.code


class PeriodError(ValueError):
    """A text that is not a period; the message says what would be."""


_MONTH_NUMBERS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_MONTH_AND_YEAR = rf"(?P<name>{_NAMES})\.?[\s-]+(?P<year>\d{{4}}|\d{{2}})"
_FY = r"(?P<fy>\d{4}|\d{2})\s*[/-]\s*(?P<to>\d{4}|\d{2})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-M(?P<month>\d{1,2})",
        rf"{_FY}[\s-]*Q(?P<quarter>[1-4])",
        rf"Q(?:uarter|tr)?\.?\s*(?P<quarter>[1-4])(?:\s+of)?[\s,-]*{_FY}",
        rf"(?:FY\s*)?{_FY}",
        r"CY\s*(?P<calendar>\d{4})",
        rf"(?:(?:as )?at\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH_AND_YEAR}",
        _MONTH_AND_YEAR,
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?:year\s+)?ending\s+(?:31(?:st)?\s+)?Mar(?:ch)?\s+(?P<ending>\d{4})",
        r"(?P<ending>\d{4})",
        r"(?P<fy>\d{4})(?P<to>\d{2})",
    )
)
_EARLIEST, _LATEST = 1900, 2100  # years that a figure can be about
_EXPECTED = (
    "expected a month (2019-M03, Mar-19, 31 Mar 2019), a quarter (2018-19-Q4, Q4 2018/19), a financial "
    "year (2018-19, 2018/19, 18/19, or 2019 for the year ending 31 March 2019) or a calendar year (CY2019)"
)


@lru_cache(maxsize=8192)
def parse(text: str) -> Period:
    """The period that a text names, in any notation met in the board's and the Department's documents.

    A bare year such as "2020" is the Department for Education's: the year ending 31 March 2020.
    Raises `PeriodError`, saying what was found and what is understood.
    """
    cleaned = text.strip().replace("–", "-")
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(cleaned):
            found = _from_groups({k: v for k, v in match.groupdict().items() if v is not None})
            if found is not None and _EARLIEST <= found.start_year <= _LATEST:
                return found
    raise PeriodError(f"found {text!r}, {_EXPECTED}")


def _from_groups(part: dict[str, str]) -> Period | None:
    """The period that a pattern's groups describe; None if they do not make sense together."""
    if "ending" in part:
        return Period(Grain.YEAR, int(part["ending"]) - 1, 4)
    if "calendar" in part:
        return Period(Grain.CALENDAR_YEAR, int(part["calendar"]), 1)
    if "fy" in part:
        return _financial(part)
    month = int(part["month"]) if "month" in part else _MONTH_NUMBERS[part["name"].lower()]
    year = _century(part["year"])
    if not 1 <= month <= 12:
        return None
    if "day" in part and not 1 <= int(part["day"]) <= calendar.monthrange(year, month)[1]:
        return None
    return Period(Grain.MONTH, year, month)


def _financial(part: dict[str, str]) -> Period | None:
    year = _century(part["fy"])
    if int(part["to"]) not in {year + 1, (year + 1) % 100}:
        return None
    if "quarter" in part:
        return Period(Grain.YEAR, year, 4).quarter_of(int(part["quarter"]))
    return Period(Grain.YEAR, year, 4)


def _century(digits: str) -> int:
    """A year written in full or as two digits: 00 to 79 are in this century."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number < 80 else 1900 + number


def _year_code(start_year: int) -> str:
    return f"{start_year}-{(start_year + 1) % 100:02d}"


def _year_label(start_year: int) -> str:
    return f"{start_year}/{(start_year + 1) % 100:02d}"


def month_at(index: int) -> Period:
    """The month so many months after January of year 0."""
    year, month = divmod(index, 12)
    return Period(Grain.MONTH, year, month + 1)


def between(first: Period, last: Period) -> Iterator[Period]:
    """Every period from one to another of the same grain, both included."""
    current = first
    while current.index <= last.index:
        yield current
        current = current.shifted(1)
