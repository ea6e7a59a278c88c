"""The messages over charts: about ten words that the figures bear out, and plain where they say nothing.

Each rule returns a blank text where it does not apply, so that the next one is tried.
"""

from collections.abc import Sequence

from dashboard.formats import in_words
from dashboard.words import Shown, capital, fill, find_direction, lower_first

_LONGEST = 10  # words: then "elsewhere" says whom
_FRACTIONS = (
    *((1 / 7, "one in seven"), (1 / 6, "one in six"), (1 / 5, "one in five"), (1 / 4, "one in four")),
    *((1 / 3, "one in three"), (2 / 5, "two in five"), (1 / 2, "half of"), (3 / 5, "three in five")),
    *((2 / 3, "two in three"), (7 / 10, "seven in ten"), (3 / 4, "three in four"), (4 / 5, "four in five")),
    *((9 / 10, "nine in ten"), (1 / 10, "one in ten"), (3 / 10, "three in ten")),
)


def title_comparison(more: str, fewer: str, side: int, place: str) -> str:
    """ "More children in care than in England"; blank when there is nothing to compare."""
    opening = {1: more, -1: fewer}.get(side, "")
    if not opening or not place:
        return ""
    long = len(f"{opening} {place}".split()) > _LONGEST and " or " in place
    return f"{opening} {'than elsewhere' if long else place}"


def title_change(
    name: str, latest: Shown, earlier: Shown | None, history: Sequence[float] = (), noun: str = "years"
) -> str:
    """ "Children in care rose to 891, the highest of four years"; blank without an earlier figure.

    `history` is every figure shown before the latest, in order, each a `noun` apart; give none when some are
    hidden or missing.
    """
    if earlier is None:
        return ""
    direction = find_direction(latest.number, earlier.number)
    if direction == 0:
        return f"{name} stayed at {latest.text}"
    verb = "rose to" if direction > 0 else "fell to"
    peaked = len(history) > 2 and history[-1] == earlier.number and earlier.number > max(history[:-1])
    if direction < 0 and peaked:
        verb = "fell back to"
    return f"{name} {verb} {latest.text}{say_record(latest.number, history, direction, noun)}"


def say_record(number: float, history: Sequence[float], direction: int, noun: str = "years") -> str:
    """ ", the highest of four years" if a figure is above at least three before it; else blank."""
    if len(history) < 3:
        return ""
    shown = f"of {in_words(len(history) + 1)} {noun}"
    if direction > 0 and number > max(history):
        return f", the highest {shown}"
    if direction < 0 and number < min(history):
        return f", the lowest {shown}"
    return ""


def title_year_before(name: str, latest: Shown, earlier: Shown | None) -> str:
    """ "Referrals in March 2022 were up on March 2021", of a flow through part of a year; else blank."""
    if earlier is None or latest.at_a_date or latest.period.months >= 12:
        return ""
    if earlier.period != latest.period.a_year_earlier():
        return ""
    direction = find_direction(latest.number, earlier.number)
    side = {1: "up on", -1: "down on", 0: "level with"}[direction]
    return f"{name} in {latest.period.label} were {side} {earlier.period.label}"


def title_shift(category: str, first: str, last: str, direction: int) -> str:
    """ "Neglect fell from 79% to 64%", the largest category of a stack from its first column to its last."""
    if direction == 0:
        return f"{category} stayed at {last}"
    return f"{category} {'rose' if direction > 0 else 'fell'} from {first} to {last}"


def title_value(says: str, name: str, latest: Shown) -> str:
    """The measure and its value: "8% of children had three or more placements"."""
    return fill(says, value=latest.text) if says else f"{name}: {latest.text} {latest.in_when}"


def title_hidden(area: str, count: int) -> str:
    """ "Redditch’s latest number is hidden"; with several, "Most numbers for Redditch are hidden"."""
    if count > 1:
        return f"Some numbers for {area} are hidden"
    return f"The latest number for {area} is hidden"


def title_flows(more: str, fewer: str, pairs: Sequence[tuple[float, float]], noun: str) -> str:
    """ "More children started than left in six of seven years"; blank with no pair to compare."""
    ups = sum(first > second for first, second in pairs)
    downs = sum(first < second for first, second in pairs)
    opening, count = (more, ups) if ups > downs else (fewer, downs)
    if count * 2 <= len(pairs):
        return ""
    return f"{opening} in {say_count_of(count, len(pairs), noun)}"


def title_year_on_year(more: str, fewer: str, pairs: Sequence[tuple[float, float]], noun: str) -> str:
    """ "More contacts than a year before in three of four quarters"; `pairs` are now and then."""
    ups = sum(now > before for now, before in pairs)
    downs = sum(now < before for now, before in pairs)
    opening, count = (more, ups) if ups > downs else (fewer, downs)
    if count * 2 <= len(pairs):
        return ""
    return f"{opening} than a year before in {say_count_of(count, len(pairs), noun)}" if opening else ""


def title_range(name: str, low: tuple[str, str], high: tuple[str, str]) -> str:
    """ "Children in care range from 58 in Malvern Hills to 148 in Worcester"; (area, text) pairs."""
    if low[1] == high[1]:
        return f"{name} are level across the districts at {low[1]}"
    return f"{name} range from {low[1]} in {low[0]} to {high[1]} in {high[0]}"


def title_share(says: str, percentage: float, text: str, category: str) -> str:
    """ "Nearly three in four children live with foster carers" from "{fraction} children live {category}"."""
    fraction = find_fraction(percentage)
    said = fill(says, fraction=fraction or f"{text} of", category=lower_first(category), value=text)
    return capital(said)


def find_fraction(percentage: float) -> str:
    """A percentage as people say it: "nearly three in four"; blank if no simple fraction is near."""
    if percentage >= 99.95:
        return "all"
    near, words = min(_FRACTIONS, key=lambda each: abs(each[0] * 100 - percentage))
    gap = percentage - near * 100
    if abs(gap) < 0.5:
        return words
    if abs(gap) > min(2.5, percentage * 0.08):
        return ""
    return f"{'just over' if gap > 0 else 'nearly'} {words}"


def say_count_of(count: int, total: int, noun: str) -> str:
    """ "six of seven years", "both years", "every quarter", "the year shown"."""
    if total == 1:
        return f"the one {noun.removesuffix('s')} shown"
    if count == total:
        return f"both {noun}" if total == 2 else f"all {in_words(total)} {noun}"
    return f"{in_words(count)} of {in_words(total)} {noun}"
