"""Finding a measure by its name, by what people call it, or by its number on the board dataset."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from dash import html
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from dashboard.audiences import PUBLIC
from dashboard.views.depth import Entry
from dashboard.views.explore import EXPLORE
from dashboard.web.depth import draw_entries
from dashboard.web.ids import Ids
from dashboard.web.markup import as_html, as_plain
from dashboard.web.reader import Reader
from dashboard.web.shell import draw_plain_page

ADDRESS = "/find"
_LONGEST = 100  # characters of what is looked for: no name is longer
_MOST = 30  # measures in an answer
_SMALL = {"a", "an", "and", "by", "children", "in", "measure", "number", "of", "on", "the", "who", "with"}


def add_finding(server: Flask, reader: Reader, audience: str = PUBLIC) -> None:
    """Adds the address that the box at the top of every page leads to."""

    @server.get(ADDRESS)
    def find() -> Response | str:
        wanted = request.args.get("q", "")[:_LONGEST].strip()
        entries = list_entries(reader)
        found = find_entries(entries, wanted)
        if len(found) == 1 or (found and _is_named(found[0], wanted)):
            return redirect(urlsplit(found[0].link.href).path)
        return draw_plain_page("Find a measure", draw_found(wanted, found), audience)


def list_entries(reader: Reader) -> list[Entry]:
    """Every measure of the current release; none if it declares no page for them."""
    if reader.find_page(f"/{EXPLORE}") is None:
        return []
    index = reader.build(reader.read(EXPLORE, {})).index
    return [entry for _, entries in index.groups for entry in entries] if index else []


def find_entries(entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """The measures that hold every word that is looked for, those that begin with them first.

    A number is that of the board dataset. Where none holds every word, those that hold the most.
    """
    words = [word for word in wanted.casefold().replace("-", " ").split() if word]
    if not words:
        return []
    numbered = words[-1].removeprefix("m")
    if numbered.isdigit() and not set(words[:-1]) - _SMALL:
        return [entry for entry in entries if entry.number == str(int(numbered[:4]))]
    telling = [word for word in words if word not in _SMALL] or words
    counts = [(sum(word in entry.words for word in telling), entry) for entry in entries]
    most = max((count for count, _ in counts), default=0)
    found = [entry for count, entry in counts if count == most and most]
    phrase = " ".join(words)
    return sorted(found, key=lambda entry: (not entry.words.startswith(phrase), phrase not in entry.words))[
        :_MOST
    ]


def _is_named(entry: Entry, wanted: str) -> bool:
    return entry.link.text.casefold() == wanted.casefold()


def draw_found(wanted: str, found: Sequence[Entry]) -> str:
    """The markup of what was found, and a box to look for something else."""
    if not wanted:
        said = "Write a name such as “care leavers”, or a number of the board dataset such as 29."
    elif found:
        said = f"{len(found)} measures for “{wanted}”"
    else:
        said = f"No measure is called “{wanted}”. Try one word of its name."
    content = html.Main(
        [
            html.H1("Find a measure"),
            draw_box(wanted, "find-again"),
            html.P(said),
            *([draw_entries(found)] if found else []),
            html.P(html.A("Show every measure", href=f"/{EXPLORE}")),
        ],
        id=Ids.MAIN,
        className="wrap found",
    )
    return as_html(as_plain(content))


def draw_box(wanted: str = "", name: str = Ids.FIND) -> html.Form:
    """The box in which a measure is looked for; it needs no script."""
    entry: Any = {  # Dash has no such element: the markup and the script know it
        "type": "Input",
        "props": {
            "type": "search",
            "id": name,
            "name": "q",
            "value": wanted,
            "placeholder": "Find a measure",
            "maxLength": str(_LONGEST),
            "autoComplete": "off",
            "aria-keyshortcuts": "/",
        },
    }
    label = html.Label("Find a measure", htmlFor=name, className="visually-hidden")
    button = html.Button("Find", type="submit")
    return html.Form([label, entry, button], action=ADDRESS, method="get", role="search", className="find")
