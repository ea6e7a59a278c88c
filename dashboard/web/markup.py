"""Elements as plain data, and as the markup of the page's first paint.

The script needs a second or so to arrive and start; until then the reader reads the same words, made
here on the server from the same elements, and the script puts its own in their place.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

_SPELT = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
_LEFT_OUT = {"children", "style", "n_clicks", "disable_n_clicks"}
_VOID = {"Img", "Br", "Hr", "Input"}


def as_plain(node: object) -> object:
    """An element and all that is in it, as dicts and lists that are ready to be sent."""
    if isinstance(node, Component):
        described = node.to_plotly_json()  # type: ignore[no-untyped-call]
        props = described["props"]
        inside = {name: as_plain(props[name]) for name in ("children", "options") if name in props}
        return {**described, "props": {**props, **inside}}
    if isinstance(node, (list, tuple)):
        return [as_plain(child) for child in node]
    if isinstance(node, Mapping) and "label" in node:
        return {**node, "label": as_plain(node["label"])}
    return node


def make_plain(kind: str, children: object, **props: object) -> Any:
    """An element as plain data from the start, where there are too many to make components first.

    It may stand among components: hence its type.
    """
    return {
        "type": kind,
        "namespace": "dash_html_components",
        "props": {"children": as_plain(children), **props},
    }


def without_words(node: object) -> object:
    """Plain elements without the words that the first paint holds already: see `words_of`."""
    if isinstance(node, list):
        return [without_words(child) for child in node]
    if not isinstance(node, dict) or "props" not in node:
        return node
    props = node["props"]
    kept = {"children": without_words(props.get("children"))} if "data-words" not in props else {}
    others = {name: value for name, value in props.items() if name != "children"}
    return {**node, "props": {**others, **kept}}


def as_html(node: object) -> str:
    """The markup of plain elements. Charts leave an empty space; what only the script uses is left out."""
    return "".join(_pieces(node))


def _pieces(node: object) -> Iterable[str]:
    if node is None or isinstance(node, bool):
        return
    if isinstance(node, list):
        for child in node:
            yield from _pieces(child)
    elif isinstance(node, dict):
        draw = _DRAWN.get(node["type"])
        yield from draw(node["props"]) if draw else _element(node["type"], node["props"])
    else:
        yield escape(str(node), quote=False)


def _element(kind: str, props: Mapping[str, object]) -> Iterable[str]:
    name = kind.lower()
    yield f"<{name}{_attributes(props)}>"
    if kind not in _VOID:
        yield from _pieces(props.get("children"))
        yield f"</{name}>"


def _attributes(props: Mapping[str, object]) -> str:
    written = []
    for name, value in props.items():
        if name in _LEFT_OUT or value is None or value is False:
            continue
        spelt = _SPELT.get(name, name)
        written.append(f" {spelt}" if value is True else f' {spelt}="{escape(str(value))}"')
    return "".join(written)


def _select(props: Mapping[str, object]) -> Iterable[str]:
    yield f'<select class="form-select" id="{escape(str(props["id"]))}">'
    for option in _options(props):
        mark = " selected" if option["value"] == props.get("value") else ""
        yield f'<option value="{escape(str(option["value"]))}"{mark}>{escape(str(option["label"]))}</option>'
    yield "</select>"


def _choices(kind: str, props: Mapping[str, object]) -> Iterable[str]:
    value = props.get("value")
    chosen = value if isinstance(value, list) else [value]
    name = escape(str(props["id"]))
    yield f'<div id="{name}">'
    for option in _options(props):
        mark = " checked" if option["value"] in chosen else ""
        yield '<div class="form-check form-check-inline"><label class="form-check-label">'
        yield f'<input class="form-check-input" type="{kind}" name="{name}"'
        yield f' value="{escape(str(option["value"]))}"{mark}>'
        yield from _pieces(option["label"])
        yield "</label></div>"
    yield "</div>"


def _options(props: Mapping[str, object]) -> list[dict[str, object]]:
    options = props.get("options")
    return options if isinstance(options, list) else []


_DRAWN: dict[str, Callable[[Mapping[str, object]], Iterable[str]]] = {
    "Graph": lambda props: iter(()),
    "Store": lambda props: iter(()),
    "Select": _select,
    "Checklist": lambda props: _choices("checkbox", props),
    "RadioItems": lambda props: _choices("radio", props),
}
