"""Round numbers for an axis, chosen from the figures that are drawn and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

_FEWEST, _MOST, _IDEAL = 3, 6, 4.5  # steps from the first tick to the last
_MANTISSAS = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high` with its ticks; the unit stands on the top tick only."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    @property
    def shows_zero(self) -> bool:
        """Whether zero is on the axis."""
        return self.low <= 0 <= self.high

    def lowered(self) -> "Scale":
        """The same axis with one more step at its foot."""
        step = self.ticks[1] - self.ticks[0]
        foot = _tidy(self.ticks[0] - step, step)
        return Scale(foot, self.high, (foot, *self.ticks), (*_write((foot,), step, ""), *self.texts))

    def place(self, value: float, length: float) -> float:
        """How many pixels below the top of an axis of that length a value is."""
        return (self.high - value) / (self.high - self.low) * length


def make_scale(values: Iterable[float | None], *, from_zero: bool, unit: str = "") -> Scale:
    """An axis that holds every value. With no values there is only its zero line.

    Below zero is always measured from zero, so that a loss is not taken for a gain.
    """
    known = [value for value in values if value is not None]
    if not known:
        return Scale(0, 1, (0,), ("0",))
    low, high = min(known), max(known)
    if from_zero or low < 0:
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = _widen(low, high, most=100 if unit == "%" else None)
    step = _choose_step(low, high, whole=_are_whole(known))
    first, last = _floor(low / step), _ceil(high / step)
    ticks = tuple(_tidy(number * step, step) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, _write(ticks, step, unit))


def make_column_scale(values: Iterable[float | None], length: float, above: float, unit: str = "") -> Scale:
    """An axis from zero that leaves so many pixels above the tallest column, and below the deepest."""
    known = [value for value in values if value is not None]
    scale = make_scale(known, from_zero=True, unit=unit)
    if not any(known):
        return scale
    low, high = min(0.0, *known), max(0.0, *known)
    step = _choose_step(low, high, whole=_are_whole(known))
    room = above / length * (high - low) / (1 - above / length * ((low < 0) + (high > 0)))
    first = _ceil(low / step) if low < 0 else 0
    last = _floor(high / step) if high > 0 else 0
    ticks = tuple(_tidy(number * step, step) for number in range(first, last + 1))
    return Scale(
        _round(min(low - room, ticks[0])) if low < 0 else 0,
        _round(max(high + room, ticks[-1])) if high > 0 else 0,
        ticks,
        _write(ticks, step, unit),
    )


def _widen(low: float, high: float, most: float | None) -> tuple[float, float]:
    """The ends set apart where all figures are the same: a level line runs across the middle.

    No further than `most` (a share of a hundred), unless the figures themselves go beyond it.
    """
    if high > low:
        return low, high
    if low == 0:
        return 0.0, 1.0
    reach = max(abs(low) * 0.05, 10.0 ** floor(log10(abs(low))) / 10)
    top = high + reach
    return low - reach, top if most is None or high > most else min(top, most)


def _are_whole(values: Iterable[float]) -> bool:
    return all(value == int(value) for value in values)


def _choose_step(low: float, high: float, *, whole: bool) -> float:
    """The round step that wastes least of the axis with neither too few steps nor too many.

    Whole figures have whole ticks: nobody is half a child.
    """
    power = floor(log10(high - low))
    found = []
    for exponent in (power - 2, power - 1, power, power + 1):
        for mantissa in _MANTISSAS:
            step = mantissa * 10.0**exponent
            count = _ceil(high / step) - _floor(low / step)
            if whole and step != int(step):
                continue
            if _FEWEST <= count <= _MOST:
                waste = count * step / (high - low) - 1
                crooked = 0.15 if mantissa == 2.5 else 0.0
                found.append((waste + 0.12 * abs(count - _IDEAL) + crooked, step))
    return min(found)[1] if found else 1.0


def _floor(number: float) -> int:
    """Rounded down, unless it is a whole number but for the last bits."""
    return round(number) if abs(number - round(number)) < 1e-9 else floor(number)


def _ceil(number: float) -> int:
    return -_floor(-number)


def _decimals(step: float) -> int:
    """How many digits after the point a step needs."""
    return next((digits for digits in range(12) if abs(step - round(step, digits)) < step * 1e-6), 12)


def _tidy(number: float, step: float) -> float:
    """A tick without the dust of binary fractions; a whole number where it is one."""
    tidy = round(number, _decimals(step))
    return int(tidy) if tidy == int(tidy) else tidy


def _round(number: float) -> float:
    return float(f"{number:.5g}")


def _write(ticks: tuple[float, ...], step: float, unit: str) -> tuple[str, ...]:
    texts = [f"{tick:,.{_decimals(step)}f}".replace("-", "−") if tick else "0" for tick in ticks]
    texts[-1] += unit
    return tuple(texts)
