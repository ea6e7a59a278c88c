"""Figures counted from small lists, with expected values worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.calculate import calculate
from tests.intake.annex_a.lists import (
    LAST_DAY,
    Rows,
    anchored,
    cell,
    contact,
    make_given,
    read_lists,
    referral,
    series,
    told,
)

EVERY = {"annex_a_list_6_rows": "period", "annex_a_list_7_rows": "period", "annex_a_list_8_rows": "period"}
WHO = {"sex": "a) Male", "ethnicity": "a) WBRI", "birth": date(2014, 6, 1)}


def need(child: str, start: date, end: date | str = "", **more: object) -> dict[str, object]:
    own = {"child": child, "need_start": start, "need_end": end, "primary_need": "N1 - Abuse or neglect"}
    status = {"case_status": "e) Closed episode" if end else "c) Child in need plan", "team": "Assessment"}
    return WHO | own | status | more


def plan(child: str, start: date, end: date | str = "", **more: object) -> dict[str, object]:
    own = {"child": child, "plan_start": start, "plan_end": end, "plans_before": 0}
    return WHO | own | {"first_category": "a) Neglect", "latest_category": "a) Neglect"} | more


def care(child: str, start: date, end: date | str = "", **more: object) -> dict[str, object]:
    own = {
        "child": child,
        "care_start": start,
        "care_end": end,
        "unaccompanied": "b) No",
        "disability": "b) No",
    }
    own |= {"legal_start": start, "legal_status": "C2: FCO", "care_need": "N1", "care_again": "b) No"}
    own |= {"placement_start": start, "placement_type": "f) U6: Foster placement - not FFA", "placements": 1}
    return (
        WHO | own | {"provider": "b) PR1: Own provision", "location": "a) In", "team": "Through care"} | more
    )


def open_lists(needs: Rows = (), plans: Rows = (), cares: Rows = ()) -> dict[int, Rows]:
    """Lists 6 to 8 in which something happens in October, so that no month is doubted."""
    early = date(2023, 10, 2)
    return anchored(
        {
            6: [need("z6", early, date(2023, 10, 3)), *needs],
            7: [plan("z7", early, date(2023, 10, 3)), *plans],
            8: [care("z8", early, date(2023, 10, 3), care_end_reason="E8"), *cares],
        }
    )


def test_contacts_are_counted_by_month_source_and_who_they_are_about(tmp_path: Path) -> None:
    rows = [
        contact(date(2023, 10, 2)),
        contact(date(2023, 10, 31), contact_source="s) 8: Other", sex="Male"),
        contact(date(2024, 2, 29), ethnicity="k) APKN", birth=date(2024, 4, 20)),
        contact(date(2024, 2, 1), birth=date(2019, 2, 1)),  # five years old on the day
        contact(date(2023, 9, 30)),  # before the six months
        contact(LAST_DAY, contact_source=""),
    ]
    reading = read_lists(tmp_path, {1: rows, 3: [referral(LAST_DAY)]})
    months = [f"2023-M{month}" for month in (10, 11, 12)] + [f"2024-M0{month}" for month in (1, 2, 3)]
    assert series(reading, "contacts") == dict(zip(months, [2, 0, 0, 0, 2, 1], strict=True))
    assert series(reading, "contacts", category="police")["2024-M02"] == 2
    assert series(reading, "contacts", category="unknown")["2024-M03"] == 1
    assert series(reading, "contacts", category="unborn")["2024-M02"] == 1
    assert series(reading, "contacts", category="aged_5_to_9")["2024-M02"] == 1
    assert series(reading, "contacts", category="asian")["2024-M02"] == 1
    assert (
        cell(reading, "contacts", "2023-M10", characteristic="contact_source", category="other")["symbol"]
        == "x"
    )
    share = {"statistic": "percentage", "characteristic": "contact_source", "category": "police"}
    assert cell(reading, "contacts_by_source", "2023-24-Q4", **share)[
        ["numerator", "denominator"]
    ].tolist() == [2, 3]


def test_referrals_again_and_without_further_action(tmp_path: Path) -> None:
    rows = [
        referral(date(2023, 10, 2), referrals_before=2),
        referral(date(2023, 10, 9), referral_nfa="Yes"),
        referral(date(2023, 10, 9)),
        referral(LAST_DAY),
    ]
    reading = read_lists(tmp_path, anchored({3: rows}))
    again = cell(reading, "re_referrals_within_12_months", "2023-M10", statistic="percentage")
    assert again[["numerator", "denominator", "value"]].tolist() == [1, 3, 33.3]
    assert series(reading, "referrals_no_further_action", "percentage") == {
        "2023-24-Q3": 33.3,
        "2023-24-Q4": 0.0,
    }


def test_a_number_of_referrals_that_is_never_nought_is_asked_about(tmp_path: Path) -> None:
    rows = [referral(date(2023, 10, 2), referrals_before=1 + each % 2) for each in range(20)]
    reading = read_lists(tmp_path, anchored({3: [*rows, referral(LAST_DAY, referrals_before=1)]}))
    assert "annex-a-list-3-counts" in [each.key for each in reading.questions]
    assert "2023-M10" not in series(reading, "re_referrals_within_12_months", "percentage")
    for answer, share in (("itself", 50.0), ("earlier", 100.0)):
        given = make_given(annex_a_list_3_counts=answer)
        reading = read_lists(tmp_path, anchored({3: [*rows, referral(LAST_DAY, referrals_before=1)]}), given)
        assert series(reading, "re_referrals_within_12_months", "percentage")["2023-M10"] == share


def assessment(start: date, end: date | str = "", **more: object) -> dict[str, object]:
    return WHO | {"child": "a", "assessment_start": start, "assessment_end": end, "child_seen": "Yes"} | more


def test_assessments_take_working_days_over_bank_holidays(tmp_path: Path) -> None:
    rows = [
        assessment(
            date(2023, 8, 7), date(2023, 10, 3), child_seen="b) No"
        ),  # the list goes back before October
        assessment(date(2024, 1, 22), date(2024, 3, 25)),  # 45: nine whole weeks
        assessment(date(2024, 1, 22), date(2024, 3, 26)),  # 46
        assessment(date(2023, 12, 18), date(2024, 2, 22)),  # 45: nine weeks, Christmas and New Year
        assessment(date(2023, 12, 18), date(2024, 2, 23)),  # 46
        assessment(date(2024, 3, 4), date(2024, 3, 4)),
        assessment(date(2024, 1, 24)),  # under way: on 31 March for 46 working days, Good Friday left out
        assessment(date(2024, 3, 4)),
    ]
    reading = read_lists(tmp_path, anchored({4: rows}))
    assert series(reading, "assessments_started")["2024-M03"] == 2
    assert series(reading, "assessments_completed")["2024-M03"] == 3
    in_time = cell(reading, "assessments_within_45_days", "2024-M03", statistic="percentage")
    assert in_time[["numerator", "denominator", "value"]].tolist() == [2, 3, 66.7]
    assert series(reading, "assessments_within_45_days", "percentage")["2024-M02"] == 50.0
    assert series(reading, "assessments_after_45_days", "percentage")["2024-M02"] == 50.0
    lasted = {"characteristic": "working_days", "category": "days_46_to_50"}
    assert cell(reading, "assessments_completed", "2024-M02", **lasted)["value"] == 1
    assert series(reading, "assessments_open") == dict(
        zip(series(reading, "assessments_completed"), [0, 0, 2, 5, 3, 2], strict=True)
    ) | {"2023-M10": 0.0}
    assert series(reading, "assessments_open", "percentage")["2024-M03"] == 50.0
    assert series(reading, "child_seen_during_assessment", "percentage")["2023-M10"] == 0.0


def enquiry(start: date, held: date | str = "", led: str = "", **more: object) -> dict[str, object]:
    return (
        WHO | {"child": "e", "strategy_date": start, "conference_date": held, "conference_plan": led} | more
    )


def test_conferences_are_held_within_15_working_days_or_not(tmp_path: Path) -> None:
    rows = [
        enquiry(date(2023, 9, 20), date(2023, 10, 2), "Yes"),
        enquiry(date(2024, 3, 4), date(2024, 3, 25), "a) Yes"),  # 15
        enquiry(date(2024, 3, 4), date(2024, 3, 26), "b) No", child="f"),  # 16
        enquiry(date(2024, 3, 5), date(2024, 3, 25), "a) Yes"),  # of the first: one conference
        enquiry(date(2024, 3, 28), date(2024, 4, 8), "a) Yes", child="g"),  # held later
        enquiry(date(2024, 3, 6)),
    ]
    reading = read_lists(tmp_path, anchored({5: rows}))
    assert series(reading, "section_47_enquiries")["2024-M03"] == 5
    assert series(reading, "initial_conferences")["2024-M03"] == 2
    assert series(reading, "initial_conferences_within_15_days", "percentage")["2024-M03"] == 50.0
    assert series(reading, "initial_conferences_resulting_in_plan", "percentage")["2023-24-Q4"] == 50
    assert "1 rows about a conference of another row" in told(reading)


def test_in_need_is_who_is_neither_on_a_plan_nor_looked_after(tmp_path: Path) -> None:
    needs = [
        need("a", date(2022, 1, 10)),  # in need throughout
        need("b", date(2023, 11, 6)),  # on a plan from 20 November to 15 January
        need("c", date(2023, 12, 4), date(2024, 2, 1), closure_reason="RC9 - Case closed after assessment"),
        need("d", date(2023, 6, 1), case_status="a) Looked after child"),  # looked after from 10 January on
    ]
    plans = [plan("b", date(2023, 11, 20), date(2024, 1, 15))]
    lists = open_lists(needs, plans, [care("d", date(2024, 1, 10))])
    reading = read_lists(tmp_path, lists, make_given(**EVERY))
    assert list(series(reading, "children_in_need").values()) == [2, 2, 3, 3, 2, 2]
    assert list(series(reading, "children_in_need_started").values()) == [1, 1, 1, 1, 0, 0]
    assert list(series(reading, "children_in_need_ended").values()) == [1, 1, 0, 1, 1, 0]
    assert series(reading, "children_in_need", category="over_2_years")["2024-M03"] == 1
    steps = series(reading, "step_down_and_step_up", "percentage", "stepped_up")
    assert steps == {"2023-24-Q3": 50.0, "2023-24-Q4": 0.0}
    assert series(reading, "step_down_and_step_up", "percentage", "stepped_down")["2023-24-Q4"] == 50.0
    assert series(reading, "child_in_need_plans") == {"2024-M03": 2}
    assert series(reading, "children_in_need", category="abuse_or_neglect") == {"2024-M03": 2}
    assert list(series(reading, "looked_after_children").values()) == [0, 0, 0, 1, 1, 1]


def test_plans_by_how_long_they_last(tmp_path: Path) -> None:
    plans = [
        plan("a", date(2022, 3, 31)),  # two years on 31 March 2024
        plan("b", date(2023, 11, 30), date(2024, 2, 29)),  # three months: February has no 30th
        plan("c", date(2023, 12, 31), date(2024, 3, 30), first_category="d) Emotional abuse", plans_before=1),
    ]
    reading = read_lists(tmp_path, open_lists(plans=plans), make_given(**EVERY))
    assert list(series(reading, "child_protection_plans").values()) == [1, 2, 3, 3, 2, 1]
    assert series(reading, "child_protection_plans_started", category="emotional")["2023-M12"] == 1
    assert series(reading, "child_protection_plans_ended", category="from_3_to_6_months")["2024-M02"] == 1
    assert series(reading, "child_protection_plans_ended", category="under_3_months")["2024-M03"] == 1
    long = series(reading, "plans_lasting_2_years_or_more", "percentage")
    assert (long["2024-M02"], long["2024-M03"]) == (0.0, 100.0)
    assert series(reading, "child_protection_plans", category="neglect") == {"2024-M03": 1}


def test_looked_after_children_by_where_and_how_they_live(tmp_path: Path) -> None:
    cares = [
        care("a", date(2022, 5, 1), placement_type="a) U1: Foster placement - relatives - long term"),
        care(
            "b", date(2023, 11, 5), placement_type="R5", legal_status="J1", unaccompanied="Yes", placements=3
        ),
        care("c", date(2020, 1, 1), placement_type="S1", location="b) Out", legal_status="V2", placements=4),
        care(
            "d",
            date(2023, 1, 1),
            date(2023, 12, 1),
            care_end_reason="a) E11: Adopted - application unopposed",
        ),
        care("e", date(2023, 1, 1), date(2024, 1, 20), care_end_reason="E8", birth=date(2006, 1, 20)),
        care("f", date(2024, 1, 5), date(2024, 2, 5), care_end_reason="E4A", care_again="a) Yes"),
        care("g", date(2023, 1, 1), legal_status="V4: Short term breaks, agreements recorded"),
    ]
    reading = read_lists(tmp_path, open_lists(cares=cares), make_given(**EVERY))
    assert list(series(reading, "looked_after_children").values()) == [4, 5, 4, 4, 3, 3]
    assert list(series(reading, "starts_to_be_looked_after").values()) == [1, 1, 0, 1, 0, 0]
    assert list(series(reading, "ceases_to_be_looked_after").values()) == [1, 0, 1, 1, 1, 0]
    assert list(series(reading, "looked_after_net_flow").values()) == [0, 1, -1, 0, -1, 0]
    assert series(reading, "placed_in_secure_accommodation")["2024-M03"] == 1
    assert series(reading, "placed_in_residential_care")["2024-M03"] == 1
    assert series(reading, "looked_after_children", category="residential_schools")["2024-M03"] == 1
    assert series(reading, "placed_with_foster_carers", "percentage")["2024-M03"] == 33.3
    assert series(reading, "placed_outside_county")["2024-M03"] == 1
    assert series(reading, "unaccompanied_asylum_seeking_children") == {"2024-M03": 1}
    assert series(reading, "three_or_more_placements", "percentage") == {"2024-M03": 66.7}
    assert series(reading, "looked_after_section_20", "percentage")["2024-M03"] == 33
    assert series(reading, "ceases_to_be_looked_after", category="turned_18")["2024-M01"] == 1
    assert series(reading, "ceases_to_be_looked_after", category="returned_home")["2024-M02"] == 1
    assert series(reading, "adoptions") == {"2023-24-Q3": 1, "2023-24-Q4": 0}
    assert series(reading, "repeat_looked_after_within_12_months")["2024-M01"] == 1
    assert "of people of 18 or over" not in told(reading)
    assert "1 rows of short breaks" in told(reading)


def test_whoever_is_open_at_18_is_counted_as_listed_and_told_of(tmp_path: Path) -> None:
    cares = [
        care("a", date(2022, 5, 1), birth=date(2006, 3, 31)),
        care("b", date(2022, 5, 1), birth=date(2006, 4, 1)),
    ]
    reading = read_lists(tmp_path, open_lists(cares=cares), make_given(**EVERY))
    assert series(reading, "looked_after_children")["2024-M03"] == 2
    assert "1 open row of people of 18 or over" in told(reading)


def test_what_is_due_to_a_looked_after_child_by_the_last_day(tmp_path: Path) -> None:
    settled = {"placement_type": "U4", "placement_start": date(2023, 3, 1)}
    cares = [
        care(
            "a",
            date(2022, 5, 1),
            care_visit=date(2024, 2, 18),
            health=date(2023, 4, 1),
            dental=date(2023, 3, 31),
        ),
        care(
            "b",
            date(2022, 5, 1),
            care_visit=date(2024, 2, 17),
            health=date(2023, 3, 31),
            dental=date(2023, 4, 1),
        ),
        care(
            "c",
            date(2022, 5, 1),
            care_visit=date(2024, 1, 2),
            birth=date(2020, 5, 1),
            health=date(2023, 9, 30),
        ),
        care(
            "d",
            date(2022, 5, 1),
            care_visit=date(2024, 1, 2),
            birth=date(2020, 5, 1),
            health=date(2023, 10, 1),
        ),
    ]
    cares[2] |= settled
    reading = read_lists(tmp_path, open_lists(cares=cares), make_given(**EVERY))
    visited = cell(reading, "looked_after_visits_in_timescale", "2024-M03", statistic="percentage")
    assert visited[["numerator", "denominator"]].tolist() == [2, 4]  # six weeks for a, three months for c
    healthy = cell(reading, "health_assessment_up_to_date", "2024-M03", statistic="percentage")
    assert healthy["numerator"] == 2  # a within the year, d within six months
    assert series(reading, "dental_check_up_to_date", "percentage") == {"2024-M03": 25}


def leaver(child: str, birth: date, **more: object) -> dict[str, object]:
    own = {"child": child, "birth": birth, "in_touch": "a) Yes", "accommodation": "U: Independent living"}
    own |= {"suitability": "a) Suitable", "activity": "F1: Full time in higher education"}
    return own | {"pathway_plan": date(2024, 1, 5), "adviser": "Somebody", "team": "Care leavers"} | more


def test_care_leavers_on_the_last_day(tmp_path: Path) -> None:
    rows = [
        leaver("a", date(2003, 3, 31)),  # 21 on the day
        leaver("b", date(2003, 4, 1), suitability="b) Unsuitable", activity="G4"),  # still 20
        leaver("c", date(2006, 3, 31), in_touch="d) Refu", accommodation="R", suitability="", activity=""),
        leaver("d", date(1998, 4, 1), pathway_plan="", adviser=""),  # 25
        leaver("e", date(1998, 3, 31)),  # 26: no longer
        leaver("f", date(2004, 1, 1), in_touch="c) Died"),
    ]
    reading = read_lists(tmp_path, anchored({9: rows}))
    assert series(reading, "care_leavers") == {"2024-M03": 4}
    assert series(reading, "care_leavers_16_to_20") == {"2024-M03": 2}
    assert series(reading, "care_leavers_21_to_25") == {"2024-M03": 2}
    assert series(reading, "care_leavers_in_touch", "percentage")["2024-M03"] == 75
    assert series(reading, "care_leavers_in_suitable_accommodation", "percentage")["2024-M03"] == 50
    assert series(reading, "care_leavers_19_to_21_in_suitable_accommodation", "percentage")["2024-M03"] == 50
    assert series(reading, "care_leavers_in_eet", "percentage")["2024-M03"] == 50
    assert series(reading, "care_leavers_neet", "percentage", "illness_or_disability")["2024-M03"] == 50
    plans = cell(reading, "care_leavers_18_to_20_pathway_plan_up_to_date", "2024-M03", statistic="percentage")
    assert plans[["numerator", "denominator"]].tolist() == [2, 2]
    assert series(reading, "care_leavers_with_personal_adviser", "percentage") == {"2024-M03": 75}
    assert "an age of 16 to 25" in told(reading)


def test_how_long_adoptions_took(tmp_path: Path) -> None:
    def adopted(child: str, entered: date, moved: date, ordered: date) -> dict[str, object]:
        days = {"entered_care": entered, "moved_in": moved, "adopted": ordered}
        return (
            WHO | {"child": child, "placement_order": date(2023, 1, 1), "matched": date(2023, 1, 31)} | days
        )

    rows = [
        adopted("a", date(2022, 1, 1), date(2023, 1, 1), date(2023, 4, 1)),  # 365 days
        adopted("b", date(2022, 1, 1), date(2022, 1, 31), date(2024, 3, 31)),  # 30
        adopted("c", date(2020, 1, 1), date(2022, 1, 1), date(2023, 3, 31)),  # a day too early
    ]
    reading = read_lists(tmp_path, anchored({10: rows}))
    taken = cell(reading, "adoption_timeliness", "2024-M03", statistic="days")
    assert taken[["numerator", "denominator", "value"]].tolist() == [395, 2, 198]
    assert series(reading, "adoption_timeliness", "days", "order_to_match") == {"2024-M03": 30}


def test_everybody_who_is_open_counts_once_in_the_census_rate(tmp_path: Path) -> None:
    lists = open_lists(
        [need("a", date(2023, 1, 1)), need("b", date(2023, 1, 1)), need("x", date(2023, 1, 1), LAST_DAY)],
        [plan("b", date(2023, 2, 1))],
        [care("c", date(2023, 2, 1))],
    ) | {9: [leaver("d", date(2004, 1, 1)), leaver("c", date(2007, 1, 1))]}
    reading = read_lists(tmp_path, lists)
    rate = cell(reading, "children_in_need_census_rate", "2024-M03", statistic="rate")
    assert rate["numerator"] == 4
    assert rate["value"] == pytest.approx(10_000 * 4 / rate["denominator"], abs=0.05)


def test_rates_come_from_the_counts_when_a_release_is_made(tmp_path: Path) -> None:
    reading = read_lists(tmp_path, anchored({}))
    given = make_given()
    assert "rate" not in set(reading.figures["statistic"])
    received = reading.figures.drop(columns=["row", "note"])
    completed = calculate(received, given.catalogue, given.areas, given.populations)
    assert "2024-M03" in set(completed.loc[completed["indicator"] == "contacts_rate", "period"])
