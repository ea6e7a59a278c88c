"""What the text of a cell says: a count, a percentage, a count with its share in brackets, or a symbol."""

import re
from dataclasses import dataclass, replace

from dashboard.intake.cells import NUMBER, Cell, to_number
from dashboard.vocabulary import Statistic, Symbol

_BRACKETED = re.compile(r"\[ ?(.+?) ?\]")
_WITH_SHARE = re.compile(
    rf"(?P<count>{NUMBER.pattern}) ?\( ?(?P<below><)? ?(?P<share>{NUMBER.pattern}) ?% ?\)"
)
_PERCENTAGE = re.compile(rf"(?P<number>{NUMBER.pattern}) ?%")
_SYMBOLS = {symbol.value: symbol for symbol in Symbol if symbol}


class UnreadError(ValueError):
    """A cell that says nothing that can be a figure; the message says what would be."""


@dataclass(frozen=True)
class Amount:
    """A number of a cell, or why there is none; `share` is what stands in brackets behind it.

    `bracketed`: the whole of it stands in square brackets. `unmarked`: a percentage without its sign.
    """

    statistic: Statistic
    value: float | None
    decimals: int = 0
    symbol: Symbol = Symbol.NONE
    share: "Amount | None" = None
    bracketed: bool = False
    unmarked: bool = False


def read_amount(cell: Cell, lead: Statistic) -> Amount:
    """What a cell says in a row whose plain numbers are of the statistic `lead`.

    Raises `UnreadError` where it can be read in two ways, or in none.
    """
    if cell.wrong:
        raise UnreadError(f"a number: this is {cell.wrong}")
    inner = _BRACKETED.fullmatch(cell.text)
    text = inner[1] if inner else cell.text
    if text.lower() in _SYMBOLS:
        return Amount(lead, None, symbol=_SYMBOLS[text.lower()])
    return replace(_read_text(text, cell.exact, lead), bracketed=bool(inner))


def _read_text(text: str, exact: str, lead: Statistic) -> Amount:
    if both := _WITH_SHARE.fullmatch(text):
        return replace(
            _read_count(both["count"]), share=_read_share(both["share"], below=bool(both["below"]))
        )
    if marked := _PERCENTAGE.fullmatch(text):
        return _read_percentage(marked["number"], exact)
    if not NUMBER.fullmatch(text):
        raise UnreadError(f"a number, {_examples(lead)}; or an empty cell")
    if lead is Statistic.PERCENTAGE:
        return _read_unmarked(text, exact)
    if exact:
        raise UnreadError(f"a whole number: the cell shows {text} and holds {exact}")
    return _read_count(text)


def _read_count(text: str) -> Amount:
    number, _ = to_number(text)
    if number < 0 or number != int(number):
        raise UnreadError("a whole number that is not below nothing")
    return Amount(Statistic.COUNT, number)


def _read_percentage(text: str, exact: str = "") -> Amount:
    number, decimals = to_number(text)
    if not 0 <= number <= 100:
        raise UnreadError("a percentage from 0% to 100%")
    if number == 0 and exact:  # shown as 0% and more than that
        return Amount(Statistic.PERCENTAGE, None, symbol=Symbol.LOW)
    return Amount(Statistic.PERCENTAGE, number, decimals)


def _read_share(text: str, *, below: bool) -> Amount:
    """The share behind a count; "<1%" is more than nothing and rounds to it."""
    share = _read_percentage(text)
    if not below:
        return share
    if share.value != 1:
        raise UnreadError("a share such as (26%) or (<1%)")
    return Amount(Statistic.PERCENTAGE, None, symbol=Symbol.LOW)


def _read_unmarked(text: str, exact: str) -> Amount:
    """A percentage without its sign; up to 1 it may be a share of one instead, which nobody can know."""
    number, _ = to_number(text)
    if exact:
        raise UnreadError(f"a percentage with its sign: the cell shows {text} and holds {exact}")
    if 0 < number <= 1:
        share = f"{number * 100:g}%"
        raise UnreadError(f"{text}% or {share}, with its sign: without one it may be either")
    return replace(_read_percentage(text), unmarked=True)


def _examples(lead: Statistic) -> str:
    return "such as 78%" if lead is Statistic.PERCENTAGE else "such as 212 or 212 (26%)"
