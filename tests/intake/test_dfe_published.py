"""The Department's own files, where they are kept beside the checkout: every one is read, or says why not.

What the project carries of the same series was taken from elsewhere and at another time. It must be what
these files say, and each difference is explained here.
"""

import dataclasses
import shutil
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.checks import run_checks
from dashboard.findings import Level
from dashboard.intake import Reading
from dashboard.observations import read_observations, write_observations
from tests.intake.samples.dfe.given import DATA, PUBLISHED, errors, read, told

FILES = sorted(PUBLISHED.glob("*/*.csv"))
pytestmark = pytest.mark.skipif(not FILES, reason="the Department's files are not kept here")

CELL = ["indicator", "statistic", "area", "period", "characteristic", "category"]
SERIES = ["indicator", "statistic", "characteristic", "category"]
#: What is read together: a release of a publication, with the last year in it.
RELEASES = {
    "children in need 2024": "children_in_need_2024/*.csv",
    "children in need 2025": "latest/[bd]*.csv latest/c[14]_*.csv latest/ons*.csv",
    "children looked after 2025": "latest/cla_*.csv latest/la_*.csv",
    "workforce 2025": "latest/csww*.csv",
}

#: Files of which no figure is carried, and the words that say why.
WITHOUT_FIGURES = {
    "d8_cpps_ending_in_first_6months_by_duration_2013_to_2024.csv": "a whole year",
    "ons_mid-year_population_estimates_2012_to_2023.csv": "used for rates",
    "ons_mid-year_population_estimates_2012_to_2024.csv": "used for rates",
}

#: Series that the project carries and none of these files holds: they are of tables that are not among them.
NOT_IN_THE_FILES = {
    *("adoptions", "average_sdq_score", "dental_check_up_to_date", "health_assessment_up_to_date"),
    *("immunisations_up_to_date", "looked_after_convicted_or_cautioned", "looked_after_missing_children"),
    *("mid_year_school_moves", "placed_in_independent_living", "placed_in_other"),
    *("placed_in_residential_care", "placed_over_20_miles_outside_county", "placed_with_foster_carers"),
    *("placed_with_parents", "special_guardianship_and_child_arrangements", "staying_put"),
    *("three_or_more_social_workers", "unaccompanied_asylum_seeking_children"),
}

#: Worcestershire's rates of the release of 2024 that the project carries as they stood in April 2026, after
#: the Office for National Statistics had revised its estimates of children for mid-2022 and mid-2023: the
#: count in the release, the mid-year, the rate in the release, and the rate carried.
RATES_SINCE_REVISED = {
    ("referrals_rate", "2022-23"): (5331, 2022, 448.3, 448.1),
    ("referrals_rate", "2023-24"): (4784, 2023, 399.9, 399.8),
    ("section_47_enquiries", "2022-23"): (2701, 2022, 227.1, 227.0),
    ("section_47_enquiries", "2023-24"): (2347, 2023, 196.2, 196.1),
    ("initial_conferences", "2022-23"): (882, 2022, 74.2, 74.1),
    ("initial_conferences", "2023-24"): (831, 2023, 69.5, 69.4),
    ("child_protection_plans_started", "2022-23"): (775, 2022, 65.2, 65.1),
    ("child_protection_plans", "2023-M03"): (569, 2022, 47.9, 47.8),
    ("children_in_need_census_rate", "2023-M03"): (3922, 2022, 329.8, 329.7),
}

#: Other differences that are no fault of either: what is read, what is carried, and why.
SINGLE = {
    ("child_protection_plans", "count", "england", "2013-M03"): (
        *(43190, 43140),
        "tables D1 and A2 say 43,190, tables D4 and D5, from which the project has it, 43,140",
    ),
    ("second_or_subsequent_plans", "percentage", "england", "2022-M03"): (
        *(23.3, 22.7),
        "as in the release of 2024; revised in that of 2025",
    ),
    ("plans_lasting_2_years_or_more", "percentage", "statistical-neighbours-2025", "2016-M03"): (
        *(3.43, 3.42),
        "27.4 over 8 councils is 3.425: a half, here rounded up",
    ),
}

#: Shares worked out here from counts of which some councils' are hidden; those carried are not.
WORKED_OUT = {"assessments_within_45_days", "initial_conferences_within_15_days"}


def files_of(release: str) -> list[Path]:
    return sorted({path for pattern in RELEASES[release].split() for path in PUBLISHED.glob(pattern)})


@cache
def read_release(release: str) -> Reading:
    return read(*files_of(release))


@cache
def carried() -> pd.DataFrame:
    names = ("official_annual", "official_breakdowns", "official_referrals_by_month")
    return pd.concat([read_observations(DATA / "observations" / f"{name}.csv") for name in names])


def find_differences(release: str) -> pd.DataFrame:
    """Cells that are carried and read with another number, or another symbol: `value_read` beside `value`."""
    both = carried().merge(read_release(release).figures, on=CELL, suffixes=("", "_read"))
    same_number = (both["value"] - both["value_read"]).abs() < 1e-9
    same_symbol = both["value"].isna() & both["value_read"].isna() & (both["symbol"] == both["symbol_read"])
    return both[~same_number & ~same_symbol]


def test_every_file_is_of_a_release() -> None:
    assert sorted(path for release in RELEASES for path in files_of(release)) == FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name[:30]}")
def test_a_file_is_read_whole_or_says_why_not(path: Path) -> None:
    reading = read(path)
    assert errors(reading) == []
    assert not [each for each in told(reading, Level.NOTE) if "nobody mapped" in each]
    if path.name in WITHOUT_FIGURES:
        assert reading.figures.empty
        assert any(WITHOUT_FIGURES[path.name] in str(each) for each in reading.findings)
        return
    figures = reading.figures
    assert {"england"} <= set(figures["area"])
    assert (figures["value"].isna() == (figures["symbol"] != "")).all()
    assert not figures.duplicated(CELL).any()


@pytest.mark.parametrize("release", RELEASES)
def test_a_whole_release_is_read_at_once(release: str) -> None:
    reading = read_release(release)
    assert errors(reading) == []
    assert release.split()[-1] in reading.source.title
    assert not reading.figures.duplicated(CELL).any()


@pytest.mark.parametrize("release", RELEASES)
def test_worcestershire_is_what_the_project_carries(release: str) -> None:
    differences = find_differences(release)
    own = differences[differences["area"] == "worcestershire"]
    found = {(row.indicator, row.period): (row.value_read, row.value) for row in own.itertuples(index=False)}
    expected = {cell: rates[2:] for cell, rates in RATES_SINCE_REVISED.items()}
    assert found == (expected if release == "children in need 2024" else {})


def test_rates_that_differ_are_those_of_populations_revised_since() -> None:
    """Each count of the release of 2024 over the estimate in the release of 2025 gives the rate carried."""
    counts = read_release("children in need 2024").figures
    path = next(PUBLISHED.glob("latest/ons*.csv"))
    estimates = pd.read_csv(path, dtype="str", encoding="utf-8-sig").query("old_la_code == '885'")
    population = dict(zip(estimates["time_period"], estimates["population_estimate"], strict=True))
    named = {"referrals_rate": "referrals", "children_in_need_census_rate": "children_in_need"}
    for (indicator, period), (count, year, _, rate) in RATES_SINCE_REVISED.items():
        row = counts[
            (counts["indicator"] == named.get(indicator, indicator))
            & (counts["statistic"] == "count")
            & (counts["area"] == "worcestershire")
            & (counts["period"] == period)
            & (counts["characteristic"] == "")
        ]
        assert row["value"].tolist() == [count]
        exact = Decimal(count) * 10_000 / Decimal(population[str(year)])
        assert float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)) == rate


@pytest.mark.parametrize("release", RELEASES)
def test_every_other_area_is_what_the_project_carries_but_for_known_reasons(release: str) -> None:
    differences = find_differences(release)
    unexplained = [row for row in differences.itertuples(index=False) if not explains(row)]
    assert unexplained == []


def explains(cell: Any) -> bool:
    """Whether a difference is a single one, or of a revised population, of rounding, or of hidden counts."""
    read_as, other = cell.value_read, cell.value
    single = SINGLE.get((cell.indicator, cell.statistic, cell.area, cell.period))
    if single is not None:
        return (read_as, other) == single[:2]
    is_mean = cell.area.startswith("statistical-neighbours")
    if cell.indicator in WORKED_OUT and is_mean:
        return "confidential" in cell.note or "no row" in cell.note
    if "rounded counts" in cell.note and cell.decimals_read == 0:
        return abs(read_as - other) <= 0.5
    years = {"2022-23", "2023-M03", "2023-24", "2024-M03"}
    return cell.statistic == "rate" and cell.period in years and abs(read_as / other - 1) < 0.006


def test_means_are_of_as_many_councils_as_those_carried() -> None:
    for release in RELEASES:
        both = carried().merge(read_release(release).figures, on=CELL, suffixes=("", "_read"))
        means = both[both["area"].str.startswith("statistical") & both["denominator"].notna()]
        means = means[~means["indicator"].isin(WORKED_OUT)]
        assert len(means)
        assert (means["denominator"] == means["denominator_read"]).all()


def test_every_series_carried_is_read_unless_no_file_holds_it() -> None:
    """And within the years that the files are of, no figure of the county or of England is left out."""
    figures = pd.concat([read_release(release).figures for release in RELEASES])
    ours = carried()
    read_series = set(figures[SERIES].itertuples(index=False, name=None))
    missing = set(ours[SERIES].itertuples(index=False, name=None)) - read_series
    looked_after = {each for each in missing if each[0] == "looked_after_children" and each[2]}
    assert {each[0] for each in missing - looked_after} == NOT_IN_THE_FILES
    spans = figures.groupby(SERIES)["period"].agg(["min", "max"]).reset_index()
    known = ours[ours["area"].isin(["worcestershire", "england"])].merge(spans, on=SERIES)
    known = known[(known["period"] >= known["min"]) & (known["period"] <= known["max"])]
    cells = set(figures[CELL].itertuples(index=False, name=None))
    left_out = [cell for cell in known[CELL].itertuples(index=False, name=None) if cell not in cells]
    rounded = {"assessments_within_45_days", "initial_conferences_within_15_days"}
    assert [cell for cell in left_out if cell[0] not in rounded] == []
    assert all(cell[2] == "england" for cell in left_out)


def test_everything_read_passes_the_projects_own_checks(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("releases", "audits", "official_*"))
    declared = (data / "sources.toml").read_text(encoding="utf-8")
    for number, release in enumerate(RELEASES):
        reading = read_release(release)
        figures = reading.figures.assign(source=f"dfe-{number}")
        write_observations(figures, data / "observations" / f"dfe-{number}.csv")
        fields = dataclasses.asdict(reading.source) | {"id": ""}
        declared += f"\n[dfe-{number}]\n" + "".join(
            f'{name} = "{text}"\n' for name, text in fields.items() if text
        )
    (data / "sources.toml").write_text(declared, encoding="utf-8")
    wrong = [str(each) for each in run_checks(data) if each.level is Level.ERROR]
    # The same cells were read of two releases under one day of publication: that alone is told.
    assert [each for each in wrong if "each cell once in a publication" not in each] == []
