"""The columns that tell rows of a file apart: values that nobody mapped, and values that are missing."""

from collections.abc import Iterator

from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.dfe.recognising import Recognised, plain_label


def find_odd_filters(recognised: Recognised) -> Iterator[Finding]:
    """Values that nobody mapped, one note each; and those that a mapping needs and that no row has."""
    for name, known in recognised.mapping.filters.items():
        column = recognised.table.rows[recognised.places[name]]
        first: dict[str, tuple[int, str]] = {}
        for line, value in column.drop_duplicates().items():
            first.setdefault(plain_label(str(value)), (int(str(line)), str(value).strip()))
        accepted = {plain_label(value) for value in known}
        unknown = {value: told for value, told in first.items() if value not in accepted}
        yield from _find_missing(recognised, name, first, unknown)
        for line, shown in unknown.values():
            expected = f"a figure, or a reason under `left`, in {recognised.publication.file}"
            yield Finding(
                *(Level.NOTE, recognised.table.file, line, recognised.name(name), quoted(shown), expected),
                why="a value that nobody mapped: its rows are not read",
            )


def _find_missing(
    recognised: Recognised,
    name: str,
    printed: dict[str, tuple[int, str]],
    unknown: dict[str, tuple[int, str]],
) -> Iterator[Finding]:
    """Values without which a figure has no rows: reworded, most likely."""
    for labels in dict.fromkeys(_list_needed(recognised, name)):
        if any(plain_label(label) in printed for label in labels):
            continue
        found = one_of(shown for _, shown in printed.values())
        yield Finding(
            *(Level.ERROR, recognised.table.file, None, recognised.name(name), found),
            expected=f"rows of {' or '.join(map(quoted, labels))}",
            nearest=nearest(labels[0], [shown for _, shown in unknown.values()]),
            why=f"a reworded label is declared beside the old one, in {recognised.publication.file}",
        )


def _list_needed(recognised: Recognised, name: str) -> Iterator[tuple[str, ...]]:
    """The values of a column that some row must have: each a choice of labels."""
    mapping = recognised.mapping
    if name in mapping.only:
        yield mapping.only[name]
    for figure in mapping.figures:
        if not figure.optional:
            yield from (where[name] for where in (figure.where, figure.denominator_where) if name in where)
