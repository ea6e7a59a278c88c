"""`dashboard.views.usual`: what a process chart is told of a measure, and what it says in words."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dashboard.periods import parse
from dashboard.statistics.processes import Assurance, Limits, Method, PointState, Rule, Side, Variation
from dashboard.views.build import pages_of
from dashboard.views.chosen import Chosen
from dashboard.views.comparators import Aim, find_aim
from dashboard.views.explore import OVER_TIME, key_of
from dashboard.views.pictures import Judgement
from dashboard.views.scene import Scene
from dashboard.views.usual import (
    Usual,
    choose_steady,
    find_usual,
    judge,
    make_subject,
    say_assurance,
    say_range,
    say_reality,
    say_state,
)
from dashboard.vocabulary import Kind, Polarity, Statistic
from tests.views.charting import PERCENTAGE, PRINTED, RARE, SIMULATED, TOUCH, months

Make = Callable[..., Any]


def scene_of(made: Any, indicator: str, area: str = "worcestershire", **given: object) -> Scene:
    selection = made.select(key_of(indicator), area=area, **given)
    return Scene(made.store, selection, made.store.areas[area])


def chosen_of(made: Any, indicator: str, **given: Any) -> Chosen:
    """The figures that a measure's own page charts."""
    scene = scene_of(made, indicator, **given)
    panel = pages_of(made.store)[key_of(indicator)].panel(OVER_TIME)
    assert panel is not None
    chosen = choose_steady(scene, panel.measure)
    assert chosen is not None
    return chosen


def usual_of(made: Any, indicator: str, **given: Any) -> tuple[Usual, Aim | None]:
    chosen = chosen_of(made, indicator, **given)
    aim = find_aim(scene_of(made, indicator, **given), chosen)
    return find_usual(made.store, chosen, aim), aim


@pytest.fixture
def touch(release: Make, figures: Make) -> Any:
    rows = figures("care_leavers_in_touch", months("2018-07", TOUCH), **PERCENTAGE, **PRINTED)
    return release(rows, targets=True)


TOUCH_AT: Mapping[str, str] = {"period": "2019-20-Q1"}


# --- what a chart is told ---------------------------------------------------------------------------


def test_what_is_hidden_or_rounded_is_hidden_and_what_is_missing_is_neither(
    release: Make, figures: Make
) -> None:
    rows = figures("children_in_need", {"2021-M12": 31, "2022-M03": 33}, **SIMULATED)
    rows += figures("children_in_need", {"2021-M09": "[c]", "2021-M06": "[x]"}, **SIMULATED)
    subject = make_subject(chosen_of(release(rows), "children_in_need"), None)
    by_month = dict(zip(range(6, 16), zip(subject.values, subject.hidden, strict=True), strict=True))
    assert by_month[6] == (None, False)  # not available: nobody hides it
    assert by_month[7] == (None, False)  # never held
    assert by_month[9] == (None, True)
    assert by_month[12] == (31.0, False)
    assert by_month[15] == (33.0, False)
    assert subject.kind is Kind.STOCK
    assert subject.statistic is Statistic.COUNT


@pytest.mark.parametrize("precision", ["nearest_5", "above", "below"])
def test_a_percentage_that_is_not_told_exactly_counts_as_hidden(
    release: Make, figures: Make, precision: str
) -> None:
    fields = {**PERCENTAGE, **SIMULATED, "area": "redditch"}
    rows = figures("care_leavers_in_touch", {"2021-M12": 80, "2022-M03": 81}, **fields)
    rows += figures("care_leavers_in_touch", {"2021-M09": 90}, precision=precision, **fields)
    subject = make_subject(chosen_of(release(rows), "care_leavers_in_touch", area="redditch"), None)
    assert subject.values == (None, 80.0, 81.0)
    assert subject.hidden == (True, False, False)


def test_a_percentage_without_parts_that_is_printed_whole_is_whole(touch: Any) -> None:
    subject = make_subject(chosen_of(touch, "care_leavers_in_touch", **TOUCH_AT), None)
    assert subject.values == tuple(map(float, TOUCH))
    assert subject.whole_percent is True
    assert subject.numerators is None
    assert subject.denominators is None
    assert subject.polarity is Polarity.HIGH_IS_GOOD


def test_a_percentage_with_its_parts_or_with_a_decimal_is_not(release: Make, figures: Make) -> None:
    indicator, held = "care_leavers_in_touch", months("2021-04", (80,) * 12)
    parted = release(figures(indicator, held, numerator=40.0, denominator=50.0, **PERCENTAGE, **SIMULATED))
    subject = make_subject(chosen_of(parted, indicator), None)
    assert subject.whole_percent is False
    assert subject.numerators == (40.0,) * 12
    assert subject.denominators == (50.0,) * 12
    finer = release(figures(indicator, held | {"2022-M03": 80.5}, **PERCENTAGE, **PRINTED))
    assert make_subject(chosen_of(finer, indicator), None).whole_percent is False


def test_parts_are_left_out_where_one_of_them_is_not_known(release: Make, figures: Make) -> None:
    indicator, held = "care_leavers_in_touch", months("2021-04", (80,) * 11)
    rows = figures(indicator, held, numerator=40.0, denominator=50.0, **PERCENTAGE, **SIMULATED)
    rows += figures(indicator, {"2022-M03": 81}, **PERCENTAGE, **SIMULATED)
    subject = make_subject(chosen_of(release(rows), indicator), None)
    assert subject.numerators is None
    assert subject.whole_percent is True


def test_a_count_is_no_whole_percentage(release: Make, figures: Make) -> None:
    rows = figures("children_in_need", months("2021-04", (30, 31, 32)), **SIMULATED)
    assert make_subject(chosen_of(release(rows), "children_in_need"), None).whole_percent is False


@pytest.mark.parametrize(
    ("held", "value", "per"),
    [
        (months("2021-10", (2217.5,) * 6), 2217.5, 120_000),  # 2,177 of 117,810 in a month, twelve times
        ({"2021-22-Q3": 739.2, "2021-22-Q4": 739.2}, 739.2, 40_000),
        ({"2020-21": 184.8, "2021-22": 184.8}, 184.8, 10_000),
    ],
)
def test_a_rate_of_part_of_a_year_is_counted_as_if_the_year_were_like_it(
    release: Make, figures: Make, held: dict[str, object], value: float, per: float
) -> None:
    rows = figures(
        "contacts_rate", held, statistic="rate", numerator=2177.0, denominator=117_810.0, **SIMULATED
    )
    subject = make_subject(chosen_of(release(rows), "contacts_rate"), None)
    assert subject.per == per
    assert 2177 / 117_810 * per == pytest.approx(value, abs=0.06)


def test_nothing_published_is_judged_by_what_was_simulated(release: Make, figures: Make) -> None:
    indicator = "care_leavers_in_touch"
    made = release(
        figures(indicator, months("2018-04", (60, 61, 62)), **PERCENTAGE, **SIMULATED),
        figures(indicator, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED),
        figures(indicator, months("2019-07", (99, 98)), **PERCENTAGE, **SIMULATED),
    )
    printed = chosen_of(made, indicator, **TOUCH_AT)
    subject = make_subject(printed, None)
    assert subject.values == (None, None, None, *map(float, TOUCH))
    assert not any(subject.hidden)
    usual = find_usual(made.store, printed, None)
    assert say_range(usual) == "Expect anything from 79.8% to 86.7% if nothing changes."
    assert say_reality(usual).endswith("here only the published ones are.")
    later = find_usual(made.store, chosen_of(made, indicator, period="2019-20-Q2"), None)
    assert [point.value for point in later.chart.points if point.value is not None] == [60, 61, 62, 99, 98]
    assert say_reality(later).endswith("here only the simulated ones are.")


def test_where_all_figures_are_of_one_kind_there_is_nothing_to_say_of_it(touch: Any) -> None:
    assert say_reality(usual_of(touch, "care_leavers_in_touch", **TOUCH_AT)[0]) == ""


def test_a_published_figure_is_judged_against_its_target_and_a_simulated_one_is_not(
    release: Make, figures: Make
) -> None:
    indicator = "care_leavers_in_touch"
    for fields, target in ((PRINTED, 95.0), (SIMULATED, None)):
        made = release(figures(indicator, months("2018-07", TOUCH), **PERCENTAGE, **fields), targets=True)
        usual, aim = usual_of(made, indicator, **TOUCH_AT)
        assert aim is not None
        assert make_subject(usual.chosen, aim).target == target
        assert usual.chart.assurance is (Assurance.ALWAYS_MISSES if target else None)


# --- which figures ----------------------------------------------------------------------------------


def test_months_that_are_held_for_one_year_of_three_are_passed_over(release: Make, figures: Make) -> None:
    quarters = {f"{year}-{year - 1999}-Q{each}": 2000 for year in (2019, 2020, 2021) for each in (1, 2, 3, 4)}
    scattered = months("2019-04", (700,) * 6) | months("2021-10", (710,) * 6)
    made = release(
        figures("contacts", scattered, basis="local"), figures("contacts", quarters, basis="local")
    )
    chosen = chosen_of(made, "contacts")
    assert {each.period.grain for each in chosen.observations} == {parse("2021-22-Q4").grain}
    assert len(chosen.visible) == 12


def test_months_with_few_gaps_are_taken(release: Make, figures: Make) -> None:
    quarters = {f"2021-22-Q{each}": 2000 for each in (1, 2, 3, 4)}
    held = months("2021-04", (700,) * 9) | {"2022-M03": 705}  # 10 of 12
    made = release(figures("contacts", held, basis="local"), figures("contacts", quarters, basis="local"))
    assert [each.period.code for each in chosen_of(made, "contacts").observations][-1] == "2022-M03"


def test_where_every_line_has_many_gaps_the_first_with_figures_is_taken(release: Make, figures: Make) -> None:
    made = release(figures("contacts", {"2019-M04": 700, "2022-M03": 710}, basis="local"))
    assert [each.value for each in chosen_of(made, "contacts").observations] == [700, 710]


# --- in words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variation", "side", "judgement", "said"),
    [
        (Variation.COMMON, None, Judgement.USUAL, "Usual variation"),
        (Variation.IMPROVEMENT_HIGH, Side.HIGH, Judgement.BETTER, "Better: higher than usual"),
        (Variation.IMPROVEMENT_LOW, Side.LOW, Judgement.BETTER, "Better: lower than usual"),
        (Variation.CONCERN_HIGH, Side.HIGH, Judgement.WORSE, "Worse: higher than usual"),
        (Variation.CONCERN_LOW, Side.LOW, Judgement.WORSE, "Worse: lower than usual"),
        (Variation.NEUTRAL_HIGH, Side.HIGH, Judgement.SPECIAL, "Higher than usual"),
        (Variation.NEUTRAL_LOW, Side.LOW, Judgement.SPECIAL, "Lower than usual"),
        (Variation.NOT_AVAILABLE, None, Judgement.USUAL, "Not judged"),
    ],
)
def test_each_state_has_words_of_its_own(
    variation: Variation, side: Side | None, judgement: Judgement, said: str
) -> None:
    rules = (Rule.OUTSIDE,) if side else ()
    point = PointState(0, 80.0, rules=rules, side=side, variation=variation)
    assert judge(point) is judgement
    assert say_state(point) == said


def test_every_variation_has_a_judgement() -> None:
    unusual = {each for each in Variation if each not in (Variation.COMMON, Variation.NOT_AVAILABLE)}
    assert all(judge(PointState(0, 1.0, variation=each)) is not Judgement.USUAL for each in unusual)


def test_the_range_is_said_as_finely_as_it_must_be_for_87_to_look_beyond_it(touch: Any) -> None:
    usual, _ = usual_of(touch, "care_leavers_in_touch", **TOUCH_AT)
    # mean 999 / 12; 11 ranges come to 25, of which the 12 is over 3.267 x 25 / 11: 13 / 10 without it
    assert usual.limits == (pytest.approx(83.25 - 2.66 * 1.3), pytest.approx(83.25 + 2.66 * 1.3))
    assert usual.last_span is not None
    assert usual.last_span.centre == 83.25
    assert usual.text(83.25) == "83.3%"
    assert say_range(usual) == "Expect anything from 79.8% to 86.7% if nothing changes."


def test_without_limits_no_range_is_said(release: Make, figures: Make) -> None:
    rows = figures("care_leavers_in_touch", months("2021-10", TOUCH[:6]), **PERCENTAGE, **PRINTED)
    usual, _ = usual_of(release(rows), "care_leavers_in_touch")
    assert usual.limits is None
    assert say_range(usual) == ""
    assert usual.chart.reason == "Too few points: there are 6, and a chart needs 7."


def test_limits_that_are_printed_alike_are_one_number(release: Make, figures: Make) -> None:
    made = release(figures("care_leavers_in_touch", months("2021-04", TOUCH), **PERCENTAGE, **PRINTED))
    usual, _ = usual_of(made, "care_leavers_in_touch")
    near = Limits(80, 79.9, 80.1, 79.9, 80.1, 79.9, 80.1, drawn_lower=79.9, drawn_upper=80.1)
    points = (PointState(11, 80.0, limits=near),)
    level = Usual(usual.chosen, type(usual.chart)(**{**vars(usual.chart), "points": points}))
    assert say_range(level) == "Expect 80% if nothing changes."


@pytest.mark.parametrize(("last", "precision"), [("[c]", ""), (85, "nearest_5")])
def test_a_last_figure_that_is_hidden_or_rounded_is_not_judged(
    release: Make, figures: Make, last: object, precision: str
) -> None:
    fields = {**PERCENTAGE, **SIMULATED, "area": "redditch"}
    quarters = [f"{2018 + each // 4}-M{(3, 6, 9, 12)[each % 4]:02d}" for each in range(16)]
    rows = figures("care_leavers_in_touch", dict(zip(quarters, (80, 84, 81, 86) * 4, strict=True)), **fields)
    rows += figures("care_leavers_in_touch", {"2022-M03": last}, precision=precision, **fields)
    given = {"area": "redditch", "range": "all"}
    usual, _ = usual_of(release(rows), "care_leavers_in_touch", **given)
    assert say_range(usual).startswith("Expect anything from ")
    assert say_state(usual.chart.points[-1]) == "Not judged"
    assert "to protect children" in usual.chart.reason


def test_a_target_beyond_all_of_the_range_is_always_missed(touch: Any) -> None:
    usual, aim = usual_of(touch, "care_leavers_in_touch", **TOUCH_AT)
    assert aim is not None
    answer, why = say_assurance(usual, aim)
    assert answer == "Not as things are: it always misses"
    assert why.startswith("None of the usual range, 79.8% to 86.7%, reaches 95%.")


@pytest.mark.parametrize(
    ("shift", "answer", "why"),
    [
        (
            10,
            "Sometimes: it hits and misses by chance",
            "The target lies within the usual range, 89.8% to 96.7%:",
        ),
        (
            12,
            "Sometimes: it hits and misses by chance",
            "The target lies within the usual range, 91.8% to 98.7%:",
        ),
    ],
)
def test_a_target_within_the_range_is_met_by_chance(
    release: Make, figures: Make, shift: int, answer: str, why: str
) -> None:
    values = tuple(min(each + shift, 100) for each in TOUCH)
    made = release(
        figures("care_leavers_in_touch", months("2018-07", values), **PERCENTAGE, **PRINTED), targets=True
    )
    usual, aim = usual_of(made, "care_leavers_in_touch", **TOUCH_AT)
    assert aim is not None
    assert say_assurance(usual, aim)[0] == answer
    assert say_assurance(usual, aim)[1].startswith(why)


def test_a_target_that_all_of_the_range_is_beyond_is_always_met(release: Make, figures: Make) -> None:
    values = (97, 98, 98, 97, 99, 98, 97, 98, 99, 98, 97, 98)  # 97.83, and ranges of 12 / 11: 94.9 to 100.7
    indicator = "care_leavers_in_eet"  # of which 85% are to be
    made = release(figures(indicator, months("2018-07", values), **PERCENTAGE, **PRINTED), targets=True)
    usual, aim = usual_of(made, indicator, **TOUCH_AT)
    assert aim is not None
    assert say_assurance(usual, aim) == (
        "Yes: it always meets it",
        "All of the usual range, 95% to 100%, is on the good side of the target.",
    )


def test_without_limits_nothing_is_said_of_a_target(release: Make, figures: Make) -> None:
    rows = figures("care_leavers_in_touch", months("2019-01", TOUCH[6:]), **PERCENTAGE, **PRINTED)
    usual, aim = usual_of(release(rows, targets=True), "care_leavers_in_touch", **TOUCH_AT)
    assert aim is not None
    assert say_assurance(usual, aim) == ("", "")


# --- so few that the time between them says more ----------------------------------------------------


def test_where_few_happen_the_time_between_them_is_what_is_said(release: Make, figures: Make) -> None:
    indicator = "repeat_looked_after_within_12_months"
    made = release(figures(indicator, months("2019-10", RARE), **SIMULATED))
    usual, _ = usual_of(made, indicator)
    assert usual.chart.method is Method.TIME_BETWEEN
    assert usual.is_of_times
    assert usual.limits is None  # they are months, and not children
    # 13 times, of which 12 are of two months and one of five: 29 / 13 on average
    # ln 0.00135 / ln(1 - 13 / 29) = 11.1
    assert say_range(usual) == (
        "So few happen that the time from one to the next says more than their number: usually 2 months, and "
        "by chance up to 11 months."
    )
