"""Checks that every word of the figures is one that is declared, and fits the others of its row."""

from collections.abc import Collection, Iterator

import pandas as pd

from dashboard.checks.held import Held, check, tell, tell_once
from dashboard.findings import Finding, one_of
from dashboard.periods import Grain
from dashboard.sources import is_date
from dashboard.vocabulary import CELL, Basis, Statistic, Status, Symbol

_FLOWS = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.CALENDAR_YEAR})


@check
def find_unknown_words(held: Held) -> Iterator[Finding]:
    """Words that nothing declares: indicators, areas, sources, and the closed sets."""
    known: dict[str, tuple[Collection[str], str]] = {
        "indicator": (held.catalogue, "the id of an indicator"),
        "area": (held.areas.slugs, "the slug of an area"),
        "source": (held.sources, "a heading of sources.toml"),
        "statistic": ([*Statistic], one_of(Statistic)),
        "basis": ([*Basis], one_of(Basis)),
        "symbol": ([*Symbol], "one of c, x, z, low, or nothing"),
        "status": ([*Status], one_of(Status)),
    }
    for column, (words, expected) in known.items():
        unknown = held.observations[~held.observations[column].isin(list(words))]
        yield from tell_once(unknown, column, expected, words)


@check
def find_undeclared_statistics(held: Held) -> Iterator[Finding]:
    """Statistics that the indicator does not declare."""
    for name, rows in _by_indicator(held):
        wrong = rows[~rows["statistic"].isin(list(held.catalogue[name].statistics))]
        yield from tell_once(wrong, "statistic", one_of(held.catalogue[name].statistics) + f" for {name}")


@check
def find_undeclared_categories(held: Held) -> Iterator[Finding]:
    """Characteristics that the indicator is not told apart by, and categories that they have not got."""
    for name, rows in _by_indicator(held):
        allowed = held.catalogue[name].characteristics
        wrong = rows[(rows["characteristic"] != "") & ~rows["characteristic"].isin(list(allowed))]
        expected = f"{one_of(allowed)}, as {name} declares" if allowed else f"nothing: {name} declares none"
        yield from tell_once(wrong, "characteristic", expected, allowed)
    for key, rows in held.observations.groupby("characteristic", sort=False):
        name = str(key)
        characteristic = held.characteristics.get(name)
        words = [each.id for each in characteristic.categories] if characteristic else []
        if characteristic or name == "":
            wrong = rows[~rows["category"].isin(words or [""])]
            expected = one_of(words) if words else "nothing, as there is no characteristic"
            yield from tell_once(wrong, "category", expected, words)


@check
def find_unfit_periods(held: Held) -> Iterator[Finding]:
    """Periods that are none, that are written in another way, or whose length does not suit the kind."""
    texts = held.observations["period"]
    unread = held.observations[~texts.isin(list(held.periods))]
    yield from tell_once(unread, "period", "a period such as 2019-M03, 2018-19-Q4, 2018-19 or CY2019")
    for text, period in held.periods.items():
        if text != period.code:
            yield from tell_once(held.observations[texts == text], "period", f"{period.code!r}")
    grains = texts.map({text: period.grain for text, period in held.periods.items()})
    for name, rows in _by_indicator(held):
        kind = held.catalogue[name].kind
        allowed = frozenset({Grain.MONTH}) if kind.is_at_a_date else _FLOWS
        wrong = rows[grains[rows.index].notna() & ~grains[rows.index].isin(list(allowed))]
        expected = f"the month it is as at, such as 2019-M03: {name} is a {kind.replace('_', ' ')}"
        yield from tell_once(wrong, "period", expected)


@check
def find_unsourced_figures(held: Held) -> Iterator[Finding]:
    """Days of publication that are no days, or not those of the source."""
    days = held.observations["published_on"]
    wrong = held.observations[~days.map(is_date).astype(bool)]
    yield from tell_once(wrong, "published_on", "a date such as 2019-07-31")
    said = held.observations["source"].map({name: each.published_on for name, each in held.sources.items()})
    for day, rows in held.observations[said.notna() & (said != days)].groupby(said, sort=False):
        yield from tell_once(rows, "published_on", f"{day!r}, as sources.toml says of its source")


@check
def find_duplicates(held: Held) -> Iterator[Finding]:
    """Cells that stand twice with the same day of publication: only one of them can be right."""
    key = [*CELL, "published_on"]
    twice = held.observations[held.observations.duplicated(key, keep=False)]
    for _, rows in twice.groupby(key, sort=False):
        first = rows.iloc[0]
        why = f"{first['file']}, row {first['line']} has the same cell"
        yield from tell(rows.iloc[1:], "indicator", "each cell once in a publication", why=why)


def _by_indicator(held: Held) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each declared indicator."""
    for name, rows in held.observations.groupby("indicator", sort=False):
        if name in held.catalogue:
            yield str(name), rows
