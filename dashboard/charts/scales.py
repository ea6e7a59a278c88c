"""Round numbers for an axis, and labels that do not touch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """The range of an axis and its ticks, in the units of the figures."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def name(self, tick: float) -> str:
        """A tick in words, with as many decimals as the steps between ticks need."""
        decimals = 0
        while decimals < 4 and abs(round(self.step, decimals) - self.step) > 1e-9:
            decimals += 1
        return f"{tick:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")

    def names(self, unit: str = "") -> list[str]:
        """All ticks in words; only the top one carries the unit."""
        words = [self.name(tick) for tick in self.ticks]
        return [*words[:-1], words[-1] + unit] if words else []


def make_scale(values: Sequence[float], *, from_zero: bool, top: float | None = None) -> Scale:
    """A scale of three to six round ticks around the values; `top` is a height it never passes.

    Without values it holds zero alone.
    """
    if not values:
        return Scale(0.0, 1.0, (0.0,), 1.0)
    low = min([*values, 0.0]) if from_zero else min(values)
    high = max([*values, 0.0]) if from_zero else max(values)
    if high - low < 1e-9:
        low, high = (low, low + 1) if from_zero else (low - 1, high + 1)
    step = _choose_step(high - low)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if top is not None:
        last = min(last, max(first + 1, math.floor(top / step + 1e-9)))
    ticks = tuple(round(number * step, 10) + 0.0 for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, step)


def _choose_step(span: float) -> float:
    """The round step that gives about four gaps."""
    size = 10.0 ** math.floor(math.log10(span / 4))
    return min((size * step for step in _STEPS), key=lambda step: abs(span / step - 4.2))


def push_apart(
    places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Where labels stand so that none touches another, moved as little as can be (least squares).

    `places` are the wished-for middles and `heights` the labels' heights, in one unit; the answer keeps the
    order of the places, and stays between `low` and `high` where there is room.
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    offsets, at = {}, 0.0
    for place, number in enumerate(order):
        at += (heights[order[place - 1]] + heights[number]) / 2 if place else 0.0
        offsets[number] = at
    pools: list[list[float]] = []  # each pool: sum of wishes, how many
    for number in order:
        pools.append([places[number] - offsets[number], 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    wishes = [pool[0] / pool[1] for pool in pools for _ in range(int(pool[1]))]
    if not order:
        return ()
    floor = low + heights[order[0]] / 2
    ceiling = high - heights[order[-1]] / 2 - offsets[order[-1]]
    kept = [max(floor, min(wish, max(ceiling, floor))) for wish in wishes]
    found = {number: wish + offsets[number] for number, wish in zip(order, kept, strict=True)}
    return tuple(found[number] for number in range(len(places)))


def thin(places: Sequence[float], widths: Sequence[float], gap: float) -> list[int]:
    """Which labels along an axis can stand without touching: the last always, then every one that fits.

    `places` are middles, ascending, in the unit of `widths`. Regular steps are kept: every, every second,
    every third… counted from the last.
    """
    for step in range(1, len(places) + 1):
        kept = list(range(len(places) - 1, -1, -step))[::-1]
        if all(places[b] - places[a] >= (widths[a] + widths[b]) / 2 + gap for a, b in pairwise(kept)):
            return kept
    return []
