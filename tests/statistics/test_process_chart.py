"""The whole of a chart: recorded acts, gaps, good and bad directions, varying denominators, and its words."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.judgement import assess
from dashboard.statistics.limits import Bounds, Ranges, make_limits, measure_xmr
from dashboard.statistics.process_chart import (
    Act,
    ActKind,
    Assurance,
    Method,
    Rule,
    Rules,
    Side,
    Subject,
    Variation,
    make_process_chart,
)
from dashboard.vocabulary import Kind, Polarity, Statistic

LOW, HIGH = (50, 54, 51, 55, 52, 53) * 2, (70, 74, 71, 75, 72, 73) * 2
SHARES = {
    "numerators": (45, 20, 47, 18, 44, 21, 46, 19, 45, 20, 43, 22, 47, 30),
    "denominators": (100, 40, 100, 40, 100, 40, 100, 40, 100, 40, 100, 40, 100, 40),
}


def flow(*values: float | None, **told: object) -> Subject:
    return Subject(values=values, kind=Kind.FLOW, **told)  # type: ignore[arg-type]


def shares() -> Subject:
    """Percentages of denominators that vary, the last far above the others."""
    pairs = zip(SHARES["numerators"], SHARES["denominators"], strict=True)
    values = tuple(float(round(100 * top / base)) for top, base in pairs)
    return flow(*values, statistic=Statistic.PERCENTAGE, **SHARES)


def rebase(place: int) -> Act:
    return Act(place, ActKind.REBASE, date(2021, 4, 1), "A new recording system", "performance board")


def fix(place: int) -> Act:
    return Act(place, ActKind.FIX, date(2021, 4, 1), "Agreed as usual.")


# --- recorded acts --------------------------------------------------------------------------------


def test_nothing_is_based_anew_unless_somebody_decided_it() -> None:
    (span,) = make_process_chart(flow(*LOW, *HIGH)).spans
    assert (span.first, span.last, span.centre) == (0, 23, 62.5)


def test_a_new_basis_makes_groups_that_know_nothing_of_each_other() -> None:
    chart = make_process_chart(flow(*LOW, *HIGH), acts=[rebase(12)])
    assert [(span.first, span.last, span.centre) for span in chart.spans] == [(0, 11, 52.5), (12, 23, 72.5)]
    for span, values in zip(chart.spans, (LOW, HIGH), strict=True):
        alone = measure_xmr(values, bounds=Bounds(0))
        assert alone is not None
        assert span.limits == alone.limits[0]
    assert not any(point.rules for point in chart.points)  # the step between them is no range
    assert chart.trial  # of the last group


def test_runs_do_not_cross_a_new_basis() -> None:
    values = (*(50, 60) * 6, *(56,) * 4, *(57, 54) * 5, 54)
    whole = make_process_chart(flow(*values[:16], 56, 56, 56))
    assert Rule.SHIFT in whole.points[-1].rules
    cut = make_process_chart(flow(*values[:16], 56, 56, 56, *(60, 50) * 6), acts=[rebase(16)])
    assert not any(Rule.SHIFT in point.rules for point in cut.points)


def test_few_points_since_a_new_basis_have_no_limits_and_the_points_before_keep_theirs() -> None:
    chart = make_process_chart(flow(*LOW, *HIGH[:5]), acts=[rebase(12)])
    assert [span.method for span in chart.spans] == [Method.XMR, Method.VALUES]
    assert chart.method is Method.VALUES
    assert chart.reason == "Too few points: there are 5, and a chart needs 7."
    assert chart.variation is Variation.NOT_AVAILABLE
    assert chart.points[0].variation is Variation.COMMON
    assert chart.points[-1].limits is None


def test_fixed_limits_are_not_moved_by_what_comes_after() -> None:
    first = make_process_chart(flow(*LOW))
    chart = make_process_chart(flow(*LOW, *HIGH), acts=[fix(12)])
    (span,) = chart.spans
    assert span.limits == first.spans[0].limits
    assert (span.count, span.fixed_from) == (12, 12)
    assert all(Rule.OUTSIDE in point.rules for point in chart.points[12:])


def test_runs_cross_the_place_where_limits_were_fixed() -> None:
    chart = make_process_chart(flow(*(50, 60) * 6, *(56,) * 7), acts=[fix(14)])
    assert Rule.SHIFT in chart.points[-1].rules


def test_limits_can_be_fixed_anew_after_a_new_basis() -> None:
    chart = make_process_chart(flow(*LOW, *LOW, *HIGH, *HIGH), acts=[fix(12), rebase(24), fix(36)])
    assert [span.fixed_from for span in chart.spans] == [12, 36]


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([fix(11)], "after 12 points, and there are 11"),
        ([rebase(20), fix(23)], "after 12 points, and there are 3"),
        ([fix(12), fix(14)], "fixed once"),
        ([fix(12), rebase(12)], "once at a place"),
        ([rebase(0)], "between the points"),
        ([rebase(24)], "between the points"),
    ],
)
def test_an_act_that_cannot_be_is_refused(acts: list[Act], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make_process_chart(flow(*LOW, *HIGH), acts=acts)


def test_the_caption_tells_each_act_with_its_day_and_reason() -> None:
    caption = make_process_chart(flow(*LOW, *LOW, *HIGH, *HIGH), acts=[rebase(24), fix(38)]).caption
    assert "Limits based anew on 1 April 2021 by the performance board: A new recording system." in caption
    assert "Limits fixed on 1 April 2021: Agreed as usual." in caption


# --- variation and alerts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "last", "variation"),
    [
        (Polarity.HIGH_IS_GOOD, 90, Variation.IMPROVEMENT_HIGH),
        (Polarity.HIGH_IS_GOOD, 10, Variation.CONCERN_LOW),
        (Polarity.LOW_IS_GOOD, 90, Variation.CONCERN_HIGH),
        (Polarity.LOW_IS_GOOD, 10, Variation.IMPROVEMENT_LOW),
        (Polarity.NEUTRAL, 90, Variation.NEUTRAL_HIGH),
        (Polarity.NEUTRAL, 10, Variation.NEUTRAL_LOW),
        (Polarity.HIGH_IS_GOOD, 52, Variation.COMMON),
    ],
)
def test_a_signal_is_good_bad_or_neither(polarity: Polarity, last: float, variation: Variation) -> None:
    chart = make_process_chart(flow(*LOW, last, polarity=polarity))
    assert chart.variation is variation
    assert chart.alert is (variation is not Variation.COMMON)


def test_a_trend_alone_is_shown_and_raises_no_alert() -> None:
    values = (*(40, 60) * 10, 47, 48, 49, 49.5, 50.5, 51, 52)
    chart = make_process_chart(flow(*values, polarity=Polarity.HIGH_IS_GOOD))
    last = chart.points[-1]
    assert (last.rules, last.side) == ((Rule.TREND,), Side.HIGH)
    assert chart.variation is Variation.IMPROVEMENT_HIGH
    assert chart.alert is False


def test_the_icon_is_of_the_last_point_whatever_came_before() -> None:
    chart = make_process_chart(flow(*LOW[:6], 95, *LOW, polarity=Polarity.HIGH_IS_GOOD))
    assert chart.points[6].variation is Variation.IMPROVEMENT_HIGH
    assert (chart.variation, chart.alert) == (Variation.COMMON, False)


@pytest.mark.parametrize(
    ("hidden", "said"), [(True, "hidden or rounded to protect children"), (False, "no last number")]
)
def test_nothing_is_said_of_a_last_point_that_is_not_known(hidden: bool, said: str) -> None:
    chart = make_process_chart(flow(*LOW, None, hidden=(False,) * 12 + (hidden,)))
    assert (chart.method, chart.variation, chart.alert) == (Method.XMR, Variation.NOT_AVAILABLE, False)
    assert said in chart.reason
    assert chart.points[-1].hidden is hidden


@given(st.lists(st.integers(0, 99), min_size=30, max_size=30), st.integers(0, 29), st.integers(0, 10**6))
def test_nothing_depends_on_a_number_that_is_hidden(values: list[int], place: int, other: int) -> None:
    """The number is not there to be used; its parts are not looked at either."""
    hidden = tuple(each == place for each in range(30))
    known = tuple(None if each else float(value) for value, each in zip(values, hidden, strict=True))
    subjects = [
        flow(
            *known,
            hidden=hidden,
            statistic=Statistic.PERCENTAGE,
            numerators=tuple(
                top if each else float(value) for value, each in zip(values, hidden, strict=True)
            ),
            denominators=(100.0,) * 30,
        )
        for top in (None, float(other))
    ]
    first, second = (make_process_chart(subject) for subject in subjects)
    assert first == second


# --- assurance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (61, Assurance.ALWAYS_MISSES, Assurance.ALWAYS_MEETS),
        (60, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),  # on a limit
        (50, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (40, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (39, Assurance.ALWAYS_MEETS, Assurance.ALWAYS_MISSES),
    ],
)
def test_a_target_is_met_for_good_missed_for_good_or_hit_and_missed(
    target: float, up: Assurance, down: Assurance
) -> None:
    limits = make_limits(50, Ranges(10, 10), True, Bounds())
    assert assess(limits, target, Polarity.HIGH_IS_GOOD) is up
    assert assess(limits, target, Polarity.LOW_IS_GOOD) is down
    assert assess(limits, target, Polarity.NEUTRAL) is None


def test_assurance_is_by_the_last_limits_before_they_are_clamped() -> None:
    subject = flow(
        *(90, 98, 92, 100, 91, 99) * 3,
        statistic=Statistic.PERCENTAGE,
        polarity=Polarity.HIGH_IS_GOOD,
        target=100,
    )
    chart = make_process_chart(subject)
    assert chart.points[-1].limits is not None
    assert chart.points[-1].limits.upper > 100 == chart.points[-1].limits.drawn_upper
    assert chart.assurance is Assurance.HIT_OR_MISS


def test_without_limits_there_is_no_assurance() -> None:
    assert make_process_chart(flow(*LOW[:8], polarity=Polarity.HIGH_IS_GOOD, target=99)).assurance is None
    assert make_process_chart(flow(*LOW, polarity=Polarity.NEUTRAL, target=99)).assurance is None
    assert make_process_chart(flow(*LOW, polarity=Polarity.HIGH_IS_GOOD)).assurance is None


# --- denominators that vary -----------------------------------------------------------------------


def test_percentages_of_denominators_that_vary_have_limits_of_their_own() -> None:
    chart = make_process_chart(shares())
    (span,) = chart.spans
    assert (chart.method, span.limits) == (Method.LANEY_P, None)
    assert span.centre == pytest.approx(100 * sum(SHARES["numerators"]) / sum(SHARES["denominators"]))
    few, many = (chart.points[place].limits for place in (1, 0))
    assert few is not None
    assert many is not None
    assert few.upper - few.centre == pytest.approx((many.upper - many.centre) * (100 / 40) ** 0.5)
    assert chart.points[-1].rules[0] is Rule.OUTSIDE
    assert "Laney p′" in chart.caption


def test_the_same_percentages_of_denominators_that_hardly_vary_have_common_limits() -> None:
    subject = shares()
    even = replace(
        subject,
        numerators=tuple(each / 100 * 200 for each in subject.values if each),
        denominators=(200,) * 14,
    )
    assert make_process_chart(even).method is Method.XMR


def test_rates_of_denominators_that_vary_have_a_u_chart() -> None:
    tops, bases = (40, 90, 44, 81, 36, 93) * 3, (1000, 2000) * 9
    values = tuple(10_000 * top / base for top, base in zip(tops, bases, strict=True))
    subject = flow(*values, statistic=Statistic.RATE, numerators=tops, denominators=bases, per=10_000)
    chart = make_process_chart(subject)
    assert chart.method is Method.LANEY_U
    assert chart.spans[0].centre == pytest.approx(10_000 * sum(tops) / sum(bases))


def test_parts_that_do_not_make_the_values_are_left_alone() -> None:
    """A rate told as if the whole year were like its quarter is not its parts over one another."""
    tops, bases = (40, 90, 44, 81, 36, 93) * 3, (1000, 2000) * 9
    values = tuple(40_000 * top / base for top, base in zip(tops, bases, strict=True))
    subject = flow(*values, statistic=Statistic.RATE, numerators=tops, denominators=bases, per=10_000)
    chart = make_process_chart(subject)
    assert chart.method is Method.XMR
    assert [point.value for point in chart.points] == list(values)


def test_limits_of_shares_stay_when_they_are_fixed() -> None:
    fixed = make_process_chart(shares(), acts=[fix(13)])
    subject = shares()
    before = replace(
        subject,
        values=subject.values[:13],
        hidden=(),
        numerators=SHARES["numerators"][:13],
        denominators=SHARES["denominators"][:13],
    )
    alone = make_process_chart(before)
    assert fixed.spans[0].centre == alone.spans[0].centre
    assert [point.limits for point in fixed.points[:13]] == [point.limits for point in alone.points]
    assert fixed.points[13].limits is not None


# --- words ----------------------------------------------------------------------------------------


def test_the_caption_prints_the_rule_set() -> None:
    caption = make_process_chart(flow(*LOW, *LOW), Rules(shift=8, trend=6)).caption
    assert "2.66 average moving ranges" in caption
    assert "3.267" in caption
    assert "8 points in a row on one side of the mean" in caption
    assert "6 points in a row that only rise or only fall" in caption
    assert "alone raise no alert" in caption
    unscreened = make_process_chart(flow(*LOW, *LOW), Rules(screened=False)).caption
    assert "No range is left out" in unscreened
    assert "3.267" not in unscreened


def test_every_chart_has_a_caption_and_either_limits_or_a_reason() -> None:
    counts = (0, 5, 7, 12, 30)
    for count, kind, statistic in product(counts, Kind, Statistic):
        values = tuple(float(40 + place % 2 * 9) for place in range(count))
        chart = make_process_chart(Subject(values, kind, statistic))
        assert chart.caption
        assert bool(chart.reason) is (chart.points == () or chart.points[-1].limits is None)
        assert bool(chart.reason) is bool(chart.instead)


@pytest.mark.parametrize(("shift", "trend"), [(1, 7), (7, 2)])
def test_runs_too_short_to_mean_anything_are_refused(shift: int, trend: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        Rules(shift, trend)


def test_a_subject_of_unequal_columns_or_with_a_number_that_is_hidden_is_refused() -> None:
    with pytest.raises(ValueError, match="1 numerators for 2 values"):
        flow(1, 2, numerators=(1,))
    with pytest.raises(ValueError, match="hidden value must be None"):
        flow(1, 2, hidden=(True, False))
