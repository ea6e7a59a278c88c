"""Figures of several files together: each cell once, and rows of the long table out of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.findings import Finding, Level
from dashboard.intake.dfe.cells import round_half_up
from dashboard.intake.dfe.entries import Entry
from dashboard.intake.readings import Given
from dashboard.vocabulary import Basis, Symbol

#: Of several symbols for one cell, the one that is kept.
_FIRST = (Symbol.CONFIDENTIAL, Symbol.LOW, Symbol.NOT_APPLICABLE, Symbol.NOT_AVAILABLE)


def merge_entries(entries: Iterable[Entry], findings: list[Finding]) -> Iterator[Entry]:
    """Each cell once. Two numbers that do not agree are an error, told once for each pair of columns.

    But a symbol yields to a number, and so does the whole beside a breakdown, which is not always that of the
    release, to the figure itself.
    """
    cells: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        cells.setdefault(entry.cell, []).append(entry)
    differing: dict[tuple[str, ...], list[tuple[Entry, Entry]]] = {}
    yielding: dict[tuple[str, ...], list[tuple[Entry, Entry]]] = {}
    for same in cells.values():
        kept = _choose(same)
        for other in same:
            pair = (kept.figure.indicator, kept.file, kept.column, other.file, other.column)
            if kept.value is not None and (other.value is None or _yields(other, kept)):
                if other.value != kept.value:
                    yielding.setdefault(pair, []).append((kept, other))
            elif not _agree(kept, other):
                differing.setdefault(pair, []).append((kept, other))
        yield kept
    findings += [_explain_differing(pairs) for pairs in differing.values()]
    findings += [_note_yielding(pairs) for pairs in yielding.values()]


def _choose(same: Sequence[Entry]) -> Entry:
    """A number before a symbol, what does not yield, what is printed, and what is more exact."""
    return min(
        same,
        key=lambda each: (
            each.value is None,
            each.figure.yields,
            each.worked_out,
            -each.decimals,
            each.numerator is None,
            _FIRST.index(each.symbol) if each.symbol in _FIRST else 0,
        ),
    )


def _yields(other: Entry, kept: Entry) -> bool:
    return other.figure.yields and not kept.figure.yields


def _agree(kept: Entry, other: Entry) -> bool:
    """Whether two entries of a cell are the same number, at the precision of the coarser one."""
    if kept.value is None or other.value is None:
        return kept.value is None and other.value is None
    places = min(kept.decimals, other.decimals)
    return round_half_up(kept.value, places) == round_half_up(other.value, places)


def _explain_differing(pairs: Sequence[tuple[Entry, Entry]]) -> Finding:
    kept, other = pairs[0]
    found = f"{other.value} for {kept.figure.indicator}, {kept.place}, {kept.period.code}"
    where = f"{kept.file}, {_row(kept)}{kept.column}"
    more = f"; and in {len(pairs) - 1:,} more cells" if len(pairs) > 1 else ""
    return Finding(
        *(Level.ERROR, other.file, other.line, other.column, found, "each area and period once"),
        why=f"{where} has {kept.value}{more}",
    )


def _note_yielding(pairs: Sequence[tuple[Entry, Entry]]) -> Finding:
    kept, other = pairs[0]
    told = other.symbol if other.value is None else other.value
    found = f"{told} for {kept.figure.indicator}, {kept.place}, {kept.period.code}"
    more = f"; so in {len(pairs) - 1:,} more cells" if len(pairs) > 1 else ""
    why = f"as {kept.file}, {_row(kept)}{kept.column} has it{more}"
    line, column = other.line, other.column
    return Finding(Level.NOTE, other.file, line, column, found, why=why, read_as=f"{kept.value}")


def _row(entry: Entry) -> str:
    return f"row {entry.line}, " if entry.line is not None else ""


def write_rows(entries: Iterable[Entry], given: Given) -> Iterator[Mapping[str, object]]:
    """Rows of the long table, for `make_figures`; only of areas of the product."""
    for entry in entries:
        figure = entry.figure
        if entry.place not in given.areas:
            continue
        yield {
            "indicator": figure.indicator,
            "statistic": str(figure.statistic),
            "area": entry.place,
            "basis": str(Basis.OFFICIAL),
            "period": entry.period.code,
            "characteristic": figure.characteristic,
            "category": figure.category,
            "numerator": None if entry.numerator is None else float(entry.numerator),
            "denominator": None if entry.denominator is None else float(entry.denominator),
            "value": None if entry.value is None else float(entry.value),
            "decimals": entry.decimals,
            "symbol": str(entry.symbol),
            "status": str(entry.status),
            "source": given.source,
            "published_on": given.published_on,
            "row": f"{entry.file}, {_row(entry)}{entry.column}",
            "note": entry.note,
        }
