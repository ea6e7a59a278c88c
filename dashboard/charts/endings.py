"""Names and latest values where the lines end, pushed apart so that none lies on another."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.lettering import count_lines, measure, wrap
from dashboard.charts.spacing import push_apart
from dashboard.charts.theme import LABEL, LINE_HIGH, STYLES, Figure, Marks, make_font, make_note
from dashboard.views.shapes import Role

_HIGH = 20  # pixels from one label of a single line to the next
_OFF = 10  # pixels from the plot to the words
_LEAD = 4  # pixels more, where strokes lead to words
_BEYOND = 6  # pixels by which a label may stand out over the plot, above and below
_FAR = 9  # pixels of a move from which on a stroke leads from the line's end to its words
_LETTER = 8.9  # pixels that a letter takes at most, on average
_WIDEST = 20  # letters in a line of a label
_WIDEST_NARROW = 126  # pixels
_RIGHT, _RIGHT_NARROW = 120, 124  # pixels right of the plot, at least


@dataclass(frozen=True)
class Ending:
    """What stands at the end of one line: its words, and where the line ends."""

    name: str
    label: str
    role: Role
    value: float
    down: float  # pixels from the top of the plot
    at_edge: bool  # it ends where the plot does


def write_ending(name: str, label: str, role: Role, *, narrow: bool) -> str:
    """A label with its line breaks: on a phone the chosen area's name and value stand on two lines."""
    bold = STYLES[role].bold
    limit = _WIDEST_NARROW if narrow else _WIDEST * _LETTER
    if narrow and role is Role.AREA and label.startswith(f"{name} "):
        return f"{wrap(name, limit, LABEL, bold=bold)}<br>{label[len(name) + 1 :]}"
    if not narrow and len(label) <= _WIDEST:
        return label
    return wrap(label, limit, LABEL, bold=bold)


def right_margin(labels: Sequence[tuple[str, Role]], *, narrow: bool) -> int:
    """How many pixels right of the plot the labels need, as they are written."""
    measured = [
        ceil(measure(text, LABEL, bold=STYLES[role].bold)) + _OFF + _LEAD + 2 for text, role in labels
    ]
    if narrow:
        return max([_RIGHT_NARROW, *measured])
    longest = max((len(line) for text, _ in labels for line in text.split("<br>")), default=0)
    return max([_RIGHT, ceil(_LETTER * longest + 16), *measured])


def make_endings(endings: Sequence[Ending], height: float, *, narrow: bool) -> Marks:
    """The labels of all lines, right of a plot of that height."""
    texts = [write_ending(each.name, each.label, each.role, narrow=narrow) for each in endings]
    heights = [_HIGH + (count_lines(text) - 1) * LINE_HIGH for text in texts]
    places = push_apart([each.down for each in endings], heights, -_BEYOND, height + _BEYOND)
    moves = [round(each.down - place) for each, place in zip(endings, places, strict=True)]  # upwards
    led = [each.at_edge and abs(move) > _FAR for each, move in zip(endings, moves, strict=True)]
    off = _OFF + _LEAD if any(led) else _OFF
    return Marks(
        [_write(*each, off) for each in zip(endings, texts, moves, strict=True)],
        [_lead(each, move) for each, move, is_led in zip(endings, moves, led, strict=True) if is_led],
    )


def _write(ending: Ending, text: str, move: int, off: int) -> Figure:
    style = STYLES[ending.role]
    note = make_note(text, 1, ending.value, xref="paper", xanchor="left", yanchor="middle", align="left")
    note |= {"xshift": off, "font": make_font(LABEL, style.text, bold=style.bold)}
    return note | ({"yshift": move} if move else {})


def _lead(ending: Ending, move: int) -> Figure:
    """A short stroke from the line's end to words that stand elsewhere."""
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 1,
        "yanchor": ending.value,
        "x0": 3,
        "x1": _OFF + _LEAD - 2,
        "y0": 0,
        "y1": move,
        "line": {"color": STYLES[ending.role].line, "width": 1},
    }
