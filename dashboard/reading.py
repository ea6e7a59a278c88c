"""A release's folder: its figures, and what it is called."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from dashboard.audiences import PUBLIC
from dashboard.vocabulary import COLUMNS, RELEASED


@dataclass(frozen=True)
class Release:
    """What a set of released figures is called, when it was made, and for whom."""

    id: str
    created: datetime
    audience: str = PUBLIC
    illustrative: bool = True


def read_figures(path: Path) -> pd.DataFrame:
    """The rows of a release's file of figures, texts as categories; `value` as printed."""
    texts = [name for name in (*COLUMNS, *RELEASED) if name not in ("numerator", "denominator")]
    return pd.read_csv(
        path,
        dtype={**dict.fromkeys(texts, "category"), "numerator": "float64", "denominator": "float64"},
        keep_default_na=False,
        na_values={"numerator": [""], "denominator": [""]},
        low_memory=False,  # in one piece: in chunks it takes twice as long
    )


def read_release(folder: Path) -> Release:
    """What a release's manifest says it is."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Release(
        id=str(manifest["id"]),
        created=datetime.fromisoformat(manifest["created"]),
        audience=str(manifest["audience"]),
        illustrative=bool(manifest["illustrative"]),
    )
