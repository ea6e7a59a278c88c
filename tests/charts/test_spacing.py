"""`dashboard.charts.spacing`: labels pushed apart."""

from collections.abc import Sequence
from itertools import pairwise, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.charts.spacing import push_apart

places = st.lists(st.floats(-50, 350, allow_nan=False), max_size=7)
wholes = st.lists(st.tuples(st.integers(-2, 12), st.integers(1, 3)), min_size=1, max_size=4)


def cost(wished: Sequence[float], found: Sequence[float]) -> float:
    """How far labels are from where they ought to be: the sum of the squares."""
    return sum((a - b) ** 2 for a, b in zip(wished, found, strict=True))


def overlap(places: Sequence[float], heights: Sequence[float]) -> float:
    """By how much the two labels that are worst off overlap; 0 if none do."""
    order = sorted(range(len(places)), key=lambda each: places[each])
    return max(
        ((heights[a] + heights[b]) / 2 - (places[b] - places[a]) for a, b in pairwise(order)), default=0
    )


def try_every_place(wished: Sequence[float], heights: Sequence[float], low: int, high: int) -> float:
    """The least cost there is, by setting each label on each quarter of a pixel; the slow, obvious way."""
    order = sorted(range(len(wished)), key=lambda each: wished[each])
    best = {0.0: 0.0} if not order else {}
    for number, label in enumerate(order):
        following: dict[float, float] = {}
        spots = [low + quarter / 4 for quarter in range(4 * (high - low) + 1)]
        for spot in spots:
            if not low <= spot - heights[label] / 2 <= spot + heights[label] / 2 <= high:
                continue
            own = (wished[label] - spot) ** 2
            if number == 0:
                following[spot] = own
                continue
            gap = (heights[order[number - 1]] + heights[label]) / 2
            before = [total for other, total in best.items() if spot - other >= gap]
            if before:
                following[spot] = min(before) + own
        best = following
    return min(best.values())


def test_of_nothing_there_is_nothing() -> None:
    assert push_apart([], [], 0, 100) == []


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert push_apart([10, 50, 90], [20, 20, 20], 0, 100) == pytest.approx([10, 50, 90])


def test_two_at_one_place_give_way_alike() -> None:
    assert sorted(push_apart([50, 50], [20, 20], 0, 100)) == pytest.approx([40, 60])


def test_a_label_is_pushed_from_the_edge() -> None:
    assert push_apart([0], [20], 0, 100) == pytest.approx([10])
    assert push_apart([100, 95], [20, 20], 0, 100) == pytest.approx([90, 70])


def test_without_room_they_overlap_evenly_and_stay_inside() -> None:
    assert push_apart([5, 6, 7], [20, 20, 20], 0, 40) == pytest.approx([10, 20, 30])


@settings(deadline=None)
@given(places, st.data())
@example([0.0, 0.0, 0.0], None)
def test_none_overlaps_and_order_and_bounds_are_kept_where_there_is_room(
    wished: list[float], data: st.DataObject | None
) -> None:
    sizes = st.lists(st.floats(15, 45), min_size=len(wished), max_size=len(wished))
    heights = data.draw(sizes) if data else [20.0] * len(wished)
    found = push_apart(wished, heights, -6, 330)
    assert overlap(found, heights) < 1e-6
    for a, b in product(range(len(wished)), repeat=2):
        assert wished[a] >= wished[b] or found[a] < found[b]
    for place, height in zip(found, heights, strict=True):
        assert place - height / 2 >= -6 - 1e-6
        assert place + height / 2 <= 330 + 1e-6


@settings(deadline=None)
@given(wholes)
def test_no_other_places_are_nearer(labels: list[tuple[int, int]]) -> None:
    wished, heights = [float(place) for place, _ in labels], [float(height) for _, height in labels]
    found = push_apart(wished, heights, 0, 14)
    slow = try_every_place(wished, heights, 0, 14)
    # quarters of a pixel may miss the best place by an eighth for each label, never beat it
    assert cost(wished, found) <= slow + 1e-9
    assert slow - cost(wished, found) <= len(labels) * 0.125**2 + 1e-9


@settings(deadline=None)
@given(places)
def test_places_are_for_the_labels_in_the_order_they_were_given(wished: list[float]) -> None:
    heights = [10.0] * len(wished)
    distinct = sorted(set(wished))
    there = push_apart(distinct, heights[: len(distinct)], -100, 400)
    back = push_apart(distinct[::-1], heights[: len(distinct)], -100, 400)
    assert there == pytest.approx(back[::-1])
