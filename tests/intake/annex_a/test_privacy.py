"""Nothing about one child leaves the reader: not in a figure, a finding, a question, a log or an exception.

Canaries stand in every column about one person, sound and broken, and in headings that have slipped.
"""

import logging
import re
import warnings
from datetime import date
from pathlib import Path

import pytest

from dashboard.findings import Level
from dashboard.intake import Reading
from dashboard.intake.annex_a import reading as annex_a_reading
from dashboard.intake.annex_a.layout import Holds, load_layout
from dashboard.intake.annex_a.workbook import Grid
from tests.intake.annex_a.lists import LAST_DAY, Lists, make_given, make_grids, read_files, write_grids
from tests.intake.annex_a.test_counting import EVERY

LAYOUT = load_layout()
PRIVATE = (Holds.ID, Holds.NAME, Holds.BIRTH, Holds.POSTCODE)
BIRTH = date(2011, 7, 23)
#: However a canary may be written.
SIGNS = re.compile(
    r"canary|77700011[12]|QZ9\W?9ZQ|23\W0?7\W(20)?11|23\W?jul|July 2011|"
    r"2011\W{1,2}0?7\W|20110723|\b40747\b|\b15178\b",
    re.I,
)


def plant(broken: bool) -> Lists:
    """Every list, with canaries about two children in every private column, and days in the others."""
    lists: dict[int, list[dict[str, object]]] = {}
    for layout in LAYOUT.lists:
        rows = []
        for number in range(2):
            row: dict[str, object] = {}
            for column in layout.columns:
                match column.holds:
                    case Holds.ID:
                        row[column.key] = 777000111 + number if not broken else f"Canary {number} #!"
                    case Holds.NAME:
                        row[column.key] = "Canary Jones"
                    case Holds.BIRTH:
                        row[column.key] = (
                            BIRTH if not broken else ("23/07/2011 canary" if number else "23.7.11/x")
                        )
                    case Holds.POSTCODE:
                        row[column.key] = "QZ9 9ZQ" if not broken else "QZ9 9ZQ (canary)"
                    case Holds.DAY:
                        row[column.key] = LAST_DAY if number else date(2023, 10, 2)
                    case Holds.CODE:
                        texts = LAYOUT.codes[column.codes].written
                        row[column.key] = next(iter(texts.values()))
                    case Holds.WHOLE:
                        row[column.key] = number
                    case _:
                        row[column.key] = "Canary team" if column.holds is Holds.TEAM else "canary"
            rows.append(row)
        lists[layout.number] = rows
    return lists


def slip(grids: list[Grid], by: int) -> list[Grid]:
    """The sheets with all cells below the headings moved to the right, so that they stand under others."""
    return [
        Grid(each.name, [each.cells[0], *([*row[-by:], *row[:-by]] for row in each.cells[1:])])
        for each in grids
    ]


def leaks(reading: Reading, *said: str) -> list[str]:
    """Every place in which a canary stands, of everything that a reading gives back or said."""
    texts = [
        repr(reading), reading.figures.to_csv(), reading.figures.to_json(), reading.closing_line,
        repr(reading.source), *map(repr, reading.findings), *map(str, reading.findings),
        *map(repr, reading.questions), *said,
    ]  # fmt: skip
    return [match[0] for text in texts for match in SIGNS.finditer(text)]


HOMES = Grid(
    "Home districts",
    [["Child Unique ID", "Home postcode"], [777000111, "QZ9 9ZQ"], ["Canary 0 #!", "Canary Lane"]],
)


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("by", [0, 3])
def test_no_canary_comes_out(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    broken: bool,
    by: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    grids = [*slip(make_grids(plant(broken)), by), HOMES]
    said: list[str] = []
    given = make_given(**EVERY)
    given = type(given)(**{**vars(given), "tell": said.append})
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        reading = read_files(write_grids(tmp_path / "lists.xlsx", grids), given=given)
    printed = "".join(capsys.readouterr())
    assert leaks(reading, caplog.text, printed, *said, *(str(each.message) for each in warned)) == []
    assert reading.findings
    assert "unforeseen" not in str(reading.findings)


def test_the_canaries_would_be_seen(tmp_path: Path) -> None:
    reading = read_files(write_grids(tmp_path / "lists.xlsx", make_grids(plant(broken=False))))
    for sign in (
        "777000112",
        "Canary Jones",
        "2011-07-23",
        "23/07/2011",
        "QZ99ZQ",
        "datetime.date(2011, 7, 23)",
        "40747.0",
    ):
        assert leaks(reading, sign)


def test_an_unforeseen_error_says_where_and_not_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Canary Jones, born 23/07/2011")

    monkeypatch.setattr(annex_a_reading, "make_tables", fail)
    reading = read_files(write_grids(tmp_path / "lists.xlsx", make_grids(plant(broken=False))))
    assert leaks(reading) == []
    assert reading.figures.empty
    [error] = [each for each in reading.findings if each.level is Level.ERROR]
    assert "something unforeseen (test_privacy, line" in error.found


def test_a_code_is_repeated_only_where_it_is_all_but_one(tmp_path: Path) -> None:
    lists = plant(broken=False)
    lists[1][0]["sex"], lists[1][1]["sex"] = "b) Femael", "Canary"
    said = str(read_files(write_grids(tmp_path / "lists.xlsx", make_grids(lists))).findings)
    assert "b) Femael" in said
    assert "Canary" not in said
