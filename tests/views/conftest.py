"""Small releases of made-up figures, with the project's own declarations."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard.acts import Record
from dashboard.areas import load_areas
from dashboard.characteristics import load_characteristics
from dashboard.indicators import load_indicators
from dashboard.protection import Protection, TableDesign
from dashboard.query import Selection, read_selection
from dashboard.settings import DATA
from dashboard.sources import Source
from dashboard.store import Release, Store
from dashboard.targets import Target, load_targets
from dashboard.views.build import build_page, pages_of
from dashboard.views.page import Page
from dashboard.views.shapes import Card, HeadlineRow, Panel
from dashboard.vocabulary import COLUMNS, RELEASED

Row = Mapping[str, object]
_NUMBERS = itertools.count()  # of releases: stores of one release are equal
_SOURCES = {
    name: Source(name, title, title, "", "", "", "", "2026-04-30", known)
    for name, title, known in (
        ("dfe", "Department for Education, April 2026", "2026-04-30"),
        ("board", "Board report", ""),
    )
}


class Released:
    """A release of some rows, and what is seen of it."""

    def __init__(
        self,
        rows: Iterable[Row],
        folder: Path,
        targets: tuple[Target, ...],
        illustrative: bool,
        tables: Iterable[TableDesign] = (),
        records: Iterable[Record] = (),
    ):
        columns = (*COLUMNS, *RELEASED)
        blank = dict.fromkeys(columns, "") | {"numerator": None, "denominator": None}
        frame = pd.DataFrame([blank | dict(row) for row in rows], columns=list(columns))
        frame = frame.astype({"numerator": "float64", "denominator": "float64"})
        declared = load_indicators(DATA), load_characteristics(DATA), load_areas(DATA)
        release = Release(
            f"views-{next(_NUMBERS)}", datetime(2026, 4, 15, tzinfo=UTC), "public", illustrative
        )
        protection = Protection(tables={each.name: each for each in tables})
        told = _SOURCES, targets, release, folder, protection, tuple(records)
        self.store = Store.from_frame(frame, *declared, *told)

    def select(self, page: str, **given: object) -> Selection:
        usual = {"period": "2021-22-Q4"}
        return read_selection(self.store, pages_of(self.store), page, usual | given)[0]

    def page(self, page: str, **given: object) -> Page:
        return build_page(self.store, self.select(page, **given))

    def panel(self, page: str, key: str, **given: object) -> Panel:
        return next(panel for panel in self.page(page, **given).panels if panel.key == key)

    def card(self, page: str, title: str, **given: object) -> Card:
        return next(card for card in self.page(page, **given).cards if card.title == title)

    def row(self, title: str, **given: object) -> HeadlineRow:
        groups = self.page("at-a-glance", **given).headlines
        return next(row for group in groups for row in group.rows if row.title.startswith(title))


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., Released]:
    """Makes a release of rows; targets are the project's own where they are asked for."""
    (tmp_path / "declared").symlink_to(DATA)

    def make(
        *rows: Row | Iterable[Row],
        targets: bool = False,
        illustrative: bool = True,
        tables: Iterable[TableDesign] = (),
        records: Iterable[Record] = (),
    ) -> Released:
        flat: list[Row] = []
        for each in rows:
            flat += [each] if isinstance(each, Mapping) else list(each)
        return Released(flat, tmp_path, load_targets(DATA) if targets else (), illustrative, tables, records)

    return make


@pytest.fixture
def figures() -> Callable[..., list[Row]]:
    """Makes the rows of one series: figures("looked_after_children", {"2021-M03": 859})."""

    def make(indicator: str, values: Mapping[str, object], **fields: object) -> list[Row]:
        usual: dict[str, object] = {
            "indicator": indicator,
            "statistic": "count",
            "area": "worcestershire",
            "basis": "official",
            "status": "final",
            "source": "dfe",
            "published_on": "2026-04-30",
        }
        if fields.get("status") == "illustrative":
            usual |= {"basis": "local", "source": "simulation"}
        rows = []
        for period, value in values.items():
            symbol = value.strip("[]") if isinstance(value, str) and value.startswith("[") else ""
            figure = {"period": period, "value": "" if symbol else str(value), "symbol": symbol}
            rows.append(usual | fields | figure)
        return rows

    return make
