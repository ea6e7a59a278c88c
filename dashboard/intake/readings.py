"""What a reader of files is given, and what it gives back: figures in the long table, and what was found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from dashboard.areas import Areas
from dashboard.catalogue import Indicator
from dashboard.characteristics import Characteristic
from dashboard.findings import Finding, Level
from dashboard.observations import REMARKS, TYPES
from dashboard.populations import Populations
from dashboard.settings import DATA
from dashboard.sources import Source
from dashboard.targets import Target


@dataclass(frozen=True)
class Given:
    """What a reader may look at besides the files themselves.

    `source` is the id under which the figures will be kept and `published_on` the day they count from.
    `declared` is the folder of what is declared of files. `answers` are decisions that a person took earlier,
    by the key of the question. `tell` is called with a few words now and then while a long read goes on.
    `targets` are those declared, to be told of where a file has others; None if they are not known.
    """

    catalogue: Mapping[str, Indicator]
    characteristics: Mapping[str, Characteristic]
    areas: Areas
    populations: Populations
    source: str
    published_on: str
    declared: Path = DATA / "intake"
    answers: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda words: None
    targets: tuple[Target, ...] | None = None


@dataclass(frozen=True)
class Question:
    """Something in a file that only a person can decide; it is asked again until it is answered.

    `key` stays the same from month to month, so that an answer is remembered. `choices` are the answers that
    may be given, each with what it would mean.
    """

    key: str
    asked: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """All that was read of some files: figures with `row` and `note`, and everything odd about them.

    The figures have the columns of `observations.TYPES` and `observations.REMARKS`. With any finding that is
    an error they are not to be used. `counted` says how much was read: "32 measures, 358 values".
    """

    figures: pd.DataFrame
    source: Source
    counted: str
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def closing_line(self) -> str:
        """One line at the end of it all: "32 measures, 358 values read; 4 cells need a decision; …"."""
        errors = sum(each.level is Level.ERROR for each in self.findings)
        told = [f"{self.counted} read"]
        told += [f"{errors:,} error{'' if errors == 1 else 's'}: nothing can be loaded yet"] if errors else []
        count = len(self.questions)
        told += [f"{count:,} cell{' needs' if count == 1 else 's need'} a decision"] if count else []
        return f"{'; '.join(told)}; nothing was guessed."


def make_figures(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Figures from rows of the long table's columns; those that a row leaves out are blank, decimals 0.

    A number that is not there is None and has a symbol that says why.
    """
    listed = list(rows)
    columns: dict[str, pd.Series] = {}
    for name, kind in {**TYPES, **dict.fromkeys(REMARKS, "str")}.items():
        blank: object = "" if kind == "str" else 0 if kind == "int8" else None
        columns[name] = pd.Series([row.get(name, blank) for row in listed], dtype=kind)
    return pd.DataFrame(columns)
