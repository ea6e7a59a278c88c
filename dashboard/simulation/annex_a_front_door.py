"""Lists 1 to 5 of made-up children: contacts, early help, referrals, assessments and enquiries."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from dashboard.simulation.annex_a_rows import (
    NO_DAY,
    TEAMS,
    Columns,
    Story,
    days_in_column,
    describe,
    write_teams,
    write_yes_no,
    written,
)
from dashboard.simulation.timeline import Days, draw_days, month_of
from dashboard.working_days import count_working_days, list_bank_holidays

_UNTOLD = {"voluntary_sector": "other"}  # sources without a code of their own
_LONGEST = 15  # working days to a conference that is in time


def _list_contacts(story: Story) -> Columns:
    rows = story.within("contacts")
    sources = [_UNTOLD.get(str(each), str(each)) for each in rows["contact_source"]]
    own = {
        "contact_date": list(days_in_column(rows["date"])),
        "contact_source": written("contact_source", sources),
    }
    return describe(story, rows) | own


def _list_early_help(story: Story) -> Columns:
    rows = story.within("early_help_assessments")
    rng = story.rng("early_help")
    ended = draw_days(rng, rows["month"].to_numpy())
    begun = ended - rng.integers(10, 45, len(rows)).astype("timedelta64[D]")
    own = {
        "early_help_start": list(begun),
        "early_help_end": list(ended),
        "early_help_by": rows["early_help_lead"].astype("str").tolist(),
    }
    return describe(story, rows) | own


def _list_referrals(story: Story) -> Columns:
    rows = story.within("referrals")
    return describe(story, rows) | {
        "referral_date": list(days_in_column(rows["date"])),
        "referral_source": written("referral_source", rows["referral_source"]),
        "referral_nfa": write_yes_no(rows["no_further_action"]),
        "referrals_before": rows["re_referral"].astype("int64").tolist(),
        "team": [TEAMS["front_door"]] * len(rows),
    }


def _list_assessments(story: Story) -> Columns:
    """Those completed in the six months, and those begun in them or before that are not."""
    done = story.within("assessments_completed")
    begun = story.tables["assessments_started"]
    unfinished = (begun["month"] <= story.last) & (
        (begun["end"] > story.last) | (begun["passed_on"] & (begun["month"] >= story.first))
    )
    rows = begun[unfinished].reset_index(drop=True)
    both = pd.concat([done, rows], ignore_index=True)
    blank = np.full(len(rows), NO_DAY)
    return describe(story, both) | {
        "assessment_start": [*days_in_column(done["started_on"]), *days_in_column(rows["date"])],
        "assessment_end": [*days_in_column(done["date"]), *blank],
        "child_seen": [*write_yes_no(done["seen"]), *([""] * len(rows))],
        "support_needed": [""] * len(both),
        "team": write_teams(both["team"]),
    }


def _list_enquiries(story: Story) -> Columns:
    """Every enquiry of the six months, and every conference held in them with its own enquiry."""
    conferences, enquiries = story.within("conferences"), story.within("section_47")
    begun = days_in_column(conferences["enquiry_date"])
    keys = set(zip(conferences["child"], begun, strict=True))
    led = (enquiries["enquiry_outcome"] == "initial_conference").to_numpy()
    own = zip(enquiries["child"], days_in_column(enquiries["date"]), strict=True)
    others = enquiries[~(led & np.array([key in keys for key in own]))].reset_index(drop=True)
    begun, held = _fit_conferences(conferences, begun)
    both = pd.concat([conferences, others], ignore_index=True)
    blank = [""] * len(others)
    return describe(story, both) | {
        "strategy_date": [*begun, *days_in_column(others["date"])],
        "conference_unnecessary": [
            *write_yes_no(np.zeros(len(conferences), dtype=np.bool_)),
            *write_yes_no(others["enquiry_outcome"] != "initial_conference"),
        ],
        "conference_date": [*held, *np.full(len(others), NO_DAY)],
        "conference_plan": [*write_yes_no(conferences["led_to_plan"]), *blank],
        "enquiries_before": [0] * len(both),
        "conferences_before": [0] * len(both),
        "team": [TEAMS["assessment"]] * len(both),
    }


def _fit_conferences(conferences: pd.DataFrame, begun: Days) -> tuple[Days, Days]:
    """The days of enquiries and conferences, so that days between say what the table says.

    A conference drawn on a day off is held on the working day before, or else its enquiry begins a day later.
    """
    held = days_in_column(conferences["date"])
    in_time = conferences["in_15_days"].to_numpy()
    before = np.busday_offset(held, 0, roll="backward", holidays=list_bank_holidays())
    wrong = (count_working_days(begun, held) <= _LONGEST) != in_time
    held = np.where(wrong & (month_of(before) == month_of(held)), before, held)
    wrong = (count_working_days(begun, held) <= _LONGEST) != in_time
    later = np.busday_offset(begun, 1, holidays=list_bank_holidays())
    return np.where(wrong, later, begun), held


#: What makes each of these lists.
FRONT_DOOR: Mapping[int, Callable[[Story], Columns]] = {
    1: _list_contacts,
    2: _list_early_help,
    3: _list_referrals,
    4: _list_assessments,
    5: _list_enquiries,
}
