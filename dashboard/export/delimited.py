"""Figures as CSV, which every program reads."""

import csv
import io
from collections.abc import Iterable, Sequence

#: Spreadsheets take a cell that starts with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV that spreadsheets open as text in UTF-8, and in which nothing is run as a formula."""
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([_make_safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def _make_safe(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not is_number else cell
