"""What stands round every page: masthead, tabs, the page's head, its footer."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from dash import html

from dashboard.views.page import Page
from dashboard.views.shapes import Tab
from dashboard.web.components import Child, aria, words_of
from dashboard.web.find import draw_box
from dashboard.web.ids import Ids

MASTHEAD = ("Worcestershire", "Children’s services in figures")


def draw_skip_link() -> html.A:
    """The first thing a keyboard meets."""
    return html.A("Skip to the figures", href=f"#{Ids.MAIN}", className="skip")


def draw_masthead(page: Page, home: str) -> html.Header:
    """Whose figures these are, what they are about, and a box to find a measure."""
    name, what = MASTHEAD
    return html.Header(
        html.Div(
            [
                html.A([name, html.Span(what)], href=home, className="brand"),
                html.Div(draw_search(page), className="search", **words_of(Ids.SEARCH)),
            ],
            className="wrap",
        ),
        className="masthead",
    )


def draw_search(page: Page) -> html.Form:
    """The box, which keeps what is chosen on a page."""
    return draw_box(dict(parse_qsl(urlsplit(page.address).query)))


def draw_tabs(tabs: Sequence[Tab]) -> html.Ul:
    """Real links, the one that is open marked. The last, about, is set at the other end."""
    return html.Ul(
        [
            html.Li(html.A(tab.text, href=tab.href, **(aria(current="page") if tab.current else {})))
            for tab in tabs
        ]
    )


def draw_showing(page: Page) -> list[Child]:
    """What is shown, in words: the one line that is read out when the choice changes."""
    before, chosen, after = page.showing
    return [before, html.B(chosen), after]


def draw_head(page: Page) -> html.Div:
    """The page's title, what it shows, and the release it is made from."""
    return html.Div(
        [
            html.Div(
                [
                    html.H1(page.title, **words_of(Ids.TITLE)),
                    html.P(
                        draw_showing(page),
                        className="showing",
                        **words_of(Ids.SHOWING),
                        **aria(live="polite"),
                    ),
                    html.P(id=Ids.UPDATING, className="updating", role="status"),
                ]
            ),
            html.P(page.release, className="release", **words_of(Ids.RELEASE)),
        ],
        className="head",
    )


def draw_footer(lines: Sequence[str]) -> list[html.P]:
    """The licence of the figures, and how they are protected."""
    return [html.P(line) for line in lines]
