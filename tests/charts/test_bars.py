"""`dashboard.charts.bars`: bars on their side, their values in a column."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import count_lines, measure
from dashboard.charts.theme import LABEL, PAPER, STYLES
from dashboard.views.shapes import Bar, Bars, Role
from tests.charts.pictures import bars, list_bars

BARS = list_bars()
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True])


def texts_of(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_bars_stand_in_the_order_given_from_the_top() -> None:
    figure = draw(bars(3, 1, 2))
    assert figure["data"][0]["x"] == [3, 1, 2]
    assert figure["data"][0]["y"] == sorted(figure["data"][0]["y"])
    bottom, top = figure["layout"]["yaxis"]["range"]
    assert bottom > top == 0


@EVERY_WIDTH
def test_a_hidden_bar_has_its_words_and_no_length(narrow: bool) -> None:
    figure = draw(bars(3, None), narrow=narrow)
    assert figure["data"][0]["x"] == [3, None]
    assert "[c] hidden" in texts_of(figure)


def test_a_bar_that_is_not_told_exactly_is_hollow() -> None:
    marker = draw(BARS["some not exact"])["data"][0]["marker"]
    assert marker["color"] == [PAPER, PAPER, STYLES[Role.COUNTY].line]
    assert marker["line"]["width"] == [2, 2, 0]
    assert marker["line"]["color"][1] == STYLES[Role.AREA].line


@EVERY_WIDTH
def test_a_comparator_is_an_upright_with_its_value(narrow: bool) -> None:
    figure = draw(BARS["comparators"], narrow=narrow)
    marked = [shape for shape in figure["layout"]["shapes"] if shape["line"]["width"] == 3]
    assert [(shape["x0"], shape["x1"]) for shape in marked] == [(70, 70), (7, 7)]
    assert {shape["line"]["color"] for shape in marked} == {STYLES[Role.ENGLAND].line}
    assert {"Here", "England", "73%", "70%"} <= set(texts_of(figure))


def test_the_chosen_area_is_strong_among_others() -> None:
    figure = draw(BARS["areas"])
    county, area = STYLES[Role.COUNTY].line, STYLES[Role.AREA].line
    assert figure["data"][0]["marker"]["color"] == [county, area, county]
    strong = {note["text"] for note in figure["layout"]["annotations"] if note["font"].get("weight")}
    assert strong == {"Redditch", "112"}


@EVERY_WIDTH
def test_a_bar_set_apart_has_more_room_above(narrow: bool) -> None:
    first, second, apart = draw(BARS["areas"], narrow=narrow)["data"][0]["y"]
    assert apart - second > second - first


@EVERY_WIDTH
@pytest.mark.parametrize("name", BARS)
def test_no_name_lies_on_another_and_all_are_on_the_chart(name: str, narrow: bool) -> None:
    layout = draw(BARS[name], narrow=narrow)["layout"]
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    names = [note for note in layout["annotations"] if note["x"] == 0 and note.get("xref") == "paper"]
    spans = [
        (note["y"] - count_lines(note["text"]) * 10, note["y"] + count_lines(note["text"]) * 10)
        for note in names
        if note.get("yref") != "paper"
    ]
    assert all(after[0] >= before[1] for before, after in pairwise(spans))
    assert all(top >= 0 and bottom <= height for top, bottom in spans)


@pytest.mark.parametrize("name", BARS)
def test_every_bar_starts_at_zero_and_ends_on_the_chart(name: str) -> None:
    figure = draw(BARS[name])
    low, high = figure["layout"]["xaxis"]["range"]
    values = [value for trace in figure["data"] for value in trace["x"] if value is not None]
    assert low <= min([0, *values])
    assert high > max([0, *values])


def test_many_bars_make_a_chart_taller() -> None:
    assert draw(BARS["12 categories"])["layout"]["height"] > draw(bars(1, 2))["layout"]["height"]


@EVERY_WIDTH
def test_a_long_heading_takes_nothing_from_the_bars_and_touches_no_other(narrow: bool) -> None:
    short = draw(replace(BARS["comparators"], heading="Here"), narrow=narrow)["layout"]
    long = draw(replace(BARS["comparators"], heading="Malvern Hills"), narrow=narrow)["layout"]
    assert long["margin"] == short["margin"]
    here, there = (note for note in long["annotations"] if note["text"] in {"Malvern Hills", "England"})
    assert there["xshift"] - measure("England", LABEL) > here["xshift"]


@EVERY_WIDTH
@pytest.mark.parametrize(("comparator", "place"), [(0, 0), (7, 7), (10, 10), (70, 0), (-5, 0), (None, 0)])
def test_a_comparators_tick_does_not_lie_on_why_there_is_no_bar(
    comparator: float | None, place: float, narrow: bool
) -> None:
    hidden = Bar("With parents", None, "[c] hidden", "hidden", comparator=comparator)
    figure = draw(Bars((Bar("Foster carers", 73, "73%", "73%"), hidden)), narrow=narrow)
    (words,) = (note for note in figure["layout"]["annotations"] if note["text"] == "[c] hidden")
    assert words["x"] == place
    assert words["xshift"] > 0 or comparator in {70, -5, None}
