"""`dashboard.vintages`: figures that a later publication has replaced."""

import numpy as np

from dashboard.vintages import set_apart


def test_the_last_row_of_a_cell_has_it_and_those_before_go_behind_all_cells() -> None:
    place, replaced = set_apart(np.array([2, 0, 2, 1, 2]), 4)
    assert place.tolist() == [4, 0, 5, 1, 2]
    assert replaced.tolist() == [2, 2]


def test_without_a_second_row_nothing_is_behind() -> None:
    place, replaced = set_apart(np.array([1, 0]), 2)
    assert place.tolist() == [1, 0]
    assert replaced.tolist() == []
    assert set_apart(np.array([], dtype=np.int64), 0)[0].tolist() == []
