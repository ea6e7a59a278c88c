"""Which months the lists can tell of, worked out from the lists themselves: never from when they were sent.

Ofsted asks for everything of the six months before an inspection, and for everybody open on its day. So flows
and month-ends of the last six whole months are complete, and what has no date of its own is known on the last
day only. Whatever cannot be known from the lists is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.findings import Level
from dashboard.intake.annex_a.days import Booleans, Days, first_day, last_day, month_of
from dashboard.intake.annex_a.sheet import Sheet
from dashboard.intake.annex_a.told import Told
from dashboard.intake.readings import Question
from dashboard.periods import month_at

#: How many months before an inspection the lists are about.
WINDOW = 6
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Extent:
    """The whole months that the lists are about, first to last, as month numbers.

    `to_the_end`: the lists were made when the last of them was over, so that what has no date of its own is
    known on its last day.
    """

    first: int
    last: int
    to_the_end: bool

    @property
    def months(self) -> tuple[int, ...]:
        """Every month."""
        return tuple(range(self.first, self.last + 1))

    @property
    def start(self) -> np.datetime64:
        """The first day of the first month."""
        return first_day(self.first)

    @property
    def end(self) -> np.datetime64:
        """The last day of the last month."""
        return last_day(self.last)


def find_extent(
    sheets: Mapping[int, Sheet], answers: Mapping[str, str], told: Told, questions: list[Question]
) -> Extent | None:
    """The months that the lists cover; None, with a finding, where no date says anything.

    The lists go on into the latest month that two columns of dates agree on, so that one mistyped date does
    not move it. That they go on to its end is seen only where something is dated on its last day or later.
    """
    tops = _find_latest_days(sheets)
    if len(tops) < 2:
        told.add(
            Level.ERROR, "dates in at least two columns", found="almost none", why="no month can be told"
        )
        return None
    month = int(month_of(np.array([tops[1]]))[0])
    whole = all(top >= last_day(month) for top in tops[:2])
    code, label = month_at(month).code, month_at(month).label
    key = f"annex-a-whole-{code}"
    if not whole:
        questions.append(_ask_whether_whole(key, label, month_at(month - 1).label))
        whole = answers.get(key) == YES
    last = month if whole else month - 1
    extent = Extent(last - WINDOW + 1 if whole else last - WINDOW + 2, last, whole)
    span = f"{month_at(extent.first).label} to {month_at(extent.last).label}"
    why = "of the six months before an inspection, those that are whole"
    if not whole:
        why += f"; what is known only of the day on which they were made is left out: {label} is not over"
    told.add(Level.NOTE, read_as=f"complete from {span}", why=why)
    return extent


def _ask_whether_whole(key: str, label: str, before: str) -> Question:
    return Question(
        key,
        f"The latest dates in the lists are in {label}, none on its last day. Were they made after its end?",
        {
            YES: f"Yes: the whole of {label} is in them.",
            NO: f"No: months up to {before} are counted.",
        },
    )


def _find_latest_days(sheets: Mapping[int, Sheet]) -> list[np.datetime64]:
    """The latest day of each column whose days come up to that of the file, latest first."""
    tops = []
    for sheet in sheets.values():
        for column in sheet.found.layout.columns:
            if column.latest and sheet.has(column.key):
                days = sheet.days(column.key)
                tops += [days[~np.isnat(days)].max()] if not np.isnat(days).all() else []
    return sorted(tops, reverse=True)


def cut_to_list(extent: Extent, sheet: Sheet, begun: Sequence[str]) -> tuple[int, ...]:
    """The months of which a list holds anything at all: none before the first event in it.

    `begun` are its columns of events. A list that begins later than the six months is told of.
    """
    events = (
        np.concatenate([sheet.days(key) for key in begun]) if begun else np.empty(0, dtype="datetime64[D]")
    )
    events = events[(events >= extent.start) & (events <= extent.end)]
    name = sheet.found.sheet
    if not len(events):
        expected = f"some from {month_at(extent.first).label} to {month_at(extent.last).label}"
        sheet.told.warn(
            expected, sheet=name, found="no event in these months", why="nothing is counted from it"
        )
        return ()
    first = int(month_of(np.array([events.min()]))[0])
    if first > extent.first:
        found = f"nothing before {month_at(first).label}"
        why = "a list that begins so late is not whole before: earlier months are left out"
        sheet.told.warn(
            f"the six months from {month_at(extent.first).label}", sheet=name, found=found, why=why
        )
    return tuple(month for month in extent.months if month >= first)


def holds_ended(
    sheet: Sheet,
    extent: Extent,
    begun: Days,
    ended: Days,
    answers: Mapping[str, str],
    questions: list[Question],
) -> bool:
    """Whether a list holds all that ended in the six months, or only what began in them.

    That is seen where something in it began before them and ended in them; otherwise a person knows.
    """
    seen = (begun < extent.start) & (ended >= extent.start)
    if seen.any():
        return True
    layout = sheet.found.layout
    key = f"annex-a-list-{layout.number}-holds"
    questions.append(
        Question(
            key,
            f"{layout.name} ({layout.title.lower()}): nothing in it began before the six months and ended in "
            "them. Does it hold what ended in them, or only what began in them?",
            {
                "ended": "All that began or ended in the six months: there was none that began before.",
                "begun": "Only what began in them: what ended is not counted.",
            },
        )
    )
    return answers.get(key) == "ended"


def lists_every_period(
    sheet: Sheet, begun: Days, *, illustrative: bool, answers: Mapping[str, str], questions: list[Question]
) -> bool:
    """Whether a list has a row for every period in need, on a plan or in care, or one row for each child.

    A child with two rows shows the first, and made-up lists are written so; otherwise a person knows. Until
    it is answered the list is read as having one row for each child.
    """
    children = sheet.child()
    known = children >= 0
    pairs = set(zip(children[known].tolist(), begun[known].astype(np.int64).tolist(), strict=True))
    if illustrative or len({child for child, _ in pairs}) < len(pairs):
        return True
    layout = sheet.found.layout
    key = f"annex-a-list-{layout.number}-rows"
    questions.append(
        Question(
            key,
            f"{layout.name} ({layout.title.lower()}): no child is in it twice. Would a child who began "
            "another period in the six months have two rows?",
            {
                "period": "Yes: there is a row for every period.",
                "child": "No: there is one row for each child, of the latest period. Months in which an "
                "earlier period may be missing are then left out.",
            },
        )
    )
    return answers.get(key) == "period"


def months_after(
    months: Sequence[int], begun: Days, hidden: Booleans, *, at_the_end: bool
) -> tuple[int, ...]:
    """The months in which no earlier period of a child can be missing.

    `hidden` marks the spells of children whose earlier one is not listed: up to where the last of them began
    somebody may be missing. At the end of the month in which it began nobody is.
    """
    days = begun[hidden & ~np.isnat(begun)]
    if not len(days):
        return tuple(months)
    latest = int(month_of(np.array([days.max()]))[0])
    return tuple(month for month in months if month > latest or (at_the_end and month == latest))
