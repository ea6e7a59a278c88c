"""What the text of a cell says, and which texts say nothing that can be a figure."""

import pytest

from dashboard.intake.board_dataset.amounts import Amount, UnreadError, read_amount
from dashboard.intake.cells import Cell
from dashboard.vocabulary import Statistic, Symbol

COUNT, PERCENTAGE = Statistic.COUNT, Statistic.PERCENTAGE


def test_a_count_may_have_its_share_in_brackets() -> None:
    assert read_amount(Cell("212"), COUNT) == Amount(COUNT, 212)
    assert read_amount(Cell("1,204"), COUNT) == Amount(COUNT, 1204)
    assert read_amount(Cell("212 (26%)"), COUNT) == Amount(COUNT, 212, share=Amount(PERCENTAGE, 26))
    assert read_amount(Cell("212(26.0 %)"), COUNT).share == Amount(PERCENTAGE, 26, 1)
    assert read_amount(Cell("2 (<1%)"), COUNT).share == Amount(PERCENTAGE, None, symbol=Symbol.LOW)


def test_a_percentage_keeps_the_digits_printed() -> None:
    assert read_amount(Cell("78%"), PERCENTAGE) == Amount(PERCENTAGE, 78)
    assert read_amount(Cell("12.0%"), PERCENTAGE) == Amount(PERCENTAGE, 12, 1)
    assert read_amount(Cell("0%"), PERCENTAGE) == Amount(PERCENTAGE, 0)
    assert read_amount(Cell("0%", exact="0.2%"), PERCENTAGE).symbol is Symbol.LOW
    assert read_amount(Cell("78"), PERCENTAGE) == Amount(PERCENTAGE, 78, unmarked=True)


def test_brackets_and_symbols_are_kept_apart() -> None:
    assert read_amount(Cell("[64%]"), PERCENTAGE) == Amount(PERCENTAGE, 64, bracketed=True)
    assert read_amount(Cell("[c]"), COUNT) == Amount(COUNT, None, symbol=Symbol.CONFIDENTIAL)
    assert read_amount(Cell("X"), COUNT) == Amount(COUNT, None, symbol=Symbol.NOT_AVAILABLE)


@pytest.mark.parametrize(
    ("text", "lead", "expected"),
    [
        ("8l4", COUNT, "a number"),
        ("814.5", COUNT, "a whole number"),
        ("-3", COUNT, "a whole number"),
        ("<10", COUNT, "a number"),
        ("-", COUNT, "a number"),
        ("1 204", COUNT, "a number"),
        ("12,04", COUNT, "a number"),
        ("٣٢", COUNT, "a number"),
        ("212 (26)", COUNT, "a number"),
        ("212 (<5%)", COUNT, "(<1%)"),
        ("212 (126%)", COUNT, "from 0% to 100%"),
        ("173%", PERCENTAGE, "from 0% to 100%"),
        ("0.73", PERCENTAGE, "0.73% or 73%"),
        ("1", PERCENTAGE, "1% or 100%"),
        ("n/a", PERCENTAGE, "such as 78%"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(text: str, lead: Statistic, expected: str) -> None:
    with pytest.raises(UnreadError) as refused:
        read_amount(Cell(text), lead)
    assert expected in str(refused.value)


def test_a_count_that_holds_more_than_it_shows_is_refused() -> None:
    with pytest.raises(UnreadError, match=r"shows 814 and holds 814\.4"):
        read_amount(Cell("814", exact="814.4"), COUNT)


def test_a_cell_with_something_wrong_is_refused_in_its_own_words() -> None:
    with pytest.raises(UnreadError, match="this is an error of Excel's"):
        read_amount(Cell("#REF!", wrong="an error of Excel's"), COUNT)
