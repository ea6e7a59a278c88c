"""Damaged files: a finding or the right numbers, never a traceback, never a wrong number without a word."""

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.samples.dfe.given import SAMPLES, errors, read, read_samples

NAMES = (
    "wide.csv",
    "renamed.csv",
    "long.csv",
    "months.csv",
    "workforce.csv",
    "activity.csv",
    "population.csv",
)
CELL = ["indicator", "statistic", "area", "period", "characteristic", "category"]
JUNK = (
    "",
    " ",
    "n/a",
    "12,5",
    "1e3",
    "#REF!",
    "-1",
    "??",
    "0x1F",
    "٣",
    "c c",
    "\x00",
    '"',
    "a\nb",
    "∞",
    "1" * 40,
)

Rows = list[list[str]]


@cache
def true_values(name: str) -> dict[tuple[str, ...], float]:
    """Every number of a sample but the means, which depend on which councils are there."""
    figures = read_samples(name).figures
    own = figures[~figures["area"].str.startswith("statistical") & figures["value"].notna()]
    return dict(zip(own[CELL].itertuples(index=False, name=None), own["value"], strict=True))


def read_rows(name: str) -> Rows:
    return list(csv.reader(io.StringIO((SAMPLES / name).read_text(encoding="utf-8-sig"))))


def write_rows(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    return written.getvalue()


def damage(rows: Rows, kind: str, random: Random) -> Rows:
    """The rows after one thing was done to them that people, spreadsheets and new releases do."""
    if len(rows) < 2 or not rows[0]:
        return rows
    width, row = len(rows[0]), random.randrange(1, len(rows))
    column = random.randrange(width)
    match kind:
        case "drop a column":
            return [[cell for place, cell in enumerate(each) if place != column] for each in rows]
        case "repeat a column":
            return [[*each, each[column]] for each in rows]
        case "rename a column":
            rows[0][column] = random.choice(["count", rows[0][column].upper(), rows[0][column] + "_", ""])
        case "add a column":
            return [[*each, "new" if place == 0 else "1"] for place, each in enumerate(rows)]
        case "shuffle columns":
            order = random.sample(range(width), width)
            return [[each[place] for place in order] for each in rows]
        case "shuffle rows":
            return [rows[0], *random.sample(rows[1:], len(rows) - 1)]
        case "drop a row":
            return [each for place, each in enumerate(rows) if place != row]
        case "repeat a row":
            return [*rows, rows[row]]
        case "junk in a cell":
            rows[row][column] = random.choice(JUNK)
        case "junk in a column":
            junk = random.choice(JUNK)
            return [rows[0], *([*each[:column], junk, *each[column + 1 :]] for each in rows[1:])]
        case "a cell too many":
            rows[row].insert(column, "1")
    return rows


KINDS = (
    *("drop a column", "repeat a column", "rename a column", "add a column", "shuffle columns"),
    *("shuffle rows", "drop a row", "repeat a row", "junk in a cell", "junk in a column", "a cell too many"),
)
#: Most are left as they are, so that what else was done to a file is seen.
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "latin-1", "utf-16")
SEPARATORS = (",", ",", ",", ",", ",", ",", ";", "\t")
KEPT = (1.0, 1.0, 1.0, 1.0, 1.0, 0.99, 0.9, 0.6, 0.2)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(
    name=st.sampled_from(NAMES),
    kinds=st.lists(st.sampled_from(KINDS), min_size=0, max_size=3),
    random=st.randoms(use_true_random=False),
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(SEPARATORS),
    kept=st.sampled_from(KEPT),
)
def test_a_damaged_file_is_told_or_read_right(
    tmp_path: Path,
    name: str,
    kinds: list[str],
    random: Random,
    encoding: str,
    separator: str,
    kept: float,
) -> None:
    rows = read_rows(name)
    for kind in kinds:
        rows = damage([list(each) for each in rows], kind, random)
    text = write_rows(rows, separator)
    path = tmp_path / "damaged.csv"
    path.write_bytes(text[: int(len(text) * kept)].encode(encoding, errors="replace"))
    reading = read(path)
    assert reading.closing_line
    if errors(reading):
        return
    figures = reading.figures
    assert (figures["value"].isna() == (figures["symbol"] != "")).all()
    assert not figures.duplicated(CELL).any()
    if any("cut short" in str(each) for each in reading.findings):
        return
    true = true_values(name)
    own = figures[~figures["area"].str.startswith("statistical") & figures["value"].notna()]
    for cell, value in zip(own[CELL].itertuples(index=False, name=None), own["value"], strict=True):
        assert true[cell] == value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400))
def test_bytes_of_anything_are_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "any.csv").write_bytes(raw)
    assert errors(read(tmp_path / "any.csv"))
