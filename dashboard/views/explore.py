"""A page for every measure: what is on it follows from what the catalogue says of the measure."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dashboard.indicators import Indicator
from dashboard.page_parts import (
    EXPLORE,
    Line,
    Measure,
    PageDeclaration,
    PanelDeclaration,
    PanelKind,
    Wording,
    key_of,
)
from dashboard.periods import Grain
from dashboard.store import Store
from dashboard.views.moves import SPLIT
from dashboard.views.series import is_counted_by_district, read_line
from dashboard.vocabulary import Basis, Frequency, Kind, Statistic

__all__ = ["EXPLORE", "GRAINS", "MOVED", "OVER_TIME", "key_of", "make_explore_pages"]

#: The panel that the page of a measure begins with.
OVER_TIME = "over-time"
#: The panel that says what its change is made of.
MOVED = "moved"
#: Ways of looking at a measure, as they are called in an address; the first is what fits it best.
GRAINS: Mapping[str, Grain | None] = {
    "": None,
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "year": Grain.YEAR,
}
_YEARS = (Line(Basis.OFFICIAL, Grain.YEAR), Line(Basis.LOCAL, Grain.YEAR))
_LINES: Mapping[Grain | None, tuple[Line, ...]] = {
    None: (Line(Basis.LOCAL, Grain.MONTH), Line(Basis.LOCAL, Grain.QUARTER), *_YEARS),
    Grain.MONTH: (Line(Basis.LOCAL, Grain.MONTH),),
    Grain.QUARTER: (Line(Basis.LOCAL, Grain.QUARTER),),
    Grain.YEAR: _YEARS,
}
_SHARES = (Statistic.PERCENTAGE, Statistic.RATE)


@lru_cache(maxsize=8)
def make_explore_pages(store: Store) -> Mapping[str, PageDeclaration]:
    """The pages of all measures of a release, by key: one as fits, and one for each length of period."""
    pages = [_make_page(store, each, name) for each in store.indicators.values() for name in GRAINS]
    return {page.key: page for page in pages}


def _make_page(store: Store, indicator: Indicator, grain: str) -> PageDeclaration:
    return PageDeclaration(
        key=key_of(indicator.id, grain),
        title=indicator.title,
        order=0,
        about=indicator.definition,
        panels=tuple(_list_panels(store, indicator, GRAINS[grain])),
        under=EXPLORE,
        measure=indicator.id,
    )


def _list_panels(store: Store, indicator: Indicator, grain: Grain | None) -> Iterator[PanelDeclaration]:
    lines = _YEARS if indicator.frequency is Frequency.YEAR and grain is None else _LINES[grain]
    main = Measure(indicator.id, indicator.main, lines)
    yield _make_panel(OVER_TIME, PanelKind.PROCESS, main)
    for statistic in indicator.statistics:
        yearly = Measure(indicator.id, statistic, _YEARS)
        if any(read_line(store, yearly, store.areas.county.slug, line) for line in _YEARS):
            yield _make_panel(f"by-year-{statistic}", PanelKind.TREND, yearly)
        elif statistic is not indicator.main:
            yield _make_panel(f"also-{statistic}", PanelKind.TREND, Measure(indicator.id, statistic, lines))
    parted = [each for each in indicator.statistics if each in SPLIT]
    if parted and indicator.kind is not Kind.SURVEY:
        yield _make_panel(MOVED, PanelKind.MOVEMENT, Measure(indicator.id, parted[0], lines))
    if is_counted_by_district(indicator):
        yield _make_panel("districts", PanelKind.AREAS, main)
        for statistic in _SHARES:
            if statistic in indicator.statistics:
                yield _make_panel("chance", PanelKind.FUNNEL, Measure(indicator.id, statistic, lines))
                break
    for characteristic in indicator.characteristics:
        measure = Measure(indicator.id, indicator.main, (*lines, *_YEARS), characteristic)
        yield _make_panel(f"by-{characteristic.replace('_', '-')}", PanelKind.CATEGORIES, measure)


def _make_panel(key: str, kind: PanelKind, measure: Measure) -> PanelDeclaration:
    return PanelDeclaration(key=key, kind=kind, measure=measure, words=Wording())
