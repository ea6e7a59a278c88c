"""Findings about the lists: where, and what is wrong, but never what stands in a cell about one person."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.findings import Finding, Level, quoted
from dashboard.intake.annex_a.layout import split_code

#: How many rows of one column are named one by one; the rest are counted.
NAMED = 5


def name_column(place: int) -> str:
    """The letters of a column by its place, the first being 0: "A", "Z", "AA"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Told:
    """Everything found so far in one file."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        level: Level,
        expected: str = "",
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        found: str = "",
        why: str = "",
        near: str = "",
        read_as: str = "",
    ) -> None:
        """Note one thing, once."""
        found_now = Finding(level, self.file, row, column, found, expected, near, why, sheet, read_as)
        if found_now not in self.findings:
            self.findings.append(found_now)

    def warn(
        self, expected: str = "", *, sheet: str = "", column: str = "", found: str = "", why: str = ""
    ) -> None:
        """Note something that leaves figures out."""
        self.add(Level.WARNING, expected, sheet=sheet, column=column, found=found, why=why)

    def warn_rows(
        self, rows: Sequence[int], expected: str, *, sheet: str, column: str, found: Sequence[str], why: str
    ) -> None:
        """Note the same of several rows: the first few one by one, the rest together."""
        for row, each in zip(rows[:NAMED], found, strict=False):
            self.add(Level.WARNING, expected, sheet=sheet, row=row, column=column, found=each, why=why)
        if len(rows) > NAMED:
            more = f"the same in {len(rows) - NAMED:,} more row{'s' if len(rows) > NAMED + 1 else ''}"
            self.add(Level.WARNING, expected, sheet=sheet, column=column, found=more, why=why)


def describe_code(text: str, allowed: Sequence[str]) -> tuple[str, str]:
    """What may be said of a text in a column of codes, and the nearest code.

    It is repeated only where it is all but a code: in a column that has slipped it could be a name.
    """
    labels = {label.lower(): each for each in allowed for label in (each, split_code(each)[2])}
    shown = text.strip().lower()
    near = difflib.get_close_matches(shown, labels, n=1, cutoff=0.8) if 6 <= len(shown) <= 80 else []
    return (quoted(text), labels[near[0]]) if near else ("something that is none of its codes", "")
