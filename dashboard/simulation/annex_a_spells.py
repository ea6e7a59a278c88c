"""The made-up children's times in need, on a plan and in care, each with days; and the cases they make up.

The journeys know months. A day is drawn for each beginning and end, the same one where one thing leads to the
next: a plan begins on the day on which the time in need before it ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.simulation.episodes import OPEN
from dashboard.simulation.journeys import CLOSED, TO_CARE, TO_PLAN
from dashboard.simulation.timeline import Days, Integers, days_in

_ORIGIN = np.datetime64("2018-04", "M")
_KINDS = ("need", "plans", "care")
_AFTER = {
    ("need", TO_PLAN): "plans",
    ("need", TO_CARE): "care",
    ("plans", TO_CARE): "care",
    ("plans", CLOSED): "need",
}


@dataclass(frozen=True)
class Spells:
    """Every spell begun by the end of a month: kind, child, episode, start, end, whether it is open then."""

    last: int
    every: pd.DataFrame

    def listed(self, kind: str, first: int) -> pd.DataFrame:
        """The spells of a kind that are open at the end, or ended in a month or later."""
        rows = self.every[
            (self.every["kind"] == kind) & (self.every["open"] | (self.every["until"] >= first))
        ]
        return rows.reset_index(drop=True)

    def cases(self, first: int) -> pd.DataFrame:
        """A row for every case: spells of a child that lead to one another, with what the last of them is."""
        chains = self.every.groupby("case", sort=False)
        ends = chains.last()
        ends["start"] = chains["start"].first()
        rows = ends[ends["open"] | (ends["until"] >= first)]
        return rows.reset_index(drop=True)

    def starts(self, kind: str, episodes: Integers) -> Days:
        """The days on which some episodes of a kind began."""
        own = self.every[self.every["kind"] == kind].set_index("episode")["start"]
        return own.loc[list(episodes)].to_numpy().astype("datetime64[D]")

    @staticmethod
    def describe(children: Integers, everyone: pd.DataFrame, month: int) -> pd.DataFrame:
        """Who some children are, with their ages in a month."""
        rows = everyone.iloc[children].reset_index(drop=True)
        rows["month"], rows["age"] = month, month - rows["birth"]
        return rows


def make_spells(tables: Mapping[str, pd.DataFrame], last: int, rng: np.random.Generator) -> Spells:
    """The spells begun by the end of a month. Later ends are not known yet: they are open."""
    parts = []
    for kind in _KINDS:
        part = tables[f"{kind}_episodes"].rename(columns={"start": "since", "end": "until"})
        part["kind"], part["episode"] = kind, np.arange(len(part))
        part["start"], part["end"] = (
            _draw(rng, part["since"].to_numpy()),
            _draw(rng, part["until"].to_numpy()),
        )
        parts.append(part)
    _keep_days(parts[1], "start", tables["plans_started"], "plan")
    _keep_days(parts[2], "start", tables["care_started"], "episode")
    _keep_days(parts[2], "end", tables["care_ceased"], "episode")
    every = pd.concat(parts, ignore_index=True)
    _join(every)
    every["open"] = every["until"] > last
    every = every[every["since"] <= last].sort_values(["child", "start", "end"], kind="stable")
    return Spells(last, every.reset_index(drop=True))


def _draw(rng: np.random.Generator, months: Integers) -> Days:
    """A day in each month; far away for one that has not ended."""
    known = np.where(months == OPEN, 0, months)
    inside = (known >= -12) & (known < 48)
    length = np.full(len(months), 28)
    length[inside] = days_in(known[inside])
    offsets = (rng.random(len(months)) * length).astype(np.int64)
    days = (_ORIGIN + known).astype("datetime64[D]") + offsets.astype("timedelta64[D]")
    return np.where(months == OPEN, np.datetime64("9999-01-01", "D"), days)


def _keep_days(spells: pd.DataFrame, column: str, table: pd.DataFrame, episode: str) -> None:
    """Take the days that a table has already."""
    days = spells[column].to_numpy().copy()
    days[table[episode].to_numpy()] = table["date"].to_numpy().astype("datetime64[s]")
    spells[column] = days


def _join(every: pd.DataFrame) -> None:
    """Have what leads to something end on the day on which that begins, and number the cases they make up.

    A plan that ended began no later in its month than it ended in its own: it lasted as many months as the
    journeys say. After a plan a child who is in need is a new case.
    """
    begun = {
        key: place
        for place, key in enumerate(zip(every["kind"], every["child"], every["since"], strict=True))
    }
    starts, ends = every["start"].to_numpy().copy(), every["end"].to_numpy().copy()
    kinds, reasons, children, until = (
        every[name].to_numpy() for name in ("kind", "reason", "child", "until")
    )
    case = np.arange(len(every))
    for kind in ("plans", "need"):
        for place in np.flatnonzero((kinds == kind) & (until != OPEN)).tolist():
            follows = _AFTER.get((kind, int(reasons[place])))
            then = begun.get((follows, children[place], until[place])) if follows else None
            if then is not None and follows == "need":
                starts[then] = ends[place]
            elif then is not None:
                ends[place] = starts[then]
                case[then] = case[place]
        if kind == "plans":
            starts = _begin_no_later(starts, ends, kinds == "plans")
    # a case is that of the first of its spells
    for _ in range(2):
        case = case[case]
    every["start"], every["end"], every["case"] = starts, ends, case


def _begin_no_later(starts: Days, ends: Days, chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Days:
    """Starts moved to at most the day of the month of their ends."""
    first = starts.astype("datetime64[M]").astype("datetime64[D]")
    into = ends.astype("datetime64[D]") - ends.astype("datetime64[M]").astype("datetime64[D]")
    return np.where(chosen, np.minimum(starts.astype("datetime64[D]"), first + into), starts)
