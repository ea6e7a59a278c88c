"""Against two packages of other authors, which do part of this; where they disagree, why.

* `qikit` (clinical-qikit) has limits at 3 / 1.128 = 2.6596 ranges, where tables and we print 2.66; it keeps
  ranges equal to the screening limit; it never lets Laney's limits be narrower than those of chance; and
  it interpolates an upper funnel limit of all of a place, so that having all can be too many.
* `abspc` has the same 2.6596 and does not screen; it calls 8 points a shift and 6 a trend (7 and 7 are asked
  for here); and a target on a limit is met or missed for good, where for us it is hit or miss.
* Both give times between events a limit at the centre and 3 standard deviations, which one time in 50 exceeds
  by chance, where ours is exceeded by one in 740. `abspc` has a t chart too, whose limit is close to ours.
"""

from collections.abc import Sequence

import abspc
import numpy as np
import pandas as pd
import pytest
from abspc import spc
from hypothesis import given, settings
from hypothesis import strategies as st
from qikit import qic

from dashboard.statistics.funnel import FunnelKind, FunnelPlace, find_limits, make_funnel
from dashboard.statistics.judgement import assess
from dashboard.statistics.limits import as_array, measure_laney, measure_xmr
from dashboard.statistics.process_chart import Assurance, Method, Rule, Rules, Subject, make_process_chart
from dashboard.statistics.rules import find_shifts, find_trends
from dashboard.vocabulary import Kind, Polarity
from tests.statistics.board import USABLE, read_measure

#: Limits at 2.66 are this much further out than limits at 3 / 1.128.
WIDER = 2.66 / (3 / 1.128)
CHARTED = tuple(number for number in USABLE if number not in (7, 14, 15, 16, 24, 32))


def chart_abspc(values: Sequence[float]) -> pd.DataFrame:
    return abspc.calculate_control_limits(
        pd.DataFrame({"value": list(values)}, dtype=float), chart_type="XmR"
    )


@pytest.mark.parametrize("number", USABLE)
def test_screened_limits_agree_with_qikit(number: int) -> None:
    values = read_measure(number).known
    measured = measure_xmr(values)
    theirs = qic(y=values, chart="i").data.iloc[-1]
    assert measured is not None
    (limits,) = measured.limits
    assert limits.centre == pytest.approx(theirs["cl"])
    assert limits.upper - limits.centre == pytest.approx(WIDER * (theirs["ucl"] - theirs["cl"]))


@pytest.mark.parametrize("number", USABLE)
def test_unscreened_limits_agree_with_abspc(number: int) -> None:
    values = read_measure(number).known
    measured = measure_xmr(values, screened=False)
    theirs = chart_abspc(values).iloc[-1]
    assert measured is not None
    (limits,) = measured.limits
    assert limits.centre - limits.lower == pytest.approx(WIDER * (theirs["mean"] - theirs["lcl"]))


@pytest.mark.parametrize("number", CHARTED)
def test_the_rules_agree_with_abspc_at_seven_and_seven(number: int) -> None:
    board = read_measure(number)
    chart = make_process_chart(board.subject, Rules(screened=False))
    theirs = chart_abspc(board.known)
    values, mean, upper, lower, high, low = (
        theirs[column].to_numpy(float) for column in ("value", "mean", "ucl", "lcl", "uwl", "lwl")
    )
    found = {
        Rule.OUTSIDE: spc._rule1_astronomical(values, upper, lower),
        Rule.SHIFT: spc._rule2_shift(values, mean, run_length=7),
        Rule.TREND: spc._rule3_trend(values, run_length=7),
        Rule.TWO_OF_THREE: spc._rule4_two_in_three(values, mean, upper, lower, high, low),
    }
    for rule, flags in found.items():
        assert [rule in point.rules for point in chart.points] == flags.tolist(), rule


@settings(max_examples=50)
@given(st.lists(st.integers(0, 5), min_size=8, max_size=40), st.integers(3, 9))
def test_runs_of_any_length_agree_with_abspc(values: list[int], length: int) -> None:
    column = as_array(values)
    centre = np.full(len(column), 2.0)
    assert find_shifts(column, centre, length).tolist() == spc._rule2_shift(column, centre, length).tolist()
    assert (find_trends(column, length) != 0).tolist() == spc._rule3_trend(column, length).tolist()


def test_abspc_has_other_lengths_by_default() -> None:
    seven = chart_abspc([60, 50] * 10 + [56] * 7)
    found = abspc.detect_special_causes(seven)
    assert not found["rule2"].any()
    chart = make_process_chart(Subject((*(60, 50) * 10, *(56,) * 7), Kind.FLOW))
    assert Rule.SHIFT in chart.points[-1].rules


@pytest.mark.parametrize(
    ("target", "direction", "said"),
    [
        (900, "high", Assurance.ALWAYS_MISSES),
        (830, "high", Assurance.HIT_OR_MISS),
        (700, "high", Assurance.ALWAYS_MEETS),
        (900, "low", Assurance.ALWAYS_MEETS),
        (830, "low", Assurance.HIT_OR_MISS),
        (700, "low", Assurance.ALWAYS_MISSES),
    ],
)
def test_assurance_agrees_with_abspc(target: float, direction: str, said: Assurance) -> None:
    values = read_measure(1).known
    names = {"pass": Assurance.ALWAYS_MEETS, "fail": Assurance.ALWAYS_MISSES}
    theirs = abspc.determine_assurance_type(chart_abspc(values), target, direction)
    measured = measure_xmr(values)
    assert measured is not None
    polarity = Polarity.HIGH_IS_GOOD if direction == "high" else Polarity.LOW_IS_GOOD
    ours = assess(measured.limits[0], target, polarity)
    assert ours is said is names.get(theirs, Assurance.HIT_OR_MISS)


def test_a_target_on_a_limit_is_where_abspc_disagrees() -> None:
    chart = chart_abspc([40, 60] * 8)
    upper = float(chart["ucl"].iloc[-1])
    assert abspc.determine_assurance_type(chart, upper, "high") == "fail"
    measured = measure_xmr([40, 60] * 8)
    assert measured is not None
    (limits,) = measured.limits
    assert assess(limits, limits.upper, Polarity.HIGH_IS_GOOD) is Assurance.HIT_OR_MISS


@pytest.mark.parametrize(
    ("chart", "proportion", "tops"),
    [
        ("pp", True, [45, 8, 70, 15, 40, 30, 66, 9, 58, 31, 38, 22]),
        ("up", False, [45, 8, 70, 15, 40, 30, 66, 9, 58, 31, 38, 22]),
    ],
)
def test_laneys_limits_agree_with_qikit_where_points_differ_more_than_by_chance(
    chart: str, proportion: bool, tops: list[int]
) -> None:
    bases = [100, 40, 120, 60, 80, 90, 110, 45, 100, 70, 90, 60]
    measured = measure_laney(tops, bases, proportion=proportion, per=1, screened=False)
    theirs = qic(y=tops, n=bases, chart=chart).data
    assert measured is not None
    assert measured.ranges.unscreened > 1.128
    assert [each.upper for each in measured.limits] == pytest.approx(theirs["ucl"].tolist())
    lower = [max(each.lower, 0) for each in measured.limits]
    assert lower == pytest.approx(theirs["lcl"].tolist())


def test_qikit_never_has_laneys_limits_narrower_than_those_of_chance() -> None:
    tops, bases = [50, 20, 50, 20, 50, 21], [100, 40, 100, 40, 100, 40]
    measured = measure_laney(tops, bases, proportion=True, per=1, screened=False)
    theirs = qic(y=tops, n=bases, chart="pp").data
    assert measured is not None
    assert measured.ranges.unscreened < 1.128
    ours = [each.upper - each.centre for each in measured.limits]
    narrower = measured.ranges.unscreened / 1.128
    assert ours == pytest.approx((narrower * (theirs["ucl"] - theirs["cl"])).tolist())


def test_binomial_funnels_agree_with_qikit() -> None:
    tops, bases = [30, 20, 40, 45, 40, 50], [60, 40, 70, 80, 61, 85]
    theirs = qic(x=bases, y=tops, n=bases, chart="p", funnel=True).data.set_index("x")
    places = [FunnelPlace(str(base), top, base) for top, base in zip(tops, bases, strict=True)]
    for point in make_funnel(places, per=1).points:
        row = theirs.loc[point.denominator]
        expected = row[["lcl", "lcl_95", "ucl_95", "ucl"]].tolist()
        assert list(point.limits) == pytest.approx(expected, abs=1e-6)


def test_poisson_funnels_agree_with_qikit() -> None:
    tops, bases = [30, 12, 45, 28], [900, 700, 1200, 1000]
    theirs = qic(x=bases, y=tops, n=bases, chart="u", funnel=True).data.set_index("x")
    for base in bases:
        row = theirs.loc[base]
        expected = row[["lcl", "lcl_95", "ucl_95", "ucl"]].tolist()
        limits = find_limits(sum(tops) / sum(bases), base, FunnelKind.POISSON)
        assert list(limits) == pytest.approx(expected, abs=1e-6)


def test_the_limit_of_times_between_events_is_nearer_to_a_t_chart_than_to_a_g_chart() -> None:
    times = [3, 4, 2, 5, 3, 14, 2, 6, 1, 4, 9, 3, 1, 7, 12, 2, 4, 8]
    values = [1.0, *(each for time in times for each in [0.0] * (time - 1) + [1.0])]
    chart = make_process_chart(Subject(tuple(values), Kind.FLOW))
    assert chart.method is Method.TIME_BETWEEN
    assert chart.spans[0].limits is not None
    ours = chart.spans[0].limits.upper
    frame = pd.DataFrame({"value": times}, dtype=float)
    g, t = (abspc.calculate_control_limits(frame, chart_type=kind)["ucl"].iloc[0] for kind in "gt")
    assert qic(y=times, chart="g").data["ucl"].iloc[0] < g < ours
    assert abs(ours - t) < abs(ours - g)
