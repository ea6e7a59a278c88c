"""The front door: contacts, referrals, assessments, early help and section 47 enquiries."""

from dashboard.simulation.measures.declare import Count, Measure
from dashboard.vocabulary import Statistic

_CONTACTS, _REFERRALS = Count("contacts"), Count("referrals")
_COMPLETED, _OPEN = Count("assessments_completed"), Count("assessments_open")
_WITH_FACTORS = Count("assessments_completed", "factors_recorded")

MEASURES = {
    "contacts": Measure(_CONTACTS),
    "contacts_rate": Measure(_CONTACTS),
    "contacts_decided_within_24_hours": Measure(Count("contacts", "within_24_hours"), _CONTACTS),
    "contacts_by_source": Measure(_CONTACTS, _CONTACTS, shares=("contact_source",), whole=False),
    "contacts_by_outcome": Measure(_CONTACTS, _CONTACTS, shares=("contact_outcome",), whole=False),
    "contacts_converted_to_referrals": Measure(Count("contacts", "is_referral"), _CONTACTS),
    "referrals": Measure(_REFERRALS),
    "referrals_rate": Measure(_REFERRALS),
    "re_referrals_within_12_months": Measure(Count("referrals", "re_referral"), _REFERRALS),
    "referrals_no_further_action": Measure(Count("referrals", "no_further_action"), _REFERRALS),
    "referrals_assessed_not_in_need": Measure(Count("referrals", "not_in_need"), _REFERRALS),
    "assessments_started": Measure(Count("assessments_started")),
    "assessments_completed": Measure(_COMPLETED),
    "assessments_within_45_days": Measure(
        Count("assessments_completed", "in_45_days"), _COMPLETED, shares=("working_days",)
    ),
    "assessments_after_45_days": Measure(Count("assessments_completed", "after_45_days"), _COMPLETED),
    "assessments_by_duration": Measure(_COMPLETED, _COMPLETED, shares=("working_days",), whole=False),
    "repeat_assessments_within_12_months": Measure(Count("assessments_completed", "repeated"), _COMPLETED),
    "assessments_open": Measure(
        _OPEN,
        but={
            Statistic.PERCENTAGE: Measure(Count("assessments_open", "over_45"), _OPEN, shares=("days_open",))
        },
    ),
    "assessment_factors": Measure(
        _WITH_FACTORS, _WITH_FACTORS, whole=False, by={"assessment_factor": Count("assessment_factors")}
    ),
    "child_seen_during_assessment": Measure(Count("assessments_completed", "seen"), _COMPLETED),
    "early_help_assessments": Measure(Count("early_help_assessments")),
    "early_help_open": Measure(Count("early_help")),
    "section_47_enquiries": Measure(Count("section_47")),
}
