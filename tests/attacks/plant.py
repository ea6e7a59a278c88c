"""A data folder with figures by district that were made up so that the hidden ones cannot be mistaken.

Counts below ten are small wherever they stand, so a hidden one is known by its cell. What has to be hidden
beside it has six digits that occur nowhere else.
"""

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pandas as pd

from dashboard.periods import PeriodError, month_at, parse
from dashboard.settings import DATA
from dashboard.vocabulary import COLUMNS

COUNTY = "worcestershire"
DISTRICTS = ("bromsgrove", "malvern-hills", "redditch", "worcester", "wychavon", "wyre-forest")
ELSEWHERE = ("outside-county", "not-known")
YEARS = ("2020-21", "2021-22")
MONTHS = tuple(month_at(parse("2021-M01").index + n).code for n in range(15))
QUARTERS = tuple(parse(month).quarter.code for month in MONTHS[::3])
QUARTER_ENDS = MONTHS[2::3]

STOCKS = ("children_in_need", "looked_after_children")
FLOWS_BY_MONTH = ("referrals",)
FLOWS_BY_QUARTER = (
    *("contacts", "assessments_started", "initial_conferences"),
    "looked_after_missing_incidents",
)
SPLIT = {
    "child_protection_plans": ("category_of_abuse", ("neglect", "physical", "sexual", "emotional")),
    "looked_after_by_placement_district": ("", ()),
}
FEW = ("early_help_open", "early_help_movement", ("stepped_down", "stepped_up", "neither"))
SHARES_OF_FLOWS = ("contacts_decided_within_24_hours", "child_protection_visits_in_timescale")
SHARES_OF_STOCKS = ("care_leavers_19_to_21_in_touch", "care_leavers_18_to_20_pathway_plan_up_to_date")
FLOWS = (*FLOWS_BY_MONTH, *FLOWS_BY_QUARTER, *SHARES_OF_FLOWS)
#: Percentages of which nobody says how many they are over: whoever is below the county hides them all.
BARE_SHARES = ("care_leavers_19_to_21_in_eet", "care_leavers_19_to_21_in_suitable_accommodation")
COUNTY_COUNTS = ("placed_in_secure_accommodation",)


class Cell(NamedTuple):
    """What a figure is a figure of. All of them are the council's own."""

    indicator: str
    statistic: str
    area: str
    period: str
    characteristic: str = ""
    category: str = ""


class Number(NamedTuple):
    """A count, or the two that a percentage is worked out from, or a bare percentage."""

    amount: float
    out_of: float | None = None


Cells = dict[Cell, Number]


class _Digits:
    """Numbers of six digits, each drawn once."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self._low = random.sample(range(200_003, 299_993), 2_000)
        self._usual = random.sample(range(100_003, 139_993), 2_000)
        self._high = random.sample(range(300_007, 989_993), 20_000)

    def low(self) -> int:
        """The least of a hidden line that is not small: hidden beside what is."""
        return self._low.pop()

    def usual(self) -> int:
        """What the same place has at other times: much less, so that an axis would tell."""
        return self._usual.pop()

    def high(self) -> int:
        return self._high.pop()


def make_cells(seed: int = 1) -> Cells:
    """Everything that is planted, the county's sums among it."""
    digits = _Digits(seed)
    cells: Cells = {}
    for turn, name in enumerate(STOCKS):
        for at, period in enumerate(QUARTER_ENDS):
            cells |= _count_everywhere(name, period, _stock_line(digits, turn, at))
    for turn, name in enumerate(FLOWS_BY_MONTH):
        for at, period in enumerate(MONTHS):
            cells |= _count_everywhere(name, period, _flow_line(digits, turn, at - 5))
    for turn, name in enumerate(FLOWS_BY_QUARTER):
        for at, period in enumerate(QUARTERS):
            cells |= _count_everywhere(name, period, _flow_line(digits, turn, at))
    for turn, (name, (characteristic, categories)) in enumerate(SPLIT.items()):
        for at, period in enumerate(QUARTER_ENDS):
            if categories:
                table = _split_table(digits, turn, at, categories)
                cells |= _split_everywhere(name, period, characteristic, table)
            else:
                line = _stock_line(digits, turn, at) | {each: digits.high() for each in ELSEWHERE}
                cells |= _count_everywhere(name, period, line)
    for at, period in enumerate(QUARTER_ENDS):
        cells |= _split_everywhere(FEW[0], period, FEW[1], _few_table(digits, at))
    cells |= _make_shares(digits)
    for at, period in enumerate(MONTHS):
        for name in COUNTY_COUNTS:
            cells[Cell(name, "count", COUNTY, period)] = Number(2 + at % 7)
    return cells


def _stock_line(digits: _Digits, turn: int, at: int) -> dict[str, float]:
    """Six districts at one time: usually all large, once with one small number, once with two."""
    line: dict[str, float] = {each: digits.high() for each in DISTRICTS}
    small, beside, other = (DISTRICTS[(turn + n) % 6] for n in (0, 1, 3))
    line |= {small: digits.usual(), beside: digits.usual()}
    if at == 1:
        line |= {small: 4, beside: digits.low()}
    if at == 4:
        line |= {small: 2, other: 8}
    return line


def _flow_line(digits: _Digits, turn: int, at: int) -> dict[str, float]:
    """Six districts in one period of a flow: in two of one longer period, one small number in each."""
    line: dict[str, float] = {each: digits.high() for each in DISTRICTS}
    small, beside = (DISTRICTS[(turn + n) % 6] for n in (2, 3))
    line |= {small: digits.usual(), beside: digits.usual()}
    if at in (2, 3):
        line |= {small: 4 + 2 * (at - 2), beside: digits.low()}
    return line


def _split_table(
    digits: _Digits, turn: int, at: int, categories: tuple[str, ...]
) -> dict[tuple[str, str], float]:
    """Districts by category: at one time a small number, with one row and one column lower than the rest."""
    table: dict[tuple[str, str], float] = {
        (area, category): digits.high() for area in DISTRICTS for category in categories
    }
    if at == 2:
        first, second = DISTRICTS[turn], DISTRICTS[turn + 2]
        square = [(area, category) for area in (first, second) for category in categories[:2]]
        table |= {place: digits.low() for place in square}
        table[first, categories[0]] = 3
    return table


def _few_table(digits: _Digits, at: int) -> dict[tuple[str, str], float]:
    """Small numbers nearly everywhere."""
    table: dict[tuple[str, str], float] = {}
    for number, area in enumerate(DISTRICTS):
        first = 1 + (number + at) % 9
        table |= {(area, FEW[2][0]): first, (area, FEW[2][1]): 10 - first, (area, FEW[2][2]): digits.high()}
    return table


def _make_shares(digits: _Digits) -> Cells:
    cells: Cells = {}
    for turn, name in enumerate(SHARES_OF_FLOWS):
        for at, period in enumerate(MONTHS):
            cells |= _share_everywhere(name, period, _share_line(digits, turn, at in (10, 11)))
    for turn, name in enumerate(SHARES_OF_STOCKS):
        for at, period in enumerate(QUARTER_ENDS):
            line = _share_line(digits, turn, at == 3)
            if turn:  # as few as there are in truth
                line = {area: Number(44 - n, 50 + 9 * n) for n, area in enumerate(DISTRICTS)}
            cells |= _share_everywhere(name, period, line)
    for turn, name in enumerate(BARE_SHARES):
        for at, period in enumerate(QUARTER_ENDS):
            for number, area in enumerate(DISTRICTS):
                share = 11 + 13 * number + at + turn + digits.high() / 1_000_000
                cells[Cell(name, "percentage", area, period)] = Number(round(share, 4))
    return cells


def _share_line(digits: _Digits, turn: int, hidden: bool) -> dict[str, Number]:
    """Six districts: about three in five, but where it is hidden nearly nobody in one and all in another."""
    line = {area: Number(round(0.62 * base), base) for area in DISTRICTS if (base := digits.high())}
    if hidden:
        few, beside = DISTRICTS[turn], DISTRICTS[turn + 1]
        line[few] = Number(5, line[few].out_of)
        base = digits.high()
        line[beside] = Number(base - 5, base)
    return line


# --- everywhere ------------------------------------------------------------------------------------


def _count_everywhere(
    name: str, period: str, line: Mapping[str, float], characteristic: str = "", category: str = ""
) -> Cells:
    everywhere = {**line, COUNTY: sum(line.values())}
    return {
        Cell(name, "count", area, period, characteristic, category): Number(count)
        for area, count in everywhere.items()
    }


def _split_everywhere(
    name: str, period: str, characteristic: str, table: Mapping[tuple[str, str], float]
) -> Cells:
    cells: Cells = {}
    for category in dict.fromkeys(category for _, category in table):
        line = {area: count for (area, each), count in table.items() if each == category}
        cells |= _count_everywhere(name, period, line, characteristic, category)
    whole = {area: sum(count for (a, _), count in table.items() if a == area) for area in DISTRICTS}
    return cells | _count_everywhere(name, period, whole)


def _share_everywhere(name: str, period: str, line: Mapping[str, Number]) -> Cells:
    both = Number(sum(each.amount for each in line.values()), sum(each.out_of or 0 for each in line.values()))
    return {Cell(name, "percentage", area, period): number for area, number in {**line, COUNTY: both}.items()}


# --- on disk ---------------------------------------------------------------------------------------


def write_folder(folder: Path, cells: Cells) -> Path:
    """A copy of the project's data folder with the planted figures, and of the real ones only comparators."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases", "audits", "observations"))
    (folder / "observations").mkdir()
    for path in sorted((DATA / "observations").glob("official_*.csv")):
        received = pd.read_csv(path, dtype="str", keep_default_na=False)
        kept = received[(received["basis"] == "official") & received["period"].map(_is_of_those_years)]
        kept.to_csv(folder / "observations" / path.name, index=False)
    with (folder / "observations" / "planted.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_write_rows(cells))
    return folder


def _is_of_those_years(code: str) -> bool:
    """Whether a period is one of those that are planted: each more makes the crawl longer."""
    try:
        period = parse(code)
    except PeriodError:
        return False
    return period.code in YEARS or (period.code[:4] != "2020" and period.year.code in YEARS)


def _write_rows(cells: Cells) -> Iterator[list[object]]:
    for cell, number in cells.items():
        value: object = number.amount
        parts: list[object] = ["", ""]
        if number.out_of is not None:
            value = f"{100 * number.amount / number.out_of:.0f}"
            parts = [f"{number.amount:.0f}", f"{number.out_of:.0f}"]
        elif cell.statistic == "count":
            value = f"{number.amount:.0f}"
        yield [
            *(cell.indicator, cell.statistic, cell.area, "local", cell.period),
            *(cell.characteristic, cell.category, *parts, value, "", "provisional"),
            *("board-report-2021-22-q4", "2022-05-31"),
        ]
