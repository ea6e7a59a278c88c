"""What was proved of a release, written down: for those who may see everything, and for nobody else."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.disclosure.design import GRAINS, Option, Shown, Tables
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.protecting import Outcome, Work
from dashboard.disclosure.system import FAMILIES
from dashboard.disclosure.unknowns import name_role
from dashboard.keys import Array, code_of

_TABLE = ["indicator", "statistic", "basis", "characteristic"]
_NARROWEST = 500  # cells that are written out
_CODE = Path(__file__).parent


@dataclass(frozen=True)
class TableShown:
    """How one table of districts is shown: its periods, the level of its categories, how much is left."""

    indicator: str
    statistic: str
    basis: str
    characteristic: str
    grain: str  # "none" where it is not shown at all
    level: int
    cells: int
    shown: int
    hidden: float  # the share of its cells that is hidden


def list_tables(rows: pd.DataFrame, tables: Tables, outcome: Outcome) -> tuple[TableShown, ...]:
    """How every table of districts is shown in a release of these rows."""
    below = rows[_TABLE].assign(
        table=tables.table,
        cells=~outcome.withheld & rows["value"].notna().to_numpy(),
        hidden=outcome.hidden,
    )[tables.below]
    grouped = below.groupby(_TABLE, sort=True, observed=True)
    counts = grouped[["cells", "hidden"]].sum().join(grouped["table"].first())
    listed = []
    for name, cells, hidden, table in counts.itertuples(name=None):
        place = outcome.chosen[table]
        option = tables.options[table][place] if place >= 0 else None
        grain, level = (GRAINS[option.grain], option.level) if option else ("none", 0)
        share = round(float(hidden / cells), 4) if cells else 0.0
        indicator, statistic, basis, characteristic = name
        shown = int(cells - hidden)
        named = TableShown(
            indicator, statistic, basis, characteristic, grain, level, int(cells), shown, share
        )
        listed.append(named)
    return tuple(listed)


def make_proof(work: Work, outcome: Outcome, design: tuple[TableShown, ...]) -> dict[str, object]:
    """Everything that the audit found, as plain numbers and texts."""
    audit, sheet = outcome.audit, work.sheet
    small = sheet.small[audit.cells]
    offered = outcome.offered[audit.cells]
    families = np.bincount(outcome.system.families, minlength=len(FAMILIES))
    return {
        "rule_version": hash_rules(work.policy),
        "began_at": [asdict(each) for each in work.tables.name_shown(work.start)],
        "ended_at": [asdict(each) for each in work.tables.name_shown(outcome.chosen)],
        "policy": {name: value for name, value in _told(work.policy).items() if name != "exceptions"},
        "cells": int((~np.isnan(sheet.system.values) & ~outcome.absent).sum()),
        "hidden": len(audit.cells),
        "primary": int((small & offered).sum()),
        "secondary": int((~small & offered).sum()),
        "withheld": int((~offered).sum()),
        "unresolved": audit.unresolved,
        "failed": int((~audit.passed).sum()),
        "solves": outcome.programmes,
        "families": {str(family): int(n) for family, n in zip(FAMILIES, families, strict=True)},
        "tables": [
            {**asdict(table), "hidden": table.cells - table.shown}
            for table in design
            if table.grain != "none"
        ],
        "narrowest": _narrowest(work, outcome),
    }


def read_shown(told: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """How tables were shown, from a proof that was written down."""
    return [Shown(**{**each, "option": each["option"] and Option(**each["option"])}) for each in told]


def hash_rules(policy: Policy) -> str:
    """A text that differs whenever the policy or the method does."""
    digest = hashlib.sha256(json.dumps(_told(policy)).encode())
    for path in sorted(_CODE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _told(policy: Policy) -> dict[str, object]:
    """A policy as plain lists, numbers and texts."""
    told = asdict(policy).items()
    return {name: sorted(map(str, value)) if isinstance(value, frozenset) else value for name, value in told}


def _narrowest(work: Work, outcome: Outcome) -> list[dict[str, object]]:
    """The hidden cells of which something is demanded, those that leave an attacker the least first."""
    audit, small = outcome.audit, work.sheet.small[outcome.audit.cells]
    offered = outcome.offered[audit.cells]
    width = np.where(small & offered, audit.highest_s - audit.lowest_s, audit.highest_w - audit.lowest_w)
    demanded = (
        (outcome.goals.width > 0)
        | (outcome.goals.count > 1)
        | (outcome.goals.count_s > 1)
        | np.isfinite(outcome.goals.high)
    )
    places = np.flatnonzero(demanded)
    places = places[np.argsort(width[places], kind="stable")][:_NARROWEST]
    reason = np.select([~offered, small], ["withheld", "primary"], "secondary")
    return [
        {
            **_name(work, int(audit.cells[place])),
            "reason": str(reason[place]),
            "w": [_number(audit.lowest_w[place]), _number(audit.highest_w[place])],
            "s": [_number(audit.lowest_s[place]), _number(audit.highest_s[place])],
        }
        for place in places
    ]


def _number(value: Array) -> float | None:
    """A bound; none where it is as good as endless."""
    return None if abs(value) >= 1e6 else float(value)


def _name(work: Work, cell: int) -> Mapping[str, object]:
    """Where an unknown stands: the first of the places that show it."""
    unknowns, words = work.sheet.unknowns, work.sheet.words
    key = unknowns.keys[int(np.argmax(unknowns.unknown == cell))]
    characteristic, category = words.split_slices()[int(code_of(key, "slice"))]
    return {
        "indicator": words.indicators.names[int(code_of(key, "indicator"))],
        "role": name_role(int(code_of(key, "statistic"))),
        "area": words.areas.names[int(code_of(key, "area"))],
        "period": words.periods.names[int(code_of(key, "period"))],
        "characteristic": characteristic,
        "category": category,
    }
