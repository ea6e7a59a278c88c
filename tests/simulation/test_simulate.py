"""The same seed makes the same children and figures, whatever else is declared."""

import hashlib
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.areas import Area, AreaKind, Areas
from dashboard.populations import Population, Populations
from dashboard.simulation import SEED, Children, make_children, simulate
from dashboard.simulation.measures import load_measures
from dashboard.sources import load_sources
from dashboard.vocabulary import COLUMNS

#: Without published figures: what is pinned depends on the simulation alone, not on what is received.
NOTHING = pd.DataFrame({name: pd.Series(dtype="str") for name in COLUMNS}).assign(
    value=pd.Series(dtype="float64"), decimals=pd.Series(dtype="int8")
)
AREAS = Areas(
    (
        Area("shire", "Shire", "Shire", AreaKind.COUNTY),
        Area("north", "North", "North", AreaKind.DISTRICT, within="shire"),
        Area("south", "South", "South", AreaKind.DISTRICT, within="shire"),
        Area("outside-county", "Outside", "Outside", AreaKind.PLACEMENT_ONLY, within="shire"),
        Area("not-known", "Not known", "Not known", AreaKind.PLACEMENT_ONLY, within="shire"),
    )
)
POPULATIONS = Populations(
    tuple(
        Population(slug, 2018, "0-17", people, "before_census_2021", "published", "test")
        for slug, people in (("north", 70_000), ("south", 48_000))
    )
)
SOME = ("contacts", "looked_after_children", "child_protection_plans", "agency_worker_rate")


@pytest.fixture(scope="module")
def children() -> Children:
    return make_children(AREAS, POPULATIONS, NOTHING, seed=SEED)


def fingerprint(children: Children) -> str:
    """Of how many rows every table has, by month."""
    lines = [
        f"{name} {month} {rows}"
        for name, table in sorted(children.tables.items())
        if "month" in table
        for month, rows in table.groupby("month").size().items()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def make(simulated, names=SOME) -> pd.DataFrame:
    catalogue = {name: simulated.catalogue[name] for name in names}
    return simulate(catalogue, simulated.characteristics, simulated.areas, simulated.populations, NOTHING)


def test_the_default_seed_makes_these_children(children):
    looked_after = children["looked_after"].query("month == 47")
    assert {
        "contacts": len(children["contacts"]),
        "looked after": len(looked_after),
        "in the north": int((looked_after["home"] == "north").sum()),
        "outside": int(looked_after["outside"].sum()),
        "plans": len(children["plans_started"]),
        "in post": float(children["posts"].query("month == 47 and filled")["fte"].sum().round(1)),
    } == PINNED
    assert fingerprint(children) == PINNED_FINGERPRINT


def test_the_same_seed_makes_the_same_children_and_another_does_not(children):
    again = make_children(AREAS, POPULATIONS, NOTHING, seed=SEED)
    for name, table in children.tables.items():
        assert table.equals(again[name]), name
    other = make_children(AREAS, POPULATIONS, NOTHING, seed=SEED + 1)
    assert fingerprint(other) != fingerprint(children)


def test_a_figure_is_the_same_whichever_others_are_declared(simulated):
    alone = make(simulated, names=("child_protection_plans",))
    among = make(simulated)
    among = among[among["indicator"] == "child_protection_plans"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among)


def test_every_indicator_of_the_catalogue_has_a_measure(simulated):
    assert set(load_measures()) == set(simulated.catalogue)


def test_an_indicator_without_a_measure_is_left_out_and_nothing_given_is_changed(simulated):
    new = replace(simulated.catalogue["contacts"], id="something_new")
    received = simulated.observations.copy()
    made = simulate(
        {"something_new": new}, simulated.characteristics, simulated.areas, simulated.populations, received
    )
    assert made.empty
    assert list(made.columns) == [*COLUMNS, "decimals"]
    assert received.equals(simulated.observations)


def test_the_date_and_source_are_those_declared_of_the_simulation(simulated):
    source = load_sources(simulated.data)["simulation"]
    assert set(simulated.figures["published_on"]) == {source.published_on}


PINNED = {
    "contacts": 93_300,
    "looked after": 889,
    "in the north": 528,
    "outside": 289,
    "plans": 3_315,
    "in post": 284.5,
}
PINNED_FINGERPRINT = "d9915b9b3a629215"
