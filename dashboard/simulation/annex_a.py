"""The made-up children written as the lists of Annex A, with their home districts: a workbook to bring in.

One path serves for demonstrations and for real lists: what the reader counts from this workbook are the
illustrative figures. Every child is recognisably made up, and a sheet "Illustrative" says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import xlsxwriter  # type: ignore[import-untyped]

from dashboard.areas import Areas, load_areas
from dashboard.intake.annex_a.layout import Holds, load_layout
from dashboard.observations import load_observations, load_populations
from dashboard.periods import Period, month_at
from dashboard.simulation import SEED, make_children
from dashboard.simulation.annex_a_children import make_lists
from dashboard.simulation.children import Children
from dashboard.simulation.timeline import SHOWN, number_of

#: The first month to which a whole year of made-up children leads up.
FIRST = 11
#: What the made-up children cannot tell in the columns of the lists, and why.
NOT_CARRIED: Mapping[str, str] = {
    "assessments_open": "Some made-up assessments are passed on and not completed: no list has such an end.",
    "starts_to_be_looked_after by primary_need": "Drawn apart from the reason for being looked after.",
}
_SAID = (
    "All children in this workbook are made up. It was written by a simulation, for demonstrations.",
    "No row is about anybody. Ids begin with “made-up”, and everybody was born on the first of a month.",
    "Figures counted from it are illustrative, and have no place beside real ones.",
)
_WRITTEN = datetime(2026, 4, 30)  # the same bytes every time


def write_simulated_lists(data: Path, path: Path, up_to: Period) -> int:
    """Simulate the children of a data folder and write them as `write_annex_a` does."""
    areas = load_areas(data)
    children = make_children(areas, load_populations(data), load_observations(data), seed=SEED)
    return write_annex_a(children, areas, path, up_to)


def write_annex_a(children: Children, areas: Areas, path: Path, up_to: Period) -> int:
    """Write the made-up children of the six months to the end of a month as a workbook; how many rows it has.

    Raises ValueError for a month without a whole simulated year before it.
    """
    last = number_of(up_to.month)
    if not FIRST <= last < SHOWN:
        first, end = month_at(up_to.end_index - last + FIRST), month_at(up_to.end_index - last + SHOWN - 1)
        raise ValueError(f"found {up_to.label}, expected a month from {first.label} to {end.label}")
    lists, homes = make_lists(children, areas, last)
    layout = load_layout()
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        book.set_properties({"title": "Made-up children as the lists of Annex A", "created": _WRITTEN})
        _write_notice(book, up_to.month)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for each in layout.lists:
            sheet = book.add_worksheet(each.name)
            for place, column in enumerate(each.columns):
                sheet.write_string(0, place, column.heading)
                is_day = column.holds in (Holds.DAY, Holds.BIRTH)
                _write_column(sheet, place, lists[each.number].get(column.key, ()), day if is_day else None)
        sheet = book.add_worksheet(layout.add_on)
        for place, (heading, values) in enumerate(homes.items()):
            sheet.write_string(0, place, heading)
            _write_column(sheet, place, values, None)
    return sum(len(each["child" if number < 11 else "adopter"]) for number, each in lists.items())


def _write_notice(book: xlsxwriter.Workbook, up_to: Period) -> None:
    """The sheet that says that nobody in this workbook is real, and what its children cannot tell."""
    sheet = book.add_worksheet("Illustrative")
    lines = [*_SAID, f"As at {up_to.end_label}", "", "Not carried", *NOT_CARRIED]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
        if line in NOT_CARRIED:
            sheet.write_string(row, 1, NOT_CARRIED[line])


def _write_column(
    sheet: xlsxwriter.worksheet.Worksheet, place: int, values: Sequence[object], day: object
) -> None:
    """One column of a list below its heading; blank cells are not written."""
    for row, value in enumerate(values, 1):
        if isinstance(value, np.datetime64):
            if not np.isnat(value):
                sheet.write_datetime(row, place, value.astype(datetime), day)
        elif isinstance(value, str):
            if value:
                sheet.write_string(row, place, value)
        elif value is not None:
            sheet.write_number(row, place, float(value))  # type: ignore[arg-type]
