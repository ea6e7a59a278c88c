"""The long table, and the figures of the documents as they stand in it."""

import csv
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.findings import DeclarationError
from dashboard.observations import (
    TYPES,
    load_observations,
    load_populations,
    load_targets,
    read_observations,
    read_received,
    write_observations,
)
from dashboard.periods import between, parse
from dashboard.vocabulary import COLUMNS

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
GOLDEN = Path(__file__).parent / "golden"
SHARED = ROOT.parent / "shared" / "figures" / "corporate_parenting_board_2018_19.csv"
MONTHS = list(between(parse("Jul-18"), parse("Jun-19")))
HEADING = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def observations() -> pd.DataFrame:
    return load_observations(DATA)


@pytest.fixture(scope="module")
def received() -> pd.DataFrame:
    return read_received(DATA)[0]


def write(path: Path, *rows: str, heading: str = HEADING) -> Path:
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def find(rows: pd.DataFrame, **cell: str) -> pd.DataFrame:
    cell = {"characteristic": "", "category": ""} | cell
    for column, value in cell.items():
        rows = rows[rows[column] == value]
    return rows


def printed(rows: pd.DataFrame) -> list[str]:
    return [f"{value:.{decimals}f}" for value, decimals in zip(rows["value"], rows["decimals"], strict=True)]


# --- reading and writing --------------------------------------------------------------------------


def test_the_decimals_that_were_printed_are_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "stability,percentage,shire,local,2018-M07,,,,,12.0,,final,doc,2019-07-31",
        "stability,percentage,shire,local,2018-M08,,,,,12,,final,doc,2019-07-31",
        "mean,count,near,official,2018-M03,,,,9,788.89,,final,doc,2019-07-31",
        "net,count,shire,local,2018-M08,,,,,-3,,final,doc,2019-07-31",
    )
    rows = read_observations(path)
    assert rows["decimals"].tolist() == [1, 0, 2, 0]
    assert rows["value"].tolist() == [12.0, 12.0, 788.89, -3.0]
    write_observations(rows, tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_text_is_never_missing_and_numbers_are_missing_only_as_nan(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "plans,count,NA,local,2018-M07,,,,,,c,final,null,2019-07-31",
        "plans,count,shire,local,2018-M07,,,1,4,,x,final,None,2019-07-31",
    )
    rows = read_observations(path)
    assert rows["area"].tolist() == ["NA", "shire"]
    assert rows["source"].tolist() == ["null", "None"]
    assert rows["characteristic"].tolist() == ["", ""]
    assert rows["symbol"].tolist() == ["c", "x"]
    assert np.isnan(rows["value"]).all()
    assert rows["numerator"].tolist()[1] == 1.0


def test_every_column_has_its_one_type_however_empty_the_table_is(tmp_path: Path) -> None:
    (tmp_path / "observations").mkdir()
    empty = load_observations(tmp_path)
    filled = read_observations(
        write(tmp_path / "a.csv", "plans,count,shire,local,2018-M07,,,,,1,,final,doc,2019-07-31")
    )
    assert list(empty.columns) == list(TYPES) == [*COLUMNS, "decimals"]
    assert empty.dtypes.to_dict() == filled.dtypes.to_dict()
    assert empty.empty


def test_remarks_are_kept_when_a_file_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "observations").mkdir()
    path = write(
        tmp_path / "observations" / "a.csv",
        'plans,count,shire,local,2018-M07,,,,,7,,final,doc,2019-07-31,"measure 1, Jul-18","Printed as ""7"""',
        heading=HEADING + ",row,note",
    )
    rows, findings = read_received(tmp_path)
    assert not findings
    assert rows[["file", "line"]].values.tolist() == [["observations/a.csv", 2]]
    write_observations(rows, tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["1,234", "12%", "[64%]", "n/a", "1e3", "٣", "12.", "-", "inf", "nan"])
def test_what_is_not_a_plain_number_is_refused_with_its_place(tmp_path: Path, number: str) -> None:
    path = write(
        tmp_path / "a.csv",
        "plans,count,shire,local,2018-M07,,,,,7,,final,doc,2019-07-31",
        f'plans,count,shire,local,2018-M08,,,,,"{number}",,final,doc,2019-07-31',
    )
    with pytest.raises(
        DeclarationError, match=rf"a.csv, row 3, value: found '{re.escape(number)}', expected a plain"
    ):
        read_observations(path)


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    folder = tmp_path / "observations"
    folder.mkdir()
    write(folder / "a.csv", "x", heading="indicator,value")
    write(folder / "b.csv", "plans,count,shire,local,2018-M07,,,,,7,,final,doc,2019-07-31,too,many,cells")
    (folder / "c.csv").write_bytes(b"indicator\xff\n")
    (folder / "d.csv").write_bytes(b"")
    with pytest.raises(DeclarationError) as caught:
        load_observations(tmp_path)
    said = str(caught.value)
    assert "observations/a.csv, row 1: found indicator, value, expected a heading of indicator" in said
    for name in "bcd":
        assert f"observations/{name}.csv" in said


# --- the board dataset ----------------------------------------------------------------------------


def read_golden() -> list[dict[str, str]]:
    with (GOLDEN / "board_dataset_2018_19.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def months_of(row: dict[str, str]) -> list[tuple[str, str]]:
    cells = [cell for name, cell in row.items() if re.fullmatch(r"[A-Z][a-z]{2}-\d\d", name)]
    return list(zip([month.code for month in MONTHS], cells, strict=True))


def test_all_358_monthly_values_are_those_printed(received: pd.DataFrame) -> None:
    board = received[received["file"].str.endswith("board_dataset_2018_19.csv")]
    compared = 0
    for row in read_golden():
        for month, cell in months_of(row):
            statistic = "percentage" if "%" in cell and "(" not in cell else "count"
            if cell:
                figure = find(
                    board, indicator=row["indicator"], statistic=statistic, basis="local", period=month
                )
                assert printed(figure) == [re.findall(r"\d+(?:\.\d+)?", cell)[0]]
                compared += 1
    assert compared == 358


def test_the_shares_in_brackets_stand_as_percentages(received: pd.DataFrame) -> None:
    shares = {}
    for row in read_golden():
        if match := re.fullmatch(r"(\d+) \((\d+)%\)", row["Jun-19"]):
            shares[row["indicator"]] = match.groups()
    assert len(shares) == 9
    for indicator, (count, share) in shares.items():
        figure = find(received, indicator=indicator, statistic="percentage", basis="local", period="2019-M06")
        assert printed(figure) == [share]
        recomputes = round(100 * int(count) / 814) == int(share)
        assert figure["denominator"].tolist() == [814.0] if recomputes else figure["denominator"].isna().all()
        assert recomputes == (
            indicator not in {"placed_over_20_miles", "placed_over_20_miles_outside_county"}
        )


@pytest.mark.parametrize(
    ("indicator", "count"), [("placed_in_secure_accommodation", 2.0), ("placed_in_other", 1.0)]
)
def test_less_than_one_per_cent_is_neither_nought_nor_one(
    observations: pd.DataFrame, indicator: str, count: float
) -> None:
    figure = find(observations, indicator=indicator, statistic="percentage", basis="local", period="2019-M06")
    assert figure["symbol"].tolist() == ["low"]
    assert figure["value"].isna().all()
    assert figure["numerator"].tolist() == [count]


def test_the_26_blank_cells_say_why_they_are_blank(received: pd.DataFrame) -> None:
    board = received[received["file"].str.endswith("board_dataset_2018_19.csv")]
    blank = board[board["symbol"].isin(["x", "z"])]
    assert len(blank) == 26
    assert blank.groupby("symbol")["indicator"].nunique().to_dict() == {"x": 1, "z": 3}
    assert (blank["note"] != "").all()
    assert len(board[(board["basis"] == "local") & ~board["row"].str.contains("bracket|paper")]) == 384


def test_the_first_month_of_the_pathway_plans_is_provisional(observations: pd.DataFrame) -> None:
    figure = find(observations, indicator="care_leavers_18_to_20_pathway_plan_up_to_date", period="2018-M09")
    assert printed(figure) == ["64"]
    assert figure["status"].tolist() == ["provisional"]


def test_placements_add_up_to_the_children_looked_after_in_all_twelve_months() -> None:
    rows = {int(row["measure"]): dict(months_of(row)) for row in read_golden()}
    carried = load_observations(DATA)
    for month in (month.code for month in MONTHS):
        parts = sum(
            find(carried, indicator=row["indicator"], statistic="count", basis="local", period=month)[
                "value"
            ].iloc[0]
            for row in read_golden()
            if 8 <= int(row["measure"]) <= 15
        )
        assert parts == int(rows[1][month].split()[0])
        assert int(rows[27][month]) + int(rows[28][month]) == int(rows[26][month])


def test_748_and_588_are_rates_applied_to_the_children_living_here(received: pd.DataFrame) -> None:
    living = load_populations(DATA).of("worcestershire", 2017)
    assert living is not None
    assert living.population == 116_938
    for area, rate, said in (("england", "64", 748), ("statistical-neighbours", "50.3", 588)):
        figure = find(
            received,
            indicator="looked_after_children_rate",
            area=area,
            period="2018-M03",
            source="board-dataset-2018-19",
        )
        assert printed(figure) == [rate]
        assert round(float(rate) * living.population / 10_000) == said
        assert str(said) in figure["note"].iloc[0]
    assert find(
        received, indicator="looked_after_children", area="england", source="board-dataset-2018-19"
    ).empty


def test_the_merged_cell_is_of_both_kinds_of_foster_care_together(observations: pd.DataFrame) -> None:
    figure = find(
        observations, indicator="placed_with_foster_carers", area="england", source="board-dataset-2018-19"
    )
    assert printed(figure) == ["73"]
    alone = find(observations, indicator="placed_with_relative_or_friend", area="england")
    assert alone.empty
    targets = {target.indicator: target.value for target in load_targets(DATA)}
    assert targets["placed_with_foster_carers"] == 75.0
    assert "placed_in_foster_care" not in targets


@pytest.mark.skipif(not SHARED.exists(), reason="the transcription is not beside this checkout")
def test_every_cell_of_the_transcription_is_carried(received: pd.DataFrame) -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == 384
    board = received[received["file"].str.endswith("board_dataset_2018_19.csv")]
    values = 0
    for cell in cells:
        month = cell["month"].replace("-", "-M")
        row = f"measure {cell['measure']}, {parse(month).start:%b-%y}"
        figure = board[(board["row"] == row) & (board["indicator"] == cell["indicator"])]
        assert figure["period"].tolist() == [month]
        if cell["cell_as_printed"]:
            assert printed(figure)[0] == re.findall(r"\d+(?:\.\d+)?", cell["cell_as_printed"])[0]
            values += 1
        else:
            assert figure["value"].isna().all()
    assert values == 358


# --- reports and official figures -----------------------------------------------------------------


def test_every_figure_of_the_reports_is_carried(observations: pd.DataFrame) -> None:
    reports = observations[observations["source"].str.startswith("board-report-")]
    with (GOLDEN / "board_reports.csv").open(encoding="utf-8", newline="") as file:
        figures = list(csv.DictReader(file))
    for figure in figures:
        cell = {
            name: figure[name] for name in ("indicator", "statistic", "area", "basis", "period", "category")
        }
        held = reports
        for column, value in cell.items():
            held = held[held[column] == value]
        assert printed(held) == [figure["value"]], cell
        assert held["status"].tolist() == ["as_published"]
    assert len(reports) == len(figures)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (("looked_after_children", "count", "worcestershire", "local", "2019-M03"), "842"),
        (("looked_after_children", "count", "worcestershire", "official", "2019-M03"), "833"),
        (("starts_to_be_looked_after", "count", "worcestershire", "local", "2018-19"), "243"),
        (("starts_to_be_looked_after", "rate", "worcestershire", "local", "2018-19"), "20.4"),
        (("care_leavers_in_touch", "percentage", "worcestershire", "local", "2019-M01"), "75"),
        (("children_in_need_census_rate", "rate", "worcestershire", "official", "2021-M03"), "273.1"),
        (("vacancy_rate", "percentage", "worcestershire", "official", "2022-M09"), "18.0"),
        (("referrals", "count", "worcestershire", "official", "2021-22"), "5133"),
        (("child_protection_plans", "count", "worcestershire", "official", "2020-M03"), "523"),
    ],
)
def test_the_latest_of_a_well_known_figure(
    observations: pd.DataFrame, cell: tuple[str, ...], value: str
) -> None:
    named = dict(zip(("indicator", "statistic", "area", "basis", "period"), cell, strict=True))
    assert printed(find(observations, **named).sort_values("published_on"))[-1] == value


def test_no_spreadsheet_noise_is_left_in_the_official_figures(observations: pd.DataFrame) -> None:
    official = observations[observations["source"] == "dfe-2026-04"]
    means = official["area"].str.startswith("statistical-neighbours")
    assert official[means]["decimals"].max() == 2
    assert (official[~means]["decimals"] > 1).sum() == 1  # social workers in 2016: 206.99


def test_the_mean_of_the_neighbours_says_of_how_many_councils_where_that_is_known(
    observations: pd.DataFrame,
) -> None:
    plans = find(observations, indicator="child_protection_plans", statistic="count", source="dfe-2026-04")
    means = plans[plans["area"] == "statistical-neighbours-2021"].set_index("period")["denominator"]
    assert means["2018-M03"] == 9  # the new council of Dorset began in 2019
    assert means["2022-M03"] == 10


def test_twelve_months_of_referrals_make_each_published_year(observations: pd.DataFrame) -> None:
    referrals = find(observations, indicator="referrals", statistic="count", area="worcestershire")
    months = referrals[referrals["period"].str.contains("-M")]
    assert len(months) == 144
    assert (months["period"].min(), months["period"].max()) == ("2012-M04", "2024-M03")
    years = months.groupby([parse(code).year.code for code in months["period"]])["value"].sum()
    for year, total in years.items():
        assert set(find(referrals, period=str(year))["value"]) == {total}
