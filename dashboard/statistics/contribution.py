"""Why a number moved: its change as parts that always add up to it.

Sums are done in fractions, so that they add up exactly and not nearly. Contributors of which a number is
hidden are one part together, which is what the others leave of the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Effect(StrEnum):
    """How a part moved the whole."""

    COUNT = "count"  # it has more or fewer itself
    RATE = "rate"  # its own percentage changed
    MIX = "mix"  # it is a larger or smaller share of all
    STARTS = "starts"
    ENDS = "ends"
    UNEXPLAINED = "unexplained"  # a stock moved by more or less than what started and ended


@dataclass(frozen=True)
class Part:
    """What one contributor did by one effect; `name` is blank for the effects of a whole stock.

    `pooled` marks what contributors with a hidden number did together.
    """

    name: str
    effect: Effect
    change: Fraction
    pooled: bool = False


@dataclass(frozen=True)
class Contribution:
    """A change and its parts, which sum exactly to it; in points (of 100) for percentages.

    `pooled` names the contributors that are one part together.
    """

    change: Fraction
    parts: tuple[Part, ...]
    pooled: tuple[str, ...] = ()

    def total(self, effect: Effect) -> Fraction:
        """What all parts of one effect come to."""
        return sum((part.change for part in self.parts if part.effect is effect), Fraction(0))


@dataclass(frozen=True)
class Share:
    """A numerator and the denominator it is of; either None where it is hidden."""

    numerator: float | None
    denominator: float | None


@dataclass(frozen=True)
class Counted:
    """A contributor's count before and after; None where it is hidden."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Shared:
    """A contributor's numerator and denominator before and after."""

    name: str
    before: Share
    after: Share


#: The name of the part that contributors with a hidden number make together.
POOLED = "hidden"


def split_count(contributors: Sequence[Counted], before: float, after: float) -> Contribution:
    """The change of a count by contributor. What does not come from a known one is pooled."""
    parts, pooled, left = [], [], _exact(after) - _exact(before)
    change = left
    for each in contributors:
        if each.before is None or each.after is None:
            pooled.append(each.name)
            continue
        own = _exact(each.after) - _exact(each.before)
        parts.append(Part(each.name, Effect.COUNT, own))
        left -= own
    if pooled or left:
        parts.append(Part(POOLED, Effect.COUNT, left, pooled=True))
    return Contribution(change, tuple(parts), tuple(pooled))


def split_percentage(contributors: Sequence[Shared], before: Share, after: Share) -> Contribution:
    """The change of a percentage, in points, by contributor into a rate effect and a mix effect.

    The rate effect is the change of a contributor's percentage times its share of the denominators, the mean
    of before and after. The mix effect is the change of that share times how far its percentage is from
    that of the whole. Without any denominator on one side, all that a contributor did is mix.
    Raises `ValueError` where the whole is hidden or of nothing.
    """
    tops, bases = _whole(before), _whole(after)
    start, end = 100 * tops[0] / tops[1], 100 * bases[0] / bases[1]
    known, pooled = [], []
    rest = [*tops, *bases]
    for each in contributors:
        four = (each.before.numerator, each.before.denominator, each.after.numerator, each.after.denominator)
        if None in four:
            pooled.append(each.name)
            continue
        exact = [_exact(value) for value in four if value is not None]
        known.append((each.name, exact))
        rest = [left - own for left, own in zip(rest, exact, strict=True)]
    rows = [(name, exact, False) for name, exact in known]
    if pooled or any(rest):
        rows.append((POOLED, rest, True))
    parts = []
    for name, exact, together in rows:
        rate, mix = _rate_and_mix(exact, (tops[1], bases[1]), (start + end) / 2)
        parts += [Part(name, Effect.RATE, rate, together), Part(name, Effect.MIX, mix, together)]
    return Contribution(end - start, tuple(parts), tuple(pooled))


def split_stock(before: float, after: float, starts: float | None, ends: float | None) -> Contribution:
    """The change of a stock into what started, what ended, and what neither explains.

    A hidden number of starts or ends is pooled with what neither explains.
    """
    change = left = _exact(after) - _exact(before)
    parts, pooled = [], []
    for effect, sign, number in ((Effect.STARTS, 1, starts), (Effect.ENDS, -1, ends)):
        if number is None:
            pooled.append(str(effect))
            continue
        parts.append(Part("", effect, sign * _exact(number)))
        left -= sign * _exact(number)
    parts.append(Part("", Effect.UNEXPLAINED, left, pooled=bool(pooled)))
    return Contribution(change, tuple(parts), tuple(pooled))


def _rate_and_mix(
    exact: Sequence[Fraction], wholes: tuple[Fraction, Fraction], middle: Fraction
) -> tuple[Fraction, Fraction]:
    """The rate effect and the mix effect of one contributor, in points."""
    top_before, base_before, top_after, base_after = exact
    share_before, share_after = base_before / wholes[0], base_after / wholes[1]
    own = 100 * (top_after / wholes[1] - top_before / wholes[0])
    rate = Fraction(0)
    if base_before and base_after:
        moved = 100 * (top_after / base_after - top_before / base_before)
        rate = moved * (share_before + share_after) / 2
    return rate, own - rate - middle * (share_after - share_before)


def _whole(share: Share) -> tuple[Fraction, Fraction]:
    if share.numerator is None or not share.denominator:
        raise ValueError("the whole has no percentage to split")
    return _exact(share.numerator), _exact(share.denominator)


def _exact(value: float) -> Fraction:
    """A number as it is printed: 0.1 is a tenth."""
    return Fraction(repr(float(value)))
