"""Pictures as plain dicts for Plotly: lists, texts and numbers only, so that they are sent as they stand.

A figure carries no title, subtitle, badge, summary or source: the page does. Neither Dash nor Plotly is
imported here.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from dashboard.views.shapes import Picture

Figure = dict[str, Any]


@cache
def _builders() -> dict[type, Callable[..., Figure]]:
    """What draws each type of picture: every module here that names its `PICTURE`."""
    modules = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
    return {module.PICTURE: module.build for module in modules if hasattr(module, "PICTURE")}


def draw(picture: Picture, *, narrow: bool = False) -> Figure:
    """The figure of a picture, `{"data": […], "layout": {…}}`; `narrow` for the width of a phone."""
    return _builders()[type(picture)](picture, narrow=narrow)
