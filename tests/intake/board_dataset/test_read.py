"""The board dataset is read figure for figure as a person transcribed it, and what is odd in it is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from dashboard.findings import Level
from dashboard.intake import Reading, board_dataset
from tests.intake.board_dataset.reading import at, errors, read, read_book, right, rows_of, value_of
from tests.intake.board_dataset.workbook import ANSWERS, FIRST, give, print_sheet, write_workbook


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The workbook that nobody has changed, everything asked of it answered."""
    return read(tmp_path_factory.mktemp("whole"), suffix=".xlsx")


@pytest.fixture(scope="module")
def unanswered(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The same workbook before anybody has been asked."""
    return read(tmp_path_factory.mktemp("unanswered"), answers={}, suffix=".xlsx")


# --- all of it ------------------------------------------------------------------------------------


def test_the_dataset_is_read_figure_for_figure_as_it_was_transcribed(whole: Reading) -> None:
    assert errors(whole) == []
    assert len(right()) == 415
    assert rows_of(whole.figures) == rows_of(right())
    assert len(whole.figures) == 415


@pytest.mark.parametrize("suffix", [".txt", ".csv"])
def test_the_same_is_read_from_a_text(tmp_path: Path, suffix: str) -> None:
    reading = read(tmp_path, suffix=suffix)
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())


def test_a_figure_says_where_it_stands_and_what_is_odd_about_it(whole: Reading) -> None:
    told = {
        (row.indicator, row.statistic, row.area, row.period): (row.row, row.note)
        for row in whole.figures.itertuples()
    }
    here = "worcestershire"
    assert told["looked_after_children", "count", here, "2018-M07"] == ("measure 1, Jul-18", "")
    where, note = told["placed_over_20_miles_outside_county", "percentage", here, "2019-M06"]
    assert where == "measure 5, Jun-19, in brackets"
    assert "between 667 and 720" in note
    where, note = told["placed_with_foster_carers", "percentage", "england", "2018-M03"]
    assert where == "measures 8 and 9, column “Ntl 17/18”"
    assert "720/ 73%" in note
    where, note = told["looked_after_children_rate", "rate", "statistical-neighbours", "2018-M03"]
    assert "50.3 per 10,000" in note
    assert "116,938 children aged 0 to 17" in note


def test_the_last_line_says_what_was_read_and_what_is_to_be_decided(
    whole: Reading, unanswered: Reading
) -> None:
    assert unanswered.closing_line == (
        "32 measures, 358 values read; 4 cells need a decision; nothing was guessed."
    )
    assert whole.closing_line == "32 measures, 358 values read; nothing was guessed."


def test_the_source_is_named_after_its_months(whole: Reading) -> None:
    assert whole.source.title == "Corporate Parenting Board dataset, July 2018 to June 2019"
    assert (whole.source.id, whole.source.published_on) == ("board-dataset-2018-19", "2019-07-31")
    assert whole.source.publisher == "Worcestershire County Council"


# --- what only a person knows ---------------------------------------------------------------------


def test_what_only_a_person_knows_is_asked_under_keys_that_stay_the_same(
    tmp_path: Path, unanswered: Reading
) -> None:
    asked = {each.key: each for each in unanswered.questions}
    assert set(asked) == set(ANSWERS)
    target = asked["board-dataset: target over measures 8 and 9"]
    assert "750/ 75%" in target.asked
    assert list(target.choices) == ["placed_with_foster_carers", "none"]
    number = asked["board-dataset: england beside measure 1"]
    assert list(number.choices) == ["rate", "count", "none"]
    assert "64 per 10,000" in number.choices["rate"]
    later = print_sheet().head("Ntl 17/18", "Ntl 18/19").put(1, "Jul-18", "823")
    assert set(ANSWERS) == {question.key for question in read(tmp_path, later, answers={}).questions}


def test_what_is_not_decided_is_not_read(unanswered: Reading) -> None:
    assert errors(unanswered) == []
    undecided = {"placed_with_foster_carers", "looked_after_children_rate"}
    assert not undecided & set(unanswered.figures["indicator"])
    (told,) = at(unanswered.findings, FIRST, "P")
    assert (told.level, told.read_as) == (Level.WARNING, "nothing until it is decided")


def test_an_answer_may_leave_a_cell_out(tmp_path: Path) -> None:
    reading = read(tmp_path, answers=dict.fromkeys(ANSWERS, "none"))
    assert reading.questions == ()
    assert len(reading.figures) == 412


def test_an_answer_that_is_no_choice_is_asked_again(tmp_path: Path) -> None:
    key = "board-dataset: england beside measure 1"
    reading = read(tmp_path, answers=ANSWERS | {key: "rats"})
    assert [question.key for question in reading.questions] == [key]
    (found,) = errors(reading)
    assert (found.column, found.found) == (key, "'rats'")


# --- oddities -------------------------------------------------------------------------------------


def test_steps_ask_for_a_reason(whole: Reading) -> None:
    steps = [each for each in whole.findings if each.why.startswith("step")]
    assert [(each.row, each.column, each.found) for each in steps] == [
        (FIRST + 25, "I (Jan-19)", "428 → 390 (measure 26)"),
        (FIRST + 27, "I (Jan-19)", "128 → 86 (measure 28)"),
        (FIRST + 28, "J (Feb-19)", "75 → 87 (measure 29)"),
        (FIRST + 31, "G (Nov-18)", "65 → 80 (measure 32)"),
    ]
    assert {each.level for each in steps} == {Level.NOTE}


def test_every_oddity_is_told_at_its_cell(whole: Reading) -> None:
    findings = whole.findings
    assert {each.sheet for each in findings} == {"Dataset"}
    assert at(findings, FIRST, "O (Target)")[0].read_as == "no target: the heading again"
    assert "667 and 720" in at(findings, FIRST + 4, "N (Jun-19)")[0].expected
    assert at(findings, FIRST + 24, "C")[0].read_as == "[z]"
    assert at(findings, FIRST + 31, "C")[0].why == "the measure begins in September 2018"
    assert at(findings, FIRST + 31, "E (Sep-18)")[0].read_as == "64%, provisional"
    assert "19 to 21" in at(findings, FIRST + 28, "P (Ntl 17/18)")[0].why


def test_what_cannot_be_read_is_told_and_left_out_all_at_once(tmp_path: Path) -> None:
    sheet = print_sheet().put(1, "Jun-19", "8l4").put(3, "May-19", "42 (5%)").put(4, "Apr-19", "26%")
    reading = read(tmp_path, sheet.put(17, "Jul-18", "0.73"))
    assert [(each.row, each.column, each.found) for each in errors(reading)] == [
        (2, "N (Jun-19)", "'8l4' (measure 1)"),
        (4, "M (May-19)", "'42 (5%)' (measure 3)"),
        (5, "L (Apr-19)", "'26%' (measure 4)"),
        (18, "C (Jul-18)", "'0.73' (measure 17)"),
    ]
    assert all(each.expected and each.read_as == "nothing" for each in errors(reading))
    assert value_of(reading, "looked_after_children", "2019-M06") is None
    assert value_of(reading, "placed_outside_county", "2019-M04", "percentage") is None
    assert reading.closing_line.startswith(
        "32 measures, 354 values read; 4 errors: nothing can be loaded yet"
    )


def test_blanks_symbols_and_percentages_without_a_sign_are_told_apart(tmp_path: Path) -> None:
    sheet = print_sheet().put(2, "Oct-18", "").put(24, "Jun-19", "[c]").put(24, "May-19", "x")
    reading = read(tmp_path, sheet.put(17, "Jun-19", "73"))
    assert errors(reading) == []
    assert value_of(reading, "unaccompanied_asylum_seeking_children", "2018-M10") == "x"
    assert at(reading.findings, 3, "F (Oct-18)")[0].level is Level.WARNING
    assert value_of(reading, "looked_after_experiencing_cse", "2019-M06") == "c"
    assert value_of(reading, "looked_after_experiencing_cse", "2019-M05") == "x"
    assert value_of(reading, "care_or_pathway_plan_up_to_date", "2019-M06", "percentage") == 73
    assert at(reading.findings, 18, "N")[0].level is Level.WARNING


def test_a_share_that_is_of_something_else_has_no_denominator(tmp_path: Path) -> None:
    reading = read(tmp_path, print_sheet().put(4, "Jun-19", "212 (36%)"))
    same = reading.figures.query("indicator == 'placed_outside_county' and period == '2019-M06'")
    (share,) = same[same["statistic"] == "percentage"].to_dict("records")
    assert share["value"] == 36
    assert share["denominator"] != share["denominator"]
    (told,) = at(reading.findings, 5, "N")
    assert told.level is Level.WARNING
    assert "not the 814 of measure 1 (of which 212 are 26.0%)" in told.expected


def test_sums_that_do_not_agree_name_the_measures_and_the_month(tmp_path: Path) -> None:
    sheet = print_sheet().put(8, "May-19", "436").put(21, "Mar-19", "32")
    found = errors(read(tmp_path, sheet, suffix=".xlsx"))
    assert [(each.sheet, each.row, each.column, each.found) for each in found] == [
        ("Dataset", FIRST, "M (May-19)", "826"),
        ("Dataset", FIRST + 20, "K (Mar-19)", "32"),
    ]
    assert found[0].expected.startswith("825, the sum of measure 8, measure 9, measure 10")
    assert found[1].expected == "at most 31, of measure 22"


# --- numbers and their formats --------------------------------------------------------------------


def test_the_format_says_whether_one_is_a_child_or_all_of_them(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    page = book["Dataset"]
    page["N19"], page["N20"], page["N22"] = 1, 1, 1
    page["N22"].number_format = "0%"
    reading = read_book(tmp_path, book)
    assert value_of(reading, "placed_in_other", "2019-M06") == 1
    assert value_of(reading, "repeat_looked_after_within_12_months", "2019-M06") == 1
    assert value_of(reading, "health_assessment_up_to_date", "2019-M06", "percentage") == 100
    page["N22"].number_format = "General"
    reading = read_book(tmp_path, book)
    assert value_of(reading, "health_assessment_up_to_date", "2019-M06", "percentage") is None
    assert "1% or 100%" in errors(reading)[0].expected


def test_a_percentage_is_read_with_the_digits_that_are_printed(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    book["Dataset"]["N22"] = 0.78954
    reading = read_book(tmp_path, book)
    assert value_of(reading, "health_assessment_up_to_date", "2019-M06", "percentage") == 79
    (told,) = at(reading.findings, 22, "N")
    assert told.found == "78.954% shown as 79% (measure 18)"


def test_what_excel_makes_of_a_number_by_mistake_is_not_read(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    page = book["Dataset"]
    page["C6"], page["D6"], page["E6"], page["F6"] = True, "#REF!", "=C5+D5", date(2019, 6, 25)
    page["G6"], page["H6"] = 33, 33.4
    page["G6"].number_format, page["H6"].number_format = "0%", "0"
    reading = read_book(tmp_path, book)
    assert [each.row for each in errors(reading)] == [6] * 6
    said = ("yes or no", "an error of Excel", "without its result", "a day", "0% to 100%", "holds 33.4")
    for word, found in zip(said, errors(reading), strict=True):
        assert word in found.expected
    assert value_of(reading, "unaccompanied_asylum_seeking_children", "2018-M07") is None


def test_a_quarter_merged_over_its_months_stands_at_its_end(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    page, row = book["Dataset"], FIRST + 24
    page.cell(row, 3).value, page.cell(row, 5).value = 165, None
    page.merge_cells(start_row=row, end_row=row, start_column=3, end_column=5)
    reading = read_book(tmp_path, book)
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())


def test_cells_merged_over_months_or_measures_are_not_read(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    page = book["Dataset"]
    page.merge_cells("C6:D6")
    page.merge_cells("F7:F8")
    reading = read_book(tmp_path, book)
    assert {(each.row, each.column[0]) for each in errors(reading)} == {(6, "C"), (7, "F"), (8, "F")}
    assert value_of(reading, "unaccompanied_asylum_seeking_children", "2018-M07") is None
    assert value_of(reading, "unaccompanied_asylum_seeking_children", "2018-M08") is None
    assert value_of(reading, "looked_after_with_disability_team", "2018-M10") is None


# --- targets --------------------------------------------------------------------------------------


def test_a_target_that_is_declared_otherwise_is_told_and_not_carried(tmp_path: Path) -> None:
    sheet = print_sheet().put(7, "Target", "9%").put(17, "Target", "").put(3, "Target", "40")
    reading = read(tmp_path, sheet)
    assert rows_of(reading.figures) == rows_of(right())
    (other,) = at(reading.findings, 8, "O")
    assert (other.level, other.expected) == (Level.NOTE, "10%")
    assert at(reading.findings, 18, "O")[0].expected.startswith("100%, as targets.csv declares")
    assert at(reading.findings, 4, "O")[0].expected == "no target"
    assert at(reading.findings, 9, "O") == []  # 75% of measures 8 and 9, as declared


def test_the_target_of_two_measures_is_held_against_what_is_declared_of_both(tmp_path: Path) -> None:
    sheet = print_sheet().put(9, "Target", "70%")
    (told,) = at(read(tmp_path, sheet).findings, 9, "O")
    assert told.expected == "75%"
    assert told.found.startswith("70% for Placed with foster carers")


# --- files ----------------------------------------------------------------------------------------


def test_a_workbook_without_the_table_says_what_is_looked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Minutes of the last meeting"
    (found,) = read_book(tmp_path, book).findings
    assert found.found == "no table of measures by month on any sheet (Sheet)"
    assert "such as Jul-18, Aug-18, Sep-18" in found.expected


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("figures.xlsx", b"", "an empty file"),
        ("figures.xlsx", b"%PDF-1.4", "a PDF, whatever its name says"),
        ("figures.xlsx", b"PK\x03\x04" + bytes(100), "a damaged workbook, perhaps only part of one"),
        ("figures.txt", b"", "an empty file"),
        ("figures.csv", b"\x89PNG\r\n\x1a\n", "a file that is not text, whatever its name says"),
        ("figures.csv", b"indicator,period\r\na,b\r\n", "no table of measures by month"),
    ],
)
def test_a_wrong_file_is_told_and_how_to_mend_it(tmp_path: Path, name: str, raw: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    reading = board_dataset.read([path], give())
    (found,) = reading.findings
    assert (found.level, found.file, found.found) == (Level.ERROR, name, told)
    assert found.expected
    assert reading.figures.empty
    assert reading.closing_line.startswith("0 measures, 0 values read; 1 error: nothing can be loaded yet")


def test_a_sheet_that_reaches_to_the_last_cell_is_read_at_once(tmp_path: Path) -> None:
    """A format spread over everything makes a sheet of 17,000 million cells with nothing in them."""
    book = write_workbook(tmp_path / "first.xlsx")
    book["Dataset"]["XFD1048576"].number_format = "0%"
    book["Dataset"]["XFD1048575"] = 12
    reading = read_book(tmp_path, book)
    assert rows_of(reading.figures) == rows_of(right())


def test_a_text_file_that_is_cut_off_is_not_read_to_its_last_number(tmp_path: Path) -> None:
    whole = print_sheet().to_text()
    path = tmp_path / "figures.txt"
    path.write_text(whole[: whole.index("\t31\t32\t30") + 2], encoding="utf-8", newline="")
    reading = board_dataset.read([path], give(ANSWERS))
    assert "a last line that is not ended" in {each.found for each in errors(reading)}
    assert "unaccompanied_asylum_seeking_children" not in set(reading.figures["indicator"])


def test_the_table_is_found_in_the_text_of_the_whole_paper(tmp_path: Path) -> None:
    path = tmp_path / "figures.txt"
    before = "Recommendation\n\n- 1. The Board, having met, is asked, as before, to note it.\n\n"
    text = before + print_sheet().to_text() + "\nDistrict profiles\n\nN.B. Numbers below 10, small, hidden\n"
    path.write_text(text, encoding="utf-8", newline="")
    assert rows_of(board_dataset.read([path], give(ANSWERS)).figures) == rows_of(right())


def test_cells_beside_the_months_that_are_merged_otherwise_are_not_read(tmp_path: Path) -> None:
    """England's 10% merged with the target beside it, and 3% over a measure that has a number of its own."""
    book = write_workbook(tmp_path / "first.xlsx")
    page = book["Dataset"]
    page.merge_cells("O11:P11")
    page.merge_cells("P14:P15")
    page["P7"] = "900 (26%)"
    reading = read_book(tmp_path, book)
    assert errors(reading) == []
    missing = rows_of(right()) - rows_of(reading.figures)
    assert {(row[0], row[2]) for row in missing} == {
        ("three_or_more_placements", "england"),
        ("placed_for_adoption", "england"),
        ("placed_with_parents", "england"),
    }
    assert [question.key for question in reading.questions] == [
        "board-dataset: england over measures 10 and 11"
    ]
    assert at(reading.findings, 7, "P")[0].expected == "one number: a count, or a share"


def test_half_of_a_merged_cell_without_the_other_stops_its_column(tmp_path: Path) -> None:
    """Nobody knows whether 73% on another row is the other half."""
    rows = print_sheet().rows
    sheet = replace(print_sheet(), rows=(*rows[:8], rows[9], rows[8], *rows[10:]))
    reading = read(tmp_path, sheet)
    assert [(each.row, each.column) for each in errors(reading)] == [(9, "O (Target)"), (9, "P (Ntl 17/18)")]
    assert "england" not in set(reading.figures["area"])
    assert "statistical-neighbours" in set(reading.figures["area"])
