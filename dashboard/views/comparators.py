"""Whom a figure is set beside: the county, England, neighbours, the region, and the target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dashboard.areas import AreaKind
from dashboard.formats import (
    format_number,
    format_when,
    round_shown,
    suffix_of,
)
from dashboard.indicators import ComparatorRule
from dashboard.page_parts import Line, Measure
from dashboard.periods import Grain, Period
from dashboard.store import Observation, Store
from dashboard.targets import Target
from dashboard.views.chosen import Chosen, is_once_a_year, is_simulated, text_of_figure
from dashboard.views.scene import Scene, role_of, short_name
from dashboard.views.series import choose, read_line
from dashboard.views.shapes import Role
from dashboard.vocabulary import COMPARABLE, Basis
from dashboard.words import Other

_OFFICIAL = (Line(Basis.OFFICIAL, Grain.YEAR), Line(Basis.OFFICIAL, Grain.MONTH))


@dataclass(frozen=True)
class Point:
    """A comparator's figure, and which area it is of (a model of neighbours, for instance)."""

    observation: Observation
    area: str

    @property
    def period(self) -> Period:
        """When it is of."""
        return self.observation.period


@dataclass(frozen=True)
class Comparator:
    """The figures of one comparator up to the chosen period, first to last."""

    slug: str
    role: Role
    name: str  # "England", "Neighbours"
    points: tuple[Point, ...]
    rule: ComparatorRule | None  # why it is not like for like; None if it is
    yearly: bool
    at_a_date: bool

    @property
    def latest(self) -> Point:
        """Its last figure."""
        return self.points[-1]

    @cached_property
    def by_period(self) -> dict[Period, Point]:
        """Its figures by period."""
        return {point.period: point for point in self.points}

    def point_for(self, period: Period) -> Point | None:
        """Its figure for a period: the same period's, or of a yearly one that of the year it falls in."""
        same = self.by_period.get(period)
        if same or not self.yearly:
            return same
        ends = range(period.end_index, period.end_index + 12)
        return next((point for point in self.points if point.period.end_index in ends), None)

    def point_like(self, period: Period) -> Point | None:
        """Its figure for the same time, which may be judged beside another: never of another day."""
        return self.by_period.get(period) if self.at_a_date else self.point_for(period)

    def when(self, point: Point) -> str:
        """When a figure is of: "31 March 2022", "2020/21"."""
        return format_when(point.period, at_a_date=self.at_a_date)


def find_comparators(scene: Scene, chosen: Chosen, beside: Measure | None = None) -> tuple[Comparator, ...]:
    """The comparators that hold a figure for a measure, the county first when a district is chosen.

    None at all for a count: it says nothing beside an area of another size. `beside` is the rate that stands
    in for it.
    """
    measure = beside or chosen.measure
    if measure.statistic not in COMPARABLE:
        return ()
    found = [_find_county(scene, chosen, beside)] if not scene.is_county else []
    found += [_find_official(scene, chosen, measure, slug) for slug in scene.comparators]
    return tuple(each for each in found if each is not None)


def _find_county(scene: Scene, chosen: Chosen, beside: Measure | None) -> Comparator | None:
    """The county's figures of the same line as a district's."""
    if beside is not None:
        county = choose(scene, beside, scene.county)
        points = county.observations if county else ()
    else:
        held = read_line(scene.store, chosen.measure, scene.county.slug, chosen.line)
        first = chosen.observations[0].period.end_index
        points = tuple(each for each in held if first <= each.period.end_index <= scene.end)
    visible = tuple(Point(each, scene.county.slug) for each in points if each.value is not None)
    if not visible or visible[-1].period.end_index < chosen.latest.period.end_index:
        return None
    slug, name = scene.county.slug, scene.county.name
    return Comparator(slug, Role.COUNTY, name, visible, None, chosen.is_yearly, chosen.at_a_date)


def _find_official(scene: Scene, chosen: Chosen, measure: Measure, slug: str) -> Comparator | None:
    points = _read_official(scene.store, measure, slug)
    first = chosen.observations[0].period.year.index if chosen.observations else 0
    kept = tuple(point for point in points if first <= point.period.end_index <= scene.end)
    if not kept:
        return None
    indicator = scene.store.indicators[measure.indicator]
    rule = indicator.rule_for(measure.statistic, slug, Basis.OFFICIAL, against=chosen.line.basis)
    area = scene.store.areas[slug]
    at_a_date = indicator.kind.is_at_a_date or kept[-1].period.grain is Grain.MONTH
    return Comparator(slug, role_of(area), short_name(area), kept, rule, True, at_a_date)


@lru_cache(maxsize=10_000)
def _read_official(store: Store, measure: Measure, slug: str) -> tuple[Point, ...]:
    """Every published figure of a comparator; of the neighbours, those of the model in force."""
    areas = store.areas
    lines = {
        area.slug: {each.period: each for each in _read_yearly(store, measure, area.slug)}
        for area in areas
        if slug in (area.slug, area.shown_as)
    }
    points = []
    for period in sorted({p for line in lines.values() for p in line}, key=lambda p: p.end_index):
        for candidate in areas.standing_for(slug, period):
            observation = lines.get(candidate, {}).get(period)
            if observation is not None and observation.value is not None:
                points.append(Point(observation, candidate))
                break
    return tuple(points)


def _read_yearly(store: Store, measure: Measure, slug: str) -> tuple[Observation, ...]:
    """The yearly figures of an area: of a census that counts a year to September, those of that month."""
    for line in _OFFICIAL:
        held = read_line(store, measure, slug, line)
        if held and (line.grain is Grain.YEAR or is_once_a_year(held)):
            return held
    return ()


def text_of(point: Point, chosen: Chosen) -> str:
    """A comparator's figure with as many decimals as the figure it stands beside."""
    return text_of_figure(point.observation, chosen.statistic, decimals_beside(chosen, point))


def decimals_beside(chosen: Chosen, point: Point) -> int:
    """As many decimals as the figure it stands beside, and no more than were published."""
    return min(chosen.decimals, point.observation.decimals)


def number_beside(chosen: Chosen, point: Point) -> float:
    """A comparator's number as shown."""
    return round_shown(point.observation.value or 0.0, decimals_beside(chosen, point))


def others_like(chosen: Chosen, comparators: Sequence[Comparator]) -> tuple[Other, ...]:
    """The comparators that the latest figure may be judged beside.

    Like for like, of the same time, exact, and as real as it is: nothing is said of a simulated figure beside
    a published one, or of one that is not told exactly.
    """
    latest = chosen.latest
    if not latest.is_exact:
        return ()
    others = []
    for comparator in comparators:
        point = comparator.point_like(latest.period)
        if comparator.rule or point is None or not point.observation.is_exact:
            continue
        if is_simulated(point.observation) != is_simulated(latest):
            continue
        number, text = number_beside(chosen, point), text_of(point, chosen)
        others.append(Other(comparator.slug, _in_sentence(comparator.name), number, text))
    return tuple(others)


def _in_sentence(name: str) -> str:
    return "neighbours" if name == "Neighbours" else name


def describe_neighbours(store: Store, points: Iterable[Point]) -> str:
    """What is behind the neighbours' figures: "mean of 9 or 10 councils, 2021 model"; blank without them."""
    models: dict[str, set[int]] = {}
    for point in points:
        area = store.areas[point.area]
        if area.kind is AreaKind.STATISTICAL_NEIGHBOURS:
            count = point.observation.denominator or len(store.areas.councils_of(area.slug))
            models.setdefault(f"{area.model_year} model" if area.model_year else "", set()).add(int(count))
    return "; ".join(_describe_model(model, counts) for model, counts in sorted(models.items()))


def _describe_model(model: str, counts: set[int]) -> str:
    if not model:
        return "mean as printed in a report that does not name its model"
    low, high = min(counts), max(counts)
    numbers = str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
    return f"mean of {numbers} councils, {model}"


def points_of(comparators: Sequence[Comparator]) -> tuple[Point, ...]:
    """Every figure of some comparators."""
    return tuple(point for comparator in comparators for point in comparator.points)


# --- targets --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aim:
    """A target as shown beside a figure."""

    target: Target
    number: float
    text: str  # "10%"
    set_by: str  # "set for 2018/19"
    of_county: bool  # set for the county, shown beside a district


def find_aim(scene: Scene, chosen: Chosen) -> Aim | None:
    """The target in force for a measure; the county's for a district, since it is a share or rate."""
    if not scene.shows_target:
        return None
    wanted = (chosen.area.slug, scene.county.slug) if chosen.is_comparable else (chosen.area.slug,)
    for slug in wanted:
        for target in _targets_of(scene.store, chosen.measure, slug):
            if target.is_in_force(chosen.latest.period):
                return _make_aim(target, chosen, slug)
    return None


def _make_aim(target: Target, chosen: Chosen, slug: str) -> Aim:
    decimals = max(target.decimals, 0)
    text = format_number(target.value, decimals) + suffix_of(chosen.statistic)
    set_by = f"set in {target.first.year.label}" if target.first else ""
    return Aim(target, round_shown(target.value, decimals), text, set_by, slug != chosen.area.slug)


@lru_cache(maxsize=4096)
def _targets_of(store: Store, measure: Measure, slug: str) -> tuple[Target, ...]:
    """Targets of a measure and area, the latest first."""
    found = [
        target
        for target in store.targets
        if (target.indicator, target.statistic, target.area) == (measure.indicator, measure.statistic, slug)
        and not measure.characteristic
    ]
    return tuple(sorted(found, key=lambda each: each.first.index if each.first else 0, reverse=True))
