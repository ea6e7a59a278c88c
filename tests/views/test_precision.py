"""Percentages that are not told exactly: always said to be so, and never reckoned with."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.indicators import load_indicators
from dashboard.page_parts import Line, Measure, PanelDeclaration, PanelKind, Wording
from dashboard.periods import Grain
from dashboard.settings import DATA
from dashboard.views.build import pages_of, panel_rows
from dashboard.views.kinds import areas
from dashboard.views.scene import Scene
from dashboard.views.shapes import Bars, Panel, Role, Trend
from dashboard.vocabulary import Basis, Statistic

Make = Callable[..., Any]
MEASURE = "care_leavers_19_to_21_in_suitable_accommodation"
RECKONED = re.compile(
    r"\b(rose|fell|up|down|stayed|highest|lowest|better|worse|than|level with|between|in (four|three|five)|"
    r"nearly|half|met|points?)\b",
    re.IGNORECASE,
)


def rough_rows(figures: Make) -> list[Any]:
    """A district whose figures are none of them exact, beside a county whose are."""
    usual = {"statistic": "percentage", "basis": "local", "status": "illustrative"}
    rows = []
    for period, (value, precision, base) in zip(
        ("2018-19", "2019-20", "2020-21", "2021-22"),
        ((80, "nearest_5", "20-39"), (85, "nearest_5", ""), (90, "above", ""), (95, "nearest_5", "40-59")),
        strict=True,
    ):
        at = f"20{period[-2:]}-M03"
        rows += figures(MEASURE, {at: value}, area="redditch", precision=precision, base=base, **usual)
    rows += figures(
        MEASURE, {f"{year}-M03": 80 + n for n, year in enumerate((2019, 2020, 2021, 2022))}, **usual
    )
    return rows


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    return release(rough_rows(figures), targets=True)


def find_trend(made: Any) -> Panel:
    page = made.page("through-care", area="redditch")
    return next(
        panel
        for panel in page.panels
        if isinstance(panel.picture, Trend) and any(line.rough for line in panel.picture.lines)
    )


def test_a_point_that_is_not_exact_is_drawn_hollow_with_its_words(made: Any) -> None:
    panel = find_trend(made)
    assert isinstance(panel.picture, Trend)
    area = next(line for line in panel.picture.lines if line.role is Role.AREA)
    assert area.y == (80.0, 85.0, 90.0, 95.0)
    assert area.rough == (0, 1, 2, 3)
    assert area.label == "Redditch about 95%"
    assert area.hover[0] == "Redditch about 80% of 20 to 39, 31 March 2019"
    assert area.hover[2] == "Redditch above 90%, 31 March 2021"


def test_words_say_what_it_is_and_what_about_means(made: Any) -> None:
    panel = find_trend(made)
    assert panel.title.endswith(": about 95% at 31 March 2022")
    assert panel.summary.startswith("About 95% (of 40 to 59) at 31 March 2022. Worcestershire 83%.")
    assert panel.summary.endswith(
        "Hollow marks are not exact: “about” is to the nearest 5% and “above” says no more than that, "
        "to protect young people’s identity."
    )
    assert panel.table is not None
    assert [row[1] for row in panel.table.rows] == [
        *("about 80% of 20 to 39", "about 85%", "above 90%", "about 95% of 40 to 59"),
    ]


def test_nothing_is_reckoned_from_it(made: Any) -> None:
    page = made.page("through-care", area="redditch")
    panel = find_trend(made)
    [card] = [card for card in page.cards if card.lead]
    headline = [row for group in made.page("at-a-glance", area="redditch").headlines for row in group.rows]
    rows = [row for row in headline if row.lead]
    assert rows
    told = panel.summary.partition("Hollow")[0].replace("Higher is better.", "")
    for said in (panel.title, told, card.change, *(row.change + row.verdict for row in rows)):
        assert not RECKONED.search(said), said
    assert card.trend == ()
    assert all(row.trend == () and row.position is None for row in rows)


def test_a_card_says_about_and_gives_no_change(made: Any) -> None:
    [card] = [card for card in made.page("through-care", area="redditch").cards if card.lead]
    assert (card.lead, card.value, card.unit) == ("about", "95", "%")
    assert card.change == (
        "Of 40 to 59. Not told exactly, to protect young people’s identity, so neither is the change."
    )


def test_an_exact_figure_is_not_set_against_one_that_is_not(release: Make, figures: Make) -> None:
    usual = {"statistic": "percentage", "basis": "local", "status": "illustrative"}
    rows = figures(MEASURE, {"2021-M03": 80}, area="redditch", precision="nearest_5", **usual)
    rows += figures(MEASURE, {"2022-M03": 70}, area="redditch", **usual)
    rows += figures(MEASURE, {"2022-M03": 85}, precision="nearest_5", **usual)
    page = release(rows).page("through-care", area="redditch")
    panel = next(each for each in page.panels if isinstance(each.picture, Trend))
    assert panel.summary.startswith("70% at 31 March 2022. Worcestershire about 85%.")
    assert "worse" not in panel.summary.replace("Higher is better.", "")


def test_a_file_has_columns_for_it_and_a_note(made: Any) -> None:
    panel = find_trend(made)
    heading, *rows = panel_rows(made.store, made.select("through-care", area="redditch"), panel.key)
    own = [dict(zip(heading, row, strict=True)) for row in rows if row[2] == "Redditch"]
    assert [(row["Value"], row["Precision"], row["Base"]) for row in own] == [
        ("about 80%", "to the nearest 5%", "20 to 39"),
        ("about 85%", "to the nearest 5%", ""),
        ("above 90%", "above", ""),
        ("about 95%", "to the nearest 5%", "40 to 59"),
    ]
    assert own[0]["Note"] == "“About” is to the nearest 5%, to protect young people’s identity."


def test_a_hidden_figure_has_its_reason_in_the_file(release: Make, figures: Make) -> None:
    rows = figures(MEASURE, {"2021-M03": "[c]", "2022-M03": 40}, statistic="percentage", basis="local")
    made = release(rows)
    page = made.page("through-care")
    panel = next(each for each in page.panels if isinstance(each.picture, Trend))
    first = panel_rows(made.store, made.select("through-care"), panel.key)[1]
    assert first[-1] == (
        "Not shown, to protect children’s identity: the number is below 10, or it would reveal one that is."
    )


def test_districts_that_are_not_all_exact_have_no_range(release: Make, figures: Make) -> None:
    districts = ("bromsgrove", "malvern-hills", "redditch", "worcester")
    usual = {"statistic": "percentage", "status": "illustrative"}
    rows = []
    for number, area in enumerate(districts):
        precision = "above" if area == "redditch" else ""
        value = 90 if area == "redditch" else 70 + number
        rows += figures(MEASURE, {"2022-M03": value}, area=area, precision=precision, **usual)
    made = release(rows)
    local = Line(Basis.LOCAL, Grain.QUARTER)
    measure = Measure(MEASURE, Statistic.PERCENTAGE, (local,))
    panel = PanelDeclaration("homes", PanelKind.AREAS, measure, Wording())
    scene = Scene(made.store, made.select("through-care"), made.store.areas.county)
    drawn = areas.draw(scene, panel)
    assert isinstance(drawn.picture, Bars)
    assert [(bar.text, bar.rough) for bar in drawn.picture.bars] == [
        *(("70%", False), ("71%", False), ("above 90%", True), ("73%", False)),
    ]
    assert "range" not in drawn.title
    assert (
        drawn.summary
        == "Hollow marks are not exact: “above” says no more than that, to protect young people’s identity."
    )


@pytest.mark.parametrize("period", ["2019-20-Q4", "2021-22-Q4", "2021-22"])
@pytest.mark.parametrize("area", ["redditch", "worcestershire"])
def test_no_text_of_any_page_makes_it_look_exact(
    release: Make, figures: Make, area: str, period: str
) -> None:
    told = {"nearest_5": 85, "above": 80, "below": 20}
    rows = []
    for indicator, declared in load_indicators(DATA).items():
        if "percentage" not in declared.statistics:
            continue
        for number, (precision, value) in enumerate(told.items()):
            for at in (
                f"20{20 + number}-M03",
                f"20{19 + number}-{20 + number}-Q4",
                f"20{19 + number}-{20 + number}",
            ):
                for where in ("redditch", "worcestershire"):
                    rows += figures(
                        indicator,
                        {at: value},
                        statistic="percentage",
                        area=where,
                        precision=precision,
                        status="illustrative",
                    )
    made = release(rows)
    looks_exact = re.compile(r"(?<!about )85%|(?<!above )80%|(?<!below )20%", re.IGNORECASE)
    seen = 0
    for key in pages_of(made.store):
        if key == "about":
            continue
        page = made.page(key, area=area, period=period)
        for panel in page.panels:
            shown = repr(
                (panel, panel_rows(made.store, made.select(key, area=area, period=period), panel.key))
            )
            assert not looks_exact.search(shown), panel.key
            seen += len(re.findall("(about|above|below) [82]", shown))
        assert all(card.lead for card in page.cards if card.value in {"85", "80", "20"})
        assert all(
            row.lead for group in page.headlines for row in group.rows if row.value in {"85%", "80%", "20%"}
        )
    assert seen > 100
