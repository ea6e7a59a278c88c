"""Figures as numbers only: rows of the long table as arrays of equal length, for sums over many of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.indicators import Indicator
from dashboard.keys import Array, Numbered, Words, code_of
from dashboard.vocabulary import Status, Symbol

#: From the firmest to the weakest: a calculated figure has the status of its weakest input.
FIRMNESS = (Status.FINAL, Status.REVISED, Status.AS_PUBLISHED, Status.PROVISIONAL, Status.ILLUSTRATIVE)
_ILLUSTRATIVE = FIRMNESS.index(Status.ILLUSTRATIVE)


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
        parts = words.split_slices()
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
