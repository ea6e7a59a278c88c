"""Percentages told less exactly, where told exactly they would give somebody away.

The rungs of a ladder, and the first that leaves enough possibilities is taken: rounded; rounded, over a
number of children told only to lie between two others; above, or below, a round percentage.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from dashboard.disclosure.policy import Policy
from dashboard.disclosure.system import Family, System
from dashboard.vocabulary import Precision

#: What is printed of a percentage told less exactly: the value, how to read it, and its base.
Told: TypeAlias = tuple[float, str, str]

#: What percentages are rounded to, in percentage points: `Precision` names it.
NEAREST = 5


@dataclass(frozen=True)
class Rung:
    """A percentage as it may be told: the value printed, how to read it, and the span of its base.

    It tells that `low` <= percentage < `high`; or, where it is `above`, `low` < percentage <= `high`.
    """

    value: float
    precision: Precision
    low: float
    high: float
    base: tuple[int, int] | None = None  # the least and the most; None: the base stands elsewhere

    @property
    def span(self) -> str:
        """The base as it is written: "40-59", or nothing where it stands elsewhere."""
        return f"{self.base[0]}-{self.base[1]}" if self.base else ""

    @property
    def told(self) -> "Told":
        """All that is printed of it."""
        return self.value, str(self.precision), self.span

    @property
    def above(self) -> bool:
        """Whether it is more than `low` and may be `high`, not at least `low` and below `high`."""
        return self.precision is Precision.ABOVE

    def possible(self, denominator: int) -> range:
        """The numerators that agree with it, over a denominator."""
        low, high = self.low * denominator / 100, self.high * denominator / 100
        if self.above:
            return range(math.floor(low) + 1, math.floor(high) + 1)
        return range(max(0, math.ceil(low)), min(denominator, math.ceil(high) - 1) + 1)


def list_rungs(numerator: int, denominator: int, policy: Policy, *, base_known: bool) -> Iterator[Rung]:
    """The ways of telling a percentage less exactly, from the most telling to the least."""
    share = 100 * numerator / denominator
    rounded = float(NEAREST * int((share + NEAREST / 2) // NEAREST))
    about = (rounded, Precision.NEAREST_5, rounded - NEAREST / 2, rounded + NEAREST / 2)
    bands = zip(policy.base_bands, policy.base_bands[1:], strict=False)
    span = next(((low, high - 1) for low, high in bands if low <= denominator < high), None)
    if base_known:
        yield Rung(*about)
    elif span:
        yield Rung(*about, span)
    for code in policy.top_codes if base_known else ():
        if share > code:
            yield Rung(float(code), Precision.ABOVE, float(code), 100.0)
        if share < 100 - code:
            yield Rung(float(100 - code), Precision.BELOW, 0.0, float(100 - code))


class Ladder:
    """The ways of telling percentages by one policy; each percentage is thought about once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[tuple[int, int, bool], tuple[Rung, ...]] = {}

    def rungs(self, numerator: int, denominator: int, *, base_known: bool) -> tuple[Rung, ...]:
        """The ways of telling a percentage that leave enough possibilities, the most telling first."""
        key = numerator, denominator, base_known
        if key not in self._known:
            self._known[key] = tuple(self._find(numerator, denominator, base_known))
        return self._known[key]

    def _find(self, numerator: int, denominator: int, base_known: bool) -> Iterator[Rung]:
        if 0 <= numerator <= denominator and denominator > 0:
            for rung in list_rungs(numerator, denominator, self._policy, base_known=base_known):
                if leaves_enough(rung, numerator, denominator, self._policy):
                    yield rung


def leaves_enough(rung: Rung, numerator: int, denominator: int, policy: Policy) -> bool:
    """Whether it leaves enough possible numerators, and as many to somebody who knows which part is small.

    Neither the numerator nor what is left of it may be known to be small.
    """
    low, high = rung.base or (denominator, denominator)
    parts = [(whole, rung.possible(whole)) for whole in range(low, high + 1)]
    inside = {part for _, possible in parts for part in possible}
    left = {whole - part for whole, possible in parts for part in possible}
    return _enough(inside, numerator, policy) and _enough(left, denominator - numerator, policy)


def _enough(possible: set[int], truth: int, policy: Policy) -> bool:
    small = {number for number in possible if 0 < number < policy.threshold}
    known = small if truth in small else possible
    return len(possible) >= policy.candidates and len(known) >= policy.candidates and possible != small


def relate(rungs: Sequence[tuple[Rung, int, int]], system: System) -> System:
    """What the rungs tell as relations: each with the cells of its numerator and denominator."""
    rows: list[tuple[dict[int, float], float, float]] = []
    for rung, numerator, denominator in rungs:
        # Twice the percentage points, so that all factors are whole and "more than" is "at least one more".
        low = {numerator: 200.0, denominator: -2 * rung.low}
        high = {numerator: 200.0, denominator: -2 * rung.high}
        rows.append((low, 1.0 if rung.above else 0.0, np.inf))
        rows.append((high, -np.inf, 0.0 if rung.above else -1.0))
        if rung.base:
            rows.append(({denominator: 1.0}, float(rung.base[0]), float(rung.base[1])))
    return System.of(system.values, [(*row, Family.PRINTED) for row in rows], system.floors, system.ceilings)
