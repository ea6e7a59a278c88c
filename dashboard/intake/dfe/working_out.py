"""Percentages and rates that a file gives the parts of, worked out no more exactly than the parts allow."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from dashboard.intake.dfe.cells import Cell, round_half_up
from dashboard.vocabulary import Statistic, Symbol

#: What a quotient is multiplied by to be a statistic.
SCALES: Mapping[Statistic, Decimal] = MappingProxyType(
    {Statistic.PERCENTAGE: Decimal(100), Statistic.RATE: Decimal(10_000), Statistic.AVERAGE: Decimal(1)}
)
#: Of several reasons why there is no number, the one that is told.
_FIRST = (Symbol.CONFIDENTIAL, Symbol.LOW, Symbol.NOT_AVAILABLE, Symbol.NOT_APPLICABLE)
_SMALLEST = Decimal("1e-9")


def add_up(cells: Sequence[Cell]) -> Cell:
    """The sum of some cells; where one of them has no number, the weightiest of their symbols."""
    symbols = {cell.symbol or Symbol.NOT_AVAILABLE for cell in cells if cell.value is None}
    if symbols or not cells:
        return Cell(symbol=next((each for each in _FIRST if each in symbols), Symbol.NOT_AVAILABLE))
    return Cell(value=sum((cell.value for cell in cells if cell.value is not None), Decimal(0)))


def divide(
    numerator: Cell,
    denominator: Cell,
    statistic: Statistic,
    decimals: int,
    off: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0)),
) -> Cell | None:
    """A percentage or rate to so many decimals, or to fewer where rounded parts leave them open.

    `off` is by how much the numerator and the denominator may be off. None where not even the whole number is
    certain; a symbol where a part has one.
    """
    if numerator.value is None or denominator.value is None:
        return add_up([numerator, denominator])
    if denominator.value <= 0:
        return Cell(symbol=Symbol.NOT_APPLICABLE)
    scale = SCALES[statistic]
    lowest, highest = find_reach(numerator.value, denominator.value, off)
    for places in range(decimals, -1, -1):
        value = round_half_up(scale * numerator.value / denominator.value, places)
        if round_half_up(scale * lowest, places) == round_half_up(scale * highest, places):
            exactly = "" if places == decimals else ", as exactly as they allow"
            remark = f"Worked out from rounded counts{exactly}." if any(off) else ""
            return Cell(value=value, decimals=places, remark=remark)
    return None


def find_reach(top: Decimal, bottom: Decimal, off: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    """The least and the most that a quotient may be."""
    least = max(top - off[0], Decimal(0)) / (bottom + off[1])
    return least, (top + off[0]) / max(bottom - off[1], _SMALLEST)


def recomputes(
    value: Cell, numerator: Cell, denominator: Cell, statistic: Statistic, parts_decimals: int = 0
) -> bool:
    """Whether a printed number is that of its parts, at the precision printed.

    With `parts_decimals`, whether it may be: the parts were rounded to so many decimals afterwards.
    """
    if value.value is None or numerator.value is None or not denominator.value:
        return False
    half = Decimal(1).scaleb(-parts_decimals) / 2 if parts_decimals else Decimal(0)
    lowest, highest = find_reach(numerator.value, denominator.value, (half, half))
    reach = Decimal(1).scaleb(-value.decimals) / 2 + _SMALLEST
    scale = SCALES[statistic]
    return scale * lowest - reach <= value.value <= scale * highest + reach
