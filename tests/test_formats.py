"""Numbers as text: signs, decimals, units, symbols, ranges."""

import pytest

from dashboard.formats import (
    explain_symbol,
    format_base,
    format_difference,
    format_in,
    format_number,
    format_of,
    format_periods,
    format_range,
    format_value,
    format_when,
    format_with_unit,
    format_year_to,
    in_words,
    join_words,
    name_precision,
    round_shown,
)
from dashboard.periods import parse
from dashboard.vocabulary import Precision, Statistic, Symbol

COUNT, PERCENTAGE, RATE = Statistic.COUNT, Statistic.PERCENTAGE, Statistic.RATE


def test_thousands_are_marked_and_a_minus_is_a_true_minus() -> None:
    assert format_number(1234) == "1,234"
    assert format_number(-3) == "−3"
    assert format_number(1234567.25, 1) == "1,234,567.3"


def test_zero_never_carries_a_minus() -> None:
    assert format_number(-0.2) == "0"
    assert format_number(-0.04, 1) == "0.0"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(0.5, 0, 1.0), (1.5, 0, 2.0), (2.5, 0, 3.0), (-2.5, 0, -3.0), (21.25, 1, 21.3), (2.675, 2, 2.68)],
)
def test_halves_are_rounded_away_from_zero_as_people_do(value: float, decimals: int, shown: float) -> None:
    assert round_shown(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "statistic", "decimals", "symbol", "text"),
    [
        (891.0, COUNT, 0, Symbol.NONE, "891"),
        (21.2, PERCENTAGE, 1, Symbol.NONE, "21.2%"),
        (76.4, RATE, 0, Symbol.NONE, "76"),
        (None, COUNT, 0, Symbol.CONFIDENTIAL, "[c]"),
        (None, PERCENTAGE, 0, Symbol.NOT_AVAILABLE, "[x]"),
        (None, PERCENTAGE, 0, Symbol.NOT_APPLICABLE, "[z]"),
        (None, PERCENTAGE, 0, Symbol.LOW, "<1%"),
        (None, PERCENTAGE, 1, Symbol.LOW, "<0.1%"),
        (None, COUNT, 0, Symbol.NONE, "[x]"),
    ],
)
def test_a_figure_is_a_number_with_its_sign_or_the_symbol_that_says_why_not(
    value: float | None, statistic: Statistic, decimals: int, symbol: Symbol, text: str
) -> None:
    assert format_value(value, statistic, decimals, symbol) == text


def test_a_symbol_wins_over_a_number_that_should_not_be_there() -> None:
    assert format_value(7.0, COUNT, 0, Symbol.CONFIDENTIAL) == "[c]"


def test_units_stand_in_words_except_the_per_cent_sign() -> None:
    assert format_with_unit("76", RATE) == "76 per 10,000"
    assert format_with_unit("8%", PERCENTAGE) == "8%"
    assert format_with_unit("1", Statistic.DAYS) == "1 day"
    assert format_with_unit("[c]", RATE) == "[c]"


def test_a_difference_of_percentages_is_in_points_never_in_per_cent() -> None:
    assert format_difference(1, PERCENTAGE) == "1 point"
    assert format_difference(-11, PERCENTAGE) == "11 points"
    assert format_difference(0.9, PERCENTAGE, 1) == "0.9 points"
    assert format_difference(1.0, PERCENTAGE, 1) == "1.0 point"
    assert format_difference(-32, COUNT) == "32"


def test_a_range_names_its_unit_once() -> None:
    assert format_range(9, 16, PERCENTAGE) == "9 to 16%"
    assert format_range(-3, 14, COUNT) == "−3 to 14"
    assert format_range(7.6, 8.4, PERCENTAGE) == "8%"


def test_what_a_percentage_is_a_share_of_is_told_in_whole_numbers() -> None:
    assert format_of(646, 1891) == "(646 of 1,891)"


def test_a_figure_at_a_date_is_told_by_its_day_and_a_flow_by_its_span() -> None:
    quarter = parse("2021-22-Q4")
    assert format_when(quarter, at_a_date=True) == "31 March 2022"
    assert format_when(quarter, at_a_date=False) == "Q4 2021/22"
    assert format_in(quarter, at_a_date=True) == "at 31 March 2022"
    assert format_in(quarter, at_a_date=False) == "in Q4 2021/22"
    assert format_year_to(parse("2021-22")) == "Year to 31 March 2022"
    assert format_year_to(quarter) == "Q4 2021/22"


def test_small_numbers_are_words_and_lists_end_with_and() -> None:
    assert [in_words(n) for n in (0, 1, 6, 10, 11)] == ["none", "one", "six", "ten", "11"]
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert join_words(["a", "b"], "or") == "a or b"


def test_runs_of_periods_are_folded() -> None:
    months = [parse(code) for code in ("2018-M07", "2018-M08", "2018-M09", "2022-M03")]
    assert format_periods(months) == "July 2018 to September 2018 and March 2022"


def test_every_symbol_has_a_word() -> None:
    assert all(explain_symbol(symbol) for symbol in Symbol if symbol)
    assert explain_symbol(Symbol.NONE) == ""


@pytest.mark.parametrize(
    ("precision", "value", "text"),
    [
        (Precision.NEAREST_5, 95.0, "about 95%"),
        (Precision.ABOVE, 90.0, "above 90%"),
        (Precision.BELOW, 10.0, "below 10%"),
        (Precision.EXACT, 95.0, "95.0%"),
    ],
)
def test_a_number_that_is_not_exact_never_looks_exact(precision: Precision, value: float, text: str) -> None:
    assert format_value(value, Statistic.PERCENTAGE, 1, precision=precision) == text


def test_a_symbol_wins_over_a_precision() -> None:
    hidden = format_value(None, Statistic.PERCENTAGE, 0, Symbol.CONFIDENTIAL, Precision.ABOVE)
    assert hidden == "[c]"


def test_a_span_of_a_denominator_is_told_in_words() -> None:
    assert format_base("40-59") == "of 40 to 59"
    assert format_base("") == ""


def test_every_precision_but_the_exact_has_a_name() -> None:
    assert [each for each in Precision if not name_precision(each)] == [Precision.EXACT]
