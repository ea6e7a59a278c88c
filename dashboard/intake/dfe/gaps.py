"""Years in which a file has fewer rows than in others: a council not there yet, or a file cut short."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard.findings import Finding, Level
from dashboard.intake.dfe.places import LOCAL, Known
from dashboard.intake.dfe.rows import Rows
from dashboard.intake.dfe.times import Year

#: With fewer councils than this part of those of another year, a year is not whole.
_WHOLE = 0.9


def find_gaps(rows: Rows, known: Known) -> Iterator[Finding]:
    """Areas and councils without a row in a year that others have, and years that are not whole."""
    mapping, file = rows.recognised.mapping, rows.recognised.table.file
    if not mapping.figures and not mapping.population:
        return
    held: dict[str, set[Year]] = {}
    for row in rows.all:
        held.setdefault(row.place, set()).add(row.year)
    years = set().union(*held.values())
    for place, own in held.items():
        missing = sorted({year.named for year in years - own})
        if missing:
            is_area = known.by_slug[place].is_area
            level = Level.WARNING if is_area else Level.NOTE
            why = "" if is_area else "the means of those years are of fewer councils"
            found = f"no {known.by_slug[place].name} in {_span(missing)}"
            yield Finding(level, file, found=found, expected="a row for each year that others have", why=why)
    yield from _find_cut_years(rows)


def _find_cut_years(rows: Rows) -> Iterator[Finding]:
    """Years with far fewer rows of councils than others have."""
    recognised = rows.recognised
    frame, at = recognised.table.rows, recognised.places
    local = frame[frame[at["geographic_level"]].str.strip().str.casefold() == LOCAL.casefold()]
    counted = Counter(str(each).strip() for each in local[at["time_period"]])
    most = max(counted.values(), default=0)
    for year, count in sorted(counted.items()):
        if count < most * _WHOLE:
            found = f"{count:,} rows of councils in {year}"
            expected, why = f"about {most:,}, as in other years", "is the file cut short?"
            yield Finding(Level.WARNING, recognised.table.file, None, "", found, expected, "", why)


def _span(years: Sequence[int]) -> str:
    """Years in few words: "2013", "2013 to 2019", "2013, 2019"."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]} to {years[-1]}"
    return ", ".join(map(str, years))
