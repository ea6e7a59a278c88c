"""The closed sets of words that the long table and the catalogue are written in.

`docs/glossary.md` says what each word means to a reader; a test checks that it explains them all.
"""

from enum import StrEnum


class Statistic(StrEnum):
    """What kind of number a figure is."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    RATE = "rate"  # per 10,000 children aged 0 to 17
    AVERAGE = "average"
    DAYS = "days"
    SCORE = "score"
    FTE = "fte"  # full-time equivalent staff


#: Statistics that may be set beside areas of another size.
COMPARABLE = frozenset(
    {Statistic.PERCENTAGE, Statistic.RATE, Statistic.AVERAGE, Statistic.DAYS, Statistic.SCORE}
)


class Basis(StrEnum):
    """Whose count it is. Figures of two bases are never joined in one line."""

    LOCAL = "local"  # the council's own monthly management information
    OFFICIAL = "official"  # the statutory return as published by the Department for Education


class Kind(StrEnum):
    """What may be summed, averaged or compared over time."""

    STOCK = "stock"
    FLOW = "flow"
    ROLLING_12_MONTHS = "rolling_12_months"
    YEAR_TO_DATE = "year_to_date"
    SURVEY = "survey"

    @property
    def is_at_a_date(self) -> bool:
        """Whether a figure carries the month it is "as at" (only a flow covers a span)."""
        return self is not Kind.FLOW


class Polarity(StrEnum):
    """Which way is good. A neutral indicator is never judged or coloured."""

    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"
    NEUTRAL = "neutral"


class Frequency(StrEnum):
    """How often an indicator is counted."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class DistrictMode(StrEnum):
    """Which district a child is counted in."""

    HOME = "home"
    PLACEMENT = "placement"
    PLACEMENT_AND_HOME = "placement_and_home"
    COUNTY_ONLY = "county_only"


class Symbol(StrEnum):
    """Why there is no number. A symbol is never a number, never zero, never a bare NaN."""

    NONE = ""
    CONFIDENTIAL = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW = "low"  # rounds to zero but is not zero


class Precision(StrEnum):
    """How a number is to be read. Only a percentage is ever anything but exact."""

    EXACT = ""
    NEAREST_5 = "nearest_5"  # rounded to the nearest 5, to protect children
    ABOVE = "above"  # above the value, which is as much as is told
    BELOW = "below"  # below the value


class Status(StrEnum):
    """How firm a figure is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    AS_PUBLISHED = "as_published"  # transcribed from a report, as first published
    ILLUSTRATIVE = "illustrative"  # simulated: about made-up children


class Comparability(StrEnum):
    """Whether a comparator measures the same thing. Anything but the first shows a badge."""

    LIKE_FOR_LIKE = "like_for_like"
    DIFFERENT_AGE = "different_age"
    DIFFERENT_WINDOW = "different_window"
    DIFFERENT_DENOMINATOR = "different_denominator"
    DIFFERENT_DEFINITION = "different_definition"


#: The columns of the long table, in the order in which they are written.
COLUMNS = (
    "indicator",
    "statistic",
    "area",
    "basis",
    "period",
    "characteristic",
    "category",
    "numerator",
    "denominator",
    "value",
    "symbol",
    "status",
    "source",
    "published_on",
)

#: The columns that tell one figure from another, whoever published it and when.
CELL = [*COLUMNS[: COLUMNS.index("category") + 1]]

#: What a released figure has besides: how its number is to be read, and the span of a denominator not told.
RELEASED = ("precision", "base")
