"""What is counted for each indicator, as declared in `data/intake/annex_a_measures.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from dashboard.intake.annex_a.layout import DECLARED
from dashboard.vocabulary import Statistic


@dataclass(frozen=True)
class Count:
    """Rows of a table: those that every column joined by & marks, or the sum of a weight over them."""

    table: str
    where: str = ""
    weight: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that it needs."""
        return tuple(filter(None, (*self.where.split("&"), self.weight)))


@dataclass(frozen=True)
class Measure:
    """What an indicator counts, and out of what. `by` has a measure of its own for every category."""

    count: Count
    of: Count | None = None
    shares: tuple[str, ...] = ()  # characteristics whose percentages are of the whole
    whole: bool = True  # whether there is a percentage of the whole
    by: Mapping[str, Mapping[str, "Measure"]] = field(default_factory=dict)
    percentage: "Measure | None" = None  # where the percentage is counted otherwise
    note: str = ""

    def for_statistic(self, statistic: Statistic) -> "Measure":
        """How one statistic is counted."""
        return self.percentage if self.percentage and statistic is Statistic.PERCENTAGE else self

    @property
    def counts(self) -> Iterator[Count]:
        """Everything that it counts."""
        yield self.count
        yield from (self.of,) if self.of else ()
        yield from self.percentage.counts if self.percentage else ()
        for categories in self.by.values():
            for each in categories.values():
                yield from each.counts


@dataclass(frozen=True)
class TableNeeds:
    """The columns of the lists that a table is made from, and those that each of its own columns takes."""

    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Measures:
    """Everything declared: measures, tables, categories not told apart, and what cannot be told at all."""

    measures: Mapping[str, Measure]
    tables: Mapping[str, TableNeeds]
    untold: Mapping[str, tuple[str, ...]]
    not_carried: Mapping[str, str]
    not_carried_tabs: Mapping[str, str]

    def needing(self, column: str) -> tuple[str, ...]:
        """What cannot be worked out without a column of a list ("8.team"): indicators as a whole."""
        return self._needing.get(column, ())

    @cached_property
    def _needing(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for name, measure in self.measures.items():
            for count in measure.counts:
                for column in self.needs_of(count):
                    found.setdefault(column, {})[name] = None
        return {column: tuple(names) for column, names in found.items()}

    def splitting(self, column: str) -> tuple[str, ...]:
        """By which characteristics nothing can be told apart without a column of a list."""
        flags = {
            name for measure in self.measures.values() for count in measure.counts for name in count.columns
        }
        return tuple(
            dict.fromkeys(
                name
                for table in self.tables.values()
                for name, needed in table.columns.items()
                if column in needed and name not in flags
            )
        )

    def needs_of(self, count: Count) -> set[str]:
        """The columns of the lists that something counted needs."""
        table = self.tables[count.table]
        return set(table.needs) | {each for name in count.columns for each in table.columns[name]}


@cache
def load_measures() -> Measures:
    """The measures declared."""
    declared = tomllib.loads((DECLARED / "annex_a_measures.toml").read_text(encoding="utf-8"))
    return Measures(
        measures={name: _read_measure(each) for name, each in declared["measures"].items()},
        tables={
            name: TableNeeds(
                tuple(each["needs"]), {column: tuple(needs) for column, needs in each["columns"].items()}
            )
            for name, each in declared["tables"].items()
        },
        untold={name: tuple(each) for name, each in declared["untold"].items()},
        not_carried=declared["not_carried"],
        not_carried_tabs=declared["not_carried_tabs"],
    )


def _read_measure(table: Mapping[str, Any]) -> Measure:
    count = Count(table["count"], table.get("where", ""), table.get("weight", ""))
    return Measure(
        count,
        Count(table["of"], table.get("among", "")) if "of" in table else None,
        tuple(table.get("shares", ())),
        table.get("whole", True),
        {
            name: {category: _read_measure(one) for category, one in each.items()}
            for name, each in table.get("by", {}).items()
        },
        _read_measure(table["percentage"]) if "percentage" in table else None,
        table.get("note", ""),
    )
