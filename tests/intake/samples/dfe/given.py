"""Reading samples and changed samples: what the tests of the reader share."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from dashboard.areas import load_areas
from dashboard.findings import Finding, Level
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.intake import Given, Reading, find_readers
from dashboard.populations import load_populations

ROOT = Path(__file__).parents[4]
DATA = ROOT / "data"
SAMPLES = Path(__file__).parent
#: The Department's own files, where they are kept beside the checkout.
PUBLISHED = ROOT.parent / "shared" / "dfe"

SOURCE = "dfe-sample"
DAY = "2026-04-30"


@cache
def make_given(published_on: str = DAY) -> Given:
    return Given(
        load_indicators(DATA),
        load_characteristics(DATA),
        load_areas(DATA),
        load_populations(DATA),
        SOURCE,
        published_on,
    )


def read(*files: Path, published_on: str = DAY) -> Reading:
    return find_readers()["dfe"].read(files, make_given(published_on))


def read_samples(names: str) -> Reading:
    """Samples by their names, with spaces between."""
    return read(*(SAMPLES / name for name in names.split()))


def read_changed(folder: Path, name: str, change: Callable[[str], str]) -> Reading:
    """A sample read after its text was changed."""
    path = folder / name
    path.write_text(change((SAMPLES / name).read_text(encoding="utf-8-sig")), encoding="utf-8")
    return read(path)


def errors(reading: Reading) -> list[Finding]:
    return [each for each in reading.findings if each.level is Level.ERROR]


def told(reading: Reading, level: Level) -> list[str]:
    return [str(each) for each in reading.findings if each.level is level]


def value_of(figures: pd.DataFrame, indicator: str, area: str, period: str, **more: str) -> float:
    """The one value of a cell."""
    wanted = {"indicator": indicator, "area": area, "period": period, **more}
    rows = figures
    for column, word in wanted.items():
        rows = rows[rows[column] == word]
    assert len(rows) == 1, f"{len(rows)} rows of {wanted}"
    return float(rows["value"].iloc[0])


def write_lines(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
