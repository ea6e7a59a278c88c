"""What is known of the Department's publications: which file is which, and what each column of it tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dashboard.vocabulary import Statistic, Status

#: Accepted values by the name of a column that tells rows apart.
Where = Mapping[str, tuple[str, ...]]

#: Columns that any file of the service may have, and that say of when and where a row is.
STANDARD = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_code", "region_name", "old_la_code", "new_la_code", "la_name"),
)


@dataclass(frozen=True)
class Figure:
    """One thing that a file tells: where it stands there, and what it is in the catalogue.

    `column` is where its value is printed; without one, or where an `optional` one is not in the file, it is
    worked out as numerator ÷ denominator: a percentage by 100; a rate by 10,000, over the Department's
    population where no denominator is declared. Several numerators, or denominators, are added up. A
    denominator may stand in another row: `denominator_where` says what is different there.
    """

    indicator: str
    statistic: Statistic
    column: str = ""
    where: Where = field(default_factory=dict)
    characteristic: str = ""
    category: str = ""
    month: int | None = None  # 1 to 12, where the column is of one month of the year
    decimals: int = 0  # as published: a spreadsheet drops zeros at the end
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    denominator_where: Where = field(default_factory=dict)
    parts_decimals: int = 0  # with which numerator and denominator are published
    optional: bool = False
    yields: bool = False  # to the same figure of another table of the release, where they differ
    note: str = ""

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a file must have for it."""
        printed = (self.column,) if self.column and not self.optional else ()
        parts = (*self.numerator, *self.denominator)
        return (*printed, *self.where, *parts, *self.denominator_where)

    @property
    def is_over_population(self) -> bool:
        """Whether it is over a population that its own file does not give."""
        return self.statistic is Statistic.RATE and bool(self.numerator) and not self.denominator


@dataclass(frozen=True)
class Left:
    """Columns, or values of one column, that are known and not carried, and why."""

    why: str
    columns: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileMapping:
    """One file of a publication, known by its columns and not by its name.

    `only` are the values that rows must have to be read. `renamed` gives the name used here to columns that
    another release calls otherwise. `population` is the column of children aged 0 to 17, if it is of them.
    """

    id: str
    title: str
    figures: tuple[Figure, ...] = ()
    left: tuple[Left, ...] = ()
    only: Where = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict, hash=False)
    population: str = ""
    status_column: str = ""

    @cached_property
    def needed(self) -> frozenset[str]:
        """The columns, besides those of any file, without which a file is not this one.

        Of a file of which nothing is carried: all that are known of it.
        """
        extra = {self.population, self.status_column} - {""}
        columns = {name for figure in self.figures for name in figure.needed} | extra | set(self.only)
        return frozenset(columns if self.figures or self.population else columns | self.left_columns)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every column of it that is used or known to be left."""
        optional = {figure.column for figure in self.figures if figure.column}
        return self.needed | self.left_columns | optional

    @cached_property
    def left_columns(self) -> frozenset[str]:
        """The columns that are known and not carried."""
        return frozenset(name for left in self.left for name in left.columns)

    @cached_property
    def filters(self) -> Mapping[str, frozenset[str]]:
        """Every value that is known of each column that tells rows apart."""
        known: dict[str, set[str]] = {}
        for name, values in self._named_values():
            known.setdefault(name, set()).update(values)
        return {name: frozenset(values) for name, values in known.items()}

    def _named_values(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from self.only.items()
        for figure in self.figures:
            yield from figure.where.items()
            yield from figure.denominator_where.items()
        yield from ((left.column, left.values) for left in self.left if left.column)


@dataclass(frozen=True)
class Publication:
    """One of the Department's publications, with the words that its source is named in.

    `year_ends` is the month in which its reporting year ends, which a stock is as at; `rounded_to` is what
    counts of regions and England are rounded to (0: they are not). `file` is where it is declared.
    """

    file: str
    title: str
    short: str
    document: str
    publisher: str
    licence: str
    attribution: str
    year_ends: int
    rounded_to: int
    status: Status
    note: str
    files: tuple[FileMapping, ...]
