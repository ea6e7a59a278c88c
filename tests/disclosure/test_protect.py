"""Protection, against a plain second opinion that does one subtraction after another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.disclosure import DisclosureError, Policy, Unprotected, protect
from tests.disclosure.tables import (
    AREAS,
    BELOW,
    CATALOGUE,
    DISTRICTS,
    figures,
    look_at,
    make_county,
    read_numbers,
    spread_over_areas,
)

NUMBERS = ("value", "numerator", "denominator")


def release(raw: pd.DataFrame, policy: Policy | None = None) -> pd.DataFrame:
    protected = protect(Unprotected(raw), CATALOGUE, AREAS, policy or Policy())
    assert protected.hidden == ((protected.table["symbol"] == "c") & (raw["symbol"] != "c")).sum()
    return protected.table


def hidden_areas(table: pd.DataFrame, indicator: str = "starts", statistic: str = "count") -> set[str]:
    rows = table[(table["indicator"] == indicator) & (table["statistic"] == statistic)]
    return set(rows[rows["symbol"] == "c"]["area"])


def test_a_small_count_is_hidden_and_one_more_beside_it() -> None:
    counts = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}
    table = release(figures(spread_over_areas("starts", counts)))
    assert hidden_areas(table) == {"east", "south"}  # the smallest of those that are not small


def test_two_small_counts_hide_each_other() -> None:
    counts = {"east": 4, "north": 9, "south": 20, "west": 25, "outside": 40}
    assert hidden_areas(release(figures(spread_over_areas("starts", counts)))) == {"east", "north"}


def test_nothing_small_hides_nothing() -> None:
    counts = {"east": 10, "north": 0, "south": 20, "west": 25, "outside": 40}
    raw = figures(spread_over_areas("starts", counts))
    pd.testing.assert_frame_equal(release(raw), raw)


def test_a_nought_is_hidden_only_where_there_is_nothing_else() -> None:
    some = {"east": 4, "north": 0, "south": 0, "west": 25, "outside": 0}
    assert hidden_areas(release(figures(spread_over_areas("starts", some)))) == {"east", "west"}
    none = {"east": 4, "north": 0, "south": 0, "west": 0, "outside": 0}
    assert len(hidden_areas(release(figures(spread_over_areas("starts", none))))) == 2


def test_the_county_and_those_it_is_compared_with_are_shown_as_published() -> None:
    rows = [
        {"indicator": "starts", "area": "county", "value": 3.0, "status": "final", "source": "returns"},
        {"indicator": "starts", "area": "england", "value": 5.0, "status": "final", "source": "returns"},
    ]
    assert release(figures(rows))["value"].tolist() == [3.0, 5.0]


def test_a_symbol_that_is_there_already_stays() -> None:
    rows = [
        {"indicator": "starts", "area": "east", "value": None, "symbol": "x"},
        {"indicator": "starts", "area": "england", "value": None, "symbol": "c"},
    ]
    assert release(figures(rows))["symbol"].tolist() == ["x", "c"]


def test_not_applicable_does_not_say_that_a_hidden_number_is_nought() -> None:
    """East has 4 of the county's 4. Were north's percentage [z], its hidden nought would give them away."""
    counts = {"east": 4, "north": 0, "south": 0, "west": 0, "outside": 0}
    rows = spread_over_areas("starts", counts)
    nobody = {"indicator": "late", "statistic": "percentage", "symbol": "z", "value": None}
    rows += [{**nobody, "area": area} for area in ("north", "south", "west", "outside")]
    table = release(figures(rows))
    hidden = hidden_areas(table)
    assert len(hidden) == 2
    assert hidden_areas(table, "late", "percentage") == hidden - {"east"}


def test_the_threshold_is_a_line_of_the_policy() -> None:
    counts = {"east": 4, "north": 5, "south": 20, "west": 25, "outside": 40}
    table = release(figures(spread_over_areas("starts", counts)), Policy(threshold=5))
    assert hidden_areas(table) == {"east", "north"}
    shown = {"east": 5, "north": 6, "south": 20, "west": 25, "outside": 40}
    assert not hidden_areas(release(figures(spread_over_areas("starts", shown)), Policy(threshold=5)))


def test_a_threshold_below_five_is_refused() -> None:
    with pytest.raises(ValueError, match="below 5"):
        Policy(threshold=4)


def test_a_rate_is_hidden_with_its_count() -> None:
    counts = {"east": 4, "north": 9, "south": 20, "west": 25, "outside": 40}
    rows = spread_over_areas("starts", counts)
    rates = [
        {"indicator": "starts", "statistic": "rate", "area": area, "numerator": n, "denominator": 10_000}
        | {"value": n}
        for area, n in counts.items()
        if area != "outside"
    ]
    table = release(figures([*rows, *rates]))
    assert hidden_areas(table, statistic="rate") == {"east", "north"}


def test_a_hidden_figure_shows_neither_value_nor_numerator_nor_denominator() -> None:
    table = release(make_county(_numbers(3)))
    hidden = table[table["symbol"] == "c"]
    assert len(hidden)
    assert hidden[list(NUMBERS)].isna().all(axis=None)


@pytest.mark.parametrize(("late", "begun"), [(3, 60), (57, 60), (5, 5)])
def test_a_percentage_is_hidden_for_its_numerator_what_is_left_of_it_or_its_base(
    late: int, begun: int
) -> None:
    parts = {"east": (late, begun), "north": (30, 60), "south": (30, 60), "west": (30, 60)}
    rows = [
        {"indicator": "late", "statistic": "percentage", "area": area, "numerator": n, "denominator": d}
        | {"value": 100 * n / d}
        for area, (n, d) in {**parts, "county": (90 + late, 180 + begun)}.items()
    ]
    table = release(figures(rows))
    assert "east" in hidden_areas(table, "late", "percentage")
    assert len(hidden_areas(table, "late", "percentage")) == 2


def test_a_percentage_of_nobody_and_one_of_everybody_are_shown() -> None:
    parts = {"east": (0, 60), "north": (60, 60), "south": (0, 0), "west": (30, 60)}
    rows = [
        {"indicator": "late", "statistic": "percentage", "area": area, "numerator": n, "denominator": d}
        | {"value": 100 * n / d if d else None, "symbol": "" if d else "z"}
        for area, (n, d) in {**parts, "county": (90, 180)}.items()
    ]
    assert release(figures(rows))["symbol"].tolist() == ["", "", "z", "", ""]


def test_an_average_over_few_children_is_hidden_but_a_small_sum_of_days_is_not() -> None:
    parts = {"east": (50, 5), "north": (4, 40), "south": (9, 30), "west": (300, 30)}
    rows = [
        {"indicator": "waiting", "statistic": "average", "area": area, "numerator": n, "denominator": d}
        | {"value": n / d}
        for area, (n, d) in {**parts, "county": (363, 105)}.items()
    ]
    assert hidden_areas(release(figures(rows)), "waiting", "average") == {"east", "south"}


def test_a_percentage_without_its_base_cannot_be_known_to_be_safe() -> None:
    rows = [{"indicator": "late", "statistic": "percentage", "area": "east", "value": 50.0}]
    assert release(figures(rows))["symbol"].tolist() == ["c"]


def test_a_difference_is_hidden_with_either_of_its_two() -> None:
    both = {"starts": 12.0, "ceases": 4.0, "net": 8.0}
    rows = [
        {"indicator": name, "area": area, "value": value}
        for name, value in both.items()
        for area in ("east", "west")
    ]
    table = release(figures(rows))
    assert hidden_areas(table, "ceases") == hidden_areas(table, "net") == {"east", "west"}


def test_a_small_difference_of_two_shown_counts_is_shown() -> None:
    rows = [
        {"indicator": name, "area": "east", "value": value}
        for name, value in {"starts": 15.0, "ceases": 12.0, "net": 3.0}.items()
    ]
    assert (release(figures(rows))["symbol"] == "").all()


def test_a_table_that_cannot_be_protected_is_not_released() -> None:
    """One district alone makes the county's published number: nothing can be hidden beside it."""
    rows = [
        {"indicator": "starts", "area": area, "value": 4.0, "status": "final", "source": "returns"}
        for area in ("east", "county")
    ]
    with pytest.raises(DisclosureError, match="give a hidden number away"):
        release(figures(rows))


def test_a_made_up_county_figure_is_hidden_as_the_last_resort() -> None:
    rows = [{"indicator": "starts", "area": area, "value": 4.0} for area in ("east", "county")]
    assert hidden_areas(release(figures(rows))) == {"east", "county"}


def test_illustrative_figures_are_protected_as_real_ones() -> None:
    raw = make_county(_numbers(5))
    real = raw.assign(status="final", source="returns")
    made_up, as_if_real = release(raw), release(real)
    assert made_up["symbol"].tolist() == as_if_real["symbol"].tolist()


def test_rows_that_are_published_twice_are_hidden_together() -> None:
    counts = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}
    first = spread_over_areas("starts", counts, published_on="2021-01-01")
    again = spread_over_areas("starts", {**counts, "east": 12}, published_on="2021-09-01")
    table = release(figures([*first, *again]))
    assert (table[table["area"] == "east"]["symbol"] == "c").all()


def _numbers(seed: int):  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(seed)
    return lambda: int(rng.choice([0, 1, 3, 8, 9, 10, 11, 14, 20, 30, 60]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1), mean=st.sampled_from([1, 4, 9, 14, 25, 60]))
def test_no_hidden_number_follows_from_one_subtraction_after_another(seed: int, mean: int) -> None:
    rng = np.random.default_rng(seed)
    raw = make_county(lambda: int(rng.poisson(mean)))
    table = release(raw)
    knowledge = look_at(raw, table)
    assert knowledge.sums
    assert not knowledge.recover()
    for cell in knowledge.known:
        if cell[2] in BELOW and cell[0] != "net" and "average" not in cell[1]:
            assert not 1 <= knowledge.truth[cell] <= 9, cell
    assert not ((table["symbol"] != "") & table["value"].notna()).any()
    county = ~raw["area"].isin(BELOW)
    pd.testing.assert_frame_equal(table[county], raw[county])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=20, max_size=20))
def test_two_ways_of_adding_up_leave_no_single_hidden_number(counts: list[int]) -> None:
    """Districts by age: rows and columns of one table."""
    table_of = np.array(counts).reshape(4, 5)
    rows: list[dict[str, object]] = []
    ages = ["a", "b", "c", "d", "e"]
    for age, column in zip(ages, table_of.T, strict=True):
        split = dict(zip(DISTRICTS, column.tolist(), strict=True))
        rows += spread_over_areas("starts", split, characteristic="age", category=age)
    totals = dict(zip(DISTRICTS, table_of.sum(axis=1).tolist(), strict=True))
    raw = figures([*rows, *spread_over_areas("starts", totals)])
    table = release(raw)
    known = read_numbers(table)
    hidden = np.array(
        [[("starts", "count", d, "2020-M04", "age", a) not in known for a in ages] for d in DISTRICTS]
    )
    totals_hidden = np.array([("starts", "count", d, "2020-M04", "", "") not in known for d in DISTRICTS])
    county = np.array([("starts", "count", "county", "2020-M04", "age", a) not in known for a in ages])
    assert not (hidden.sum(axis=1) + totals_hidden == 1).any()
    assert not (hidden.sum(axis=0) + county == 1).any()
