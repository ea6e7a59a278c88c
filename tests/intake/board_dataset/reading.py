"""Reading a changed table, and finding one's way in what comes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd

from dashboard.findings import Finding, Level
from dashboard.intake import Reading, board_dataset
from dashboard.observations import read_observations
from tests.intake.board_dataset.workbook import ANSWERS, RIGHT, Sheet, give, print_sheet, write_workbook

CELL = ["indicator", "statistic", "area", "basis", "period"]
SAID = ["numerator", "denominator", "value", "decimals", "symbol", "status", "source", "published_on"]


def read(
    folder: Path,
    sheet: Sheet | None = None,
    answers: Mapping[str, str] = ANSWERS,
    suffix: str = ".txt",
    published_on: str = "2019-07-31",
) -> Reading:
    """A table read from a text file, or from the workbook that `suffix` asks for."""
    path = folder / f"figures{suffix}"
    if suffix == ".xlsx":
        write_workbook(path, sheet)
    else:
        text = (sheet or print_sheet()).to_text("\t" if suffix == ".txt" else ",")
        path.write_text(text, encoding="utf-8", newline="")
    return board_dataset.read([path], replace(give(), answers=answers, published_on=published_on))


def read_book(folder: Path, book: openpyxl.Workbook) -> Reading:
    """A changed workbook read."""
    path = folder / "changed.xlsx"
    book.save(path)
    return board_dataset.read([path], replace(give(), answers=ANSWERS))


def rows_of(figures: pd.DataFrame) -> set[tuple[object, ...]]:
    """Figures as they can be compared, without where they stand and what is odd about them."""
    return set(figures[CELL + SAID].astype(str).itertuples(index=False, name=None))


def right() -> pd.DataFrame:
    """The hand transcription, but for the one figure of the paper on bed and breakfast."""
    figures = read_observations(RIGHT)
    return figures[figures["indicator"] != "care_leavers_in_bed_and_breakfast"]


def errors(reading: Reading) -> list[Finding]:
    """What stops a file from being loaded."""
    return [finding for finding in reading.findings if finding.level is Level.ERROR]


def at(findings: Iterable[Finding], row: int | None = None, column: str = "") -> list[Finding]:
    """The findings of a row, a column or a cell."""
    return [
        each
        for each in findings
        if row in (None, each.row) and (not column or each.column.startswith(column))
    ]


def value_of(reading: Reading, indicator: str, period: str, statistic: str = "count") -> float | str | None:
    """What was read of a cell of the county: its number, its symbol, or None."""
    same = reading.figures
    same = same[(same["indicator"] == indicator) & (same["period"] == period) & (same["basis"] == "local")]
    same = same[same["statistic"] == statistic]
    if same.empty:
        return None
    return same["symbol"].iloc[0] or float(same["value"].iloc[0])
