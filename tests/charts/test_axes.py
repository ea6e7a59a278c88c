"""`dashboard.charts.axes`: as many words along an axis as have room."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.axes import make_value_axis, thin_ticks
from dashboard.charts.lettering import measure
from dashboard.charts.scale import make_scale
from dashboard.charts.theme import TICK
from dashboard.views.shapes import Tick


def ticks(count: int, text: str = "2021/22") -> list[Tick]:
    return [Tick(number, text) for number in range(count)]


@settings(deadline=None)
@given(st.integers(1, 40), st.floats(1, 200), st.text("Wi1 ", max_size=12))
def test_words_never_touch_and_the_last_is_kept(count: int, apart: float, text: str) -> None:
    every = ticks(count, text)
    kept = thin_ticks(every, apart)
    assert kept[-1] == every[-1]
    for before, after in pairwise(kept):
        assert (float(after.at) - float(before.at)) * apart >= measure(text, TICK)
    assert len({float(after.at) - float(before.at) for before, after in pairwise(kept)}) <= 1


def test_all_stay_where_there_is_room() -> None:
    assert thin_ticks(ticks(7), 100) == ticks(7)


def test_of_no_ticks_none_are_kept() -> None:
    assert thin_ticks([], 10) == []


def test_a_single_tick_is_kept_however_little_room_there_is() -> None:
    assert thin_ticks(ticks(1), 0) == ticks(1)


@pytest.mark.parametrize(("values", "line"), [((40, 50), False), ((-5, 5), True), ((0, 5), True)])
def test_there_is_a_line_at_zero_where_zero_is_shown(values: tuple[float, ...], line: bool) -> None:
    assert make_value_axis(make_scale(values, from_zero=False))["zeroline"] is line
