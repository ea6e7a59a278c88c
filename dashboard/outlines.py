"""The outlines of districts, from `outlines.csv`: where each lies, and no map to measure on."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from dashboard.findings import DeclarationError, Finding
from dashboard.tables import read_rows

#: How many steps the outlines of all districts together are across.
ACROSS = 1000

_COLUMNS = ("area", "source", "outline")
_OUTLINE = re.compile(r"[0-9]{1,4},[0-9]{1,4}( [0-9]{1,4},[0-9]{1,4}){2,}")

Outline = tuple[tuple[int, int], ...]


def load_outlines(data: Path) -> Mapping[str, Outline]:
    """The corners of each district's outline by slug, from the west and the north; none without the file.

    Raises `DeclarationError` carrying everything wrong with the file.
    """
    if not (data / "outlines.csv").exists():
        return MappingProxyType({})
    findings: list[Finding] = []
    outlines = {}
    for row in read_rows(data / "outlines.csv", _COLUMNS, findings):
        text = row.text("outline")
        if not _OUTLINE.fullmatch(text):
            row.report("outline", "at least three corners such as 12,340 parted by blanks")
            continue
        corners = (corner.split(",") for corner in text.split(" "))
        outlines[row.text("area")] = tuple((int(x), int(y)) for x, y in corners)
    if findings:
        raise DeclarationError(findings)
    return MappingProxyType(outlines)
