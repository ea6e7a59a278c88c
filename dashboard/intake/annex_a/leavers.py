"""Lists 9 and 10: care leavers on the last day, and the children adopted in the twelve months before."""

from collections.abc import Mapping

import numpy as np

from dashboard.intake.annex_a.days import Booleans, Days, Integers, first_day, months_between
from dashboard.intake.annex_a.places import UNKNOWN
from dashboard.intake.annex_a.sheet import UNREAD, Sheet
from dashboard.intake.annex_a.tables import NONE, Material, Table, within

_LEAVER_AGES = ("aged_16_to_17", "aged_18_to_20", "aged_21_to_25")
_LEAVER_EDGES = np.array([18, 21])  # years
_YOUNGEST, _OLDEST = 16, 26
_PLAN_HOLDS = 6  # months


def make_leavers(material: Material) -> Mapping[str, Table]:
    """Care leavers on the last day: List 9 has those of that day only, and no days of its own."""
    if not material.has("9.birth") or not material.extent.to_the_end:
        return {}
    sheet = material.sheets[9]
    births = sheet.days("birth")
    day = np.full(len(sheet), material.extent.end)
    known = ~np.isnat(births)
    years = np.full(len(sheet), UNKNOWN)
    years[known] = months_between(births[known], day[known]) // 12
    counted = _choose_leavers(sheet, years, known)
    columns = _describe_leavers(material, sheet, day, years)
    month = np.full(len(sheet), material.extent.last)
    rows = np.flatnonzero(counted)
    found = {name: values[rows] for name, values in columns.items()}
    return {
        "leavers": Table(month[rows], material.homes.of(sheet.child()[rows]), (material.extent.last,), found)
    }


def _choose_leavers(sheet: Sheet, years: Integers, known: Booleans) -> Booleans:
    """Who counts: each young person once, of an age to be one, and alive."""
    aged = ~known | ((years >= _YOUNGEST) & (years < _OLDEST))
    if (~aged).any():
        rows = [sheet.rows[place] for place in np.flatnonzero(~aged)]
        sheet.told.warn_rows(
            rows, f"an age of {_YOUNGEST} to {_OLDEST - 1} on the last day", sheet=sheet.found.sheet,
            column=sheet.name_of("birth"), found=["another"] * len(rows), why="not counted",
        )  # fmt: skip
    died = np.zeros(len(sheet), dtype=np.bool_)
    if sheet.has("in_touch"):
        died = sheet.categories("in_touch") == "died"
    _, first = np.unique(sheet.child(), return_index=True)
    once = np.zeros(len(sheet), dtype=np.bool_)
    once[first] = True
    if (~once).any():
        found = f"{int((~once).sum()):,} rows about a young person of another row"
        sheet.told.warn(
            "one row for each", sheet=sheet.found.sheet, found=found, why="counted once, by the first"
        )
    return np.asarray(aged & ~died & once)


def _describe_leavers(material: Material, sheet: Sheet, day: Days, years: Integers) -> dict[str, Integers]:
    known = years != UNKNOWN

    def aged(low: int, high: int) -> Integers:
        return np.where(known, ((years >= low) & (years <= high)).astype(np.int64), UNKNOWN)

    places = np.array([material.place_of(name, "care_leaver_age") for name in _LEAVER_AGES])
    bands = places[np.searchsorted(_LEAVER_EDGES, years, side="right")]
    columns = {
        "aged_16_to_20": aged(16, 20),
        "aged_21_to_25": aged(21, 25),
        "aged_19_to_21": aged(19, 21),
        "aged_18_to_20": aged(18, 20),
        "care_leaver_age": np.where(known, bands, UNKNOWN),
    }
    if sheet.has("team"):
        columns["team"] = material.name_teams(sheet)
    if sheet.has("leaver_unaccompanied"):
        alone = material.read_said(sheet, "leaver_unaccompanied")
        columns["asylum_seeking"] = material.of_two(
            alone, "asylum_seeking", "other_children", "unaccompanied"
        )
    if sheet.has("in_touch"):
        columns["in_touch"] = material.read_said(sheet, "in_touch")
    if sheet.has("suitability"):
        columns |= _describe_home(material, sheet)
    if sheet.has("activity"):
        columns |= _describe_activity(material, sheet)
    if sheet.has("pathway_plan"):
        done = within(sheet.days("pathway_plan"), day, np.full(len(sheet), _PLAN_HOLDS))
        columns["pathway_plan"] = np.where(sheet.unread_days("pathway_plan"), UNKNOWN, done)
    if sheet.has("adviser"):
        columns["has_adviser"] = sheet.filled("adviser").astype(np.int64)
    return columns


def _describe_home(material: Material, sheet: Sheet) -> dict[str, Integers]:
    """Whether a care leaver's home is suitable, and what it is; an unsuitable one is that before all else."""
    suitable = material.read_said(sheet, "suitability")
    columns = {"suitable": suitable}
    if sheet.has("accommodation"):
        kinds = sheet.categories("accommodation")
        said = material.code(kinds, "accommodation", "not_known")
        kept = np.isin(kinds, ["custody", "not_known", "", UNREAD])
        unsuitable = material.place_of("unsuitable", "accommodation")
        not_known = material.place_of("not_known", "accommodation")
        blank = sheet.categories("suitability") == ""
        otherwise = np.where(blank, not_known, unsuitable)
        columns["accommodation"] = np.where(
            kept | (suitable == 1), said, np.where(suitable == 0, otherwise, UNKNOWN)
        )
    return columns


def _describe_activity(material: Material, sheet: Sheet) -> dict[str, Integers]:
    """What care leavers do; whoever's activity is not recorded is not counted as in work or learning."""
    kinds = sheet.categories("activity")
    read = kinds != UNREAD
    reasons = {
        "not_disability": "illness_or_disability",
        "not_parent": "pregnancy_or_parent",
        "not_other": "other",
    }
    places = {kind: material.place_of(why, "reason_not_in_work_or_learning") for kind, why in reasons.items()}

    def one_of(*names: str) -> Integers:
        return np.where(read, np.isin(kinds, names).astype(np.int64), UNKNOWN)

    why = np.array([places.get(each, NONE) for each in kinds.tolist()], dtype=np.int64)
    return {
        "activity": material.code(kinds, "activity", "not_known"),
        "in_eet": one_of("higher_education", "other_education", "training_or_work"),
        "higher_education": one_of("higher_education"),
        "neet": one_of(*reasons),
        "reason_not_in_work_or_learning": np.where(read, why, UNKNOWN),
    }


def make_adopted(material: Material) -> Mapping[str, Table]:
    """Children adopted in the last twelve months, with the days that it took, as at the last day.

    List 10 goes back twelve months, so nothing can be said as at an earlier month.
    """
    if not material.has("10.adopted") or not material.extent.to_the_end:
        return {}
    sheet = material.sheets[10]
    ordered = sheet.days("adopted")
    last = material.extent.end
    year_before = first_day(material.extent.last - 11)
    rows = np.flatnonzero((ordered <= last) & (ordered >= year_before))
    weights = {}
    for name, since, until in (
        ("days_to_moving_in", "entered_care", "moved_in"),
        ("days_to_match", "placement_order", "matched"),
    ):
        if sheet.has(since) and sheet.has(until):
            days = (sheet.days(until)[rows] - sheet.days(since)[rows]).astype("timedelta64[D]")
            taken = np.where(np.isnat(days), np.nan, days.astype(np.float64))
            weights[name] = np.where(taken < 0, np.nan, taken)
    month = np.full(len(rows), material.extent.last)
    return {
        "adopted": Table(month, material.homes.of(sheet.child()[rows]), (material.extent.last,), {}, weights)
    }
