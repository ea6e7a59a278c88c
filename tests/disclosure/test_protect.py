"""Protection, against a plain second opinion that does one subtraction after another."""

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.areas import AreaKind
from dashboard.disclosure import DisclosureError, Policy, Unprotected, protect
from dashboard.disclosure.policy import Exempt
from dashboard.observations import TYPES
from tests.disclosure.tables import (
    AREAS,
    BELOW,
    CATALOGUE,
    DISTRICTS,
    Cell,
    figures,
    look_at,
    make_county,
    spread_over_areas,
)

NUMBERS = ("value", "numerator", "denominator")
CELL = ["indicator", "statistic", "area", "period", "characteristic", "category"]
BELOW_COUNTY = frozenset({AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY})

#: Nothing is made coarser and the county's small numbers are shown: what is hidden is seen by itself.
PLAIN = Policy(most_hidden=1.0, levels=BELOW_COUNTY)


def release(raw: pd.DataFrame, policy: Policy = PLAIN) -> pd.DataFrame:
    """The released table in the order of the rows it was made from."""
    protected = protect(Unprotected(raw), CATALOGUE, AREAS, policy)
    before = (raw["symbol"] == "c").sum()
    assert protected.hidden == (protected.table["symbol"] == "c").sum() - before
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
    table = release(raw, Policy())
    pd.testing.assert_frame_equal(table[list(raw.columns)], raw)
    assert (table[["precision", "base"]] == "").all(axis=None)


def test_where_more_than_a_fifth_would_be_hidden_the_districts_are_not_in_the_release() -> None:
    """East is small and one more would go beside it: two of five. The county stays."""
    counts = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}
    table = release(figures(spread_over_areas("starts", counts)), Policy())
    assert table["area"].tolist() == ["county"]
    assert table["value"].tolist() == [119.0]


def test_where_a_published_county_number_is_low_no_district_is_shown_a_part_of_it() -> None:
    """Of 19 any district's number says much about the others'; of 20 it is a small one's turn again."""
    low = {"east": 0, "north": 0, "south": 0, "west": 19, "outside": 0}
    published = {"status": "final", "source": "returns"}
    rows = figures(spread_over_areas("starts", low, **published))
    assert hidden_areas(release(rows)) == set(BELOW)
    enough = figures(spread_over_areas("starts", {**low, "west": 20}, **published))
    assert not hidden_areas(release(enough))


def test_a_nought_is_hidden_only_where_there_is_nothing_else() -> None:
    some = {"east": 4, "north": 0, "south": 0, "west": 25, "outside": 0}
    assert hidden_areas(release(figures(spread_over_areas("starts", some)))) == {"east", "west"}
    none = {"east": 4, "north": 0, "south": 0, "west": 0, "outside": 0}
    hidden = hidden_areas(release(figures(spread_over_areas("starts", none))))
    assert len(hidden & set(BELOW)) >= 2
    assert "county" in hidden  # of 4 nobody could be left with 1 to 9


def test_a_small_made_up_number_of_the_county_is_hidden_unless_it_is_excepted() -> None:
    rows = figures([{"indicator": name, "value": 3.0} for name in ("starts", "ceases")])
    excepted = Exempt("ceases", AreaKind.COUNTY, "Published nationally.")
    table = release(rows, Policy(exceptions=(excepted,)))
    assert table["symbol"].tolist() == ["c", ""]


def test_the_county_and_those_it_is_compared_with_are_shown_as_published() -> None:
    rows = [
        {"indicator": "starts", "area": "county", "value": 3.0, "status": "final", "source": "returns"},
        {"indicator": "starts", "area": "england", "value": 5.0, "status": "final", "source": "returns"},
    ]
    table = release(figures(rows), Policy()).set_index("area")
    assert table["value"].to_dict() == {"county": 3.0, "england": 5.0}


def test_a_symbol_that_is_there_already_stays() -> None:
    rows = [
        {"indicator": "starts", "area": "east", "value": None, "symbol": "x"},
        {"indicator": "starts", "area": "england", "value": None, "symbol": "c"},
    ]
    table = release(figures(rows), Policy()).set_index("area")
    assert table["symbol"].to_dict() == {"east": "x", "england": "c"}


def test_not_applicable_does_not_say_that_a_hidden_number_is_nought() -> None:
    """East has 4 of the county's 4. Were north's percentage [z], its hidden nought would give them away."""
    counts = {"east": 4, "north": 0, "south": 0, "west": 0, "outside": 0}
    rows = spread_over_areas("starts", counts)
    nobody = {"indicator": "late", "statistic": "percentage", "symbol": "z", "value": None}
    rows += [{**nobody, "area": area} for area in ("north", "south", "west", "outside")]
    table = release(figures(rows))
    hidden = hidden_areas(table) & set(BELOW)
    assert len(hidden) >= 2
    assert hidden_areas(table, "late", "percentage") == hidden - {"east"}


def test_the_threshold_is_a_line_of_the_policy() -> None:
    counts = {"east": 4, "north": 5, "south": 20, "west": 25, "outside": 40}
    policy = Policy(threshold=5, candidates=4, most_hidden=1.0, levels=BELOW_COUNTY)
    table = release(figures(spread_over_areas("starts", counts)), policy)
    assert hidden_areas(table) == {"east", "north"}
    shown = {"east": 5, "north": 6, "south": 20, "west": 25, "outside": 40}
    assert not hidden_areas(release(figures(spread_over_areas("starts", shown)), policy))


def test_where_the_rules_leave_fewer_possibilities_than_they_demand_nothing_is_told_to_be_small() -> None:
    """Below 5 there are only 1 to 4: a `c` beside the rules would say too much, so the districts go."""
    counts = {"east": 4, "north": 5, "south": 20, "west": 25, "outside": 40}
    policy = Policy(threshold=5, candidates=5, most_hidden=1.0, levels=BELOW_COUNTY)
    table = release(figures(spread_over_areas("starts", counts)), policy)
    assert table["area"].tolist() == ["county"]


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
    assert (hidden[["precision", "base"]] == "").all(axis=None)
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
    table = release(figures(rows), Policy()).set_index("area")
    assert table["symbol"].to_dict() == dict.fromkeys(table.index, "") | {"south": "z"}


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
    with pytest.raises(DisclosureError, match="pinned too closely at every level"):
        release(figures(rows))


def test_a_made_up_county_figure_is_hidden_as_the_last_resort() -> None:
    rows = [{"indicator": "starts", "area": area, "value": 4.0} for area in ("east", "county")]
    assert hidden_areas(release(figures(rows))) == {"east", "county"}


def test_illustrative_figures_are_protected_as_real_ones() -> None:
    counts = {"east": 4, "north": 9, "south": 0, "west": 25, "outside": 40}
    raw = figures(spread_over_areas("starts", counts))
    real = raw.assign(status="final", source="returns")
    for policy in (PLAIN, Policy()):
        made_up, as_if_real = release(raw, policy), release(real, policy)
        assert made_up["area"].tolist() == as_if_real["area"].tolist()
        assert made_up["symbol"].tolist() == as_if_real["symbol"].tolist()


@pytest.mark.parametrize("policy", [PLAIN, Policy()])
def test_a_percentage_told_less_exactly_shows_no_numerator_and_is_told_to_the_words_of_its_precision(
    policy: Policy,
) -> None:
    """Nothing is said of its base twice: either the number of children or their span, and never both."""
    raw = make_county(_poisson(9, seed=1)).set_index(CELL)
    table = release(raw.reset_index()[list(TYPES)], policy).set_index(CELL)
    told = table[table["precision"] != ""]
    assert len(told)
    assert set(told.index.get_level_values("statistic")) == {"percentage"}
    assert told["numerator"].isna().all()
    assert (told["denominator"].isna() | (told["base"] == "")).all()
    truth = raw.loc[told.index, "value"]
    assert (told["value"].sub(truth).abs() <= 2.5)[told["precision"] == "nearest_5"].all()
    assert (truth > told["value"])[told["precision"] == "above"].all()
    assert (truth < told["value"])[told["precision"] == "below"].all()


def test_the_share_hidden_of_every_table_of_districts_is_at_most_a_fifth() -> None:
    raw = make_county(_poisson(9, seed=1))
    protected = protect(Unprotected(raw), CATALOGUE, AREAS, Policy())
    table = protected.table[protected.table["area"].isin(BELOW)]
    by_table = ["indicator", "characteristic"]
    lost = (table["symbol"] == "c").groupby([table[name] for name in by_table]).mean()
    assert len(lost) > 5
    assert lost.max() <= 0.2
    absent = {(each.indicator, each.statistic) for each in protected.design if each.grain == "none"}
    shown = set(map(tuple, table[["indicator", "statistic"]].drop_duplicates().to_numpy()))
    listed = {(each.indicator, each.statistic) for each in protected.design if each.grain != "none"}
    assert absent
    assert shown == listed


def test_rows_that_are_published_twice_are_hidden_together() -> None:
    counts = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}
    first = spread_over_areas("starts", counts, published_on="2021-01-01")
    again = spread_over_areas("starts", {**counts, "east": 12}, published_on="2021-09-01")
    table = release(figures([*first, *again]))
    assert (table[table["area"] == "east"]["symbol"] == "c").all()


def _numbers(seed: int) -> Callable[[], int]:
    rng = np.random.default_rng(seed)
    return lambda: int(rng.choice([0, 1, 3, 8, 9, 10, 11, 14, 20, 30, 60]))


def _poisson(mean: int, seed: int) -> Callable[[], int]:
    rng = np.random.default_rng(seed)
    return lambda: int(rng.poisson(mean))


@pytest.mark.parametrize("policy", [PLAIN, Policy()])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1), mean=st.sampled_from([4, 9, 14, 25, 60]))
def test_no_small_number_follows_from_one_subtraction_after_another(
    policy: Policy, seed: int, mean: int
) -> None:
    raw = make_county(_poisson(mean, seed))
    table = release(raw, policy)
    knowledge = look_at(raw, table)
    assert knowledge.sums
    protected = (*BELOW, "county") if policy.levels != BELOW_COUNTY else BELOW
    confidential = set(map(tuple, table[table["symbol"] == "c"][CELL].to_numpy()))
    for cell in knowledge.recover():
        assert not is_small(knowledge.truth[cell], cell, protected), cell
        assert cell not in confidential or cell[0] == "net", cell  # stocks tell a net flow: no child is in it
    for cell in knowledge.known:
        assert not is_small(knowledge.truth[cell], cell, protected), cell
    assert not ((table["symbol"] != "") & table["value"].notna()).any()
    assert not table["area"].eq("").any()


def is_small(value: float, cell: Cell, protected: Collection[str]) -> bool:
    """Whether it counts few children. A net flow counts nobody; a sum of days is no child either."""
    days = cell[1] == "numerator of average"
    return cell[2] in protected and cell[0] != "net" and not days and 1 <= value <= 9


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=20, max_size=20))
def test_two_ways_of_adding_up_leave_no_single_hidden_number(counts: list[int]) -> None:
    """Districts by age: rows and columns of one table, or no row of a district at all."""
    table_of = np.array(counts).reshape(4, 5)
    rows: list[dict[str, object]] = []
    ages = ["a", "b", "c", "d", "e"]
    for age, column in zip(ages, table_of.T, strict=True):
        split = dict(zip(DISTRICTS, column.tolist(), strict=True))
        rows += spread_over_areas("starts", split, characteristic="age", category=age, period="2020-21-Q1")
    totals = dict(zip(DISTRICTS, table_of.sum(axis=1).tolist(), strict=True))
    raw = figures([*rows, *spread_over_areas("starts", totals, period="2020-21-Q1")])
    knowledge = look_at(raw, release(raw))
    known = knowledge.known
    period = "2020-21-Q1"
    hidden = np.array(
        [[("starts", "count", d, period, "age", a) not in known for a in ages] for d in DISTRICTS]
    )
    totals_hidden = np.array([("starts", "count", d, period, "", "") not in known for d in DISTRICTS])
    county = np.array([("starts", "count", "county", period, "age", a) not in known for a in ages])
    assert not (hidden.sum(axis=1) + totals_hidden == 1).any()
    assert not (hidden.sum(axis=0) + county == 1).any()
    assert not hidden.all() or counts_are_few(table_of)


def counts_are_few(table_of: np.ndarray) -> bool:
    """Whether some number of the table had to be hidden at all."""
    return bool(((table_of > 0) & (table_of < 10)).any() or (np.count_nonzero(table_of, axis=1) == 1).any())
