"""What must not be found, as numbers: the hidden figures, and what could only be worked out from them."""

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

_LINE = ["indicator", "statistic", "area", "basis", "characteristic", "category"]
_NUMBERS = ("value", "numerator", "denominator")


def list_canaries(hidden: pd.DataFrame, bare: pd.DataFrame, told: pd.DataFrame) -> set[float]:
    """Unusual numbers of hidden figures, and those worked out from them, that nothing shown could give."""
    marked = bare.assign(hidden=bare.index.isin(hidden.index))
    secret = _as_printed(list_numbers(hidden)) | _as_printed(_work_out(marked, hidden=True))
    public = _as_printed(list_numbers(told)) | _as_printed(_work_out(marked, hidden=False))
    return {number for number in secret - public if is_unusual(number)}


def list_numbers(rows: pd.DataFrame) -> set[float]:
    """Every number of some rows, and what is left of each percentage."""
    read = {name: pd.to_numeric(rows[name], errors="coerce") for name in _NUMBERS}
    left = read["denominator"] - read["numerator"]
    return {float(number) for column in (*read.values(), left) for number in column.dropna()}


def is_unusual(number: float) -> bool:
    """Whether a number can be told from all others wherever it stands."""
    return number >= 10_000 or abs(number * 100 - round(number * 100)) > 1e-6


def _work_out(rows: pd.DataFrame, *, hidden: bool) -> set[float]:
    """Changes since the period before and the year before, the rest of a county, and means of a line.

    With `hidden`, those in which a hidden figure has a part; without, the others.
    """
    found: set[float] = set()
    values = rows.assign(value=pd.to_numeric(rows["value"], errors="coerce")).dropna(subset=["value"])
    for _, line in values.sort_values("period").groupby(_LINE, sort=False):
        told = list(zip(line["value"], line["hidden"], strict=True))
        for (before, secret), (now, other) in (*pairwise(told), *zip(told, told[4:], strict=False)):
            if (secret or other) is hidden:
                found.add(abs(now - before))
        if bool(line["hidden"].any()) is hidden:
            found |= {line["value"].mean(), line["value"].sum()}
    places = [name for name in (*_LINE, "period") if name != "area"]
    counts = values[(values["statistic"] == "count") & (values["basis"] == "local")]
    for _, place in counts.groupby(places, sort=False):
        whole = place["value"].max()
        for value, secret in zip(place["value"], place["hidden"], strict=True):
            if secret is hidden:
                found |= {whole - value, 100 * value / whole if whole else 0.0}
    return found


def _as_printed(numbers: Iterable[float]) -> set[float]:
    """Numbers as they are, and as they may be rounded to be read."""
    return {round(number, places) for number in numbers for places in (0, 1, 3, 4, 6)}
