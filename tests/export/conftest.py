"""Small releases, made as the tests of the views make them."""

from tests.views.conftest import figures, release

__all__ = ["figures", "release"]
