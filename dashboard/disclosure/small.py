"""Which numbers must be hidden for themselves: small ones, and noughts that tell about everybody."""

from collections.abc import Mapping

import numpy as np

from dashboard.areas import Areas
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.unknowns import VALUE, Unknowns
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, code_of, replace_code


def find_small(
    unknowns: Unknowns,
    values: Array,
    words: Words,
    catalogue: Mapping[str, Indicator],
    areas: Areas,
    policy: Policy,
) -> Array:
    """The unknowns that must be hidden: true or false of each.

    A net flow is a difference and counts nobody. What is excepted in one of an unknown's names is excepted.
    """
    nets = [words.indicators[each.id] for each in catalogue.values() if each.difference]
    counting = ~np.isin(code_of(unknowns.keys, "indicator"), nets)
    level = np.isin(code_of(unknowns.keys, "area"), _codes_of(words, areas, policy))
    few = (unknowns.values > 0) & (unknowns.values < policy.threshold)
    small = np.zeros(unknowns.count, dtype=bool)
    small[unknowns.unknown[few & counting & level]] = True
    telling = _tell_about_everybody(unknowns, words, policy) & counting & level
    small[unknowns.unknown[telling]] = True
    small[unknowns.unknown[_is_excepted(unknowns, words, areas, policy)]] = False
    return small & ~np.isnan(values)


def _codes_of(words: Words, areas: Areas, policy: Policy) -> Array:
    return np.array([words.areas[area.slug] for area in areas if area.kind in policy.levels], dtype=np.int64)


def _is_excepted(unknowns: Unknowns, words: Words, areas: Areas, policy: Policy) -> Array:
    """Numbers of an indicator at a level that the policy excepts."""
    excepted = np.zeros(len(unknowns.keys), dtype=bool)
    indicator, area = code_of(unknowns.keys, "indicator"), code_of(unknowns.keys, "area")
    for each in policy.exceptions:
        if each.indicator in words.indicators.names:
            places = [words.areas[known.slug] for known in areas if known.kind is each.level]
            excepted |= (indicator == words.indicators[each.indicator]) & np.isin(area, places)
    return excepted


def _tell_about_everybody(unknowns: Unknowns, words: Words, policy: Policy) -> Array:
    """Noughts in a sensitive characteristic; and the one category in which all children of an area are."""
    slices = code_of(unknowns.keys, "slice")
    counted = (code_of(unknowns.keys, "statistic") == VALUE) & (slices != words.whole)
    named = words.characteristic_numbers()
    split = words.split_slices()
    places = np.flatnonzero(counted)
    sensitive = np.array([name in policy.sensitive_noughts for name, _ in split])[slices[places]]
    harmless = np.array([name in policy.harmless_groups for name, _ in split])[slices[places]]
    group = np.column_stack((replace_code(unknowns.keys[places], slice=0), named[slices[places]]))
    _, number = np.unique(group, axis=0, return_inverse=True)
    children = np.nan_to_num(unknowns.values[places])
    some = np.bincount(number, weights=children)[number] > 0
    several = np.bincount(number, weights=children > 0)[number] > 1
    categories = np.bincount(number)[number] > 1
    alone = (children > 0) & ~several & categories & ~harmless
    telling = np.zeros(len(unknowns.keys), dtype=bool)
    telling[places] = (some & sensitive & (unknowns.values[places] == 0)) | alone
    return telling
