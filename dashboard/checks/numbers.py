"""Checks that each number can be what it is said to be."""

from collections.abc import Iterator

import numpy as np

from dashboard.areas import AreaKind
from dashboard.checks.held import Held, check, finding_at, tell
from dashboard.findings import Finding
from dashboard.vocabulary import Statistic, Symbol


@check
def find_values_without_reason(held: Held) -> Iterator[Finding]:
    """Rows with neither a value nor a symbol, and rows with both."""
    rows = held.observations
    blank, unmarked = rows["value"].isna(), rows["symbol"] == ""
    yield from tell(rows[blank & unmarked], "value", "a number, or a symbol that says why there is none")
    yield from tell(rows[~blank & ~unmarked], "value", "nothing beside a symbol")


@check
def find_impossible_values(held: Held) -> Iterator[Finding]:
    """Percentages outside 0 to 100, numbers below nothing, and parts of a child."""
    rows = held.observations
    differences = [name for name, indicator in held.catalogue.items() if indicator.difference]
    means = held.of_kind(AreaKind.STATISTICAL_NEIGHBOURS)
    over = (rows["statistic"] == Statistic.PERCENTAGE) & (rows["value"] > 100)
    yield from tell(rows[over], "value", "a percentage from 0 to 100")
    under = (rows["value"] < 0) & ~rows["indicator"].isin(differences)
    yield from tell(rows[under], "value", "a number that is not below nothing")
    parts = (rows["statistic"] == Statistic.COUNT) & (rows["decimals"] > 0) & ~rows["area"].isin(list(means))
    yield from tell(rows[parts], "value", "a whole number: it is a count")


@check
def find_shares_that_do_not_recompute(held: Held) -> Iterator[Finding]:
    """Percentages that their numerator and denominator do not give, at the precision printed."""
    rows = held.observations[held.observations["statistic"] == Statistic.PERCENTAGE]
    both = rows[rows["numerator"].notna() & rows["denominator"].notna()]
    yield from tell(both[both["denominator"] <= 0], "denominator", "a number above nothing")
    both = both[both["denominator"] > 0]
    yield from tell(both[both["numerator"] > both["denominator"]], "numerator", "at most the denominator")
    share = 100 * both["numerator"] / both["denominator"]
    reach = 0.5 * 10.0 ** -both["decimals"].astype("float64") + 1e-9
    wrong = both["value"].notna() & ((both["value"] - share).abs() > reach)
    for row, right in zip(both[wrong].to_dict("records"), share[wrong], strict=True):
        expected = f"{right:.{row['decimals']}f}, of {row['numerator']:g} in {row['denominator']:g}"
        yield finding_at(row, "value", f"{row['value']:.{row['decimals']}f}", expected)
    low = (both["symbol"] == Symbol.LOW) & ((share <= 0) | (share >= 1))
    yield from tell(both[low], "symbol", "low only where the share is above nothing and below 1%")


@check
def find_wrong_numbers_of_councils(held: Held) -> Iterator[Finding]:
    """Means of statistical neighbours over more councils than their model has."""
    rows = held.observations
    for area in held.areas:
        if area.kind is AreaKind.STATISTICAL_NEIGHBOURS:
            most = len(held.areas.councils_of(area.slug)) or 10
            own = rows[rows["area"] == area.slug]
            odd = own["denominator"].notna() & ~own["denominator"].isin(np.arange(1.0, most + 1))
            expected = f"how many of the {most} councils the mean is over, or nothing"
            yield from tell(own[odd], "denominator", expected)
