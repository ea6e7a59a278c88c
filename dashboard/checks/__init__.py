"""Everything that can be known to be wrong with a data folder before anything is published from it.

A check is one function of a module in this folder, marked `@check`: modules and checks are found, not
listed. Each looks at all that is held and says what it finds; none stops the others.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dashboard.checks.held import CHECKS, Check, Held, hold
from dashboard.findings import Finding, Level

__all__ = ["Held", "closing_line", "hold", "list_checks", "run_checks"]

_ORDER = {level: place for place, level in enumerate(Level)}


def run_checks(data: Path) -> list[Finding]:
    """Everything found in a data folder, errors first, then by file and row."""
    held, findings = hold(data)
    for each in list_checks():
        findings += each(held)
    return sorted(findings, key=lambda each: (_ORDER[each.level], each.file, each.row or 0, each.column))


def closing_line(data: Path, findings: Iterable[Finding]) -> str:
    """One line that says how much was read and how much is wrong with it."""
    held, _ = hold(data)
    levels = [finding.level for finding in findings]
    read = [
        _count(len(held.catalogue), "indicator"),
        _count(len(held.areas), "area"),
        _count(len(held.observations), "figure") + " read",
    ]
    told = [level for level in Level if level is Level.ERROR or level in levels]
    found = [_count(levels.count(level), level.value) for level in told]
    return f"{', '.join(read)}; {', '.join(found)}; nothing was guessed."


@cache
def list_checks() -> tuple[Check, ...]:
    """Every check, in the order in which they stand in their modules."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(CHECKS)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
