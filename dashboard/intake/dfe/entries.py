"""What the rows of a file tell, figure by figure, in the words of the long table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.findings import Finding, Level
from dashboard.intake.dfe.cells import Cell
from dashboard.intake.dfe.mappings import Figure
from dashboard.intake.dfe.reading_cells import CellReader
from dashboard.intake.dfe.rounding import find_rounded_places
from dashboard.intake.dfe.rows import Row, Rows
from dashboard.intake.dfe.working_out import SCALES, add_up, divide, recomputes
from dashboard.intake.readings import Given
from dashboard.periods import Period
from dashboard.vocabulary import Statistic, Status, Symbol

#: Numbers of children aged 0 to 17 by place and mid-year, from the Department's own file of them.
PopulationsRead = Mapping[tuple[str, int], Decimal]

#: Of the printed shares of one figure, how many may miss their own parts before the file is not believed.
_MOST_WRONG = 0.1


@dataclass(frozen=True)
class Entry:
    """One figure of one area or council at one period, before it is written into the long table."""

    figure: Figure
    place: str
    period: Period
    year: int  # that the file names
    value: Decimal | None
    decimals: int
    symbol: Symbol
    status: Status
    file: str
    line: int | None
    column: str
    note: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    worked_out: bool = False
    rounded_to: int = 0

    @property
    def cell(self) -> tuple[str, str, str, str, str, str]:
        """What tells it from every other figure of a publication."""
        figure, period = self.figure, self.period.code
        split = (figure.characteristic, figure.category)
        return (figure.indicator, figure.statistic, self.place, period, *split)


def read_populations_in(rows: Rows, findings: list[Finding]) -> dict[tuple[str, int], Decimal]:
    """Children aged 0 to 17 by place and mid-year, of the Department's file of them.

    It names the year in whose middle children were counted, where other files name the end of theirs.
    """
    reader, column = CellReader(rows.recognised), rows.recognised.mapping.population
    found = {}
    for row in rows.all:
        cell = reader.read(row, column, Statistic.COUNT, 0)
        if cell.value is not None:
            found[row.place, row.year.named] = cell.value
    findings += reader.tell()
    return found


def make_entries(
    rows: Rows, given: Given, populations: PopulationsRead, findings: list[Finding]
) -> Iterator[Entry]:
    """Every figure that a file tells of an area or council, printed or worked out."""
    rounded = find_rounded_places(given.areas)
    reader = CellReader(rows.recognised)
    for figure in rows.recognised.mapping.figures:
        each = _Figures(rows, figure, given, populations, rounded, reader)
        if figure.column in rows.recognised.places:
            yield from each.read_printed(findings)
        elif figure.numerator and (populations or not figure.is_over_population):
            yield from each.work_out(findings)
    findings += reader.tell()


@dataclass(frozen=True)
class _Figures:
    """Makes the entries of one figure of a file."""

    rows: Rows
    figure: Figure
    given: Given
    populations: PopulationsRead
    rounded: frozenset[str]
    reader: CellReader

    def read_printed(self, findings: list[Finding]) -> Iterator[Entry]:
        """The entries of a figure that is printed, with numerators and denominators that give it."""
        figure, missed, count = self.figure, list[tuple[int, str]](), 0
        for row in self.rows.matching(figure.where):
            count += 1
            cell = self.reader.read(row, figure.column, figure.statistic, figure.decimals)
            parts = self._read_parts(row) if figure.numerator and figure.denominator else None
            if not cell.fault:
                entry = self._make(row, cell)
                yield self._with_parts(row, entry, cell, *parts, missed) if parts else entry
        if missed:
            findings.append(self._judge_missed(missed, count))

    def work_out(self, findings: list[Finding]) -> Iterator[Entry]:
        """The entries of a figure that is worked out. Where rounding leaves all of it open, there is none."""
        lost, above = list[Row](), list[Row]()
        for row in self.rows.matching(self.figure.where):
            numerator, denominator = self._read_parts(row)
            cell = self._divide(row, numerator, denominator)
            if cell is None or self._is_above(cell):
                (lost if cell is None or self._rounded_to(row) else above).append(row)
                continue
            entry = replace(self._make(row, cell), worked_out=True)
            if recomputes(cell, numerator, denominator, self.figure.statistic):
                entry = replace(entry, numerator=numerator.value, denominator=denominator.value)
            yield entry
        findings += [self._tell_lost(lost)] if lost else []
        findings += [self._tell_above(above)] if above else []

    def _make(self, row: Row, cell: Cell) -> Entry:
        figure, year = self.figure, row.year
        kind = self.given.catalogue[figure.indicator].kind
        period = year.month(figure.month) if figure.month else year.stock if kind.is_at_a_date else year.flow
        return Entry(
            figure=figure,
            place=row.place,
            period=period,
            year=year.named,
            value=cell.value,
            decimals=cell.decimals,
            symbol=cell.symbol,
            status=row.status,
            file=self.rows.recognised.table.file,
            line=row.line,
            column=figure.column or " + ".join(figure.numerator),
            note=" ".join(filter(None, (figure.note, cell.remark))),
            rounded_to=self._rounded_to(row),
        )

    def _with_parts(
        self,
        row: Row,
        entry: Entry,
        cell: Cell,
        numerator: Cell,
        denominator: Cell,
        missed: list[tuple[int, str]],
    ) -> Entry:
        """A printed share with its numerator and denominator, where they give the number printed."""
        figure, top, bottom = self.figure, numerator.value, denominator.value
        if cell.value is None or top is None or bottom is None or figure.statistic not in SCALES:
            return entry
        if recomputes(cell, numerator, denominator, figure.statistic):
            return replace(entry, numerator=top, denominator=bottom)
        may_be = recomputes(cell, numerator, denominator, figure.statistic, figure.parts_decimals)
        if not self._rounded_to(row) and not may_be:
            missed.append((row.line, f"{cell.value}, of {top.normalize():f} in {bottom.normalize():f}"))
        return entry

    def _read_parts(self, row: Row) -> tuple[Cell, Cell]:
        """The numerator and the denominator of a share in a row, or in the row beside it."""
        figure, reader = self.figure, self.reader
        beside = self.rows.beside(row, figure.denominator_where)
        numerator = add_up(reader.read_parts(row, figure.numerator))
        if not figure.is_over_population:
            return numerator, add_up(reader.read_parts(beside, figure.denominator))
        population = self.populations.get((row.place, row.year.mid_year))
        return numerator, Cell(value=population) if population else Cell(symbol=Symbol.NOT_AVAILABLE)

    def _divide(self, row: Row, numerator: Cell, denominator: Cell) -> Cell | None:
        """The quotient. A rounded count may be off by half of what it is rounded to; a population is not."""
        figure, half = self.figure, Decimal(self._rounded_to(row)) / 2
        off = (half * len(figure.numerator), half * len(figure.denominator))
        return divide(numerator, denominator, figure.statistic, figure.decimals, off)

    def _rounded_to(self, row: Row) -> int:
        return self.rows.recognised.publication.rounded_to if row.place in self.rounded else 0

    def _judge_missed(self, missed: list[tuple[int, str]], count: int) -> Finding:
        """Printed shares that their own parts do not give: a warning; an error if there are many."""
        recognised, figure = self.rows.recognised, self.figure
        line, found = missed[0]
        level = Level.ERROR if len(missed) > count * _MOST_WRONG else Level.WARNING
        expected = f"the share of {' + '.join(figure.numerator)} in {' + '.join(figure.denominator)}"
        why = f"in {len(missed):,} of {count:,} rows; read as printed, without numerator and denominator"
        column = recognised.name(figure.column)
        return Finding(level, recognised.table.file, line, column, found, expected, "", why)

    def _is_above(self, cell: Cell) -> bool:
        return self.figure.statistic is Statistic.PERCENTAGE and (cell.value or 0) > 100

    def _tell_above(self, above: list[Row]) -> Finding:
        recognised, figure = self.rows.recognised, self.figure
        found = f"more in {' + '.join(figure.numerator)} than in {' + '.join(figure.denominator)}"
        why = f"in {len(above):,} rows, for {figure.indicator}"
        return Finding(
            *(Level.ERROR, recognised.table.file, above[0].line, "", found, "at most as many", "", why)
        )

    def _tell_lost(self, lost: list[Row]) -> Finding:
        names = sorted({self.given.areas[row.place].name for row in lost})
        found = f"{self.figure.indicator} not worked out for {', '.join(names)}, in {len(lost):,} rows"
        why = "counts rounded by the Department leave even the whole number open"
        return Finding(Level.NOTE, self.rows.recognised.table.file, lost[0].line, found=found, why=why)
