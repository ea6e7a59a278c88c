"""Sentences written from the figures: each rule a small function, true for every area and period.

All of them work on figures as shown, so that a reader who checks the sentence against the chart agrees.
Nothing here says "improved" or "significant": better and worse are said only of a measure that has a good
direction, beside figures that measure the same thing. Where there is nothing to say, the words are plain.
"""

from collections.abc import Collection, Sequence
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
from dashboard.vocabulary import Polarity, Precision, Statistic

HIDDEN = "Hidden, to protect young people’s identity."
CHANGE_HIDDEN = "The change is hidden too."
NOT_BY_DISTRICT = "Not counted by district."
NOT_EXACT = "Not told exactly, to protect young people’s identity, so neither is the change."
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


@dataclass(frozen=True)
class Shown:
    """A figure as shown: the number that its text says, the text, and when it is of."""

    number: float
    text: str  # "48%"
    period: Period
    at_a_date: bool
    exact: bool = True

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
        return capital(f"{_side_words(sides[0], polarity)} both")
    if len(others) == 2 and 0 not in sides:
        return "Between the two"
    parts = [f"{_side_words(side, polarity)} {other.name}" for side, other in zip(sides, others, strict=True)]
    return capital(", ".join(parts))


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


# --- hidden and missing ---------------------------------------------------------------------------


def say_hidden_points(count: int) -> str:
    """ "Two points, marked [c], are hidden: the number is below 10, or it would reveal one."."""
    if count == 0:
        return ""
    if count == 1:
        return "One point, marked [c], is hidden to protect young people’s identity."
    return f"{capital(in_words(count))} points, marked [c], are hidden to protect young people’s identity."


def say_all_hidden(area: str) -> str:
    """Why a line has no point at all."""
    return f"Every number for {area} is hidden, to protect young people’s identity."


def say_hidden_rows(names: Sequence[str]) -> str:
    """ "Sexual abuse and physical abuse are hidden, to protect young people’s identity."."""
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    said = capital(join_words([lower_first(name) for name in names]))
    return f"{said} {verb} hidden, to protect young people’s identity."


def explain_hidden(threshold: int) -> str:
    """What [c] means: "Not shown, to protect children’s identity: the number is below 10, or …"."""
    return (
        "Not shown, to protect children’s identity: the number is "
        f"below {threshold}, or it would reveal one that is"
    )


def say_too_few(area: str) -> str:
    """Why a district has no figure of its own: "Too few children to show Bromsgrove alone"."""
    return f"Too few children to show {area} alone"


def say_precision(precisions: Collection[Precision]) -> str:
    """What "about", "above" and "below" mean, of those that are shown; blank where every figure is exact."""
    limits = [word for word in (Precision.ABOVE, Precision.BELOW) if word in precisions]
    about = "“about” is to the nearest 5%" if Precision.NEAREST_5 in precisions else ""
    quoted = join_words([f"“{word}”" for word in limits])
    no_more = f"{quoted} {'say' if len(limits) > 1 else 'says'} no more than that" if limits else ""
    said = join_words([each for each in (about, no_more) if each])
    return f"{capital(said)}, to protect young people’s identity." if said else ""


def say_hollow(precisions: Collection[Precision]) -> str:
    """The same under a chart: "Hollow marks are not exact: “about” is to the nearest 5%, …"."""
    said = say_precision(precisions)
    return f"Hollow marks are not exact: {said[0]}{said[1].lower()}{said[2:]}" if said else ""


def say_county_only(county: str, latest: Shown | None) -> str:
    """Why a district has no figure: "This measure exists for Worcestershire only: 157 at 30 June 2019."."""
    figure = f": {latest.text} {latest.in_when}" if latest else ""
    return f"This measure exists for {county} only{figure}."


# --- pieces of sentences ---------------------------------------------------------------------------


def fill(template: str, **words: str) -> str:
    """A template with its words put in; its first letter a capital."""
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return capital(template)


def lower_first(text: str) -> str:
    """A title inside a sentence: its first letter small, unless the first word is all capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A sentence with its first letter a capital, behind a quotation mark if it opens with one."""
    start = 1 if text.startswith("“") else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def is_recent(latest: Period, chosen: Period) -> bool:
    """Whether a figure is of the year up to the chosen period, so that a title needs no date."""
    return chosen.end_index - latest.end_index < 12
