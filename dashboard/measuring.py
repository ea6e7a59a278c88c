"""Released figures as process charts and funnels need them: evenly spaced, of one basis, and of one reality.

Only figures that may be reckoned with are taken: a number that is hidden, rounded to protect children or
only a limit is a hidden point.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.indicators import Indicator
from dashboard.periods import Grain, Period
from dashboard.statistics.funnel import Funnel, FunnelKind, FunnelPlace, make_funnel
from dashboard.statistics.process_chart import Subject
from dashboard.statistics.validity import FEWEST_LIMITS, FEWEST_RUN, hides_too_much
from dashboard.store import Observation, Store
from dashboard.vocabulary import COMPARABLE, Basis, Frequency, Statistic, Status, Symbol

_GRAINS = {1: Grain.MONTH, 3: Grain.QUARTER, 12: Grain.YEAR}
_PARTED = (Statistic.PERCENTAGE, Statistic.RATE, Statistic.AVERAGE)
_STEPS = {Frequency.MONTH: (1, 3), Frequency.QUARTER: (3,), Frequency.YEAR: ()}


@dataclass(frozen=True)
class MeasuredSeries:
    """A series ready for a process chart, and where it comes from. `periods` are those of its values."""

    subject: Subject
    periods: tuple[Period, ...]
    basis: Basis
    step: int  # months from one period to the next
    illustrative: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MeasuredFunnel:
    """The districts' funnel of one period, and where its figures come from."""

    funnel: Funnel
    statistic: Statistic
    basis: Basis
    period: Period
    illustrative: bool  # whether any of its figures is


class MeasuringError(ValueError):
    """What was asked for cannot be charted; the message says why."""


def make_subject(
    store: Store,
    indicator: str,
    statistic: Statistic,
    area: str,
    *,
    first: Period | None = None,
    last: Period | None = None,
    characteristic: str = "",
    category: str = "",
) -> MeasuredSeries:
    """The series that a process chart of a measure is made of, from the first period to the last.

    Tried in turn: the council's own months, then quarters; those of the official figures; then years. Real
    figures come before made-up ones of the same length and are never joined with them. The first series with
    enough points for limits is taken, or else for a run chart, or else the one with the most points.
    """
    found = [
        series
        for wanted in _list_lines(store.indicators[indicator])
        if (
            series := _read_line(
                store, indicator, statistic, area, wanted, (first, last), (characteristic, category)
            )
        )
    ]
    for enough in (FEWEST_LIMITS, FEWEST_RUN):
        for series in found:
            if _count(series.subject) >= enough and not hides_too_much(series.subject):
                return series
    if found:
        return max(found, key=lambda series: _count(series.subject))
    kind, polarity = store.indicators[indicator].kind, store.indicators[indicator].polarity
    return MeasuredSeries(Subject((), kind, statistic, polarity), (), Basis.LOCAL, 1, False, ())


def subject_of(
    indicator: Indicator,
    statistic: Statistic,
    observations: Sequence[Observation],
    step: int,
    target: float | None = None,
    periods: tuple[Period, ...] = (),
) -> tuple[Subject, tuple[Period, ...]]:
    """A series of figures every so many months, with a gap where there is none, and its periods.

    The figures are of one area, basis and reality, in order of time. Without given periods they are those
    from the first figure to the last.
    """
    by_end = {each.period.end_index: each for each in observations}
    periods = periods or _space(observations, step)
    held = [by_end.get(period.end_index) for period in periods]
    known = [each if each is not None and each.is_exact else None for each in held]
    per = _find_per(indicator, statistic, step)
    parts = _read_parts(known, per) if statistic in _PARTED else None
    rounded = all(each.decimals == 0 for each in known if each is not None)
    subject = Subject(
        values=tuple(each.value if each else None for each in known),
        kind=indicator.kind,
        statistic=statistic,
        polarity=indicator.polarity,
        hidden=tuple(_is_hidden(each) for each in held),
        numerators=parts[0] if parts else None,
        denominators=parts[1] if parts else None,
        per=per,
        whole_percent=statistic is Statistic.PERCENTAGE and parts is None and rounded,
        target=target,
    )
    return subject, periods


def find_target(store: Store, indicator: str, statistic: Statistic, area: str, last: Period) -> float | None:
    """The target in force at a period: the area's own, or the county's for what may be set beside it."""
    areas = (area, store.areas.county.slug) if statistic in COMPARABLE else (area,)
    for slug in areas if area in {each.slug for each in store.areas.choosable} else (area,):
        wanted = (indicator, statistic, slug)
        for target in store.targets:
            found = (target.indicator, target.statistic, target.area)
            if found == wanted and target.is_in_force(last):
                return target.value
    return None


def measure_funnel(
    store: Store, indicator: str, period: Period, statistic: Statistic | None = None
) -> MeasuredFunnel:
    """The funnel of the districts in one period, around the county's own figure.

    Raises `MeasuringError` where the indicator has no percentage or rate, or no district has a figure.
    """
    declared = store.indicators[indicator]
    offered = [each for each in declared.statistics if each in (Statistic.PERCENTAGE, Statistic.RATE)]
    chosen = statistic or next(iter(offered), None)
    if chosen is None or chosen not in offered:
        raise MeasuringError(
            f"{declared.title} has no {chosen or 'percentage or rate'} to compare districts by."
        )
    at = period.month if declared.kind.is_at_a_date else period
    districts = [area.slug for area in store.areas.districts]
    for basis in Basis:
        held = {slug: store.at(indicator, chosen, slug, basis, at) for slug in districts}
        if any(each is not None for each in held.values()):
            county = store.at(indicator, chosen, store.areas.county.slug, basis, at)
            return _make_funnel(declared, chosen, basis, at, held, county)
    raise MeasuringError(f"No figure of a district is held for {declared.title} in {at.label}.")


class _Line(NamedTuple):
    """Whose figures, how many months apart, and whether they are made up."""

    basis: Basis
    step: int
    illustrative: bool


def _list_lines(indicator: Indicator) -> Iterator[_Line]:
    """The lines in the order in which they are tried."""
    for illustrative in (False, True):
        for basis in Basis:
            for step in _STEPS[indicator.frequency]:
                yield _Line(basis, step, illustrative)
    for illustrative in (False, True):
        for basis in Basis:
            yield _Line(basis, 12, illustrative)


def _read_line(
    store: Store,
    indicator: str,
    statistic: Statistic,
    area: str,
    line: _Line,
    window: tuple[Period | None, Period | None],
    breakdown: tuple[str, str],
) -> MeasuredSeries | None:
    """The series of one line in a window; None if there is none, or if most of its periods are missing."""
    declared = store.indicators[indicator]
    grain = Grain.MONTH if declared.kind.is_at_a_date else _GRAINS[line.step]
    every = store.series(indicator, statistic, area, line.basis, grain, *breakdown)
    held = [each for each in every if _is_wanted(each, line, window)]
    if held and declared.kind.is_at_a_date and line.step > 1:
        months = {3, 6, 9, 12} if line.step == 3 else {held[-1].period.start_month}
        held = [each for each in held if each.period.start_month in months]
    if not held or 2 * len(held) < len(_space(held, line.step)):
        return None
    target = None
    if not any(breakdown):
        target = find_target(store, indicator, statistic, area, held[-1].period)
    subject, periods = subject_of(declared, statistic, held, line.step, target)
    sources = tuple(dict.fromkeys(each.source for each in held))
    return MeasuredSeries(subject, periods, line.basis, line.step, line.illustrative, sources)


def _is_wanted(observation: Observation, line: _Line, window: tuple[Period | None, Period | None]) -> bool:
    first, last = window
    return (
        (observation.status is Status.ILLUSTRATIVE) is line.illustrative
        and observation.symbol in (Symbol.NONE, Symbol.CONFIDENTIAL)
        and (first is None or first.index <= observation.period.index)
        and (last is None or observation.period.end_index <= last.end_index)
    )


def _space(observations: Sequence[Observation], step: int) -> tuple[Period, ...]:
    """Every period from the first figure to the last, so many months apart."""
    if not observations:
        return ()
    first, last = observations[0].period, observations[-1].period
    count = (last.end_index - first.end_index) // step
    return tuple(first.shifted(number * step // first.months) for number in range(count + 1))


def _is_hidden(observation: Observation | None) -> bool:
    """Whether there is a number that may not be known, or not be reckoned with."""
    if observation is None or observation.is_exact:
        return False
    return observation.symbol is Symbol.CONFIDENTIAL or observation.value is not None


def _find_per(indicator: Indicator, statistic: Statistic, step: int) -> float:
    """What a figure is counted for: 100, 1, or 10,000; a flow's rate is told as if a year were like it."""
    if statistic is Statistic.RATE:
        return 10_000.0 if indicator.kind.is_at_a_date else 10_000.0 * 12 / step
    return 1.0 if statistic is Statistic.AVERAGE else 100.0


_Parts = tuple[tuple[float | None, ...], tuple[float | None, ...]]


def _read_parts(known: Sequence[Observation | None], per: float) -> _Parts | None:
    """The numerators and denominators, if every value has both and is what they come to; else None."""
    for each in known:
        if each is None:
            continue
        if each.value is None or each.numerator is None or not each.denominator:
            return None
        exact = per * each.numerator / each.denominator
        if abs(exact - each.value) > 0.5001 * 10.0**-each.decimals:
            return None
    tops = tuple(each.numerator if each else None for each in known)
    return tops, tuple(each.denominator if each else None for each in known)


def _count(subject: Subject) -> int:
    return sum(value is not None for value in subject.values)


def _make_funnel(
    indicator: Indicator,
    statistic: Statistic,
    basis: Basis,
    period: Period,
    held: Mapping[str, Observation | None],
    county: Observation | None,
) -> MeasuredFunnel:
    """The funnel of some districts around the county's figure, or around their own if it is not known."""
    kind = FunnelKind.BINOMIAL if statistic is Statistic.PERCENTAGE else FunnelKind.POISSON
    per = _find_per(indicator, statistic, period.months)
    places = [FunnelPlace(slug, *_parts_of(each)) for slug, each in held.items()]
    top, base = _parts_of(county)
    centre = per * top / base if top is not None and base else None
    figures = [*held.values(), county]
    made_up = any(each is not None and each.status is Status.ILLUSTRATIVE for each in figures)
    return MeasuredFunnel(make_funnel(places, centre, kind, per), statistic, basis, period, made_up)


def _parts_of(observation: Observation | None) -> tuple[float | None, float | None]:
    """The numerator and denominator of a figure that may be reckoned with; else None twice."""
    if observation is None or not observation.is_exact:
        return None, None
    return observation.numerator, observation.denominator
