"""A workbook as an Excel file that follows the government's guidance on accessible spreadsheets.

The cover comes first; each worksheet has its title in A1 and at most one table, marked as one, without
merged, blank or coloured-only cells. The same book makes the same bytes: nothing of the clock is in them.
"""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from textwrap import wrap
from typing import Any
from zipfile import ZipFile

import xlsxwriter  # type: ignore[import-untyped]

from dashboard.export.book import Book, Cell, Grid, Instead, Line, Number, Sheet, To
from dashboard.export.delimited import FORMULA_STARTS

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LANGUAGE = "en-GB"
_FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": "none"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "valign": "top"},
    "heading": {"bold": True, "font_size": 14, "valign": "bottom"},
    "words": {"text_wrap": True, "valign": "top"},
    "line": {"valign": "top"},
    "column": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2},
    "instead": {"align": "right", "valign": "top"},
    "day": {"num_format": "d mmmm yyyy", "align": "left", "valign": "top"},
    "link": {"font_color": "#0B4F8A", "underline": 1, "text_wrap": True, "valign": "top"},
}
#: Nothing that is written is taken for anything but what it is.
_AS_GIVEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TABLE_STYLE = "Table Style Light 1"  # lines and shades of grey
_COVER_WIDTH, _NARROWEST = 100, 12  # in characters
_TITLE_HEIGHT, _HEADING_HEIGHT, _COLUMNS_HEIGHT, _LINE_HEIGHT = 24, 30, 20, 16  # in points


def write_workbook(book: Book) -> bytes:
    """A book as the bytes of an .xlsx file."""
    written = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(_FONT), **_AS_GIVEN}
    workbook = xlsxwriter.Workbook(written, options)
    workbook.set_properties(
        {
            "title": book.title,
            "subject": book.subject,
            "author": book.publisher,
            "company": book.publisher,
            "status": book.mark or "Public",
            "created": book.created.astimezone(UTC),
        }
    )
    _Writer(workbook).write(book)
    workbook.close()
    return _name_language(written.getvalue())


class _Writer:
    """Writes sheets into one workbook, each format made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[str, str, bool], Any] = {}

    def write(self, book: Book) -> None:
        for sheet in book.sheets:
            self._write_sheet(sheet, self._workbook.add_worksheet(sheet.name), book.mark)

    def _write_sheet(self, sheet: Sheet, worksheet: Any, mark: str) -> None:
        worksheet.write_string(0, 0, sheet.title, self._format("title"))
        worksheet.set_row(0, _TITLE_HEIGHT)
        for row, line in enumerate(sheet.lines, 1):
            self._write_line(worksheet, row, line, above_table=sheet.grid is not None)
        if sheet.grid is None:
            worksheet.set_column(0, 0, _COVER_WIDTH)
        else:
            self._write_grid(worksheet, len(sheet.lines) + 1, sheet.grid)
        _set_page(worksheet, mark)

    def _write_line(self, worksheet: Any, row: int, line: Line, *, above_table: bool) -> None:
        """A line of words: broken at the end of its cell, or running on over the columns of a table."""
        if isinstance(line.content, To):
            self._write_cell(worksheet, row, 0, line.content)
            return
        style = "heading" if line.heading else "line" if above_table else "words"
        self._write_text(worksheet, row, 0, line.content, style)
        lines = 1 if above_table else _count_lines(line.content, _COVER_WIDTH)
        worksheet.set_row(row, _HEADING_HEIGHT if line.heading else lines * _LINE_HEIGHT)

    def _write_grid(self, worksheet: Any, top: int, grid: Grid) -> None:
        header = self._format("column")
        options = {
            "name": grid.name,
            "description": grid.about,
            "columns": [{"header": column, "header_format": header} for column in grid.columns],
            "style": _TABLE_STYLE,
            "autofilter": False,
        }
        worksheet.add_table(top, 0, top + len(grid.rows), len(grid.columns) - 1, options)
        widths = _find_widths(grid)
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        for row, cells in enumerate(grid.rows, top + 1):
            for column, cell in enumerate(cells):
                self._write_cell(worksheet, row, column, cell)
            lines = max(_count_lines(_show(cell), width) for cell, width in zip(cells, widths, strict=True))
            worksheet.set_row(row, lines * _LINE_HEIGHT)
        worksheet.set_row(top, _COLUMNS_HEIGHT)
        worksheet.freeze_panes(top + 1, 0)
        worksheet.repeat_rows(top)

    def _write_cell(self, worksheet: Any, row: int, column: int, cell: Cell) -> None:
        match cell:
            case Number():
                worksheet.write_number(row, column, cell.value, self._format("", _number_format(cell)))
            case date():
                worksheet.write_datetime(row, column, datetime.combine(cell, time()), self._format("day"))
            case To():
                address = f"internal:'{cell.sheet}'!A1" if cell.sheet else cell.address
                worksheet.write_url(row, column, address, self._format("link"), cell.text)
            case Instead():
                self._write_text(worksheet, row, column, cell.text, "instead")
            case _:
                self._write_text(worksheet, row, column, cell, "words")

    def _write_text(self, worksheet: Any, row: int, column: int, text: str, style: str) -> None:
        """A text that is still one when somebody edits its cell and presses Enter."""
        like_formula = text.startswith(FORMULA_STARTS)
        worksheet.write_string(row, column, text, self._format(style, quoted=like_formula))

    def _format(self, style: str, number: str = "", *, quoted: bool = False) -> Any:
        key = style, number, quoted
        if key not in self._formats:
            more = {"num_format": number, "valign": "top"} if number else _STYLES[style]
            quote = {"quote_prefix": True} if quoted else {}
            self._formats[key] = self._workbook.add_format({**more, **quote})
        return self._formats[key]


def _number_format(number: Number) -> str:
    """A number as pages print it: "#,##0.0" and what stands behind it."""
    decimals = f".{'0' * number.decimals}" if number.decimals else ""
    return f"#,##0{decimals}" + (f'"{number.suffix}"' if number.suffix else "")


def _find_widths(grid: Grid) -> list[int]:
    """How wide each column has to be, in characters: its longest cell, up to a limit."""
    columns = zip(grid.columns, *grid.rows, strict=True)
    return [
        min(grid.widest, max(_NARROWEST, *(len(_show(cell)) + 2 for cell in column))) for column in columns
    ]


def _count_lines(text: str, width: int) -> int:
    """How many lines a text is broken into, in a column of so many characters."""
    return max(1, len(wrap(text, width)))


def _show(cell: Cell) -> str:
    """About what a cell shows."""
    match cell:
        case Number():
            return f"{cell.value:,.{cell.decimals}f}{cell.suffix}"
        case date():
            return f"{cell:%d %B %Y}"
        case To() | Instead():
            return cell.text
    return cell


def _set_page(worksheet: Any, mark: str) -> None:
    """On paper: A4 on its side, as wide as the table, the mark on every sheet."""
    worksheet.set_paper(9)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&L&A&RPage &P of &N")
    if mark:
        worksheet.set_header(f"&C&B{mark}")


def _name_language(content: bytes) -> bytes:
    """The same file with its language among the document's properties, where screen readers look for it."""
    written = io.BytesIO()
    end = b"</cp:coreProperties>"
    with ZipFile(io.BytesIO(content)) as source, ZipFile(written, "w") as target:
        for part in source.infolist():
            told = source.read(part)
            if part.filename == "docProps/core.xml":
                told = told.replace(end, f"<dc:language>{_LANGUAGE}</dc:language>".encode() + end)
            target.writestr(part, told)
    return written.getvalue()
