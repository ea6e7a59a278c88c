"""Where looked after children live: the kind of placement, how far from home, and in which district."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, split
from dashboard.simulation.draw import draw_codes, steer_flag, steer_states, tally
from dashboard.simulation.timeline import LENGTH, SHOWN, Booleans, Floats, Integers
from dashboard.simulation.world import NOT_KNOWN, OUTSIDE, World, coded, is_
from dashboard.vocabulary import Basis

_BASES = (Basis.LOCAL, Basis.OFFICIAL)

#: The kinds of placement as counted locally, in percent of those looked after where nothing is published.
TYPES = {
    "foster_care": (
        "placed_in_foster_care", (("2018-M04", 51.8), ("2020-M03", 53.5), ("2022-M03", 50.6)),
    ),
    "relative_or_friend": (
        "placed_with_relative_or_friend", (("2018-M04", 21.2), ("2020-M03", 20.6), ("2022-M03", 21.9)),
    ),
    "for_adoption": (
        "placed_for_adoption", (("2018-M04", 3.6), ("2020-M03", 2.6), ("2022-M03", 3.9)),
    ),
    "with_parents": (
        "placed_with_parents", (("2018-M04", 5.4), ("2020-M03", 5.2), ("2022-M03", 4.9)),
    ),
    "independent_living": (
        "placed_in_independent_living", (("2018-M04", 4.5), ("2020-M03", 6.6), ("2022-M03", 6.2)),
    ),
    "residential_care": (
        "placed_in_residential_care", (("2018-M04", 12.5), ("2020-M03", 11.1), ("2022-M03", 11.1)),
    ),
    "secure_accommodation": (
        "placed_in_secure_accommodation", (("2018-M04", 0.3), ("2022-M03", 0.2)),
    ),
    "other": (
        "placed_in_other", (("2018-M04", 0.7), ("2020-M03", 0.4), ("2022-M03", 0.7)),
    ),
}  # fmt: skip
#: The national groups, and the local kinds that make them up.
GROUPS = {
    "foster": ("foster_care", "relative_or_friend"),
    "for_adoption": ("for_adoption",),
    "with_parents": ("with_parents",),
    "independent_living": ("independent_living",),
    "homes": ("residential_care", "secure_accommodation"),
    "other": ("other",),
}
#: Groups of which the official count leaves out what the local one has: residential schools and settings.
_COUNTED_OTHERWISE = frozenset({"homes"})
OUTSIDE_COUNTY = Level(
    "placed_outside_county",
    (("2018-M03", 201.0), ("2019-M12", 226.0), ("2020-M06", 240.0), ("2021-M03", 270.0), ("2022-M03", 290.0)),
    bases=_BASES,
    noise=0.012,
    counted_as=("looked_after_children", "locality", "outside"),
)
OVER_20_OUTSIDE = Level(
    "placed_over_20_miles_outside_county",
    (("2018-M03", 96.0), ("2020-M03", 104.0), ("2021-M03", 135.0), ("2022-M03", 130.0)),
    bases=_BASES,
    noise=0.015,
    counted_as=("looked_after_children", "distance_and_locality", "outside_over_20_miles"),
)
OVER_20 = Level(
    "placed_over_20_miles",
    (("2018-M03", 121.0), ("2020-M03", 124.0), ("2021-M03", 155.0), ("2022-M03", 145.0)),
    bases=_BASES,
    noise=0.012,
    counted_as=("looked_after_children", "distance", "over_20_miles"),
)
DISTANCE_NOT_KNOWN = Level(
    "distance_not_known",
    (("2018-M04", 114.0), ("2019-M06", 113.0), ("2021-M03", 60.0), ("2022-M03", 75.0)),
    noise=0.01,
    counted_as=("looked_after_children", "distance", "not_known"),
)
IN_HOUSE = Level("foster_in_house", (("2018-M04", 60.0), ("2022-M03", 52.0)), noise=0.01)
POSTCODE_WITHHELD = (
    0.035  # of children placed inside the county, other than for adoption, whose district is not held
)
OWN_DISTRICT = 5.0  # how much likelier a placement in the home district than in another
REGIONS = {"west_midlands": 69.0, "south_west": 15.0, "rest_of_england": 11.5, "wales": 4.0, "elsewhere": 0.5}
GRADES = {
    "good": 64.0,
    "outstanding": 17.0,
    "requires_improvement": 15.0,
    "inadequate": 1.5,
    "not_inspected": 2.5,
}
#: How likely each kind of placement is to be outside the county.
_AWAY = {
    "foster_care": 1.0, "relative_or_friend": 0.7, "for_adoption": 2.5, "with_parents": 0.4,
    "independent_living": 1.5, "residential_care": 4.0, "secure_accommodation": 1e3, "other": 1.0,
}  # fmt: skip
PROVIDERS = ("own_provision", "private", "voluntary_sector", "parents", "other_council", "not_reported")
_COMPANY_FROM = 18  # October 2019: children's services moved to a company, counted with the voluntary sector


def place_children(world: World, looked_after: pd.DataFrame) -> None:
    """Add to everyone looked after at a month-end where they live."""
    rng = world.rng("placements")
    types = _steer_types(world, looked_after)
    looked_after["placement_type"] = coded(types, tuple(TYPES))
    for name in TYPES:
        looked_after[f"placed_{name}"] = types == list(TYPES).index(name)
    looked_after["foster_carers"] = types <= 1
    groups = np.array([next(g for g, each in enumerate(GROUPS.values()) if name in each) for name in TYPES])
    looked_after["placement_group"] = coded(groups[types], tuple(GROUPS))
    _place_away(world, looked_after, types)
    looked_after["placed"] = coded(*_draw_districts(world, looked_after))
    _name_providers(world, looked_after, types)
    episodes = looked_after["episode"].to_numpy()
    stays = int(episodes.max(initial=0)) + 1
    outside = looked_after["outside"].to_numpy()
    regions = draw_codes(rng, stays, REGIONS)[episodes]
    looked_after["region_of_placement"] = coded(np.where(outside, regions, -1), tuple(REGIONS))
    grades = draw_codes(rng, stays, GRADES)[episodes]
    looked_after["inspection_grade"] = coded(np.where(types == 5, grades, -1), tuple(GRADES))


def _steer_types(world: World, looked_after: pd.DataFrame) -> Integers:
    """The kind of placement of every child at every month-end."""
    rng = world.rng("placements:types")
    months, age = looked_after["month"].to_numpy(), looked_after["age"].to_numpy()
    levels = {name: Level(indicator, knots, noise=0.012) for name, (indicator, knots) in TYPES.items()}
    targets = _target_types(world, levels, tally(months))
    likely = np.ones((len(looked_after), len(TYPES)))
    columns = {name: column for column, name in enumerate(TYPES)}
    until = looked_after["until_adopted"].to_numpy()
    likely[:, columns["for_adoption"]] = np.where(until <= 14, 4e3 / until**2, np.where(age < 96, 0.2, 0.0))
    likely[:, columns["independent_living"]] = np.where(age >= 192, 6.0, 0.0)
    likely[:, columns["residential_care"]] = np.select(
        [age < 72, age < 120, age < 156], [0.01, 0.25, 1.2], 1.6
    )
    likely[:, columns["secure_accommodation"]] = np.where(age >= 144, 1.0, 0.0)
    likely[:, columns["with_parents"]] = np.where(looked_after["unaccompanied"], 0.0, 1.0)
    likely[:, columns["relative_or_friend"]] = np.where(looked_after["unaccompanied"], 0.1, 1.0)
    return steer_states(rng, looked_after["episode"].to_numpy(), months, targets, likely, 0.012)


def _target_types(world: World, levels: dict[str, Level], totals: Integers) -> Integers:
    """How many are in each kind each month: the board dataset's counts, official groups at 31 March."""
    local = {
        name: {t: f.value for t, f in level.exact(world.published).items() if t >= 0}
        for name, level in levels.items()
    }
    rng = world.rng("placements:targets")
    grouped = split(
        rng,
        totals,
        {group: _sum_levels([levels[name] for name in names]) for group, names in GROUPS.items()},
        {
            group: _exact_group(world, group, [local[name] for name in names])
            for group, names in GROUPS.items()
        },
    )
    targets = np.zeros((LENGTH, len(TYPES)), dtype=np.int64)
    for column, names in enumerate(GROUPS.values()):
        inside = split(
            rng,
            grouped[:, column],
            {name: _within([levels[each] for each in names], levels[name]) for name in names},
            {name: local[name] for name in names},
        )
        for each, name in enumerate(names):
            targets[:, list(TYPES).index(name)] = inside[:, each]
    return targets


def _sum_levels(levels: list[Level]) -> Level:
    """The level of a group: at the months of its first part, those of all its parts."""
    knots = tuple(
        (code, sum(dict(level.ours).get(code, level.ours[-1][1]) for level in levels))
        for code, _ in levels[0].ours
    )
    return Level("placement_group", knots, noise=0.008)


def _within(levels: list[Level], level: Level) -> Level:
    """A level in percent of the group of levels that it is one of."""
    whole = dict(_sum_levels(levels).ours)
    own = dict(level.ours)
    knots = tuple((code, 100 * own.get(code, level.ours[-1][1]) / whole[code]) for code in whole)
    return Level(level.indicator, knots, noise=level.noise)


def _exact_group(world: World, group: str, parts: list[dict[int, float]]) -> dict[int, float]:
    """A group's published counts: official at 31 March, and the sum of its parts where all are printed."""
    key = ("looked_after_children", "count", Basis.OFFICIAL, "placement_group", group)
    official = {} if group in _COUNTED_OTHERWISE else world.published.months(*key)
    found = {t: figure.value for t, figure in official.items() if 0 <= t < SHOWN}
    months = set.intersection(*(set(each) for each in parts))
    return found | {t: sum(each[t] for each in parts) for t in months}


def _place_away(world: World, looked_after: pd.DataFrame, types: Integers) -> None:
    """Add whether each child lives outside the county, and how far from home."""
    rng = world.rng("placements:away")
    episodes, months = looked_after["episode"].to_numpy(), looked_after["month"].to_numpy()
    likely: Floats = np.array(list(_AWAY.values()))[types]
    outside = steer_flag(
        rng, episodes, months, world.counts("placements", OUTSIDE_COUNTY), likely, churn=0.01
    )
    known = tally(months) - world.counts("placements", DISTANCE_NOT_KNOWN)
    hidden = np.where(looked_after["unaccompanied"] | (types == 2), 6.0, 1.0) * np.where(outside, 3.0, 1.0)
    is_known = steer_flag(rng, episodes, months, known, 1 / hidden, churn=0.005)
    far = world.counts("placements", OVER_20_OUTSIDE)
    far_outside = steer_flag(rng, episodes, months, far, None, outside & is_known, 0.01)
    more = np.maximum(world.counts("placements", OVER_20) - tally(months, far_outside), 0)
    far_inside = steer_flag(rng, episodes, months, more, None, ~outside & is_known, 0.01)
    over: Booleans = far_outside | far_inside
    looked_after["outside"], looked_after["distance_known"] = outside, is_known
    looked_after["over_20_outside"], looked_after["over_20"] = far_outside, over
    locality, distance = outside.astype(np.int64), np.where(~is_known, 2, np.where(over, 1, 0))
    looked_after["locality"] = coded(locality, ("inside", "outside"))
    looked_after["distance"] = coded(distance, ("within_20_miles", "over_20_miles", "not_known"))
    names = [f"{where}_{far}" for where in ("inside", "outside") for far in _FAR]
    looked_after["distance_and_locality"] = coded(3 * locality + distance, names)


_FAR = ("within_20_miles", "over_20_miles", "distance_not_known")


def _draw_districts(world: World, looked_after: pd.DataFrame) -> tuple[Integers, tuple[str, ...]]:
    """The district each child lives in: mostly the home one, the same for as long as they stay inside."""
    rng = world.rng("placements:districts")
    episodes = looked_after["episode"].to_numpy()
    homes = looked_after["home"].cat.codes.to_numpy().astype(np.int64)
    districts = world.people.districts
    stays = int(episodes.max(initial=0)) + 1
    home = np.zeros(stays, dtype=np.int64)
    home[episodes] = homes
    weights = np.tile(world.people.weights / world.people.weights.mean(), (stays, 1))
    weights[np.arange(stays), home] *= OWN_DISTRICT
    shares = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    lives = (rng.random(stays)[:, None] > shares[:, :-1]).sum(axis=1)
    withheld = rng.random(stays) < POSTCODE_WITHHELD
    hidden = withheld[episodes] | is_(looked_after["placement_type"], "for_adoption")
    at_home = is_(looked_after["placement_type"], "with_parents")
    inside = np.where(at_home, homes, np.where(hidden, len(districts) + 1, lives[episodes]))
    placed = np.where(looked_after["outside"], len(districts), inside)
    return placed.astype(np.int64), (*districts, OUTSIDE, NOT_KNOWN)


def _name_providers(world: World, looked_after: pd.DataFrame, types: Integers) -> None:
    """Add who provides each placement; of foster placements, the council's own carers or an agency's."""
    rng = world.rng("placements:providers")
    episodes, months = looked_after["episode"].to_numpy(), looked_after["month"].to_numpy()
    fostered = types == 0
    own = np.rint(world.path("placements", IN_HOUSE) / 100 * tally(months, fostered)).astype(np.int64)
    likely = np.where(looked_after["outside"], 0.15, 1.0)
    in_house = steer_flag(rng, episodes, months, own, likely, fostered, 0.008)
    provider = np.where(in_house, 0, 1)
    looked_after["foster_provider"] = coded(
        np.where(fostered, provider, -1), ("in_house", "independent_agency")
    )
    ours = np.where(months >= _COMPANY_FROM, 2, 0)
    council = in_house | np.isin(types, [1, 2])
    code = np.select([types == 3, council], [3, ours], 1)
    stays = int(episodes.max(initial=0)) + 1
    other = (rng.random(stays) < 0.03)[episodes] & (code != 3)
    looked_after["provider"] = coded(np.where(other, 4, code), PROVIDERS)
