"""Cards: the value, its change, whom it stands beside; and what stands there when there is none."""

from collections.abc import Callable
from typing import Any

from dashboard.views.shapes import Mark, Role

Make = Callable[..., Any]


def test_a_count_stands_beside_the_rate_of_others(release: Make, figures: Make) -> None:
    rate = "looked_after_children_rate"
    rows = [
        *figures("looked_after_children", {"2020-M03": 819, "2021-M03": 859, "2022-M03": 891}),
        *figures(rate, {"2021-M03": 73, "2022-M03": 76}, statistic="rate"),
        *figures(rate, {"2022-M03": 70}, statistic="rate", area="england"),
        *figures("looked_after_children", {"2022-M03": 82090}, area="england"),
    ]
    card = release(rows).card("through-care", "Looked after children")
    assert (card.value, card.unit, card.as_at) == ("891", "", "31 March 2022")
    assert card.change == "Up 32 from 859, 31 March 2021"
    assert [(each.role, each.name, each.text) for each in card.beside] == [
        (Role.ENGLAND, "England, per 10,000, Mar 2022", "70")
    ]
    assert card.way == "76 per 10,000 here. For context only."
    assert card.trend == (819.0, 859.0, 891.0)


def test_a_percentage_has_its_sign_apart_and_changes_in_points(release: Make, figures: Make) -> None:
    rows = figures("care_leavers_19_to_21_in_eet", {"2021-M03": 48, "2022-M03": 47}, statistic="percentage")
    card = release(rows).card("through-care", "Care leavers in work or learning")
    assert (card.value, card.unit) == ("47", "%")
    assert card.as_at == "Aged 19 to 21, 31 March 2022"
    assert card.change == "Down 1 point from 48%, 31 March 2021"
    assert card.way == "Higher is better."


def test_a_flow_of_a_year_says_which_year(release: Make, figures: Make) -> None:
    rows = figures("starts_to_be_looked_after", {"2020-21": 204, "2021-22": 212})
    card = release(rows).card("through-care", "Started to be looked after")
    assert card.as_at == "Year to 31 March 2022"
    assert card.change == "Up 8 from 204 in 2020/21"


def test_a_quarter_is_set_beside_the_same_quarter_of_the_year_before(release: Make, figures: Make) -> None:
    quarters = {"2020-21-Q4": 6000, "2021-22-Q3": 6500, "2021-22-Q4": 6100}
    rows = figures("contacts", quarters, basis="local")
    card = release(rows).card("front-door", "Contacts")
    assert card.as_at == "Q4 2021/22"
    assert card.change == "Up 100 from 6,000 in Q4 2020/21"


def test_choosing_a_year_shows_the_years_flow(release: Make, figures: Make) -> None:
    rows = figures("contacts", {"2021-22-Q4": 6100, "2021-22": 25000, "2020-21": 24000}, basis="local")
    card = release(rows).card("front-door", "Contacts", period="2021-22")
    assert (card.value, card.as_at) == ("25,000", "Year to 31 March 2022")


def test_a_hidden_value_hides_its_change_and_its_line(release: Make, figures: Make) -> None:
    rows = figures(
        "children_in_need",
        {"2021-M09": 31, "2021-M12": 30, "2022-M03": "[c]"},
        area="redditch",
        status="illustrative",
    )
    card = release(rows).card("children-in-need", "Children in need", area="redditch")
    assert (card.value, card.unit) == ("[c]", "")
    assert card.change == "Hidden, to protect young people’s identity. The change is hidden too."
    assert card.trend == ()
    assert [badge.mark for badge in card.badges] == [Mark.ILLUSTRATIVE]


def test_no_change_is_measured_from_a_hidden_figure(release: Make, figures: Make) -> None:
    rows = figures(
        "children_in_need", {"2021-M12": "[c]", "2022-M03": 31}, area="redditch", status="illustrative"
    )
    card = release(rows).card("children-in-need", "Children in need", area="redditch")
    assert card.change == "No earlier figure to measure a change from."
    assert card.trend == (None, 31.0)


def test_a_missing_value_says_when_it_was_last_known(release: Make, figures: Make) -> None:
    rows = [
        *figures("three_or_more_placements", {"2016-M03": 11}, statistic="percentage"),
        *figures("looked_after_children", {"2022-M03": 891}),
    ]
    card = release(rows).card("through-care", "Three or more placements in the year")
    assert card.value == "[x]"
    assert [(each.name, each.text) for each in card.beside] == [("Last known, 31 March 2016", "11%")]
    assert card.trend == ()


def test_a_measure_of_the_county_only_shows_the_countys_figure(release: Make, figures: Make) -> None:
    rows = figures("three_or_more_placements", {"2022-M03": 8}, statistic="percentage")
    card = release(rows).card("through-care", "Three or more placements in the year", area="redditch")
    assert card.value == "[z]"
    assert card.change == "Not counted by district."
    assert [(each.role, each.name, each.text) for each in card.beside] == [
        (Role.COUNTY, "Worcestershire, 31 March 2022", "8%")
    ]


def test_a_target_says_whether_it_is_met_but_not_of_a_simulated_figure(release: Make, figures: Make) -> None:
    values = {"2021-M03": 8, "2022-M03": 8}
    real = figures("three_or_more_placements", values, statistic="percentage")
    made_up = figures("three_or_more_placements", values, statistic="percentage", status="illustrative")
    title = "Three or more placements in the year"
    assert release(real, targets=True).card("through-care", title).beside[-1].text == "10%: met"
    assert release(made_up, targets=True).card("through-care", title).beside[-1].text == "10%"


def test_a_provisional_figure_has_its_badge(release: Make, figures: Make) -> None:
    rows = figures("looked_after_children", {"2022-M03": 891}, status="provisional")
    badges = release(rows).card("through-care", "Looked after children").badges
    assert [badge.text for badge in badges] == ["Provisional"]
    assert "March 2022" in badges[0].reason
