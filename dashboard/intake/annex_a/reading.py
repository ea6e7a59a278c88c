"""Reading the lists from beginning to end: files, lists, months, tables, figures, and all that was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dashboard.findings import Level
from dashboard.intake.annex_a.care import make_care, read_care
from dashboard.intake.annex_a.counting import Counting
from dashboard.intake.annex_a.extent import find_extent
from dashboard.intake.annex_a.figures import Row, write_figures
from dashboard.intake.annex_a.front_door import (
    make_assessments,
    make_contacts,
    make_early_help,
    make_enquiries,
    make_referrals,
)
from dashboard.intake.annex_a.layout import Holds, load_layout
from dashboard.intake.annex_a.leavers import make_adopted, make_leavers
from dashboard.intake.annex_a.measures import load_measures
from dashboard.intake.annex_a.open_cases import make_need, make_open_cases, make_plans, read_plans
from dashboard.intake.annex_a.places import Homes, find_add_on, read_homes
from dashboard.intake.annex_a.sheet import Children, Sheet
from dashboard.intake.annex_a.tables import Material, Table
from dashboard.intake.annex_a.told import Told
from dashboard.intake.annex_a.workbook import (
    Found,
    Grid,
    find_lists,
    is_illustrative,
    number_list,
    read_grids,
    read_not_carried,
)
from dashboard.intake.readings import Given, Question, Reading, make_figures
from dashboard.periods import month_at
from dashboard.sources import Source

_SIMPLE = (make_contacts, make_early_help, make_referrals, make_assessments, make_enquiries)


def read(files: Sequence[Path], given: Given) -> Reading:
    """The figures of a workbook of lists, with its add-on of homes where there is one.

    Nothing about one child comes back. Whatever goes wrong is a finding; an unforeseen error is one too, and
    says only where in the program it happened.
    """
    findings: list[Told] = []
    try:
        return _Read(given, findings).read(files)
    except Exception as problem:  # its words could be a child's: they go no further
        where = problem.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = (
            f"{Path(where.tb_frame.f_code.co_filename).stem}, line {where.tb_lineno}" if where else "unknown"
        )
    told = Told(files[0].name if files else "")
    told.add(
        Level.ERROR, "lists that can be read", found=f"something unforeseen ({place})",
        why="nothing was read; please report it with the place, and without the file",
    )  # fmt: skip
    every = [each for one in (*findings, told) for each in one.findings]
    return Reading(make_figures([]), _describe_source(given, "", False), "nothing", tuple(every))


@dataclass
class _Read:
    """One reading, as it goes on."""

    given: Given
    tolds: list[Told]
    questions: list[Question] = field(default_factory=list)

    def read(self, files: Sequence[Path]) -> Reading:
        """All of it."""
        layout = load_layout()
        grids: dict[Path, tuple[Grid, ...]] = {}
        for path in files:
            self.given.tell(f"opening file {len(grids) + 1} of {len(files)}")
            told = Told(path.name)
            self.tolds.append(told)
            grids[path] = read_grids(path, told)
        lists = {
            path: find_lists(each, layout, told)
            for (path, each), told in zip(grids.items(), self.tolds, strict=True)
            if path.suffix.lower() != ".csv"
        }
        holding = [path for path, found in lists.items() if found]
        if len(holding) != 1:
            return self._refuse(files, holding)
        path = holding[0]
        told = self.tolds[list(grids).index(path)]
        illustrative = is_illustrative(grids[path])
        others = [grid for each in grids.values() for grid in each if not number_list(grid.name, layout)]
        return self._count(lists[path], others, told, illustrative)

    def _refuse(self, files: Sequence[Path], holding: Sequence[Path]) -> Reading:
        told = self.tolds[0] if self.tolds else Told("")
        if not self.tolds:
            self.tolds.append(told)
        found = f"{len(holding)} of {len(files)} files with lists" if files else "no file"
        if not any(each.level is Level.ERROR for one in self.tolds for each in one.findings):
            told.add(Level.ERROR, "one workbook with sheets such as 'List 1'", found=found)
        return self._finish([], "nothing", "", illustrative=False)

    def _count(
        self, lists: Mapping[int, Found], grids: Sequence[Grid], told: Told, illustrative: bool
    ) -> Reading:
        layout, children = load_layout(), Children()
        latest = np.datetime64(self.given.published_on, "D")
        sheets = {number: Sheet(found, layout, told, children, latest) for number, found in lists.items()}
        sheets = {number: sheet for number, sheet in sheets.items() if self._has_rows(sheet)}
        extent = find_extent(sheets, self.given.answers, told, self.questions)
        if extent is None:
            return self._finish([], "nothing", "", illustrative)
        for sheet in sheets.values():
            sheet.child()
        pairs = [pair for found in find_add_on(grids, layout) for pair in found]
        homes = read_homes(pairs, self.given.areas, children, told) if pairs else Homes({}, given=False)
        material = Material(
            sheets, extent, homes, self.given, layout, told, illustrative, questions=self.questions
        )
        self.given.tell("counting")
        _tell_missing(material)
        _tell_later(material)
        counting = Counting(material, make_tables(material), load_measures())
        rows = self._write(counting, read_not_carried(grids) if illustrative else frozenset())
        counting.tell_unclear()
        count = sum(len(sheet) for sheet in sheets.values())
        kinds = len({str(row["indicator"]) for row in rows})
        counted = f"{len(sheets)} lists, {count:,} rows, {kinds} indicators, {len(rows):,} figures"
        return self._finish(rows, counted, month_at(extent.last).end_label, illustrative)

    @staticmethod
    def _has_rows(sheet: Sheet) -> bool:
        if not len(sheet):
            sheet.told.warn(
                "at least one row", sheet=sheet.found.sheet, found="headings only", why="nothing is counted"
            )
        return len(sheet) > 0

    def _write(self, counting: Counting, left_out: frozenset[str]) -> list[Row]:
        rows: list[Row] = []
        for name, measure in counting.declared.measures.items():
            indicator = self.given.catalogue.get(name)
            if indicator is not None and name not in left_out:
                rows += write_figures(counting, indicator, measure, sorted(left_out))
        return rows

    def _finish(self, rows: Sequence[Row], counted: str, as_at: str, illustrative: bool) -> Reading:
        findings = tuple(each for told in self.tolds for each in told.findings)
        source = _describe_source(self.given, as_at, illustrative)
        return Reading(make_figures(rows), source, counted, findings, tuple(self.questions))


def make_tables(material: Material) -> Mapping[str, Table]:
    """Every table that the lists have the columns for."""
    tables: dict[str, Table] = {}
    for make in _SIMPLE:
        tables |= make(material)
    plans, care = read_plans(material), read_care(material)
    for made in (
        make_plans(material, plans),
        make_care(material, care),
        make_need(material, plans, care),
        make_leavers(material),
        make_adopted(material),
        make_open_cases(material),
    ):
        tables |= made
    return tables


def _describe_source(given: Given, as_at: str, illustrative: bool) -> Source:
    until = f" as at {as_at}" if as_at else ""
    county = given.areas.county.name
    made_up = "made-up children" if illustrative else "the council’s children"
    return Source(
        id=given.source,
        title=f"Child-level lists (Annex A){until}" + (", of made-up children" if illustrative else ""),
        short=f"Child-level lists{until}",
        publisher=f"{county}: children’s services",
        document=f"Counts from lists 1 to 11 in the layout of Ofsted’s Annex A, of {made_up}",
        licence="The council’s own records: only counts leave them",
        attribution="",
        published_on=given.published_on,
    )


def _tell_missing(material: Material) -> None:
    """Name every list and column that is missing, and what cannot be worked out without it."""
    measures = load_measures()
    for layout in material.layout.lists:
        sheet = material.sheets.get(layout.number)
        if sheet is None:
            affected = {
                name
                for column in layout.columns
                for name in measures.needing(f"{layout.number}.{column.key}")
            }
            level = Level.WARNING if affected else Level.NOTE
            why = (
                f"not worked out: {', '.join(sorted(affected))}"
                if affected
                else "nothing is worked out from it"
            )
            material.told.add(level, f"{layout.name} ({layout.title})", found="no such list", why=why)
            continue
        for column in layout.columns:
            needed = column.since or column.holds not in (Holds.TEXT, Holds.NAME)
            if needed and not sheet.has(column.key):
                _tell_missing_column(
                    material, sheet, f"{layout.number}.{column.key}", column.heading, column.since
                )


def _tell_missing_column(material: Material, sheet: Sheet, column: str, heading: str, since: int) -> None:
    measures = load_measures()
    lost = ", ".join(measures.needing(column))
    splits = ", ".join(measures.splitting(column))
    told = [f"not worked out: {lost}" if lost else "", f"nothing is told apart by {splits}" if splits else ""]
    if column.endswith(".child"):
        told = ["a child in two rows is taken for two, and no district can be told"]
    why = "; ".join(filter(None, told))
    if why and since:
        why += f"; the layout has it since {since}"
    if why:
        level = Level.NOTE if since else Level.WARNING
        material.told.add(
            level, f"a column {heading!r}", sheet=sheet.found.sheet, found="no such column", why=why
        )


def _tell_later(material: Material) -> None:
    """Note how many events are dated after the last whole month: they are counted another time."""
    end = material.extent.end
    for sheet in material.sheets.values():
        for column in sheet.found.layout.columns:
            if (
                column.latest
                and sheet.has(column.key)
                and (later := int((sheet.days(column.key) > end).sum()))
            ):
                why = f"after {month_at(material.extent.last).label}, the last whole month: not counted yet"
                material.told.add(
                    Level.NOTE, sheet=sheet.found.sheet, column=sheet.name_of(column.key), why=why,
                    found=f"{later:,} later day{'' if later == 1 else 's'}",
                )  # fmt: skip
