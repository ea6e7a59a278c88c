"""What is declared of the lists: headings, codes, measures."""

import pytest

from dashboard.intake.annex_a.layout import Holds, load_layout, plain, squash
from dashboard.intake.annex_a.measures import load_measures
from tests.intake.annex_a.lists import make_given

LAYOUT, MEASURES = load_layout(), load_measures()
#: Codes that are not the categories of the characteristic of the same name.
OWN_WORDS = {
    "yes_no", "case_status", "placement", "location", "council", "eligibility", "in_touch", "suitability",
}  # fmt: skip
EXTRA = {"short_breaks", "code_error"}  # read, and counted nowhere


def test_there_are_eleven_lists_and_no_heading_twice_in_one() -> None:
    assert [each.number for each in LAYOUT.lists] == list(range(1, 12))
    for each in LAYOUT.lists:
        headings = [squash(text) for column in each.columns for text in (column.heading, *column.also)]
        assert len(headings) == len(set(headings)), each.name


@pytest.mark.parametrize("name", LAYOUT.codes)
def test_every_code_is_read_as_its_own_category(name: str) -> None:
    codes = LAYOUT.codes[name]
    for category, texts in codes.categories.items():
        for text in texts:
            assert codes.read(text) == category, text
            assert codes.read(text.upper()) == category, text
            assert codes.read(plain(text)) == category, text


@pytest.mark.parametrize("name", sorted(set(LAYOUT.codes) - OWN_WORDS))
def test_every_category_is_one_of_its_characteristic(name: str) -> None:
    known = {each.id for each in make_given().characteristics[name].categories}
    assert set(LAYOUT.codes[name].categories) - EXTRA <= known


def test_every_code_of_a_placement_has_a_kind_and_a_group() -> None:
    characteristics = make_given().characteristics
    for names, characteristic in ((LAYOUT.kinds, "placement_type"), (LAYOUT.groups, "placement_group")):
        assert set(names) == set(LAYOUT.codes["placement"].categories)
        assert set(names.values()) <= {each.id for each in characteristics[characteristic].categories}


@pytest.mark.parametrize(
    ("codes", "text", "category"),
    [
        ("suitability", "b) Unsuitable", "no"),
        ("suitability", "UNSUITABLE", "no"),
        ("suitability", "unsuitable accommodation", None),
        ("sex", "Female", "female"),
        ("sex", "b", "female"),
        ("ethnicity", "s) NOBT", "not_known"),  # the letter is of another layout
        ("ethnicity", "t) NOBT", "not_known"),
        ("primary_need", "N1 - Abuse or Neglect", "abuse_or_neglect"),
        ("primary_need", "N1", "abuse_or_neglect"),
        ("primary_need", "N2 - Child’s disability", "child_disability"),
        ("primary_need", "N2 - Abuse or neglect", None),  # code and label contradict each other
        ("primary_need", "PSRMEM - Support with memory and cognition", None),
        ("provider", "e) PR4 - Private provision", "private"),
        ("contact_source", "Individual", "family_and_public"),
        ("contact_source", "health services - school nurse", None),
        ("accommodation", "K", "independent"),
        ("placement", "U6 whatever it is called now", "u6"),
        ("yes_no", "Y", "yes"),
        ("yes_no", "Not sure", None),
    ],
)
def test_a_code_comes_before_its_label_and_a_part_is_never_enough(
    codes: str, text: str, category: str | None
) -> None:
    assert LAYOUT.codes[codes].read(text) == category


def test_every_indicator_is_counted_or_has_a_reason_why_not() -> None:
    catalogue = make_given().catalogue
    for name, indicator in catalogue.items():
        counted = name in MEASURES.measures
        excused = name in MEASURES.not_carried or indicator.tab in MEASURES.not_carried_tabs
        assert counted != excused, name
    assert set(MEASURES.measures) | set(MEASURES.not_carried) <= set(catalogue)


def test_every_measure_counts_what_a_table_has() -> None:
    for name, measure in MEASURES.measures.items():
        for count in measure.counts:
            assert set(count.columns) <= set(MEASURES.tables[count.table].columns), name


def test_every_table_needs_columns_that_the_lists_have() -> None:
    columns = {f"{each.number}.{column.key}" for each in LAYOUT.lists for column in each.columns}
    for name, table in MEASURES.tables.items():
        needed = {*table.needs, *(each for needs in table.columns.values() for each in needs)}
        assert needed <= columns, name


def test_nothing_about_one_person_is_declared_as_something_that_may_be_repeated() -> None:
    for key, column in LAYOUT.columns.items():
        private = any(
            word in plain(column.heading) for word in ("identifier", "unique id", "birth", "postcode")
        )
        named = any(word in plain(column.heading) for word in ("worker", "advisor"))
        held = (Holds.ID, Holds.BIRTH, Holds.POSTCODE, Holds.NAME)
        assert (column.holds in held) == (private or named), key


#: Headings as the extracts of July 2024 write them, without spaces.
JULY_2024 = {
    1: "ChildUniqueID Gender Ethnicity DateOfBirth Age DateOfContact ContactSource",
    3: "ReferralDate ReferralSource ReferralNFA ReferralsLast12Months AllocatedTeam AllocatedWorker",
    4: "HasDisability ContinuousAssessmentStart ContinuousAssessmentChildSeen ContinuousAssessmentAuthDate",
    5: "StratDiscussionDate InitialCPConfUnnecessary InitialCPConfDate CPConfResultInCPPlan NumberS47s12m",
    6: "CINStartDate PrimaryNeedCode DateChildLastSeen CINClosureDate ReasonForClosure CaseStatus",
    7: "ChildProtectionPlanStartDate LatestCategoryOfAbuse DateOfLastStatutoryVisit ProtectionLastSixMonths",
    8: "UASC ChildCategoryOfNeed LegalStatus PlacementsLast12Months CeasedLookedAfterDate PlacementPostcode",
    9: "UASC AllocatedPersonalAdvisor LatestPathwayPlan LAInTouch LatestContact TypeOfAccommodation",
    10: "EnteredCareDate ADMSHOBPADecisionDate MatchedForAdoptionDate AdoptionOrderDate",
}


@pytest.mark.parametrize("number", JULY_2024)
def test_the_headings_of_july_2024_are_known(number: int) -> None:
    columns = LAYOUT.list_of(number).columns
    known = {squash(text) for column in columns for text in (column.heading, *column.also)}
    assert {squash(heading) for heading in JULY_2024[number].split()} <= known
