"""Counts that the Department rounds: those of regions and England."""

from collections.abc import Iterator

from dashboard.areas import AreaKind, Areas
from dashboard.findings import Finding, Level
from dashboard.intake.dfe.cells import read_cell
from dashboard.intake.dfe.rows import Rows
from dashboard.vocabulary import Statistic


def find_rounded_places(areas: Areas) -> frozenset[str]:
    """The areas of which the Department publishes rounded counts."""
    return frozenset(each.slug for each in areas if each.kind in {AreaKind.REGION, AreaKind.COUNTRY})


def note_rounding(rows: Rows, areas: Areas) -> Iterator[Finding]:
    """A note that counts of regions and England are rounded; a warning where they are not as declared."""
    publication, file = rows.recognised.publication, rows.recognised.table.file
    counts = list(_read_counts(rows, find_rounded_places(areas))) if publication.rounded_to else []
    odd = sum(count % publication.rounded_to != 0 for count in counts)
    if odd:
        found = f"{odd:,} of {len(counts):,} counts of regions and England"
        expected = f"counts rounded to {publication.rounded_to}, as {publication.file} says"
        yield Finding(Level.WARNING, file, found=found, expected=expected)
    elif counts:
        found = f"{len(counts):,} counts of regions and England"
        why = f"rounded by the Department to the nearest {publication.rounded_to}"
        yield Finding(Level.NOTE, file, found=found, why=why)


def _read_counts(rows: Rows, places: frozenset[str]) -> Iterator[int]:
    """Every count of a rounded area that is read from a file, as a figure or as part of one."""
    at, seen = rows.recognised.places, set[tuple[int, str]]()
    for figure in rows.recognised.mapping.figures:
        printed = (figure.column,) if figure.statistic is Statistic.COUNT else figure.numerator
        for row in rows.matching(figure.where):
            for column in printed:
                if row.place not in places or column not in at or (row.line, column) in seen:
                    continue
                seen.add((row.line, column))
                value = read_cell(row.cells[at[column]], Statistic.COUNT, 0).value
                if value is not None:
                    yield int(value)
