"""What the children, contacts or posts of an indicator are told apart by, and into which categories."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dashboard.declarations import Declaration, read_declaration, stamp
from dashboard.findings import DeclarationError, Finding, quoted

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True)
class Category:
    """One value of a characteristic."""

    id: str
    title: str


@dataclass(frozen=True)
class Characteristic:
    """Something that the children, contacts or posts of an indicator are told apart by.

    `adds_up` is false where a child may be in several categories, so that they do not sum to the whole.
    """

    id: str
    title: str
    categories: tuple[Category, ...]
    adds_up: bool = True

    def title_of(self, category: str) -> str:
        """How a category is printed; its id if it is not declared."""
        return next((each.title for each in self.categories if each.id == category), category)


def load_characteristics(data: Path) -> Mapping[str, Characteristic]:
    """Every characteristic by id, as declared in `characteristics.toml`.

    Raises `DeclarationError` carrying everything wrong in it.
    """
    characteristics, findings = read_characteristics(data)
    if findings:
        raise DeclarationError(findings)
    return characteristics


def read_characteristics(data: Path) -> tuple[Mapping[str, Characteristic], tuple[Finding, ...]]:
    """The characteristics that could be read, and everything wrong with their file."""
    path = data / "characteristics.toml"
    return _read_characteristics(path, *stamp(path))


@lru_cache(maxsize=64)
def _read_characteristics(
    path: Path, written: int, length: int
) -> tuple[Mapping[str, Characteristic], tuple[Finding, ...]]:
    findings: list[Finding] = []
    declared = read_declaration(path, path.name, findings)
    characteristics = {}
    for name in declared.table if declared else ():
        table = declared.inner(name) if declared else None
        if table is not None:
            characteristics[name] = _read_characteristic(table, name)
    return MappingProxyType(characteristics), tuple(findings)


def _read_characteristic(table: Declaration, name: str) -> Characteristic:
    title, adds_up = table.text("title", longest=80), table.yes_or_no("adds_up", default=True)
    categories = []
    for each in table.several("categories"):
        categories.append(Category(each.text("id", longest=60), each.text("title", longest=120)))
        each.close()
    table.close()
    ids = [category.id for category in categories]
    if not ids:
        table.report("categories", found="none", expected=f"at least one [[{name}.categories]]")
    for wrong in sorted({each for each in ids if ids.count(each) > 1}):
        table.report("categories", found=f"{wrong} more than once", expected="each id only once")
    for wrong in (each for each in (name, *ids) if each and not _ID.fullmatch(each)):
        expected = "lower-case words joined by underscores"
        table.report("id", found=quoted(wrong), expected=expected)
    return Characteristic(name, title, tuple(categories), adds_up)
