"""Checks that figures agree with each other: parts, complements, stocks and flows, categories."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from dashboard.checks.held import Held, check, finding_at
from dashboard.findings import Finding, Level
from dashboard.periods import Period, month_at
from dashboard.vocabulary import CELL, Basis, Statistic

#: Published figures of regions and England are rounded to the nearest 10.
_ROUNDED_TO = 10
_PLACE = ["statistic", "area", "basis", "period", "characteristic", "category", "source"]
_SPLIT = ["indicator", "area", "basis", "period", "characteristic"]

Row = dict[Any, Any]
Notes = dict[tuple[str, str, str], list[str]]  # the periods of a file, what it is about, and area


@check
def find_parts_that_do_not_add_up(held: Held) -> Iterator[Finding]:
    """Counts that are not the sum of their declared parts, in every cell where one source has them all."""
    for name, indicator in held.catalogue.items():
        if indicator.parts:
            whole = _counts(held, [name]).set_index(_PLACE)
            parts = _counts(held, list(indicator.parts))
            sums = parts.groupby(_PLACE)["value"].agg(["sum", "count"])
            both = whole.join(sums[sums["count"] == len(indicator.parts)], how="inner")
            for row in both[both["value"] != both["sum"]].to_dict("records"):
                expected = f"{row['sum']:g}, the sum of {', '.join(indicator.parts)}"
                yield finding_at(row, "value", f"{row['value']:g}", expected)


@check
def find_counts_above_their_limit(held: Held) -> Iterator[Finding]:
    """Counts of more children than an indicator that must hold them all."""
    for name, indicator in held.catalogue.items():
        for limit in indicator.identity.at_most:
            most = _counts(held, [limit]).set_index(_PLACE)["value"].rename("most")
            both = _counts(held, [name]).set_index(_PLACE).join(most, how="inner")
            for row in both[both["value"] > both["most"]].to_dict("records"):
                yield finding_at(row, "value", f"{row['value']:g}", f"at most {row['most']:g}, of {limit}")


@check
def find_complements_that_do_not_make_100(held: Held) -> Iterator[Finding]:
    """Percentages that do not make 100 with those of their declared complement, in one source."""
    shares = held.observations[held.observations["statistic"] == Statistic.PERCENTAGE]
    for name, indicator in held.catalogue.items():
        other = indicator.identity.complement
        if name < other:
            left = shares[shares["indicator"] == name].set_index(_PLACE)
            right = shares[shares["indicator"] == other].set_index(_PLACE)[["value", "decimals"]]
            both = left.join(right.add_suffix("_of_other"), how="inner")
            for row in both.to_dict("records"):
                places = min(row["decimals"], row["decimals_of_other"])
                if abs(row["value"] + row["value_of_other"] - 100) > 10.0**-places + 1e-9:
                    expected = f"{100 - row['value_of_other']:g}, with {row['value_of_other']:g} of {other}"
                    yield finding_at(row, "value", f"{row['value']:g}", expected)


@check
def find_categories_that_do_not_add_up(held: Held) -> Iterator[Finding]:
    """Categories that make another number than the whole, or more than it where some are hidden.

    Where they are rounded, or the whole is of another publication, that is noted and not refused.
    """
    adding = [name for name, each in held.characteristics.items() if each.adds_up]
    rows = held.observations[held.observations["statistic"] == Statistic.COUNT]
    wholes, noted = _latest_wholes(held), Notes()
    split = rows[rows["characteristic"].isin(adding)].groupby([*_SPLIT, "source"], sort=False)
    for place, same in split:
        indicator, area, basis, period, characteristic, source = map(str, place)
        whole = wholes.get((indicator, area, basis, period))
        if whole is None or (difference := _difference(same, whole["value"])) == 0:
            continue
        first = same.iloc[0].to_dict()
        if _is_rounded(same, whole["value"]) or whole["source"] != source:
            noted.setdefault((first["file"], f"{indicator}, {characteristic}", area), []).append(period)
        else:
            found = f"{whole['value'] + difference:g} over {characteristic}"
            yield finding_at(first, "value", found, f"{whole['value']:g}, the whole in {area}, {period}")
    yield from _note(noted, "categories that add up to the whole", "published with some left out")


def _difference(categories: pd.DataFrame, whole: float) -> float:
    """By how much categories miss the whole; 0 where hidden ones or rounding may be the reason."""
    difference = float(categories["value"].sum()) - whole
    hidden = bool(categories["value"].isna().any())
    reach = _ROUNDED_TO / 2 * (len(categories) + 1) if _is_rounded(categories, whole) else 0
    return 0.0 if (hidden and difference < 0) or abs(difference) <= reach else difference


def _is_rounded(categories: pd.DataFrame, whole: float) -> bool:
    return whole % _ROUNDED_TO == 0 and bool((categories["value"].dropna() % _ROUNDED_TO == 0).all())


@check
def find_shares_above_the_whole(held: Held) -> Iterator[Finding]:
    """Percentages of categories that make more than 100 together, rounding allowed for.

    Where each is out of its own category (of referrals by the police, those made again), they are no parts of
    one whole.
    """
    rows = held.observations
    adding = [name for name, each in held.characteristics.items() if each.adds_up]
    shares = rows[(rows["statistic"] == Statistic.PERCENTAGE) & rows["characteristic"].isin(adding)]
    for place, same in shares.groupby([*_SPLIT, "source"], sort=False):
        if same["denominator"].nunique() > 1:
            continue
        reach = float((0.5 * 10.0 ** -same["decimals"].astype("float64")).sum())
        if same["value"].sum() > 100 + reach + 1e-9:
            found, expected = f"{same['value'].sum():g} over {place[4]}", "at most 100"
            yield finding_at(same.iloc[0].to_dict(), "value", found, expected)


@check
def find_stocks_that_do_not_follow(held: Held) -> Iterator[Finding]:
    """Stocks that are not the stock before, plus starts, less ceases, where one source has all four.

    The Department amends earlier years without restating every count, so official ones are only noted.
    """
    noted: Notes = {}
    for name, indicator in held.catalogue.items():
        if indicator.stock is None:
            continue
        stocks = _by_period(held, name)
        starts, ceases = (_by_period(held, each) for each in (indicator.stock.starts, indicator.stock.ceases))
        for (line, period), row in stocks.items():
            for flow in (period, period.year):
                before = stocks.get((line, month_at(flow.index - 1)))
                came, went = starts.get((line, flow)), ceases.get((line, flow))
                if before is None or came is None or went is None or flow.month != period:
                    continue
                expected = before["value"] + came["value"] - went["value"]
                if row["value"] != expected and row["basis"] == Basis.OFFICIAL:
                    noted.setdefault((row["file"], name, row["area"]), []).append(period.code)
                elif row["value"] != expected:
                    told = (
                        f"{expected:g}, which is {before['value']:g} + {came['value']:g} − {went['value']:g}"
                    )
                    yield finding_at(row, "value", f"{row['value']:g}", told)
    yield from _note(noted, "stocks that follow from starts and ceases", "earlier years amended since")


@check
def find_restated_figures(held: Held) -> Iterator[Finding]:
    """Cells that two publications give differently, beyond rounding: each is kept, the latest shown."""
    rows = held.observations[held.observations["value"].notna()]
    cells = rows.groupby(CELL, sort=False)
    reach = 0.5 * 10.0 ** -cells["decimals"].transform("min").astype("float64") + 1e-9
    differing = cells["value"].transform("max") - cells["value"].transform("min") > reach
    noted: Notes = {}
    for row in rows[differing].drop_duplicates(CELL).to_dict("records"):
        noted.setdefault((row["file"], row["indicator"], row["area"]), []).append(row["period"])
    yield from _note(noted, "the same value in every publication", "the latest is shown")


def _note(noted: Notes, expected: str, why: str) -> Iterator[Finding]:
    """One note for each indicator and area, however many its periods."""
    for (file, what, area), periods in noted.items():
        times = list(dict.fromkeys(periods))
        span = times[0] if len(times) == 1 else f"{min(times)} to {max(times)} ({len(times)} periods)"
        yield Finding(Level.NOTE, file, None, what, f"other numbers in {area}, {span}", expected, "", why)


def _counts(held: Held, names: Sequence[str], *, whole: bool = True) -> pd.DataFrame:
    """The counts of some indicators that have a value: of the whole, or of its categories."""
    rows = held.observations
    return rows[
        (rows["statistic"] == Statistic.COUNT)
        & rows["indicator"].isin(list(names))
        & rows["value"].notna()
        & ((rows["characteristic"] == "") == whole)
    ]


def _by_period(held: Held, name: str) -> dict[tuple[tuple[str, str, str], Period], Row]:
    """The counts of an indicator by line (area, basis, source) and period."""
    rows = _counts(held, [name]).to_dict("records")
    return {
        ((row["area"], row["basis"], row["source"]), held.periods[row["period"]]): row
        for row in rows
        if row["period"] in held.periods
    }


def _latest_wholes(held: Held) -> dict[tuple[str, ...], Row]:
    """The whole of each cell that is split into categories, as last published."""
    rows = _counts(held, list(held.catalogue)).sort_values("published_on", kind="stable")
    return {tuple(row[name] for name in _SPLIT[:4]): row for row in rows.to_dict("records")}
