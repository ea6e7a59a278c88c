"""What has been decided or noticed about a measure's figures, and since when, from `acts.csv`.

Limits are never based anew by the program: somebody decides it, and the day, the office and the reason stand
here. So do changes of definition, steps that want a reason, and why a past figure was published anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from dashboard.findings import DeclarationError, Finding
from dashboard.periods import Period
from dashboard.sources import is_date
from dashboard.statistics.processes import Act, ActKind
from dashboard.statistics.validity import FEWEST_LIMITS
from dashboard.tables import Row, read_rows
from dashboard.vocabulary import Basis


class RecordKind(StrEnum):
    """What is recorded of a measure."""

    REBASE = "rebase"  # a new process begins: limits are worked out anew
    FIX = "fix"  # limits stay as the figures before make them
    DEFINITION = "definition"  # it counts something else from then on: limits are worked out anew
    STEP = "step"  # figures moved at once, by far more than usual, and the reason is not known
    RESTATED = "restated"  # the figure of that period was published again with another number


@dataclass(frozen=True)
class Record:
    """One thing decided or noticed, from the start of a period on.

    `label` are the few words that stand over a chart (of a step, its figures do); `on` is the day it was
    recorded; `by` is an office, never a person, or blank; a blank `area` means every area.
    """

    indicator: str
    kind: RecordKind
    basis: Basis
    area: str
    period: Period
    label: str
    why: str
    on: date
    by: str
    source: str

    def concerns(self, indicator: str, area: str, basis: Basis) -> bool:
        """Whether it is about the figures of an area."""
        return (self.indicator, self.basis) == (indicator, basis) and self.area in ("", area)


_COLUMNS = ("indicator", "kind", "basis", "area", "period", "label", "why", "on", "by", "source")
_ACTS = {
    RecordKind.REBASE: ActKind.REBASE,
    RecordKind.DEFINITION: ActKind.REBASE,
    RecordKind.FIX: ActKind.FIX,
}


def load_records(data: Path) -> tuple[Record, ...]:
    """All that is recorded. Raises `DeclarationError` carrying everything wrong with it."""
    records, findings = read_records(data)
    if findings:
        raise DeclarationError(findings)
    return tuple(records.values())


def read_records(data: Path) -> tuple[Mapping[int, Record], tuple[Finding, ...]]:
    """What could be read, by line of its file, and everything wrong with it. No file, nothing recorded."""
    findings: list[Finding] = []
    path = data / "acts.csv"
    rows = read_rows(path, _COLUMNS, findings) if path.exists() else ()
    records = {row.line: _read_record(row) for row in rows}
    return {line: each for line, each in records.items() if each is not None}, tuple(findings)


def _read_record(row: Row) -> Record | None:
    period, day = row.period("period"), row.text("on")
    if period is None:
        row.report("period", "a period such as 2019-M01 or 2018-19")
    if not is_date(day):
        row.report("on", "a date such as 2019-07-31")
    if period is None or not is_date(day):
        return None
    return Record(
        indicator=row.text("indicator"),
        kind=row.word("kind", RecordKind),
        basis=row.word("basis", Basis),
        area=row.text("area", required=False),
        period=period,
        label=row.text("label", required=row.cells["kind"] != RecordKind.STEP),
        why=row.text("why"),
        on=date.fromisoformat(day),
        by=row.text("by", required=False),
        source=row.text("source", required=False),
    )


def find_place(record: Record, periods: Sequence[Period]) -> int | None:
    """The place of the first of some periods that it is about; None if it is about none of them."""
    if not periods or record.period.index > periods[-1].end_index or record.period.index < periods[0].index:
        return None
    return next(place for place, each in enumerate(periods) if each.end_index >= record.period.index)


def make_acts(
    records: Iterable[Record], periods: Sequence[Period], values: Sequence[float | None]
) -> tuple[Act, ...]:
    """What is recorded as a process chart of those periods takes it, in order of time.

    Left out is what lies outside them, what was fixed after too few figures or fixed before, and what falls
    on the same period as a new beginning.
    """
    found: dict[int, Act] = {}
    for record in sorted(records, key=lambda each: (each.period.index, _ACTS.get(each.kind) is ActKind.FIX)):
        place = find_place(record, periods)
        kind = _ACTS.get(record.kind)
        if kind is not None and place and place not in found and _has_both(values, place):
            found[place] = Act(place, kind, record.on, record.why, record.by)
    return tuple(act for act in found.values() if _is_possible(act, tuple(found.values()), values))


def _has_both(values: Sequence[float | None], place: int) -> bool:
    """Whether there is a figure before a place, and one from it on."""
    known = [value is not None for value in values]
    return any(known[:place]) and any(known[place:])


def _is_possible(act: Act, acts: Sequence[Act], values: Sequence[float | None]) -> bool:
    """Whether limits can be fixed there: after enough figures, and not already."""
    if act.kind is ActKind.REBASE:
        return True
    before = [each for each in acts if each.place < act.place]
    first = max((each.place for each in before if each.kind is ActKind.REBASE), default=0)
    fixed = any(each.kind is ActKind.FIX and each.place > first for each in before)
    return not fixed and sum(value is not None for value in values[first : act.place]) >= FEWEST_LIMITS
