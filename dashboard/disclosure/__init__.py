"""Small numbers of children, hidden before anything is released: one function, `protect`.

Below county level a count from 1 to 9 is hidden, with everything worked out from it, and beside it whatever
would give it away by subtraction. Which of the two a hidden figure is, is told to nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.areas import AreaKind, Areas
from dashboard.disclosure.policy import Policy, load_policy
from dashboard.disclosure.simple_relations import list_relations
from dashboard.disclosure.simple import Table, hide
from dashboard.disclosure.suppress import DisclosureError
from dashboard.disclosure.unknowns import VALUE, Unknowns, gather_unknowns
from dashboard.figures import Figures
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, code_of, replace_code
from dashboard.vocabulary import Statistic, Symbol

__all__ = ["DisclosureError", "Policy", "Protected", "Unprotected", "load_policy", "protect"]

_OVER_CHILDREN = (Statistic.PERCENTAGE, Statistic.AVERAGE, Statistic.DAYS, Statistic.SCORE)


@dataclass(frozen=True, eq=False)
class Unprotected:
    """Figures as they are. Only `protect` takes them."""

    raw: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Protected:
    """Figures that anyone may see. Nothing else may be written to a release."""

    table: pd.DataFrame
    hidden: int = 0  # how many figures were hidden here


def protect(
    figures: Unprotected, catalogue: Mapping[str, Indicator], areas: Areas, policy: Policy
) -> Protected:
    """The same rows, with a symbol in place of every number that could point at a child.

    Illustrative figures are treated exactly as real ones. Raises `DisclosureError` if a number could not
    be protected.
    """
    raw = figures.raw
    local = [area.slug for area in areas if area.kind in {AreaKind.COUNTY, *policy.levels}]
    concerned = np.flatnonzero(raw["area"].isin(local).to_numpy())
    hidden = _find_hidden(raw.iloc[concerned], catalogue, areas, policy)
    places = concerned[hidden]
    table = raw.copy()
    for name in ("value", "numerator", "denominator"):
        column = table[name].to_numpy(dtype=np.float64, copy=True)
        column[places] = np.nan
        table[name] = column
    symbols = table["symbol"].to_numpy(dtype=object, copy=True)
    symbols[places] = Symbol.CONFIDENTIAL.value  # "not applicable" would say that there is nobody
    table["symbol"] = pd.Series(symbols, index=table.index, dtype=raw["symbol"].dtype)
    return Protected(table, len(places))


def _with_nobody(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows; a percentage that is not applicable is over nobody, though it does not say so."""
    over_nobody = (rows["symbol"] == Symbol.NOT_APPLICABLE) & rows["denominator"].isna()
    over_nobody &= rows["statistic"].isin(_OVER_CHILDREN)
    return rows.assign(
        numerator=rows["numerator"].mask(over_nobody, 0.0),
        denominator=rows["denominator"].mask(over_nobody, 0.0),
    )


def _find_hidden(
    rows: pd.DataFrame, catalogue: Mapping[str, Indicator], areas: Areas, policy: Policy
) -> Array:
    """Which rows, of those of the county and within it, are to be hidden."""
    if rows.empty:
        return np.zeros(0, dtype=bool)
    words = Words.of(rows, catalogue, areas)
    figures = Figures.read(_with_nobody(rows), words)
    unknowns = gather_unknowns(figures, words, catalogue)
    values = np.full(unknowns.count, np.nan)
    values[unknowns.unknown] = unknowns.values
    small = _small(unknowns, words, catalogue, policy)
    below = np.isin(figures.areas, [words.areas[area.slug] for area in areas if area.kind in policy.levels])
    watched = np.isin(figures.statistics, [words.statistics[each] for each in policy.statistics])
    table = Table(
        unknowns=unknowns,
        relations=list_relations(unknowns, words, catalogue, areas),
        values=values,
        hideable=_shown_by(below, unknowns, figures),
        headline=_shown_by(_is_headline(figures, words), unknowns, figures),
        last_resort=~_shown_by(below | ~figures.illustrative, unknowns, figures),
        needs=_list_needs(unknowns, figures, words, catalogue),
        open_rows=~np.isnan(_anything(figures)),
        protected_rows=(below | figures.illustrative) & watched,
    )
    hidden = hide(table, small & table.hideable, below & _without_base(figures, words))
    return hidden & table.protected_rows & table.open_rows


def _is_headline(figures: Figures, words: Words) -> Array:
    """Which figures count all children: losing one costs more than losing a category."""
    count = figures.statistics == words.statistics[Statistic.COUNT]
    return np.asarray(count & (figures.slices == words.whole))


def _shown_by(rows: Array, unknowns: Unknowns, figures: Figures) -> Array:
    """Which unknowns are of the cell of one of these figures; what is left counts as shown with them."""
    found = np.zeros(unknowns.count, dtype=bool)
    found[unknowns.shown[rows[unknowns.rows]]] = True
    numerator, _, left = unknowns.complements.T
    found[left] |= found[numerator]
    return found


def _anything(figures: Figures) -> Array:
    """A number of each row that has one."""
    parts = np.where(np.isnan(figures.numerators), figures.denominators, figures.numerators)
    return np.where(np.isnan(figures.values), parts, figures.values)


def _small(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator], policy: Policy) -> Array:
    """The unknowns that count from 1 to the threshold. A net flow is a difference and counts nobody."""
    nets = [words.indicators[each.id] for each in catalogue.values() if each.difference]
    counting = ~np.isin(code_of(unknowns.keys, "indicator"), nets)
    few = (unknowns.values > 0) & (unknowns.values < policy.threshold) & counting
    small = np.zeros(unknowns.count, dtype=bool)
    small[unknowns.unknown[few]] = True
    return small


def _list_needs(
    unknowns: Unknowns, figures: Figures, words: Words, catalogue: Mapping[str, Indicator]
) -> Array:
    """Pairs of a figure and an unknown that it shows or is worked out from: hidden with it."""
    pairs = [np.column_stack((unknowns.rows, unknowns.shown))]
    for indicator in catalogue.values():
        for other in indicator.difference or ():
            rows = np.flatnonzero(figures.indicators == words.indicators[indicator.id])
            place = unknowns.find(
                replace_code(figures.keys[rows], indicator=words.indicators[other], statistic=VALUE)
            )
            held = place >= 0
            pairs.append(np.column_stack((rows[held], unknowns.unknown[place[held]])))
    return np.concatenate(pairs)


def _without_base(figures: Figures, words: Words) -> Array:
    """Figures worked out from counts that are not given: nobody can say that they are safe."""
    derived = figures.statistics != words.statistics[Statistic.COUNT]
    rate = figures.statistics == words.statistics[Statistic.RATE]
    percentage = figures.statistics == words.statistics[Statistic.PERCENTAGE]
    no_numerator, no_denominator = np.isnan(figures.numerators), np.isnan(figures.denominators)
    return np.asarray(derived & ((no_numerator & (rate | percentage)) | (no_denominator & ~rate)))
