"""Readings as text that is ready to be sent: a page's layout, its first paint, a change to it.

Each is made once per release and choice. A reading is equal to another of the same release, so nothing
ever has to be cleared; old ones fall out of the end.
"""

from functools import lru_cache
from typing import NamedTuple

import orjson

from dashboard.web.layout import answer_change, draw_page
from dashboard.web.markup import as_html, as_plain, without_words
from dashboard.web.reader import Reader, Reading

# Pages are opened far less often than they are changed; each text is about 150 kB.
_PAGES_KEPT, _CHANGES_KEPT = 64, 256


class FirstPaint(NamedTuple):
    """What the browser can show before any script has arrived."""

    title: str
    markup: str


class Rendering:
    """The texts of one reader's pages."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.layout = lru_cache(_PAGES_KEPT)(self._layout)
        self.change = lru_cache(_CHANGES_KEPT)(self._change)
        self.first_paint = lru_cache(_PAGES_KEPT)(self._first_paint)

    def _layout(self, reading: Reading) -> bytes:
        """The elements that Dash is to look after, as JSON: the words are in the first paint."""
        page = self.reader.build(reading)
        plain = as_plain(draw_page(page, narrow=reading.selection.narrow))
        return orjson.dumps(without_words(plain))

    def _change(self, reading: Reading) -> orjson.Fragment:
        """What an open page needs in order to show another choice, as JSON inside other JSON."""
        page = self.reader.build(reading)
        return orjson.Fragment(orjson.dumps(answer_change(page, narrow=reading.selection.narrow)))

    def _first_paint(self, reading: Reading) -> FirstPaint:
        page = self.reader.build(reading)
        return FirstPaint(page.window_title, as_html(as_plain(draw_page(page))))
