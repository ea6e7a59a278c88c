"""What follows from the figures received, worked out before anything is hidden.

Quarters and years of flows from their months, sums of parts, differences, percentages of a whole, and
rates per 10,000 children. A figure received is never overwritten; one calculated is no firmer than its
weakest input.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.areas import AreaKind, Areas
from dashboard.figures import Figures
from dashboard.indicators import Indicator
from dashboard.keys import Array, Words, replace_code
from dashboard.observations import Populations
from dashboard.periods import Grain
from dashboard.vocabulary import Basis, Kind, Statistic

_POOLED = {Statistic.PERCENTAGE: 100.0, Statistic.AVERAGE: 1.0, Statistic.DAYS: 1.0, Statistic.SCORE: 1.0}


def calculate(
    observations: pd.DataFrame,
    catalogue: Mapping[str, Indicator],
    areas: Areas,
    populations: Populations,
) -> pd.DataFrame:
    """The observations, followed by every figure that can be worked out from them.

    Source of a calculated figure: "simulation" if any input is illustrative, else "calculated". Rates are
    over the population in the middle of the financial year; those of part of a year are made annual.
    """
    words = Words.of(observations, catalogue, areas)
    held = Figures.read(observations, words)
    figures = held.preferred()
    for step in _STEPS:
        several = step(figures, words, catalogue, areas, populations)
        if several:
            found = Figures.concatenated(several).rounded(words, catalogue)
            figures = figures.joined(found.beyond(figures)).preferred()
    calculated = figures.beyond(held)
    return pd.concat([observations, calculated.write(words)[list(observations.columns)]], ignore_index=True)


def _add_up_parts(
    figures: Figures, words: Words, catalogue: Mapping[str, Indicator], areas: Areas, _: Populations
) -> list[Figures]:
    """Counts of indicators that are declared to be the sum of others, where every part is held."""
    local = figures.where(_is_local(figures, words, areas) & _is(figures, words, Statistic.COUNT))
    sums = []
    for indicator in catalogue.values():
        codes = [words.indicators[part] for part in indicator.parts]
        if codes and Statistic.COUNT in indicator.statistics:
            parts = local.where(np.isin(local.indicators, codes) & ~np.isnan(local.values))
            target = replace_code(parts.keys, indicator=words.indicators[indicator.id])
            sums.append(parts.summed(target, needed=len(codes)))
    return sums


def _subtract(
    figures: Figures, words: Words, catalogue: Mapping[str, Indicator], areas: Areas, _: Populations
) -> list[Figures]:
    """Counts of indicators that are declared to be the difference of two others."""
    local = figures.where(_is_local(figures, words, areas) & _is(figures, words, Statistic.COUNT))
    differences = []
    for indicator in catalogue.values():
        if indicator.difference:
            first, second = (words.indicators[each] for each in indicator.difference)
            pair = local.where(np.isin(local.indicators, [first, second]) & ~np.isnan(local.values))
            signed = pair.with_values(np.where(pair.indicators == second, -pair.values, pair.values))
            target = replace_code(pair.keys, indicator=words.indicators[indicator.id])
            differences.append(signed.summed(target, needed=2))
    return differences


def _add_up_months(
    figures: Figures, words: Words, catalogue: Mapping[str, Indicator], areas: Areas, _: Populations
) -> list[Figures]:
    """Quarters and years of flows from their months."""
    quarters = _add_up(figures, words, catalogue, Grain.MONTH, Grain.QUARTER, needed=3)
    return [*quarters, *_add_up(figures, words, catalogue, Grain.MONTH, Grain.YEAR, needed=12)]


def _add_up_quarters(
    figures: Figures, words: Words, catalogue: Mapping[str, Indicator], areas: Areas, _: Populations
) -> list[Figures]:
    """Years of flows from their quarters, where the months are not all held."""
    return _add_up(figures, words, catalogue, Grain.QUARTER, Grain.YEAR, needed=4)


def _add_up(
    figures: Figures,
    words: Words,
    catalogue: Mapping[str, Indicator],
    finer: Grain,
    coarser: Grain,
    *,
    needed: int,
) -> list[Figures]:
    """Longer periods of flows: counts summed; percentages and averages pooled, never averaged."""
    adding = [each for each in catalogue.values() if each.kind is Kind.FLOW and not each.distinct]
    flows = [words.indicators[each.id] for each in adding]
    parts = figures.where(
        np.isin(figures.indicators, flows) & (words.period_grains[figures.periods] == finer.value)
    )
    count = _is(parts, words, Statistic.COUNT)
    counted = parts.where(count & ~np.isnan(parts.values))
    pooled = parts.where(
        ~count
        & ~_is(parts, words, Statistic.RATE)
        & ~np.isnan(parts.numerators)
        & ~np.isnan(parts.denominators)
    )
    around = words.period_within(coarser)
    sums = [
        rows.summed(replace_code(rows.keys, period=around[rows.periods]), needed=needed)
        for rows in (counted, pooled)
    ]
    return [sums[0], _pool(sums[1], words)]


def _pool(totals: Figures, words: Words) -> Figures:
    """Percentages and averages from summed numerators and denominators; not applicable over nobody."""
    factors = np.array([_POOLED.get(Statistic(name), np.nan) for name in words.statistics.names])
    pooled = totals.where(~np.isnan(factors[totals.statistics]))
    over = np.where(pooled.denominators > 0, pooled.denominators, np.nan)
    return pooled.with_values(factors[pooled.statistics] * pooled.numerators / over)


def _share_the_whole(
    figures: Figures, words: Words, catalogue: Mapping[str, Indicator], areas: Areas, _: Populations
) -> list[Figures]:
    """Percentages of the whole that an indicator is declared to be part of, from the two counts."""
    local = figures.where(_is_local(figures, words, areas) & _is(figures, words, Statistic.COUNT))
    shares = []
    for indicator in catalogue.values():
        counted, whole = (
            find_counted(indicator, Statistic.PERCENTAGE, catalogue),
            find_whole(indicator, catalogue),
        )
        if counted is None or whole is None:
            continue
        own = local.of_indicator(words.indicators[counted.id])
        if counted is whole:  # each category's share of them all
            own = own.where(own.slices != words.whole)
        else:
            own = own.where(own.slices == words.whole)
        over = local.of_indicator(words.indicators[whole.id])
        key = replace_code(own.keys, indicator=words.indicators[whole.id], slice=words.whole)
        own, over = own.matched(over, on=key)
        some = (over.values > 0) & ~np.isnan(own.values)
        divided = _divide(own.where(some), over.where(some), words, Statistic.PERCENTAGE)
        shares.append(divided.with_keys(replace_code(divided.keys, indicator=words.indicators[indicator.id])))
    return shares


def find_whole(indicator: Indicator, catalogue: Mapping[str, Indicator]) -> Indicator | None:
    """The indicator whose counts are declared to be the denominator of this one's percentage."""
    declared = indicator.statistics.get(Statistic.PERCENTAGE)
    whole = catalogue.get(declared.out_of) if declared else None
    return whole if whole and Statistic.COUNT in whole.statistics else None


def find_counted(
    indicator: Indicator, statistic: Statistic, catalogue: Mapping[str, Indicator]
) -> Indicator | None:
    """The indicator whose counts are the numerator of a declared percentage or rate: by default its own."""
    declared = indicator.statistics.get(statistic)
    if declared is None:
        return None
    counted = catalogue.get(declared.counts or indicator.id)
    return counted if counted and Statistic.COUNT in counted.statistics else None


def _divide(own: Figures, over: Figures, words: Words, statistic: Statistic) -> Figures:
    shares = own.with_parts(own.values, over.values, 100.0 * own.values / over.values).weakened(over)
    return shares.with_keys(replace_code(shares.keys, statistic=words.statistics[statistic]))


def _rate_by_population(
    figures: Figures,
    words: Words,
    catalogue: Mapping[str, Indicator],
    areas: Areas,
    populations: Populations,
) -> list[Figures]:
    """Rates per 10,000 children aged 0 to 17 of the county and its districts, from local counts.

    Where a rate was published on the same basis for a grain of an area, none is added to that line: the two
    are over different populations.
    """
    living = [words.areas[area.slug] for area in areas.choosable]
    counts = figures.where(
        _is(figures, words, Statistic.COUNT)
        & np.isin(figures.areas, living)
        & (figures.bases == words.bases[Basis.LOCAL])
        & (figures.slices == words.whole)
        & ~np.isnan(figures.values)
    )
    children = _populations_of(counts, words, areas, populations)
    rates = []
    for indicator in catalogue.values():
        counted = find_counted(indicator, Statistic.RATE, catalogue)
        if counted is not None:
            chosen = (counts.indicators == words.indicators[counted.id]) & (children > 0)
            own, over = counts.where(chosen), children[chosen]
            a_year = 12.0 / words.period_months[own.periods] if counted.kind is Kind.FLOW else 1.0
            rate = own.with_parts(own.values, over, 10_000.0 * a_year * own.values / over)
            key = replace_code(
                rate.keys,
                indicator=words.indicators[indicator.id],
                statistic=words.statistics[Statistic.RATE],
            )
            rates.append(_without_published_lines(rate.with_keys(key), figures, words))
    return rates


def _populations_of(counts: Figures, words: Words, areas: Areas, populations: Populations) -> Array:
    """The children living in the area of each figure, in the middle of its financial year; NaN if unknown."""
    table = np.full((len(words.areas.names), len(words.periods.names)), np.nan)
    for area in areas.choosable:
        for code in np.unique(counts.periods):
            found = populations.for_period(area.slug, words.parsed_periods[code])
            if found is not None:
                table[words.areas[area.slug], code] = found.population
    county = words.areas[areas.county.slug]
    together = table[[words.areas[area.slug] for area in areas.districts]].sum(axis=0)
    table[county] = np.where(np.isnan(table[county]), together, table[county])
    return np.asarray(table[counts.areas, counts.periods])


def _without_published_lines(rates: Figures, figures: Figures, words: Words) -> Figures:
    published = figures.where(_is(figures, words, Statistic.RATE) & ~figures.illustrative)
    return rates.where(~np.isin(_line_of(rates, words), _line_of(published, words)))


def _line_of(figures: Figures, words: Words) -> Array:
    """What would be drawn as one line: everything of a figure but its period, whose grain stays."""
    grains = np.array([list(Grain).index(Grain(name)) for name in words.period_grains], dtype=np.int64)
    return replace_code(figures.keys, period=grains[figures.periods])


def _is(figures: Figures, words: Words, statistic: Statistic) -> Array:
    return np.asarray(figures.statistics == words.statistics[statistic])


def _is_local(figures: Figures, words: Words, areas: Areas) -> Array:
    """Whether a figure is of the county or within it: its neighbours' are rounded, so never added up."""
    kinds = (AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY)
    return np.isin(figures.areas, [words.areas[area.slug] for area in areas if area.kind in kinds])


#: In this order: each step may use what the ones before it found.
_STEPS = (
    _add_up_parts,
    _subtract,
    _add_up_months,
    _add_up_quarters,
    _share_the_whole,
    _rate_by_population,
)
