"""What stands in the months of a row, each cell read as what the row is of."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.findings import Level
from dashboard.intake.board_dataset.amounts import Amount, UnreadError, read_amount
from dashboard.intake.board_dataset.layout import Table
from dashboard.intake.board_dataset.measures import Row
from dashboard.intake.board_dataset.told import Told
from dashboard.intake.cells import BLANK, Cell
from dashboard.periods import Period
from dashboard.vocabulary import Frequency, Statistic


@dataclass(frozen=True)
class Months:
    """What was read of a row: the amounts by month and the months that are blank, with all their columns.

    A month whose cell cannot be read is in neither.
    """

    table: Table
    row: Row
    amounts: Mapping[Period, Amount]
    blank: tuple[Period, ...]
    columns: Mapping[Period, int]

    @property
    def first(self) -> Period:
        """The earliest month with an amount."""
        return min(self.amounts, key=lambda month: month.index)

    def text(self, month: Period) -> str:
        """What is printed in the cell of a month."""
        return self.table.grid.at(self.row.line.row, self.columns[month]).text

    def tell(self, told: Told, level: Level, month: Period, expected: str = "", **more: str) -> None:
        """Tell of what stands in the cell of a month."""
        told.at(level, self.table, self.row.line.row, self.columns[month], expected, **more)


def list_filled(table: Table) -> tuple[tuple[int, Period], ...]:
    """The months of a table, with their columns, up to the last one in which any row has a figure."""
    filled = [
        place
        for place, (column, _) in enumerate(table.months)
        if any(table.grid.at(line.row, column).text for line in table.lines)
    ]
    return table.months[: filled[-1] + 1] if filled else ()


def read_months(table: Table, row: Row, told: Told) -> Months:
    """What stands in the months of a row; everything that cannot be read is told of and left out."""
    amounts, blank, columns = dict[Period, Amount](), list[Period](), dict[Period, int]()
    hidden = list[tuple[int, Cell]]()
    for column, month in list_filled(table):
        cell = _find_cell(table, row, column, month, told)
        if cell is not None and not cell.text:
            blank.append(month)
        elif cell is not None and (amount := _read(table, row, column, cell, told)):
            amounts[month] = amount
            hidden += [(column, cell)] if cell.exact else []
        columns[month] = column
    _tell_hidden(table, row, hidden, told)
    return Months(table, row, amounts, tuple(blank), columns)


def _read(table: Table, row: Row, column: int, cell: Cell, told: Told) -> Amount | None:
    """The amount of a cell; None, with an error, where it is none that the row can have."""
    try:
        amount = read_amount(cell, row.lead)
        if amount.statistic is not row.lead:
            raise UnreadError(
                f"a {row.lead}, as in the rest of the row; a share stands in brackets behind it"
            )
        if amount.share and Statistic.PERCENTAGE not in row.indicator.statistics:
            raise UnreadError(f"no share: {row.label} is declared without one")
    except UnreadError as problem:
        told.at(Level.ERROR, table, row.line.row, column, str(problem), read_as="nothing")
        return None
    if amount.unmarked:
        told.at(Level.WARNING, table, row.line.row, column, "a % sign", read_as=f"{cell.text}%")
    return amount


def _find_cell(table: Table, row: Row, column: int, month: Period, told: Told) -> Cell | None:
    """The cell of a month, or that of a quarter whose months are merged; None, told once, if others are."""
    grid, at = table.grid, row.line.row
    block = grid.block_at(at, column)
    if block is None or (block.top, block.left) == (block.bottom, block.right):
        return grid.at(at, column)
    months = {each for where, each in table.months if block.left <= where <= block.right}
    whole = block.top == block.bottom and months == {*month.quarter.parts(month.grain)}
    if whole and row.indicator.frequency is Frequency.QUARTER:
        return grid.at(block.top, block.left) if month == month.quarter.month else BLANK
    if column == block.left:
        expected = "a cell of its own for each month and measure, not merged ones"
        told.at(Level.ERROR, table, at, column, expected, read_as="nothing")
    return None


def _tell_hidden(table: Table, row: Row, hidden: list[tuple[int, Cell]], told: Told) -> None:
    """One note for all cells of a row that show fewer digits than they hold."""
    if hidden:
        column, cell = hidden[0]
        more = f", and {len(hidden) - 1} more in the row" if len(hidden) > 1 else ""
        found, read_as = f"{cell.exact} shown as {cell.text}{more}", f"{cell.text}, as printed"
        told.at(Level.NOTE, table, row.line.row, column, found=found, read_as=read_as)
