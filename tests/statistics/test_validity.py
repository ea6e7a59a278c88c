"""Which series have a right to a process chart, and what is said of those that have none."""

from dataclasses import replace

import pytest

from dashboard.statistics.judgement import assess
from dashboard.statistics.limits import as_array, measure_xmr
from dashboard.statistics.process_chart import (
    Assurance,
    Method,
    Rule,
    Rules,
    Subject,
    Variation,
    make_process_chart,
)
from dashboard.statistics.validity import correlate_neighbours
from dashboard.vocabulary import Kind, Polarity, Statistic
from tests.statistics.board import USABLE, read_measure
from tests.statistics.oracle import list_rules, measure_slowly

TOO_FEW, DEPENDENT, ROUNDED = "Trial limits", "prompts, not proof", "whole per cent"

#: Measures of which limits are refused, why, and what is shown instead.
REFUSED = {
    7: (Method.VALUES, "Each point covers twelve months"),  # a rolling year
    14: (Method.VALUES, "The counts are too small"),  # a mean of 2.6
    15: (Method.VALUES, "The counts are too small"),  # 2.7
    16: (Method.VALUES, "The counts are too small"),  # 0.75
    24: (Method.VALUES, "The counts are too small"),  # 3.75
    32: (Method.RUN, "Too few points for limits: there are 10"),  # two months are not available
}

#: What the last point of each of the others says, and the rule that it is named by.
LAST = {
    1: (Variation.COMMON, None),
    2: (Variation.COMMON, None),
    3: (Variation.NEUTRAL_HIGH, Rule.SHIFT),
    4: (Variation.CONCERN_HIGH, Rule.TWO_OF_THREE),
    8: (Variation.COMMON, None),
    9: (Variation.CONCERN_LOW, Rule.OUTSIDE),
    10: (Variation.NEUTRAL_LOW, Rule.SHIFT),
    11: (Variation.COMMON, None),
    12: (Variation.COMMON, None),
    13: (Variation.COMMON, None),
    17: (Variation.COMMON, None),
    18: (Variation.COMMON, None),
    19: (Variation.COMMON, None),
    20: (Variation.CONCERN_HIGH, Rule.SHIFT),
    21: (Variation.COMMON, None),
    22: (Variation.COMMON, None),
    23: (Variation.COMMON, None),
    26: (Variation.NEUTRAL_LOW, Rule.TWO_OF_THREE),
    27: (Variation.COMMON, None),
    28: (Variation.NEUTRAL_LOW, Rule.OUTSIDE),
    29: (Variation.COMMON, None),
    30: (Variation.COMMON, None),
    31: (Variation.COMMON, None),
}

#: Percentages with a target and limits: what was aimed at in 2018/19 was out of reach of all of them.
MISSED = {17: 100, 18: 90, 19: 95, 29: 95, 30: 95, 31: 85}

#: The correlation of neighbours, as worked out elsewhere.
CORRELATED = {1: 0.36, 3: 0.82, 4: 0.83, 7: 0.40, 9: 0.82, 19: 0.62, 21: -0.31, 26: 0.79, 29: 0.47}


def flow(*values: float | None, **told: object) -> Subject:
    return Subject(values=values, kind=Kind.FLOW, **told)  # type: ignore[arg-type]


def steady(count: int, around: float = 50) -> tuple[float, ...]:
    """Values that go up and down by ten."""
    return tuple(around + (5 if place % 2 else -5) for place in range(count))


def test_every_usable_measure_of_the_board_dataset_is_either_refused_or_charted() -> None:
    assert len(USABLE) == 29
    assert sorted([*REFUSED, *LAST]) == list(USABLE)


@pytest.mark.parametrize("number", REFUSED)
def test_a_measure_without_a_right_to_limits_has_none_and_no_icon(number: int) -> None:
    chart = make_process_chart(read_measure(number).subject)
    method, reason = REFUSED[number]
    assert chart.method is method
    assert chart.reason.startswith(reason)
    assert chart.instead
    assert chart.reason in chart.caption
    assert chart.variation is Variation.NOT_AVAILABLE
    assert (chart.assurance, chart.alert, chart.trial) == (None, False, False)
    assert all(span.limits is None for span in chart.spans)
    assert all(point.limits is None and not point.rules for point in chart.points)


@pytest.mark.parametrize("number", LAST)
def test_the_last_point_of_every_other_measure_is_judged(number: int) -> None:
    chart = make_process_chart(read_measure(number).subject)
    assert (chart.method, chart.trial, chart.reason) == (Method.XMR, True, "")
    variation, label = LAST[number]
    assert (chart.variation, chart.points[-1].label) == (variation, label)
    assert chart.alert is (label is not None)


@pytest.mark.parametrize("number", LAST)
def test_every_point_shows_the_rules_that_a_look_at_every_window_finds(number: int) -> None:
    board = read_measure(number)
    chart = make_process_chart(board.subject)
    slow = measure_slowly(board.known)
    assert [set(map(str, point.rules)) for point in chart.points] == list_rules(board.values, slow)


@pytest.mark.parametrize("number", LAST)
def test_a_measure_says_what_has_to_be_known_before_its_signals_are_believed(number: int) -> None:
    board = read_measure(number)
    told = " ".join(make_process_chart(board.subject).cautions)
    assert TOO_FEW in told  # twelve points
    assert (DEPENDENT in told) is (number not in (21, 22))  # all others are stocks
    assert (ROUNDED in told) is (board.subject.statistic is Statistic.PERCENTAGE)


@pytest.mark.parametrize("number", LAST)
def test_a_target_beyond_the_limits_is_missed_for_good(number: int) -> None:
    subject = read_measure(number).subject
    assert make_process_chart(subject).assurance == (Assurance.ALWAYS_MISSES if number in MISSED else None)
    assert subject.target == MISSED.get(number)


def test_the_caption_matters_where_a_limit_is_close_to_the_target() -> None:
    """Measure 7 is never charted; the sum shows that screening decides what would be said of its target."""
    board = read_measure(7)
    for screened, said in ((True, Assurance.ALWAYS_MISSES), (False, Assurance.HIT_OR_MISS)):
        measured = measure_xmr(board.values, screened=screened)
        assert measured is not None
        assert assess(measured.limits[0], 10, Polarity.LOW_IS_GOOD) is said


@pytest.mark.parametrize("number", CORRELATED)
def test_neighbours_are_correlated_as_they_were_found_to_be_elsewhere(number: int) -> None:
    found = correlate_neighbours(as_array(read_measure(number).values))
    assert found == pytest.approx(CORRELATED[number], abs=0.005)


def test_most_measures_depend_on_the_month_before_and_would_be_flagged() -> None:
    """As was counted elsewhere, with correlations as printed: measure 7 has 0.403."""
    every = [read_measure(number) for number in USABLE]
    correlations = [correlate_neighbours(as_array(board.values)) or 0 for board in every]
    assert sum(round(each, 2) > 0.4 for each in correlations) == 20
    assert sum(any(list_rules(board.known, measure_slowly(board.known))) for board in every) == 20


# --- each reason on its own -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "method", "trial"),
    [
        (0, Method.VALUES, False),
        (1, Method.VALUES, False),
        (6, Method.VALUES, False),
        (7, Method.RUN, False),
        (11, Method.RUN, False),
        (12, Method.XMR, True),
        (19, Method.XMR, True),
        (20, Method.XMR, False),
    ],
)
def test_what_is_shown_grows_with_the_number_of_points(count: int, method: Method, trial: bool) -> None:
    chart = make_process_chart(flow(*steady(count)))
    assert (chart.method, chart.trial) == (method, trial)
    assert bool(chart.reason) is (count < 12)
    assert len(chart.points) == count


def test_missing_and_hidden_points_are_not_counted() -> None:
    values = (*steady(11), None)
    assert make_process_chart(flow(*values)).method is Method.RUN
    hidden = (False,) * 11 + (True,)
    assert make_process_chart(flow(*values, hidden=hidden)).method is Method.RUN


def test_a_run_chart_has_its_median_and_no_right_to_say_that_all_is_usual() -> None:
    chart = make_process_chart(flow(9, 1, 5, 7, 3, 8, 60))
    (span,) = chart.spans
    assert span.centre == 7
    assert span.limits is None
    assert chart.variation is Variation.NOT_AVAILABLE
    assert "median" in chart.caption


def test_no_run_of_seven_about_their_own_median_is_possible_in_eleven_points() -> None:
    """At most five of eleven lie above their median: a shift shows only with a shorter run."""
    rising = flow(*(10.0 + place for place in range(11)), polarity=Polarity.HIGH_IS_GOOD)
    assert not any(point.rules for point in make_process_chart(rising).points)
    five = make_process_chart(rising, Rules(shift=5))
    assert five.variation is Variation.IMPROVEMENT_HIGH
    assert five.points[-1].rules == (Rule.SHIFT,)


@pytest.mark.parametrize("kind", [Kind.ROLLING_12_MONTHS, Kind.YEAR_TO_DATE])
def test_windows_that_overlap_never_have_limits_however_many_there_are(kind: Kind) -> None:
    chart = make_process_chart(replace(flow(*steady(48)), kind=kind))
    assert chart.method is Method.VALUES
    assert "No limits can be right" in chart.reason
    assert "single periods" in chart.instead


def test_a_stock_says_that_signals_are_prompts_and_a_flow_does_so_if_neighbours_are_alike() -> None:
    stock = make_process_chart(replace(flow(*steady(24)), kind=Kind.STOCK))
    assert DEPENDENT in stock.cautions[0]
    assert not make_process_chart(flow(*steady(24))).cautions
    slow = flow(*(50.0 + place // 4 * 3 + place % 2 for place in range(24)))
    assert DEPENDENT in make_process_chart(slow).cautions[0]


@pytest.mark.parametrize(("hidden", "refused"), [(6, False), (7, True)])
def test_more_than_a_quarter_hidden_is_too_much(hidden: int, refused: bool) -> None:
    values = tuple(None if place < hidden else value for place, value in enumerate(steady(24)))
    subject = flow(*values, hidden=tuple(place < hidden for place in range(24)))
    chart = make_process_chart(subject)
    assert (chart.method is Method.VALUES) is refused
    assert ("7 of 24 points are hidden or rounded" in chart.reason) is refused


def test_what_was_never_there_is_not_hidden() -> None:
    values = tuple(None if place < 12 else value for place, value in enumerate(steady(36)))
    assert make_process_chart(flow(*values)).method is Method.XMR


def test_small_counts_have_no_limits_and_small_percentages_may() -> None:
    small = tuple(3 + place % 3 for place in range(24))
    assert make_process_chart(flow(*small)).reason.startswith("The counts are too small")
    share = replace(flow(*(each + 0.5 for each in small)), statistic=Statistic.PERCENTAGE)
    assert make_process_chart(share).method is Method.XMR


def test_counts_that_are_mostly_tiny_have_no_limits_though_their_mean_is_not() -> None:
    values = (0, 1, 40, 2, 3, 0, 35, 1, 2, 3, 1, 0) * 2
    assert sum(values) / len(values) > 5
    assert make_process_chart(flow(*values)).reason.startswith("The counts are too small")


def test_percentages_that_move_less_than_their_rounding_have_no_limits() -> None:
    values = (80, 80, 81, 81, 80, 80, 80, 81, 81, 81, 80, 80, 81)
    rounded = replace(flow(*values), statistic=Statistic.PERCENTAGE, whole_percent=True)
    chart = make_process_chart(rounded)
    assert chart.method is Method.VALUES
    assert "rounded to the whole per cent" in chart.reason
    assert make_process_chart(replace(rounded, whole_percent=False)).method is Method.XMR


def test_rounding_is_no_hindrance_where_the_numerators_are_known() -> None:
    tops = (802, 798, 805, 811, 799, 803, 797, 812, 806, 808, 801, 799, 810)
    printed = tuple(float(round(top / 10)) for top in tops)
    subject = replace(
        flow(*printed), statistic=Statistic.PERCENTAGE, numerators=tops, denominators=(1000,) * 13
    )
    chart = make_process_chart(subject)
    assert chart.method is Method.XMR
    assert [point.value for point in chart.points] == pytest.approx([top / 10 for top in tops])


def test_a_number_that_does_not_vary_has_no_limits() -> None:
    chart = make_process_chart(flow(*(30,) * 20))
    assert chart.method is Method.VALUES
    assert "does not vary" in chart.reason


def test_points_that_never_follow_one_another_cannot_be_compared() -> None:
    values = tuple(value for each in steady(12) for value in (each, None))
    chart = make_process_chart(flow(*values))
    assert chart.method is Method.VALUES
    assert "No two points follow one another" in chart.reason
