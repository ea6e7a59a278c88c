"""Means of the councils of the statistical neighbours' models, over those with a published figure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboard.areas import Council
from dashboard.intake.dfe.cells import round_half_up
from dashboard.intake.dfe.entries import Entry
from dashboard.intake.dfe.places import name_council
from dashboard.intake.readings import Given
from dashboard.vocabulary import Status, Symbol

#: Digits after the point that a mean is told with at most; zeros at its end are not.
_DECIMALS = 2
#: Of several reasons why no council has a number, the one that is told.
_SYMBOLS = (Symbol.CONFIDENTIAL, Symbol.NOT_AVAILABLE, Symbol.LOW, Symbol.NOT_APPLICABLE)
#: How firm a mean is: as its least firm council.
_STATUSES = (Status.PROVISIONAL, Status.REVISED, Status.FINAL)
#: What is said of a council without a number, by its symbol.
_REASONS = {
    Symbol.CONFIDENTIAL: "confidential",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.LOW: "rounds to zero",
}


def make_means(entries: Sequence[Entry], given: Given) -> Iterator[Entry]:
    """The mean of each model for each figure and period that any of its councils has a row of.

    Its denominator is the number of councils in it: one that has no row, or a symbol, is not. Categories that
    add up have no means: the hidden ones are the small ones, so that the means of the others are too high.
    """
    areas = given.areas
    by_cell: dict[tuple[str, ...], dict[str, Entry]] = {}
    for entry in entries:
        characteristic = given.characteristics.get(entry.figure.characteristic)
        if characteristic is None or not characteristic.adds_up:
            indicator, statistic, place, *rest = entry.cell
            by_cell.setdefault((indicator, statistic, *rest), {})[place] = entry
    for held in by_cell.values():
        for area in areas.neighbours:
            councils = areas.councils_of(area.slug)
            found = [held[place] for each in councils if (place := name_council(each.la_code)) in held]
            if found:
                yield _make_mean(area.slug, councils, found)


def _make_mean(slug: str, councils: Sequence[Council], found: Sequence[Entry]) -> Entry:
    told = [entry for entry in found if entry.value is not None]
    first = found[0]
    note = _explain(first, councils, found)
    statuses = {entry.status for entry in found}
    status = next((each for each in _STATUSES if each in statuses), first.status)
    base = replace(
        *(first,), place=slug, line=None, note=note, status=status, numerator=None, denominator=None
    )
    if not told:
        symbols = {entry.symbol for entry in found}
        symbol = next((each for each in _SYMBOLS if each in symbols), Symbol.NOT_AVAILABLE)
        return replace(base, value=None, decimals=0, symbol=symbol)
    exact = sum((entry.value for entry in told if entry.value is not None), Decimal(0)) / len(told)
    value, least = round_half_up(exact, _DECIMALS), min(first.figure.decimals, _DECIMALS)
    printed = len(format(value.normalize(), "f").partition(".")[2])
    decimals, over = max(printed, least), Decimal(len(told))
    return replace(base, value=value, decimals=decimals, symbol=Symbol.NONE, denominator=over)


def _explain(first: Entry, councils: Sequence[Council], found: Sequence[Entry]) -> str:
    """Which councils are not in the mean, and why: "Without Dorset (no row), Kent (confidential)."."""
    by_place = {entry.place: entry for entry in found}
    without = []
    for council in councils:
        entry = by_place.get(name_council(council.la_code))
        if entry is None:
            without.append(f"{council.name} (no row)")
        elif entry.value is None:
            without.append(f"{council.name} ({_REASONS.get(entry.symbol, 'no number')})")
    missing = f"Without {', '.join(without)}." if without else ""
    return " ".join(filter(None, (first.figure.note, missing)))
