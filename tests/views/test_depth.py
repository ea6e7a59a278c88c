"""`dashboard.views.depth`: what stands round a measure's charts, and the list of all measures."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.acts import RecordKind
from dashboard.indicators import TABS
from dashboard.statistics.processes import Assurance
from dashboard.views.depth import Answer, Depth, words_of
from dashboard.views.explore import EXPLORE, key_of
from dashboard.views.pictures import Judgement
from dashboard.vocabulary import Basis
from tests.views.charting import PERCENTAGE, PRINTED, RARE, SIMULATED, TOUCH, months, record

Make = Callable[..., Any]
IN_TOUCH = "care_leavers_in_touch"
AT = {"period": "2019-20-Q1"}
QUARTERS = tuple(f"{2018 + each // 4}-M{(3, 6, 9, 12)[each % 4]:02d}" for each in range(17))


def depth_of(made: Any, indicator: str, grain: str = "", **given: object) -> Depth:
    depth = made.page(key_of(indicator, grain), **given).depth
    assert isinstance(depth, Depth)
    return depth


def touch(release: Make, figures: Make, values: tuple[object, ...] = TOUCH, **fields: Any) -> Any:
    rows = figures(IN_TOUCH, months("2018-07", values), **PERCENTAGE, **(fields or PRINTED))
    return release(rows, targets=True)


# --- round the charts -------------------------------------------------------------------------------


def test_a_measure_of_the_board_dataset_says_which(release: Make, figures: Make) -> None:
    made = touch(release, figures)
    assert depth_of(made, IN_TOUCH, **AT).kicker == "Measure 29 of the board dataset · Through care"
    assert depth_of(made, "contacts", **AT).kicker == "Front door"


def test_the_ways_of_looking_keep_what_was_chosen_and_one_is_open(release: Make, figures: Make) -> None:
    ways = depth_of(touch(release, figures), IN_TOUCH, "quarter", area="redditch", **AT).ways
    assert [(way.text, way.current) for way in ways] == [
        ("As fits", False),
        ("By month", False),
        ("By quarter", True),
        ("By year", False),
    ]
    assert [way.href.split("?")[0] for way in ways] == [
        "/explore/care_leavers_in_touch",
        "/explore/care_leavers_in_touch/month",
        "/explore/care_leavers_in_touch/quarter",
        "/explore/care_leavers_in_touch/year",
    ]
    assert all("area=redditch&period=2019-20-Q1" in way.href for way in ways)


def test_what_it_counts_is_there_in_full(release: Make, figures: Make) -> None:
    made = touch(release, figures)
    definition = depth_of(made, IN_TOUCH, **AT).definition
    assert definition.definition == made.store.indicators[IN_TOUCH].definition
    assert definition.why == made.store.indicators[IN_TOUCH].why_it_matters


def test_the_two_answers_that_a_board_asks_for(release: Make, figures: Make) -> None:
    unusual, target = depth_of(touch(release, figures), IN_TOUCH, **AT).answers
    assert unusual == Answer(
        "Is 85% at 30 June 2019 unusual?",
        "No: 85% is within the usual range",
        "Expect anything from 79.8% to 86.7% if nothing changes. Each point depends on the one before it: "
        "signals are prompts, not proof.",
        Judgement.USUAL,
    )
    assert target.question == "Will it meet the target of 95%?"
    assert target.answer == "Not as things are: it always misses"
    assert target.assurance is Assurance.ALWAYS_MISSES
    assert target.judgement is None


@pytest.mark.parametrize(
    ("last", "answer", "judgement", "up"),
    [
        # the mean is 83, and ten ranges of 1.4 on average, the last of 9 left out: 79.3 to 86.7
        (75, "Yes: 75% is lower than usual, and that is not good", Judgement.WORSE, False),
        # the mean is 84.5: 80.8 to 88.2
        (93, "Yes: 93% is higher than usual, and that is good", Judgement.BETTER, True),
    ],
)
def test_an_unusual_figure_is_said_to_be_good_or_not(
    release: Make, figures: Make, last: int, answer: str, judgement: Judgement, up: bool
) -> None:
    made = touch(release, figures, (84, 83, 85, 84, 82, 84, 83, 85, 84, 83, 84, last))
    unusual = depth_of(made, IN_TOUCH, **AT).answers[0]
    assert unusual.answer == answer
    assert (unusual.judgement, unusual.up) == (judgement, up)
    low, high = ("79%", "87%") if last == 75 else ("81%", "88%")
    assert unusual.text.startswith(f"Expect anything from {low} to {high} if nothing changes.")


def test_where_neither_way_is_good_nothing_is_said_of_it(release: Make, figures: Make) -> None:
    values = (100, 103, 99, 104, 101, 98, 102, 100, 103, 99, 101, 160)
    made = release(figures("contacts", months("2021-04", values), **SIMULATED))
    (unusual,) = depth_of(made, "contacts").answers
    assert unusual.answer == "Yes: 160 is higher than usual"
    assert (unusual.judgement, unusual.up) == (Judgement.SPECIAL, True)


def test_where_there_are_no_limits_it_cannot_be_said_and_why(release: Make, figures: Make) -> None:
    unusual, target = depth_of(touch(release, figures, (*TOUCH[:5],)), IN_TOUCH, period="2018-19-Q3").answers
    for answer in (unusual, target):
        assert answer.answer == "This cannot be said"
        assert answer.text.startswith("Too few points: there are 5, and a chart needs 7.")
        assert (answer.judgement, answer.assurance) == (None, None)


def test_a_hidden_last_number_is_not_asked_for_by_its_symbol(release: Make, figures: Make) -> None:
    values = dict(zip(QUARTERS, (31, 34, 30, 33) * 4 + ("[c]",), strict=True))
    made = release(figures("children_in_need", values, area="redditch", **SIMULATED))
    (unusual,) = depth_of(made, "children_in_need", area="redditch", range="all").answers
    assert unusual.question == "Is the number at 31 March 2022 unusual?"
    assert unusual.answer == "This cannot be said"
    assert "to protect children" in unusual.text


def test_a_real_target_is_not_set_beside_simulated_figures(release: Make, figures: Make) -> None:
    unusual, target = depth_of(touch(release, figures, **SIMULATED), IN_TOUCH, **AT).answers
    assert unusual.judgement is Judgement.USUAL  # it has a range
    assert target == Answer(
        "Will it meet the target of 95%?",
        "This cannot be said",
        "The figures are simulated, and the target is a real one.",
    )


def test_where_a_few_are_more_real_than_the_rest_that_is_why(release: Make, figures: Make) -> None:
    made = release(
        figures(IN_TOUCH, months("2018-07", TOUCH[:9]), **PERCENTAGE, **SIMULATED),
        figures(IN_TOUCH, months("2019-04", TOUCH[9:]), **PERCENTAGE, **PRINTED),
    )
    (unusual,) = depth_of(made, IN_TOUCH, **AT).answers
    assert unusual.text == (
        "Too few points: there are 3, and a chart needs 7. The values are shown on a plain line. Published "
        "and simulated figures are never judged together: here only the published ones are."
    )


def test_where_few_happen_the_time_since_the_one_before_is_asked_for(release: Make, figures: Make) -> None:
    indicator = "repeat_looked_after_within_12_months"
    made = release(figures(indicator, months("2019-10", RARE), **SIMULATED))
    (unusual,) = depth_of(made, indicator).answers
    assert unusual.question == "Was the time since the one before unusual?"
    assert unusual.answer == "No: the last came 5 months after the one before"
    assert unusual.judgement is Judgement.USUAL
    longer = (1, 0) * 13 + (0,) * 18 + (1,)  # 44 months for 13 times: ln 0.00135 / ln(1 - 13 / 44) = 18.9
    made = release(figures(indicator, months("2018-07", longer), **SIMULATED))
    (unusual,) = depth_of(made, indicator, range="all").answers
    assert unusual.answer == (
        "Yes: the last came 20 months after the one before, longer than usual, and that is good"
    )
    assert unusual.text.endswith("usually 2 months, and by chance up to 18 months.")
    assert (unusual.judgement, unusual.up) == (Judgement.BETTER, True)


def test_without_figures_nothing_is_asked(release: Make, figures: Make) -> None:
    assert depth_of(touch(release, figures), "contacts", **AT).answers == ()


# --- looking back --------------------------------------------------------------------------------------


def test_the_change_may_be_counted_from_what_is_held_before(release: Make, figures: Make) -> None:
    held = dict.fromkeys(QUARTERS, 300)  # March 2018 to March 2022
    depth = depth_of(release(figures("looked_after_children", held, **SIMULATED)), "looked_after_children")
    assert [(end.text, end.current) for end in depth.ends] == [
        ("the history shown", True),
        ("Q4 2020/21", False),
        ("Q4 2019/20", False),
        ("Q4 2018/19", False),
    ]
    assert "from=2020-21-Q4" in depth.ends[1].href
    others = [end.text for end in depth.others]
    assert "Q1 2020/21" in others
    assert "Q4 2020/21" not in others
    assert "Q4 2021/22" not in others


def test_what_was_chosen_stands_among_the_first(release: Make, figures: Make) -> None:
    held = dict.fromkeys(QUARTERS, 300)
    made = release(figures("looked_after_children", held, **SIMULATED))
    depth = depth_of(made, "looked_after_children", **{"from": "2020-21-Q1"})
    assert [end.text for end in depth.ends if end.current] == ["Q1 2020/21"]
    assert "Q1 2020/21" not in [end.text for end in depth.others]


def test_where_nothing_is_split_no_period_is_offered(release: Make, figures: Make) -> None:
    rows = figures("adoption_timeliness", {"2021-M03": 400, "2022-M03": 380}, statistic="days")
    assert depth_of(release(rows), "adoption_timeliness").ends == ()


RATE = "children_in_need_census_rate"


def rates(release: Make, figures: Make) -> Any:
    own = {"statistic": "rate", "basis": "official"}
    printed = {**own, "status": "as_published", "source": "board", "published_on": "2021-02-28"}
    return release(
        figures(RATE, {"2020-M03": 275}, **printed),
        figures(RATE, {"2020-M03": 324}, area="england", **printed),
        figures(RATE, {"2019-M03": 306.5, "2020-M03": 277.4}, **own),
        figures(RATE, {"2020-M03": 330.1}, area="england", **own),
        records=[
            record(RATE, RecordKind.RESTATED, "2020-M03", "Rebased", basis=Basis.OFFICIAL, why="Rebased.")
        ],
    )


def test_a_measure_may_be_seen_as_it_was_known_at_the_time(release: Make, figures: Make) -> None:
    made = rates(release, figures)
    now = depth_of(made, RATE, period="2019-20-Q4").knowing
    then = depth_of(made, RATE, period="2019-20-Q4", known="then").knowing
    assert now is not None
    assert then is not None
    assert [(way.text, way.current) for way in now.ways] == [
        ("As known now", True),
        ("As known on 28 February 2021", False),
    ]
    assert "known=then" in now.ways[1].href
    assert [way.current for way in then.ways] == [False, True]
    assert now.text == ""
    assert then.text.startswith("Only what was out on 28 February 2021 is shown")
    assert now.restated == then.restated
    assert now.restated == (
        "Worcestershire, 31 March 2020: published as 275 on 28 February 2021, and as 277.4 since.",
        "England, 31 March 2020: published as 324 on 28 February 2021, and as 330.1 since.",
        "Rebased.",
    )


def test_the_charts_show_what_was_known(release: Make, figures: Make) -> None:
    made = rates(release, figures)
    told = {
        known: made.panel(key_of(RATE), "by-year-rate", period="2019-20-Q4", known=known).table.rows
        for known in ("now", "then")
    }
    assert [row[:2] for row in told["now"]] == [("31 March 2019", "306.5"), ("31 March 2020", "277.4")]
    assert [row[:2] for row in told["then"]] == [("31 March 2020", "275")]


def test_where_no_paper_says_when_it_was_known_there_is_one_way_only(release: Make, figures: Make) -> None:
    made = release(figures("looked_after_children", {"2021-M03": 859, "2022-M03": 891}))
    assert depth_of(made, "looked_after_children").knowing is None
    assert made.page(key_of("looked_after_children"), known="then").panels


# --- every measure ----------------------------------------------------------------------------------


def test_every_measure_is_listed_by_area_of_work(release: Make, figures: Make) -> None:
    page = touch(release, figures).page(EXPLORE)
    assert page.index is not None
    assert [title for title, _ in page.index.groups] == [
        *("Front door", "Through care", "Child protection", "Children in need", "Staffing")
    ]
    assert len(page.index.groups) == len(TABS)
    listed = [entry for _, entries in page.index.groups for entry in entries]
    assert len(listed) == page.index.count == 132
    assert len({entry.link.href for entry in listed}) == 132
    assert sorted(int(entry.number) for entry in listed if entry.number) == list(range(1, 33))
    assert all(entry.definition for entry in listed)
    assert page.panels == ()
    assert page.depth is None


def test_each_link_keeps_what_was_chosen(release: Make, figures: Make) -> None:
    page = touch(release, figures).page(EXPLORE, area="redditch", range="all")
    assert page.index is not None
    for _, entries in page.index.groups:
        assert all("?area=redditch&" in entry.link.href for entry in entries)
        assert all("range=all" in entry.link.href for entry in entries)


def test_a_measure_is_searched_by_all_that_it_is_called(release: Make, figures: Make) -> None:
    words = words_of(touch(release, figures).store.indicators[IN_TOUCH])
    assert words == words.lower()
    for called in ("care leavers in touch, all ages", "keeping in touch", "m29", " 29", "through care"):
        assert called in words
