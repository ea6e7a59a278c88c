"""The made-up children and staff of one seed, as tables: every event and every month-end, a row each.

A row is of a made-up child (`child`), post or household: there are no names. `month` counts from April 2018;
`home` is the home district, `placed` where a looked after child lives.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.areas import Areas
from dashboard.populations import Populations
from dashboard.simulation.assessments import make_assessments
from dashboard.simulation.care import make_care
from dashboard.simulation.carers import make_carers
from dashboard.simulation.conferences import make_conferences
from dashboard.simulation.contacts import make_front_door
from dashboard.simulation.journeys import Journeys, make_journeys
from dashboard.simulation.leaving import make_leavers
from dashboard.simulation.missing import make_missing
from dashboard.simulation.needs import make_early_help, make_families, make_needs
from dashboard.simulation.open_cases import list_open_cases
from dashboard.simulation.people import ETHNICITIES, SEXES
from dashboard.simulation.placements import place_children
from dashboard.simulation.protection import make_plans
from dashboard.simulation.reviews import make_reviews
from dashboard.simulation.staff import make_staff
from dashboard.simulation.wellbeing import describe_wellbeing, list_each_march
from dashboard.simulation.world import DISABILITIES, World, coded
from dashboard.vocabulary import Status


@dataclass(frozen=True)
class Children:
    """Every table by name."""

    tables: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]


def make_children(
    areas: Areas, populations: Populations, observations: pd.DataFrame, *, seed: int
) -> Children:
    """The journeys of one seed, calibrated to the county's published figures among the observations."""
    real = observations[observations["status"] != Status.ILLUSTRATIVE].reset_index(drop=True)
    world = World.make(areas, populations, real, seed)
    front_door = make_front_door(world)
    referrals, contacts = front_door["referrals"], front_door["contacts"]
    journeys, _ = make_journeys(world, referrals)
    tables = front_door | make_assessments(world, referrals) | make_early_help(world, contacts)
    tables |= make_plans(world, journeys)
    tables |= make_conferences(world, journeys, tables["plans_started"], referrals)
    tables |= make_needs(world, journeys) | make_families(world)
    tables |= make_care(world, journeys)
    looked_after = tables["looked_after"]
    place_children(world, looked_after)
    describe_wellbeing(world, looked_after)
    tables["reviews"] = make_reviews(world, journeys, looked_after)
    tables |= list_each_march(world, looked_after) | make_missing(world, looked_after, contacts)
    tables |= make_leavers(world, journeys) | make_carers(world) | make_staff(world)
    tables |= list_open_cases(world, tables)
    tables |= {"children": _list_everyone(world)} | _list_episodes(journeys)
    return Children(tables)


def _list_everyone(world: World) -> pd.DataFrame:
    """Every made-up child; `birth` is a month, counted from April 2018."""
    people = world.people
    return pd.DataFrame(
        {
            "child": range(len(people.home)),
            "home": coded(people.home, people.districts),
            "birth": people.birth,
            "sex": coded(people.sex, SEXES),
            "ethnicity": coded(people.ethnicity, ETHNICITIES),
            "disability": coded(people.disabled, DISABILITIES),
        }
    )


def _list_episodes(journeys: Journeys) -> dict[str, pd.DataFrame]:
    """Every time in need, plan and stay in care, with the months in which it began and ended."""
    return {
        f"{name}_episodes": pd.DataFrame(
            {"child": each.child, "start": each.start, "end": each.end, "reason": each.reason}
        )
        for name, each in vars(journeys).items()
    }
