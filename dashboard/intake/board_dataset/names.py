"""How well the name of a row fits a measure of the catalogue.

The council's names ("Number of Looked After Children placed with parents") are not the catalogue's ("Placed
with their parents"), and now and then misspelt. So the words that tell measures apart count for most: a word
in few measures weighs more than one in many, and a word of the title more than one of the definition.
"""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dashboard.catalogue import Indicator
from dashboard.formats import in_words
from dashboard.vocabulary import Statistic

_SAID = {
    Statistic.COUNT: ("number", "count", "no"),
    Statistic.PERCENTAGE: ("percentage", "percent", "proportion", "share", "%"),
}
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_IDLE = frozenset(
    _WORDS.findall(
        "a about age aged ages all an and any are as at be been being by each every for from had has have "
        "held her his in is it its more most nor number of on once or over percentage recorded share some "
        "than that the their them they this those to up was were where which who whom whose will with "
        "within year years"
    )
)
_SAME = {in_words(number): str(number) for number in range(1, 11)} | {"twelve": "12", "another": "other"}
_ENDINGS = ("ing", "ies", "ers", "ed", "er", "es", "s", "y")
_FORWARD = 0.6  # what the words of the row count for, beside those of the title that it has
_IN_DEFINITION = 0.6  # what a word of the definition counts for, beside one of the title
_OTHER_NUMBER = 0.7  # what is left of a score for each number ("16/17") that the measure has not got
_OTHER_STATISTIC = 0.5  # what is left of a score if the row says that it counts what the measure does not
_UNKNOWN = 2.5  # what a word weighs that no measure has; one that a single measure has weighs 3.5
_SPELLING = 0.8  # how alike a misspelt word must be


@lru_cache(maxsize=1024)
def state_statistic(name: str) -> Statistic | None:
    """What a row says it is: "Number of …" a count, "Percentage of …" a percentage, or None of them."""
    first = re.match(r"[a-z]+|%", name.lower().strip())
    if first is None:
        return None
    words = {word: statistic for statistic, words in _SAID.items() for word in words}
    alike = difflib.get_close_matches(first.group(), words, n=1, cutoff=_SPELLING)
    return words[alike[0]] if alike else None


class Names:
    """The names of some measures, and how well another fits each."""

    def __init__(self, measures: Mapping[int, Indicator]) -> None:
        self.measures = measures
        self._titles = {number: _words(_title(each)) for number, each in measures.items()}
        self._bags = {number: _weigh(each) for number, each in measures.items()}
        held = Counter(word for bag in self._bags.values() for word in bag)
        self._weights = {word: math.log((len(measures) + 1) / count) for word, count in held.items()}

    def scores(self, name: str) -> dict[int, float]:
        """How well a name fits each measure, from 0 to 1 for every word of it in the title and back again."""
        found = {self._spell(word) for word in _words(name)}
        said = state_statistic(name)
        return {number: self._score(found, said, number) for number in self.measures}

    def _score(self, found: set[str], said: Statistic | None, number: int) -> float:
        bag, title = self._bags[number], self._titles[number]
        weights = self._weights
        whole = sum(weights.get(word, _UNKNOWN) for word in found) or 1.0
        there = sum(weights[word] * bag[word] for word in found if word in bag) / whole
        back = sum(weights[word] for word in title & found) / (sum(weights[word] for word in title) or 1.0)
        strange = sum(word.isdigit() and word not in bag for word in found)
        fits = said is None or said in self.measures[number].statistics
        left = _OTHER_NUMBER**strange * (1.0 if fits else _OTHER_STATISTIC)
        return (_FORWARD * there + (1 - _FORWARD) * back) * left

    def _spell(self, word: str) -> str:
        """A word as the catalogue spells it; itself if it is not misspelt, or unknown."""
        if word in self._weights or len(word) < 4 or word.isdigit():
            return word
        near = [each for each in self._weights if abs(len(each) - len(word)) <= 2]
        return next(iter(difflib.get_close_matches(word, near, n=1, cutoff=_SPELLING)), word)


def _title(indicator: Indicator) -> str:
    return f"{indicator.title} {indicator.short_title}"


def _weigh(indicator: Indicator) -> dict[str, float]:
    """Every word that an indicator is described with, and what it counts for."""
    described = dict.fromkeys(_words(indicator.definition), _IN_DEFINITION)
    named = " ".join([_title(indicator), *indicator.synonyms])
    return described | dict.fromkeys(_words(named), 1.0)


def _words(text: str) -> set[str]:
    return set(_reduce(_WORDS.findall(text.lower().replace("’", "").replace("'", ""))))


def _reduce(words: Iterable[str]) -> Iterable[str]:
    """Words without their endings, numbers as figures, and none of those that every name has."""
    for word in words:
        if word in _SAME:
            yield _SAME[word]
        elif word not in _IDLE:
            ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), "")
            yield word.removesuffix(ending) if ending else word
