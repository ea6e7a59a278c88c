"""The file itself, read back by another program than the one that wrote it, and as the XML that it is."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dashboard.export.book import Book, Grid, Instead, Line, Number, Sheet, To
from dashboard.export.workbook import write_workbook

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "{=1}", "http://elsewhere.example")
FIGURES = Grid(
    "figures",
    "Children by district",
    ("Area", "Value", "Day"),
    (
        ("Redditch", Number(1234.5, 1), date(2022, 3, 31)),
        ("Wychavon", Instead("[c]"), date(2022, 3, 31)),
        ("Worcester", Number(-3.0), date(2021, 3, 31)),
        ("Bromsgrove", Number(21.0, 0, "%"), date(2021, 3, 31)),
    ),
)
COVER = Sheet(
    "Cover",
    "What it is about",
    "Children in care",
    (
        Line("Scope", heading=True),
        Line("Redditch"),
        Line(To("Open", address="https://figures.example/through-care?area=redditch&range=3y")),
    ),
)
BOOK = Book(
    title="Children in care",
    subject="By district",
    publisher="A county",
    created=datetime(2026, 4, 15, 9, 30, tzinfo=UTC),
    sheets=(
        COVER,
        Sheet(
            "Contents", "This", "Contents", (), Grid("contents", "Sheets", ("A",), ((To("F", "Figures"),),))
        ),
        Sheet("Figures", "Every figure", "Figures: children", (Line("One table."),), FIGURES),
    ),
)


def load(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def read_parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def walk(content: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Every element of every part, without its namespace."""
    for name, raw in read_parts(content).items():
        for element in ElementTree.fromstring(raw).iter():  # noqa: S314  # we wrote it
            yield name, element


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_workbook(BOOK)


def test_the_same_book_makes_the_same_bytes(written: bytes) -> None:
    assert write_workbook(BOOK) == write_workbook(BOOK) == written


def test_its_properties_say_what_it_is_when_it_was_made_and_in_which_language(written: bytes) -> None:
    told = load(written).properties
    assert (told.title, told.subject, told.creator) == ("Children in care", "By district", "A county")
    assert told.created == told.modified == datetime(2026, 4, 15, 9, 30)
    assert told.language == "en-GB"
    assert told.contentStatus == "Public"


def test_the_cover_comes_first_and_is_open_at_its_title(written: bytes) -> None:
    book = load(written)
    assert book.sheetnames == ["Cover", "Contents", "Figures"]
    assert book.active == book["Cover"]
    assert [sheet["A1"].value for sheet in book] == ["Children in care", "Contents", "Figures: children"]
    assert all(sheet["A1"].font.b and sheet["A1"].font.sz == 16 for sheet in book)


def test_each_table_is_one_with_named_columns_and_what_it_holds(written: bytes) -> None:
    sheet = load(written)["Figures"]
    (table,) = sheet.tables.values()
    assert (table.name, table.ref, table.headerRowCount) == ("figures", "A3:C7", 1)
    assert table.column_names == ["Area", "Value", "Day"]
    assert [cell.value for cell in sheet[3]] == ["Area", "Value", "Day"]
    told = [
        e.get("altTextSummary") for name, e in walk(written) if e.tag.endswith("}table") and "tables" in name
    ]
    assert "Children by district" in told
    assert sheet.freeze_panes == "A4"


def test_numbers_are_numbers_printed_as_on_the_page_and_days_are_days(written: bytes) -> None:
    sheet = load(written)["Figures"]
    values = [row[1] for row in sheet.iter_rows(min_row=4)]
    assert [cell.value for cell in values] == [1234.5, "[c]", -3, 21]
    assert [cell.number_format for cell in values] == ["#,##0.0", "General", "#,##0", '#,##0"%"']
    assert sheet["C4"].value == datetime(2022, 3, 31)
    assert sheet["C4"].number_format == "d mmmm yyyy"


def test_nothing_is_merged_hidden_blank_or_a_picture(written: bytes) -> None:
    for sheet in load(written):
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not sheet._images
        assert not any(
            each.hidden for each in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())
        )
        for table in sheet.tables.values():
            assert None not in [cell.value for row in sheet[table.ref] for cell in row]
        assert all(row[0].value is not None for row in sheet.iter_rows())
    assert {element.tag.split("}")[1] for _, element in walk(written)}.isdisjoint(
        {"drawing", "mergeCell", "f"}
    )


def test_links_are_words_that_lead_somewhere(written: bytes) -> None:
    book = load(written)
    link = book["Cover"]["A4"]
    assert link.value == "Open"
    assert link.hyperlink.target == "https://figures.example/through-care?area=redditch&range=3y"
    assert book["Contents"]["A3"].value == "F"
    assert book["Contents"]["A3"].hyperlink.location == "'Figures'!A1"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text_whatever_it_begins_with(text: str) -> None:
    grid = replace(FIGURES, columns=(text, "Value", "Day"), rows=((text, Instead(text), date(2022, 3, 31)),))
    sheet = Sheet("Figures", text, text, (Line(text), Line(text, heading=True)), grid)
    content = write_workbook(replace(BOOK, title=text, subject=text, sheets=(sheet,)))
    read = load(content)["Figures"]
    assert [read[place].value for place in ("A1", "A2", "A3", "A4", "A5", "B5")] == [text] * 6
    assert {read[place].data_type for place in ("A1", "A2", "A4", "A5", "B5")} == {"s"}
    assert not [element for _, element in walk(content) if element.tag.endswith("}f")]
    assert not [element for _, element in walk(content) if element.tag.endswith("}hyperlink")]


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_a_cell_that_looks_like_a_formula_is_marked_as_text_for_whoever_edits_it(text: str) -> None:
    grid = replace(FIGURES, rows=((text, Instead("[c]"), date(2022, 3, 31)),))
    sheet = Sheet("Figures", "", "Figures", (), grid)
    read = load(write_workbook(replace(BOOK, sheets=(sheet,))))["Figures"]
    assert read["A3"].quotePrefix
    assert not read["B3"].quotePrefix


def test_columns_are_as_wide_as_what_is_in_them_and_no_wider_than_can_be_read(written: bytes) -> None:
    long = "words " * 60
    grid = replace(FIGURES, rows=((long, Number(1.0), date(2022, 3, 31)),))
    sheet = load(write_workbook(replace(BOOK, sheets=(Sheet("Figures", "", "F", (), grid),))))["Figures"]
    widths = {name: round(each.width) for name, each in sheet.column_dimensions.items()}
    assert widths["A"] <= 41
    assert widths["B"] >= 12
    assert sheet.row_dimensions[3].height >= 9 * 15  # 360 characters in lines of 40
    assert sheet["A3"].alignment.wrap_text


def test_a_marked_book_is_marked_in_every_title_and_on_every_sheet_of_paper() -> None:
    content = write_workbook(BOOK.marked("Internal: careful"))
    book = load(content)
    assert all(sheet["A1"].value.startswith("Internal: careful – ") for sheet in book)
    assert all("Internal: careful" in sheet.oddHeader.center.text for sheet in book)
    assert book.properties.title == "Internal: careful – Children in care"
    assert book.properties.contentStatus == "Internal: careful"
