"""The layout of the lists, as declared in `data/intake/annex_a.toml`: lists, columns, headings and codes."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

#: Where the layout and the measures stand. They are Ofsted's and the program's, not one council's.
DECLARED = Path(__file__).parents[3] / "data" / "intake"


class Holds(StrEnum):
    """What a column holds, and so how it is read and what may be said of it."""

    ID = "id"
    NAME = "name"
    BIRTH = "birth"
    POSTCODE = "postcode"
    DAY = "day"
    WHOLE = "whole"
    CODE = "code"
    TEAM = "team"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """One column: its key in the program, its heading, and other headings that mean the same."""

    key: str
    heading: str
    holds: Holds
    codes: str = ""
    also: tuple[str, ...] = ()
    latest: bool = False  # its latest date is about the day on which the file was made
    since: int = 0  # the year of the layout that it came with; 0: always there


@dataclass(frozen=True)
class ListLayout:
    """One of the lists: its number, what it holds, and its columns in order."""

    number: int
    title: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """How it is called, such as "List 8"."""
        return f"List {self.number}"


@dataclass(frozen=True)
class CodeSet:
    """The codes of a column: every category with the texts that mean it, the first as we write it."""

    categories: Mapping[str, tuple[str, ...]]
    _variants: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _codes: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        variants: dict[str, set[str]] = {}
        codes: dict[str, set[str]] = {}
        for category, texts in self.categories.items():
            for letter, code, label in map(split_code, texts):
                for parts in ((letter, code, label), (code, label), (letter,), (code,), (label,)):
                    variants.setdefault(plain(" ".join(parts)), set()).add(category)
                codes.setdefault(plain(code), set()).add(category)
        for name, found in (("_variants", variants), ("_codes", codes)):
            clear = {text: next(iter(each)) for text, each in found.items() if text and len(each) == 1}
            object.__setattr__(self, name, clear)

    def read(self, text: str) -> str | None:
        """The category that a text means; None if it is none of them, or could be more than one.

        The whole text first; then without its letter, which differs between layouts; then its code alone,
        if what follows is not what another code is called.
        """
        whole = plain(text)
        if whole in self._variants:
            return self._variants[whole]
        letter, code, label = split_code(text)
        without = plain(f"{code} {label}")
        if letter and without in self._variants:
            return self._variants[without]
        category = self._codes.get(plain(code))
        meant = self._variants.get(plain(label), category)
        return category if meant == category else None

    @property
    def written(self) -> Mapping[str, str]:
        """How each category is written."""
        return {category: texts[0] for category, texts in self.categories.items()}


@dataclass(frozen=True)
class Layout:
    """Everything that is declared of the lists."""

    lists: tuple[ListLayout, ...]
    columns: Mapping[str, Column]
    codes: Mapping[str, CodeSet]
    kinds: Mapping[str, str]  # of placement, by its code in small letters
    groups: Mapping[str, str]
    words_for_disabilities: tuple[str, ...]
    add_on: str  # the name of its sheet
    add_on_child: tuple[str, ...]
    add_on_home: tuple[str, ...]

    def list_of(self, number: int) -> ListLayout:
        """The list with a number."""
        return next(each for each in self.lists if each.number == number)


@cache
def load_layout() -> Layout:
    """The layout declared."""
    declared = tomllib.loads((DECLARED / "annex_a.toml").read_text(encoding="utf-8"))
    columns = {key: _read_column(key, each) for key, each in declared["columns"].items()}
    return Layout(
        lists=tuple(
            ListLayout(each["number"], each["title"], tuple(columns[key] for key in each["columns"]))
            for each in declared["lists"]
        ),
        columns=columns,
        codes={
            name: CodeSet({category: tuple(texts) for category, texts in each.items()})
            for name, each in declared["codes"].items()
        },
        kinds=_turn(declared["placements"]["kinds"]),
        groups=_turn(declared["placements"]["groups"]),
        words_for_disabilities=tuple(declared["teams"]["words_for_disabilities"]),
        add_on=declared["add_on"]["sheet"],
        add_on_child=tuple(declared["add_on"]["child"]),
        add_on_home=tuple(declared["add_on"]["home"]),
    )


def _read_column(key: str, table: Mapping[str, Any]) -> Column:
    return Column(
        key, table["heading"], Holds(table["kind"]), table.get("codes", ""), tuple(table.get("also", ())),
        table.get("latest", False), table.get("since", 0),
    )  # fmt: skip


def _turn(named: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {code: name for name, codes in named.items() for code in codes}


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": "", "\ufeff": ""})
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_LETTER = re.compile(r"\s*([a-zA-Z]{1,2}\d?)\s*[).]\s*(?=\S)")
_CODE = re.compile(r"\s*([A-Za-z]{1,3}\d{1,2}[A-Za-z]?|\d{1,2}[A-Za-z]?|[A-Z]{1,4})\s*(?::|-|–|\s)\s*(?=\S)")


def plain(text: str) -> str:
    """A text in small letters, straight quotes, no punctuation and single spaces: how texts are compared."""
    return " ".join(_PUNCTUATION.sub(" ", text.translate(_STRAIGHT).lower().replace("'", "")).split())


def squash(text: str) -> str:
    """A heading as headings are compared: plain, and without spaces."""
    return plain(text).replace(" ", "")


def split_code(text: str) -> tuple[str, str, str]:
    """The letter, code and label of a text such as "q) 6: Police"; blank where it has none."""
    text = text.translate(_STRAIGHT)
    letter, rest = "", text
    if match := _LETTER.match(text):
        letter, rest = match[1], text[match.end() :]
    if match := _CODE.match(rest):
        return letter, match[1], rest[match.end() :].strip()
    return letter, "", rest.strip()
