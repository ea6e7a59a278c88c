from pathlib import Path

import pytest

from dashboard.areas import AreaError, AreaKind, Areas, load_areas, read_areas
from dashboard.findings import DeclarationError
from dashboard.periods import parse

DATA = Path(__file__).parent.parent / "data"
HEADING = "slug,name,short_name,kind,within,gss_code,shown_as,model_year,in_force_from,in_force_to,aliases\n"
COUNTY = "shire,Shire,Shire,county,,E1,,,,,\n"
COUNCILS = "model,rank,la_code,la_name\n"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas(DATA)


def write(data: Path, areas: str, councils: str = "") -> Path:
    (data / "areas.csv").write_text(HEADING + areas, encoding="utf-8")
    (data / "statistical_neighbours.csv").write_text(COUNCILS + councils, encoding="utf-8")
    return data


def test_the_county_comes_first_and_its_six_districts_in_alphabetical_order(areas: Areas) -> None:
    assert areas.county.slug == "worcestershire"
    assert [area.name for area in areas.districts] == [
        "Bromsgrove",
        "Malvern Hills",
        "Redditch",
        "Worcester",
        "Wychavon",
        "Wyre Forest",
    ]
    assert [area.slug for area in areas.choosable][:2] == ["worcestershire", "bromsgrove"]


def test_a_placement_may_be_outside_the_county_or_not_known(areas: Areas) -> None:
    assert [area.slug for area in areas.placement_only] == ["outside-county", "not-known"]


def test_a_reader_chooses_the_neighbours_and_not_their_model(areas: Areas) -> None:
    assert [area.slug for area in areas.comparators] == ["west-midlands", "england", "statistical-neighbours"]


@pytest.mark.parametrize(
    ("period", "model"),
    [
        ("2016-M03", 2021),
        ("2024-M03", 2021),
        ("2023-24", 2021),
        ("2023-24-Q4", 2021),
        ("2024-M04", 2025),
        ("2024-25-Q1", 2025),
        ("2024-25", 2025),
        ("2030-M01", 2025),
    ],
)
def test_one_model_of_neighbours_is_in_force_at_the_end_of_any_period(
    areas: Areas, period: str, model: int
) -> None:
    assert areas.neighbours_for(parse(period)).model_year == model
    assert sum(area.is_in_force(parse(period)) for area in areas.neighbours) == 1


def test_the_model_in_force_stands_before_what_a_report_printed(areas: Areas) -> None:
    assert areas.standing_for("statistical-neighbours", parse("2019-M03")) == (
        "statistical-neighbours-2021",
        "statistical-neighbours",
    )
    assert areas.standing_for("england", parse("2019-M03")) == ("england",)


def test_each_model_is_ten_councils_the_closest_first(areas: Areas) -> None:
    for model in areas.neighbours:
        assert [council.rank for council in areas.councils_of(model.slug)] == list(range(1, 11))
    assert areas.councils_of("statistical-neighbours-2021")[0].name == "Warwickshire"
    assert areas.councils_of("statistical-neighbours-2025")[0].name == "Somerset"
    assert areas.councils_of("england") == ()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("SN", "statistical-neighbours"),
        ("SN Ave", "statistical-neighbours"),
        ("Stat Nbrs", "statistical-neighbours"),
        ("Statistical Neighbours", "statistical-neighbours"),
        ("Statutory Neighbours", "statistical-neighbours"),
        ("England", "england"),
        ("Eng.", "england"),
        ("Ntl", "england"),
        ("National", "england"),
        ("West Mids.", "west-midlands"),
        ("west mids", "west-midlands"),
        ("W Mids", "west-midlands"),
        ("WCC", "worcestershire"),
        ("WCF", "worcestershire"),
        ("Worcestershire", "worcestershire"),
        ("Worcester", "worcester"),
        ("Malvern", "malvern-hills"),
        ("malvern hills", "malvern-hills"),
        ("E07000236", "redditch"),
        ("  wyre   FOREST ", "wyre-forest"),
    ],
)
def test_every_name_that_the_documents_use_is_understood(areas: Areas, text: str, slug: str) -> None:
    assert areas.parse(text).slug == slug


def test_a_misspelt_area_gets_the_nearest_name(areas: Areas) -> None:
    with pytest.raises(AreaError, match="found 'Reditch', expected an area, nearest: Redditch"):
        areas.parse("Reditch")


def test_areas_are_looked_up_by_slug(areas: Areas) -> None:
    assert "redditch" in areas
    assert areas["redditch"].kind is AreaKind.DISTRICT
    assert areas.get("narnia") is None
    assert len(areas) == len(areas.slugs) == 14


def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    rows = (
        "shire,Shire,Shire,countie,,E1,,,,,\n"
        "north,,North,district,shyre,,,,,,\n"
        "north,North again,North,district,shire,,,,,,\n"
        "sn-21,Neighbours,SN,statistical_neighbours,,,,20x1,whenever,,\n"
        "too,few\n"
    )
    data = write(tmp_path, rows, "1999,1,1,Somewhere\n")
    with pytest.raises(DeclarationError) as caught:
        load_areas(data)
    said = str(caught.value)
    assert "areas.csv, row 2, kind: found 'countie'" in said
    assert "nearest: county" in said
    assert "areas.csv, row 3, name" in said
    assert "row 3, within: found 'shyre', expected the slug of another row, nearest: shire" in said
    assert "row 4, slug, name or aliases: found 'north', expected a name that row 3 has not got" in said
    assert "row 5, model_year: found '20x1'" in said
    assert "row 5, in_force_from: found 'whenever'" in said
    assert "row 6: found 2 cells, expected 11 cells" in said
    assert "statistical_neighbours.csv, row 2, model: found '1999'" in said


def test_a_file_with_other_columns_or_none_at_all_says_which_it_needs(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("slug,name\n", encoding="utf-8")
    _, findings = read_areas(tmp_path)
    said = "\n".join(map(str, findings))
    assert "areas.csv, row 1: found slug, name, expected a heading of slug, name, short_name" in said
    assert "statistical_neighbours.csv: found No such file" in said


def test_a_boundary_change_is_a_row(tmp_path: Path) -> None:
    rows = COUNTY + "old,Old,Old,district,shire,E2,,,,2019-M03,\nnew,New,New,district,shire,E3,,,2019-M04,,\n"
    areas = load_areas(write(tmp_path, rows))
    assert not areas["new"].is_in_force(parse("2018-19"))
    assert areas["new"].is_in_force(parse("2019-20-Q1"))
    assert areas["old"].is_in_force(parse("2018-19"))
