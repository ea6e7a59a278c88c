"""What the workbook of a chart says: everything that somebody must know who has only the file."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.export.book import Book, Grid, Instead, Number, Sheet, To
from dashboard.export.chart_book import View, make_chart_book, read_shown
from dashboard.views.build import panel_rows

Make = Callable[..., Any]
HOMES = "care_leavers_19_to_21_in_suitable_accommodation"
USUAL = {"statistic": "percentage", "basis": "local"}
VIEW = View(
    "Through care", "Redditch at Q4 2021/22", "Statistical neighbours: mean of 10 councils", "https://x/y?z"
)


def make(made: Any, key: str, page: str = "through-care", **given: object) -> Book:
    rows = panel_rows(made.store, made.select(page, **given), key)
    return make_chart_book(made.store, VIEW, made.panel(page, key, **given), rows)


def sheet_of(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.name == name)


def words_of(sheet: Sheet) -> list[str]:
    return [line.content.text if isinstance(line.content, To) else line.content for line in sheet.lines]


def table_of(book: Book, name: str = "Figures") -> list[dict[str, Any]]:
    grid = sheet_of(book, name).grid
    assert isinstance(grid, Grid)
    return [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]


@pytest.fixture
def rough(release: Make, figures: Make) -> Any:
    """A district whose figures are hidden, rounded and limited; the county's are exact, some of them real."""
    return release(
        figures(HOMES, {"2019-M03": "[c]"}, area="redditch", status="illustrative", **USUAL),
        figures(
            HOMES,
            {"2020-M03": 85},
            area="redditch",
            status="illustrative",
            precision="nearest_5",
            base="20-39",
            **USUAL,
        ),
        figures(HOMES, {"2021-M03": 90}, area="redditch", status="illustrative", precision="above", **USUAL),
        figures(HOMES, {"2022-M03": 87.5}, area="redditch", status="illustrative", **USUAL),
        figures(HOMES, {f"{year}-M03": 80 for year in range(2019, 2023)}, source="board", **USUAL),
    )


@pytest.fixture
def real(release: Make, figures: Make) -> Any:
    """The county and England, as published."""
    return release(
        figures("looked_after_children", {"2021-M03": 1859, "2022-M03": 1891}),
        illustrative=False,
    )


def test_it_begins_with_a_cover_and_a_list_of_what_follows(real: Any) -> None:
    book = make(real, "looked-after-number")
    assert [sheet.name for sheet in book.sheets] == ["Cover", "Contents", "Notes", "Symbols", "Figures"]
    listed = table_of(book, "Contents")
    assert [row["Worksheet"] for row in listed] == [
        To(name, sheet=name) for name in ("Cover", "Notes", "Symbols", "Figures")
    ]
    assert all(row["What it holds"] for row in listed)
    assert len({sheet.title for sheet in book.sheets}) == 5
    assert book.created == real.store.release.created


def test_the_cover_says_scope_units_source_protection_release_licence_and_address(real: Any) -> None:
    cover = sheet_of(make(real, "looked-after-number"), "Cover")
    headings = [line.content for line in cover.lines if line.heading]
    assert headings == [
        *("What it shows", "Scope", "Units", "Source", "How firm the figures are"),
        *("How children are protected", "Where to see it", "Release and licence"),
    ]
    said = " ".join(words_of(cover))
    for words in (
        "the page “Through care”: Redditch at Q4 2021/22",
        "children",
        "Department for Education, April 2026",
        "Counts of 1 to 9 children",
        "https://x/y?z",
        f"Release {real.store.release.id}, made on 15 April 2026.",
        "Open Government Licence v3.0",
    ):
        assert words in said, words
    assert To("Open this view in the dashboard", address="https://x/y?z") in [
        each.content for each in cover.lines
    ]
    assert "llustrative" not in said


def test_figures_are_numbers_with_their_day_unit_and_source(real: Any) -> None:
    rows = table_of(make(real, "looked-after-number"))
    assert [row["Value"] for row in rows] == [Number(1859.0), Number(1891.0)]
    assert [row["Period"] for row in rows] == ["March 2021", "March 2022"]
    assert [row["Period ends"] for row in rows] == [date(2021, 3, 31), date(2022, 3, 31)]
    assert {row["Unit"] for row in rows} == {"children"}
    assert {row["Source"] for row in rows} == {"Department for Education, April 2026"}
    assert {row["Published on"] for row in rows} == {date(2026, 4, 30)}
    assert {row["Status"] for row in rows} == {"Final"}
    assert set(rows[0]).isdisjoint({"Category", "Precision", "Base", "Note"})


def test_hidden_and_rounded_figures_say_what_they_are(rough: Any) -> None:
    rows = [
        row
        for row in table_of(make(rough, "care-leavers-homes", area="redditch"))
        if row["Area"] == "Redditch"
    ]
    assert [row["Value"] for row in rows] == [
        Instead("[c]"),
        Number(85.0, 0, "%"),
        Number(90.0, 0, "%"),
        Number(87.5, 1, "%"),
    ]
    assert [row["Precision"] for row in rows] == ["[z]", "to the nearest 5%", "above", "exact"]
    assert [row["Base"] for row in rows] == ["[z]", "20 to 39", "[z]", "[z]"]
    assert rows[0]["Note"].startswith("Not shown, to protect children’s identity")
    assert rows[3]["Note"] == "None"
    assert {row["Source"] for row in rows} == {"Simulated"}


def test_simulated_figures_say_so_on_the_cover_above_the_table_and_in_each_row(rough: Any) -> None:
    book = make(rough, "care-leavers-homes", area="redditch")
    caption = "Illustrative: simulated figures, not counts of real children or staff."
    assert words_of(sheet_of(book, "Cover"))[0] == caption
    assert words_of(sheet_of(book, "Figures"))[0] == caption
    assert {row["Status"] for row in table_of(book) if row["Source"] == "Simulated"} == {"Illustrative"}


def test_notes_give_definition_neighbours_and_what_the_figures_need_said_of_them(rough: Any) -> None:
    notes = [row["Note"] for row in table_of(make(rough, "care-leavers-homes", area="redditch"), "Notes")]
    assert notes[0].startswith(rough.store.indicators[HOMES].definition)
    assert notes[1] == "Statistical neighbours: mean of 10 councils"
    assert any("“about” is to the nearest 5%" in note.lower() for note in notes)
    assert len(notes) == len(set(notes))


def test_every_symbol_that_stands_in_a_table_is_explained(rough: Any) -> None:
    book = make(rough, "care-leavers-homes", area="redditch")
    explained = {row["Symbol"] for row in table_of(book, "Symbols")}
    used = {
        cell for row in table_of(book) for cell in row.values() if isinstance(cell, str) and cell[0] == "["
    }
    assert {"[c]", "[x]", "[z]"} <= explained
    assert used <= explained


def test_no_cell_of_any_table_is_blank(rough: Any, real: Any) -> None:
    for book in (make(rough, "care-leavers-homes", area="redditch"), make(real, "looked-after-number")):
        for sheet in book.sheets:
            assert sheet.title
            cells = [cell for row in sheet.grid.rows for cell in row] if sheet.grid else []
            assert "" not in cells
            assert None not in cells


def test_a_chart_with_nothing_to_draw_says_why_and_has_no_table(real: Any) -> None:
    sheet = sheet_of(make(real, "care-leavers-homes"), "Figures")
    assert sheet.grid is None
    assert words_of(sheet) == [real.panel("through-care", "care-leavers-homes").empty.reason]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", Number(1234.0)),
        ("−3", Number(-3.0)),
        ("21.2%", Number(21.2, 1, "%")),
        ("0", Number(0.0)),
        ("about 95%", Number(95.0, 0, "%")),
        ("above 90%", Number(90.0, 0, "%")),
        ("below 10%", Number(10.0, 0, "%")),
        ("1,234.56", Number(1234.56, 2)),
    ],
)
def test_a_number_as_shown_is_read_back(text: str, number: Number) -> None:
    assert read_shown(text) == number


@pytest.mark.parametrize("text", ["<1%", "[c]", "", "–", "=1", "1 of 2", "1e5", "about"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert read_shown(text) is None
