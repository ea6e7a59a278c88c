"""The four rules: what is part of a pattern, and what only looks like it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.judgement import judge_points
from dashboard.statistics.limits import Bounds, Ranges, as_array, make_limits
from dashboard.statistics.processes import Method, PointState, Rule, Rules, Side, Span
from dashboard.statistics.rules import find_outside, find_shifts, find_trends, find_two_of_three
from dashboard.vocabulary import Polarity
from tests.statistics.oracle import Slow, list_rules


def shifts(values: list[float | None], centre: float, length: int = 7) -> list[int]:
    column = as_array(values)
    return np.flatnonzero(find_shifts(column, np.full(len(column), centre), length)).tolist()


def close(values: list[float]) -> list[int]:
    """Points that two of three finds, about 0 with limits at 3 each way."""
    column = as_array(values)
    every = np.ones(len(column))
    return np.flatnonzero(find_two_of_three(column, 0 * every, -3 * every, 3 * every)).tolist()


def test_seven_points_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert shifts([0, 2, 2, 2, 2, 2, 2, 2, 0], 1) == [1, 2, 3, 4, 5, 6, 7]
    assert shifts([0, 2, 2, 2, 2, 2, 2, 0, 0], 1) == []


@pytest.mark.parametrize("broken_by", [1, None])
def test_a_point_on_the_centre_or_without_a_number_breaks_a_run(broken_by: float | None) -> None:
    assert shifts([2, 2, 2, 2, broken_by, 2, 2, 2, 2], 1) == []


def test_how_many_make_a_shift_is_a_setting() -> None:
    assert shifts([0, 2, 2, 2, 2, 2, 0, 0], 1, 5) == [1, 2, 3, 4, 5]
    assert shifts([2] * 7 + [0], 1, 8) == []


def test_a_trend_of_seven_is_seven_points_which_is_six_rises() -> None:
    assert find_trends(as_array([5, 1, 2, 3, 4, 5, 6, 7, 3]), 7).tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 0]
    assert not find_trends(as_array([5, 1, 2, 3, 4, 5, 6, 3]), 7).any()


def test_a_tie_breaks_a_trend_and_so_does_a_gap() -> None:
    assert not find_trends(as_array([1, 2, 3, 4, 4, 5, 6, 7]), 7).any()
    assert not find_trends(as_array([1, 2, 3, 4, None, 5, 6, 7, 8]), 7).any()


def test_a_falling_trend_is_told_from_a_rising_one_and_a_peak_was_risen_to() -> None:
    values = [*range(7), *range(5, -1, -1)]
    assert find_trends(as_array(values), 7).tolist() == [1] * 7 + [-1] * 6


def test_two_of_three_close_to_one_limit_are_a_signal_and_the_third_is_not() -> None:
    assert close([0.5, 2.5, 0.5, 2.5, -1]) == [1, 3]
    assert close([2.5, 2.5]) == []  # three are needed


def test_all_three_must_lie_on_one_side() -> None:
    assert close([2.5, -0.5, 2.5]) == []
    assert close([2.5, 0, 2.5]) == []
    assert close([2.5, -2.5, 2.5]) == []


def test_a_point_outside_the_limit_is_not_close_to_it() -> None:
    assert close([2.5, 3.5, 1]) == []
    assert close([2.5, 3.5, 2.5]) == [0, 2]
    assert close([2.5, 3, 1]) == [0, 1]  # on the limit is within it


def test_two_thirds_of_the_way_is_not_yet_close() -> None:
    assert close([2, 2, 2]) == []


def test_a_point_on_a_limit_is_not_outside_it() -> None:
    column = as_array([3, 3.01, -3, -3.01])
    every = np.ones(4)
    assert find_outside(column, -3 * every, 3 * every).tolist() == [False, True, False, True]


def judged(values: list[float | None], rules: Rules | None = None) -> tuple[PointState, ...]:
    """Points about 0 with limits at 3 each way."""
    limits = make_limits(0, Ranges(3, 3), True, Bounds())
    points = [PointState(place, value, limits=limits) for place, value in enumerate(values)]
    span = Span(0, len(values) - 1, Method.XMR, len(values), centre=0, limits=limits)
    return judge_points(points, span, Polarity.HIGH_IS_GOOD, rules or Rules())


def test_a_point_is_named_by_the_first_rule_and_keeps_the_others() -> None:
    falling = judged([1, 1.2, 1.4, 1.6, 2.2, 2.4, 4])
    assert falling[-1].rules == (Rule.OUTSIDE, Rule.TREND, Rule.SHIFT)
    assert falling[-1].label is Rule.OUTSIDE
    assert falling[-2].rules == (Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)
    assert falling[0].rules == (Rule.TREND, Rule.SHIFT)


def test_a_trend_alone_goes_where_it_goes_and_is_no_signal() -> None:
    points = judged([1.5, 1, 0.5, 0, -0.5, -1, -1.2])
    assert {point.rules for point in points} == {(Rule.TREND,)}
    assert {point.side for point in points} == {Side.LOW}
    assert not any(point.is_signal for point in points)


def test_a_trend_with_another_rule_lies_where_its_points_lie() -> None:
    points = judged([1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3])
    assert {point.rules for point in points} == {(Rule.TREND, Rule.SHIFT)}
    assert {point.side for point in points} == {Side.HIGH}


NUMBERS = st.one_of(st.none(), st.integers(-4, 4).map(float))


@given(st.lists(NUMBERS, max_size=30), st.integers(3, 8), st.integers(3, 8))
def test_the_rules_agree_with_a_look_at_every_window(
    values: list[float | None], shift: int, trend: int
) -> None:
    slow = Slow(0, 0, -3, 3)
    found = [set(map(str, point.rules)) for point in judged(values, Rules(shift, trend))]
    assert found == list_rules(values, slow, shift, trend)
