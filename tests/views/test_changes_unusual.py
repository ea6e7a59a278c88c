"""What became unusual between two ends."""

from collections.abc import Callable
from itertools import pairwise
from statistics import mean
from typing import Any

import pytest

from dashboard.statistics.processes import Rule
from dashboard.views.changes_ends import Ends
from dashboard.views.changes_measured import PROMPT, UNKNOWN, measure_all
from dashboard.views.changes_unusual import find_unusual
from dashboard.views.pictures import Judgement
from tests.views.changing import (
    IN_CARE,
    LARGE,
    MISSING,
    OWN,
    SIMULATED,
    STEADY,
    by_month,
    ends_of,
    texts,
)

Make = Callable[..., Any]


def work_out_limits(values: list[float]) -> tuple[float, float]:
    """Limits from the average moving range, screened once, worked out step by step."""
    ranges = [abs(later - sooner) for sooner, later in pairwise(values)]
    kept = [each for each in ranges if each < 3.267 * mean(ranges)]
    return mean(values) - 2.66 * mean(kept), mean(values) + 2.66 * mean(kept)


@pytest.fixture
def find(release: Make, figures: Make) -> Callable[..., Ends]:
    """The ends of a release of one series of real figures up to March 2022."""

    def make(values: Any, indicator: str = MISSING, **fields: Any) -> Ends:
        return ends_of(release(figures(indicator, by_month(values), **{**OWN, **fields})))

    return make


def test_a_figure_beyond_the_usual_range_is_told_with_the_range_and_which_way_is_good(find: Make) -> None:
    low, high = work_out_limits([*STEADY, 31])
    assert (round(low), round(high)) == (6, 17)
    group = find_unusual(find((*STEADY, 31)))
    assert texts(group) == [
        "Looked after children who went missing: 31 in March 2022 is above the usual range of 6 to 17. "
        "Lower is better, so that is not good."
    ]
    (change,) = group.changes
    assert (change.judgement, change.up, change.badges) == (Judgement.WORSE, True, ())
    assert change.link is not None
    assert change.link.href.startswith(f"/explore/{MISSING}?area=worcestershire&period=2021-22-Q4")


def test_a_figure_that_stands_out_at_the_good_end_is_said_to_be_good(find: Make) -> None:
    assert texts(find_unusual(find((*STEADY, 0))))[0].endswith("Lower is better, so that is good.")


def test_nothing_that_was_so_at_the_earlier_end_is_new_and_it_is_not_forgotten(find: Make) -> None:
    group = find_unusual(find((*STEADY[:-3], 30, 31, 30, 31)))
    assert group.changes == ()
    assert [each.text for each in group.still] == ["Looked after children who went missing"]
    assert group.quiet == "no measure became unusual"


def test_what_was_unusual_before_the_earlier_end_and_no_more_is_not_told(find: Make) -> None:
    group = find_unusual(find((*STEADY[:-6], 31, *STEADY[:6])))
    assert (group.changes, group.still) == ((), ())


def test_a_trend_alone_is_never_told(find: Make) -> None:
    ends = find((*((10, 30) * 9), 17, 18, 19, 21, 22, 23, 24))
    (measured,) = measure_all(ends)
    assert measured.usual.chart.points[-1].rules == (Rule.TREND,)
    assert texts(find_unusual(ends)) == []


def test_a_run_on_one_side_of_the_average_is_told_with_its_length(find: Make) -> None:
    group = find_unusual(find((*((10, 14) * 9), 13, 13, 14, 13, 14, 13, 14, 13)))
    assert texts(group)[0].startswith(
        "Looked after children who went missing: 13 in March 2022 is the last of nine figures in a row above "
        "the average of 12. "
    )


def test_two_of_three_figures_near_a_limit_are_told_together(find: Make) -> None:
    values = [*STEADY, 12, 16, 16]
    low, high = work_out_limits([float(each) for each in values])
    assert mean(values) + 2 / 3 * (high - mean(values)) < 16 < high
    assert texts(find_unusual(find(values)))[0].startswith(
        "Looked after children who went missing: two of three figures in a row, the last 16 in March 2022, "
        f"are near the top of the usual range of {round(low)} to {round(high)}. "
    )


def test_a_number_at_a_date_is_a_prompt_and_no_proof_and_neutral_ones_have_no_good_way(find: Make) -> None:
    group = find_unusual(find((*LARGE, 130), IN_CARE))
    assert texts(group) == [
        "Looked after children: 130 at 31 March 2022 is above the usual range of 96 to 107 "
        "(a prompt, not proof)."
    ]
    assert group.changes[0].judgement is Judgement.SPECIAL
    assert PROMPT in group.after


def test_a_limit_is_told_as_finely_as_it_must_be_for_a_figure_beyond_it_to_look_so(find: Make) -> None:
    low, high = work_out_limits([*STEADY[:-1], 17])
    assert round(high) == 17
    assert high < 17
    (text,) = texts(find_unusual(find((*STEADY[:-1], 17))))
    assert f"17 in March 2022 is above the usual range of {low:.1f} to {high:.1f}." in text


def test_nothing_is_said_where_there_are_no_limits(find: Make) -> None:
    group = find_unusual(find((10, 12, 10, 12, 10, 12, 10, 31)))
    assert group.changes == ()
    assert group.quiet == ""
    assert group.unsaid == UNKNOWN


def test_nothing_is_said_of_a_figure_that_is_hidden(find: Make) -> None:
    group = find_unusual(find((*STEADY[:-2], "[c]", "[c]", "[c]")))
    assert group.changes == ()
    assert group.unsaid == UNKNOWN


def test_a_simulated_figure_says_so_and_is_never_judged_with_real_ones(release: Make, figures: Make) -> None:
    simulated = figures(MISSING, by_month((*STEADY, 31)), **SIMULATED)
    (change,) = find_unusual(ends_of(release(simulated))).changes
    assert [badge.text for badge in change.badges] == ["Illustrative"]
    real = figures(MISSING, by_month((31, 31, 31)), **OWN)
    mixed = find_unusual(ends_of(release(simulated[:-3], real)))
    assert (mixed.changes, mixed.unsaid) == ((), UNKNOWN)


def test_real_figures_come_first_and_then_the_worse(release: Make, figures: Make) -> None:
    made = release(
        figures("children_missing_from_home", by_month((*STEADY, 31)), **SIMULATED),
        figures("referrals", by_month((*STEADY, 31)), **OWN),
        figures(MISSING, by_month((*STEADY, 31)), **OWN),
        figures("looked_after_missing_incidents", by_month((*STEADY, 0)), **OWN),
    )
    assert [each.link.text for each in find_unusual(ends_of(made)).changes if each.link] == [
        *("Looked after children who went missing", "Times looked after children went missing"),
        *("Referrals received", "Children missing from home"),
    ]


def test_trial_ranges_are_said_to_be_such(find: Make) -> None:
    assert "fewer than 20 figures" in find_unusual(find((*STEADY[:14], 31))).after
    assert "fewer than 20 figures" not in find_unusual(find((*STEADY, 31))).after
