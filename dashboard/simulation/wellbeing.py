"""What is known each month-end of every looked after child: health, education, plans, stability, risk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, round_half_up
from dashboard.simulation.draw import steer_flag, tally
from dashboard.simulation.month_ends import add_visits
from dashboard.simulation.timeline import Booleans, Floats, Integers, place
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)
_PERCENTAGE = Statistic.PERCENTAGE

Test = Callable[[pd.DataFrame], Booleans]


@dataclass(frozen=True)
class Trait:
    """A yes or no about every child at a month-end: how many it is true of, of whom, and who is likelier."""

    level: Level
    among: str = ""  # the column that says whom it may be true of; blank: everyone
    likely: Callable[[pd.DataFrame], Floats] | None = None
    churn: float = 0.02


#: Whom a trait is asked of.
GROUPS: Mapping[str, Test] = {
    "school_age": lambda rows: rows["age"].between(60, 191).to_numpy(),
    "aged_16_17": lambda rows: (rows["age"] >= 192).to_numpy(),
    "aged_10_plus": lambda rows: ((rows["age"] >= 120) & (rows["months_in_care"] >= 12)).to_numpy(),
    "a_year_in_care": lambda rows: (rows["months_in_care"] >= 12).to_numpy(),
    "long_term": lambda rows: ((rows["age"] < 192) & (rows["months_in_care"] >= 30)).to_numpy(),
    "in_school_year": lambda rows: (rows["age"].between(60, 191) & (rows["months_in_care"] >= 9)).to_numpy(),
}


def _settled(rows: pd.DataFrame) -> Floats:
    return np.where(rows["months_in_care"] >= 3, 1.0, 0.35)


def _unsettled(rows: pd.DataFrame) -> Floats:
    in_a_home = is_(rows["placement_type"], "residential_care", "secure_accommodation", "independent_living")
    return np.asarray(np.where(in_a_home, 3.0, 1.0) * np.where(rows["age"] >= 132, 2.0, 1.0))


def _teenage(rows: pd.DataFrame) -> Floats:
    return np.select([rows["age"] < 132, rows["age"] < 156], [0.0, 1.0], 3.0)


def _disabled(rows: pd.DataFrame) -> Floats:
    return np.where(is_(rows["disability"], "disabled"), 40.0, 0.15)


TRAITS: Mapping[str, Trait] = {
    "with_disability_team": Trait(
        Level("looked_after_with_disability_team", (("2018-M04", 30), ("2022-M03", 52)), noise=0.02),
        likely=_disabled,
        churn=0.004,
    ),
    "three_or_more_placements": Trait(
        Level(
            "three_or_more_placements",
            (("2018-M04", 13.0), ("2019-M12", 10.8), ("2020-M12", 8.2), ("2021-M10", 6.8)),
            _PERCENTAGE,
            _BASES,
            noise=0.02,
        ),
        likely=_unsettled,
        churn=0.03,
    ),
    "two_years_in_placement": Trait(
        Level(
            "long_term_placement_stability",
            (("2018-M04", 69.0), ("2021-M10", 73.5)),
            _PERCENTAGE,
            _BASES,
            noise=0.006,
        ),
        among="long_term",
        churn=0.004,
    ),
    "plan_up_to_date": Trait(
        Level(
            "care_or_pathway_plan_up_to_date",
            (("2018-M04", 79.0), ("2019-M10", 86.0), ("2020-M10", 94.0), ("2021-M06", 97.5)),
            _PERCENTAGE,
            noise=0.012,
        ),
        likely=_settled,
        churn=0.08,
    ),
    "health_assessment": Trait(
        Level(
            "health_assessment_up_to_date",
            (
                ("2018-M04", 62.0),
                ("2020-M01", 84.0),
                ("2020-M06", 78.0),
                ("2021-M03", 84.0),
                ("2022-M03", 88.0),
            ),
            _PERCENTAGE,
            noise=0.015,
        ),
        likely=_settled,
        churn=0.06,
    ),
    "dental_check": Trait(
        Level(
            "dental_check_up_to_date",
            (("2018-M04", 43.0), ("2020-M06", 52.0), ("2020-M12", 20.0), ("2021-M10", 17.0)),
            _PERCENTAGE,
            _BASES,
            noise=0.02,
        ),
        churn=0.05,
    ),
    "immunised": Trait(
        Level(
            "immunisations_up_to_date",
            (("2018-M04", 69.0), ("2021-M10", 82.0)),
            _PERCENTAGE,
            _BASES,
            noise=0.01,
        ),
        among="a_year_in_care",
    ),
    "education_plan": Trait(
        Level(
            "personal_education_plan_up_to_date",
            (("2018-M04", 89.0), ("2019-M11", 88.0), ("2020-M10", 95.0), ("2021-M06", 98.0)),
            _PERCENTAGE,
            noise=0.012,
        ),
        among="school_age",
        likely=_settled,
        churn=0.1,
    ),
    "neet": Trait(
        Level(
            "looked_after_16_17_neet",
            (("2018-M04", 22), ("2019-M12", 29), ("2020-M09", 36), ("2022-M03", 31)),
            noise=0.05,
        ),
        among="aged_16_17",
        churn=0.05,
    ),
    "vulnerable_to_exploitation": Trait(
        Level(
            "looked_after_vulnerable_to_cse",
            (("2018-M04", 47), ("2020-M03", 50), ("2022-M03", 44)),
            noise=0.03,
        ),
        likely=_teenage,
    ),
    "exploited": Trait(
        Level(
            "looked_after_experiencing_cse", (("2018-M04", 8), ("2020-M03", 3), ("2022-M03", 4)), noise=0.15
        ),
        among="vulnerable_to_exploitation",
    ),
    "convicted": Trait(
        Level(
            "looked_after_convicted_or_cautioned",
            (("2018-M04", 5.0), ("2019-M03", 5.0), ("2020-M03", 5.0), ("2021-M03", 2.0), ("2022-M03", 1.2)),
            _PERCENTAGE,
            noise=0.02,
        ),
        among="aged_10_plus",
        likely=_teenage,
    ),
    "three_social_workers": Trait(
        Level(
            "three_or_more_social_workers",
            (("2018-M04", 33.0), ("2020-M03", 27.0), ("2021-M03", 24.0), ("2022-M03", 25.0)),
            _PERCENTAGE,
            noise=0.02,
        ),
        churn=0.05,
    ),
    "moved_school": Trait(
        Level(
            "mid_year_school_moves",
            (("2018-M04", 8.0), ("2019-M03", 5.0), ("2020-M03", 5.5), ("2021-M03", 6.0), ("2022-M03", 8.0)),
            _PERCENTAGE,
            noise=0.02,
        ),
        among="in_school_year",
    ),
}
VISITED = Level(
    "looked_after_visits_in_timescale",
    (("2018-M04", 84.0), ("2019-M06", 90.0), ("2020-M05", 94.0), ("2022-M03", 95.0)),
    _PERCENTAGE,
    noise=0.01,
)
SCORE = Level(
    "average_sdq_score", (("2018-M04", 14.5), ("2022-M03", 14.2)), Statistic.SCORE, _BASES, noise=0.01
)
KEY_STAGES = ("early_years", "key_stage_1", "key_stage_2", "key_stage_3", "key_stage_4", "post_16")
_KEY_STAGE_EDGES = np.array([66, 90, 138, 174, 192])
TEAMS = ("through_care", "family_safeguarding", "disabilities", "care_leavers")
SCORE_BANDS = ("usual", "borderline", "concern")
_SCORE_EDGES = np.array([14, 17])
_HAS_SCORE = 0.82  # of the children who should have one
_OWN_MONTH = 11  # March


def describe_wellbeing(world: World, looked_after: pd.DataFrame) -> None:
    """Add every trait, the team, key stage and visits to everyone looked after at a month-end."""
    for name, test in GROUPS.items():
        looked_after[name] = test(looked_after)
    for name, trait in TRAITS.items():
        looked_after[name] = _steer(world, looked_after, name, trait)
    age, months_in = looked_after["age"].to_numpy(), looked_after["months_in_care"].to_numpy()
    stage = np.searchsorted(_KEY_STAGE_EDGES, age, side="right")
    looked_after["key_stage"] = coded(stage, KEY_STAGES)
    newer = (months_in < 5) & (age < 192)
    team = np.select([looked_after["with_disability_team"], newer, age >= 204], [2, 1, 3], 0)
    looked_after["team"] = coded(team, TEAMS)
    effects = np.where(looked_after["outside"], 0.6, 1.0)
    add_visits(world, looked_after, VISITED, 1, effects)


def _steer(world: World, looked_after: pd.DataFrame, name: str, trait: Trait) -> Booleans:
    """Who has a trait each month-end: as many as published, or as aimed at."""
    months = looked_after["month"].to_numpy()
    among = looked_after[trait.among].to_numpy() if trait.among else np.ones(len(months), dtype=np.bool_)
    if trait.level.statistic == Statistic.COUNT:
        counts = world.counts("wellbeing", trait.level)
    else:
        counts = world.numerators("wellbeing", trait.level, tally(months, among))
    likely = trait.likely(looked_after) if trait.likely else None
    rng = world.rng(f"wellbeing:{name}")
    return steer_flag(rng, looked_after["episode"].to_numpy(), months, counts, likely, among, trait.churn)


def list_each_march(world: World, looked_after: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Those looked after at each 31 March, for what is counted once a year, and their scores."""
    march = looked_after[looked_after["month"] % 12 == _OWN_MONTH].reset_index(drop=True)
    rng = world.rng("wellbeing:scores")
    of_age = march["age"].between(48, 203) & (march["months_in_care"] >= 12)
    scored = march[of_age & (rng.random(len(march)) < _HAS_SCORE)].reset_index(drop=True)
    path = world.path("wellbeing", SCORE)
    scores = np.clip(np.rint(rng.normal(14.4, 7.2, len(scored))), 0, 40).astype(np.int64)
    months = scored["month"].to_numpy()
    for month in np.unique(months):
        rows = np.flatnonzero(months == month)
        aimed = round_half_up(float(path[place(month)]), 1)
        scores[rows] = _shift(rng, scores[rows], round(aimed * len(rows)))
    scored["score"] = scores
    scored["well_being_band"] = coded(np.searchsorted(_SCORE_EDGES, scores, side="right"), SCORE_BANDS)
    return {"looked_after_march": march, "scored": scored}


def _shift(rng: np.random.Generator, scores: Integers, total: int) -> Integers:
    """The scores with some moved by one, within 0 to 40, until they add up to a total."""
    scores = scores.copy()
    while len(scores) and (short := total - int(scores.sum())):
        step = 1 if short > 0 else -1
        free = np.flatnonzero((scores + step >= 0) & (scores + step <= 40))
        if not len(free):
            break
        scores[rng.permutation(free)[: abs(short)]] += step
    return scores
