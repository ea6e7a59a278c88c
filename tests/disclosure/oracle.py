"""A second opinion on what can be worked out about a hidden number: try every whole number that it could be.

Nothing here is shared with what it checks: no matrices, no solver, no decimals. A hidden cell may be some
number if there is a number for every other hidden cell with which all relations hold; whether there is, is
found by trying. Slow on purpose: only for tables of a few dozen cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf, lcm

#: Coefficients by cell, the least and the most that their sum may be, and the name of the family.
Relation = tuple[Mapping[int, float], float, float, str]
#: The same in whole numbers, over hidden cells only.
Condition = tuple[dict[int, int], float, float]
#: The least and the most that each hidden cell may be.
Box = dict[int, tuple[float, float]]

#: No direction in which such small tables can grow for ever needs longer steps: 1 more of 17 is 6%.
_LONGEST_STEP = 20


@dataclass(frozen=True)
class Possible:
    """What one hidden cell could be: every possible number, or only the least where there is no most."""

    values: tuple[int, ...]
    endless: bool = False

    @property
    def lowest(self) -> int:
        """The least possible number."""
        return self.values[0]

    @property
    def highest(self) -> float:
        """The most, or infinity."""
        return inf if self.endless else self.values[-1]

    @property
    def width(self) -> float:
        """The most less the least."""
        return self.highest - self.lowest

    @property
    def count(self) -> float:
        """How many numbers are possible."""
        return inf if self.endless else len(self.values)


@dataclass(frozen=True)
class Attacker:
    """Somebody who sees the numbers that are not hidden, and knows the relations.

    Of the `small` cells the attacker knows besides that they are from 1 to `threshold` - 1.
    """

    values: Sequence[int]
    relations: Sequence[Relation]
    hidden: frozenset[int]
    small: frozenset[int] = frozenset()
    threshold: int = 10
    ceilings: Sequence[float] = ()

    def find_possible(self) -> dict[int, Possible]:
        """What each hidden cell could be."""
        conditions = [each for each in map(self._without_shown, self.relations) if each[0]]
        growing = self._find_growing(conditions)
        ceilings = [ceiling for ceiling in self.ceilings if not isinf(ceiling)]
        limit = 4 * sum(self.values) + sum(ceilings) + 3 * self.threshold
        box = _narrow(conditions, {cell: self._bounds(cell, limit) for cell in self.hidden})
        assert box is not None, "the true numbers break a relation"
        found = {cell: {self.values[cell]} for cell in self.hidden}
        for cell, (least, most) in sorted(box.items()):
            for value in range(int(least), int(most) + 1):
                if value not in found[cell]:
                    for other, number in self._complete(conditions, {**box, cell: (value, value)}).items():
                        found[other].add(number)
                if cell in growing and value in found[cell]:
                    break  # the least has been found, and there is no most
            assert cell in growing or max(found[cell]) < limit, "there may be more than was tried"
        return {
            cell: Possible((min(numbers),), endless=True)
            if cell in growing
            else Possible(tuple(sorted(numbers)))
            for cell, numbers in sorted(found.items())
        }

    def _bounds(self, cell: int, limit: float) -> tuple[float, float]:
        """What a cell could be whatever the relations say; nothing above the limit is tried."""
        ceiling = self.ceilings[cell] if self.ceilings else inf
        if cell in self.small:
            return 1, min(ceiling, self.threshold - 1)
        return 0, min(ceiling, limit)

    def _without_shown(self, relation: Relation) -> Condition:
        coefficients = {cell: Fraction(str(number)) for cell, number in relation[0].items()}
        shown = sum(
            number * self.values[cell] for cell, number in coefficients.items() if cell not in self.hidden
        )
        least, most = (end if isinf(end) else Fraction(str(end)) - shown for end in relation[1:3])
        left = {cell: number for cell, number in coefficients.items() if cell in self.hidden and number}
        exact = [number for number in (*left.values(), least, most) if isinstance(number, Fraction)]
        scale = lcm(*(number.denominator for number in exact))

        def whole(number: Fraction | float) -> float:
            return int(number * scale) if isinstance(number, Fraction) else number

        return {cell: int(number * scale) for cell, number in left.items()}, whole(least), whole(most)

    def _find_growing(self, conditions: Sequence[Condition]) -> set[int]:
        """The cells that have no most: some step upwards can be taken again and again."""
        steps: list[Condition] = [
            (coefficients, -inf if isinf(least) else 0, inf if isinf(most) else 0)
            for coefficients, least, most in conditions
        ]
        free = {cell: isinf(self._bounds(cell, inf)[1]) for cell in self.hidden}
        box: Box = {cell: (0, _LONGEST_STEP if free[cell] else 0) for cell in self.hidden}
        growing: set[int] = set()
        for cell in self.hidden:
            if free[cell] and cell not in growing:
                step = next(_search(steps, {**box, cell: (1, _LONGEST_STEP)}, dict.fromkeys(box, 0)), {})
                growing |= {other for other, length in step.items() if length}
        return growing

    def _complete(self, conditions: Sequence[Condition], box: Box) -> dict[int, int]:
        """A number for every hidden cell, none if there is none; the true ones are tried first."""
        return next(_search(conditions, box, {cell: self.values[cell] for cell in box}), {})


def _search(conditions: Sequence[Condition], box: Box, near: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """Every way of choosing a number for each cell with which all conditions hold."""
    narrowed = _narrow(conditions, box)
    if narrowed is None:
        return
    undecided = [cell for cell, (least, most) in narrowed.items() if least < most]
    if not undecided:
        yield {cell: int(least) for cell, (least, _) in narrowed.items()}
        return
    chosen = min(undecided, key=lambda cell: (narrowed[cell][1] - narrowed[cell][0], cell))
    least, most = narrowed[chosen]
    for value in sorted(range(int(least), int(most) + 1), key=lambda value: abs(value - near[chosen])):
        yield from _search(conditions, {**narrowed, chosen: (value, value)}, near)


def _narrow(conditions: Sequence[Condition], box: Box) -> Box | None:
    """The box without numbers that some condition rules out by itself; None if nothing is left."""
    box, changed = dict(box), True
    while changed:
        changed = False
        for coefficients, least, most in conditions:
            ends = {cell: _ends(number, box[cell]) for cell, number in coefficients.items()}
            smallest = sum(end[0] for end in ends.values())
            largest = sum(end[1] for end in ends.values())
            for cell, number in coefficients.items():
                small, large = ends[cell]
                low, high = _limits(number, least - (largest - large), most - (smallest - small))
                old = box[cell]
                if low > old[0] or high < old[1]:
                    box[cell] = max(low, old[0]), min(high, old[1])
                    changed = True
                    if box[cell][0] > box[cell][1]:
                        return None
    return box


def _ends(number: int, bounds: tuple[float, float]) -> tuple[float, float]:
    """The least and the most of a number times what is within bounds."""
    return (
        (number * bounds[0], number * bounds[1]) if number > 0 else (number * bounds[1], number * bounds[0])
    )


def _limits(number: int, least: float, most: float) -> tuple[float, float]:
    """The least and the most whole number that times `number` is from `least` to `most`."""
    if number < 0:
        number, least, most = -number, -most, -least
    return (
        least if isinf(least) else -(-least // number),
        most if isinf(most) else most // number,
    )
