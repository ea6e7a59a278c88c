"""All figures of some files together: each cell once, in the long table, in agreement with each other."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard.findings import Level, quoted
from dashboard.intake.agreeing import SUMS, find_disagreements
from dashboard.intake.board_dataset.figures import Figure
from dashboard.intake.board_dataset.told import Told
from dashboard.intake.cells import letter_of
from dashboard.intake.readings import Given, make_figures
from dashboard.sources import Source


def merge(figures: Iterable[Figure], told: Told) -> list[Figure]:
    """Each cell of the long table once: those that stand twice with other numbers are told of and left out.

    Where one table has a number and another none, the number stands.
    """
    cells: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        key = figure.indicator, figure.amount.statistic, figure.area, figure.basis, figure.period.code
        cells.setdefault(key, []).append(figure)
    return [kept for same in cells.values() if (kept := _choose(same, told))]


def _choose(same: list[Figure], told: Told) -> Figure | None:
    numbers = [figure for figure in same if figure.amount.value is not None] or same
    first = numbers[0]
    for other in numbers[1:]:
        if (other.amount.value, other.amount.symbol) != (first.amount.value, first.amount.symbol):
            place = f"{first.table.grid.sheet} {letter_of(first.place[1])}{first.place[0]}".strip()
            text = first.table.grid.at(*first.place).text
            expected = f"{quoted(text)}, as in {place}: one month of a measure has two figures"
            told.at(Level.ERROR, other.table, *other.place, expected, read_as="neither")
            return None
    return first


def agree(figures: list[Figure], given: Given, source: Source, told: Told) -> pd.DataFrame:
    """The figures as the long table; all sums that do not agree are told at their places in the sheet."""
    frame = make_figures(_write(figure, given) for figure in figures)
    labels = {each.id: f"measure {each.measure}" for each in given.catalogue.values() if each.measure}
    placed = frame.assign(file="", line=frame.index)
    for found in find_disagreements(placed, given, source, SUMS):
        figure = figures[found.row or 0]
        place = figure.table.grid.finding(
            found.level, *figure.place, found.found, heading=figure.table.headed(figure.place[1])
        )
        expected = re.sub(r"[a-z][a-z0-9_]+", lambda word: labels.get(word[0], word[0]), found.expected)
        told.findings.append(replace(place, expected=expected, nearest=found.nearest, why=found.why))
    return frame


def _write(figure: Figure, given: Given) -> dict[str, object]:
    amount = figure.amount
    return {
        "indicator": figure.indicator,
        "statistic": str(amount.statistic),
        "area": figure.area,
        "basis": str(figure.basis),
        "period": figure.period.code,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": amount.value,
        "decimals": amount.decimals,
        "symbol": str(amount.symbol),
        "status": str(figure.status),
        "source": given.source,
        "published_on": given.published_on,
        "row": figure.where,
        "note": figure.note,
    }
