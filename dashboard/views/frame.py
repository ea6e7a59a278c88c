"""What stands round every page: tabs, filters, the line that says what is shown, and the foot."""

from collections.abc import Mapping
from functools import lru_cache

from dashboard.formats import join_words
from dashboard.months import quarter_by
from dashboard.page_parts import HOME, PageDeclaration
from dashboard.periods import Grain, Period, parse
from dashboard.query import (
    SPANS,
    TARGET,
    VIEWS,
    Selection,
    offered_periods,
)
from dashboard.store import Store
from dashboard.views.about import LICENCE
from dashboard.views.protected import say_protection
from dashboard.views.scene import Scene, in_order, role_of, short_name
from dashboard.views.shapes import Choice, Filters, Role, Tab


def make_tabs(selection: Selection, pages: Mapping[str, PageDeclaration]) -> tuple[Tab, ...]:
    """A link to each page that keeps what was chosen."""
    current = pages[selection.page].under or selection.page
    return tuple(
        Tab(page.title, _carry(selection, pages, key).address(), key == current)
        for key, page in pages.items()
        if not page.under
    )


def _carry(selection: Selection, pages: Mapping[str, PageDeclaration], key: str) -> Selection:
    """What was chosen, on another page: from one of months to one of quarters, the last that had ended."""
    chosen = selection.on(key)
    if not pages[selection.page].groups or pages[key].groups or not selection.period:
        return chosen
    return chosen.choosing(period=quarter_by(parse(selection.period)).code)


def make_filters(store: Store, page: PageDeclaration, selection: Selection) -> Filters:
    """What may be chosen for a page, and what is."""
    areas = tuple(Choice(area.slug, area.name, area.slug == selection.area) for area in store.areas.choosable)
    periods = tuple(
        Choice(period.code, _name_period(period), period.code == selection.period)
        for period in offered_periods(store, page)
    )
    spans = tuple(Choice(value, text, value == selection.span) for value, text in SPANS.items())
    views = tuple(Choice(value, text, value == selection.view) for value, text in VIEWS.items())
    area = store.areas[selection.area]
    period_name = parse(selection.period).label if selection.period else ""
    return Filters(
        areas=areas,
        periods=periods,
        spans=spans,
        comparators=_comparators(store, selection),
        views=views,
        summary=f"{area.name}, {period_name}".removesuffix(", "),
    )


def _name_period(period: Period) -> str:
    return f"{period.label}, whole year" if period.grain is Grain.YEAR else period.label


def _comparators(store: Store, selection: Selection) -> tuple[Choice, ...]:
    """Every comparator of the release, on every page: a choice is kept from one tab to the next."""
    held = held_comparators(store)
    choices = []
    for slug in (*in_order(store, held), *({TARGET} & held)):
        role = Role.TARGET if slug == TARGET else role_of(store.areas[slug])
        text = "Target" if slug == TARGET else short_name(store.areas[slug])
        choices.append(Choice(slug, text, slug in selection.compare, role))
    return tuple(choices)


@lru_cache(maxsize=8)
def held_comparators(store: Store) -> frozenset[str]:
    """The comparators for which a release holds any figure."""
    indicators = tuple(store.indicators)
    areas = {area.slug: area.shown_as or area.slug for area in store.areas if area.is_comparator}
    held = {shown for slug, shown in areas.items() if store.periods(indicators, areas=(slug,))}
    if store.targets:
        held.add(TARGET)
    return frozenset(held)


def say_showing(scene: Scene, page: PageDeclaration) -> tuple[str, str, str]:
    """What is shown, in words: before, the area and period, after."""
    period = scene.period
    joint = "for" if period.grain is Grain.YEAR else "at"
    bold = f"{scene.area.name} {joint} {period.label}"
    day = f" ({period.end_label})" if period.grain is Grain.QUARTER else ""
    if page.key == HOME:
        count = len(page.headlines)
        return (
            "Showing ",
            bold,
            f"{day}: {count} measures that give the broad picture, each beside statistical neighbours and "
            "England.",
        )
    return ("Showing ", bold, f"{day}{_say_with(scene)}.")


def _say_with(scene: Scene) -> str:
    areas = [scene.store.areas[slug] for slug in scene.comparators]
    names = ["statistical neighbours" if role_of(area) is Role.NEIGHBOURS else area.name for area in areas]
    names += ["targets"] if scene.shows_target else []
    if not names:
        return ""
    return f", with {join_words(names)}"


def make_footer(store: Store) -> tuple[str, ...]:
    """The licence, how figures are protected, and what is simulated."""
    known = [source.short for source in store.sources.values() if source.known_on]
    lines = [LICENCE + (f" {known[0]}." if known else "")]
    lines.append(say_protection(store))
    if store.release.illustrative:
        lines.append(
            "Figures marked Illustrative are simulated: they are not counts of real children or staff."
        )
    return tuple(lines)
