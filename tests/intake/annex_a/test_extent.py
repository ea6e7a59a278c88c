"""Which months are given: never one of which the lists do not hold everything."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.findings import Level
from dashboard.intake import Given, Reading
from dashboard.vocabulary import Status
from tests.intake.annex_a.lists import (
    LAST_DAY,
    anchored,
    contact,
    make_given,
    read_lists,
    referral,
    series,
    told,
)
from tests.intake.annex_a.test_counting import EVERY, assessment, care, need, open_lists, plan

MONTHS = ["2023-M10", "2023-M11", "2023-M12", "2024-M01", "2024-M02", "2024-M03"]


def read_to(tmp_path: Path, last: date, given: Given | None = None) -> Reading:
    days = [date(2023, 10, 2), date(2023, 12, 15), last]
    return read_lists(tmp_path, {1: [*map(contact, days)], 3: [*map(referral, days)]}, given)


def test_six_whole_months_where_something_is_dated_on_the_last_day(tmp_path: Path) -> None:
    reading = read_to(tmp_path, LAST_DAY)
    assert list(series(reading, "contacts")) == MONTHS
    assert not reading.questions
    assert "complete from October 2023 to March 2024" in told(reading, Level.NOTE)


def test_a_month_that_may_not_be_over_is_asked_about_and_left_out_meanwhile(tmp_path: Path) -> None:
    reading = read_to(tmp_path, date(2024, 3, 28))
    assert [each.key for each in reading.questions] == ["annex-a-whole-2024-M03"]
    assert list(series(reading, "contacts")) == MONTHS[:5]


def test_the_answer_decides_and_is_remembered_by_its_key(tmp_path: Path) -> None:
    given = make_given()
    for answer, months in (("yes", MONTHS), ("no", MONTHS[:5])):
        answered = Given(**{**vars(given), "answers": {"annex-a-whole-2024-M03": answer}})
        assert list(series(read_to(tmp_path, date(2024, 3, 28), answered), "contacts")) == months


def test_one_mistyped_day_does_not_move_the_months(tmp_path: Path) -> None:
    days = [date(2023, 10, 2), date(2024, 3, 29)]
    rows = [*map(contact, days), contact(date(2024, 5, 2))]
    reading = read_lists(tmp_path, {1: rows, 3: [*map(referral, days)]}, make_given("2024-06-01"))
    assert list(series(reading, "contacts")) == MONTHS[:5]
    assert [each.key for each in reading.questions] == ["annex-a-whole-2024-M03"]
    assert "1 later day" not in told(reading)
    assert "later day" in told(reading, Level.NOTE)


def test_a_day_after_that_from_which_the_figures_count_is_told_and_left_out(tmp_path: Path) -> None:
    reading = read_lists(
        tmp_path, anchored({1: [contact(date(2023, 10, 2)), contact(LAST_DAY), contact(date(2031, 3, 1))]})
    )
    assert sum(series(reading, "contacts").values()) == 2
    assert "row 4, F (Date of Contact): found a later day" in told(reading)


def test_nothing_is_told_of_months_before_a_list_begins(tmp_path: Path) -> None:
    lists = {
        1: [contact(date(2024, 1, 15)), contact(LAST_DAY)],
        3: [referral(date(2023, 10, 2)), referral(LAST_DAY)],
    }
    reading = read_lists(tmp_path, lists)
    assert list(series(reading, "contacts")) == MONTHS[3:]
    assert "nothing before January 2024" in told(reading)


def test_what_has_no_date_of_its_own_is_told_of_the_last_day_only(tmp_path: Path) -> None:
    cares = [care("a", date(2020, 1, 1)), care("b", date(2021, 1, 1), placement_start=date(2024, 2, 1))]
    reading = read_lists(tmp_path, open_lists(cares=cares), make_given(**EVERY))
    assert list(series(reading, "looked_after_children")) == MONTHS
    assert (
        list(series(reading, "placed_in_foster_care")) == MONTHS[4:]
    )  # where b lived in January is not known
    assert list(series(reading, "looked_after_section_20", "percentage")) == MONTHS
    assert list(series(reading, "three_or_more_placements", "percentage")) == MONTHS[5:]


def test_nothing_is_told_of_a_last_day_that_is_not_in_the_lists(tmp_path: Path) -> None:
    lists = open_lists(cares=[care("a", date(2020, 1, 1))])
    lists[1], lists[3] = [contact(date(2024, 3, 20))], [referral(date(2024, 3, 20))]
    reading = read_lists(tmp_path, lists, make_given(**EVERY))
    assert list(series(reading, "looked_after_children")) == MONTHS[:5]
    assert series(reading, "three_or_more_placements", "percentage") == {}


@pytest.mark.parametrize(("answer", "months"), [("ended", MONTHS), ("begun", []), ("", [])])
def test_whether_a_list_holds_what_ended_is_asked_where_it_cannot_be_seen(
    tmp_path: Path, answer: str, months: list[str]
) -> None:
    rows = [assessment(date(2023, 10, 2), date(2023, 11, 1)), assessment(date(2024, 2, 1))]
    given = make_given(**({"annex_a_list_4_holds": answer} if answer else {}))
    reading = read_lists(tmp_path, anchored({4: rows}), given)
    assert "annex-a-list-4-holds" in [each.key for each in reading.questions]
    assert list(series(reading, "assessments_started")) == MONTHS
    assert list(series(reading, "assessments_completed")) == months


def test_with_one_row_for_each_child_months_that_may_lack_somebody_are_left_out(tmp_path: Path) -> None:
    again = care("b", date(2024, 1, 10), care_again="a) Yes")
    lists = open_lists(
        [need("a", date(2022, 1, 1))], [plan("p", date(2023, 11, 1))], [care("a", date(2020, 1, 1)), again]
    )
    reading = read_lists(tmp_path, lists)
    assert {"annex-a-list-6-rows", "annex-a-list-7-rows", "annex-a-list-8-rows"} <= {
        q.key for q in reading.questions
    }
    assert list(series(reading, "looked_after_children")) == MONTHS[3:]
    assert list(series(reading, "starts_to_be_looked_after")) == MONTHS[4:]
    assert list(series(reading, "child_protection_plans")) == MONTHS  # nobody in list 7 had a plan before
    assert list(series(reading, "children_in_need")) == ["2024-M03"]
    assert series(reading, "children_in_need_started") == {}


def test_a_child_with_two_rows_shows_that_every_period_has_one(tmp_path: Path) -> None:
    first = care("b", date(2023, 5, 1), date(2023, 12, 1), care_end_reason="E8")
    lists = open_lists(cares=[first, care("b", date(2024, 1, 10), care_again="a) Yes")])
    reading = read_lists(tmp_path, lists)
    assert "annex-a-list-8-rows" not in {q.key for q in reading.questions}
    assert list(series(reading, "looked_after_children").values()) == [1, 1, 0, 1, 1, 1]


def test_the_latest_three_months_are_provisional(tmp_path: Path) -> None:
    rows = read_to(tmp_path, LAST_DAY).figures
    by_month = dict(zip(rows["period"], rows["status"], strict=True))
    assert [by_month[month] for month in MONTHS] == [Status.FINAL] * 3 + [Status.PROVISIONAL] * 3


def test_a_row_with_something_unread_leaves_out_its_own_month_and_says_so(tmp_path: Path) -> None:
    rows = [referral(date(2023, 10, 2)), referral(date(2024, 1, 9), referral_nfa="maybe"), referral(LAST_DAY)]
    reading = read_lists(tmp_path, anchored({3: rows}))
    assert list(series(reading, "referrals")) == MONTHS
    assert list(series(reading, "referrals_no_further_action", "percentage")) == ["2023-24-Q3"]
    assert "row 3, H (Referral NFA?): found something that is none of its codes" in told(reading)
    assert "1 row without it" in told(reading)
    assert "left out for January 2024: referrals_no_further_action" in told(reading)
