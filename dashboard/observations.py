"""The long table: figures as received, one row each, with the text of every number kept as printed.

A frame of observations has the columns of `vocabulary.COLUMNS` and `decimals`, the digits printed after
the point of the value ("12.0" has one). Text columns hold "" and never NaN; numbers that are not there
are NaN, with a symbol that says why. Sources, populations and targets are declared beside the figures.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from dashboard.findings import DeclarationError, Finding, Level, quoted
from dashboard.loads import FIGURES, list_files
from dashboard.populations import Population, Populations, load_populations, read_populations
from dashboard.sources import Source, load_sources, read_sources
from dashboard.tables import NUMBER
from dashboard.targets import Target, load_targets, read_targets
from dashboard.vocabulary import COLUMNS, RELEASED

__all__ = [
    "NUMBERS",
    "REMARKS",
    "TYPES",
    "Population",
    "Populations",
    "Source",
    "Target",
    "load_observations",
    "load_populations",
    "load_sources",
    "load_targets",
    "read_observations",
    "read_populations",
    "read_received",
    "read_sources",
    "read_targets",
    "write_observations",
]

#: Columns that hold numbers. Every other column of the long table is text.
NUMBERS = ("numerator", "denominator", "value")
#: The type of every column of a frame of observations, stated once.
TYPES: Mapping[str, str] = MappingProxyType(
    {name: "float64" if name in NUMBERS else "str" for name in COLUMNS} | {"decimals": "int8"}
)
#: Columns that a file may have besides: where the figure stands in its source, and what to know of it.
REMARKS = ("row", "note")


def load_observations(data: Path) -> pd.DataFrame:
    """Every figure received: of all files in the order of their names, then of the loads in force.

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
    loaded = list_files(data, FIGURES)
    for path in (*sorted((data / "observations").glob("*.csv")), *loaded):
        observations, wrong = _read_file(path, str(path.relative_to(data)))
        frames.append(observations)
        findings += wrong
    received = pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)
    return received, tuple(findings)


def write_observations(observations: pd.DataFrame, path: Path) -> None:
    """Write figures as CSV, each value with its printed decimals; remarks or how to read them last."""
    columns = [*COLUMNS, *(name for name in (*REMARKS, *RELEASED) if name in observations)]
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
