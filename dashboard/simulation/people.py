"""The made-up children: an id, a home district that never changes, a month of birth, sex and ethnic group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.simulation.draw import draw_codes
from dashboard.simulation.timeline import Floats, Integers

SEXES = ("female", "male", "not_known")
ETHNICITIES = ("white", "mixed", "asian", "black", "other", "not_known")
AGE_GROUPS = ("unborn", "under_1", "aged_1_to_4", "aged_5_to_9", "aged_10_to_15", "aged_16_and_over")
_AGE_EDGES = np.array([0, 12, 60, 120, 192])  # in months, where each age group but the first begins
ADULT = 216  # months: the 18th birthday

#: How much more often children of a district are known to social care than others of their number.
NEED = {
    "bromsgrove": 0.72, "malvern-hills": 0.85, "redditch": 1.30,
    "worcester": 1.18, "wychavon": 0.80, "wyre-forest": 1.28,
}  # fmt: skip


@dataclass
class People:
    """Everyone made up so far, a column each; a child's id is its place."""

    districts: tuple[str, ...]
    weights: Floats  # of the districts: children living there, by their need
    home: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    birth: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    sex: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    ethnicity: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    disabled: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def add(
        self,
        rng: np.random.Generator,
        birth: Integers,
        boys: float = 0.53,
        ethnicity: tuple[float, ...] = (82.5, 6.5, 4.0, 1.5, 1.5, 4.0),
        disabled: float = 0.07,
    ) -> Integers:
        """New children with these months of birth; their ids."""
        count = len(birth)
        first = len(self.home)
        home = dict(zip(self.districts, self.weights.tolist(), strict=True))
        sex = {"female": 1 - boys - 0.004, "male": boys, "not_known": 0.004}
        self.home = np.append(self.home, draw_codes(rng, count, home))
        self.birth = np.append(self.birth, birth)
        self.sex = np.append(self.sex, draw_codes(rng, count, sex))
        drawn = draw_codes(rng, count, dict(zip(ETHNICITIES, ethnicity, strict=True)))
        self.ethnicity = np.append(self.ethnicity, drawn)
        self.disabled = np.append(self.disabled, (rng.random(count) < disabled).astype(np.int64))
        return np.arange(first, first + count)

    def age(self, children: Integers, month: Integers | int) -> Integers:
        """Ages in completed months in a month; below 0 before birth."""
        return np.asarray(month - self.birth[children])

    def age_group(self, children: Integers, month: Integers | int) -> Integers:
        """The places of their ages in a month in AGE_GROUPS."""
        return np.searchsorted(_AGE_EDGES, self.age(children, month), side="right").astype(np.int64)


def draw_ages(rng: np.random.Generator, count: int, mix: Mapping[tuple[int, int], float]) -> Integers:
    """Ages in months, drawn by bands of months (from, up to but not including) and their weights."""
    bands = list(mix)
    codes = draw_codes(rng, count, {str(band): weight for band, weight in mix.items()})
    low, high = np.array([band[0] for band in bands]), np.array([band[1] for band in bands])
    return np.asarray(low[codes] + np.floor(rng.random(count) * (high - low)[codes])).astype(np.int64)
