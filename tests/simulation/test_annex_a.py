"""The made-up children as lists: what is counted from them are the illustrative figures, to the last one."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.calculate import calculate
from dashboard.checks import run_checks
from dashboard.findings import Level
from dashboard.intake import Given, Reading, find_readers
from dashboard.intake.annex_a.measures import load_measures
from dashboard.intake.annex_a.told import Told
from dashboard.intake.annex_a.workbook import Grid, read_grids
from dashboard.observations import write_observations
from dashboard.periods import between, parse
from dashboard.simulation import annex_a
from dashboard.simulation.annex_a import NOT_CARRIED, write_annex_a
from dashboard.vocabulary import Status

DATA = Path(__file__).parents[2] / "data"
KEY = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category"]
#: By what the illustrative figures are told apart that the lists do not have, and why.
NOT_TOLD_APART = {
    ("assessments_completed", "assessment_outcome"): "list 4 says only whether support was needed",
    ("plans_lasting_2_years_or_more", "open_or_ended"): "those that ended are counted over a year",
    ("contacts", "contact_outcome"): "list 1 does not say what was decided",
    ("early_help_assessments", "early_help_lead"): "list 2 names the organisation in words of its own",
    ("initial_conferences", "conference_outcome"): "list 5 says only whether there was a plan",
    ("section_47_enquiries", "enquiry_outcome"): "list 5 says only whether there was a conference",
    ("looked_after_children", "distance"): "no list has the child's home",
    ("looked_after_children", "distance_and_locality"): "no list has the child's home",
    ("placed_in_foster_care", "foster_provider"): "council's own carers may stand with the voluntary sector",
    ("placed_in_residential_care", "inspection_grade"): "list 8 has no inspections",
    ("placed_outside_county", "region_of_placement"): "list 8 has no regions",
    ("starts_to_be_looked_after", "first_or_repeat"): "list 8 looks back twelve months",
    ("starts_to_be_looked_after", "legal_status"): "list 8 has the present one",
    (
        "starts_to_be_looked_after",
        "primary_need",
    ): "drawn apart in the simulation; said in the workbook itself",
}
#: Categories that share a code: given as not available.
SHARED = {("contact_source", "voluntary_sector"), ("contact_source", "other")}


@pytest.fixture(scope="module")
def last() -> str:
    return "2022-M03"


@pytest.fixture(scope="module")
def workbook(simulated, last: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made_up") / "lists.xlsx"
    write_annex_a(simulated.children, simulated.areas, path, parse(last))
    return path


def read_lists(simulated, path: Path) -> Reading:
    given = Given(
        simulated.catalogue,
        simulated.characteristics,
        simulated.areas,
        simulated.populations,
        source="made-up-lists",
        published_on="2026-04-30",
    )
    return find_readers()["annex-a"].read([path], given)


@pytest.fixture(scope="module")
def reading(simulated, workbook: Path) -> Reading:
    return read_lists(simulated, workbook)


@pytest.fixture(scope="module")
def periods(last: str) -> set[str]:
    """Every period that the six months hold whole."""
    months = list(between(parse(last).shifted(-5), parse(last)))
    codes = {each.code for each in months}
    quarters = [each.quarter for each in months if each.end_index == each.quarter.end_index]
    return codes | {each.code for each in quarters if each.index >= months[0].index}


def test_they_are_read_without_an_error_a_warning_or_a_question(reading: Reading) -> None:
    assert {each.level for each in reading.findings} == {Level.NOTE}
    assert reading.questions == ()
    assert set(reading.figures["status"]) == {Status.ILLUSTRATIVE}


def compare_figures(reading: Reading, made: pd.DataFrame) -> None:
    """Fail unless every figure read is the one made, with its decimals and what it is out of."""
    both = reading.figures.merge(made, on=KEY, how="left", suffixes=("", "_made"), indicator=True)
    assert set(both["_merge"]) == {"both"}
    shared = pd.Series(
        [each in SHARED for each in zip(both["characteristic"], both["category"], strict=True)]
    )
    assert (both.loc[shared, "symbol"] == "x").all()
    told = both[~shared]
    for column in ("value", "symbol", "decimals"):
        pd.testing.assert_series_equal(told[column], told[f"{column}_made"], check_names=False)
    numbers = told[told["value"].notna()]
    for column in ("numerator", "denominator"):
        pd.testing.assert_series_equal(numbers[column], numbers[f"{column}_made"], check_names=False)


def test_every_figure_is_the_illustrative_one(simulated, reading: Reading) -> None:
    compare_figures(reading, simulated.figures)


def test_categories_with_a_code_of_their_own_add_up_with_those_that_share_one(
    simulated, reading: Reading
) -> None:
    made = simulated.figures
    rows = reading.figures[
        (reading.figures["indicator"] == "contacts") & (reading.figures["area"] == "worcestershire")
    ]
    for period in set(rows["period"]):
        own = rows[rows["period"] == period]
        told = own.loc[own["characteristic"] == "contact_source", "value"].sum()
        same = made[(made["area"] == "worcestershire") & (made["period"] == period)]
        same = same[(same["indicator"] == "contacts") & (same["characteristic"] == "contact_source")]
        hidden = same[same["category"].isin([category for _, category in SHARED])]
        assert told + hidden["value"].sum() == own.loc[own["characteristic"] == "", "value"].item()


def test_nothing_is_missing_but_what_has_a_reason(
    simulated, reading: Reading, periods: set[str], last: str
) -> None:
    """County and districts, every month: all that the simulation has is there, or it is said why not."""
    declared = load_measures()
    made = simulated.figures[simulated.figures["period"].isin(periods)]
    both = made.merge(reading.figures[KEY], on=KEY, how="left", indicator=True)
    missing = both[both["_merge"] == "left_only"]
    for place, rows in missing.groupby(["indicator", "statistic", "characteristic"]):
        indicator, statistic, characteristic = map(str, place)
        excused = (
            indicator in declared.not_carried
            or simulated.catalogue[indicator].tab in declared.not_carried_tabs
            or indicator in NOT_CARRIED
            or statistic == "rate"  # worked out from the counts: below
            or (indicator, characteristic) in NOT_TOLD_APART
        )
        # what has no date of its own is known on the last day only
        assert excused or last not in set(rows["period"]), place
        assert excused or not rows["period"].str.contains("Q").any(), place


def test_whole_counts_of_events_and_stocks_are_there_for_every_month(
    reading: Reading, periods: set[str]
) -> None:
    months = {each for each in periods if "M" in each}
    rows = reading.figures[
        (reading.figures["characteristic"] == "") & (reading.figures["statistic"] == "count")
    ]
    for indicator in (
        *("contacts", "referrals", "assessments_started", "assessments_completed", "section_47_enquiries"),
        *("initial_conferences", "children_in_need", "children_in_need_started", "children_in_need_ended"),
        *("child_protection_plans", "child_protection_plans_started", "child_protection_plans_ended"),
        *(
            "looked_after_children",
            "starts_to_be_looked_after",
            "ceases_to_be_looked_after",
            "looked_after_net_flow",
        ),
    ):
        own = rows[rows["indicator"] == indicator]
        assert set(own["period"]) == months, indicator
        assert set(own.groupby("period")["area"].nunique()) == {7}, indicator


def test_rates_worked_out_from_the_counts_are_the_illustrative_ones(simulated, reading: Reading) -> None:
    received = reading.figures.drop(columns=["row", "note"])
    complete = calculate(received, simulated.catalogue, simulated.areas, simulated.populations)
    rates = complete[complete["statistic"] == "rate"]
    both = rates.merge(simulated.figures, on=KEY, suffixes=("", "_made"))
    assert set(both["indicator"]) >= {"contacts_rate", "looked_after_children_rate", "child_protection_plans"}
    assert (both["value"] - both["value_made"]).abs().max() < 1e-9


def test_what_is_counted_passes_every_check_of_the_data_folder(reading: Reading, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("releases", "audits", "*.csv.gz"))
    write_observations(reading.figures, data / "observations" / "made_up_lists.csv")
    source = {name: text for name, text in vars(reading.source).items() if text and name != "id"}
    with (data / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(
            f"\n[{reading.source.id}]\n" + "".join(f'{name} = "{text}"\n' for name, text in source.items())
        )
    assert [each for each in run_checks(data) if each.level is Level.ERROR] == []


def test_everybody_is_recognisably_made_up(workbook: Path) -> None:
    grids = {each.name: each for each in read_grids(workbook, Told("lists.xlsx"))}
    notice = " ".join(str(cell) for row in grids["Illustrative"].cells for cell in row)
    assert "All children in this workbook are made up" in notice
    for name, reason in NOT_CARRIED.items():
        assert name in notice
        assert reason in notice
    for name, grid in grids.items():
        if name != "Illustrative":
            assert all(str(row[0]).startswith("made-up-") for row in grid.cells[1:]), name
            assert _list_births(grid) <= {1}, name


def _list_births(grid: Grid) -> set[int]:
    """The days of the month on which anybody in a list was born."""
    heading = grid.cells[0]
    place = heading.index("Date of Birth") if "Date of Birth" in heading else -1
    return {row[place].day for row in grid.cells[1:]} if place >= 0 else set()  # type: ignore[attr-defined]


def test_lists_need_a_simulated_year_before_their_last_month(simulated, tmp_path: Path) -> None:
    for month in ("2019-M02", "2022-M04"):
        with pytest.raises(ValueError, match="expected a month from March 2019 to March 2022"):
            write_annex_a(simulated.children, simulated.areas, tmp_path / "lists.xlsx", parse(month))


def test_the_command_line_writes_them_to_any_month(
    simulated, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_a, "make_children", lambda *_, **__: simulated.children)  # made already
    path = tmp_path / "lists.xlsx"
    assert main(["simulate", "--annex-a", str(path), "--to", "Feb 2020"]) == 0
    assert "rows about made-up children" in capsys.readouterr().out
    reading = read_lists(simulated, path)
    compare_figures(reading, simulated.figures)
    assert {"2019-M09", "2020-M02", "2019-20-Q3"} <= set(reading.figures["period"])
    assert "2019-20-Q4" not in set(reading.figures["period"])


def test_the_command_line_says_what_it_expects(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate"]) == 2
    assert "expected a CSV file to write, or --annex-a" in capsys.readouterr().err
