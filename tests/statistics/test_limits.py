"""Limits against values that others have published, to the precision that they are printed with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.limits import Bounds, measure_laney, measure_xmr
from tests.statistics.board import read_measure
from tests.statistics.oracle import measure_slowly

#: Measure: mean, average moving range after screening, limits with screening, limits without.
GOLDEN = {
    1: (830.08, 8.909, 806.39, 853.78, 806.39, 853.78),
    3: (38.08, 2.091, 32.52, 43.65, 32.52, 43.65),
    4: (204.92, 2.909, 197.18, 212.65, 197.18, 212.65),
    7: (11.06, 0.390, 10.02, 12.10, 9.63, 12.49),
    9: (175.00, 2.909, 167.26, 182.74, 167.26, 182.74),
    19: (77.00, 2.500, 70.35, 83.65, 67.81, 86.19),
    21: (19.67, 4.636, 7.33, 32.00, 7.33, 32.00),
    26: (388.33, 11.636, 357.38, 419.29, 357.38, 419.29),
    29: (83.25, 1.300, 79.79, 86.71, 77.20, 89.30),
}
SERIES = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]  # of the vignette of NHSRplotthedots


@pytest.mark.parametrize("number", GOLDEN)
def test_the_limits_of_the_board_dataset_are_those_worked_out_elsewhere(number: int) -> None:
    measured = measure_xmr(read_measure(number).values)
    assert measured is not None
    (limits,) = measured.limits
    found = (
        f"{limits.centre:.2f}",
        f"{measured.ranges.screened:.3f}",
        f"{limits.screened_lower:.2f}",
        f"{limits.screened_upper:.2f}",
        f"{limits.unscreened_lower:.2f}",
        f"{limits.unscreened_upper:.2f}",
    )
    mean, moving_range, *others = GOLDEN[number]
    assert found == (f"{mean:.2f}", f"{moving_range:.3f}", *(f"{each:.2f}" for each in others))


def test_the_published_example_is_reproduced_with_and_without_screening() -> None:
    measured = measure_xmr(SERIES)
    assert measured is not None
    (limits,) = measured.limits
    assert f"{limits.centre:.2f}" == "1.94"
    assert (f"{limits.screened_lower:.2f}", f"{limits.screened_upper:.2f}") == ("-0.72", "4.60")
    assert (f"{limits.unscreened_lower:.2f}", f"{limits.unscreened_upper:.2f}") == ("-3.06", "6.95")


def test_limits_are_tested_as_worked_out_and_drawn_no_further_than_the_numbers_go() -> None:
    measured = measure_xmr([96, 99, 95, 100, 94], bounds=Bounds(0, 100))
    assert measured is not None
    (limits,) = measured.limits
    assert limits.upper > 100
    assert limits.drawn_upper == 100
    assert limits.drawn_lower == limits.lower
    below = measure_xmr(SERIES, bounds=Bounds(0))
    assert below is not None
    assert below.limits[0].lower < 0 == below.limits[0].drawn_lower


def test_screening_can_be_switched_off() -> None:
    with_it, without = measure_xmr(SERIES), measure_xmr(SERIES, screened=False)
    assert with_it is not None
    assert without is not None
    assert with_it.limits[0].upper == with_it.limits[0].screened_upper < without.limits[0].upper
    assert without.limits[0].upper == without.limits[0].unscreened_upper


def test_no_range_is_taken_across_a_point_that_is_not_known() -> None:
    measured = measure_xmr([10, 12, None, 40, 43], screened=False)
    assert measured is not None
    assert measured.ranges.unscreened == (2 + 3) / 2
    assert measure_xmr([10, None, 40]) is None


def test_screening_never_puts_the_limits_upon_the_mean() -> None:
    measured = measure_xmr([10] * 11 + [12])
    assert measured is not None
    assert measured.ranges.screened == measured.ranges.unscreened == 2 / 11


@given(st.lists(st.integers(-500, 500), min_size=2, max_size=40), st.booleans())
def test_limits_agree_with_a_slow_reckoning(values: list[int], screened: bool) -> None:
    measured = measure_xmr(values, screened=screened)
    slow = measure_slowly(values, screened=screened)
    assert measured is not None
    assert (measured.limits[0].lower, measured.limits[0].upper) == pytest.approx((slow.lower, slow.upper))
    assert measured.ranges.used(screened) == pytest.approx(slow.moving_range)


def test_laneys_limits_are_those_of_a_sum_done_by_hand() -> None:
    """Four months, 10 of 100, 30 of 150, 12 of 100 and 28 of 150: in all 80 of 500, 16%."""
    measured = measure_laney([10, 30, 12, 28], [100, 150, 100, 150], proportion=True, screened=False)
    assert measured is not None
    assert measured.centre == pytest.approx(16)
    narrow, wide = (0.16 * 0.84 / 150) ** 0.5, (0.16 * 0.84 / 100) ** 0.5
    scores = [-0.06 / wide, 0.04 / narrow, -0.04 / wide, (28 / 150 - 0.16) / narrow]
    average = sum(abs(scores[place] - scores[place - 1]) for place in (1, 2, 3)) / 3
    assert measured.ranges.unscreened == pytest.approx(average)
    reach = [each.upper - 16 for each in measured.limits]
    assert reach == pytest.approx([300 * each * average / 1.128 for each in (wide, narrow, wide, narrow)])


def test_a_u_chart_takes_its_width_from_counts_and_not_from_shares() -> None:
    measured = measure_laney([4, 9, 4, 9], [100, 100, 100, 100], per=100, proportion=False, screened=False)
    assert measured is not None
    deviation = (0.065 / 100) ** 0.5
    assert measured.ranges.unscreened == pytest.approx(0.05 / deviation)
    assert measured.limits[0].upper == pytest.approx(6.5 + 3 * 5 / 1.128)


def test_limits_of_a_baseline_judge_what_comes_after_by_its_own_denominator() -> None:
    measured = measure_laney([10, 30, 12, 90], [100, 150, 100, 900], proportion=True, baseline=3)
    alone = measure_laney([10, 30, 12], [100, 150, 100], proportion=True)
    assert measured is not None
    assert alone is not None
    assert measured.centre == alone.centre
    assert measured.limits[:3] == alone.limits
    width = [each.upper - each.centre for each in measured.limits]
    assert width[3] == pytest.approx(width[0] / 3)  # of nine times as many
