"""What a program asks of the figures, read strictly: everything that is not understood, told at once.

Pages guess what a reader means and say so. A program cannot read what is said, so here nothing is guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dashboard.findings import nearest
from dashboard.periods import Period, PeriodError, parse
from dashboard.store import Store
from dashboard.views.elsewhere import FIGURES, HIGHEST_LIMIT, NONE, PARAMETERS, USUAL_LIMIT
from dashboard.vocabulary import Basis, Statistic

_QUOTED = 60  # characters of what was found that are repeated
_MOST_DIGITS = 9
_MOST_PROBLEMS, _MOST_GUESSED = 50, 5  # looking for the nearest word takes longer than all the rest
_PERIODS = "a period such as 2019-M03, 2018-19-Q4, 2018-19 or CY2021"

Given = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Request:
    """The figures that are asked for. A column that is not named is not narrowed."""

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    first: Period | None = None
    last: Period | None = None
    limit: int = USUAL_LIMIT
    offset: int = 0

    def address(self, offset: int | None = None) -> str:
        """Where it is answered; with another offset, where what follows is."""
        given = {name: ",".join(each or NONE for each in words) for name, words in self.wanted.items()}
        given |= {"from": self.first.code} if self.first else {}
        given |= {"to": self.last.code} if self.last else {}
        given |= {"limit": str(self.limit), "offset": str(self.offset if offset is None else offset)}
        return f"{FIGURES}?{urlencode(given, safe=',')}"


@dataclass(frozen=True)
class Problem:
    """One thing that is not understood: what was found, what is allowed, and the nearest right answer."""

    parameter: str
    found: str
    expected: str
    allowed: tuple[str, ...] = ()
    nearest: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The same for JSON, without what does not apply."""
        told = {"parameter": self.parameter, "found": self.found, "expected": self.expected}
        more = {"allowed": list(self.allowed), "nearest": self.nearest}
        return told | {name: value for name, value in more.items() if value}


class RequestError(ValueError):
    """Everything that is not understood of a request, at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)[:_MOST_PROBLEMS]
        super().__init__("; ".join(f"{each.parameter}: found {each.found}" for each in self.problems))


@dataclass(frozen=True)
class _Column:
    """What a column may be narrowed to, and what else people call it."""

    words: tuple[str, ...]
    also: Mapping[str, str] = field(default_factory=dict)

    def find_nearest(self, text: str) -> str:
        """The word that was most likely meant; blank if none is at all alike."""
        called = {**self.also, **{word: word for word in self.words}}
        return called.get(nearest(text[:_QUOTED], called), "")


def read_request(store: Store, given: Given) -> Request:
    """The figures that an address asks for, as names and values. Raises `RequestError`."""
    values, problems = _read_names(given, [each.name for each in PARAMETERS])
    wanted = {
        name: _read_words(name, values[name], column, problems)
        for name, column in _list_columns(store).items()
        if name in values
    }
    first, last = (_read_period(name, values, problems) for name in ("from", "to"))
    if first and last and first.index > last.end_index:
        found = f"{first.code} to {last.code}"
        problems.append(Problem("from, to", found, "from a period to one that ends later"))
    limit = _read_number("limit", values, USUAL_LIMIT, (1, HIGHEST_LIMIT), problems)
    offset = _read_number("offset", values, 0, (0, 10**_MOST_DIGITS - 1), problems)
    if problems:
        raise RequestError(problems)
    return Request(wanted, first, last, limit, offset)


def check_no_parameters(given: Given) -> None:
    """Raises `RequestError` if anything is asked where nothing can be."""
    _, problems = _read_names(given, [])
    if problems:
        raise RequestError(problems)


def _read_names(given: Given, known: Sequence[str]) -> tuple[dict[str, str], list[Problem]]:
    """Each value by its name; and a problem for each name that is unknown or given twice."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    expected = f"one of {len(known)} names" if known else "nothing after the address"
    for name, value in given[: 2 * _MOST_PROBLEMS]:
        if name not in known:
            near = nearest(name[:_QUOTED], known)
            problems.append(
                Problem(quote(name), "a name that means nothing here", expected, tuple(known), near)
            )
        elif name in values:
            problems.append(Problem(name, "given twice", "once, with commas between several values"))
        values.setdefault(name, value)
    return values, problems


def _list_columns(store: Store) -> dict[str, _Column]:
    """The columns that may be narrowed, and to what."""
    areas = {name: area.slug for area in store.areas for name in (area.name, area.gss_code)}
    titles = {each.title: each.id for each in store.indicators.values()}
    return {
        "indicator": _Column(tuple(store.indicators), titles),
        "area": _Column(store.areas.slugs, areas),
        "statistic": _Column(tuple(Statistic)),
        "basis": _Column(tuple(Basis)),
        "characteristic": _Column((*store.characteristics, NONE)),
    }


def _read_words(name: str, text: str, column: _Column, problems: list[Problem]) -> tuple[str, ...]:
    """The words asked for, each once and in the order of the column."""
    asked = text.split(",")
    unknown = list(dict.fromkeys(word for word in asked if word not in column.words))
    if unknown:
        near = [column.find_nearest(word) for word in unknown[:_MOST_GUESSED]]
        expected = f"one of {len(column.words)}, or several with commas between"
        found = quote(", ".join(unknown))
        meant = ",".join(each for each in dict.fromkeys(near) if each)
        problems.append(Problem(name, found, expected, tuple(column.words), meant))
    return tuple("" if word == NONE else word for word in column.words if word in asked)


def _read_period(name: str, values: Mapping[str, str], problems: list[Problem]) -> Period | None:
    text = values.get(name)
    if text is None:
        return None
    try:
        period = parse(text[:_QUOTED])
    except PeriodError:
        problems.append(Problem(name, quote(text), _PERIODS))
        return None
    if period.code != text:
        problems.append(Problem(name, quote(text), _PERIODS, nearest=period.code))
    return period


def _read_number(
    name: str, values: Mapping[str, str], usual: int, bounds: tuple[int, int], problems: list[Problem]
) -> int:
    text, (lowest, highest) = values.get(name), bounds
    if text is None:
        return usual
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if is_number and lowest <= int(text) <= highest:
        return int(text)
    near = str(min(max(int(text), lowest), highest)) if is_number else ""
    problems.append(Problem(name, quote(text), f"a whole number from {lowest} to {highest}", nearest=near))
    return usual


def quote(text: str) -> str:
    """A value as it is repeated: printable, cut short, and "nothing" where it is blank."""
    short = "".join(letter if letter.isprintable() else "�" for letter in text[:_QUOTED])
    return f"{short}…" if len(text) > _QUOTED else short or "nothing"
