"""One row of a file in the product's own columns: each cell read, or told of with all that are wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from dashboard.areas import AreaError
from dashboard.catalogue import Indicator
from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.cells import to_number
from dashboard.intake.readings import Given
from dashboard.periods import Grain, PeriodError, parse
from dashboard.vocabulary import COLUMNS, Basis, Statistic, Status, Symbol

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d %B %Y")
#: What a row must have been read with to be a figure.
_ALL = frozenset({*COLUMNS, "decimals"})


@dataclass
class Told:
    """What was found: the same words in the same column are told once, at the first row that has them."""

    findings: list[Finding] = field(default_factory=list)
    repeated: dict[Finding, list[int]] = field(default_factory=dict)

    def at(
        self, level: Level, file: str, line: int, column: str, found: str, expected: str, **more: str
    ) -> None:
        """Tell of a cell, or of one more that has the same words."""
        same = Finding(level, file, None, column, found, expected, **more)
        self.repeated.setdefault(same, []).append(line)

    def list(self) -> Iterator[Finding]:
        """Everything told, in the order in which it was first met."""
        yield from self.findings
        for same, lines in self.repeated.items():
            more = len(lines) - 1
            why = f"and in {more} more row{'' if more == 1 else 's'}" if more else ""
            yield replace(same, row=lines[0], why="; ".join(filter(None, (same.why, why))))


class _WrongError(ValueError):
    """A cell that cannot be read; its finding has been told."""


@dataclass(frozen=True)
class Row:
    """One row of a file. Each method reads a cell, or tells what is wrong with it and raises."""

    file: str
    line: int
    texts: Mapping[str, str]
    delimiter: str
    given: Given
    told: Told

    def read(self) -> dict[str, object] | None:
        """The figure of the row; None where any cell of it is wrong, all of which are told."""
        read: dict[str, object] = {"file": self.file, "line": self.line}
        indicator = self._try(read, "indicator", self._indicator)
        self._try(read, "statistic", lambda: str(self._word("statistic", Statistic)))
        self._try(read, "area", self._area)
        self._try(read, "basis", lambda: str(self._word("basis", Basis)))
        if indicator:
            self._try(read, "period", lambda: self._period(self.given.catalogue[str(indicator)]))
        for name in ("numerator", "denominator"):
            self._try(read, name, partial(self._part, name))
        value = self._try(read, "value", self._value)
        if isinstance(value, tuple):
            read["value"], read["decimals"], read["symbol"] = value
        self._try(read, "status", self._status)
        self._try(read, "source", self._source)
        self._try(read, "published_on", self._published_on)
        for name in ("characteristic", "category"):
            read[name] = self.text(name).lower()
        read["row"], read["note"] = self.text("row") or f"line {self.line}", self.text("note")
        return read if set(read) >= _ALL else None

    def text(self, name: str) -> str:
        """What stands in a column; blank where there is no such column."""
        return self.texts.get(name, "")

    def _try(self, read: dict[str, object], name: str, reading: Callable[[], object]) -> object:
        try:
            read[name] = reading()
        except _WrongError:
            return None
        return read[name]

    def _wrong(self, name: str, expected: str, near: str = "", why: str = "") -> _WrongError:
        found = quoted(self.text(name)) if self.text(name) else "nothing"
        self.told.at(Level.ERROR, self.file, self.line, name, found, expected, nearest=near, why=why)
        return _WrongError(name)

    def _indicator(self) -> str:
        name = self.text("indicator").lower().replace(" ", "_")
        if name not in self.given.catalogue:
            raise self._wrong("indicator", "the id of an indicator", nearest(name, self.given.catalogue))
        return name

    def _word(self, name: str, words: type[Statistic] | type[Basis] | type[Status]) -> str:
        word = self.text(name).lower().replace(" ", "_")
        if word not in set(words):
            raise self._wrong(name, one_of(words), nearest(word, words))
        return word

    def _area(self) -> str:
        try:
            return self.given.areas.parse(self.text("area")).slug
        except AreaError as problem:
            near = str(problem).partition("nearest: ")[2]
            raise self._wrong("area", "an area of areas.csv", near) from None

    def _period(self, indicator: Indicator) -> str:
        """The code of a period; a figure at a date carries the last month of what is written."""
        text = self.text("period")
        try:
            period = parse(text)
        except PeriodError:
            expected = "a period such as 2019-M03, Mar-19, Q4 2018/19 or 2018-19"
            raise self._wrong("period", expected) from None
        if indicator.kind.is_at_a_date and period.grain is not Grain.MONTH:
            kind = indicator.kind.replace("_", " ")
            self._note("period", f"the month that a {kind} is as at", period.month.code)
            return period.month.code
        if re.fullmatch(r"[0-9]{4}", text):
            self._note("period", "a financial year such as 2018-19, or CY2019", period.code)
        return period.code

    def _note(self, name: str, expected: str, read_as: str) -> None:
        self.told.at(
            Level.NOTE, self.file, self.line, name, quoted(self.text(name)), expected, read_as=read_as
        )

    def _value(self) -> tuple[float | None, int, str]:
        """The number, the digits printed after its point, and the symbol where there is none."""
        symbol, text = self._symbol("symbol"), self.text("value")
        if text and (instead := _as_symbol(text)):
            if symbol not in ("", instead):
                raise self._wrong("value", f"one symbol: the symbol beside it is {symbol}")
            return None, 0, instead
        if text and symbol:
            raise self._wrong("value", f"nothing beside the symbol {symbol}, or no symbol")
        if not text and not symbol:
            raise self._wrong("value", "a number, or a symbol that says why there is none")
        return (*self._number("value"), "") if text else (None, 0, symbol)

    def _part(self, name: str) -> float | None:
        """A numerator or a denominator; None where there is none."""
        return self._number(name)[0] if self.text(name) else None

    def _symbol(self, name: str) -> str:
        text = self.text(name)
        symbol = _as_symbol(text)
        if text and not symbol:
            raise self._wrong(name, "one of c, x, z, low, or nothing")
        return symbol

    def _number(self, name: str) -> tuple[float, int]:
        """A number and its decimals. Semicolons between cells mean that a comma may be the decimal sign."""
        text = self.text(name)
        if name == "value" and self.text("statistic").lower() == Statistic.PERCENTAGE:
            text = text.removesuffix("%").strip()
        if self.delimiter == ";":
            if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", text):
                expected = "a number without thousands marked: this may be a thousand times another"
                raise self._wrong(name, expected)
            text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
        try:
            return to_number(text)
        except ValueError:
            raise self._wrong(name, "a plain number such as 842 or 12.0") from None

    def _status(self) -> str:
        if not self.text("status"):
            return str(Status.AS_PUBLISHED)
        word = self._word("status", Status)
        if word == Status.ILLUSTRATIVE:
            raise self._wrong("status", "a real figure: made-up ones are never brought in")
        return word

    def _source(self) -> str:
        if self.text("source") not in ("", self.given.source):
            raise self._wrong(
                "source", f"nothing, or {self.given.source}, which these figures are kept under"
            )
        return self.given.source

    def _published_on(self) -> str:
        text, expected = self.text("published_on"), self.given.published_on
        if text and expected not in set(_list_days(text)):
            raise self._wrong("published_on", f"nothing, or {expected}, the day given for these figures")
        return expected


def _as_symbol(text: str) -> str:
    """The symbol that a text is, with or without brackets; blank if it is none."""
    plain = text.lower().removeprefix("[").removesuffix("]").strip()
    return plain if plain in {str(each) for each in Symbol if each} else ""


def _list_days(text: str) -> Iterator[str]:
    """The days that a text can be, as Excel rewrites them."""
    for pattern in _DAYS:
        try:
            yield datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
