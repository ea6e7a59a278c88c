"""The table is found by its headings; a heading that may be another's costs its column, never a figure."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.findings import Level
from tests.intake.board_dataset.reading import at, errors, read, read_book, right, rows_of, value_of
from tests.intake.board_dataset.workbook import FIRST, Sheet, print_sheet, write_workbook

IN_CARE = "looked_after_children"
LATER = {"published_on": "2020-07-31"}


def add(sheet: Sheet, place: int, heading: str, texts: dict[int, str]) -> Sheet:
    """The table with a column more, the texts by measure."""
    rows = tuple((*row[:place], texts.get(int(row[0]), ""), *row[place:]) for row in sheet.rows)
    return Sheet((*sheet.headings[:place], heading, *sheet.headings[place:]), rows)


def move(sheet: Sheet, *places: int) -> Sheet:
    """The table with its columns in another order."""
    rows = tuple(tuple(row[place] for place in places) for row in sheet.rows)
    return Sheet(tuple(sheet.headings[place] for place in places), rows)


def test_months_may_be_dates_of_excel_in_any_usual_format(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    formats = ("mmm-yy", "mmmm yyyy", "dd/mm/yyyy", "yyyy-mm-dd h:mm:ss")
    for place in range(12):
        cell = book["Dataset"].cell(FIRST - 1, 3 + place)
        cell.value = date(2018 + (6 + place) // 12, (6 + place) % 12 + 1, 28 if place % 4 > 1 else 1)
        cell.number_format = formats[place % 4]
    reading = read_book(tmp_path, book)
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())


def test_a_month_that_excel_has_taken_for_a_day_of_this_year_is_not_read(tmp_path: Path) -> None:
    """Typed as Jul-18, it becomes the 18th of July of the year in which it is typed."""
    book = write_workbook(tmp_path / "first.xlsx")
    cell = book["Dataset"].cell(FIRST - 1, 3)
    cell.value, cell.number_format = date(2019, 7, 18), "d-mmm"
    reading = read_book(tmp_path, book)
    (found,) = at(errors(reading), FIRST - 1, "C")
    assert found.nearest == "Jul-18"
    assert value_of(reading, IN_CARE, "2018-M07") is None
    assert value_of(reading, IN_CARE, "2018-M08") == 819


def test_a_misspelt_month_costs_its_column_and_the_right_one_is_offered(tmp_path: Path) -> None:
    sheet = print_sheet().head("Jul-18", "Jlu-18").head("Oct-18", "Otc 18").head("Jun-19", "Jnu-19")
    reading = read(tmp_path, sheet)
    assert [(each.row, each.column[0], each.nearest) for each in errors(reading)] == [
        (1, "C", "Jul-18"),
        (1, "F", "Oct-18"),
        (1, "N", "Jun-19"),
    ]
    assert rows_of(reading.figures) - rows_of(right()) == set()
    assert len(set(reading.figures["period"])) == 10  # nine months and the comparators'


@pytest.mark.parametrize(
    ("changed", "read_still"),
    [({"Jul-18": "Jul-19", "Jun-19": "Jun-18"}, 10), ({"Oct-18": "Oct-19", "Nov-18": "Dec-18"}, 7)],
)
def test_months_out_of_order_are_not_read(tmp_path: Path, changed: dict[str, str], read_still: int) -> None:
    sheet = print_sheet()
    for heading, text in changed.items():
        sheet = sheet.head(heading, text)
    reading = read(tmp_path, sheet)
    told = " ".join(finding.found for finding in errors(reading))
    assert all(text in told for text in changed.values())
    assert rows_of(reading.figures) - rows_of(right()) == set()
    assert len(set(reading.figures["period"])) == read_still + 1


def test_months_that_are_not_yet_over_cannot_have_figures(tmp_path: Path) -> None:
    reading = read(tmp_path, published_on="2019-05-31")
    assert [each.column for each in errors(reading)] == ["N"]
    assert value_of(reading, IN_CARE, "2019-M06") is None
    assert value_of(reading, IN_CARE, "2019-M05") == 826


def test_the_columns_of_a_new_year_are_read_as_far_as_they_are_filled(tmp_path: Path) -> None:
    sheet = add(print_sheet(), 14, "Jul-19", {1: "811", 2: "31", 29: "86%"})
    sheet = add(add(sheet, 15, "Aug-19", {}), 16, "Sep-19", {})
    reading = read(tmp_path, sheet, **LATER)
    assert value_of(reading, IN_CARE, "2019-M07") == 811
    assert value_of(reading, "care_leavers_in_touch", "2019-M07", "percentage") == 86
    assert "2019-M08" not in set(reading.figures["period"])
    (told,) = at(reading.findings, 1, "P")
    assert told.found == "2 months without a figure in any row"
    assert reading.closing_line.startswith("32 measures, 361 values read")


def test_the_latest_month_may_stand_first(tmp_path: Path) -> None:
    sheet = move(print_sheet(), 0, 1, *range(13, 1, -1), 14, 15, 16)
    assert rows_of(read(tmp_path, sheet).figures) == rows_of(right())


def test_a_table_of_quarter_ends_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, move(print_sheet(), 0, 1, 4, 7, 10, 13, 14, 15, 16))
    assert errors(reading) == []
    months = {"2018-M09", "2018-M12", "2019-M03", "2019-M06"}
    assert set(reading.figures["period"]) == months | {"2018-M03"}
    assert rows_of(reading.figures) < rows_of(right())


def test_comparators_may_stand_before_the_target_and_be_named_in_other_words(tmp_path: Path) -> None:
    sheet = move(print_sheet(), *range(14), 16, 15, 14).head("Ntl 17/18", "England 2017-18")
    sheet = sheet.head("Stat Nbrs 17/18", "Statistical Neighbours (2018)").head("Target", " TARGET ")
    reading = read(tmp_path, sheet)
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ntl", "Ntl 17/19"),
        ("Ntl 71/72", "Direction of travel"),
        ("Worcestershire 17/18", "Stat Nbrz 17/18"),
        ("", "17/18"),
    ],
)
def test_a_comparator_without_a_year_or_of_nobody_known_is_not_read(
    tmp_path: Path, first: str, second: str
) -> None:
    sheet = print_sheet().head("Ntl 17/18", first).head("Stat Nbrs 17/18", second)
    reading = read(tmp_path, sheet)
    assert set(reading.figures["area"]) == {"worcestershire"}
    assert [each.level for each in at(reading.findings, 1)] == [Level.WARNING] * 2
    assert errors(reading) == []


def test_the_names_of_the_nearest_comparator_are_offered(tmp_path: Path) -> None:
    reading = read(tmp_path, print_sheet().head("Stat Nbrs 17/18", "Stat Nbrz 17/18"))
    assert at(reading.findings, 1, "Q")[0].nearest == "Stat Nbr"


def test_a_misspelt_target_is_still_the_target(tmp_path: Path) -> None:
    reading = read(tmp_path, print_sheet().put(7, "Target", "9%").head("Target", "Traget"))
    assert at(reading.findings, 8, "O")[0].expected == "10%"


def test_number_and_name_may_stand_in_one_cell(tmp_path: Path) -> None:
    sheet = print_sheet()
    rows = tuple((f"{row[0]}. {row[1]}", *row[2:]) for row in sheet.rows)
    reading = read(tmp_path, Sheet(("Measure", *sheet.headings[2:]), rows))
    assert rows_of(reading.figures) == rows_of(right())


def test_tables_on_several_sheets_are_read_together(tmp_path: Path) -> None:
    """The first 16 measures stand on one sheet and the others on the next; bases are found across them."""
    book = write_workbook(tmp_path / "first.xlsx")
    second = book.copy_worksheet(book["Dataset"])
    second.title = "Page 2"
    book["Dataset"].delete_rows(FIRST + 16, 16)
    second.delete_rows(FIRST, 16)
    for merged in [each for each in second.merged_cells.ranges if each.min_row >= FIRST]:
        second.merged_cells.remove(merged)
    reading = read_book(tmp_path, book)
    assert errors(reading) == []
    assert rows_of(reading.figures) == rows_of(right())


def test_a_month_that_two_tables_have_differently_is_read_from_neither(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    second = book.copy_worksheet(book["Dataset"])
    second["C5"] = 825
    reading = read_book(tmp_path, book)
    (found,) = errors(reading)
    assert (found.sheet, found.row, found.column) == ("Dataset Copy", FIRST, "C (Jul-18)")
    assert "'824', as in Dataset C5" in found.expected
    assert value_of(reading, IN_CARE, "2018-M07") is None
    assert value_of(reading, IN_CARE, "2018-M08") == 819


def test_a_hidden_sheet_is_left_out_and_told(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "first.xlsx")
    book.copy_worksheet(book["Dataset"]).sheet_state = "hidden"
    book["Dataset Copy"]["C5"] = 1
    reading = read_book(tmp_path, book)
    assert [each.sheet for each in reading.findings if each.found == "a hidden sheet"] == ["Dataset Copy"]
    assert rows_of(reading.figures) == rows_of(right())
