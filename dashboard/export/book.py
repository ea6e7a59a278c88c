"""The shape of a workbook: its worksheets in order, each with a title, lines of words and at most one table.

What stands in a cell is a text, a number with the way it is printed, a day or a link. A text stays a text
whatever it begins with.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Number:
    """A number and how it is printed: with so many decimals, and "%" behind it or nothing."""

    value: float
    decimals: int = 0
    suffix: str = ""


@dataclass(frozen=True)
class Instead:
    """What stands where a number would: "[c]", "<1%"."""

    text: str


@dataclass(frozen=True)
class To:
    """Words that lead to another worksheet, or to an address."""

    text: str
    sheet: str = ""
    address: str = ""


Cell = str | Number | Instead | date | To


@dataclass(frozen=True)
class Line:
    """A line of words under the title of a worksheet; a heading names those that follow."""

    content: str | To
    heading: bool = False


@dataclass(frozen=True)
class Grid:
    """The table of a worksheet. Every row has as many cells as there are columns, and none is blank."""

    name: str  # what the program calls it: one word
    about: str  # what it holds, for those who listen
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widest: int = 40  # characters in a column; longer texts are broken into lines


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its title stands in A1, its lines in the cells below, then its table."""

    name: str  # on its tab
    about: str  # what it holds, for the list of contents
    title: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True)
class Book:
    """A workbook: what it is called and about, when it was made, and its worksheets, the cover first."""

    title: str
    subject: str
    publisher: str
    created: datetime
    sheets: tuple[Sheet, ...]
    mark: str = ""  # what stands on everything that is made for the council's own staff

    def marked(self, mark: str) -> "Book":
        """The same with a mark before every title."""
        sheets = tuple(replace(sheet, title=f"{mark} – {sheet.title}") for sheet in self.sheets)
        return replace(self, title=f"{mark} – {self.title}", sheets=sheets, mark=mark)
