"""Reading the cells of a file, and telling what is odd about them once for each column, not once a cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.findings import Finding, Level, quoted
from dashboard.intake.dfe.cells import REMARKS, Cell, read_cell
from dashboard.intake.dfe.recognising import Recognised
from dashboard.intake.dfe.rows import Row
from dashboard.vocabulary import Statistic

_EXACT = 9  # decimals of a part: as many as are printed


@dataclass
class CellReader:
    """Reads cells of one file; what is odd about them is told at the end."""

    recognised: Recognised
    _faults: dict[str, dict[int, tuple[str, Cell]]] = field(default_factory=dict)
    _exceeding: dict[str, list[int]] = field(default_factory=dict)
    _marks: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def read(self, row: Row, column: str, statistic: Statistic, decimals: int) -> Cell:
        """What one cell holds of a statistic that is published with so many decimals."""
        text = row.cells[self.recognised.places[column]]
        cell = read_cell(text, statistic, decimals)
        if cell.fault:
            self._faults.setdefault(column, {}).setdefault(row.line, (text, cell))
        if cell.exceeds:
            self._exceeding.setdefault(column, []).append(row.line)
        if cell.remark:
            self._marks.setdefault((column, text.strip().casefold()), []).append(row.line)
        return cell

    def read_parts(self, row: Row | None, columns: Sequence[str]) -> list[Cell]:
        """What several cells of a row hold, each as exactly as it is printed; nothing of no row."""
        return [self.read(row, column, Statistic.FTE, _EXACT) for column in columns] if row else []

    def tell(self) -> Iterator[Finding]:
        """Everything odd about the cells read, in the order of their lines."""
        told = [*self._tell_faults(), *self._tell_exceeding(), *self._tell_marks()]
        yield from sorted(told, key=lambda each: each.row or 0)

    def _tell_faults(self) -> Iterator[Finding]:
        for column, cells in self._faults.items():
            line, count = min(cells), len(cells) - 1
            text, cell = cells[line]
            why = f"and in {count:,} more row{'s' if count > 1 else ''}" if count else ""
            yield self._find(Level.ERROR, line, column, quoted(text), cell.fault, cell.nearest, why)

    def _tell_exceeding(self) -> Iterator[Finding]:
        for column, lines in self._exceeding.items():
            found = f"more decimals than the publication has, in {_count(lines)}"
            yield self._find(Level.NOTE, min(lines), column, found, read_as="as printed")

    def _tell_marks(self) -> Iterator[Finding]:
        for (column, mark), lines in self._marks.items():
            read_as = str(read_cell(mark, Statistic.COUNT, 0).symbol)
            found, why = f"{quoted(mark)} in {_count(lines)}", REMARKS[mark].rstrip(".")
            yield self._find(Level.NOTE, min(lines), column, found, why=why, read_as=read_as)

    def _find(
        self,
        level: Level,
        line: int,
        column: str,
        found: str,
        expected: str = "",
        near: str = "",
        why: str = "",
        read_as: str = "",
    ) -> Finding:
        file, name = self.recognised.table.file, self.recognised.name(column)
        return Finding(level, file, line, name, found, expected, near, why, read_as=read_as)


def _count(lines: Sequence[int]) -> str:
    count = len(set(lines))
    return f"{count:,} cell{'' if count == 1 else 's'}"
