"""Episodes of one kind (child in need, plan, care): who began when, who ended when and why, who is open."""

from dataclasses import dataclass, field

import numpy as np

from dashboard.simulation.timeline import MONTHS, Booleans, Floats, Integers

OPEN = 9999  # the month of ending of an episode that has not ended


def _none() -> Integers:
    return np.empty(0, dtype=np.int64)


@dataclass
class Episodes:
    """Every episode, a column each. One that ended in a month is not in the stock at that month's end."""

    child: Integers = field(default_factory=_none)
    start: Integers = field(default_factory=_none)
    end: Integers = field(default_factory=_none)
    reason: Integers = field(default_factory=_none)  # of ending; its meaning is the topic's own
    kind: Integers = field(default_factory=_none)  # of beginning; likewise

    def begin(self, children: Integers, month: Integers | int, kind: int = 0) -> None:
        """Open an episode for each of these children."""
        count = len(children)
        self.child = np.append(self.child, children)
        self.start = np.append(self.start, np.broadcast_to(np.asarray(month), count))
        self.end = np.append(self.end, np.full(count, OPEN))
        self.reason = np.append(self.reason, np.zeros(count, dtype=np.int64))
        self.kind = np.append(self.kind, np.full(count, kind))

    def finish(self, rows: Integers, month: int, reason: int) -> None:
        """End these episodes in a month."""
        self.end[rows] = month
        self.reason[rows] = reason

    def open_rows(self) -> Integers:
        """The episodes that have not ended."""
        return np.flatnonzero(self.end == OPEN)

    def rows_of(self, children: Integers) -> Integers:
        """The open episodes of these children."""
        rows = self.open_rows()
        return rows[np.isin(self.child[rows], children)]

    def shown(self, months: Integers = MONTHS) -> tuple[Integers, Integers]:
        """(episode, month) of every episode open at the end of each month, in order of month."""
        lists = [np.flatnonzero((self.start <= t) & (self.end > t)) for t in months]
        return np.concatenate(lists), np.repeat(months, [len(each) for each in lists])

    def begun(self, first: int) -> Integers:
        """The episodes begun in a month or later, in order of month."""
        rows = np.flatnonzero(self.start >= first)
        return rows[np.argsort(self.start[rows], kind="stable")]

    def ended(self, first: int) -> Integers:
        """The episodes ended in a month or later, in order of month."""
        rows = np.flatnonzero((self.end >= first) & (self.end != OPEN))
        return rows[np.argsort(self.end[rows], kind="stable")]


def weigh(durations: Integers, edges: tuple[int, ...], weights: tuple[float, ...]) -> Floats:
    """How likely each is to end by how many months it has lasted: a weight for every band."""
    return np.array(weights)[np.searchsorted(np.array(edges), durations, side="right")]


def without(children: Integers, *others: Integers) -> Booleans:
    """Which children are in none of the others."""
    return ~np.isin(children, np.concatenate(others))
