"""Children living in each area: what rates are over, from `populations.csv`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dashboard.findings import DeclarationError, Finding
from dashboard.periods import Period
from dashboard.tables import Row, read_rows


@dataclass(frozen=True)
class Population:
    """Children aged 0 to 17 living in an area in the middle of a year."""

    area: str
    mid_year: int
    age: str
    population: int
    basis: str  # "before_census_2021" or "census_2021": the two are never joined
    status: str  # "published" or "modelled"
    source: str


@dataclass(frozen=True)
class Populations:
    """Every population, by area and mid-year."""

    all: tuple[Population, ...]

    def __iter__(self) -> Iterator[Population]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def of(self, area: str, mid_year: int) -> Population | None:
        """The population of an area in a mid-year; None if it is not held."""
        return self._by_area_and_year.get((area, mid_year))

    def for_period(self, area: str, period: Period) -> Population | None:
        """The population that a period's rates are over: of the middle of its financial year.

        Later periods than are held take the last one; None before the first.
        """
        years = [each.mid_year for each in self.all if each.area == area]
        wanted = period.year.start_year
        return self.of(area, min(wanted, max(years))) if years else None

    @cached_property
    def _by_area_and_year(self) -> Mapping[tuple[str, int], Population]:
        return {(each.area, each.mid_year): each for each in self.all}


_POPULATION_COLUMNS = ("area", "mid_year", "age", "population", "basis", "status", "source")


def load_populations(data: Path) -> Populations:
    """The populations declared. Raises `DeclarationError` carrying everything wrong with them."""
    populations, findings = read_populations(data)
    if findings:
        raise DeclarationError(findings)
    return populations


def read_populations(data: Path) -> tuple[Populations, tuple[Finding, ...]]:
    """The populations that could be read, and everything wrong with their file."""
    findings: list[Finding] = []
    rows = read_rows(data / "populations.csv", _POPULATION_COLUMNS, findings)
    return Populations(tuple(_read_population(row) for row in rows)), tuple(findings)


def _read_population(row: Row) -> Population:
    return Population(
        area=row.text("area"),
        mid_year=row.whole("mid_year") or 0,
        age=row.text("age"),
        population=row.whole("population") or 0,
        basis=row.among("basis", ("before_census_2021", "census_2021"), "before_census_2021 or census_2021"),
        status=row.among("status", ("published", "modelled"), "published or modelled"),
        source=row.text("source"),
    )
