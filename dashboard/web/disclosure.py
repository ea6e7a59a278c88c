"""The internal page about how small numbers are protected in the public release. It needs no script."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dash import html
from flask import Flask, request

from dashboard.areas import load_areas
from dashboard.audiences import INTERNAL, PUBLIC, AudienceError, read_current, releases_of
from dashboard.findings import DeclarationError
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.proof import ProofError, read_proof
from dashboard.views.disclosure import ADDRESS, TITLE, Listing, Names, ProofView, tell_absence, tell_proof
from dashboard.views.shapes import Link
from dashboard.web.components import Child, aria, draw_link
from dashboard.web.ids import Ids
from dashboard.web.markup import as_html, as_plain
from dashboard.web.shell import draw_plain_page


def add_disclosure(server: Flask, data: Path) -> None:
    """Adds the page to the internal server; the public one has none."""

    @server.get(ADDRESS)
    def disclosure() -> str:
        view = read_view(data, request.args.get("indicator", ""))
        return draw_plain_page(TITLE, draw_view(view), INTERNAL)


def read_view(data: Path, indicator: str) -> ProofView:
    """The page about the current public release, as far as there is anything to tell."""
    releases = releases_of(data, PUBLIC)
    try:
        release = read_current(releases)
        proof = read_proof(data, release)
    except (FileNotFoundError, AudienceError):
        return tell_absence("", "")
    except ProofError as problem:
        return tell_absence(release, str(problem))
    if proof is None:
        return tell_absence(release, "")
    return tell_proof(proof, load_names(releases / release / "declared"), indicator)


@lru_cache(maxsize=4)
def load_names(declared: Path) -> Names:
    """The names that a release declares; none if they cannot be read, since the proof can do without."""
    try:
        indicators = {each.id: each.title for each in load_indicators(declared).values()}
        areas = {each.slug: each.name for each in load_areas(declared)}
        return Names(indicators, areas, load_characteristics(declared))
    except (DeclarationError, OSError):
        return Names({}, {}, {})


def draw_view(view: ProofView) -> str:
    """The markup of the page between its masthead and its end."""
    content = html.Main(
        [html.H1(TITLE), *_draw_content(view)], id=Ids.MAIN, className="wrap proof", tabIndex=-1
    )
    return as_html(as_plain(content))


def _draw_content(view: ProofView) -> Iterator[Child]:
    yield html.P(view.verdict, className="verdict" if view.holds else "verdict fails")
    if view.command:
        yield html.P(html.Code(view.command))
    yield from (html.P(each) for each in view.paragraphs)
    if view.facts:
        yield html.H2("What was proved")
        yield _draw_facts(view.facts)
    if view.listings:
        yield html.H2(view.chosen or "All indicators", id="indicators")
        yield html.P(
            draw_link(Link("Show all indicators", ADDRESS))
            if view.chosen
            else "Choose an indicator to see its own tables and hidden numbers alone."
        )
    yield from (_draw_listing(each, f"listing-{n}") for n, each in enumerate(view.listings))


def _draw_facts(facts: tuple[tuple[str, str], ...]) -> html.Div:
    rows = [html.Tr([html.Th(name, scope="row"), html.Td(text)]) for name, text in facts]
    return html.Div(html.Table(html.Tbody(rows), **aria(label="What was proved")), className="facts")


def _draw_listing(listing: Listing, name: str) -> html.Div:
    """A table with a caption, which scrolls inside itself if it must."""
    kinds = ["number" if n in listing.numbers else None for n in range(len(listing.columns))]
    head = [
        html.Th(text, scope="col", className=kind) for text, kind in zip(listing.columns, kinds, strict=True)
    ]
    body = [
        html.Tr(
            [_draw_cell(cell, kind, n == 0) for n, (cell, kind) in enumerate(zip(row, kinds, strict=True))]
        )
        for row in listing.rows
    ]
    table = html.Table([html.Caption(listing.caption, id=name), html.Thead(html.Tr(head)), html.Tbody(body)])
    return html.Div(table, className="scroll", tabIndex=0, role="region", **aria(labelledby=name))


def _draw_cell(cell: str | Link, kind: str | None, heads: bool) -> Child:
    content = draw_link(cell) if isinstance(cell, Link) else cell
    return html.Th(content, scope="row", className=kind) if heads else html.Td(content, className=kind)
