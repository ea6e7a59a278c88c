"""Through care: looked after children and care leavers."""

from dashboard.simulation.measures.declare import YEAR, Count, Measure

_IN_CARE = Count("looked_after")
_CEASED = Count("care_ceased")
_STARTED = Count("care_started")
_LEAVERS = Count("leavers")
_AGED_19_TO_21 = Count("leavers", "aged_19_to_21")
_REVIEWED = Count("reviews", "aged_4")
_MARCH = "looked_after_march"


def _in_care(where: str, among: str = "", shares: tuple[str, ...] = ()) -> Measure:
    """Looked after children of whom something is true, out of all of them or of some."""
    return Measure(Count("looked_after", where), Count("looked_after", among), shares)


def _leavers(where: str, shares: tuple[str, ...] = ()) -> Measure:
    return Measure(Count("leavers", where), _LEAVERS, shares)


def _aged_19_to_21(where: str, shares: tuple[str, ...] = ()) -> Measure:
    return Measure(Count("leavers", f"aged_19_to_21&{where}"), _AGED_19_TO_21, shares)


MEASURES = {
    "looked_after_children": Measure(_IN_CARE),
    "looked_after_children_rate": Measure(_IN_CARE),
    "looked_after_by_placement_district": Measure(_IN_CARE),
    "looked_after_by_legal_status": Measure(_IN_CARE, _IN_CARE, shares=("legal_status",), whole=False),
    "starts_to_be_looked_after": Measure(_STARTED),
    "ceases_to_be_looked_after": Measure(_CEASED),
    "looked_after_net_flow": Measure(Count("care_movements", weight="net")),
    "looked_after_section_20": _in_care("section_20"),
    "unaccompanied_asylum_seeking_children": _in_care("unaccompanied"),
    "looked_after_with_disability_team": _in_care("with_disability_team"),
    "placed_outside_county": _in_care("outside", shares=("region_of_placement",)),
    "placed_over_20_miles_outside_county": _in_care("over_20_outside", "distance_known"),
    "placed_over_20_miles": _in_care("over_20", "distance_known"),
    "three_or_more_placements": _in_care("three_or_more_placements"),
    "long_term_placement_stability": Measure(
        Count("looked_after", "two_years_in_placement"), Count("looked_after", "long_term")
    ),
    "placed_in_foster_care": _in_care("placed_foster_care", shares=("foster_provider",)),
    "placed_with_relative_or_friend": _in_care("placed_relative_or_friend"),
    "placed_with_foster_carers": _in_care("foster_carers"),
    "placed_for_adoption": _in_care("placed_for_adoption"),
    "placed_with_parents": _in_care("placed_with_parents"),
    "placed_in_independent_living": _in_care("placed_independent_living"),
    "placed_in_residential_care": _in_care(
        "placed_residential_care", shares=("locality", "inspection_grade")
    ),
    "placed_in_secure_accommodation": _in_care("placed_secure_accommodation"),
    "placed_in_other": _in_care("placed_other"),
    "repeat_looked_after_within_12_months": Measure(Count("care_started", "repeated"), _STARTED),
    "care_or_pathway_plan_up_to_date": _in_care("plan_up_to_date"),
    "health_assessment_up_to_date": _in_care("health_assessment"),
    "dental_check_up_to_date": _in_care("dental_check"),
    "immunisations_up_to_date": _in_care("immunised", "a_year_in_care"),
    "average_sdq_score": Measure(Count("scored", weight="score"), Count("scored")),
    "personal_education_plan_up_to_date": _in_care("education_plan", "school_age"),
    "looked_after_16_17_neet": _in_care("neet", "aged_16_17"),
    "looked_after_missing_children": Measure(Count("missing_from_care"), _IN_CARE),
    "looked_after_missing_incidents": Measure(Count("missing_incidents")),
    "looked_after_vulnerable_to_cse": _in_care("vulnerable_to_exploitation"),
    "looked_after_experiencing_cse": _in_care("exploited"),
    "foster_carer_households": Measure(Count("households")),
    "looked_after_reviews_in_timescale": _in_care("a_month_in_care&reviewed_in_time", "a_month_in_care"),
    "looked_after_review_attendance": Measure(
        Count("reviews", "attended"), _REVIEWED, shares=("participation",)
    ),
    "looked_after_review_participation": Measure(
        Count("reviews", "took_part"), _REVIEWED, shares=("participation",)
    ),
    "looked_after_visits_in_timescale": Measure(
        Count("looked_after", weight="visits_in_time"), Count("looked_after", weight="visits_due")
    ),
    "three_or_more_social_workers": _in_care("three_social_workers"),
    "mid_year_school_moves": Measure(Count(_MARCH, "moved_school"), Count(_MARCH, "in_school_year")),
    "sustainability_cohort": Measure(Count("cohort")),
    "adoptions": Measure(Count("care_ceased", "adopted"), _CEASED),
    "adoption_timeliness": Measure(
        Count("adopted", weight="days_to_moving_in", months=YEAR),
        Count("adopted", months=YEAR),
        by={
            "adoption_stage": {
                stage: Measure(Count("adopted", weight=days, months=YEAR), Count("adopted", months=YEAR))
                for stage, days in (
                    ("entering_care_to_moving_in", "days_to_moving_in"),
                    ("order_to_match", "days_to_match"),
                )
            }
        },
    ),
    "special_guardianship_and_child_arrangements": Measure(
        Count("care_ceased", "ordered"),
        _CEASED,
        by={
            "permanence_order": {
                order: Measure(Count("care_ceased", order), _CEASED)
                for order in ("special_guardianship", "child_arrangements")
            }
        },
    ),
    "looked_after_convicted_or_cautioned": Measure(Count(_MARCH, "convicted"), Count(_MARCH, "aged_10_plus")),
    "care_leavers": Measure(_LEAVERS),
    "care_leavers_16_to_20": Measure(Count("leavers", "aged_16_to_20")),
    "care_leavers_21_to_25": Measure(Count("leavers", "aged_21_to_25")),
    "care_leavers_in_touch": _leavers("in_touch"),
    "care_leavers_in_suitable_accommodation": _leavers("suitable", shares=("accommodation",)),
    "care_leavers_in_eet": _leavers("in_eet", shares=("activity",)),
    "care_leavers_18_to_20_pathway_plan_up_to_date": Measure(
        Count("leavers", "pathway_plan"), Count("leavers", "aged_18_to_20")
    ),
    "care_leavers_19_to_21_in_eet": _aged_19_to_21("in_eet", shares=("activity",)),
    "care_leavers_19_to_21_in_touch": _aged_19_to_21("in_touch"),
    "care_leavers_19_to_21_in_suitable_accommodation": _aged_19_to_21("suitable", shares=("accommodation",)),
    "care_leavers_in_bed_and_breakfast": Measure(Count("bed_and_breakfast")),
    "care_leavers_in_higher_education": _aged_19_to_21("higher_education"),
    "care_leavers_neet": _aged_19_to_21("neet", shares=("reason_not_in_work_or_learning",)),
    "staying_put": Measure(Count("aged_18", "staying_put"), Count("aged_18")),
    "care_leavers_with_personal_adviser": _leavers("has_adviser"),
}
