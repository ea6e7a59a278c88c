"""Figures of the Department for Education's service "Explore education statistics", as it gives them out.

A file is known by its columns, not its name: `data/intake/dfe/*.toml` declares what each column of each known
file is in the catalogue, and which are left and why. Rows of the county, its region and England are read as
they are; those of the councils of the statistical neighbours' models only for the models' means.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from dashboard.findings import Finding, Level
from dashboard.intake.dfe.checking import check_mapping
from dashboard.intake.dfe.declaring import read_publications
from dashboard.intake.dfe.describing import (
    check_months,
    check_published,
    check_together,
    count_read,
    describe_file,
    name_source,
)
from dashboard.intake.dfe.entries import Entry, make_entries, read_populations_in
from dashboard.intake.dfe.gaps import find_gaps
from dashboard.intake.dfe.means import make_means
from dashboard.intake.dfe.merging import merge_entries, write_rows
from dashboard.intake.dfe.places import know_places
from dashboard.intake.dfe.recognising import Recognised, find_unmapped_columns, recognise
from dashboard.intake.dfe.rows import Rows, gather_rows
from dashboard.intake.dfe.tables import read_table
from dashboard.intake.readings import Given, Reading, make_figures

KIND = "dfe"
TITLE = "Files of the Department for Education’s “Explore education statistics”"
SUFFIXES = (".csv",)

#: Where the known files are declared, in the folder of all that is declared of files.
MAPPINGS = "dfe"


def read(files: Sequence[Path], given: Given) -> Reading:
    """Everything in some files of one publication, and everything odd about them.

    Where the Department's own file of children aged 0 to 17 is among them, rates that a release has not got
    are worked out over it.
    """
    findings: list[Finding] = []
    recognised = list(_recognise_all(files, given, findings))
    known = know_places(given.areas)
    gathered = []
    for each in recognised:
        given.tell(f"{each.table.file}: {each.mapping.title}")
        gathered.append(gather_rows(each, known, findings))
        findings += find_gaps(gathered[-1], known)
    findings += check_together(gathered)
    merged = list(merge_entries(_make_all(gathered, given, findings), findings))
    findings += check_published(merged, given)
    figures = make_figures(write_rows(merged, given))
    counted = count_read(len(files), figures["indicator"].nunique(), len(figures))
    return Reading(figures, name_source(gathered, given), counted, tuple(findings))


def _recognise_all(files: Sequence[Path], given: Given, findings: list[Finding]) -> Iterator[Recognised]:
    """The files that are known, with a note for every column of them that is not."""
    publications, wrong = read_publications(given.declared / MAPPINGS)
    findings += wrong
    if not files:
        findings.append(Finding(Level.ERROR, KIND, found="no files", expected="one file or more"))
    for path in files:
        table = read_table(path, findings)
        known = recognise(table, publications, findings) if table else None
        if known is None:
            continue
        findings += find_unmapped_columns(known)
        undeclared = list(check_mapping(known.publication, known.mapping, given))
        findings += undeclared
        if not undeclared:
            yield known


def _make_all(gathered: Sequence[Rows], given: Given, findings: list[Finding]) -> Iterator[Entry]:
    """The figures of every file, with the means of the neighbours' models."""
    populations: dict[tuple[str, int], Decimal] = {}
    for rows in gathered:
        if rows.recognised.mapping.population:
            populations |= read_populations_in(rows, findings)
    for rows in gathered:
        own = list(make_entries(rows, given, populations, findings))
        findings += check_months(own)
        yield from own
        yield from make_means(own, given)
        findings += describe_file(rows, given, has_populations=bool(populations))
