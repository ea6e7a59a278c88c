"""From figures as they are to figures that anyone may see: the steps in their order.

The levels of the tables first; then what must be hidden, and as little beside it as an audit asks for; then
percentages told less exactly in place of nothing; then the audit of what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.disclosure.audit import (
    Audit,
    Demand,
    Goals,
    Memory,
    Searches,
    Seen,
    audit,
    find_failing,
    label_cells,
)
from dashboard.disclosure.cells import Sheet, find_limits, make_table, spread
from dashboard.disclosure.design import Tables, choose_levels, give_way
from dashboard.disclosure.ledger import Before
from dashboard.disclosure.lines import bound_by_lines
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.presentation import Ladder, Rung, Told, relate
from dashboard.disclosure.suppress import DisclosureError, Table, hide_by_line, protect_cells
from dashboard.disclosure.system import FAMILIES, Family, System
from dashboard.disclosure.unknowns import COMPLEMENT, denominator_of, numerator_of
from dashboard.keys import Array, replace_code
from dashboard.vocabulary import Statistic

_REDESIGNS = 30
_SWEEPS = 4  # over all relations, for what follows from one after another
_STEPS = 6  # from a cell over the relations around it
_ROUNDS = 2  # of hiding more before a table that still cannot be protected is made coarser


@dataclass(frozen=True, eq=False)
class Outcome:
    """Which figures are hidden, told less exactly, or not in the release at all; and the proof."""

    hidden: Array  # of each figure: shown as hidden
    withheld: Array  # of each figure: of another level than the one shown
    rungs: Mapping[int, Rung]  # figures told less exactly
    chosen: list[int]  # the place of each table among its options
    system: System  # with what is told less exactly
    goals: Goals  # what is demanded of each hidden unknown
    unseen: Array  # of each unknown: whether it stands nowhere
    audit: Audit
    offered: Array  # of each unknown: whether some figure of it is shown or shown as hidden
    absent: Array  # of each unknown: whether it is left out, as what only finer levels show
    programmes: int  # that were needed for all of it


@dataclass(frozen=True, eq=False)
class Work:
    """What is being protected, by which rules."""

    sheet: Sheet
    tables: Tables
    policy: Policy
    before: Before  # what became of them in earlier releases
    start: list[int]  # the place of each table among its options, to begin with

    @property
    def mute(self) -> Array:
        """Figures that are not told exactly, whatever they say."""
        mute = self.before.hidden.copy()
        mute[list(self.before.less)] = True
        return mute

    def withheld(self, chosen: list[int]) -> Array:
        """Which figures are not in the release when the tables are at these levels."""
        return np.asarray(~self.tables.shown(chosen) & ~self.sheet.public)

    def present(self, withheld: Array) -> Sheet:
        """The figures without those breakdowns that are not in the release; what is of all children stays."""
        return self.sheet.without(withheld & (self.sheet.figures.slices != self.sheet.words.whole))


def protect_figures(work: Work, memory: Memory, *, anew: bool = False) -> Outcome:
    """The levels of the tables, what is hidden in them, what is told less exactly, and the audit of it all.

    With `anew` the last audit remembers nothing. Raises `DisclosureError` if there is no level at which the
    tables can be protected.
    """
    shares = Shares.of(work.sheet, work.policy)
    chosen = choose_levels(
        work.tables,
        lambda shown, beside: _estimate(work, shares, shown, beside),
        work.policy.most_hidden,
        work.start,
    )
    dropped: dict[int, int] = {}
    searches = Searches(memory)
    for _ in range(_REDESIGNS):
        draft = _draft(work, shares, chosen, dropped, searches)
        coarser = _coarsen(work, draft)
        if coarser == chosen:
            if len(draft.stuck):
                raise DisclosureError(f"{len(draft.stuck)} numbers stay pinned too closely at every level")
            return _audited(draft.finish({} if anew else memory, searches.programmes))
        chosen = coarser
    raise DisclosureError("no level of the tables was found at which they can be protected")


def _audited(outcome: Outcome) -> Outcome:
    """The same, if its audit passed. Raises `DisclosureError` otherwise: it is not to be released."""
    failed = int((~outcome.audit.passed).sum())
    if failed:
        raise DisclosureError(f"the audit of the finished release found {failed} numbers pinned too closely")
    return outcome


@dataclass(frozen=True, eq=False)
class Shares:
    """The percentages among the figures, and the unknowns of their three parts."""

    rows: Array
    numerator: Array
    denominator: Array
    left: Array
    values: Array  # of the unknowns
    ladder: Ladder

    @classmethod
    def of(cls, sheet: Sheet, policy: Policy) -> "Shares":
        """Those whose numerator and denominator are both held."""
        figures, unknowns = sheet.figures, sheet.unknowns
        rows = np.flatnonzero(figures.statistics == sheet.words.statistics[Statistic.PERCENTAGE])
        roles = (numerator_of(Statistic.PERCENTAGE), denominator_of(Statistic.PERCENTAGE), COMPLEMENT)
        places = [unknowns.find(replace_code(figures.keys[rows], statistic=role)) for role in roles]
        held = np.min(places, axis=0) >= 0
        numerator, denominator, left = (unknowns.unknown[place[held]] for place in places)
        return cls(rows[held], numerator, denominator, left, sheet.system.values, Ladder(policy))

    def rungs(
        self, among: Array, base_known: Array, before: Mapping[int, Told]
    ) -> dict[int, tuple[Rung, ...]]:
        """The ways of telling each of these percentages that leave enough possibilities, by place.

        What was told `before` is told again, or less.
        """
        found = {}
        for place in np.flatnonzero(among[self.rows]):
            numerator, denominator = self.values[self.numerator[place]], self.values[self.denominator[place]]
            known = bool(base_known[self.denominator[place]])
            rungs = self.ladder.rungs(int(numerator), int(denominator), base_known=known)
            told = [rung.told for rung in rungs]
            was = before.get(int(self.rows[place]))
            rungs = rungs[told.index(was) :] if was in told else rungs
            if rungs:
                found[int(place)] = rungs
        return found


def _estimate(work: Work, shares: Shares, shown: Array, beside: bool) -> Array:
    """Roughly which figures would be hidden, and could not be told less exactly either."""
    withheld = ~shown & ~work.sheet.public
    sheet = work.present(withheld)
    table, must = make_table(sheet, withheld, work.mute, work.policy)
    cells = hide_by_line(table, must) if beside else must
    hidden, _ = spread(sheet, cells, withheld | work.mute)
    everything = np.ones(len(work.sheet.system.values), dtype=bool)
    offered = hidden & shown & work.sheet.open & ~work.before.hidden
    told = shares.rungs(offered, everything, work.before.less)
    hidden[[*shares.rows[list(told)], *work.before.less]] = False
    return hidden & work.sheet.open


@dataclass(frozen=True, eq=False)
class Draft:
    """A release at some levels of its tables, before it is known whether they will do."""

    sheet: Sheet
    chosen: list[int]
    withheld: Array
    hidden: Array
    cells: Array  # unknowns hidden
    unseen: Array  # unknowns that stand nowhere
    stuck: Array
    rungs: Mapping[int, Rung]
    system: System  # with what the rungs tell
    goals: Goals  # an entry a hidden unknown

    @property
    def lost(self) -> Array:
        """Which figures show nothing at all."""
        lost = self.hidden & ~self.withheld
        lost[list(self.rungs)] = False
        return lost

    def finish(self, memory: Memory, programmes: int) -> Outcome:
        """The release, audited from the beginning; `programmes` were needed to get here."""
        sheet = self.sheet
        proof = audit(self.system, self.unseen, sheet.small, Demand(), goals=self.goals, memory=memory)
        return Outcome(
            hidden=self.lost,
            withheld=self.withheld,
            rungs=self.rungs,
            chosen=self.chosen,
            system=self.system,
            goals=self.goals,
            unseen=self.unseen,
            audit=proof,
            offered=sheet.shown_by(~self.withheld & sheet.open),
            absent=sheet.absent,
            programmes=programmes + proof.solves,
        )


def _draft(
    work: Work, shares: Shares, chosen: list[int], dropped: dict[int, int], searches: Searches
) -> Draft:
    """A release at these levels. `dropped`: how many ways of telling each percentage have failed."""
    withheld = work.withheld(chosen)
    sheet = work.present(withheld)
    table, must = make_table(sheet, withheld, work.mute, work.policy)
    cells, stuck, seen = protect_cells(table, must, searches, _ROUNDS)
    hidden, unseen = spread(sheet, cells, withheld | work.mute)
    offered = hidden & ~withheld & ~work.before.hidden & sheet.open & ~sheet.baseless
    rungs = shares.rungs(offered, ~unseen, work.before.less)
    rungs = {place: left for place, several in rungs.items() if (left := several[dropped.get(place, 0) :])}
    if not len(stuck):
        stuck = _find_telling(work, sheet, sheet.system, unseen)
    if len(stuck):  # it will not do anyway
        goals, lost = table.demand(unseen, cells), hidden & sheet.open
        return Draft(sheet, chosen, withheld, lost, cells, unseen, stuck, {}, sheet.system, goals)
    system, told, kept, stuck = tell_less(
        table, cells, unseen, shares, rungs, dropped, seen, searches, work.policy
    )
    if not len(stuck):
        stuck = _find_telling(work, sheet, system, unseen)
    goals, lost = told.demand(unseen, cells), hidden & sheet.open
    return Draft(sheet, chosen, withheld, lost, cells, unseen, stuck, kept, system, goals)


def tell_less(
    table: Table,
    chosen: Array,
    unseen: Array,
    shares: Shares,
    rungs: dict[int, tuple[Rung, ...]],
    dropped: dict[int, int],
    seen: Seen,
    searches: Searches,
    policy: Policy,
) -> tuple[System, Table, dict[int, Rung], Array]:
    """What is known when percentages are told less exactly, what is demanded, which are, and what fails yet.

    Where together they would pin a cell too closely, all that hang together with it are told less exactly
    still, and in the end not at all; `dropped` counts how many ways were tried of each in vain.
    """
    seen = seen.copy()
    while True:
        first = {place: several[0] for place, several in rungs.items()}
        told = [(rung, int(shares.numerator[at]), int(shares.denominator[at])) for at, rung in first.items()]
        system = table.system.joined(relate(told, table.system)) if told else table.system
        demanding = replace(table, goals=_demand_less(table.goals, shares, first, policy))
        _forget(seen, system, unseen)
        failing = find_failing(system, unseen, demanding.demand(unseen, chosen), seen, 1, searches)
        blamed = _blame(system, unseen, shares, rungs, failing)
        if not blamed:
            kept = {int(shares.rows[place]): rung for place, rung in first.items()}
            return system, demanding, kept, failing
        for place in blamed:
            dropped[place] = dropped.get(place, 0) + 1
        rungs = {
            place: several[1:] if place in blamed else several
            for place, several in rungs.items()
            if place not in blamed or several[1:]
        }


def _forget(seen: Seen, system: System, unseen: Array) -> None:
    """Forget witnesses wherever something has been told since."""
    cells = np.flatnonzero(unseen)
    _, labels = label_cells(system, cells)
    printed = system.where(system.families == FAMILIES.index(Family.PRINTED)).matrix
    touched = (abs(printed).T @ np.ones(printed.shape[0]))[cells] > 0
    again = cells[np.isin(labels, labels[touched])]
    seen.forget(again, system.values)


def _demand_less(goals: Goals, shares: Shares, rungs: Mapping[int, Rung], policy: Policy) -> Goals:
    """What is demanded of cells of which something is told: enough possibilities, not all of them small."""
    before, goals = goals, goals.copy()
    for place, rung in rungs.items():
        numerator, denominator = shares.numerator[place], shares.denominator[place]
        low, high = rung.base or (shares.values[denominator],) * 2
        parts = [(whole, rung.possible(whole)) for whole in range(int(low), int(high) + 1)]
        for cell, possible in (
            (numerator, {part for _, several in parts for part in several}),
            (shares.left[place], {whole - part for whole, several in parts for part in several}),
        ):
            some = np.isfinite(before.low[cell])
            goals.low[cell] = 0.0 if some and max(possible) < policy.threshold else np.inf
            goals.high[cell] = policy.threshold if some and max(possible) >= policy.threshold else -np.inf
            goals.width[cell] = 0.0
            goals.count[cell] = policy.candidates
        goals.width[denominator] = min(goals.width[denominator], policy.candidates - 1.0)
    return goals


def _blame(
    system: System, unseen: Array, shares: Shares, rungs: Mapping[int, tuple[Rung, ...]], failing: Array
) -> set[int]:
    """The percentages that hang together with a cell that is pinned too closely."""
    cells = np.flatnonzero(unseen)
    label = np.full(system.cells, -1)
    label[cells] = label_cells(system, cells)[1]
    bad = np.zeros(system.cells, dtype=bool)
    bad[cells] = np.isin(label[cells], label[failing])
    parts = (shares.numerator, shares.denominator, shares.left)
    return {place for place in rungs if any(bad[part[place]] for part in parts)}


def _find_telling(work: Work, present: Sheet, system: System, unseen: Array) -> Array:
    """Small numbers of levels that are not shown, which follow all the same from what is shown.

    The programmes leave such numbers out. What each relation tells of them, one after another, is enough: in
    a table with two ways of adding up it is all there is to tell. `system`: with what is told less exactly.
    """
    sheet, absent = work.sheet, present.absent
    told = system.where(system.families == FAMILIES.index(Family.PRINTED))
    everything = sheet.system.joined(told)
    known = ~unseen & ~absent & ~np.isnan(sheet.system.values)
    floors = np.where(known, sheet.system.values, sheet.system.floors)
    ceilings = np.where(known, sheet.system.values, sheet.system.ceilings)
    low, high = bound_by_lines(everything, floors, ceilings, _SWEEPS)
    limit = find_limits(sheet, high)  # the exceptions show the county's own numbers, however small
    narrow = high - low < np.minimum(work.policy.candidates - 1, limit)
    seen_small = (low > 0) & (high < np.minimum(work.policy.threshold, limit))
    return np.flatnonzero(absent & sheet.small & (narrow | seen_small))


def _coarsen(work: Work, draft: Draft) -> list[int]:
    """The next levels to try: coarser where too much is lost, or where a number cannot be protected."""
    tables = work.tables
    shares = tables.shares(tables.shown(draft.chosen), draft.lost & (len(draft.stuck) == 0))
    stuck = _tables_around(work, draft)
    losing = [int(each) for each in np.flatnonzero(shares > work.policy.most_hidden)]
    chosen = list(draft.chosen)
    for number in {*give_way(tables, losing), *stuck}:
        if chosen[number] >= 0:
            chosen[number] = tables.coarser(number, chosen[number])
    return chosen


def _tables_around(work: Work, draft: Draft) -> set[int]:
    """The tables of the cells that cannot be protected; where those can be no coarser, of what is near."""
    around: set[int] = set()
    matrix = abs(work.sheet.system.matrix)
    for cell in draft.stuck:
        cells = np.zeros(matrix.shape[1])
        cells[cell] = 1.0
        for _ in range(_STEPS):
            reached = cells[work.sheet.unknowns.shown] > 0
            found = np.unique(work.tables.table[work.sheet.unknowns.rows[reached]])
            open_tables = [int(each) for each in found if each >= 0 and draft.chosen[each] >= 0]
            if open_tables:
                around.update(give_way(work.tables, open_tables))
                break
            cells = matrix.T @ (matrix @ cells)
    return around
