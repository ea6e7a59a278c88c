"""Funnel limits against published values, and what a funnel says and leaves unsaid."""

from dataclasses import fields, replace
from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.funnel import (
    FunnelKind,
    FunnelPlace,
    FunnelPoint,
    FunnelState,
    find_limits,
    make_funnel,
)

QUANTILES = (0.001, 0.025, 0.975, 0.999)
SIX = [
    FunnelPlace("a", 30, 60),
    FunnelPlace("b", 20, 40),
    FunnelPlace("c", 40, 70),
    FunnelPlace("d", 45, 80),
    FunnelPlace("e", 40, 60),
    FunnelPlace("f", 50, 85),
]


def interpolate_slowly(chances: list[float], quantile: float) -> float:
    """Spiegelhalter's limit from the chance of 0, 1, 2 and so on: the first total to reach the quantile."""
    total = 0.0
    for number, chance in enumerate(chances):
        if total + chance >= quantile:
            return max(number - (total + chance - quantile) / chance, 0)
        total += chance
    raise AssertionError("the chances do not come to the quantile")


@pytest.mark.parametrize(
    ("centre", "denominator", "limits"),
    [
        (0.58, 30, ("27.93", "38.26", "73.70", "82.96")),
        (0.58, 60, ("37.18", "44.52", "69.57", "76.35")),
        (0.58, 100, ("42.10", "47.74", "67.09", "72.49")),
    ],
)
def test_binomial_limits_are_those_worked_out_elsewhere(
    centre: float, denominator: int, limits: tuple[str, ...]
) -> None:
    found = find_limits(centre, denominator, FunnelKind.BINOMIAL, 100)
    assert tuple(f"{each:.2f}" for each in found) == limits


def test_poisson_limits_are_those_worked_out_elsewhere() -> None:
    found = find_limits(20 / 1000, 1000, FunnelKind.POISSON, 1000)
    assert tuple(f"{each:.2f}" for each in found) == ("7.17", "11.21", "28.75", "34.71")


@given(st.floats(0.02, 0.98), st.integers(1, 200))
def test_binomial_limits_agree_with_a_slow_sum(centre: float, size: int) -> None:
    chances = [comb(size, k) * centre**k * (1 - centre) ** (size - k) for k in range(size + 1)]
    slow = [interpolate_slowly(chances, quantile) / size for quantile in QUANTILES]
    slow = [1 if place > 1 and each > (size - 1) / size else each for place, each in enumerate(slow)]
    assert list(find_limits(centre, size, FunnelKind.BINOMIAL)) == pytest.approx(slow, abs=1e-6)


@given(st.floats(0.1, 60))
def test_poisson_limits_agree_with_a_slow_sum(expected: float) -> None:
    chances = [exp(-expected) * expected**k / factorial(k) for k in range(160)]
    slow = [interpolate_slowly(chances, quantile) for quantile in QUANTILES]
    assert list(find_limits(expected, 1, FunnelKind.POISSON)) == pytest.approx(slow, abs=1e-6)


@given(st.floats(0.05, 0.95), st.integers(5, 5000))
def test_limits_lie_in_their_order_around_the_centre(centre: float, size: int) -> None:
    limits = find_limits(centre, size, FunnelKind.BINOMIAL)
    assert 0 <= limits[0] <= limits[1] <= limits[2] <= limits[3] <= 1
    assert limits[1] <= centre <= limits[2]


@pytest.mark.parametrize(
    ("numerator", "state"),
    [
        (8, FunnelState.MUCH_LOWER),  # 26.7% of 30; the limits about 58% are 27.9, 38.3, 73.7 and 83.0
        (9, FunnelState.LOWER),
        (11, FunnelState.LOWER),
        (12, FunnelState.WITHIN),
        (22, FunnelState.WITHIN),
        (23, FunnelState.HIGHER),
        (24, FunnelState.HIGHER),
        (25, FunnelState.MUCH_HIGHER),
    ],
)
def test_a_place_lies_within_the_limits_or_beyond_them(numerator: int, state: FunnelState) -> None:
    (point,) = make_funnel([FunnelPlace("here", numerator, 30)], 58).points
    assert point.state is state
    assert point.value == pytest.approx(100 * numerator / 30)


def test_places_keep_their_order_and_have_no_rank() -> None:
    funnel = make_funnel(SIX)
    assert [point.name for point in funnel.points] == list("abcdef")
    assert not {field.name for field in fields(FunnelPoint)} & {"rank", "place", "position"}


def test_without_a_centre_it_is_that_of_the_places_together() -> None:
    assert make_funnel(SIX).centre == pytest.approx(100 * 225 / 395)


def test_a_place_that_is_hidden_takes_no_part() -> None:
    """Nothing but the list of what is left out tells that there is another place, or how large it is."""
    hidden = FunnelPlace("g", None, 2000)
    with_it, without = make_funnel([*SIX, hidden], 57), make_funnel(SIX, 57)
    assert with_it.left_out == ("g",)
    assert replace(with_it, left_out=()) == without


def test_the_curve_goes_past_the_smallest_and_the_largest_place() -> None:
    curve = make_funnel(SIX).curve
    assert curve.denominators[0] < 40
    assert curve.denominators[-1] > 85
    assert list(curve.denominators) == sorted(set(curve.denominators))
    at = curve.denominators.index(60)
    assert curve.limits[at] == make_funnel(SIX).points[0].limits


def test_rates_are_told_for_so_many() -> None:
    places = [FunnelPlace("here", 100, 20_000), FunnelPlace("there", 20, 20_000)]
    funnel = make_funnel(places, 30, FunnelKind.POISSON, 10_000)
    assert [point.value for point in funnel.points] == [50, 10]
    assert [point.state for point in funnel.points] == [FunnelState.MUCH_HIGHER, FunnelState.MUCH_LOWER]


def test_whether_places_differ_more_than_chance_explains_is_tested_by_hand_done_sums() -> None:
    """Two places of 100 with 40 and 60 about 50%: twice 100 / 25."""
    places = [FunnelPlace("a", 40, 100), FunnelPlace("b", 60, 100)]
    own = make_funnel(places, 50).dispersion
    assert own is not None
    assert (own.statistic, own.degrees) == (pytest.approx(8), 1)
    assert own.p == pytest.approx(0.004678, abs=1e-6)  # of a chi-square of 8 with one degree of freedom
    assert own.is_over
    other = make_funnel(places, 50, own=False).dispersion
    assert other is not None
    assert (other.degrees, other.p) == (2, pytest.approx(exp(-4)))
    assert not other.is_over


def test_six_districts_have_five_degrees_of_freedom() -> None:
    dispersion = make_funnel(SIX).dispersion
    assert dispersion is not None
    assert dispersion.degrees == 5
    assert not dispersion.is_over
    assert dispersion.reliable


def test_limits_are_not_widened_for_places_that_differ_more_than_chance() -> None:
    apart = [
        replace(place, numerator=(place.denominator or 0) * share)
        for place, share in zip(SIX, (0.2, 0.9) * 3, strict=True)
    ]
    funnel, alike = make_funnel(apart, 57), make_funnel(SIX, 57)
    assert "They differ more than chance alone explains: treat the limits as guides." in funnel.cautions
    assert [point.limits for point in funnel.points] == [point.limits for point in alike.points]
    assert "not widened" in funnel.caption


def test_a_test_of_very_small_numbers_says_that_it_is_rough() -> None:
    funnel = make_funnel([FunnelPlace("a", 1, 20), FunnelPlace("b", 2, 30)])
    assert funnel.dispersion is not None
    assert not funnel.dispersion.reliable
    assert any("rough" in each for each in funnel.cautions)


def test_each_place_is_said_to_be_part_of_its_own_benchmark_unless_it_is_not() -> None:
    assert "part of the whole" in make_funnel(SIX, 57).cautions[0]
    assert make_funnel(SIX, 57, own=False).cautions == ()


@pytest.mark.parametrize("places", [[], [FunnelPlace("a", None, None), FunnelPlace("b", 3, 0)]])
def test_without_any_number_there_is_nothing_to_draw(places: list[FunnelPlace]) -> None:
    funnel = make_funnel(places)
    assert (funnel.centre, funnel.points, funnel.dispersion) == (None, (), None)
    assert funnel.curve.denominators == ()
    assert funnel.left_out == tuple(place.name for place in places)


def test_one_place_is_nothing_to_test() -> None:
    assert make_funnel(SIX[:1], 50).dispersion is None


@pytest.mark.parametrize("centre", [0, 100])
def test_none_and_all_are_centres_too(centre: float) -> None:
    funnel = make_funnel([FunnelPlace("none", 0, 30), FunnelPlace("all", 20, 20)], centre)
    assert funnel.dispersion is None
    within = {point.name for point in funnel.points if point.state is FunnelState.WITHIN}
    assert within == {"none" if centre == 0 else "all"}


def test_all_is_not_too_many_where_nearly_all_are_usual() -> None:
    """With 99% everywhere three in four places of 30 have all of theirs."""
    everyone, one_less = FunnelPlace("a", 30, 30), FunnelPlace("b", 29, 30)
    assert {point.state for point in make_funnel([everyone, one_less], 99).points} == {FunnelState.WITHIN}


@pytest.mark.parametrize("place", [FunnelPlace("a", 31, 30), FunnelPlace("a", -1, 30)])
def test_what_is_no_share_is_refused(place: FunnelPlace) -> None:
    with pytest.raises(ValueError, match="a: "):
        make_funnel([place], 50)


@pytest.mark.parametrize("centre", [-1, 101])
def test_what_is_no_percentage_is_no_centre(centre: float) -> None:
    with pytest.raises(ValueError, match="no centre"):
        make_funnel(SIX, centre)
