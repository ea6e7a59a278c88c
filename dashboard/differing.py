"""What two releases say differently, figure by figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pandas as pd

from dashboard.audiences import PUBLIC, releases_of
from dashboard.vocabulary import CELL


class Sort(StrEnum):
    """How a figure of one release differs from that of another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One figure that two releases give differently."""

    cell: tuple[str, ...]  # in the order of CELL
    sort: Sort
    was: str
    now: str


class UnknownRelease(LookupError):  # noqa: N818 - it is a release that is not there, and no fault of one
    """An id that no release of the audience has."""


def compare_releases(data: Path, one: str, other: str, audience: str = PUBLIC) -> tuple[Difference, ...]:
    """Everything that the second release says otherwise than the first, in the order of the figures.

    Raises `UnknownRelease` for an id that there is not.
    """
    before, after = (_read(releases_of(data, audience), name) for name in (one, other))
    both = pd.concat([before.rename("was"), after.rename("now")], axis=1).fillna("")
    return tuple(_list_differences(both))


def _read(folder: Path, name: str) -> pd.Series:
    """The figures that stand in a release, each as one text: those published last."""
    path = folder / name / "figures.csv"
    if Path(name).name != name or not path.exists():
        raise UnknownRelease(f"found {name!r}, expected the id of a release: `python -m dashboard releases`")
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    real = table["status"] != "illustrative"
    ordered = table.assign(real=real).sort_values(["real", "published_on"], kind="stable")
    standing = ordered.drop_duplicates(CELL, keep="last").sort_index().set_index(CELL)
    symbols = standing["symbol"].where(standing["symbol"] == "", "[" + standing["symbol"] + "]")
    texts = symbols.where(symbols != "", standing["value"])
    for name in ("precision", "base"):
        if name in standing:
            texts = texts + (" (" + standing[name] + ")").where(standing[name] != "", "")
    return texts


def _list_differences(both: pd.DataFrame) -> Iterator[Difference]:
    differing = both[both["was"] != both["now"]]
    for cell, was, now in zip(differing.index, differing["was"], differing["now"], strict=True):
        sort = Sort.ADDED if not was else Sort.REMOVED if not now else Sort.CHANGED
        yield Difference(tuple(map(str, cell)), sort, was, now)
