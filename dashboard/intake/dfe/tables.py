"""A file as it stands: its heading and its rows, or what keeps it from being a table at all."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.findings import Finding, Level, quoted

_TOLD = 5  # rows of a wrong length that are told one by one


@dataclass(frozen=True)
class Table:
    """The rows of a file as texts, indexed by their line in it (the heading is line 1).

    The columns of `rows` are numbered; `heading` names them as printed.
    """

    file: str
    heading: tuple[str, ...]
    rows: pd.DataFrame


def read_table(path: Path, findings: list[Finding]) -> Table | None:
    """The table in a file; None, with findings, where there is none that can be trusted."""
    text = _read_text(path, findings)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""))
    lines: list[tuple[int, list[str]]] = []
    try:
        heading = [name.strip() for name in next(reader, [])]
        for cells in reader:
            if cells:
                lines.append((reader.line_num, cells))
    except csv.Error as problem:
        findings.append(_fault(path, reader.line_num, str(problem), "text in cells separated by commas"))
        return None
    if lines and not text.endswith(("\n", "\r")):
        why = "is the file cut short?"
        findings.append(Finding(Level.WARNING, path.name, lines[-1][0], found="no end of line", why=why))
    wrong = [*_find_wrong_headings(path, heading), *_find_wrong_lengths(path, len(heading), lines)]
    if not wrong and not lines:
        wrong = [_fault(path, 2, "nothing", "rows under the heading")]
    findings += wrong
    if wrong:
        return None
    rows = pd.DataFrame([cells for _, cells in lines], index=[line for line, _ in lines], dtype="str")
    return Table(path.name, tuple(heading), rows)


def _read_text(path: Path, findings: list[Finding]) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as problem:
        findings.append(_fault(path, None, problem.strerror or str(problem), "a file that can be read"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        found = f"a byte that is not UTF-8 ({raw[problem.start]:#04x})"
        why = "the service's own files are UTF-8; one saved again by a spreadsheet may not be"
        findings.append(_fault(path, line, found, "the file as it was downloaded", why))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        findings.append(_fault(path, line, "a null character", "text saved as UTF-8"))
        return None
    return text


def _find_wrong_headings(path: Path, heading: list[str]) -> list[Finding]:
    """A heading that is not one: empty, in one cell, with blank names, or with a name twice."""
    if not any(heading):
        return [_fault(path, 1, "nothing", "a heading of column names")]
    if len(heading) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
            if mark in heading[0]:
                return [_fault(path, 1, f"cells separated by {name}", "cells separated by commas")]
    counted = Counter(name.casefold() for name in heading)
    printed = {name.casefold(): name for name in reversed(heading)}
    twice = [printed[plain] for plain, count in counted.items() if plain and count > 1]
    blank = [column_letter(place) for place, name in enumerate(heading) if not name]
    wrong = [_fault(path, 1, f"{name} more than once", "each column only once") for name in twice]
    if blank:
        found = f"no name over column{'s' if len(blank) > 1 else ''} {', '.join(blank)}"
        wrong.append(_fault(path, 1, found, "a name over each column"))
    return wrong


def _find_wrong_lengths(path: Path, width: int, lines: list[tuple[int, list[str]]]) -> list[Finding]:
    """Rows with more or fewer cells than the heading: cut short, or with a comma too many."""
    odd = [(line, len(cells)) for line, cells in lines if len(cells) != width]
    why = "is the file cut short?" if odd and lines[-1][0] == odd[-1][0] and odd[-1][1] < width else ""
    told = [_fault(path, line, f"{count} cells", f"{width} cells", why) for line, count in odd[:_TOLD]]
    if len(odd) > _TOLD:
        told.append(_fault(path, None, f"{len(odd) - _TOLD:,} more rows of another length", f"{width} cells"))
    return told


def column_letter(place: int) -> str:
    """The letter that a spreadsheet gives a column, counted from 0: "A", "Z", "AA"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def name_column(heading: tuple[str, ...], place: int) -> str:
    """A column by its name and letter: "Referrals (column K)"."""
    return f"{heading[place]} (column {column_letter(place)})"


def _fault(path: Path, row: int | None, found: str, expected: str, why: str = "") -> Finding:
    shown = found if len(found) <= 120 else quoted(found)
    return Finding(Level.ERROR, path.name, row, found=shown, expected=expected, why=why)
