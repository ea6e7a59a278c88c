"""The second opinion, against sums worked out by hand and against simply trying everything."""

from itertools import product
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disclosure.oracle import Attacker, Relation

TOTAL = ({0: 1, 1: 1, 2: 1, 3: -1}, 0, 0, "GEOGRAPHY")


def test_a_single_hidden_number_is_what_is_left() -> None:
    found = Attacker([7, 20, 30, 57], [TOTAL], frozenset({0})).find_possible()
    assert found[0].values == (7,)


def test_two_hidden_numbers_share_what_is_left() -> None:
    weak = Attacker([9, 9, 30, 48], [TOTAL], frozenset({0, 1})).find_possible()
    assert weak[0].values == weak[1].values == tuple(range(19))
    strong = Attacker([9, 9, 30, 48], [TOTAL], frozenset({0, 1}), frozenset({0, 1})).find_possible()
    assert strong[0].values == strong[1].values == (9,)


def test_a_number_whose_sum_is_hidden_too_has_no_most() -> None:
    found = Attacker([7, 20, 30, 57], [TOTAL], frozenset({0, 3})).find_possible()
    assert (found[0].lowest, found[0].highest, found[0].count) == (0, inf, inf)
    assert (found[3].lowest, found[3].highest) == (50, inf)


def test_a_ceiling_ends_it() -> None:
    hidden, ceilings = frozenset({0, 3}), (11, inf, inf, inf)
    found = Attacker([7, 20, 30, 57], [TOTAL], hidden, ceilings=ceilings).find_possible()
    assert (found[0].highest, found[3].highest) == (11, 61)


def test_a_percentage_of_a_known_base_leaves_one_number() -> None:
    """93.5% to 94.5% of 52 is 48.62 to 49.14."""
    relations: list[Relation] = [
        ({0: 100, 1: -93.5}, 0, inf, "PRINTED"),
        ({0: 100, 1: -94.5}, -inf, 0, "PRINTED"),
    ]
    assert Attacker([49, 52], relations, frozenset({0})).find_possible()[0].values == (49,)


def test_possible_numbers_may_have_gaps() -> None:
    """Twice one number and another make 11: the other is odd."""
    found = Attacker([3, 5], [({0: 2, 1: 1}, 11, 11, "PARTS")], frozenset({0, 1})).find_possible()
    assert found[1].values == (1, 3, 5, 7, 9, 11)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_it_agrees_with_trying_every_table(data: st.DataObject) -> None:
    most = 6
    values = data.draw(st.lists(st.integers(0, most), min_size=3, max_size=4))
    cells = range(len(values))
    relations: list[Relation] = []
    for _ in range(data.draw(st.integers(1, 3))):
        numbers = data.draw(st.lists(st.sampled_from([-2.5, -1, 0, 0, 1, 1, 3]), min_size=4, max_size=4))
        terms = dict(zip(cells, numbers, strict=False))
        true = sum(number * values[cell] for cell, number in terms.items())
        below, above = data.draw(st.sampled_from([(0, 0), (0.5, 1), (0, inf), (inf, 1)]))
        relations.append((terms, true - below, true + above, "PARTS"))
    hidden = frozenset(data.draw(st.sets(st.sampled_from(cells), min_size=1)))
    small = frozenset(cell for cell in hidden if 0 < values[cell] < 5)
    attacker = Attacker(values, relations, hidden, small, threshold=5, ceilings=[most] * len(values))
    tables = [
        table
        for table in product(range(most + 1), repeat=len(values))
        if all(table[cell] == values[cell] for cell in cells if cell not in hidden)
        and all(1 <= table[cell] < 5 for cell in small)
        and all(
            least <= sum(number * table[cell] for cell, number in terms.items()) <= highest
            for terms, least, highest, _ in relations
        )
    ]
    expected = {cell: tuple(sorted({table[cell] for table in tables})) for cell in hidden}
    assert {cell: possible.values for cell, possible in attacker.find_possible().items()} == expected
