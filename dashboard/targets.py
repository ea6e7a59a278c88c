"""What an area aims at, from `targets.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.findings import DeclarationError, Finding
from dashboard.periods import Period
from dashboard.tables import NUMBER, Row, read_rows
from dashboard.vocabulary import Statistic


@dataclass(frozen=True)
class Target:
    """What an area aims at, over a span of time."""

    indicator: str
    statistic: Statistic
    area: str
    value: float
    decimals: int
    first: Period | None  # None: from the beginning
    last: Period | None  # None: still in force
    source: str
    note: str = ""
    owner: str = ""  # the office that answers for it, never a person; blank if it is not known
    reason: str = ""  # why it is what it is; blank if it is not known

    def is_in_force(self, period: Period) -> bool:
        """Whether it stood at the end of a period."""
        month = period.end_index
        return (self.first is None or self.first.index <= month) and (
            self.last is None or month <= self.last.end_index
        )


_TARGET_COLUMNS = (
    *("indicator", "statistic", "area", "value", "from_period", "to_period"),
    *("source", "note", "owner", "reason"),
)


def load_targets(data: Path) -> tuple[Target, ...]:
    """The targets declared. Raises `DeclarationError` carrying everything wrong with them."""
    targets, findings = read_targets(data)
    if findings:
        raise DeclarationError(findings)
    return tuple(targets.values())


def read_targets(data: Path) -> tuple[Mapping[int, Target], tuple[Finding, ...]]:
    """The targets that could be read, by line of their file, and everything wrong with it."""
    findings: list[Finding] = []
    rows = read_rows(data / "targets.csv", _TARGET_COLUMNS, findings)
    return {row.line: _read_target(row) for row in rows}, tuple(findings)


def _read_target(row: Row) -> Target:
    number = NUMBER.fullmatch(row.cells["value"])
    if number is None:
        row.report("value", "a plain number such as 95 or 10.4")
    return Target(
        indicator=row.text("indicator"),
        statistic=row.word("statistic", Statistic),
        area=row.text("area"),
        value=float(number.group()) if number else 0.0,
        decimals=len(number.group(1) or "") if number else 0,
        first=row.period("from_period"),
        last=row.period("to_period"),
        source=row.text("source"),
        note=row.text("note", required=False),
        owner=row.text("owner", required=False),
        reason=row.text("reason", required=False),
    )
