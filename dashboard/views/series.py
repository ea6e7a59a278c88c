"""Which figures are shown for a measure: whose count, how long its periods, how far back.

The lines a page declares are tried in order: the first with at least two real figures in the window wins,
otherwise the first with any figure. Nothing later than the chosen period is ever looked at.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from dashboard.areas import Area
from dashboard.indicators import Indicator
from dashboard.page_parts import Line, Measure
from dashboard.periods import Grain, Period
from dashboard.store import Observation, Store
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.scene import Scene
from dashboard.vocabulary import Basis, DistrictMode, Frequency, Symbol

_COARSER = {Grain.MONTH: Grain.QUARTER, Grain.QUARTER: Grain.YEAR}
_MOST_DECIMALS = 1


def choose(scene: Scene, measure: Measure, area: Area | None = None) -> Chosen | None:
    """The figures shown for a measure; None if none of its lines holds any in the window."""
    return _choose(scene.store, measure, (area or scene.area).slug, scene.end, scene.months, scene.by_year)


def choose_latest(scene: Scene, measure: Measure, area: Area | None = None) -> Chosen | None:
    """The figures shown for one number: of the first line whose latest is real and of the last year.

    Where no line's is, those that `choose` takes.
    """
    where = (area or scene.area).slug
    for line in measure.lines:
        found = choose(scene, replace(measure, lines=(line,)), scene.store.areas[where])
        if found is not None and _is_real_and_recent(found.latest, scene.end):
            return found
    return choose(scene, measure, area)


def _is_real_and_recent(observation: Observation, end: int) -> bool:
    known = observation.value is not None and not is_simulated(observation)
    return known and end - observation.period.end_index < 12


@lru_cache(maxsize=20_000)
def _choose(
    store: Store, measure: Measure, area: str, end: int, months: int | None, by_year: bool
) -> Chosen | None:
    found: Chosen | None = None
    for line in measure.lines:
        candidate = _follow(store, measure, area, _fit(store, measure, line, area, by_year), end, months)
        if candidate is None:
            continue
        if sum(not is_simulated(each) for each in candidate.visible) >= 2:
            return candidate
        found = found or candidate
    return found


def _fit(store: Store, measure: Measure, line: Line, area: str, by_year: bool) -> Line:
    """The council's own figures by quarter for a district, whose months are small; in years for a year."""
    if line.basis is not Basis.LOCAL:
        return line
    at_a_date = store.indicators[measure.indicator].kind.is_at_a_date
    grain = line.grain
    if grain is Grain.MONTH and area != store.areas.county.slug:
        longer = (replace(line, grain=each) for each in (Grain.QUARTER, Grain.YEAR))
        if at_a_date or any(read_line(store, measure, area, each) for each in longer):
            grain = Grain.QUARTER  # a count of each child once has no quarters
    return Line(line.basis, Grain.YEAR if by_year and grain is Grain.QUARTER and not at_a_date else grain)


def _follow(
    store: Store, measure: Measure, area: str, line: Line, end: int, months: int | None
) -> Chosen | None:
    """The figures of one line, in longer periods where the shorter ones are not released or mostly hidden."""
    if store.indicators[measure.indicator].kind.is_at_a_date:
        apart = _find_grain(store, measure, area, line)
        return _take(
            store, measure, area, replace(line, grain=apart), end, months, _since(store, area, line, apart)
        )
    first = candidate = _take(store, measure, area, line, end, months)
    coarser, may_be_withheld = line, _may_be_withheld(store, measure, area, line)
    while coarser.grain in _COARSER and (_is_mostly_hidden(candidate) if candidate else may_be_withheld):
        coarser = replace(coarser, grain=_COARSER[coarser.grain])
        found = _take(store, measure, area, coarser, end, months, _since(store, area, line, coarser.grain))
        if first is not None and (found is None or len(found.visible) == 0):
            return first
        candidate = found
    return candidate


def _may_be_withheld(store: Store, measure: Measure, area: str, line: Line) -> bool:
    """Whether what is not held may be so because it is released in longer periods only."""
    own = line.basis is Basis.LOCAL
    return own and (area != store.areas.county.slug or bool(measure.characteristic))


def _since(store: Store, area: str, line: Line, shown: Grain) -> Grain | None:
    """The periods that a district's figures are not shown in, where longer ones are."""
    return line.grain if shown is not line.grain and area != store.areas.county.slug else None


def _find_grain(store: Store, measure: Measure, area: str, line: Line) -> Grain:
    """How far apart the figures of a number at a date are released: no closer than the line asks for."""
    if not _may_be_withheld(store, measure, area, line):
        return line.grain
    months = {each.period.start_month for each in read_line(store, measure, area, line)}
    if months == {3}:
        return Grain.YEAR
    return Grain.QUARTER if line.grain is Grain.MONTH and months and months <= {3, 6, 9, 12} else line.grain


def _is_mostly_hidden(chosen: Chosen) -> bool:
    hidden = sum(each.symbol is Symbol.CONFIDENTIAL for each in chosen.observations)
    return hidden * 2 > len(chosen.observations)


def _take(
    store: Store,
    measure: Measure,
    area: str,
    line: Line,
    end: int,
    months: int | None,
    coarsened: Grain | None = None,
) -> Chosen | None:
    """The figures of one line in the window; None if there are none."""
    indicator = store.indicators[measure.indicator]
    held = read_line(store, measure, area, line)
    held = tuple(each for each in held if each.period.end_index <= end)
    if not held:
        return None
    first = window_start(held[-1].period, end, months)
    inside = tuple(each for each in held if each.period.end_index >= first)
    if not inside:
        return None
    declared = indicator.statistics[measure.statistic].decimals
    decimals = max((each.decimals for each in inside if each.value is not None), default=declared)
    return Chosen(
        measure=measure,
        indicator=indicator,
        area=store.areas[area],
        line=line,
        observations=inside,
        before=held[: len(held) - len(inside)],
        decimals=min(decimals, _MOST_DECIMALS),
        coarsened_from=coarsened,
    )


def window_start(latest: Period, end: int, months: int | None) -> int:
    """The month of the first period end that is shown: a span before the end, both ends included.

    A figure up to a year old (a yearly one, say) keeps its whole span before it.
    """
    if months is None:
        return 0
    return (latest.end_index if end - latest.end_index < 12 else end) - months


@lru_cache(maxsize=20_000)
def read_line(store: Store, measure: Measure, area: str, line: Line) -> tuple[Observation, ...]:
    """Every figure held of a line, first to last."""
    indicator = store.indicators[measure.indicator]
    at_a_date = indicator.kind.is_at_a_date
    series = store.series(
        measure.indicator,
        measure.statistic,
        area,
        line.basis,
        Grain.MONTH if at_a_date else line.grain,
        measure.characteristic,
        measure.category,
    )
    if not at_a_date or line.basis is Basis.OFFICIAL:
        return tuple(series)
    quarterly = line.grain is Grain.MONTH and indicator.frequency is Frequency.QUARTER
    keep = _KEPT_MONTHS.get(Grain.QUARTER if quarterly else line.grain, _every)
    return tuple(each for each in series if keep(each.period))


def _every(period: Period) -> bool:
    return True


_KEPT_MONTHS: dict[Grain, Callable[[Period], bool]] = {
    Grain.QUARTER: lambda period: period.start_month % 3 == 0,
    Grain.YEAR: lambda period: period.start_month == 3,
}


def is_counted_by_district(indicator: Indicator) -> bool:
    """Whether figures for districts can exist at all."""
    return indicator.district is not DistrictMode.COUNTY_ONLY
