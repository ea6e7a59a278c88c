"""What is counted: rows of events, or of children at the ends of months, told apart by what the lists say.

A table has the same columns as the simulation's tables of the same name, so that one way of counting fits
both. What a list does not tell of a row is UNKNOWN, and a month in which such a row would count is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dashboard.findings import Level
from dashboard.intake.annex_a.days import Booleans, Days, Integers, last_day, month_of, months_between
from dashboard.intake.annex_a.extent import Extent
from dashboard.intake.annex_a.layout import Layout, plain
from dashboard.intake.annex_a.places import UNKNOWN, Homes
from dashboard.intake.annex_a.sheet import Sheet, Texts
from dashboard.intake.annex_a.told import Told
from dashboard.intake.readings import Given, Question

Floats = NDArray[np.float64]

#: A row that is in none of the categories of a characteristic, though all is known of it.
NONE = -2
#: The end of what has not ended.
OPEN_END = np.datetime64("9999-01-01", "D")
_AGES = ("unborn", "under_1", "aged_1_to_4", "aged_5_to_9", "aged_10_to_15", "aged_16_and_over")
_AGE_EDGES = np.array([0, 12, 60, 120, 192])  # completed months at which each but the first begins
_LENGTHS = (
    "under_3_months",
    "from_3_to_6_months",
    "from_6_to_12_months",
    "from_1_to_2_years",
    "over_2_years",
)
_LENGTH_EDGES = np.array([3, 6, 12, 24])


@dataclass(frozen=True)
class Table:
    """Rows to count: the month of each, where its child lives, and what it is told apart by.

    `columns` hold the place of a category in its characteristic, or 1 and 0; UNKNOWN where it cannot be told.
    `weights` hold numbers to add up. `months` are those of which the table holds everything.
    """

    month: Integers
    home: Integers
    months: tuple[int, ...]
    columns: Mapping[str, Integers] = field(default_factory=dict)
    weights: Mapping[str, Floats] = field(default_factory=dict)
    placed: Integers | None = None
    at_month_ends: bool = False  # a row for each month's end at which something was open

    def __len__(self) -> int:
        return len(self.month)


@dataclass
class Material:
    """Everything that the tables are made from."""

    sheets: Mapping[int, Sheet]
    extent: Extent
    homes: Homes
    given: Given
    layout: Layout
    told: Told
    illustrative: bool
    questions: list[Question] = field(default_factory=list)

    def has(self, *columns: str) -> bool:
        """Whether every one of these columns ("6.need_start") is in its list."""
        for each in columns:
            number, _, key = each.partition(".")
            sheet = self.sheets.get(int(number))
            if sheet is None or not sheet.has(key):
                return False
        return True

    def code(self, texts: Texts, characteristic: str, blank: str = "") -> Integers:
        """The places of categories in a characteristic; UNKNOWN for what could not be read.

        A blank is the category `blank`, if one is named.
        """
        places = {
            each.id: place for place, each in enumerate(self.given.characteristics[characteristic].categories)
        }
        places[""] = places.get(blank, UNKNOWN)
        return np.array([places.get(each, UNKNOWN) for each in texts.tolist()], dtype=np.int64)

    def place_of(self, category: str, characteristic: str) -> int:
        """The place of one category."""
        return [each.id for each in self.given.characteristics[characteristic].categories].index(category)

    def describe(self, sheet: Sheet, rows: Integers, days: Days | None) -> dict[str, Integers]:
        """Age on a day, sex and ethnic group of the children of some rows, as far as the list has them."""
        found: dict[str, Integers] = {}
        if sheet.has("birth") and days is not None:
            found["age_group"] = self.group_ages(sheet.days("birth")[rows], days)
        for name in ("sex", "ethnicity"):
            if sheet.has(name):
                found[name] = self.code(sheet.categories(name), name, blank="not_known")[rows]
        return found

    def group_ages(self, births: Days, days: Days) -> Integers:
        """The place of each age in the characteristic `age_group`; UNKNOWN without a day of birth."""
        return self._band(births, days, _AGE_EDGES, _AGES, "age_group")

    def band_lengths(self, begun: Days, days: Days) -> Integers:
        """The place of each length of time in the characteristic `duration`."""
        return self._band(begun, days, _LENGTH_EDGES, _LENGTHS, "duration")

    def _band(
        self, earlier: Days, later: Days, edges: NDArray[np.int64], names: Sequence[str], characteristic: str
    ) -> Integers:
        places = np.array([self.place_of(name, characteristic) for name in names], dtype=np.int64)
        found: Integers = np.full(len(earlier), UNKNOWN, dtype=np.int64)
        known = ~np.isnat(earlier) & ~np.isnat(later)
        months = months_between(earlier[known], later[known])
        found[known] = places[np.searchsorted(edges, months, side="right")]
        return found

    def read_said(self, sheet: Sheet, key: str, among: Booleans | None = None) -> Integers:
        """1 where a list says yes, 0 where it says no or nothing; how often it says nothing is noted."""
        texts = sheet.categories(key)
        blank = texts == "" if among is None else (texts == "") & among
        if blank.any():
            found = f"{int(blank.sum()):,} row{'' if blank.sum() == 1 else 's'} without it"
            sheet.told.add(
                Level.NOTE, sheet=sheet.found.sheet, column=sheet.name_of(key), found=found, read_as="no"
            )
        return yes(texts, blank=0)

    def name_teams(self, sheet: Sheet) -> Integers:
        """The place of each row's team in the characteristic `team`; UNKNOWN where it is called otherwise."""
        teams = self.given.characteristics["team"].categories
        places = {plain(each.title): place for place, each in enumerate(teams)}
        return np.array([places.get(each, UNKNOWN) for each in sheet.teams()], dtype=np.int64)

    def of_disabilities(self, sheet: Sheet) -> Integers:
        """Which rows are of a team for disabled children; UNKNOWN where its name does not tell.

        A name with one of the declared words in it counts once a person has said that it means that.
        """
        names, places = sheet.teams(), self.name_teams(sheet)
        named: Integers = (places == self.place_of("disabilities", "team")).astype(np.int64)
        other = (places == UNKNOWN) & (names != "")
        if not other.any():
            return named
        words = self.layout.words_for_disabilities
        alike = np.array([any(word in name for word in words) for name in names.tolist()], dtype=np.bool_)
        if not alike.any():
            found = f"no team whose name says so by {' or '.join(words)}"
            why = "which teams are for disabled children is not known: not worked out"
            sheet.told.warn(
                "their teams", sheet=sheet.found.sheet, column=sheet.name_of("team"), found=found, why=why
            )
        elif self._ask_about_teams(sheet, int(alike.sum())):
            return np.where(alike, 1, named)
        return np.where(other, UNKNOWN, named)

    def _ask_about_teams(self, sheet: Sheet, count: int) -> bool:
        layout, key = sheet.found.layout, f"annex-a-list-{sheet.found.layout.number}-teams"
        words = " or ".join(f"“{word}”" for word in self.layout.words_for_disabilities)
        asked = (
            f"{layout.name} ({layout.title.lower()}): are the teams for disabled children those with {words} "
            f"in their names ({count:,} row{'' if count == 1 else 's'})?"
        )
        choices = {"yes": "Yes: those and no others.", "no": "No: children with these teams are not counted."}
        self.questions.append(Question(key, asked, choices))
        return self.given.answers.get(key) == "yes"

    def of_two(self, flags: Integers, characteristic: str, no: str, is_so: str) -> Integers:
        """The place of one of two categories by a flag."""
        places = self.place_of(no, characteristic), self.place_of(is_so, characteristic)
        return np.where(flags == UNKNOWN, UNKNOWN, np.where(flags == 1, places[1], places[0]))

    def on_the_last_day(self, values: Integers, month: Integers) -> Integers:
        """Values as they are known: those of the last day, UNKNOWN at any other month's end."""
        known = self.extent.to_the_end
        return np.where(known & (month == self.extent.last), values, UNKNOWN)

    def make_events(
        self,
        sheet: Sheet,
        days: Days,
        months: Sequence[int],
        columns: Mapping[str, Integers],
        keep: Booleans | None = None,
        described: bool = True,
    ) -> Table:
        """A table of events from the rows of a list that have a day in one of these months."""
        month = month_of(days)
        chosen = np.isin(month, list(months)) & ~np.isnat(days)
        rows = np.flatnonzero(chosen if keep is None else chosen & keep)
        found = {name: values[rows] for name, values in columns.items()}
        if described:
            found |= self.describe(sheet, rows, days[rows])
        return Table(month[rows], self.homes.of(sheet.child()[rows]), tuple(months), found)


def list_month_ends(start: Days, end: Days, months: Sequence[int]) -> tuple[Integers, Integers, Days]:
    """(row, month, last day) of everything that is open at the end of each month.

    What ends on a day is no longer open on it.
    """
    rows, listed, days = [], [], []
    for month in months:
        day = last_day(month)
        opened = np.flatnonzero((start <= day) & (end > day))
        rows.append(opened)
        listed.append(np.full(len(opened), month))
        days.append(np.full(len(opened), day))
    if not rows:
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty(0, dtype="datetime64[D]")
    return np.concatenate(rows), np.concatenate(listed), np.concatenate(days)


def yes(texts: Texts, blank: int = UNKNOWN) -> Integers:
    """1 for yes, 0 for no, UNKNOWN for what could not be read; `blank` where nothing stands."""
    known = {"yes": 1, "no": 0, "": blank, "unknown": blank}
    return np.array([known.get(each, UNKNOWN) for each in texts.tolist()], dtype=np.int64)


def within(days: Days, until: Days, months: Integers) -> Integers:
    """1 where a day is less than so many months before another; 0 where it is earlier, or blank."""
    found = np.zeros(len(days), dtype=np.int64)
    known = ~np.isnat(days)
    found[known] = months_between(days[known], until[known]) < months[known]
    return found
