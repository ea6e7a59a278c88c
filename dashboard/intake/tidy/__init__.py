"""Figures in the product's own columns, as people keep and mend them in Excel.

One figure a row under the columns of the long table. Who publishes it and when may be left out, for it is
known; so may what is blank in every row. Words may be written as people write them ("Mar-19", "E10000034",
"[c]") where that can mean one thing only.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from dashboard.findings import Level, nearest, one_of, quoted
from dashboard.intake.agreeing import NUMBERS, SUMS, WORDS, find_disagreements
from dashboard.intake.delimited import Delimited, read_delimited
from dashboard.intake.publisher import name_publisher
from dashboard.intake.readings import Given, Reading, make_figures
from dashboard.intake.tidy.rows import Row, Told
from dashboard.observations import REMARKS
from dashboard.sources import Source
from dashboard.vocabulary import COLUMNS, RELEASED

KIND = "tidy"
TITLE = "Figures in the columns of the long table, one a row"
SUFFIXES = (".csv",)

#: Columns that a file cannot do without; of all others a blank means something.
NEEDED = ("indicator", "statistic", "area", "basis", "period", "value")

_KNOWN = (*COLUMNS, *REMARKS)
_PLACE = {"file": "str", "line": "int64"}
_ORDER = {level: place for place, level in enumerate(Level)}


def read(files: Sequence[Path], given: Given) -> Reading:
    """Every figure of some files, and everything odd about them, errors first."""
    told, rows = Told(), list[dict[str, object]]()
    for path in files:
        given.tell(f"Reading {path.name}")
        delimited, findings = read_delimited(path)
        told.findings += findings
        rows += _read_file(path.name, delimited, given, told)
    source = _describe(files, given)
    figures = make_figures(rows)
    file, line = (pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _PLACE.items())
    disagreeing = find_disagreements(
        figures.assign(file=file, line=line), given, source, NUMBERS, SUMS, WORDS
    )
    everything = sorted(
        [*told.list(), *disagreeing], key=lambda each: (_ORDER[each.level], each.file, each.row or 0)
    )
    measures = figures["indicator"].nunique()
    counted = f"{_count(measures, 'indicator')}, {_count(len(figures), 'figure')}"
    return Reading(figures, source, counted, tuple(everything))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _describe(files: Sequence[Path], given: Given) -> Source:
    names = ", ".join(path.name for path in files)
    return Source(
        id=given.source,
        title=f"Figures as received in {names}",
        short=f"{name_publisher(given.areas)}, {names}",
        publisher=name_publisher(given.areas),
        document=names,
        licence="The council’s own figures",
        attribution="",
        published_on=given.published_on,
    )


# --- the heading ----------------------------------------------------------------------------------


def _read_file(file: str, delimited: Delimited, given: Given, told: Told) -> Iterator[dict[str, object]]:
    lines = iter(delimited.lines.items())
    line, heading = next(lines, (0, []))
    places = _read_heading(file, line, heading, told) if line else {}
    if places and len(delimited.lines) == 1:
        told.at(Level.ERROR, file, line, "", "a heading and no row under it", "a figure in each row")
    for line, cells in lines if places else ():
        beyond = [cell for cell in cells[len(heading) :] if cell]
        if beyond:
            expected = f"at most {len(heading)} cells: is there a comma in a text without quotes?"
            told.at(Level.ERROR, file, line, "", f"{len(cells)} cells", expected)
            continue
        texts = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        row = Row(file, line, texts, delimited.delimiter, given, told)
        if (read := row.read()) is not None:
            yield read


def _read_heading(file: str, line: int, heading: list[str], told: Told) -> dict[str, int]:
    """The places of the columns by their names; none where the file cannot be read without mending it."""
    places, wrong = dict[str, int](), False
    names = [re.sub(r"[\s-]+", "_", text.lower()) for text in heading]
    for place, name in enumerate(names):
        if name in places:
            told.at(Level.ERROR, file, line, heading[place], "the same column twice", "each column once")
            wrong = True
        elif name in _KNOWN:
            places[name] = place
        elif name:
            wrong |= _tell_unknown(file, line, heading[place], name, names, told)
    for name in (each for each in NEEDED if each not in places):
        expected = "a heading with " + ", ".join(NEEDED)
        told.at(Level.ERROR, file, line, name, "no such column", expected, nearest=nearest(name, names))
        wrong = True
    return {} if wrong else places


def _tell_unknown(file: str, line: int, heading: str, name: str, names: list[str], told: Told) -> bool:
    """Tell of a column that nobody knows; whether it may be one that is needed, misspelt or protected."""
    if name in RELEASED:
        why = "figures as released are rounded or hidden in part; they are brought in as received"
        told.at(Level.ERROR, file, line, heading, "a column of a release", "a file as received", why=why)
        return True
    near = get_close_matches(name, [each for each in _KNOWN if each not in names], n=1, cutoff=0.75)
    if near:
        told.at(
            Level.ERROR, file, line, heading, quoted(heading), "a column of the long table", nearest=near[0]
        )
        return True
    told.at(
        Level.WARNING, file, line, heading, "a column that nobody knows", one_of(_KNOWN), read_as="nothing"
    )
    return False
