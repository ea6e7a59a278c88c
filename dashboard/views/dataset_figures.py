"""The county's own twelve months of one measure of the board dataset, printed as the board's paper does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from dashboard.formats import format_symbol
from dashboard.indicators import Indicator
from dashboard.known import differ
from dashboard.months import window_to
from dashboard.page_parts import Measure, RowDeclaration
from dashboard.periods import Grain, Period
from dashboard.store import Observation, Store
from dashboard.views.chosen import is_simulated, text_of_figure
from dashboard.views.dataset_shapes import Figure
from dashboard.vocabulary import Basis, Frequency, Status, Symbol
from dashboard.words import say_size

NOT_HELD = "·"
_MOST_DECIMALS = 1
_WHY = {
    Symbol.CONFIDENTIAL: "Hidden, to protect young people’s identity",
    Symbol.NOT_AVAILABLE: "Not available",
    Symbol.NOT_APPLICABLE: "Not collected",
}


@dataclass(frozen=True)
class Own:
    """A measure's twelve months in the county: None where a month holds nothing."""

    store: Store
    measure: Measure
    months: tuple[Period, ...]
    observations: tuple[Observation | None, ...]

    @cached_property
    def indicator(self) -> Indicator:
        """What is counted."""
        return self.store.indicators[self.measure.indicator]

    @cached_property
    def told(self) -> tuple[Observation, ...]:
        """The months of which there is a number, shown or hidden, first to last."""
        told = (Symbol.NONE, Symbol.CONFIDENTIAL, Symbol.LOW)
        return tuple(each for each in self.observations if each is not None and each.symbol in told)

    @property
    def latest(self) -> Observation | None:
        """The last of them."""
        return self.told[-1] if self.told else None

    @cached_property
    def alike(self) -> tuple[Observation, ...]:
        """The months that are as real as the latest: what it may be measured from."""
        return tuple(
            each for each in self.told if self.latest and is_simulated(each) == is_simulated(self.latest)
        )

    @cached_property
    def step(self) -> int:
        """How many months apart its figures are."""
        apart = [late.period.index - early.period.index for early, late in pairwise(self.alike)]
        return min(apart, default=3 if self.indicator.frequency is Frequency.QUARTER else 1)

    @property
    def is_mixed(self) -> bool:
        """Whether some of its months are simulated and some are not."""
        return len(self.alike) < len(self.told)

    @property
    def is_published(self) -> bool:
        """Whether the latest number is a real one that may be reckoned with."""
        return self.latest is not None and self.latest.is_exact and not is_simulated(self.latest)

    def text(self, observation: Observation) -> str:
        """A figure as the board's paper prints it: "12.0%", and "[64%]" for a provisional one."""
        decimals = min(observation.decimals, _MOST_DECIMALS)
        text = text_of_figure(observation, self.measure.statistic, decimals)
        return f"[{text}]" if observation.status is Status.PROVISIONAL else text

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What has become of the figures that were published more than once, with different numbers."""
        return tuple(self._list_changes())

    def _list_changes(self) -> Iterator[str]:
        for each in self.told:
            line = self.measure.indicator, self.measure.statistic, self.store.areas.county.slug, Basis.LOCAL
            before = self.store.replaced(*line, each.period)
            versions = [one for one in before if is_simulated(one) == is_simulated(each)]
            if versions and differ(versions[0], each):
                was, now = self.text(versions[0]), self.text(each)
                yield f"{each.period.label}: first published as {was}, now {now}."
            elif each.status is Status.REVISED:
                yield f"{each.period.label}: revised, now {self.text(each)}."


@lru_cache(maxsize=4096)
def find_own(store: Store, measure: Measure, last: Period) -> Own:
    """The twelve months of a measure that end with a given one."""
    months, held = window_to(last), _read_months(store, measure)
    return Own(store, measure, months, tuple(held.get(month) for month in months))


@lru_cache(maxsize=256)
def _read_months(store: Store, measure: Measure) -> Mapping[Period, Observation]:
    """Every month that the county holds of a measure."""
    county = store.areas.county.slug
    series = store.series(measure.indicator, measure.statistic, county, Basis.LOCAL, Grain.MONTH)
    return {each.period: each for each in series}


def print_figures(own: Own, row: RowDeclaration) -> tuple[Figure, ...]:
    """The twelve months as texts, the share behind the last of them where it is printed."""
    printed = [_print_figure(own, each) for each in own.observations]
    share = _find_share(own, row)
    last = printed[-1]
    return (*printed[:-1], Figure(last.text, last.why, share, last.simulated))


def _print_figure(own: Own, observation: Observation | None) -> Figure:
    if observation is None:
        return Figure(NOT_HELD, "No figure held")
    simulated = own.is_mixed and is_simulated(observation)
    if observation.symbol is Symbol.CONFIDENTIAL:
        return Figure(format_symbol(observation.symbol), _WHY[observation.symbol], simulated=simulated)
    if observation.symbol in _WHY:
        return Figure(NOT_HELD, _WHY[observation.symbol])
    return Figure(own.text(observation), simulated=simulated)


def _find_share(own: Own, row: RowDeclaration) -> str:
    """ "(26%)", of the last month itself, and as real as the number before it."""
    last = own.observations[-1]
    if row.share is None or last is None or last.value is None:
        return ""
    share = find_own(own.store, row.share, own.months[-1])
    found = share.observations[-1]
    if found is None or found.symbol is Symbol.CONFIDENTIAL or is_simulated(found) != is_simulated(last):
        return ""
    return f"({share.text(found)})"


def say_change_on_last(own: Own) -> str:
    """How the latest figure differs from the one before: "Down 12", "Up 4 in March", "No change"."""
    latest = own.latest
    if latest is None:
        return ""
    if latest.symbol is Symbol.CONFIDENTIAL:
        return "Hidden"
    earlier = own.alike[-2] if len(own.alike) > 1 else None
    if earlier is None or latest.value is None or earlier.value is None:
        return "–"
    if not latest.is_exact or not earlier.is_exact:
        return "–"
    decimals = min(max(latest.decimals, earlier.decimals), _MOST_DECIMALS)
    said = say_size(
        round(latest.value, decimals), round(earlier.value, decimals), own.measure.statistic, decimals
    )
    if latest.period != own.months[-1]:
        said += f" in {latest.period.start:%B}"
    elif latest.period.index - earlier.period.index > own.step:
        said += f" since {earlier.period.start:%B}"
    return said


def trend_of_own(own: Own) -> tuple[float | None, ...]:
    """The figures that may be drawn, of one reality: None elsewhere."""
    drawn = {each.period: each.value for each in own.alike if each.is_exact}
    return tuple(drawn.get(month) for month in own.months)
