"""Categories put together where they would be too small apart, and breakdowns kept to ends of quarters."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from dashboard.indicators import Characteristic, Indicator
from dashboard.periods import Grain, parse
from dashboard.vocabulary import Kind, Statistic, Status

_SUMMED = (Statistic.COUNT, Statistic.RATE, Statistic.PERCENTAGE)
_TABLE = ["indicator", "statistic", "basis", "characteristic"]
_CELL = ["indicator", "statistic", "area", "basis", "period", "characteristic"]


def keep_quarters(rows: pd.DataFrame, catalogue: Mapping[str, Indicator]) -> pd.Series:
    """Whether each row is of the whole, or of a breakdown at the end of a quarter or over a longer span.

    The periods of breakdowns are decided once: months beside quarters would give most hidden months away.
    What somebody else has published stays.
    """
    grains = {code: parse(code) for code in rows["period"].unique()}
    monthly = rows["period"].map({code: each.grain is Grain.MONTH for code, each in grains.items()})
    ending = rows["period"].map({code: each.quarter.month == each for code, each in grains.items()})
    adding = {each.id: each.kind is Kind.FLOW and not each.distinct for each in catalogue.values()}
    summed = rows["indicator"].map(adding).fillna(False).astype(bool)
    finer = monthly & (summed | ~ending)
    return ~(finer & (rows["characteristic"] != "") & (rows["status"] == Status.ILLUSTRATIVE))


def add_merged(rows: pd.DataFrame, characteristics: Mapping[str, Characteristic]) -> pd.DataFrame:
    """The rows, and after them those of every merged category of each characteristic."""
    merged = [rows]
    for characteristic in characteristics.values():
        own = rows[(rows["characteristic"] == characteristic.id) & rows["statistic"].isin(_SUMMED)]
        if len(own) and characteristic.coarser:
            whole = _is_share(own)
            distinct = {each.id: each.of for level in characteristic.coarser for each in level}
            for name, parts in distinct.items():
                merged += _merge(own[own["category"].isin(parts)], name, whole)
    return pd.concat(merged, ignore_index=True) if len(merged) > 1 else rows


def _is_share(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is a share of all: in its table every category is over the same number."""
    spread = rows.groupby(_CELL, sort=False, observed=True)["denominator"].agg(["min", "max"])
    spread["same"] = (spread["min"] == spread["max"]) | spread["min"].isna()
    same = spread.groupby(level=["indicator", "statistic", "basis", "characteristic"], observed=True)["same"]
    table = pd.MultiIndex.from_frame(rows[_TABLE])
    return pd.Series(same.all().reindex(table).to_numpy(dtype=bool), index=rows.index)


def _merge(parts: pd.DataFrame, name: str, whole: pd.Series) -> Iterator[pd.DataFrame]:
    """The rows of one merged category: where all its parts that the table has are held."""
    if parts.empty:
        return
    held = parts.groupby(_TABLE, sort=False, observed=True)["category"].nunique()
    told = parts["value"].notna() | parts["symbol"].eq("z")
    parts = parts.assign(share=whole.loc[parts.index], known=told.astype("int64"), parts=1)
    grouped = parts.groupby(_CELL, sort=False, observed=True)
    sums = grouped[["numerator", "denominator", "value"]].sum(min_count=1)
    counts = grouped[["known", "parts"]].sum()
    first = parts.drop_duplicates(_CELL).set_index(_CELL)
    table_of = pd.MultiIndex.from_frame(first.index.to_frame()[_TABLE])
    needed = held.reindex(table_of).to_numpy()
    complete = (counts["known"] == counts["parts"]) & (counts["known"].to_numpy() == needed)
    table = first.assign(numerator=sums["numerator"])
    table["denominator"] = np.where(
        first["share"] | (_level(first) == "rate"), first["denominator"], sums["denominator"]
    )
    over = np.where(table["denominator"] > 0, table["denominator"], np.nan)
    pooled: pd.Series = 100.0 * table["numerator"] / over
    table["value"] = np.where(_level(first) == "percentage", pooled, sums["value"])
    table["symbol"] = np.where(table["value"].isna(), "z", "")
    table = table[complete.to_numpy()].reset_index()
    columns = [column for column in parts.columns if column not in ("share", "known", "parts")]
    yield table.assign(category=name)[columns].astype(parts.dtypes[columns].to_dict())


def _level(table: pd.DataFrame) -> pd.Index:
    return table.index.get_level_values("statistic")
