"""A row is the measure of its number if its name fits, and is never guessed at."""

import random
from dataclasses import replace
from pathlib import Path

from dashboard.findings import Level
from tests.intake.board_dataset.reading import at, errors, read, right, rows_of, value_of
from tests.intake.board_dataset.workbook import ANSWERS, NAMES, print_sheet


def test_rows_may_be_moved(tmp_path: Path) -> None:
    rows = list(print_sheet().rows)
    pair = [rows.pop(7), rows.pop(7)]  # the merged cells of measures 8 and 9 stay over both
    random.Random(3).shuffle(rows)
    reading = read(tmp_path, replace(print_sheet(), rows=(*rows, *pair)))
    assert rows_of(reading.figures) == rows_of(right())


def test_a_name_that_is_another_measures_stops_both_rows(tmp_path: Path) -> None:
    sheet, pairs = print_sheet(), ((23, 24), (27, 28), (5, 6), (17, 18), (8, 9))
    for first, second in pairs:
        sheet = sheet.named(first, NAMES[second - 1]).named(second, NAMES[first - 1])
    reading = read(tmp_path, sheet)
    found = {each.row: each.nearest for each in errors(reading) if each.nearest}
    for first, second in pairs:
        assert found[first + 1] == f"measure {first} or measure {second}"
        assert found[second + 1] == f"measure {second} or measure {first}"
    assert len(reading.questions) == 10
    assert rows_of(reading.figures) - rows_of(right()) == set()


def test_a_person_may_say_which_measure_a_row_is(tmp_path: Path) -> None:
    sheet = print_sheet().named(24, "Number of children under threat")
    reading = read(tmp_path, sheet)
    (question,) = reading.questions
    assert question.key == "board-dataset: row 24 named number of children under threat"
    assert list(question.choices) == ["looked_after_experiencing_cse", "none"]
    answered = read(tmp_path, sheet, ANSWERS | {question.key: "looked_after_experiencing_cse"})
    assert errors(answered) == []
    assert rows_of(answered.figures) == rows_of(right())
    left_out = read(tmp_path, sheet, ANSWERS | {question.key: "none"})
    assert errors(left_out) == []
    assert value_of(left_out, "looked_after_experiencing_cse", "2019-M06") is None


def test_a_row_without_a_number_is_known_by_its_name(tmp_path: Path) -> None:
    reading = read(tmp_path, print_sheet().named(13, NAMES[12], number=""))
    assert rows_of(reading.figures) == rows_of(right())
    (told,) = at(reading.findings, 14)[:1]
    assert (told.level, told.read_as) == (Level.NOTE, "measure 13, by its name")


def test_a_name_that_fits_several_measures_alike_is_asked(tmp_path: Path) -> None:
    sheet = print_sheet().named(
        23, "Number of Looked After Children and Child Sexual Exploitation", number=""
    )
    reading = read(tmp_path, sheet)
    (question,) = reading.questions
    assert set(question.choices) == {
        "looked_after_vulnerable_to_cse",
        "looked_after_experiencing_cse",
        "none",
    }
    assert [each.row for each in errors(reading)] == [24]


def test_a_new_measure_is_told_and_not_taken_for_another(tmp_path: Path) -> None:
    sheet = print_sheet()
    new = ("33", "Percentage of care leavers with a driving licence", *["40%"] * 12, "", "", "")
    reading = read(tmp_path, replace(sheet, rows=(*sheet.rows, new)))
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())
    (told,) = at(reading.findings, 34)
    assert "a measure that the catalogue declares" in told.expected


def test_a_measure_that_stands_twice_is_read_from_neither_row(tmp_path: Path) -> None:
    sheet = print_sheet()
    reading = read(tmp_path, replace(sheet, rows=(*sheet.rows, sheet.rows[1])))
    assert [each.row for each in errors(reading)] == [3, 34]
    assert value_of(reading, "unaccompanied_asylum_seeking_children", "2019-M06") is None


def test_a_measure_that_is_not_in_the_file_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, print_sheet().without(2, 22))
    missing = [each.expected for each in reading.findings if each.found == "a table without a measure"]
    assert [each.partition(" (")[0] for each in missing] == ["measure 2", "measure 22"]
    assert rows_of(reading.figures) < rows_of(right())


def test_a_row_that_says_it_is_of_another_statistic_is_not_read(tmp_path: Path) -> None:
    """Three or more placements is declared as a percentage only."""
    name = NAMES[6].replace("Percentage of", "Number of")
    reading = read(tmp_path, print_sheet().named(7, name))
    assert [each.row for each in errors(reading)] == [8]
    assert value_of(reading, "three_or_more_placements", "2019-M06", "percentage") is None


def test_a_row_of_percentages_of_a_measure_with_both_is_read_as_it_says(tmp_path: Path) -> None:
    sheet = print_sheet().named(4, NAMES[3].replace("Number of", "Percentage of"))
    for heading in sheet.headings[2:14]:
        sheet = sheet.put(4, heading, "25%")
    reading = read(tmp_path, sheet)
    assert errors(reading) == []
    assert value_of(reading, "placed_outside_county", "2019-M05", "percentage") == 25
    assert value_of(reading, "placed_outside_county", "2019-M05") is None


def test_a_row_without_any_figure_is_told(tmp_path: Path) -> None:
    sheet = print_sheet()
    for heading in sheet.headings[2:]:
        sheet = sheet.put(2, heading, "")
    reading = read(tmp_path, sheet)
    assert at(reading.findings, 3)[0].found == "a row without any"
    assert "unaccompanied_asylum_seeking_children" not in set(reading.figures["indicator"])
