"""Who is drawn is chance; how many are drawn is exact."""

import numpy as np
import pytest

from dashboard.simulation.draw import (
    draw_codes,
    mark,
    mark_months,
    pick,
    steer_flag,
    steer_states,
    tally,
    topic_generator,
)
from dashboard.simulation.timeline import FIRST_MONTH, LENGTH, place


def test_a_topic_draws_the_same_whatever_other_topics_draw():
    first = topic_generator(2018, "care").random(3)
    topic_generator(2018, "contacts").random(100)
    assert (topic_generator(2018, "care").random(3) == first).all()
    assert (topic_generator(2018, "contacts").random(3) != first).all()
    assert (topic_generator(2019, "care").random(3) != first).all()


def test_codes_follow_the_weights_of_the_mix():
    codes = draw_codes(topic_generator(1, "mix"), 100_000, {"a": 1.0, "never": 0.0, "b": 3.0})
    shares = np.bincount(codes, minlength=3) / len(codes)
    assert shares == pytest.approx([0.25, 0, 0.75], abs=0.01)


def test_pick_takes_as_many_as_asked_and_no_more_than_there_are():
    rng = topic_generator(1, "pick")
    assert len(set(pick(rng, np.ones(10), 4).tolist())) == 4
    assert len(pick(rng, np.ones(3), 9)) == 3
    assert len(pick(rng, np.ones(3), -2)) == 0


def test_pick_prefers_the_heavier_and_takes_the_impossible_last():
    rng = topic_generator(1, "pick")
    weights = np.array([0.0] * 50 + [1.0] * 50)
    assert (pick(rng, weights, 50) >= 50).all()


def test_mark_marks_exactly_so_many_of_every_group():
    rng = topic_generator(1, "mark")
    group = rng.permutation(np.repeat(np.arange(5), 20))
    marked = mark(rng, group, {0: 0, 1: 20, 2: 7, 4: 99})
    assert np.bincount(group[marked], minlength=5).tolist() == [0, 20, 7, 0, 20]


def test_mark_never_marks_what_has_no_weight():
    rng = topic_generator(1, "mark")
    weights = np.array([0.0, 0.0, 1.0, 1.0])
    assert mark(rng, np.zeros(4, dtype=np.int64), {0: 4}, weights).tolist() == [False, False, True, True]


def test_months_are_counted_and_marked_by_their_place():
    months = np.array([FIRST_MONTH, 0, 0, 0, 47])
    counts = np.zeros(LENGTH, dtype=np.int64)
    counts[place(0)] = 2
    marked = mark_months(topic_generator(1, "months"), months, counts)
    assert tally(months)[[0, int(place(0)), -1]].tolist() == [1, 3, 1]
    assert tally(months, marked).sum() == marked[1:4].sum() == 2


def test_states_meet_their_targets_and_last():
    rng = topic_generator(1, "states")
    units = np.tile(np.arange(300), 6)
    months = np.repeat(np.arange(6), 300)
    targets = np.zeros((LENGTH, 3), dtype=np.int64)
    for month, split in enumerate([(100, 100, 100), (110, 100, 90), (110, 90, 100)] * 2):
        targets[place(month)] = split
    states = steer_states(rng, units, months, targets, np.ones((1_800, 3)), churn=0.01)
    for month in range(6):
        assert np.bincount(states[months == month], minlength=3).tolist() == targets[place(month)].tolist()
    moved = (states[:-300] != states[300:]).mean()
    assert moved < 0.1  # at random two thirds would move each month


def test_a_state_that_is_impossible_for_a_unit_is_left_at_once():
    rng = topic_generator(1, "states")
    units, months = np.tile(np.arange(10), 2), np.repeat([0, 1], 10)
    targets = np.zeros((LENGTH, 2), dtype=np.int64)
    targets[place(0)] = targets[place(1)] = (5, 5)
    likely = np.ones((20, 2))
    likely[10:15, 1] = 0.0  # in the second month, units 0 to 4 cannot be in state 1
    states = steer_states(rng, units, months, targets, likely, churn=0.0)
    assert (states[10:15] == 0).all()
    assert (states[15:] == 1).all()


def test_a_flag_is_only_of_those_it_may_be_true_of():
    rng = topic_generator(1, "flag")
    units, months = np.tile(np.arange(40), 3), np.repeat(np.arange(3), 40)
    among = units < 12
    counts = np.full(LENGTH, 9)
    flags = steer_flag(rng, units, months, counts, among=among)
    assert tally(months, flags)[place(np.arange(3))].tolist() == [9, 9, 9]
    assert not flags[~among].any()


def test_a_flag_asked_of_too_few_is_true_of_all_of_them():
    flags = steer_flag(
        topic_generator(1, "few"), np.arange(4), np.zeros(4, dtype=np.int64), np.full(LENGTH, 9)
    )
    assert flags.all()
