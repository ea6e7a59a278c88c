"""However a file is mangled, a figure is read as it should be or not at all, and what is missing is told."""

import datetime
import io
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake import Reading, board_dataset
from tests.intake.board_dataset.reading import CELL, read, right
from tests.intake.board_dataset.workbook import ANSWERS, FIRST, Sheet, give, print_sheet, write_workbook

LAST = 14  # the columns of months end before it
NOT_NUMBERS = ("n/a", "-", "?", "TRUE", "#N/A", "1e3", "12,3", "see note", "<5", "3/4", "04/05/2019")


@cache
def right_values() -> dict[tuple[str, ...], tuple[float, str]]:
    figures = right()
    return {
        tuple(map(str, key)): (value, symbol)
        for *key, value, symbol in figures[[*CELL, "value", "symbol"]].itertuples(index=False, name=None)
    }


@cache
def usual_findings() -> frozenset[str]:
    """What is said of the file that nobody has mangled, wherever its rows and columns are."""
    with TemporaryDirectory() as folder:
        return frozenset(each.found + each.read_as for each in read(Path(folder)).findings)


def check_nothing_is_wrong(reading: Reading) -> None:
    """Every figure is the right one at the precision printed, or a blank; what is missing is told."""
    expected, found = right_values(), set[tuple[str, ...]]()
    for row in reading.figures.itertuples():
        key = tuple(str(getattr(row, name)) for name in CELL)
        value, symbol = expected[key]
        if row.symbol in ("x", "z") and row.value != row.value:
            continue
        assert row.symbol == symbol, row
        assert abs(row.value - value) <= 0.5 * 10.0**-row.decimals or symbol, row
        found.add(key)
    blank = {key for key, (_, symbol) in expected.items() if symbol in ("x", "z")}
    if set(expected) - found - blank:
        assert {each.found + each.read_as for each in reading.findings} - usual_findings()
    assert reading.closing_line.endswith("nothing was guessed.")


# --- ways of mangling -----------------------------------------------------------------------------


def mangle(text: str, rng: random.Random) -> str:
    """A text with a letter too many, too few, or another, or two of them changed over."""
    place, letters = rng.randrange(len(text) + 1), list(text)
    match rng.randrange(4):
        case 0:
            letters.insert(place, rng.choice("abcxyz .-#0"))
        case 1:
            del letters[place : place + 1]
        case 2:
            letters[place : place + 1] = rng.choice("abcxyz .-#")
        case _:
            letters[place : place + 2] = reversed(letters[place : place + 2])
    return "".join(letters)


def mangle_heading(sheet: Sheet, rng: random.Random) -> Sheet:
    heading = rng.choice([each for each in sheet.headings if each])
    return sheet.head(heading, mangle(heading, rng))


def mangle_name(sheet: Sheet, rng: random.Random) -> Sheet:
    row = rng.choice(sheet.rows)
    name = row[1]
    for _ in range(rng.choice((1, 3, 12))):
        name = mangle(name, rng)
    return replace(
        sheet, rows=tuple((*row[:1], name, *row[2:]) if each is row else each for each in sheet.rows)
    )


def mangle_number(sheet: Sheet, rng: random.Random) -> Sheet:
    row, number = rng.choice(sheet.rows), rng.choice(("", "A", "0", "33", "1.0", str(rng.randint(1, 32))))
    return replace(sheet, rows=tuple((number, *row[1:]) if each is row else each for each in sheet.rows))


def mangle_cell(sheet: Sheet, rng: random.Random) -> Sheet:
    """Another cell than a number, or a number with a letter in it; never another number.

    Half of a merged cell is left: without it the other half would be a share like any other.
    """
    row, place = rng.choice(sheet.rows), rng.randrange(2, len(sheet.headings))
    if "/" in row[place]:
        return sheet
    spoilt = row[place][:1] + rng.choice("lO~") + row[place][1:]
    blank = ("", " ") if place < LAST else ()  # a comparator may be blank, so nobody would miss it
    text = rng.choice((*NOT_NUMBERS, *blank, spoilt, f"  {row[place]} ", row[place].removesuffix("%")))
    rows = tuple((*row[:place], text, *row[place + 1 :]) if each is row else each for each in sheet.rows)
    return replace(sheet, rows=rows)


def swap_names(sheet: Sheet, rng: random.Random) -> Sheet:
    """The names of two rows changed over, or all of them but the numbers moved by one."""
    rows = list(sheet.rows)
    if rng.random() < 0.3:
        moved = [rows[-1], *rows[:-1]]
    else:
        first, second = rng.sample(range(len(rows)), 2)
        moved = list(rows)
        moved[first], moved[second] = moved[second], moved[first]
    kept = tuple((row[0], *other[1:]) for row, other in zip(rows, moved, strict=True))
    return replace(sheet, rows=kept)


def shuffle_rows(sheet: Sheet, rng: random.Random) -> Sheet:
    return replace(sheet, rows=tuple(rng.sample(sheet.rows, len(sheet.rows))))


WAYS: tuple[Callable[[Sheet, random.Random], Sheet], ...] = (
    *(mangle_heading, mangle_heading, mangle_name, mangle_number, mangle_cell, mangle_cell),
    *(swap_names, shuffle_rows),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(WAYS), min_size=1, max_size=5), st.integers(0, 10**9))
def test_a_mangled_table_gives_right_figures_or_findings(
    ways: list[Callable[[Sheet, random.Random], Sheet]], seed: int
) -> None:
    rng, sheet = random.Random(seed), print_sheet()
    for way in ways:
        sheet = way(sheet, rng)
    with TemporaryDirectory() as folder:
        check_nothing_is_wrong(read(Path(folder), sheet, suffix=rng.choice((".txt", ".csv"))))


@settings(max_examples=5, deadline=None)
@given(st.floats(0, 1))
def test_a_file_that_is_cut_off_gives_right_figures_or_findings(kept: float) -> None:
    raw = print_sheet().to_text().encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.txt"
        path.write_bytes(raw[: int(len(raw) * kept)])
        check_nothing_is_wrong(board_dataset.read([path], give(ANSWERS)))


VALUES = (True, "812 children", datetime.datetime(2019, 6, 1), datetime.time(3), 812.5, -4, "=1+1", None)
FORMATS = (
    "General",
    "0",
    "0%",
    "0.0%",
    "0.00",
    "#,##0",
    "mmm-yy",
    "@",
    '0"%"',
    "0,",
    "# ?/?",
    '[<1]"c";0',
    "0.0E+0",
)


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 31), st.integers(3, 17)), min_size=1, max_size=8), st.integers(0, 10**9)
)
def test_wrong_types_and_formats_give_right_figures_or_findings(
    places: list[tuple[int, int]], seed: int
) -> None:
    rng, path = random.Random(seed), io.BytesIO()
    with TemporaryDirectory() as folder:
        book = write_workbook(Path(folder) / "first.xlsx")
        for row, column in places:
            cell = book["Dataset"].cell(FIRST + row, column)
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            cell.number_format = rng.choice(FORMATS)
            if rng.random() < 0.5:
                cell.value = rng.choice(VALUES)
        book.save(path)
        changed = Path(folder) / "changed.xlsx"
        changed.write_bytes(path.getvalue())
        check_nothing_is_wrong(board_dataset.read([changed], give(ANSWERS)))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_workbook_is_told_and_nothing_is_read(tmp_path: Path, seed: int) -> None:
    rng, path = random.Random(seed), tmp_path / "figures.xlsx"
    write_workbook(path)
    raw = bytearray(path.read_bytes())
    if seed % 2:
        del raw[rng.randrange(len(raw)) :]
    else:
        for _ in range(20):
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)
    reading = board_dataset.read([path], give(ANSWERS))
    assert reading.findings
    check_nothing_is_wrong(reading)
