"""The sums that a reader can do: every linear relation between numbers that the release could show.

Derived from the catalogue and from the figures. A relation is listed where its figures do add up; where all
that belong to it are held and fall short of the sum, it is listed as "at most": somebody is not told apart.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import sparse

from dashboard.areas import Areas
from dashboard.disclosure.links import HALF, Listed, list_links
from dashboard.disclosure.system import FAMILIES, Family, System
from dashboard.disclosure.unknowns import VALUE, Unknowns
from dashboard.indicators import Characteristic, Indicator
from dashboard.keys import Array, Words, code_of, replace_code
from dashboard.periods import Grain
from dashboard.vocabulary import Kind


def make_system(
    unknowns: Unknowns,
    values: Array,
    words: Words,
    catalogue: Mapping[str, Indicator],
    characteristics: Mapping[str, Characteristic],
    areas: Areas,
) -> System:
    """Every unknown and every relation among them. An unknown that nobody knows the number of is in none."""
    listed = [
        *_by_geography(unknowns, words, areas),
        *_by_category(unknowns, words, characteristics),
        *_by_period(unknowns, words, catalogue),
        *_by_parts(unknowns, words, catalogue),
        *list_links(unknowns, words, catalogue),
    ]
    rows, cells, factors, lowest, families = [], [], [], [], []
    count = 0
    for each in listed:
        unique, group = np.unique(each.groups, return_inverse=True)
        rows.append(group + count)
        cells.append(each.places if each.unknowns else unknowns.unknown[each.places])
        factors.append(each.factors)
        lowest.append(np.full(len(unique), each.lowest))
        families.append(np.full(len(unique), FAMILIES.index(each.family), dtype=np.int8))
        count += len(unique)
    system = System(
        matrix=sparse.csr_array(
            (np.concatenate(factors), (np.concatenate(rows), np.concatenate(cells))),
            shape=(count, unknowns.count),
        ),
        lowest=np.concatenate(lowest),
        highest=np.zeros(count),
        families=np.concatenate(families),
        values=values,
        floors=np.where(values < 0, -np.inf, 0.0),
        ceilings=np.full(unknowns.count, np.inf),
    )
    return _that_say_something(system)


def _that_say_something(system: System) -> System:
    """Each relation once: none that says that a number equals itself, none about numbers nobody has."""
    matrix = system.matrix.copy()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    sizes = np.diff(matrix.indptr)
    unknown = matrix @ np.isnan(system.values).astype(float) != 0
    unknown |= abs(matrix) @ np.isnan(system.values).astype(float) != 0
    signatures = np.random.default_rng(0).integers(2**40, size=matrix.shape[1]).astype(np.float64)
    sums = np.round(matrix @ signatures)  # relations with the same members come to the same
    same = np.column_stack((np.abs(sums), system.lowest))
    kept = np.zeros(len(sizes), dtype=bool)
    kept[np.unique(same, axis=0, return_index=True)[1]] = True
    kept &= (sizes > 1) & ~unknown
    return System(
        matrix, system.lowest, system.highest, system.families, system.values, system.floors, system.ceilings
    ).where(kept)


def _summed(
    family: Family,
    unknowns: Unknowns,
    places: Array,
    groups: Array,
    targets: Array,
    *,
    needed: int | None = None,
    complete: Array | None = None,
) -> Iterator[Listed]:
    """Numbers that add up to the one with the target key of their group, where that one is held.

    `needed`: how many there must be. `complete`: which numbers must all be there for the sum to be taken as
    a limit though it is not reached (as when figures of two sources are set side by side).
    """
    total = unknowns.find(targets)
    places, groups, total = places[total >= 0], groups[total >= 0], total[total >= 0]
    if not len(places):
        return
    unique, first, group, counts = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    whole = total[first]
    missing = np.bincount(group, weights=np.isnan(unknowns.values[places]), minlength=len(unique)) > 0
    sums = np.bincount(group, weights=np.nan_to_num(unknowns.values[places]), minlength=len(unique))
    gap = unknowns.values[whole] - sums
    equal = (np.abs(gap) < HALF) & ~missing
    below = (gap > 0) & ~equal & ((complete[first] if complete is not None else False) | missing)
    for kept, lowest in ((equal, 0.0), (below, -np.inf)):
        if needed is not None:
            kept = kept & (counts == needed)
        chosen = kept[group] & ~np.isnan(unknowns.values[places])
        wholes = np.flatnonzero(kept)
        yield Listed(
            family,
            np.concatenate((group[chosen], wholes)),
            np.concatenate((places[chosen], whole[wholes])),
            np.concatenate((np.ones(int(chosen.sum())), -np.ones(len(wholes)))),
            lowest,
        )


def _by_geography(unknowns: Unknowns, words: Words, areas: Areas) -> Iterator[Listed]:
    """Districts and placement-only areas make the county."""
    district = np.array([words.areas[area.slug] for area in areas.districts], dtype=np.int64)
    within = [words.areas[area.slug] for area in (*areas.districts, *areas.placement_only)]
    area = code_of(unknowns.keys, "area")
    places = np.flatnonzero(np.isin(area, within))
    targets = replace_code(unknowns.keys[places], area=words.areas[areas.county.slug])
    held = unknowns.find(targets) >= 0
    places, targets = places[held], targets[held]
    _, group = np.unique(targets, return_inverse=True)
    districts = np.bincount(group, weights=np.isin(area[places], district))
    everywhere = (districts == len(district))[group]
    yield from _summed(Family.GEOGRAPHY, unknowns, places, targets, targets, complete=everywhere)


def _by_category(
    unknowns: Unknowns, words: Words, characteristics: Mapping[str, Characteristic]
) -> Iterator[Listed]:
    """The categories of a characteristic make the whole, and those that are put together the merged one."""
    slices = code_of(unknowns.keys, "slice")
    split = words.split_slices()
    known = {pair: number for number, pair in enumerate(split)}
    merged = {
        (name, each.id): each.of
        for name, characteristic in characteristics.items()
        for level in characteristic.coarser
        for each in level
    }
    named = words.characteristic_numbers()
    declared = np.array([pair not in merged for pair in split])
    for characteristic in np.unique(named):
        own = (named[slices] == characteristic) & (slices != words.whole) & declared[slices]
        places = np.flatnonzero(own)
        targets = replace_code(unknowns.keys[places], slice=words.whole)
        yield from _summed(Family.CATEGORIES, unknowns, places, targets, targets)
    for pair, parts in merged.items():
        if pair in known:
            codes = [known[pair[0], part] for part in parts if (pair[0], part) in known]
            places = np.flatnonzero(np.isin(slices, codes))
            targets = replace_code(unknowns.keys[places], slice=known[pair])
            yield from _summed(Family.CATEGORIES, unknowns, places, targets, targets)


def _by_period(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """Months of a flow make the quarter and the year, and quarters the year."""
    flows = [words.indicators[each.id] for each in catalogue.values() if each.kind is Kind.FLOW]
    flowing = np.isin(code_of(unknowns.keys, "indicator"), flows)
    periods = code_of(unknowns.keys, "period")
    for finer, coarser, needed in (
        (Grain.MONTH, Grain.QUARTER, 3),
        (Grain.QUARTER, Grain.YEAR, 4),
        (Grain.MONTH, Grain.YEAR, 12),
    ):
        places = np.flatnonzero(flowing & (words.period_grains[periods] == finer.value))
        around = words.period_within(coarser)[periods[places]]
        targets = replace_code(unknowns.keys[places], period=around)
        yield from _summed(Family.PERIODS, unknowns, places, targets, targets, needed=needed)


def _by_parts(unknowns: Unknowns, words: Words, catalogue: Mapping[str, Indicator]) -> Iterator[Listed]:
    """The declared parts of an indicator make it."""
    counted = code_of(unknowns.keys, "statistic") == VALUE
    for indicator in catalogue.values():
        codes = [words.indicators[part] for part in indicator.parts]
        if codes:
            own = np.isin(code_of(unknowns.keys, "indicator"), codes)
            places = np.flatnonzero(counted & own)
            targets = replace_code(unknowns.keys[places], indicator=words.indicators[indicator.id])
            _, group, counts = np.unique(targets, return_inverse=True, return_counts=True)
            everything = (counts == len(codes))[group]
            held = unknowns.find(targets) >= 0
            places, targets, everything = places[held], targets[held], everything[held]
            yield from _summed(Family.PARTS, unknowns, places, targets, targets, complete=everything)
