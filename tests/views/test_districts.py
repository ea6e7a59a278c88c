"""The page of districts: side by side in words and shade, where each lies, and two quarters' ends."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.views.build import pages_of
from dashboard.views.districts import Districts
from dashboard.views.shapes import Bars

Make = Callable[..., Any]
#: Of 60 care leavers each; the county has 58%, for which chance allows 44.52% to 69.57% (19 in 20) and
#: 37.18% to 76.35% (998 in 1,000).
IN_WORK = {"bromsgrove": 35, "malvern-hills": 42, "redditch": 48, "worcester": 24, "wychavon": 18}
WORDS = {
    "Bromsgrove": ("58%", "Within chance", 0),
    "Malvern Hills": ("70%", "Higher", 1),
    "Redditch": ("80%", "Much higher", 2),
    "Worcester": ("40%", "Lower", 1),
    "Wychavon": ("30%", "Much lower", 2),
    "Wyre Forest": ("[c]", "Hidden", 0),
}
LIVE = {
    "bromsgrove": (70, 71),
    "malvern-hills": (60, 58),
    "redditch": (108, 112),
    "worcester": (150, 148),
    "wychavon": (107, 109),
    "wyre-forest": (124, "[c]"),
    "outside-county": (236, 241),
}


@pytest.fixture
def county(release: Make, figures: Make) -> Any:
    made_up: dict[str, Any] = {"status": "illustrative"}
    work: dict[str, Any] = made_up | {"statistic": "percentage"}
    rows = figures("care_leavers_in_eet", {"2022-M03": 58}, numerator=348, denominator=600, **work)
    for area, number in IN_WORK.items():
        share = {"2022-M03": round(100 * number / 60)}
        rows += figures("care_leavers_in_eet", share, area=area, numerator=number, denominator=60, **work)
    rows += figures("care_leavers_in_eet", {"2022-M03": "[c]"}, area="wyre-forest", **work)
    for area, (before, now) in LIVE.items():
        places = {"2021-M12": before, "2022-M03": now}
        rows += figures("looked_after_by_placement_district", places, area=area, **made_up)
    return release(rows)


def districts_of(county: Any, **given: object) -> Districts:
    found = county.page("districts", **given).districts
    assert isinstance(found, Districts)
    return found


def test_a_district_stands_beside_the_county_in_a_word_and_a_shade(county: Any) -> None:
    heat = districts_of(county).heat
    assert heat is not None
    (row,) = heat.rows
    assert row.link.text == "In work or learning, all ages"
    told = dict(zip(heat.columns, ((cell.text, cell.word, cell.shade) for cell in row.cells), strict=True))
    assert told == WORDS
    assert row.county == "58%"
    assert [badge.text for badge in heat.badges] == ["Illustrative"]


def test_districts_stand_in_the_order_of_the_alphabet_whatever_their_figures(county: Any) -> None:
    heat = districts_of(county, area="redditch").heat
    assert heat is not None
    assert heat.columns == tuple(sorted(WORDS))
    assert heat.strong == 2


def test_there_is_a_page_for_each_district_and_the_area_decides_which(county: Any) -> None:
    assert county.select("districts/redditch").area == "redditch"
    assert county.select("districts", area="wychavon").page == "districts/wychavon"
    assert county.select("districts/redditch", area="wychavon").page == "districts/wychavon"
    assert county.select("districts/redditch", area="worcestershire").page == "districts"
    page = county.page("districts/redditch")
    assert page.title == "Redditch"
    assert page.address.startswith("/districts/redditch?area=redditch&")
    assert [tab.text for tab in page.tabs if tab.current] == ["Districts"]
    assert sum(tab.text == "Redditch" for tab in page.tabs) == 0


def test_tiles_lie_roughly_where_the_districts_do_and_lead_to_their_pages(county: Any) -> None:
    tiles = districts_of(county, area="redditch").tiles
    assert tiles is not None
    north, south = tiles.rows
    assert [tile.name for tile in north] == ["Wyre Forest", "Bromsgrove", "Redditch"]
    assert [tile.name for tile in south] == ["Malvern Hills", "Worcester", "Wychavon"]
    assert [(tile.text, tile.trend) for tile in north] == [
        ("[c]", (124.0, None)),
        ("71", (70.0, 71.0)),
        ("112", (108.0, 112.0)),
    ]
    assert [tile.chosen for tile in north] == [False, False, True]
    assert north[2].href.startswith("/districts/redditch?")


def test_the_map_shows_where_a_district_lies_and_carries_no_figures(county: Any) -> None:
    locator = districts_of(county, area="redditch").locator
    assert locator is not None
    assert (locator.chosen, locator.text) == ("redditch", "Redditch in Worcestershire")
    assert len(locator.outlines) == 6
    whole = districts_of(county).locator
    assert whole is not None
    assert whole.chosen == ""


def test_two_quarters_ends_stand_side_by_side_with_those_elsewhere_kept_apart(county: Any) -> None:
    panel = county.panel("districts/redditch", "placed-here")
    assert isinstance(panel.picture, Bars)
    told = [
        (bar.name, bar.value, bar.comparator, bar.comparator_text, bar.apart) for bar in panel.picture.bars
    ]
    assert told[2] == ("Redditch", 112.0, 108.0, "108", False)
    assert told[5] == ("Wyre Forest", None, 124.0, "124", False)
    assert told[6] == ("Outside the county", 241.0, 236.0, "236", True)
    assert (panel.picture.heading, panel.picture.comparator_heading) == ("Mar 2022", "Dec 2021")
    assert panel.title == "More children live in Redditch than a quarter before"
    assert panel.summary.startswith("Redditch: 112, up 4 from 108 at 31 December 2021.")
    assert panel.table is not None
    assert ("Outside the county", "236", "241") in panel.table.rows


def test_one_sentence_answers_whether_a_district_is_different(county: Any) -> None:
    panel = county.panel("districts/bromsgrove", "care-leavers-chance")
    assert panel.title == "Bromsgrove is no different from the county on this"
    assert panel.summary.startswith("With 60 young people, 58% could be 45% to 70% by chance alone.")
    assert county.panel("districts/redditch", "care-leavers-chance").title == (
        "Redditch is much higher than chance explains"
    )


def test_every_district_page_and_period_says_something_in_every_panel(county: Any) -> None:
    for key in [key for key in pages_of(county.store) if key.startswith("districts")]:
        for period in ("2021-22-Q4", "2021-22", "2019-20"):
            for panel in county.page(key, period=period).panels:
                assert (panel.picture is None) != (panel.empty is None)
                assert panel.title
