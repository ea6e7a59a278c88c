"""Opening a workbook: which sheet is which list, where its headings stand, and which column is which."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from dashboard.findings import Level
from dashboard.intake.annex_a.layout import Layout, ListLayout, plain, squash
from dashboard.intake.annex_a.told import Told, name_column
from dashboard.intake.archives import MOST_BYTES, check_archive

Cells = list[list[object]]

#: Rows among which the headings are looked for: titles may stand above them.
_HEADING_ROWS = 15
_MOST_CELLS = 4_000_000
_NUMBERED = re.compile(r"(?:ofsted |annex a |annexa |aa )*(?:list ?)?0?(\d{1,2})\b")
_ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands: its name and every cell, the first row being row 1."""

    name: str
    cells: Cells


@dataclass(frozen=True)
class Found:
    """A list found on a sheet: its rows below the headings, and the place of every column known."""

    layout: ListLayout
    sheet: str
    cells: Cells
    first_row: int  # the number of the first of these rows on the sheet
    places: dict[str, int]


def read_grids(path: Path, told: Told) -> tuple[Grid, ...]:
    """Every sheet of a workbook, or a CSV file as one; none, and a finding, where it cannot be opened."""
    if path.suffix.lower() == ".csv":
        return _read_delimited(path, told)
    try:
        if wrong := check_archive(path):
            told.add(Level.ERROR, "a workbook (.xlsx) that can be opened", found=wrong)
            return ()
        with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            return tuple(_read_sheets(workbook, told))
    except BaseException as problem:  # what is damaged in a file is thrown as something outside of Exception
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
    told.add(Level.ERROR, "a workbook (.xlsx) that can be opened", found="a file that is no whole workbook")
    return ()


def _read_sheets(workbook: python_calamine.CalamineWorkbook, told: Told) -> Iterable[Grid]:
    for number, name in enumerate(workbook.sheet_names, 1):
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > _MOST_CELLS:
            told.add(
                Level.ERROR,
                "a sheet without rows that were only coloured",
                found=f"sheet {number}: too large",
            )
            continue
        yield Grid(name, [list(row) for row in sheet.to_python(skip_empty_area=False)])


def _read_delimited(path: Path, told: Told) -> tuple[Grid, ...]:
    try:
        if path.stat().st_size > MOST_BYTES:
            told.add(Level.ERROR, "a list of children and districts", found="a file that is far too large")
            return ()
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig") if b"\0" not in raw else ""
        rows: Cells = [[*row] for row in csv.reader(io.StringIO(text, newline=""))]
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = []
    if not rows:
        told.add(Level.ERROR, "a CSV file in UTF-8", found="a file that cannot be read as one")
        return ()
    return (Grid("", rows),)


def is_illustrative(grids: Iterable[Grid]) -> bool:
    """Whether a workbook says that its children are made up: it has a sheet "Illustrative"."""
    return any(plain(grid.name) == _ILLUSTRATIVE for grid in grids)


def read_not_carried(grids: Iterable[Grid]) -> frozenset[str]:
    """What a made-up workbook says of itself that its children cannot tell.

    Cells of the sheet "Illustrative" below one that says "Not carried": an indicator, or "indicator by
    characteristic".
    """
    for grid in grids:
        if plain(grid.name) == _ILLUSTRATIVE:
            texts = [str(row[0]).strip() for row in grid.cells if row]
            below = texts.index("Not carried") + 1 if "Not carried" in texts else len(texts)
            return frozenset(filter(None, texts[below:]))
    return frozenset()


def find_lists(grids: Sequence[Grid], layout: Layout, told: Told) -> dict[int, Found]:
    """The lists among the sheets of a workbook, by number, each with its columns."""
    claimed: dict[int, list[Grid]] = {}
    for place, grid in enumerate(grids, 1):
        number = number_list(grid.name, layout)
        if number:
            claimed.setdefault(number, []).append(grid)
        elif plain(grid.name) not in (_ILLUSTRATIVE, plain(layout.add_on)):
            told.add(Level.NOTE, why=f"sheet {place} is none of the lists: it was not read")
    found = {}
    for number, same in sorted(claimed.items()):
        name = layout.list_of(number).name
        if len(same) > 1:
            why = "which of them counts is not known: nothing was read of it"
            told.add(Level.ERROR, f"one sheet for {name}", found=f"{len(same)} sheets", why=why)
        elif (one := find_columns(same[0], layout.list_of(number), told)) is not None:
            found[number] = one
    return found


def number_list(name: str, layout: Layout) -> int:
    """Which list a sheet is by its name ("List 8", "8", "Ofsted List 8 - Children in Care"); 0 if none."""
    called = plain(name)
    match = _NUMBERED.match(called)
    known = {each.number for each in layout.lists}
    if match and int(match[1]) in known:
        return int(match[1])
    same = [each.number for each in layout.lists if plain(each.title) == called]
    return same[0] if same else 0


def find_columns(grid: Grid, layout: ListLayout, told: Told) -> Found | None:
    """The columns of a list on its sheet; None, with a finding, where no row looks like its headings."""
    wanted = {squash(text): each.key for each in layout.columns for text in (each.heading, *each.also)}
    best, heading = 0, -1
    for place, row in enumerate(grid.cells[:_HEADING_ROWS]):
        known = {wanted[text] for text in _squash_all(row) if text in wanted}
        if len(known) > best:
            best, heading = len(known), place
    if best < min(3, len(layout.columns)):
        expected = (
            f"its headings, such as {layout.columns[0].heading!r}, in one of the first {_HEADING_ROWS} rows"
        )
        told.warn(expected, sheet=layout.name, found="no such row" if grid.cells else "an empty sheet")
        return None
    places: dict[str, list[int]] = {}
    for place, text in enumerate(_squash_all(grid.cells[heading])):
        if text in wanted:
            places.setdefault(wanted[text], []).append(place)
    clear = {key: each[0] for key, each in places.items() if len(each) == 1}
    for key, each in places.items():
        if len(each) > 1:
            column = next(one for one in layout.columns if one.key == key)
            found = f"columns {', '.join(map(name_column, each))} with the same heading"
            told.add(
                Level.ERROR,
                f"one column {column.heading!r}",
                sheet=layout.name,
                row=heading + 1,
                found=found,
                why="which of them counts is not known",
            )
    return Found(layout, layout.name, grid.cells[heading + 1 :], heading + 2, clear)


def _squash_all(row: Iterable[object]) -> list[str]:
    return [squash(each) if isinstance(each, str) else "" for each in row]
