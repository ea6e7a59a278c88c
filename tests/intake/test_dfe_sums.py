"""Cells, years, shares and means: each against a second, slower way to work it out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.dfe.cells import Cell, read_cell, round_half_up
from dashboard.intake.dfe.tables import column_letter
from dashboard.intake.dfe.times import parse_year
from dashboard.intake.dfe.working_out import add_up, divide, recomputes
from dashboard.vocabulary import Statistic, Symbol

PERCENTAGE, COUNT = Statistic.PERCENTAGE, Statistic.COUNT


def number(value: int | str) -> Cell:
    return Cell(value=Decimal(value))


def round_slowly(exact: Fraction, decimals: int) -> Fraction:
    """Halves up, in fractions."""
    scaled = exact * 10**decimals
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole + (scaled - whole >= Fraction(1, 2)), 10**decimals)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_share_is_rounded_halves_up(top: int, bottom: int, decimals: int) -> None:
    cell = divide(number(top), number(bottom), PERCENTAGE, decimals)
    assert cell is not None
    assert cell.value is not None
    assert Fraction(cell.value) == round_slowly(Fraction(100 * top, bottom), decimals)
    assert recomputes(cell, number(top), number(bottom), PERCENTAGE)


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(0, 2))
def test_a_share_of_rounded_counts_is_right_whatever_they_were(few: int, more: int, decimals: int) -> None:
    """Any true counts that round to those published give the share that is told, at its precision."""
    top, bottom = sorted((few, more))
    published = [10 * ((each + 5) // 10) for each in (top, bottom)]
    cell = divide(number(published[0]), number(published[1]), PERCENTAGE, decimals, (Decimal(5), Decimal(5)))
    if cell is None or cell.value is None:
        return
    assert cell.decimals <= decimals
    true = round_slowly(Fraction(100 * top, bottom), cell.decimals)
    assert Fraction(cell.value) == true


@pytest.mark.parametrize(
    ("symbols", "told"),
    [("", "x"), ("c", "c"), ("xc", "c"), ("zx", "x"), ("z", "z")],
)
def test_a_sum_with_a_symbol_in_it_has_the_weightiest(symbols: str, told: str) -> None:
    cells = [Cell(symbol=Symbol(each)) for each in symbols] + ([number(3)] if symbols else [])
    assert add_up(cells).symbol == told
    assert add_up(cells).value is None


def test_a_share_of_nobody_does_not_apply() -> None:
    cell = divide(number(0), number(0), PERCENTAGE, 1)
    assert cell is not None
    assert (cell.value, cell.symbol) == (None, Symbol.NOT_APPLICABLE)


def test_parts_with_decimals_may_give_a_number_that_they_do_not_give_exactly() -> None:
    """24.7 leavers of 160.0 are 15.44%, but up to 24.75 of 159.95 were counted: 15.5% may be right."""
    printed = Cell(value=Decimal("15.5"), decimals=1)
    assert not recomputes(printed, number("24.7"), number(160), PERCENTAGE)
    assert recomputes(printed, number("24.7"), number(160), PERCENTAGE, 1)
    assert not recomputes(Cell(value=Decimal("15.6"), decimals=1), number("24.7"), number(160), PERCENTAGE, 1)


@given(st.decimals(0, 10**6, places=3), st.integers(0, 3))
def test_rounding_is_that_of_fractions(value: Decimal, decimals: int) -> None:
    assert Fraction(round_half_up(value, decimals)) == round_slowly(Fraction(value), decimals)


@given(st.text(max_size=12), st.sampled_from([*Statistic]), st.integers(0, 2))
def test_a_cell_is_a_number_a_symbol_or_a_fault_and_only_one_of_them(
    text: str, statistic: Statistic, decimals: int
) -> None:
    cell = read_cell(text, statistic, decimals)
    assert [cell.value is not None, cell.symbol != Symbol.NONE, bool(cell.fault)].count(True) == 1


@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3))
def test_zeros_that_were_dropped_are_put_back(scaled: int, printed: int, decimals: int) -> None:
    value = Decimal(scaled).scaleb(-printed)
    text = format(value.normalize(), "f")
    cell = read_cell(text, Statistic.RATE, decimals)
    assert cell.value == value
    assert cell.decimals == max(decimals, len(text.partition(".")[2]))


@pytest.mark.parametrize(
    ("identifier", "text", "ends", "flow", "stock"),
    [
        ("Reporting year", "2024", 3, "2023-24", "2024-M03"),
        ("Reporting year", "2025", 9, "2024-25", "2025-M09"),
        ("reporting year ", " 2024", 3, "2023-24", "2024-M03"),
        ("Financial year", "202324", 3, "2023-24", "2024-M03"),
        ("Financial year", "202324", 9, "2023-24", "2023-M09"),
        ("Academic year", "202324", 3, "2023-24", "2024-M03"),
        ("Academic year", "202324", 9, "2023-24", "2023-M09"),
        ("Academic year", "202324", 8, "2023-24", "2024-M08"),
        ("Calendar year", "2024", 12, "CY2024", "2024-M12"),
    ],
)
def test_a_year_of_the_departments_is_a_period_of_ours(
    identifier: str, text: str, ends: int, flow: str, stock: str
) -> None:
    year = parse_year(identifier, text, ends)
    assert year is not None
    assert (year.flow.code, year.stock.code) == (flow, stock)


def test_the_months_of_a_reporting_year_run_from_april_to_march() -> None:
    year = parse_year("Reporting year", "2024", 3)
    assert year is not None
    months = [year.month(number).code for number in (4, 12, 1, 3)]
    assert months == ["2023-M04", "2023-M12", "2024-M01", "2024-M03"]


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("Reporting year", "202324"),
        ("Financial year", "2024"),
        ("Financial year", "202325"),
        ("Reporting year", "1066"),
        ("Reporting year", "2024.0"),
        ("Term", "2024"),
    ],
)
def test_what_is_no_year_is_none(identifier: str, text: str) -> None:
    assert parse_year(identifier, text, 3) is None


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
