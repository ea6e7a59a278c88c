"""What stands in one cell: a number, with its decimals as published, or a symbol for why there is none."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dashboard.vocabulary import Statistic, Symbol

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,18})?", re.ASCII)
#: The Department's symbols, as the product says them.
SYMBOLS = {
    "c": Symbol.CONFIDENTIAL,
    "x": Symbol.NOT_AVAILABLE,
    "z": Symbol.NOT_APPLICABLE,
    "k": Symbol.LOW,
    "low": Symbol.LOW,
    "u": Symbol.NOT_AVAILABLE,
    ":": Symbol.NOT_AVAILABLE,
    "~": Symbol.LOW,
}
#: Those that lose something, or that files have no longer: what is said of each, and beside each figure.
REMARKS = {
    "u": "The Department withheld it as of low reliability.",
    ":": "The Department's older symbol for not available.",
    "~": "The Department's older symbol for what rounds to zero.",
}
#: Numbers that differ by less than this are noise of a spreadsheet, such as 553.70000000000005.
_NOISE = Decimal("0.000001")
_EXPECTED = {
    Statistic.COUNT: "a whole number",
    Statistic.PERCENTAGE: "a percentage from 0 to 100",
}
_SYMBOLS_SHOWN = ", ".join(SYMBOLS)


@dataclass(frozen=True)
class Cell:
    """A number with its printed decimals; or a symbol, with what to say of it; or a fault: what was expected.

    `exceeds` says that it was printed with more decimals than the publication has.
    """

    value: Decimal | None = None
    decimals: int = 0
    symbol: Symbol = Symbol.NONE
    remark: str = ""
    fault: str = ""
    nearest: str = ""
    exceeds: bool = False


@lru_cache(maxsize=65536)
def read_cell(text: str, statistic: Statistic, decimals: int) -> Cell:
    """What a cell holds of a statistic that is published with so many decimals."""
    plain = text.strip()
    if plain.casefold() in SYMBOLS:
        mark = plain.casefold()
        return Cell(symbol=SYMBOLS[mark], remark=REMARKS.get(mark, ""))
    expected = f"{_EXPECTED.get(statistic, 'a number')}, or one of the symbols {_SYMBOLS_SHOWN}"
    if not _NUMBER.fullmatch(plain):
        bare = plain.replace(",", "").removesuffix("%").strip()
        return Cell(fault=expected, nearest=bare if _NUMBER.fullmatch(bare) else "")
    value = Decimal(plain)
    if value < 0 or (statistic is Statistic.PERCENTAGE and value > 100):
        return Cell(fault=expected)
    rounded = round_half_up(value, decimals)
    if abs(value - rounded) < _NOISE:
        return Cell(value=rounded, decimals=decimals)
    if statistic is Statistic.COUNT:
        return Cell(fault=expected)
    printed = len(plain.partition(".")[2].rstrip("0"))
    return Cell(value=value, decimals=min(printed, 9), exceeds=True)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """A number to so many decimals, halves up, as the Department rounds."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
