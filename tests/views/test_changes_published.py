"""What came out between two ends: restated figures, and new ones to compare with."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.views.changes_published import find_published, find_restated
from tests.views.changing import IN_CARE, OWN, ends_of, texts

Make = Callable[..., Any]
REPORT = {**OWN, "published_on": "2022-05-31"}  # on March 2022: by then its figures were out
REVISED = {**REPORT, "status": "revised"}
RATE = "looked_after_children_rate"


def test_a_figure_that_was_revised_is_told_as_it_is_now(release: Make, figures: Make) -> None:
    made = release(
        figures(IN_CARE, {"2022-M03": 891}, **REPORT), figures(IN_CARE, {"2021-M12": 874}, **REVISED)
    )
    group = find_restated(ends_of(made))
    assert texts(group) == [
        "Looked after children: 1 figure was restated, on 31 May 2022: now 874 for 31 December 2021."
    ]
    assert [badge.text for badge in group.changes[0].badges] == ["Revised"]
    assert group.after == "Where no earlier figure is named, none is held in this release."


def test_a_figure_published_again_with_another_number_is_told_with_the_first(
    release: Make, figures: Make
) -> None:
    first = {**REPORT, "published_on": "2021-11-30"}
    made = release(
        figures(IN_CARE, {"2021-M06": 868, "2021-M09": 870}, **first),
        figures(IN_CARE, {"2021-M06": 868, "2021-M09": 866, "2022-M03": 891}, **REPORT),
    )
    group = find_restated(ends_of(made))
    assert texts(group) == [
        "Looked after children: 1 figure was restated, on 31 May 2022: now 866 for 30 September 2021 "
        "(870 as first published)."
    ]
    assert group.after == ""


def test_the_last_three_of_many_are_told_and_the_others_counted(release: Make, figures: Make) -> None:
    revised = {f"2021-M{month:02}": 800 + month for month in range(1, 7)}
    made = release(figures(IN_CARE, {"2022-M03": 891}, **REPORT), figures(IN_CARE, revised, **REVISED))
    assert texts(find_restated(ends_of(made)))[0].endswith(
        "6 figures were restated, on 31 May 2022: now 804 for 30 April 2021, 805 for 31 May 2021, "
        "806 for 30 June 2021 and 3 more."
    )


@pytest.mark.parametrize(
    ("value", "changed"),
    [
        (874, {"published_on": "2021-11-30"}),  # out by the earlier end
        (874, {"published_on": "2022-06-30"}),  # not out by the later
        (874, {"status": "as_published"}),
        ("[c]", {}),
        (95, {"precision": "nearest_5"}),
        (874, {"area": "redditch"}),
    ],
)
def test_nothing_else_is_restated(
    release: Make, figures: Make, value: object, changed: dict[str, str]
) -> None:
    made = release(
        figures(IN_CARE, {"2022-M03": 891}, **REPORT),
        figures(IN_CARE, {"2021-M12": value}, **{**REVISED, **changed}),
    )
    group = find_restated(ends_of(made))
    assert (group.changes, group.quiet) == ((), "no figure was restated")


def compare(release: Make, figures: Make, indicator: str, *others: dict[str, str], **own: Any) -> Any:
    """A release of the county's percentage of 2021/22, and of others' that came out in May 2022."""
    fields = {"statistic": "percentage", "source": "board", "published_on": "2022-05-20"}
    rows = figures(indicator, {"2021-22": 80}, **{**fields, **own})
    for other in others:
        rows += figures(indicator, {"2021-22": 73}, **{**fields, **other})
    return release(rows, figures(IN_CARE, {"2022-M03": 891}, **REPORT))


def test_a_new_comparator_is_told_with_the_own_figure_beside_it(release: Make, figures: Make) -> None:
    made = compare(release, figures, "assessments_within_45_days", {"area": "england"})
    group = find_published(ends_of(made))
    assert texts(group) == [
        "Assessments completed within 45 working days: new for 2021/22: 80% here is better than "
        "England (73%). Higher is better. Source: Board report, 20 May 2022."
    ]


def test_comparators_of_the_same_time_are_told_together(release: Make, figures: Make) -> None:
    neighbours = {"area": "statistical-neighbours-2021"}
    made = compare(release, figures, "assessments_within_45_days", {"area": "england"}, neighbours)
    (text,) = texts(find_published(ends_of(made)))
    assert "80% here is better than neighbours (73%) and England (73%)." in text


def test_one_that_does_not_measure_the_same_is_told_without_a_judgement(release: Make, figures: Make) -> None:
    made = compare(
        release, figures, "repeat_assessments_within_12_months", {"area": "england"}, basis="local"
    )
    (text,) = texts(find_published(ends_of(made)))
    assert "new for 2021/22: England 73%. Not like for like: " in text
    assert "80%" not in text


def test_a_simulated_figure_is_not_set_beside_a_published_one(release: Make, figures: Make) -> None:
    own = {"basis": "local", "status": "illustrative", "source": "simulation"}
    made = compare(release, figures, "assessments_within_45_days", {"area": "england"}, **own)
    (text,) = texts(find_published(ends_of(made)))
    assert "new for 2021/22: England 73%. Source: Board report" in text
    assert "better" not in text


@pytest.mark.parametrize("day", ["2021-12-31", "2022-06-01"])
def test_one_that_came_out_at_another_time_is_not_new(release: Make, figures: Make, day: str) -> None:
    other = {"area": "england", "published_on": day}
    group = find_published(ends_of(compare(release, figures, "assessments_within_45_days", other)))
    assert (group.changes, group.quiet) == ((), "no new figure of a comparator was published")


def test_a_source_that_tells_what_was_known_on_a_day_makes_nothing_new(release: Make, figures: Make) -> None:
    other = {"area": "england", "source": "dfe"}
    group = find_published(ends_of(compare(release, figures, "assessments_within_45_days", other)))
    assert (group.changes, group.quiet) == ((), "")
    assert group.unsaid.startswith(
        "Figures from the source “Department for Education, April 2026” are as they"
    )


def test_where_nobody_is_chosen_to_compare_with_none_is_new(release: Make, figures: Make) -> None:
    made = compare(release, figures, "assessments_within_45_days", {"area": "england"})
    assert find_published(ends_of(made, compare="none")).unsaid == "Nobody was chosen to compare with."
