"""Episodes open, and are in the stock at a month's end until the month in which they end."""

import numpy as np

from dashboard.simulation.episodes import OPEN, Episodes, weigh, without


def test_an_episode_is_in_the_stock_from_the_month_it_begins_until_before_the_month_it_ends():
    episodes = Episodes()
    episodes.begin(np.array([7]), 2)
    episodes.finish(episodes.rows_of(np.array([7])), 5, reason=3)
    rows, months = episodes.shown(np.arange(8))
    assert months.tolist() == [2, 3, 4]
    assert rows.tolist() == [0, 0, 0]
    assert episodes.reason.tolist() == [3]


def test_starts_and_ends_are_listed_by_month():
    episodes = Episodes()
    episodes.begin(np.array([1, 2]), np.array([4, 1]))
    episodes.begin(np.array([3]), -2)
    episodes.finish(np.array([0]), 6, 0)
    assert episodes.begun(0).tolist() == [1, 0]
    assert episodes.ended(0).tolist() == [0]
    assert episodes.end.tolist() == [6, OPEN, OPEN]
    assert episodes.open_rows().tolist() == [1, 2]


def test_weights_are_those_of_the_band_a_duration_is_in():
    assert weigh(np.array([0, 2, 3, 11, 12, 40]), (3, 12), (1.0, 2.0, 3.0)).tolist() == [1, 1, 2, 2, 3, 3]


def test_children_busy_elsewhere_are_left_out():
    assert without(np.array([1, 2, 3]), np.array([2]), np.array([9])).tolist() == [True, False, True]
