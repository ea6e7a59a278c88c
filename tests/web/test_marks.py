from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from dashboard.views.shapes import Mark, Position, Role
from dashboard.web import marks


def draw(image: Any) -> ElementTree.Element:
    assert image.alt == ""
    return ElementTree.fromstring(unquote(image.src).removeprefix("data:image/svg+xml,"))  # noqa: S314


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_dash(role: Role) -> None:
    assert len(draw(marks.dash(role))) == 1


def test_dashes_tell_roles_apart_without_colour() -> None:
    patterns = [draw(marks.dash(role))[0].get("stroke-dasharray") for role in Role]
    assert patterns == [None, None, "10 5", "2 4", "10 4 2 4", "5 3", None, "6 4"]


@pytest.mark.parametrize("mark", Mark)
def test_every_badge_has_a_sign(mark: Mark) -> None:
    assert draw(marks.sign(mark)) is not None


def test_a_trend_line_has_a_gap_where_a_figure_is_hidden() -> None:
    path = draw(marks.trend((1.0, 2.0, None, 4.0, 3.0), 112, 30))[0].get("d") or ""
    assert path.count("M") == 2
    assert path.count("L") == 2


@pytest.mark.parametrize("figures", [(), (1.0,), (None, None), (None, 3.0, None)])
def test_there_is_no_trend_line_of_one_point(figures: tuple[float | None, ...]) -> None:
    assert marks.trend(figures, 112, 30) is None


def test_a_strip_shows_only_who_is_there() -> None:
    drawing = draw(marks.strip(Position(0.5, None, 1.0)))
    assert [element.tag.split("}")[1] for element in drawing] == ["path", "path", "circle"]
    assert drawing[2].get("cx") == "66"
