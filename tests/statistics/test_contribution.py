"""Why a number moved: examples done by hand, and sums that add up on any table."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.contribution import (
    POOLED,
    Contribution,
    Counted,
    Effect,
    Part,
    Share,
    Shared,
    split_count,
    split_percentage,
    split_stock,
)

NUMBERS = st.one_of(st.integers(0, 5000), st.floats(0, 5000, allow_nan=False))
MAYBE = st.one_of(st.none(), NUMBERS)
BASES = st.integers(0, 500)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    base = draw(BASES)
    return Share(draw(st.integers(0, base)), base)


def total(contribution: Contribution) -> Fraction:
    return sum((part.change for part in contribution.parts), Fraction(0))


def changes(contribution: Contribution) -> dict[tuple[str, Effect], float]:
    return {(part.name, part.effect): float(part.change) for part in contribution.parts}


# --- counts ---------------------------------------------------------------------------------------


def test_a_count_moves_by_what_each_district_has_more_or_fewer() -> None:
    split = split_count([Counted("north", 10, 15), Counted("south", 20, 18)], 30, 33)
    assert split.change == 3
    assert changes(split) == {("north", Effect.COUNT): 5, ("south", Effect.COUNT): -2}
    assert split.pooled == ()


def test_hidden_contributors_are_one_part_together() -> None:
    given_parts = [
        Counted("north", 10, 15),
        Counted("south", None, 7),
        Counted("east", 8, None),
        Counted("west", 1, 1),
    ]
    split = split_count(given_parts, 40, 50)
    assert split.parts[-1] == Part(POOLED, Effect.COUNT, Fraction(5), pooled=True)
    assert split.pooled == ("south", "east")
    assert not any(part.pooled for part in split.parts[:-1])


def test_what_no_contributor_accounts_for_is_told_too() -> None:
    """Children whose district is not known, say."""
    split = split_count([Counted("north", 10, 15)], 10, 17)
    assert changes(split) == {("north", Effect.COUNT): 5, (POOLED, Effect.COUNT): 2}


@given(st.lists(st.builds(Counted, st.text(max_size=3), MAYBE, MAYBE), max_size=8), NUMBERS, NUMBERS)
def test_the_parts_of_a_count_always_sum_to_its_change(
    contributors: list[Counted], before: float, after: float
) -> None:
    split = split_count(contributors, before, after)
    assert total(split) == split.change
    assert float(split.change) == pytest.approx(after - before)


# --- percentages ----------------------------------------------------------------------------------


def test_a_percentage_moves_by_rates_where_the_mix_is_the_same() -> None:
    """Both half of all; north from 10% to 20%, south stays at 30%: five points, all of it north's rate."""
    split = split_percentage(
        [
            Shared("north", Share(10, 100), Share(20, 100)),
            Shared("south", Share(30, 100), Share(30, 100)),
        ],
        Share(40, 200),
        Share(50, 200),
    )
    assert split.change == 5
    assert changes(split) == {
        ("north", Effect.RATE): 5,
        ("north", Effect.MIX): 0,
        ("south", Effect.RATE): 0,
        ("south", Effect.MIX): 0,
    }


def test_a_percentage_moves_by_mix_where_every_rate_is_the_same() -> None:
    """North has 10% and south 30%; south goes from a half of all to three quarters: from 20% to 25%."""
    split = split_percentage(
        [
            Shared("north", Share(10, 100), Share(5, 50)),
            Shared("south", Share(30, 100), Share(45, 150)),
        ],
        Share(40, 200),
        Share(50, 200),
    )
    assert (split.change, split.total(Effect.RATE), split.total(Effect.MIX)) == (5, 0, 5)
    # north is a quarter less of all, and 12.5 points below the 22.5% of all between the two
    assert changes(split)["north", Effect.MIX] == pytest.approx(0.25 * 12.5)
    assert changes(split)["south", Effect.MIX] == pytest.approx(0.25 * 7.5)


def test_a_percentage_can_rise_though_it_falls_everywhere() -> None:
    """Simpson's paradox: each rate falls by two points, and the mix more than makes up for it."""
    split = split_percentage(
        [
            Shared("north", Share(90, 900), Share(8, 100)),
            Shared("south", Share(50, 100), Share(432, 900)),
        ],
        Share(140, 1000),
        Share(440, 1000),
    )
    assert split.change == 30
    assert split.total(Effect.RATE) == -2
    assert split.total(Effect.MIX) == 32


def test_who_was_not_there_before_is_mix() -> None:
    split = split_percentage(
        [Shared("old", Share(20, 100), Share(20, 100)), Shared("new", Share(0, 0), Share(30, 100))],
        Share(20, 100),
        Share(50, 200),
    )
    assert changes(split)["new", Effect.RATE] == 0
    assert total(split) == split.change == 5


def test_hidden_shares_are_pooled_as_what_the_others_leave() -> None:
    split = split_percentage(
        [
            Shared("north", Share(10, 100), Share(20, 100)),
            Shared("south", Share(None, 60), Share(20, 60)),
            Shared("east", Share(12, 40), Share(None, None)),
        ],
        Share(40, 200),
        Share(50, 200),
    )
    assert split.pooled == ("south", "east")
    assert [part.name for part in split.parts] == ["north", "north", POOLED, POOLED]
    assert [part.pooled for part in split.parts] == [False, False, True, True]
    assert changes(split)[POOLED, Effect.RATE] == 0  # 30 of 100 before, and after


@given(st.data(), st.lists(st.tuples(shares(), shares()), min_size=1, max_size=8))
def test_rates_and_mix_always_sum_to_the_change_hidden_or_not(
    data: st.DataObject, pairs: list[tuple[Share, Share]]
) -> None:
    wholes = [
        Share(
            sum(pair[side].numerator or 0 for pair in pairs),
            sum(pair[side].denominator or 0 for pair in pairs),
        )
        for side in (0, 1)
    ]
    if not all(whole.denominator for whole in wholes):
        return
    hide = data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))
    contributors = [
        Shared(str(place), Share(None, pair[0].denominator) if hidden else pair[0], pair[1])
        for place, (pair, hidden) in enumerate(zip(pairs, hide, strict=True))
    ]
    split = split_percentage(contributors, *wholes)
    percentages = [Fraction(100 * int(w.numerator or 0), int(w.denominator or 0)) for w in wholes]
    assert total(split) == split.change == percentages[1] - percentages[0]
    assert split.total(Effect.RATE) + split.total(Effect.MIX) == split.change
    assert len(split.pooled) == sum(hide)


@given(
    st.lists(
        st.builds(
            Shared, st.text(max_size=2), st.builds(Share, MAYBE, MAYBE), st.builds(Share, MAYBE, MAYBE)
        ),
        max_size=6,
    ),
    st.builds(Share, NUMBERS, st.integers(1, 5000)),
    st.builds(Share, NUMBERS, st.integers(1, 5000)),
)
def test_parts_sum_to_the_change_though_contributors_are_not_all_of_the_whole(
    contributors: list[Shared], before: Share, after: Share
) -> None:
    split = split_percentage(contributors, before, after)
    assert total(split) == split.change


@given(st.lists(st.tuples(shares(), shares()), min_size=1, max_size=6))
def test_going_back_undoes_every_effect(pairs: list[tuple[Share, Share]]) -> None:
    """Before and after are treated alike: the way back is the same with its sign turned."""
    wholes = [
        Share(sum(p[s].numerator or 0 for p in pairs), sum(p[s].denominator or 0 for p in pairs))
        for s in (0, 1)
    ]
    if not all(whole.denominator for whole in wholes):
        return
    there = split_percentage([Shared(str(n), *pair) for n, pair in enumerate(pairs)], wholes[0], wholes[1])
    back = split_percentage(
        [Shared(str(n), pair[1], pair[0]) for n, pair in enumerate(pairs)], wholes[1], wholes[0]
    )
    assert [part.change for part in there.parts] == [-part.change for part in back.parts]


@pytest.mark.parametrize("whole", [Share(None, 10), Share(3, None), Share(0, 0)])
def test_a_whole_that_has_no_percentage_cannot_be_split(whole: Share) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        split_percentage([], whole, Share(1, 2))


# --- stocks ---------------------------------------------------------------------------------------


def test_a_stock_moves_by_starts_ends_and_what_neither_explains() -> None:
    split = split_stock(830, 842, 60, 45)
    assert [(part.effect, part.change) for part in split.parts] == [
        (Effect.STARTS, 60),
        (Effect.ENDS, -45),
        (Effect.UNEXPLAINED, -3),
    ]
    assert split.change == 12


def test_a_hidden_side_of_a_stock_is_pooled_with_what_is_unexplained() -> None:
    split = split_stock(30, 33, None, 5)
    assert split.pooled == ("starts",)
    assert split.parts[-1] == Part("", Effect.UNEXPLAINED, Fraction(8), pooled=True)


@given(NUMBERS, NUMBERS, MAYBE, MAYBE)
def test_the_parts_of_a_stock_always_sum_to_its_change(
    before: float, after: float, starts: float | None, ends: float | None
) -> None:
    split = split_stock(before, after, starts, ends)
    assert total(split) == split.change
