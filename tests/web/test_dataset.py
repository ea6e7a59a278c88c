"""`dashboard.web.dataset`: what is drawn of the board dataset, and what a narrowed one says of itself."""

from typing import Any

import pytest

from dashboard.statistics.processes import Assurance
from dashboard.views.dataset_shapes import (
    Comparison,
    Dataset,
    Figure,
    Goal,
    Group,
    Month,
    Narrowing,
    Row,
    State,
    Verdict,
)
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Badge, Mark, Panel
from dashboard.web.dataset import draw_dataset
from dashboard.web.markup import as_html, as_plain
from tests.web.conftest import walk

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = tuple(
    Month(name, "2019", f"{name} 2019", place in (0, 11), place % 3 == 2) for place, name in enumerate(NAMES)
)
UNLIKE = Badge(Mark.UNLIKE, "Not like for like", "England counts ages 19 to 21")


def make_row(number: int = 29, **fields: Any) -> Row:
    usual: dict[str, Any] = {
        "key": "in-touch",
        "title": "Care leavers in touch",
        "href": "/explore/in-touch",
        "figures": (Figure("·", "Not collected"), *[Figure("84%")] * 10, Figure("85%", share="(7 of 8)")),
        "change": "Down 1 point",
        "trend": (None, *[84.0] * 10, 85.0),
        "step": 1,
        "state": State("Usual", "Within its range.", Judgement.USUAL),
        "goal": Goal("95%", "not met", "", Verdict("Always misses", "Never.", Assurance.ALWAYS_MISSES)),
        "comparison": Comparison("England [93%]", "", "", (UNLIKE,)),
        "badges": (),
        "meaning": (("What it counts", "Care leavers."), ("Why it matters", "They may need help.")),
    }
    return Row(number=number, **(usual | fields))


FILE = Panel(
    key="dataset",
    title="Board dataset, July 2018 to June 2019",
    subtitle="",
    badges=(),
    picture=None,
    empty=None,
    summary="",
    source="Source: Board dataset 2018/19",
    table=None,
    definition="",
    csv="/download/board-dataset/dataset.csv?period=2019-M06",
)


def make_dataset(*rows: Row, **fields: Any) -> Dataset:
    narrowings = (
        Narrowing("", "All", 32, "/board-dataset?x=1", False),
        Narrowing("off-target", "Off target", 12, "/board-dataset?x=1&only=off-target", True),
    )
    usual: dict[str, Any] = {
        "caption": "Board dataset: 1 of 32 measures",
        "months": MONTHS,
        "groups": (Group("Care leavers", rows),) if rows else (),
        "narrowings": narrowings,
        "narrowed": "Off target: the latest figure misses its target.",
        "empty": "" if rows else "None of the 32 measures.",
        "years": "2017/18",
        "notes": ("A middle dot.",),
        "file": FILE,
    }
    return Dataset(**(usual | fields))


def draw(dataset: Dataset) -> list[dict[str, Any]]:
    return list(walk(as_plain(draw_dataset(dataset))))


def say(node: object) -> str:
    """The words in an element, as they are read one after another."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(say(each) for each in node)
    return say(node["props"].get("children") or "") if isinstance(node, dict) else ""


def test_every_row_has_as_many_cells_as_there_are_headings() -> None:
    drawn = draw(make_dataset(make_row(), make_row(30, goal=None, comparison=None)))
    heads = [node for node in drawn if node["type"] == "Th" and node["props"].get("scope") == "col"]
    assert len(heads) == 19
    assert say(heads[-1]) == "Comparators, 2017/18"
    rows = [node for node in drawn if node["props"].get("className") == "row-of"]
    assert [len(row["props"]["children"]) for row in rows] == [19, 19]
    spans = {node["props"]["colSpan"] for node in drawn if "colSpan" in node["props"]}
    assert spans == {19}


def test_a_figure_is_read_as_it_is_printed_and_a_dot_says_why() -> None:
    row = next(node for node in draw(make_dataset(make_row())) if node["props"].get("className") == "row-of")
    cells = row["props"]["children"]
    assert say(cells[2]) == "·Not collected"
    assert say(cells[3]) == "84%"
    assert say(cells[13]) == "85% (7 of 8)"
    dot = cells[2]["props"]["children"][0]
    assert dot["props"]["aria-hidden"] == "true"


def test_each_measure_is_a_link_and_has_a_button_for_what_it_means() -> None:
    drawn = draw(make_dataset(make_row()))
    links = [node["props"]["href"] for node in drawn if node["type"] == "A"]
    assert "/explore/in-touch" in links
    button = next(node for node in drawn if node["type"] == "Summary")
    assert say(button) == "?What “Care leavers in touch” means"
    rows = [node["props"].get("className") for node in drawn if node["type"] == "Tr"]
    assert rows == [None, "group", "row-of", "meaning-of"]


def test_every_shape_has_its_word_beside_it_and_no_words_of_its_own() -> None:
    drawn = draw(make_dataset(make_row()))
    assert all(node["props"]["alt"] == "" for node in drawn if node["type"] == "Img")
    signs = [say(node) for node in drawn if "sign" in str(node["props"].get("className", "")).split()]
    assert signs == ["Usual", "Always misses"]


@pytest.mark.parametrize("state", [State("Too few points", "There are 4."), State("Hidden", "Hidden.")])
def test_what_cannot_be_said_has_a_word_and_an_open_shape(state: State) -> None:
    drawn = draw(make_dataset(make_row(state=state)))
    sign = next(node for node in drawn if "sign" in str(node["props"].get("className", "")).split())
    assert sign["props"]["className"] == "sign open"
    assert say(sign) == state.text


def test_the_chosen_filter_is_marked_and_explained() -> None:
    drawn = draw(make_dataset(make_row()))
    current = [node for node in drawn if node["props"].get("aria-current") == "true"]
    assert [say(node) for node in current] == ["Off target12 measures"]
    assert any(say(node).startswith("Off target: the latest") for node in drawn if node["type"] == "P")


def test_with_no_row_there_are_words_and_no_table() -> None:
    drawn = draw(make_dataset())
    assert [node for node in drawn if node["type"] == "Table"] == []
    assert "None of the 32 measures." in [say(node) for node in drawn if node["type"] == "P"]


def test_the_first_paint_holds_the_whole_table_without_styles() -> None:
    text = as_html(as_plain(draw_dataset(make_dataset(make_row()))))
    assert '<td class="m">84<small>%</small></td>' in text
    assert text.count("<img") == 5
    assert " style=" not in text
    assert 'tabindex="0"' in text


def test_the_figures_can_be_downloaded_under_the_table() -> None:
    markup = as_html(as_plain(draw_dataset(make_dataset(make_row()))))
    assert markup.index("A middle dot.") < markup.index("Source: Board dataset 2018/19")
    for text, address in (
        ("CSV", "/download/board-dataset/dataset.csv?period=2019-M06"),
        ("Workbook", "/download/board-dataset/dataset.xlsx?period=2019-M06"),
    ):
        assert f'<a href="{address}"' in markup
        assert f">{text}<span" in markup
