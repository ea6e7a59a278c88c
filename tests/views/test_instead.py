"""What a district's page shows of a table that is released in longer periods, merged, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from dashboard.characteristics import Merged
from dashboard.periods import Grain
from dashboard.protection import TableDesign
from dashboard.views.build import panel_rows
from dashboard.views.shapes import Bars, Grouped, Panel, Role, Stacked, Trend

Make = Callable[..., Any]
SIMULATED = {"status": "illustrative"}
SAID = "Too few children to show Redditch alone. This is Worcestershire."


def design(indicator: str, grain: Grain | None, characteristic: str = "", **more: Any) -> TableDesign:
    return TableDesign(indicator, more.pop("statistic", "count"), "local", characteristic, grain, **more)


def by_category(figures: Make, period: str, parts: dict[str, Any], **fields: Any) -> list[Any]:
    indicator, characteristic = "child_protection_plans", "category_of_abuse"
    rows = figures(indicator, {period: sum(parts.values())}, **SIMULATED, **fields)
    for category, value in parts.items():
        rows += figures(
            indicator,
            {period: value},
            characteristic=characteristic,
            category=category,
            **SIMULATED,
            **fields,
        )
    return list(rows)


def line_of(panel: Panel, role: Role) -> Any:
    assert isinstance(panel.picture, Trend)
    return next(line for line in panel.picture.lines if line.role is role)


# --- longer periods -------------------------------------------------------------------------------


def test_a_flow_that_is_only_held_by_year_is_shown_by_year(release: Make, figures: Make) -> None:
    years = {"2019-20": 30, "2020-21": 33, "2021-22": 41}
    rows = figures("referrals", years, area="redditch", **SIMULATED)
    made = release(rows, figures("referrals", {"2021-22-Q4": 400}, **SIMULATED))
    panels = made.page("front-door", area="redditch").panels
    panel = next(each for each in panels if isinstance(each.picture, Trend))
    assert line_of(panel, Role.AREA).y == (30.0, 33.0, 41.0)
    assert "years ending 31 March: by quarter most numbers would be too small to show" in panel.subtitle


def test_a_number_at_a_date_that_is_only_held_in_march_is_a_year_apart(release: Make, figures: Make) -> None:
    march = {"2020-M03": 30, "2021-M03": 33, "2022-M03": 41}
    made = release(figures("children_in_need", march, area="redditch", **SIMULATED))
    panel = made.panel("children-in-need", "number", area="redditch", period="2021-22-Q4")
    line = line_of(panel, Role.AREA)
    assert line.y == (30.0, 33.0, 41.0)
    assert "at 31 March: by quarter most numbers would be too small to show, Redditch" in panel.subtitle
    later = made.panel("children-in-need", "number", area="redditch", period="2021-22-Q2")
    assert line_of(later, Role.AREA).y == (30.0, 33.0)


def test_categories_held_by_year_are_those_of_the_latest_year(release: Make, figures: Make) -> None:
    rows = []
    for area in ("worcestershire", "redditch"):
        for period, value in {"2021-M03": 30, "2021-M09": 31, "2022-M03": 40}.items():
            if area == "redditch" and period == "2021-M09":
                continue
            for category in ("under_1", "aged_10_to_15"):
                rows += figures(
                    "looked_after_children",
                    {period: value},
                    characteristic="age_group",
                    category=category,
                    area=area,
                    **SIMULATED,
                )
    made = release(rows, tables=[design("looked_after_children", Grain.YEAR, "age_group")])
    panel = made.panel("through-care", "age", area="redditch", period="2021-22-Q2")
    assert "31 March 2021, by year: by quarter most numbers would be too small to show" in panel.subtitle
    county = made.panel("through-care", "age", period="2021-22-Q2")
    assert "30 September 2021, Worcestershire" in county.subtitle


# --- merged categories ----------------------------------------------------------------------------


def merge(made: Any) -> Any:
    """The release with a level of the category of abuse that puts all but neglect together."""
    characteristics = dict(made.store.characteristics)
    merged = Merged("other_abuse", "Another kind of abuse", ("emotional", "physical", "sexual", "multiple"))
    own = characteristics["category_of_abuse"]
    characteristics["category_of_abuse"] = replace(own, coarser=((merged,),))
    made.store.characteristics = MappingProxyType(characteristics)
    return made


def test_a_stack_of_merged_categories_has_their_titles(release: Make, figures: Make) -> None:
    rows = by_category(figures, "2021-M03", {"neglect": 40, "other_abuse": 20}, area="redditch")
    rows += by_category(figures, "2022-M03", {"neglect": 45, "other_abuse": 30}, area="redditch")
    county = {
        "neglect": 400,
        "emotional": 90,
        "physical": 10,
        "sexual": 50,
        "multiple": 50,
        "other_abuse": 200,
    }
    rows += by_category(figures, "2022-M03", county)
    made = merge(release(rows))
    panel = made.panel("child-protection", "categories", area="redditch")
    assert isinstance(panel.picture, Stacked)
    assert panel.picture.hidden == ()
    assert [(layer.name, layer.texts) for layer in panel.picture.layers] == [
        ("Neglect", ("67%", "60%")),
        ("Another kind of abuse", ("33%", "40%")),
    ]
    assert "Some categories are put together: each alone has too few children." in panel.summary
    own = made.panel("child-protection", "categories")
    assert "put together" not in own.summary
    cells = panel_rows(made.store, made.select("child-protection"), "categories")
    assert "Another kind of abuse" not in {row[5] for row in cells}


# --- the county in the place of a district ----------------------------------------------------------


def test_the_county_stands_in_and_is_never_the_district(release: Make, figures: Make) -> None:
    rows = figures("children_in_need", {"2021-M03": 1700, "2022-M03": 1774}, **SIMULATED)
    made = release(rows, tables=[design("children_in_need", None)])
    panel = made.panel("children-in-need", "number", area="redditch")
    assert panel.title == "Children in need: too few children to show Redditch alone"
    assert panel.subtitle.startswith("This is Worcestershire: ")
    assert panel.summary.startswith(SAID)
    assert panel.table is not None
    assert panel.table.caption.startswith(SAID)
    assert panel.table.strong is None
    assert isinstance(panel.picture, Trend)
    assert Role.AREA not in {line.role for line in panel.picture.lines}
    heading, *cells = panel_rows(made.store, made.select("children-in-need", area="redditch"), "number")
    assert {row[2] for row in cells} == {"Worcestershire"}
    assert {row[heading.index("Note")] for row in cells} == {SAID}


def test_bars_and_columns_stand_in_with_the_countys_colour(release: Make, figures: Make) -> None:
    rows = figures("looked_after_children", {"2022-M03": 891}, **SIMULATED)
    for category in ("under_1", "aged_10_to_15"):
        rows += figures(
            "looked_after_children",
            {"2022-M03": 100},
            characteristic="age_group",
            category=category,
            **SIMULATED,
        )
    quarters = {"2020-21-Q4": 50, "2021-22-Q4": 60}
    rows += figures("initial_conferences", quarters, **SIMULATED)
    tables = [design("looked_after_children", None, "age_group"), design("initial_conferences", None)]
    made = release(rows, tables=tables)
    bars = made.panel("through-care", "age", area="redditch").picture
    assert isinstance(bars, Bars)
    assert {bar.role for bar in bars.bars} == {Role.COUNTY}
    columns = made.panel("child-protection", "conferences", area="redditch").picture
    assert isinstance(columns, Grouped)
    assert columns.role is Role.COUNTY


def test_a_card_says_that_there_are_too_few_and_names_the_countys_figure(
    release: Make, figures: Make
) -> None:
    rows = figures("children_in_need", {"2022-M03": 1774}, **SIMULATED)
    made = release(rows, tables=[design("children_in_need", None)])
    card = made.card("children-in-need", "Children in need", area="redditch")
    assert (card.value, card.change) == ("[c]", "Too few children to show Redditch alone.")
    assert [(each.role, each.name, each.text) for each in card.beside] == [
        (Role.COUNTY, "Worcestershire, 31 March 2022", "1,774")
    ]


def test_what_was_not_decided_to_be_withheld_is_missing_and_not_too_small(
    release: Make, figures: Make
) -> None:
    made = release(figures("children_in_need", {"2022-M03": 1774}, **SIMULATED))
    panel = made.panel("children-in-need", "number", area="redditch")
    assert panel.title == "Children in need: no figures for Redditch"
    assert panel.summary.startswith("No figures for Redditch. This is Worcestershire.")
    assert "Too few" not in repr(panel)


def test_what_is_held_at_another_time_is_not_replaced(release: Make, figures: Make) -> None:
    rows = figures("children_in_need", {"2022-M03": 1774, "2019-M03": 1700}, **SIMULATED)
    made = release(rows, figures("children_in_need", {"2022-M03": 90}, area="redditch", **SIMULATED))
    panel = made.panel("children-in-need", "number", area="redditch", period="2018-19-Q4")
    assert panel.empty is not None


def test_districts_that_cannot_be_shown_side_by_side_give_way_to_the_county(
    release: Make, figures: Make
) -> None:
    fields = {"statistic": "rate"}
    rows = figures("referrals_rate", {"2021-22": 300}, basis="local", **fields, **SIMULATED)
    rows += figures("referrals_rate", {"2021-22": 537}, area="england", **fields)
    tables = [design("referrals_rate", None, statistic="rate")]
    made = release(rows, tables=tables)
    for area, role in (("worcestershire", Role.AREA), ("redditch", Role.COUNTY)):
        panels = made.page("front-door", area=area, period="2021-22").panels
        panel = next(each for each in panels if each.title.endswith("too few children to show by district"))
        assert isinstance(panel.picture, Bars)
        assert panel.picture.bars[0].role is role
        assert panel.picture.bars[0].text == "300"
        assert panel.summary.startswith(
            "There are too few children in each district to show the districts side by side. "
            "This is Worcestershire as a whole."
        )
