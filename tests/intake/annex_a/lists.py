"""Small lists of Annex A written for a test, and read as anybody's would be."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import xlsxwriter

from dashboard.areas import load_areas
from dashboard.findings import Level
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.intake import Given, Reading, find_readers
from dashboard.intake.annex_a.layout import load_layout
from dashboard.intake.annex_a.workbook import Grid
from dashboard.populations import load_populations

DATA = Path(__file__).parents[3] / "data"
Rows = Sequence[Mapping[str, object]]
Lists = Mapping[int, Rows]

#: Two rows on 31 March 2024, so that the six months to the end of March are whole.
LAST_DAY = date(2024, 3, 31)


def make_given(published_on: str = "2024-04-10", **answers: str) -> Given:
    """What a reader is given, with answers by key (with _ for -)."""
    given = _load()
    said = {key.replace("_", "-"): answer for key, answer in answers.items()}
    return Given(*given, source="annex-a-test", published_on=published_on, answers=said)


@cache
def _load():
    return load_indicators(DATA), load_characteristics(DATA), load_areas(DATA), load_populations(DATA)


def contact(day: date, **more: object) -> dict[str, object]:
    """A row of list 1."""
    child = {"child": "c", "sex": "b) Female", "ethnicity": "a) WBRI", "birth": date(2015, 5, 20)}
    return child | {"contact_date": day, "contact_source": "q) 6: Police"} | more


def referral(day: date, **more: object) -> dict[str, object]:
    """A row of list 3."""
    child = {"child": "c", "sex": "a) Male", "ethnicity": "a) WBRI", "birth": date(2015, 5, 20)}
    own = {"referral_date": day, "referral_source": "e) 2A: Schools", "referral_nfa": "b) No"}
    return child | own | {"referrals_before": 0} | more


def anchored(lists: Lists) -> dict[int, Rows]:
    """Lists with a contact and a referral on the last day, and contacts from the first month on."""
    contacts = [contact(date(2023, 10, 2)), contact(LAST_DAY)]
    referrals = [referral(date(2023, 10, 2)), referral(LAST_DAY)]
    return {1: contacts, 3: referrals, **lists}


def make_grids(lists: Lists, headings: Mapping[str, str] | None = None) -> list[Grid]:
    """The sheets of some lists, with every column of the layout."""
    layout, grids = load_layout(), []
    for number, rows in sorted(lists.items()):
        columns = layout.list_of(number).columns
        heading = [(headings or {}).get(each.key, each.heading) for each in columns]
        cells = [[row.get(each.key, "") for each in columns] for row in rows]
        grids.append(Grid(f"List {number}", [heading, *cells]))
    return grids


def write_grids(path: Path, grids: Sequence[Grid]) -> Path:
    """A workbook of some sheets."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for row, cells in enumerate(grid.cells):
                for column, cell in enumerate(cells):
                    if cell != "":
                        sheet.write(row, column, cell)
    return path


def read_files(*files: Path, given: Given | None = None) -> Reading:
    """What the reader makes of some files."""
    return find_readers()["annex-a"].read(files, given or make_given())


def read_lists(tmp_path: Path, lists: Lists, given: Given | None = None, **homes: str) -> Reading:
    """What the reader makes of some lists, with homes by child."""
    grids = make_grids(lists)
    if homes:
        cells = [
            ["Child Unique ID", "Home postcode or district"],
            *([each, home] for each, home in homes.items()),
        ]
        grids.append(Grid("Home districts", cells))
    return read_files(write_grids(tmp_path / "lists.xlsx", grids), given=given)


def series(
    reading: Reading,
    indicator: str,
    statistic: str = "count",
    category: str = "",
    area: str = "worcestershire",
) -> dict[str, float]:
    """The values of one line by period, whichever characteristic has the category."""
    rows = reading.figures
    chosen = rows[
        (rows["indicator"] == indicator)
        & (rows["statistic"] == statistic)
        & (rows["category"] == category)
        & (rows["area"] == area)
    ]
    return dict(zip(chosen["period"], chosen["value"], strict=True))


def cell(reading: Reading, indicator: str, period: str, **place: str) -> pd.Series:
    """One figure."""
    rows = reading.figures
    wanted = {"indicator": indicator, "period": period, "statistic": "count", "area": "worcestershire"}
    wanted |= {"characteristic": "", "category": ""} | place
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, f"{len(rows)} figures of {wanted}"
    return rows.iloc[0]


def told(reading: Reading, level: Level = Level.WARNING) -> str:
    """All findings of a level in one text."""
    return "\n".join(str(each) for each in reading.findings if each.level is level)
