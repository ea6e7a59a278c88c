"""The kinds of panel: one module each, found by its name and not listed."""

import importlib
from functools import lru_cache
from typing import Protocol

from dashboard.page_parts import PanelDeclaration, PanelKind
from dashboard.views.drawn import Drawn
from dashboard.views.scene import Scene


class Draw(Protocol):
    """What each kind's module offers as `draw`."""

    def __call__(self, scene: Scene, panel: PanelDeclaration) -> Drawn:
        """The picture, words and figures of a panel; why there is none, where there is none."""


@lru_cache(maxsize=32)
def find_kind(kind: PanelKind) -> Draw:
    """The function that draws a kind of panel."""
    module = importlib.import_module(f"{__name__}.{kind}")
    draw: Draw = module.draw
    return draw
