"""The columns of every list of Annex A, filled from the tables of made-up children."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.intake.annex_a.layout import load_layout
from dashboard.simulation.annex_a_spells import OPEN, Spells, make_spells
from dashboard.simulation.children import Children
from dashboard.simulation.draw import topic_generator
from dashboard.simulation.timeline import BANK_HOLIDAYS, Booleans, Days, Integers, draw_days, first_days
from dashboard.simulation.timeline import month_of, working_days

Columns = dict[str, Sequence[object]]

WINDOW, A_YEAR = 6, 12  # months
NO_DAY = np.datetime64("NaT", "D")
_SEED = 2018
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
_UNTOLD = {"voluntary_sector": "other"}  # sources without a code of their own
_LIMITS = {"visited": 120, "missed": 430}  # days: too long ago for a visit, and for a yearly check


@dataclass(frozen=True)
class Story:
    """The tables, and the last month of the lists."""

    tables: Mapping[str, pd.DataFrame]
    last: int

    @property
    def first(self) -> int:
        """The first month of the six."""
        return self.last - WINDOW + 1

    @property
    def until(self) -> np.datetime64:
        """The last day."""
        return np.datetime64(first_days(np.array([self.last]))[0], "M").astype("datetime64[D]") + days_of(self.last)

    def within(self, name: str, months: int = WINDOW) -> pd.DataFrame:
        """The rows of a table of events in the months up to the last."""
        table = self.tables[name]
        chosen = (table["month"] <= self.last) & (table["month"] > self.last - months)
        return table[chosen].reset_index(drop=True)

    def at_the_end(self, name: str) -> pd.DataFrame:
        """The rows of a table of month-ends as at the last."""
        return self.tables[name][self.tables[name]["month"] == self.last].reset_index(drop=True)

    def rng(self, topic: str) -> np.random.Generator:
        """The generator of a topic of the lists."""
        return topic_generator(_SEED, f"annex_a:{topic}")


def days_of(month: int) -> np.timedelta64:
    """From the first day of a month to its last."""
    start = np.datetime64("2018-04", "M") + month
    return (start + 1).astype("datetime64[D]") - start.astype("datetime64[D]") - np.timedelta64(1, "D")


def make_lists(children: Children, areas: Areas, last: int) -> tuple[dict[int, Columns], Columns]:
    """The columns of every list by key, and those of the add-on by heading."""
    story = Story(children.tables, last)
    spells = make_spells(children.tables, last, story.rng("spells"))
    lists: dict[int, Columns] = {}
    for number, make in _MAKERS.items():
        lists[number] = make(story)
    lists[6], lists[7] = _list_need(story, spells), _list_plans(story, spells)
    lists[8] = _list_care(story, spells)
    lists[10] = _list_adopted(story, spells)
    lists[11] = _list_adopters(lists[10])
    everyone = sorted({int(str(each).rsplit("-", 1)[1]) for n in range(1, 11) for each in lists[n]["child"]})
    homes = children["children"]["home"].astype("str").to_numpy()[everyone]
    names = {area.slug: area.name for area in areas.districts}
    add_on: Columns = {"Child Unique ID": _ids(np.array(everyone)), "Home district": [names[each] for each in homes]}
    return dict(sorted(lists.items())), add_on


# --- what every list has ----------------------------------------------------------------------------


def _ids(children: Integers) -> list[str]:
    return [f"made-up-{child:06d}" for child in children.tolist()]


def written(codes: str, categories: "pd.Series[str] | Sequence[str]") -> list[str]:
    """Categories as the codes of a column are written; blank for what has none."""
    texts = load_layout().codes[codes].written
    return [texts.get(str(each), "") for each in categories]


def _yes_no(flags: "pd.Series[bool] | Booleans") -> list[str]:
    return written("yes_no", np.where(np.asarray(flags, dtype=np.bool_), "yes", "no").tolist())


def births_of(rows: pd.DataFrame) -> Days:
    """The days of birth of a table's children: the first of the month, by their ages in the table's month."""
    return np.asarray(np.datetime64("2018-04", "M") + (rows["month"] - rows["age"]).to_numpy()).astype("datetime64[D]")


def _describe(story: Story, rows: pd.DataFrame) -> Columns:
    """Who the children of a table are."""
    births = births_of(rows)
    age = (np.datetime64(story.until, "M") - births.astype("datetime64[M]")).astype(np.int64) // 12
    return {
        "child": _ids(rows["child"].to_numpy()),
        "sex": written("sex", rows["sex"]),
        "ethnicity": written("ethnicity", rows["ethnicity"]),
        "birth": list(births),
        "age": age.tolist(),
        "disability": _yes_no(rows["disability"] == "disabled"),
        "worker": [f"Made-up worker {child % 97}" for child in rows["child"]],
    }


def _teams(teams: "pd.Series[str]") -> list[str]:
    return [_TEAMS[str(each)] for each in teams]


_TEAMS = {
    "front_door": "Family front door", "assessment": "Assessment", "family_safeguarding": "Family safeguarding",
    "through_care": "Through care", "care_leavers": "Care leavers", "disabilities": "Children with disabilities",
    "fostering": "Fostering and adoption",
}  # fmt: skip


# --- lists 1 to 5 -------------------------------------------------------------------------------------


def _list_contacts(story: Story) -> Columns:
    rows = story.within("contacts")
    sources = [_UNTOLD.get(str(each), str(each)) for each in rows["contact_source"]]
    own = {"contact_date": list(_days(rows["date"])), "contact_source": written("contact_source", sources)}
    return _describe(story, rows) | own


def _days(column: "pd.Series[pd.Timestamp]") -> Days:
    return column.to_numpy().astype("datetime64[D]")


def _list_early_help(story: Story) -> Columns:
    rows = story.within("early_help_assessments")
    rng = story.rng("early_help")
    ended = draw_days(rng, rows["month"].to_numpy())
    begun = ended - rng.integers(10, 45, len(rows)).astype("timedelta64[D]")
    own = {"early_help_start": list(begun), "early_help_end": list(ended), "early_help_by": rows["early_help_lead"].astype("str").tolist()}
    return _describe(story, rows) | own


def _list_referrals(story: Story) -> Columns:
    rows = story.within("referrals")
    return _describe(story, rows) | {
        "referral_date": list(_days(rows["date"])),
        "referral_source": written("referral_source", rows["referral_source"]),
        "referral_nfa": _yes_no(rows["no_further_action"]),
        "referrals_before": rows["re_referral"].astype("int64").tolist(),
        "team": [_TEAMS["front_door"]] * len(rows),
    }


def _list_assessments(story: Story) -> Columns:
    """Those completed in the six months, and those begun in them or before that are not."""
    done = story.within("assessments_completed")
    begun = story.tables["assessments_started"]
    unfinished = (begun["month"] <= story.last) & ((begun["end"] > story.last) | (begun["passed_on"] & (begun["month"] >= story.first)))
    rows = begun[unfinished].reset_index(drop=True)
    both = pd.concat([done, rows], ignore_index=True)
    blank = np.full(len(rows), NO_DAY)
    return _describe(story, both) | {
        "assessment_start": [*_days(done["started_on"]), *_days(rows["date"])],
        "assessment_end": [*_days(done["date"]), *blank],
        "child_seen": [*_yes_no(done["seen"]), *([""] * len(rows))],
        "support_needed": [""] * len(both),
        "team": _teams(both["team"]),
    }


def _list_enquiries(story: Story) -> Columns:
    """Every enquiry of the six months, with its conference where that was held in them, and the conferences."""
    conferences, enquiries = story.within("conferences"), story.within("section_47")
    begun = _days(conferences["enquiry_date"])
    keys = set(zip(conferences["child"], begun, strict=True))
    led = (enquiries["enquiry_outcome"] == "initial_conference").to_numpy()
    own = zip(enquiries["child"], _days(enquiries["date"]), strict=True)
    others = enquiries[~(led & np.array([key in keys for key in own]))].reset_index(drop=True)
    begun, held = _fit_conferences(conferences, begun)
    both = pd.concat([conferences, others], ignore_index=True)
    blank = [""] * len(others)
    return _describe(story, both) | {
        "strategy_date": [*begun, *_days(others["date"])],
        "conference_unnecessary": [*_yes_no(np.zeros(len(conferences), dtype=np.bool_)), *_yes_no(others["enquiry_outcome"] != "initial_conference")],
        "conference_date": [*held, *np.full(len(others), NO_DAY)],
        "conference_plan": [*_yes_no(conferences["led_to_plan"]), *blank],
        "enquiries_before": [0] * len(both),
        "conferences_before": [0] * len(both),
        "team": [_TEAMS["assessment"]] * len(both),
    }


def _fit_conferences(conferences: pd.DataFrame, begun: Days) -> tuple[Days, Days]:
    """The days of enquiries and conferences, so that days between say what the table says.

    A conference drawn on a day off is held on the working day before, or else its enquiry begins a day later.
    """
    held = _days(conferences["date"])
    in_time = conferences["in_15_days"].to_numpy()
    before = np.busday_offset(held, 0, roll="backward", holidays=BANK_HOLIDAYS)
    wrong = (working_days(begun, held) <= 15) != in_time
    held = np.where(wrong & (month_of(before) == month_of(held)), before, held)
    wrong = (working_days(begun, held) <= 15) != in_time
    later = np.busday_offset(begun, 1, holidays=BANK_HOLIDAYS)
    return np.where(wrong, later, begun), held


# --- lists 6 to 8: see also annex_a_spells ------------------------------------------------------------


def _list_need(story: Story, spells: Spells) -> Columns:
    """A row for every case: a child's times in need, on a plan and in care that follow one another."""
    cases = spells.cases(story.first)
    rows = spells.describe(cases["child"].to_numpy(), story.tables["children"], story.last)
    need = story.at_the_end("need").set_index("episode")
    care, plans = story.at_the_end("looked_after").set_index("episode"), story.at_the_end("plans").set_index("plan")
    status, needs, teams = [], [], []
    for kind, episode, is_open in zip(cases["kind"], cases["episode"], cases["open"], strict=True):
        table = {"need": need, "plans": plans, "care": care}[kind]
        row = table.loc[episode] if is_open else None
        planned = "need_plan" if row is not None and kind == "need" and row["planned"] else "assessment"
        status.append({"plans": "protection_plan", "care": "looked_after"}.get(kind, planned) if is_open else "closed")
        needs.append(str(row["primary_need"]) if row is not None and kind != "plans" else "abuse_or_neglect")
        teams.append(_TEAMS[str(row["team"])] if row is not None else _TEAMS["assessment"])
    reasons = story.tables["need_ended"].set_index("episode")["closure_reason"].astype("str").to_dict()
    closed = [
        "" if is_open else reasons.get(episode, "other") if kind == "need" else "other"
        for kind, episode, is_open in zip(cases["kind"], cases["episode"], cases["open"], strict=True)
    ]
    rng = story.rng("need")
    seen = story.until - rng.integers(0, 25, len(cases)).astype("timedelta64[D]")
    return _describe(story, rows) | {
        "need_start": list(_days(cases["start"])),
        "need_end": list(np.where(cases["open"], NO_DAY, _days(cases["end"]))),
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
    now = [str(latest["category_of_abuse"].get(each, own)) for each, own in zip(listed["episode"], initial, strict=True)]
    before = [bool(first["second_or_subsequent"].get(each, False)) for each in listed["episode"]]
    seen = story.until - story.rng("plans").integers(0, 14, len(listed)).astype("timedelta64[D]")
    return _describe(story, rows) | {
        "plan_start": list(_days(listed["start"])),
        "plan_end": list(np.where(listed["open"], NO_DAY, _days(listed["end"]))),
        "first_category": written("category_of_abuse", initial),
        "latest_category": written("category_of_abuse", now),
        "plan_visit": list(np.where(listed["open"], seen, NO_DAY)),
        "seen_alone": _yes_no(np.ones(len(listed), dtype=np.bool_)),
        "emergency": _yes_no(np.zeros(len(listed), dtype=np.bool_)),
        "plans_before": [int(each) for each in before],
        "team": [_TEAMS["family_safeguarding"]] * len(listed),
    }


def _list_care(story: Story, spells: Spells) -> Columns:
    listed = spells.listed("care", story.first)
    rows = spells.describe(listed["child"].to_numpy(), story.tables["children"], story.last)
    everyone = story.tables["looked_after"]
    everyone = everyone[everyone["month"] <= story.last].sort_values(["episode", "month"], kind="stable")
    latest = everyone.drop_duplicates("episode", keep="last").set_index("episode").loc[listed["episode"]].reset_index()
    started = story.tables["care_started"].set_index("episode")["repeated"]
    ceased = story.tables["care_ceased"].set_index("episode")["reason_ceased"].astype("str")
    begun, rng = _days(listed["start"]), story.rng("care")
    legal = find_run(everyone, ["legal_status"], latest["episode"], begun, rng)
    placed = find_run(everyone, ["placement_type", "provider", "outside", "placed"], latest["episode"], begun, rng)
    missing = story.tables["missing_incidents"]
    recent = missing[(missing["month"] <= story.last) & (missing["month"] > story.last - A_YEAR)]
    episodes = recent["episode"].value_counts()
    why = ["" if is_open else str(ceased[each]) for each, is_open in zip(listed["episode"], listed["open"], strict=True)]
    return _describe(story, rows) | _describe_care(story, latest, begun, rng) | {
        "care_start": list(begun),
        "care_end": list(np.where(listed["open"], NO_DAY, _days(listed["end"]))),
        "care_end_reason": written("reason_ceased", ["other" if each == "turned_18" else each for each in why]),
        "care_again": _yes_no(np.array([bool(started.get(each, False)) for each in listed["episode"]])),
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
    long_ago = np.full(count, story.until - np.timedelta64(_LIMITS["missed"], "D"))
    unvisited = np.full(count, story.until - np.timedelta64(_LIMITS["visited"], "D"))
    visited = np.where(latest["visits_in_time"] > 0, recently, np.where(unvisited >= begun, unvisited, NO_DAY))
    return {
        "unaccompanied": _yes_no(latest["unaccompanied"]),
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
        "team": _teams(latest["team"]),
    }


def find_run(
    everyone: pd.DataFrame, columns: list[str], episodes: "pd.Series[int]", begun: Days, rng: np.random.Generator
) -> Days:
    """The day since which nothing in some columns has changed: in the month of the change, or the first day.

    `everyone` is in order of episode and month.
    """
    changed = (everyone[["episode"]] != everyone[["episode"]].shift()).any(axis=1)
    for column in columns:
        changed |= everyone[column].astype("str") != everyone[column].astype("str").shift()
    since = everyone[changed].drop_duplicates("episode", keep="last").set_index("episode")["month"].loc[episodes].to_numpy()
    shown_first = everyone.drop_duplicates("episode").set_index("episode")["month"].loc[episodes].to_numpy()
    return np.where(since == shown_first, begun, draw_days(rng, since))


# --- lists 9 to 11 --------------------------------------------------------------------------------------


def _list_leavers(story: Story) -> Columns:
    rows = story.at_the_end("leavers")
    rng = story.rng("leavers")
    recently = story.until - rng.integers(5, 140, len(rows)).astype("timedelta64[D]")
    long_ago = np.full(len(rows), story.until - np.timedelta64(250, "D"))
    suitable = np.where(rows["suitable"], "yes", np.where(rows["accommodation"] == "not_known", "", "no"))
    return _describe(story, rows) | {
        "team": _teams(rows["team"]),
        "adviser": [f"Made-up adviser {child % 23}" if has else "" for child, has in zip(rows["child"], rows["has_adviser"], strict=True)],
        "eligibility": written("eligibility", np.where(rows["age"] < 216, "relevant", "former_relevant").tolist()),
        "leaver_unaccompanied": _yes_no(rows["asylum_seeking"] == "unaccompanied"),
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
    ordered = _days(rows["date"])
    to_home, to_match = (rows[name].to_numpy().astype("timedelta64[D]") for name in ("days_to_moving_in", "days_to_match"))
    entered = np.minimum(spells.starts("care", rows["episode"].to_numpy()), ordered - to_home - np.timedelta64(30, "D"))
    home = entered + to_home
    matched = home - np.timedelta64(21, "D")
    return _describe(story, rows) | {
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


_MAKERS: Mapping[int, Callable[[Story], Columns]] = {
    1: _list_contacts,
    2: _list_early_help,
    3: _list_referrals,
    4: _list_assessments,
    5: _list_enquiries,
    9: _list_leavers,
}
__all__ = ["OPEN", "Columns", "make_lists"]
