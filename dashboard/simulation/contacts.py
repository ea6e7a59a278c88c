"""The front door: contacts about children, and the referrals that some of them become.

Every referral is a contact whose outcome was a referral, so conversions and referrals are the same children.
"""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, apportion, nearest, numerators, spread_years
from dashboard.simulation.draw import draw_codes, mark_months, tally
from dashboard.simulation.people import draw_ages
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    LENGTH,
    MONTHS,
    YEARS,
    Booleans,
    Floats,
    Integers,
    draw_days,
    place,
)
from dashboard.simulation.world import World, coded, is_
from dashboard.vocabulary import Basis

_OFFICIAL = (Basis.LOCAL, Basis.OFFICIAL)
_SCHOOL_YEAR = (0.97, 1.04, 1.08, 1.06, 0.80, 0.98, 1.06, 1.05, 0.93, 1.00, 0.97, 1.06)

CONTACTS = Level(
    "contacts",
    (("2018-19", 20_200), ("2019-20", 21_500), ("2020-21", 25_900), ("2021-22", 25_700)),
    noise=0.03,
    seasons=_SCHOOL_YEAR,
)
REFERRALS = Level(
    "referrals",
    (("2018-19", 4_900), ("2019-20", 5_400), ("2020-21", 5_300), ("2021-22", 5_100)),
    bases=_OFFICIAL,
    noise=0.06,
    seasons=_SCHOOL_YEAR,
)
IN_24_HOURS = Level(
    "contacts_decided_within_24_hours",
    (("2018-M04", 66), ("2019-M03", 69), ("2019-M10", 72), ("2020-M10", 78), ("2021-M10", 80)),
    statistic="percentage",
    noise=0.025,
)
#: Of referrals, in a year: official where no local figure is published.
OF_REFERRALS = {
    "re_referral": Level(
        "re_referrals_within_12_months", (("2018-19", 17),), statistic="percentage", bases=_OFFICIAL
    ),
    "no_further_action": Level(
        "referrals_no_further_action", (("2018-19", 10),), statistic="percentage", bases=_OFFICIAL
    ),
    "not_in_need": Level(
        "referrals_assessed_not_in_need", (("2018-19", 33),), statistic="percentage", bases=_OFFICIAL
    ),
}

AGES = {(-5, 0): 2.0, (0, 12): 7.0, (12, 60): 21.0, (60, 120): 27.0, (120, 192): 33.0, (192, 215): 10.0}
CONTACT_SOURCES = {
    "police": 33.0, "schools": 16.0, "health_services": 14.0, "family_and_public": 10.0,
    "local_authority_services": 9.0, "education_services": 2.5, "voluntary_sector": 3.0,
    "other_legal_agency": 5.0, "other": 4.0, "anonymous": 3.0, "unknown": 0.5,
}  # fmt: skip
CONTACT_OUTCOMES = {
    "referral": 0.0, "early_help": 19.0, "signposted": 27.0, "information_only": 30.0,
    "no_further_action": 24.0,
}  # fmt: skip
REFERRAL_SOURCES = {
    "individual": 8.0, "schools": 16.0, "education_services": 2.0, "health_services": 15.0, "housing": 1.2,
    "local_authority_services": 11.0, "police": 33.0, "other_legal_agency": 5.0, "other": 4.0,
    "anonymous": 4.0, "unknown": 0.8,
}  # fmt: skip
#: Who had made the contact that became a referral from each source.
_CAME_FROM = {"individual": "family_and_public", "housing": "local_authority_services"}
_AGAIN = 0.38  # of contacts, the share about a child already known from one within a year


def make_front_door(world: World) -> dict[str, pd.DataFrame]:
    """The contacts and the referrals of the months shown."""
    referrals = count_referrals(world)
    months = np.repeat(MONTHS[place(0) :], _count_contacts(world, referrals)[place(0) :])
    contacts = pd.DataFrame(world.describe(_draw_children(world, months), months))
    rng = world.rng("contacts")
    contacts["date"] = draw_days(rng, months)
    effects = world.effects("conversion")[contacts["home"].cat.codes]
    referred = mark_months(rng, months, referrals, effects)
    outcomes = draw_codes(rng, len(months), CONTACT_OUTCOMES)
    contacts["contact_outcome"] = coded(np.where(referred, 0, outcomes), tuple(CONTACT_OUTCOMES))
    made = _make_referrals(world, contacts[referred])
    names = tuple(CONTACT_SOURCES)
    sources = draw_codes(rng, len(months), CONTACT_SOURCES)
    sources[referred] = [names.index(_CAME_FROM.get(each, each)) for each in made["referral_source"]]
    contacts["contact_source"] = coded(sources, names)
    contacts["is_referral"] = referred
    contacts["within_24_hours"] = _mark_prompt(world, contacts)
    return {"contacts": contacts, "referrals": made}


def count_referrals(world: World) -> Integers:
    """Referrals of every month simulated: as published by month, else by year."""
    exact = {month: round(figure.value) for month, figure in REFERRALS.exact(world.published).items()}
    totals = {year: figure.value for year, figure in REFERRALS.yearly(world.published).items()}
    weights = np.array(REFERRALS.seasons)[MONTHS % 12] * (
        1 + REFERRALS.noise * world.rng("referrals:count").standard_normal(LENGTH)
    )
    return spread_years(totals, weights, exact)


def _count_contacts(world: World, referrals: Integers) -> Integers:
    """Contacts of every month: years as aimed at, months moving part of the way with referrals."""
    totals = {year: figure.value for year, figure in CONTACTS.yearly(world.published).items()}
    noise = 1 + CONTACTS.noise * world.rng("contacts:count").standard_normal(LENGTH)
    share = referrals / max(float(referrals.mean()), 1.0)
    weights = np.array(CONTACTS.seasons)[MONTHS % 12] * noise * (0.55 + 0.45 * share)
    exact = {month: round(figure.value) for month, figure in CONTACTS.exact(world.published).items()}
    return np.maximum(spread_years(totals, weights, exact), referrals)


def _draw_children(world: World, months: Integers) -> Integers:
    """The child of every contact: a new one, or that of a contact within the year before."""
    rng = world.rng("contacts:children")
    count = len(months)
    origin = np.arange(count)
    earlier = np.searchsorted(months, months - 12)
    again = (rng.random(count) < _AGAIN) & (earlier < origin)
    origin[again] = (earlier + rng.random(count) * (origin - earlier)).astype(np.int64)[again]
    while not np.array_equal(origin, origin[origin]):
        origin = origin[origin]
    first, child = np.unique(origin, return_inverse=True)
    ids = world.people.add(rng, months[first] - draw_ages(rng, len(first), AGES))
    return np.asarray(ids[child])


def _make_referrals(world: World, contacts: pd.DataFrame) -> pd.DataFrame:
    rng = world.rng("referrals")
    who = ["child", "month", "home", "age_group", "age", "sex", "ethnicity", "disability", "date"]
    referrals = contacts[who].reset_index(drop=True)
    referrals["referral_source"] = coded(_draw_sources(world, referrals["month"]), tuple(REFERRAL_SOURCES))
    months = referrals["month"].to_numpy()
    homes = referrals["home"].cat.codes.to_numpy()
    free = np.ones(len(referrals))
    for name, level in OF_REFERRALS.items():
        yearly = level.yearly(world.published)
        aimed = np.array([nearest(yearly, t // 12).value for t in EVERY_MONTH])
        pooled = {(12 * y, 12 * y + 11): figure for y, figure in yearly.items() if figure.value and y >= 0}
        wavering = aimed * (1 + 0.08 * world.rng(f"referrals:{name}").standard_normal(LENGTH))
        counts = numerators(wavering, tally(months), pooled=pooled)
        referrals[name] = mark_months(rng, months, counts, free * world.effects(name)[homes])
        # a referral closed at once was not assessed
        free = np.where(referrals["no_further_action"], 0.0, 1.0) if name == "no_further_action" else free
    return referrals


def _draw_sources(world: World, months: "pd.Series[int]") -> Integers:
    """The source of every referral: in a year as published, where every source of it is."""
    rng = world.rng("referrals:sources")
    codes = np.empty(len(months), dtype=np.int64)
    for year in YEARS:
        rows = np.flatnonzero(months.to_numpy() // 12 == year)
        published = [
            world.published.years("referrals", "count", Basis.OFFICIAL, "referral_source", name).get(year)
            for name in REFERRAL_SOURCES
        ]
        weights = np.array([figure.value if figure else 0.0 for figure in published])
        if not weights.any():
            weights = np.array(list(REFERRAL_SOURCES.values()))
        drawn = np.repeat(np.arange(len(weights)), apportion(len(rows), weights))
        codes[rows] = rng.permutation(drawn)
    return codes


def _mark_prompt(world: World, contacts: pd.DataFrame) -> Booleans:
    """Which contacts were decided within 24 hours: years as published, police contacts the soonest."""
    months = contacts["month"].to_numpy()
    pooled = IN_24_HOURS.pooled(world.published)
    counts = world.numerators("contacts", IN_24_HOURS, tally(months), pooled)
    likely: Floats = np.where(is_(contacts["contact_source"], "police", "health_services"), 1.2, 1.0)
    homes = contacts["home"].cat.codes.to_numpy()
    return mark_months(world.rng("contacts:24"), months, counts, likely * world.effects("prompt", 0.2)[homes])
