"""The words of the long table as numbers, and each of its cells as one integer.

A key holds the numbers of a cell's words side by side, so that "the same cell in another quarter" or "of
another indicator" is a few bits replaced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.indicators import Indicator
from dashboard.periods import Grain, Period, parse
from dashboard.vocabulary import Basis, Statistic

Array = np.ndarray[Any, np.dtype[Any]]

_SEPARATOR = "\x1f"  # between a characteristic and a category

#: How many bits each word takes in a key, from the highest to the lowest.
_BITS = {"indicator": 12, "statistic": 4, "area": 12, "basis": 2, "slice": 16, "period": 16}
_SHIFTS = {name: sum(list(_BITS.values())[place + 1 :]) for place, name in enumerate(_BITS)}


def code_of(keys: Array, name: str) -> Array:
    """The number of one word in each key."""
    return (keys >> _SHIFTS[name]) & ((1 << _BITS[name]) - 1)


def replace_code(keys: Array, **codes: int | Array) -> Array:
    """Keys in which some words are replaced by others."""
    for name, code in codes.items():
        mask = ((1 << _BITS[name]) - 1) << _SHIFTS[name]
        keys = (keys & ~mask) | (np.asarray(code, dtype=np.int64) << _SHIFTS[name])
    return keys


class Numbered:
    """Words and their numbers; a new word gets the next number."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        for word in words:
            self.add(word)

    def __getitem__(self, word: str) -> int:
        return self._numbers[word]

    def add(self, word: str) -> int:
        """The number of a word."""
        number = self._numbers.setdefault(str(word), len(self.names))
        if number == len(self.names):
            self.names.append(str(word))
        return number

    def encode(self, column: pd.Series) -> Array:
        """A column of texts as numbers."""
        codes, uniques = pd.factorize(column.to_numpy(dtype=object))
        return np.array([self.add(word) for word in uniques], dtype=np.int64)[codes]

    def decode(self, numbers: Array) -> Array:
        """Numbers as texts."""
        return np.array(self.names, dtype=object)[numbers]


@dataclass
class Words:
    """The numbered words of a long table, with those that calculations may add."""

    indicators: Numbered
    statistics: Numbered
    areas: Numbered
    bases: Numbered
    slices: Numbered  # a characteristic and a category, together
    periods: Numbered
    published: Numbered

    @classmethod
    def of(cls, observations: pd.DataFrame, catalogue: Mapping[str, Indicator], areas: Areas) -> "Words":
        """The words of these observations, of the catalogue, and of the quarters and years of its periods."""
        codes = observations["period"].unique()
        periods = Numbered(codes)
        for period in [parse(code) for code in codes]:
            if period.grain in (Grain.MONTH, Grain.QUARTER):
                periods.add(period.quarter.code)
                periods.add(period.year.code)
        return cls(
            indicators=Numbered(catalogue),
            statistics=Numbered(Statistic),
            areas=Numbered(areas.slugs),
            bases=Numbered(Basis),
            slices=Numbered([_SEPARATOR]),
            periods=periods,
            published=Numbered(sorted(observations["published_on"].unique())),  # in order: later is higher
        )

    @property
    def whole(self) -> int:
        """The slice of figures that are not of one category."""
        return self.slices[_SEPARATOR]

    def split_slices(self) -> list[tuple[str, str]]:
        """The characteristic and category of each slice, by number."""
        pairs = (name.split(_SEPARATOR) for name in self.slices.names)
        return [(characteristic, category) for characteristic, category in pairs]

    def characteristic_numbers(self) -> Array:
        """For each slice, by number, a number that it shares with those of the same characteristic."""
        return Numbered().encode(pd.Series([characteristic for characteristic, _ in self.split_slices()]))

    @cached_property
    def parsed_periods(self) -> list[Period]:
        """The periods by number."""
        return [parse(code) for code in self.periods.names]

    @cached_property
    def period_grains(self) -> Array:
        """The grain of each period, by number."""
        return np.array([period.grain.value for period in self.parsed_periods], dtype=object)

    @cached_property
    def period_months(self) -> Array:
        """How many months each period has, by number."""
        return np.array([period.months for period in self.parsed_periods], dtype=np.float64)

    def period_within(self, grain: Grain) -> Array:
        """The number of the quarter or year that each month or quarter is in; that of others is kept."""
        numbers = []
        for number, period in enumerate(self.parsed_periods):
            fine = period.grain in (Grain.MONTH, Grain.QUARTER)
            around = period.quarter if grain is Grain.QUARTER else period.year
            numbers.append(self.periods[around.code] if fine else number)
        return np.array(numbers, dtype=np.int64)

    def keys(self, observations: pd.DataFrame) -> Array:
        """The key of each row's cell."""
        slices = observations["characteristic"].str.cat(observations["category"], sep=_SEPARATOR)
        codes = {
            "indicator": self.indicators.encode(observations["indicator"]),
            "statistic": self.statistics.encode(observations["statistic"]),
            "area": self.areas.encode(observations["area"]),
            "basis": self.bases.encode(observations["basis"]),
            "slice": self.slices.encode(slices),
            "period": self.periods.encode(observations["period"]),
        }
        for name, numbers in codes.items():
            if len(numbers) and numbers.max() >= 1 << _BITS[name]:
                raise OverflowError(f"more than {1 << _BITS[name]} different words of the kind {name}")
        return replace_code(np.zeros(len(observations), dtype=np.int64), **codes)
