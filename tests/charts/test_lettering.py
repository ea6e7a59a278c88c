"""`dashboard.charts.lettering`: how wide words are, and where they break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.lettering import count_lines, measure, measure_widest, wrap

words = st.lists(st.text("abcWi", min_size=1, max_size=14), min_size=1, max_size=8).map(" ".join)


def test_a_wide_letter_is_wider_and_bold_wider_still() -> None:
    assert measure("iii", 16) < measure("nnn", 16) < measure("WWW", 16)
    assert measure("nnn", 16) < measure("nnn", 16, bold=True)


def test_width_grows_with_the_letters_size() -> None:
    assert measure("Redditch", 32) == pytest.approx(2 * measure("Redditch", 16))


def test_the_longest_line_counts() -> None:
    assert measure("a<br>Worcestershire", 16) == measure("Worcestershire", 16)
    assert measure_widest(["a", "Worcestershire"], 16) == measure("Worcestershire", 16)
    assert measure_widest([], 16) == 0


def test_what_fits_is_not_broken() -> None:
    assert wrap("Foster carers", 400, 16) == "Foster carers"


def test_lines_are_as_even_as_they_can_be() -> None:
    assert wrap("Children’s or secure homes", 150, 16) == "Children’s or<br>secure homes"


@settings(deadline=None)
@given(words, st.floats(20, 400))
def test_words_stay_whole_and_lines_fit_unless_one_word_is_too_wide(text: str, width: float) -> None:
    broken = wrap(text, width, 16)
    assert broken.replace("<br>", " ") == text
    for each in broken.split("<br>"):
        assert " " not in each or measure(each, 16) <= width


@settings(deadline=None)
@given(words, st.floats(20, 400))
def test_no_fewer_lines_would_do(text: str, width: float) -> None:
    """Against the plain way: fill each line as far as it goes."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", 16) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    assert count_lines(wrap(text, width, 16)) == len(lines)
