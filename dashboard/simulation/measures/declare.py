"""How an indicator is counted from the tables of made-up children: words, not programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.vocabulary import Statistic

YEAR = 12  # months
FROM_THE_YEAR_BEFORE = -12  # the first month of tables that begin a year before the months shown


@dataclass(frozen=True)
class Count:
    """Rows of a table: those a column marks, or the sum of a column over them."""

    table: str
    where: str = ""  # a column of yes and no; blank: every row
    weight: str = ""  # a column of numbers to add up; blank: rows are counted
    months: int = 1  # 12: of the twelve months up to the date
    first: int = 0  # the first month for which the table holds everything


@dataclass(frozen=True)
class Measure:
    """What an indicator counts, and out of what.

    A category's percentage is of the same category where the rows counted out of have one, else of the whole.
    """

    count: Count
    of: Count | None = None
    shares: tuple[str, ...] = ()  # characteristics whose percentages are of the whole all the same
    whole: bool = True  # whether there is a percentage of the whole: without, only of its categories
    #: The rows that a characteristic's categories are counted in, if not those of `count`; or a measure for
    #: every category, where the categories count different things.
    by: Mapping[str, "Count | Mapping[str, Measure]"] = field(default_factory=dict)
    but: Mapping[Statistic, "Measure"] = field(default_factory=dict)  # a statistic measured differently
