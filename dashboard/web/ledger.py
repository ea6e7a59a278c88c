"""What the internal page of loads and releases shows: forms, what is odd, what changes, and what there is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dash import html

from dashboard.audiences import INTERNAL, PUBLIC
from dashboard.loads import Load, list_in_force, list_loads
from dashboard.shelf import read_manifest, releases
from dashboard.web import loading
from dashboard.web.components import Child, aria
from dashboard.web.ids import Ids
from dashboard.web.loading import KINDS, Stage, UploadError
from dashboard.web.markup import as_html, as_plain, make_plain

ADDRESS, TITLE = "/releases", "Loads and releases"
_MOST_ROWS = 400  # changed figures that are listed one by one
_MOST_LISTED = 24  # releases and loads


def draw_page(data: Path, stage: Stage | None, said: str) -> str:
    """The markup of the page between its masthead and its end."""
    busy = loading.is_busy(data)
    content: list[Child] = [html.H1(TITLE)]
    if said:
        content.append(html.P(said, className="said", role="alert"))
    content += _draw_stage(data, stage) if stage else [_draw_upload()]
    content += _draw_state(data, busy)
    content += [_draw_releases(data, audience) for audience in (PUBLIC, INTERNAL)]
    content += [_draw_loads(data)]
    return as_html(as_plain(html.Main(content, id=Ids.MAIN, className="wrap proof", tabIndex=-1)))


def _form(step: str, *inside: Child, staged: str = "", **props: object) -> Any:
    hidden = [make_plain("Input", None, type="hidden", name="staged", value=staged)] if staged else []
    return make_plain("Form", [*hidden, *inside], action=f"{ADDRESS}/{step}", method="post", **props)


def _button(text: str, *, quiet: bool = False) -> Any:
    return make_plain("Button", text, type="submit", className="quiet-button" if quiet else "main-button")


def _draw_upload() -> html.Section:
    options = [make_plain("Option", text, value=kind) for kind, text in KINDS.items()]
    form = _form(
        "upload",
        _field("What it is", "kind", make_plain("select", options, id="kind", name="kind")),
        _field(
            "Files",
            "files",
            make_plain("Input", None, type="file", id="files", name="files", multiple=True, required=True),
        ),
        _field(
            "Counts from (today, if left out)",
            "published_on",
            make_plain("Input", None, type="date", id="published_on", name="published_on"),
        ),
        _button("Look at it"),
        enctype="multipart/form-data",
        className="upload",
    )
    first = "Nothing is changed by looking: you see what is odd and what would change, and then decide."
    return html.Section([html.H2("Bring figures in"), html.P(first), form])


def _field(label: str, name: str, control: Child) -> html.Div:
    return html.Div([html.Label(label, htmlFor=name), control], className="field")


def _draw_stage(data: Path, stage: Stage) -> list[Child]:
    names = ", ".join(path.name for path in stage.files)
    discard = _form("discard", _button("Put it aside", quiet=True), staged=stage.name)
    try:
        found = loading.look_at(data, stage)
    except UploadError as problem:
        return [html.H2(names), html.P(str(problem), className="said", role="alert"), discard]
    effects = [each["effect"] for each in found["changes"]]
    can_load = not found["refused"] and found["changes"]
    ready = [_form("load", _button("Load it and publish"), staged=stage.name)] if can_load else []
    counted = (
        f"{effects.count('new'):,} new figures, {effects.count('changed'):,} with another number, "
        f"{effects.count('fuller'):,} with more told of them, {effects.count('older'):,} older than what is "
        f"held, {found['same']:,} held already."
    )
    return [
        html.H2(f"{names}: what was found"),
        html.P(html.B(found["closing"])),
        html.P(counted),
        html.Div([*ready, discard], className="steps"),
        *_draw_findings(found["findings"]),
        *_draw_questions(stage, found["questions"]),
        html.H2("What would change"),
        *_draw_changes(found["changes"]),
    ]


def _draw_findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[Child]:
    if not findings:
        yield html.P("Nothing odd was found.")
        return
    columns = ("How bad", "Where", "Found", "Read as", "Expected", "Why")
    rows = [
        (
            each["level"].capitalize(),
            ", ".join(
                str(part) for part in (each["file"], each["sheet"], _row(each), each["column"]) if part
            ),
            each["found"],
            each["read_as"],
            each["expected"] + (f"; nearest: {each['nearest']}" if each["nearest"] else ""),
            each["why"],
        )
        for each in findings[:_MOST_ROWS]
    ]
    yield _draw_table("findings", "What is odd, errors first", columns, rows, len(findings))


def _row(finding: Mapping[str, Any]) -> str:
    return "" if finding["row"] is None else f"row {finding['row']}"


def _draw_questions(stage: Stage, questions: Sequence[Mapping[str, Any]]) -> Iterator[Child]:
    if not questions:
        return
    yield html.H2("To decide")
    fields = []
    for number, each in enumerate(questions):
        name = f"question-{number}"
        options = [make_plain("Option", "Not yet: leave it out", value="")]
        options += [
            make_plain("Option", f"{word}: {text}", value=word) for word, text in each["choices"].items()
        ]
        fields.append(_field(each["asked"], name, make_plain("select", options, id=name, name=each["key"])))
    yield _form("answer", *fields, _button("Remember"), staged=stage.name, className="upload")


def _draw_changes(changes: Sequence[Mapping[str, Any]]) -> Iterator[Child]:
    if not changes:
        yield html.P("Nothing: every figure is held already as it is.")
        return
    order = ("changed", "older", "new", "fuller")
    ordered = sorted(changes, key=lambda each: order.index(each["effect"]))
    columns = ("Figure", "Area", "Period", "Held", "In the file", "What happens")
    told = {
        "new": "New",
        "changed": "Revised",
        "fuller": "The same number, with more told of it",
        "older": "What is held stays: it is newer, or real",
    }
    rows = [
        (
            ", ".join(part for part in (*each["cell"][:2], *each["cell"][5:]) if part).replace("_", " "),
            each["cell"][2],
            each["cell"][4],
            each["was"] or "–",
            each["now"],
            told[each["effect"]],
        )
        for each in ordered[:_MOST_ROWS]
    ]
    yield _draw_table("changes", "Numbers that change first", columns, rows, len(changes))


def _draw_table(
    name: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[Child]], count: int
) -> html.Div:
    """A table with a caption, which scrolls inside itself if it must."""
    shown = caption if count <= len(rows) else f"{caption} (the first {len(rows):,} of {count:,})"
    table = html.Table(
        [
            html.Caption(shown, id=name),
            html.Thead(html.Tr([html.Th(text, scope="col") for text in columns])),
            html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
        ]
    )
    return html.Div(table, className="scroll", tabIndex=0, role="region", **aria(labelledby=name))


def _draw_state(data: Path, busy: bool) -> list[Child]:
    log = loading.read_log(data)
    if busy:
        told = (
            "Figures are being loaded or published. It takes a minute or two; the pages change by themselves."
        )
    else:
        told = log[-1] if log else "Nothing has been published from this page yet."
    again = (
        html.P(html.A("Look again", href=ADDRESS))
        if busy
        else _form("publish", _button("Publish now", quiet=True))
    )
    return [html.H2("Publishing", id="state"), html.P(told, role="status"), again]


def _draw_releases(data: Path, audience: str) -> html.Section:
    current = read_manifest(data, audience).get("id")
    rows = []
    for each in releases(data, audience)[:_MOST_LISTED]:
        name = str(each["id"])
        back = make_plain("Input", None, type="hidden", name="release", value=name)
        step: Child = (
            "Shown now"
            if name == current
            else _form("rollback", back, _button(f"Go back to {name}", quiet=True))
        )
        loads = each.get("loads")
        count = f"{len(loads):,}" if isinstance(loads, list) else "–"
        rows.append((name, _say_when(str(each["created"])), f"{each['rows']:,}", count, step))
    title = "Releases for the public" if audience == PUBLIC else "Releases for internal use"
    columns = ("Release", "Made (UTC)", "Figures", "Loads", "Go back")
    table = _draw_table(f"releases-{audience}", "The newest first", columns, rows, len(rows))
    return html.Section([html.H2(title), table if rows else html.P("None yet.")])


def _say_when(moment: str) -> str:
    """ "2026-04-30T10:15:00+00:00" as "30 April 2026, 10:15"."""
    when = datetime.fromisoformat(moment)
    return f"{when.day} {when:%B %Y, %H:%M}"


def _draw_loads(data: Path) -> html.Section:
    in_force = list_in_force(data)
    kept = list(reversed(list_loads(data)))
    rows = [_tell_load(each, each.id in in_force) for each in kept[:_MOST_LISTED]]
    columns = (
        "Load",
        "Made (UTC)",
        "By",
        "Files, with the first of their SHA-256",
        "New",
        "Changed",
        "Counts",
    )
    table = _draw_table("loads", "The newest first", columns, rows, len(kept))
    return html.Section([html.H2("Loads"), table if rows else html.P("Nothing has been loaded yet.")])


def _tell_load(load: Load, counts: bool) -> tuple[str, ...]:
    files = ", ".join(f"{file.name} ({file.sha256[:12]})" for file in load.files)
    told = load.id, _say_when(load.made), load.by, f"{KINDS.get(load.kind, load.kind)}: {files}"
    return (*told, f"{load.added:,}", f"{load.changed:,}", "Yes" if counts else "No")
