"""Sentences from figures: true for every figure, and plain when there is nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import Period, parse
from dashboard.vocabulary import Polarity, Precision, Statistic
from dashboard.words import (
    Other,
    Shown,
    explain_hidden,
    fill,
    find_direction,
    find_side,
    is_recent,
    lower_first,
    say_change,
    say_comparison,
    say_movement,
    say_precision,
    say_size,
    say_target,
    say_too_few,
    say_verdict,
    say_way,
)

COUNT, PERCENTAGE = Statistic.COUNT, Statistic.PERCENTAGE
HIGH, LOW, NEUTRAL = Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD, Polarity.NEUTRAL


def shown(number: float, text: str, code: str, *, at_a_date: bool = False) -> Shown:
    return Shown(number, text, parse(code), at_a_date)


def england(number: float) -> Other:
    return Other("england", "England", number, f"{number:g}%")


def neighbours(number: float) -> Other:
    return Other("statistical-neighbours", "neighbours", number, f"{number:g}%")


def test_a_change_names_the_figure_it_is_measured_from() -> None:
    latest = shown(891, "891", "2022-M03", at_a_date=True)
    earlier = shown(859, "859", "2021-M03", at_a_date=True)
    assert say_change(latest, earlier, COUNT) == "Up 32 from 859, 31 March 2021"
    assert say_change(latest, earlier, COUNT, capital=False) == "up 32 from 859, 31 March 2021"


def test_a_change_of_a_percentage_is_in_points() -> None:
    change = say_change(shown(47, "47%", "2021-22"), shown(48, "48%", "2020-21"), PERCENTAGE)
    assert change == "Down 1 point from 48% in 2020/21"
    size = say_size(21.2, 22.1, PERCENTAGE, 1)
    assert size == "Down 0.9 points"


def test_no_change_is_said_of_figures_that_are_shown_alike() -> None:
    latest, earlier = (
        shown(8, "8%", "2022-M03", at_a_date=True),
        shown(8, "8%", "2021-M03", at_a_date=True),
    )
    assert say_change(latest, earlier, PERCENTAGE) == "No change from 8%, 31 March 2021"
    assert say_movement(latest, earlier, PERCENTAGE) == "the same as at 31 March 2021"


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_up_and_down_always_agree_with_the_numbers(now: int, before: int) -> None:
    size = say_size(now, before, COUNT)
    expected = {1: "Up", -1: "Down", 0: "No"}[find_direction(now, before)]
    assert size.split()[0] == expected
    if now != before:
        assert int(size.split()[1].replace(",", "")) == abs(now - before)


def test_a_good_direction_gives_better_and_worse_and_none_gives_above_and_below() -> None:
    others = [england(55), neighbours(54)]
    assert say_comparison(47, others, HIGH) == "worse than England (55%) and neighbours (54%)"
    assert say_comparison(47, others, LOW) == "better than England (55%) and neighbours (54%)"
    assert say_comparison(76, others, NEUTRAL) == "above England (55%) and neighbours (54%)"


def test_between_the_two_and_level_are_said_as_such() -> None:
    assert say_comparison(20, [england(21.5), neighbours(18.5)], LOW) == (
        "between neighbours (18.5%) and England (21.5%)"
    )
    assert say_comparison(10, [england(10), neighbours(9)], LOW) == (
        "worse than neighbours (9%) and level with England (10%)"
    )
    assert say_comparison(10, [], LOW) == ""


@pytest.mark.parametrize(
    ("number", "others", "polarity", "verdict"),
    [
        (76, [england(70), neighbours(55)], NEUTRAL, "Above both"),
        (8, [england(10), neighbours(10)], LOW, "Better than both"),
        (79, [england(88), neighbours(90)], HIGH, "Worse than both"),
        (20, [england(21), neighbours(18)], LOW, "Between the two"),
        (10, [england(10), neighbours(10)], HIGH, "Level with both"),
        (10, [england(10), neighbours(12)], LOW, "Level with England, better than neighbours"),
        (10, [england(9)], NEUTRAL, "Above England"),
        (10, [], HIGH, "Not compared"),
    ],
)
def test_a_verdict_fits_a_cell(number: float, others: list[Other], polarity: Polarity, verdict: str) -> None:
    assert say_verdict(number, others, polarity) == verdict


@given(
    st.floats(0, 100), st.lists(st.floats(0, 100), min_size=1, max_size=3), st.sampled_from(list(Polarity))
)
def test_better_is_never_said_of_a_neutral_measure_nor_of_equal_figures(
    number: float, numbers: list[float], polarity: Polarity
) -> None:
    others = [Other(f"o{index}", f"o{index}", each, "") for index, each in enumerate(numbers)]
    for said in (say_comparison(number, others, polarity), say_verdict(number, others, polarity).lower()):
        judged = "better" in said or "worse" in said
        assert not (judged and polarity is NEUTRAL)
        assert not (judged and all(each == number for each in numbers))


def test_a_side_is_only_taken_when_all_agree() -> None:
    assert find_side(76, [england(70), neighbours(55)]) == 1
    assert find_side(20, [england(21), neighbours(18)]) == 0
    assert find_side(20, []) == 0


def test_a_target_is_met_or_not_by_the_good_direction_and_not_judged_without_one() -> None:
    assert say_target("10%", 8, 10, LOW) == "10%: met"
    assert say_target("10%", 11, 10, LOW) == "10%: not met"
    assert say_target("95%", 95, 95, HIGH) == "95%: met"
    assert say_target("12%", 14, 12, NEUTRAL) == "12%"
    assert say_target("12%", None, 12, HIGH) == "12%"


def test_which_way_is_good_is_said_in_words() -> None:
    assert [say_way(each) for each in (HIGH, LOW, NEUTRAL)] == [
        "Higher is better.",
        "Lower is better.",
        "For context only.",
    ]


def test_a_category_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert lower_first("Abuse or neglect") == "abuse or neglect"
    assert lower_first("SEND support") == "SEND support"
    assert fill("{what} it", what="say") == "Say it"


def test_a_figure_of_the_last_year_needs_no_date_in_its_title() -> None:
    chosen: Period = parse("2021-22-Q4")
    assert is_recent(parse("2021-22"), chosen)
    assert is_recent(parse("2021-M09"), chosen)
    assert not is_recent(parse("2021-M03"), chosen)


def test_what_is_not_told_exactly_is_explained_by_the_words_used() -> None:
    protected = "to protect young people’s identity."
    assert say_precision([Precision.EXACT]) == ""
    assert say_precision([Precision.NEAREST_5]) == f"“About” is to the nearest 5%, {protected}"
    assert say_precision([Precision.ABOVE]) == f"“Above” says no more than that, {protected}"
    assert say_precision(list(Precision)) == (
        f"“About” is to the nearest 5% and “above” and “below” say no more than that, {protected}"
    )


def test_whoever_has_too_few_is_named() -> None:
    assert say_too_few("Bromsgrove") == "Too few children to show Bromsgrove alone"


def test_what_hidden_means_names_the_threshold() -> None:
    assert "below 12" in explain_hidden(12)
