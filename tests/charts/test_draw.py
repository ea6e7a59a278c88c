"""`dashboard.charts`: every picture becomes a figure that Plotly takes and that can be sent as it stands."""

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import orjson
import plotly.graph_objects as go
import pytest

from dashboard.charts import draw, find_builders, process, theme
from dashboard.charts.theme import NARROW_WIDTH, TICK, WIDE_WIDTH, Figure
from dashboard.views.pictures import Funnel, Process
from dashboard.views.shapes import Bars, Grouped, Picture, Stacked, Trend
from tests.charts.pictures import list_pictures

PICTURES = list_pictures()
EVERY_PICTURE = pytest.mark.parametrize(
    "picture", [pytest.param(picture, id=name) for name, picture in PICTURES.items()]
)
EVERY_WIDTH = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


def walk(part: Any) -> Iterator[Any]:
    """Every part of a figure, the parts of its parts included."""
    yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inner:
        yield from walk(each)


def list_values(picture: Picture) -> Iterator[float | None]:
    """The figures that a picture holds, and None for what is hidden."""
    if isinstance(picture, Trend):
        yield from (y for line in picture.lines for y in line.y)
    elif isinstance(picture, Bars):
        yield from (bar.value for bar in picture.bars)
    elif isinstance(picture, Grouped):
        yield from (value for column in picture.columns for value in column.values)
    elif isinstance(picture, Stacked):
        yield from (value for layer in picture.layers for value in layer.values)
    elif isinstance(picture, Process):
        yield from list_values(picture.trend)
        yield from (point.y for point in picture.points)
    elif isinstance(picture, Funnel):
        yield from (dot.y for dot in picture.dots)
        yield from (value for curve in picture.curves for value in (*curve.lower, *curve.upper))


def draw_all(narrow: bool) -> Iterator[tuple[str, Picture, Figure]]:
    """Every picture with its name and its figure."""
    for name, picture in PICTURES.items():
        yield name, picture, draw(picture, narrow=narrow)


def test_every_kind_of_picture_has_one_module_that_draws_it() -> None:
    assert set(find_builders()) == set(Picture.__subclasses__())


def test_what_is_no_picture_is_refused_by_its_name() -> None:
    with pytest.raises(TypeError, match="draws a str"):
        draw("a picture")  # type: ignore[arg-type]


def test_there_is_an_awkward_case_of_every_kind() -> None:
    assert {type(picture) for picture in PICTURES.values()} == set(Picture.__subclasses__())


@EVERY_WIDTH
@EVERY_PICTURE
def test_plotly_knows_every_property(picture: Picture, narrow: bool) -> None:
    go.Figure(draw(picture, narrow=narrow), skip_invalid=False)


@EVERY_WIDTH
@EVERY_PICTURE
def test_a_figure_is_sent_as_it_stands(picture: Picture, narrow: bool) -> None:
    figure = draw(picture, narrow=narrow)
    # orjson writes NaN as null, so the number is looked for before it is written
    assert not [part for part in walk(figure) if isinstance(part, float) and not math.isfinite(part)]
    assert {type(part) for part in walk(figure)} <= {dict, list, str, int, float, bool, type(None)}
    assert orjson.loads(orjson.dumps(figure)) == json.loads(json.dumps(figure)) == figure


@EVERY_WIDTH
def test_only_figures_of_the_picture_are_drawn(narrow: bool) -> None:
    """None stays None: nothing is filled in, joined up or added together."""
    for name, picture, figure in draw_all(narrow):
        across = "x" if isinstance(picture, Bars) else "y"
        drawn = {value for trace in figure["data"] for value in trace[across]}
        trend = picture.trend if isinstance(picture, Process) else picture
        rough = isinstance(trend, Trend) and any(line.rough for line in trend.lines)
        assert drawn == {*list_values(picture), *([None] if rough else [])}, name


@EVERY_WIDTH
def test_each_point_has_its_own_words(narrow: bool) -> None:
    for name, _, figure in draw_all(narrow):
        for trace in figure["data"]:
            assert len(trace["x"]) == len(trace["y"]), name
            if trace.get("hoverinfo") != "skip":
                assert len(trace["customdata"]) == len(trace["x"]), name
                assert trace["hovertemplate"] == "%{customdata}<extra></extra>", name


@EVERY_WIDTH
def test_there_is_room_for_the_plot(narrow: bool) -> None:
    for name, _, figure in draw_all(narrow):
        margin = figure["layout"]["margin"]
        width = (NARROW_WIDTH if narrow else WIDE_WIDTH) - margin["l"] - margin["r"]
        assert width >= (96 if narrow else 200), name
        assert figure["layout"]["height"] - margin["t"] - margin["b"] >= 40, name


@EVERY_WIDTH
def test_an_axis_has_some_length_and_cannot_be_dragged(narrow: bool) -> None:
    for name, _, figure in draw_all(narrow):
        for axis in (figure["layout"]["xaxis"], figure["layout"]["yaxis"]):
            first, last = axis["range"]
            assert first != last, name
            assert axis["fixedrange"] is True, name


@EVERY_WIDTH
def test_no_letters_are_smaller_than_those_of_ticks(narrow: bool) -> None:
    for name, _, figure in draw_all(narrow):
        parts = [part for part in walk(figure) if isinstance(part, dict)]
        fonts = [font for part in parts for key, font in part.items() if key.endswith("font")]
        assert min(font["size"] for font in fonts) >= TICK == 15, name


@EVERY_WIDTH
def test_every_colour_is_the_themes(narrow: bool) -> None:
    styles = theme.STYLES.values()
    palette = {theme.INK, theme.INK_2, theme.INK_3, theme.RULE, theme.PAPER, theme.AREA}
    palette |= {theme.STONE, *theme.CATEGORIES, *theme.REST, *process.COLOURS.values()}
    palette |= {style.line for style in styles} | {style.text for style in styles}
    for name, _, figure in draw_all(narrow):
        text = orjson.dumps(figure).decode()
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= palette, name
        assert not re.search(r"rgba?\(|hsl", text), name


@EVERY_WIDTH
def test_words_hold_no_tags_but_line_breaks(narrow: bool) -> None:
    for name, _, figure in draw_all(narrow):
        texts = [note["text"] for note in figure["layout"]["annotations"]]
        texts += figure["layout"]["xaxis"].get("ticktext", [])
        assert not [text for text in texts if "<" in text.replace("<br>", "")], name


def test_charts_import_neither_dash_nor_plotly_nor_numpy() -> None:
    """Not even by way of another module: the program is started anew, and says what it has loaded."""
    code = (
        "import sys, dashboard.charts as charts; charts.find_builders(); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'dash', 'plotly', 'numpy', 'pandas'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
