"""Lists 1 to 5: contacts, early help, referrals, assessments, and enquiries with their conferences."""

from collections.abc import Mapping

import numpy as np

from dashboard.intake.annex_a.days import Booleans, Days, Integers
from dashboard.intake.annex_a.extent import cut_to_list, holds_ended
from dashboard.intake.annex_a.places import UNKNOWN
from dashboard.intake.annex_a.sheet import Sheet
from dashboard.intake.annex_a.tables import OPEN_END, Material, Table, list_month_ends, yes
from dashboard.intake.readings import Question
from dashboard.working_days import count_working_days

_SPANS = (
    "same_day", "days_1_to_10", "days_11_to_20", "days_21_to_30", "days_31_to_40", "days_41_to_45",
    "days_46_to_50", "days_51_to_60", "days_61_or_more",
)  # fmt: skip
_SPAN_EDGES = np.array([1, 11, 21, 31, 41, 46, 51, 61])
#: The longest that statutory guidance allows for an assessment, and from strategy discussion to conference.
LONGEST_ASSESSMENT, LONGEST_TO_CONFERENCE = 45, 15
#: How many rows must all count at least one referral before the count is doubted.
_DOUBTED_FROM = 20


def make_contacts(material: Material) -> Mapping[str, Table]:
    """Contacts by the day on which they came in."""
    if not material.has("1.contact_date"):
        return {}
    sheet = material.sheets[1]
    months = cut_to_list(material.extent, sheet, ["contact_date"])
    columns = {}
    if sheet.has("contact_source"):
        columns["contact_source"] = material.code(
            sheet.categories("contact_source"), "contact_source", "unknown"
        )
    return {"contacts": material.make_events(sheet, sheet.days("contact_date"), months, columns)}


def make_early_help(material: Material) -> Mapping[str, Table]:
    """Early help assessments by the day on which they were completed."""
    if not material.has("2.early_help_start", "2.early_help_end"):
        return {}
    sheet = material.sheets[2]
    begun, ended = sheet.days("early_help_start"), sheet.days("early_help_end")
    months = cut_to_list(material.extent, sheet, ["early_help_start", "early_help_end"])
    if not holds_ended(sheet, material.extent, begun, ended, material.given.answers, material.questions):
        months = ()
    return {"early_help_assessments": material.make_events(sheet, ended, months, {}, described=False)}


def make_referrals(material: Material) -> Mapping[str, Table]:
    """Referrals by the day on which they came in."""
    if not material.has("3.referral_date"):
        return {}
    sheet = material.sheets[3]
    months = cut_to_list(material.extent, sheet, ["referral_date"])
    columns = {}
    if sheet.has("referral_source"):
        columns["referral_source"] = material.code(
            sheet.categories("referral_source"), "referral_source", "unknown"
        )
    if sheet.has("referral_nfa"):
        columns["no_further_action"] = yes(sheet.categories("referral_nfa"))
    if sheet.has("referrals_before"):
        columns["re_referral"] = _find_re_referrals(material, sheet)
    return {"referrals": material.make_events(sheet, sheet.days("referral_date"), months, columns)}


def _find_re_referrals(material: Material, sheet: Sheet) -> Integers:
    """Which referrals are of a child referred in the twelve months before.

    The number asked for is of earlier referrals. Where nobody has none, it may count the referral itself:
    that is asked, and nothing told until it is answered.
    """
    numbers = sheet.wholes("referrals_before")
    known = ~np.isnan(numbers)
    least = 1
    if known.sum() >= _DOUBTED_FROM and (numbers[known] >= 1).all():
        key = "annex-a-list-3-counts"
        material.questions.append(
            Question(
                key,
                "List 3 (referrals): every child has at least one referral in the last 12 months. Is the "
                "referral itself counted in that number?",
                {
                    "itself": "Yes: 1 means no earlier referral.",
                    "earlier": "No: 1 means one earlier referral.",
                },
            )
        )
        answer = material.given.answers.get(key)
        if answer is None:
            return np.full(len(sheet), UNKNOWN)
        least = 2 if answer == "itself" else 1
    return np.where(known, (np.nan_to_num(numbers) >= least).astype(np.int64), UNKNOWN)


def make_assessments(material: Material) -> Mapping[str, Table]:
    """Assessments started, completed and under way."""
    if not material.has("4.assessment_start", "4.assessment_end"):
        return {}
    sheet = material.sheets[4]
    begun, ended = sheet.days("assessment_start"), sheet.days("assessment_end")
    usable = ~sheet.unread_days("assessment_start") & ~sheet.unread_days("assessment_end") & ~np.isnat(begun)
    _tell_turned(sheet, begun, ended, "assessment_end")
    usable &= ~(ended < begun)
    months = cut_to_list(material.extent, sheet, ["assessment_start", "assessment_end"])
    whole = holds_ended(sheet, material.extent, begun, ended, material.given.answers, material.questions)
    teams = {"team": material.name_teams(sheet)} if sheet.has("team") else {}
    started = material.make_events(sheet, begun, months, teams)
    if not whole:
        return {"assessments_started": started}
    return {
        "assessments_started": started,
        "assessments_completed": _describe_completed(material, sheet, months, usable & ~np.isnat(ended)),
        "assessments_open": _list_open(material, sheet, months, usable),
    }


def _describe_completed(material: Material, sheet: Sheet, months: tuple[int, ...], usable: Booleans) -> Table:
    begun, ended = sheet.days("assessment_start"), sheet.days("assessment_end")
    days = np.zeros(len(sheet), dtype=np.int64)
    days[usable] = count_working_days(begun[usable], ended[usable])
    places = np.array([material.place_of(each, "working_days") for each in _SPANS])
    columns = {
        "working_days": places[np.searchsorted(_SPAN_EDGES, days, side="right")],
        "in_45_days": (days <= LONGEST_ASSESSMENT).astype(np.int64),
        "after_45_days": (days > LONGEST_ASSESSMENT).astype(np.int64),
    }
    if sheet.has("child_seen"):
        columns["seen"] = material.read_said(sheet, "child_seen", usable)
    return material.make_events(sheet, ended, months, columns, usable)


def _list_open(material: Material, sheet: Sheet, months: tuple[int, ...], usable: Booleans) -> Table:
    begun, ended = sheet.days("assessment_start"), sheet.days("assessment_end")
    end = np.where(np.isnat(ended), OPEN_END, ended)
    rows, month, day = list_month_ends(np.where(usable, begun, OPEN_END), end, months)
    over = (count_working_days(begun[rows], day) > LONGEST_ASSESSMENT).astype(np.int64)
    places = np.array([material.place_of(each, "days_open") for each in ("up_to_45", "over_45")])
    columns = {"over_45": over, "days_open": places[over]}
    if sheet.has("team"):
        columns["team"] = material.on_the_last_day(material.name_teams(sheet)[rows], month)
    homes = material.homes.of(sheet.child()[rows])
    return Table(month, homes, months, columns, at_month_ends=True)


def make_enquiries(material: Material) -> Mapping[str, Table]:
    """Section 47 enquiries by the day of the strategy discussion, and initial conferences by their own."""
    if not material.has("5.strategy_date"):
        return {}
    sheet = material.sheets[5]
    begun = sheet.days("strategy_date")
    events = ["strategy_date", *(["conference_date"] if sheet.has("conference_date") else [])]
    months = cut_to_list(material.extent, sheet, events)
    found = {"section_47": material.make_events(sheet, begun, months, {}, described=False)}
    if not sheet.has("conference_date"):
        return found
    held = sheet.days("conference_date")
    _tell_turned(sheet, begun, held, "conference_date")
    if holds_ended(sheet, material.extent, begun, held, material.given.answers, material.questions):
        found["conferences"] = _describe_conferences(material, sheet, months)
    return found


def _describe_conferences(material: Material, sheet: Sheet, months: tuple[int, ...]) -> Table:
    """Every conference once for each child, though two enquiries may have led to it."""
    begun, held = sheet.days("strategy_date"), sheet.days("conference_date")
    both = ~np.isnat(begun) & ~np.isnat(held) & ~(held < begun)
    days = np.zeros(len(sheet), dtype=np.int64)
    days[both] = count_working_days(begun[both], held[both])
    within = np.where(both, (days <= LONGEST_TO_CONFERENCE).astype(np.int64), UNKNOWN)
    first = _find_first(sheet.child(), held, begun)
    columns = {"in_15_days": within}
    if sheet.has("conference_plan"):
        columns["led_to_plan"] = yes(sheet.categories("conference_plan"))
    if (more := int((~first & ~np.isnat(held)).sum())) > 0:
        why = "counted once, from the first of its enquiries"
        sheet.told.warn(
            found=f"{more:,} rows about a conference of another row", sheet=sheet.found.sheet, why=why
        )
    return material.make_events(sheet, held, months, columns, first, described=False)


def _find_first(children: Integers, held: Days, begun: Days) -> Booleans:
    """The first row of each conference of a child, by when its enquiry began."""
    order = np.lexsort((begun.astype(np.int64), held.astype(np.int64), children))
    again = np.zeros(len(order), dtype=np.bool_)
    again[1:] = (np.diff(children[order]) == 0) & (np.diff(held[order].astype(np.int64)) == 0)
    first = np.ones(len(order), dtype=np.bool_)
    first[order[again]] = False
    return np.asarray(first | np.isnat(held))


def _tell_turned(sheet: Sheet, begun: Days, ended: Days, key: str) -> None:
    """Tell of rows that ended before they began."""
    turned = np.flatnonzero(ended < begun)
    if len(turned):
        rows = [sheet.rows[place] for place in turned]
        sheet.told.warn_rows(
            rows,
            "a day on or after that on which it began",
            sheet=sheet.found.sheet,
            column=sheet.name_of(key),
            found=["an earlier day"] * len(rows),
            why="left out of what is counted by both days",
        )
