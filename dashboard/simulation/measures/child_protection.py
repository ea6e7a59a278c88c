"""Child protection: conferences and plans."""

from dashboard.simulation.measures.declare import FROM_THE_YEAR_BEFORE, YEAR, Count, Measure

_PLANS, _CONFERENCES = Count("plans"), Count("conferences")
_STARTED = Count("plans_started")


def _started_in_the_year(where: str = "") -> Count:
    return Count("plans_started", where, months=YEAR, first=FROM_THE_YEAR_BEFORE)


def _ended_in_the_year(where: str = "") -> Count:
    return Count("plans_ended", where, months=YEAR, first=FROM_THE_YEAR_BEFORE)


MEASURES = {
    "child_protection_plans": Measure(_PLANS),
    "child_protection_plans_started": Measure(_STARTED),
    "child_protection_plans_ended": Measure(Count("plans_ended")),
    "child_protection_plans_by_category": Measure(_PLANS, _PLANS, shares=("category_of_abuse",), whole=False),
    "initial_conferences": Measure(_CONFERENCES),
    "initial_conferences_within_15_days": Measure(Count("conferences", "in_15_days"), _CONFERENCES),
    "initial_conferences_resulting_in_plan": Measure(Count("conferences", "led_to_plan"), _CONFERENCES),
    "review_conferences_in_timescale": Measure(Count("plans", "reviewed"), Count("plans", "due_review")),
    "repeat_plans_within_2_years": Measure(_started_in_the_year("repeat_in_2_years"), _started_in_the_year()),
    "second_or_subsequent_plans": Measure(
        _started_in_the_year("second_or_subsequent"), _started_in_the_year()
    ),
    "plans_lasting_2_years_or_more": Measure(
        Count("plans", "two_years"),
        _PLANS,
        by={
            "open_or_ended": {
                "open": Measure(Count("plans", "two_years"), _PLANS),
                "ended": Measure(_ended_in_the_year("two_years"), _ended_in_the_year()),
            }
        },
    ),
    "plans_by_duration": Measure(_PLANS, _PLANS, shares=("duration",), whole=False),
    "child_attending_conference": Measure(
        Count("conference_children", "attended"), Count("conference_children", "asked")
    ),
    "child_participation_aged_12_and_over": Measure(
        Count("conference_children", "heard"), Count("conference_children", "aged_12")
    ),
    "child_protection_visits_in_timescale": Measure(
        Count("plans", weight="visits_in_time"), Count("plans", weight="visits_due")
    ),
    "parental_factors_in_new_plans": Measure(
        _STARTED, _STARTED, whole=False, by={"parental_factor": Count("plan_factors")}
    ),
    "child_protection_age_gender_ethnicity": Measure(
        _PLANS, _PLANS, shares=("age_group", "sex", "ethnicity"), whole=False
    ),
}
