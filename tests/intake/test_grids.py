"""A workbook becomes grids of cells, and whatever openpyxl stumbles over becomes a finding."""

import io
import zipfile
from pathlib import Path

import openpyxl

from dashboard.findings import Level
from dashboard.intake import grids
from dashboard.intake.grids import Block, read_grids


def test_cells_are_known_by_place_and_merged_ones_by_their_block(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B3"], book.active["D3"] = 0.78, "212 (26%)"
    book.active["B3"].number_format = "0%"
    book.active.merge_cells("D3:D4")
    book.save(tmp_path / "figures.xlsx")
    (grid,), findings = read_grids(tmp_path / "figures.xlsx")
    assert findings == []
    assert {place: cell.text for place, cell in grid.cells.items()} == {(3, 2): "78%", (3, 4): "212 (26%)"}
    assert (grid.rows, grid.columns) == ([3], [2, 4])
    assert grid.block_at(4, 4) == Block(3, 4, 4, 4)
    assert grid.block_at(3, 2) is None


def test_a_finding_says_the_letter_and_the_heading(tmp_path: Path) -> None:
    grid = grids.Grid("figures.xlsx", "Dataset", {})
    found = grid.finding(Level.NOTE, 9, 15, "'75%'", heading="Target")
    assert str(found) == "note: figures.xlsx, sheet Dataset, row 9, O (Target): found '75%'"


def test_a_workbook_with_nonsense_in_it_is_told(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    (tmp_path / "figures.xlsx").write_bytes(raw.getvalue())
    read, (found,) = read_grids(tmp_path / "figures.xlsx")
    assert read == []
    assert (found.level, found.found) == (Level.ERROR, "a workbook that cannot be read")
    assert "save it as a new" in found.expected


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<w/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 5_500_000)
    (tmp_path / "figures.xlsx").write_bytes(raw.getvalue())
    _, (found,) = read_grids(tmp_path / "figures.xlsx")
    assert "unpacks to far more than such a file holds" in found.found
    assert "copy the cells with figures into a new workbook" in found.expected
