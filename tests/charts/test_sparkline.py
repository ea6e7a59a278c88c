"""`dashboard.charts.sparkline`: small lines without axes, and strips."""

import pytest

from dashboard.charts.sparkline import spark_path, strip
from dashboard.views.shapes import Position


def test_the_lowest_and_highest_figure_reach_the_edges() -> None:
    path = spark_path((1, 3, 2), 112, 30)
    assert path.d == "M3 25L53.5 5L104 15"
    assert path.end == (104, 15)


def test_a_gap_lifts_the_pen() -> None:
    assert spark_path((1, 2, None, 4, 3), 112, 30).d.count("M") == 2


def test_figures_by_the_quarter_are_joined_across_the_months_between() -> None:
    values = (None, None, 97, None, None, 98, None, None, 102, None, None, 90)
    path = spark_path(values, 92, 30, joined=3)
    assert path.d.count("M") == 1
    assert path.d.count("L") == 3
    assert path.end == (84, 25)
    assert spark_path(values, 92, 30).d == ""
    assert spark_path((1, None, None, None, 2, None, None, 3), 92, 30, joined=3).d.count("L") == 1


def test_a_point_between_gaps_stands_alone() -> None:
    path = spark_path((1, 2, None, 3, None, 2), 113, 30)
    assert len(path.lone) == 2
    assert path.end == path.lone[-1]


def test_a_level_line_runs_in_the_middle() -> None:
    assert spark_path((7, 7), 112, 30).d == "M3 15L104 15"


@pytest.mark.parametrize("values", [(), (None,), (None, None)])
def test_of_nothing_there_is_no_line(values: tuple[None, ...]) -> None:
    path = spark_path(values, 112, 30)
    assert (path.d, path.end, path.lone) == ("", None, ())


def test_a_single_figure_is_a_dot() -> None:
    path = spark_path((4,), 112, 30)
    assert path.d == ""
    assert path.lone == (path.end,)


def test_places_on_a_strip_stay_on_it() -> None:
    found = strip(Position(0.5, 0, 1.2), 132)
    assert (found.area, found.neighbours, found.england) == (66, 8, 124)
    assert strip(Position(0, None, None), 132).england is None
