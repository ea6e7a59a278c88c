"""`dashboard.charts.grouped`: two sets of columns side by side."""

from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.charts.lettering import measure
from dashboard.charts.theme import LABEL, NARROW_WIDTH, STYLES, TICK, WIDE_WIDTH
from dashboard.views.shapes import Role
from tests.charts.pictures import column, grouped, list_grouped

GROUPED = list_grouped()
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True])


def symbols_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note["text"].startswith("[")]


def test_the_second_set_is_hatched_in_the_same_blue() -> None:
    solid, hatched = (trace["marker"] for trace in draw(GROUPED["started and ceased"])["data"])
    assert "pattern" not in solid
    assert hatched["pattern"]["fgcolor"] == solid["color"]


def test_the_earlier_year_is_an_outline() -> None:
    before, now = (trace["marker"] for trace in draw(GROUPED["this year and last"])["data"])
    assert before["color"] == "#ffffff"
    assert before["line"]["color"] == now["color"]


def test_columns_that_are_not_told_exactly_are_dotted() -> None:
    solid, hatched = draw(list_grouped()["some not exact"])["data"]
    assert solid["marker"]["pattern"]["shape"] == ["", ".", ""]
    assert hatched["marker"]["pattern"]["shape"] == [".", "/", "."]


def test_the_countys_columns_have_its_colour() -> None:
    figure = draw(list_grouped()["of the county"])
    assert figure["data"][0]["marker"]["color"] == STYLES[Role.COUNTY].line


def test_the_key_names_both_sets() -> None:
    texts = [note["text"] for note in draw(GROUPED["started and ceased"])["layout"]["annotations"]]
    assert texts[:2] == ["Started", "Ceased"]


def test_values_stand_above_columns_where_there_is_room() -> None:
    assert draw(GROUPED["started and ceased"])["data"][0]["text"] == ["241", "328", "281", "243"]
    assert "text" not in draw(GROUPED["37 months"], narrow=True)["data"][0]


def test_a_hidden_figure_has_its_symbol_where_its_column_would_stand() -> None:
    figure = draw(grouped(column((5, None, 7)), column((4, 3, 2), "Ceased")))
    assert figure["data"][0]["y"] == [5, None, 7]
    (symbol,) = symbols_of(figure)
    assert symbol["text"] == "[c]"
    assert 0.5 < symbol["x"] < 1  # left of the middle of the second group
    assert symbol["hovertext"] == "Started [c]"


@EVERY_WIDTH
@pytest.mark.parametrize("name", GROUPED)
def test_symbols_do_not_touch(name: str, narrow: bool) -> None:
    figure = draw(GROUPED[name], narrow=narrow)
    margin = figure["layout"]["margin"]
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - margin["l"] - margin["r"]
    apart = width / max(len(GROUPED[name].groups), 1)
    places = sorted(note["x"] * apart for note in symbols_of(figure))
    assert all(after - before >= measure("[c]", LABEL) for before, after in pairwise(places))


@EVERY_WIDTH
@pytest.mark.parametrize("name", [name for name in GROUPED if name != "long names"])
def test_the_last_words_under_the_axis_are_not_cut_off(name: str, narrow: bool) -> None:
    layout = draw(GROUPED[name], narrow=narrow)["layout"]
    margin, axis = layout["margin"], layout["xaxis"]
    width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - margin["l"] - margin["r"]
    first, last = axis["range"]
    for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        middle = (place - first) / (last - first) * width
        assert middle + measure(text, TICK) / 2 <= width + margin["r"]
        assert middle - measure(text, TICK) / 2 >= -margin["l"]


@EVERY_WIDTH
def test_the_last_group_is_always_named(narrow: bool) -> None:
    axis = draw(GROUPED["12 groups"], narrow=narrow)["layout"]["xaxis"]
    assert axis["tickvals"][-1] == 11
    assert axis["ticktext"][-1] == "2021/22"
