"""Reading declared TOML field by field: every problem becomes a finding, and none stops the reading."""

import re
import tomllib
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from dashboard.findings import Finding, Level, nearest, one_of, quoted

Word = TypeVar("Word", bound=StrEnum)


class Declaration:
    """One table of a TOML file. Each method returns a field's value and notes what is wrong with it.

    A wrong field comes back as a stand-in of the right type (blank, zero, the first word): whoever reads
    must look at the findings before using anything.
    """

    def __init__(
        self, table: dict[str, object], file: str, findings: list[Finding], text: str = "", path: str = ""
    ) -> None:
        self.table = table
        self.file = file
        self.findings = findings
        self._text = text
        self._path = path
        self._known: dict[str, None] = {}

    def report(
        self, name: str, *, found: str = "", expected: str = "", near: str = "", why: str = ""
    ) -> None:
        """Note that something is wrong with a field."""
        row = _row_of(self._text, self._path, name)
        self.findings.append(
            Finding(Level.ERROR, self.file, row, f"{self._path}{name}", found, expected, near, why)
        )

    def text(self, name: str, *, required: bool = True, longest: int = 2000) -> str:
        """A text, without space at its ends; blank where there is none."""
        value = self._take(name, required, "a text in quotes")
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report(name, found=quoted(value), expected="a text in quotes")
            return ""
        if required and not value.strip():
            self.report(name, found="a blank text", expected="some words")
        if len(value) > longest:
            self.report(name, found=f"{len(value)} characters", expected=f"at most {longest}")
        return value.strip()

    def word(self, name: str, words: type[Word], default: Word | None = None) -> Word:
        """A word of a closed set."""
        value = self._take(name, default is None, one_of(words))
        if value is None:
            return default if default is not None else next(iter(words))
        if isinstance(value, str) and value in set(words):
            return words(value)
        self.report(name, found=quoted(value), expected=one_of(words), near=nearest(str(value), words))
        return next(iter(words))

    def whole(self, name: str, *, lowest: int, highest: int, required: bool = True) -> int | None:
        """A whole number between two others; None where there is none."""
        expected = f"a whole number from {lowest} to {highest}"
        value = self._take(name, required, expected)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.report(name, found=quoted(value), expected=expected)
            return None
        return value

    def share(self, name: str, default: float) -> float:
        """A part of one, from 0 to 1; the default where nothing is said."""
        value = self._take(name, False, "")
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.report(name, found=quoted(value), expected="a share from 0 to 1, such as 0.2")
            return default
        return float(value)

    def wholes(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers above nought; the default where nothing is said."""
        value = self._take(name, False, "")
        if value is None:
            return default
        if not isinstance(value, list) or not all(type(each) is int and each > 0 for each in value):
            self.report(name, found=quoted(value), expected="a list of whole numbers such as [90, 80]")
            return default
        return tuple(value)

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        """True or false; the default where nothing is said."""
        value = self._take(name, False, "")
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.report(name, found=quoted(value), expected="true or false, without quotes")
        return default

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, each once; empty where there is none."""
        value = self._take(name, False, "")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.report(name, found=quoted(value), expected='a list of texts such as ["one", "two"]')
            return ()
        if twice := sorted({each for each in value if value.count(each) > 1}):
            self.report(name, found=f"{', '.join(twice)} more than once", expected="each only once")
        return tuple(value)

    def listed(self, name: str, allowed: Collection[str], what: str) -> tuple[str, ...]:
        """A list of texts, each of which must be among those allowed."""
        values = self.texts(name)
        for value in values:
            if value not in allowed:
                self.report(name, found=quoted(value), expected=what, near=nearest(value, allowed))
        return values

    def inner(self, name: str, *, required: bool = True) -> "Declaration | None":
        """A table within this one; None where there is none."""
        value = self._take(name, required, f"a table [{self._path}{name}]")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.report(name, found=quoted(value), expected=f"a table [{self._path}{name}]")
            return None
        return self._inside(value, name)

    def several(self, name: str) -> list["Declaration"]:
        """The tables of a list of tables, written [[name]]."""
        value = self._take(name, False, "")
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.report(name, found=quoted(value), expected=f"tables under [[{self._path}{name}]]")
            return []
        return [self._inside(each, name, number) for number, each in enumerate(value, 1)]

    def close(self) -> None:
        """Note every field that nobody asked for."""
        for name in self.table:
            if name not in self._known:
                self.report(
                    name,
                    found="an unknown field",
                    expected=one_of(self._known),
                    near=nearest(name, self._known),
                )

    def _take(self, name: str, required: bool, expected: str) -> object | None:
        self._known[name] = None
        if name not in self.table and required:
            self.report(name, found="nothing", expected=expected)
        return self.table.get(name)

    def _inside(self, table: dict[str, object], name: str, number: int | None = None) -> "Declaration":
        path = f"{self._path}{name}" + (f"[{number}]." if number is not None else ".")
        return Declaration(table, self.file, self.findings, self._text, path)


def read_declaration(path: Path, file: str, findings: list[Finding]) -> Declaration | None:
    """The top table of a TOML file; None, with a finding, where it cannot be read.

    `file` is how the findings name it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return Declaration(tomllib.loads(text), file, findings, text)
    except OSError as problem:
        said = problem.strerror or str(problem)
        findings.append(Finding(Level.ERROR, file, found=said, expected="a file that can be read"))
    except UnicodeDecodeError as problem:
        found = f"a byte that is not UTF-8 at position {problem.start}"
        findings.append(Finding(Level.ERROR, file, found=found, expected="text saved as UTF-8"))
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"at line (\d+)", str(problem))
        row = int(line.group(1)) if line else None
        findings.append(Finding(Level.ERROR, file, row, found=str(problem), expected="TOML"))
    return None


def stamp(path: Path) -> tuple[int, int]:
    """When a file was last written and how long it is, so that it is read again only when it has changed."""
    try:
        seen = path.stat()
    except OSError:
        return (0, 0)
    return (seen.st_mtime_ns, seen.st_size)


def _row_of(text: str, path: str, name: str) -> int | None:
    """The line on which a field stands, or on which its table begins; None if neither can be found."""
    heading = _heading(path)
    inside, start = heading is None, None
    seen = 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            if heading is not None and stripped.strip("[]").strip() == heading[0]:
                seen += 1
                inside = seen == heading[1]
                start = number if inside else start
            else:
                if heading is None and stripped.strip("[]").split(".")[0].strip() == name:
                    return number
                inside = False
        elif inside and re.match(rf"\"?{re.escape(name)}\"?\s*=", stripped):
            return number
    return start


def _heading(path: str) -> tuple[str, int] | None:
    """Which table a path such as "comparators[2]." is in: its name and number; None for the top."""
    if not path:
        return None
    number = re.search(r"\[(\d+)\]", path)
    return re.sub(r"\[\d+\]", "", path).rstrip("."), int(number.group(1)) if number else 1
