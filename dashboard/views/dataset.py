"""The board dataset: the measures that the board knows by number, twelve months of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.formats import join_words
from dashboard.months import quarter_by, usual_month, window_to
from dashboard.page_parts import PageDeclaration
from dashboard.periods import Period, parse
from dashboard.query import ONLY, Selection
from dashboard.store import Store
from dashboard.views.chosen import is_simulated
from dashboard.views.dataset_figures import find_own
from dashboard.views.dataset_files import list_cells, make_file_panel
from dashboard.views.dataset_rows import Listed, make_listed
from dashboard.views.dataset_shapes import Dataset, Group, Month, Narrowing, Row
from dashboard.views.drawn import rows_of
from dashboard.views.page import Page
from dashboard.views.shapes import Link, Mark, Note

_ALL = "All"
_MEANT = {
    "off-target": "Off target: the latest figure misses its target.",
    "special-cause": "Special cause: the latest figure is unusual for its twelve months.",
    "changed": "Changed since last meeting: a figure of the row, or one that it is set beside, has been "
    "published again with another number since this paper came out.",
}


@dataclass(frozen=True)
class _Printed:
    """The measures of a page in twelve months, under their headings."""

    groups: tuple[tuple[str, tuple[Listed, ...]], ...]

    @property
    def every(self) -> tuple[Listed, ...]:
        """All of them in order."""
        return tuple(each for _, listed in self.groups for each in listed)


def make_dataset(
    store: Store, page: PageDeclaration, selection: Selection, pages: Mapping[str, PageDeclaration]
) -> Dataset:
    """The measures of a page that were asked for, in the twelve months that end with the chosen one."""
    last = parse(selection.period)
    printed = _print(store, page, last)
    years = _find_years(printed.every)
    wanted = {each.number for each in printed.every if _is_wanted(each, selection.only)}
    addresses: dict[str, str] = {}  # the first page of a measure is the one that shows it as fits
    for key, each in pages.items():
        addresses.setdefault(each.measure, key)
    groups = tuple(
        Group(title, rows)
        for title, listed in printed.groups
        if (
            rows := tuple(
                _link(_date(each, years), selection, addresses) for each in listed if each.number in wanted
            )
        )
    )
    count, title = len(printed.every), f"{page.title}, {name_window(last)}"
    cells = list_cells(store, page, groups, last)
    return Dataset(
        caption=f"{title}: {len(wanted)} of {count} measures",
        months=tuple(_head(month, place) for place, month in enumerate(window_to(last))),
        groups=groups,
        narrowings=tuple(_narrow(printed.every, selection)),
        narrowed=_MEANT.get(selection.only, ""),
        years=years,
        empty="" if groups else f"None of the {count} measures, in the twelve months to {last.label}.",
        notes=_say_notes(printed.every),
        file=make_file_panel(store, page, selection, title, cells),
    )


def list_rows(
    store: Store, page: PageDeclaration, selection: Selection, pages: Mapping[str, PageDeclaration]
) -> tuple[tuple[str, ...], ...]:
    """Every figure of the measures shown, as rows of a file, their headings first."""
    dataset = make_dataset(store, page, selection, pages)
    return rows_of(store, list_cells(store, page, dataset.groups, parse(selection.period)))


@lru_cache(maxsize=256)
def _print(store: Store, page: PageDeclaration, last: Period) -> _Printed:
    """Every measure of a page, whichever are shown of them."""
    return _Printed(
        tuple(
            (group.title, tuple(make_listed(store, page, row, last) for row in group.rows))
            for group in page.groups
        )
    )


def name_window(last: Period) -> str:
    """The twelve months in words: "July 2018 to June 2019"."""
    return f"{window_to(last)[0].label} to {last.label}"


def _find_years(every: tuple[Listed, ...]) -> str:
    """The year that all comparators are of; blank if they are of several."""
    years = {each.row.comparison.years for each in every if each.row.comparison}
    return years.pop() if len(years) == 1 else ""


def _date(listed: Listed, years: str) -> Listed:
    """The same row without the year of its comparators, where the heading of the column says it."""
    comparison = listed.row.comparison
    if not years or comparison is None:
        return listed
    return replace(listed, row=replace(listed.row, comparison=replace(comparison, years="")))


def _link(listed: Listed, selection: Selection, addresses: Mapping[str, str]) -> Row:
    """A row that leads to its measure in depth, or where there is no such page to what it means."""
    row, key = listed.row, addresses.get(listed.indicator)
    if key is None:
        return replace(row, href=f"{selection.on('about').address()}#{row.key}")
    quarter = quarter_by(parse(selection.period)).code
    return replace(row, href=selection.on(key).choosing(period=quarter).address())


def _is_wanted(listed: Listed, only: str) -> bool:
    return {
        "off-target": listed.off_target,
        "special-cause": listed.unusual,
        "changed": listed.changed,
    }.get(only, True)


def _narrow(every: tuple[Listed, ...], selection: Selection) -> Iterator[Narrowing]:
    for key, text in {"": _ALL, **ONLY}.items():
        count = sum(_is_wanted(each, key) for each in every)
        href = selection.choosing(only=key).address()
        yield Narrowing(key, text, count, href, key == selection.only)


def _head(month: Period, place: int) -> Month:
    new_year = place in (0, 11) or month.start_month == 1
    return Month(
        f"{month.start:%b}", str(month.start_year), month.label, new_year, month.start_month % 3 == 0
    )


def _say_notes(every: tuple[Listed, ...]) -> tuple[str, ...]:
    notes = [
        "A middle dot (·) stands where no figure is held for the month: not collected, or not available. "
        "Square brackets: provisional, or a comparator of another age than the measure.",
        "“This month” compares the latest figure with the twelve shown. Limits from so few points are trial "
        "limits: prompts, not proof. No limits are drawn for rolling years, small counts or short series.",
    ]
    days = sorted({each.known_on for each in every if each.known_on})
    if days:
        told = join_words([_say_day(day) for day in days])
        notes.append(
            f"Targets and comparators are those known when the figures came out ({told}); where none was, "
            "those that came out since."
        )
    return tuple(notes)


def _say_day(code: str) -> str:
    year, month, day = code.split("-")
    return f"{int(day)} {parse(f'{year}-M{month}').label}"


# --- round the table ------------------------------------------------------------------------------


def dress_page(
    base: Page,
    store: Store,
    page: PageDeclaration,
    selection: Selection,
    pages: Mapping[str, PageDeclaration],
) -> Page:
    """A page with the board dataset on it, and with what it says round it of twelve months."""
    last, county = parse(selection.period), store.areas.county.name
    window = name_window(last)
    notes = _note_simulated(store, page, selection)
    summary, label = f"{county}, {window}", "Twelve months to"
    return replace(
        base,
        window_title=", ".join((page.title, county, window)),
        showing=(f"The {len(page.listed)} measures, ", window, f", {county}{_say_printed(notes)}."),
        filters=replace(base.filters, summary=summary, period_label=label),
        notes=(*base.notes, *notes),
        dataset=make_dataset(store, page, selection, pages),
    )


def _say_printed(notes: tuple[Note, ...]) -> str:
    return "" if notes else ", as printed for the board"


def _note_simulated(store: Store, page: PageDeclaration, selection: Selection) -> tuple[Note, ...]:
    """That measures of the twelve months are made up, and where the last published ones are."""
    last, usual = parse(selection.period), usual_month(store, page)
    latest = [find_own(store, each, last).latest for each in page.listed]
    made_up = sum(each is not None and is_simulated(each) for each in latest)
    if not made_up:
        return ()
    link = None
    if usual is not None and usual != last:
        link = Link(f"Show {name_window(usual)}", selection.choosing(period=usual.code).address())
    how_many = "All" if made_up == len(latest) else f"{made_up} of the {len(latest)}"
    text = (
        f"{how_many} measures are simulated in these twelve months: no figures of them have been published."
    )
    return (Note("Illustrative", text, link, Mark.ILLUSTRATIVE),)
