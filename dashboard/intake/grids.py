"""Sheets as grids of cells, out of a workbook or a text file, with all that is wrong with the file itself."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.findings import Finding, Level
from dashboard.intake.archives import check_archive
from dashboard.intake.cells import BLANK, Cell, letter_of, read_cell
from dashboard.intake.delimited import read_delimited

#: Bytes that all parts of a workbook with one table may unpack to; a year of 32 measures takes some 50,000.
MOST_BYTES = 30_000_000
#: Rows and columns that are looked at: a format spread over a whole sheet reaches a million rows down.
MOST_ROWS, MOST_COLUMNS = 5_000, 300


@dataclass(frozen=True)
class Block:
    """Cells merged into one: the first and the last of its rows and columns."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is part of it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet that are not blank, by row and column counted from 1; those merged."""

    file: str
    sheet: str  # blank for a text file
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Block, ...] = ()

    def at(self, row: int, column: int) -> Cell:
        """The cell of a place; a blank one where there is none."""
        return self.cells.get((row, column), BLANK)

    @cached_property
    def rows(self) -> list[int]:
        """The rows in which anything stands."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The columns in which anything stands."""
        return sorted({column for _, column in self.cells})

    def block_at(self, row: int, column: int) -> Block | None:
        """The merged cells that a place is part of; None if it is a cell of its own."""
        return next((block for block in self.merged if block.covers(row, column)), None)

    def finding(
        self, level: Level, row: int | None, column: int | None, found: str, expected: str = "", **more: str
    ) -> Finding:
        """A finding at a place of the sheet, its column said as a letter and its heading, if given."""
        letter, heading = letter_of(column) if column else "", more.pop("heading", "")
        place = f"{letter} ({heading})" if letter and heading else letter or heading
        return Finding(level, self.file, row, place, found, expected, sheet=self.sheet, **more)


def read_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a workbook, or the one of a text file; none, and an error, where it cannot be read."""
    if path.suffix.lower() == ".xlsx":
        return _read_workbook(path)
    read, findings = read_delimited(path)
    cells = {
        (row, column): read_cell(text)
        for row, texts in read.lines.items()
        for column, text in enumerate(texts, 1)
        if text
    }
    return [Grid(path.name, "", cells)] if cells else [], findings


def _read_workbook(path: Path) -> tuple[list[Grid], list[Finding]]:
    wrong = check_archive(path, MOST_BYTES)
    if wrong:
        what, _, mend = wrong.partition(": ")
        return [], [Finding(Level.ERROR, path.name, found=what, expected=mend)]
    try:
        return _read_sheets(path)
    except Exception as problem:  # openpyxl raises whatever it stumbles over
        expected = "open it in Excel, save it as a new 'Excel Workbook (.xlsx)' and try that"
        found, why = "a workbook that cannot be read", f"{type(problem).__name__}: {problem}"[:200]
        return [], [Finding(Level.ERROR, path.name, found=found, expected=expected, why=why)]


def _read_sheets(path: Path) -> tuple[list[Grid], list[Finding]]:
    raw, findings = path.read_bytes(), list[Finding]()
    book, formulas = _open(raw, worked_out=True), _open(raw, worked_out=False) if _has_formulas(raw) else None
    grids = []
    for sheet in book.worksheets:
        grid = Grid(path.name, sheet.title, dict(_read_cells(sheet, formulas)), _read_blocks(sheet))
        if sheet.sheet_state == "visible":
            grids.append(grid)
        elif grid.cells:
            found, expected = "a hidden sheet", "show it in Excel if its figures are to be read"
            findings.append(
                Finding(Level.NOTE, path.name, None, found=found, expected=expected, sheet=sheet.title)
            )
    return grids, findings


def _open(raw: bytes, *, worked_out: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of decorations that openpyxl leaves out
        return load_workbook(io.BytesIO(raw), data_only=worked_out)


def _has_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets)


def _read_cells(sheet: Worksheet, formulas: Workbook | None) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The cells of a sheet that are not blank, as printed, formulas as last worked out."""
    written = formulas[sheet.title]._cells if formulas else {}
    for (row, column), cell in sheet._cells.items():  # those that are there; `rows` would make all others
        if row > MOST_ROWS or column > MOST_COLUMNS:
            continue
        read = read_cell(cell.value, cell.number_format)
        formula = written[row, column].value if (row, column) in written else None
        if cell.value is None and formula is not None:
            read = Cell("a formula", wrong="without its result: open the file in Excel and save it")
        if read.text:
            yield (row, column), read


def _read_blocks(sheet: Worksheet) -> tuple[Block, ...]:
    return tuple(
        Block(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges
    )
