"""Other hidden figures that add up to the same shown ones.

Children are moved between hidden cells only: what one gains another of its sum loses, so that nothing that is
shown has any reason to change.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from dashboard.periods import Grain, parse
from tests.attacks import plant
from tests.attacks.plant import COUNTY, Cell, Cells, Number

_STEPS = (6, 5, 4, 3, 2, 1, -1, -2, -3, -4, -5, -6)
_THRESHOLD = 10

Square = tuple[tuple[Cell, ...], tuple[Cell, ...]]  # those that gain, those that lose


def move(cells: Cells, hidden: Collection[Cell]) -> Cells:
    """The same cells with other numbers in hidden ones; a small number stays small, a large one large."""
    moved = dict(cells)
    untouched = set(hidden)
    for gaining, losing in _list_squares(cells, hidden):
        if not untouched.issuperset((*gaining, *losing)):
            continue
        for step in _list_steps(cells, gaining):
            new = {cell: _add(cells[cell], step) for cell in gaining}
            new |= {cell: _add(cells[cell], -step) for cell in losing}
            if all(_is_alike(cells[cell], number) for cell, number in new.items()):
                moved |= new
                untouched -= new.keys()
                break
    return moved | _turn_round(cells, hidden)


def _list_steps(cells: Cells, gaining: Sequence[Cell]) -> Iterator[int]:
    """How much to move: first what makes 8 of a 2 and 4 of a 6, so that what was more is less."""
    for cell in gaining:
        count = cells[cell].amount
        if 0 < count < _THRESHOLD and count != 5:
            yield int(_THRESHOLD - 2 * count)
    yield from _STEPS


def _list_squares(cells: Cells, hidden: Collection[Cell]) -> Iterator[Square]:
    """Two districts of one sum; and two districts by two categories, or by two parts of a quarter or year."""
    lines: dict[tuple[str, ...], list[Cell]] = {}
    for cell in sorted(hidden):
        if cell in cells and cell.area != COUNTY and cells[cell].amount % 1 == 0:
            lines.setdefault((cell.indicator, cell.period, cell.characteristic, cell.category), []).append(
                cell
            )
    for (indicator, _, characteristic, _), line in lines.items():
        if indicator not in plant.FLOWS and not characteristic and indicator not in plant.BARE_SHARES:
            yield from (((one,), (other,)) for one, other in combinations(line, 2))
    for left, right in combinations(lines, 2):
        if _are_beside(left, right):
            others = {cell.area: cell for cell in lines[right]}
            for one, two in combinations([cell for cell in lines[left] if cell.area in others], 2):
                yield (one, others[two.area]), (two, others[one.area])


def _are_beside(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two lines are two categories of one split, or two parts of one quarter or year of a flow."""
    if left[0] != right[0] or left[2] != right[2]:
        return False
    if left[2]:
        return left[1] == right[1]
    one, other = parse(left[1]), parse(right[1])
    if left[0] not in plant.FLOWS or one.grain != other.grain:
        return False
    return one.quarter == other.quarter if one.grain is Grain.MONTH else one.year == other.year


def _add(number: Number, step: int) -> Number:
    return Number(number.amount + step, number.out_of)


def _is_alike(before: Number, after: Number) -> bool:
    """Whether two numbers are protected in the same way."""
    if before.out_of is None:
        return _classify(before.amount) == _classify(after.amount)
    alike = (
        _classify(count) == _classify(other)
        for count, other in (
            (before.amount, after.amount),
            (before.out_of - before.amount, before.out_of - after.amount),
        )
    )
    return all(alike) and _round_share(before) == _round_share(after)


def _classify(count: float) -> int:
    return 0 if count <= 0 else 1 if count < _THRESHOLD else 2


def _round_share(number: Number) -> tuple[int, bool, bool]:
    """What may be told of a percentage that is hidden: the nearest five, and whether it is near an end."""
    share = 100 * number.amount / (number.out_of or 1)
    return round(share / 5), share > 80, share > 90


def _turn_round(cells: Cells, hidden: Collection[Cell]) -> Cells:
    """Hidden cells that are in no sum: bare percentages the other way round, and counts of the county."""
    turned: Cells = {}
    lines: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(hidden):
        if cell.indicator in plant.BARE_SHARES and cell in cells:
            lines.setdefault((cell.indicator, cell.period), []).append(cell)
        if cell.indicator in plant.COUNTY_COUNTS and cell in cells:
            turned[cell] = Number(_THRESHOLD - cells[cell].amount)
    for line in lines.values():
        turned |= {cell: cells[other] for cell, other in zip(line, reversed(line), strict=True)}
    return turned
