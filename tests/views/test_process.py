"""`dashboard.views.kinds.process`: a line over time with its usual range; a plain line, and why, without."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.acts import RecordKind
from dashboard.views.pictures import Judgement, Process
from dashboard.views.shapes import Panel, Role, Tick, Trend
from tests.views.charting import (
    PERCENTAGE,
    PRINTED,
    RARE,
    SIMULATED,
    TOUCH,
    lines_of,
    months,
    over_time,
    record,
)

Make = Callable[..., Any]
INDICATOR = "care_leavers_in_touch"
AT = {"period": "2019-20-Q1"}
QUARTERS = tuple(f"{2018 + each // 4}-M{(3, 6, 9, 12)[each % 4]:02d}" for each in range(17))


def process_of(panel: Panel) -> Process:
    assert isinstance(panel.picture, Process)
    return panel.picture


def states_of(panel: Panel) -> list[str]:
    assert panel.table is not None
    assert panel.table.columns[-1] == "State"
    return [row[-1] for row in panel.table.rows]


@pytest.fixture
def touch(release: Make, figures: Make) -> Panel:
    """Care leavers in touch, as the board dataset has it."""
    rows = figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED)
    return over_time(release(rows, targets=True), INDICATOR, **AT)


# --- with limits ------------------------------------------------------------------------------------


def test_average_and_limits_are_those_worked_out_by_hand(touch: Panel) -> None:
    trend = process_of(touch).trend
    (mean,), (upper, lower) = lines_of(trend, Role.MEAN), lines_of(trend, Role.LIMIT)
    assert mean.y == (83.25, 83.25)  # 999 in twelve months
    # the ranges come to 25; the 12 of January to February is over 3.267 times 25 / 11, and left out: 13 / 10
    assert upper.y == (pytest.approx(86.708), pytest.approx(86.708))
    assert lower.y == (pytest.approx(79.792), pytest.approx(79.792))
    assert [line.label for line in (mean, upper, lower)] == [
        "Average 83.3%",
        "Upper limit 86.7%",  # 87% is unusual, and must look so
        "Lower limit 79.8%",
    ]
    assert mean.x == upper.x == lower.x == ("2018-07-31", "2019-06-30")


def test_the_usual_range_is_a_band_from_the_first_figure_to_the_last(touch: Panel) -> None:
    (band,) = process_of(touch).bands
    assert (band.start, band.end) == ("2018-07-31", "2019-06-30")
    assert (band.lower, band.upper) == (pytest.approx(79.792), pytest.approx(86.708))


def test_each_figure_is_judged_and_drawn_as_it_is_printed(touch: Panel) -> None:
    points = process_of(touch).points
    assert [point.y for point in points] == list(TOUCH)
    usual, worse, better = Judgement.USUAL, Judgement.WORSE, Judgement.BETTER
    assert [point.judgement for point in points] == [
        *[usual] * 5,  # July to November: 84 to 81
        *[worse] * 2,  # December and January: 78 and 75
        *[better] * 3,  # February to April: 87, 87 and 88
        *[usual] * 2,  # May and June: 86 and 85
    ]
    assert [point.up for point in points] == [False] * 7 + [True] * 3 + [False] * 2


def test_the_table_says_in_words_what_each_figure_is(touch: Panel) -> None:
    assert touch.table is not None
    assert touch.table.rows[5] == ("31 December 2018", "78%", "95%", "Worse: lower than usual")
    assert touch.table.rows[9] == ("30 April 2019", "88%", "95%", "Better: higher than usual")
    assert states_of(touch).count("Usual variation") == 7


def test_the_words_say_the_range_how_many_are_unusual_and_that_limits_are_on_trial(touch: Panel) -> None:
    assert touch.title == "Care leavers in touch fell to 85%"
    assert touch.subtitle.endswith("July 2018 to June 2019, Worcestershire, with trial limits")
    assert touch.summary == (
        "85% at 30 June 2019, down 1 point from 86% at 31 May 2019. Higher is better. Target 95%, set in "
        "2018/19: not met. Expect anything from 79.8% to 86.7% if nothing changes. "
        "5 of these 12 figures are unusual."
    )


def test_how_the_chart_was_made_is_said_under_it(touch: Panel) -> None:
    assert "Trial limits, from 12 points: they may move as more come in." in touch.rules
    assert "The percentages are rounded to the whole per cent" in touch.rules
    assert "XmR chart, from 12 points." in touch.rules
    assert "2.66 average moving ranges" in touch.rules


def test_twenty_figures_have_limits_that_are_no_longer_on_trial(release: Make, figures: Make) -> None:
    rows = figures(INDICATOR, months("2020-08", TOUCH + TOUCH[:8]), **PERCENTAGE, **PRINTED)
    panel = over_time(release(rows), INDICATOR)
    assert panel.subtitle.endswith(", with limits")
    assert "rial limits" not in panel.rules


def test_where_neither_way_is_good_an_unusual_figure_is_neither_better_nor_worse(
    release: Make, figures: Make
) -> None:
    values = (100, 103, 99, 104, 101, 160, 98, 102, 100, 103, 99, 101)
    panel = over_time(release(figures("contacts", months("2021-04", values), **SIMULATED)), "contacts")
    high = process_of(panel).points[5]
    assert (high.judgement, high.up) == (Judgement.SPECIAL, True)
    assert states_of(panel)[5] == "Higher than usual"
    assert "1 of these 12 figures is unusual." in panel.summary


def test_where_none_is_unusual_that_is_said(release: Make, figures: Make) -> None:
    values = (100, 103, 99, 104, 101, 98, 102, 100, 103, 99, 101, 100)
    panel = over_time(release(figures("contacts", months("2021-04", values), **SIMULATED)), "contacts")
    assert "None of these 12 figures is unusual." in panel.summary


def test_simulated_figures_are_not_judged_beside_published_ones(release: Make, figures: Make) -> None:
    made = release(
        figures(INDICATOR, months("2018-04", (60, 61, 62)), **PERCENTAGE, **SIMULATED),
        figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED),
    )
    panel = over_time(made, INDICATOR, **AT)
    picture = process_of(panel)
    assert picture.bands[0].start == "2018-07-31"
    assert picture.points[0].x == "2018-07-31"
    assert lines_of(picture.trend, Role.MEAN)[0].y == (83.25, 83.25)
    assert lines_of(picture.trend, Role.AREA)[0].y[:4] == (60, 61, 62, 84)  # the line shows them all the same
    assert states_of(panel)[:4] == ["Not judged"] * 3 + ["Usual variation"]
    assert panel.summary.endswith(
        "5 of these 12 figures are unusual. Published and simulated figures are never judged together: here "
        "only the published ones are."
    )


def test_percentages_of_numbers_that_vary_have_limits_of_each_points_own(
    release: Make, figures: Make
) -> None:
    rows = []
    of = (20, 60, 40, 80, 25, 70, 30, 90, 45, 65, 35, 100)
    for (month, denominator), top in zip(
        months("2021-04", of).items(), (16, 50, 30, 66, 19, 57, 25, 72, 36, 50, 30, 79), strict=True
    ):
        value = round(100 * top / denominator)
        rows += figures(
            INDICATOR, {month: value}, numerator=top, denominator=denominator, **PERCENTAGE, **SIMULATED
        )
    panel = over_time(release(rows), INDICATOR)
    trend = process_of(panel).trend
    (mean,), (upper, lower) = lines_of(trend, Role.MEAN), lines_of(trend, Role.LIMIT)
    assert mean.name == "Average"
    assert mean.y == (pytest.approx(100 * 530 / 660),) * 12
    wide = [high - low for high, low in zip(upper.y, lower.y, strict=True) if high and low]
    assert len(upper.x) == len(wide) == 12
    assert wide.index(min(wide)) == 11  # of a hundred
    assert upper.label == f"Upper limit {upper.y[-1]:.0f}%"
    assert process_of(panel).bands == ()
    assert "Laney p′ chart" in panel.rules


# --- gaps -------------------------------------------------------------------------------------------


def test_a_hidden_figure_is_a_gap_that_is_not_judged(release: Make, figures: Make) -> None:
    values = dict(zip(QUARTERS, (31, 34, 30, 33) * 4 + (32,), strict=True)) | {QUARTERS[5]: "[c]"}
    rows = figures("children_in_need", values, area="redditch", **SIMULATED)
    panel = over_time(release(rows), "children_in_need", area="redditch", range="all")
    picture = process_of(panel)
    assert lines_of(picture.trend, Role.AREA)[0].y[4:7] == (31.0, None, 30.0)
    assert [(each.x, each.symbol) for each in picture.trend.hidden] == [("2019-06-30", "[c]")]
    assert "2019-06-30" not in {point.x for point in picture.points}
    assert len(picture.points) == 16
    assert states_of(panel)[5] == "Not judged"
    assert "None of these 16 figures is unusual." in panel.summary


def test_a_month_that_is_missing_is_a_gap_and_no_row(release: Make, figures: Make) -> None:
    values = months("2021-03", (100, 103, 99, 104, 101, 98, 102, 100, 103, 99, 101, 100, 102))
    del values["2021-M08"]
    panel = over_time(release(figures("contacts", values, **SIMULATED)), "contacts")
    assert lines_of(process_of(panel).trend, Role.AREA)[0].y[4:7] == (101.0, None, 102.0)
    assert len(process_of(panel).points) == len(states_of(panel)) == 12


def test_where_more_than_a_quarter_is_hidden_the_line_is_plain(release: Make, figures: Make) -> None:
    values = dict(zip(QUARTERS, ("[c]", 34, 30) * 5 + (33, 32), strict=True))  # 5 of 17
    rows = figures("children_in_need", values, area="redditch", **SIMULATED)
    panel = over_time(release(rows), "children_in_need", area="redditch", range="all")
    assert isinstance(panel.picture, Trend)
    assert "5 of 17 points are hidden" in panel.summary
    assert "more than a quarter" in panel.summary
    assert panel.table is not None
    assert "State" not in panel.table.columns


# --- without limits ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("three_or_more_placements", "Each point covers twelve months and shares most of them"),
        ("looked_after_reviews_in_timescale", "Each point holds all that came before it in the year."),
    ],
)
def test_a_measure_of_twelve_months_or_of_the_year_so_far_has_no_limits_and_says_why(
    release: Make, figures: Make, indicator: str, said: str
) -> None:
    rows = figures(indicator, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED)
    panel = over_time(release(rows), indicator, **AT)
    assert isinstance(panel.picture, Trend)
    assert not lines_of(panel.picture, Role.MEAN)
    assert not lines_of(panel.picture, Role.LIMIT)
    assert said in panel.summary
    assert panel.summary.endswith(
        "Look at the single periods that it is made of, on a chart of their own, with this line beside it."
    )
    assert "with limits" not in panel.subtitle
    assert panel.rules.startswith("No limits are drawn and no rule is applied.")
    assert panel.table is not None
    assert "State" not in panel.table.columns


def test_a_single_figure_is_a_dot_and_says_that_there_are_too_few(release: Make, figures: Make) -> None:
    panel = over_time(release(figures(INDICATOR, {"2022-M03": 85}, **PERCENTAGE, **PRINTED)), INDICATOR)
    assert isinstance(panel.picture, Trend)
    (line,) = panel.picture.lines
    assert (line.y, line.markers) == ((85.0,), True)
    assert "Too few points: there are 1, and a chart needs 7." in panel.summary
    assert panel.table is not None
    assert len(panel.table.rows) == 1


def test_seven_figures_have_a_median_and_no_limits(release: Make, figures: Make) -> None:
    rows = figures(INDICATOR, months("2021-09", TOUCH[:7]), **PERCENTAGE, **PRINTED)
    panel = over_time(release(rows), INDICATOR)
    picture = process_of(panel)
    (median,) = lines_of(picture.trend, Role.MEAN)
    assert (median.label, median.y) == ("Median 82%", (82.0, 82.0))
    assert not lines_of(picture.trend, Role.LIMIT)
    assert picture.bands == ()
    assert picture.points == ()  # a hollow one would mean usual variation
    assert set(states_of(panel)) == {"Not judged"}
    assert "Too few points for limits: there are 7, and limits need 12." in panel.summary


def test_where_few_happen_the_line_is_plain_and_the_time_between_them_is_said(
    release: Make, figures: Make
) -> None:
    indicator = "repeat_looked_after_within_12_months"
    panel = over_time(release(figures(indicator, months("2019-10", RARE), **SIMULATED)), indicator)
    assert isinstance(panel.picture, Trend)
    assert {line.role for line in panel.picture.lines} == {Role.AREA}
    assert (
        "usually 2 months, and by chance up to 11 months. None of these 13 times is unusual." in panel.summary
    )
    assert "Expect" not in panel.summary
    assert panel.table is not None
    assert "State" not in panel.table.columns
    assert "Time-between chart" in panel.rules


def test_a_measure_without_figures_says_so(release: Make, figures: Make) -> None:
    panel = over_time(release(figures("looked_after_children", {"2022-M03": 891})), INDICATOR)
    assert panel.picture is None
    assert panel.empty is not None
    assert panel.rules == ""


# --- the county in the place of a district ----------------------------------------------------------


def test_a_district_that_is_hidden_altogether_is_shown_as_the_county(release: Make, figures: Make) -> None:
    hidden = dict.fromkeys(QUARTERS, "[c]")
    held = dict(zip(QUARTERS, (1731, 1740, 1729, 1733) * 4 + (1774,), strict=True))
    made = release(
        figures("children_in_need", hidden, area="redditch", **SIMULATED),
        figures("children_in_need", held, **SIMULATED),
    )
    given = {"area": "redditch", "range": "all", "grain": "quarter"}
    panel = over_time(made, "children_in_need", **given)
    assert panel.title == "Children in need: too few children to show Redditch alone"
    assert panel.subtitle.startswith("This is Worcestershire: ")
    assert panel.summary.startswith("Too few children to show Redditch alone. This is Worcestershire.")
    picture = process_of(panel)
    assert {line.role for line in picture.trend.lines} == {Role.COUNTY, Role.MEAN, Role.LIMIT}
    assert panel.table is not None
    assert panel.table.strong is None
    assert panel.table.caption.startswith("Too few children to show Redditch alone. This is Worcestershire.")
    own = process_of(over_time(made, "children_in_need", range="all", grain="quarter"))
    assert picture.bands == own.bands
    assert picture.points == own.points
    assert {line.role for line in own.trend.lines} == {Role.AREA, Role.MEAN, Role.LIMIT}


def test_what_is_not_counted_by_district_is_shown_as_the_county(release: Make, figures: Make) -> None:
    made = release(figures("three_or_more_placements", months("2018-07", TOUCH), **PERCENTAGE, **PRINTED))
    page = made.page("explore/three_or_more_placements", area="redditch", **AT)
    assert page.notes[0].text == (
        "Three or more placements in 12 months is not counted by district. These are the figures of "
        "Worcestershire as a whole."
    )
    (line,) = page.panels[0].picture.lines
    assert line.role is Role.AREA  # the whole page is the county's, and says so once


# --- what is recorded -------------------------------------------------------------------------------


def test_a_step_stands_over_the_chart_with_its_figures_and_under_it_with_the_reason(
    release: Make, figures: Make
) -> None:
    rows = figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED)
    panel = over_time(
        release(rows, records=[record(INDICATOR, RecordKind.STEP, "2019-M02")]), INDICATOR, **AT
    )
    assert process_of(panel).events == (Tick("2019-02-28", "75% to 87%"),)
    assert panel.summary.endswith("75% to 87% at 28 February 2019: Nobody says why.")
    assert panel.table is not None
    assert panel.table.columns[-2:] == ("State", "Recorded")
    assert [row[0] for row in panel.table.rows if row[-1]] == ["28 February 2019"]
    assert len(lines_of(process_of(panel).trend, Role.MEAN)) == 1  # a step decides nothing


def test_limits_are_based_anew_where_somebody_decided_it(release: Make, figures: Make) -> None:
    """Twelve months of 10 and 12 in turn, then twelve of 20 and 22: averages of 11 and 21."""
    rows = figures("referrals", months("2018-04", (10, 12) * 6 + (20, 22) * 6), **PRINTED)
    anew = record("referrals", RecordKind.REBASE, "2019-M04", "New front door", why="A new team.")
    panel = over_time(release(rows, records=[anew]), "referrals", period="2019-20-Q4")
    means = lines_of(process_of(panel).trend, Role.MEAN)
    assert [line.y for line in means] == [(11.0, 11.0), (21.0, 21.0)]
    assert [line.label for line in means] == ["", "Average 21"]
    assert len(process_of(panel).bands) == 2
    assert [tick.text for tick in process_of(panel).events] == ["New front door"]
    assert "Limits based anew on 1 April 2020 by the Performance board: A new team." in panel.rules
    assert set(states_without_records(panel)) == {"Usual variation"}


def states_without_records(panel: Panel) -> list[str]:
    assert panel.table is not None
    return [row[panel.table.columns.index("State")] for row in panel.table.rows]


def test_fixed_limits_judge_what_comes_after_them(release: Make, figures: Make) -> None:
    """Twelve months of 10 and 12: limits of 11 and 2.66 times 2 on either side. Then 20, beyond them."""
    rows = figures("referrals", months("2018-04", (10, 12) * 6 + (20,) * 6), **PRINTED)
    fixed = record("referrals", RecordKind.FIX, "2019-M04", "Limits fixed")
    panel = over_time(release(rows, records=[fixed]), "referrals", period="2019-20-Q2")
    upper, _ = lines_of(process_of(panel).trend, Role.LIMIT)
    assert upper.y == (pytest.approx(11 + 2.66 * 2), pytest.approx(11 + 2.66 * 2))
    assert states_without_records(panel)[-1] == "Higher than usual"


def test_nothing_is_recorded_of_simulated_figures_or_of_another_area(release: Make, figures: Make) -> None:
    rows = figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **SIMULATED)
    made = release(rows, records=[record(INDICATOR, RecordKind.STEP, "2019-M02")])
    assert process_of(over_time(made, INDICATOR, **AT)).events == ()
    rows = figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED)
    made = release(rows, records=[record(INDICATOR, RecordKind.STEP, "2019-M02", area="redditch")])
    assert process_of(over_time(made, INDICATOR, **AT)).events == ()


def test_a_new_beginning_among_figures_that_are_not_judged_cuts_nothing(release: Make, figures: Make) -> None:
    made = release(
        figures(INDICATOR, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED),
        figures(INDICATOR, months("2019-07", TOUCH), **PERCENTAGE, **SIMULATED),
        records=[record(INDICATOR, RecordKind.REBASE, "2019-M01", "Anew")],
    )
    panel = over_time(made, INDICATOR, period="2020-21-Q1")
    assert len(lines_of(process_of(panel).trend, Role.MEAN)) == 1
