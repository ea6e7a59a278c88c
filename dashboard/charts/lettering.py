"""How wide words are, near enough to leave room for them, and where to break them.

The widths are those of Arial, in thousandths of the letters' size; the other families of the list are
no wider by more than the few parts in a hundred that are added.
"""

from collections.abc import Sequence
from functools import lru_cache

_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    278: " !,./:;I[]\\ft",
    333: "-()r",
    355: '"',
    389: "*",
    500: "Jckvxyzs",
    556: "0123456789#$?abdeghnopquL_–",
    584: "+<=>−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_USUAL = 600
_SAFETY = 1.04
_BOLD = 1.08


@lru_cache(maxsize=4096)
def measure(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels wide the longest line of a text is."""
    longest = max(
        (sum(_WIDTH_OF.get(letter, _USUAL) for letter in line) for line in text.split("<br>")), default=0
    )
    return longest * size / 1000 * _SAFETY * (_BOLD if bold else 1)


def measure_widest(texts: Sequence[str], size: float, *, bold: bool = False) -> float:
    """How many pixels wide the widest of some texts is; 0 for none."""
    return max((measure(text, size, bold=bold) for text in texts), default=0)


def count_lines(text: str) -> int:
    """How many lines a text takes."""
    return text.count("<br>") + 1


@lru_cache(maxsize=4096)
def wrap(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """A text broken into the fewest lines that fit, as even as they can be; words stay whole."""
    if measure(text, size, bold=bold) <= width:
        return text
    fewest = len(_fill(text, width, size, bold))
    narrowest, enough = 0.0, width
    while enough - narrowest > 1:
        tried = (narrowest + enough) / 2
        if len(_fill(text, tried, size, bold)) > fewest or _overflows(text, tried, size, bold):
            narrowest = tried
        else:
            enough = tried
    return "<br>".join(_fill(text, enough, size, bold))


def _fill(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Lines filled one after the other."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _overflows(text: str, width: float, size: float, bold: bool) -> bool:
    return any(measure(line, size, bold=bold) > width for line in _fill(text, width, size, bold))
