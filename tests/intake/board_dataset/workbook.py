"""The Corporate Parenting Board dataset as a workbook and as text, made from its cells as they were printed.

The cells are those of `tests/golden/board_dataset_2018_19.csv`; the names of the measures are the paper's,
misspelt where it misspells them. Everything odd is put in as Excel would hold it: shares are numbers with a
per cent format, the heading is cut in two, the target of measures 8 and 9 is one cell merged over both.
"""

import csv
import io
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.areas import load_areas
from dashboard.characteristics import load_characteristics
from dashboard.indicators import load_indicators
from dashboard.intake import Given
from dashboard.populations import load_populations
from dashboard.targets import load_targets

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "board_dataset_2018_19.csv"
RIGHT = ROOT / "data" / "observations" / "board_dataset_2018_19.csv"
FIRST = 5  # the row of the first measure in the workbook

IN_CARE, LEAVERS = "Number of Looked After Children", "Percentage of care leavers open for services"
NAMES = (
    IN_CARE,
    f"{IN_CARE} who are Unaccompanied Asylum Seekers",
    f"{IN_CARE} open to Children with Disability teams",
    f"{IN_CARE} placed outside the County",
    f"{IN_CARE} placed more than 20 miles from home, outside the County",
    f"{IN_CARE} placed more than 20 miles from home, total",
    "Percentage of Looked After Children with 3 or more placements in previous 12 months",
    f"{IN_CARE} placed in Foster Care",
    f"{IN_CARE} placed with a Relative or Friend",
    f"{IN_CARE} placed for Adoption",
    f"{IN_CARE} placed with parents",
    f"{IN_CARE} in Independent/ Supported Living",
    f"{IN_CARE} in Residential Care",
    f"{IN_CARE} in Secure Accommodation",
    f"{IN_CARE} in Other",
    "Number of repeat Looked After Children within 12 months",
    "Percentage of Looked After Children with an up to date Care Plan or Pathway Plan",
    "Percentage of Looked After Children with an up to date health assessment",
    "Percentage of looked after children of school age with an up to date Personal Education Plan",
    "Number of Childre in care of WCC aged 16/17 that are Not in Education/Employment/Training - "
    "(placed in or out of county)",
    f"{IN_CARE} who went missing",
    'Number of "missing" incidents involving Looked After Children',
    "Number of Looked after Children recorded as vulnerable to Child Sexual Exploitation",
    "Number of Looked after Children recorded as experiencing Child Sexual Exploitation",
    "Number of council foster carers - households",
    "Number of care leavers open for services - all ages",
    "Number of care leavers open for services - age 16-20",
    "Number of care leavers open for services - age 21- 25",
    f'{LEAVERS} "in touch" - all ages',
    f"{LEAVERS} in suitable accommodation - all ages",
    f"{LEAVERS} that are in Education/Employment/Training - all ages",
    f"{LEAVERS} with an up-to-date Pathway Plan - age 18-20",
)

#: What a person says when first asked.
ANSWERS = {
    "board-dataset: target over measures 8 and 9": "placed_with_foster_carers",
    "board-dataset: england over measures 8 and 9": "placed_with_foster_carers",
    "board-dataset: england beside measure 1": "rate",
    "board-dataset: statistical-neighbours beside measure 1": "rate",
}


@dataclass(frozen=True)
class Sheet:
    """The table as printed: headings, and rows of texts, the number and the name of the measure first."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def put(self, measure: int, heading: str, text: str) -> "Sheet":
        """The table with another text in one cell."""
        place = self.headings.index(heading)
        rows = [
            (*row[:place], text, *row[place + 1 :]) if row[0] == str(measure) else row for row in self.rows
        ]
        return replace(self, rows=tuple(rows))

    def head(self, heading: str, text: str) -> "Sheet":
        """The table with another heading."""
        return replace(self, headings=tuple(text if each == heading else each for each in self.headings))

    def named(self, measure: int, name: str, number: str | None = None) -> "Sheet":
        """The table with another name, and if need be another number, of a measure."""
        rows = [
            (row[0] if number is None else number, name, *row[2:]) if row[0] == str(measure) else row
            for row in self.rows
        ]
        return replace(self, rows=tuple(rows))

    def without(self, *measures: int) -> "Sheet":
        """The table without some rows."""
        return replace(self, rows=tuple(row for row in self.rows if row[0] not in map(str, measures)))

    def to_text(self, delimiter: str = "\t") -> str:
        """The table as Excel writes it to a text file."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(self.headings)
        writer.writerows(self.rows)
        return text.getvalue()


def print_sheet() -> Sheet:
    """The table with every cell as the paper prints it."""
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    texts = [(row[0], name, *row[2:]) for row, name in zip(rows, NAMES, strict=True)]
    return Sheet(("Meas", "IIro", *heading[2:]), tuple(texts))


def write_workbook(path: Path, sheet: Sheet | None = None) -> openpyxl.Workbook:
    """The table in a workbook, under a title, its merged cells merged; saved, and given back for changes."""
    sheet = sheet or print_sheet()
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Dataset"
    page["A1"] = "Corporate Parenting Board Dataset"
    page.merge_cells("A1:Q1")
    for column, heading in enumerate(sheet.headings, 1):
        page.cell(FIRST - 1, column, heading)
    for row, texts in enumerate(sheet.rows, FIRST):
        for column, text in enumerate(texts, 1):
            put(page, row, column, text)
    _merge_halves(page, sheet)
    book.save(path)
    return book


def put(page: Worksheet, row: int, column: int, text: str) -> None:
    """A printed text as Excel holds it: "12.0%" is 0.12 in the format 0.0%, "842" a number, others text."""
    cell = page.cell(row, column)
    if share := re.fullmatch(r"(\d+)(?:\.(\d+))?%", text):
        cell.value = round(float(text[:-1]) / 100, 6)
        cell.number_format = "0." + "0" * len(share[2]) + "%" if share[2] else "0%"
    elif text:
        cell.value = int(text) if text.isdigit() else text


def _merge_halves(page: Worksheet, sheet: Sheet) -> None:
    """ "750/" above "75%" was one cell over two rows, with both texts in it."""
    for column in range(1, len(sheet.headings) + 1):
        for row in range(FIRST, FIRST + len(sheet.rows) - 1):
            upper = page.cell(row, column).value
            if isinstance(upper, str) and re.fullmatch(r"\d+/", upper):
                lower = f"{page.cell(row + 1, column).value:.0%}"
                page.cell(row, column).value = f"{upper}\n{lower}"
                page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)


@cache
def _give() -> Given:
    data = ROOT / "data"
    return Given(
        catalogue=load_indicators(data),
        characteristics=load_characteristics(data),
        areas=load_areas(data),
        populations=load_populations(data),
        source="board-dataset-2018-19",
        published_on="2019-07-31",
        targets=load_targets(data),
    )


def give(answers: dict[str, str] | None = None, published_on: str = "2019-07-31") -> Given:
    """What a reader is given: the project's own catalogue, areas, populations and targets."""
    return replace(_give(), answers=answers or {}, published_on=published_on)
