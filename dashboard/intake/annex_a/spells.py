"""Spells: times in which a child was in need, on a plan or in care, from a day up to but not on another."""

from dataclasses import dataclass

import numpy as np

from dashboard.intake.annex_a.days import Booleans, Days, Integers
from dashboard.intake.annex_a.sheet import Sheet
from dashboard.intake.annex_a.tables import OPEN_END


@dataclass(frozen=True)
class Spells:
    """Every spell, a column each, in order of child and start; `row` is its row of the list.

    Those of one child do not overlap. One that has not ended ends on `OPEN_END`.
    """

    child: Integers
    start: Days
    end: Days
    row: Integers

    def __len__(self) -> int:
        return len(self.child)

    def open_on(self, day: np.datetime64) -> Booleans:
        """Which of them are open at the end of a day."""
        return np.asarray((self.start <= day) & (self.end > day))


def read_spells(sheet: Sheet, start: str, end: str, left_out: Booleans | None = None) -> Spells:
    """The spells of a list by its columns of first and last days; what cannot be one is told and left out.

    Where spells of one child overlap they are one: the child is counted once.
    """
    begun, ended = sheet.days(start), sheet.days(end)
    usable = ~np.isnat(begun) & ~sheet.unread_days(end)
    if left_out is not None:
        usable &= ~left_out
    blank = np.isnat(begun) & ~sheet.unread_days(start)
    _tell(
        sheet, blank if left_out is None else blank & ~left_out, start, "nothing", "the day on which it began"
    )
    turned = usable & (ended < begun)
    _tell(
        sheet, turned, end, "a day before that on which it began", "a later day, or nothing while it goes on"
    )
    rows = np.flatnonzero(usable & ~turned)
    children, last = sheet.child()[rows], np.where(np.isnat(ended[rows]), OPEN_END, ended[rows])
    order = np.lexsort((last.astype(np.int64), begun[rows].astype(np.int64), children))
    rows, children, last = rows[order], children[order], last[order]
    return _merge(sheet, children, begun[rows], last, rows)


def _merge(sheet: Sheet, children: Integers, start: Days, end: Days, rows: Integers) -> Spells:
    """Spells without overlaps, from spells in order of child and start."""
    kept: list[int] = []
    ends: list[np.datetime64] = []
    merged = 0
    for place in range(len(rows)):
        if kept and children[kept[-1]] == children[place] and start[place] < ends[-1]:
            ends[-1] = max(ends[-1], end[place])
            merged += 1
        else:
            kept.append(place)
            ends.append(end[place])
    if merged:
        why = "a child is counted once at a time: they are read as one, with what the first of them says"
        found = f"{merged:,} row{'' if merged == 1 else 's'} that overlap another row of the same child"
        sheet.told.warn("one period after another", sheet=sheet.found.sheet, found=found, why=why)
    chosen = np.array(kept, dtype=np.int64)
    return Spells(children[chosen], start[chosen], np.array(ends, dtype="datetime64[D]"), rows[chosen])


def subtract(whole: Spells, others: list[Spells]) -> Spells:
    """What is left of spells outside of others.

    A child in need who goes on a plan is no longer counted in need, and is again when the plan ends.
    """
    taken: dict[int, list[tuple[np.datetime64, np.datetime64]]] = {}
    for spells in others:
        for child, start, end in zip(spells.child.tolist(), spells.start, spells.end, strict=True):
            taken.setdefault(child, []).append((start, end))
    for each in taken.values():
        each.sort()
    left: list[tuple[int, np.datetime64, np.datetime64, int]] = []
    for place, child in enumerate(whole.child.tolist()):
        since, end = whole.start[place], whole.end[place]
        for cut_start, cut_end in taken.get(child, ()):
            if cut_end <= since or cut_start >= end:
                continue
            if cut_start > since:
                left.append((child, since, cut_start, int(whole.row[place])))
            since = max(since, cut_end)
        if since < end:
            left.append((child, since, end, int(whole.row[place])))
    days = np.dtype("datetime64[D]")
    return Spells(
        np.array([each[0] for each in left], dtype=np.int64),
        np.array([each[1] for each in left], dtype=days),
        np.array([each[2] for each in left], dtype=days),
        np.array([each[3] for each in left], dtype=np.int64),
    )


def begin_on(spells: Spells, children: Integers, days: Days) -> Booleans:
    """For each child and day, whether a spell of the child begins on that very day."""
    begun = set(zip(spells.child.tolist(), spells.start.astype(np.int64).tolist(), strict=True))
    asked = zip(children.tolist(), days.astype(np.int64).tolist(), strict=True)
    return np.array([each in begun for each in asked], dtype=np.bool_)


def find_hidden(sheet: Sheet, spells: Spells, again: Booleans, since: np.datetime64) -> Booleans:
    """The spells begun since a day of children who had one before, which is not listed.

    `again` says of each row of the list whether there was an earlier one.
    """
    counts = dict(zip(*np.unique(spells.child, return_counts=True), strict=True))
    alone = np.array([counts[child] == 1 for child in spells.child], dtype=np.bool_)
    return np.asarray(again[spells.row] & alone & (spells.start >= since))


def _tell(sheet: Sheet, wrong: Booleans, key: str, found: str, expected: str) -> None:
    if wrong.any():
        rows = [sheet.rows[place] for place in np.flatnonzero(wrong)]
        sheet.told.warn_rows(
            rows, expected, sheet=sheet.found.sheet, column=sheet.name_of(key), found=[found] * len(rows),
            why="the row is counted nowhere",
        )  # fmt: skip
