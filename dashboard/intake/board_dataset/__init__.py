"""The Corporate Parenting Board dataset as the council keeps it: measures in rows, months in columns.

A row is a measure of the catalogue by its number, and its name must fit. A cell is read as it is printed:
"212 (26%)" is a count and a share, "[64%]" provisional, blank not counted or not available. What only a
person can know is asked, and what differs from what is declared is told.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from dashboard.findings import Finding, Level
from dashboard.intake.board_dataset.aims import tell_targets
from dashboard.intake.board_dataset.comparators import make_comparators
from dashboard.intake.board_dataset.figures import Monthly
from dashboard.intake.board_dataset.layout import Table, find_tables
from dashboard.intake.board_dataset.measures import match_rows, tell_missing
from dashboard.intake.board_dataset.monthly import Months, list_filled, read_months
from dashboard.intake.board_dataset.names import Names
from dashboard.intake.board_dataset.steps import tell_steps
from dashboard.intake.board_dataset.together import agree, merge
from dashboard.intake.board_dataset.told import Told
from dashboard.intake.grids import Grid, read_grids
from dashboard.intake.publisher import name_publisher
from dashboard.intake.readings import Given, Reading
from dashboard.sources import Source

KIND = "board-dataset"
TITLE = "The Corporate Parenting Board dataset: measures in rows, months in columns, as a workbook or as text"
SUFFIXES = (".xlsx", ".txt", ".csv")

_ORDER = {level: place for place, level in enumerate(Level)}


def read(files: Sequence[Path], given: Given) -> Reading:
    """Every figure of some files of the dataset, and everything odd about them, errors first."""
    told = Told(given.answers)
    names = Names({each.measure: each for each in given.catalogue.values() if each.measure})
    tables = [table for path in files for table in _open(path, given, told)]
    read = [(table, _read_rows(table, names, told)) for table in tables]
    source = _describe(files, read, given)
    monthly = Monthly([months for _, months in read], given.areas.county.slug)
    figures = list(monthly.make(told))
    for table, months in read:
        rows = [each.row for each in months]
        tell_targets(table, rows, given, told)
        figures += make_comparators(table, rows, given, told)
    if tables:
        tell_missing((each.row for _, months in read for each in months), names, tables[0], told)
    frame = agree(merge(figures, told), given, source, told)
    findings = sorted(told.findings, key=lambda finding: _ORDER[finding.level])
    return Reading(frame, source, _count(read), tuple(findings), tuple(told.questions))


def _open(path: Path, given: Given, told: Told) -> list[Table]:
    """Every table of a file; none, and an error, where there is none."""
    given.tell(f"Reading {path.name}")
    grids, findings = read_grids(path)
    told.findings += findings
    tables = []
    for grid in grids:
        found, odd = find_tables(grid, given)
        tables += found
        told.findings += odd
    if not tables and not any(finding.level is Level.ERROR for finding in findings):
        told.findings.append(_say_no_table(path, grids))
    return tables


def _say_no_table(path: Path, grids: Sequence[Grid]) -> Finding:
    sheets = ", ".join(grid.sheet for grid in grids if grid.sheet)
    expected = "measures in rows under a heading with at least three months, such as Jul-18, Aug-18, Sep-18"
    found = "no table of measures by month" + (f" on any sheet ({sheets})" if sheets else "")
    return Finding(Level.ERROR, path.name, found=found, expected=expected)


def _read_rows(table: Table, names: Names, told: Told) -> list[Months]:
    """What stands in the months of every row whose measure is known."""
    read = [read_months(table, row, told) for row in match_rows(table, names, told)]
    for months in read:
        tell_steps(months, told)
    empty = table.months[len(list_filled(table)) :]
    if empty:
        column, month = empty[0]
        found = f"{len(empty)} month{'' if len(empty) == 1 else 's'} without a figure in any row"
        told.at(
            Level.NOTE,
            table,
            table.heading,
            column,
            found=found,
            read_as=f"not yet counted, from {month.label}",
        )
    return read


def _describe(files: Iterable[Path], read: Sequence[tuple[Table, list[Months]]], given: Given) -> Source:
    """What the figures are kept under: the dataset by its months."""
    months = sorted({month.index: month for table, _ in read for _, month in list_filled(table)}.items())
    span = f", {months[0][1].label} to {months[-1][1].label}" if months else ""
    latest = f", {months[-1][1].label}" if months else ""
    return Source(
        id=given.source,
        title=f"Corporate Parenting Board dataset{span}",
        short=f"Corporate Parenting Board dataset{latest}",
        publisher=name_publisher(given.areas),
        document=", ".join(path.name for path in files),
        licence="The council’s own figures",
        attribution="",
        published_on=given.published_on,
    )


def _count(read: Sequence[tuple[Table, list[Months]]]) -> str:
    """How much was read: "32 measures, 358 values"."""
    held = [months for _, each in read for months in each if months.amounts]
    measures = len({months.row.indicator.id for months in held})
    values = sum(len(months.amounts) for months in held)
    return f"{measures:,} measure{'' if measures == 1 else 's'}, {values:,} value{'' if values == 1 else 's'}"
