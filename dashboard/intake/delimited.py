"""Text files as Excel and people write them: in any usual encoding, parted by tabs, commas or semicolons."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.findings import Finding, Level
from dashboard.intake.cells import clean

#: How large a text file may be, in bytes: ten times all figures that the dashboard has had so far.
MOST_BYTES = 50_000_000

_MEND = "save it in Excel as 'CSV UTF-8 (Comma delimited)'"
_LINES_LOOKED_AT = 500


@dataclass(frozen=True)
class Delimited:
    """The cells of every line that is not blank, by the number of the line, and what parts them."""

    lines: Mapping[int, list[str]]
    delimiter: str


def read_delimited(path: Path) -> tuple[Delimited, list[Finding]]:
    """The cells of a text file, and what is wrong with it.

    A line that runs over several, its line ends in quotes, has the number of the first. A last line that is
    not ended is left out, with an error: the file may have been cut off in the middle of a number.
    """
    text, findings = read_text(path)
    first = text.splitlines()[0] if text.strip() else ""
    said = first[4:5] if first.lower().startswith("sep=") else ""  # Excel's own first line
    delimiter = said or find_delimiter(text)
    # strict: a quote that is never closed would take all lines that follow into one cell
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, start = dict[int, list[str]](), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (said and start == 1):
                lines[start] = [clean(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as problem:
        expected = f"a quote at the end of a text for every one at its beginning: {_MEND}"
        findings.append(Finding(Level.ERROR, path.name, start, found=str(problem), expected=expected))
    if lines and not text.endswith(("\n", "\r")):
        lines.pop(last := max(lines))
        findings.append(_say_cut_off(path, last))
    return Delimited(lines, delimiter), findings


def find_delimiter(text: str) -> str:
    """What parts the cells: tabs if a line has several, which prose never has; else semicolons or commas."""
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    if any(line.count("\t") > 1 for line in lines):
        return "\t"
    return max(",;", key=lambda each: sum(line.count(each) for line in lines if line.count(each) > 1))


def read_text(path: Path) -> tuple[str, list[Finding]]:
    """The text of a file; blank, and an error, where it is not text."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as problem:
        return "", [_refuse(path, problem.strerror or str(problem), "a file that can be read")]
    if size > MOST_BYTES:
        return "", [_refuse(path, f"{size:,} bytes", f"at most {MOST_BYTES:,}: take out what is not needed")]
    if not raw.strip(b"\xef\xbb\xbf\r\n\t ,;"):
        return "", [_refuse(path, "an empty file", "the lines of the table: copy or export it again")]
    return _decode(path, raw)


def _decode(path: Path, raw: bytes) -> tuple[str, list[Finding]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's 'Unicode Text'
        try:
            return raw.decode("utf-16"), []
        except UnicodeDecodeError:
            return "", [_refuse(path, "text that is damaged or cut off", _MEND)]
    if b"\0" in raw or raw.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG")):
        return "", [_refuse(path, "a file that is not text, whatever its name says", _MEND)]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
    found, read_as = "text that is not UTF-8", "Windows-1252, as Excel writes in this country"
    note = Finding(Level.NOTE, path.name, line, found=found, read_as=read_as, expected=_MEND)
    return raw.decode("cp1252", errors="replace"), [note]


def _say_cut_off(path: Path, line: int) -> Finding:
    why = "the file may have been cut off in the middle of a number, so this line is not read"
    expected = "if it is whole, go to the end of it, press Enter and save"
    return Finding(
        Level.ERROR, path.name, line, found="a last line that is not ended", expected=expected, why=why
    )


def _refuse(path: Path, found: str, expected: str) -> Finding:
    return Finding(Level.ERROR, path.name, found=found, expected=expected)
