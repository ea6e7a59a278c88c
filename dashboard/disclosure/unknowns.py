"""The numbers that a reader could work out, each known once however many figures show it.

The value of a count, the numerator and denominator of a percentage and what is left between them are
unknowns; the same number in several figures is one unknown, so hiding it hides all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.figures import Figures
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, code_of, replace_code
from dashboard.vocabulary import Statistic

#: The role of a number takes the place of the statistic in its key.
VALUE = 0
COMPLEMENT = 15
_STATISTICS = tuple(Statistic)

#: A sum of days or scores is not a number of children, and a population is public.
_COUNTING_NUMERATORS = (Statistic.COUNT, Statistic.PERCENTAGE, Statistic.RATE)
_COUNTING_DENOMINATORS = (
    Statistic.COUNT,
    Statistic.PERCENTAGE,
    Statistic.AVERAGE,
    Statistic.DAYS,
    Statistic.SCORE,
)


def numerator_of(statistic: Statistic) -> int:
    """The role of the numerator of a statistic."""
    return 1 + _STATISTICS.index(statistic)


def denominator_of(statistic: Statistic) -> int:
    """The role of the denominator of a statistic."""
    return 1 + len(_STATISTICS) + _STATISTICS.index(statistic)


def name_role(role: int) -> str:
    """What a role is called: "count", "numerator of percentage", "left of percentage"."""
    if role == VALUE:
        return str(Statistic.COUNT)
    if role == COMPLEMENT:
        return f"left of {Statistic.PERCENTAGE}"
    part, place = divmod(role - 1, len(_STATISTICS))
    return f"{('numerator', 'denominator')[part]} of {_STATISTICS[place]}"


@dataclass(frozen=True, eq=False)
class Unknowns:
    """Numbers by key (sorted), and the unknown that each of them is.

    `rows` and `shown` are an incidence: figure `rows[i]` shows the unknown `shown[i]`.
    """

    keys: Array
    values: Array  # NaN where the figure has a symbol already
    unknown: Array  # the number of the unknown that each key stands for
    count: int  # how many unknowns there are
    rows: Array
    shown: Array
    complements: Array  # three columns: the unknowns of numerator, denominator, what is left

    def find(self, keys: Array) -> Array:
        """The place of each key among the numbers; -1 where it is not held."""
        return _find(self.keys, keys)


def gather_unknowns(figures: Figures, words: Words, catalogue: Mapping[str, Indicator]) -> Unknowns:
    """Every number of the figures, those that are the same known to be so."""
    keys, values, rows = _list_numbers(figures, words)
    order = np.lexsort((figures.illustrative[rows], keys))  # a real figure speaks for its cell
    unique, first = np.unique(keys[order], return_index=True)
    number = values[order][first]
    pairs = [
        *_declared_pairs(unique, words, catalogue),
        *_pairs_with_the_whole(unique, number, words, catalogue),
        *_complementary_pairs(unique, words, catalogue),
        *_same_columns(unique, number),
    ]
    unknown, count = _join(len(unique), number, pairs)
    place = np.searchsorted(unique, keys)
    visible = np.flatnonzero(code_of(keys, "statistic") != COMPLEMENT)
    return Unknowns(
        keys=unique,
        values=number,
        unknown=unknown,
        count=count,
        rows=rows[visible],
        shown=unknown[place[visible]],
        complements=unknown[_complements(unique)],
    )


def _list_numbers(figures: Figures, words: Words) -> tuple[Array, Array, Array]:
    """The key, value and row of every number that counts children."""
    listed: list[tuple[Array, Array, Array]] = []

    def add(chosen: Array, role: int, values: Array) -> None:
        rows = np.flatnonzero(chosen)
        listed.append((replace_code(figures.keys[rows], statistic=role), values[rows], rows))

    for statistic in Statistic:
        own = figures.statistics == words.statistics[statistic]
        if statistic is Statistic.COUNT:
            add(own, VALUE, figures.values)
        if statistic in _COUNTING_NUMERATORS:
            add(own & ~np.isnan(figures.numerators), numerator_of(statistic), figures.numerators)
        if statistic in _COUNTING_DENOMINATORS:
            add(own & ~np.isnan(figures.denominators), denominator_of(statistic), figures.denominators)
        if statistic is Statistic.PERCENTAGE:
            left = figures.denominators - figures.numerators
            add(own & ~np.isnan(left), COMPLEMENT, left)
    keys, values, rows = (np.concatenate(column) for column in zip(*listed, strict=True))
    return keys, values, rows


def _declared_pairs(
    keys: Array, words: Words, catalogue: Mapping[str, Indicator]
) -> Iterator[tuple[Array, Array]]:
    """Numerators and denominators beside the counts that the catalogue says they are."""
    roles, indicators = code_of(keys, "statistic"), code_of(keys, "indicator")
    for statistic in (Statistic.PERCENTAGE, Statistic.RATE):
        counted, whole = _declared(statistic, words, catalogue)
        for role, other in ((numerator_of(statistic), counted), (denominator_of(statistic), whole)):
            places = np.flatnonzero((roles == role) & (other[indicators] >= 0))
            target = replace_code(keys[places], statistic=VALUE, indicator=other[indicators[places]])
            yield places, _find(keys, target)
    # A count may be repeated as its own numerator.
    places = np.flatnonzero(roles == numerator_of(Statistic.COUNT))
    yield places, _find(keys, replace_code(keys[places], statistic=VALUE))


def _pairs_with_the_whole(
    keys: Array, values: Array, words: Words, catalogue: Mapping[str, Indicator]
) -> Iterator[tuple[Array, Array]]:
    """What categories are shares of, beside the count or denominator of the whole.

    Only of indicators in which they agree everywhere: a percentage within each category has a base of its
    own, which is the whole only where one category has everybody.
    """
    roles, indicators = code_of(keys, "statistic"), code_of(keys, "indicator")
    role = denominator_of(Statistic.PERCENTAGE)
    _, whole = _declared(Statistic.PERCENTAGE, words, catalogue)
    of_category = (roles == role) & (code_of(keys, "slice") != words.whole)
    places = np.flatnonzero(of_category & (whole[indicators] >= 0))
    counted = replace_code(keys[places], statistic=VALUE, indicator=whole[indicators[places]])
    yield _agreeing(values, indicators, places, _find(keys, replace_code(counted, slice=words.whole)))
    places = np.flatnonzero(of_category)
    target = replace_code(keys[places], slice=words.whole)
    yield _agreeing(values, indicators, places, _find(keys, target))


def _agreeing(values: Array, indicators: Array, left: Array, right: Array) -> tuple[Array, Array]:
    """Those pairs whose indicator has no pair of different numbers."""
    left, right = left[right >= 0], right[right >= 0]
    different = np.zeros(int(indicators.max(initial=0)) + 1, dtype=bool)
    different[indicators[left[values[left] != values[right]]]] = True
    kept = ~different[indicators[left]]
    return left[kept], right[kept]


def _declared(statistic: Statistic, words: Words, catalogue: Mapping[str, Indicator]) -> tuple[Array, Array]:
    """For each indicator the one its numerator counts, and the one its denominator counts; -1 if none."""
    counted = np.full(len(words.indicators.names), -1, dtype=np.int64)
    whole = counted.copy()
    for indicator in catalogue.values():
        declared = indicator.statistics.get(statistic)
        number = words.indicators[indicator.id]
        if declared:
            counted[number] = words.indicators[declared.counts] if declared.counts else number
            whole[number] = words.indicators[declared.out_of] if declared.out_of else -1
    return counted, whole


def _complementary_pairs(
    keys: Array, words: Words, catalogue: Mapping[str, Indicator]
) -> Iterator[tuple[Array, Array]]:
    """What is left of one percentage beside the numerator of the one declared its complement."""
    roles, indicators = code_of(keys, "statistic"), code_of(keys, "indicator")
    for indicator in catalogue.values():
        other = indicator.identity.complement
        if other:
            own = indicators == words.indicators[indicator.id]
            places = np.flatnonzero(own & (roles == COMPLEMENT))
            target = replace_code(
                keys[places],
                indicator=words.indicators[other],
                statistic=numerator_of(Statistic.PERCENTAGE),
            )
            yield places, _find(keys, target)
            places = np.flatnonzero(own & (roles == denominator_of(Statistic.PERCENTAGE)))
            yield places, _find(keys, replace_code(keys[places], indicator=words.indicators[other]))


def _same_columns(keys: Array, values: Array) -> Iterator[tuple[Array, Array]]:
    """Numbers of two columns that agree in every area and period: the same thing under two names.

    The catalogue does not say that the contacts converted to referrals are those whose outcome is a
    referral; the figures do.
    """
    column_key = replace_code(keys, area=0, period=0)
    row_key = replace_code(keys, indicator=0, statistic=0, slice=0)
    columns, column = np.unique(column_key, return_inverse=True)
    cells, cell = np.unique(row_key, return_inverse=True)
    table = np.full((len(columns), len(cells)), np.nan)
    table[column, cell] = values
    first: dict[bytes, int] = {}
    partner = np.full(len(columns), -1, dtype=np.int64)
    for place, row in enumerate(table):
        if len(np.unique(row[row > 0])) >= 3:  # noughts and ones agree by chance
            earlier = first.setdefault(row.tobytes(), place)
            partner[place] = earlier if earlier != place else -1
    places = np.flatnonzero(partner[column] >= 0)
    alike = columns[partner[column[places]]]
    target = replace_code(alike, area=code_of(keys[places], "area"), period=code_of(keys[places], "period"))
    yield places, _find(keys, target)


def _join(size: int, values: Array, pairs: list[tuple[Array, Array]]) -> tuple[Array, int]:
    """The unknown that each number stands for: numbers of a pair are one where they are equal."""
    lows, highs = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for left, right in pairs:
        some = right >= 0
        left, right = left[some], right[some]
        same = values[left] == values[right]
        lows.append(np.minimum(left[same], right[same]))
        highs.append(np.maximum(left[same], right[same]))
    low, high = np.concatenate(lows), np.concatenate(highs)
    label = np.arange(size)
    while True:
        before = label.copy()
        np.minimum.at(label, high, label[low])
        np.minimum.at(label, low, label[high])
        label = label[label]
        if np.array_equal(before, label):
            break
    unique, unknown = np.unique(label, return_inverse=True)
    return unknown, len(unique)


def _complements(keys: Array) -> Array:
    """The places of numerator, denominator and what is left, for every percentage that has all three."""
    left = np.flatnonzero(code_of(keys, "statistic") == COMPLEMENT)
    numerator = _find(keys, replace_code(keys[left], statistic=numerator_of(Statistic.PERCENTAGE)))
    denominator = _find(keys, replace_code(keys[left], statistic=denominator_of(Statistic.PERCENTAGE)))
    return np.column_stack((numerator, denominator, left))


def _find(keys: Array, wanted: Array) -> Array:
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)
