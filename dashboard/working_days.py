"""Working days in England: weekdays that are not bank holidays. Known offline, also for years to come."""

from functools import cache

import holidays
import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Integers = NDArray[np.int64]

#: The years whose bank holidays are known. Dates of children's records lie within them.
_YEARS = range(1990, 2041)


@cache
def list_bank_holidays() -> Days:
    """Every bank holiday in England, moved ones on the day on which they were or will be kept."""
    kept = holidays.country_holidays("GB", subdiv="ENG", years=_YEARS)
    return np.array(sorted(kept), dtype="datetime64[D]")


def count_working_days(first: Days, last: Days) -> Integers:
    """How many working days after one day another is: the next working day is 1, the same day 0.

    What happens on a day off counts as on the next working day, at either end. Below 0 if `last` is earlier.
    Raises ValueError for a day that is not one (NaT).
    """
    return np.asarray(np.busday_count(first, last, holidays=list_bank_holidays()), dtype=np.int64)
