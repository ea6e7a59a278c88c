"""A measure by category at one time: which period, which categories, and the shares they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.formats import format_value, round_shown
from dashboard.indicators import Characteristic, Indicator
from dashboard.page_parts import Line, Measure
from dashboard.periods import Grain, Period
from dashboard.store import Observation, Store
from dashboard.views.chosen import is_simulated
from dashboard.views.scene import Scene
from dashboard.views.series import read_line
from dashboard.vocabulary import Basis, Statistic, Symbol

_STALE_MONTHS = 36  # an older breakdown says nothing about the period chosen
_SHARE_DECIMALS = 0


@dataclass(frozen=True)
class Part:
    """One category at one time: the released figure, and what is shown of it."""

    category: str
    title: str
    observation: Observation
    value: float | None  # as shown: a count, a percentage, or a share of the whole
    text: str

    @property
    def is_exact(self) -> bool:
        """Whether it may be reckoned with."""
        return self.observation.is_exact


@dataclass(frozen=True)
class Breakdown:
    """A measure of one area at one time by category, in declared order."""

    measure: Measure
    indicator: Indicator
    characteristic: Characteristic
    line: Line
    area: str
    period: Period
    parts: tuple[Part, ...]
    whole: Observation | None
    statistic: Statistic  # of what is shown

    @property
    def hidden(self) -> tuple[Part, ...]:
        """The categories whose figure is hidden."""
        return tuple(part for part in self.parts if part.observation.symbol is Symbol.CONFIDENTIAL)

    @property
    def rough(self) -> tuple[Part, ...]:
        """The categories whose figure is not told exactly."""
        return tuple(part for part in self.parts if part.value is not None and not part.is_exact)

    @property
    def merged(self) -> tuple[Part, ...]:
        """The categories that stand for several."""
        return tuple(part for part in self.parts if len(self.characteristic.parts_of(part.category)) > 1)

    @property
    def is_simulated(self) -> bool:
        """Whether any of it is about made-up children."""
        return any(is_simulated(part.observation) for part in self.parts)

    @property
    def at_a_date(self) -> bool:
        """Whether it is of a day."""
        return self.indicator.kind.is_at_a_date

    def part(self, category: str) -> Part | None:
        """The part of a category; None if none is held."""
        return next((part for part in self.parts if part.category == category), None)

    @property
    def largest(self) -> Part | None:
        """The category with the largest figure; None if one that is not told exactly could be larger."""
        seen = [part for part in self.parts if part.value is not None and part.is_exact]
        if not seen:
            return None
        top = max(seen, key=lambda part: part.value or 0.0)
        total = self._total
        unseen = total - sum(part.value or 0.0 for part in seen) if total is not None else None
        if (self.hidden or self.rough) and (unseen is None or (top.value or 0.0) <= unseen):
            return None
        return top

    @property
    def _total(self) -> float | None:
        if self.statistic is Statistic.PERCENTAGE:
            return 100.0 if self.characteristic.adds_up else None
        return self.whole.value if self.whole else None


def break_down(
    scene: Scene, measure: Measure, *, shares: bool, leave_out: Sequence[str] = (), area: str = ""
) -> Breakdown | None:
    """The latest breakdown up to the chosen period: a real one if there is any, else any; None if none."""
    found: Breakdown | None = None
    for line in _with_years(scene, measure):
        periods = breakdown_periods(scene.store, measure, area or scene.area.slug, line)
        until = [each for each in periods if scene.end - _STALE_MONTHS <= each.end_index <= scene.end]
        if not until:
            continue
        tried = (
            break_down_at(scene.store, measure, area or scene.area.slug, line, at, shares=shares)
            for at in reversed(until)
        )
        made = next((each for each in tried if each is not None and each.parts), None)
        if made is None:  # no shares: the whole is not released
            continue
        if _is_mostly_shown(made) and not all(is_simulated(part.observation) for part in made.parts):
            return without(made, leave_out)
        found = made if found is None or (_is_mostly_shown(made) and not _is_mostly_shown(found)) else found
    return without(found, leave_out) if found else None


def _with_years(scene: Scene, measure: Measure) -> tuple[Line, ...]:
    """The declared lines, and after them the years of each flow: more of a year's figures can be shown.

    Where a year was chosen, the council's own figures are of years.
    """
    lines = measure.lines
    if scene.store.indicators[measure.indicator].kind.is_at_a_date:
        return lines
    years = tuple(replace(line, grain=Grain.YEAR) for line in lines if line.basis is Basis.LOCAL)
    if scene.by_year:
        lines = tuple(line for line in lines if line.basis is Basis.OFFICIAL)
    return tuple(dict.fromkeys((*lines, *years)))


def _is_mostly_shown(breakdown: Breakdown) -> bool:
    return len(breakdown.hidden) * 2 <= len(breakdown.parts) and bool(breakdown.parts)


def without(breakdown: Breakdown, categories: Sequence[str]) -> Breakdown:
    """The same without some categories."""
    kept = tuple(part for part in breakdown.parts if part.category not in categories)
    return replace(breakdown, parts=kept)


@lru_cache(maxsize=10_000)
def breakdown_periods(store: Store, measure: Measure, area: str, line: Line) -> tuple[Period, ...]:
    """The periods for which any category is held, ascending."""
    found: set[Period] = set()
    for category in _categories(store, measure, line, area):
        found.update(each.period for each in read_line(store, _of(measure, category), area, line))
    return tuple(sorted(found, key=lambda period: period.end_index))


@lru_cache(maxsize=20_000)
def break_down_at(
    store: Store, measure: Measure, area: str, line: Line, period: Period, *, shares: bool, like: str = ""
) -> Breakdown | None:
    """The breakdown of one period; None if no category is held.

    `like` is the area beside which it is to stand: then it is by the categories of that one.
    """
    held = {}
    for category in _categories(store, measure, line, like or area):
        observation = store.at(
            measure.indicator, measure.statistic, area, line.basis, period, measure.characteristic, category
        )
        if observation is not None:
            held[category] = observation
    real = {category: each for category, each in held.items() if not is_simulated(each)}
    held = real or held  # what is published is never filled up with simulated figures
    if not held:
        return None
    characteristic = store.characteristics[measure.characteristic]
    whole = store.at(measure.indicator, measure.statistic, area, line.basis, period)
    as_shares = shares and measure.statistic is Statistic.COUNT
    shown = Statistic.PERCENTAGE if as_shares else measure.statistic
    return Breakdown(
        measure=measure,
        indicator=store.indicators[measure.indicator],
        characteristic=characteristic,
        line=line,
        area=area,
        period=period,
        parts=tuple(
            _make_part(characteristic, category, each, whole if as_shares else None, shown)
            for category, each in held.items()
            if not as_shares or (whole is not None and whole.value)
        ),
        whole=whole,
        statistic=shown,
    )


def _make_part(
    characteristic: Characteristic,
    category: str,
    observation: Observation,
    whole: Observation | None,
    shown: Statistic,
) -> Part:
    value, decimals = observation.value, min(observation.decimals, 1)
    if whole is not None and whole.value:
        decimals = _SHARE_DECIMALS
        value = None if value is None else value / whole.value * 100
    symbol = observation.symbol
    if value is not None and whole is not None and value > 0 and round_shown(value, decimals) == 0:
        symbol = Symbol.LOW
    text = format_value(value, shown, decimals, symbol, observation.precision)
    number = None if value is None else round_shown(value, decimals)
    return Part(category, characteristic.title_of(category), observation, number, text)


def _categories(store: Store, measure: Measure, line: Line, area: str) -> tuple[str, ...]:
    return store.categories(measure.indicator, measure.statistic, line.basis, measure.characteristic, area)


def _of(measure: Measure, category: str) -> Measure:
    return replace(measure, category=category)
