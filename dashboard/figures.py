"""Figures as numbers only: each cell of the long table packed into one integer, for sums over many rows.

The words of the long table are numbered once; a cell's key holds those numbers side by side, so that "the
same cell in another quarter" or "of another indicator" is a few bits replaced.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.indicators import Indicator
from dashboard.periods import Grain, Period, parse
from dashboard.vocabulary import Basis, Statistic, Status, Symbol

Array = np.ndarray[Any, np.dtype[Any]]

#: How many bits each word takes in a key, from the highest to the lowest.
_BITS = {"indicator": 12, "statistic": 4, "area": 12, "basis": 2, "slice": 16, "period": 16}
_SHIFTS = {name: sum(list(_BITS.values())[place + 1 :]) for place, name in enumerate(_BITS)}

#: From the firmest to the weakest: a calculated figure has the status of its weakest input.
FIRMNESS = (Status.FINAL, Status.REVISED, Status.AS_PUBLISHED, Status.PROVISIONAL, Status.ILLUSTRATIVE)
_ILLUSTRATIVE = FIRMNESS.index(Status.ILLUSTRATIVE)
_SEPARATOR = "\x1f"


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

    def characteristic_number(self, slice_name: str) -> int:
        """The number of the characteristic of a slice."""
        return self._characteristics.setdefault(slice_name.split(_SEPARATOR)[0], len(self._characteristics))

    @cached_property
    def _characteristics(self) -> dict[str, int]:
        return {}

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


@dataclass(frozen=True, eq=False)
class Figures:
    """Rows of figures as arrays of equal length."""

    keys: Array  # of their cells
    numerators: Array
    denominators: Array
    values: Array  # NaN where there is a symbol
    decimals: Array
    firmness: Array  # a place in FIRMNESS
    published: Array  # a number of Words.published

    @classmethod
    def read(cls, observations: pd.DataFrame, words: Words) -> "Figures":
        """The rows of a long table."""
        firmness = Numbered(FIRMNESS)
        return cls(
            keys=words.keys(observations),
            numerators=observations["numerator"].to_numpy(dtype=np.float64),
            denominators=observations["denominator"].to_numpy(dtype=np.float64),
            values=observations["value"].to_numpy(dtype=np.float64),
            decimals=observations["decimals"].to_numpy(dtype=np.int8),
            firmness=firmness.encode(observations["status"]),
            published=words.published.encode(observations["published_on"]),
        )

    @classmethod
    def concatenated(cls, several: Sequence["Figures"]) -> "Figures":
        """The rows of several, one after another; there must be at least one."""
        names = [each.name for each in fields(cls)]
        return cls(*(np.concatenate([getattr(each, name) for each in several]) for name in names))

    def __len__(self) -> int:
        return len(self.keys)

    indicators = property(lambda self: code_of(self.keys, "indicator"))
    statistics = property(lambda self: code_of(self.keys, "statistic"))
    areas = property(lambda self: code_of(self.keys, "area"))
    bases = property(lambda self: code_of(self.keys, "basis"))
    slices = property(lambda self: code_of(self.keys, "slice"))
    periods = property(lambda self: code_of(self.keys, "period"))

    @property
    def illustrative(self) -> Array:
        """Whether each is about made-up children."""
        return np.asarray(self.firmness == _ILLUSTRATIVE)

    def where(self, chosen: Array) -> "Figures":
        """Some of the rows: those for which the mask is true, or those at the given places."""
        return Figures(*(getattr(self, each.name)[chosen] for each in fields(self)))

    def of_indicator(self, indicator: int) -> "Figures":
        """The rows of one indicator."""
        return self.where(self.indicators == indicator)

    def joined(self, other: "Figures") -> "Figures":
        """These rows, then the other ones."""
        return Figures.concatenated((self, other))

    def with_keys(self, keys: Array) -> "Figures":
        """The same figures as those of other cells."""
        return replace(self, keys=keys)

    def with_values(self, values: Array) -> "Figures":
        """The same rows with other values."""
        return replace(self, values=values)

    def with_parts(self, numerators: Array, denominators: Array, values: Array) -> "Figures":
        """The same rows with other numerators, denominators and values."""
        return replace(self, numerators=numerators, denominators=denominators, values=values)

    def weakened(self, other: "Figures") -> "Figures":
        """The same rows, no firmer and no older than the other ones beside them."""
        return replace(
            self,
            firmness=np.maximum(self.firmness, other.firmness),
            published=np.maximum(self.published, other.published),
        )

    def preferred(self) -> "Figures":
        """One row for each cell: a real one rather than an illustrative one, then the one published last.

        Of rows alike in that, the first: what was received comes before what was calculated.
        """
        places = np.arange(len(self))
        order = np.lexsort((-places, self.published, ~self.illustrative, self.keys))
        keys = self.keys[order]
        last = np.ones(len(keys), dtype=bool)
        last[:-1] = keys[1:] != keys[:-1]
        return self.where(order[last])

    def beyond(self, held: "Figures") -> "Figures":
        """Those of these rows that say more than the held ones: cells of which only less firm are held."""
        real = np.isin(self.keys, held.keys[~held.illustrative])
        any_held = np.isin(self.keys, held.keys)
        return self.where(~real & (~any_held | ~self.illustrative))

    def summed(self, target: Array, *, needed: int) -> "Figures":
        """Sums of the rows with the same target key, where exactly as many as are needed are there."""
        keys, group, counts = np.unique(target, return_inverse=True, return_counts=True)

        def highest(column: Array) -> Array:
            top = np.zeros(len(keys), dtype=column.dtype)
            np.maximum.at(top, group, column)
            return top

        def total(column: Array) -> Array:
            return np.bincount(group, weights=column, minlength=len(keys))

        sums = Figures(
            keys=keys,
            numerators=total(self.numerators),
            denominators=total(self.denominators),
            values=total(self.values),
            decimals=highest(self.decimals),
            firmness=highest(self.firmness),
            published=highest(self.published),
        )
        return sums.where(counts == needed)

    def matched(self, other: "Figures", *, on: Array) -> tuple["Figures", "Figures"]:
        """The rows whose given key is that of one of the other rows, each beside that one."""
        order = np.argsort(other.keys)
        place = np.searchsorted(other.keys[order], on)
        place = order[np.minimum(place, len(order) - 1)] if len(order) else place
        found = other.keys[place] == on if len(order) else np.zeros(len(self), dtype=bool)
        return self.where(found), other.where(place[found])

    def rounded(self, words: Words, catalogue: Mapping[str, Indicator]) -> "Figures":
        """The same rows, with as many decimals as the catalogue declares for the indicator and statistic."""
        declared = np.full((len(words.indicators.names), len(words.statistics.names)), -1, dtype=np.int8)
        for indicator in catalogue.values():
            for statistic, told in indicator.statistics.items():
                declared[words.indicators[indicator.id], words.statistics[statistic]] = told.decimals
        wanted = declared[self.indicators, self.statistics]
        decimals = np.where(wanted < 0, self.decimals, wanted)
        scale = 10.0**decimals
        # Halves are rounded up, as people do, and the last bit of a product is not a reason to round down.
        values = np.floor(self.values * scale + 0.5 + 1e-9) / scale
        return replace(self, values=values, decimals=decimals)

    def write(self, words: Words) -> pd.DataFrame:
        """The rows as a long table. Their source is the simulation or this calculation.

        A value that there is nobody to work out from is not applicable.
        """
        parts = [text.split(_SEPARATOR) for text in words.slices.names]
        known = self.illustrative
        texts: dict[str, Any] = {
            "indicator": words.indicators.decode(self.indicators),
            "statistic": words.statistics.decode(self.statistics),
            "area": words.areas.decode(self.areas),
            "basis": words.bases.decode(self.bases),
            "period": words.periods.decode(self.periods),
            "characteristic": np.array([part[0] for part in parts], dtype=object)[self.slices],
            "category": np.array([part[1] for part in parts], dtype=object)[self.slices],
            "symbol": np.where(np.isnan(self.values), Symbol.NOT_APPLICABLE.value, "").astype(object),
            "status": np.array([each.value for each in FIRMNESS], dtype=object)[self.firmness],
            "source": np.where(known, "simulation", "calculated").astype(object),
            "published_on": words.published.decode(self.published),
        }
        rows = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in texts.items()})
        rows["numerator"], rows["denominator"] = self.numerators, self.denominators
        rows["value"], rows["decimals"] = self.values, self.decimals.astype(np.int8)
        return rows
