"""The figures of one measure and area as they are shown: printed, told by their day, and reckoned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.areas import Area
from dashboard.formats import format_base, format_value, round_shown
from dashboard.indicators import Indicator
from dashboard.page_parts import Line, Measure
from dashboard.periods import Grain, Period, between, month_at
from dashboard.store import Observation
from dashboard.vocabulary import COMPARABLE, Basis, Statistic, Status
from dashboard.words import Shown

_STEPS = {"month": 1, "quarter": 3, "year": 12, "calendar_year": 12}


@dataclass(frozen=True)
class Chosen:
    """The figures of one measure and area in the window, first to last, and how they are printed."""

    measure: Measure
    indicator: Indicator
    area: Area
    line: Line
    observations: tuple[Observation, ...]
    before: tuple[Observation, ...]  # what is held of the same line before the window
    decimals: int
    coarsened_from: Grain | None = None  # the grain of which most figures are hidden

    @property
    def statistic(self) -> Statistic:
        """What kind of number it is."""
        return self.measure.statistic

    @property
    def at_a_date(self) -> bool:
        """Whether a figure is told by the day it ends on: of a day, or of a year that ends with a month."""
        return self.indicator.kind.is_at_a_date or self._is_census

    @property
    def is_annualised(self) -> bool:
        """Whether it is a rate of part of a year, told as if the whole year were like it."""
        return self.statistic is Statistic.RATE and not self.at_a_date and not self.is_yearly

    @property
    def is_comparable(self) -> bool:
        """Whether it may be set beside areas of another size."""
        return self.statistic in COMPARABLE

    @cached_property
    def step(self) -> int:
        """How many months apart its figures are."""
        if (self.at_a_date and self.line.basis is Basis.OFFICIAL) or self._is_census:
            return 12
        return max(_STEPS[self.line.grain], _STEPS[self.indicator.frequency] if self.at_a_date else 1)

    @cached_property
    def _is_census(self) -> bool:
        """Whether it is a flow that is published once a year, of the year to a month such as September."""
        return self.line == Line(Basis.OFFICIAL, Grain.MONTH) and is_once_a_year(
            (*self.before, *self.observations)
        )

    @property
    def is_yearly(self) -> bool:
        """Whether its figures are a year apart."""
        return self.step == 12

    @property
    def latest(self) -> Observation:
        """The last figure in the window, hidden or not."""
        return self.observations[-1]

    @cached_property
    def visible(self) -> tuple[Observation, ...]:
        """The figures in the window that have a number."""
        return tuple(each for each in self.observations if each.value is not None)

    @cached_property
    def steps(self) -> tuple[Period, ...]:
        """Every period from the first figure to the last, whether one is held or not."""
        first, last = self.observations[0].period, self.latest.period
        if not self.at_a_date:
            return tuple(between(first, last))
        regular = {month_at(index) for index in range(first.index, last.index + 1, self.step)}
        held = {each.period for each in self.observations}
        return tuple(sorted(regular | held, key=lambda period: period.index))

    @cached_property
    def earlier(self) -> Observation | None:
        """What the latest figure is measured from: a year before if that is held, else the one before.

        Only a number of the same reality will do: a real figure is never measured from a simulated one. And
        only an exact one, of an exact one: else the change would tell what is not told.
        """
        if not self.latest.is_exact:
            return None
        alike = [
            each
            for each in (*self.before, *self.observations)[:-1]
            if is_simulated(each) == is_simulated(self.latest)
        ]
        wanted = self.latest.period.a_year_earlier()
        found = next((each for each in alike if each.period == wanted), None)
        if found is None and alike and self.latest.period.end_index - alike[-1].period.end_index <= 36:
            found = alike[-1]
        return found if found is not None and found.is_exact else None

    def text(self, observation: Observation) -> str:
        """A figure as shown: "21.2%", "[c]", "about 95%"."""
        return text_of_figure(observation, self.statistic, self.decimals_of(observation))

    def full_text(self, observation: Observation) -> str:
        """The same, with what it is a share of where only a span of that is told: "about 95% of 40 to 59"."""
        return f"{self.text(observation)} {format_base(observation.base)}".rstrip()

    def decimals_of(self, observation: Observation) -> int:
        """How many decimals a figure is shown with: what the council itself printed stays as printed."""
        printed = self.line.basis is Basis.LOCAL and not is_simulated(observation)
        return min(self.decimals, observation.decimals) if printed else self.decimals

    def shown(self, observation: Observation | None) -> Shown | None:
        """A figure ready for words that say what it is; None if it has no number."""
        if observation is None or observation.value is None:
            return None
        number = round_shown(observation.value, self.decimals_of(observation))
        text = self.text(observation)
        return Shown(number, text, observation.period, self.at_a_date, observation.is_exact)

    def exact(self, observation: Observation | None) -> Shown | None:
        """A figure that may be reckoned with: compared, subtracted, judged; None if it is not exact."""
        return self.shown(observation) if observation is not None and observation.is_exact else None


def text_of_figure(observation: Observation, statistic: Statistic, decimals: int) -> str:
    """A figure as shown, with so many decimals: "21.2%", "[c]", "about 95%"."""
    return format_value(observation.value, statistic, decimals, observation.symbol, observation.precision)


def find_rough(observations: Sequence[Observation | None]) -> tuple[int, ...]:
    """The places of figures that have a number which is not told exactly."""
    return tuple(
        place
        for place, each in enumerate(observations)
        if each is not None and each.value is not None and not each.is_exact
    )


def is_once_a_year(observations: Sequence[Observation]) -> bool:
    """Whether monthly figures are all of the same month of the year."""
    return len({each.period.start_month for each in observations}) == 1


def is_simulated(observation: Observation) -> bool:
    """Whether a figure is about made-up children or staff."""
    return observation.status is Status.ILLUSTRATIVE
