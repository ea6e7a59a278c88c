"""Attacks on small tables, each of which succeeds against a simple method and fails against `suppress`.

What an attacker finds is the oracle's word throughout; every expected number is worked out by hand. In the
names of attackers, W knows what is shown, and S also which hidden numbers are small.
"""

import math
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.disclosure.audit import Demand
from dashboard.disclosure.suppress import DisclosureError
from dashboard.disclosure.system import Family
from tests.disclosure.linked import Linked
from tests.disclosure.sorts import SORTS

Build = Callable[[], Linked]


def one_district() -> Linked:
    """Six districts of a county of 115, one of them with 7 children."""
    return make_sum({"e": 7, "w": 21, "n": 18, "s": 30, "m": 14, "o": 25}, Family.GEOGRAPHY)


def two_districts() -> Linked:
    """The same with two of 9: 18 of the 102 are not shown."""
    return make_sum({"e": 9, "w": 21, "n": 9, "s": 30, "m": 14, "o": 19}, Family.GEOGRAPHY)


def categories() -> Linked:
    """The categories of 94 plans, one of them 5."""
    return make_sum({"neglect": 45, "emotional": 32, "physical": 12, "sexual": 5}, Family.CATEGORIES)


def parts() -> Linked:
    """66 children looked after by where they live, 8 of them in homes."""
    return make_sum({"fostered": 40, "kin": 18, "homes": 8}, Family.PARTS)


def complement() -> Linked:
    """49 of 52 care leavers are in touch: 3 are not."""
    return make_sum({"in touch": 49, "not": 3}, Family.COMPLEMENT)


def months() -> Linked:
    """Two quarters and their half year: 6 of January's quarter are left by two months of 20 and 14."""
    table = Linked()
    for name, value in {"jan": 6, "feb": 20, "mar": 14, "apr": 16, "may": 22, "jun": 18}.items():
        table.add(name, value)
    table.add_sum("q1", ["jan", "feb", "mar"], Family.PERIODS)
    table.add_sum("q2", ["apr", "may", "jun"], Family.PERIODS)
    table.add_sum("half", ["q1", "q2"], Family.PERIODS)
    table.balance(["half"], ["jan", "feb", "mar", "apr", "may", "jun"], Family.PERIODS)
    return table


def rolling() -> Linked:
    """Thirteen months, the last of them 4, and the two sums of twelve."""
    table = Linked()
    counts = [15, 12, 18, 11, 14, 13, 16, 12, 17, 19, 11, 13, 4]
    names = [table.add(f"m{number}", count) for number, count in enumerate(counts, start=1)]
    table.add_sum("r12", names[:12], Family.ROLLING)
    table.add_sum("r13", names[1:], Family.ROLLING)
    table.balance(["r13", "m1"], ["r12", "m13"], Family.ROLLING)
    return table


def stock_and_flow() -> Linked:
    """50 children, 6 starts, 12 ceases, 44 children."""
    table = Linked()
    for name, value in {"before": 50, "starts": 6, "ceases": 12, "after": 44}.items():
        table.add(name, value)
    table.balance(["before", "starts"], ["ceases", "after"], Family.STOCK_AND_FLOW)
    return table


def difference() -> Linked:
    """15 starts less 6 ceases: 9 more."""
    table = Linked()
    for name, value in {"starts": 15, "ceases": 6, "net": 9}.items():
        table.add(name, value)
    table.balance(["net", "ceases"], ["starts"], Family.DIFFERENCE)
    return table


def printed() -> Linked:
    """6% of 52 (5.5% is 2.86, 6.5% is 3.38): 3 children."""
    table = Linked()
    table.add("not", 3)
    table.add("all", 52)
    assert table.print_percentage("not", "all") == 6
    return table


def subset() -> Linked:
    """4 and 26 of 30, the 26 among 26 of a wider sort, and with all 26 of a narrower sort among them."""
    table = make_sum({"at home": 4, "away": 26}, Family.PARTS)
    table.add("wider", 26)
    table.add("narrower", 26)
    table.relate({"away": 1, "wider": -1}, -math.inf, 0, Family.SUBSET)
    table.relate({"narrower": 1, "away": -1}, -math.inf, 0, Family.SUBSET)
    return table


def earlier() -> Linked:
    """4, 20 and 15 of 39; the last release said that the first two were 24 together."""
    table = make_sum({"a": 4, "b": 20, "c": 15}, Family.CATEGORIES)
    table.relate({"a": 1, "b": 1}, 24, 24, Family.EARLIER)
    return table


def make_sum(counts: dict[str, int], family: Family) -> Linked:
    """Cells and their sum."""
    table = Linked()
    for name, value in counts.items():
        table.add(name, value)
    table.add_sum("all", list(counts), family)
    return table


#: The tables, the secret number that each gives away, and the family of relations that does it.
SECRETS: dict[Family, tuple[Build, str, int]] = {
    Family.GEOGRAPHY: (one_district, "e", 7),
    Family.CATEGORIES: (categories, "sexual", 5),
    Family.PARTS: (parts, "homes", 8),
    Family.COMPLEMENT: (complement, "not", 3),
    Family.PERIODS: (months, "jan", 6),
    Family.ROLLING: (rolling, "m13", 4),
    Family.STOCK_AND_FLOW: (stock_and_flow, "starts", 6),
    Family.DIFFERENCE: (difference, "ceases", 6),
    Family.PRINTED: (printed, "not", 3),
    Family.SUBSET: (subset, "at home", 4),
    Family.EARLIER: (earlier, "a", 4),
}


def test_every_family_has_a_secret_of_its_own() -> None:
    assert set(SECRETS) == set(Family)


@pytest.mark.parametrize("family", SECRETS)
def test_hiding_nothing_beside_a_small_number_gives_it_away(family: Family) -> None:
    build, secret, number = SECRETS[family]
    table = build()
    small = {secret}
    assert table.attack(small)[secret].values == (number,)


@pytest.mark.parametrize("family", SECRETS)
def test_leaving_a_family_of_relations_out_gives_a_secret_away(family: Family) -> None:
    build, secret, number = SECRETS[family]
    table = build()
    hidden = table.suppress({secret}, without=family)
    assert table.attack(hidden)[secret].values == (number,)
    assert secret in table.find_failing(hidden, {secret})


@pytest.mark.parametrize("family", SECRETS)
def test_with_every_family_nothing_can_be_told_more_closely_than_is_allowed(family: Family) -> None:
    build, secret, _ = SECRETS[family]
    table = build()
    small = table.small()
    hidden = table.suppress(small)
    assert small <= hidden
    assert secret in hidden
    assert not table.find_failing(hidden, small)
    assert min(possible.count for possible in table.attack(hidden, small).values()) >= 5


@pytest.mark.parametrize("family", SECRETS)
def test_a_table_says_nothing_once_its_family_is_not_known(family: Family) -> None:
    """The secret of each table falls to that family, not to something else in the table."""
    build, secret, _ = SECRETS[family]
    table = build()
    table.relations = [each for each in table.relations if each[3] != family.name]
    assert not table.find_failing({secret, *table.suppress({secret}, without=family)}, {secret})


def test_two_nines_are_known_to_be_nines_by_those_who_know_why_they_are_hidden() -> None:
    """18 are left for two: to W from 0 to 18 each, but two numbers below 10 make 18 in one way only.

    Hiding one more wherever a line has a single hidden number hides nothing here: the line has two.
    """
    table = two_districts()
    small = table.small()
    assert small == {"e", "n"}
    assert hide_one_more(table, small) == small
    assert table.attack(small)["e"].values == tuple(range(19))
    assert table.attack(small, small)["e"].values == (9,)
    hidden = table.suppress(small)
    assert len(hidden) == 3
    assert not table.find_failing(hidden, small)


def test_every_line_may_have_two_hidden_numbers_and_still_give_one_away() -> None:
    """Two rows less two columns, (a + b) + (c + d + x) - (a + c) - (b + d), leave x.

        a 11   b 12    20     15   |  58
        c 14   d 13   x 5     16   |  48
          25     30  y 12   u 18   |  85
          27     22  z 19   v 11   |  79
          77     77    56     60   | 270

    Hiding the next smallest wherever a line has a single hidden number begins with x and ends with the nine
    that have a letter, two or three in each line. 58 - 35 + 48 - 16 - (77 - 52) - (77 - 52) is 5.
    """
    table = make_square(
        ["ab12", "cdx3", "45yu", "67zv"], [11, 12, 20, 15, 14, 13, 5, 16, 25, 30, 12, 18, 27, 22, 19, 11]
    )
    simple = hide_one_more(table, {"x"})
    assert simple == set("abcdxyzuv")
    assert table.attack(simple)["x"].values == (5,)
    assert table.find_failing(simple, {"x"}) >= {"x"}
    assert not table.find_failing(table.suppress({"x"}), {"x"})


def test_hiding_within_a_quarter_does_not_help_where_areas_are_told_apart() -> None:
    """East has 6 and 14 hidden of a quarter of 40; the county's 26 less 20 in west are 6 all the same."""
    table = Linked()
    months = {"jan": (6, 20), "feb": (20, 31), "mar": (14, 25)}
    for month, (east, west) in months.items():
        table.add(f"e {month}", east)
        table.add(f"w {month}", west)
        table.add_sum(f"c {month}", [f"e {month}", f"w {month}"], Family.GEOGRAPHY)
    for area in "ewc":
        table.add_sum(f"{area} q1", [f"{area} {month}" for month in months], Family.PERIODS)
    table.balance(["c q1"], ["e q1", "w q1"], Family.GEOGRAPHY)
    assert table.attack({"e jan", "e mar"})["e jan"].values == (6,)
    hidden = table.suppress({"e jan"}, kept=[name for name in table.names if name[0] == "c"])
    assert not table.find_failing(hidden, {"e jan"})
    assert {"e jan", "w jan"} <= hidden


def test_a_second_month_of_starts_does_not_hide_the_first_while_stocks_are_told() -> None:
    """6, 14 and 20 starts of a quarter of 40, two of them hidden: 44 children less 50 and 12 ceases are 6."""
    table = Linked()
    stocks, starts, ceases = [50, 44, 47, 52], [6, 14, 20], [12, 11, 15]
    for month, stock in enumerate(stocks):
        table.add(f"stock {month}", stock)
    for month, (begun, ended) in enumerate(zip(starts, ceases, strict=True), start=1):
        table.add(f"starts {month}", begun)
        table.add(f"ceases {month}", ended)
        before, after = f"stock {month - 1}", f"stock {month}"
        table.balance([after, f"ceases {month}"], [before, f"starts {month}"], Family.STOCK_AND_FLOW)
    for flow in ("starts", "ceases"):
        table.add_sum(f"{flow} q", [f"{flow} {month}" for month in (1, 2, 3)], Family.PERIODS)
    table.balance(["stock 3", "ceases q"], ["stock 0", "starts q"], Family.STOCK_AND_FLOW)
    simple = {"starts 1", "starts 2"}
    assert table.attack(simple)["starts 1"].values == (6,)
    assert not table.find_failing(table.suppress({"starts 1"}), {"starts 1"})


def test_a_second_month_does_not_hide_the_thirteenth_while_the_sums_of_twelve_are_told() -> None:
    """The sum to the thirteenth is 156, to the twelfth 171: 15 less, and the first month had 19.

    So the thirteenth had 4, whatever else is hidden of the months in between.
    """
    table = Linked()
    counts = [19, 12, 18, 11, 14, 13, 16, 12, 17, 15, 11, 13, 4]
    names = [table.add(f"m{number}", count) for number, count in enumerate(counts, start=1)]
    table.add_sum("r12", names[:12], Family.ROLLING)
    table.add_sum("r13", names[1:], Family.ROLLING)
    assert (table["r12"], table["r13"]) == (171, 156)
    table.balance(["r13", "m1"], ["r12", "m13"], Family.ROLLING)
    assert table.attack({"m12", "m13"})["m13"].values == (4,)
    assert not table.find_failing(table.suppress({"m13"}), {"m13"})


@pytest.mark.parametrize(
    ("unit", "printed", "left"), [(1, 94, (3,)), (5, 95, (2, 3)), (10, 90, (3, 4, 5, 6, 7))]
)
def test_a_percentage_of_a_known_base_tells_who_is_left(
    unit: int, printed: int, left: tuple[int, ...]
) -> None:
    """49 of 52 care leavers are in touch, which is 94.2%.

    93.5% to 94.5% of 52 is 48.62 to 49.14: 49. 92.5% to 97.5% is 48.1 to 50.7: 49 or 50. 85% to 95% is 44.2
    to 49.4: 45 to 49.
    """
    table = complement()
    assert table.print_percentage("in touch", "all", unit=unit) == printed
    simple = {"in touch", "not"}
    assert table.attack(simple)["not"].values == left
    assert "not" in table.find_failing(simple, {"not"})
    hidden = table.suppress({"not"})
    assert hidden == {"in touch", "not", "all"}
    assert not table.find_failing(hidden, {"not"})


def test_a_percentage_within_a_county_tells_what_is_left_for_one_district() -> None:
    """6% of 52 in east (2.86 to 3.38), 5% of 60 in west (2.7 to 3.3): 3 and 3, and 12 of 18 in the third.

    The two whose bases are known are told by the percentages alone; with their bases hidden, they are not.
    """
    table = Linked()
    for area, missed, base in (("e", 3, 52), ("w", 3, 60), ("s", 12, 70)):
        table.add(f"{area} missed", missed)
        table.add(area, base)
        table.print_percentage(f"{area} missed", area)
    table.add_sum("c missed", ["e missed", "w missed", "s missed"], Family.GEOGRAPHY)
    table.add_sum("c", ["e", "w", "s"], Family.GEOGRAPHY)
    small = {"e missed", "w missed"}
    found = table.attack(small)
    assert {name: found[name].values for name in small} == {"e missed": (3,), "w missed": (3,)}
    assert not table.find_failing(table.suppress(small), small)


def test_two_releases_are_read_together() -> None:
    """The last release showed 4 and 20 as "24 other", this one hides 4 and 15 of 39 and shows 20.

    Each is safe by itself: 24 is not small, and 19 are left for two.
    """
    table = earlier()
    simple = {"a", "c"}
    alone = make_sum({"a": 4, "b": 20, "c": 15}, Family.CATEGORIES)
    assert not alone.find_failing(simple, {"a"})
    assert table.attack(simple)["a"].values == (4,)
    assert table.suppress({"a"}) >= {"a", "b"}


def test_what_hiding_cannot_protect_is_not_released() -> None:
    """Six months of 1 and their sum of 6 are all small: six numbers from 1 up make 6 at least, and 9 at most.

    So with everything hidden four are possible, of the sum and of each: it must be told by year, or not.
    """
    table = make_sum({f"m{month}": 1 for month in range(6)}, Family.PERIODS)
    everything = set(table.names)
    found = table.attack(everything, everything)
    assert (found["all"].values, found["m0"].values) == ((6, 7, 8, 9), (1, 2, 3, 4))
    with pytest.raises(DisclosureError):
        table.suppress(table.small())


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.__name__)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_released_of_any_small_table_stands_every_attack(sort, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    table, demand = data.draw(sort()), Demand(threshold=5, candidates=3)
    small = table.small(5)
    try:
        hidden = table.suppress(small, demand=demand)
    except DisclosureError:
        return  # not released at all
    assert small <= hidden
    assert not table.find_failing(hidden, small, demand)


def make_square(rows: list[str], counts: list[int]) -> Linked:
    """Cells with names of one letter, row by row, with margins."""
    table = Linked()
    for name, count in zip("".join(rows), counts, strict=True):
        table.add(name, count)
    for row in rows:
        table.add_sum(f"row {row}", list(row), Family.CATEGORIES)
    for column in zip(*rows, strict=True):
        table.add_sum(f"column {''.join(column)}", list(column), Family.GEOGRAPHY)
    table.add_sum("all", [f"row {row}" for row in rows], Family.GEOGRAPHY)
    table.balance(
        ["all"], [f"column {''.join(column)}" for column in zip(*rows, strict=True)], Family.CATEGORIES
    )
    return table


def hide_one_more(table: Linked, hidden: set[str]) -> set[str]:
    """In each sum with a single hidden number hide the next smallest, until none has."""
    hidden = set(hidden)
    while True:
        for terms, lowest, highest, _ in table.relations:
            names = {table.names[cell] for cell in terms}
            if lowest == highest and len(names & hidden) == 1:
                hidden.add(min(names - hidden, key=lambda name: (table[name], name)))
                break
        else:
            return hidden
