"""`dashboard.charts.scale`: round numbers for an axis."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dashboard.charts.scale import Scale, make_column_scale, make_scale

#: As figures are published: with up to three digits after the point.
printed = st.builds(
    lambda digits, places: float(Decimal(digits).scaleb(-places)),
    st.integers(-2_000_000, 2_000_000),
    st.integers(0, 3),
)
shares = st.builds(lambda tenths: tenths / 10, st.integers(0, 1000))


def is_round(step: float) -> bool:
    """Whether a step is 1, 2, 2.5 or 5 times a power of ten."""
    return Decimal(f"{step:.6g}").normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}


def check_ticks(scale: Scale, fewest: int = 2) -> None:
    assert fewest <= len(scale.ticks) <= 7
    assert len(scale.texts) == len(scale.ticks)
    assert len(set(scale.texts)) == len(scale.ticks)
    steps = {f"{after - before:.6g}" for before, after in pairwise(scale.ticks)}
    assert len(steps) == 1
    step = float(steps.pop())
    assert is_round(step)
    for tick in scale.ticks:  # a multiple of the step, so that zero is on the grid wherever it is shown
        assert tick / step == pytest.approx(round(tick / step), abs=1e-4)


@settings(deadline=None)
@given(st.lists(printed, min_size=1, max_size=9), st.booleans())
@example([0.0], True)
@example([0.0], False)
@example([1.0], True)
@example([8.3333333333, 8.3333333334], False)
def test_ticks_are_round_few_and_hold_every_figure(values: list[float], from_zero: bool) -> None:
    scale = make_scale(values, from_zero=from_zero)
    check_ticks(scale)
    assert scale.low == scale.ticks[0] < scale.ticks[-1] == scale.high
    slack = (scale.high - scale.low) * 1e-6
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack
    assert scale.shows_zero or not (from_zero or min(values) < 0)


@settings(deadline=None)
@given(st.lists(shares, min_size=1, max_size=9), st.booleans())
@example([100.0], False)
@example([99.9, 97.0], False)
def test_percentages_never_have_a_tick_over_100(values: list[float], from_zero: bool) -> None:
    scale = make_scale(values, from_zero=from_zero, unit="%")
    assert scale.low >= 0
    assert scale.high <= 100
    check_ticks(scale)


def test_a_percentage_over_100_is_still_on_the_axis() -> None:
    assert make_scale([97, 112], from_zero=False, unit="%").high >= 112


@settings(deadline=None)
@given(st.lists(st.integers(-500, 500), min_size=1, max_size=9), st.booleans())
def test_whole_figures_have_whole_ticks(values: list[int], from_zero: bool) -> None:
    scale = make_scale(values, from_zero=from_zero)
    assert all(tick == int(tick) for tick in scale.ticks)
    assert all(text.lstrip("−").replace(",", "").isdigit() for text in scale.texts)


@settings(deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=9))
def test_below_zero_is_shown_only_for_figures_below_zero(values: list[int]) -> None:
    assert make_scale(values, from_zero=False).low >= 0


@settings(deadline=None)
@given(st.lists(printed, min_size=1, max_size=9))
@example([0.0])
def test_columns_stand_on_zero_with_room_above_the_tallest(values: list[float]) -> None:
    assume(not any(values) or max(map(abs, values)) >= 0.01)
    scale = make_column_scale(values, 240, 22)
    assert scale.low <= min(0, *values)
    assert scale.high >= max(0, *values)
    assert 0 in scale.ticks
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks)
    check_ticks(scale)
    if max(values) > 0:
        assert scale.place(max(values), 240) >= 22 - 0.1
    if min(values) < 0:
        assert 240 - scale.place(min(values), 240) >= 22 - 0.1


@pytest.mark.parametrize("from_zero", [True, False])
@pytest.mark.parametrize("values", [[], [None], [None, None]])
def test_without_figures_there_is_only_the_zero_line(values: list[None], from_zero: bool) -> None:
    scale = make_scale(values, from_zero=from_zero, unit="%")
    assert scale.ticks == (0,)
    assert scale.texts == ("0",)
    assert scale.low < scale.high


def test_what_is_missing_does_not_move_the_axis() -> None:
    assert make_scale([40, None, 60], from_zero=False) == make_scale([40, 60], from_zero=False)


def test_only_the_top_tick_carries_the_unit() -> None:
    assert make_scale([0, 20, 40], from_zero=True, unit="%").texts == ("0", "10", "20", "30", "40%")


def test_thousands_have_commas_and_losses_a_minus_sign() -> None:
    assert make_scale([-2000, 2000], from_zero=True).texts == ("−2,000", "−1,000", "0", "1,000", "2,000")


def test_a_level_line_away_from_zero_runs_inside_the_plot() -> None:
    scale = make_scale([50, 50, 50], from_zero=False)
    assert scale.low < 50 < scale.high


def test_a_place_is_counted_in_pixels_from_the_top() -> None:
    scale = Scale(0, 50, (0, 50), ("0", "50"))
    assert [scale.place(value, 200) for value in (50, 40, 0)] == [0, 40, 200]


def test_a_lowered_scale_has_one_more_step_at_its_foot() -> None:
    scale = make_scale([60.5, 76], from_zero=False)
    lowered = scale.lowered()
    assert lowered.ticks[1:] == scale.ticks
    assert lowered.high == scale.high
    check_ticks(lowered)
