"""A cell of a sheet as a reader sees it: the text that is printed there, and the exact number behind it.

What a cell says depends on its format as much as on its number: 1 is one child, or 100% where the format has
a per cent sign. So every cell is first turned into the text that Excel would show, and read from that.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

#: A plain number, thousands marked or not: "842", "1,204", "12.0", "-3".
_PLAIN = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
NUMBER = re.compile(_PLAIN)
_ALIKE = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2212": "-", "\ufeff": "", "\u200b": ""}
)
_ESCAPED = re.compile(r'\\.|_.|\*.|"[^"]*"')
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|\$[^\]]*)\]", re.I)
_TOO_LARGE = 10**12
_GENERAL_DIGITS = 10  # that Excel shows of a number without a format of its own


@dataclass(frozen=True)
class Cell:
    """One cell: `text` as it is printed, `exact` the whole number behind it where that has more digits.

    `wrong` says why nothing can be read from it, in words that follow "found …".
    """

    text: str
    exact: str = ""
    wrong: str = ""


#: A cell in which nothing stands.
BLANK = Cell("")


def clean(text: str) -> str:
    """A text with one plain space wherever it had any: stray, doubled, non-breaking, or a line end."""
    return " ".join(text.translate(_ALIKE).split())


def read_cell(value: object, number_format: str = "General") -> Cell:
    """A cell of a workbook as it is printed."""
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return Cell(str(value).upper(), wrong="a yes or no of Excel, not a number")
    if isinstance(value, (datetime, date)):
        return _print_date(value, number_format)
    if isinstance(value, (int, float)):
        return _print_number(value, number_format)
    text = clean(str(value))
    if re.fullmatch(r"#(?:REF|N/A|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]?", text):
        return Cell(text, wrong="an error of Excel's: mend the formula")
    return Cell(text)


def to_number(text: str) -> tuple[float, int]:
    """The number that a text is, and the digits printed after its point. ValueError if it is none."""
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "")), len(text.partition(".")[2])


def letter_of(column: int) -> str:
    """The letters of a column counted from 1: "A", "Z", "AA"."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _print_date(value: date, number_format: str) -> Cell:
    """A day as its format shows it: month and year, or all of it; a day without a year is not a month."""
    shown = _ESCAPED.sub("", number_format.lower())
    wrong = "a day, not a number: Excel has taken what was typed for a date"
    if "d" in shown and "y" not in shown:
        return Cell(f"{value.day} {value:%b}", f"{value.day} {value:%B %Y}", wrong)
    text = f"{value:%Y-%m-%d}" if "d" in shown else f"{value:%b-%y}"
    return Cell(text, wrong=wrong)


def _print_number(value: float, number_format: str) -> Cell:
    """A number as its format shows it; the format of numbers above zero where there are several."""
    first = number_format.split(";")[0]
    literal = "%" in "".join(re.findall(r'"[^"]*"|\\.', first))
    pattern = _COLOUR.sub("", _ESCAPED.sub("", first)).strip()
    number = Decimal(repr(value))
    if not number.is_finite() or abs(number) >= _TOO_LARGE:
        return Cell(f"{value:g}", wrong="not a number of children, or a share of them")
    plain = pattern.lower() in ("general", "", "@")
    if not plain and not re.fullmatch(r"[£$€ ]*[#0,]*[#0](?:\.0+)? *%?", pattern):
        wrong = f"a number in a format that hides what it is ({number_format}): give it a plain one"
        return Cell(_print_general(value), wrong=wrong)
    if literal and 0 < abs(number) <= 1:
        wrong = f"{value:g} in a format that writes a % sign behind it: it may be a share of one"
        return Cell(f"{value:g}%", wrong=wrong)
    if plain:
        return Cell(_print_general(value) + ("%" if literal else ""))
    share = pattern.endswith("%")
    number = number * 100 if share else number
    places = len(pattern.rstrip("% ").partition(".")[2])
    shown = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "%" if share or literal else ""
    exact = f"{round(float(number), 9):g}{sign}" if abs(shown - number) > Decimal("1e-9") else ""
    return Cell(f"{shown:f}{sign}", exact)


def _print_general(value: float) -> str:
    """A number without a format of its own: as short as it is, and ten digits at most."""
    return str(value) if isinstance(value, int) else f"{value:.{_GENERAL_DIGITS}g}"
