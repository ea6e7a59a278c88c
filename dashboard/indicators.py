"""The catalogue: what every indicator means, read from one TOML file each.

`data/indicators/<tab>/<id>.toml` declares an indicator, and the file's name is its id. A field is described
in `docs/adding.md`; anything wrong in any file is reported with everything else that is wrong.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dashboard.areas import read_areas
from dashboard.catalogue import ComparatorRule, Identity, Indicator, StatisticDeclaration, StockIdentity
from dashboard.characteristics import Category, Characteristic, load_characteristics, read_characteristics
from dashboard.declarations import Declaration, read_declaration, stamp
from dashboard.findings import DeclarationError, Finding, Level, nearest, one_of, quoted
from dashboard.vocabulary import Basis, Comparability, DistrictMode, Frequency, Kind, Polarity, Statistic

__all__ = [
    "TABS",
    "Category",
    "Characteristic",
    "ComparatorRule",
    "DeclarationError",
    "Identity",
    "Indicator",
    "StatisticDeclaration",
    "StockIdentity",
    "file_of",
    "load_characteristics",
    "load_indicators",
    "read_characteristics",
    "read_indicators",
]

TABS = ("front_door", "through_care", "child_protection", "children_in_need", "staffing")

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MEASURES = 32  # of the Corporate Parenting Board dataset
_NEEDS_PARTS = frozenset({Statistic.PERCENTAGE, Statistic.RATE, Statistic.AVERAGE})


def load_indicators(data: Path) -> Mapping[str, Indicator]:
    """Every indicator by id, in the order of the tabs and then of `order`.

    Raises `DeclarationError` carrying everything wrong in any file.
    """
    indicators, findings = read_indicators(data)
    if findings:
        raise DeclarationError(findings)
    return indicators


def read_indicators(data: Path) -> tuple[Mapping[str, Indicator], tuple[Finding, ...]]:
    """The indicators that could be read, and everything wrong with any of them or with them together."""
    read = [_read_file(path, str(path.relative_to(data)), *stamp(path)) for path in _files(data)]
    indicators = [each for each, _ in read if each]
    findings = [finding for _, found in read for finding in found]
    findings += _check_together(indicators, frozenset(path.stem for path in _files(data)))
    characteristics, wrong = read_characteristics(data)
    findings += wrong or _check_characteristics(indicators, characteristics)
    findings += _check_areas(indicators, data)
    ordered = sorted(indicators, key=lambda each: (TABS.index(each.tab), each.order, each.id))
    return MappingProxyType({each.id: each for each in ordered}), tuple(findings)


def file_of(indicator: Indicator) -> str:
    """Where an indicator is declared, within the data folder."""
    return f"indicators/{indicator.tab}/{indicator.id}.toml"


def _files(data: Path) -> list[Path]:
    return sorted((data / "indicators").glob("**/*.toml"))


@lru_cache(maxsize=2048)
def _read_file(
    path: Path, file: str, written: int, length: int
) -> tuple[Indicator | None, tuple[Finding, ...]]:
    """An indicator and what is wrong with its file; nothing of a file in which anything is wrong."""
    findings: list[Finding] = []
    declared = read_declaration(path, file, findings)
    indicator = _read_indicator(declared, path) if declared else None
    return (None if findings else indicator), tuple(findings)


def _read_indicator(declared: Declaration, path: Path) -> Indicator:
    _check_place(declared, path)
    statistics = _read_statistics(declared)
    indicator = Indicator(
        id=path.stem,
        tab=path.parent.name,
        title=declared.text("title", longest=120),
        short_title=declared.text("short_title", longest=44),
        definition=declared.text("definition"),
        why_it_matters=declared.text("why_it_matters"),
        polarity=declared.word("polarity", Polarity),
        kind=declared.word("kind", Kind),
        frequency=declared.word("frequency", Frequency),
        district=declared.word("district", DistrictMode),
        statutory_source=declared.text("statutory_source"),
        noun=declared.text("noun", required=False) or "children",
        main=next(iter(statistics), Statistic.COUNT),
        statistics=MappingProxyType(statistics),
        measure=declared.whole("measure", lowest=1, highest=_MEASURES, required=False),
        distinct=declared.yes_or_no("distinct", default=False),
        synonyms=declared.texts("synonyms"),
        characteristics=declared.texts("characteristics"),
        comparators=tuple(_read_rule(each, statistics) for each in declared.several("comparators")),
        identity=_read_identity(declared),
    )
    order = declared.whole("order", lowest=0, highest=999_999, required=False)
    declared.close()
    if indicator.stock and indicator.kind is not Kind.STOCK:
        declared.report(
            "kind", found=quoted(str(indicator.kind)), expected="stock", why="it has starts and ceases"
        )
    return indicator if order is None else replace(indicator, order=order)


def _check_place(declared: Declaration, path: Path) -> None:
    if not _ID.fullmatch(path.stem):
        expected = "a file name of lower-case words joined by underscores, such as repeat_referrals.toml"
        declared.report("(file name)", found=quoted(path.name), expected=expected)
    if path.parent.name not in TABS or path.parent.parent.name != "indicators":
        found, near = quoted(path.parent.name), nearest(path.parent.name, TABS)
        declared.report("(folder)", found=found, expected=one_of(TABS), near=near)


def _read_statistics(declared: Declaration) -> dict[Statistic, StatisticDeclaration]:
    """The statistics in the order declared: the first is the main one."""
    tables = declared.inner("statistics")
    if tables is None:
        return {}
    if not tables.table:
        declared.report("statistics", found="an empty table", expected="a table such as [statistics.count]")
    statistics = {}
    for name in tables.table:
        inner = tables.inner(name)
        if name not in set(Statistic):
            near = nearest(name, Statistic)
            tables.report(name, found=quoted(name), expected=one_of(Statistic), near=near)
        elif inner is not None:
            statistics[Statistic(name)] = _read_statistic(inner, Statistic(name))
    return statistics


def _read_statistic(table: Declaration, statistic: Statistic) -> StatisticDeclaration:
    needed = statistic in _NEEDS_PARTS
    read = StatisticDeclaration(
        unit=table.text("unit", longest=80),
        decimals=table.whole("decimals", lowest=0, highest=4) or 0,
        numerator=table.text("numerator", required=needed),
        denominator=table.text("denominator", required=needed),
        counts=table.text("counts", required=False),
        out_of=table.text("out_of", required=False),
    )
    table.close()
    return read


def _read_rule(table: Declaration, statistics: Mapping[Statistic, StatisticDeclaration]) -> ComparatorRule:
    named = "statistic" in table.table
    statistic = table.word("statistic", Statistic) if named else None
    if statistic and statistic not in statistics:
        why = "a rule is on a statistic that the file declares"
        table.report("statistic", found=quoted(str(statistic)), expected=one_of(statistics), why=why)
    rule = ComparatorRule(
        areas=table.texts("areas"),
        basis=table.word("basis", Basis, Basis.OFFICIAL),
        statistic=statistic,
        comparability=table.word("comparability", Comparability),
        reason=table.text("reason"),
        against=table.word("against", Basis, Basis.LOCAL),
    )
    if not named:
        table.word("statistic", Statistic, Statistic.COUNT)  # so that it counts among the known fields
    table.close()
    return rule


def _read_identity(declared: Declaration) -> Identity:
    table = declared.inner("identity", required=False)
    if table is None:
        return Identity()
    parts, pair = table.texts("parts"), table.texts("difference")
    if pair and len(pair) != 2:
        table.report(
            "difference", found=f"{len(pair)} ids", expected="two: the one taken from, the one taken"
        )
    stock, inner = None, table.inner("stock", required=False)
    if inner is not None:
        stock = StockIdentity(starts=inner.text("starts"), ceases=inner.text("ceases"))
        inner.close()
    complement, at_most = table.text("complement", required=False), table.texts("at_most")
    table.close()
    return Identity(parts, stock, (pair[0], pair[1]) if len(pair) == 2 else None, complement, at_most)


def _check_together(indicators: Iterable[Indicator], ids: frozenset[str]) -> list[Finding]:
    """What is wrong between files: an id or measure used twice, an identity that names nothing."""
    findings, by_id, by_measure = [], dict[str, Indicator](), dict[int, Indicator]()
    for indicator in indicators:
        first = by_id.setdefault(indicator.id, indicator)
        if first is not indicator:
            found = f"the id {indicator.id} again"
            why = f"it is already declared in {file_of(first)}"
            findings.append(_wrong(indicator, "(file name)", found, "an id of its own", why=why))
        if indicator.measure is not None:
            first = by_measure.setdefault(indicator.measure, indicator)
            if first is not indicator:
                why = f"it is already the number of {file_of(first)}"
                findings.append(
                    _wrong(indicator, "measure", str(indicator.measure), "a number of its own", why=why)
                )
        for column, name in _named(indicator):
            if name not in ids:
                near = nearest(name, ids)
                findings.append(_wrong(indicator, column, quoted(name), "the id of an indicator", near))
            elif name == indicator.id and column.startswith("identity"):
                findings.append(_wrong(indicator, column, quoted(name), "another indicator than itself"))
    return findings


def _named(indicator: Indicator) -> list[tuple[str, str]]:
    """Every indicator that another names, with the field that does."""
    named = indicator.identity.named()
    for statistic, declared in indicator.statistics.items():
        named += [(f"statistics.{statistic}.counts", declared.counts)] if declared.counts else []
        named += [(f"statistics.{statistic}.out_of", declared.out_of)] if declared.out_of else []
    return named


def _check_characteristics(
    indicators: Iterable[Indicator], characteristics: Mapping[str, Characteristic]
) -> list[Finding]:
    expected = "a characteristic of characteristics.toml"
    return [
        _wrong(indicator, "characteristics", quoted(name), expected, nearest(name, characteristics))
        for indicator in indicators
        for name in indicator.characteristics
        if name not in characteristics
    ]


def _check_areas(indicators: Iterable[Indicator], data: Path) -> list[Finding]:
    """Rules on areas that are not declared; areas are read only where a rule names one."""
    named = [(each, area) for each in indicators for rule in each.comparators for area in rule.areas]
    known = {area.slug for area in read_areas(data)[0].all} if named else set()
    return [
        _wrong(each, "comparators.areas", quoted(area), "an area of areas.csv", nearest(area, known))
        for each, area in named
        if area not in known
    ]


def _wrong(
    indicator: Indicator, column: str, found: str, expected: str, near: str = "", why: str = ""
) -> Finding:
    return Finding(Level.ERROR, file_of(indicator), None, column, found, expected, near, why)
