"""Where the table of a sheet is: its months, its target and comparators, and the rows of its measures.

Columns are known by their headings and never by their place, but for the number and the name of a measure,
which stand left of the months under a heading that is often cut in two.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dashboard.areas import Area, AreaError
from dashboard.findings import Finding, Level, quoted
from dashboard.intake.grids import Grid
from dashboard.intake.readings import Given
from dashboard.periods import Grain, Period, PeriodError, parse

_FEWEST_MONTHS = 3  # in a row that is a heading
_ALIKE = 0.6
_TARGET = "target"
_YEAR_BEHIND = re.compile(r"(?P<area>.*[A-Za-z.)])[\s,:(]*(?P<year>[0-9]{2,4}(?:\s*[/–-]\s*[0-9]{2,4})?)\)?")
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2})(?:[.):]\s*|\s+)(?P<name>\D.*)")
_NUMBER = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class Comparator:
    """A column of somebody else's figures: whose, and of which year."""

    column: int
    heading: str
    area: Area
    year: Period


@dataclass(frozen=True)
class Line:
    """A row with figures: the number and the name that it gives itself."""

    row: int
    number: int | None
    name: str


@dataclass(frozen=True)
class Table:
    """One table of measures: its columns by their headings, and its lines."""

    grid: Grid
    heading: int  # the row of the headings
    months: tuple[tuple[int, Period], ...]  # with their columns, earliest first
    comparators: tuple[Comparator, ...]
    target: int | None
    lines: tuple[Line, ...]

    def headed(self, column: int) -> str:
        """What a column is headed with, as printed."""
        return self.grid.at(self.heading, column).text


def find_tables(grid: Grid, given: Given) -> tuple[list[Table], list[Finding]]:
    """Every table of a sheet, several one under another, and all that is odd in their headings."""
    headings = [row for row in grid.rows if len(_months_of(grid, row)) >= _FEWEST_MONTHS]
    tables, findings = [], list[Finding]()
    for place, row in enumerate(headings):
        below = headings[place + 1] if place + 1 < len(headings) else None
        tables.append(_read_table(grid, row, below, given, findings))
    return tables, findings


def _read_table(grid: Grid, row: int, below: int | None, given: Given, findings: list[Finding]) -> Table:
    months = _months_of(grid, row)
    others = [column for column in grid.columns if column not in months]
    labels = _find_labels(grid, row, below, [*months])
    kept, wrong = _keep_in_order(grid, row, months, [each for each in others if each not in labels], given)
    findings += wrong
    target, comparators = None, []
    for column in (each for each in others if each not in labels):
        heading = grid.at(row, column).text
        if _is_target(heading) and target is None:
            target = column
            if heading.lower() != _TARGET:
                findings.append(_tell(grid, Level.NOTE, row, column, read_as="Target"))
        elif comparator := _read_comparator(grid, row, column, given, findings, months):
            comparators.append(comparator)
    lines = tuple(_find_lines(grid, row, below, labels, [*months]))
    return Table(grid, row, kept, tuple(comparators), target, lines)


# --- months ---------------------------------------------------------------------------------------


def _months_of(grid: Grid, row: int) -> dict[int, Period]:
    """The columns of a row that are headed with a month."""
    return {column: month for column in grid.columns if (month := _as_month(grid.at(row, column).text))}


@lru_cache(maxsize=8192)
def _as_month(text: str) -> Period | None:
    try:
        period = parse(text) if text else None
    except PeriodError:
        return None
    return period if period and period.grain is Grain.MONTH else None


def _keep_in_order(
    grid: Grid, row: int, months: dict[int, Period], others: list[int], given: Given
) -> tuple[tuple[tuple[int, Period], ...], list[Finding]]:
    """The longest run of months that follow each other, and what is wrong with the others.

    A month that is out of order is most often a heading with the wrong year: its column is not read.
    """
    findings = []
    columns = sorted(months)
    run = _longest_run(columns, months, others)
    for column in columns:
        if column in run and months[column].start.isoformat() <= given.published_on:
            continue
        why = "the figures would stand at another month than theirs, so the column is not read"
        expected = (
            "a month before the figures were published" if column in run else _say_neighbour(column, months)
        )
        findings.append(_tell(grid, Level.ERROR, row, column, expected=expected, why=why))
        run.discard(column)
    kept = sorted(((column, months[column]) for column in run), key=lambda each: each[1].index)
    return tuple(kept), findings


def _longest_run(columns: list[int], months: dict[int, Period], others: list[int]) -> set[int]:
    """The columns of the longest run, each a month after the one before, or a quarter, or as much before it.

    A column between two months that is headed with none may be a month too. Of runs alike none is taken.
    """
    runs = [set(columns[:1])] if len(columns) == 1 else []
    for step in (1, -1, 3, -3):
        current = {columns[0]}
        for before, column in pairwise(columns):
            between = sum(before < other < column for other in others)
            moved, rest = divmod(months[column].index - months[before].index, step)
            if rest or not 1 <= moved <= 1 + between:
                runs.append(current)
                current = set()
            current.add(column)
        runs.append(current)
    longest = max(runs, key=len)
    return set() if any(len(run) == len(longest) and run != longest for run in runs) else longest


def _say_neighbour(column: int, months: dict[int, Period]) -> str:
    before = [other for other in months if other < column]
    after = [other for other in months if other > column]
    if before:
        return f"the month after {months[max(before)].label}"
    return f"the month before {months[min(after)].label}" if after else "months in order"


# --- the other columns ----------------------------------------------------------------------------


def _find_labels(grid: Grid, row: int, below: int | None, months: list[int]) -> tuple[int | None, int | None]:
    """The columns of the number and of the name of a measure: both left of the months, the number first."""
    rows = _rows_under(grid, row, below)
    filled = [at for at in rows if any(grid.at(at, column).text for column in months)]
    left = [column for column in grid.columns if column < min(months)]
    texts = {column: [text for at in filled if (text := grid.at(at, column).text)] for column in left}
    worded = [each for each in left if _most(texts[each], lambda text: any(map(str.isalpha, text)))]
    name = max(worded, key=lambda column: sum(map(len, texts[column]))) if worded else None
    numbered = [each for each in left if _most(texts[each], lambda text: bool(_NUMBER.fullmatch(text)))]
    return next((each for each in numbered if name is None or each < name), None), name


def _most(texts: list[str], fits: Callable[[str], bool]) -> bool:
    """Whether most of some texts fit."""
    return bool(texts) and 2 * sum(map(fits, texts)) > len(texts)


def _rows_under(grid: Grid, row: int, below: int | None) -> list[int]:
    return [at for at in grid.rows if at > row and (below is None or at < below)]


def _is_target(heading: str) -> bool:
    return difflib.SequenceMatcher(None, heading.lower(), _TARGET).ratio() >= 0.8


def _read_comparator(
    grid: Grid, row: int, column: int, given: Given, findings: list[Finding], months: dict[int, Period]
) -> Comparator | None:
    """The comparator that a column is headed with; None, with what is wrong, where it is none."""
    heading = grid.at(row, column).text
    if not heading:
        if any(at > row for at, where in grid.cells if where == column and grid.at(at, where).text):
            findings.append(_tell(grid, Level.WARNING, row, column, expected="a heading", read_as="nothing"))
        return None
    if near := _like_a_month(heading, column, months):
        findings.append(_tell(grid, Level.ERROR, row, column, expected="a month", nearest=near))
        return None
    parts = _YEAR_BEHIND.fullmatch(heading)
    expected = "Target, or a comparator with its year such as 'Ntl 17/18': the column is not read"
    try:
        area = given.areas.parse(parts["area"] if parts else heading)
    except AreaError as problem:
        near = str(problem).partition("nearest: ")[2]
        findings.append(_tell(grid, Level.WARNING, row, column, expected=expected, nearest=near))
        return None
    year = _as_year(parts["year"]) if parts else None
    if year is None or not area.is_comparator or year.end.isoformat() > given.published_on:
        findings.append(_tell(grid, Level.WARNING, row, column, expected=expected))
        return None
    return Comparator(column, heading, area, year)


def _as_year(text: str) -> Period | None:
    try:
        year = parse(text)
    except PeriodError:
        return None
    return year if year.grain is Grain.YEAR else None


def _like_a_month(heading: str, column: int, months: dict[int, Period]) -> str:
    """The month that its place makes a column, if that month is missing there or the heading is like it."""
    before, after = ([each for each in months if (each < column) == side] for side in (True, False))
    first, last = (max(before) if before else None), (min(after) if after else None)
    if first is not None and last is not None:
        gap = abs(months[last].index - months[first].index) > 1
        return f"{months[first].shifted(1).start:%b-%y}" if gap else ""
    near = months[first].shifted(1) if first is not None else months[last or 0].shifted(-1)
    beside = column - 1 == first or column + 1 == last
    return f"{near.start:%b-%y}" if beside and _are_alike(heading, f"{near.start:%b-%y}") else ""


def _are_alike(heading: str, month: str) -> bool:
    """Whether a heading is a month misspelt, or turned round ("18-Jul")."""
    one, other = (" ".join(sorted(re.findall(r"[a-z]+|[0-9]+", text.lower()))) for text in (heading, month))
    return difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


# --- lines ----------------------------------------------------------------------------------------


def _find_lines(
    grid: Grid, row: int, below: int | None, labels: tuple[int | None, int | None], months: list[int]
) -> Iterator[Line]:
    """The rows under a heading that have a number of their own, or figures."""
    for at in _rows_under(grid, row, below):
        number, name = (grid.at(at, column).text if column else "" for column in labels)
        both = _NUMBERED.fullmatch(name) if not number else None
        number, name = (both["number"], both["name"]) if both else (number, name)
        numbered = bool(_NUMBER.fullmatch(number))
        if any(grid.at(at, column).text for column in months) or (numbered and name):
            name = name if numbered or not number else f"{number} {name}".strip()
            yield Line(at, int(number) if numbered else None, name)


def _tell(grid: Grid, level: Level, row: int, column: int, **more: str) -> Finding:
    return grid.finding(level, row, column, f"the heading {quoted(grid.at(row, column).text)}", **more)
