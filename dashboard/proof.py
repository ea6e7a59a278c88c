"""The proof that a release gives nobody away, as the audit wrote it, read with care.

It says how narrowly each hidden number can be had, so it is itself for internal eyes only.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.audiences import PUBLIC

AUDITS = "audits"


class ProofError(ValueError):
    """A file that is no proof; the message says what was found in it and what was expected."""


@dataclass(frozen=True)
class ProofTable:
    """How much of one released table is hidden."""

    indicator: str
    statistic: str
    characteristic: str
    grain: str
    level: int
    cells: int
    shown: int
    hidden: int


@dataclass(frozen=True)
class Interval:
    """The least and the most that an attacker knows a hidden number to be; None: there is no such bound."""

    lowest: float | None
    highest: float | None

    @property
    def width(self) -> float:
        """How far apart they are; infinite without a bound."""
        if self.lowest is None or self.highest is None:
            return math.inf
        return self.highest - self.lowest


@dataclass(frozen=True)
class HiddenCell:
    """One hidden number: where it stands, why it is hidden, and what each attacker is left with."""

    indicator: str
    role: str
    area: str
    period: str
    characteristic: str
    category: str
    reason: str
    without_reasons: Interval  # who knows how the figures add up, but not why a number is hidden
    with_reasons: Interval  # who in addition knows which numbers are hidden for being small


@dataclass(frozen=True)
class Proof:
    """What was attacked, and what came of it."""

    release: str
    made: str
    rule_version: str
    figures_hash: str
    policy: Mapping[str, object]
    counts: Mapping[str, int]  # "cells", "hidden", "primary", "secondary", "withheld", "unresolved", "failed"
    seconds: float
    solves: int
    families: Mapping[str, int]
    tables: tuple[ProofTable, ...]
    narrowest: tuple[HiddenCell, ...]

    @property
    def holds(self) -> bool:
        """Whether every hidden number is safe."""
        return not self.counts["failed"] and not self.counts["unresolved"]


COUNTS = ("cells", "hidden", "primary", "secondary", "withheld", "unresolved", "failed")


def read_proof(data: Path, release: str, audience: str = PUBLIC) -> Proof | None:
    """The proof of a release; None if none has been made.

    Raises `ProofError` for a file that is no proof, or is that of another release.
    """
    path = data / AUDITS / audience / f"{release}.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise ProofError(f"{path.name}: {problem}") from None
    proof = _read(Reader.of(told, path.name))
    if proof.release != release:
        raise ProofError(f"{path.name}, release: found {proof.release!r}, expected {release!r}")
    return proof


@dataclass(frozen=True)
class Reader:
    """Takes typed values out of an object whose form nobody vouches for."""

    told: Mapping[str, object]
    where: str

    @classmethod
    def of(cls, told: object, where: str) -> "Reader":
        """A reader of an object. Raises `ProofError` if it is none."""
        if not isinstance(told, Mapping):
            raise ProofError(f"{where}: found {_short(told)}, expected an object")
        return cls(told, where)

    def _fail(self, name: str, expected: str) -> ProofError:
        found = _short(self.told[name]) if name in self.told else "nothing"
        return ProofError(f"{self.where}, {name}: found {found}, expected {expected}")

    def text(self, name: str) -> str:
        """A text; a number is taken as it is written."""
        value = self.told.get(name)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self._fail(name, "a text")
        return str(value)

    def number(self, name: str) -> float:
        """A number from nought."""
        value = self.told.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise self._fail(name, "a number from 0")
        return value

    def whole(self, name: str) -> int:
        """A whole number from nought."""
        value = self.number(name)
        if value != int(value):
            raise self._fail(name, "a whole number")
        return int(value)

    def inner(self, name: str) -> "Reader":
        """The object inside this one."""
        if not isinstance(self.told.get(name), Mapping):
            raise self._fail(name, "an object")
        return Reader.of(self.told[name], f"{self.where}, {name}")

    def each(self, name: str) -> Iterable["Reader"]:
        """The objects of a list."""
        value = self.told.get(name)
        if not isinstance(value, list):
            raise self._fail(name, "a list")
        return [Reader.of(each, f"{self.where}, {name} {n}") for n, each in enumerate(value, 1)]

    def interval(self, name: str) -> Interval:
        """Two bounds, either of which may be missing."""
        value = self.told.get(name)
        if not isinstance(value, list) or len(value) != 2 or not all(map(_is_bound, value)):
            raise self._fail(name, "two numbers")
        lowest, highest = (None if each is None or math.isinf(each) else float(each) for each in value)
        return Interval(lowest, highest)


def _is_bound(value: object) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
    return value is None or is_number


def _short(value: object) -> str:
    return repr(value)[:60]


def _read(told: Reader) -> Proof:
    families = told.inner("families")
    return Proof(
        release=told.text("release"),
        made=told.text("made"),
        rule_version=told.text("rule_version"),
        figures_hash=told.text("figures_hash"),
        policy=told.inner("policy").told,
        counts={name: told.whole(name) for name in COUNTS},
        seconds=told.number("seconds"),
        solves=told.whole("solves"),
        families={str(name): families.whole(str(name)) for name in families.told},
        tables=tuple(_read_table(each) for each in told.each("tables")),
        narrowest=tuple(_read_cell(each) for each in told.each("narrowest")),
    )


def _read_table(told: Reader) -> ProofTable:
    return ProofTable(
        indicator=told.text("indicator"),
        statistic=told.text("statistic"),
        characteristic=told.text("characteristic"),
        grain=told.text("grain"),
        level=told.whole("level"),
        cells=told.whole("cells"),
        shown=told.whole("shown"),
        hidden=told.whole("hidden"),
    )


def _read_cell(told: Reader) -> HiddenCell:
    names = ("indicator", "role", "area", "period", "characteristic", "category", "reason")
    return HiddenCell(
        **{name: told.text(name) for name in names},
        without_reasons=told.interval("w"),
        with_reasons=told.interval("s"),
    )
