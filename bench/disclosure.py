"""What it takes to hide small numbers and to prove it, and what simpler methods leave for anyone to work out.

The tables are made up: new child protection plans in six districts and the county, by three categories and
altogether, in the months, quarters and the whole of a year: 476 cells, linked in all three directions. Each
count is a Poisson draw of one of 100 to 400 a month in the county, by shares of districts and categories; a
larger table is more such years. Counts of 1 to 9 below the county must be hidden; the county's own numbers
are hidden only where nothing else is left, and by the simpler methods never. The 100 is chosen: with 60 there
are years that no hiding protects.

`python -m bench disclosure` prints a Markdown table of three methods on the same tables, and how long the
first and a second publication of the figures of this project take.
"""

import csv
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from bench.servers import ROOT
from dashboard.disclosure.audit import Demand, audit
from dashboard.disclosure.suppress import suppress
from dashboard.disclosure.system import Family, Relation, System
from dashboard.release import publish

YEARS = (1, 4, 21, 105)  # 476, 1,904, 9,996 and 49,980 cells
ROUNDS = (3, 3, 1, 1)
DISTRICTS = (0.28, 0.2, 0.16, 0.14, 0.12, 0.1)
CATEGORIES = (0.45, 0.37, 0.18)
#: Its last count is of one month, and in no sum that the checks would find broken.
CHANGED = Path("observations") / "board_report_2021_22_q4.csv"

_MONTHS, _QUARTERS = 12, 4
_SHAPE = (len(DISTRICTS) + 1, len(CATEGORIES) + 1, _MONTHS + _QUARTERS + 1)
_COUNTY, _ALL, _YEAR = (size - 1 for size in _SHAPE)

Hide = Callable[["Table"], np.ndarray]


@dataclass(frozen=True, eq=False)
class Table:
    """Cells, what must be hidden of them, what hiding each costs, and which are below the county."""

    system: System
    primary: np.ndarray
    cost: np.ndarray
    below: np.ndarray


@dataclass(frozen=True)
class Outcome:
    """What a method does: seconds of hiding and of the audit, and how many cells are what."""

    hiding: float
    auditing: float
    hidden: int
    exactly: int
    too_closely: int


def make_table(years: int) -> Table:
    """So many years of figures, the same ones whenever it is called."""
    chance = np.random.default_rng(years)
    shares = np.multiply.outer(np.multiply.outer(DISTRICTS, CATEGORIES), np.ones(_MONTHS))
    relations: list[Relation] = []
    values = []
    for year in range(years):
        county = np.exp(chance.uniform(np.log(100), np.log(400)))
        values.append(_add_up(chance.poisson(county * shares)).ravel())
        first = year * int(np.prod(_SHAPE))
        for total, parts, family in _list_sums():
            terms = {first + total: 1.0, **{first + part: -1.0 for part in parts}}
            relations.append((terms, 0.0, 0.0, family))
    counts = np.concatenate(values).astype(float)
    district, category, period = (np.tile(axis.ravel(), years) for axis in np.indices(_SHAPE))
    below = district != _COUNTY
    dear = ~below * 1e6 + (category == _ALL) * 1e4 + (period >= _MONTHS) * 1e3
    return Table(System.of(counts, relations), (counts > 0) & (counts < 10) & below, counts + dear, below)


def _add_up(inner: np.ndarray) -> np.ndarray:
    """Counts with their totals behind them."""
    quarters = inner.reshape(*inner.shape[:2], _QUARTERS, -1).sum(axis=3)
    periods = np.concatenate((inner, quarters, inner.sum(axis=2, keepdims=True)), axis=2)
    categories = np.concatenate((periods, periods.sum(axis=1, keepdims=True)), axis=1)
    return np.concatenate((categories, categories.sum(axis=0, keepdims=True)), axis=0)


def _list_sums() -> Iterator[tuple[int, list[int], Family]]:
    """Each sum of a year: the place of the total, those of its parts, and why."""
    districts, categories, periods = (range(size) for size in _SHAPE)

    def place(*at: int) -> int:
        return int(np.ravel_multi_index(at, _SHAPE))

    for category, period in product(categories, periods):
        parts = [place(district, category, period) for district in range(_COUNTY)]
        yield place(_COUNTY, category, period), parts, Family.GEOGRAPHY
    for district, period in product(districts, periods):
        parts = [place(district, category, period) for category in range(_ALL)]
        yield place(district, _ALL, period), parts, Family.CATEGORIES
    for district, category in product(districts, categories):
        quarters = range(_MONTHS, _YEAR)
        for quarter in quarters:
            months = range(3 * (quarter - _MONTHS), 3 * (quarter - _MONTHS) + 3)
            parts = [place(district, category, month) for month in months]
            yield place(district, category, quarter), parts, Family.PERIODS
        parts = [place(district, category, quarter) for quarter in quarters]
        yield place(district, category, _YEAR), parts, Family.PERIODS


def hide_with_audit(table: Table) -> np.ndarray:
    """What this dashboard hides."""
    everything = np.ones(table.system.cells, dtype=bool)
    return suppress(table.system, table.primary, table.cost, everything, Demand())


def hide_one_more(table: Table) -> np.ndarray:
    """Wherever a sum has a single hidden number the next smallest that may be hidden, until none has."""
    matrix, hidden = table.system.matrix, table.primary.copy()
    stuck = np.zeros(matrix.shape[0], dtype=bool)
    while True:
        counts = abs(matrix) @ hidden.astype(float)
        alone = np.flatnonzero((counts == 1) & ~stuck)
        if not len(alone):
            return hidden
        for line in alone:
            cells = matrix.indices[matrix.indptr[line] : matrix.indptr[line + 1]]
            cells = cells[table.below[cells] & ~hidden[cells]]
            if hidden[matrix.indices[matrix.indptr[line] : matrix.indptr[line + 1]]].sum() > 1:
                continue
            stuck[line] = not len(cells)
            hidden[cells[np.argsort(table.system.values[cells], kind="stable")[:1]]] = True


def hide_whole_lines(table: Table) -> np.ndarray:
    """All parts of every sum of which one part must be hidden; the totals are kept."""
    parts = table.system.matrix < 0
    lines = parts.astype(float) @ table.primary.astype(float) > 0
    beside = parts.T.astype(float) @ lines.astype(float) > 0
    return np.asarray((beside | table.primary) & table.below)


METHODS: dict[str, Hide] = {
    "this dashboard": hide_with_audit,
    "one more in each sum": hide_one_more,
    "all parts of each sum": hide_whole_lines,
}


def measure(table: Table, hide: Hide) -> Outcome:
    """One run of a method, and of the audit of what it hides."""
    started = time.perf_counter()
    hidden = hide(table)
    between = time.perf_counter()
    found = audit(table.system, hidden, table.primary, Demand())
    ended = time.perf_counter()
    small = table.primary[found.cells]
    exactly = (found.lowest_w == found.highest_w) | (small & (found.lowest_s == found.highest_s))
    return Outcome(
        hiding=between - started,
        auditing=ended - between,
        hidden=int(hidden.sum()),
        exactly=int(exactly.sum()),
        too_closely=int((~found.passed).sum()),
    )


def compare(years: int, rounds: int) -> Iterator[str]:
    """The lines of a table of so many years: a line a method, medians over the rounds."""
    table = make_table(years)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in METHODS}
    for _, (name, hide) in product(range(rounds), METHODS.items()):
        outcomes[name].append(measure(table, hide))
    cells = table.system.cells
    for name, runs in outcomes.items():
        seconds = (statistics.median(getattr(run, part) for run in runs) for part in ("hiding", "auditing"))
        texts = (
            name,
            f"{cells:,}",
            f"{table.primary.sum() / cells:.0%}",
            f"{runs[0].hidden / cells:.0%}",
            *(f"{each:,.2f}" for each in seconds),
            f"{runs[0].exactly:,}",
            f"{runs[0].too_closely:,}",
        )
        yield f"| {' | '.join(texts)} |"


def measure_publishing() -> Iterator[str]:
    """Lines that say how long a first publication takes, and a second with one month's figure changed."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("releases", "audits"))
        yield "| publication | seconds |\n| --- | ---: |"
        yield f"| the first | {time_publishing(data):,.1f} |"
        change_one_figure(data / CHANGED)
        yield f"| with one month's figure changed | {time_publishing(data):,.1f} |"


def time_publishing(data: Path) -> float:
    """Seconds that a publication of a data folder takes."""
    started = time.perf_counter()
    publish(data)
    return time.perf_counter() - started


def change_one_figure(path: Path) -> None:
    """Make the last count of a file one larger."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = {name: number for number, name in enumerate(rows[0])}
    row = next(each for each in reversed(rows[1:]) if each[place["statistic"]] == "count")
    row[place["value"]] = str(int(float(row[place["value"]])) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main() -> None:
    """Print both tables."""
    print(
        "| method | cells | must be hidden | hidden | hiding, s | audit, s "
        "| worked out exactly | more closely than allowed |"
    )
    print("| --- |" + " ---: |" * 7)
    for years, rounds in zip(YEARS, ROUNDS, strict=True):
        for line in compare(years, rounds):
            print(line, flush=True)
    print()
    for line in measure_publishing():
        print(line, flush=True)
    print()


if __name__ == "__main__":
    main()
