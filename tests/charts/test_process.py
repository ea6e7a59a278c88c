"""`dashboard.charts.process`: a shape for every sort of point, and a band for the usual range."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import count_lines
from dashboard.charts.process import COLOURS
from dashboard.charts.theme import INK_3, PAPER, STONE, STYLES
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Role, Tick
from tests.charts.pictures import TOUCH, TOUCH_DAYS, YEARS, list_processes
from tests.charts.test_theme import GRAPHIC, contrast

CASES = list_processes()
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
SYMBOLS = {
    (Judgement.USUAL, False): "circle",
    (Judgement.BETTER, True): "circle",
    (Judgement.BETTER, False): "circle",
    (Judgement.WORSE, True): "diamond",
    (Judgement.WORSE, False): "diamond",
    (Judgement.SPECIAL, True): "triangle-up",
    (Judgement.SPECIAL, False): "triangle-down",
}


def points_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The traces of judged points."""
    return [trace for trace in figure["data"] if trace.get("hoverinfo") == "skip"]


def runs_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The traces of the chosen area's own line."""
    return [trace for trace in figure["data"] if trace.get("legendrank") == 1 and "line" in trace]


def note_of(figure: dict[str, Any], start: str) -> dict[str, Any]:
    return next(note for note in figure["layout"]["annotations"] if note["text"].startswith(start))


def bands_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]


def test_every_sort_of_point_has_a_shape_of_its_own() -> None:
    drawn = points_of(draw(CASES["every sort of point"]))
    assert {(trace["x"][0], trace["marker"]["symbol"], trace["marker"]["color"]) for trace in drawn} == {
        (
            point.x,
            SYMBOLS[point.judgement, point.up],
            PAPER if point.judgement is Judgement.USUAL else COLOURS[point.judgement],
        )
        for point in CASES["every sort of point"].points
    }


def test_a_usual_point_is_hollow_and_an_unusual_one_full_and_larger() -> None:
    usual, *others = sorted(
        points_of(draw(CASES["every sort of point"])), key=lambda trace: trace["marker"]["size"]
    )
    assert usual["marker"]["color"] == PAPER
    assert usual["marker"]["line"]["color"] == COLOURS[Judgement.USUAL]
    assert all(trace["marker"]["color"] != PAPER for trace in others)
    assert all(trace["marker"]["size"] > usual["marker"]["size"] for trace in others)


def test_every_point_stands_where_its_figure_is() -> None:
    figure = draw(CASES["better and worse"])
    placed = [place for trace in points_of(figure) for place in zip(trace["x"], trace["y"], strict=True)]
    assert sorted(placed) == list(zip(TOUCH_DAYS, TOUCH, strict=True))


@pytest.mark.parametrize("judgement", Judgement)
@pytest.mark.parametrize("paper", [PAPER, STONE])
def test_points_stand_out_on_white_and_on_the_band(judgement: Judgement, paper: str) -> None:
    assert contrast(COLOURS[judgement], paper) >= GRAPHIC


def test_no_colour_of_a_point_is_that_of_an_area() -> None:
    unusual = {COLOURS[each] for each in Judgement if each is not Judgement.USUAL}
    assert len(unusual) == 3
    assert not unusual & {style.line for style in STYLES.values()}


def test_the_run_is_grey_under_its_points_and_is_what_is_pointed_at() -> None:
    figure = draw(CASES["better and worse"])
    (run,) = runs_of(figure)
    assert run["line"]["color"] == INK_3
    assert run["y"] == list(TOUCH)
    assert run["customdata"][6] == "Worcestershire 75, 2019-01-28"
    assert figure["data"].index(run) < min(figure["data"].index(trace) for trace in points_of(figure))


def test_the_usual_range_is_a_band_under_everything() -> None:
    (band,) = bands_of(draw(CASES["better and worse"]))
    assert (band["y0"], band["y1"]) == (79.8, 86.7)
    assert (band["x0"], band["x1"]) == (TOUCH_DAYS[0], TOUCH_DAYS[-1])
    assert band["layer"] == "below"
    assert band["fillcolor"] == STONE


def test_average_and_limits_are_named_where_they_end() -> None:
    figure = draw(CASES["better and worse"])
    assert [note_of(figure, name)["y"] for name in ("Upper", "Average", "Lower")] == [86.7, 83.25, 79.8]


def test_without_limits_there_is_no_band_and_every_point_is_hollow() -> None:
    figure = draw(CASES["no limits"])
    assert bands_of(figure) == []
    assert {trace["marker"]["color"] for trace in points_of(figure)} == {PAPER}


def test_a_hidden_figure_is_a_gap_in_the_run_and_has_no_point() -> None:
    figure = draw(CASES["some hidden"])
    (run,) = runs_of(figure)
    assert run["y"] == [None, 2, 3, None, 5, 6, None]
    assert run["connectgaps"] is False
    assert {x for trace in points_of(figure) for x in trace["x"]} == {YEARS[each] for each in (1, 2, 4, 5)}
    symbols = [note for note in figure["layout"]["annotations"] if note["text"] == "[c]"]
    assert [note["x"] for note in symbols] == [YEARS[0], YEARS[3], YEARS[6]]


def test_what_is_not_told_exactly_stays_a_hollow_diamond_in_the_areas_colour() -> None:
    figure = draw(CASES["some not exact"])
    (rough,) = [trace for trace in figure["data"] if trace.get("marker", {}).get("size") == 12]
    assert rough["x"] == [TOUCH_DAYS[2], TOUCH_DAYS[11]]
    assert rough["marker"]["line"]["color"] == STYLES[Role.AREA].line


def test_where_limits_were_based_anew_each_stretch_has_a_band_and_the_reason_stands_over_it() -> None:
    case = CASES["based anew"]
    figure, plain = draw(case), draw(CASES["no limits"])
    assert [(band["x0"], band["x1"]) for band in bands_of(figure)] == [
        (YEARS[0], YEARS[2]),
        (YEARS[3], YEARS[6]),
    ]
    said = note_of(figure, "New recording system")
    assert (said["x"], said["y"], said["yref"]) == (YEARS[3], 1, "paper")
    added = figure["layout"]["margin"]["t"] - plain["layout"]["margin"]["t"]
    assert added == figure["layout"]["height"] - plain["layout"]["height"] >= 20  # the plot stays as high


def test_only_the_last_of_several_stretches_is_named() -> None:
    texts = [note["text"] for note in draw(CASES["based anew"])["layout"]["annotations"]]
    assert [text for text in texts if text.startswith(("Upper", "Average", "Lower"))] == [
        "Upper limit 40",
        "Average 32",
        "Lower limit 20",
    ]
    assert "" not in texts


@EVERY_WIDTH
@pytest.mark.parametrize("name", CASES)
def test_no_name_lies_on_another(name: str, narrow: bool) -> None:
    layout = draw(CASES[name], narrow=narrow)["layout"]
    low, high = layout["yaxis"]["range"]
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    spans = sorted(
        (middle - lines * 10, middle + lines * 10)
        for note in layout["annotations"]
        if note.get("align") == "left"
        for lines in [count_lines(note["text"])]
        for middle in [(note["y"] - low) / (high - low) * height + note.get("yshift", 0)]
    )
    assert all(after[0] >= before[1] - 1.5 for before, after in pairwise(spans))  # whole pixels
    assert all(bottom >= -20 and top <= height + 20 for bottom, top in spans)


@pytest.mark.parametrize(("place", "anchor"), [(0, "left"), (6, "center"), (11, "right")])
def test_the_words_of_an_event_are_drawn_inwards_where_an_edge_is_near(place: int, anchor: str) -> None:
    picture = next(iter(CASES.values()))
    day = TOUCH_DAYS[place]
    trend = replace(picture.trend, start=TOUCH_DAYS[0], end=TOUCH_DAYS[-1])
    figure = draw(replace(picture, trend=trend, events=(Tick(day, "75% to 87%"),)))
    note = note_of(figure, "75% to 87%")
    assert (note["x"], note["xanchor"]) == (day, anchor)
