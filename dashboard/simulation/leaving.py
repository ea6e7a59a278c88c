"""Care leavers: who is open for services, whether they are in touch, where they live and what they do."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, spread_years
from dashboard.simulation.counts import OLDER, YOUNGER
from dashboard.simulation.draw import draw_codes, mark_months, pick, steer_flag, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import ALONE, Journeys
from dashboard.simulation.people import draw_ages
from dashboard.simulation.timeline import LENGTH, SHOWN, Booleans, Floats, Integers, place
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Basis, Statistic

_PERCENTAGE = Statistic.PERCENTAGE
_BASES = (Basis.LOCAL, Basis.OFFICIAL)

PLAN = Level(
    "care_leavers_18_to_20_pathway_plan_up_to_date",
    (("2018-M04", 60.0), ("2019-M12", 87.0), ("2020-M12", 94.0), ("2022-M03", 98.0)),
    _PERCENTAGE,
    noise=0.01,
)
ADVISER = Level(
    "care_leavers_with_personal_adviser",
    (("2018-M04", 90.0), ("2020-M03", 96.0), ("2022-M03", 99.0)),
    _PERCENTAGE,
    noise=0.004,
)
STAYING_PUT = Level(
    "staying_put",
    (("2018-M04", 28.0), ("2020-M10", 25.0), ("2022-M03", 16.0)),
    _PERCENTAGE,
    _BASES,
    noise=0.02,
)
BED_AND_BREAKFAST = Level(
    "care_leavers_in_bed_and_breakfast",
    (("2018-19", 17), ("2019-20", 14), ("2020-21", 8), ("2021-22", 6)),
)


@dataclass(frozen=True)
class Outcome:
    """An outcome of all care leavers, and the same of those aged 19 to 21."""

    everyone: Level
    aged_19_to_21: Level


OUTCOMES = {
    "in_touch": Outcome(
        Level(
            "care_leavers_in_touch",
            (("2018-M04", 84.0), ("2019-M12", 88.0), ("2021-M03", 92.0), ("2022-M03", 94.0)),
            _PERCENTAGE,
            noise=0.008,
        ),
        Level(
            "care_leavers_19_to_21_in_touch",
            (("2018-M04", 85.0), ("2019-M03", 86.0), ("2020-M03", 89.0), ("2021-M09", 93.0)),
            _PERCENTAGE,
            noise=0.008,
        ),
    ),
    "suitable": Outcome(
        Level(
            "care_leavers_in_suitable_accommodation",
            (("2018-M04", 83.0), ("2019-M12", 88.0), ("2021-M03", 92.0), ("2022-M03", 94.0)),
            _PERCENTAGE,
            noise=0.008,
        ),
        Level(
            "care_leavers_19_to_21_in_suitable_accommodation",
            (("2018-M04", 83.0), ("2019-M03", 88.0), ("2020-M03", 89.0), ("2021-M09", 93.0)),
            _PERCENTAGE,
            _BASES,
            noise=0.008,
        ),
    ),
    "in_eet": Outcome(
        Level(
            "care_leavers_in_eet",
            (("2018-M04", 56.0), ("2020-M02", 56.0), ("2020-M12", 50.0), ("2022-M03", 59.0)),
            _PERCENTAGE,
            noise=0.015,
        ),
        Level(
            "care_leavers_19_to_21_in_eet",
            (("2018-M04", 52.0), ("2019-M06", 55.0), ("2020-M02", 53.0), ("2021-M09", 55.0)),
            _PERCENTAGE,
            _BASES,
            noise=0.015,
        ),
    ),
}
BANDS = ("aged_16_to_17", "aged_18_to_20", "aged_21_to_25")
_BAND_EDGES = np.array([216, 252])
SUITABLE_HOMES = {
    "independent": 38.0, "supported": 27.0, "parents_or_relatives": 17.0, "other_suitable": 9.0,
}  # fmt: skip
OTHER_HOMES = {"custody": 34.0, "unsuitable": 38.0, "not_known": 28.0}
BUSY = {"training_or_work": 58.0, "other_education": 31.0, "higher_education": 11.0}
IDLE = {"not_other": 52.0, "not_disability": 24.0, "not_parent": 13.0, "not_known": 11.0}
_REASONS = {
    "not_disability": "illness_or_disability",
    "not_parent": "pregnancy_or_parent",
    "not_other": "other",
}
_AGES_BEFORE = {(196, 216): 7.0, (216, 228): 32.0, (228, 240): 32.0, (240, 252): 29.0}
_OLDER_BEFORE = {(252, 264): 45.0, (264, 276): 24.0, (276, 300): 31.0}
_AGED_16, _AGED_18, _AGED_21, _AGED_26 = 192, 216, 252, 312
_STAYING_LATER = 0.1  # of those aged 19 and 20 who were fostered


def make_leavers(world: World, journeys: Journeys) -> dict[str, pd.DataFrame]:
    """Care leavers open at every month-end, those who turned 18 in care, and nights in bed and breakfast."""
    leavers = _walk(world, journeys)
    rows, months = leavers.shown(np.arange(SHOWN))
    listed = pd.DataFrame(world.describe(leavers.child[rows], months))
    listed["episode"] = rows
    age = listed["age"].to_numpy()
    listed["aged_16_to_20"], listed["aged_21_to_25"] = age < _AGED_21, age >= _AGED_21
    listed["aged_19_to_21"] = (age >= 228) & (age < 264)
    listed["aged_18_to_20"] = (age >= 216) & (age < _AGED_21)
    listed["care_leaver_age"] = coded(np.searchsorted(_BAND_EDGES, age, side="right"), BANDS)
    alone = np.isin(leavers.child[rows], journeys.care.child[journeys.care.kind == ALONE])
    listed["asylum_seeking"] = coded(alone.astype(np.int64), ("other_children", "unaccompanied"))
    for name, outcome in OUTCOMES.items():
        listed[name] = _steer_outcome(world, listed, name, outcome)
    _describe_lives(world, listed)
    _steer_service(world, listed)
    return {
        "leavers": listed,
        "bed_and_breakfast": _draw_nights(world, listed),
        "aged_18": _list_aged_18(listed),
    }


def _walk(world: World, journeys: Journeys) -> Episodes:
    """Who is open each month: those who leave care at 16 or over, until they close, or turn 26."""
    rng = world.rng("leavers")
    people, leavers = world.people, Episodes()
    younger, older = world.counts("leavers", YOUNGER), world.counts("leavers", OLDER)
    for bands, count in ((_AGES_BEFORE, younger[place(-1)]), (_OLDER_BEFORE, older[place(-1)])):
        leavers.begin(people.add(rng, -1 - draw_ages(rng, int(count), bands)), -1)
    care = journeys.care
    for month in range(SHOWN):
        left = care.child[care.end == month]
        leavers.begin(left[people.age(left, month) >= _AGED_16], month)
        aged = people.age(leavers.child, month)
        leavers.finish(np.flatnonzero((leavers.end > month) & (aged >= _AGED_26)), month, 0)
        for wanted, low, high in ((younger, 0, _AGED_21), (older, _AGED_21, _AGED_26)):
            rows = leavers.open_rows()
            ages = people.age(leavers.child[rows], month)
            rows = rows[(ages >= low) & (ages < high)]
            spare = len(rows) - int(wanted[place(month)])
            since = np.maximum(month - leavers.start[rows], 0)
            leavers.finish(rows[pick(rng, 0.05 + since.astype(float), spare)], month, 0)
            _take_up(world, rng, leavers, month, -spare, (max(low, _AGED_16), high))
    return leavers


def _take_up(
    world: World, rng: np.random.Generator, leavers: Episodes, month: int, count: int, ages: tuple[int, int]
) -> None:
    """Open so many young people of these ages: of those who had closed before, else from other councils."""
    if count <= 0:
        return
    low, high = ages
    busy = leavers.child[leavers.open_rows()]
    closed = np.setdiff1d(leavers.child[leavers.end < month - 1], busy)
    aged = world.people.age(closed, month)
    closed = closed[(aged >= max(low, 216)) & (aged < high - 2)]
    back = closed[pick(rng, np.ones(len(closed)), count // 2)]
    new = world.people.add(rng, month - draw_ages(rng, count - len(back), {(max(low, 200), high - 3): 1.0}))
    leavers.begin(np.append(back, new), month)


def _steer_outcome(world: World, listed: pd.DataFrame, name: str, outcome: Outcome) -> Booleans:
    """Who has an outcome: so many of those aged 19 to 21, and so many of everyone."""
    rng = world.rng(f"leavers:{name}")
    months, episodes = listed["month"].to_numpy(), listed["episode"].to_numpy()
    inside = listed["aged_19_to_21"].to_numpy()
    sizes, inner = tally(months), tally(months, inside)
    everyone = world.numerators("leavers", outcome.everyone, sizes)
    some = world.numerators("leavers", outcome.aged_19_to_21, inner)
    # an official share gives way where it leaves too many or too few for the others; a local one does not
    local = world.published.months(outcome.aged_19_to_21.indicator, _PERCENTAGE, Basis.LOCAL)
    fixed = np.isin(np.arange(LENGTH), [int(place(month)) for month in local])
    some = np.where(fixed, some, np.clip(some, everyone - (sizes - inner), everyone))
    rest = np.clip(everyone - some, 0, sizes - inner)
    effects = world.effects(f"leavers:{name}", 0.2)[listed["home"].cat.codes.to_numpy()]
    flags = steer_flag(rng, episodes, months, some, effects, inside, 0.03)
    return flags | steer_flag(rng, episodes, months, rest, effects, ~inside, 0.03)


def _describe_lives(world: World, listed: pd.DataFrame) -> None:
    """Add where each lives and what each does, as their outcomes allow, the same while those last."""
    rng = world.rng("leavers:lives")
    episodes = listed["episode"].to_numpy()
    stays = int(episodes.max(initial=0)) + 1
    _steer_staying_put(world, listed)
    homes = ("staying_put", *SUITABLE_HOMES, *OTHER_HOMES)
    suitable, other = draw_codes(rng, stays, SUITABLE_HOMES), draw_codes(rng, stays, OTHER_HOMES)
    code = np.where(listed["suitable"], 1 + suitable[episodes], 1 + len(SUITABLE_HOMES) + other[episodes])
    listed["accommodation"] = coded(np.where(listed["staying_put"], 0, code), homes)
    activities = (*BUSY, *IDLE)
    busy, idle = draw_codes(rng, stays, BUSY), draw_codes(rng, stays, IDLE)
    code = np.where(listed["in_eet"], busy[episodes], len(BUSY) + idle[episodes])
    listed["activity"] = coded(code, activities)
    listed["higher_education"] = (listed["activity"] == "higher_education").to_numpy()
    reasons = tuple(_REASONS.values())
    why = np.array([reasons.index(_REASONS[name]) if name in _REASONS else -1 for name in activities])
    listed["reason_not_in_work_or_learning"] = coded(why[code], reasons)
    listed["neet"] = why[code] >= 0
    team = np.where(listed["aged_18_to_20"] & (episodes % 9 == 0), 1, 0)
    listed["team"] = coded(team, ("care_leavers", "through_care"))


def _steer_staying_put(world: World, listed: pd.DataFrame) -> None:
    """Add who still lives with former foster carers: of 18-year-olds as published, fewer later."""
    rng = world.rng("leavers:staying_put")
    months, episodes, age = (listed[name].to_numpy() for name in ("month", "episode", "age"))
    fostered = episodes % 2 == 0
    listed["fostered_18"] = fostered & (age >= _AGED_18) & (age < _AGED_18 + 12)
    aged_18 = listed["fostered_18"].to_numpy()
    older = fostered & (age >= _AGED_18 + 12) & (age < _AGED_21)
    homed = listed["suitable"].to_numpy()
    counts = world.numerators("leavers", STAYING_PUT, tally(months, aged_18))
    staying = steer_flag(rng, episodes, months, counts, None, aged_18 & homed, 0.03)
    later = np.rint(_STAYING_LATER * tally(months, older)).astype(np.int64)
    listed["staying_put"] = staying | steer_flag(rng, episodes, months, later, None, older & homed, 0.03)


def _steer_service(world: World, listed: pd.DataFrame) -> None:
    """Add who has an up-to-date pathway plan, and a personal adviser."""
    months, episodes = listed["month"].to_numpy(), listed["episode"].to_numpy()
    aged = listed["aged_18_to_20"].to_numpy()
    plans = world.numerators("leavers", PLAN, tally(months, aged))
    rng = world.rng("leavers:service")
    listed["pathway_plan"] = steer_flag(rng, episodes, months, plans, None, aged, 0.06)
    advisers = world.numerators("leavers", ADVISER, tally(months))
    listed["has_adviser"] = steer_flag(rng, episodes, months, advisers, None, None, 0.05)


def _draw_nights(world: World, listed: pd.DataFrame) -> pd.DataFrame:
    """Young people aged 18 and over placed in bed and breakfast in a month."""
    rng = world.rng("leavers:bed_and_breakfast")
    months = listed["month"].to_numpy()
    likely: Floats = np.where(listed["suitable"] | (listed["age"] < 216), 0.0, 1.0)
    totals = {year: figure.value for year, figure in BED_AND_BREAKFAST.yearly(world.published).items()}
    counts: Integers = spread_years(totals, rng.gamma(2.0, 1.0, LENGTH))
    return listed[mark_months(rng, months, counts, likely)].reset_index(drop=True)


def _list_aged_18(listed: pd.DataFrame) -> pd.DataFrame:
    """Care leavers aged 18 at each 31 March who left foster care."""
    march = listed["month"] % 12 == 11
    return listed[march & listed["fostered_18"]].reset_index(drop=True)
