"""The table behind a trend, and the figures it is made of."""

from collections.abc import Sequence

from dashboard.formats import NONE, format_with_unit
from dashboard.views.chosen import Chosen
from dashboard.views.comparators import Aim, Comparator, Point, describe_neighbours, points_of, text_of
from dashboard.views.drawn import Cell, cell_of, has_mixed_status, say_status
from dashboard.views.scene import Scene
from dashboard.views.shapes import Role, Table


def make_table(
    scene: Scene, chosen: Chosen, comparators: Sequence[Comparator], aim: Aim | None, name: str
) -> Table:
    """The same numbers as the picture, a row for each figure of the chosen area."""
    mixed = has_mixed_status(chosen.observations)
    neighbours = describe_neighbours(scene.store, points_of(comparators))
    columns = ["At" if chosen.at_a_date else "Period", chosen.area.name]
    columns += [_heading(chosen, each, neighbours) for each in comparators]
    columns += (["Target"] if aim else []) + (["Status"] if mixed else [])
    rows = []
    for observation in chosen.observations:
        points = [(each, each.point_for(observation.period)) for each in comparators]
        cells = [text_of(point, chosen) if point else NONE for each, point in points]
        when = observation.period.end_label if chosen.at_a_date else observation.period.label
        tail = ([aim.text] if aim else []) + ([say_status(observation)] if mixed else [])
        rows.append((when, chosen.full_text(observation), *cells, *tail))
    caption = f"{name}, {chosen.area.name}{_unit_note(chosen)}"
    return Table(caption, tuple(columns), tuple(rows), strong=1)


def _heading(chosen: Chosen, comparator: Comparator, neighbours: str) -> str:
    notes = [neighbours] if comparator.role is Role.NEIGHBOURS and neighbours else []
    notes += ["for the year"] if comparator.yearly and not chosen.is_yearly else []
    return f"{comparator.name} ({'; '.join(notes)})" if notes else comparator.name


def _unit_note(chosen: Chosen) -> str:
    unit = format_with_unit("", chosen.statistic).strip()
    return f", {unit}" if unit else ""


def make_cells(scene: Scene, chosen: Chosen, comparators: Sequence[Comparator]) -> tuple[Cell, ...]:
    """Every figure that the picture shows."""
    cells = [cell_of(chosen, each, chosen.text(each)) for each in chosen.observations]
    for comparator in comparators:
        basis = chosen.line.basis if comparator.role is Role.COUNTY else "official"
        cells += [
            Cell(
                chosen.measure.indicator,
                chosen.statistic,
                scene.store.areas[point.area].name,
                basis,
                point.observation,
                text_of(point, chosen),
            )
            for point in _drawn_points(chosen, comparator)
        ]
    return tuple(cells)


def _drawn_points(chosen: Chosen, comparator: Comparator) -> tuple[Point, ...]:
    """The comparator's figures that the picture shows."""
    first = chosen.observations[0].period
    return tuple(point for point in comparator.points if point.period.end_index >= first.index)
