"""Small numbers of children, hidden before anything is released: one function, `protect`.

`disclosure.toml` says what is hidden, and how well. Which of the hidden numbers are small and which are
hidden beside them is told to nobody. `protect` proves of every number it hides how little can be worked out.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from dashboard.areas import AreaKind, Areas
from dashboard.disclosure.audit import Memory
from dashboard.disclosure.cells import read_sheet
from dashboard.disclosure.design import Shown, find_tables
from dashboard.disclosure.ledger import Before, Ledger, name_draw
from dashboard.disclosure.merge import add_merged, keep_quarters
from dashboard.disclosure.policy import Policy, load_policy
from dashboard.disclosure.proof import TableShown, hash_rules, list_tables, make_proof, read_shown
from dashboard.disclosure.protecting import Outcome, Work, protect_figures
from dashboard.disclosure.suppress import DisclosureError
from dashboard.figures import Figures
from dashboard.indicators import Characteristic, Indicator
from dashboard.keys import Words
from dashboard.vocabulary import Precision, Statistic, Status, Symbol

__all__ = ["DisclosureError", "Ledger", "Policy", "Protected", "Unprotected", "load_policy", "protect"]

_OVER_CHILDREN = (Statistic.PERCENTAGE, Statistic.AVERAGE, Statistic.DAYS, Statistic.SCORE)
_LOCAL = (AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY)


@dataclass(frozen=True, eq=False)
class Unprotected:
    """Figures as they are. Only `protect` takes them."""

    raw: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Protected:
    """Figures that anyone may see. Nothing else may be written to a release for the public.

    `design` says at which level each table of districts is shown; anyone may see it too. `proof` is for those
    who may see everything.
    """

    table: pd.DataFrame
    hidden: int = 0  # how many figures are hidden in it
    design: tuple[TableShown, ...] = ()
    proof: Mapping[str, object] = field(default_factory=dict)
    draw: str = ""  # which made-up children the illustrative figures are about
    rules: str = ""  # a name for the policy and the method


def protect(
    figures: Unprotected,
    catalogue: Mapping[str, Indicator],
    areas: Areas,
    policy: Policy,
    characteristics: Mapping[str, Characteristic] | None = None,
    *,
    earlier: Ledger | None = None,
    before: Mapping[str, Any] | None = None,
    memory: Memory | None = None,
) -> Protected:
    """The figures at the levels at which they can be shown, with `c` where a number could point at a child.

    Illustrative figures are treated exactly as real ones. `earlier` is what is out already, and `before` the
    proof of the release before: by the same rules a table is shown no more finely than it was there. `memory`
    spares the audit of what has not changed. Raises `DisclosureError` if a number could not be protected.
    """
    begun = time.monotonic()
    raw = figures.raw.assign(precision=str(Precision.EXACT), base="")
    local = raw["area"].isin([area.slug for area in areas if area.kind in _LOCAL])
    kinds = characteristics or {}
    rows = raw[local & keep_quarters(raw, catalogue)]
    rows = add_merged(rows.reset_index(drop=True), kinds)
    if rows.empty:
        return Protected(raw)
    earlier = earlier or Ledger()
    draw = name_draw(figures.raw)
    rules = hash_rules(policy)
    shown = before.get("ended_at", ()) if before and before.get("rule_version") == rules else ()
    fates = earlier.compare(rows, draw, rules)
    work = _prepare(rows, catalogue, kinds, areas, policy, fates, read_shown(shown))
    outcome = protect_figures(work, {} if memory is None else memory, anew=memory is None)
    released = _apply(rows, outcome)[~outcome.withheld]
    table = pd.concat([raw[~local], released], ignore_index=True).astype(raw.dtypes.to_dict())
    design = list_tables(rows, work.tables, outcome)
    proof = {**make_proof(work, outcome, design), "seconds": round(time.monotonic() - begun, 1)}
    return Protected(table, int(outcome.hidden.sum()), design, proof, draw, rules)


def _prepare(
    rows: pd.DataFrame,
    catalogue: Mapping[str, Indicator],
    characteristics: Mapping[str, Characteristic],
    areas: Areas,
    policy: Policy,
    before: Before,
    shown: Iterable[Shown],
) -> Work:
    """The figures of the county and within it as cells, with all that holds between them."""
    words = Words.of(rows, catalogue, areas)
    figures = Figures.read(_with_nobody(rows), words)
    below = rows["area"].ne(areas.county.slug).to_numpy()
    published = ~below & rows["status"].ne(Status.ILLUSTRATIVE).to_numpy()
    sheet = read_sheet(figures, words, catalogue, characteristics, areas, policy, published | before.shown)
    tables = find_tables(figures, words, catalogue, characteristics, below)
    return Work(sheet, tables, policy, before, tables.find_shown(shown))


def _with_nobody(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows; a percentage that is not applicable is over nobody, though it does not say so."""
    over_nobody = (rows["symbol"] == Symbol.NOT_APPLICABLE) & rows["denominator"].isna()
    over_nobody &= rows["statistic"].isin(_OVER_CHILDREN)
    return rows.assign(
        numerator=rows["numerator"].mask(over_nobody, 0.0),
        denominator=rows["denominator"].mask(over_nobody, 0.0),
    )


def _apply(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """The rows with symbols in place of what is hidden, and percentages as they are told."""
    table = rows.copy()
    columns = {name: table[name].to_numpy(copy=True) for name in ("value", "numerator", "denominator")}
    texts = {name: table[name].to_numpy(dtype=object, copy=True) for name in ("symbol", "precision", "base")}
    decimals = table["decimals"].to_numpy(copy=True)
    for column in columns.values():
        column[outcome.hidden] = np.nan
    texts["symbol"][outcome.hidden] = str(Symbol.CONFIDENTIAL)  # "not applicable": that there is nobody
    for row, rung in outcome.rungs.items():
        columns["value"][row], columns["numerator"][row], decimals[row] = rung.value, np.nan, 0
        texts["precision"][row], texts["base"][row] = str(rung.precision), rung.span
        if rung.base:
            columns["denominator"][row] = np.nan
    return table.assign(decimals=decimals, **columns, **texts)
