from pathlib import Path

import pytest

from dashboard.findings import DeclarationError
from dashboard.periods import parse
from dashboard.populations import load_populations

DATA = Path(__file__).parent.parent / "data"


def test_the_county_is_the_sum_of_its_districts_in_every_mid_year() -> None:
    populations = load_populations(DATA)
    for year in range(2017, 2024):
        same = [each for each in populations if each.mid_year == year]
        county = populations.of("worcestershire", year)
        assert len(same) == 7
        assert county is not None
        assert county.population * 2 == sum(each.population for each in same)


def test_the_census_breaks_the_populations_and_modelled_ones_say_so() -> None:
    populations = load_populations(DATA)
    bases = {each.mid_year: each.basis for each in populations}
    assert [year for year, basis in bases.items() if basis == "census_2021"] == [2021, 2022, 2023]
    modelled = {
        (each.area == "worcestershire", each.mid_year) for each in populations if each.status == "modelled"
    }
    assert modelled == {(True, 2018), (False, 2018), (False, 2021)}


def test_a_rate_is_over_the_middle_of_its_financial_year() -> None:
    populations = load_populations(DATA)
    for code, year in (("2021-22-Q4", 2021), ("2019-M03", 2018), ("2020-21", 2020), ("2030-M01", 2023)):
        found = populations.for_period("redditch", parse(code))
        assert found is not None
        assert found.mid_year == year
    assert populations.for_period("redditch", parse("2016-17")) is None
    assert populations.for_period("england", parse("2020-21")) is None


def test_every_fault_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "populations.csv").write_text(
        "area,mid_year,age,population,basis,status,source\nshire,2o18,0-17,many,census_2012,guessed,\n",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError) as caught:
        load_populations(tmp_path)
    said = str(caught.value)
    for column in ("mid_year", "population", "basis", "status", "source"):
        assert f"populations.csv, row 2, {column}: found" in said
    assert "nearest: census_2021" in said
