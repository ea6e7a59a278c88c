"""The rows of a file that are used: of the areas and councils that the product knows, each once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.dfe.filters import find_odd_filters
from dashboard.intake.dfe.mappings import Where
from dashboard.intake.dfe.places import Known, describe, find_places
from dashboard.intake.dfe.recognising import Recognised, plain_label
from dashboard.intake.dfe.strays import find_strays
from dashboard.intake.dfe.times import Year, find_years
from dashboard.vocabulary import Status

_TOLD = 5  # rows that are told one by one
_STATUSES = {each.value: each for each in (Status.FINAL, Status.PROVISIONAL, Status.REVISED)}


@dataclass(frozen=True)
class Row:
    """One row: its line, whom and when it is about, what its filters say, and its cells as printed."""

    line: int
    place: str
    year: Year
    status: Status
    filters: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def key(self) -> tuple[str, Year, tuple[str, ...]]:
        """What no other row of a file may have."""
        return (self.place, self.year, self.filters)


@dataclass(frozen=True)
class Rows:
    """The rows of a file that are used, in its order."""

    recognised: Recognised
    all: tuple[Row, ...]

    @cached_property
    def filters(self) -> tuple[str, ...]:
        """The columns that tell rows apart, in the order of `Row.filters`."""
        return tuple(sorted(self.recognised.mapping.filters))

    def matching(self, where: Where) -> Iterator[Row]:
        """The rows whose filters have one of the accepted values, whatever their case."""
        wanted = [
            (place, {plain_label(each) for each in where[name]})
            for place, name in enumerate(self.filters)
            if name in where
        ]
        for row in self.all:
            if all(row.filters[place] in accepted for place, accepted in wanted):
                yield row

    def beside(self, row: Row, where: Where) -> Row | None:
        """The row of the same place and year with other filters; itself where none are given."""
        changed = tuple(
            plain_label(where[name][0]) if name in where else value
            for name, value in zip(self.filters, row.filters, strict=True)
        )
        return self._by_key.get((row.place, row.year, changed)) if where else row

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, Year, tuple[str, ...]], Row]:
        return {row.key: row for row in self.all}


def gather_rows(recognised: Recognised, known: Known, findings: list[Finding]) -> Rows:
    """The rows to use, and everything odd about a file as a whole: places, periods, filters, rows twice."""
    described = describe(recognised)
    places = find_places(described, known, findings)
    findings += find_strays(described, known)
    years = find_years(recognised, findings)
    findings += find_odd_filters(recognised)
    used = recognised.table.rows[(places != "").to_numpy()]
    if used.empty:
        expected = "rows of the county, its region, England or the councils of the neighbours’ models"
        findings.append(Finding(Level.ERROR, recognised.table.file, found="none of them", expected=expected))
    lines = zip(
        *(used.index.tolist(), places[used.index].tolist(), used.itertuples(index=False, name=None)),
        strict=True,
    )
    listed = [
        row
        for line, place, cells in lines
        if (row := _read_row(recognised, line, place, cells, years, findings)) is not None
    ]
    return Rows(recognised, tuple(_keep_once(recognised, listed, findings)))


def _read_row(
    recognised: Recognised,
    line: int,
    place: str,
    cells: tuple[str, ...],
    years: Mapping[tuple[str, str], Year],
    findings: list[Finding],
) -> Row | None:
    """A row that is to be read; None for one of another subject, or of a year that is none."""
    mapping, at = recognised.mapping, recognised.places
    year = years.get((cells[at["time_identifier"]], cells[at["time_period"]]))
    filters = {name: plain_label(cells[at[name]]) for name in sorted(mapping.filters)}
    only = mapping.only.items()
    if year is None or not all(filters[name] in map(plain_label, values) for name, values in only):
        return None
    status = _read_status(recognised, line, cells, findings)
    return Row(line, place, year, status, tuple(filters.values()), cells)


def _read_status(
    recognised: Recognised, line: int, cells: tuple[str, ...], findings: list[Finding]
) -> Status:
    """How firm a row is: as its own column says, else as the publication does."""
    column = recognised.mapping.status_column
    if not column:
        return recognised.publication.status
    found = cells[recognised.places[column]].strip()
    if found.casefold() not in _STATUSES:
        name, near = recognised.name(column), nearest(found, _STATUSES)
        file, expected = recognised.table.file, one_of(_STATUSES)
        findings.append(Finding(Level.ERROR, file, line, name, quoted(found), expected, near))
    return _STATUSES.get(found.casefold(), recognised.publication.status)


def _keep_once(recognised: Recognised, rows: list[Row], findings: list[Finding]) -> Iterator[Row]:
    """Rows of an area and period once each. Those that say another number than before are errors."""
    used = _list_used(recognised)
    first: dict[tuple[str, Year, tuple[str, ...]], Row] = {}
    same, differing = [], []
    for row in rows:
        before = first.setdefault(row.key, row)
        if before is row:
            yield row
            continue
        places = [recognised.places[name] for name in used]
        odd = [place for place in places if before.cells[place].strip() != row.cells[place].strip()]
        if odd:
            differing.append((before, row, odd[0]))
        else:
            same.append(row)
    findings += _tell_differing(recognised, differing)
    if same:
        found = f"{len(same):,} row{'s' if len(same) > 1 else ''} again, with the same numbers"
        findings.append(Finding(Level.NOTE, recognised.table.file, same[0].line, found=found, read_as="once"))


def _list_used(recognised: Recognised) -> list[str]:
    """The columns of a file that anything is read from."""
    mapping = recognised.mapping
    names = {name for figure in mapping.figures for name in (figure.column, *figure.needed)}
    return sorted((names | {mapping.population, mapping.status_column}) & recognised.places.keys())


def _tell_differing(recognised: Recognised, differing: list[tuple[Row, Row, int]]) -> Iterator[Finding]:
    """Rows of the same area and period with other numbers, the first few one by one."""
    file, expected = recognised.table.file, "each area and period once"
    for before, row, place in differing[:_TOLD]:
        column = recognised.name_at(place)
        found = f"{quoted(row.cells[place])} for {row.place} in {row.year.label}"
        why = f"row {before.line} has {quoted(before.cells[place])} for the same"
        yield Finding(Level.ERROR, file, row.line, column, found, expected, "", why)
    if len(differing) > _TOLD:
        found = f"{len(differing) - _TOLD:,} more rows with other numbers than an earlier one"
        yield Finding(Level.ERROR, file, found=found, expected=expected)
