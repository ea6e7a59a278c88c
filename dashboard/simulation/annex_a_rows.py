"""What every list of made-up children has: who they are, written in the codes and words of the lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.intake.annex_a.layout import load_layout
from dashboard.simulation.draw import topic_generator
from dashboard.simulation.timeline import Booleans, Days, Integers

Columns = dict[str, Sequence[object]]

#: Months that the lists go back, and that the list of adoptions does.
WINDOW, A_YEAR = 6, 12
NO_DAY = np.datetime64("NaT", "D")
_SEED = 2018
_ORIGIN = np.datetime64("2018-04", "M")


@dataclass(frozen=True)
class Story:
    """The tables, and the last month of the lists."""

    tables: Mapping[str, pd.DataFrame]
    last: int

    @property
    def first(self) -> int:
        """The first month of the six."""
        return self.last - WINDOW + 1

    @property
    def until(self) -> np.datetime64:
        """The last day."""
        after: np.datetime64 = (_ORIGIN + (self.last + 1)).astype("datetime64[D]")
        return after - np.timedelta64(1, "D")

    def within(self, name: str, months: int = WINDOW) -> pd.DataFrame:
        """The rows of a table of events in the months up to the last."""
        table = self.tables[name]
        chosen = (table["month"] <= self.last) & (table["month"] > self.last - months)
        return table[chosen].reset_index(drop=True)

    def at_the_end(self, name: str) -> pd.DataFrame:
        """The rows of a table of month-ends as at the last."""
        return self.tables[name][self.tables[name]["month"] == self.last].reset_index(drop=True)

    def rng(self, topic: str) -> np.random.Generator:
        """The generator of a topic of the lists."""
        return topic_generator(_SEED, f"annex_a:{topic}")


def write_ids(children: Integers) -> list[str]:
    """The ids of some children, which say that they are made up."""
    return [f"made-up-{child:06d}" for child in children.tolist()]


def written(codes: str, categories: Iterable[object]) -> list[str]:
    """Categories as the codes of a column are written; blank for what has none."""
    texts = load_layout().codes[codes].written
    return [texts.get(str(each), "") for each in categories]


def write_yes_no(flags: "pd.Series[bool] | Booleans") -> list[str]:
    """Yes and no as the lists write them."""
    return written("yes_no", np.where(np.asarray(flags, dtype=np.bool_), "yes", "no").tolist())


def births_of(rows: pd.DataFrame) -> Days:
    """The days of birth of a table's children: the first of the month, by their ages in the table's month."""
    return np.asarray(_ORIGIN + (rows["month"] - rows["age"]).to_numpy()).astype("datetime64[D]")


def describe(story: Story, rows: pd.DataFrame) -> Columns:
    """Who the children of a table are."""
    births = births_of(rows)
    age = (story.last - (births.astype("datetime64[M]") - _ORIGIN).astype(np.int64)) // 12
    return {
        "child": write_ids(rows["child"].to_numpy()),
        "sex": written("sex", rows["sex"]),
        "ethnicity": written("ethnicity", rows["ethnicity"]),
        "birth": list(births),
        "age": age.tolist(),
        "disability": write_yes_no(rows["disability"] == "disabled"),
        "worker": [f"Made-up worker {child % 97}" for child in rows["child"]],
    }


def write_teams(teams: "pd.Series[str]") -> list[str]:
    """Teams by their titles."""
    return [TEAMS[str(each)] for each in teams]


#: What the teams are called.
TEAMS = {
    "front_door": "Family front door",
    "assessment": "Assessment",
    "family_safeguarding": "Family safeguarding",
    "through_care": "Through care",
    "care_leavers": "Care leavers",
    "disabilities": "Children with disabilities",
    "fostering": "Fostering and adoption",
}


def days_in_column(column: "pd.Series[pd.Timestamp]") -> Days:
    """The days of a column of a table."""
    return column.to_numpy().astype("datetime64[D]")
