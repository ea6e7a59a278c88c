"""The made-up children live lives that could be."""

import numpy as np
import pandas as pd


def test_a_child_is_in_need_or_on_a_plan_or_looked_after_but_never_two_at_once(simulated):
    columns = ["child", "month"]
    together = pd.concat([simulated.children[name][columns] for name in ("need", "plans", "looked_after")])
    assert not together.duplicated().any()


def test_a_child_lives_in_one_home_district_from_the_first_contact_on(simulated):
    homes = simulated.children["children"].set_index("child")["home"].astype(str)
    for name in ("contacts", "referrals", "conferences", "plans", "looked_after", "leavers"):
        table = simulated.children[name]
        assert (table["home"].astype(str).to_numpy() == homes[table["child"]].to_numpy()).all(), name


def test_nobody_is_looked_after_before_birth_or_after_turning_18(simulated):
    age = simulated.children["looked_after"]["age"]
    assert age.min() >= 0
    assert age.max() < 216


def test_care_leavers_are_16_to_25(simulated):
    age = simulated.children["leavers"]["age"] // 12
    assert age.min() >= 16
    assert age.max() <= 25


def test_everyone_who_turns_18_in_care_becomes_a_care_leaver(simulated):
    ceased = simulated.children["care_ceased"]
    grown = ceased[ceased["reason_ceased"] == "turned_18"]
    assert set(grown["child"]) <= set(simulated.children["leavers"]["child"])


def test_every_plan_started_is_a_conference_that_led_to_one(simulated):
    started = simulated.children["plans_started"]
    conferences = simulated.children["conferences"]
    led = conferences[conferences["led_to_plan"]]
    shown = started[started["month"] >= 0]
    assert sorted(zip(shown["child"], shown["month"], strict=True)) == sorted(
        zip(led["child"], led["month"], strict=True)
    )


def test_conferences_in_time_were_held_within_15_working_days_of_the_enquiry(simulated):
    conferences = simulated.children["conferences"]
    enquiry = conferences["enquiry_date"].to_numpy().astype("M8[D]")
    held = conferences["date"].to_numpy().astype("M8[D]")
    assert (enquiry < held).all()
    days = (held - enquiry).astype(int)
    assert days[conferences["in_15_days"]].max() <= 15 / 5 * 7 + 7  # bank holidays besides
    assert days[~conferences["in_15_days"]].min() > 15


def test_assessments_end_after_they_start_and_in_the_month_they_are_counted(simulated):
    done = simulated.children["assessments_completed"]
    assert (done["date"] >= done["started_on"]).all()
    months = (done["date"].dt.year - 2018) * 12 + done["date"].dt.month - 4
    assert (months == done["month"]).all()


def test_assessments_started_are_of_children_referred(simulated):
    started = simulated.children["assessments_started"]
    referred = set(simulated.children["referrals"]["child"])
    assert started["child"].isin(referred).mean() > 0.99


def test_the_unaccompanied_are_teenagers_who_came_alone(simulated):
    alone = simulated.children["looked_after"].query("unaccompanied")
    assert alone["age"].min() >= 14 * 12
    assert not alone["placed_with_parents"].any()


def test_placements_suit_the_ages_of_the_children_in_them(simulated):
    children = simulated.children["looked_after"]
    age = children["age"] // 12
    assert age[children["placed_independent_living"]].min() >= 16
    assert age[children["placed_for_adoption"]].max() < 9
    assert age[children["placed_secure_accommodation"]].min() >= 12


def test_a_child_outside_the_county_is_in_no_district(simulated):
    children = simulated.children["looked_after"]
    assert ((children["placed"] == "outside-county") == children["outside"]).all()
    assert not children.loc[children["over_20_outside"], "outside"].eq(False).any()
    with_parents = children[children["placed_with_parents"] & ~children["outside"]]
    assert (with_parents["placed"].astype(str) == with_parents["home"].astype(str)).all()


def test_districts_with_more_need_have_more_children_looked_after(simulated):
    last = simulated.figures.query(
        "indicator == 'looked_after_children_rate' and period == '2022-M03' and characteristic == ''"
    ).set_index("area")["value"]
    districts = last.drop("worcestershire")
    assert districts.idxmax() in {"redditch", "worcester", "wyre-forest"}
    assert districts.max() < 3 * districts.min()
    assert np.isclose(last["worcestershire"], 75, atol=2)


def test_there_are_no_names(simulated):
    for name, table in simulated.children.tables.items():
        assert not any("name" in column for column in table.columns), name
