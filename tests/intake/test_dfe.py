"""What the samples of the Department's files become, and what their rows keep of where they come from."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from dashboard.findings import Level
from dashboard.intake import find_readers
from dashboard.observations import REMARKS, TYPES, read_observations, write_observations
from tests.intake.samples.dfe.given import (
    DAY,
    SAMPLES,
    SOURCE,
    errors,
    make_given,
    read,
    read_changed,
    read_samples,
    told,
    value_of,
)

KEY = ["indicator", "statistic", "area", "period", "characteristic", "category"]
GOLDEN = pd.read_csv(SAMPLES / "golden.csv", dtype="str", keep_default_na=False)
CASES = list(dict.fromkeys(GOLDEN["files"]))
OWN = {"README.md", "golden.csv", "given.py"}


def as_printed(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures as the golden ones are written: every number a text with its decimals."""
    shown = figures[KEY].copy()
    for name in ("numerator", "denominator"):
        shown[name] = ["" if each != each else f"{each:.10g}" for each in figures[name]]
    values = zip(figures["value"], figures["decimals"], strict=True)
    shown["value"] = ["" if value != value else f"{value:.{decimals}f}" for value, decimals in values]
    shown["symbol"] = figures["symbol"]
    return shown.astype("str").sort_values(KEY, ignore_index=True)


@pytest.mark.parametrize("files", CASES)
def test_a_sample_becomes_what_was_worked_out_by_hand(files: str) -> None:
    reading = read_samples(files)
    assert errors(reading) == []
    expected = GOLDEN[GOLDEN["files"] == files].drop(columns="files").sort_values(KEY, ignore_index=True)
    pd.testing.assert_frame_equal(as_printed(reading.figures), expected)


def test_every_sample_has_a_golden_reading() -> None:
    names = {path.name for path in SAMPLES.iterdir() if path.is_file()}
    assert names - OWN == {name for files in CASES for name in files.split()}


def test_figures_are_rows_of_the_long_table_that_can_be_written_and_read_again(tmp_path: Path) -> None:
    figures = read_samples("workforce.csv").figures
    assert list(figures) == [*TYPES, *REMARKS]
    write_observations(figures, tmp_path / "figures.csv")
    again = read_observations(tmp_path / "figures.csv")
    pd.testing.assert_frame_equal(again, figures[list(TYPES)], check_dtype=False)


def test_every_row_is_official_and_carries_its_source_and_day() -> None:
    figures = read_samples("long.csv").figures
    for column, word in {
        "basis": "official",
        "source": SOURCE,
        "published_on": DAY,
        "status": "final",
    }.items():
        assert set(figures[column]) == {word}


def test_a_row_says_where_in_its_file_it_stands() -> None:
    figures = read_samples("wide.csv").figures
    row = figures[(figures["area"] == "worcestershire") & (figures["period"] == "2023-24")].iloc[0]
    assert row["row"] == "wide.csv, row 5, CPP_start"


def test_a_mean_says_which_councils_are_not_in_it() -> None:
    figures = read_samples("wide.csv").figures
    means = figures[figures["area"] == "statistical-neighbours-2025"]
    note = means[means["period"] == "2024-M03"]["note"].iloc[0]
    assert "Devon (confidential)" in note
    assert "Dorset (not available)" in note
    assert "Somerset (no row)" in note
    assert "Essex" not in note


def test_the_source_is_named_after_the_publication_and_the_last_year_in_the_files() -> None:
    source = read_samples("wide.csv").source
    assert (source.id, source.published_on) == (SOURCE, DAY)
    assert source.title == "Children in need, reporting year 2024"
    assert source.document.endswith("2023 to 2024")
    assert source.licence == "Open Government Licence v3.0"
    assert "Open Government Licence v3.0" in source.attribution


def test_population_estimates_do_not_name_the_release() -> None:
    assert read_samples("renamed.csv population.csv").source.title.endswith("2025")
    assert read_samples("population.csv renamed.csv").source.title.endswith("2025")


def test_the_closing_line_says_how_much_was_read() -> None:
    assert read_samples("wide.csv").closing_line == (
        "1 file, 2 indicators, 20 figures read; nothing was guessed."
    )


def test_rows_of_others_are_counted_in_one_note() -> None:
    notes = [note for note in told(read_samples("wide.csv"), Level.NOTE) if "rows of others" in note]
    assert len(notes) == 1
    assert "1 regional, 3 local authority" in notes[0]


def test_an_earlier_council_of_the_same_name_is_not_the_one_of_today() -> None:
    notes = told(read_samples("wide.csv"), Level.NOTE)
    assert any("'835'" in note and "838" in note and "not in the means" in note for note in notes)


def test_rounding_is_noted_once_a_file() -> None:
    notes = [note for note in told(read_samples("wide.csv"), Level.NOTE) if "rounded" in note]
    assert len(notes) == 1
    assert "nearest 10" in notes[0]


def test_counts_of_england_that_are_not_rounded_are_a_warning(tmp_path: Path) -> None:
    reading = read_changed(tmp_path, "wide.csv", lambda text: text.replace("60000,14400", "60003,14400"))
    assert any("1 of 8 counts" in each for each in told(reading, Level.WARNING))


def test_rates_that_a_release_has_not_got_are_offered_with_its_population_estimates() -> None:
    notes = told(read_samples("renamed.csv"), Level.NOTE)
    assert any("Referrals_rate" in note and "population estimates" in note for note in notes)
    assert not any("population estimates" in note for note in told(read_samples("wide.csv"), Level.NOTE))


def test_a_symbol_of_low_reliability_is_not_available_and_says_why() -> None:
    reading = read_samples("workforce.csv")
    notes = told(reading, Level.NOTE)
    assert any("'u' in 1 cell" in note and "low reliability" in note for note in notes)


@pytest.mark.parametrize(("mark", "symbol"), [(":", "x"), ("~", "low"), ("k", "low"), ("U", "x"), ("z", "z")])
def test_every_symbol_of_the_department_has_one_of_the_products(
    mark: str, symbol: str, tmp_path: Path
) -> None:
    reading = read_changed(
        tmp_path,
        "wide.csv",
        lambda text: text.replace("500,120,24", f"500,120,{mark}").replace("201,u,u", "201,x,x"),
    )
    figures = reading.figures
    row = figures[(figures["area"] == "worcestershire") & (figures["period"] == "2024-M03")].iloc[0]
    assert errors(reading) == []
    assert row["symbol"] == symbol
    assert row["value"] != row["value"]
    noted = any(repr(mark.lower()) in note for note in told(reading, Level.NOTE) if "CPP" in note)
    assert noted == (mark in ":~U")


def test_nought_is_a_number(tmp_path: Path) -> None:
    reading = read_changed(tmp_path, "wide.csv", lambda text: text.replace("500,120,24", "500,0,0"))
    figures = reading.figures
    assert value_of(figures, "second_or_subsequent_plans", "worcestershire", "2024-M03") == 0


def test_noise_of_a_spreadsheet_is_taken_off(tmp_path: Path) -> None:
    noise = "500,120,24.000000000000004"
    reading = read_changed(tmp_path, "wide.csv", lambda text: text.replace("500,120,24", noise))
    assert value_of(reading.figures, "second_or_subsequent_plans", "worcestershire", "2024-M03") == 24


def test_rows_may_stand_in_any_order_and_columns_too(tmp_path: Path) -> None:
    table = pd.read_csv(SAMPLES / "long.csv", dtype="str", keep_default_na=False, encoding="utf-8-sig")
    shuffled = table.sample(frac=1, random_state=1)[list(reversed(table.columns))]
    shuffled.to_csv(tmp_path / "long.csv", index=False)
    again = as_printed(read(tmp_path / "long.csv").figures)
    pd.testing.assert_frame_equal(again, as_printed(read_samples("long.csv").figures))


def test_a_long_read_tells_what_it_is_at() -> None:
    heard: list[str] = []
    given = dataclasses.replace(make_given(), tell=heard.append)
    find_readers()["dfe"].read([SAMPLES / "wide.csv"], given)
    assert heard == ["wide.csv: D3, second and later child protection plans"]
