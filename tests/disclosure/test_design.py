"""How finely districts are shown: coarser until little is hidden, and not at all where nothing else helps."""

import numpy as np

from dashboard.disclosure.design import Option, Shown, Tables, choose_levels
from dashboard.keys import Array

MOST = 0.2
BY_AGE, TOTAL = ("starts", "local", "age"), ("starts", "local", "")


def make_tables(*sizes: tuple[int, int], names: list[tuple[str, str, str]]) -> Tables:
    """Tables of so many monthly and yearly figures of districts, each with those two ways of being shown."""
    table = np.repeat(np.arange(len(sizes)), [months + years for months, years in sizes])
    fineness = np.concatenate([np.repeat([0, 2], size) for size in sizes])
    everything = np.ones(len(table), dtype=bool)
    options = [[Option(0, 0), Option(2, 0)] for _ in sizes]
    return Tables(table, everything, fineness, everything[:, None], names, options, [True] * len(sizes))


def first_months(tables: Tables, number: int) -> Array:
    """So many of the monthly figures."""
    return (tables.fineness == 0) & (np.cumsum(tables.fineness == 0) <= number)


def test_a_table_of_which_a_fifth_is_hidden_stays_and_one_of_which_more_is_becomes_yearly() -> None:
    tables = make_tables((10, 5), names=[TOTAL])
    assert choose_levels(tables, lambda shown, _: shown & first_months(tables, 3), MOST) == [0]  # 3 of 15
    assert choose_levels(tables, lambda shown, _: shown & first_months(tables, 4), MOST) == [1]  # 4 of 15


def test_a_table_that_is_hidden_at_every_level_is_not_shown() -> None:
    tables = make_tables((10, 5), names=[TOTAL])
    chosen = choose_levels(tables, lambda shown, _: shown, MOST)
    assert chosen == [-1]
    assert not tables.shown(chosen).any()


def test_a_breakdown_gives_way_before_the_total_that_it_is_part_of() -> None:
    tables = make_tables((10, 5), (10, 5), names=[BY_AGE, TOTAL])

    def hide(shown: Array, beside: bool) -> Array:
        by_age_is_shown = (shown & (tables.table == 0)).any()
        return shown & bool(beside and by_age_is_shown)

    assert choose_levels(tables, hide, MOST) == [-1, 0]


def test_the_county_keeps_its_categories_and_gains_the_merged_ones_of_its_districts() -> None:
    below = np.array([True, True, True, False, False, False])
    finest, merged = [True, True, False], [False, False, True]  # a, b, and both together
    levels = np.column_stack((finest * 2, merged * 2))
    options = [[Option(1, 0), Option(1, 1)]]
    tables = Tables(np.zeros(6, dtype=int), below, np.ones(6, dtype=int), levels, [BY_AGE], options, [True])
    assert tables.shown([0]).tolist() == [*finest, *finest]
    assert tables.shown([1]).tolist() == [*merged, True, True, True]
    assert tables.shown([-1]).tolist() == [False, False, False, *finest]


def test_a_table_begins_where_it_was_and_where_that_is_gone_at_the_next_coarser_way() -> None:
    tables = make_tables((10, 5), (10, 5), names=[BY_AGE, TOTAL])
    assert tables.find_shown([]) == [0, 0]
    assert tables.find_shown(tables.name_shown([1, -1])) == [1, -1]
    quarterly = Shown(*BY_AGE, real=True, option=Option(1, 0))
    assert tables.find_shown([quarterly]) == [1, 0]
    made_up = Shown(*BY_AGE, real=False, option=Option(2, 0))
    assert tables.find_shown([made_up]) == [0, 0]


def test_no_table_becomes_finer_than_it_began() -> None:
    tables = make_tables((10, 5), (10, 5), names=[BY_AGE, TOTAL])
    assert choose_levels(tables, lambda shown, _: shown & False, MOST, [1, -1]) == [1, -1]
