"""The audit, against a second opinion that tries every number, on thousands of small random tables."""

from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.disclosure.audit import Audit, Demand
from dashboard.disclosure.system import Family
from tests.disclosure.linked import FAR, Linked, is_safe
from tests.disclosure.sorts import SORTS, patterns

DEMANDS = st.sampled_from([Demand(), Demand(threshold=5, candidates=3), Demand(threshold=5, candidates=2)])
TABLES, AT_ONCE = 300, 10  # of each sort; so many are audited in one go, as the tables of a release are


def ranges(table: Linked, found: Audit) -> dict[str, tuple[float, ...]]:
    """What W and then S are left with, by name of cell."""
    columns = np.column_stack((found.lowest_w, found.highest_w, found.lowest_s, found.highest_s))
    columns[columns > FAR] = inf
    return {table.names[cell]: tuple(row) for cell, row in zip(found.cells, columns.tolist(), strict=True)}


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.__name__)
@settings(
    max_examples=TABLES // AT_ONCE, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_the_audit_finds_what_trying_every_number_finds(sort, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    demand = data.draw(DEMANDS)
    table, hidden, small = Linked(), set(), set()
    expected, safe = {}, {}
    for number, each in enumerate(data.draw(st.lists(sort(), min_size=AT_ONCE, max_size=AT_ONCE))):
        own_hidden, own_small = data.draw(patterns(each, demand.threshold))
        weak = each.attack(own_hidden, threshold=demand.threshold)
        strong = each.attack(own_hidden, own_small, demand.threshold)
        for name in own_hidden:
            both = weak[name], strong[name]
            expected[f"{number} {name}"] = tuple(end for one in both for end in (one.lowest, one.highest))
            safe[f"{number} {name}"] = is_safe(*both, name in own_small, demand)
        table.join(each, f"{number} ")
        hidden |= {f"{number} {name}" for name in own_hidden}
        small |= {f"{number} {name}" for name in own_small}
    found = table.audit(hidden, small, demand, exact=True)
    quick = table.audit(hidden, small, demand)
    assert ranges(table, found) == expected
    assert found.unresolved == quick.unresolved == 0
    by_place = [safe[name] for name in table.names if name in hidden]
    assert found.passed.tolist() == quick.passed.tolist() == by_place


def test_three_pairs_leave_half_a_child_to_arithmetic_and_none_to_counting() -> None:
    """Three hidden counts of 12; each two of them are known to be from 21 to 27 together.

    The three together are half of the sum of the pairs: from 31.5 to 40.5, nine apart. They are whole
    numbers, so from 32 to 40, eight apart.
    """
    table = Linked()
    hidden = {table.add(name, 12) for name in "abc"}
    hidden.add(table.add_sum("together", ["a", "b", "c"], Family.PARTS))
    table.add("some", 21)
    table.add("many", 27)
    for left, right in ("ab", "bc", "ac"):
        table.relate({left: 1, right: 1, "some": -1}, 0, inf, Family.SUBSET)
        table.relate({left: 1, right: 1, "many": -1}, -inf, 0, Family.SUBSET)
    assert find_linear_range(table, hidden, "together") == (31.5, 40.5)
    demand = Demand(threshold=9)
    found = table.audit(hidden, (), demand, exact=True)
    assert ranges(table, found)["together"] == (32, 40, 32, 40)
    assert not found.passed[found.cells.tolist().index(table.place("together"))]
    assert "together" in table.find_failing(hidden, (), demand)
    quick = table.audit(hidden, (), demand)
    assert quick.passed.tolist() == found.passed.tolist()


def test_a_printed_percentage_leaves_a_part_of_a_child_to_arithmetic_and_one_number_to_counting() -> None:
    """93.5% of 52 is 48.62 and 94.5% is 49.14."""
    table = Linked()
    table.add("in", 49)
    table.add("all", 52)
    assert table.print_percentage("in", "all") == 94
    assert find_linear_range(table, {"in"}, "in") == pytest.approx((48.62, 49.14))
    assert ranges(table, table.audit({"in"}, (), Demand(), exact=True))["in"] == (49, 49, 49, 49)


def test_possible_numbers_are_counted_and_not_the_way_between_the_ends() -> None:
    """67% of a number below ten: 2 of 3, 4 of 6 or 6 of 9. From 2 to 6 is far, and yet only three numbers."""
    table = Linked()
    table.add("in", 6)
    table.add("all", 9)
    assert table.print_percentage("in", "all") == 67
    hidden = {"in", "all"}
    strong = table.attack(hidden, hidden)
    assert (strong["in"].values, strong["all"].values) == ((2, 4, 6), (3, 6, 9))
    assert table.audit(hidden, hidden, Demand(threshold=10, candidates=3)).passed.all()
    for candidates in (4, 5):
        assert not table.audit(hidden, hidden, Demand(threshold=10, candidates=candidates)).passed.any()


def test_a_number_without_an_end_is_followed_as_far_as_is_demanded() -> None:
    """A part and the whole are hidden, 20 are shown: there may be any number of either."""
    table = Linked()
    table.add("a", 4)
    table.add("b", 20)
    table.add_sum("both", ["a", "b"], Family.PARTS)
    found = table.audit({"a", "both"}, {"a"}, Demand(), exact=True)
    assert ranges(table, found) == {"a": (0, inf, 1, 9), "both": (20, inf, 21, 29)}
    assert table.audit({"a", "both"}, {"a"}, Demand()).passed.all()


def test_where_nothing_is_hidden_there_is_nothing_to_find() -> None:
    table = Linked()
    table.add("a", 12)
    found = table.audit((), (), Demand(), exact=True)
    assert len(found.cells) == found.solves == found.unresolved == 0


def find_linear_range(table: Linked, hidden: set[str], name: str) -> tuple[float, float]:
    """The range that a linear programme gives, as if there were parts of children."""
    system, places = table.system, np.flatnonzero(table.mask(hidden))
    shown = np.where(table.mask(hidden), 0, system.values)
    matrix, known = system.matrix.toarray(), system.matrix @ shown
    objective = table.mask({name})[places].astype(float)
    limits = np.concatenate((system.highest - known, known - system.lowest))
    rows = np.vstack((matrix[:, places], -matrix[:, places]))
    kept = np.isfinite(limits)
    ends = [linprog(sign * objective, A_ub=rows[kept], b_ub=limits[kept]).fun * sign for sign in (1, -1)]
    return ends[0], ends[1]
