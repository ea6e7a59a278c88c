"""Reading small declared CSV files row by row: every problem becomes a finding, and none stops it."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.periods import Period, PeriodError, parse

Word = TypeVar("Word", bound=StrEnum)

NUMBER = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")


@dataclass(frozen=True)
class Row:
    """One row of a file. Each method returns a cell's value and notes what is wrong with it."""

    file: str
    line: int  # of the file, the heading being line 1
    cells: dict[str, str]
    findings: list[Finding]

    def report(self, column: str, expected: str, near: str = "", why: str = "") -> None:
        """Note that something is wrong with a cell."""
        found = quoted(self.cells.get(column, ""))
        self.findings.append(Finding(Level.ERROR, self.file, self.line, column, found, expected, near, why))

    def text(self, column: str, *, required: bool = True) -> str:
        """A text; blank where there is none."""
        value = self.cells[column].strip()
        if required and not value:
            self.report(column, "some text")
        return value

    def word(self, column: str, words: type[Word]) -> Word:
        """A word of a closed set; its first, with a finding, where it is not one."""
        value = self.cells[column]
        if value in set(words):
            return words(value)
        self.report(column, one_of(words), nearest(value, words))
        return next(iter(words))

    def among(self, column: str, allowed: Collection[str], what: str, *, required: bool = True) -> str:
        """A text that must be one of those allowed; blank only where that is allowed too."""
        value = self.cells[column]
        if (value or required) and value not in allowed:
            self.report(column, what, nearest(value, allowed))
        return value

    def whole(self, column: str, *, required: bool = True) -> int | None:
        """A whole number; None where there is none."""
        value = self.cells[column]
        if not value and not required:
            return None
        if not re.fullmatch(r"[0-9]+", value):
            self.report(column, "a whole number")
            return None
        return int(value)

    def period(self, column: str) -> Period | None:
        """A period in any notation; None where there is none."""
        value = self.cells[column]
        try:
            return parse(value) if value else None
        except PeriodError:
            self.report(column, "a period such as 2019-M03, 2018-19-Q4 or 2018-19, or nothing")
            return None


def read_rows(path: Path, columns: Collection[str], findings: list[Finding]) -> Iterator[Row]:
    """Each row of a CSV file with exactly those columns; none, and a finding, where the heading differs."""
    expected = "a heading of " + ", ".join(columns)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        found = problem.strerror or str(problem)
        findings.append(Finding(Level.ERROR, path.name, found=found, expected="a file that can be read"))
        return
    except UnicodeDecodeError as problem:
        found = f"a byte that is not UTF-8 at position {problem.start}"
        findings.append(Finding(Level.ERROR, path.name, found=found, expected="text saved as UTF-8"))
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = next(reader, [])
    if heading != list(columns):
        findings.append(Finding(Level.ERROR, path.name, 1, found=", ".join(heading), expected=expected))
        return
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(heading):
            found = f"{len(cells)} cells"
            findings.append(
                Finding(Level.ERROR, path.name, line, found=found, expected=f"{len(heading)} cells")
            )
        else:
            yield Row(path.name, line, dict(zip(heading, cells, strict=True)), findings)
