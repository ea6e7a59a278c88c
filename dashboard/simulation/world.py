"""What every topic of the simulation is given: the children, the published figures, chance and the areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.populations import Populations
from dashboard.simulation.calibrate import Level, draw_path, numerators
from dashboard.simulation.draw import topic_generator
from dashboard.simulation.people import AGE_GROUPS, ETHNICITIES, NEED, SEXES, People
from dashboard.simulation.published import Figure, Published
from dashboard.simulation.timeline import Floats, Integers, period_of

DISABILITIES = ("not_disabled", "disabled")
OUTSIDE, NOT_KNOWN = "outside-county", "not-known"


@dataclass(frozen=True)
class World:
    """The made-up county in which the journeys of one seed take place."""

    people: People
    published: Published
    areas: Areas
    populations: Populations
    seed: int

    @staticmethod
    def make(areas: Areas, populations: Populations, observations: pd.DataFrame, seed: int) -> "World":
        """A county without children yet, calibrated to its published figures."""
        districts = tuple(area.slug for area in areas.districts)
        known = (populations.for_period(slug, period_of(0)) for slug in districts)
        children = [found.population if found else 1 for found in known]
        weights = np.array(
            [NEED.get(slug, 1.0) * each for slug, each in zip(districts, children, strict=True)]
        )
        published = Published.read(observations, areas.county.slug)
        return World(People(districts, weights), published, areas, populations, seed)

    def rng(self, topic: str) -> np.random.Generator:
        """The generator of a topic."""
        return topic_generator(self.seed, topic)

    def path(self, topic: str, level: Level) -> Floats:
        """A level for every month simulated."""
        return draw_path(self.rng(f"{topic}:{level.indicator}:{level.category[1]}"), level, self.published)

    def counts(self, topic: str, level: Level) -> Integers:
        """A level for every month simulated, in whole numbers."""
        return np.rint(self.path(topic, level)).astype(np.int64)

    def numerators(
        self,
        topic: str,
        level: Level,
        denominators: Integers,
        pooled: Mapping[tuple[int, int], Figure] | None = None,
    ) -> Integers:
        """The numerators of a percentage for every month simulated, printing as published where it is."""
        return numerators(self.path(topic, level), denominators, level.exact(self.published), pooled)

    def children(self, county_year: int) -> int:
        """Children aged 0 to 17 in the county that rates of a financial year are over."""
        found = self.populations.for_period(self.areas.county.slug, period_of(12 * county_year))
        if found:
            return found.population
        each = (
            self.populations.for_period(area.slug, period_of(12 * county_year))
            for area in self.areas.districts
        )
        return sum(found.population for found in each if found)

    def describe(self, children: Integers, month: Integers) -> dict[str, object]:
        """The columns that say who the children of a table are, at their ages in a month."""
        people = self.people
        return {
            "child": children,
            "month": month,
            "home": coded(people.home[children], people.districts),
            "age_group": coded(people.age_group(children, month), AGE_GROUPS),
            "age": people.age(children, month),
            "sex": coded(people.sex[children], SEXES),
            "ethnicity": coded(people.ethnicity[children], ETHNICITIES),
            "disability": coded(people.disabled[children], DISABILITIES),
        }

    def effects(self, topic: str, spread: float = 0.12) -> Floats:
        """How much likelier something is in each district than in the county, by chance alone."""
        drawn = self.rng(f"{topic}:districts").standard_normal(len(self.people.districts))
        return np.asarray(np.exp(spread * drawn))


def coded(codes: Integers, names: Sequence[str]) -> pd.Categorical:
    """A column of words from their places among names."""
    words = pd.Index(list(names), dtype="str")
    return cast(pd.Categorical, pd.Categorical.from_codes(codes.astype(np.int8), categories=words))


def is_(column: "pd.Series[str]", *words: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which rows of a column of words hold one of these."""
    return column.isin(words).to_numpy()
