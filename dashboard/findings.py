"""What a check found wrong, written for the person who must mend the file."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whether a finding stops the work."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found in one place: where, what is there, what should be, and the nearest right answer.

    `row` is a line of a text file or a row of a table, counted from 1 with its heading; `column` a column
    or the name of a field; `sheet` that of a workbook; `read_as` what was made of it all the same. What does
    not apply is left blank.
    """

    level: Level
    file: str
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    nearest: str = ""
    why: str = ""
    sheet: str = ""
    read_as: str = ""

    def __str__(self) -> str:
        """One line: "error: front_door/contacts.toml, row 3, kind: found 'flwo', expected …"."""
        row = f"row {self.row}" if self.row is not None else ""
        place = [self.file, f"sheet {self.sheet}" if self.sheet else "", row, self.column]
        told = [
            f"found {self.found}" if self.found else "",
            f"read as {self.read_as}" if self.read_as else "",
            f"expected {self.expected}" if self.expected else "",
            f"nearest: {self.nearest}" if self.nearest else "",
        ]
        said = ", ".join(filter(None, place)) + ": " + ", ".join(filter(None, told))
        return f"{self.level}: {said.removesuffix(': ')}" + (f" ({self.why})" if self.why else "")


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like the one found; blank if none is at all alike."""
    words = {each.lower(): each for each in allowed}
    alike = difflib.get_close_matches(word.lower().strip(), words, n=1, cutoff=0.5)
    return words[alike[0]] if alike else ""


def quoted(value: object) -> str:
    """A value as it stood in a file, short enough for one line: "'flwo'", "3", "a table"."""
    if isinstance(value, dict):
        return "a table"
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…" + shown[-1]


def one_of(allowed: Iterable[str]) -> str:
    """Allowed words as an expectation: "one of flow, stock"; many are cut short."""
    words = list(allowed)
    shown = ", ".join(words[:12])
    return f"one of {shown}" + (f" … ({len(words)} in all)" if len(words) > 12 else "")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of them stops the work."""
    return any(finding.level is Level.ERROR for finding in findings)


class DeclarationError(ValueError):
    """Everything that is wrong with a set of declared files, at once."""

    def __init__(self, findings: Collection[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))
