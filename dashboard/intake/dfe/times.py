"""Which period a row is of: the Department's years, written in four digits or in six."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.dfe.recognising import Recognised
from dashboard.periods import Grain, Period

REPORTING, FINANCIAL, ACADEMIC, CALENDAR = (
    *("Reporting year", "Financial year", "Academic year", "Calendar year"),
)
_IDENTIFIERS = {name.casefold(): name for name in (REPORTING, FINANCIAL, ACADEMIC, CALENDAR)}
_FIRST, _LAST = 1990, 2100
_APRIL, _SEPTEMBER = 4, 9


@dataclass(frozen=True)
class Year:
    """A year as a file names it: `start` is the calendar year in which it begins.

    A reporting year *N* begins in *N* − 1 and ends with the month that the publication says.
    """

    identifier: str
    start: int
    ends: int  # the month in which it ends, or that its stocks are as at

    @property
    def flow(self) -> Period:
        """The period that is counted over. An academic year stands at the financial year of its name."""
        if self.identifier == CALENDAR:
            return Period(Grain.CALENDAR_YEAR, self.start, 1)
        return Period(Grain.YEAR, self.start, _APRIL)

    @property
    def stock(self) -> Period:
        """The month that a count at a date is as at."""
        if self.identifier == CALENDAR:
            return Period(Grain.MONTH, self.start, self.ends)
        if self.identifier == REPORTING:
            return Period(Grain.MONTH, self.start + 1, self.ends)
        return self.month(self.ends)

    def month(self, number: int) -> Period:
        """A month of the year, 1 to 12."""
        if self.identifier == CALENDAR:
            return Period(Grain.MONTH, self.start, number)
        first = _SEPTEMBER if self.identifier == ACADEMIC else _APRIL
        return Period(Grain.MONTH, self.start + (number < first), number)

    @property
    def mid_year(self) -> int:
        """The year in whose middle the children were counted that its rates are over."""
        return self.start

    @property
    def named(self) -> int:
        """The year that the file names: of a reporting year, the one that it ends in."""
        return self.start + (self.identifier == REPORTING)

    @property
    def label(self) -> str:
        """How a release is called after it: "2024", "2019/20"."""
        if self.identifier in (REPORTING, CALENDAR):
            return str(self.named)
        return f"{self.start}/{(self.start + 1) % 100:02d}"


@lru_cache(maxsize=4096)
def parse_year(identifier: str, text: str, ends: int) -> Year | None:
    """The year that the two columns of time name; None if they name none together."""
    known = _IDENTIFIERS.get(identifier.strip().casefold())
    short, long = (
        re.fullmatch(r"([0-9]{4})", text.strip()),
        re.fullmatch(r"([0-9]{4})([0-9]{2})", text.strip()),
    )
    if known in (REPORTING, CALENDAR) and short:
        start = int(short[1]) - (known == REPORTING)
    elif known in (FINANCIAL, ACADEMIC) and long and (int(long[1]) + 1) % 100 == int(long[2]):
        start = int(long[1])
    else:
        return None
    return Year(known, start, ends) if known and _FIRST <= start <= _LAST else None


def find_years(recognised: Recognised, findings: list[Finding]) -> Mapping[tuple[str, str], Year]:
    """The year of each pair of identifier and period in a file; what is none is left out, with a finding."""
    rows = recognised.table.rows
    identifiers, texts = (rows[recognised.places[name]] for name in ("time_identifier", "time_period"))
    pairs = pd.DataFrame({"identifier": identifiers, "text": texts}).drop_duplicates()
    years = {}
    for line, identifier, text in pairs.itertuples():
        year = parse_year(identifier, text, recognised.publication.year_ends)
        if year is None:
            findings.append(_explain(recognised, int(line), identifier, text))
        else:
            years[identifier, text] = year
    if any(year.identifier == ACADEMIC for year in years.values()):
        why = "the long table has no academic years: 2019/20 stands at the financial year 2019/20"
        findings.append(Finding(Level.NOTE, recognised.table.file, found="academic years", why=why))
    return years


def _explain(recognised: Recognised, line: int, identifier: str, text: str) -> Finding:
    known = _IDENTIFIERS.get(identifier.strip().casefold())
    file = recognised.table.file
    if known is None:
        column, names = recognised.name("time_identifier"), _IDENTIFIERS.values()
        near = nearest(identifier, names)
        return Finding(Level.ERROR, file, line, column, quoted(identifier), one_of(names), near)
    column = recognised.name("time_period")
    shape = (
        "a year in four digits such as 2024" if known in (REPORTING, CALENDAR) else "a year such as 202324"
    )
    return Finding(Level.ERROR, file, line, column, quoted(text), f"{shape}, for a {known.lower()}")
