"""The figures that the months of the tables make: counts, shares over their base, months without a figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from dashboard.findings import Level
from dashboard.intake.board_dataset.amounts import Amount
from dashboard.intake.board_dataset.layout import Table
from dashboard.intake.board_dataset.monthly import Months
from dashboard.intake.board_dataset.told import Told
from dashboard.periods import Period
from dashboard.vocabulary import Basis, Frequency, Statistic, Status, Symbol


@dataclass(frozen=True)
class Figure:
    """A figure of the long table, as far as its cell says it.

    `place` is the row and the column of that cell, and `where` the same in words for the long table.
    """

    table: Table = field(repr=False, compare=False)
    place: tuple[int, int]
    where: str
    indicator: str
    area: str
    basis: Basis
    period: Period
    amount: Amount
    note: str = ""
    status: Status = Status.AS_PUBLISHED
    numerator: float | None = None
    denominator: float | None = None


class Monthly:
    """The months of every measure that was read, and whose figures they are."""

    def __init__(self, read: Sequence[Sequence[Months]], area: str) -> None:
        self.read = [months for each in read for months in each]
        self.area = area
        self._amounts: Mapping[tuple[str, Period], tuple[Amount, str]] = {
            (months.row.indicator.id, month): (amount, months.row.label)
            for months in self.read
            for month, amount in months.amounts.items()
            if amount.statistic is Statistic.COUNT
        }

    def make(self, told: Told) -> Iterator[Figure]:
        """Every figure of the months."""
        for months in self.read:
            for month in months.amounts:
                yield from self._make(months, month, told)
            if months.amounts:
                yield from self._make_blank(months, told)
            elif months.blank:
                row = months.row.line.row
                told.at(Level.WARNING, months.table, row, None, "figures", found="a row without any")

    def _make(self, months: Months, month: Period, told: Told) -> Iterator[Figure]:
        """The figure of a month, and the share in brackets behind it."""
        amount, text = months.amounts[month], months.text(month)
        note = f"Printed as “{text}”: a count and its share." if amount.share else ""
        status = Status.PROVISIONAL if amount.bracketed else Status.AS_PUBLISHED
        if amount.bracketed:
            note = f"Printed as “{text}”, the brackets unexplained: read as provisional."
            level = Level.NOTE if month == months.first else Level.WARNING
            read_as = f"{text[1:-1]}, provisional"
            months.tell(told, level, month, "the reason for the brackets", read_as=read_as)
        yield self._place(months, month, amount, note, status)
        if amount.share:
            yield self._make_share(months, month, amount.share, status, told)

    def _make_share(self, months: Months, month: Period, share: Amount, status: Status, told: Told) -> Figure:
        """The share behind a count, with both sides where it recomputes over what it is declared to be of."""
        count = months.amounts[month].value or 0.0
        out_of = months.row.indicator.statistics[Statistic.PERCENTAGE].out_of
        whole, label = self._amounts.get((out_of, month), (None, ""))
        base = whole.value if whole else None
        text = f"Printed as “{months.text(month)}”. The base is not stated"
        if base and _recomputes(count, base, share):
            note = f"{text}; the share agrees with the {base:,.0f} of {label}."
            return self._place(months, month, share, note, status, count, base)
        said = _say_base(count, share)
        if base:
            said += f", not the {base:,.0f} of {label} (of which {count:,.0f} are {100 * count / base:.1f}%)"
        level, why = Level.WARNING if base else Level.NOTE, "the denominator is left blank"
        months.tell(told, level, month, f"the base of the share: it is {said}", why=why)
        return self._place(months, month, share, f"{text}: it is {said}.", status)

    def _make_blank(self, months: Months, told: Told) -> Iterator[Figure]:
        """The months without a figure: not counted then, before the measure began, or not available."""
        kinds: dict[tuple[Symbol, str], list[Period]] = {}
        for month in months.blank:
            kinds.setdefault(_explain_blank(months, month), []).append(month)
        for (symbol, why), blank in kinds.items():
            found = f"{len(blank)} blank cell{'' if len(blank) == 1 else 's'}"
            level = Level.NOTE if why else Level.WARNING
            months.tell(
                told, level, blank[0], "" if why else "a figure", found=found, read_as=f"[{symbol}]", why=why
            )
            note = f"The cell is blank: {why}." if why else "The cell is blank."
            for month in blank:
                yield self._place(months, month, Amount(months.row.lead, None, symbol=symbol), note)

    def _place(
        self,
        months: Months,
        month: Period,
        amount: Amount,
        note: str,
        status: Status = Status.AS_PUBLISHED,
        numerator: float | None = None,
        denominator: float | None = None,
    ) -> Figure:
        column, row = months.columns[month], months.row
        behind = ", in brackets" if amount is months.amounts.get(month, amount).share else ""
        return Figure(
            table=months.table,
            place=(row.line.row, column),
            where=f"{row.label}, {months.table.headed(column)}{behind}",
            indicator=row.indicator.id,
            area=self.area,
            basis=Basis.LOCAL,
            period=month,
            amount=amount,
            note=note,
            status=status,
            numerator=numerator,
            denominator=denominator,
        )


def _explain_blank(months: Months, month: Period) -> tuple[Symbol, str]:
    """What a blank cell is, and why; no reason where it should not be blank."""
    frequency = months.row.indicator.frequency
    if not _is_due(month, frequency):
        return Symbol.NOT_APPLICABLE, f"counted at the ends of {frequency}s only"
    if month.index < months.first.index:
        return Symbol.NOT_AVAILABLE, f"the measure begins in {months.first.label}"
    return Symbol.NOT_AVAILABLE, ""


def _is_due(month: Period, frequency: Frequency) -> bool:
    """Whether a measure is counted at the end of a month."""
    if frequency is Frequency.QUARTER:
        return month == month.quarter.month
    return frequency is Frequency.MONTH or month == month.year.month


def _recomputes(count: float, base: float, share: Amount) -> bool:
    exact = 100 * count / base
    if share.value is None:
        return 0 < exact < 1
    return abs(exact - share.value) <= 0.5 * 10.0**-share.decimals + 1e-9


def _say_base(count: float, share: Amount) -> str:
    """Which denominators a share can have: "between 667 and 720"."""
    if share.value is None:
        return f"above {100 * count:,.0f}"
    reach = 0.5 * 10.0**-share.decimals
    least = ceil(100 * count / (share.value + reach))
    if share.value <= reach:
        return f"{least:,} or more"
    return f"between {least:,} and {floor(100 * count / (share.value - reach)):,}"
