"""Random small linked tables of every sort that a release holds, for Hypothesis."""

from collections.abc import Callable
from itertools import product
from math import inf

from hypothesis import strategies as st

from dashboard.disclosure.system import Family
from tests.disclosure.linked import Linked

_NUMBERS = st.sampled_from([0, 1, 2, 3, 4, 5, 7, 9, 10, 12, 15])
#: Mostly nobody knows how many there could be; now and then a ceiling is known.
_CEILINGS = st.sampled_from([inf, inf, inf, 15, 20])

Draw = Callable[[st.SearchStrategy[int]], int]


def _draw_cells(draw: Draw, table: Linked, names: list[str], ceiling: float = inf) -> list[str]:
    return [table.add(name, draw(_NUMBERS), ceiling) for name in names]


@st.composite
def two_way(draw: Draw) -> Linked:
    """Districts by categories, with margins."""
    table, rows, columns = Linked(), range(draw(st.integers(2, 3))), range(draw(st.integers(2, 3)))
    ceiling = draw(_CEILINGS)
    for row in rows:
        _draw_cells(draw, table, [f"{row}{column}" for column in columns], ceiling)
        table.add_sum(f"{row}.", [f"{row}{column}" for column in columns], Family.CATEGORIES)
    for column in [*columns, "."]:
        table.add_sum(f".{column}", [f"{row}{column}" for row in rows], Family.GEOGRAPHY)
    table.balance([".."], [f".{column}" for column in columns], Family.CATEGORIES)
    return table


@st.composite
def three_way(draw: Draw) -> Linked:
    """Districts by categories by parts, with the margins over one of them."""
    table, sizes = Linked(), (2, 2, draw(st.integers(2, 3)))
    places = list(product(*map(range, sizes)))
    for place in places:
        _draw_cells(draw, table, ["".join(map(str, place))])
    for axis, family in enumerate((Family.GEOGRAPHY, Family.CATEGORIES, Family.PARTS)):
        lines: dict[str, list[str]] = {}
        for place in places:
            name = "".join("." if axis == other else str(number) for other, number in enumerate(place))
            lines.setdefault(name, []).append("".join(map(str, place)))
        for name, parts in lines.items():
            table.add_sum(name, parts, family)
    return table


@st.composite
def months_and_quarters(draw: Draw) -> Linked:
    """Months of two areas and the areas together, each with its quarters and their sum."""
    table, quarters = Linked(), range(draw(st.integers(1, 2)))
    size = draw(st.integers(2, 3))
    months = [f"{quarter}{month}" for quarter in quarters for month in range(size)]
    for area in "ew":
        _draw_cells(draw, table, [area + month for month in months])
    for month in months:
        table.add_sum("c" + month, ["e" + month, "w" + month], Family.GEOGRAPHY)
    for area in "ewc":
        for quarter in quarters:
            parts = [area + month for month in months if month[0] == str(quarter)]
            table.add_sum(f"{area}{quarter}", parts, Family.PERIODS)
        table.add_sum(f"{area}.", [f"{area}{quarter}" for quarter in quarters], Family.PERIODS)
    for period in [*map(str, quarters), "."]:
        table.balance([f"c{period}"], [f"e{period}", f"w{period}"], Family.GEOGRAPHY)
    return table


@st.composite
def rolling(draw: Draw) -> Linked:
    """Months, and sums of the last few; of earlier months only the difference to the sum before is held."""
    table, window, months = Linked(), draw(st.integers(2, 4)), draw(st.integers(4, 7))
    names = _draw_cells(draw, table, [f"m{month}" for month in range(months)])
    for end in range(window, months + 1):
        table.add_sum(f"r{end}", names[end - window : end], Family.ROLLING)
        if end > window:
            first, last = names[end - window - 1], names[end - 1]
            table.balance([f"r{end}", first], [f"r{end - 1}", last], Family.ROLLING)
    return table


@st.composite
def stock_and_flow(draw: Draw) -> Linked:
    """A stock of each month, moved by starts and ceases, and their net where it is not below nought."""
    table, stock, ceiling = Linked(), draw(st.integers(3, 15)), draw(st.sampled_from([15, 20]))
    table.add("s0", stock, 3 * ceiling)
    for month in range(1, draw(st.integers(2, 3)) + 1):
        starts = draw(_NUMBERS)
        ceases = draw(st.integers(0, min(12, stock + starts)))
        stock += starts - ceases
        for name, value in (("starts", starts), ("ceases", ceases), ("s", stock)):
            table.add(f"{name}{month}", value, 3 * ceiling if name == "s" else ceiling)
        table.balance(
            [f"s{month}", f"ceases{month}"], [f"s{month - 1}", f"starts{month}"], Family.STOCK_AND_FLOW
        )
        if starts >= ceases:
            table.add(f"net{month}", starts - ceases)
            table.balance([f"net{month}", f"ceases{month}"], [f"starts{month}"], Family.DIFFERENCE)
    return table


@st.composite
def percentages(draw: Draw) -> Linked:
    """Numerators and what is left of denominators, in areas that make a county, with percentages printed."""
    table, ceiling = Linked(), 30
    areas = ["e", "w", "s"][: draw(st.integers(1, 3))]
    for area in areas:
        _draw_cells(draw, table, [area + "in", area + "out"], ceiling)
        table.add_sum(area, [area + "in", area + "out"], Family.COMPLEMENT, ceiling)
    for part in ("", "in", "out"):
        table.add_sum("c" + part, [area + part for area in areas], Family.GEOGRAPHY, 3 * ceiling)
    unit = draw(st.sampled_from([1, 5, 10, 0.1]))
    for area in [*areas, "c"]:
        if draw(st.booleans()):
            table.print_percentage(area + "in", area, unit=unit)
    return table


@st.composite
def subsets(draw: Draw) -> Linked:
    """Sorts of children within wider sorts, by area, with what an earlier release said of two together."""
    table, areas = Linked(), ["e", "w", "s"][: draw(st.integers(2, 3))]
    for area in areas:
        narrow = draw(_NUMBERS)
        middle = narrow + draw(st.integers(0, 6))
        for name, value in (("a", narrow), ("b", middle), ("c", middle + draw(st.integers(0, 6)))):
            table.add(area + name, value)
        table.relate({area + "a": 1, area + "b": -1}, -inf, 0, Family.SUBSET)
        table.relate({area + "b": 1, area + "c": -1}, -inf, 0, Family.SUBSET)
    for name in "abc":
        table.add_sum("." + name, [area + name for area in areas], Family.GEOGRAPHY)
    if draw(st.booleans()):
        first, second = "ea", "w" + draw(st.sampled_from("abc"))
        both = table[first] + table[second]
        table.relate({first: 1, second: 1}, both, both, Family.EARLIER)
    return table


SORTS = (two_way, three_way, months_and_quarters, rolling, stock_and_flow, percentages, subsets)


@st.composite
def patterns(draw: Draw, table: Linked, threshold: int) -> tuple[frozenset[str], frozenset[str]]:
    """What is hidden, well or badly: some or all of the small numbers, and some others beside them."""
    few = sorted(table.small(threshold))
    left = (
        draw(st.sets(st.sampled_from(few), max_size=len(few) // 2)) if few and draw(st.booleans()) else set()
    )
    small = frozenset(few) - left
    others = st.sets(st.sampled_from(table.names), max_size=max(2, 10 - len(small)))
    return small | draw(others), small
