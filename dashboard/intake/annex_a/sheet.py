"""The cells of one list, column by column, as days, categories and numbers; what cannot be read is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.annex_a.days import BLANK, NO_DAY, Booleans, Days, read_day
from dashboard.intake.annex_a.layout import Column, Layout, plain
from dashboard.intake.annex_a.told import Told, describe_code, name_column
from dashboard.intake.annex_a.workbook import Found

Texts = NDArray[np.str_]
Floats = NDArray[np.float64]
Read = TypeVar("Read")

#: What stands for a cell that holds something that could not be read.
UNREAD = "?"
_MOST = 100_000  # above it a number of referrals or placements is no such number


@dataclass
class Sheet:
    """One list. Every method gives a value for each row; its findings are told once."""

    found: Found
    layout: Layout
    told: Told
    children: "Children"
    latest: np.datetime64  # no event is later than this: the day from which the figures count
    rows: list[int] = field(init=False)
    _cells: list[list[object]] = field(init=False, repr=False)
    _read: dict[str, object] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        numbered = enumerate(self.found.cells, self.found.first_row)
        kept = [(number, row) for number, row in numbered if any(not is_blank(each) for each in row)]
        self.rows, self._cells = [each[0] for each in kept], [each[1] for each in kept]

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, key: str) -> bool:
        """Whether the list has a column."""
        return key in self.found.places

    def days(self, key: str) -> Days:
        """The day in each row; NaT where it is blank or cannot be read."""
        return self._days(key)[0]

    def unread_days(self, key: str) -> Booleans:
        """Where something stands in a column of days that is no day, or is a day that cannot be."""
        return self._days(key)[1]

    def categories(self, key: str) -> Texts:
        """The category in each row: blank where nothing stands, `UNREAD` where none of its codes does."""
        return self._once(f"categories {key}", lambda: self._read_categories(key))

    def wholes(self, key: str) -> Floats:
        """The whole number in each row; NaN where it is blank or is none."""
        return self._once(f"wholes {key}", lambda: self._read_wholes(key))

    def teams(self) -> Texts:
        """The team in each row in plain words; blank where none is named."""
        return np.array([plain(str(each)) for each in self._column("team")], dtype=np.str_)

    def filled(self, key: str) -> Booleans:
        """Where anything stands in a column."""
        return np.array([not is_blank(each) for each in self._column(key)], dtype=np.bool_)

    def texts(self, key: str) -> list[str]:
        """What stands in a column, as texts."""
        return [_write_code(each) for each in self._column(key)]

    def name_of(self, key: str) -> str:
        """How a column is called in findings: "Y (Placement postcode)"."""
        return self._named(key)[1]

    def postcodes(self) -> list[str]:
        """What stands in the column of postcodes, in capitals and without spaces."""
        return ["".join(str(each).upper().split()) for each in self._column("postcode")]

    def child(self) -> NDArray[np.int64]:
        """The number of the child in each row, the same in all lists; a new one where there is no id."""
        return self._once("child", self._number_children)

    # --- reading ------------------------------------------------------------------------------------

    def _once(self, name: str, read: Callable[[], Read]) -> Read:
        """What was read before under a name, or is read now."""
        if name not in self._read:
            self._read[name] = read()
        return cast(Read, self._read[name])

    def _column(self, key: str) -> list[object]:
        place = self.found.places[key]
        return [row[place] if place < len(row) else "" for row in self._cells]

    def _named(self, key: str) -> tuple[Column, str]:
        column = self.layout.columns[key]
        return column, f"{name_column(self.found.places[key])} ({column.heading})"

    def _number_children(self) -> NDArray[np.int64]:
        key = "child" if self.has("child") else ""
        ids = [write_id(each) for each in self._column(key)] if key else [""] * len(self)
        if key and (blank := [row for row, each in zip(self.rows, ids, strict=True) if not each]):
            self.told.warn_rows(
                blank, "the child's id", sheet=self.found.sheet, column=self._named("child")[1],
                found=["nothing"] * len(blank), why="the row is counted as a child of its own",
            )  # fmt: skip
        return np.array([self.children.number(each) for each in ids], dtype=np.int64)

    def _days(self, key: str) -> tuple[Days, Booleans]:
        return self._once(f"days {key}", lambda: self._read_days(key))

    def _read_days(self, key: str) -> tuple[Days, Booleans]:
        days = np.full(len(self), NO_DAY)
        wrong = np.zeros(len(self), dtype=np.bool_)
        for place, value in enumerate(self._column(key)):
            try:
                read = read_day(value)
            except (ValueError, OverflowError):
                wrong[place] = True
            else:
                if read is not None:
                    days[place] = np.datetime64(read, "D")
        column, named = self._named(key)
        expected = "a day such as 31/03/2024"
        self._tell_wrong(
            wrong, expected, named, "something that is no day", "left out wherever the day is needed"
        )
        ahead = np.timedelta64(300, "D") if column.key == "birth" else np.timedelta64(0, "D")
        beyond = days > self.latest + ahead
        self._tell_wrong(
            beyond, f"a day up to {self.latest}", named, "a later day",
            "nothing can be counted that has not happened: left out",
        )  # fmt: skip
        days[beyond] = NO_DAY
        return days, wrong | beyond

    def _read_categories(self, key: str) -> Texts:
        column, named = self._named(key)
        codes = self.layout.codes[column.codes]
        known: dict[str, str] = {}
        read, wrong, found = [], [], []
        for row, value in zip(self.rows, self._column(key), strict=True):
            text = _write_code(value)
            if text not in known:
                known[text] = "" if text.lower() in BLANK else codes.read(text) or UNREAD
            read.append(known[text])
            if known[text] == UNREAD:
                wrong.append(row)
                found.append(text)
        if wrong:
            texts = [each for texts in codes.categories.values() for each in texts]
            said = [describe_code(each, texts) for each in found]
            nearest_one = next((near for _, near in said if near), "")
            self.told.warn_rows(
                wrong, f"one of its codes, such as {nearest_one or texts[0]!r}", sheet=self.found.sheet,
                column=named, found=[each for each, _ in said],
                why="what needs it is not worked out for the months in which the row counts",
            )  # fmt: skip
        return np.array(read, dtype=np.str_) if read else np.empty(0, dtype="U1")

    def _read_wholes(self, key: str) -> Floats:
        numbers = np.full(len(self), np.nan)
        wrong = np.zeros(len(self), dtype=np.bool_)
        for place, value in enumerate(self._column(key)):
            if is_blank(value):
                continue
            try:
                number = float(str(value).strip())
            except ValueError:
                number = np.nan
            if number == number and 0 <= number < _MOST and (number == int(number)):
                numbers[place] = number
            else:
                wrong[place] = True
        _, named = self._named(key)
        why = "what needs it is not worked out for the months in which the row counts"
        self._tell_wrong(wrong, "a whole number", named, "something that is none", why)
        return numbers

    def _tell_wrong(self, wrong: Booleans, expected: str, column: str, found: str, why: str) -> None:
        if wrong.any():
            rows = [self.rows[place] for place in np.flatnonzero(wrong)]
            self.told.warn_rows(
                rows, expected, sheet=self.found.sheet, column=column, found=[found] * len(rows), why=why
            )


@dataclass
class Children:
    """The children of all lists, numbered, so that no id goes further than this."""

    _numbers: dict[str, int] = field(default_factory=dict, repr=False)
    _without: int = 0

    def number(self, child_id: str) -> int:
        """The number of a child; a new one, below nought, where there is no id."""
        if not child_id:
            self._without -= 1
            return self._without
        return self._numbers.setdefault(child_id, len(self._numbers))

    def find(self, child_id: str) -> int | None:
        """The number of a child that is in a list; None if it is in none."""
        return self._numbers.get(child_id)

    def __len__(self) -> int:
        return len(self._numbers)


def is_blank(value: object) -> bool:
    """Whether nothing stands in a cell, or what people write for nothing."""
    return value is None or (isinstance(value, str) and value.strip().lower() in BLANK)


def write_id(value: object) -> str:
    """An id as it is compared: 1234, 1234.0 and " 1234 " are the same."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if is_blank(value) else " ".join(str(value).split()).lower()


def _write_code(value: object) -> str:
    """A code as a text: 6.0 is "6"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
