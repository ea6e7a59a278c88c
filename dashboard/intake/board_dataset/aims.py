"""The targets printed beside a table. They are declared, not imported: what differs is told of."""

import difflib
from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.findings import Level, quoted
from dashboard.intake.board_dataset.amounts import Amount, UnreadError, read_amount
from dashboard.intake.board_dataset.comparators import ask_together
from dashboard.intake.board_dataset.groups import Beside, find_beside
from dashboard.intake.board_dataset.layout import Table
from dashboard.intake.board_dataset.measures import Row
from dashboard.intake.board_dataset.monthly import list_filled
from dashboard.intake.board_dataset.told import Told
from dashboard.intake.readings import Given
from dashboard.targets import Target
from dashboard.vocabulary import Statistic

_HEADING_ALIKE = 0.6  # how like its heading a cell must be to be that heading again


def tell_targets(table: Table, rows: Sequence[Row], given: Given, told: Told) -> None:
    """Compare the targets of a table with those declared; nothing of them is carried."""
    if table.target is None or not list_filled(table):
        return
    told_of = set[str]()
    for beside in find_beside(table, rows, table.target, given.catalogue.values(), told):
        told_of |= _compare(table, beside, given, told)
    for row in rows:
        declared = _find_declared(row.indicator, None, table, given)
        if declared and row.indicator.id not in told_of:
            expected = (
                f"{_say(declared.value, declared.decimals, declared.statistic)}, as targets.csv declares"
            )
            told.at(Level.NOTE, table, row.line.row, table.target, expected, found="no target")


def _compare(table: Table, beside: Beside, given: Given, told: Told) -> set[str]:
    """Tell of what one cell says and targets.csv does not; the measures that it is of."""

    def tell(level: Level, expected: str = "", read_as: str = "no target") -> None:
        place = beside.rows[0].line.row, table.target
        told.at(level, table, *place, expected, found=quoted(beside.printed), read_as=read_as)

    row = beside.rows[0]
    if difflib.SequenceMatcher(None, beside.cell.text.lower(), "target").ratio() >= _HEADING_ALIKE:
        tell(Level.NOTE, read_as="no target: the heading again")
        return set()
    try:
        amount = read_amount(beside.cell, row.lead)
    except UnreadError as problem:
        tell(Level.WARNING, str(problem))
        return set()
    if not beside.is_shared:
        indicator = row.indicator
    elif whole := ask_together(beside, "target", "The target", [*given.catalogue.values()], told):
        indicator = whole
    else:
        tell(Level.WARNING, "what it is the target of", "nothing until it is decided")
        return set()
    _tell_difference(table, row, indicator, amount, given, told)
    return {indicator.id}


def _tell_difference(
    table: Table, row: Row, indicator: Indicator, amount: Amount, given: Given, told: Told
) -> None:
    declared = _find_declared(indicator, amount.statistic, table, given)
    if given.targets is None or amount.value is None or (declared and declared.value == amount.value):
        return
    expected = f"{_say(declared.value, declared.decimals, declared.statistic)}" if declared else "no target"
    found = f"{_say(amount.value, amount.decimals, amount.statistic)} for {indicator.title}"
    why = "targets are declared in targets.csv and not imported: change it there if this one is right"
    told.at(Level.NOTE, table, row.line.row, table.target, expected, found=found, why=why)


def _find_declared(
    indicator: Indicator, statistic: Statistic | None, table: Table, given: Given
) -> Target | None:
    """The county's target that is in force at the latest month with figures; None if there is none."""
    latest = list_filled(table)[-1][1]
    fitting = (
        target
        for target in given.targets or ()
        if target.indicator == indicator.id
        and target.area == given.areas.county.slug
        and target.statistic
        in (statistic or target.statistic, target.statistic if statistic is None else statistic)
        and target.is_in_force(latest)
    )
    return next(fitting, None)


def _say(value: float, decimals: int, statistic: Statistic) -> str:
    return f"{value:.{decimals}f}{'%' if statistic is Statistic.PERCENTAGE else ''}"
