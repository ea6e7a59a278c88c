"""Figures in the product's own columns come back as they went out, however Excel has written them."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.areas import load_areas
from dashboard.characteristics import load_characteristics
from dashboard.findings import Finding, Level
from dashboard.indicators import load_indicators
from dashboard.intake import Given, Reading, tidy
from dashboard.observations import TYPES, read_observations, write_observations
from dashboard.populations import load_populations
from dashboard.vocabulary import COLUMNS

ROOT = Path(__file__).parents[2]
BOARD = ROOT / "data" / "observations" / "board_report_2021_22_q4.csv"
HEADING = ",".join(COLUMNS)
LINE = "looked_after_children,count,worcestershire,local,2019-M03,,,,,842,,,,"


@cache
def known() -> Given:
    data = ROOT / "data"
    return Given(
        load_indicators(data),
        load_characteristics(data),
        load_areas(data),
        load_populations(data),
        source="a-source",
        published_on="2019-07-31",
    )


def read(folder: Path, text: str, encoding: str = "utf-8") -> Reading:
    path = folder / "figures.csv"
    path.write_bytes(text.encode(encoding))
    return tidy.read([path], known())


def read_lines(folder: Path, *lines: str) -> Reading:
    return read(folder, "\n".join([HEADING, *lines, ""]))


def only(reading: Reading) -> dict[str, object]:
    (row,) = reading.figures.to_dict("records")
    return {str(name): value for name, value in row.items()}


def errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.level is Level.ERROR]


def test_the_products_own_files_come_back_as_they_are(tmp_path: Path) -> None:
    kept = read_observations(BOARD)
    first = kept.iloc[0]
    there = replace(known(), source=first["source"], published_on=first["published_on"])
    reading = tidy.read([BOARD], there)
    assert reading.findings == ()
    write_observations(reading.figures[list(TYPES)], tmp_path / "again.csv")
    write_observations(kept, tmp_path / "kept.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "kept.csv").read_bytes()
    assert reading.closing_line == (
        f"{kept['indicator'].nunique()} indicators, {len(kept)} figures read; nothing was guessed."
    )


def test_what_is_known_of_the_source_may_be_left_out(tmp_path: Path) -> None:
    needed = "indicator,statistic,area,basis,period,value\n"
    row = only(read(tmp_path, f"{needed}referrals,count,worcestershire,local,2019-M03,120\n"))
    assert (row["source"], row["published_on"], row["status"]) == ("a-source", "2019-07-31", "as_published")
    assert (row["value"], row["symbol"], row["row"]) == (120, "", "line 2")


def test_figures_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    reading = read_lines(
        tmp_path,
        "Looked After Children,Count,E10000034,Local,Mar-19,,,,, 842 ,,,,31/07/2019",
        "three_or_more_placements,percentage,Ntl,official,31 March 2018,,,,,10.0%,,,,",
        'referrals,count,WCC,local,Q4 2018/19,,,,,"1,204",,,,',
        "looked_after_experiencing_cse,count,Worcestershire,local,2019-M03,,,,,[c],,,,",
        "looked_after_experiencing_cse,count,Worcestershire,local,2019-M04,,,,,,x,,,",
    )
    assert reading.findings == ()
    told = reading.figures[["indicator", "area", "period", "value", "decimals", "symbol"]]
    assert [tuple(map(str, row)) for row in told.itertuples(index=False)] == [
        ("looked_after_children", "worcestershire", "2019-M03", "842.0", "0", ""),
        ("three_or_more_placements", "england", "2018-M03", "10.0", "1", ""),
        ("referrals", "worcestershire", "2018-19-Q4", "1204.0", "0", ""),
        ("looked_after_experiencing_cse", "worcestershire", "2019-M03", "nan", "0", "c"),
        ("looked_after_experiencing_cse", "worcestershire", "2019-M04", "nan", "0", "x"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";")],
)
def test_a_file_may_be_written_in_any_way_that_excel_writes(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = [HEADING + ",note", LINE + ",the county’s own", ""]
    reading = read(tmp_path, "\r\n".join(lines).replace(",", delimiter), encoding)
    assert errors(reading) == []
    assert (only(reading)["value"], only(reading)["note"]) == (842, "the county’s own")


def test_semicolons_mean_that_a_comma_may_be_the_decimal_sign(tmp_path: Path) -> None:
    line = "three_or_more_placements;percentage;england;official;2018-M03;;;;;{};;;;\n"
    heading = "sep=;\r\n" + HEADING.replace(",", ";") + "\r\n"
    row = only(read(tmp_path, heading + line.format("10,4")))
    assert (row["value"], row["decimals"]) == (10.4, 1)
    assert only(read(tmp_path, heading + line.format("10.4")))["value"] == 10.4
    (found,) = errors(read(tmp_path, heading + line.format("1,024")))
    assert "a thousand times another" in found.expected


def test_a_figure_at_a_date_carries_the_month_it_is_as_at(tmp_path: Path) -> None:
    reading = read_lines(
        tmp_path,
        LINE.replace("2019-M03", "2018-19"),
        LINE.replace("2019-M03", "Q3 2018/19"),
        "referrals,count,england,official,2019,,,,,650930,,,,",
    )
    assert errors(reading) == []
    assert list(reading.figures["period"]) == ["2019-M03", "2018-M12", "2018-19"]
    assert [(each.level, each.found, each.read_as) for each in reading.findings] == [
        (Level.NOTE, "'2018-19'", "2019-M03"),
        (Level.NOTE, "'Q3 2018/19'", "2018-M12"),
        (Level.NOTE, "'2019'", "2018-19"),
    ]


def test_everything_wrong_is_told_at_once_with_the_nearest_right_answer(tmp_path: Path) -> None:
    reading = read_lines(
        tmp_path,
        "loked_after_children,count,worcestershire,local,2019-M03,,,,,842,,,,",
        "looked_after_children,cuont,Worchestershire,locale,Mrch 2019,,,,,84 2,q,illustrative,b,2019-08-01",
        "looked_after_children,count,worcestershire,local,2019-M04,,,1.5e3,,,,,,",
        "looked_after_children,count,worcestershire,local,2019-M05,,,,,842,c,,,",
        "looked_after_children,count,worcestershire,local,2019-M06,,,,,=840+2,,,,",
        LINE,
    )
    assert len(reading.figures) == 1
    found = {(each.row, each.column): each for each in errors(reading)}
    assert set(found) == {
        (2, "indicator"),
        *((3, name) for name in ("statistic", "area", "basis", "period", "symbol", "status", "source")),
        *((3, "published_on"), (4, "numerator"), (4, "value"), (5, "value"), (6, "value")),
    }
    assert found[2, "indicator"].nearest == "looked_after_children"
    assert found[3, "statistic"].nearest == "count"
    assert found[3, "area"].nearest.lower() == "worcestershire"
    assert found[4, "value"].found == "nothing"


def test_the_same_fault_in_many_rows_is_told_once(tmp_path: Path) -> None:
    lines = [
        LINE.replace("looked_after", "loked_after").replace("M03", f"M{month:02d}") for month in range(1, 9)
    ]
    (found,) = read_lines(tmp_path, *lines).findings
    assert (found.row, found.why) == (2, "and in 7 more rows")


def test_figures_must_agree_with_the_catalogue_and_with_each_other(tmp_path: Path) -> None:
    reading = read_lines(
        tmp_path,
        LINE,
        LINE.replace("842", "843"),
        "looked_after_children,rate,worcestershire,local,2019-M03,,,,,72,,,,",
        "looked_after_children,count,worcestershire,local,2019-M04,age_group,under_3,,,12,,,,",
        "placed_outside_county,percentage,worcestershire,local,2019-M03,,,212,814,36,,,,",
        "care_leavers,count,worcestershire,local,2019-M03,,,,,360,,,,",
        "care_leavers_16_to_20,count,worcestershire,local,2019-M03,,,,,295,,,,",
        "care_leavers_21_to_25,count,worcestershire,local,2019-M03,,,,,64,,,,",
    )
    assert {(each.row, each.column, each.file) for each in errors(reading)} == {
        (3, "indicator", "figures.csv"),
        (4, "statistic", "figures.csv"),
        (5, "category", "figures.csv"),
        (6, "value", "figures.csv"),
        (7, "value", "figures.csv"),
    }


@pytest.mark.parametrize(
    ("heading", "column", "near"),
    [
        ("indicator,statistic,area,basis,perod,value", "perod", "period"),
        ("indicator,statistic,area,basis,period,value,charateristic", "charateristic", "characteristic"),
        ("indicator,statistic,area,basis,period", "value", ""),
        ("indicator,statistic,area,basis,period,value,Value", "Value", ""),
        ("indicator,statistic,area,basis,period,value,precision", "precision", ""),
    ],
)
def test_a_heading_that_may_mean_something_else_stops_the_file(
    tmp_path: Path, heading: str, column: str, near: str
) -> None:
    reading = read(tmp_path, heading + "\n" + ",".join(["a"] * len(heading.split(","))) + "\n")
    assert reading.figures.empty
    found = [each for each in errors(reading) if each.column == column]
    assert [(each.row, each.nearest) for each in found] == [(1, near)]


def test_a_column_that_nobody_knows_is_told_and_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{HEADING},Checked by\n{LINE},the team\n")
    (told,) = reading.findings
    assert (told.level, told.row, told.column, told.read_as) == (Level.WARNING, 1, "Checked by", "nothing")
    assert only(reading)["value"] == 842


def test_what_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    row = only(read(tmp_path, f'{HEADING},note\n{LINE},"=HYPERLINK(""there"")"\n'))
    assert row["note"] == '=HYPERLINK("there")'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "an empty file"),
        (b"PK\x03\x04\x14", "a file that is not text, whatever its name says"),
        (HEADING.encode() + b"\n", "a heading and no row under it"),
        (f"{HEADING}\n{LINE}".encode(), "a last line that is not ended"),
        (f'{HEADING}\n"{LINE}\n'.encode(), "unexpected end of data"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(raw)
    reading = tidy.read([path], known())
    assert told in {each.found for each in errors(reading)}
    assert reading.figures.empty


def test_a_comma_in_a_text_without_quotes_is_told(tmp_path: Path) -> None:
    (found,) = errors(read(tmp_path, f"{HEADING},note\n{LINE},seen, and checked\n"))
    assert (found.row, found.found) == (2, "16 cells")


LINES = BOARD.read_text(encoding="utf-8").splitlines()[:40]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9), st.floats(0, 1))
def test_a_mangled_file_gives_right_figures_or_findings(seed: int, kept: float) -> None:
    """Rows in another order, the file cut off, cells blanked, given a letter more, or quoted wrongly."""
    rng, there = random.Random(seed), read_observations(BOARD)
    first = there.iloc[0]
    expected = {tuple(map(str, row)) for row in there[list(TYPES)].itertuples(index=False, name=None)}
    lines = [LINES[0], *rng.sample(LINES[1:], len(LINES) - 1)]
    for _ in range(rng.randrange(6)):
        place = rng.randrange(len(lines))
        at = rng.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:at] + rng.choice(('"', "x", ",", "~", "é", " ")) + lines[place][at:]
    text = "\n".join(lines) + "\n"
    text = text[: int(len(text) * kept)] if rng.random() < 0.5 else text
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        path.write_text(text, encoding="utf-8")
        given = replace(known(), source=first["source"], published_on=first["published_on"])
        reading = tidy.read([path], given)
    if not errors(reading):
        read_rows = reading.figures[list(TYPES)].itertuples(index=False, name=None)
        assert {tuple(map(str, row)) for row in read_rows} <= expected
    assert reading.findings or len(reading.figures) == text.count("\n") - 1
