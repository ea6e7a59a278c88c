"""Whether figures that were read agree with the catalogue and with each other.

The same checks that a data folder has to pass, run before anything is kept: what is found names the place in
the file that was read.
"""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from dashboard.checks import Held, list_checks
from dashboard.findings import Finding
from dashboard.intake.readings import Given
from dashboard.periods import PeriodError, parse
from dashboard.sources import Source

#: Modules of checks on figures; the others look at what is declared beside them.
NUMBERS, SUMS, WORDS = "numbers", "sums", "words"


def find_disagreements(
    observations: pd.DataFrame, given: Given, source: Source, *modules: str
) -> Iterator[Finding]:
    """Everything that checks of some modules find in figures, at the `file` and `line` of each.

    Figures of one source, of indicators that the catalogue has: the columns of `make_figures`, and those two.
    """
    if observations.empty:
        return
    periods = {}
    for text in observations["period"].unique():
        try:
            periods[text] = parse(text)
        except PeriodError:
            continue
    named = set(observations["indicator"])
    held = Held(
        data=Path(),
        catalogue=MappingProxyType({name: each for name, each in given.catalogue.items() if name in named}),
        characteristics=given.characteristics,
        areas=given.areas,
        sources={source.id: source},
        targets={},
        records={},
        populations=given.populations,
        observations=observations,
        periods=periods,
    )
    for check in list_checks():
        if check.__module__.rpartition(".")[2] in modules:
            yield from check(held)
