"""Places of different size beside what chance alone allows: exact funnel limits, and no order among places.

Limits are those of Spiegelhalter (2005): quantiles of the binomial or Poisson distribution, interpolated
between whole numbers. 95% and 99.8% of places would lie within them if all were alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, chi2, poisson

Array = npt.NDArray[np.float64]

_QUANTILES = (0.001, 0.025, 0.975, 0.999)
_OVERDISPERSED = 0.01
_ENOUGH = 5  # expected on both sides, for the test to mean anything
_STEPS = 120  # denominators at which the curve is worked out


class FunnelKind(StrEnum):
    """Which chance: so many of so many, or so many events where any number could be."""

    BINOMIAL = "binomial"  # percentages
    POISSON = "poisson"  # rates


class FunnelState(StrEnum):
    """Where a place lies: within the 95% limits, beyond them, or beyond the 99.8% limits (much)."""

    WITHIN = "within"
    HIGHER = "higher"
    MUCH_HIGHER = "much_higher"
    LOWER = "lower"
    MUCH_LOWER = "much_lower"


@dataclass(frozen=True)
class FunnelPlace:
    """A place's numerator and denominator; either None where it is hidden or missing."""

    name: str
    numerator: float | None
    denominator: float | None


class FunnelLimits(NamedTuple):
    """What chance alone allows at a denominator, times `per`: 0.1%, 2.5%, 97.5% and 99.9% of it."""

    lower_998: float
    lower_95: float
    upper_95: float
    upper_998: float


@dataclass(frozen=True)
class FunnelPoint:
    """One place as drawn. `value` and the limits are times `per`."""

    name: str
    numerator: float
    denominator: float
    value: float
    limits: FunnelLimits
    state: FunnelState


@dataclass(frozen=True)
class FunnelCurve:
    """The limits over a range of denominators, for drawing."""

    denominators: tuple[float, ...]
    limits: tuple[FunnelLimits, ...]


@dataclass(frozen=True)
class Dispersion:
    """Whether places differ more than chance explains: a chi-square test, and no estimate of by how much.

    `reliable` is False where so little is expected of a place that the test is rough.
    """

    statistic: float
    degrees: int
    p: float
    reliable: bool

    @property
    def is_over(self) -> bool:
        """Whether they differ more than chance alone explains (p below 1%)."""
        return self.p < _OVERDISPERSED


@dataclass(frozen=True)
class Funnel:
    """Places and limits. `points` keep the order given; `left_out` names the places without a number."""

    kind: FunnelKind
    per: float
    centre: float | None  # times `per`; None where no place has a number and none was given
    points: tuple[FunnelPoint, ...]
    left_out: tuple[str, ...]
    curve: FunnelCurve
    dispersion: Dispersion | None  # None with fewer than two places
    cautions: tuple[str, ...]
    caption: str  # how the limits came about, to be printed with every funnel


def make_funnel(
    places: Sequence[FunnelPlace],
    centre: float | None = None,
    kind: FunnelKind = FunnelKind.BINOMIAL,
    per: float = 100.0,
    *,
    own: bool = True,
) -> Funnel:
    """A funnel of places around a centre, which is times `per`, as 58 for 58%.

    Without a centre it is that of the places shown. `own` says whether a given centre is that of the same
    places together, which takes a degree of freedom from the test. Places without a number take no part.
    Raises `ValueError` for a numerator that cannot be of its denominator, or a percentage beyond 100.
    """
    shown = [_read(place, kind) for place in places if place.numerator is not None and place.denominator]
    left_out = tuple(place.name for place in places if place.name not in {name for name, _, _ in shown})
    if centre is None and shown:
        centre = per * sum(top for _, top, _ in shown) / sum(base for _, _, base in shown)
        own = True
    if centre is None:
        return Funnel(kind, per, None, (), left_out, FunnelCurve((), ()), None, (), _CAPTIONS[kind])
    share = centre / per
    if share < 0 or (kind is FunnelKind.BINOMIAL and share > 1):
        raise ValueError(f"{centre} is no centre of a {kind} funnel")
    points = tuple(_place(*each, share, kind, per) for each in shown)
    dispersion = measure_dispersion(shown, share, kind, own=own)
    return Funnel(
        kind=kind,
        per=per,
        centre=centre,
        points=points,
        left_out=left_out,
        curve=draw_curve([base for _, _, base in shown], share, kind, per),
        dispersion=dispersion,
        cautions=_list_cautions(dispersion, own),
        caption=_CAPTIONS[kind],
    )


def find_limits(centre: float, denominator: float, kind: FunnelKind, per: float = 1.0) -> FunnelLimits:
    """The exact limits at a denominator around a centre, a proportion or a rate of one; times `per`."""
    return _find_all(centre, [denominator], kind, per)[0]


def _find_all(
    centre: float, denominators: Sequence[float], kind: FunnelKind, per: float
) -> list[FunnelLimits]:
    """The limits at each of some denominators, worked out together: one by one takes fifty times as long."""
    limits = per * _limit(centre, np.array(denominators, dtype=np.float64), kind)
    return [FunnelLimits(*each) for each in limits.T.tolist()]


def draw_curve(
    denominators: Sequence[float], centre: float, kind: FunnelKind, per: float = 1.0
) -> FunnelCurve:
    """The limits from a little below the smallest denominator to a little above the largest."""
    if not denominators:
        return FunnelCurve((), ())
    ends = max(1.0, min(denominators) * 0.7), max(denominators) * 1.1 + 1
    at = np.unique(np.round(np.linspace(*ends, _STEPS))).tolist()
    return FunnelCurve(tuple(at), tuple(_find_all(centre, at, kind, per)))


def measure_dispersion(
    shown: Sequence[tuple[str, float, float]], centre: float, kind: FunnelKind, *, own: bool
) -> Dispersion | None:
    """The chi-square test that all places share a centre; None where there is nothing to test."""
    tops = np.array([top for _, top, _ in shown], dtype=np.float64)
    bases = np.array([base for _, _, base in shown], dtype=np.float64)
    binomial = kind is FunnelKind.BINOMIAL
    if len(shown) < 2 or centre <= 0 or (binomial and centre >= 1):
        return None
    expected = bases * centre
    variance = expected * (1 - centre) if binomial else expected
    statistic = float(((tops - expected) ** 2 / variance).sum())
    degrees = len(shown) - 1 if own else len(shown)
    fewest = float(min(expected.min(), (bases - expected).min())) if binomial else float(expected.min())
    return Dispersion(statistic, degrees, float(chi2.sf(statistic, degrees)), fewest >= _ENOUGH)


def _read(place: FunnelPlace, kind: FunnelKind) -> tuple[str, float, float]:
    top, base = place.numerator or 0.0, place.denominator or 0.0
    if top < 0 or base <= 0 or (kind is FunnelKind.BINOMIAL and top > base):
        raise ValueError(f"{place.name}: {top:g} of {base:g} is no {'share' if base else 'rate'}")
    return place.name, top, base


def _limit(centre: float, denominators: Array, kind: FunnelKind) -> Array:
    """The exact limits at each denominator, a row for each quantile, interpolated.

    Between the whole number at the quantile and the one below it. An upper limit of all of them is not
    interpolated: where all is to be expected, all is not too many.
    """
    quantile = np.array(_QUANTILES)[:, None]
    size = np.round(denominators)
    binomial = kind is FunnelKind.BINOMIAL
    chance = binom(size, centre) if binomial else poisson(centre * denominators)
    whole = np.maximum(chance.ppf(quantile), 0.0)
    reached, below = chance.cdf(whole), chance.cdf(whole - 1)
    apart = reached > below
    over = np.where(apart, (reached - quantile) / np.where(apart, reached - below, 1.0), 0.0)
    limits = np.maximum((whole - over) / denominators, 0.0)
    return np.where(binomial & (quantile > 1 / 2) & (whole >= size), 1.0, limits)


def _place(name: str, top: float, base: float, centre: float, kind: FunnelKind, per: float) -> FunnelPoint:
    limits, value = find_limits(centre, base, kind, per), per * top / base
    if value > limits.upper_95:
        state = FunnelState.MUCH_HIGHER if value > limits.upper_998 else FunnelState.HIGHER
    elif value < limits.lower_95:
        state = FunnelState.MUCH_LOWER if value < limits.lower_998 else FunnelState.LOWER
    else:
        state = FunnelState.WITHIN
    return FunnelPoint(name, top, base, value, limits, state)


def _list_cautions(dispersion: Dispersion | None, own: bool) -> tuple[str, ...]:
    told = []
    if own:
        told.append("Each place is part of the whole that it is compared with.")
    if dispersion and dispersion.is_over:
        told.append("They differ more than chance alone explains: treat the limits as guides.")
    if dispersion and not dispersion.reliable:
        told.append("So few are expected in one place that the test of how much they differ is rough.")
    return tuple(told)


_CAPTIONS = {
    kind: (
        f"Funnel with exact {name} limits, interpolated: if all places were alike, 95% of them would lie "
        "within the inner limits and 99.8% within the outer ones. Whether they differ more than chance can "
        "explain is tested (chi-square), and the limits are not widened for it. Places are not ranked."
    )
    for kind, name in ((FunnelKind.BINOMIAL, "binomial"), (FunnelKind.POISSON, "Poisson"))
}
