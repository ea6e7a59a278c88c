"""A small data folder and a simple kind of file, to bring figures in with."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from dashboard.findings import Finding, Level
from dashboard.intake import Given, Question, Reading, make_figures
from dashboard.observations import TYPES
from dashboard.settings import DATA
from dashboard.sources import Source

NOT_NEEDED = ("releases", "audits", "loads", "decisions", "observations", ".lock")


class Lines:
    """Reads lines of "2019-M07 815": children looked after in the county. A month "?" asks which it is."""

    KIND = "lines"
    TITLE = "Lines of a month and a number"
    SUFFIXES = (".txt",)

    def read(self, files: Sequence[Path], given: Given) -> Reading:
        rows: list[Mapping[str, object]] = []
        findings: list[Finding] = []
        questions: list[Question] = []
        for path in files:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                month, _, value = line.partition(" ")
                if month == "?":
                    question = Question(
                        "which month", "Which month is it?", {"2019-M09": "September", "": "None"}
                    )
                    questions += [] if "which month" in given.answers else [question]
                    month = given.answers.get("which month", "")
                    if not month:
                        continue
                if not value.isdigit():
                    findings.append(Finding(Level.ERROR, path.name, number, "", repr(value), "a number"))
                    continue
                rows.append(make_row(month, float(value), given) | {"row": f"line {number}"})
        source = Source(
            given.source, "Lines", "Lines", "The council", "Lines", "A paper", "", given.published_on
        )
        return Reading(make_figures(rows), source, f"{len(rows)} lines", tuple(findings), tuple(questions))


def make_row(month: str, value: float, given: Given) -> dict[str, object]:
    return {
        "indicator": "looked_after_children",
        "statistic": "count",
        "area": "worcestershire",
        "basis": "local",
        "period": month,
        "value": value,
        "status": "final",
        "source": given.source,
        "published_on": given.published_on,
    }


def copy_data(folder: Path) -> Path:
    """The project's declarations with the figures of one source."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns(*NOT_NEEDED))
    (folder / "observations").mkdir()
    shutil.copy(DATA / "observations" / "board_dataset_2018_19.csv", folder / "observations")
    return folder


def nothing_simulated(*given: object) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})
