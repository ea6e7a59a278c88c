"""Figures as cells that may be hidden: what each counts, what it costs, and what is demanded of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.areas import Areas
from dashboard.disclosure.audit import Goals
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.relations import make_system
from dashboard.disclosure.small import find_small
from dashboard.disclosure.suppress import Table
from dashboard.disclosure.system import FAMILIES, Family, System
from dashboard.disclosure.unknowns import VALUE, Unknowns, gather_unknowns
from dashboard.figures import Figures
from dashboard.indicators import Characteristic, Indicator
from dashboard.keys import Array, Words, replace_code
from dashboard.vocabulary import Statistic

#: What hiding costs, from the least to the most.
_HEADLINE, _NOUGHT, _COUNTY = 1.0, 2.0, 8.0


@dataclass(frozen=True, eq=False)
class Sheet:
    """The figures of a county and within it, with every unknown and relation among them."""

    figures: Figures
    words: Words
    unknowns: Unknowns
    system: System
    below: Array  # figures of districts and of places within the county
    public: Array  # figures that are never hidden: out already, or excepted by nobody's need
    open: Array  # figures that have a number
    baseless: Array  # figures that nobody can say are safe: the counts behind them are not given
    needs: Array  # two columns: a figure is hidden if this unknown is
    small: Array  # unknowns that must be hidden, each for itself
    last: int  # the largest number that is small
    absent: Array  # unknowns that are left out: see `without`

    def without(self, rows: Array) -> "Sheet":
        """The same, leaving some figures out: numbers that only they show are in no relation.

        For figures that can be completed whatever the others are: what they add up to is known of them, and
        nothing else. One that alone is left out of a sum follows from the rest, as starts do from those who
        ceased and from the stock: it stays, to be protected.
        """
        absent = ~self.shown_by(~rows)
        sums = abs(self.system.matrix[self.system.lowest == self.system.highest]).sign()
        while True:
            alone = (sums @ absent.astype(float) == 1).astype(float)
            following = absent & (sums.T @ alone > 0)
            if not following.any():
                break
            absent &= ~following
        kept = abs(self.system.matrix) @ absent.astype(float) == 0
        return replace(self, system=self.system.where(kept), absent=absent)

    def headline(self) -> Array:
        """Which figures count all children: losing one costs more than losing a category."""
        count = self.figures.statistics == self.words.statistics[Statistic.COUNT]
        return np.asarray(count & (self.figures.slices == self.words.whole))

    def shown_by(self, rows: Array) -> Array:
        """Which unknowns are of one of these figures; what is left counts as shown with its numerator."""
        found = np.zeros(self.unknowns.count, dtype=bool)
        found[self.unknowns.shown[rows[self.unknowns.rows]]] = True
        numerator, _, left = self.unknowns.complements.T
        found[left] |= found[numerator]
        return found


def spread(sheet: Sheet, chosen: Array, withheld: Array) -> tuple[Array, Array]:
    """Which figures are hidden when these unknowns are, and which unknowns then stand nowhere."""
    figures = withheld | sheet.baseless
    figures[sheet.needs[chosen[sheet.needs[:, 1]], 0]] = True
    figures &= ~sheet.public
    figures |= ~sheet.open
    unknowns = sheet.unknowns
    seen = np.zeros(unknowns.count, dtype=bool)
    seen[unknowns.shown[~figures[unknowns.rows]]] = True
    numerator, denominator, left = unknowns.complements.T
    seen[left[seen[numerator] & seen[denominator] & ~chosen[left]]] = True
    return figures, ~seen & ~np.isnan(sheet.system.values) & ~sheet.absent


def make_table(sheet: Sheet, withheld: Array, mute: Array, policy: Policy) -> tuple[Table, Array]:
    """The cells as a table, and what must be hidden.

    Whatever they say, some figures are `withheld`, and others are not told though they are in the table.

    Where a number of the county that cannot be hidden is low, every district's part of it is hidden.
    """
    pinned = sheet.shown_by(sheet.public & sheet.open)
    limit = find_limits(sheet, np.where(pinned, sheet.system.values, np.inf))
    lines = (limit > 0) & (limit < policy.whole_line_below) & ~pinned
    must = (sheet.small | lines) & ~sheet.absent
    offered = sheet.shown_by(~withheld & ~sheet.public & sheet.open)
    demanded = make_goals(sheet, offered & ~lines, limit, policy)
    cost = (
        _COUNTY * ~sheet.shown_by(sheet.below)
        + _NOUGHT * (sheet.system.values == 0)
        + _HEADLINE * sheet.shown_by(sheet.headline())
    )
    offered &= ~pinned & ~np.isnan(sheet.system.values)
    table = Table(
        system=sheet.system,
        primary=sheet.small,
        cost=np.where(offered, cost, np.inf),
        goals=demanded,
        spread=lambda chosen: spread(sheet, chosen, withheld | mute)[1],
        instead=_in_its_place(sheet),
    )
    return table, must


def make_goals(sheet: Sheet, offered: Array, limit: Array, policy: Policy) -> Goals:
    """What is demanded of every unknown, were it hidden.

    Of a small number that is shown as hidden: all of both attackers' demands. Of one that is not in the
    release (its table or its line is withheld, whatever it says) that W is left enough possibilities:
    nothing tells S that it is small. No more can be demanded than a published number of the county leaves.
    """
    small, last = sheet.small, float(sheet.last)
    known = small & offered
    low = np.minimum(1.0, sheet.system.values)
    candidates = float(policy.candidates)
    beside = offered & ~small
    return Goals(
        low=np.where(known, low, np.inf),
        high=np.where(small, np.minimum(last, limit), -np.inf),
        width=np.where(beside, np.minimum(last + 1.0, limit), 0.0),
        count=np.where(small & ~offered, np.minimum(candidates, limit + 1), 1.0),
        count_s=np.where(known, np.minimum(candidates, limit + 1), 1.0),
        floors_s=np.where(known, low, -np.inf),
        ceilings_s=np.where(known, np.maximum(last, sheet.system.values), np.inf),
    )


def find_limits(sheet: Sheet, most: Array) -> Array:
    """The most that each unknown can be for being part of a number of the county; `most`: of each unknown."""
    geography = sheet.system.families == FAMILIES.index(Family.GEOGRAPHY)
    matrix = sheet.system.where(geography).matrix.tocoo()
    total = np.full(matrix.shape[0], np.inf)
    sums, parts = matrix.data < 0, matrix.data > 0
    total[matrix.row[sums]] = most[matrix.col[sums]]
    limit = np.full(sheet.unknowns.count, np.inf)
    np.minimum.at(limit, matrix.col[parts], total[matrix.row[parts]])
    return limit


def _in_its_place(sheet: Sheet) -> Callable[[Array, Array], Array]:
    """What is left of a percentage stands nowhere by itself: it is hidden with its numerator or its base."""
    numerator, denominator, left = sheet.unknowns.complements.T
    shown = np.zeros(sheet.unknowns.count, dtype=bool)
    shown[sheet.unknowns.shown] = True

    def instead(members: Array, hidden: Array) -> Array:
        place = np.arange(sheet.unknowns.count)
        place[left] = np.where(shown[left], left, np.where(hidden[numerator], denominator, numerator))
        return place[members]

    return instead


def read_sheet(
    figures: Figures,
    words: Words,
    catalogue: Mapping[str, Indicator],
    characteristics: Mapping[str, Characteristic],
    areas: Areas,
    policy: Policy,
    out_already: Array,
) -> Sheet:
    """Everything that can be known of some figures. `out_already`: which anyone can read elsewhere."""
    unknowns = gather_unknowns(figures, words, catalogue)
    values = np.full(unknowns.count, np.nan)
    values[unknowns.unknown] = unknowns.values
    county = words.areas[areas.county.slug]
    watched = np.isin(figures.statistics, [words.statistics[each] for each in policy.statistics])
    return Sheet(
        figures=figures,
        words=words,
        unknowns=unknowns,
        system=make_system(unknowns, values, words, catalogue, characteristics, areas),
        below=figures.areas != county,
        public=out_already | ~watched,
        open=~np.isnan(_anything(figures)),
        baseless=(figures.areas != county) & _without_base(figures, words),
        needs=_list_needs(unknowns, figures, words, catalogue),
        small=find_small(unknowns, values, words, catalogue, areas, policy),
        last=policy.threshold - 1,
        absent=np.zeros(unknowns.count, dtype=bool),
    )


def _anything(figures: Figures) -> Array:
    """A number of each figure that has one."""
    parts = np.where(np.isnan(figures.numerators), figures.denominators, figures.numerators)
    return np.where(np.isnan(figures.values), parts, figures.values)


def _list_needs(
    unknowns: Unknowns, figures: Figures, words: Words, catalogue: Mapping[str, Indicator]
) -> Array:
    """Pairs of a figure and an unknown that it shows or is worked out from: hidden with it."""
    pairs = [np.column_stack((unknowns.rows, unknowns.shown))]
    for indicator in catalogue.values():
        for other in indicator.difference or ():
            rows = np.flatnonzero(figures.indicators == words.indicators[indicator.id])
            place = unknowns.find(
                replace_code(figures.keys[rows], indicator=words.indicators[other], statistic=VALUE)
            )
            held = place >= 0
            pairs.append(np.column_stack((rows[held], unknowns.unknown[place[held]])))
    return np.concatenate(pairs)


def _without_base(figures: Figures, words: Words) -> Array:
    """Figures worked out from counts that are not given: nobody can say that they are safe."""
    derived = figures.statistics != words.statistics[Statistic.COUNT]
    rate = figures.statistics == words.statistics[Statistic.RATE]
    percentage = figures.statistics == words.statistics[Statistic.PERCENTAGE]
    no_numerator, no_denominator = np.isnan(figures.numerators), np.isnan(figures.denominators)
    return np.asarray(derived & ((no_numerator & (rate | percentage)) | (no_denominator & ~rate)))
