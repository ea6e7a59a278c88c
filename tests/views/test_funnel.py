"""`dashboard.views.kinds.funnel`: districts beside the range that chance allows for their size."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.page_parts import Line
from dashboard.periods import Grain
from dashboard.protection import TableDesign
from dashboard.statistics.funnel import FunnelState
from dashboard.views.build import panel_rows
from dashboard.views.explore import key_of
from dashboard.views.kinds.areas import Place
from dashboard.views.kinds.funnel import find_funnel, say_place
from dashboard.views.pictures import Funnel
from dashboard.views.shapes import Bars, Panel, Role
from dashboard.vocabulary import Basis, Statistic
from tests.views.charting import PERCENTAGE, PRINTED, SIMULATED

Make = Callable[..., Any]
TOUCH, AT = "care_leavers_in_touch", "2022-M03"
#: What each percentage is of. Round 58% exact binomial limits, as Spiegelhalter interpolates them, are
#: of 30 from 38.26 to 73.70; of 60 from 44.52 to 69.57, the outer ones 37.18 to 76.35; of 100 from 47.74
#: to 67.09, the outer ones 42.10 to 72.49.
DISTRICTS = {"redditch": (12, 30), "worcester": (42, 60), "wychavon": (42, 100)}
RANKING = re.compile(
    r"\b(rank|highest|lowest|best|worst|top|bottom|first|last|second|third|fourth|fifth|sixth|\d(st|nd|rd|th))\b",
    re.IGNORECASE,
)


def chance(made: Any, indicator: str = TOUCH, **given: object) -> Panel:
    panel: Panel = made.panel(key_of(indicator), "chance", **given)
    return panel


def funnel_of(panel: Panel) -> Funnel:
    assert isinstance(panel.picture, Funnel)
    return panel.picture


def rows_of(panel: Panel) -> dict[str, tuple[str, ...]]:
    assert panel.table is not None
    return {row[0]: row[1:] for row in panel.table.rows}


def share(figures: Make, area: str, top: float, base: float, **fields: object) -> list[Any]:
    usual = {"area": area, "numerator": top, "denominator": base, **PERCENTAGE, **SIMULATED}
    return list(figures(TOUCH, {AT: round(100 * top / base)}, **{**usual, **fields}))


@pytest.fixture
def rows(figures: Make) -> list[Any]:
    """Three districts whose figures are told, one that is hidden, one rounded; the sixth is not held."""
    made = share(figures, "worcestershire", 290, 500)
    for area, parts in DISTRICTS.items():
        made += share(figures, area, *parts)
    made += figures(TOUCH, {AT: "[c]"}, area="malvern-hills", **PERCENTAGE, **SIMULATED)
    made += figures(TOUCH, {AT: 90}, area="bromsgrove", precision="above", **PERCENTAGE, **SIMULATED)
    return made


# --- of the county ----------------------------------------------------------------------------------


def test_the_range_of_the_smallest_district_is_said(release: Make, rows: list[Any]) -> None:
    panel = chance(release(rows))
    assert panel.summary.startswith(
        "In Redditch, with 30 young people, 58% could be 38% to 74% by chance alone. "
        "1 of the 3 districts shown is inside that range for their size."
    )


def test_hidden_and_rounded_districts_are_not_plotted_and_are_named_as_not_judged(
    release: Make, rows: list[Any]
) -> None:
    panel = chance(release(rows))
    assert {dot.name for dot in funnel_of(panel).dots} == {"Redditch", "Worcester", "Wychavon"}
    assert panel.summary.endswith(
        "Not judged, being hidden or not told exactly: Bromsgrove and Malvern Hills."
    )
    assert rows_of(panel)["Malvern Hills"] == ("[c]", "–", "–", "Not judged")
    assert rows_of(panel)["Bromsgrove"] == ("above 90%", "–", "–", "Not judged")
    assert "Wyre Forest" not in repr(panel)


def test_the_table_holds_each_districts_range_and_what_that_says(release: Make, rows: list[Any]) -> None:
    panel = chance(release(rows))
    assert panel.table is not None
    assert panel.table.columns == (
        *("Area", "Figure", "Out of", "Chance allows (19 in 20)", "Beside the county"),
    )
    told = rows_of(panel)
    assert told["Redditch"] == ("40%", "30", "38% to 74%", "Within chance")
    assert told["Worcester"] == ("70%", "60", "45% to 70%", "Higher")  # 70 is over 69.57
    assert told["Wychavon"] == ("42%", "100", "48% to 67%", "Much lower")  # 42 is under 42.10
    assert panel.title == "Care leavers in touch: Worcester and Wychavon differ from the county"


def test_where_none_differs_that_is_the_title(release: Make, figures: Make) -> None:
    made = release(share(figures, "worcestershire", 290, 500), share(figures, "redditch", 12, 30))
    panel = chance(made)
    assert panel.title == "Care leavers in touch: the districts differ no more than chance allows"
    assert "The one district shown is inside that range for its size." in panel.summary


def test_nothing_is_ranked(release: Make, rows: list[Any]) -> None:
    for area in ("worcestershire", "redditch", "worcester"):
        panel = chance(release(rows), area=area)
        hovers = [dot.hover for dot in funnel_of(panel).dots]
        said = [panel.title, panel.subtitle, panel.summary, *hovers, *map(repr, rows_of(panel).items())]
        assert not [text for text in said if RANKING.search(text)]
        assert list(rows_of(panel)) == sorted(rows_of(panel))  # by name
        assert "Places are not ranked." in panel.rules


def test_dots_stand_at_their_size_and_figure_and_the_limits_at_theirs(release: Make, rows: list[Any]) -> None:
    picture = funnel_of(chance(release(rows)))
    redditch = next(dot for dot in picture.dots if dot.name == "Redditch")
    assert (redditch.x, redditch.y) == (30, 40)
    assert redditch.hover == "Redditch 40% (12 of 30), within chance, 31 March 2022"
    assert {dot.role for dot in picture.dots} == {Role.COUNTY}
    assert (picture.centre, picture.centre_label) == (58, "Worcestershire 58%")
    assert picture.across == "Care leavers open for services"
    inner, outer = picture.curves
    assert (inner.name, outer.name, outer.dashed) == ("19 in 20", "998 in 1,000", True)
    place = inner.x.index(60)
    assert inner.lower[place] == pytest.approx(44.52, abs=0.005)
    assert inner.upper[place] == pytest.approx(69.57, abs=0.005)
    assert outer.lower[place] == pytest.approx(37.18, abs=0.005)
    assert outer.upper[place] == pytest.approx(76.35, abs=0.005)


def test_each_district_is_said_to_be_part_of_the_whole_and_how_the_limits_came_about(
    release: Make, rows: list[Any]
) -> None:
    rules = chance(release(rows)).rules
    assert rules.startswith("Each place is part of the whole that it is compared with.")
    assert "Funnel with exact binomial limits" in rules


def test_the_file_holds_every_district_and_the_county(release: Make, rows: list[Any]) -> None:
    made = release(rows)
    heading, *cells = panel_rows(made.store, made.select(key_of(TOUCH)), "chance")
    area, value, symbol = (heading.index(name) for name in ("Area", "Value", "Symbol"))
    assert [(row[area], row[value], row[symbol]) for row in cells] == [
        ("Bromsgrove", "above 90%", ""),
        ("Malvern Hills", "", "[c]"),
        ("Redditch", "40%", ""),
        ("Worcester", "70%", ""),
        ("Wychavon", "42%", ""),
        ("Worcestershire", "58%", ""),
    ]


# --- of a district ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "title", "summary"),
    [
        (
            "redditch",
            "Redditch is no different from the county on this",
            "With 30 young people, 58% could be 38% to 74% by chance alone. Redditch: 40% (12 of 30). ",
        ),
        (
            "worcester",
            "Worcester is higher than chance explains",
            "With 60 young people, 58% could be 45% to 70% by chance alone. Worcester: 70% (42 of 60). ",
        ),
        (
            "wychavon",
            "Wychavon is much lower than chance explains",
            "With 100 young people, 58% could be 48% to 67% by chance alone. Wychavon: 42% (42 of 100). ",
        ),
    ],
)
def test_of_a_district_its_own_range_is_said(
    release: Make, rows: list[Any], area: str, title: str, summary: str
) -> None:
    panel = chance(release(rows), area=area)
    assert panel.title == title
    assert panel.summary.startswith(summary)
    chosen = [dot for dot in funnel_of(panel).dots if dot.role is Role.AREA]
    assert [dot.name.lower() for dot in chosen] == [area]
    assert chosen[0].label == f"{chosen[0].name} {chosen[0].y:.0f}%"


def test_a_figure_has_as_many_decimals_as_it_has_elsewhere(release: Make, figures: Make) -> None:
    made = release(
        share(figures, "worcestershire", 290, 500),
        figures(
            TOUCH, {AT: 41.2}, area="redditch", numerator=35.0, denominator=85.0, **PERCENTAGE, **SIMULATED
        ),
    )
    panel = chance(made, area="redditch")
    assert " Redditch: 41.2% (35 of 85). " in panel.summary
    (dot,) = funnel_of(panel).dots
    assert dot.label == "Redditch 41.2%"
    assert dot.hover.startswith("Redditch 41.2% (35 of 85), ")
    assert rows_of(panel)["Redditch"][0] == "41.2%"


def test_of_a_hidden_district_nothing_is_said_but_that_it_is_not_judged(
    release: Make, rows: list[Any]
) -> None:
    panel = chance(release(rows), area="malvern-hills")
    assert "Malvern Hills" not in panel.title
    assert panel.summary.count("Malvern Hills") == 1
    assert all(dot.role is Role.COUNTY for dot in funnel_of(panel).dots)


# --- rates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "value", "here", "said", "span"),
    [
        # twenty expected of 10,000: exact Poisson limits from 11.21 to 28.75
        ("2021-22", "20.0", "15.0", "20.0 could be 11 to 29", "11 to 29"),
        # and of a quarter four times that
        ("2021-22-Q4", "80.0", "60.0", "80.0 could be 45 to 115", "45 to 115"),
    ],
)
def test_a_rate_is_of_children_and_of_a_whole_year(
    release: Make, figures: Make, period: str, value: str, here: str, said: str, span: str
) -> None:
    usual = {"statistic": "rate", **SIMULATED}
    made = release(
        figures("contacts_rate", {period: value}, numerator=200.0, denominator=100_000.0, **usual),
        figures(
            "contacts_rate", {period: here}, area="redditch", numerator=15.0, denominator=10_000.0, **usual
        ),
    )
    panel = chance(made, "contacts_rate", area="redditch")
    assert panel.summary.startswith(f"With 10,000 children, {said} by chance alone. Redditch: ")
    assert rows_of(panel)["Redditch"] == (here, "10,000", span, "Within chance")
    (dot,) = funnel_of(panel).dots
    assert dot.y == float(here)
    assert "exact Poisson limits" in panel.rules
    assert funnel_of(panel).centre == float(value)


# --- where nothing is judged ------------------------------------------------------------------------


def test_simulated_districts_are_not_judged_beside_a_published_county(
    release: Make, rows: list[Any], figures: Make
) -> None:
    rows = [row for row in rows if row["area"] != "worcestershire"]
    panel = chance(release(rows, share(figures, "worcestershire", 290, 500, **PRINTED)))
    assert panel.picture is None
    assert panel.empty is not None
    assert panel.empty.reason.startswith("The districts’ figures are simulated and the county’s is published")
    assert panel.table is None


def test_where_no_district_is_told_exactly_the_reason_stands_there(release: Make, figures: Make) -> None:
    made = release(
        share(figures, "worcestershire", 290, 500),
        figures(TOUCH, {AT: 90}, area="redditch", precision="above", **PERCENTAGE, **SIMULATED),
    )
    panel = chance(made)
    assert panel.title == "Care leavers in touch: not judged beside the county"
    assert panel.empty is not None
    assert panel.empty.reason.startswith("The districts’ figures are hidden or not told exactly")


def test_where_the_county_is_not_told_exactly_nothing_is_judged(release: Make, figures: Make) -> None:
    made = release(
        figures(TOUCH, {AT: 60}, precision="nearest_5", **PERCENTAGE, **SIMULATED),
        share(figures, "redditch", 12, 30),
    )
    assert chance(made).picture is None


def test_where_districts_are_withheld_the_county_stands_there(release: Make, figures: Make) -> None:
    rows = figures("referrals_rate", {"2021-22": 300}, statistic="rate", **SIMULATED)
    design = TableDesign("referrals_rate", "rate", "local", "", None)
    panel = chance(release(rows, tables=[design]), "referrals_rate", period="2021-22")
    assert panel.title.endswith("too few children to show by district")
    assert isinstance(panel.picture, Bars)


def test_only_shares_and_rates_have_limits_of_chance(release: Make, rows: list[Any]) -> None:
    made = release(rows)
    line = Line(Basis.LOCAL, Grain.MONTH)
    held = made.store.series(TOUCH, "percentage", "worcestershire", line.basis, line.grain)
    county = Place(made.store.areas.county, next(iter(held)), 58.0, "58%")
    assert find_funnel([county], county, Statistic.DAYS) is None
    found = find_funnel([county], county, Statistic.PERCENTAGE)
    assert found is not None
    assert found.centre == 58


def test_every_state_has_words() -> None:
    assert {say_place(state) for state in FunnelState} == {
        *("Within chance", "Higher", "Much higher", "Lower", "Much lower")
    }
