"""The small drawings that stand beside words: dashes, signs, trend lines and strips.

Each is an image in the page itself. Dash has no elements for drawings, an image needs no script, and
images are printed where backgrounds are not. All are decoration: the words beside them say the same.
"""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from dash import html

from dashboard.charts import sparkline
from dashboard.charts.process import COLOURS
from dashboard.charts.theme import AREA, INK, INK_2, INK_3, PAPER, RULE, STYLES
from dashboard.statistics.processes import Assurance
from dashboard.views.districts import Locator
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Mark, Position, Role

_SIGNS = {
    Mark.ILLUSTRATIVE: (12, "#5e4500", "<path d='M1 1h10v10H1z' stroke-width='1.5' stroke-dasharray='3 2'/>"),
    Mark.PROVISIONAL: (12, INK, "<circle cx='6' cy='6' r='5' stroke-width='1.5'/><path d='M6 3v3h3'/>"),
    Mark.REVISED: (12, INK, "<path d='M2 6a4 4 0 1 0 2-3.5M4 0v3H1' stroke-width='1.5'/>"),
    Mark.ALIKE: (14, INK_2, "<path d='M1 4h12M1 8h12' stroke-width='1.8'/>"),
    Mark.UNLIKE: (16, INK, "<path d='M2 4h12M2 8h12M11 0L5 12' stroke-width='1.6'/>"),
}


def _image(
    width: int,
    height: int,
    drawing: str,
    kind: str = "mark",
    *,
    size: tuple[int, int] = (0, 0),
    alt: str = "",
) -> html.Img:
    """An image of so many pixels, or of another `size`; `drawing` is what stands in its `svg` element."""
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'>{drawing}</svg>"
    source = "data:image/svg+xml," + quote(picture, safe=" ='/:,.-+")
    wide, high = size if any(size) else (width, height)
    return html.Img(src=source, alt=alt, width=wide, height=high, className=kind)


@lru_cache(maxsize=64)
def dash(role: Role) -> html.Img:
    """The dash in which a role's line is drawn: the key of every chart."""
    style = STYLES[role]
    pattern = style.dash.replace("px,", " ").removesuffix("px")
    dashes = "" if pattern == "solid" else f" stroke-dasharray='{pattern}'"
    return _image(26, 10, f"<path d='M0 5h26' stroke='{style.line}' stroke-width='{style.width}'{dashes}/>")


@lru_cache(maxsize=64)
def sign(mark: Mark) -> html.Img:
    """The sign of a badge."""
    width, colour, drawing = _SIGNS[mark]
    return _image(width, 12, f"<g fill='none' stroke='{colour}'>{drawing}</g>")


@lru_cache(maxsize=4)
def upright(role: Role) -> html.Img:
    """The upright tick that stands for a comparator on a strip."""
    return _image(8, 22, _tick(4, role, 0, 22))


@lru_cache(maxsize=1)
def dot() -> html.Img:
    """The dot that stands for the chosen area on a strip."""
    return _image(14, 14, f"<circle cx='7' cy='7' r='6' fill='{AREA}'/>")


def _tick(x: float, role: Role, top: int, bottom: int) -> str:
    dashes = " stroke-dasharray='3 3'" if role is Role.NEIGHBOURS else ""
    return f"<path d='M{x:g} {top}V{bottom}' stroke='{STYLES[role].line}' stroke-width='3'{dashes}/>"


def strip(position: Position) -> html.Img:
    """A line with a dot for the chosen area and an upright for each comparator."""
    places = sparkline.strip(position, 132)
    ticks = [
        _tick(place, role, 2, 24)
        for role, place in ((Role.NEIGHBOURS, places.neighbours), (Role.ENGLAND, places.england))
        if place is not None
    ]
    line = f"<path d='M0 13h132' stroke='{RULE}'/>"
    here = f"<circle cx='{places.area:g}' cy='13' r='6' fill='{AREA}' stroke='{PAPER}' stroke-width='1.5'/>"
    return _image(132, 26, line + "".join(ticks) + here)


# --- what is usual, and whether a target will be met ------------------------------------------------

_LAND = "#e9e4d9"
_ARROW = "<path d='M11 6l4.5 5h-3v5h-3v-5h-3z' fill='#fff'{turn}/>"
_TURNED = " transform='rotate(180 11 11)'"
_WAVE = "<path d='M5 12c2-4 4-4 6 0s4 4 6-1' fill='none' stroke='{colour}' stroke-width='2'/>"
#: The tone of an answer about a target, as the stylesheet names it.
TONES = {
    Assurance.ALWAYS_MEETS: "better",
    Assurance.HIT_OR_MISS: "usual",
    Assurance.ALWAYS_MISSES: "worse",
}
_SQUARES = {
    Assurance.ALWAYS_MEETS: "M5 11.5l4 4 8-9",
    Assurance.ALWAYS_MISSES: "M6 6l10 10M16 6L6 16",
    Assurance.HIT_OR_MISS: "M7.5 8a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.2-1.5 2.3M11 16v1.6",
}


@lru_cache(maxsize=16)
def state(judgement: Judgement, *, up: bool = False) -> html.Img:
    """What a figure is: a circle with a wave, a disc, a diamond or a triangle, pointing its way."""
    colour = COLOURS[judgement]
    turn = "" if up else _TURNED
    drawing = {
        Judgement.USUAL: f"<circle cx='11' cy='11' r='9.5' fill='#fff' stroke='{colour}' stroke-width='2'/>"
        + _WAVE.format(colour=colour),
        Judgement.BETTER: f"<circle cx='11' cy='11' r='10' fill='{colour}'/>" + _ARROW.format(turn=turn),
        Judgement.WORSE: f"<path d='M11 0L22 11L11 22L0 11Z' fill='{colour}'/>" + _ARROW.format(turn=turn),
        Judgement.SPECIAL: f"<path d='M11 1L22 20H0Z' fill='{colour}'{turn}/>",
    }[judgement]
    return _image(22, 22, drawing)


@lru_cache(maxsize=4)
def assurance(found: Assurance) -> html.Img:
    """Whether a target will be met: a square with a tick, a question mark or a cross."""
    colour = COLOURS[Judgement(TONES[found])]
    square = f"<rect x='1' y='1' width='20' height='20' fill='#fff' stroke='{colour}' stroke-width='2'/>"
    sign = f"<path d='{_SQUARES[found]}' fill='none' stroke='{colour}' stroke-width='2.6'/>"
    return _image(22, 22, square + sign)


@lru_cache(maxsize=1)
def no_answer() -> html.Img:
    """That something cannot be said: a dashed circle with a bar."""
    circle = "<circle cx='11' cy='11' r='9.5' fill='#fff' stroke-width='2' stroke-dasharray='4 3'/>"
    return _image(22, 22, f"<g stroke='{INK_3}'>{circle}<path d='M6.5 11h9' stroke-width='2.4'/></g>")


@lru_cache(maxsize=16)
def outline(locator: Locator) -> html.Img:
    """Where a district lies; the words say which. It carries no figures."""
    paths = "".join(
        f"<path d='M{' '.join(f'{x},{y}' for x, y in corners)}Z' "
        f"fill='{AREA if slug == locator.chosen else _LAND}'/>"
        for slug, corners in locator.outlines
    )
    picture = f"<g stroke='{PAPER}' stroke-width='6' stroke-linejoin='round'>{paths}</g>"
    size = 230, round(230 * locator.down / locator.across)
    return _image(locator.across, locator.down, picture, "outline", size=size, alt=locator.text)


def trend(figures: Sequence[float | None], width: int, height: int, *, joined: int = 1) -> html.Img | None:
    """A trend line without axes, a dot at its end; None if there are not two figures to join.

    Figures up to `joined` steps apart are joined.
    """
    if sum(figure is not None for figure in figures) < 2:
        return None
    path = sparkline.spark_path(figures, width, height, joined=joined)
    line = f"<path d='{path.d}' fill='none' stroke='{AREA}' stroke-width='2' stroke-linejoin='round'/>"
    dots = [(*place, 2.5) for place in path.lone] + ([(*path.end, 4)] if path.end else [])
    circles = "".join(f"<circle cx='{x:g}' cy='{y:g}' r='{r:g}' fill='{AREA}'/>" for x, y, r in dots)
    return _image(width, height, line + circles, "mark trend")
