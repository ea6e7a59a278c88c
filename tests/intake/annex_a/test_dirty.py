"""Whatever stands in a workbook: findings or a clean import, never a traceback, never another number."""

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.findings import Level
from dashboard.intake import Reading
from dashboard.intake.annex_a import reading as annex_a_reading
from dashboard.intake.annex_a import workbook
from dashboard.intake.annex_a.workbook import Grid
from tests.intake.annex_a.lists import LAST_DAY, make_given, make_grids, read_files, write_grids
from tests.intake.annex_a.test_counting import (
    EVERY,
    assessment,
    care,
    contact,
    enquiry,
    leaver,
    need,
    open_lists,
    plan,
)

LISTS = open_lists(
    [need(f"n{each}", date(2023, 10, 2 + each)) for each in range(3)],
    [plan("p", date(2023, 10, 2)), plan("q", date(2023, 11, 2), date(2024, 1, 2))],
    [care("k", date(2022, 1, 1)), care("l", date(2023, 12, 5))],
) | {
    1: [contact(date(2023, 10, 2), child=f"c{each}") for each in range(3)] + [contact(LAST_DAY)],
    4: [assessment(date(2023, 9, 1), date(2023, 10, 6)), assessment(date(2024, 1, 2))],
    5: [enquiry(date(2023, 9, 20), date(2023, 10, 4), "Yes"), enquiry(date(2024, 1, 2))],
    9: [leaver("v", date(2004, 1, 1))],
}
GRIDS = make_grids(LISTS)
JUNK = st.one_of(
    st.sampled_from(
        ["", "?", "#N/A", "#REF!", "31/02/2024", "b)", "nope", "0", "-1", "=1+1", "\x00", "a" * 300]
    ),
    st.sampled_from([0.0, -5.5, 1e308, float("inf"), 45382.5, 2, True, False]),
    st.sampled_from([date(1900, 1, 1), date(2099, 1, 1), datetime(2024, 1, 1, 12), time(9)]),
    st.text(max_size=6),
)
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_grids(grids: list[Grid]) -> Reading:
    """What the reader makes of sheets, without writing a workbook."""
    with mock.patch.object(annex_a_reading, "read_grids", return_value=tuple(grids)):
        return read_files(Path("lists.xlsx"), given=make_given(**EVERY))


CLEAN = read_grids(GRIDS)
KEY = ["indicator", "statistic", "area", "period", "characteristic", "category"]


def test_the_clean_lists_are_read_without_an_error() -> None:
    assert len(CLEAN.figures) > 400
    assert not [each for each in CLEAN.findings if each.level is Level.ERROR]


MANGLED = st.sampled_from(
    [
        str.upper,
        str.title,
        lambda text: f"  {text}  ",
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", ""),
        lambda text: text.replace("'", "’"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.rstrip("?)") + ")",
        lambda text: text.replace(" ", "_"),
    ]
)


@QUICK
@given(st.lists(MANGLED, min_size=9, max_size=9), st.randoms(use_true_random=False))
def test_mangled_headings_and_shuffled_columns_change_nothing(mangles, chance) -> None:
    grids = []
    for place, grid in enumerate(GRIDS):
        order = list(range(len(grid.cells[0])))
        chance.shuffle(order)
        rows = [[row[each] for each in order] for row in grid.cells]
        rows[0] = [mangles[place % len(mangles)](each) for each in rows[0]]
        titles = [["Annex A"], []] if place % 2 else []
        grids.append(
            Grid(
                grid.name.replace("List ", chance.choice(["List ", "list", "Ofsted List ", ""])),
                titles + rows,
            )
        )
    pd.testing.assert_frame_equal(read_grids(grids).figures, CLEAN.figures)


@QUICK
@given(st.data())
def test_junk_in_cells_gives_findings_and_never_a_traceback(data) -> None:
    grids = [Grid(each.name, [list(row) for row in each.cells]) for each in GRIDS]
    for _ in range(data.draw(st.integers(1, 6))):
        grid = data.draw(st.sampled_from(grids))
        row = grid.cells[data.draw(st.integers(1, len(grid.cells) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(JUNK)
    reading = read_grids(grids)
    assert "unforeseen" not in str(reading.findings)
    values = reading.figures["value"]
    assert not (values < 0).where(reading.figures["indicator"] != "looked_after_net_flow", False).any()
    both = reading.figures["numerator"].notna()
    assert (reading.figures["numerator"] <= reading.figures["denominator"]).where(both, True).all()


@QUICK
@given(st.data())
def test_a_number_that_changes_is_never_silent(data) -> None:
    """Where a cell is broken so that a count of events changes, a finding names its list."""
    grids = [Grid(each.name, [list(row) for row in each.cells]) for each in GRIDS]
    grid = data.draw(st.sampled_from(grids))
    place = data.draw(st.sampled_from([at for at, text in enumerate(grid.cells[0]) if "Date" in str(text)]))
    row = data.draw(st.integers(1, len(grid.cells) - 1))
    if grid.cells[row][place] == "":
        return
    grid.cells[row][place] = data.draw(
        st.sampled_from(["31/02/2024", "soon", "#N/A", 7, date(2099, 1, 1), True])
    )
    reading = read_grids(grids)
    both = CLEAN.figures.merge(reading.figures, on=KEY, suffixes=("", "_now"))
    if (both["value"].fillna(-1) != both["value_now"].fillna(-1)).any():
        new = {str(each) for each in reading.findings} - {str(each) for each in CLEAN.findings}
        assert any(f"sheet {grid.name}" in each for each in new)


@QUICK
@given(st.sets(st.sampled_from(range(len(GRIDS))), max_size=8), st.integers(0, 40))
def test_missing_lists_and_columns_are_named_with_what_is_lost(without, column: int) -> None:
    grids = [grid for place, grid in enumerate(GRIDS) if place not in without]
    grids = [Grid(each.name, [row[:column] + row[column + 1 :] for row in each.cells]) for each in grids]
    reading = read_grids(grids)
    assert "unforeseen" not in str(reading.findings)
    both = CLEAN.figures.merge(reading.figures, on=KEY, suffixes=("", "_now"))
    lost = len(CLEAN.figures) - len(both)
    assert not lost or any(each.level is not Level.NOTE for each in reading.findings)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_grids(tmp_path_factory.mktemp("lists") / "lists.xlsx", GRIDS).read_bytes()


@QUICK
@given(st.floats(0, 1), st.binary(min_size=0, max_size=8), st.booleans())
def test_a_damaged_workbook_is_an_error_or_what_it_was(
    whole: bytes, where: float, junk: bytes, cut: bool
) -> None:
    place = int(where * len(whole))
    damaged = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.xlsx"
        path.write_bytes(damaged)
        reading = read_files(path, given=make_given(**EVERY))
    assert "unforeseen" not in str(reading.findings)
    if not any(each.level is Level.ERROR for each in reading.findings):
        pd.testing.assert_frame_equal(reading.figures, CLEAN.figures)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_one_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lists.xlsx"
    path.write_bytes(content)
    reading = read_files(path)
    assert [each.level for each in reading.findings] == [Level.ERROR]
    assert reading.figures.empty


def test_no_file_and_two_workbooks_of_lists_are_errors(tmp_path: Path) -> None:
    one, two = (write_grids(tmp_path / f"{name}.xlsx", GRIDS) for name in ("one", "two"))
    for files in ((), (one, two)):
        reading = read_files(*files)
        assert [each.level for each in reading.findings] == [Level.ERROR]


def test_two_columns_with_one_heading_are_an_error(tmp_path: Path) -> None:
    grids = [Grid(each.name, [list(row) for row in each.cells]) for each in GRIDS]
    grids[0].cells[0][4] = "Date of Birth"
    reading = read_grids(grids)
    assert [each.found for each in reading.findings if each.level is Level.ERROR] == [
        "columns D, E with the same heading"
    ]


def test_two_sheets_of_one_list_are_an_error() -> None:
    reading = read_grids([*GRIDS, Grid("1 - Contacts", GRIDS[0].cells)])
    assert "2 sheets" in [each.found for each in reading.findings if each.level is Level.ERROR]


def test_a_missing_column_is_named_with_what_is_lost() -> None:
    grids = [Grid(each.name, [list(row) for row in each.cells]) for each in GRIDS]
    grids[0].cells[0][6] = "Origin"
    [warned] = [each for each in read_grids(grids).findings if "Contact Source" in each.expected]
    assert (warned.sheet, warned.level) == ("List 1", Level.WARNING)
    assert "nothing is told apart by contact_source" in warned.why


def test_a_missing_list_is_named_with_what_is_lost() -> None:
    reading = read_grids([each for each in GRIDS if each.name != "List 8"])
    [warned] = [each for each in reading.findings if each.expected == "List 8 (Children in care)"]
    for lost in ("looked_after_children", "children_in_need", "placed_in_foster_care"):
        assert lost in warned.why
    assert not {"looked_after_children", "children_in_need"} & set(reading.figures["indicator"])


def test_what_is_no_safe_workbook_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_grids(tmp_path / "lists.xlsx", GRIDS)
    monkeypatch.setattr(workbook, "check_archive", lambda path: "a workbook that unpacks to too much")
    reading = read_files(path)
    assert [each.found for each in reading.findings if each.level is Level.ERROR] == [
        "a workbook that unpacks to too much"
    ]
    assert reading.figures.empty


def test_overlapping_rows_of_a_child_count_once(tmp_path: Path) -> None:
    lists = dict(LISTS)
    lists[8] = [*LISTS[8], care("k", date(2023, 12, 1)), care("k", date(2022, 1, 1))]
    reading = read_grids(make_grids(lists))
    name = reading.figures["indicator"] == "looked_after_children"
    whole = name & (reading.figures["characteristic"] == "")
    before = CLEAN.figures[
        (CLEAN.figures["indicator"] == "looked_after_children") & (CLEAN.figures["characteristic"] == "")
    ]
    assert reading.figures.loc[whole, "value"].tolist() == before["value"].tolist()
    assert "2 rows that overlap another row of the same child" in str(reading.findings)


def test_lists_as_dirty_as_they_come_are_read_all_the_same(tmp_path: Path) -> None:
    """Ids as decimals, no birthday, other letters, odd spaces and quotes, a local code, a wrong postcode."""
    heading = [
        *("Child Unique ID", "Gender ", "ETHNICITY", "Date of Birth", "Age"),
        *(
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
            "Date Started to be Looked After",
        ),
        *("Child’s Category of Need", "Child's Legal  Status", "Date Ceased to be Looked After"),
        *(
            "Placement Type",
            "Placement postcode",
            "Placement Location",
            "Start Date of Most Recent Placement",
        ),
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    ]
    began, born, seen = "06/08/2019", date(2012, 2, 13), datetime(2024, 3, 31, 10, 30)
    first = [
        1761444.0,
        "Female",
        "s) NOBT",
        born,
        12.13,
        "b) No",
        began,
        "N1 - Abuse or Neglect",
        "C2: FCO",
        "",
    ]
    first += ["f) U6: Foster placement - not FFA", "nope", "", date(2023, 11, 2), 0.0]
    second = [
        1373595.0,
        "a) Male",
        "",
        "",
        17.2,
        "b)\u00a0No",
        date(2021, 8, 6),
        "PSRMEM - Memory",
        "C2",
        seen,
    ]
    rows = [first, [*second, "U1", "", "", 43689, 0.0]]
    grids = [Grid("List 8", [heading, *rows]), Grid("Notes", [["made by hand"]]), Grid("List 7", [])]
    reading = read_files(
        write_grids(tmp_path / "lists.xlsx", [*make_grids({1: LISTS[1], 3: LISTS[3]}), *grids])
    )
    assert not [each for each in reading.findings if each.level is Level.ERROR]
    said = "\n".join(map(str, reading.findings))
    assert "List 8, row 3, H (Child's Category of Need): found something that is none of its codes" in said
    assert "sheet 4 is none of the lists" in said
    assert "expected a column 'Allocated Team' (not worked out: looked_after_with_disability_team;" in said
    whole = reading.figures[
        (reading.figures["characteristic"] == "") & (reading.figures["period"] == "2024-M03")
    ]
    values = whole[whole["statistic"] == "count"].set_index("indicator")["value"]
    assert values[
        ["looked_after_children", "placed_in_foster_care", "ceases_to_be_looked_after"]
    ].tolist() == [1, 1, 1]
