"""The two ends that changes lie between."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.page_parts import Measure
from dashboard.periods import parse
from dashboard.views.changes_ends import LINES, find_told, keep_alike, offer_ends, say_good
from dashboard.views.series import choose
from dashboard.vocabulary import Polarity, Statistic
from tests.views.changing import IN_CARE, MISSING, OWN, SIMULATED, STEADY, by_month, ends_of

Make = Callable[..., Any]


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    return release(figures(MISSING, by_month((*STEADY, 31)), **OWN))


@pytest.mark.parametrize(
    ("given", "earlier"),
    [
        ({}, "2021-22-Q3"),
        ({"period": "2021-22"}, "2021-22-Q3"),
        ({"period": "2021-22-Q1"}, "2020-21-Q4"),
        ({"from": "2020-21-Q4"}, "2020-21-Q4"),
        ({"from": "2020-21"}, "2020-21-Q4"),
        ({"from": "2021-M11"}, "2021-M11"),
    ],
)
def test_the_earlier_end_is_the_quarter_before_unless_another_is_chosen(
    made: Any, given: dict[str, str], earlier: str
) -> None:
    assert ends_of(made, **given).earlier.period.code == earlier


def test_each_of_the_four_quarters_before_may_be_chosen_and_keeps_the_rest(made: Any) -> None:
    offered = offer_ends(ends_of(made, area="redditch", range="5y"))
    assert [each.text for each in offered] == [
        *("Q3 2021/22", "Q2 2021/22", "Q1 2021/22"),
        "Q4 2020/21, a year before",
    ]
    assert [each.current for each in offered] == [True, False, False, False]
    assert all("area=redditch" in each.href and "range=5y" in each.href for each in offered)
    assert "from=" not in offered[0].href
    assert offered[3].href.endswith("&from=2020-21-Q4")


def test_another_end_that_was_chosen_is_offered_too_and_none_before_the_first_figure(made: Any) -> None:
    offered = offer_ends(ends_of(made, **{"from": "2021-M05"}))
    assert [(each.text, each.current) for each in offered][4:] == [("May 2021", True)]
    early = offer_ends(ends_of(made, period="2020-21-Q3"))
    assert [each.text for each in early] == ["Q2 2020/21", "Q1 2020/21"]


def test_figures_are_out_by_the_day_of_the_report_on_them(release: Make, figures: Make) -> None:
    report = {**OWN, "published_on": "2022-05-31"}
    revised = {**OWN, "published_on": "2022-07-15", "status": "revised"}
    made = release(
        figures(MISSING, {"2021-M12": 10, "2022-M03": 12}, **report),
        figures(IN_CARE, {"2021-M12": 870}, **revised),
        figures(IN_CARE, {"2021-M09": 860}, status="illustrative", published_on="2026-01-01"),
    )
    assert find_told(made.store, parse("2021-22-Q3").end_index) == "2021-12-31"
    assert find_told(made.store, parse("2021-22-Q4").end_index) == "2022-05-31"
    assert find_told(made.store, parse("2022-23-Q1").end_index) == "2022-06-30"


def pair(made: Any, indicator: str = MISSING, **given: object) -> Any:
    ends = ends_of(made, **given)
    chosen = choose(ends.scene, Measure(indicator, Statistic.COUNT, LINES))
    assert chosen is not None
    return ends.find_pair(chosen)


def test_a_figure_is_set_beside_the_one_that_stood_at_the_earlier_end(made: Any) -> None:
    earlier, latest = pair(made)
    assert (earlier.period.code, earlier.value) == ("2021-M12", 10)
    assert (latest.period.code, latest.value) == ("2022-M03", 31)
    assert pair(made, **{"from": "2021-22-Q1"})[0].period.code == "2021-M06"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"2021-M12": 10}, "nothing is newer"),
        ({"2022-M03": 10}, "nothing is older"),
        ({"2021-M10": 10, "2022-M03": 12}, "it was old at the earlier end"),
        ({"2021-M12": 10, "2022-M03": "[c]"}, "the later is hidden"),
        ({"2021-M12": "[c]", "2022-M03": 10}, "the earlier is hidden"),
    ],
)
def test_there_is_no_pair_where_an_end_has_no_figure_of_its_own(
    release: Make, figures: Make, values: dict[str, object], why: str
) -> None:
    assert pair(release(figures(MISSING, values, **OWN))) is None, why


def test_a_figure_that_is_not_told_exactly_is_never_measured(release: Make, figures: Make) -> None:
    rows = figures("child_seen_during_assessment", {"2021-M12": 85}, statistic="percentage", **OWN)
    rough = {**OWN, "precision": "nearest_5"}
    rows += figures("child_seen_during_assessment", {"2022-M03": 95}, statistic="percentage", **rough)
    ends = ends_of(release(rows))
    chosen = choose(ends.scene, Measure("child_seen_during_assessment", Statistic.PERCENTAGE, LINES))
    assert chosen is not None
    assert ends.find_pair(chosen) is None


def test_real_and_simulated_figures_are_no_pair_and_are_kept_apart(release: Make, figures: Make) -> None:
    made = release(
        figures(MISSING, {"2021-M11": 9, "2021-M12": 10}, **SIMULATED),
        figures(MISSING, {"2022-M02": 11, "2022-M03": 12}, **OWN),
    )
    assert pair(made) is None
    chosen = choose(ends_of(made).scene, Measure(MISSING, Statistic.COUNT, LINES))
    assert chosen is not None
    assert [each.value for each in keep_alike(chosen).observations] == [11, 12]


def test_which_way_is_good_is_said_only_where_one_is() -> None:
    assert say_good(Polarity.LOW_IS_GOOD) == " Lower is better."
    assert say_good(Polarity.LOW_IS_GOOD, True) == " Lower is better, so that is good."
    assert say_good(Polarity.HIGH_IS_GOOD, False) == " Higher is better, so that is not good."
    assert say_good(Polarity.NEUTRAL, True) == ""
