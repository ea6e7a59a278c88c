"""`dashboard.charts.funnel`: dots by size, the county's figure across, and limits of chance round it."""

from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import count_lines, measure
from dashboard.charts.theme import LABEL, NARROW_WIDTH, PAPER, STYLES, TICK, WIDE_WIDTH
from dashboard.views.pictures import Funnel
from dashboard.views.shapes import Role
from tests.charts.pictures import dot, funnel, list_funnels

CASES = list_funnels()
SIX = CASES["six districts"]
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
EVERY_CASE = pytest.mark.parametrize("name", CASES)


class Box(NamedTuple):
    """Where words lie, in pixels from the plot's lower left corner."""

    left: float
    right: float
    bottom: float
    top: float


def dots_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == "markers"]


def curves_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines"]


def names_of(figure: dict[str, Any], picture: Funnel) -> list[dict[str, Any]]:
    """The notes that name a dot."""
    hovers = {each.hover for each in picture.dots}
    return [note for note in figure["layout"]["annotations"] if note.get("hovertext") in hovers]


def size_of(figure: dict[str, Any], narrow: bool) -> tuple[float, float]:
    """The plot in pixels, at the least width at which it is drawn."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    wide = (NARROW_WIDTH if narrow else WIDE_WIDTH) - margin["l"] - margin["r"]
    return wide, layout["height"] - margin["t"] - margin["b"]


def boxes_of(figure: dict[str, Any], picture: Funnel, narrow: bool) -> list[Box]:
    """Where the names lie."""
    wide, high = size_of(figure, narrow)
    (left, right), (low, top) = (figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    boxes = []
    for note in names_of(figure, picture):
        x = (note["x"] - left) / (right - left) * wide + note["xshift"]
        y = (note["y"] - low) / (top - low) * high + note["yshift"]
        half = measure(note["text"], LABEL, bold=note["font"].get("weight") == 700) / 2
        boxes.append(Box(x - half, x + half, y - LABEL / 2, y + LABEL / 2))
    return boxes


def test_a_district_is_a_hollow_dot_by_its_size_and_the_chosen_one_full_and_on_top() -> None:
    others, chosen = dots_of(draw(SIX))
    assert (chosen["x"], chosen["y"]) == ([64], [39])
    assert chosen["marker"]["color"] == STYLES[Role.AREA].line
    assert others["marker"]["color"] == PAPER
    assert others["marker"]["size"] < chosen["marker"]["size"]
    assert len(others["x"]) == 5
    assert others["customdata"][0] == "Bromsgrove 55% of 38"


def test_where_the_county_is_chosen_every_dot_is_hollow() -> None:
    (dots,) = dots_of(draw(CASES["the county chosen"]))
    assert dots["marker"]["color"] == PAPER


def test_nothing_joins_or_orders_the_districts() -> None:
    figure = draw(SIX)
    assert all(trace["mode"] == "markers" for trace in dots_of(figure))
    assert dots_of(figure)[0]["x"] == [each.x for each in SIX.dots if each.role is Role.COUNTY]


def test_the_inner_limits_are_solid_and_the_outer_ones_dashed() -> None:
    curves = curves_of(draw(SIX))
    assert [curve["line"]["dash"] for curve in curves] == ["solid", "solid", "6px,4px", "6px,4px"]
    assert [curve["y"] for curve in curves[:2]] == [list(SIX.curves[0].lower), list(SIX.curves[0].upper)]
    assert {curve["hoverinfo"] for curve in curves} == {"skip"}


def test_the_countys_figure_lies_across_in_its_colour() -> None:
    centre = draw(SIX)["layout"]["shapes"][0]
    assert (centre["y0"], centre["y1"], centre["xref"], centre["x0"], centre["x1"]) == (58, 58, "paper", 0, 1)
    assert centre["line"]["color"] == STYLES[Role.COUNTY].line


def test_what_lies_across_and_how_sure_the_limits_are_is_said() -> None:
    texts = [note["text"] for note in draw(SIX)["layout"]["annotations"]]
    assert {"Worcestershire 58%", "19 in 20", "998 in 1,000"} <= set(texts)
    assert texts[-1] == "Care leavers"


def test_names_are_full_where_there_is_room_and_on_a_phone_the_chosen_ones_alone() -> None:
    assert {note["text"] for note in names_of(draw(SIX), SIX)} == {
        "Redditch 39%",
        "Bromsgrove",
        "Malvern Hills",
        "Worcester",
        "Wychavon",
        "Wyre Forest",
    }
    free = funnel(dot("Redditch", 80, 39, Role.AREA), dot("Worcester", 121, 60))
    assert [note["text"] for note in names_of(draw(free, narrow=True), free)] == ["Redditch 39%"]


@EVERY_WIDTH
@EVERY_CASE
def test_no_name_lies_on_another_or_outside_the_plot(name: str, narrow: bool) -> None:
    figure = draw(CASES[name], narrow=narrow)
    wide, high = size_of(figure, narrow)
    boxes = boxes_of(figure, CASES[name], narrow)
    for one, other in combinations(boxes, 2):
        assert (
            one.right <= other.left + 1
            or other.right <= one.left + 1
            or one.top <= other.bottom + 1
            or other.top <= one.bottom + 1
        )
    for box in boxes:
        assert box.left >= -1
        assert box.right <= wide + 1
        assert box.bottom >= -1
        assert box.top <= high + 1


def test_a_name_without_room_is_still_in_the_hover() -> None:
    case = CASES["all at one place"]
    figure = draw(case)
    assert len(names_of(figure, case)) < len(case.dots)
    assert "Redditch 58%" in {note["text"] for note in names_of(figure, case)}  # the chosen one comes first
    hovers = {words for trace in dots_of(figure) for words in trace["customdata"]}
    assert hovers == {each.hover for each in case.dots}


@EVERY_WIDTH
@EVERY_CASE
def test_the_words_under_the_axis_are_apart_and_not_cut_off(name: str, narrow: bool) -> None:
    figure = draw(CASES[name], narrow=narrow)
    wide, _ = size_of(figure, narrow)
    axis, margin = figure["layout"]["xaxis"], figure["layout"]["margin"]
    first, last = axis["range"]
    spans = [
        (middle - measure(text, TICK) / 2, middle + measure(text, TICK) / 2)
        for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True)
        for middle in [(place - first) / (last - first) * wide]
    ]
    assert all(after[0] >= before[1] for before, after in pairwise(spans))
    assert spans[0][0] >= -margin["l"]
    assert spans[-1][1] <= wide + margin["r"]


@EVERY_WIDTH
@EVERY_CASE
def test_the_names_of_the_lines_fit_beside_the_plot_and_lie_on_none_other(name: str, narrow: bool) -> None:
    figure = draw(CASES[name], narrow=narrow)
    _, high = size_of(figure, narrow)
    low, top = figure["layout"]["yaxis"]["range"]
    endings = [note for note in figure["layout"]["annotations"] if note.get("align") == "left"]
    for note in endings:
        assert measure(note["text"], LABEL) + note["xshift"] <= figure["layout"]["margin"]["r"]
    spans = sorted(
        (middle - lines * 10, middle + lines * 10)
        for note in endings
        for lines in [count_lines(note["text"])]
        for middle in [(note["y"] - low) / (top - low) * high + note.get("yshift", 0)]
    )
    assert all(after[0] >= before[1] - 1.5 for before, after in pairwise(spans))  # whole pixels


def test_every_figure_and_limit_is_on_the_scale() -> None:
    for name, case in CASES.items():
        low, high = draw(case)["layout"]["yaxis"]["range"]
        values = [each.y for each in case.dots] + [y for curve in case.curves for y in curve.upper]
        assert all(low <= value <= high for value in values), name
