"""The measures of the board dataset of 2018/19 as its file has them, without the dashboard's own readers."""

import csv
import tomllib
from pathlib import Path
from typing import NamedTuple

from dashboard.statistics.process_chart import Subject
from dashboard.vocabulary import Kind, Polarity, Statistic

DATA = Path(__file__).parent.parent.parent / "data"

#: Measures with at least seven months: all of the 32 but 5, 6 and 25, which are counted once a quarter.
USABLE = tuple(number for number in range(1, 33) if number not in (5, 6, 25))


class BoardSeries(NamedTuple):
    """One measure: its number, its months' values, and what a process chart is told of it."""

    number: int
    values: tuple[float | None, ...]
    subject: Subject

    @property
    def known(self) -> list[float]:
        """The values that there are."""
        return [value for value in self.values if value is not None]


def read_measure(number: int) -> BoardSeries:
    """A measure of the board dataset, with its target."""
    with (DATA / "observations" / "board_dataset_2018_19.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["basis"] == "local" and row["row"].startswith(f"measure {number},")
        ]
    statistic = rows[0]["statistic"]  # a year's percentage stands beside the months of some counts
    rows = sorted((row for row in rows if row["statistic"] == statistic), key=lambda row: row["period"])
    assert len(rows) == 12
    values = tuple(float(row["value"]) if row["value"] else None for row in rows)
    declared = read_declaration(rows[0]["indicator"])
    printed = [row["value"] for row in rows if row["value"]]
    return BoardSeries(
        number,
        values,
        Subject(
            values=values,
            kind=Kind(declared["kind"]),
            statistic=Statistic(statistic),
            polarity=Polarity(declared["polarity"]),
            whole_percent=statistic == "percentage" and all("." not in text for text in printed),
            target=read_target(rows[0]["indicator"], statistic),
        ),
    )


def read_declaration(indicator: str) -> dict[str, str]:
    (path,) = (DATA / "indicators").glob(f"*/{indicator}.toml")
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return {"kind": declared["kind"], "polarity": declared["polarity"]}


def read_target(indicator: str, statistic: str) -> float | None:
    with (DATA / "targets.csv").open(encoding="utf-8", newline="") as file:
        found = [
            float(row["value"])
            for row in csv.DictReader(file)
            if (row["indicator"], row["statistic"]) == (indicator, statistic)
        ]
    return found[0] if found else None
