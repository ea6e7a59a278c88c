"""What a release shows of districts, and by which rules: read from what was declared when it was made.

`disclosure.toml` holds the rules, as they were checked when the release was published; `design.json` says
at which level each table of the districts is shown. Without them nothing is coarsened.
"""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.periods import Grain

#: indicator, statistic, basis, characteristic
Name = tuple[str, str, str, str]


@dataclass(frozen=True)
class TableDesign:
    """How a table of the districts is shown: the finest periods and the level of its categories.

    `grain` is None where it is not shown at all. `hidden` is the share of its figures that is hidden.
    """

    indicator: str
    statistic: str
    basis: str
    characteristic: str
    grain: Grain | None
    level: int = 0
    hidden: float = 0.0

    @property
    def name(self) -> Name:
        """What it is a table of."""
        return self.indicator, self.statistic, self.basis, self.characteristic


@dataclass(frozen=True)
class Exempt:
    """An indicator whose small counts are shown at a kind of area, and why."""

    indicator: str
    level: str
    reason: str


@dataclass(frozen=True)
class Protection:
    """The rules of a release, and how each table of its districts is shown."""

    threshold: int = 10
    levels: tuple[str, ...] = ("district", "placement_only")
    candidates: int = 5
    most_hidden: float = 0.2
    whole_line_below: int = 20
    nearest: int = 5
    top_codes: tuple[int, ...] = ()
    base_bands: tuple[int, ...] = ()
    sensitive: tuple[str, ...] = ()  # characteristics and indicators of which a nought is hidden too
    exempt: tuple[Exempt, ...] = ()
    tables: Mapping[Name, TableDesign] = field(default_factory=dict)

    def table(
        self, indicator: str, statistic: str, basis: str, characteristic: str = ""
    ) -> TableDesign | None:
        """How a table of the districts is shown; None where nothing was decided about it."""
        return self.tables.get((indicator, statistic, basis, characteristic))

    def withholds(
        self, indicator: str, statistic: str, bases: Collection[str], characteristic: str = ""
    ) -> bool:
        """Whether a table of the districts is not shown at all, because too little of it could be."""
        found = [self.table(indicator, statistic, basis, characteristic) for basis in bases]
        decided = [each for each in found if each is not None]
        return bool(decided) and all(each.grain is None for each in decided)


def load_protection(declared: Path) -> Protection:
    """The rules and designs declared in a release's folder; the usual rules where it declares none."""
    rules = _read_rules(declared / "disclosure.toml")
    numbers = ("threshold", "candidates", "most_hidden", "whole_line_below", "nearest")
    lists = ("levels", "top_codes", "base_bands")
    given: dict[str, Any] = {name: rules[name] for name in numbers if name in rules}
    given |= {name: tuple(rules[name]) for name in lists if name in rules}
    return Protection(
        **given,
        sensitive=tuple(rules.get("zeros", {}).get("sensitive", ())),
        exempt=tuple(_read_exempt(each) for each in rules.get("exceptions", ())),
        tables={each.name: each for each in _read_tables(declared / "design.json")},
    )


def _read_rules(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _read_exempt(given: Mapping[str, str]) -> Exempt:
    return Exempt(given["indicator"], given["level"], given["reason"])


def _read_tables(path: Path) -> Iterator[TableDesign]:
    found = json.loads(path.read_text(encoding="utf-8"))["tables"] if path.exists() else ()
    for each in found:
        yield TableDesign(
            indicator=each["indicator"],
            statistic=each["statistic"],
            basis=each["basis"],
            characteristic=each["characteristic"],
            grain=None if each["grain"] == "none" else Grain(each["grain"]),
            level=int(each["level"]),
            hidden=float(each["hidden"]),
        )
