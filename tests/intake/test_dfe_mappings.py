"""What is declared of the Department's publications: whether it fits the catalogue, and what is said."""

from itertools import combinations
from pathlib import Path

import pytest

from dashboard.findings import Level
from dashboard.intake import dfe
from dashboard.intake.dfe.checking import check_mapping
from dashboard.intake.dfe.declaring import read_publications
from dashboard.intake.dfe.mappings import STANDARD
from dashboard.settings import DATA
from tests.intake.samples.dfe.given import errors, make_given, read, told, value_of, write_lines

MAPPINGS = DATA / "intake" / dfe.MAPPINGS
PUBLICATIONS, WRONG = read_publications(MAPPINGS)
FILES = [(publication, mapping) for publication in PUBLICATIONS for mapping in publication.files]


def name_file(value: object) -> str:
    return getattr(value, "id", "")


def test_nothing_is_wrong_with_what_is_declared() -> None:
    assert WRONG == ()
    assert [publication.file for publication in PUBLICATIONS] == [
        f"intake/dfe/{path.name}" for path in sorted(MAPPINGS.glob("*.toml"))
    ]


@pytest.mark.parametrize(("publication", "mapping"), FILES, ids=name_file)
def test_every_name_of_a_mapping_is_one_that_the_catalogue_has(publication, mapping) -> None:  # type: ignore[no-untyped-def]
    assert list(check_mapping(publication, mapping, make_given())) == []


@pytest.mark.parametrize(("publication", "mapping"), FILES, ids=name_file)
def test_a_file_carries_something_or_says_why_not(publication, mapping) -> None:  # type: ignore[no-untyped-def]
    assert mapping.figures or mapping.population or all(left.why for left in mapping.left)
    assert not mapping.known & set(STANDARD)


def test_no_two_files_of_all_publications_are_told_apart_by_nothing() -> None:
    """Of two that fit the same columns, one has columns or values that the other has not."""
    for (_, one), (_, other) in combinations(FILES, 2):
        same_values = all(one.filters[name] == other.filters.get(name) for name in one.filters)
        assert one.known != other.known or not same_values, f"{one.id} and {other.id}"


def test_the_readme_names_every_publication() -> None:
    readme = (MAPPINGS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in readme for path in MAPPINGS.glob("*.toml"))


def test_the_source_of_every_publication_says_what_its_licence_asks_for() -> None:
    for publication in PUBLICATIONS:
        assert publication.licence == "Open Government Licence v3.0"
        assert "Open Government Licence v3.0" in publication.attribution
        assert "{year}" in publication.title
        assert "{year}" in publication.short
        assert "{years}" in publication.document


# --- made-up publications -------------------------------------------------------------------------

HEADER = """
title = "Schooling of looked after children, {year}"
short = "Schooling {year}"
document = "Made up for a test, {years}"
publisher = "Nobody"
licence = "Open Government Licence v3.0"
attribution = "Open Government Licence v3.0"
year_ends = 3
"""
MOVES = """
[[files]]
id = "moves"
title = "Moves between schools"
status_column = "version"

[[files.figures]]
indicator = "mid_year_school_moves"
statistic = "percentage"
column = "moved_percent"
numerator = "moved"
denominator = "all"

[[files.figures]]
indicator = "looked_after_children"
statistic = "count"
column = "looked_after"
"""
HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,version,moved,all,moved_percent,looked_after"
)
COUNTY = "Local authority,E92000001,England,E12000005,West Midlands,885,E10000034,Worcestershire"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader looks for declared publications: nothing but what a test puts there."""
    monkeypatch.setattr("dashboard.intake.dfe.MAPPINGS", tmp_path)
    return tmp_path


def declare(folder: Path, text: str) -> None:
    (folder / "made_up.toml").write_text(text, encoding="utf-8")


def test_a_publication_is_added_by_declaring_it(folder: Path) -> None:
    declare(folder, HEADER + MOVES)
    lines = [HEADING, f"202324,Academic year,{COUNTY},Final,30,300,10,900"]
    reading = read(write_lines(folder / "a.csv", lines))
    assert errors(reading) == []
    assert reading.source.title == "Schooling of looked after children, 2023"
    assert value_of(reading.figures, "mid_year_school_moves", "worcestershire", "2023-24") == 10


@pytest.mark.parametrize(
    ("time", "flow", "stock"),
    [
        ("2024,Reporting year", "2023-24", "2024-M03"),
        ("202324,Financial year", "2023-24", "2024-M03"),
        ("202324,Academic year", "2023-24", "2024-M03"),
        ("2024,Calendar year", "CY2024", "2024-M03"),
        ("199900,Financial year", "1999-00", "2000-M03"),
    ],
)
def test_a_year_is_a_period_in_every_notation(time: str, flow: str, stock: str, folder: Path) -> None:
    declare(folder, HEADER + MOVES)
    reading = read(write_lines(folder / "a.csv", [HEADING, f"{time},{COUNTY},Final,30,300,10,900"]))
    assert errors(reading) == []
    assert dict(zip(reading.figures["indicator"], reading.figures["period"], strict=True)) == {
        "mid_year_school_moves": flow,
        "looked_after_children": stock,
    }
    noted = any("no academic years" in each for each in told(reading, Level.NOTE))
    assert noted == ("Academic" in time)


def test_rows_say_themselves_how_firm_they_are_and_a_mean_is_as_firm_as_its_least(folder: Path) -> None:
    declare(folder, HEADER + MOVES)
    essex = COUNTY.replace("885,E10000034,Worcestershire", "881,E10000012,Essex")
    kent = COUNTY.replace("885,E10000034,Worcestershire", "886,E10000016,Kent")
    lines = [
        HEADING,
        f"2024,Reporting year,{COUNTY},Revised,30,300,10,900",
        f"2024,Reporting year,{essex},final,30,300,10,900",
        f"2024,Reporting year,{kent},Provisional,30,300,10,900",
    ]
    figures = read(write_lines(folder / "a.csv", lines)).figures
    status = dict(zip(figures["area"], figures["status"], strict=True))
    assert status == {
        "worcestershire": "revised",
        "statistical-neighbours-2021": "provisional",
        "statistical-neighbours-2025": "final",
    }


def test_an_unknown_word_for_how_firm_a_row_is_is_an_error(folder: Path) -> None:
    declare(folder, HEADER + MOVES)
    reading = read(write_lines(folder / "a.csv", [HEADING, f"2024,Reporting year,{COUNTY},Finel,3,30,10,9"]))
    assert "nearest: final" in str(errors(reading)[0])


def test_a_publication_is_of_its_own_status_where_rows_do_not_say(folder: Path) -> None:
    declare(folder, HEADER + 'status = "provisional"\n' + MOVES.replace('status_column = "version"\n', ""))
    reading = read(write_lines(folder / "a.csv", [HEADING, f"2024,Reporting year,{COUNTY},Final,3,30,10,9"]))
    assert set(reading.figures["status"]) == {"provisional"}
    assert any("version (column K)" in each for each in told(reading, Level.NOTE))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("mid_year_school_moves", "mid_year_school_move", "nearest: mid_year_school_moves"),
        ('statistic = "percentage"', 'statistic = "rate"', "expected one of percentage for mid_year"),
        (
            'column = "looked_after"',
            'column = "looked_after"\ncharacteristic = "team"\ncategory = "a"',
            "'team'",
        ),
        (
            'column = "looked_after"',
            'column = "looked_after"\ncharacteristic = "sex"\ncategory = "girls"',
            "found 'girls', expected one of female, male, not_known",
        ),
        ("year_ends = 3", "year_ends = 9", "expected an indicator at a date"),
        ("year_ends = 3", "year_ends = 13", "a whole number from 1 to 12"),
        ('statistic = "count"', 'statistic = "counts"', "nearest: count"),
        ('column = "looked_after"', "", "expected a column, or for a percentage or rate a numerator"),
        ('column = "looked_after"', 'column = "looked_after"\nmonths = { May = 5 }', "several of column"),
        ('column = "looked_after"', 'column = "looked_after"\nby = "sex"', "one of by and values"),
        ('column = "looked_after"', 'column = "looked_after"\ncolour = "red"', "an unknown field"),
        ('status_column = "version"', '[files.renamed]\nnew = "odd"', "found 'odd', expected a column that"),
        ('title = "Moves between schools"', "", "title"),
        ("[[files]]", "[[files", "expected TOML"),
        ('id = "moves"', 'id = "moves"\nleft = [{ columns = ["all"], why = "" }]', "some words"),
        ('id = "moves"', 'id = "moves"\nleft = [{ why = "no reason" }]', "expected `columns`, or a `column`"),
        ('id = "moves"', 'id = "moves"\nleft = [{ columns = ["all"], why = "x" }]', "that no figure uses"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_with_its_file(
    old: str, new: str, expected: str, folder: Path
) -> None:
    assert old in HEADER + MOVES
    declare(folder, (HEADER + MOVES).replace(old, new, 1))
    reading = read(write_lines(folder / "a.csv", [HEADING, f"2024,Reporting year,{COUNTY},Final,3,30,10,9"]))
    told_of = [str(each) for each in errors(reading) if each.file == "intake/dfe/made_up.toml"]
    assert any(expected in each for each in told_of), told_of


def test_two_mappings_that_fit_a_file_alike_are_an_error(folder: Path) -> None:
    declare(folder, HEADER + MOVES + MOVES.replace('id = "moves"', 'id = "again"'))
    reading = read(write_lines(folder / "a.csv", [HEADING, f"2024,Reporting year,{COUNTY},Final,3,30,10,9"]))
    assert "expected one mapping that fits it" in str(errors(reading)[0])


def test_without_any_mapping_every_file_is_unknown(folder: Path) -> None:
    reading = read(write_lines(folder / "a.csv", [HEADING, f"2024,Reporting year,{COUNTY},Final,3,30,10,9"]))
    assert "expected the columns of a declared file" in str(errors(reading)[0])
