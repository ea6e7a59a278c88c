"""The page of what changed since the last meeting."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.views.changes import KINDS, say_ends
from dashboard.views.page import Page
from tests.views.changing import IN_CARE, IN_TOUCH, MISSING, OWN, SIMULATED, STEADY, by_month, ends_of

Make = Callable[..., Any]


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    return release(
        figures(MISSING, by_month((*STEADY, 31)), **OWN),
        figures(IN_TOUCH, {"2021-M12": 96, "2022-M03": 94}, statistic="percentage", **OWN),
        figures(MISSING, by_month((*STEADY, 31)), area="redditch", **SIMULATED),
        figures(MISSING, by_month((*STEADY[:-2], "[c]", "[c]", "[c]")), area="worcester", **SIMULATED),
        targets=True,
    )


def titles(page: Page) -> list[str]:
    assert page.changes is not None
    return [group.title for group in page.changes.groups]


def test_the_page_says_between_which_days_it_looks(made: Any) -> None:
    page = made.page("changes")
    assert page.title == "What changed"
    assert "".join(page.showing) == (
        "What changed in Worcestershire since Q3 2021/22 (31 December 2021), "
        "as at Q4 2021/22 (31 March 2022)."
    )
    later = ends_of(made, **{"from": "2020-21-Q4"}).scene
    assert "since Q4 2020/21 (31 March 2021)" in "".join(say_ends(later))
    assert page.window_title == "What changed, Worcestershire, Q4 2021/22"


def test_kinds_that_found_something_stand_in_their_order_and_others_in_one_sentence(made: Any) -> None:
    page = made.page("changes")
    assert titles(page) == ["Newly unusual", "Targets crossed", "Largest changes that are more than chance"]
    assert page.changes.quiet == (
        "Nothing else to report: no figure was restated and no new figure of a comparator was published."
    )
    assert page.changes.unsaid == ()


def test_a_page_without_any_change_has_one_sentence_and_no_heading(release: Make, figures: Make) -> None:
    page = release(figures(MISSING, by_month((*STEADY, 12)), **OWN)).page("changes")
    assert titles(page) == []
    assert page.changes.quiet == (
        "Nothing to report: no measure became unusual, the change of every measure that can be judged, "
        "1 in all, is within what is usual, no figure was restated and no new figure of a comparator was "
        "published."
    )
    assert page.changes.unsaid[0].startswith("No measure with a target has a real figure at both ends")


def test_what_cannot_be_said_is_said_once(release: Make, figures: Make) -> None:
    page = release(figures(IN_CARE, {"2021-M12": 874, "2022-M03": 891}, **OWN)).page("changes")
    assert len(page.changes.unsaid) == len(set(page.changes.unsaid)) == 2


def test_every_change_leads_to_its_measure_and_keeps_the_choice(made: Any) -> None:
    page = made.page("changes", range="5y", **{"from": "2021-22-Q3"})
    links = [change.link for group in page.changes.groups for change in group.changes]
    assert {each.href.split("?")[0] for each in links} == {f"/explore/{MISSING}", f"/explore/{IN_TOUCH}"}
    assert all("range=5y" in each.href and each.href.endswith("&from=2021-22-Q3") for each in links)
    assert page.place == "changes?from=2021-22-Q3"


def test_a_district_has_its_own_changes_and_those_of_nobody_else(made: Any) -> None:
    page = made.page("changes", area="redditch")
    assert titles(page) == ["Newly unusual", "Largest changes that are more than chance"]
    texts = [change for group in page.changes.groups for change in group.changes]
    assert {badge.text for change in texts for badge in change.badges} == {"Illustrative"}
    assert page.changes.unsaid[-1] == "Measures that are counted for the county only are left out."


def test_nothing_is_told_of_a_district_whose_figures_are_hidden(made: Any) -> None:
    page = made.page("changes", area="worcester")
    assert titles(page) == []
    assert "unusual" not in page.changes.quiet


def test_measures_that_were_unusual_before_are_counted_apart(release: Make, figures: Make) -> None:
    values = by_month((*STEADY[:-3], 30, 31, 30, 31))
    page = release(figures(MISSING, values, **OWN)).page("changes")
    assert page.changes.still_lead == "1 measure was unusual at Q3 2021/22 already, and still is"
    assert len(page.changes.still) == 1


def test_the_page_has_a_tab_before_the_list_of_all_measures(made: Any) -> None:
    texts = [tab.text for tab in made.page("changes").tabs]
    assert texts.index("What changed") == texts.index("Explore") - 1


def test_every_kind_finds_nothing_in_a_release_with_one_figure(release: Make, figures: Make) -> None:
    ends = ends_of(release(figures("contacts", {"2021-22": 5}, **OWN)))
    assert [find(ends).changes for find in KINDS] == [()] * len(KINDS)


def test_a_release_without_figures_has_nothing_to_compare(release: Make) -> None:
    page = release([]).page("changes")
    assert page.changes is None
    assert page.showing[0] == "This release holds no figures."
