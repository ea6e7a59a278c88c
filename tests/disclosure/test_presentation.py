"""Percentages told less exactly: which ways there are, and which leave enough possibilities."""

from dashboard.disclosure import Policy
from dashboard.disclosure.presentation import Ladder, Rung, leaves_enough, list_rungs, relate
from dashboard.disclosure.system import System
from dashboard.vocabulary import Precision

POLICY = Policy()


def test_94_per_cent_of_52_rounded_to_95_leaves_two_possibilities_which_are_too_few() -> None:
    rounded = next(list_rungs(49, 52, POLICY, base_known=True))
    assert (rounded.value, rounded.precision) == (95.0, Precision.NEAREST_5)
    assert list(rounded.possible(52)) == [49, 50]  # 92.5% is 48.1 and 97.5% is 50.7
    assert not leaves_enough(rounded, 49, 52, POLICY)


def test_above_90_per_cent_of_52_leaves_0_to_5_and_1_to_5_to_who_knows_that_it_is_small() -> None:
    above = Rung(90.0, Precision.ABOVE, 90.0, 100.0)
    assert [52 - part for part in above.possible(52)] == [5, 4, 3, 2, 1, 0]
    assert leaves_enough(above, 49, 52, POLICY)
    assert not leaves_enough(above, 49, 52, Policy(candidates=6))


def test_the_rungs_go_from_the_most_telling_to_the_least() -> None:
    high = [(rung.precision, rung.value) for rung in list_rungs(49, 52, POLICY, base_known=True)]
    assert high == [(Precision.NEAREST_5, 95.0), (Precision.ABOVE, 90.0), (Precision.ABOVE, 80.0)]
    low = [(rung.precision, rung.value) for rung in list_rungs(3, 52, POLICY, base_known=True)]
    assert low == [(Precision.NEAREST_5, 5.0), (Precision.BELOW, 10.0), (Precision.BELOW, 20.0)]


def test_the_first_rung_that_leaves_enough_is_the_first_found() -> None:
    assert [rung.value for rung in Ladder(POLICY).rungs(49, 52, base_known=True)] == [90.0, 80.0]


def test_a_base_that_stands_nowhere_is_told_as_a_span() -> None:
    (rung,) = Ladder(POLICY).rungs(30, 50, base_known=False)
    assert (rung.value, rung.precision, rung.base) == (60.0, Precision.NEAREST_5, (40, 59))


def test_a_base_below_the_first_span_or_above_the_last_leaves_nothing_to_tell() -> None:
    assert Ladder(POLICY).rungs(5, 9, base_known=False) == ()
    assert Ladder(POLICY).rungs(50, 100, base_known=False) == ()


def test_nothing_is_told_of_nobody() -> None:
    assert Ladder(POLICY).rungs(0, 0, base_known=True) == ()


def test_what_a_rung_tells_holds_for_exactly_the_numerators_it_leaves() -> None:
    above = Rung(90.0, Precision.ABOVE, 90.0, 100.0)
    fitting = []
    for numerator in range(53):
        system = System.of([numerator, 52], [])
        told = relate([(above, 0, 1)], system)
        sums = told.matrix @ told.values
        if ((told.lowest <= sums) & (sums <= told.highest)).all():
            fitting.append(numerator)
    assert fitting == list(above.possible(52)) == [47, 48, 49, 50, 51, 52]
