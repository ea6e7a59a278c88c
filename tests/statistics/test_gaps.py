"""Times between events: when they are charted, what they are, and what a long one means."""

from math import log

import pytest

from dashboard.statistics.gaps import find_gaps
from dashboard.statistics.limits import as_array
from dashboard.statistics.process_chart import (
    Method,
    Rule,
    Side,
    Subject,
    Variation,
    make_process_chart,
)
from dashboard.statistics.spans import Stretch
from dashboard.vocabulary import Kind, Polarity


def events(*times: int, after: int = 0) -> tuple[float, ...]:
    """A count for each period: 1 in the first, then 1 after each of the times, then so many without."""
    values = [1.0]
    for time in times:
        values += [0.0] * (time - 1) + [1.0]
    return (*values, *[0.0] * after)


def count(*values: float | None, kind: Kind = Kind.FLOW, **told: object) -> Subject:
    return Subject(values, kind, polarity=Polarity.LOW_IS_GOOD, **told)  # type: ignore[arg-type]


TIMES = (3, 4, 2, 5, 3, 4, 2, 6, 3, 4, 3, 3)  # twelve, with a mean of 3.5 and a median of 3


def test_rare_events_are_charted_by_the_time_between_them() -> None:
    chart = make_process_chart(count(*events(*TIMES)))
    assert (chart.method, chart.trial, chart.reason) == (Method.TIME_BETWEEN, True, "")
    assert [point.value for point in chart.points] == list(TIMES)
    assert [point.place for point in chart.points][:3] == [3, 7, 9]
    assert chart.variation is Variation.COMMON


def test_the_limit_is_what_one_time_in_740_would_exceed() -> None:
    """With an event in one period of 3.5 no event comes for t periods with a chance of (2.5 / 3.5) ** t."""
    (span,) = make_process_chart(count(*events(*TIMES))).spans
    assert span.centre == 3
    assert span.limits is not None
    assert (2.5 / 3.5) ** span.limits.upper == pytest.approx(0.00135)
    assert span.limits.upper == pytest.approx(log(0.00135) / log(2.5 / 3.5))
    assert span.limits.lower == 0


def test_a_long_time_without_an_event_is_good_where_few_are() -> None:
    chart = make_process_chart(count(*events(*TIMES, *TIMES, 60)))
    last = chart.points[-1]
    assert (last.rules, last.side, chart.alert) == ((Rule.OUTSIDE,), Side.HIGH, True)
    assert chart.variation is Variation.IMPROVEMENT_HIGH


def test_shorter_times_one_after_the_other_are_a_concern() -> None:
    chart = make_process_chart(count(*events(*TIMES, 9, 8, 9, 8, 9, 8, 9, 8, 9, *(2,) * 7)))
    assert chart.points[-1].rules == (Rule.SHIFT,)
    assert chart.variation is Variation.CONCERN_LOW


def test_the_time_since_the_last_event_is_told_and_is_no_point() -> None:
    chart = make_process_chart(count(*events(*TIMES, after=4)))
    assert len(chart.points) == 12
    assert any("4 periods, is not yet a point" in each for each in chart.cautions)
    assert not any("not yet a point" in each for each in make_process_chart(count(*events(*TIMES))).cautions)


def test_no_time_is_reckoned_across_a_number_that_is_not_known() -> None:
    values = as_array([1, 0, 1, None, 0, 2, 0, 0, 1])
    assert find_gaps(values, Stretch(0, 9)) == ((2, 2), (8, 3))


def test_several_events_in_a_period_are_one() -> None:
    assert find_gaps(as_array([3, 0, 5]), Stretch(0, 3)) == ((2, 2),)


@pytest.mark.parametrize(
    "subject",
    [
        count(*events(*TIMES[:11])),  # too few times
        count(*events(*(1, 2) * 12)),  # in most periods
        count(*events(*TIMES), kind=Kind.STOCK),  # those there, not those that came
    ],
)
def test_otherwise_small_counts_are_a_plain_tally(subject: Subject) -> None:
    chart = make_process_chart(subject)
    assert chart.method is Method.VALUES
    assert "tally" in chart.instead
    assert chart.variation is Variation.NOT_AVAILABLE
