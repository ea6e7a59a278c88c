"""What is said of files as wholes: what was left, whether they belong together, and the source they make."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.findings import Finding, Level
from dashboard.intake.dfe.entries import Entry
from dashboard.intake.dfe.mappings import Publication
from dashboard.intake.dfe.recognising import Recognised
from dashboard.intake.dfe.rounding import note_rounding
from dashboard.intake.dfe.rows import Rows
from dashboard.intake.readings import Given
from dashboard.periods import Grain
from dashboard.sources import Source, is_date

_MONTHS_IN_A_YEAR = 12


def check_together(gathered: Sequence[Rows]) -> Iterator[Finding]:
    """Files that cannot have one source and one day of publication: of several publications or releases."""
    first = gathered[0].recognised if gathered else None
    seen: dict[str, str] = {}
    for rows in gathered:
        other = rows.recognised
        title, file = other.publication.title, other.table.file
        if first and title != first.publication.title:
            found = f"a file of {name_release(other.publication, '…')}"
            expected = (
                f"files of one publication: {first.table.file} is of {name_release(first.publication, '…')}"
            )
            why = "each has a day of its own on which it came out: read them one after the other"
            yield Finding(Level.ERROR, file, None, "", found, expected, "", why)
        elif other.mapping.id in seen:
            found = f"{other.mapping.title}, as in {seen[other.mapping.id]}"
            expected, why = "each table once", "two releases of a table are read one after the other"
            yield Finding(Level.ERROR, file, None, "", found, expected, "", why)
        seen.setdefault(other.mapping.id, file)
    yield from _find_other_releases(gathered)


def _find_other_releases(gathered: Sequence[Rows]) -> Iterator[Finding]:
    """Files that end in another year than most: of an older release, perhaps."""
    last = {
        rows.recognised.table.file: max(row.year.named for row in rows.all)
        for rows in gathered
        if rows.all and not rows.recognised.mapping.population
    }
    newest = max(last.values(), default=0)
    for file, year in last.items():
        if year < newest:
            found, expected = f"nothing after {year}", f"figures to {newest}, as in the other files"
            yield Finding(Level.WARNING, file, None, "", found, expected, "", "is it of an older release?")


def describe_file(rows: Rows, given: Given, *, has_populations: bool) -> Iterator[Finding]:
    """What is known and left, what only the population file could give, and that counts are rounded."""
    recognised = rows.recognised
    mapping, file = recognised.mapping, recognised.table.file
    yield from _describe_left(recognised)
    absent = [each for each in mapping.figures if each.column and each.column not in recognised.places]
    over = [each for each in absent if each.is_over_population]
    if over and not has_populations:
        found = f"no {', '.join(each.column for each in over)}"
        why = "such rates are worked out if the release’s file of population estimates is read too"
        yield Finding(Level.NOTE, file, 1, found=found, why=why)
    lost = [each for each in absent if not each.numerator]
    if lost:
        found = f"no {', '.join(dict.fromkeys(each.column for each in lost))}"
        yield Finding(Level.NOTE, file, 1, found=found, why="not every release has it")
    yield from note_rounding(rows, given.areas)


def _describe_left(recognised: Recognised) -> Iterator[Finding]:
    """One note of all that is known and left; of a file of which nothing is carried, why not, in full."""
    mapping, file = recognised.mapping, recognised.table.file
    declared = recognised.publication.file
    here = [left for left in mapping.left if left.column or set(left.columns) & recognised.places.keys()]
    if not mapping.figures:
        why = "; ".join(left.why for left in here)
        found = f"{mapping.title}: nothing in it that the catalogue has an indicator for"
        if mapping.population:
            found = f"{mapping.title}: used for rates of the files read with it"
        yield Finding(Level.WARNING if not mapping.population else Level.NOTE, file, found=found, why=why)
    elif here:
        columns = sum(1 for left in here for name in left.columns if name in recognised.places)
        values = sum(len(left.values) for left in here)
        told = [f"{columns} column{'' if columns == 1 else 's'}"] if columns else []
        told += [f"{values} value{'' if values == 1 else 's'} of filters"] if values else []
        found = f"{' and '.join(told)} known and not carried"
        yield Finding(Level.NOTE, file, found=found, why=f"{declared} says of each why")


def check_published(entries: Sequence[Entry], given: Given) -> Iterator[Finding]:
    """Figures of a time after the day on which they are said to have come out."""
    if not entries or not is_date(given.published_on):
        return
    last = max(entries, key=lambda each: each.period.end)
    if last.period.end.isoformat() > given.published_on:
        found = f"{last.figure.indicator} of {last.period.label}"
        expected = f"nothing after {given.published_on}, the day of publication"
        yield Finding(Level.ERROR, last.file, last.line, last.column, found, expected)


def check_months(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Years that are not the sum of their twelve months in the same file, rounding allowed for."""
    months: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        if entry.figure.month and entry.value is not None:
            indicator, statistic, place, _, *split = entry.cell
            cell = (indicator, statistic, place, entry.period.year.code, *split)
            months.setdefault(cell, []).append(entry)
    for year in (entry for entry in entries if entry.period.grain is Grain.YEAR):
        several = months.get(year.cell, [])
        total = sum((entry.value for entry in several if entry.value is not None), Decimal(0))
        if len(several) < _MONTHS_IN_A_YEAR or year.value is None:
            continue
        if abs(total - year.value) > Decimal(year.rounded_to) / 2 * (len(several) + 1):
            found = f"{year.value} for {year.figure.indicator}, {year.place}, {year.period.code}"
            expected = f"{total}, the sum of its months"
            yield Finding(Level.ERROR, year.file, year.line, year.column, found, expected)


def name_source(gathered: Sequence[Rows], given: Given) -> Source:
    """The source that the figures are kept under: the publication, named after the last year in it."""
    if not gathered:
        words = "Department for Education, not recognised"
        return Source(given.source, words, words, "Department for Education", "", "", "", given.published_on)
    publication = gathered[0].recognised.publication
    figures = [rows for rows in gathered if not rows.recognised.mapping.population] or gathered
    years = sorted({str(row.year.named) for rows in figures for row in rows.all}) or ["…"]
    span = years[-1] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return Source(
        id=given.source,
        title=name_release(publication, years[-1]),
        short=publication.short.replace("{year}", years[-1]),
        publisher=publication.publisher,
        document=publication.document.replace("{years}", span),
        licence=publication.licence,
        attribution=publication.attribution,
        published_on=given.published_on,
        note=publication.note,
    )


def name_release(publication: Publication, year: str) -> str:
    """A publication by its title and the last year in it: "Children in need, reporting year 2024"."""
    return publication.title.replace("{year}", year)


def count_read(files: int, indicators: int, figures: int) -> str:
    """How much was read: "2 files, 12 indicators, 1,234 figures"."""
    told = ((files, "file"), (indicators, "indicator"), (figures, "figure"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in told)
