"""What is said of files that are not as they should be: each an error where it is, and never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.findings import Level
from tests.intake.samples.dfe.given import (
    SAMPLES,
    errors,
    read,
    read_changed,
    read_samples,
    told,
    value_of,
    write_lines,
)

WIDE = (SAMPLES / "wide.csv").read_text(encoding="utf-8")


def replaced(old: str, new: str, count: int = -1) -> Callable[[str], str]:
    assert old in WIDE
    return lambda text: text.replace(old, new, count)


def only_error(folder: Path, change: Callable[[str], str], name: str = "wide.csv") -> str:
    """The one error of a changed sample, as it is told."""
    found = errors(read_changed(folder, name, change))
    assert len(found) == 1, [str(each) for each in found]
    return str(found[0])


# --- files that are no tables ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "a heading of column names"),
        (b"\n\n", "a heading of column names"),
        (WIDE.split("\n")[0].encode(), "rows under the heading"),
        (WIDE.replace(",", ";").encode(), "separated by semicolons"),
        (WIDE.replace(",", "\t").encode(), "separated by tabs"),
        (WIDE.replace("Worcestershire", "Worcestershîre").encode("latin-1"), "a byte that is not UTF-8"),
        (WIDE.encode("utf-16"), "a byte that is not UTF-8"),
        (WIDE.encode("utf-16-le"), "a null character"),
        (b"PK\x03\x04 a workbook \x00", "a null character"),
    ],
)
def test_a_file_that_is_no_table_is_one_error(raw: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(raw)
    reading = read(tmp_path / "a.csv")
    assert len(errors(reading)) == 1
    assert expected in str(errors(reading)[0])
    assert reading.figures.empty


def test_a_file_that_is_not_there_and_a_folder_are_errors(tmp_path: Path) -> None:
    reading = read(tmp_path / "nowhere.csv", tmp_path)
    assert len(errors(reading)) == 2


def test_no_files_are_an_error() -> None:
    assert "one file or more" in str(errors(read())[0])


def test_a_byte_that_is_not_utf_8_is_told_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(WIDE.replace("Kent", "Kênt").encode("latin-1"))
    assert "row 8" in str(errors(read(tmp_path / "a.csv"))[0])


def test_a_file_cut_short_in_a_row_is_an_error_at_that_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(WIDE[:-40], encoding="utf-8")
    found = str(errors(read(tmp_path / "a.csv"))[0])
    assert "row 17" in found
    assert "cut short" in found


def test_a_file_cut_short_between_rows_is_a_warning(tmp_path: Path) -> None:
    lines = WIDE.splitlines()
    reading = read(write_lines(tmp_path / "a.csv", lines[:-2]))
    assert errors(reading) == []
    assert any("2 rows of councils in 2023" in each for each in told(reading, Level.WARNING))


def test_a_year_without_england_is_a_warning(tmp_path: Path) -> None:
    lines = [line for line in WIDE.splitlines() if not line.startswith("2023,Reporting year,National")]
    reading = read(write_lines(tmp_path / "a.csv", lines))
    assert any("no England in 2023" in each for each in told(reading, Level.WARNING))


def test_many_rows_of_a_wrong_length_are_not_told_one_by_one(tmp_path: Path) -> None:
    lines = WIDE.splitlines()
    found = errors(read(write_lines(tmp_path / "a.csv", [lines[0], *(line + ",1" for line in lines[1:])])))
    assert len(found) == 6
    assert "11 more rows" in str(found[-1])


# --- files that no mapping knows ------------------------------------------------------------------


def test_a_file_without_the_columns_of_the_service_is_not_of_it(tmp_path: Path) -> None:
    found = str(errors(read(write_lines(tmp_path / "a.csv", ["a,b", "1,2"])))[0])
    assert "no time_period, time_identifier, geographic_level" in found


def test_a_file_of_another_publication_is_an_error(tmp_path: Path) -> None:
    lines = ["time_period,time_identifier,geographic_level,pupils", "2024,Reporting year,National,1"]
    found = str(errors(read(write_lines(tmp_path / "a.csv", lines)))[0])
    assert "found pupils, expected the columns of a declared file" in found


def test_a_renamed_column_is_told_with_the_nearest_mapping_and_the_name_it_may_have(tmp_path: Path) -> None:
    found = only_error(tmp_path, replaced("CPP_subsequent_percent", "cpp_subsequent_pct"))
    assert "without CPP_subsequent_percent; with cpp_subsequent_pct" in found
    assert "nearest: d3 in intake/dfe/children_in_need.toml" in found
    assert "CPP_subsequent_percent may be cpp_subsequent_pct" in found


def test_a_dropped_column_is_an_error(tmp_path: Path) -> None:
    dropped = "\n".join(line.rsplit(",", 1)[0] for line in WIDE.splitlines()) + "\n"
    assert "without CPP_subsequent_percent" in only_error(tmp_path, lambda _: dropped)


def test_a_column_twice_is_an_error(tmp_path: Path) -> None:
    found = only_error(tmp_path, replaced("CPP_start,CPP_subsequent,", "CPP_start,cpp_start,"))
    assert "CPP_start more than once" in found


def test_a_column_under_its_old_and_its_new_name_is_an_error(tmp_path: Path) -> None:
    found = only_error(
        tmp_path, lambda text: text.replace("rereferral_child_percent", "Referrals"), "renamed.csv"
    )
    assert "two columns for Referrals" in found


def test_a_column_without_a_name_is_an_error(tmp_path: Path) -> None:
    found = only_error(tmp_path, replaced("category,CPP_start", ",CPP_start"))
    assert "no name over column K" in found


def test_a_column_that_nobody_mapped_is_one_note(tmp_path: Path) -> None:
    lines = WIDE.splitlines()
    changed = "\n".join([lines[0] + ",mean_age", *(line + ",7" for line in lines[1:])]) + "\n"
    reading = read_changed(tmp_path, "wide.csv", lambda _: changed)
    assert errors(reading) == []
    notes = [each for each in told(reading, Level.NOTE) if "nobody mapped" in each]
    assert len(notes) == 1
    assert "mean_age (column O)" in notes[0]
    assert len(reading.figures) == 20


def test_a_new_column_that_tells_rows_apart_makes_them_contradict_each_other(tmp_path: Path) -> None:
    """Rows of girls and of boys look like the same row twice: that is an error and never a number."""
    lines = WIDE.splitlines()
    girls = [line + ",girls" for line in lines[1:]]
    boys = [line.replace(",500,120,24", ",510,130,25.5") + ",boys" for line in lines[1:]]
    changed = "\n".join([lines[0] + ",sex", *girls, *boys]) + "\n"
    found = only_error(tmp_path, lambda _: changed)
    assert "each area and period once" in found
    assert "worcestershire in 2024" in found


def test_a_reworded_label_is_an_error_with_the_nearest_one(tmp_path: Path) -> None:
    found = only_error(
        tmp_path,
        lambda text: text.replace("looked after on 31 March each", "looked after at 31 March each"),
        "long.csv",
    )
    assert "expected rows of 'Children looked after on 31 March each year'" in found
    assert "nearest: Children looked after at 31 March each year" in found


def test_a_value_that_nobody_mapped_is_one_note(tmp_path: Path) -> None:
    line = (SAMPLES / "long.csv").read_text(encoding="utf-8-sig").splitlines()[-1]
    more = line.replace("Children starting to be looked after each year", "Children adopted each year")
    reading = read_changed(tmp_path, "long.csv", lambda text: text + more + "\n" + more + "\n")
    assert errors(reading) == []
    notes = [each for each in told(reading, Level.NOTE) if "nobody mapped" in each]
    assert len(notes) == 1
    assert "'Children adopted each year'" in notes[0]


# --- whom and when --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("885,E10000034,Worcestershire", "885,E10000034,Herefordshire", "found 'Herefordshire', expected W"),
        ("885,E10000034,Worcestershire", "884,E10000034,Worcestershire", "found '884', expected 885"),
        ("885,E10000034,Worcestershire", ",E10000034,Worcestershire", "found '', expected 885"),
        ("885,E10000034,Worcestershire", "886,E10000034,Worcestershire", "expected Kent"),
        ("886,E10000016,Kent", "887,E10000016,Kent", "found '887', expected 886"),
        ("886,E10000016,Kent", "887,E10000016,Medway", ""),
        ("E12000005,West Midlands,,,", "E12000006,West Midlands,,,", "found 'E12000006', expected E12000005"),
        ("E12000005,West Midlands,,,", "E12000005,East Midlands,,,", "found 'East Midlands', expected West"),
        ("National,E92000001", "National,W92000004", "found 'W92000004', expected E92000001"),
        ("Local authority", "Local authrity", "nearest: Local authority"),
        ("2024,Reporting year", "24,Reporting year", "expected a year in four digits such as 2024"),
        ("2024,Reporting year", "202324,Reporting year", "expected a year in four digits such as 2024"),
        ("2024,Reporting year", "2024,Financial year", "expected a year such as 202324, for a financial"),
        ("2024,Reporting year", "2024,Reporting years", "nearest: Reporting year"),
        ("2024,Reporting year", "2024,Week 12", "expected one of Reporting year, Financial year"),
    ],
)
def test_wrong_codes_names_and_periods_are_errors(old: str, new: str, expected: str, tmp_path: Path) -> None:
    found = [str(each) for each in errors(read_changed(tmp_path, "wide.csv", replaced(old, new)))]
    assert any(expected in each for each in found) if expected else found == []


def test_a_code_that_is_none_of_a_council_nobody_knows_is_noted(tmp_path: Path) -> None:
    reading = read_changed(tmp_path, "wide.csv", replaced("301,E09000002", "301 / 302,E09000002"))
    assert errors(reading) == []
    assert any("'301 / 302' Barking and Dagenham" in each for each in told(reading, Level.NOTE))


def test_a_file_about_nobody_the_product_knows_is_an_error(tmp_path: Path) -> None:
    lines = WIDE.splitlines()
    london = [line for line in lines if "Barking" in line]
    found = errors(read(write_lines(tmp_path / "a.csv", [lines[0], *london])))
    assert "expected rows of the county" in str(found[0])


def test_a_level_without_its_columns_is_an_error(tmp_path: Path) -> None:
    found = only_error(tmp_path, replaced("old_la_code", "la_number"))
    assert "no old_la_code, expected it, as there are local authority rows" in found


def test_figures_of_a_time_after_their_publication_are_an_error() -> None:
    found = errors(read(SAMPLES / "wide.csv", published_on="2023-10-31"))
    assert len(found) == 1
    assert "nothing after 2023-10-31" in str(found[0])


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("5e2,120,24", "found '5e2', expected a whole number"),
        ('"1,500",120,8', "nearest: 1500"),
        ("500.5,120,24", "expected a whole number"),
        ("-500,120,24", "expected a whole number"),
        (",120,24", "found '', expected a whole number"),
        ("500,120,24%", "nearest: 24"),
        ("500,120,124", "expected a percentage from 0 to 100"),
        ("500,120,*", "found '*'"),
        ("500,120,NaN", "found 'NaN'"),
        ("500,120,inf", "found 'inf'"),
        ("500,12o,24", "CPP_subsequent (column M): found '12o'"),
        ("٥٠٠,120,24", "expected a whole number"),
    ],
)
def test_a_cell_that_is_neither_number_nor_symbol_is_an_error(
    cells: str, expected: str, tmp_path: Path
) -> None:
    found = only_error(tmp_path, replaced("500,120,24", cells))
    assert expected in found
    assert "row 5" in found


def test_a_whole_column_that_is_wrong_is_one_error(tmp_path: Path) -> None:
    lines = WIDE.splitlines()
    words = [lines[0], *(line.rsplit(",", 1)[0] + ",some" for line in lines[1:])]
    found = errors(read(write_lines(tmp_path / "a.csv", words)))
    assert len(found) == 1
    assert "and in 11 more rows" in str(found[0])


def test_cells_of_others_are_not_looked_at(tmp_path: Path) -> None:
    assert errors(read_changed(tmp_path, "wide.csv", replaced("300,x,x", "300,?,?"))) == []


def test_a_number_with_more_decimals_than_published_is_read_as_printed_and_noted(tmp_path: Path) -> None:
    reading = read_changed(tmp_path, "wide.csv", replaced("500,120,24", "500,120,24.004"))
    assert any("more decimals than the publication has" in each for each in told(reading, Level.NOTE))
    figures = reading.figures
    row = figures[(figures["area"] == "worcestershire") & (figures["period"] == "2024-M03")].iloc[0]
    assert (row["value"], row["decimals"]) == (24.004, 3)


def test_the_same_area_and_period_twice_with_another_number_is_an_error(tmp_path: Path) -> None:
    row = next(line for line in WIDE.splitlines() if "Worcestershire" in line)
    found = only_error(tmp_path, lambda text: text + row.replace(",500,", ",501,") + "\n")
    assert "row 18, CPP_start (column L): found '501' for worcestershire in 2024" in found
    assert "row 5 has '500'" in found


def test_a_row_again_is_a_note(tmp_path: Path) -> None:
    row = next(line for line in WIDE.splitlines() if "Worcestershire" in line)
    reading = read_changed(tmp_path, "wide.csv", lambda text: text + row + "\n")
    assert errors(reading) == []
    assert any("1 row again" in each for each in told(reading, Level.NOTE))
    assert len(reading.figures) == 20


def test_a_share_that_its_own_numbers_do_not_give_is_a_warning(tmp_path: Path) -> None:
    lines = [line.replace("500,120,24", "500,120,42") for line in WIDE.splitlines()]
    years = range(2013, 2023)
    more = [f"{year},{line.split(',', 1)[1]}" for year in years for line in WIDE.splitlines()[4:7]]
    reading = read(write_lines(tmp_path / "a.csv", [*lines, *more]))
    assert errors(reading) == []
    missed = [each for each in told(reading, Level.WARNING) if "CPP_subsequent in CPP_start" in each]
    assert len(missed) == 1
    assert "found 42.0, of 120 in 500" in missed[0]
    assert "in 1 of 42 rows" in missed[0]


def test_columns_that_are_mixed_up_are_an_error(tmp_path: Path) -> None:
    """The shares of every row are not those of its counts."""
    heading = "CPP_start,CPP_subsequent_percent,CPP_subsequent"
    found = errors(
        read_changed(
            tmp_path, "wide.csv", replaced("CPP_start,CPP_subsequent,CPP_subsequent_percent", heading)
        )
    )
    assert found


# --- several files --------------------------------------------------------------------------------


def test_files_of_two_publications_are_not_read_together() -> None:
    found = errors(read_samples("wide.csv long.csv"))
    assert len(found) == 1
    assert "expected files of one publication" in str(found[0])


def test_a_table_twice_is_not_read_together(tmp_path: Path) -> None:
    (tmp_path / "again.csv").write_text(WIDE, encoding="utf-8")
    found = errors(read(SAMPLES / "wide.csv", tmp_path / "again.csv"))
    assert len(found) == 1
    assert "each table once" in str(found[0])


def change_months(folder: Path, total: int) -> Path:
    """The table of months, of the year of the other sample, with another total."""
    text = (SAMPLES / "months.csv").read_text(encoding="utf-8")
    path = folder / "months.csv"
    april = str(410 + total - 4801)
    changed = text.replace("4801,410", f"{total},{april}").replace("2024", "2025")
    path.write_text(changed, encoding="utf-8")
    return path


def test_a_total_beside_a_breakdown_yields_to_the_table_of_totals(tmp_path: Path) -> None:
    reading = read(change_months(tmp_path, 4999), SAMPLES / "renamed.csv")
    assert errors(reading) == []
    assert value_of(reading.figures, "referrals", "worcestershire", "2024-25") == 4800
    notes = told(reading, Level.NOTE)
    assert any("found 4999 for referrals" in each and "read as 4800" in each for each in notes)


def test_a_total_beside_a_breakdown_is_read_where_it_stands_alone(tmp_path: Path) -> None:
    reading = read(change_months(tmp_path, 4999))
    assert value_of(reading.figures, "referrals", "worcestershire", "2024-25") == 4999


def test_a_year_that_is_not_the_sum_of_its_months_is_an_error(tmp_path: Path) -> None:
    found = only_error(tmp_path, lambda text: text.replace("4801", "4800"), "months.csv")
    assert "found 4800 for referrals, worcestershire, 2023-24, expected 4801, the sum of its months" in found


def test_a_file_whose_last_line_has_no_end_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(WIDE[:-1], encoding="utf-8")
    assert any(
        "row 17" in each and "cut short" in each for each in told(read(tmp_path / "a.csv"), Level.WARNING)
    )


def write_headlines(folder: Path, referrals: str) -> Path:
    heading = "time_period,time_identifier,geographic_level,country_code,country_name,children_in_need,"
    heading += "children_in_need_per_10000_children,child_protection_plans,"
    heading += "child_protection_plans_per_10000_children,referrals,completed_assessments"
    row = f"2025,Reporting year,National,E92000001,England,400000,333.3,50000,41.7,{referrals},640000"
    return write_lines(folder / "headlines.csv", [heading, row])


def test_two_tables_that_contradict_each_other_are_an_error(tmp_path: Path) -> None:
    found = errors(read(SAMPLES / "renamed.csv", write_headlines(tmp_path, "600010")))
    assert len(found) == 1
    assert "found 600010 for referrals, england, 2024-25, expected each area and period once" in str(found[0])
    assert "renamed.csv, row 2, Referrals has 600000" in str(found[0])


def test_a_symbol_yields_to_the_number_that_another_table_has(tmp_path: Path) -> None:
    reading = read(write_headlines(tmp_path, "x"), SAMPLES / "renamed.csv")
    assert errors(reading) == []
    assert value_of(reading.figures, "referrals", "england", "2024-25") == 600_000
    assert any("found x for referrals" in each for each in told(reading, Level.NOTE))


def test_a_table_of_an_older_release_is_a_warning() -> None:
    warnings = told(read_samples("renamed.csv months.csv"), Level.WARNING)
    assert any("months.csv" in each and "older release" in each for each in warnings)


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nothing", encoding="utf-8")
    (tmp_path / "b.csv").write_text(WIDE.replace("500,120,24", "500,many,?"), encoding="utf-8")
    reading = read(tmp_path / "a.csv", tmp_path / "b.csv")
    assert len(errors(reading)) == 3
    assert "3 errors: nothing can be loaded yet" in reading.closing_line
