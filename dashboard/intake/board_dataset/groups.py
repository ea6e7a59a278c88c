"""Cells beside the months that stand for one row, or that are merged over several and so for all of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.findings import Level, quoted
from dashboard.intake.board_dataset.layout import Line, Table
from dashboard.intake.board_dataset.measures import Row
from dashboard.intake.board_dataset.told import Told
from dashboard.intake.cells import Cell

#: Half of a merged cell that was cut in two, its % sign taken for "0/": "750/" above "75%".
_UPPER_HALF = re.compile(r"[0-9]+ ?/")
_BOTH_HALVES = re.compile(r"(?P<upper>[0-9]+ ?/) ?(?P<lower>[0-9.]+ ?%)")


@dataclass(frozen=True)
class Beside:
    """A cell beside the months: the rows that it stands for, what it says, and as it is printed."""

    rows: tuple[Row, ...]
    cell: Cell
    printed: str

    @property
    def is_shared(self) -> bool:
        """Whether it was one cell over several rows, or looks like it."""
        return len(self.rows) > 1 or self.printed != self.cell.text

    @property
    def label(self) -> str:
        """The measures that it stands for: "measure 4", "measures 8 and 9"."""
        numbers = [str(row.indicator.measure) for row in self.rows]
        return f"measure{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}"


def find_beside(
    table: Table, rows: Sequence[Row], column: int, catalogue: Iterable[Indicator], told: Told
) -> list[Beside]:
    """Every cell of a column beside the rows that are read, those merged over several only once.

    Half of a cell that was merged belongs to the half below it only if both rows are declared to be the parts
    of one measure. Otherwise nobody knows where its other half is, and none of the column is read.
    """
    known, found = {row.line.row: row for row in rows}, []
    wholes = {frozenset(each.parts) for each in catalogue if each.parts}
    for lines, cell, printed in _list_cells(table, column):
        at = lines[0].row
        together = tuple(known[line.row] for line in lines if line.row in known)
        block = table.grid.block_at(at, column)
        if block and block.left != block.right:
            expected = "a cell of its own in each column, not merged ones"
            told.at(Level.WARNING, table, at, column, expected, found=quoted(printed), read_as="nothing")
            continue
        whole = len(together) == len(lines)
        paired = whole and frozenset(row.indicator.id for row in together) in wholes
        if _UPPER_HALF.match(printed) and not paired:
            expected = "a whole cell, or its other half below it: nothing of the column is read"
            told.at(Level.ERROR, table, at, column, expected, found=quoted(printed), read_as="nothing")
            return []
        if whole:
            found.append(Beside(together, cell, printed))
        elif together:
            expected = f"all {len(lines)} rows that it is merged over to be read"
            told.at(Level.WARNING, table, at, column, expected, found=quoted(printed), read_as="nothing")
    return found


def _list_cells(table: Table, column: int) -> Iterator[tuple[list[Line], Cell, str]]:
    """The cells of a column that are not blank: the lines of each, what counts of it, and all of it."""
    grid, taken = table.grid, set[int]()
    for place, line in enumerate(table.lines):
        block = grid.block_at(line.row, column)
        lines, cell = [line], grid.at(line.row, column)
        if line.row in taken or not (cell.text or block):
            continue
        below = table.lines[place + 1 : place + 2]
        if block:
            lines = [each for each in table.lines if block.top <= each.row <= block.bottom]
            cell = grid.at(block.top, block.left)
        elif _UPPER_HALF.fullmatch(cell.text) and below and below[0].row == line.row + 1:
            lines, under = [line, below[0]], grid.at(below[0].row, column)
            taken.add(below[0].row)
            yield lines, under, f"{cell.text} above {under.text}"
            continue
        taken |= {each.row for each in lines}
        both = _BOTH_HALVES.fullmatch(cell.text)
        if cell.text:
            yield lines, Cell(both["lower"]) if both else cell, cell.text
