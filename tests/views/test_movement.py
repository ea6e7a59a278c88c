"""`dashboard.views.kinds.movement` and `moves`: what a change is made of, in numbers that add up."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.build import panel_rows
from dashboard.views.explore import key_of
from dashboard.views.moves import spread
from dashboard.views.shapes import Bars, Panel
from tests.views.charting import PERCENTAGE, PRINTED, SIMULATED, months

Make = Callable[..., Any]
Ends = tuple[object, object]
YEAR = ("2021-M03", "2022-M03")
NEED, TOUCH, IN_CARE = "children_in_need", "care_leavers_in_touch", "looked_after_children"


def moved(made: Any, indicator: str, **given: object) -> Panel:
    panel: Panel = made.panel(key_of(indicator), "moved", **{"range": "1y", **given})
    return panel


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-").rstrip("%"))


def rows_of(panel: Panel) -> tuple[tuple[str, ...], ...]:
    assert panel.table is not None
    return panel.table.rows


def adds_up(panel: Panel) -> bool:
    """Whether every printed column of changes comes to what is printed under it."""
    *parts, whole = rows_of(panel)
    return all(
        sum(number(row[column]) for row in parts) == number(whole[column]) for column in range(3, len(whole))
    )


def counts(figures: Make, values: Mapping[str, Ends], indicator: str = NEED, **fields: object) -> list[Any]:
    """Rows of a count by area, at the end of March 2021 and 2022."""
    return [
        row
        for area, ends in values.items()
        for row in figures(
            indicator, dict(zip(YEAR, ends, strict=True)), area=area, **{**SIMULATED, **fields}
        )
    ]


def shares(figures: Make, values: Mapping[str, tuple[tuple[int, int], tuple[int, int]]]) -> list[Any]:
    """Rows of a percentage by area, each end so many of so many; printed to the whole per cent."""
    return [
        row
        for area, ends in values.items()
        for month, (top, base) in zip(YEAR, ends, strict=True)
        for row in figures(
            TOUCH,
            {month: round(100 * top / base)},
            area=area,
            numerator=top,
            denominator=base,
            **PERCENTAGE,
            **SIMULATED,
        )
    ]


# --- counts -----------------------------------------------------------------------------------------


def test_a_count_is_split_by_district(release: Make, figures: Make) -> None:
    values = {"worcestershire": (1700, 1774), "redditch": (300, 350), "worcester": (500, 490)}
    panel = moved(release(counts(figures, {**values, "wychavon": (900, 934)})), NEED)
    assert panel.title == "Children in need rose from 1,700 to 1,774, most of it in Redditch"
    assert panel.subtitle == "Change by district, 31 March 2021 to 31 March 2022, Worcestershire"
    assert panel.table is not None
    assert panel.table.columns == ("District", "31 March 2021", "31 March 2022", "Part of the change")
    assert rows_of(panel) == (
        ("Redditch", "300", "350", "+50"),
        ("Worcester", "500", "490", "−10"),
        ("Wychavon", "900", "934", "+34"),
        ("All", "1,700", "1,774", "+74"),
    )
    assert panel.summary == "The change of +74 is made of: Redditch +50; Worcester −10; Wychavon +34."
    assert adds_up(panel)


def test_each_part_is_a_bar_to_its_side_of_zero(release: Make, figures: Make) -> None:
    values = {"worcestershire": (800, 840), "redditch": (300, 350), "worcester": (500, 490)}
    panel = moved(release(counts(figures, values)), NEED)
    assert isinstance(panel.picture, Bars)
    assert [(bar.name, bar.value, bar.text, bar.hover) for bar in panel.picture.bars] == [
        ("Redditch", 50.0, "+50", "Redditch: +50 of the change"),
        ("Worcester", -10.0, "−10", "Worcester: −10 of the change"),
    ]


def test_parts_with_a_hidden_number_are_one_row_together(release: Make, figures: Make) -> None:
    values = {
        "worcestershire": (100, 120),
        "bromsgrove": (40, 45),
        "malvern-hills": ("[c]", 12),
        "redditch": (30, 36),
        "worcester": (9, "[c]"),
        "wychavon": ("[c]", "[c]"),
    }
    panel = moved(release(counts(figures, values)), NEED)
    assert rows_of(panel) == (
        ("Bromsgrove", "40", "45", "+5"),
        ("Redditch", "30", "36", "+6"),
        ("Hidden parts together", "–", "–", "+9"),
        ("All", "100", "120", "+20"),
    )
    assert panel.summary.endswith("Parts of which a number is hidden are one bar together.")
    assert panel.title == "Children in need rose from 100 to 120"  # not: most of it in what is hidden
    assert adds_up(panel)


def test_what_is_in_no_part_that_is_shown_is_said(release: Make, figures: Make) -> None:
    values = {"worcestershire": (100, 120), "redditch": (30, 36), "worcester": (50, 55)}
    panel = moved(release(counts(figures, values)), NEED)
    assert rows_of(panel)[-2] == ("Not in any part shown", "–", "–", "+9")
    assert "hidden" not in panel.summary
    assert adds_up(panel)


def test_where_one_part_alone_is_known_nothing_is_split(release: Make, figures: Make) -> None:
    values = {"worcestershire": (100, 120), "redditch": (30, 36), "worcester": ("[c]", 55)}
    panel = moved(release(counts(figures, values)), NEED)
    assert panel.picture is None
    assert panel.empty is not None
    assert panel.empty.reason.startswith("Fewer than two of its parts are told exactly at both ends")


@pytest.mark.parametrize(
    ("redditch", "worcester", "said"),
    [
        ((300, 331), (500, 539), ", most of it in Worcester"),  # 39 of 70
        ((300, 335), (500, 535), ""),  # half each
        ((300, 250), (500, 620), ""),  # more than all of it, and the other takes it back
        ((300, 300), (500, 570), ", most of it in Worcester"),  # all of it
    ],
)
def test_most_of_a_change_is_more_than_half_and_no_more_than_all(
    release: Make, figures: Make, redditch: Ends, worcester: Ends, said: str
) -> None:
    values = {"worcestershire": (800, 870), "redditch": redditch, "worcester": worcester}
    panel = moved(release(counts(figures, values)), NEED)
    assert panel.title == f"Children in need rose from 800 to 870{said}"


def test_a_number_that_did_not_move_is_said_to_have_stayed(release: Make, figures: Make) -> None:
    values = {"worcestershire": (800, 800), "redditch": (300, 310), "worcester": (500, 490)}
    panel = moved(release(counts(figures, values)), NEED)
    assert panel.title == "Children in need stayed at 800"
    assert panel.summary == "The change of 0 is made of: Redditch +10; Worcester −10."


def test_a_district_is_split_by_who_the_children_are(release: Make, figures: Make) -> None:
    rows = counts(figures, {"redditch": (70, 61)}, IN_CARE)
    for category, ends in {
        "under_1": (10, 9),
        "aged_10_to_15": (20, 22),
        "aged_16_and_over": (40, 30),
    }.items():
        rows += counts(figures, {"redditch": ends}, IN_CARE, characteristic="age_group", category=category)
    made = release(rows)
    panel = moved(made, IN_CARE, area="redditch")
    assert panel.title == "Looked after children fell from 70 to 61"  # ten of nine
    assert panel.subtitle == "Change by age, 31 March 2021 to 31 March 2022, Redditch"
    assert rows_of(panel) == (
        ("Under 1", "10", "9", "−1"),
        ("10 to 15", "20", "22", "+2"),
        ("16 and over", "40", "30", "−10"),
        ("All", "70", "61", "−9"),
    )
    heading, *cells = panel_rows(
        made.store, made.select(key_of(IN_CARE), area="redditch", range="1y"), "moved"
    )
    area, category = heading.index("Area"), heading.index("Category")
    assert {row[area] for row in cells} == {"Redditch"}
    assert [row[category] for row in cells[::2]] == ["", "Under 1", "10 to 15", "16 and over"]


def test_a_category_is_named_in_quotes(release: Make, figures: Make) -> None:
    rows = counts(figures, {"worcestershire": (70, 61)}, IN_CARE)
    for category, ends in {"aged_10_to_15": (30, 28), "aged_16_and_over": (40, 33)}.items():
        rows += counts(
            figures, {"worcestershire": ends}, IN_CARE, characteristic="age_group", category=category
        )
    panel = moved(release(rows), IN_CARE)
    assert panel.title == "Looked after children fell from 70 to 61, most of it in “16 and over”"


# --- what started and what ended ---------------------------------------------------------------------

BY_DISTRICT = {"worcestershire": (1700, 1774), "redditch": (300, 350), "worcester": (1400, 1424)}
QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4")


def flows(figures: Make, started: tuple[object, ...], ended: tuple[object, ...]) -> list[Any]:
    before = {"2020-21-Q4": 999}  # of before the first end
    rows = figures(
        "children_in_need_started", before | dict(zip(QUARTERS, started, strict=True)), **SIMULATED
    )
    rows += figures("children_in_need_ended", before | dict(zip(QUARTERS, ended, strict=True)), **SIMULATED)
    return list(rows)


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ((80, 82, 84, 80), "400 started and 326 ended in between."),
        ((80, 80, 80, 80), "400 started and 320 ended in between; −6 is explained by neither."),
    ],
)
def test_how_many_started_and_ended_is_said(
    release: Make, figures: Make, ended: tuple[object, ...], said: str
) -> None:
    rows = counts(figures, BY_DISTRICT) + flows(figures, (100, 110, 90, 100), ended)
    panel = moved(release(rows), NEED)
    assert panel.summary.endswith(f"Worcester +24. {said}")


@pytest.mark.parametrize("missing", ["[c]", None])
def test_where_one_quarter_is_not_known_nothing_is_said_of_starts_and_ends(
    release: Make, figures: Make, missing: object
) -> None:
    rows = counts(figures, BY_DISTRICT) + flows(figures, (100, missing or 0, 90, 100), (80, 82, 84, 80))
    if missing is None:
        rows = [row for row in rows if (row["indicator"], row["period"]) != (f"{NEED}_started", QUARTERS[1])]
    assert "started" not in moved(release(rows), NEED).summary


# --- percentages ------------------------------------------------------------------------------------

TWO = {
    "worcestershire": ((60, 100), (70, 100)),
    "redditch": ((20, 40), (30, 50)),  # 50% to 60%, and from 40% of all to half
    "worcester": ((40, 60), (40, 50)),  # 66.7% to 80%
}


def test_a_percentage_is_split_in_two_columns(release: Make, figures: Make) -> None:
    panel = moved(release(shares(figures, TWO)), TOUCH)
    assert panel.table is not None
    assert panel.table.columns[3:] == ("Part of the change", "By its own percentage", "By its share of all")
    # Redditch: ten points times 45%, the mean of its shares: 4.5. It has ten hundredths more of all, of which
    # 65, the mean of both ends, would be in touch anyway: 10 more of a hundred are, less 4.5, less 6.5.
    # Worcester: 13.3 points times 55%: 7.3. None more of a hundred, less 7.3, plus 6.5.
    assert rows_of(panel) == (
        ("Redditch", "50.0%", "60.0%", "+3.5", "+4.5", "−1.0"),
        ("Worcester", "66.7%", "80.0%", "+6.5", "+7.3", "−0.8"),
        ("All", "60.0%", "70.0%", "+10.0", "+11.8", "−1.8"),
    )
    assert panel.summary == (
        "The change of +10.0 points is made of: Redditch +3.5; Worcester +6.5. +11.8 points come from "
        "percentages that changed, and −1.8 from more or fewer being counted where percentages are higher or "
        "lower."
    )
    assert adds_up(panel)


def test_parts_that_would_be_rounded_away_still_add_up(release: Make, figures: Make) -> None:
    third = ((10, 100), (11, 100))  # a third of a point of all each
    areas = dict.fromkeys(("bromsgrove", "redditch", "worcester"), third)
    panel = moved(release(shares(figures, {"worcestershire": ((30, 300), (33, 300)), **areas})), TOUCH)
    assert sorted(row[3] for row in rows_of(panel)[:-1]) == ["+0.3", "+0.3", "+0.4"]
    assert rows_of(panel)[-1][1:4] == ("10.0%", "11.0%", "+1.0")
    assert adds_up(panel)


def test_a_reader_who_subtracts_the_ends_gets_the_change(release: Make, figures: Make) -> None:
    values = {
        "worcestershire": ((351, 2000), (461, 2500)),  # 17.55 and 18.44: 18% and 18% elsewhere, 0.89 apart
        "redditch": ((151, 900), (211, 1100)),
        "worcester": ((200, 1100), (250, 1400)),
    }
    panel = moved(release(shares(figures, values)), TOUCH)
    assert rows_of(panel)[-1][1:4] == ("17.6%", "18.4%", "+0.8")
    assert panel.title.startswith("Care leavers in touch rose from 17.6% to 18.4%")
    assert adds_up(panel)


def test_hidden_and_rounded_percentages_are_one_row_together(release: Make, figures: Make) -> None:
    rows = shares(
        figures,
        {
            "worcestershire": ((120, 200), (150, 200)),
            "bromsgrove": ((30, 60), (40, 60)),
            "redditch": ((30, 50), (35, 50)),
        },
    )
    for area, value, precision in (("worcester", 90, "nearest_5"), ("wychavon", "[c]", "")):
        rows += figures(
            TOUCH, dict.fromkeys(YEAR, value), area=area, precision=precision, **PERCENTAGE, **SIMULATED
        )
    panel = moved(release(rows), TOUCH)
    assert [row[0] for row in rows_of(panel)] == ["Bromsgrove", "Redditch", "Hidden parts together", "All"]
    assert rows_of(panel)[2][:4] == ("Hidden parts together", "–", "–", "+7.5")  # 15 more of 200
    assert adds_up(panel)


def test_a_percentage_without_its_parts_is_not_split(release: Make, figures: Make) -> None:
    rows = []
    for area, ends in {"worcestershire": (60, 70), "redditch": (50, 60), "worcester": (67, 80)}.items():
        rows += figures(TOUCH, dict(zip(YEAR, ends, strict=True)), area=area, **PERCENTAGE, **SIMULATED)
    panel = moved(release(rows), TOUCH)
    assert panel.empty is not None
    assert panel.table is None


def test_a_number_of_days_is_not_split(release: Make, figures: Make) -> None:
    rows = figures("adoption_timeliness", dict(zip(YEAR, (400, 380), strict=True)), statistic="days")
    keys = [panel.key for panel in release(rows).page(key_of("adoption_timeliness")).panels]
    assert "over-time" in keys
    assert "moved" not in keys


# --- any two periods ----------------------------------------------------------------------------------


def test_the_change_may_be_counted_from_any_period(release: Make, figures: Make) -> None:
    quarters = ("2020-M03", "2020-M12", "2021-M03", "2022-M03")
    values = {
        "worcestershire": (800, 700, 850, 900),
        "redditch": (300, 250, 310, 340),
        "worcester": (500, 450, 540, 560),
    }
    made = release(
        [
            row
            for area, own in values.items()
            for row in figures(NEED, dict(zip(quarters, own, strict=True)), area=area, **SIMULATED)
        ]
    )
    assert moved(made, NEED).title == "Children in need rose from 850 to 900, most of it in Redditch"
    since = moved(made, NEED, **{"from": "2019-20-Q4"})
    assert since.title == "Children in need rose from 800 to 900, most of it in Worcester"
    assert since.subtitle.startswith("Change by district, 31 March 2020 to 31 March 2022")
    assert rows_of(since)[-1] == ("All", "800", "900", "+100")
    assert adds_up(since)
    assert rows_of(moved(made, NEED, **{"from": "2020-21-Q3"}))[-1] == ("All", "700", "900", "+200")


def test_where_there_was_no_figure_then_that_is_said(release: Make, figures: Make) -> None:
    values = {"worcestershire": (800, 840), "redditch": (300, 350), "worcester": (500, 490)}
    years = {area: {"2020-M03": ends[0], "2022-M03": ends[1]} for area, ends in values.items()}
    made = release(*(figures(NEED, own, area=area, **SIMULATED) for area, own in years.items()))
    panel = moved(made, NEED, **{"from": "2020-21-Q3"})
    assert panel.picture is None
    assert panel.empty is not None
    assert panel.empty.reason.startswith("At 31 December 2020 and 31 March 2022 there are no")


# --- what is real and what is not --------------------------------------------------------------------


def test_a_published_figure_is_not_set_against_a_simulated_one(release: Make, figures: Make) -> None:
    rows = counts(figures, {"redditch": (30, 36), "worcester": (50, 64)})
    rows += figures(NEED, {"2021-M03": 80}, **PRINTED)
    rows += figures(NEED, {"2022-M03": 100}, **SIMULATED)
    panel = moved(release(rows), NEED)
    assert panel.empty is not None
    assert panel.empty.reason == (
        "There are no two figures of the years shown that are both told exactly and both as real."
    )


def test_the_change_of_a_published_figure_is_not_split_into_simulated_parts(
    release: Make, figures: Make
) -> None:
    rows = counts(figures, {"redditch": (30, 36), "worcester": (50, 64)})
    rows += figures(NEED, {"2021-M03": 80, "2022-M03": 100}, **PRINTED)
    panel = moved(release(rows), NEED)
    assert panel.empty is not None
    assert "are as real as it is" in panel.empty.reason
    published = counts(figures, {"redditch": (30, 36), "worcester": (50, 64)}, **PRINTED)
    both = release(published, figures(NEED, {"2021-M03": 80, "2022-M03": 100}, **PRINTED))
    assert rows_of(moved(both, NEED))[-1] == ("All", "80", "100", "+20")


def test_simulated_starts_say_nothing_of_published_numbers(release: Make, figures: Make) -> None:
    rows = counts(figures, BY_DISTRICT, **PRINTED)
    rows += flows(figures, (100, 110, 90, 100), (80, 82, 84, 80))
    assert "started" not in moved(release(rows), NEED).summary


# --- between when -----------------------------------------------------------------------------------


def test_both_ends_are_of_the_same_season(release: Make, figures: Make) -> None:
    held = months("2019-06", (60,) * 9 + (80,) + (70,) * 23 + (100,))  # March 2020: 80, March 2022: 100
    rows = figures(NEED, held, **SIMULATED)
    for area in ("redditch", "worcester"):
        rows += figures(NEED, {month: value / 2 for month, value in held.items()}, area=area, **SIMULATED)
    panel = moved(release(rows), NEED, range="3y")
    assert panel.subtitle == "Change by district, 31 March 2020 to 31 March 2022, Worcestershire"
    assert panel.title == "Children in need rose from 80 to 100"  # half in each


def test_a_hidden_last_figure_is_not_measured_from(release: Make, figures: Make) -> None:
    rows = counts(figures, {"worcestershire": (80, "[c]"), "redditch": (30, 36), "worcester": (50, 64)})
    panel = moved(release(rows), NEED)
    assert panel.empty is not None
    assert panel.table is None


# --- the sums ---------------------------------------------------------------------------------------


@given(
    st.lists(st.fractions(-50, 50, max_denominator=997), min_size=1, max_size=12),
    st.fractions(Fraction(-99, 1000), Fraction(99, 1000)),
)
def test_rounded_parts_always_add_up_and_none_is_a_step_away(parts: list[Fraction], off: Fraction) -> None:
    step = Fraction(1, 10)
    total = round((sum(parts) + off / 2) / step) * step
    printed = spread(parts, total, step)
    assert sum(printed) == total
    assert all(abs(each - exact) < step for each, exact in zip(printed, parts, strict=True))
