"""Reading the declared publications: `data/intake/dfe/*.toml`, described in the folder's README."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from dashboard.declarations import Declaration, read_declaration, stamp
from dashboard.findings import Finding, quoted
from dashboard.intake.dfe.mappings import Figure, FileMapping, Left, Publication, Where
from dashboard.vocabulary import Statistic, Status

_WORKED_OUT = (Statistic.PERCENTAGE, Statistic.RATE)
_MONTHS_IN_A_YEAR = 12


def read_publications(folder: Path) -> tuple[tuple[Publication, ...], tuple[Finding, ...]]:
    """Every publication declared in a folder, and everything wrong with their files."""
    read = [_read_file(path, *stamp(path)) for path in sorted(folder.glob("*.toml"))]
    findings = tuple(finding for _, wrong in read for finding in wrong)
    return tuple(publication for publication, _ in read if publication), findings


@lru_cache(maxsize=256)
def _read_file(path: Path, written: int, length: int) -> tuple[Publication | None, tuple[Finding, ...]]:
    findings: list[Finding] = []
    declared = read_declaration(path, f"intake/dfe/{path.name}", findings)
    publication = _read_publication(declared, f"intake/dfe/{path.name}") if declared else None
    return (None if findings else publication), tuple(findings)


def _read_publication(declared: Declaration, file: str) -> Publication:
    publication = Publication(
        file=file,
        title=declared.text("title", longest=200),
        short=declared.text("short", longest=100),
        document=declared.text("document"),
        publisher=declared.text("publisher"),
        licence=declared.text("licence"),
        attribution=declared.text("attribution"),
        year_ends=declared.whole("year_ends", lowest=1, highest=_MONTHS_IN_A_YEAR) or 3,
        rounded_to=declared.whole("rounded_to", lowest=2, highest=1000, required=False) or 0,
        status=declared.word("status", Status, Status.FINAL),
        note=declared.text("note", required=False),
        files=tuple(_read_mapping(each) for each in declared.several("files")),
    )
    declared.close()
    ids = [each.id for each in publication.files]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        declared.report("files", found=f"{twice} more than once", expected="an id of its own for each file")
    return publication


def _read_mapping(declared: Declaration) -> FileMapping:
    mapping = FileMapping(
        id=declared.text("id", longest=60),
        title=declared.text("title", longest=160),
        only=_read_where(declared, "only"),
        renamed=_read_words(declared, "renamed"),
        population=declared.text("population", required=False),
        status_column=declared.text("status_column", required=False),
        figures=tuple(figure for each in declared.several("figures") for figure in _read_figures(each)),
        left=tuple(_read_left(each) for each in declared.several("left")),
    )
    declared.close()
    for new, old in mapping.renamed.items():
        if old not in mapping.known:
            declared.report("renamed", found=quoted(old), expected="a column that a figure or `left` names")
        if new in mapping.known:
            declared.report("renamed", found=quoted(new), expected="a name that is not used here")
    for both in sorted({name for figure in mapping.figures for name in figure.needed} & mapping.left_columns):
        declared.report("left", found=quoted(both), expected="a column that no figure uses")
    return mapping


def _read_left(declared: Declaration) -> Left:
    left = Left(
        why=declared.text("why"),
        columns=declared.texts("columns"),
        column=declared.text("column", required=False),
        values=declared.texts("values"),
    )
    declared.close()
    if bool(left.columns) == bool(left.column and left.values):
        declared.report(
            "columns", found="both or neither", expected="`columns`, or a `column` and its `values`"
        )
    return left


def _read_figures(declared: Declaration) -> Iterator[Figure]:
    """The figures of one entry: one, or one for each of its `columns`, `months` or `values`."""
    base = Figure(
        indicator=declared.text("indicator", longest=60),
        statistic=declared.word("statistic", Statistic),
        column=declared.text("column", required=False),
        where=_read_where(declared, "where"),
        characteristic=declared.text("characteristic", required=False),
        category=declared.text("category", required=False),
        decimals=declared.whole("decimals", lowest=0, highest=4, required=False) or 0,
        numerator=_read_one_or_more(declared, "numerator"),
        denominator=_read_one_or_more(declared, "denominator"),
        denominator_where=_read_where(declared, "denominator_where"),
        parts_decimals=declared.whole("parts_decimals", lowest=0, highest=4, required=False) or 0,
        optional=declared.yes_or_no("optional", default=False),
        yields=declared.yes_or_no("yields", default=False),
        note=declared.text("note", required=False),
    )
    columns, values = _read_words(declared, "columns"), _read_words(declared, "values")
    by, months = declared.text("by", required=False), _read_months(declared)
    numerators = _read_words(declared, "numerators")
    declared.close()
    _check_entry(declared, base, columns, by, values, months)
    if columns:
        for column, category in columns.items():
            numerator = (numerators[column],) if column in numerators else base.numerator
            yield replace(base, column=column, category=category, numerator=numerator)
    elif months:
        yield from (replace(base, column=column, month=month) for column, month in months.items())
    elif values:
        for value, category in values.items():
            yield replace(base, category=category, where={**base.where, by: (value,)})
    else:
        yield base


def _check_entry(
    declared: Declaration,
    base: Figure,
    columns: Mapping[str, str],
    by: str,
    values: Mapping[str, str],
    months: Mapping[str, int],
) -> None:
    """Report an entry that says nothing of where its value stands, or says it in two ways."""
    ways = [bool(base.column), bool(columns), bool(months)]
    if sum(ways) > 1 or (values and (columns or months)):
        declared.report("column", found="several of column, columns, months", expected="one of them")
    worked_out = bool(base.numerator) and base.statistic in _WORKED_OUT
    if not any(ways) and not worked_out:
        expected = "a column, or for a percentage or rate a numerator"
        declared.report("column", found="nothing", expected=expected)
    if not base.column and worked_out and not base.denominator and base.statistic is Statistic.PERCENTAGE:
        declared.report("denominator", found="nothing", expected="a column to divide by")
    if bool(by) != bool(values):
        declared.report(
            "by", found="one of by and values", expected="both: a column, and a category for each value"
        )
    if base.characteristic and not (base.category or columns or values):
        declared.report("category", found="nothing", expected="a category beside a characteristic")


def _read_months(declared: Declaration) -> Mapping[str, int]:
    table = declared.inner("months", required=False)
    months = {}
    for name in table.table if table else ():
        number = table.whole(name, lowest=1, highest=_MONTHS_IN_A_YEAR) if table else None
        if number is not None:
            months[name] = number
    return months


def _read_words(declared: Declaration, name: str) -> Mapping[str, str]:
    """A table of texts by text."""
    table = declared.inner(name, required=False)
    return {key: table.text(key) for key in table.table} if table else {}


def _read_where(declared: Declaration, name: str) -> Where:
    """A table of accepted values by column: each a text, or a list of them."""
    table = declared.inner(name, required=False)
    return {key: _read_one_or_more(table, key) for key in table.table} if table else {}


def _read_one_or_more(declared: Declaration, name: str) -> tuple[str, ...]:
    if isinstance(declared.table.get(name), list):
        return declared.texts(name)
    text = declared.text(name, required=False)
    return (text,) if text else ()
