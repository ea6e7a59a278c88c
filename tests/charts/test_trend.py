"""`dashboard.charts.trend`: lines over time, told apart and named where they end."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import count_lines
from dashboard.charts.theme import CARRIED, PAPER, STYLES
from dashboard.views.shapes import Role, Trend
from tests.charts.pictures import YEARS, line, list_trends, trend

RISING = (60, 66, 68, 71, 70, 73, 76)


def lines_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The traces that are lines; the others are dots."""
    return [trace for trace in figure["data"] if trace["mode"].startswith("lines")]


def note_of(figure: dict[str, Any], start: str) -> dict[str, Any]:
    return next(note for note in figure["layout"]["annotations"] if note["text"].startswith(start))


@pytest.mark.parametrize("role", Role)
def test_a_line_has_the_look_of_its_role(role: Role) -> None:
    style = STYLES[role]
    figure = draw(trend(line(RISING, role)))
    assert lines_of(figure)[0]["line"] == {"color": style.line, "width": style.width, "dash": style.dash}
    assert note_of(figure, "Worcestershire")["font"]["color"] == style.text


def test_a_hidden_figure_is_a_gap_and_its_neighbours_keep_their_places() -> None:
    figure = draw(trend(line((60, None, 68, 71, 70, 73, 76)), hidden=YEARS[1:2]))
    drawn = lines_of(figure)[0]
    assert drawn["y"] == [60, None, 68, 71, 70, 73, 76]
    assert drawn["x"] == list(YEARS)
    assert drawn["connectgaps"] is False
    assert note_of(figure, "[c]")["x"] == "2017-03-31"


def test_the_chosen_area_lies_on_top_with_a_dot_at_its_latest_figure() -> None:
    figure = draw(trend(line((60, 66, None)), line((60, 62, 64), Role.ENGLAND, name="England")))
    assert [trace["name"] for trace in lines_of(figure)] == ["England", "Worcestershire"]
    dot = figure["data"][-1]
    assert (dot["x"], dot["y"], dot["mode"]) == ([YEARS[1]], [66], "markers")


def test_what_is_not_told_exactly_is_a_hollow_dot_that_no_line_joins() -> None:
    figure = draw(trend(replace(line((60, 65, 68, 70)), rough=(1, 3))))
    assert lines_of(figure)[0]["y"] == [60, None, 68, None]
    [hollow] = [trace for trace in figure["data"] if trace["mode"] == "markers"]  # and no full dot at the end
    assert (hollow["x"], hollow["y"]) == ([YEARS[1], YEARS[3]], [65, 70])
    assert hollow["marker"]["color"] == PAPER
    assert hollow["marker"]["line"]["color"] == STYLES[Role.AREA].line
    assert hollow["customdata"] == ["Worcestershire 65, 2017-03-31", "Worcestershire 70, 2019-03-31"]


def test_the_county_has_the_dot_where_it_stands_in_the_areas_place() -> None:
    figure = draw(trend(line(RISING, Role.COUNTY), line(RISING, Role.ENGLAND, name="England")))
    assert figure["data"][-1]["marker"]["color"] == STYLES[Role.COUNTY].line
    assert STYLES[Role.AREA].line not in repr(figure["data"])


def test_only_the_chosen_area_has_a_dot() -> None:
    assert all(trace["mode"] == "lines" for trace in draw(trend(line(RISING, Role.ENGLAND)))["data"])


def test_what_is_carried_forward_is_dotted_from_the_last_figure_published() -> None:
    published, carried = lines_of(draw(trend(line((60, 66, 68, 68, 68), Role.ENGLAND, dotted_from=3))))
    assert published["x"] == list(YEARS[:3])
    assert published["line"]["dash"] == STYLES[Role.ENGLAND].dash
    assert carried["x"][0] == YEARS[2]
    assert carried["x"][-1] == YEARS[4]
    assert carried["line"]["dash"] == CARRIED


def test_a_lonely_point_is_marked() -> None:
    figure = draw(list_trends()["one point"])
    assert lines_of(figure)[0]["mode"] == "lines+markers"
    start, end = figure["layout"]["xaxis"]["range"]
    assert start < YEARS[0] < end


def test_a_scale_that_does_not_start_at_zero_says_so() -> None:
    cut = draw(trend(line(RISING), from_zero=False))
    assert (
        note_of(cut, "Scale starts at")["text"] == f"Scale starts at {cut['layout']['yaxis']['ticktext'][0]}"
    )
    assert cut["layout"]["yaxis"]["range"][0] > 0
    whole = draw(trend(line(RISING)))
    assert whole["layout"]["yaxis"]["range"][0] == 0
    assert not [note for note in whole["layout"]["annotations"] if note["text"].startswith("Scale")]


def test_a_chart_with_nothing_in_it_says_nothing_of_its_scale() -> None:
    figure = draw(trend(line((None,) * 7), hidden=YEARS, from_zero=False))
    assert {note["text"] for note in figure["layout"]["annotations"]} == {"[c]"}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", ["four lines", "every role at one place", "a long name"])
def test_no_name_lies_on_another(name: str, narrow: bool) -> None:
    picture: Trend = list_trends()[name]
    layout = draw(picture, narrow=narrow)["layout"]
    low, high = layout["yaxis"]["range"]
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    labels = [note for note in layout["annotations"] if note.get("align") == "left"]
    assert len(labels) == len(picture.lines)
    spans = sorted(
        (middle - lines * 10, middle + lines * 10)
        for note in labels
        for lines in [count_lines(note["text"])]
        for middle in [(note["y"] - low) / (high - low) * height + note.get("yshift", 0)]
    )
    assert all(after[0] >= before[1] - 1.5 for before, after in pairwise(spans))  # whole pixels
    assert spans[0][0] >= -20
    assert spans[-1][1] <= height + 20


def test_percentages_carry_their_sign_on_the_top_tick_only() -> None:
    texts = draw(trend(line(RISING), unit="%"))["layout"]["yaxis"]["ticktext"]
    assert [text.endswith("%") for text in texts] == [False] * (len(texts) - 1) + [True]


def say_start_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note["text"].startswith("Scale starts at")]


def test_where_a_scale_starts_is_said_clear_of_the_lines() -> None:
    at_left = draw(trend(line(RISING[::-1]), from_zero=False))
    at_right = draw(trend(line(RISING), from_zero=False))
    assert [note["x"] for note in say_start_of(at_left) + say_start_of(at_right)] == [0, 1]


def test_where_lines_leave_no_corner_free_the_scale_starts_lower() -> None:
    level = draw(
        trend(line((61, 61.2, 61, 60.5, 62, 63, 61)), line((75,) * 7, Role.ENGLAND), from_zero=False)
    )
    assert level["layout"]["yaxis"]["ticktext"][:2] == ["55", "60"]
    assert [note["text"] for note in say_start_of(level)] == ["Scale starts at 55"]


def test_where_a_scale_starts_is_said_above_symbols_of_hidden_figures() -> None:
    values = (None, 85, 88, 90, 93, 95, None)
    (note,) = say_start_of(draw(trend(line(values), hidden=(YEARS[0], YEARS[-1]), from_zero=False)))
    assert note["yshift"] >= 24
