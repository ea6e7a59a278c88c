"""Lists 6 to 11 of made-up children: in need, on plans, in care, after care, and adopted."""

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.simulation.annex_a_front_door import FRONT_DOOR
from dashboard.simulation.annex_a_rows import (
    A_YEAR,
    NO_DAY,
    TEAMS,
    Columns,
    Story,
    days_in_column,
    describe,
    write_ids,
    write_teams,
    write_yes_no,
    written,
)
from dashboard.simulation.annex_a_spells import Spells, make_spells
from dashboard.simulation.children import Children
from dashboard.simulation.timeline import Days, draw_days

#: The district councils' own offices, where nobody lives, and a town hall outside the county.
_OFFICES = {
    "bromsgrove": "B61 8DA", "malvern-hills": "WR14 3AF", "redditch": "B98 8AH",
    "worcester": "WR1 2EY", "wychavon": "WR10 1PT", "wyre-forest": "DY11 7WF",
    "outside-county": "B1 1BB", "not-known": "",
}  # fmt: skip
_PLACEMENTS = {
    "foster_care": "u6", "relative_or_friend": "u3", "for_adoption": "a6", "with_parents": "p1",
    "independent_living": "p2", "residential_care": "k2", "secure_accommodation": "k1", "other": "z1",
}  # fmt: skip
_KNOWN_BY_AGE = {"turned_18": "other"}  # why somebody left care, without a code of its own
_UNVISITED, _UNCHECKED = 120, 430  # days ago: too long for a visit, and for a yearly check


def make_lists(children: Children, areas: Areas, last: int) -> tuple[dict[int, Columns], Columns]:
    """The columns of every list by key, and those of the add-on by heading."""
    story = Story(children.tables, last)
    spells = make_spells(children.tables, last, story.rng("spells"))
    lists = {number: make(story) for number, make in FRONT_DOOR.items()}
    lists[6], lists[7] = _list_need(story, spells), _list_plans(story, spells)
    lists[8], lists[9] = _list_care(story, spells), _list_leavers(story)
    lists[10] = _list_adopted(story, spells)
    lists[11] = _list_adopters(lists[10])
    everyone = sorted({int(str(each).rsplit("-", 1)[1]) for n in range(1, 11) for each in lists[n]["child"]})
    homes = children["children"]["home"].astype("str").to_numpy()[everyone]
    names = {area.slug: area.name for area in areas.districts}
    add_on: Columns = {
        "Child Unique ID": write_ids(np.array(everyone)),
        "Home district": [names[each] for each in homes],
    }
    return lists, add_on


def _list_need(story: Story, spells: Spells) -> Columns:
    """A row for every case: a child's times in need, on a plan and in care that follow one another."""
    cases = spells.cases(story.first)
    rows = spells.describe(cases["child"].to_numpy(), story.tables["children"], story.last)
    need = story.at_the_end("need").set_index("episode")
    care, plans = (
        story.at_the_end("looked_after").set_index("episode"),
        story.at_the_end("plans").set_index("plan"),
    )
    status, needs, teams = [], [], []
    for kind, episode, is_open in zip(cases["kind"], cases["episode"], cases["open"], strict=True):
        table = {"need": need, "plans": plans, "care": care}[kind]
        row = table.loc[episode] if is_open else None
        planned = "need_plan" if row is not None and kind == "need" and row["planned"] else "assessment"
        status.append(
            {"plans": "protection_plan", "care": "looked_after"}.get(kind, planned) if is_open else "closed"
        )
        needs.append(str(row["primary_need"]) if row is not None and kind != "plans" else "abuse_or_neglect")
        teams.append(TEAMS[str(row["team"])] if row is not None else TEAMS["assessment"])
    reasons = story.tables["need_ended"].set_index("episode")["closure_reason"].astype("str").to_dict()
    closed = [
        "" if is_open else reasons.get(episode, "other") if kind == "need" else "other"
        for kind, episode, is_open in zip(cases["kind"], cases["episode"], cases["open"], strict=True)
    ]
    rng = story.rng("need")
    seen = story.until - rng.integers(0, 25, len(cases)).astype("timedelta64[D]")
    return describe(story, rows) | {
        "need_start": list(days_in_column(cases["start"])),
        "need_end": list(np.where(cases["open"], NO_DAY, days_in_column(cases["end"]))),
        "primary_need": written("primary_need", needs),
        "last_seen": list(np.where(cases["open"], seen, NO_DAY)),
        "closure_reason": written("closure_reason", closed),
        "case_status": written("case_status", status),
        "team": teams,
    }


def _list_plans(story: Story, spells: Spells) -> Columns:
    listed = spells.listed("plans", story.first)
    rows = spells.describe(listed["child"].to_numpy(), story.tables["children"], story.last)
    first = story.tables["plans_started"].set_index("plan")
    latest = story.at_the_end("plans").set_index("plan")
    initial = [str(first["category_of_abuse"].get(each, "neglect")) for each in listed["episode"]]
    now = [
        str(latest["category_of_abuse"].get(each, own))
        for each, own in zip(listed["episode"], initial, strict=True)
    ]
    before = [bool(first["second_or_subsequent"].get(each, False)) for each in listed["episode"]]
    seen = story.until - story.rng("plans").integers(0, 14, len(listed)).astype("timedelta64[D]")
    return describe(story, rows) | {
        "plan_start": list(days_in_column(listed["start"])),
        "plan_end": list(np.where(listed["open"], NO_DAY, days_in_column(listed["end"]))),
        "first_category": written("category_of_abuse", initial),
        "latest_category": written("category_of_abuse", now),
        "plan_visit": list(np.where(listed["open"], seen, NO_DAY)),
        "seen_alone": write_yes_no(np.ones(len(listed), dtype=np.bool_)),
        "emergency": write_yes_no(np.zeros(len(listed), dtype=np.bool_)),
        "plans_before": [int(each) for each in before],
        "team": [TEAMS["family_safeguarding"]] * len(listed),
    }


def _list_care(story: Story, spells: Spells) -> Columns:
    listed = spells.listed("care", story.first)
    rows = spells.describe(listed["child"].to_numpy(), story.tables["children"], story.last)
    everyone = story.tables["looked_after"]
    everyone = everyone[everyone["month"] <= story.last].sort_values(["episode", "month"], kind="stable")
    latest = (
        everyone.drop_duplicates("episode", keep="last")
        .set_index("episode")
        .loc[listed["episode"]]
        .reset_index()
    )
    started = story.tables["care_started"].set_index("episode")["repeated"]
    ceased = story.tables["care_ceased"].set_index("episode")["reason_ceased"].astype("str")
    begun, rng = days_in_column(listed["start"]), story.rng("care")
    legal = find_run(everyone, ["legal_status"], latest["episode"], begun, rng)
    placed = find_run(
        everyone, ["placement_type", "provider", "outside", "placed"], latest["episode"], begun, rng
    )
    missing = story.tables["missing_incidents"]
    recent = missing[(missing["month"] <= story.last) & (missing["month"] > story.last - A_YEAR)]
    episodes = recent["episode"].value_counts()
    why = [
        "" if is_open else str(ceased[each])
        for each, is_open in zip(listed["episode"], listed["open"], strict=True)
    ]
    return describe(story, rows) | _describe_care(story, latest, begun, rng) | {
        "care_start": list(begun),
        "care_end": list(np.where(listed["open"], NO_DAY, days_in_column(listed["end"]))),
        "care_end_reason": written("reason_ceased", [_KNOWN_BY_AGE.get(each, each) for each in why]),
        "care_again": write_yes_no(np.array([bool(started.get(each, False)) for each in listed["episode"]])),
        "legal_start": list(legal),
        "placement_start": list(placed),
        "missing": [int(episodes.get(each, 0)) for each in listed["episode"]],
        "absent": [0] * len(listed),
    }  # fmt: skip


def _describe_care(story: Story, latest: pd.DataFrame, begun: Days, rng: np.random.Generator) -> Columns:
    """What the list says of every looked after child as it was last."""
    count = len(latest)
    recently = story.until - rng.integers(0, 25, count).astype("timedelta64[D]")
    months_ago = story.until - rng.integers(20, 140, count).astype("timedelta64[D]")
    long_ago = np.full(count, story.until - np.timedelta64(_UNCHECKED, "D"))
    unvisited = np.full(count, story.until - np.timedelta64(_UNVISITED, "D"))
    visited = np.where(
        latest["visits_in_time"] > 0, recently, np.where(unvisited >= begun, unvisited, NO_DAY)
    )
    return {
        "unaccompanied": write_yes_no(latest["unaccompanied"]),
        "care_need": written("primary_need", latest["primary_need"]),
        "legal_status": written("legal_status", latest["legal_status"]),
        "care_visit": list(visited),
        "care_review": list(months_ago),
        "health": list(np.where(latest["health_assessment"], months_ago, long_ago)),
        "dental": list(np.where(latest["dental_check"], months_ago, long_ago)),
        "placements": np.where(latest["three_or_more_placements"], 3, 1).tolist(),
        "placement_type": written("placement", [_PLACEMENTS[str(each)] for each in latest["placement_type"]]),
        "provider": written("provider", latest["provider"]),
        "postcode": [_OFFICES[str(each)] for each in latest["placed"]],
        "location": written("location", latest["locality"]),
        "team": write_teams(latest["team"]),
    }


def find_run(
    everyone: pd.DataFrame,
    columns: list[str],
    episodes: "pd.Series[int]",
    begun: Days,
    rng: np.random.Generator,
) -> Days:
    """The day since which nothing in some columns has changed: in the month of the change, or the first day.

    `everyone` is in order of episode and month.
    """
    changed = (everyone[["episode"]] != everyone[["episode"]].shift()).any(axis=1)
    for column in columns:
        changed |= everyone[column].astype("str") != everyone[column].astype("str").shift()
    since = (
        everyone[changed]
        .drop_duplicates("episode", keep="last")
        .set_index("episode")["month"]
        .loc[episodes]
        .to_numpy()
    )
    shown_first = everyone.drop_duplicates("episode").set_index("episode")["month"].loc[episodes].to_numpy()
    return np.where(since == shown_first, begun, draw_days(rng, since))


def _list_leavers(story: Story) -> Columns:
    rows = story.at_the_end("leavers")
    rng = story.rng("leavers")
    recently = story.until - rng.integers(5, 140, len(rows)).astype("timedelta64[D]")
    long_ago = np.full(len(rows), story.until - np.timedelta64(250, "D"))
    suitable = np.where(rows["suitable"], "yes", np.where(rows["accommodation"] == "not_known", "", "no"))
    return describe(story, rows) | {
        "team": write_teams(rows["team"]),
        "adviser": [
            f"Made-up adviser {child % 23}" if has else ""
            for child, has in zip(rows["child"], rows["has_adviser"], strict=True)
        ],
        "eligibility": written(
            "eligibility", np.where(rows["age"] < 216, "relevant", "former_relevant").tolist()
        ),
        "leaver_unaccompanied": write_yes_no(rows["asylum_seeking"] == "unaccompanied"),
        "pathway_plan": list(np.where(rows["pathway_plan"], recently, long_ago)),
        "in_touch": written("in_touch", np.where(rows["in_touch"], "yes", "no").tolist()),
        "leaver_contact": list(np.where(rows["in_touch"], recently, NO_DAY)),
        "accommodation": written("accommodation", rows["accommodation"]),
        "suitability": written("suitability", suitable.tolist()),
        "activity": written("activity", rows["activity"]),
    }


def _list_adopted(story: Story, spells: Spells) -> Columns:
    """The children adopted in twelve months: days between say what the table says, up to the order."""
    rows = story.within("adopted", A_YEAR)
    ordered = days_in_column(rows["date"])
    to_home, to_match = (
        rows[name].to_numpy().astype("timedelta64[D]") for name in ("days_to_moving_in", "days_to_match")
    )
    entered = np.minimum(
        spells.starts("care", rows["episode"].to_numpy()), ordered - to_home - np.timedelta64(30, "D")
    )
    home = entered + to_home
    matched = home - np.timedelta64(21, "D")
    return describe(story, rows) | {
        "family": [f"made-up-family-{child:06d}" for child in rows["child"]],
        "entered_care": list(entered),
        "adoption_decision": list(matched - to_match - np.timedelta64(14, "D")),
        "placement_order": list(matched - to_match),
        "matched": list(matched),
        "moved_in": list(home),
        "adopted": list(ordered),
    }


def _list_adopters(adopted: Columns) -> Columns:
    """One adopter of each adopted child."""
    count = len(adopted["child"])
    return {
        "adopter": [f"made-up-adopter-{number:04d}" for number in range(count)],
        "family": adopted["family"],
        "adopter_matched": adopted["matched"],
        "adopter_placed": adopted["moved_in"],
        "children_placed": [1] * count,
        "adopted": adopted["adopted"],
    }
