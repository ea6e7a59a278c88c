"""Finding a measure by its name, by what people call it, or by its number on the board dataset."""

from collections.abc import Mapping, Sequence
from typing import Any

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
_KEPT = ("area", "period", "compare", "range", "view")  # of what is chosen
_MOST = 30  # measures in an answer
_SMALL = {"a", "an", "and", "by", "children", "in", "measure", "number", "of", "on", "the", "who", "with"}


def add_finding(server: Flask, reader: Reader, audience: str = PUBLIC) -> None:
    """Adds the address that the box at the top of every page leads to."""

    @server.get(ADDRESS)
    def find() -> Response | str:
        kept = request.args.to_dict()
        wanted = _as_text(kept.pop("q", ""))
        entries = list_entries(reader, kept)
        found = find_entries(entries, wanted)
        named = [entry for entry in entries if entry.link.text.casefold() == wanted.casefold()]
        if len(named or found) == 1:
            return redirect((named or found)[0].link.href)
        return draw_plain_page("Find a measure", draw_found(wanted, found, kept), audience)


def _as_text(given: str) -> str:
    """What is looked for as a short text that can be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in given[:_LONGEST]).strip()


def list_entries(reader: Reader, kept: Mapping[str, str]) -> list[Entry]:
    """Every measure of the current release, its address with what was chosen before; none without pages."""
    if reader.find_page(f"/{EXPLORE}") is None:
        return []
    index = reader.build(reader.read(EXPLORE, kept)).index
    return [entry for _, entries in index.groups for entry in entries] if index else []


def find_entries(entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """The measures that hold every word that is looked for, those that begin with them first.

    A number is that of the board dataset. Where none holds every word, those that hold the most.
    """
    phrase = _plain(wanted)
    words = phrase.split()
    if not words:
        return []
    numbered = words[-1].removeprefix("m")
    if numbered.isdecimal() and not set(words[:-1]) - _SMALL:
        return [entry for entry in entries if entry.number == str(int(numbered))]
    telling = _list_telling(words)
    held = [(_plain(entry.words), entry) for entry in entries]
    counts = [(sum(word in text for word in telling), text, entry) for text, entry in held]
    most = max((count for count, *_ in counts), default=0)
    found = [(text, entry) for count, text, entry in counts if count == most and most]
    found.sort(key=lambda each: (not each[0].startswith(phrase), phrase not in each[0]))
    return [entry for _, entry in found[:_MOST]]


def _list_telling(words: Sequence[str]) -> Sequence[str]:
    """The words that tell one measure from another; all, where none does."""
    return [word for word in words if word not in _SMALL] or words


def _plain(text: str) -> str:
    """A text as it is compared: in lower case, with straight apostrophes, a space for each hyphen."""
    return " ".join(text.casefold().replace("-", " ").replace("’", "'").split())


def _say_found(wanted: str, found: Sequence[Entry]) -> str:
    if not wanted:
        return "Write a name such as “care leavers”, or a number of the board dataset such as 29."
    if not found:
        return f"No measure is called “{wanted}”. Try one word of its name."
    telling = _list_telling(_plain(wanted).split())
    if all(word in _plain(found[0].words) for word in telling):
        return f"{len(found)} measures for “{wanted}”"
    return f"No measure has every word of “{wanted}”. {len(found)} have some of them."


def draw_found(wanted: str, found: Sequence[Entry], kept: Mapping[str, str]) -> str:
    """The markup of what was found, and a box to look for something else."""
    content = html.Main(
        [
            html.H1("Find a measure"),
            draw_box(kept, wanted, "find-again"),
            html.P(_say_found(wanted, found)),
            *([draw_entries(found)] if found else []),
            html.P(html.A("Show every measure", href=f"/{EXPLORE}")),
        ],
        id=Ids.MAIN,
        className="wrap found",
    )
    return as_html(as_plain(content))


def draw_box(kept: Mapping[str, str], wanted: str = "", name: str = Ids.FIND) -> html.Form:
    """The box in which a measure is looked for, with what was chosen already; it needs no script."""
    entry = _draw_input(
        {
            "type": "search",
            "id": name,
            "name": "q",
            "value": wanted,
            "placeholder": "Find a measure",
            "maxLength": str(_LONGEST),
            "autoComplete": "off",
            "aria-keyshortcuts": "/",
        }
    )
    hidden = [
        _draw_input({"type": "hidden", "name": key, "value": kept[key]}) for key in _KEPT if key in kept
    ]
    label = html.Label("Find a measure", htmlFor=name, className="visually-hidden")
    button = html.Button("Find", type="submit")
    parts = [label, entry, button, *hidden]
    return html.Form(parts, action=ADDRESS, method="get", role="search", className="find")


def _draw_input(props: Mapping[str, str]) -> Any:
    """Dash has no such element: the markup and the script know it."""
    return {"type": "Input", "props": props}
