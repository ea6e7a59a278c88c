"""Chance, steered: who is picked is random, how many are picked is exact."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from dashboard.simulation.timeline import FIRST_MONTH, LENGTH, Booleans, Floats, Integers, place

_NEVER = 1e-9  # how likely the impossible is: taken only when nothing else is left
_CHURN = 0.02  # of those in a state, the share that leaves it each month of its own accord


def topic_generator(seed: int, topic: str) -> np.random.Generator:
    """The generator of one topic: what is drawn in another topic never changes what is drawn here."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(topic.encode())])))


def draw_codes(rng: np.random.Generator, count: int, mix: Mapping[str, float]) -> Integers:
    """For each of `count` things, the place in a mix of a word drawn by its weight."""
    shares = np.cumsum(np.array(list(mix.values()), dtype=float))
    return np.asarray(np.searchsorted(shares / shares[-1], rng.random(count), side="right")).astype(np.int64)


def draw_keys(rng: np.random.Generator, weights: Floats) -> Floats:
    """Random keys: the k smallest are k picked without replacement, the heavier the likelier."""
    return rng.standard_exponential(len(weights)) / np.maximum(weights, _NEVER)


def pick(rng: np.random.Generator, weights: Floats, count: int) -> Integers:
    """The places of `count` things picked without replacement, the heavier the likelier."""
    count = min(max(count, 0), len(weights))
    if count == len(weights):
        return np.arange(count)
    return np.argpartition(draw_keys(rng, weights), count)[:count] if count else np.empty(0, dtype=np.int64)


def mark(
    rng: np.random.Generator, group: Integers, counts: Mapping[int, int], weights: Floats | None = None
) -> Booleans:
    """Exactly `counts[g]` things of every group g marked, the heavier the likelier; weight 0: never."""
    weights = np.ones(len(group)) if weights is None else weights
    keys = draw_keys(rng, weights)
    order = np.lexsort((keys, group))
    sorted_groups = group[order]
    rank = np.arange(len(group)) - np.searchsorted(sorted_groups, sorted_groups)
    wanted = np.array([counts.get(int(each), 0) for each in sorted_groups[rank == 0]], dtype=np.int64)
    limit = np.repeat(wanted, np.diff(np.append(np.flatnonzero(rank == 0), len(group))))
    marked = np.zeros(len(group), dtype=np.bool_)
    marked[order] = rank < limit
    return marked & (weights > 0)


def mark_months(
    rng: np.random.Generator, month: Integers, counts: Integers, weights: Floats | None = None
) -> Booleans:
    """Exactly `counts` things of every month marked; `counts` is over every month simulated."""
    return mark(rng, month, {t + FIRST_MONTH: int(counts[t]) for t in range(LENGTH)}, weights)


def tally(month: Integers, where: Booleans | None = None) -> Integers:
    """How many things there are in every month simulated, of those that `where` marks."""
    places = place(month if where is None else month[where])
    return np.bincount(places, minlength=LENGTH)


def steer_states(
    rng: np.random.Generator,
    units: Integers,
    month: Integers,
    targets: Integers,
    affinity: Floats,
    churn: float = _CHURN,
) -> Integers:
    """The state of every row of a table of month-ends, as near as may be to that of the month before.

    A row is a unit (a child) in a month; rows are in order of month. `targets[month, state]` says how many
    are in each state, and adds up to the rows of that month; `affinity[row, state]` how likely each is.
    """
    before = np.full(int(units.max(initial=0)) + 1, -1, dtype=np.int64)
    states = np.empty(len(units), dtype=np.int64)
    edges = np.searchsorted(month, np.arange(FIRST_MONTH, FIRST_MONTH + LENGTH + 1))
    for t in np.unique(month):
        rows = slice(edges[place(t)], edges[place(t) + 1])
        held = before[units[rows]]
        states[rows] = _move(rng, held, targets[place(t)], affinity[rows], churn)
        before[units[rows]] = states[rows]
    return states


def _move(
    rng: np.random.Generator, held: Integers, target: Integers, affinity: Floats, churn: float
) -> Integers:
    """The states of one month: who may stay stays, others fill what is short, the scarcest state first."""
    held = held.copy()
    impossible = (held >= 0) & (affinity[np.arange(len(held)), held] <= 0)
    held[impossible | (rng.random(len(held)) < churn)] = -1
    for state, wanted in enumerate(target):
        inside = np.flatnonzero(held == state)
        surplus = len(inside) - int(wanted)
        if surplus > 0:
            held[inside[pick(rng, 1 / np.maximum(affinity[inside, state], 1e-3), surplus)]] = -1
    order = np.argsort((affinity > 0).sum(axis=0), kind="stable")
    for turn, state in enumerate(order):
        short = int(target[state]) - int((held == state).sum())
        able = affinity[:, state] > 0
        lacking = short - int((able & (held < 0)).sum())
        if lacking > 0:  # too few are free who may be in it: others give up the state they are in
            settled = np.flatnonzero(able & np.isin(held, order[turn + 1 :]))
            held[settled[pick(rng, affinity[settled, state], lacking)]] = -1
        free = np.flatnonzero(held < 0)
        held[free[pick(rng, affinity[free, state], short)]] = state
    return held


def steer_flag(
    rng: np.random.Generator,
    units: Integers,
    month: Integers,
    counts: Integers,
    affinity: Floats | None = None,
    among: Booleans | None = None,
    churn: float = _CHURN,
) -> Booleans:
    """A flag on rows of a table of month-ends: `counts` of them each month, of those that `among` marks."""
    chosen = np.arange(len(units)) if among is None else np.flatnonzero(among)
    likely = np.ones(len(units)) if affinity is None else affinity
    rows = tally(month[chosen])
    held = np.minimum(np.maximum(counts, 0), rows)
    flags = np.zeros(len(units), dtype=np.bool_)
    both = np.column_stack([np.ones(len(chosen)), likely[chosen]])
    targets = np.column_stack([rows - held, held])
    flags[chosen] = steer_states(rng, units[chosen], month[chosen], targets, both, churn) == 1
    return flags


def words(codes: Integers, names: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """The word that each code stands for."""
    return np.array(list(names))[codes]
