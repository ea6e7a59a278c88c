"""A cell is the text that Excel shows, and says so where its number is another."""

from datetime import date, datetime, time

import pytest

from dashboard.intake.cells import Cell, clean, letter_of, read_cell, to_number


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (842, "General", "842"),
        (842.0, "General", "842"),
        (0.1 + 0.2, "General", "0.3"),
        (0.78, "0%", "78%"),
        (0.575, "0%", "58%"),
        (0.12, "0.0%", "12.0%"),
        (1, "0%", "100%"),
        (1, "0", "1"),
        (1204, "#,##0", "1204"),
        (12, "0.0", "12.0"),
        (78, '0"%"', "78%"),
        (0.78, "[Red]0%;[Blue]-0%", "78%"),
        (1204, "_-* #,##0_-;-* #,##0_-", "1204"),
        (True, "General", "TRUE"),
        (" 212\u00a0 (26%)\n", "@", "212 (26%)"),
        (date(2018, 7, 1), "mmm-yy", "Jul-18"),
        (datetime(2018, 7, 31), "dd/mm/yyyy", "2018-07-31"),
        (datetime(2019, 7, 18), "d-mmm", "18 Jul"),
        (time(3, 30), "h:mm", "03:30:00"),
        (None, "0%", ""),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    assert read_cell(value, number_format).text == text


def test_a_number_with_more_digits_than_it_shows_is_kept_beside_it() -> None:
    assert read_cell(0.7849, "0%") == Cell("78%", exact="78.49%")
    assert read_cell(814.4, "0") == Cell("814", exact="814.4")
    assert read_cell(0.07 * 100, "0") == Cell("7")  # 7.000000000000001 is noise


@pytest.mark.parametrize(
    ("value", "number_format", "wrong"),
    [
        (True, "General", "yes or no"),
        (date(2018, 7, 1), "mmm-yy", "a day"),
        ("#REF!", "General", "an error of Excel's"),
        ("#DIV/0!", "0%", "an error of Excel's"),
        (12, "0,", "a format that hides"),
        (12, "# ?/?", "a format that hides"),
        (3, '[<10]"c";0', "a format that hides"),
        (0.8, '0"%"', "may be a share of one"),
        (float("inf"), "0", "not a number"),
        (1e300, "0.00", "not a number"),
    ],
)
def test_a_cell_that_nobody_can_read_says_why(value: object, number_format: str, wrong: str) -> None:
    assert wrong in read_cell(value, number_format).wrong


def test_numbers_keep_the_digits_after_the_point() -> None:
    assert to_number("1,204") == (1204, 0)
    assert to_number("12.0") == (12, 1)
    for text in ("", "12.", ".5", "1,20", "1e3", "12 0", "٣", "0x10"):
        with pytest.raises(ValueError, match=r"^"):
            to_number(text)


def test_columns_have_their_letters() -> None:
    assert [letter_of(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_a_text_has_plain_single_spaces() -> None:
    assert clean("\ufeff 21-\u00a0 25\r\n years ") == "21- 25 years"
