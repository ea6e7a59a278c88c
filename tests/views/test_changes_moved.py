"""The largest changes between two ends that are more than chance."""

from collections.abc import Callable
from typing import Any

from dashboard.views.changes_measured import PROMPT, UNKNOWN
from dashboard.views.changes_moved import find_movements
from dashboard.views.pictures import Judgement
from tests.views.changing import IN_CARE, LARGE, MISSING, OWN, SIMULATED, STEADY, by_month, ends_of, texts

Make = Callable[..., Any]
FLOWS = (
    *(MISSING, "looked_after_missing_incidents", "children_missing_from_home", "contacts", "referrals"),
    *("assessments_started", "assessments_completed"),
)


def test_a_change_is_told_from_end_to_end(release: Make, figures: Make) -> None:
    group = find_movements(ends_of(release(figures(MISSING, by_month((*STEADY, 31)), **OWN))))
    assert texts(group) == [
        "Looked after children who went missing: 31 in March 2022, up 21 from 10 in December 2021. "
        "Lower is better, so that is not good."
    ]
    assert (group.changes[0].judgement, group.changes[0].up) == (Judgement.WORSE, True)
    assert group.after == ""


def test_a_number_at_a_date_is_a_prompt_and_no_proof(release: Make, figures: Make) -> None:
    group = find_movements(ends_of(release(figures(IN_CARE, by_month((*LARGE, 130)), **OWN))))
    assert texts(group) == [
        "Looked after children: 130 at 31 March 2022, up 31 from 99 at 31 December 2021 "
        "(a prompt, not proof)."
    ]
    assert group.after == PROMPT


def test_a_change_within_what_is_usual_is_not_told_but_counted(release: Make, figures: Make) -> None:
    made = release(
        figures(MISSING, by_month((*STEADY, 12)), **OWN),
        figures("contacts", by_month((*STEADY, 12)), **OWN),
    )
    group = find_movements(ends_of(made))
    assert group.changes == ()
    assert group.quiet == "the change of every measure that can be judged, 2 in all, is within what is usual"


def test_five_are_told_the_largest_first_and_the_others_are_counted(release: Make, figures: Make) -> None:
    rows = [
        row
        for place, each in enumerate(FLOWS)
        for row in figures(each, by_month((*STEADY, 31 + 10 * place)), **OWN)
    ]
    rows += figures("child_protection_plans_started", by_month((*STEADY, 12)), **OWN)
    group = find_movements(ends_of(release(rows)))
    told = [each.link.href.split("?")[0].rpartition("/")[2] for each in group.changes if each.link]
    assert told == list(reversed(FLOWS))[:5]
    assert group.after == (
        "Two smaller ones are left out. The one other change that can be judged is within what is usual."
    )


def test_a_figure_that_is_high_and_went_down_did_not_move_out_of_what_is_usual(
    release: Make, figures: Make
) -> None:
    values = (*STEADY[:-3], 40, 40, 40, 30)
    group = find_movements(ends_of(release(figures(MISSING, by_month(values), **OWN))))
    assert group.changes == ()


def test_nothing_is_said_of_a_change_from_or_to_what_is_hidden(release: Make, figures: Make) -> None:
    for values in ((*STEADY[:-2], "[c]", 10, 12, 31), (*STEADY, 31, "[c]")):
        group = find_movements(ends_of(release(figures(MISSING, by_month(values), **OWN))))
        assert (group.changes, group.quiet, group.unsaid) == ((), "", UNKNOWN)


def test_a_real_figure_is_never_measured_from_a_simulated_one(release: Make, figures: Make) -> None:
    simulated = figures(MISSING, by_month((*STEADY, 31)), **SIMULATED)
    real = figures(MISSING, by_month((31,)), **OWN)
    group = find_movements(ends_of(release(simulated[:-1], real)))
    assert (group.changes, group.unsaid) == ((), UNKNOWN)
    told = find_movements(ends_of(release(simulated))).changes[0]
    assert [badge.text for badge in told.badges] == ["Illustrative"]
