"""Titles: messages that the figures bear out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import parse
from dashboard.titles import (
    find_fraction,
    say_count_of,
    say_record,
    title_change,
    title_comparison,
    title_flows,
    title_hidden,
    title_range,
    title_share,
    title_shift,
    title_value,
    title_year_before,
    title_year_on_year,
)
from dashboard.vocabulary import Polarity, Statistic
from dashboard.words import (
    Shown,
    say_county_only,
    say_hidden_points,
    say_hidden_rows,
    say_place,
)

COUNT, PERCENTAGE = Statistic.COUNT, Statistic.PERCENTAGE
HIGH, LOW, NEUTRAL = Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD, Polarity.NEUTRAL


def shown(number: float, text: str, code: str, *, at_a_date: bool = False) -> Shown:
    return Shown(number, text, parse(code), at_a_date)


def test_a_title_that_compares_names_whom_it_compares_with() -> None:
    both = say_place(["england", "statistical-neighbours"])
    assert title_comparison("More children in care", "Fewer children in care", 1, both) == (
        "More children in care than in England or our neighbours"
    )
    assert title_comparison("More", "Fewer children in care", -1, say_place(["england"])) == (
        "Fewer children in care than in England"
    )
    assert say_place(["statistical-neighbours"]) == "than among our neighbours"
    assert say_place(["worcestershire"], "worcestershire") == "than across the county"
    assert title_comparison("More", "Fewer", 0, both) == ""
    assert title_comparison("", "", 1, both) == ""


def test_a_long_title_says_elsewhere() -> None:
    both = say_place(["england", "statistical-neighbours"])
    title = title_comparison("More protection enquiries for each child", "", 1, both)
    assert title == "More protection enquiries for each child than elsewhere"


def test_a_title_that_moves_says_where_to_and_whether_it_is_a_record() -> None:
    latest, earlier = shown(891, "891", "2021-22"), shown(859, "859", "2020-21")
    assert title_change("Children in care", latest, earlier) == "Children in care rose to 891"
    assert title_change("Children in care", latest, earlier, [833, 819, 859]) == (
        "Children in care rose to 891, the highest of four years"
    )
    assert title_change("Children in care", latest, earlier, [900, 819, 859]) == (
        "Children in care rose to 891"
    )
    assert title_change("Children in care", latest, None) == ""
    same = shown(8, "8%", "2020-21")
    assert title_change("Three or more placements", shown(8, "8%", "2021-22"), same) == (
        "Three or more placements stayed at 8%"
    )


def test_a_fall_from_the_highest_falls_back() -> None:
    latest, earlier = shown(81, "81%", "2021-22"), shown(90, "90%", "2020-21")
    assert title_change("Suitable homes", latest, earlier, [80, 81, 90]) == "Suitable homes fell back to 81%"


def test_no_record_is_claimed_of_a_few_figures() -> None:
    assert say_record(10, [1, 2], 1) == ""
    assert say_record(10, [1, 2, 10], 1) == ""
    assert say_record(1, [4, 3, 2], -1, "quarters") == ", the lowest of four quarters"


def test_part_of_a_year_is_set_beside_the_same_part_of_the_year_before() -> None:
    march, before = shown(401, "401", "2022-M03"), shown(374, "374", "2021-M03")
    assert title_year_before("Referrals", march, before) == "Referrals in March 2022 were up on March 2021"
    assert title_year_before("Referrals", march, shown(5, "5", "2022-M02")) == ""
    assert title_year_before("Referrals", shown(1, "1", "2021-22"), shown(2, "2", "2020-21")) == ""


def test_flows_are_counted_by_how_often_one_exceeded_the_other() -> None:
    pairs = [(241.0, 237.0), (328.0, 262.0), (220.0, 235.0)]
    words = ("More children started than left", "More children left than started")
    assert title_flows(*words, pairs, "years") == "More children started than left in two of three years"
    assert title_flows(*words, [(2.0, 1.0), (1.0, 2.0)], "years") == ""
    assert title_flows(*words, [(1.0, 2.0), (1.0, 3.0)], "years") == (
        "More children left than started in both years"
    )
    assert title_flows(*words, [], "years") == ""
    assert title_flows(*words, [(2.0, 1.0), (3.0, 3.0)], "years") == "", "half is not most"


def test_a_year_is_set_beside_the_year_before_quarter_by_quarter() -> None:
    pairs = [(10.0, 9.0), (11.0, 9.0), (8.0, 9.0), (12.0, 9.0)]
    assert title_year_on_year("More contacts", "Fewer contacts", pairs, "quarters") == (
        "More contacts than a year before in three of four quarters"
    )
    assert title_year_on_year("More", "Fewer", [(1.0, 1.0)], "quarters") == ""
    assert say_count_of(1, 1, "quarters") == "the one quarter shown"


def test_a_range_has_no_ranks_and_says_level_when_it_is() -> None:
    assert title_range("Children in care", ("Malvern Hills", "58"), ("Worcester", "148")) == (
        "Children in care range from 58 in Malvern Hills to 148 in Worcester"
    )
    assert title_range("Rates", ("A", "12"), ("B", "12")) == "Rates are level across the districts at 12"


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (73, "nearly three in four"),
        (75, "three in four"),
        (14.3, "one in seven"),
        (27, "just over one in four"),
        (52, "just over half of"),
        (84.5, ""),
        (3, ""),
        (100, "all"),
    ],
)
def test_a_percentage_is_said_as_a_fraction_only_when_one_is_near(percentage: float, words: str) -> None:
    assert find_fraction(percentage) == words


@given(st.floats(0, 100))
def test_a_fraction_is_never_far_from_its_percentage(percentage: float) -> None:
    said = find_fraction(percentage)
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    words = said.replace("nearly ", "").replace("just over ", "").split(" in ")
    if len(words) == 2:
        value = (numbers.index(words[0]) + 1) / (numbers.index(words[1]) + 1) * 100
        assert abs(value - percentage) <= 2.5
        assert not (said.startswith("nearly") and value < percentage)
        assert not (said.startswith("just over") and value > percentage)


def test_a_share_falls_back_to_its_percentage() -> None:
    says = "{fraction} plans are for {category}"
    assert title_share(says, 64, "64%", "Neglect") == "64% of plans are for neglect"
    assert title_share(says, 73, "73%", "Neglect") == "Nearly three in four plans are for neglect"


def test_a_stack_says_how_its_largest_category_moved() -> None:
    assert title_shift("Neglect", "79%", "64%", -1) == "Neglect fell from 79% to 64%"
    assert title_shift("Neglect", "64%", "64%", 0) == "Neglect stayed at 64%"


def test_with_nothing_to_say_the_measure_is_named_with_its_value() -> None:
    latest = shown(11.1, "11.1%", "2019-M06", at_a_date=True)
    assert title_value("{value} of children had three or more placements", "x", latest) == (
        "11.1% of children had three or more placements"
    )
    assert title_value("", "Long plans", latest) == "Long plans: 11.1% at 30 June 2019"


def test_hidden_and_missing_figures_say_so_and_never_a_range() -> None:
    assert title_hidden("Redditch", 1) == "The latest number for Redditch is hidden"
    assert title_hidden("Redditch", 4) == "Some numbers for Redditch are hidden"
    assert say_hidden_points(0) == ""
    for said in (say_hidden_points(1), say_hidden_points(3), say_hidden_rows(["A", "B"])):
        assert "hidden" in said
        assert not any(letter.isdigit() for letter in said)
    assert say_hidden_rows(["Sexual abuse", "Physical abuse"]).startswith(
        "Sexual abuse and physical abuse are"
    )
    county = shown(157, "157", "2019-M06", at_a_date=True)
    assert say_county_only("Worcestershire", county) == (
        "This measure exists for Worcestershire only: 157 at 30 June 2019."
    )
    assert say_county_only("Worcestershire", None) == "This measure exists for Worcestershire only."
