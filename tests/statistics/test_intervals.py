"""Wilson's interval against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.intervals import wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals_are_reproduced(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    found = wilson(numerator, denominator)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_all_of_a_few_may_still_be_fewer_of_many() -> None:
    assert wilson(20, 20) == pytest.approx((1 - 0.1611, 1.0), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_an_interval_holds_its_percentage_and_stays_within_none_and_all(parts: tuple[int, int]) -> None:
    top, base = parts
    low, high = wilson(top, base)
    assert 0 <= low <= top / base <= high <= 1
    wider = wilson(top, base, 0.998)
    assert wider[0] <= low <= high <= wider[1]
    mirrored = wilson(base - top, base)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high))


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_proportion_has_no_interval(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(numerator, denominator)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_between_none_and_all(level: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        wilson(1, 2, level)
