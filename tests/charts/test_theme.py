"""`dashboard.charts.theme`: colours that can be read, and roles told apart without them."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from dashboard.charts import theme
from dashboard.views.shapes import Role
from dashboard.web import marks, panels

ROOT = Path(__file__).parent.parent.parent
EVERY_ROLE = pytest.mark.parametrize("role", Role)
GREY = (Role.MEAN, Role.LIMIT)
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, from 0 to 1."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str = theme.PAPER) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_worked_out_as_in_the_published_examples() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff") == 1


@EVERY_ROLE
def test_a_roles_words_and_lines_stand_out_on_white(role: Role) -> None:
    assert contrast(theme.STYLES[role].text) >= TEXT
    assert contrast(theme.STYLES[role].line) >= GRAPHIC


@pytest.mark.parametrize("colour", [theme.INK, theme.INK_2, theme.INK_3, theme.AREA])
@pytest.mark.parametrize("paper", [theme.PAPER, theme.STONE])
def test_letters_stand_out_on_white_and_on_the_page(colour: str, paper: str) -> None:
    assert contrast(colour, paper) >= TEXT


@pytest.mark.parametrize("colour", [*theme.CATEGORIES, *theme.REST])
def test_fills_stand_out_on_white(colour: str) -> None:
    assert contrast(colour) >= GRAPHIC


def test_every_role_has_a_look() -> None:
    assert set(theme.STYLES) == set(Role)


@pytest.mark.parametrize(("one", "other"), [pair for pair in combinations(Role, 2) if pair != GREY])
def test_roles_differ_in_dash_or_width_as_well_as_in_colour(one: Role, other: Role) -> None:
    a, b = theme.STYLES[one], theme.STYLES[other]
    assert (a.dash, a.width) != (b.dash, b.width)
    assert a.line != b.line
    assert a.symbol != b.symbol or Role.AREA in (one, other)


def test_an_average_and_its_limits_are_of_one_grey_and_differ_in_their_dash() -> None:
    """They have no dots and stand on process charts only, each with its own name at its end."""
    mean, limit = (theme.STYLES[role] for role in GREY)
    assert (mean.line, mean.text, mean.width) == (limit.line, limit.text, limit.width)
    assert (mean.dash, limit.dash) == ("solid", "6px,4px")


def test_what_is_carried_forward_is_like_no_roles_line() -> None:
    assert theme.CARRIED not in {style.dash for style in theme.STYLES.values()}


def test_the_chosen_area_is_the_strongest_line() -> None:
    own = theme.STYLES[Role.AREA]
    assert own.bold
    assert all(style.width < own.width for role, style in theme.STYLES.items() if role is not Role.AREA)


def test_plotlys_own_buttons_are_off() -> None:
    """One of them sends a chart's figures to a company's website."""
    assert theme.CONFIG["displayModeBar"] is False
    assert theme.CONFIG["showSendToCloud"] is False
    assert theme.CONFIG["plotlyServerURL"] == ""
    assert theme.CONFIG["scrollZoom"] is False


def test_the_web_has_no_settings_of_its_own_for_plotly() -> None:
    assert panels.CONFIG is theme.CONFIG


@EVERY_ROLE
def test_the_key_beside_words_has_the_colour_and_dash_of_the_line(role: Role) -> None:
    drawn: str = vars(marks.dash(role))["src"]
    style = theme.STYLES[role]
    assert style.line.replace("#", "%23") in drawn
    dashes = re.search(r"stroke-dasharray='([\d ]+)'", drawn)
    assert (dashes[1] if dashes else "solid") == style.dash.replace("px,", " ").replace("px", "")


def test_no_other_module_names_a_role_colour() -> None:
    """Words may change colour here alone. Scripts and the stylesheet name them under the same names."""
    colours = {style.line for style in theme.STYLES.values()} | {
        style.text for style in theme.STYLES.values()
    }
    colours |= {*theme.CATEGORIES, *theme.REST}
    copies = [
        f"{path.relative_to(ROOT)}: {colour}"
        for path in (ROOT / "dashboard").rglob("*.py")
        if path.name != "theme.py"
        for colour in re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8").lower())
        if colour in colours
    ]
    assert copies == []


def test_a_sign_for_less_is_not_taken_for_a_tag() -> None:
    assert theme.escape("<1% <b>of</b><br>children") == "&lt;1% &lt;b>of&lt;/b><br>children"
