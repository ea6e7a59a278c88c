"""Steps: movements from one figure to the next that are far beyond what the row usually does."""

from itertools import pairwise
from statistics import median

from dashboard.findings import Level
from dashboard.intake.board_dataset.monthly import Months
from dashboard.intake.board_dataset.told import Told

#: A movement of more than so many times the usual one is a step.
TIMES = 6
#: Movements that must be there before any of them is usual.
FEWEST = 5


def tell_steps(months: Months, told: Told) -> None:
    """A note for every step of a row, which asks for its reason: often a definition has changed.

    The usual movement is the median of all of the row, and at least the last digit printed.
    """
    held = sorted(
        (month.index, month) for month, amount in months.amounts.items() if amount.value is not None
    )
    values = [months.amounts[month].value or 0.0 for _, month in held]
    moves = [after - before for before, after in pairwise(values)]
    if len(moves) < FEWEST:
        return
    digits = max(amount.decimals for amount in months.amounts.values())
    usual = max(median(map(abs, moves)), 10.0**-digits)
    for place, move in enumerate(moves, 1):
        if abs(move) > TIMES * usual + 1e-9:
            month = held[place][1]
            found = f"{values[place - 1]:.{digits}f} → {values[place]:.{digits}f}"
            expected = f"a reason for the step: a usual movement is {usual:.{digits}f}"
            why = "step: has the definition changed, or is it a slip?"
            months.tell(told, Level.NOTE, month, expected, found=found, why=why)
