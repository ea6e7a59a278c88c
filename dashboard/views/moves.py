"""The change of a measure between two figures, and the parts that it is made of as they are printed.

Numbers are rounded so that what stands on a page adds up: the parts to the change, and the change to the
difference of both ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor

from dashboard.formats import format_value, round_shown
from dashboard.page_parts import Line, Measure
from dashboard.periods import Period, parse
from dashboard.statistics.contribution import (
    Contribution,
    Counted,
    Effect,
    Part,
    Share,
    Shared,
    split_count,
    split_percentage,
)
from dashboard.store import Observation
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.scene import Scene
from dashboard.views.series import choose, is_counted_by_district, read_line
from dashboard.views.usual import choose_steady
from dashboard.vocabulary import Statistic

#: Statistics of which a change can be split into parts that add up to it.
SPLIT = (Statistic.COUNT, Statistic.PERCENTAGE)
#: What parts are called that have no figures of their own to show.
HIDDEN, ELSEWHERE = "Hidden parts together", "Not in any part shown"
DISTRICT = "district"
_DECIMALS = {Statistic.COUNT: 0, Statistic.PERCENTAGE: 1}


@dataclass(frozen=True)
class Contributor:
    """One contributor: its name, and its figures before and after."""

    name: str
    before: Observation | None
    after: Observation | None

    @property
    def ends(self) -> tuple[Observation | None, Observation | None]:
        """Both figures."""
        return self.before, self.after

    @property
    def is_known(self) -> bool:
        """Whether both figures are told exactly."""
        return all(each is not None and each.is_exact for each in self.ends)


@dataclass(frozen=True)
class Row:
    """What one contributor did, as printed: in all, and of that by its own percentage."""

    name: str
    part: Contributor | None  # None for what several did together
    change: Fraction
    rate: Fraction

    @property
    def mix(self) -> Fraction:
        """What it did by being a larger or smaller share of all."""
        return self.change - self.rate


@dataclass(frozen=True)
class Move:
    """A change between two figures of a measure, and what it is split by."""

    chosen: Chosen
    before: Observation
    after: Observation
    by: str  # "district", "age"
    parts: tuple[Contributor, ...]
    split: Contribution

    @property
    def is_percentage(self) -> bool:
        """Whether it is told in points."""
        return self.chosen.statistic is Statistic.PERCENTAGE

    @property
    def decimals(self) -> int:
        """How many decimals its numbers have."""
        return _DECIMALS[self.chosen.statistic]

    def text(self, observation: Observation) -> str:
        """A figure as shown here: percentages to a tenth, so that their difference is the change."""
        if not self.is_percentage or not observation.is_exact:
            return self.chosen.text(observation)
        return format_value(_number(self.chosen, observation), Statistic.PERCENTAGE, self.decimals)

    @property
    def change(self) -> Fraction:
        """The change as printed: the difference of both ends as they are."""
        ends = (_number(self.chosen, each) for each in (self.before, self.after))
        before, after = (Fraction(str(round_shown(each, self.decimals))) for each in ends)
        return after - before

    @property
    def rate(self) -> Fraction:
        """How much of it comes from percentages that changed, as printed."""
        exact = float(self.split.total(Effect.RATE))
        return Fraction(str(round_shown(exact, self.decimals)))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What each part did: numbers that add up to the change in every column."""
        names = list(dict.fromkeys(part.name for part in self.split.parts))
        own = [[part for part in self.split.parts if part.name == name] for name in names]
        own = [parts for parts in own if not self._is_nothing(parts)]
        changes = [sum((part.change for part in parts), Fraction(0)) for parts in own]
        rates = [
            sum((part.change for part in parts if part.effect is Effect.RATE), Fraction(0)) for parts in own
        ]
        step = Fraction(1, 10**self.decimals)
        printed = zip(own, spread(changes, self.change, step), spread(rates, self.rate, step), strict=True)
        by_name = {part.name: part for part in self.parts}
        together = HIDDEN if self.split.pooled else ELSEWHERE
        return tuple(
            Row(together, None, change, rate)
            if parts[0].pooled
            else Row(parts[0].name, by_name[parts[0].name], change, rate)
            for parts, change, rate in printed
        )

    def _is_nothing(self, parts: Sequence[Part]) -> bool:
        """Whether it is what the parts leave of the whole, and they leave nothing."""
        return parts[0].pooled and not self.split.pooled and not any(part.change for part in parts)


def spread(exact: Sequence[Fraction], total: Fraction, step: Fraction) -> list[Fraction]:
    """Numbers rounded to a step so that they add up to a total, each to the step below it or above it.

    Those that would lose most by it are not rounded down. The total is within a step of what they add up to.
    """
    steps = [floor(each / step) for each in exact]
    left = int(total / step) - sum(steps)
    losing_most = sorted(range(len(exact)), key=lambda place: steps[place] - exact[place] / step)
    for place in losing_most[:left]:
        steps[place] += 1
    return [each * step for each in steps]


def find_move(scene: Scene, measure: Measure, chosen: Chosen) -> Move | None:
    """The change since what was chosen or over the years shown, split in the first way in which it can be.

    None if it can be split in none. Only figures as real as each other are set beside one another.
    """
    ends = find_ends(chosen, scene.selection.since)
    if ends is None or measure.statistic not in SPLIT:
        return None
    before, after = ends
    for by, parts in _list_parts(scene, chosen, before.period, after.period):
        held = [each for part in parts for each in part.ends if each is not None]
        alike = all(is_simulated(each) == is_simulated(after) for each in held)
        if not alike or sum(part.is_known for part in parts) < 2:
            continue
        split = _split(chosen, before, after, parts)
        if split is not None:
            return Move(chosen, before, after, by, parts, split)
    return None


def choose_ends(scene: Scene, measure: Measure) -> Chosen | None:
    """The figures whose change is told: of the first line with both ends chosen, or the usual ones."""
    since = scene.selection.since
    for line in measure.lines if since else ():
        found = choose(scene, replace(measure, lines=(line,)))
        if found is not None and find_ends(found, since):
            return found
    return choose_steady(scene, measure)


def find_ends(chosen: Chosen, since: str = "") -> tuple[Observation, Observation] | None:
    """The figure at the end of a period, or else the first in the window, and the last.

    Both are told exactly and are as real as each other.
    """
    if not chosen.latest.is_exact:
        return None
    last = chosen.latest
    held = chosen.before + chosen.observations if since else chosen.observations
    alike = [each for each in held if each.is_exact and is_simulated(each) == is_simulated(last)]
    if since:
        end = parse(since).end_index
        before = [each for each in alike if each.period.end_index == end and each is not last]
        return (before[0], last) if before else None
    season = last.period.start_month
    same = [each for each in alike if each.period.start_month == season]
    return next(((each, last) for each in (*same, *alike) if each is not last), None)


def _list_parts(
    scene: Scene, chosen: Chosen, before: Period, after: Period
) -> Iterator[tuple[str, tuple[Contributor, ...]]]:
    """The ways in which a change may be split: by district for the county, and by each characteristic."""
    store, measure = scene.store, chosen.measure
    if chosen.area.slug == scene.county.slug and is_counted_by_district(chosen.indicator):
        areas = [*store.areas.districts, *store.areas.placement_only]
        found = [(area.name, _at(scene, measure, area.slug, chosen.line, (before, after))) for area in areas]
        yield DISTRICT, tuple(Contributor(name, *ends) for name, ends in found if any(ends))
    for characteristic in chosen.indicator.characteristics:
        declared = store.characteristics[characteristic]
        if not declared.adds_up:
            continue
        parts = []
        for category in declared.categories:
            part = Measure(measure.indicator, measure.statistic, measure.lines, characteristic, category.id)
            ends = _at(scene, part, chosen.area.slug, chosen.line, (before, after))
            if any(ends):
                parts.append(Contributor(category.title, *ends))
        yield declared.title.lower(), tuple(parts)


def _at(
    scene: Scene, measure: Measure, area: str, line: Line, periods: tuple[Period, Period]
) -> tuple[Observation | None, Observation | None]:
    held = {each.period: each for each in read_line(scene.store, measure, area, line)}
    return held.get(periods[0]), held.get(periods[1])


def _split(
    chosen: Chosen, before: Observation, after: Observation, parts: Sequence[Contributor]
) -> Contribution | None:
    if chosen.statistic is Statistic.COUNT:
        counted = [Counted(each.name, _value(each.before), _value(each.after)) for each in parts]
        return split_count(counted, before.value or 0.0, after.value or 0.0)
    whole = _share(before), _share(after)
    if any(each.numerator is None or not each.denominator for each in whole):
        return None
    return split_percentage(
        [Shared(each.name, _share(each.before), _share(each.after)) for each in parts], *whole
    )


def _value(observation: Observation | None) -> float | None:
    return observation.value if observation is not None and observation.is_exact else None


def _share(observation: Observation | None) -> Share:
    if observation is None or not observation.is_exact:
        return Share(None, None)
    return Share(observation.numerator, observation.denominator)


def _number(chosen: Chosen, observation: Observation) -> float:
    """A figure's number: of a percentage whose parts are known, the one that they make."""
    share = _share(observation)
    if chosen.statistic is Statistic.PERCENTAGE and share.numerator is not None and share.denominator:
        return 100 * share.numerator / share.denominator
    return observation.value or 0.0
