"""`dashboard.charts.stacked`: categories one on another."""

from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import count_lines, measure
from dashboard.charts.theme import LABEL, NARROW_WIDTH, WIDE_WIDTH
from tests.charts.pictures import layer, list_stacked, stacked
from tests.charts.test_theme import contrast

STACKED = list_stacked()
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True])


def looks_of(figure: dict[str, Any]) -> list[tuple[str, str]]:
    """Colour and pattern of each layer."""
    return [
        (trace["marker"]["color"], trace["marker"].get("pattern", {}).get("shape", ""))
        for trace in figure["data"]
    ]


def names_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note.get("xref") == "paper"]


@pytest.mark.parametrize("count", range(1, 13))
def test_every_layer_can_be_told_from_the_others(count: int) -> None:
    layers = [layer((3, 4), f"Category {number}") for number in range(count)]
    assert len(set(looks_of(draw(stacked(*layers))))) == count


@pytest.mark.parametrize("count", range(1, 13))
def test_neighbours_differ_by_three_to_one_or_have_a_white_gap_between(count: int) -> None:
    traces = draw(stacked(*(layer((3, 4), f"Category {number}") for number in range(count))))["data"]
    for below, above in pairwise(traces):
        gap = {"color": "#ffffff", "width": 2}
        parted = below["marker"]["line"] == above["marker"]["line"] == gap
        assert parted or contrast(below["marker"]["color"], above["marker"]["color"]) >= 3


def test_the_rest_is_grey() -> None:
    colours = [colour for colour, _ in looks_of(draw(STACKED["counts"]))]
    red, green, blue = (int(colours[-1][place : place + 2], 16) for place in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) < 24


def test_a_hidden_part_is_a_gap_with_a_symbol_over_its_column() -> None:
    figure = draw(STACKED["shares"])
    assert figure["data"][0]["y"] == [40, None, 42]
    symbols = [note for note in figure["layout"]["annotations"] if note["text"] == "[c]"]
    assert [note["x"] for note in symbols] == [1]
    assert symbols[0]["hovertext"] == "Police: [c]<br>Schools: [c]"


@EVERY_WIDTH
@pytest.mark.parametrize("name", STACKED)
def test_symbols_do_not_touch(name: str, narrow: bool) -> None:
    figure = draw(STACKED[name], narrow=narrow)
    margin = figure["layout"]["margin"]
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - margin["l"] - margin["r"]
    apart = width / max(len(STACKED[name].groups), 1)
    symbols = [note for note in figure["layout"]["annotations"] if note["text"].startswith("[")]
    places = sorted(note["x"] * apart for note in symbols if note.get("xref") != "paper")
    assert all(after - before >= measure("[c]", LABEL) for before, after in pairwise(places))


def test_columns_too_narrow_for_a_symbol_each_share_one_under_a_bracket() -> None:
    figure = draw(
        stacked(layer((1, None, None, *[4] * 9)), layer([2] * 12, "Other"), hidden=(1, 2)), narrow=True
    )
    symbols = [note for note in figure["layout"]["annotations"] if note["text"] == "[c]"]
    assert [(note["x"], note["y"]) for note in symbols] == [(1, 2)]
    assert [shape["path"] for shape in figure["layout"]["shapes"] if shape.get("yref") == "y"] == [
        "M1,9V5H2V9"
    ]


def test_a_stack_that_is_hidden_whole_has_only_the_zero_line() -> None:
    assert draw(STACKED["all hidden"])["layout"]["yaxis"]["ticktext"] == ["0"]


def test_shares_fill_the_height() -> None:
    axis = draw(STACKED["shares"])["layout"]["yaxis"]
    assert (axis["range"], axis["ticktext"][-1]) == ([0, 100], "100%")


@EVERY_WIDTH
@pytest.mark.parametrize("name", STACKED)
def test_every_layer_is_named_and_no_name_lies_on_another(name: str, narrow: bool) -> None:
    figure = draw(STACKED[name], narrow=narrow)
    layout = figure["layout"]
    names = names_of(figure)
    assert len(names) == len(STACKED[name].layers)
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    spans = sorted(
        (note["yshift"] - count_lines(note["text"]) * 10, note["yshift"] + count_lines(note["text"]) * 10)
        for note in names
    )
    assert all(after[0] >= before[1] for before, after in pairwise(spans))
    assert all(bottom >= -16 and top <= height + 16 for bottom, top in spans)


@pytest.mark.parametrize("name", STACKED)
def test_a_swatch_has_its_layers_colour(name: str) -> None:
    figure = draw(STACKED[name])
    swatches = [shape["fillcolor"] for shape in figure["layout"]["shapes"] if "fillcolor" in shape]
    assert swatches == [colour for colour, _ in looks_of(figure)]
