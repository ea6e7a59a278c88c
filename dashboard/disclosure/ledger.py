"""What is out already. Publishing cannot be undone, so a release is protected together with those before it.

A figure that was shown and still says the same is known: hiding it now would be pretence. One that was hidden
stays hidden wherever something around it has been revised since, for the old and the new sum together could
give it away; elsewhere the audit of everything shown, then and now, decides.
"""

import gzip
import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.keys import Array
from dashboard.periods import parse
from dashboard.vocabulary import Precision, Status, Symbol

_CELL = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category"]
_KEPT = [*_CELL, "children", "value", "shown", "release"]
_REAL = "real"


class LedgerError(RuntimeError):
    """The record of what is out is missing or has been changed by hand."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every figure that was ever shown or hidden, with the value shown last.

    `children` says about whom: the real ones, or the made-up ones of one draw, who are nobody in the next.
    """

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_KEPT))

    def compare(self, rows: pd.DataFrame, draw: str) -> tuple[Array, Array]:
        """Which figures are out already as they are now; and which were hidden and must stay so."""
        nothing = np.zeros(len(rows), dtype=bool)
        if self.rows.empty:
            return nothing, nothing.copy()
        keys = rows[_CELL].astype(str).assign(children=about_whom(rows, draw))
        known = self.rows.drop_duplicates([*_CELL, "children"], keep="last").set_index([*_CELL, "children"])
        found = known.reindex(pd.MultiIndex.from_frame(keys))
        shown = found["shown"].to_numpy(dtype=object) == True  # noqa: E712  a missing row is neither
        hidden = found["shown"].to_numpy(dtype=object) == False  # noqa: E712
        same = np.isclose(
            found["value"].to_numpy(dtype=float), rows["value"].to_numpy(dtype=float), atol=1e-9
        )
        years = rows["period"].map({code: parse(code).year.end_index for code in rows["period"].unique()})
        revised = set(years[shown & ~same])
        near = {year + step for year in revised for step in (-12, 0, 12)}
        return shown & same, np.asarray(hidden & years.isin(near).to_numpy())

    def with_release(self, table: pd.DataFrame, draw: str, release: str) -> "Ledger":
        """The record after a release of these figures."""
        hidden = table["symbol"].eq(Symbol.CONFIDENTIAL) | table["precision"].ne(Precision.EXACT)
        told = table[table["value"].notna() | hidden]
        new = (
            told[_CELL]
            .astype(str)
            .assign(
                children=about_whom(told, draw),
                value=told["value"].mask(hidden).to_numpy(dtype=float),
                shown=~hidden[told.index].to_numpy(),
                release=release,
            )
        )
        kept = pd.concat([self.rows, new], ignore_index=True) if len(self.rows) else new
        what = [*_CELL, "children", "value", "shown"]  # the first release that said so is kept
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
        if seal != _seal(text):
            raise LedgerError(
                f"{path.name} is not as it was written: restore it from a backup, or remove it and "
                "it is made again from the releases that are there; without it a new one could give "
                "away what an earlier one hid"
            )
        types = {**dict.fromkeys([*_CELL, "children", "release"], "str"), "value": "float64", "shown": "bool"}
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
