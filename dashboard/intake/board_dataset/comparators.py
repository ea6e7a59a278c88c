"""The comparators beside a table: whose figures they are, and what of where their cell does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.areas import AreaKind
from dashboard.catalogue import Indicator
from dashboard.findings import Level, quoted
from dashboard.intake.board_dataset.amounts import Amount, UnreadError, read_amount
from dashboard.intake.board_dataset.figures import Figure
from dashboard.intake.board_dataset.groups import Beside, find_beside
from dashboard.intake.board_dataset.layout import Comparator, Table
from dashboard.intake.board_dataset.measures import Row
from dashboard.intake.board_dataset.told import NONE, Told
from dashboard.intake.readings import Given
from dashboard.periods import Period
from dashboard.vocabulary import Basis, Statistic

_RATE, _COUNT = "rate", "count"  # answers


@dataclass(frozen=True)
class _Place:
    """One comparator beside one or several measures."""

    table: Table
    column: Comparator
    beside: Beside

    @property
    def at(self) -> tuple[int, int]:
        return self.beside.rows[0].line.row, self.column.column

    def tell(self, told: Told, level: Level, expected: str = "", **more: str) -> None:
        row, column = self.at
        told.at(level, self.table, row, column, expected, found=quoted(self.beside.printed), **more)

    def make(self, indicator: Indicator, amount: Amount, note: str) -> Figure:
        year = self.column.year
        return Figure(
            table=self.table,
            place=self.at,
            where=f"{self.beside.label}, column “{self.column.heading}”",
            indicator=indicator.id,
            area=self.column.area.slug,
            basis=Basis.OFFICIAL,
            period=year.month if indicator.kind.is_at_a_date else year,
            amount=amount,
            note=note,
        )


def make_comparators(table: Table, rows: Sequence[Row], given: Given, told: Told) -> Iterator[Figure]:
    """Every figure of a comparator that its cell, the catalogue or an answer says how to read."""
    for column in table.comparators:
        for beside in find_beside(table, rows, column.column, given.catalogue.values(), told):
            place = _Place(table, column, beside)
            try:
                amount = read_amount(beside.cell, beside.rows[0].lead)
            except UnreadError as problem:
                place.tell(told, Level.WARNING, str(problem), read_as="nothing")
                continue
            if beside.is_shared:
                yield from _read_together(place, amount, given, told)
            elif amount.share:
                place.tell(told, Level.WARNING, "one number: a count, or a share", read_as="nothing")
            elif amount.symbol or amount.statistic is Statistic.COUNT:
                yield from _read_count(place, amount, given, told)
            else:
                yield from _read_share(place, amount, told)


def _read_share(place: _Place, amount: Amount, told: Told) -> Iterator[Figure]:
    row, notes = place.beside.rows[0], list[str]()
    if Statistic.PERCENTAGE not in row.indicator.statistics:
        expected = f"a number, which is what {row.label} is declared to be"
        place.tell(told, Level.WARNING, expected, read_as="nothing")
        return
    if amount.bracketed:
        rule = row.indicator.rule_for(Statistic.PERCENTAGE, place.column.area.slug, Basis.OFFICIAL)
        reason = rule.reason if rule else "the brackets are not explained"
        notes.append(f"Printed in brackets. {reason}" if rule else "Printed in brackets, unexplained.")
        place.tell(
            told, Level.NOTE if rule else Level.WARNING, read_as=f"{place.beside.cell.text[1:-1]}", why=reason
        )
    if amount.unmarked:
        place.tell(told, Level.WARNING, "a % sign", read_as=f"{place.beside.cell.text}%")
    if row.lead is Statistic.COUNT:
        base = row.indicator.statistics[Statistic.PERCENTAGE].denominator
        notes.append(f"Printed beside a count, but a share: of {base[:1].lower()}{base[1:]}.")
        place.tell(told, Level.NOTE, read_as="a share, never set beside the count")
    yield place.make(row.indicator, amount, " ".join(notes))


# --- what only a person knows ---------------------------------------------------------------------


def ask_together(
    beside: Beside, key: str, what: str, catalogue: Sequence[Indicator], told: Told
) -> Indicator | None:
    """The measure that a share merged over several rows is of; None until a person has said, or if of none.

    Offered is what those rows are declared to be the parts of; else each of them.
    """
    ids = {row.indicator.id for row in beside.rows}
    wholes = [each for each in catalogue if each.parts and set(each.parts) == ids]
    shares = [each for each in wholes if Statistic.PERCENTAGE in each.statistics]
    offered = shares or [
        row.indicator for row in beside.rows if Statistic.PERCENTAGE in row.indicator.statistics
    ]
    choices = {each.id: f"{beside.cell.text} is the share of: {each.title}" for each in offered}
    choices[NONE] = "it is left out"
    asked = f"{what} over {beside.label} is printed {quoted(beside.printed)}: what is it the share of?"
    answer = told.ask(f"board-dataset: {key} over {beside.label}", asked, choices)
    return next((each for each in offered if each.id == answer), None)


def _read_together(place: _Place, amount: Amount, given: Given, told: Told) -> Iterator[Figure]:
    area, beside = place.column.area, place.beside
    if amount.statistic is not Statistic.PERCENTAGE or amount.value is None:
        place.tell(told, Level.WARNING, "a percentage, as it is of several measures", read_as="nothing")
        return
    indicator = ask_together(
        beside, area.slug, f"What stands for {area.name}", [*given.catalogue.values()], told
    )
    if indicator is None:
        place.tell(told, Level.WARNING, "what it is the share of", read_as="nothing until it is decided")
        return
    note = f"Printed as “{beside.printed}” in one cell over {beside.label}: of them together."
    yield place.make(indicator, amount, note)


def _read_count(place: _Place, amount: Amount, given: Given, told: Told) -> Iterator[Figure]:
    """A plain number of somebody else beside a count: their own number, or the council's at their rate."""
    row, column = place.beside.rows[0], place.column
    if amount.symbol:
        yield place.make(row.indicator, amount, "")
        return
    number = int(amount.value or 0)
    rate = _find_rate(row.indicator, number, column.year, given)
    choices = {_RATE: rate.meaning} if rate else {}
    if column.area.kind is not AreaKind.STATISTICAL_NEIGHBOURS:
        choices[_COUNT] = f"{column.area.name} itself has {number:,}"
    choices[NONE] = "it is left out"
    asked = (
        f"Beside {row.label} ({row.indicator.title}) stands {number:,} for {column.area.name}: what is it?"
    )
    answer = told.ask(f"board-dataset: {column.area.slug} beside {row.label}", asked, choices)
    if answer == _RATE and rate:
        yield place.make(rate.indicator, rate.amount, f"Printed as {number:,} beside a count: {rate.note}")
    elif answer == _COUNT:
        yield place.make(row.indicator, amount, "")
    elif not answer:
        place.tell(told, Level.WARNING, "what the number counts", read_as="nothing until it is decided")


@dataclass(frozen=True)
class _Rate:
    """The rate that a number is, applied to the children who live in the council's area."""

    indicator: Indicator
    amount: Amount
    meaning: str
    note: str


def _find_rate(indicator: Indicator, number: int, year: Period, given: Given) -> _Rate | None:
    """The rate of the fewest decimals that comes to a number of children here; None if none or several do."""
    named = (each for each in given.catalogue.values() if Statistic.RATE in each.statistics)
    rated = next((each for each in named if each.statistics[Statistic.RATE].counts == indicator.id), None)
    county = given.areas.county
    people = given.populations.for_period(county.slug, year)
    if rated is None or people is None:
        return None
    for decimals in (0, 1):
        middle = round(number * 10_000 / people.population * 10**decimals)
        fitting = [
            Decimal(each).scaleb(-decimals)
            for each in range(max(middle - 2, 0), middle + 3)
            if _come_to(Decimal(each).scaleb(-decimals), people.population) == number
        ]
        if len(fitting) == 1:
            rate = fitting[0]
            said = (
                f"what a rate of {rate} per 10,000 comes to among the {people.population:,} children aged "
                f"{people.age.replace('-', ' to ')} living in {county.name} in mid-{people.mid_year}"
            )
            amount = Amount(Statistic.RATE, float(rate), decimals)
            return _Rate(rated, amount, said, f"{said}. The dataset does not print the rate.")
    return None


def _come_to(rate: Decimal, population: int) -> int:
    return int((rate * population / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))
