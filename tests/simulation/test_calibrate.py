"""Numbers that are made to meet published ones."""

import numpy as np
import pandas as pd
import pytest

from dashboard.simulation.calibrate import (
    Level,
    apportion,
    draw_path,
    nearest,
    numerator_for,
    numerators,
    round_half_up,
    split,
    spread_years,
    whole_parts,
)
from dashboard.simulation.draw import topic_generator
from dashboard.simulation.published import Figure, Published
from dashboard.simulation.timeline import FIRST_MONTH, LENGTH, place
from dashboard.vocabulary import COLUMNS


def published(*rows: dict) -> Published:
    blank = dict.fromkeys(COLUMNS, "") | {"area": "county", "statistic": "count", "basis": "local"}
    frame = pd.DataFrame([blank | {"decimals": 0} | row for row in rows])
    return Published.read(frame, "county")


def test_parts_are_whole_and_add_up_to_the_total():
    assert apportion(10, np.array([1.0, 1.0, 1.0])).tolist() in ([4, 3, 3], [3, 4, 3], [3, 3, 4])
    assert apportion(243, np.array([3.0, 2.0, 5.0])).sum() == 243
    assert apportion(0, np.array([1.0, 2.0])).tolist() == [0, 0]


def test_no_part_is_below_its_least():
    parts = apportion(20, np.array([100.0, 1.0, 1.0]), np.array([0, 5, 5]))
    assert parts.sum() == 20
    assert (parts >= [0, 5, 5]).all()


def test_years_add_up_and_exact_months_are_as_given():
    counts = spread_years({0: 240, 1: 120}, np.ones(LENGTH), {3: 90})
    assert counts[place(np.arange(12))].sum() == 240
    assert counts[place(3)] == 90
    assert counts[place(np.arange(12, 24))].tolist() == [10] * 12
    assert counts[place(np.arange(24, 36))].sum() == 120  # the nearest year that has a total
    assert counts[:-FIRST_MONTH].sum() == 240


def test_the_nearest_year_is_the_earlier_of_two():
    assert nearest({0: "a", 4: "b"}, 2) == "a"
    assert nearest({0: "a", 4: "b"}, 3) == "b"


def test_halves_are_rounded_as_people_round_them():
    assert round_half_up(0.5, 0) == 1
    assert round_half_up(2.5, 0) == 3
    assert round_half_up(11.25, 1) == 11.3
    assert round_half_up(-0.5, 0) == -1


@pytest.mark.parametrize(
    ("value", "decimals", "denominator"),
    [(11.3, 1, 835), (10.8, 1, 842), (12.0, 1, 824), (84, 0, 383), (13, 0, 702), (99, 0, 72), (0, 0, 10)],
)
def test_a_numerator_prints_as_the_published_percentage(value, decimals, denominator):
    number = numerator_for(Figure(value, decimals), denominator)
    assert f"{round_half_up(100 * number / denominator, decimals):.{decimals}f}" == f"{value:.{decimals}f}"


def test_where_no_numerator_prints_as_published_the_nearest_is_taken():
    assert numerator_for(Figure(11.3, 1), 7) == 1  # sevenths are 0, 14.3, …
    assert numerator_for(Figure(50, 0), 0) == 0


def test_pooled_months_print_as_the_year_and_exact_months_as_themselves():
    denominators = np.full(LENGTH, 97)
    found = numerators(
        np.linspace(30, 90, LENGTH), denominators, {2: Figure(41, 0)}, {(12, 23): Figure(72, 0)}
    )
    year = found[place(np.arange(12, 24))]
    assert round_half_up(100 * year.sum() / (12 * 97), 0) == 72
    assert round_half_up(100 * found[place(2)] / 97, 0) == 41
    assert ((found >= 0) & (found <= denominators)).all()
    assert year[0] < year[-1]  # the shape of the path is kept


def test_a_path_is_exact_where_published_and_near_its_levels_elsewhere():
    level = Level("plans", (("2018-M04", 100.0), ("2022-M03", 200.0)), noise=0.02)
    known = published(
        {"indicator": "plans", "period": "2019-M03", "value": 150.0},
        {"indicator": "plans", "period": "2020-M03", "value": 90.0},
    )
    path = draw_path(topic_generator(1, "path"), level, known)
    assert path[place(11)] == 150
    assert path[place(23)] == 90
    assert 85 < path[place(17)] < 155
    assert abs(path[place(47)] - 200) < 20


def test_a_level_prefers_the_local_figure_to_the_official_one():
    level = Level("plans", (), bases=("local", "official"))
    known = published(
        {"indicator": "plans", "period": "2019-M03", "value": 842.0},
        {"indicator": "plans", "period": "2019-M03", "value": 833.0, "basis": "official"},
        {"indicator": "plans", "period": "2020-M03", "value": 819.0, "basis": "official"},
    )
    assert {month: figure.value for month, figure in level.exact(known).items()} == {11: 842.0, 23: 819.0}


def test_the_figure_published_last_is_taken_and_illustrative_ones_never_are():
    known = published(
        {"indicator": "plans", "period": "2019-M03", "value": 2.0, "published_on": "2022-05-31"},
        {"indicator": "plans", "period": "2019-M03", "value": 1.0, "published_on": "2019-07-31"},
        {
            "indicator": "plans",
            "period": "2019-M03",
            "value": 9.0,
            "published_on": "2026-01-01",
            "status": "illustrative",
        },
    )
    assert known.months("plans")[11].value == 2


def test_a_split_keeps_exact_counts_and_adds_up():
    totals = np.full(LENGTH, 101)
    shares = {"a": 50.0, "b": 30.0, "c": 20.0}
    levels = {name: Level(name, (("2018-M04", each), ("2019-M04", each))) for name, each in shares.items()}
    found = split(topic_generator(1, "split"), totals, levels, {"a": {5: 60.0}})
    assert (found.sum(axis=1) == totals).all()
    assert found[place(5), 0] == 60
    assert found[place(30)].tolist() == [51, 30, 20]  # 50.5, 30.3 and 20.2


def test_a_split_whose_exact_counts_cannot_add_up_still_does():
    totals = np.full(LENGTH, 100)
    levels = {name: Level(name, (("2018-M04", 50.0),)) for name in "ab"}
    found = split(topic_generator(1, "split"), totals, levels, {"a": {5: 90.0}, "b": {5: 90.0}})
    assert found[place(5)].tolist() == [50, 50]


def test_whole_parts_are_found_for_percentages_that_do_not_add_up():
    parts = whole_parts([73, 22, 4], range(40, 160))
    assert [round_half_up(100 * part / sum(parts), 0) for part in parts] == [73, 22, 4]
    assert whole_parts([90, 90], range(10, 50)) is None
