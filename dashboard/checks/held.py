"""What a check is given, and how it says what it found."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.acts import Record, read_records
from dashboard.areas import AreaKind, Areas, read_areas
from dashboard.catalogue import Indicator
from dashboard.characteristics import Characteristic, read_characteristics
from dashboard.findings import Finding, Level, nearest, quoted
from dashboard.indicators import read_indicators
from dashboard.observations import (
    Populations,
    Source,
    Target,
    read_populations,
    read_received,
    read_sources,
    read_targets,
)
from dashboard.periods import Period, PeriodError, parse


@dataclass(frozen=True)
class Held:
    """All that a data folder declares and all the figures in it, as far as they could be read."""

    data: Path
    catalogue: Mapping[str, Indicator]
    characteristics: Mapping[str, Characteristic]
    areas: Areas
    sources: Mapping[str, Source]
    targets: Mapping[int, Target]  # by line of targets.csv
    records: Mapping[int, Record]  # by line of acts.csv
    populations: Populations
    observations: pd.DataFrame  # with `file`, `line`, `row` and `note`
    periods: Mapping[str, Period]  # of every text in the period column that is one

    def of_kind(self, kind: AreaKind) -> tuple[str, ...]:
        """The slugs of the areas of a kind."""
        return tuple(area.slug for area in self.areas if area.kind is kind)


Check = Callable[[Held], Iterable[Finding]]

CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Have a function run with the other checks."""
    CHECKS.append(function)
    return function


def hold(data: Path) -> tuple[Held, list[Finding]]:
    """All that could be read of a data folder, and everything that could not."""
    catalogue, wrong = read_indicators(data)
    findings = list(wrong)
    characteristics, _ = read_characteristics(data)  # its faults are among those of the catalogue
    areas, wrong = read_areas(data)
    findings += (each for each in wrong if each not in findings)
    sources, wrong = read_sources(data)
    findings += wrong
    targets, wrong = read_targets(data)
    findings += wrong
    records, wrong = read_records(data)
    findings += wrong
    populations, wrong = read_populations(data)
    findings += wrong
    observations, wrong = read_received(data)
    findings += wrong
    periods = _parse_each(observations["period"])
    declared = catalogue, characteristics, areas, sources, targets, records, populations
    return Held(data, *declared, observations, periods), findings


def _parse_each(texts: pd.Series) -> Mapping[str, Period]:
    periods = {}
    for text in texts.unique():
        try:
            periods[text] = parse(text)
        except PeriodError:
            continue
    return periods


def tell(
    rows: pd.DataFrame, column: str, expected: str, *, why: str = "", level: Level = Level.ERROR
) -> Iterator[Finding]:
    """One finding for each row, showing what stands in the column."""
    for row in rows.to_dict("records"):
        yield finding_at(row, column, quoted(_shown(row[column])), expected, why=why, level=level)


def tell_once(
    rows: pd.DataFrame, column: str, expected: str, known: Collection[str] = ()
) -> Iterator[Finding]:
    """One finding for each word that stands in the column, at the first row that has it.

    The nearest of the known words is offered.
    """
    for word, same in rows.groupby(["file", column], sort=False):
        found, count = str(word[1]), len(same)
        why = f"and in {count - 1} more row{'s' if count > 2 else ''}" if count > 1 else ""
        first = same.iloc[0].to_dict()
        yield finding_at(first, column, quoted(found), expected, near=nearest(found, known), why=why)


def finding_at(
    row: Mapping[Any, Any],
    column: str,
    found: str,
    expected: str,
    *,
    near: str = "",
    why: str = "",
    level: Level = Level.ERROR,
) -> Finding:
    """A finding at the place where a figure stands in its file."""
    return Finding(level, str(row["file"]), int(row["line"]), column, found, expected, near, why)


def _shown(value: object) -> object:
    """A value as it would be typed: 842 rather than 842.0, and nothing for a missing number."""
    if not isinstance(value, float):
        return value
    if value != value:
        return ""
    return int(value) if value.is_integer() else value
