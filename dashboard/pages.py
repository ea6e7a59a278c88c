"""The declared pages, read from one TOML file each.

`data/pages/<page>.toml` declares a page, and the file's name is its key. Wrong files are reported all at
once, each fault with its file, row, field, what was found, what is allowed and the nearest right answer.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.declarations import Declaration, read_declaration
from dashboard.findings import DeclarationError, Finding, Level, nearest, one_of, quoted
from dashboard.indicators import Characteristic, Indicator, read_characteristics, read_indicators
from dashboard.page_lists import read_groups
from dashboard.page_parts import (
    HOME,
    MOST_HEADLINES,
    CardDeclaration,
    HeadlineDeclaration,
    LeadDeclaration,
    LeadPart,
    LeadRule,
    Line,
    Measure,
    PageDeclaration,
    PanelDeclaration,
    PanelKind,
    TitleRule,
    Wording,
    address_of,
    page_at,
)
from dashboard.periods import Grain
from dashboard.vocabulary import COMPARABLE, Basis, Statistic

__all__ = [
    "HOME",
    "MOST_HEADLINES",
    "PageDeclaration",
    "PanelDeclaration",
    "PanelKind",
    "address_of",
    "load_pages",
    "page_at",
    "read_pages",
]

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def load_pages(data: Path) -> Mapping[str, PageDeclaration]:
    """Every page by key, in order.

    Raises `DeclarationError` carrying everything wrong in any file.
    """
    pages, findings = read_pages(data)
    if findings:
        raise DeclarationError(findings)
    return pages


def read_pages(data: Path) -> tuple[Mapping[str, PageDeclaration], tuple[Finding, ...]]:
    """The pages that could be read, and everything wrong with any of them or with them together."""
    indicators, _ = read_indicators(data)
    characteristics, _ = read_characteristics(data)
    findings: list[Finding] = []
    pages = []
    for path in sorted((data / "pages").glob("*.toml")):
        declared = read_declaration(path, f"pages/{path.name}", findings)
        if declared:
            pages.append(_Reader(declared, indicators, characteristics).page(path.stem))
    findings += _check_together(pages)
    ordered = sorted(pages, key=lambda page: (page.order, page.key))
    return MappingProxyType({page.key: page for page in ordered}), tuple(findings)


def _check_together(pages: Sequence[PageDeclaration]) -> Iterable[Finding]:
    keys = [page.key for page in pages]
    for page in pages:
        file = f"pages/{page.key}.toml"
        for row in page.headlines:
            if row.page not in keys:
                near = nearest(row.page, keys)
                yield Finding(Level.ERROR, file, None, "headlines.page", quoted(row.page), one_of(keys), near)
        if len(page.headlines) > MOST_HEADLINES:
            found = f"{len(page.headlines)} headlines"
            yield Finding(Level.ERROR, file, None, "headlines", found, f"at most {MOST_HEADLINES}")
    if HOME not in keys:
        yield Finding(Level.ERROR, "pages", None, "", "no home page", f"pages/{HOME}.toml")


class _Reader:
    """Reads one page's file, checking every reference against the catalogue."""

    def __init__(
        self,
        declared: Declaration,
        indicators: Mapping[str, Indicator],
        characteristics: Mapping[str, Characteristic],
    ) -> None:
        self._declared = declared
        self._indicators = indicators
        self._characteristics = characteristics

    def page(self, key: str) -> PageDeclaration:
        """The page of the file; what is wrong with it is among the findings."""
        table = self._declared
        if not _KEY.fullmatch(key):
            table.report("(file name)", found=quoted(key), expected="lower-case words joined by hyphens")
        page = PageDeclaration(
            key=key,
            title=table.text("title", longest=60),
            order=table.whole("order", lowest=0, highest=999) or 0,
            about=table.text("about"),
            cards=tuple(self._card(each) for each in table.several("cards")),
            panels=tuple(self._panel(each) for each in table.several("panels")),
            headlines=tuple(self._headline(each) for each in table.several("headlines")),
            leads=tuple(self._lead(each) for each in table.several("leads")),
            heat=tuple(self._other(each) for each in table.several("heat")),
            groups=read_groups(table, self._indicators, self._measure),
            **self._tiles(table),
        )
        keys = [panel.key for panel in page.panels]
        for twice in sorted({each for each in keys if keys.count(each) > 1}):
            table.report("panels", found=f"the key {quoted(twice)} more than once", expected="each key once")
        table.close()
        return page

    def _tiles(self, table: Declaration) -> dict[str, Any]:
        inner = table.inner("tiles", required=False)
        if not inner:
            return {}
        rows = tuple(tuple(text.split()) for text in inner.texts("rows"))
        return {"tiles": self._other(inner), "tile_rows": rows}

    def _card(self, table: Declaration) -> CardDeclaration:
        inner = table.inner("beside", required=False)
        measure = self._measure(table)
        beside = self._measure(inner) if inner else None
        if inner and beside:
            if beside.statistic not in COMPARABLE:
                why = "it stands in for a count that cannot be compared with areas of another size"
                found = quoted(str(beside.statistic))
                inner.report("statistic", found=found, expected=one_of(sorted(COMPARABLE)), why=why)
            inner.close()
        title, note = table.text("title", required=False), table.text("note", required=False)
        table.close()
        return CardDeclaration(measure, title, note, beside)

    def _panel(self, table: Declaration) -> PanelDeclaration:
        key = table.text("key")
        if key and not _KEY.fullmatch(key):
            table.report("key", found=quoted(key), expected="lower-case words joined by hyphens")
        kind = table.word("kind", PanelKind)
        measure = self._measure(table)
        categories = self._categories(measure.characteristic)
        panel = PanelDeclaration(
            key=key,
            kind=kind,
            measure=measure,
            words=self._words(table),
            against=self._against(table, kind, measure),
            others=tuple(self._other(each) for each in table.several("others")),
            shares=table.yes_or_no("shares", default=False),
            layers=table.listed("layers", categories, one_of(categories)),
            leave_out=table.listed("leave_out", categories, one_of(categories)),
            cells=table.whole("cells", lowest=2, highest=24, required=False) or 8,
        )
        if kind in (PanelKind.CATEGORIES, PanelKind.STACKED) and not measure.characteristic:
            table.report("characteristic", found="nothing", expected=f"what a {kind} panel is told apart by")
        if kind is PanelKind.STACKED and not 1 <= len(panel.layers) <= 4:
            found, expected = f"{len(panel.layers)} layers", "one to four: more cannot be told apart"
            table.report("layers", found=found, expected=expected)
        table.close()
        return panel

    def _words(self, table: Declaration) -> Wording:
        return Wording(
            name=table.text("name", required=False, longest=60),
            what=table.text("what", required=False, longest=140),
            more=table.text("more", required=False, longest=60),
            fewer=table.text("fewer", required=False, longest=60),
            says=table.text("says", required=False, longest=90),
            first=table.word("first", TitleRule, TitleRule.COMPARISON),
        )

    def _against(self, table: Declaration, kind: PanelKind, measure: Measure) -> Measure | None:
        against = self._name(table, "against", self._indicators, required=kind is PanelKind.FLOWS)
        return Measure(against, measure.statistic, measure.lines) if against else None

    def _other(self, table: Declaration) -> Measure:
        measure = self._measure(table)
        table.close()
        return measure

    def _headline(self, table: Declaration) -> HeadlineDeclaration:
        headline = HeadlineDeclaration(
            table.text("page"), table.text("title", longest=44), self._measure(table)
        )
        table.close()
        return headline

    def _lead(self, table: Declaration) -> LeadDeclaration:
        lead = LeadDeclaration(tuple(self._part(each) for each in table.several("parts")))
        if len(lead.parts) != 2:
            table.report("parts", found=f"{len(lead.parts)} parts", expected="two")
        table.close()
        return lead

    def _part(self, table: Declaration) -> LeadPart:
        part = LeadPart(
            measure=self._measure(table),
            rule=table.word("rule", LeadRule),
            up=table.text("up"),
            down=table.text("down"),
            level=table.text("level"),
            figure=table.text("figure"),
        )
        table.close()
        return part

    def _measure(self, table: Declaration, lines: tuple[Line, ...] = ()) -> Measure:
        name = self._name(table, "indicator", self._indicators)
        indicator = self._indicators.get(name)
        statistic = table.word("statistic", Statistic, indicator.main if indicator else Statistic.COUNT)
        if indicator and statistic not in indicator.statistics:
            expected = one_of(indicator.statistics)
            table.report("statistic", found=quoted(str(statistic)), expected=expected)
        characteristic = self._name(table, "characteristic", self._characteristics, required=False)
        categories = self._categories(characteristic)
        category = self._name(table, "category", categories, required=False)
        return Measure(name, statistic, lines or self._lines(table), characteristic, category)

    def _lines(self, table: Declaration) -> tuple[Line, ...]:
        """Lines such as "official", "local by year": official figures are yearly if nothing is said."""
        usual = table.word("grain", Grain, Grain.QUARTER)
        texts = table.texts("lines") or ("official", "local")
        lines = []
        for text in texts:
            basis, _, grain = text.partition(" by ")
            if basis not in set(Basis) or grain not in {"", *Grain}:
                expected = "a basis, and a grain if it is another than usual: official, local by year"
                table.report("lines", found=quoted(text), expected=expected, near=nearest(basis, Basis))
                continue
            default = Grain.YEAR if basis == Basis.OFFICIAL else usual
            lines.append(Line(Basis(basis), Grain(grain) if grain else default))
        return tuple(lines)

    def _categories(self, characteristic: str) -> tuple[str, ...]:
        declared = self._characteristics.get(characteristic)
        return tuple(category.id for category in declared.categories) if declared else ()

    def _name(
        self, table: Declaration, field: str, allowed: Collection[str], *, required: bool = True
    ) -> str:
        """A name that must be among those allowed."""
        value = table.text(field, required=required)
        if value and value not in allowed:
            near = nearest(value, allowed)
            table.report(field, found=quoted(value), expected=one_of(allowed), near=near)
        return value
