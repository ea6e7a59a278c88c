"""The long table: figures as received, one row each, with the text of every number kept as printed.

A frame of observations has the columns of `vocabulary.COLUMNS` and `decimals`, the digits printed after
the point of the value ("12.0" has one). Text columns hold "" and never NaN; numbers that are not there
are NaN, with a symbol that says why. Sources, populations and targets are declared beside the figures.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from dashboard.declarations import Declaration, read_declaration
from dashboard.findings import DeclarationError, Finding, Level, quoted
from dashboard.periods import Period
from dashboard.tables import NUMBER, Row, read_rows
from dashboard.vocabulary import COLUMNS, Statistic

#: Columns that hold numbers. Every other column of the long table is text.
NUMBERS = ("numerator", "denominator", "value")
#: The type of every column of a frame of observations, stated once.
TYPES: Mapping[str, str] = MappingProxyType(
    {name: "float64" if name in NUMBERS else "str" for name in COLUMNS} | {"decimals": "int8"}
)
#: Columns that a file may have besides: where the figure stands in its source, and what to know of it.
REMARKS = ("row", "note")


def load_observations(data: Path) -> pd.DataFrame:
    """Every figure received, of all files in the order of their names.

    Raises `DeclarationError` carrying everything that is not even a table of numbers.
    """
    received, findings = read_received(data)
    if findings:
        raise DeclarationError(findings)
    return received[list(TYPES)]


def read_observations(path: Path) -> pd.DataFrame:
    """The figures of one file. Raises `DeclarationError` if it is not a table of numbers."""
    observations, findings = _read_file(path, path.name)
    if findings:
        raise DeclarationError(findings)
    return observations[list(TYPES)]


def read_received(data: Path) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Every figure with its `file`, its `line` there, `row` and `note`; and what could not be read."""
    frames, findings = [_no_observations()], list[Finding]()
    for path in sorted((data / "observations").glob("*.csv")):
        observations, wrong = _read_file(path, str(path.relative_to(data)))
        frames.append(observations)
        findings += wrong
    received = pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)
    return received, tuple(findings)


def write_observations(observations: pd.DataFrame, path: Path) -> None:
    """Write figures as CSV, each value with its printed decimals, remarks last if there are any."""
    columns = [*COLUMNS, *(name for name in REMARKS if name in observations)]
    texts = {name: observations[name].tolist() for name in columns if name not in NUMBERS}
    values = zip(observations["value"].tolist(), observations["decimals"].tolist(), strict=True)
    texts["value"] = ["" if value != value else f"{value:.{decimals}f}" for value, decimals in values]
    for name in ("numerator", "denominator"):
        texts[name] = [_plain_number(value) for value in observations[name].tolist()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*(texts[name] for name in columns), strict=True))


def _plain_number(value: float) -> str:
    """A number as short as it can be written without losing any of it; "" for NaN."""
    if value != value:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def _no_observations() -> pd.DataFrame:
    text = {"file": "str", "line": "int64", "row": "str", "note": "str"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in {**TYPES, **text}.items()})


def _read_file(path: Path, file: str) -> tuple[pd.DataFrame, list[Finding]]:
    """One file's figures with their remarks; none, and findings, where it is not such a table."""
    findings: list[Finding] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            heading = next(csv.reader(lines), [])
        texts = pd.read_csv(path, dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as problem:
        expected = "the same number of cells in every row, as UTF-8"
        findings.append(Finding(Level.ERROR, file, found=str(problem).strip(), expected=expected))
        return _no_observations(), findings
    if heading not in _HEADINGS:
        expected = "a heading of " + ", ".join(COLUMNS) + " (and row, note)"
        findings.append(Finding(Level.ERROR, file, 1, found=", ".join(heading), expected=expected))
        return _no_observations(), findings
    for name in NUMBERS:
        findings += _find_non_numbers(texts[name], file)
    if findings:
        return _no_observations(), findings
    return _as_observations(texts, file), findings


_HEADINGS = ([*COLUMNS], [*COLUMNS, "row"], [*COLUMNS, "note"], [*COLUMNS, "row", "note"])


def _find_non_numbers(texts: pd.Series, file: str) -> list[Finding]:
    wrong = (texts != "") & ~texts.str.fullmatch(NUMBER.pattern)
    expected = "a plain number such as 842 or 12.0, or nothing and a symbol"
    return [
        Finding(Level.ERROR, file, int(place) + 2, str(texts.name), quoted(texts.iloc[place]), expected)
        for place in np.flatnonzero(wrong)
    ]


def _as_observations(texts: pd.DataFrame, file: str) -> pd.DataFrame:
    observations = texts.copy()
    for name in NUMBERS:
        observations[name] = pd.to_numeric(texts[name].where(texts[name] != "", None))
    observations["decimals"] = _count_decimals(texts["value"])
    observations["file"] = pd.Series(file, index=texts.index, dtype="str")
    observations["line"] = np.arange(len(texts), dtype="int64") + 2
    for name in REMARKS:
        if name not in texts:
            observations[name] = pd.Series("", index=texts.index, dtype="str")
    ordered: pd.DataFrame = observations.astype(dict(TYPES))
    return ordered[[*TYPES, "file", "line", *REMARKS]]


def _count_decimals(values: pd.Series) -> pd.Series:
    """How many digits are printed after the point of each number; 0 where there is none."""
    return values.str.extract(r"\.(\d+)$", expand=False).fillna("").str.len().astype("int8")


# --- sources --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """A document or data set that figures were taken from."""

    id: str
    title: str
    short: str  # as it stands under a chart: "Department for Education, April 2026"
    publisher: str
    document: str
    licence: str
    attribution: str  # the words that its licence asks for; blank if none
    published_on: str  # a date; what is known of its firmness stands in `note`
    known_on: str = ""  # when it was collected, if not when it was published
    note: str = ""


def load_sources(data: Path) -> Mapping[str, Source]:
    """Every source by id. Raises `DeclarationError` carrying everything wrong in `sources.toml`."""
    sources, findings = read_sources(data)
    if findings:
        raise DeclarationError(findings)
    return sources


def read_sources(data: Path) -> tuple[Mapping[str, Source], tuple[Finding, ...]]:
    """The sources that could be read, and everything wrong in `sources.toml`."""
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    declared = read_declaration(data / "sources.toml", "sources.toml", findings)
    for name in declared.table if declared else ():
        table = declared.inner(name) if declared else None
        if table is not None:
            sources[name] = _read_source(table, name)
    return MappingProxyType(sources), tuple(findings)


def _read_source(table: Declaration, name: str) -> Source:
    source = Source(
        id=name,
        title=table.text("title"),
        short=table.text("short"),
        publisher=table.text("publisher"),
        document=table.text("document"),
        licence=table.text("licence"),
        attribution=table.text("attribution", required=False),
        published_on=table.text("published_on"),
        known_on=table.text("known_on", required=False),
        note=table.text("note", required=False),
    )
    table.close()
    for column, value in (("published_on", source.published_on), ("known_on", source.known_on)):
        if value and not is_date(value):
            table.report(column, found=quoted(value), expected="a date such as 2019-07-31")
    return source


def is_date(text: str) -> bool:
    """Whether a text is a day written as 2019-07-31."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


# --- populations ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Population:
    """Children aged 0 to 17 living in an area in the middle of a year."""

    area: str
    mid_year: int
    age: str
    population: int
    basis: str  # "before_census_2021" or "census_2021": the two are never joined
    status: str  # "published" or "modelled"
    source: str


@dataclass(frozen=True)
class Populations:
    """Every population, by area and mid-year."""

    all: tuple[Population, ...]

    def __iter__(self) -> Iterator[Population]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def of(self, area: str, mid_year: int) -> Population | None:
        """The population of an area in a mid-year; None if it is not held."""
        return self._by_area_and_year.get((area, mid_year))

    def for_period(self, area: str, period: Period) -> Population | None:
        """The population that a period's rates are over: of the middle of its financial year.

        Later periods than are held take the last one; None before the first.
        """
        years = [each.mid_year for each in self.all if each.area == area]
        wanted = period.year.start_year
        return self.of(area, min(wanted, max(years))) if years else None

    @cached_property
    def _by_area_and_year(self) -> Mapping[tuple[str, int], Population]:
        return {(each.area, each.mid_year): each for each in self.all}


_POPULATION_COLUMNS = ("area", "mid_year", "age", "population", "basis", "status", "source")


def load_populations(data: Path) -> Populations:
    """The populations declared. Raises `DeclarationError` carrying everything wrong with them."""
    populations, findings = read_populations(data)
    if findings:
        raise DeclarationError(findings)
    return populations


def read_populations(data: Path) -> tuple[Populations, tuple[Finding, ...]]:
    """The populations that could be read, and everything wrong with their file."""
    findings: list[Finding] = []
    rows = read_rows(data / "populations.csv", _POPULATION_COLUMNS, findings)
    return Populations(tuple(_read_population(row) for row in rows)), tuple(findings)


def _read_population(row: Row) -> Population:
    return Population(
        area=row.text("area"),
        mid_year=row.whole("mid_year") or 0,
        age=row.text("age"),
        population=row.whole("population") or 0,
        basis=row.among("basis", ("before_census_2021", "census_2021"), "before_census_2021 or census_2021"),
        status=row.among("status", ("published", "modelled"), "published or modelled"),
        source=row.text("source"),
    )


# --- targets --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """What an area aims at, over a span of time."""

    indicator: str
    statistic: Statistic
    area: str
    value: float
    decimals: int
    first: Period | None  # None: from the beginning
    last: Period | None  # None: still in force
    source: str
    note: str = ""

    def is_in_force(self, period: Period) -> bool:
        """Whether it stood at the end of a period."""
        month = period.end_index
        return (self.first is None or self.first.index <= month) and (
            self.last is None or month <= self.last.end_index
        )


_TARGET_COLUMNS = ("indicator", "statistic", "area", "value", "from_period", "to_period", "source", "note")


def load_targets(data: Path) -> tuple[Target, ...]:
    """The targets declared. Raises `DeclarationError` carrying everything wrong with them."""
    targets, findings = read_targets(data)
    if findings:
        raise DeclarationError(findings)
    return tuple(targets.values())


def read_targets(data: Path) -> tuple[Mapping[int, Target], tuple[Finding, ...]]:
    """The targets that could be read, by line of their file, and everything wrong with it."""
    findings: list[Finding] = []
    rows = read_rows(data / "targets.csv", _TARGET_COLUMNS, findings)
    return {row.line: _read_target(row) for row in rows}, tuple(findings)


def _read_target(row: Row) -> Target:
    number = NUMBER.fullmatch(row.cells["value"])
    if number is None:
        row.report("value", "a plain number such as 95 or 10.4")
    return Target(
        indicator=row.text("indicator"),
        statistic=row.word("statistic", Statistic),
        area=row.text("area"),
        value=float(number.group()) if number else 0.0,
        decimals=len(number.group(1) or "") if number else 0,
        first=row.period("from_period"),
        last=row.period("to_period"),
        source=row.text("source"),
        note=row.text("note", required=False),
    )
