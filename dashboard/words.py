"""Sentences written from the figures: each rule a small function, true for every area and period.

All of them work on figures as shown, so that a reader who checks the sentence against the chart agrees.
Nothing here says "improved" or "significant": better and worse are said only of a measure that has a good
direction, beside figures that measure the same thing. Where there is nothing to say, the words are plain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.formats import (
    format_difference,
    format_in,
    format_when,
    in_words,
    join_words,
    round_shown,
)
from dashboard.periods import Period
from dashboard.vocabulary import Polarity, Statistic

HIDDEN = "Hidden, to protect young people’s identity."
CHANGE_HIDDEN = "The change is hidden too."
NOT_BY_DISTRICT = "Not counted by district."
SIMULATED = "Simulated: these are not counts of real children or staff."
_WAYS = {
    Polarity.HIGH_IS_GOOD: "Higher is better.",
    Polarity.LOW_IS_GOOD: "Lower is better.",
    Polarity.NEUTRAL: "For context only.",
}
_PLACES = {  # who is compared with, as a title ends
    "england": "in England",
    "statistical-neighbours": "our neighbours",
    "west-midlands": "in the West Midlands",
}
_LONGEST_TITLE = 10  # words: then "elsewhere" says whom
_FRACTIONS = (
    *((1 / 7, "one in seven"), (1 / 6, "one in six"), (1 / 5, "one in five"), (1 / 4, "one in four")),
    *((1 / 3, "one in three"), (2 / 5, "two in five"), (1 / 2, "half of"), (3 / 5, "three in five")),
    *((2 / 3, "two in three"), (7 / 10, "seven in ten"), (3 / 4, "three in four"), (4 / 5, "four in five")),
    *((9 / 10, "nine in ten"), (1 / 10, "one in ten"), (3 / 10, "three in ten")),
)


@dataclass(frozen=True)
class Shown:
    """A figure as shown: the number that its text says, the text, and when it is of."""

    number: float
    text: str  # "48%"
    period: Period
    at_a_date: bool

    @property
    def when(self) -> str:
        """ "31 March 2022" or "2021/22"."""
        return format_when(self.period, at_a_date=self.at_a_date)

    @property
    def in_when(self) -> str:
        """ "at 31 March 2022" or "in 2021/22"."""
        return format_in(self.period, at_a_date=self.at_a_date)


@dataclass(frozen=True)
class Other:
    """Whom a figure is set beside: "England", its number and text as shown."""

    slug: str
    name: str
    number: float
    text: str


def say_way(polarity: Polarity) -> str:
    """Which way is good: "Lower is better." """
    return _WAYS[polarity]


# --- changes --------------------------------------------------------------------------------------


def find_direction(latest: float, earlier: float) -> int:
    """1 if a figure as shown is up on an earlier one, −1 if down, 0 if level."""
    return (latest > earlier) - (latest < earlier)


def say_change(
    latest: Shown, earlier: Shown, statistic: Statistic, decimals: int = 0, *, capital: bool = True
) -> str:
    """A change with the figure it is measured from: "Up 32 from 859, 31 March 2021"."""
    when = f", {earlier.when}" if earlier.at_a_date else f" in {earlier.when}"
    size = say_size(latest.number, earlier.number, statistic, decimals)
    said = f"{size} from {earlier.text}{when}"
    return said if capital else said[0].lower() + said[1:]


def say_size(latest: float, earlier: float, statistic: Statistic, decimals: int = 0) -> str:
    """A change without the figure it is measured from: "Down 0.9 points", "No change"."""
    direction = find_direction(latest, earlier)
    if direction == 0:
        return "No change"
    difference = format_difference(round_shown(latest - earlier, decimals), statistic, decimals)
    return f"{'Up' if direction > 0 else 'Down'} {difference}"


def say_movement(latest: Shown, earlier: Shown, statistic: Statistic, decimals: int = 0) -> str:
    """A change inside a sentence: "up 5 points from 68% at 31 March 2021", "the same as in 2020/21"."""
    if find_direction(latest.number, earlier.number) == 0:
        return f"the same as {earlier.in_when}"
    size = say_size(latest.number, earlier.number, statistic, decimals)
    return f"{size[0].lower()}{size[1:]} from {earlier.text} {earlier.in_when}"


# --- comparisons ----------------------------------------------------------------------------------


def find_side(number: float, others: Sequence[Other]) -> int:
    """1 if a figure is above all the others, −1 if below all, 0 if neither or there are none."""
    sides = {find_direction(number, other.number) for other in others}
    return sides.pop() if len(sides) == 1 else 0


def say_comparison(number: float, others: Sequence[Other], polarity: Polarity) -> str:
    """Where a figure stands beside like figures: "better than England (55%) and neighbours (54%)".

    Blank with nobody to compare with. Only figures that measure the same thing may be given.
    """
    groups = {
        side: [each for each in others if find_direction(number, each.number) == side] for side in (1, -1, 0)
    }
    if len(others) == 2 and groups[1] and groups[-1]:
        return f"between {_name(groups[1][0])} and {_name(groups[-1][0])}"
    parts = [
        f"{_side_words(side, polarity)} {join_words([_name(each) for each in group])}"
        for side, group in groups.items()
        if group
    ]
    return join_words(parts)


def say_verdict(number: float, others: Sequence[Other], polarity: Polarity) -> str:
    """The same in a table's cell: "Better than both", "Between the two", "Above England", "Not compared"."""
    if not others:
        return "Not compared"
    sides = [find_direction(number, other.number) for other in others]
    if len(others) == 2 and len(set(sides)) == 1:
        return _capital(f"{_side_words(sides[0], polarity)} both")
    if len(others) == 2 and 0 not in sides:
        return "Between the two"
    parts = [f"{_side_words(side, polarity)} {other.name}" for side, other in zip(sides, others, strict=True)]
    return _capital(", ".join(parts))


def say_target(text: str, number: float | None, target: float, polarity: Polarity) -> str:
    """A target and whether a figure meets it: "10%: met"; only the target where no way is good."""
    if number is None or polarity is Polarity.NEUTRAL:
        return text
    met = number >= target if polarity is Polarity.HIGH_IS_GOOD else number <= target
    return f"{text}: {'met' if met else 'not met'}"


def say_place(slugs: Sequence[str], county: str = "") -> str:
    """Whom a title compares with: "than in England or our neighbours", "than across the county"."""
    if not slugs:
        return ""
    if all(slug == county for slug in slugs):
        return "than across the county"
    places = [place for slug, place in _PLACES.items() if slug in slugs]
    if len(places) > 2:
        return "than elsewhere"
    if places == ["our neighbours"]:
        places = ["among our neighbours"]
    return f"than {join_words(places, 'or')}"


def _name(other: Other) -> str:
    return f"{other.name} ({other.text})"


def _side_words(side: int, polarity: Polarity) -> str:
    if side == 0:
        return "level with"
    if polarity is Polarity.NEUTRAL:
        return "above" if side > 0 else "below"
    good = (side > 0) == (polarity is Polarity.HIGH_IS_GOOD)
    return "better than" if good else "worse than"


# --- titles ---------------------------------------------------------------------------------------


def title_comparison(more: str, fewer: str, side: int, place: str) -> str:
    """ "More children in care than in England"; blank when there is nothing to compare."""
    opening = {1: more, -1: fewer}.get(side, "")
    if not opening or not place:
        return ""
    long = len(f"{opening} {place}".split()) > _LONGEST_TITLE and " or " in place
    return f"{opening} {'than elsewhere' if long else place}"


def title_change(
    name: str, latest: Shown, earlier: Shown | None, history: Sequence[float] = (), noun: str = "years"
) -> str:
    """ "Children in care rose to 891, the highest of the four years shown"; blank without an earlier figure.

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
    """ ", the highest of the four years shown" if a figure is above at least three before it; else blank."""
    if len(history) < 3:
        return ""
    shown = f"of the {in_words(len(history) + 1)} {noun} shown"
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


def title_missing(name: str, area: str) -> str:
    """ "Children in care: no figures for Redditch"."""
    return f"{name}: no figures for {area}"


def title_flows(more: str, fewer: str, pairs: Sequence[tuple[float, float]], noun: str) -> str:
    """ "More children started than left in six of seven years"; blank with no pair to compare."""
    ups = sum(first > second for first, second in pairs)
    downs = sum(first < second for first, second in pairs)
    if not pairs or ups == downs:
        return ""
    opening, count = (more, ups) if ups > downs else (fewer, downs)
    return f"{opening} in {say_count_of(count, len(pairs), noun)}"


def title_year_on_year(more: str, fewer: str, pairs: Sequence[tuple[float, float]], noun: str) -> str:
    """ "More contacts than a year before in three of four quarters"; `pairs` are now and then."""
    ups = sum(now > before for now, before in pairs)
    downs = sum(now < before for now, before in pairs)
    if not pairs or ups == downs:
        return ""
    opening, count = (more, ups) if ups > downs else (fewer, downs)
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
    return _capital(said)


def say_count_of(count: int, total: int, noun: str) -> str:
    """ "six of seven years", "both years", "every quarter", "the year shown"."""
    if total == 1:
        return f"the one {noun.removesuffix('s')} shown"
    if count == total:
        return f"both {noun}" if total == 2 else f"all {in_words(total)} {noun}"
    return f"{in_words(count)} of {in_words(total)} {noun}"


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


def fill(template: str, **words: str) -> str:
    """A template with its words put in; its first letter a capital."""
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return _capital(template)


def lower_first(text: str) -> str:
    """A title inside a sentence: its first letter small, unless the first word is all capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def is_recent(latest: Period, chosen: Period) -> bool:
    """Whether a figure is of the year up to the chosen period, so that a title needs no date."""
    return chosen.end_index - latest.end_index < 12


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- hidden and missing ---------------------------------------------------------------------------


def say_hidden_points(count: int) -> str:
    """ "Two points, marked [c], are hidden: the number is below 10, or it would reveal one."."""
    if count == 0:
        return ""
    if count == 1:
        return "One point, marked [c], is hidden to protect young people’s identity."
    return f"{_capital(in_words(count))} points, marked [c], are hidden to protect young people’s identity."


def say_all_hidden(area: str) -> str:
    """Why a line has no point at all."""
    return f"Every number for {area} is hidden, to protect young people’s identity."


def say_hidden_rows(names: Sequence[str]) -> str:
    """ "Sexual abuse and physical abuse are hidden, to protect young people’s identity."."""
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    said = _capital(join_words([lower_first(name) for name in names]))
    return f"{said} {verb} hidden, to protect young people’s identity."


def say_county_only(county: str, latest: Shown | None) -> str:
    """Why a district has no figure: "This measure exists for Worcestershire only: 157 at 30 June 2019."."""
    figure = f": {latest.text} {latest.in_when}" if latest else ""
    return f"This measure exists for {county} only{figure}."


def say_nothing_held(area: str, period: str) -> str:
    """Why there is nothing to draw: "No figures for Redditch up to 2021/22 are in this release."."""
    return f"This release holds no figures for {area} up to {period}."


def say_last_known(name: str, latest: Shown) -> str:
    """ "The latest, 31 March 2019, is 132."."""
    return f"The latest for {name} is {latest.text} {latest.in_when}."
