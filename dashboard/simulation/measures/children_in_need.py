"""Children in need, and children missing from home."""

from dashboard.simulation.measures.declare import Count, Measure

_NEED, _ENDED = Count("need"), Count("need_ended")

MEASURES = {
    "children_in_need_census_rate": Measure(Count("open_cases")),
    "children_in_need": Measure(_NEED),
    "child_in_need_plans": Measure(Count("need", "planned")),
    "children_in_need_started": Measure(Count("need_started")),
    "children_in_need_ended": Measure(_ENDED),
    "children_in_need_by_primary_need": Measure(_NEED, _NEED, shares=("primary_need",), whole=False),
    "children_in_need_by_duration": Measure(_NEED, _NEED, shares=("duration",), whole=False),
    "supporting_families_first_outcomes": Measure(
        Count("families", first=33), Count("families", first=33), shares=("family_outcome",), whole=False
    ),
    "welfare_return_interviews_in_timescale": Measure(
        Count("return_interviews", "in_time"), Count("return_interviews")
    ),
    "children_missing_from_home": Measure(
        Count("missing_from_home"), by={"missing_counted": Count("missing_counted")}
    ),
    "children_in_need_visits_in_timescale": Measure(
        Count("need", weight="visits_in_time"), Count("need", weight="visits_due")
    ),
    "child_in_need_plans_up_to_date": Measure(Count("need", "up_to_date"), Count("need", "planned")),
    "children_in_need_with_disability_team": Measure(Count("need", "with_disability_team")),
    "step_down_and_step_up": Measure(Count("need_steps"), _ENDED, shares=("step",)),
}
