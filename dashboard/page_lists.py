"""Reading the measures that a page lists as the board knows them: by their numbers, under headings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dashboard.declarations import Declaration
from dashboard.findings import quoted
from dashboard.indicators import Indicator
from dashboard.page_parts import GroupDeclaration, Line, Measure, Printed, RowDeclaration
from dashboard.periods import Grain, Period, PeriodError, parse
from dashboard.vocabulary import Basis, Statistic

_BY_MONTH = (Line(Basis.LOCAL, Grain.MONTH),)
_NO_YEAR = Period(Grain.YEAR, 2000, 4)

#: Reads the measure that a table names, by the given lines.
ReadMeasure = Callable[[Declaration, tuple[Line, ...]], Measure]


def read_groups(
    page: Declaration, indicators: Mapping[str, Indicator], read_measure: ReadMeasure
) -> tuple[GroupDeclaration, ...]:
    """The groups of a page; what is wrong with them is among the findings."""
    groups = tuple(_read_group(each, indicators, read_measure) for each in page.several("groups"))
    _check_numbers(page, [row.measure.indicator for group in groups for row in group.rows], indicators)
    return groups


def _read_group(
    table: Declaration, indicators: Mapping[str, Indicator], read_measure: ReadMeasure
) -> GroupDeclaration:
    rows = tuple(_read_row(each, indicators, read_measure) for each in table.several("rows"))
    group = GroupDeclaration(table.text("title", longest=44), rows)
    table.close()
    return group


def _read_row(
    table: Declaration, indicators: Mapping[str, Indicator], read_measure: ReadMeasure
) -> RowDeclaration:
    measure, beside = read_measure(table, _BY_MONTH), table.inner("beside", required=False)
    compared = read_measure(beside, _BY_MONTH) if beside else None
    if beside:
        beside.close()
    indicator = indicators.get(measure.indicator)
    share = None
    if table.yes_or_no("share", default=False):
        share = replace(measure, statistic=Statistic.PERCENTAGE)
        if indicator and Statistic.PERCENTAGE not in indicator.statistics:
            table.report("share", found="true", expected=f"false: {indicator.id} has no percentage")
    row = RowDeclaration(
        measure=measure,
        title=table.text("title", required=False, longest=60) or (indicator.short_title if indicator else ""),
        share=share,
        beside=compared,
        printed=tuple(_read_printed(each) for each in table.several("printed")),
    )
    table.close()
    return row


def _read_printed(table: Declaration) -> Printed:
    written = table.text("year")
    try:
        year = parse(written)
    except PeriodError:
        table.report("year", found=quoted(written), expected="a financial year such as 2017-18")
        year = _NO_YEAR
    printed = Printed(table.text("area"), year, table.text("text", longest=12))
    table.close()
    return printed


def _check_numbers(page: Declaration, listed: Sequence[str], indicators: Mapping[str, Indicator]) -> None:
    """Measures listed without a number, or not in the order of their numbers."""
    known = [indicators[name] for name in listed if name in indicators]
    for indicator in known:
        if indicator.measure is None:
            expected = "a measure with a number in the board dataset"
            page.report("groups", found=quoted(indicator.id), expected=expected)
    numbers = [each.measure for each in known if each.measure is not None]
    if numbers != sorted(set(numbers)):
        found = ", ".join(map(str, numbers))
        page.report(
            "groups", found=f"the measures {found}", expected="each once, in the order of the numbers"
        )
