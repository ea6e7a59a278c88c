"""What is out already. Publishing cannot be undone, so a release is protected together with those before it.

A figure that was shown and still says the same is known: hiding it now would be pretence. One that was hidden
stays hidden while the rules are the same. Under other rules the audit of everything shown, then and now,
decides, but where something around it has been revised since: the old and the new sum together could give it
away, so there it stays hidden all the same.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.disclosure.presentation import Told
from dashboard.keys import Array
from dashboard.periods import parse
from dashboard.vocabulary import Precision, Status, Symbol

_CELL = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category"]
_KEPT = [*_CELL, "children", "value", "told", "span", "rules", "release"]
_REAL = "real"
_HIDDEN = "hidden"
_INEXACT = [str(each) for each in Precision if each is not Precision.EXACT]


class LedgerError(RuntimeError):
    """The record of what is out is missing or has been changed by hand."""


@dataclass(frozen=True, eq=False)
class Before:
    """What became of each figure in earlier releases; an entry each."""

    shown: Array  # as it is now: it is out already
    hidden: Array  # and must stay so
    less: Mapping[int, Told]  # those told less exactly, by place: to be told no better


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every figure that was ever shown or hidden, with the value shown last, how exactly, and by which rules.

    `children` says about whom: the real ones, or the made-up ones of one draw, who are nobody in the next.
    """

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_KEPT))

    def compare(self, rows: pd.DataFrame, draw: str, rules: str) -> Before:
        """What became of these figures, which are to be protected by these rules."""
        nothing = np.zeros(len(rows), dtype=bool)
        if self.rows.empty:
            return Before(nothing, nothing, {})
        keys = rows[_CELL].astype(str).assign(children=about_whom(rows, draw))
        known = self.rows.drop_duplicates([*_CELL, "children"], keep="last").set_index([*_CELL, "children"])
        found = known.reindex(pd.MultiIndex.from_frame(keys))
        told, span, by = (found[name].to_numpy(dtype=object) for name in ("told", "span", "rules"))
        value, shown = found["value"].to_numpy(dtype=float), told == Precision.EXACT
        same = np.isclose(value, rows["value"].to_numpy(dtype=float), atol=1e-9)
        years = rows["period"].map({code: parse(code).year.end_index for code in rows["period"].unique()})
        revised = set(years[shown & ~same])
        near = {year + step for year in revised for step in (-12, 0, 12)}
        bound = years.isin(near).to_numpy() | (by == rules)
        less = np.flatnonzero(np.isin(told, _INEXACT) & bound).tolist()
        again = {place: (float(value[place]), str(told[place]), str(span[place])) for place in less}
        return Before(shown & same, (told == _HIDDEN) & bound, again)

    def with_release(self, table: pd.DataFrame, draw: str, release: str, rules: str = "") -> "Ledger":
        """The record after a release of these figures, protected by these rules."""
        hidden = table["symbol"].eq(Symbol.CONFIDENTIAL)
        told = table[table["value"].notna() | hidden]
        new = (told[_CELL].astype(str)).assign(
            children=about_whom(told, draw),
            value=told["value"].to_numpy(dtype=float),
            told=told["precision"].astype(str).mask(hidden, _HIDDEN),
            span=told["base"].astype(str),
            rules=rules,
            release=release,
        )
        kept = pd.concat([self.rows, new], ignore_index=True) if len(self.rows) else new
        what = [
            *_CELL,
            "children",
            "value",
            "told",
            "span",
            "rules",
        ]  # the first release that said so is kept
        return Ledger(kept.drop_duplicates(what).reset_index(drop=True)[_KEPT])

    def before(self, release: str) -> "Ledger":
        """The record as it was before a release was made; the whole of it if none is named."""
        if not release:
            return self
        later = self.rows["release"].eq(release)
        return Ledger(self.rows[~later].reset_index(drop=True))

    def write(self, path: Path) -> None:
        """Write the record, with what shows that nobody has touched it, in one step."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self.rows.to_csv(index=False).encode()
        draft = path.with_suffix(".tmp")
        draft.write_bytes(gzip.compress(_seal(text) + b"\n" + text, mtime=0))
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """The record, empty where nothing was published yet. Raises `LedgerError` if it was changed."""
        if not path.exists():
            return cls()
        try:
            seal, _, text = gzip.decompress(path.read_bytes()).partition(b"\n")
        except (OSError, EOFError):
            seal, text = b"", b""
        if seal != _seal(text) or not text.startswith(",".join(_KEPT).encode()):
            raise LedgerError(
                f"{path.name} is not as this version wrote it: restore it from a backup, or remove it and "
                "it is made again from the releases that are there; without it a new one could give "
                "away what an earlier one hid"
            )
        types = {name: "float64" if name == "value" else "str" for name in _KEPT}
        return cls(pd.read_csv(BytesIO(text), dtype=types, keep_default_na=False, na_values={"value": [""]}))


def about_whom(rows: pd.DataFrame, draw: str) -> Array:
    """About which children each figure is: real ones, or the made-up ones of this draw."""
    return np.where(rows["status"].eq(Status.ILLUSTRATIVE), draw, _REAL)


def name_draw(raw: pd.DataFrame) -> str:
    """A name for the made-up children of these figures: another one when anything about them is different."""
    made_up = raw[raw["status"].eq(Status.ILLUSTRATIVE)]
    values = pd.util.hash_pandas_object(made_up[[*_CELL, "value"]].astype(str), index=False)
    return hashlib.sha256(values.to_numpy().tobytes()).hexdigest()[:16]


def _seal(text: bytes) -> bytes:
    return b"# " + hashlib.sha256(text).hexdigest().encode()
