"""Sentences from figures: true for every figure, and plain when there is nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import Period, parse
from dashboard.vocabulary import Polarity, Statistic
from dashboard.words import (
    Other,
    Shown,
    fill,
    find_direction,
    find_fraction,
    find_side,
    is_recent,
    lower_first,
    say_change,
    say_comparison,
    say_count_of,
    say_county_only,
    say_hidden_points,
    say_hidden_rows,
    say_movement,
    say_place,
    say_record,
    say_size,
    say_target,
    say_verdict,
    say_way,
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
        "Children in care rose to 891, the highest of the four years shown"
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
    assert say_record(1, [4, 3, 2], -1, "quarters") == ", the lowest of the four quarters shown"


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


def test_a_category_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert lower_first("Abuse or neglect") == "abuse or neglect"
    assert lower_first("SEND support") == "SEND support"
    assert fill("{what} it", what="say") == "Say it"


def test_a_figure_of_the_last_year_needs_no_date_in_its_title() -> None:
    chosen: Period = parse("2021-22-Q4")
    assert is_recent(parse("2021-22"), chosen)
    assert is_recent(parse("2021-M09"), chosen)
    assert not is_recent(parse("2021-M03"), chosen)
