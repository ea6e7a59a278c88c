"""Pictures become figures: plain dictionaries of `data` and `layout` that Plotly draws in the browser.

One module for each shape of picture, found by the `PICTURE` it names and not listed. None of them
reads a figure, filters one or divides one by another: all that is worked out here is where marks and
words go. No Dash, no Plotly.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from dashboard.charts.theme import Figure
from dashboard.views.shapes import Picture


class Build(Protocol):
    """What each kind's module offers as `build`."""

    def __call__(self, picture: Picture, *, narrow: bool = False) -> Figure:
        """The figure of a picture; `narrow` for a phone."""


def draw(picture: Picture, narrow: bool = False) -> Figure:
    """The figure of a picture of any kind; its height is in `layout`, in pixels.

    Raises `TypeError` for a kind that has no module here.
    """
    build = find_builders().get(type(picture))
    if build is None:
        raise TypeError(f"no module of {__name__} draws a {type(picture).__name__}")
    return build(picture, narrow=narrow)


@lru_cache(maxsize=1)
def find_builders() -> Mapping[type, Build]:
    """The function that draws each kind of picture."""
    found: dict[type, Build] = {}
    for module in pkgutil.iter_modules(__path__):
        chart = importlib.import_module(f"{__name__}.{module.name}")
        picture = getattr(chart, "PICTURE", None)
        if picture is not None:
            found[picture] = chart.build
    return MappingProxyType(found)
