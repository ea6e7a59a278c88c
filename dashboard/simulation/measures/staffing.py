"""Staffing: posts and the social workers in them."""

from dashboard.simulation.measures.declare import FROM_THE_YEAR_BEFORE, YEAR, Count, Measure
from dashboard.vocabulary import Statistic

_POSTS = Count("posts", weight="fte", first=FROM_THE_YEAR_BEFORE)
_IN_POST = Count("posts", "filled", weight="fte", first=FROM_THE_YEAR_BEFORE)
_FRONT_LINE = Count("social_workers", "front_line", weight="fte")
_HOLD_CASES = Count("social_workers", "holds_cases")


def _in_the_year(table: str, weight: str) -> Count:
    return Count(table, weight=weight, months=YEAR, first=FROM_THE_YEAR_BEFORE)


MEASURES = {
    "social_work_posts_permanently_filled": Measure(_IN_POST, _POSTS),
    "management_posts_permanently_filled": Measure(
        Count("posts", "management&filled"), Count("posts", "management")
    ),
    "agency_worker_rate": Measure(Count("social_workers", "front_line&agency", weight="fte"), _FRONT_LINE),
    "vacancy_rate": Measure(Count("posts", "vacant", weight="fte"), _POSTS),
    "turnover_rate": Measure(_in_the_year("staff_left", "fte"), _IN_POST),
    "sickness_absence_rate": Measure(
        _in_the_year("social_workers", "days_lost"), _in_the_year("social_workers", "days_available")
    ),
    "supervision_in_timescale": Measure(Count("social_workers", "supervised"), Count("social_workers")),
    "average_caseload": Measure(
        Count("social_workers", "holds_cases", weight="cases"),
        Count("social_workers", "holds_cases", weight="fte"),
    ),
    "workers_above_caseload_ceiling": Measure(Count("social_workers", "above_ceiling"), _HOLD_CASES),
    "social_workers_in_post_fte": Measure(_IN_POST),
    "newly_qualified_share": Measure(Count("posts", "newly_qualified"), Count("posts", "filled")),
    "changes_of_social_worker": Measure(
        Count("children_open", weight="changes"),
        Count("children_open"),
        but={
            Statistic.PERCENTAGE: Measure(
                Count("looked_after", "three_social_workers"), Count("looked_after")
            )
        },
    ),
    "staff_survey_supported": Measure(Count("survey", "supported"), Count("survey")),
    "staff_survey_listened_to": Measure(Count("survey", "listened_to"), Count("survey")),
    "staff_survey_workload_manageable": Measure(Count("survey", "manageable"), Count("survey")),
}
