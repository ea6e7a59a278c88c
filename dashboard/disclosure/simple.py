"""Which unknowns to hide: the small ones, and as few others as stop a subtraction from giving one away."""

from dataclasses import dataclass

import numpy as np

from dashboard.disclosure.simple_relations import Relations
from dashboard.disclosure.suppress import DisclosureError
from dashboard.disclosure.unknowns import Unknowns
from dashboard.keys import Array


@dataclass(frozen=True, eq=False)
class Table:
    """What may be hidden, and what must be."""

    unknowns: Unknowns
    relations: Relations
    values: Array  # of each unknown
    hideable: Array  # whether an unknown is of an area that is protected
    headline: Array  # whether it is a count of all children, not of one category
    last_resort: Array  # whether it is one of the county's that nobody has published
    needs: Array  # two columns: a figure is hidden if this unknown is
    open_rows: Array  # which figures have a number at all, for each figure
    protected_rows: Array  # which figures may be hidden


def hide(table: Table, primary: Array, rows_hidden: Array) -> Array:
    """Which figures to hide so that no relation has exactly one hidden number.

    `primary`: the unknowns that must be hidden; `rows_hidden`: figures that must be, whatever they show.
    Raises `DisclosureError` where nothing is left to hide beside a small number.
    """
    chosen = primary.copy()
    relations = table.relations
    while True:
        hidden_rows, hidden = spread(table, chosen, rows_hidden)
        counts = np.bincount(relations.numbers[hidden[relations.members]], minlength=relations.count)
        alone = counts == 1
        if not alone.any():
            return hidden_rows
        second = _choose(table, hidden, alone, counts == 0)
        if not len(second):
            raise DisclosureError(
                f"{int(alone.sum())} sums give a hidden number away, and nothing else in them can be hidden"
            )
        chosen[second] = True


def spread(table: Table, chosen: Array, rows_hidden: Array) -> tuple[Array, Array]:
    """Which figures are hidden when these unknowns are, and which unknowns then stand nowhere."""
    figures = rows_hidden.copy()
    figures[table.needs[chosen[table.needs[:, 1]], 0]] = True
    figures &= table.protected_rows
    figures |= ~table.open_rows
    unknowns = table.unknowns
    seen = np.zeros(unknowns.count, dtype=bool)
    seen[unknowns.shown[~figures[unknowns.rows]]] = True
    numerator, denominator, left = unknowns.complements.T
    seen[left[seen[numerator] & seen[denominator] & ~chosen[left]]] = True
    return figures, ~seen


def _choose(table: Table, hidden: Array, alone: Array, whole: Array) -> Array:
    """One more unknown to hide in each relation that has a single hidden one, at the least loss.

    Nothing of the county while there is a part of it; no nought while there is anything else; no count of
    all children while there is one of a category, and no sum while there is a part; rather what also mends
    other relations and breaks none; then the smallest number.
    """
    relations = table.relations
    eligible = (table.hideable | table.last_resort) & ~hidden
    offending = alone[relations.numbers] & eligible[relations.members]
    number, member = relations.numbers[offending], relations.members[offending]
    mends = np.bincount(relations.members[alone[relations.numbers]], minlength=table.unknowns.count)
    breaks = np.bincount(relations.members[whole[relations.numbers]], minlength=table.unknowns.count)
    order = np.lexsort(
        (
            member,
            table.values[member],
            (breaks - mends)[member],
            relations.totals[offending],
            table.headline[member],
            table.values[member] == 0,
            ~table.hideable[member],
            number,
        )
    )
    number, member = number[order], member[order]
    first = np.ones(len(number), dtype=bool)
    first[1:] = number[1:] != number[:-1]
    return np.unique(_in_its_place(table, member[first], hidden))


def _in_its_place(table: Table, members: Array, hidden: Array) -> Array:
    """The unknowns to hide for these to be hidden: what is left of a percentage goes with its numerator."""
    numerator, denominator, left = table.unknowns.complements.T
    instead = np.arange(table.unknowns.count)
    shown = np.zeros(table.unknowns.count, dtype=bool)
    shown[table.unknowns.shown] = True
    instead[left] = np.where(shown[left], left, np.where(hidden[numerator], denominator, numerator))
    return instead[members]
