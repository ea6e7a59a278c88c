"""Trends: lines, gaps, comparators over the years they describe, and the words around them."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.views.shapes import Line, Mark, Panel, Role, Trend

Make = Callable[..., Any]
RATE = {"2019-M03": 71, "2020-M03": 70, "2021-M03": 73, "2022-M03": 76, "2023-M03": 84}


def trend_of(panel: Panel) -> Trend:
    assert isinstance(panel.picture, Trend)
    return panel.picture


def line_of(panel: Panel, role: Role) -> Line:
    return next(line for line in trend_of(panel).lines if line.role is role)


@pytest.fixture
def rates(figures: Make) -> list[Any]:
    indicator = "looked_after_children_rate"
    return [
        *figures(indicator, RATE, statistic="rate"),
        *figures(indicator, {p: v - 6 for p, v in RATE.items()}, statistic="rate", area="england"),
        *figures(
            indicator,
            {p: v - 20.4 for p, v in RATE.items()},
            statistic="rate",
            area="statistical-neighbours-2021",
            denominator=10,
        ),
    ]


def test_a_yearly_trend_is_joined_with_yearly_comparators(release: Make, rates: list[Any]) -> None:
    panel = release(rates).panel("through-care", "looked-after-rate")
    area, england = line_of(panel, Role.AREA), line_of(panel, Role.ENGLAND)
    assert area.x == ("2019-03-31", "2020-03-31", "2021-03-31", "2022-03-31")
    assert area.y == (71.0, 70.0, 73.0, 76.0)
    assert area.label == "Worcestershire 76"
    assert area.hover[-1] == "Worcestershire 76 per 10,000, 31 March 2022"
    assert england.x == area.x
    assert england.y == (65.0, 64.0, 67.0, 70.0)
    assert england.dotted_from is None
    assert line_of(panel, Role.NEIGHBOURS).label == "Neighbours 56"
    assert [tick.text for tick in trend_of(panel).ticks] == ["2019", "2020", "2021", "2022"]


def test_the_words_of_a_trend_are_borne_out_by_its_figures(release: Make, rates: list[Any]) -> None:
    panel = release(rates).panel("through-care", "looked-after-rate")
    assert panel.title == "More children in care than in England or our neighbours"
    assert panel.subtitle == "Looked after children per 10,000 aged 0 to 17, at 31 March, Worcestershire"
    assert panel.summary == (
        "76 per 10,000 at 31 March 2022, up 3 from 73 at 31 March 2021. "
        "Above neighbours (56) and England (70)."
    )
    assert panel.source == "Source: Department for Education, April 2026"
    assert panel.badges == ()


def test_nothing_later_than_the_chosen_period_is_anywhere(release: Make, rates: list[Any]) -> None:
    made = release(rates)
    assert "84" not in repr(made.page("through-care"))
    assert "2022" not in repr(made.panel("through-care", "looked-after-rate", period="2021-22-Q3").picture)
    assert line_of(made.panel("through-care", "looked-after-rate", period="2022-23"), Role.AREA).y[-1] == 84


def test_the_table_holds_exactly_the_numbers_of_the_chart(release: Make, rates: list[Any]) -> None:
    table = release(rates).panel("through-care", "looked-after-rate").table
    assert table is not None
    assert table.columns == (
        "At",
        "Worcestershire",
        "Neighbours (mean of 10 councils, 2021 model)",
        "England",
    )
    assert table.rows[-1] == ("31 March 2022", "76", "56", "70")
    assert len(table.rows) == 4


def test_only_the_comparators_that_were_chosen_are_drawn(release: Make, rates: list[Any]) -> None:
    panel = release(rates).panel("through-care", "looked-after-rate", compare="none")
    assert [line.role for line in trend_of(panel).lines] == [Role.AREA]
    assert panel.title == "The rate of children in care rose to 76, the highest of four years"


def test_the_model_of_neighbours_in_force_is_shown_and_its_change_is_a_gap(
    release: Make, figures: Make
) -> None:
    indicator, years = "looked_after_children_rate", ("2022", "2023", "2024", "2025")
    rows = [
        *figures(indicator, {f"{y}-M03": 80 for y in years}, statistic="rate"),
        *figures(
            indicator,
            {f"{y}-M03": 55 for y in years},
            statistic="rate",
            area="statistical-neighbours-2021",
        ),
        *figures(
            indicator,
            {f"{y}-M03": 61 for y in years},
            statistic="rate",
            area="statistical-neighbours-2025",
        ),
    ]
    panel = release(rows).panel("through-care", "looked-after-rate", period="2024-25")
    line = line_of(panel, Role.NEIGHBOURS)
    assert line.y == (55.0, 55.0, 55.0, None, 61.0)
    assert panel.table is not None
    assert panel.table.columns[2] == (
        "Neighbours (mean of 10 councils, 2021 model; mean of 10 councils, 2025 model)"
    )


def test_a_monthly_line_has_level_comparators_carried_on_dotted(release: Make, figures: Make) -> None:
    rows = [
        *figures(
            "contacts_converted_to_referrals",
            {"2020-21-Q3": 20, "2020-21-Q4": 21, "2021-22-Q1": 22, "2021-22-Q2": 23},
            statistic="percentage",
            basis="local",
        ),
        *figures(
            "contacts_converted_to_referrals",
            {"2019-20": 24, "2020-21": 25},
            statistic="percentage",
            area="england",
        ),
    ]
    panel = release(rows).panel("front-door", "conversion", period="2021-22-Q2", compare="england")
    line = line_of(panel, Role.ENGLAND)
    assert line.x == ("2020-10-01", "2021-03-31", "2021-09-30")
    assert line.y == (25.0, 25.0, 25.0)
    assert line.dotted_from == 2
    assert line.hover[2] == "England 25%, 2020/21, latest published: 2020/21"
    assert line.label == "England 25%, 2020/21"
    assert panel.table is not None
    assert [row[2] for row in panel.table.rows] == ["25%", "25%", "–", "–"]


def test_yearly_levels_are_never_joined(release: Make, figures: Make) -> None:
    rows = [
        *figures(
            "contacts_converted_to_referrals",
            {"2019-20-Q4": 20, "2020-21-Q4": 21},
            statistic="percentage",
            basis="local",
        ),
        *figures(
            "contacts_converted_to_referrals",
            {"2019-20": 24, "2020-21": 25},
            statistic="percentage",
            area="england",
        ),
    ]
    panel = release(rows).panel("front-door", "conversion", compare="england", range="3y")
    line = line_of(panel, Role.ENGLAND)
    assert line.y == (24.0, 24.0, None, 25.0, 25.0)


def test_a_hidden_point_is_a_gap_with_a_mark(release: Make, figures: Make) -> None:
    rows = figures(
        "children_in_need",
        {"2021-M06": 31, "2021-M09": "[c]", "2021-M12": 30, "2022-M03": 33},
        status="illustrative",
        area="redditch",
    )
    panel = release(rows).panel("children-in-need", "number", area="redditch")
    assert line_of(panel, Role.AREA).y == (31.0, None, 30.0, 33.0)
    assert [(each.x, each.symbol) for each in trend_of(panel).hidden] == [("2021-09-30", "[c]")]
    assert trend_of(panel).hidden[0].hover == "Redditch hidden, 30 September 2021"
    assert "One point, marked [c], is hidden" in panel.summary
    assert panel.table is not None
    assert panel.table.rows[1] == ("30 September 2021", "[c]")


def test_a_district_is_shown_by_quarter_where_the_county_is_by_month(release: Make, figures: Make) -> None:
    months = {"2021-M12": 30, "2022-M01": 31, "2022-M02": 32, "2022-M03": 33}
    rows = [
        *figures("children_in_need", months, status="illustrative", area="redditch"),
        *figures("children_in_need", months, status="illustrative"),
    ]
    made = release(rows)
    assert len(line_of(made.panel("children-in-need", "number"), Role.AREA).y) == 4
    assert line_of(made.panel("children-in-need", "number", area="redditch"), Role.AREA).y == (30.0, 33.0)


def test_where_every_point_is_hidden_the_county_stands_in_and_is_named(release: Make, figures: Make) -> None:
    hidden = {"2021-M12": "[c]", "2022-M03": "[c]"}
    rows = [
        *figures("children_in_need", hidden, status="illustrative", area="redditch"),
        *figures("children_in_need", {"2022-M03": 1774}, status="illustrative"),
    ]
    panel = release(rows).panel("children-in-need", "number", area="redditch")
    assert panel.title == "Children in need: too few children to show Redditch alone"
    assert line_of(panel, Role.COUNTY).label == "Worcestershire 1,774"


def test_a_missing_period_is_a_gap_and_not_a_straight_line(release: Make, figures: Make) -> None:
    rows = figures(
        "three_or_more_placements", {"2019-M03": 15, "2020-M03": 11, "2022-M03": 8}, statistic="percentage"
    )
    assert line_of(release(rows).panel("through-care", "three-or-more-placements"), Role.AREA).y == (
        15.0,
        11.0,
        None,
        8.0,
    )


def test_a_hidden_latest_figure_hides_everything_that_would_follow_from_it(
    release: Make, figures: Make
) -> None:
    rows = figures(
        "children_in_need",
        {"2021-M09": 31, "2021-M12": 30, "2022-M03": "[c]"},
        status="illustrative",
        area="redditch",
    )
    panel = release(rows).panel("children-in-need", "number", area="redditch")
    assert panel.title == "The latest number for Redditch is hidden"
    assert "The last one shown is 30 at 31 December 2021." in panel.summary


def test_simulated_figures_say_so_everywhere(release: Make, figures: Make) -> None:
    rows = figures("children_in_need", {"2022-M02": 30, "2022-M03": 33}, status="illustrative")
    panel = release(rows).panel("children-in-need", "number")
    assert [badge.mark for badge in panel.badges] == [Mark.ILLUSTRATIVE]
    assert panel.source == "Source: simulated"
    assert panel.table is not None
    assert "Illustrative" in panel.table.caption


def test_where_only_some_are_simulated_the_badge_says_which_are_real(release: Make, figures: Make) -> None:
    indicator = "personal_education_plan_up_to_date"
    rows = [
        *figures(
            indicator,
            {"2021-M11": 90, "2021-M12": 91},
            statistic="percentage",
            basis="local",
            source="board",
        ),
        *figures(indicator, {"2022-M01": 92}, statistic="percentage", status="illustrative"),
        *figures(indicator, {"2022-M03": 99}, statistic="percentage", basis="local", source="board"),
    ]
    panel = release(rows).panel("through-care", "education-plans")
    assert "Only November 2021 to December 2021 and March 2022 are real" in panel.badges[0].reason
    assert panel.source == "Sources: Board report; simulated"
    assert panel.table is not None
    assert [row[-1] for row in panel.table.rows] == ["Final", "Final", "Illustrative", "Final"]
    assert "up 8 points from 91% at 31 December 2021" in panel.summary


def test_a_simulated_figure_is_never_judged_beside_a_published_one(release: Make, figures: Make) -> None:
    indicator = "looked_after_children_rate"
    rows = [
        *figures(indicator, {"2022-M03": 85}, statistic="rate", area="redditch", status="illustrative"),
        *figures(indicator, {"2022-M03": 77}, statistic="rate", status="illustrative"),
        *figures(indicator, {"2022-M03": 70}, statistic="rate", area="england"),
    ]
    panel = release(rows).panel("through-care", "looked-after-rate", area="redditch")
    assert panel.title == "More children in care than across the county"
    assert "Above Worcestershire (77). England 70." in panel.summary


def test_what_is_not_like_for_like_gets_a_badge_and_no_judgement(release: Make, figures: Make) -> None:
    indicator = "health_assessment_up_to_date"
    rows = [
        *figures(indicator, {"2022-M02": 80, "2022-M03": 82}, statistic="percentage", basis="local"),
        *figures(indicator, {"2022-M03": 89}, statistic="percentage", area="england"),
    ]
    panel = release(rows).panel("through-care", "health")
    assert [badge.text for badge in panel.badges] == ["Not like for like"]
    assert panel.badges[0].reason
    assert "etter than" not in panel.title + panel.summary
    assert "orse than" not in panel.title + panel.summary
    assert "England 89%" in panel.summary


def test_a_target_is_drawn_and_said(release: Make, figures: Make) -> None:
    values = {"2020-M03": 11, "2021-M03": 8, "2022-M03": 8}
    rows = figures("three_or_more_placements", values, statistic="percentage")
    panel = release(rows, targets=True).panel("through-care", "three-or-more-placements")
    target = line_of(panel, Role.TARGET)
    assert set(target.y) == {10.0}
    assert target.label == "Target 10%"
    assert "Target 10%, set in 2018/19: met." in panel.summary
    off = release(rows, targets=True).panel("through-care", "three-or-more-placements", compare="england")
    assert "Target" not in off.summary
    early = release(
        figures("three_or_more_placements", {"2017-M03": 12, "2018-M03": 12}, statistic="percentage"),
        targets=True,
    ).panel("through-care", "three-or-more-placements", period="2017-18")
    assert "Target" not in early.summary


def test_a_percentage_tells_what_it_is_a_share_of_where_that_is_released(
    release: Make, figures: Make
) -> None:
    rows = figures(
        "three_or_more_placements",
        {"2022-M03": 8},
        statistic="percentage",
        numerator=71.0,
        denominator=891.0,
    )
    assert (
        release(rows)
        .panel("through-care", "three-or-more-placements")
        .summary.startswith("8% (71 of 891) at 31 March 2022.")
    )


def test_real_figures_on_the_first_line_with_two_of_them_win(release: Make, figures: Make) -> None:
    indicator = "three_or_more_placements"
    local = figures(indicator, {"2022-M02": 7, "2022-M03": 6}, statistic="percentage", status="illustrative")
    one = figures(indicator, {"2022-M03": 8}, statistic="percentage")
    two = figures(indicator, {"2021-M03": 9, "2022-M03": 8}, statistic="percentage")
    assert line_of(release(local, two).panel("through-care", "three-or-more-placements"), Role.AREA).y == (
        9.0,
        8.0,
    )
    assert line_of(release(local, one).panel("through-care", "three-or-more-placements"), Role.AREA).y == (
        8.0,
    )
    assert "6%" in release(local).panel("through-care", "three-or-more-placements").summary


def test_where_most_quarters_are_hidden_years_are_shown_and_the_subtitle_says_so(
    release: Make, figures: Make
) -> None:
    quarters = {f"20{y}-{y + 1}-Q{q}": "[c]" for y in (19, 20, 21) for q in (1, 2, 3, 4)}
    indicator = "contacts_converted_to_referrals"
    rows = [
        *figures(indicator, quarters, statistic="percentage", area="redditch", status="illustrative"),
        *figures(
            indicator,
            {"2019-20": 20, "2020-21": 22, "2021-22": 24},
            statistic="percentage",
            area="redditch",
            status="illustrative",
        ),
    ]
    panel = release(rows).panel("front-door", "conversion", area="redditch")
    assert line_of(panel, Role.AREA).y == (20.0, 22.0, 24.0)
    assert (
        "years ending 31 March: by quarter most numbers would be too small to show, Redditch"
        in panel.subtitle
    )


def test_what_is_not_counted_by_district_is_shown_of_the_county_and_said_to_be(
    release: Make, figures: Make
) -> None:
    rows = figures("three_or_more_placements", {"2022-M03": 8}, statistic="percentage")
    panel = release(rows).panel("through-care", "three-or-more-placements", area="redditch")
    assert panel.title == "Three or more placements: not counted by district"
    assert panel.subtitle.startswith("This is Worcestershire: ")
    assert panel.summary.startswith("Not counted by district. This is Worcestershire. 8% at 31 March 2022.")
    assert isinstance(panel.picture, Trend)
    assert {line.role for line in panel.picture.lines} == {Role.COUNTY}
    assert panel.source == "Source: Department for Education, April 2026"


def test_where_the_county_has_none_either_the_reason_and_a_link_stand_there(
    release: Make, figures: Make
) -> None:
    rows = figures("three_or_more_placements", {"2023-M03": 8}, statistic="percentage")
    rows += figures("looked_after_children", {"2022-M03": 800})
    panel = release(rows).panel("through-care", "three-or-more-placements", area="redditch")
    assert panel.empty is not None
    assert panel.empty.reason == "This measure exists for Worcestershire only."
    assert panel.empty.link is not None
    assert panel.empty.link.text == "Show Worcestershire"
    assert "area=worcestershire" in panel.empty.link.href


def test_figures_of_another_time_are_pointed_to(release: Make, figures: Make) -> None:
    rows = figures("three_or_more_placements", {"2012-M03": 8, "2025-M03": 9}, statistic="percentage")
    made = release(rows)
    panel = made.panel("through-care", "three-or-more-placements", period="2024-25", range="1y")
    assert panel.empty is None
    before = made.panel("through-care", "three-or-more-placements", period="2011-12-Q4")
    assert before.empty is None


def test_a_figure_long_past_is_dated_in_its_title(release: Make, figures: Make) -> None:
    indicator = "care_leavers_in_touch"
    rows = [
        *figures(indicator, {"2019-M05": 86, "2019-M06": 85}, statistic="percentage", basis="local"),
        *figures("looked_after_children", {"2022-M03": 891}),
    ]
    panel = release(rows).panel("through-care", "care-leavers-in-touch")
    assert panel.title == "Care leavers in touch: 85% at 30 June 2019"


def test_a_long_quarterly_line_has_a_tick_a_year(release: Make, figures: Make) -> None:
    months = {f"{y}-M{m:02d}": 100 + m for y in range(2019, 2022) for m in (3, 6, 9, 12)} | {"2022-M03": 110}
    rows = figures("child_protection_plans", months, status="illustrative", area="redditch")
    trend = trend_of(release(rows).panel("child-protection", "plans-number", area="redditch"))
    assert [tick.text for tick in trend.ticks] == ["Mar 2019", "Mar 2020", "Mar 2021", "Mar 2022"]
    quarters = {f"20{y}-{y + 1}-Q{q}": 20 + q for y in (18, 19, 20, 21) for q in (1, 2, 3, 4)}
    rows = figures("contacts_converted_to_referrals", quarters, statistic="percentage", status="illustrative")
    made = release(rows)
    assert [tick.text for tick in trend_of(made.panel("front-door", "conversion")).ticks] == [
        "Q1 2019/20",
        "Q1 2020/21",
        "Q1 2021/22",
    ]
    short = trend_of(made.panel("front-door", "conversion", range="1y"))
    assert [tick.text for tick in short.ticks] == ["Q4", "Q1", "Q2", "Q3", "Q4"]
