"""What a reader has chosen, read from an address or a control: anything at all is survived.

An unknown value falls back to the nearest sensible one, and a note says so; nothing is an error.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from dashboard.months import offered_months, usual_month
from dashboard.page_parts import HOME, PageDeclaration, address_of
from dashboard.periods import Grain, Period, PeriodError, parse
from dashboard.store import Store
from dashboard.views.shapes import Link, Note
from dashboard.vocabulary import Basis

TARGET = "target"
NO_COMPARATOR = "none"
SPANS = {"1y": "1 year", "3y": "3 years", "5y": "5 years", "all": "All years"}
VIEWS = {"charts": "Charts", "tables": "Tables"}
ONLY = {"off-target": "Off target", "special-cause": "Special cause", "changed": "Changed since last meeting"}
KNOWN = {"now": "what is known now", "then": "what was known at the time"}
NOW, THEN = KNOWN
DEFAULT_SPAN, DEFAULT_VIEW = "3y", "charts"
_DEFAULT_COMPARE = ("england", "statistical-neighbours", TARGET)

_READ = 200  # characters of a value that are looked at: no name is longer
_QUOTED = 40  # and that are repeated to the reader
_YEARS = range(1980, 2101)


@dataclass(frozen=True)
class Selection:
    """What is shown: a page, an area, a period as at which it is shown, and how."""

    page: str
    area: str
    period: str
    compare: tuple[str, ...]
    span: str = DEFAULT_SPAN
    view: str = DEFAULT_VIEW
    narrow: bool = False  # of a small screen; never part of the address
    only: str = ""  # which measures of a page that lists them: a key of ONLY, or all
    since: str = ""  # the period that changes are counted from: blank for the usual one
    known: str = NOW  # as at when figures of a measure stand: a key of KNOWN

    def address(self) -> str:
        """Where it can be seen again, on any screen: always the same text for the same choice."""
        compare = ",".join(self.compare) or NO_COMPARATOR
        chosen = {"area": self.area, "period": self.period, "compare": compare}
        chosen |= {"range": self.span, "view": self.view} | ({"only": self.only} if self.only else {})
        chosen |= {"from": self.since} if self.since else {}
        chosen |= {"known": self.known} if self.known != NOW else {}
        query = "&".join(f"{key}={quote(value, safe=',')}" for key, value in chosen.items())
        return f"{address_of(self.page)}?{query}"

    @property
    def place(self) -> str:
        """The page, with what none of its controls chooses: as an open page names itself with each choice."""
        known = self.known if self.known != NOW else ""
        chosen = {"from": self.since, "known": known, "only": self.only}
        named = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
        return f"{self.page}?{named}" if named else self.page

    def on(self, page: str) -> "Selection":
        """The same choice on another page."""
        return replace(self, page=page, only="", known=NOW)

    def choosing(self, **chosen: object) -> "Selection":
        """The same with something else chosen."""
        return replace(self, **chosen)  # type: ignore[arg-type]


class _Read(NamedTuple):
    """A choice as understood, and what to tell the reader about it."""

    value: str
    note: str = ""
    suggestion: tuple[str, str] | None = None  # a value and its name


def read_selection(
    store: Store, pages: Mapping[str, PageDeclaration], page: object, given: Mapping[str, object]
) -> tuple[Selection, tuple[Note, ...]]:
    """The selection that an address or a set of controls asks for, and a note for each thing not understood.

    `given` has the keys area, period (or to), from, known, compare, range, view, narrow and only; its values
    may be anything. A page may be named with what none of its controls chooses: "changes?from=2020-21-Q4".
    """
    values = {**_read_place(page), **(given if isinstance(given, Mapping) else {})}
    key, page_note = _read_page(pages, page)
    area = _read_area(store, values.get("area") or pages[key].area)
    key = _find_own(pages, key, area.value)
    declared = pages[key]
    asked = values.get("to") if _is_blank(values.get("period")) else values.get("period")
    period = _read_period(store, declared, asked)
    since = _read_since(store, declared, values.get("from"), period.value)
    compare, compare_note = _read_compare(store, values.get("compare"))
    span = _read_word(SPANS, values.get("range"), DEFAULT_SPAN, "a span of history")
    view = _read_word(VIEWS, values.get("view"), DEFAULT_VIEW, "a view")
    only = _read_word(ONLY, values.get("only") if declared.groups else "", "", "a filter")
    known = _read_word(KNOWN, values.get("known") if declared.measure else "", NOW, "a state of knowledge")
    selection = Selection(
        page=key,
        area=area.value,
        period=period.value,
        compare=compare,
        span=span.value,
        view=view.value,
        since=since.value,
        known=known.value,
        narrow=_as_text(values.get("narrow")).lower() in {"1", "true", "yes"},
        only=only.value,
    )
    fields = {"area": area, "period": period, "since": since, "span": span, "view": view, "only": only}
    fields["known"] = known
    notes = [_make_note(selection, field, read) for field, read in fields.items() if read.note]
    plain = [Note("Changed", text) for text in (page_note, compare_note) if text]
    return selection, (*plain, *notes)


def default_selection(store: Store, page: PageDeclaration) -> Selection:
    """What a page shows before anything is chosen."""
    return read_selection(store, {page.key: page, HOME: page}, page.key, {})[0]


@lru_cache(maxsize=64)
def default_period(store: Store) -> Period | None:
    """The latest quarter with figures of the council's own; else the latest period of any; else None."""
    every = store.periods(tuple(store.indicators))
    for held in (store.periods(tuple(store.indicators), basis=Basis.LOCAL), every):
        quarters = [period for period in held if period.grain is Grain.QUARTER]
        if quarters:
            return quarters[-1]
    return every[-1] if every else None


@lru_cache(maxsize=256)
def offered_periods(store: Store, page: PageDeclaration) -> tuple[Period, ...]:
    """The quarters and years that a page can be shown as at, the latest first, a year before its quarters.

    Those of the whole release for a page that holds no figures: it says of each measure what is missing.
    Of a page that lists the board's own measures, the months at which the twelve that it shows can end.
    """
    if page.groups:
        return offered_months(store, page)
    held = store.periods(page.indicators) or store.periods(tuple(store.indicators))
    return tuple(sorted(held, key=lambda period: (-period.end_index, -period.months)))


@lru_cache(maxsize=256)
def offered_comparators(store: Store) -> tuple[str, ...]:
    """Whom a reader can choose to compare with, in the order in which they stand in an address."""
    slugs = [area.slug for area in store.areas.comparators]
    first = [slug for slug in _DEFAULT_COMPARE if slug in slugs]
    return (*first, *(slug for slug in slugs if slug not in first), TARGET)


def default_compare(store: Store) -> tuple[str, ...]:
    """Who is compared with before anything is chosen."""
    return tuple(slug for slug in offered_comparators(store) if slug in _DEFAULT_COMPARE)


def _read_page(pages: Mapping[str, PageDeclaration], given: object) -> tuple[str, str]:
    text = _as_text(given).partition("?")[0]
    key = text.strip("/") or HOME
    if key in pages:
        return key, ""
    found = next((page.key for page in pages.values() if page.address == f"/{key}"), "")
    if found or HOME not in pages:
        return found or next(iter(pages)), ""
    return HOME, f"{_quote(text)} is not a page. Showing {pages[HOME].title}."


def _find_own(pages: Mapping[str, PageDeclaration], key: str, area: str) -> str:
    """Of pages of which there is one for each district, that of the area; the common one for the county."""
    common = pages[key].each
    own = f"{common}/{area}"
    return own if common and own in pages else common or key


def _read_place(given: object) -> dict[str, str]:
    """What a page is named with: see `Selection.place`."""
    named = dict(parse_qsl(_as_text(given).partition("?")[2]))
    return {name: named[name] for name in ("from", "known", "only") if name in named}


def _read_area(store: Store, given: object) -> _Read:
    county, choosable = store.areas.county, store.areas.choosable
    if _is_blank(given):
        return _Read(county.slug)
    text = _as_text(given)
    names = {_plain(name): area for area in choosable for name in (area.slug, area.name, area.gss_code)}
    if found := names.get(_plain(text)):
        return _Read(found.slug)
    showing = f"Showing {county.name}."
    if not text:
        return _Read(county.slug, f"The area in the address cannot be read. {showing}")
    near = _nearest(text, names)
    suggestion = (names[near].slug, names[near].name) if near else None
    known = {_plain(name): area.name for area in store.areas for name in (area.slug, area.name)}
    if name := known.get(_plain(text)):
        return _Read(county.slug, f"{name} is there to compare with, and has no page. {showing}")
    return _Read(county.slug, f"{_quote(text)} in the address is not an area. {showing}", suggestion)


def _read_period(store: Store, page: PageDeclaration, given: object) -> _Read:
    offered = offered_periods(store, page)
    usual = usual_month(store, page) if page.groups else default_period(store)
    fallback = _closest(offered, usual) if usual else None
    if fallback is None:
        return _Read("")
    if _is_blank(given):
        return _Read(fallback.code)
    text = _as_text(given)
    wanted = _parse_period(text)
    if wanted is None:
        return _Read(
            fallback.code, f"{_quote(text)} in the address is not a period. Showing {fallback.label}."
        )
    wanted = wanted.month if page.groups else wanted
    if wanted in offered:
        return _Read(wanted.code)
    found = _closest(offered, wanted) or fallback
    if page.groups or wanted.grain in (Grain.QUARTER, Grain.YEAR):
        why = f"This page holds no figures for {wanted.label}."
        return _Read(found.code, f"{why} Showing {found.label}, the nearest it holds.")
    return _Read(found.code, f"A page is shown as at a quarter or a year: for {wanted.label}, {found.label}.")


def _read_since(store: Store, page: PageDeclaration, given: object, period: str) -> _Read:
    """The earlier of two ends; blank for the quarter before the later. Only what lists changes says why."""
    if _is_blank(given) or not period:
        return _Read("")
    text, later = _as_text(given), parse(period)
    wanted, first = _parse_period(text), offered_periods(store, page)[-1]
    if wanted is not None and first.end_index <= wanted.end_index < later.end_index:
        return _Read(wanted.code)
    said = f"{_quote(text)} in the address is not a period before {later.label} with figures."
    if page.measure:
        return _Read("", f"{said} Showing the change over the history that is shown.")
    return _Read("", "" if page.indicators else f"{said} Showing what changed since the quarter before.")


def _parse_period(text: str) -> Period | None:
    try:
        period = parse(text)
    except PeriodError:
        return None
    return period if period.start_year in _YEARS else None


def _closest(offered: Iterable[Period], wanted: Period) -> Period | None:
    """The period itself, or the latest ending no later (of its own length if there is one), or the first."""
    periods = tuple(offered)
    if wanted in periods or not periods:
        return wanted if periods else None
    earlier = [period for period in periods if period.end_index <= wanted.end_index]
    if not earlier:
        return min(periods, key=lambda period: (period.end_index, period.months))
    alike = [period for period in earlier if period.grain is wanted.grain]
    return max(alike or earlier, key=lambda period: (period.end_index, -period.months))


def _read_compare(store: Store, given: object) -> tuple[tuple[str, ...], str]:
    offered = offered_comparators(store)
    if given is None:
        return default_compare(store), ""
    if isinstance(given, list | tuple | set | frozenset):
        texts = [_as_text(each) for each in list(given)[:50]]
    else:
        texts = _as_text(given).split(",")
    names = {_plain(slug): slug for slug in offered}
    names |= {_plain(area.name): area.slug for area in store.areas.comparators}
    asked = [text.strip() for text in texts if text.strip()]
    chosen = {names[_plain(text)] for text in asked if _plain(text) in names}
    unknown = [text for text in asked if _plain(text) not in {*names, NO_COMPARATOR}]
    if not isinstance(given, str | list | tuple | set | frozenset):
        return default_compare(
            store
        ), "The comparators in the address cannot be read: showing the usual ones."
    if not unknown:
        return tuple(slug for slug in offered if slug in chosen), ""
    kept = tuple(slug for slug in offered if slug in chosen) or default_compare(store)
    said = f"{_quote(unknown[0])} in the address is not something to compare with"
    near = _nearest(unknown[0], names)
    meant = f" Did you mean {_name_of(store, names[near])}?" if near else ""
    return kept, f"{said}: left out.{meant}"


def _name_of(store: Store, slug: str) -> str:
    area = store.areas.get(slug)
    return area.name if area else slug


def _read_word(words: Mapping[str, str], given: object, usual: str, what: str) -> _Read:
    if _is_blank(given):
        return _Read(usual)
    text = _as_text(given)
    if text.lower() in words:
        return _Read(text.lower())
    near = _nearest(text, words)
    suggestion = (near, words[near]) if near else None
    return _Read(
        usual, f"{_quote(text)} in the address is not {what}. Showing {words.get(usual, 'all')}.", suggestion
    )


def _make_note(selection: Selection, field: str, read: _Read) -> Note:
    if read.suggestion is None:
        return Note("Changed", read.note)
    value, name = read.suggestion
    meant = selection.choosing(**{field: value})
    return Note("Changed", read.note, Link(f"Did you mean {name}?", meant.address()))


def _is_blank(given: object) -> bool:
    return given is None or (isinstance(given, str) and not given[:_READ].strip())


def _as_text(given: object) -> str:
    """What was given, as a short printable text; blank if it is no kind of text or number."""
    if isinstance(given, bool | int | float):
        try:
            given = str(given)
        except ValueError:  # an integer of thousands of digits
            return ""
    if not isinstance(given, str):
        return ""
    short = given[:_READ].encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in short).strip()


def _quote(text: str) -> str:
    """A value as it is repeated to the reader: “reditch”, cut short if it is long."""
    if not text:
        return "What is given"
    return f"“{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}”"


def _plain(text: str) -> str:
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _nearest(text: str, allowed: Iterable[str]) -> str:
    """The allowed word most like a text; blank if none is at all alike."""
    found = difflib.get_close_matches(_plain(text), list(allowed), n=1, cutoff=0.6)
    return found[0] if found else ""
