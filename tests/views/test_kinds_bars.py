"""Categories, districts, stacks, pairs and years side by side: what is drawn, hidden, said and kept out."""

from collections.abc import Callable
from typing import Any

from dashboard.views.build import panel_rows
from dashboard.views.shapes import Bar, Bars, Grouped, Mark, Panel, Role, Stacked

Make = Callable[..., Any]
PLACES = {"foster": 646, "with_parents": 44, "homes": 100, "residential_schools": "[c]", "other": "[c]"}
DISTRICTS = ("bromsgrove", "malvern-hills", "redditch", "worcester", "wychavon", "wyre-forest")


def bars_of(panel: Panel) -> Bars:
    assert isinstance(panel.picture, Bars)
    return panel.picture


def bar(panel: Panel, name: str) -> Bar:
    return next(each for each in bars_of(panel).bars if each.name.startswith(name))


def placements(figures: Make, whole: int, places: dict[str, Any], **fields: Any) -> list[Any]:
    rows = figures("looked_after_children", {"2022-M03": whole}, **fields)
    for category, value in places.items():
        rows += figures(
            "looked_after_children",
            {"2022-M03": value},
            characteristic="placement_group",
            category=category,
            **fields,
        )
    return list(rows)


def test_shares_are_made_of_released_counts_and_told_with_them(release: Make, figures: Make) -> None:
    rows = placements(figures, 891, PLACES)
    rows += placements(figures, 1000, {"foster": 700, "with_parents": 70, "homes": 90}, area="england")
    panel = release(rows).panel("through-care", "placement-types")
    foster = bar(panel, "Foster")
    assert (foster.value, foster.text, foster.comparator, foster.comparator_text) == (
        73.0,
        "73%",
        70.0,
        "70%",
    )
    assert foster.hover == "Foster placements: 73% (646 of 891); England 70%"
    assert bars_of(panel).comparator_heading == "England"
    assert panel.title == "Nearly three in four children live in foster placements"
    assert "Foster placements: 73% (646 of 891) at 31 March 2022; England 70%." in panel.summary


def test_a_hidden_category_keeps_its_name_and_has_no_length(release: Make, figures: Make) -> None:
    panel = release(placements(figures, 891, PLACES)).panel("through-care", "placement-types")
    hidden = bar(panel, "Residential schools")
    assert (hidden.value, hidden.text) == (None, "[c] hidden")
    assert "Residential schools and other placements are hidden" in panel.summary
    assert panel.table is not None
    assert [row for row in panel.table.rows if row[0] == "Residential schools"] == [
        ("Residential schools", "[c]", "[c]")
    ]


def test_no_largest_category_is_named_where_a_hidden_one_could_be_larger(
    release: Make, figures: Make
) -> None:
    places = {"foster": 400, "homes": "[c]", "other": "[c]"}
    panel = release(placements(figures, 891, places)).panel("through-care", "placement-types")
    assert panel.title == "Children in care, by placement, in the national groups"
    assert "400" not in panel.summary


def test_a_district_stands_beside_the_county_in_the_same_count(release: Make, figures: Make) -> None:
    rows = placements(figures, 100, {"foster": 80, "homes": 20}, area="redditch", status="illustrative")
    rows += placements(figures, 800, {"foster": 560, "homes": 240}, status="illustrative")
    panel = release(rows).panel("through-care", "placement-types", area="redditch")
    assert bar(panel, "Foster").comparator_text == "70%"
    assert bars_of(panel).comparator_role is Role.COUNTY
    assert [badge.mark for badge in panel.badges] == [Mark.ILLUSTRATIVE]


def test_counts_by_category_stand_beside_nobody(release: Make, figures: Make) -> None:
    rows = []
    for area, factor in (("worcestershire", 1), ("england", 90)):
        for category, value in {"under_1": 37, "aged_10_to_15": 338}.items():
            rows += figures(
                "looked_after_children",
                {"2022-M03": value * factor},
                characteristic="age_group",
                category=category,
                area=area,
            )
    panel = release(rows).panel("through-care", "age")
    assert all(each.comparator is None for each in bars_of(panel).bars)
    assert [each.text for each in bars_of(panel).bars] == ["37", "338"]


def test_the_file_of_a_share_has_the_count_and_the_share(release: Make, figures: Make) -> None:
    made = release(placements(figures, 891, {"foster": 646, "homes": "[c]"}))
    rows = panel_rows(made.store, made.select("through-care"), "placement-types")
    assert rows[0][:3] == ("Indicator", "Statistic", "Area")
    assert [(row[1], row[5], row[6], row[7]) for row in rows[1:]] == [
        ("count", "Foster placements", "646", ""),
        ("percentage", "Foster placements", "73%", ""),
        ("count", "Secure homes and children’s homes", "", "[c]"),
        ("percentage", "Secure homes and children’s homes", "", "[c]"),
    ]


def test_published_parts_are_never_filled_up_with_simulated_ones(release: Make, figures: Make) -> None:
    indicator = "supporting_families_first_outcomes"
    fields = {"statistic": "percentage", "characteristic": "family_outcome", "basis": "local"}
    rows = []
    for category, value in (("closed_successfully", 73), ("protection_plan", 22), ("looked_after", 4)):
        rows += figures(indicator, {"2021-22-Q4": value}, category=category, source="board", **fields)
    rows += figures(
        indicator,
        {"2021-22-Q4": 1},
        category="other",
        **{**fields, "status": "illustrative", "source": "simulation"},
    )
    rows += figures("looked_after_children", {"2022-M03": 891}, basis="local")
    panel = release(rows).panel("children-in-need", "family-outcomes")
    assert panel.badges == ()
    assert "The shares add up to 99%, as published." in panel.summary


# --- districts ------------------------------------------------------------------------------------


def districts(figures: Make, indicator: str, values: dict[str, Any], **fields: Any) -> list[Any]:
    usual = {"status": "illustrative"} | fields
    return [row for area, value in values.items() for row in figures(indicator, value, area=area, **usual)]


def test_districts_stand_in_order_of_name_with_the_county_apart(release: Make, figures: Make) -> None:
    values = {area: {"2022-M03": 30 + n} for n, area in enumerate(reversed(DISTRICTS))}
    values |= {"worcestershire": {"2022-M03": 33}}
    rows = districts(figures, "child_protection_plans", values, statistic="rate")
    panel = release(rows).panel("child-protection", "plans-by-district", area="redditch")
    names = [each.name for each in bars_of(panel).bars]
    by_name = ["Bromsgrove", "Malvern Hills", "Redditch", "Worcester", "Wychavon", "Wyre Forest"]
    assert names == [*by_name, "Worcestershire"]
    roles = {each.name: each.role for each in bars_of(panel).bars}
    assert roles["Redditch"] is Role.AREA
    assert roles["Worcester"] is Role.COUNTY
    assert bars_of(panel).bars[-1].apart
    assert "rank" not in repr(panel).lower()


def test_a_simulated_district_is_not_judged_beside_a_published_county(release: Make, figures: Make) -> None:
    values = {area: {"2022-M03": 30 + n} for n, area in enumerate(DISTRICTS)}
    rows = districts(figures, "child_protection_plans", values, statistic="rate")
    printed = {"statistic": "rate", "basis": "local", "status": "as_published", "source": "board"}
    county = figures("child_protection_plans", {"2022-M03": 29}, **printed)
    panel = release(rows, county).panel("child-protection", "plans-by-district", area="redditch")
    assert [each.name for each in bars_of(panel).bars][-1] == "Worcestershire"
    assert panel.title.endswith(f": {bar(panel, 'Redditch').text} in Redditch")
    alike = districts(
        figures, "child_protection_plans", {"worcestershire": {"2022-M03": 29}}, statistic="rate"
    )
    beside = release(rows, alike).panel("child-protection", "plans-by-district", area="redditch")
    assert beside.title != panel.title


def test_a_hidden_district_is_named_and_left_out_of_the_range(release: Make, figures: Make) -> None:
    values: dict[str, Any] = {area: {"2022-M03": 50 + n} for n, area in enumerate(DISTRICTS)}
    values["malvern-hills"] = {"2022-M03": "[c]"}
    values["outside-county"] = {"2022-M03": 241}
    rows = districts(figures, "looked_after_by_placement_district", values)
    panel = release(rows).panel("through-care", "placement-district")
    assert panel.title == "Children in care range from 50 in Bromsgrove to 55 in Wyre Forest"
    assert "Malvern Hills is hidden" in panel.summary
    assert "In no district: outside the county 241." in panel.summary
    assert bar(panel, "Outside").apart
    hidden = release(rows).panel("through-care", "placement-district", area="malvern-hills")
    assert hidden.title == "The number for Malvern Hills is hidden"


def test_all_bars_of_a_count_that_makes_up_the_county_are_the_countys(release: Make, figures: Make) -> None:
    values = {area: {"2022-M03": 50} for area in DISTRICTS}
    rows = districts(figures, "looked_after_by_placement_district", values)
    panel = release(rows).panel("through-care", "placement-district")
    assert {each.role for each in bars_of(panel).bars} == {Role.AREA}
    assert panel.title == "Children in care are level across the districts at 50"


# --- stacks ---------------------------------------------------------------------------------------


def plans(figures: Make, period: str, whole: int, parts: dict[str, Any]) -> list[Any]:
    rows = figures("child_protection_plans", {period: whole})
    for category, value in parts.items():
        rows += figures(
            "child_protection_plans", {period: value}, characteristic="category_of_abuse", category=category
        )
    return list(rows)


def stack_of(panel: Panel) -> Stacked:
    assert isinstance(panel.picture, Stacked)
    return panel.picture


def test_a_stack_has_its_layers_and_the_rest(release: Make, figures: Make) -> None:
    rows = plans(figures, "2021-M03", 400, {"neglect": 300, "emotional": 80, "physical": 12, "sexual": 8})
    rows += plans(figures, "2022-M03", 400, {"neglect": 260, "emotional": 100, "physical": 30, "sexual": 10})
    panel = release(rows).panel("child-protection", "categories")
    stack = stack_of(panel)
    assert stack.groups == ("2021", "2022")
    assert [(layer.name, layer.values) for layer in stack.layers] == [
        ("Neglect", (75.0, 65.0)),
        ("Emotional abuse", (20.0, 25.0)),
        ("All others", (5.0, 10.0)),
    ]
    assert stack.hidden == ()
    assert panel.title == "Neglect fell from 75% to 65%"


def test_the_rest_of_a_stack_is_never_what_would_tell_a_hidden_number(release: Make, figures: Make) -> None:
    rows = plans(
        figures, "2022-M03", 400, {"neglect": 300, "emotional": 80, "physical": "[c]", "sexual": "[c]"}
    )
    panel = release(rows).panel("child-protection", "categories")
    assert stack_of(panel).layers[-1].values == (None,)
    assert stack_of(panel).layers[-1].texts == ("[c]",)
    assert stack_of(panel).hidden == ("2022",)
    assert "'5%'" not in repr(panel)
    assert "'20'" not in repr(panel)


# --- pairs ----------------------------------------------------------------------------------------


def grouped_of(panel: Panel) -> Grouped:
    assert isinstance(panel.picture, Grouped)
    return panel.picture


def test_starts_and_ceases_stand_in_pairs(release: Make, figures: Make) -> None:
    rows = figures("starts_to_be_looked_after", {"2019-20": 220, "2020-21": 204, "2021-22": 212})
    rows += figures("ceases_to_be_looked_after", {"2019-20": 235, "2020-21": 170, "2021-22": 184})
    rows += figures("looked_after_children", {"2022-M03": 891})
    panel = release(rows).panel("through-care", "starts-and-ceases")
    picture = grouped_of(panel)
    assert picture.groups == ("2020", "2021", "2022")
    assert [column.hatched for column in picture.columns] == [False, True]
    assert picture.columns[0].values == (220.0, 204.0, 212.0)
    assert panel.title == "More children started than left in two of three years"
    assert panel.summary == "Coming into care 212, leaving care 184 in 2021/22: a difference of 28."


def test_many_quarters_become_years_so_that_pairs_can_be_read(release: Make, figures: Make) -> None:
    quarters = {f"20{y}-{y + 1}-Q{q}": 100 + q for y in (19, 20, 21) for q in (1, 2, 3, 4)}
    years = {"2019-20": 400, "2020-21": 410, "2021-22": 420}
    rows = []
    for indicator in ("children_in_need_started", "children_in_need_ended"):
        rows += figures(indicator, quarters | years, status="illustrative")
    made = release(rows)
    assert grouped_of(made.panel("children-in-need", "started-and-ended")).groups == ("2020", "2021", "2022")
    short = grouped_of(made.panel("children-in-need", "started-and-ended", range="1y"))
    assert short.groups == ("Q4 2020/21", "Q1 2021/22", "Q2 2021/22", "Q3 2021/22", "Q4 2021/22")


def test_a_hidden_flow_is_a_gap_in_its_pair(release: Make, figures: Make) -> None:
    rows = figures(
        "starts_to_be_looked_after", {"2020-21": "[c]", "2021-22": 30}, status="illustrative", area="redditch"
    )
    rows += figures(
        "ceases_to_be_looked_after", {"2020-21": 20, "2021-22": 21}, status="illustrative", area="redditch"
    )
    rows += figures("looked_after_children", {"2022-M03": 150}, status="illustrative", area="redditch")
    panel = release(rows).panel("through-care", "starts-and-ceases", area="redditch", period="2021-22")
    assert grouped_of(panel).columns[0].values == (None, 30.0)
    assert grouped_of(panel).columns[0].texts == ("[c]", "30")
    assert panel.title == "More children started than left in the one year shown"


# --- two years ------------------------------------------------------------------------------------


def test_this_years_quarters_stand_beside_last_years(release: Make, figures: Make) -> None:
    quarters = {f"2020-21-Q{q}": 100 for q in (1, 2, 3, 4)} | {f"2021-22-Q{q}": 100 + q for q in (1, 2, 3)}
    panel = release(figures("contacts", quarters, basis="local")).panel(
        "front-door", "contacts", period="2021-22-Q3"
    )
    picture = grouped_of(panel)
    assert picture.groups == ("Q1", "Q2", "Q3", "Q4")
    assert [(column.name, column.outline) for column in picture.columns] == [
        ("2020/21", True),
        ("2021/22", False),
    ]
    assert picture.columns[1].values == (101.0, 102.0, 103.0, None)
    assert panel.title == "More contacts than a year before in all three quarters"
    assert panel.summary == "103 in Q3 2021/22: up 3 from 100 in Q3 2020/21."


# --- several measures -----------------------------------------------------------------------------


def test_the_answers_of_a_survey_stand_side_by_side(release: Make, figures: Make) -> None:
    rows = []
    for name, value in (("supported", 84), ("listened_to", 84), ("workload_manageable", 65)):
        rows += figures(
            f"staff_survey_{name}", {"2021-M12": value}, statistic="percentage", basis="local", source="board"
        )
    panel = release(rows).panel("staffing", "survey")
    assert [each.text for each in bars_of(panel).bars] == ["84%", "84%", "65%"]
    assert panel.title == "Staff survey: lowest for workload manageable, 65%"
    assert panel.subtitle.endswith("December 2021, Worcestershire")
