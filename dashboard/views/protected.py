"""How small numbers of children are protected, in plain words and with the release's own numbers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dashboard.areas import AreaKind
from dashboard.audiences import INTERNAL
from dashboard.cubes import Tally
from dashboard.formats import NONE, format_number, in_words, join_words
from dashboard.indicators import Indicator
from dashboard.periods import Grain
from dashboard.protection import Protection, TableDesign
from dashboard.store import Store
from dashboard.views.series import is_counted_by_district
from dashboard.views.shapes import Section, Table
from dashboard.vocabulary import Basis
from dashboard.words import capital, lower_first

_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
_COLUMNS = ("Measure", "How districts are shown", "By month", "By quarter", "By year")


def say_small(protection: Protection) -> str:
    """The counts that are small: "1 to 9"."""
    return f"1 to {protection.threshold - 1}"


def say_protection(store: Store) -> str:
    """The line at the foot of every page that says what is hidden."""
    if store.release.audience == INTERNAL:
        return "Nothing is hidden in this release. It holds small numbers of children: do not pass it on."
    return (
        f"Counts of {say_small(store.protection)} children{_say_below(store)} are hidden and shown as [c], "
        "with anything that would reveal them."
    )


def _say_below(store: Store) -> str:
    return "" if AreaKind.COUNTY in store.protection.levels else " below county level"


def explain_protection(store: Store) -> tuple[Section, ...]:
    """What is hidden, why, what is told less exactly, and what all this does not protect against."""
    if store.release.audience == INTERNAL:
        return (Section("Nothing is hidden here", (say_protection(store),)),)
    rules = store.protection
    return (
        Section("How children are protected", tuple(_say_hidden(store))),
        Section("How districts are shown", tuple(_say_design(rules))),
        Section("What “about”, “above” and “below” mean", tuple(_say_rough(rules))),
        *([Section("Small numbers that are shown", tuple(_say_exempt(store)))] if rules.exempt else []),
        Section("What this does not protect against", tuple(_say_limits(store))),
    )


def _say_hidden(store: Store) -> Iterator[str]:
    rules = store.protection
    yield (
        f"A count of {say_small(rules)} children{_say_below(store)} is not shown, nor a percentage or rate "
        "that would tell one: [c] stands in its place. Where a small number could be had from others by "
        "adding or subtracting, some of those are hidden too. Both look alike, so that nothing can be told "
        "from which is which."
    )
    yield (
        "Before a release is published it is put to the test: what could somebody work out who has every "
        "page, knows how the figures add up, and knows these rules? A small number must leave them at least "
        f"{rules.candidates} possible answers. Nothing is hidden by the pages themselves: they are made from "
        "the release, and never hold a number that is not shown."
    )
    yield _say_zeros(store)
    hidden, rough, held = _sum_up(_tally(store).values())
    if held:
        told = f" {format_number(rough)} are told less exactly." if rough else ""
        yield (
            f"In this release {format_number(hidden)} of the council’s own {format_number(held)} figures for "
            f"these areas are hidden.{told} They are counted below, measure by measure."
        )


def _say_zeros(store: Store) -> str:
    said = "A nought is shown as 0, which says that there was no child at all."
    titles = [_title_of(store, each) for each in store.protection.sensitive]
    if not titles:
        return said
    return (
        f"{said} But a nought can also say something of every child in a group. So it is hidden like a small "
        f"number in {join_words([lower_first(each) for each in titles])}, and so is a category that holds "
        "every child of an area."
    )


def _title_of(store: Store, name: str) -> str:
    """What a characteristic or an indicator is called."""
    if name in store.characteristics:
        return store.characteristics[name].title
    return store.indicators[name].title if name in store.indicators else name.replace("_", " ")


def _say_design(rules: Protection) -> Iterator[str]:
    yield (
        "A table full of [c] tells nobody anything. So each table of the districts is shown in as much "
        f"detail as leaves at most {rules.most_hidden:.0%} of it hidden: with some categories put together "
        "if that will do, else by quarter in place of month, else by year. Where even that is not enough, "
        "no district is shown: the page gives the county’s figures instead and says so."
    )
    yield (
        f"Where the county’s own number is below {rules.whole_line_below}, no district’s is shown: there "
        "would be too few children for any of them to stay unknown."
    )
    withheld = sum(each.grain is None for each in rules.tables.values())
    if withheld:
        tables = f"{format_number(len(rules.tables))} tables"
        yield f"In this release {format_number(withheld)} of {tables} are not shown by district at all."


def _say_rough(rules: Protection) -> Iterator[str]:
    limits = [f"“above {code}%”" for code in rules.top_codes]
    below = [f"“below {100 - code}%”" for code in rules.top_codes]
    more = f" {capital(join_words([*limits, *below]))} say no more than that." if limits else ""
    yield (
        "An exact percentage of a small group can tell how many children it is of: 94% of 52 can only be 49 "
        "of them. Such a percentage is told less exactly. “About 95%” is to the nearest "
        f"{rules.nearest}.{more} “Of 40 to 59” says between which numbers the size of the group lies."
    )
    yield (
        "On charts these are hollow. No change, comparison, rank or target is worked out from them, because "
        "the answer would seem more exact than it is, or would tell what is not told."
    )


def _say_exempt(store: Store) -> Iterator[str]:
    count = len({each.indicator for each in store.protection.exempt})
    measures = "one measure" if count == 1 else f"{in_words(count)} measures"
    yield (
        f"The small numbers of {measures} are shown as they are, each for a reason that is listed below. "
        "To hide them from the next release on, its line is taken out of the rules."
    )


def _say_limits(store: Store) -> Iterator[str]:
    yield (
        "It does not protect against what somebody knows already. Who knows a family may still recognise it "
        "in a number that is shown."
    )
    yield (
        "It does not cover what others publish: the Department for Education’s returns for the county are "
        "shown as it published them, and newspapers, court reports and answers to requests for information "
        "are not known here. If you believe that a figure points to a child, tell the council’s information "
        "governance team, and do not share it."
    )


@lru_cache(maxsize=8)
def list_exempt(store: Store) -> Table | None:
    """The small numbers that are shown all the same, and why; None where there are none."""
    if store.release.audience == INTERNAL or not store.protection.exempt:
        return None
    rows = tuple(
        (_title_of(store, each.indicator), each.level.replace("_", " ").capitalize(), each.reason)
        for each in store.protection.exempt
    )
    return Table("Small numbers that are shown", ("Measure", "Where", "Why"), rows)


# --- measure by measure -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def list_hidden(store: Store) -> Table | None:
    """How each measure's districts are shown, and how many of its figures are hidden; None inside."""
    tallies = _tally(store)
    if store.release.audience == INTERNAL or not tallies:
        return None
    rows = tuple(
        (
            indicator.title,
            _describe(store, indicator),
            *(_count(tallies.get((key, each))) for each in _GRAINS),
        )
        for key, indicator in store.indicators.items()
        if any((key, grain) in tallies for grain in _GRAINS)
    )
    return Table("Hidden figures of all figures held, by how long a time they are of", _COLUMNS, rows)


def _tally(store: Store) -> dict[tuple[str, Grain], Tally]:
    areas = frozenset(area.slug for area in store.areas if area.kind in store.protection.levels)
    counted = store.tally(areas, Basis.LOCAL)
    return {key: each for key, each in counted.items() if each.held}


def _sum_up(tallies: Iterable[Tally]) -> tuple[int, int, int]:
    every = tuple(tallies)
    hidden, rough, held = (sum(getattr(each, name) for each in every) for name in ("hidden", "rough", "held"))
    return hidden, rough, held


def _count(tally: Tally | None) -> str:
    """ "12 of 340", "12 of 340, and 30 not exact"; a dash where none is held."""
    if tally is None:
        return NONE
    said = f"{format_number(tally.hidden)} of {format_number(tally.held)}"
    return f"{said}, and {format_number(tally.rough)} not exact" if tally.rough else said


def _describe(store: Store, indicator: Indicator) -> str:
    """How the districts are shown: "By quarter. By age group: by year, some together."."""
    if not is_counted_by_district(indicator):
        return "Counted for the county only"
    tables = [each for each in store.protection.tables.values() if each.indicator == indicator.id]
    if not tables:
        return "As they are held"
    kinds = dict.fromkeys(
        each.characteristic for each in sorted(tables, key=lambda each: each.characteristic)
    )
    return " ".join(
        _describe_tables(store, [each for each in tables if each.characteristic == kind]) for kind in kinds
    )


def _describe_tables(store: Store, tables: Sequence[TableDesign]) -> str:
    ways: dict[str, list[str]] = {}
    for each in tables:
        ways.setdefault(_way_of(each), []).append(str(each.statistic))
    said = "; ".join(
        f"{lower_first(way)} ({join_words(list(dict.fromkeys(statistics)))})" if len(ways) > 1 else way
        for way, statistics in ways.items()
    )
    characteristic = tables[0].characteristic
    if not characteristic:
        return f"{capital(said)}."
    return f"{_title_of(store, characteristic)}: {lower_first(said)}."


def _way_of(table: TableDesign) -> str:
    if table.grain is None:
        return "not shown"
    return f"by {table.grain}{', some together' if table.level else ''}"
