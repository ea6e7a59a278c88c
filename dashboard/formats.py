"""Numbers as they are shown: every figure becomes a text here, once, and is the same text everywhere.

A change or comparison in words is worked out from the numbers as shown, so that a reader who subtracts
gets the same answer.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboard.periods import Grain, Period
from dashboard.vocabulary import Precision, Statistic, Symbol

MINUS = "−"
NONE = "–"  # where there is no figure and no reason is needed

_SYMBOL_WORDS = {
    Symbol.CONFIDENTIAL: "hidden",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.LOW: "rounds to zero",
}
_UNITS = {
    Statistic.PERCENTAGE: "%",
    Statistic.RATE: "per 10,000",
    Statistic.DAYS: "days",
    Statistic.FTE: "full-time equivalent",
}
_PRECISION_WORDS = {Precision.NEAREST_5: "about", Precision.ABOVE: "above", Precision.BELOW: "below"}
_TENTHS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def round_shown(value: float, decimals: int = 0) -> float:
    """A number as shown with so many decimals: halves go away from zero, as people round."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def format_number(value: float, decimals: int = 0) -> str:
    """A number with thousands marked and a true minus sign: "1,234", "−3", "21.2"."""
    shown = round_shown(value, decimals)
    if shown == 0:
        shown = 0.0  # never "−0"
    return f"{shown:,.{decimals}f}".replace("-", MINUS)


def format_symbol(symbol: Symbol) -> str:
    """A symbol as it stands where a number would: "[c]", "[x]"; blank for none."""
    return f"[{symbol}]" if symbol else ""


def explain_symbol(symbol: Symbol) -> str:
    """A symbol in words: "hidden", "not available"; blank for none."""
    return _SYMBOL_WORDS.get(symbol, "")


def format_low(statistic: Statistic, decimals: int = 0) -> str:
    """A figure that rounds to zero but is not zero: "<1%", "<0.1"."""
    return f"<{Decimal(1).scaleb(-decimals):f}{suffix_of(statistic)}"


def format_value(
    value: float | None,
    statistic: Statistic,
    decimals: int = 0,
    symbol: Symbol = Symbol.NONE,
    precision: Precision = Precision.EXACT,
) -> str:
    """A figure with its sign and no other unit: "21.2%", "1,234", "[c]", "<1%", "about 95%", "above 90%"."""
    if symbol is Symbol.LOW:
        return format_low(statistic, decimals)
    if symbol:
        return format_symbol(symbol)
    if value is None:
        return format_symbol(Symbol.NOT_AVAILABLE)
    if precision is not Precision.EXACT:
        return f"{_PRECISION_WORDS[precision]} {format_number(value)}{suffix_of(statistic)}"
    if statistic is Statistic.PERCENTAGE and value in (0, 100):
        decimals = 0  # none and all are exact
    return format_number(value, decimals) + suffix_of(statistic)


def name_precision(precision: Precision) -> str:
    """How a number is to be read, in a column of its own: "to the nearest 5%", "above"; blank if exactly."""
    return "to the nearest 5%" if precision is Precision.NEAREST_5 else _PRECISION_WORDS.get(precision, "")


def format_base(base: str) -> str:
    """What a percentage is of, where only a span of it is told: "of 40 to 59"; blank for none."""
    return f"of {base.replace('-', ' to ')}" if base else ""


def format_with_unit(text: str, statistic: Statistic) -> str:
    """A figure's text with its unit in words: "76 per 10,000", "21.2%", "12 days"."""
    unit = unit_of(statistic)
    if not unit or unit == "%" or text.startswith("["):
        return text
    return f"{text} {'day' if unit == 'days' and text == '1' else unit}"


def suffix_of(statistic: Statistic) -> str:
    """What stands right behind a number: "%", or nothing."""
    return "%" if statistic is Statistic.PERCENTAGE else ""


def unit_of(statistic: Statistic) -> str:
    """The short unit of a statistic: "%", "per 10,000", "days"; blank for a plain number."""
    return _UNITS.get(statistic, "")


def format_difference(difference: float, statistic: Statistic, decimals: int = 0) -> str:
    """The size of a difference, without its sign: "32", "1 point", "0.9 points" (never "%")."""
    size = format_number(abs(difference), decimals)
    if statistic is not Statistic.PERCENTAGE:
        return format_with_unit(size, statistic) if statistic is Statistic.DAYS else size
    return f"{size} point" if round_shown(abs(difference), decimals) == 1 else f"{size} points"


def format_range(low: float, high: float, statistic: Statistic, decimals: int = 0) -> str:
    """Two ends of a range: "9 to 16%", "−3 to 14"; one text if they are shown alike."""
    first, last = format_number(low, decimals), format_value(high, statistic, decimals)
    return last if first + suffix_of(statistic) == last else f"{first} to {last}"


def format_of(numerator: float, denominator: float) -> str:
    """What a percentage is a share of: "(646 of 891)"."""
    return f"({format_number(numerator)} of {format_number(denominator)})"


def format_when(period: Period, *, at_a_date: bool) -> str:
    """When a figure is of: "31 March 2022" for one at a date, else "Q4 2021/22", "2021/22"."""
    return period.end_label if at_a_date else period.label


def format_in(period: Period, *, at_a_date: bool) -> str:
    """The same with its preposition: "at 31 March 2022", "in Q4 2021/22"."""
    return ("at " if at_a_date else "in ") + format_when(period, at_a_date=at_a_date)


def format_year_to(period: Period) -> str:
    """What a flow covers, on a card: "Year to 31 March 2022", "Q4 2021/22", "March 2022"."""
    whole = period.grain in (Grain.YEAR, Grain.CALENDAR_YEAR)
    return f"Year to {period.end_label}" if whole else period.label


def in_words(number: int) -> str:
    """A whole number as a sentence has it: words up to ten, then figures."""
    return _TENTHS[number - 1] if 1 <= number <= 10 else "none" if number == 0 else format_number(number)


def join_words(words: Sequence[str], last: str = "and") -> str:
    """A list as people write it: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def format_periods(periods: Sequence[Period]) -> str:
    """Periods of one grain in words, runs folded: "July 2018 to June 2019 and March 2022"."""
    runs: list[list[Period]] = []
    for period in sorted(periods, key=lambda each: each.index):
        if runs and period.index == runs[-1][-1].index + period.months:
            runs[-1].append(period)
        else:
            runs.append([period])
    return join_words(
        [run[0].label if len(run) == 1 else f"{run[0].label} to {run[-1].label}" for run in runs]
    )
