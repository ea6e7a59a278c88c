"""Bringing figures in: read, compared with what is held, checked, and only then kept."""

import getpass
import hashlib
import tempfile
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.areas import load_areas
from dashboard.checks import run_checks
from dashboard.decisions import read_answers
from dashboard.findings import Finding, Level, has_errors
from dashboard.formats import format_number
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.intake import Given, Reading, find_readers
from dashboard.loads import (
    FIGURES,
    LOADS,
    SOURCE,
    Load,
    LoadedFile,
    find_load,
    keep_load,
    list_in_force,
    name_load,
    put_in_force,
)
from dashboard.locking import LOCK, hold_lock
from dashboard.observations import load_observations, load_populations, write_observations
from dashboard.sources import is_date, write_source
from dashboard.targets import load_targets
from dashboard.vocabulary import CELL, Statistic, Status

_ORDER = {level: place for place, level in enumerate(Level)}


class RefusedError(ValueError):
    """Why nothing was loaded; the message says how to mend it."""


class Effect(StrEnum):
    """What a figure would do to what is held."""

    NEW = "new"  # nothing is held of it
    CHANGED = "changed"  # held with another number, and published before it
    FULLER = "fuller"  # held with the same number: now with what it is a share of, or final
    OLDER = "older"  # held with another number that was published later, or is real: it goes behind
    SAME = "same"  # held as it is: left out


@dataclass(frozen=True)
class Change:
    """One figure that a load would bring, beside what is held."""

    cell: tuple[str, ...]  # in the order of CELL
    effect: Effect
    was: str  # "891", "[c]", or blank where nothing is held
    now: str


@dataclass(frozen=True, eq=False)
class Preview:
    """What some files hold, what loading them would do, and everything found wrong or odd."""

    kind: str
    files: tuple[LoadedFile, ...]
    reading: Reading
    figures: pd.DataFrame  # those that would be loaded: new and changed ones
    changes: tuple[Change, ...]  # all but what is the same
    same: int  # how many figures are held already as they are
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether an error stands in the way."""
        return has_errors(self.findings)

    def count(self, effect: Effect) -> int:
        """How many figures have an effect."""
        return sum(each.effect is effect for each in self.changes)


def preview(
    data: Path,
    kind: str,
    files: Sequence[Path],
    *,
    published_on: str = "",
    tell: Callable[[str], None] = lambda words: None,
) -> Preview:
    """Read files and say what loading them would do. Nothing is written.

    `published_on` is the day from which the figures count, today if blank. Raises `RefusedError` if there is
    no such kind of file, or no such file.
    """
    reader = find_readers().get(kind)
    if reader is None:
        raise RefusedError(f"found {kind!r}, expected {' or '.join(find_readers())}")
    day = published_on or f"{datetime.now(UTC).date()}"
    if not is_date(day):
        raise RefusedError(f"found {published_on!r}, expected a day such as 2026-04-30")
    told = tuple(_describe(path) for path in files)
    given = Given(
        load_indicators(data),
        load_characteristics(data),
        load_areas(data),
        load_populations(data),
        source=name_load(data, f"{datetime.now(UTC).date()}"),
        published_on=day,
        declared=data / "intake",
        answers=read_answers(data, kind),
        tell=tell,
        targets=load_targets(data),
    )
    reading = reader.read(list(files), given)
    tell("Comparing with what is held")
    figures, changes, same = _compare(load_observations(data), reading.figures)
    findings = [*reading.findings]
    if not has_errors(findings) and len(figures):
        tell("Checking")
        findings += _check(data, reading, figures)
    ordered = sorted(findings, key=lambda each: _ORDER[each.level])
    return Preview(kind, told, reading, figures, changes, same, tuple(ordered))


def load(data: Path, found: Preview, *, by: str = "") -> Load:
    """Keep what a preview found and put it in force: all of it or nothing.

    `by` is who loads it; who is signed in on the machine, if blank. Raises `RefusedError` if an error stands
    in the way, if there is nothing new, or if what is held has changed since the preview.
    """
    if found.is_refused:
        raise RefusedError("nothing was loaded: there are errors")
    if not len(found.figures):
        raise RefusedError("nothing was loaded: every figure is held already as it is")
    with hold_lock(data):
        figures, _, _ = _compare(load_observations(data), found.reading.figures)
        if not figures.equals(found.figures):
            raise RefusedError("nothing was loaded: other figures were loaded meanwhile. Look at it again")
        now = datetime.now(UTC)
        name = name_load(data, f"{now.date()}")
        source = replace(found.reading.source, id=name)
        kept = Load(
            id=name,
            kind=found.kind,
            made=now.isoformat(timespec="seconds"),
            by=by or getpass.getuser(),
            published_on=source.published_on,
            files=found.files,
            counted=found.reading.counted,
            added=found.count(Effect.NEW),
            changed=len(found.changes) - found.count(Effect.NEW),
        )
        keep_load(data, kept, _write(figures.assign(source=name), write_source(source)))
    return kept


def _write(figures: pd.DataFrame, source: str) -> Mapping[str, Callable[[Path], None]]:
    def write_source_file(path: Path) -> None:
        path.write_text(source, encoding="utf-8")

    return {FIGURES: lambda path: write_observations(figures, path), SOURCE: write_source_file}


def _describe(path: Path) -> LoadedFile:
    """A file's name, size and hash. Raises `RefusedError` if it cannot be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        return LoadedFile(path.name, path.stat().st_size, digest.hexdigest())
    except OSError as problem:
        raise RefusedError(f"{path.name}: {problem.strerror or problem}") from None


# --- what would change ----------------------------------------------------------------------------


def _compare(held: pd.DataFrame, read: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Change, ...], int]:
    """The figures that say something new, "revised" where a number changes; every change; what is held."""
    real = held["status"] != Status.ILLUSTRATIVE
    ordered = held.assign(real=real).sort_values(["real", "published_on"], kind="stable")
    standing = ordered.drop_duplicates(CELL, keep="last").set_index(CELL)
    before = standing.reindex(pd.MultiIndex.from_frame(read[CELL])).reset_index(drop=True)
    read = read.reset_index(drop=True)
    is_held = before["source"].notna()
    made_up = read["status"] == Status.ILLUSTRATIVE
    older = is_held & ((before["published_on"] > read["published_on"]) | (made_up & before["real"].eq(True)))
    alike = is_held & (before["symbol"] == read["symbol"]) & _are_equal(before["value"], read["value"])
    fuller = (before["status"] == Status.PROVISIONAL) & (read["status"] != Status.PROVISIONAL)
    for name in ("numerator", "denominator"):
        fuller |= before[name].isna() & read[name].notna()
        alike &= _are_equal(before[name], read[name]) | before[name].isna() | read[name].isna()
    fuller &= alike & ~older
    figures = read.copy()
    revised = is_held & ~alike & ~older & ~made_up
    figures.loc[revised, "status"] = str(Status.REVISED)
    kept = ~alike | fuller
    sorts = [Effect.NEW, Effect.FULLER, Effect.OLDER]
    effects = np.select([~is_held, fuller, older], sorts, Effect.CHANGED)
    rows = zip(before[kept].to_dict("records"), figures[kept].to_dict("records"), effects[kept], strict=True)
    changes = tuple(
        Change(tuple(str(row[name]) for name in CELL), Effect(effect), _say(was, row["statistic"]), _say(row))
        for was, row, effect in rows
    )
    return figures[kept].reset_index(drop=True), changes, int((~kept).sum())


def _are_equal(one: pd.Series, other: pd.Series) -> pd.Series:
    """Where both hold the same number, or both none."""
    equal: pd.Series = (one == other) | (one.isna() & other.isna())
    return equal


def _say(row: Mapping[Hashable, Any], statistic: str = "") -> str:
    """A figure as it would be printed: "891", "26% of 814", "[c]"; blank where there is none."""
    if pd.isna(row["source"]):
        return ""
    if row["symbol"]:
        return f"[{row['symbol']}]"
    text = format_number(row["value"], int(row["decimals"]))
    text += "%" if (statistic or row["statistic"]) == Statistic.PERCENTAGE else ""
    return f"{text} of {format_number(row['denominator'])}" if pd.notna(row["denominator"]) else text


# --- checks ---------------------------------------------------------------------------------------


def _check(data: Path, reading: Reading, figures: pd.DataFrame) -> list[Finding]:
    """What the checks of the data folder would find with the figures in it that they do not find without."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder)
        for path in data.iterdir():
            if path.name not in {LOADS, LOCK, "releases", "audits"}:
                (beside / path.name).symlink_to(path.resolve())
        (beside / LOADS).mkdir()
        names, draft = list_in_force(data), reading.source.id
        for name in names:
            (beside / LOADS / name).symlink_to(find_load(data, name).resolve())
        put_in_force(beside, names)
        before = set(run_checks(beside))
        own = Load(draft, "", "", "", reading.source.published_on, (), "", 0, 0)
        keep_load(beside, own, _write(figures.assign(source=draft), write_source(reading.source)))
        return [each for each in run_checks(beside) if each not in before]
