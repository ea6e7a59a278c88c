"""What the children, contacts or posts of an indicator are told apart by, and into which categories."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from dashboard.declarations import Declaration, read_declaration, stamp
from dashboard.findings import DeclarationError, Finding, nearest, quoted

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True)
class Category:
    """One value of a characteristic."""

    id: str
    title: str


@dataclass(frozen=True)
class Merged:
    """Several categories shown as one, where each alone would have too few children to show."""

    id: str
    title: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Characteristic:
    """Something that the children, contacts or posts of an indicator are told apart by.

    `adds_up` is false where a child may be in several categories, so that they do not sum to the whole.
    `coarser` are the levels at which it may be shown instead, finest first: what each puts together.
    """

    id: str
    title: str
    categories: tuple[Category, ...]
    adds_up: bool = True
    coarser: tuple[tuple[Merged, ...], ...] = ()

    def title_of(self, category: str) -> str:
        """How a category, declared or merged, is printed; its id if it is neither."""
        named: list[Category | Merged] = [*self.categories, *chain.from_iterable(self.coarser)]
        return next((each.title for each in named if each.id == category), category)

    @property
    def levels(self) -> tuple[tuple[Category, ...], ...]:
        """The categories of every level: as declared, then ever coarser."""
        return tuple(self.level(number) for number in range(len(self.coarser) + 1))

    def level(self, number: int) -> tuple[Category, ...]:
        """The categories of a level, 0 as declared; a merged one stands where its first part stood."""
        if number == 0:
            return self.categories
        within = {part: merged for merged in self.coarser[number - 1] for part in merged.of}
        shown: dict[str, Category] = {}
        for category in self.categories:
            merged = within.get(category.id)
            named = Category(merged.id, merged.title) if merged else category
            shown.setdefault(named.id, named)
        return tuple(shown.values())

    def shown_of(self, held: Collection[str]) -> tuple[str, ...]:
        """Of the categories held, those of the finest level that tells of everything they tell of.

        In declared order, undeclared ones last. Where categories are held both alone and merged, alone.
        """
        told = {part for each in held for part in self.parts_of(each)}
        undeclared = sorted(told.intersection(held).difference(each.id for each in self.categories))
        found: tuple[str, ...] = ()
        for level in self.levels:
            fitting = tuple(category.id for category in level if category.id in held)
            covered = {part for each in fitting for part in self.parts_of(each)}
            if covered.union(undeclared) == told:
                return (*fitting, *undeclared)
            found = found or fitting
        return (*found, *undeclared)

    def parts_of(self, category: str) -> tuple[str, ...]:
        """The declared categories that one stands for: itself, or those that a merged one puts together."""
        merged = (each for level in self.coarser for each in level if each.id == category)
        return next((each.of for each in merged), (category,))


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
    coarser = tuple(_read_merged(each) for each in table.several("coarser"))
    table.close()
    ids = [category.id for category in categories]
    if not ids:
        table.report("categories", found="none", expected=f"at least one [[{name}.categories]]")
    for wrong in sorted({each for each in ids if ids.count(each) > 1}):
        table.report("categories", found=f"{wrong} more than once", expected="each id only once")
    merged_ids = {merged.id for level in coarser for merged in level}
    for wrong in (each for each in (name, *ids, *sorted(merged_ids)) if each and not _ID.fullmatch(each)):
        expected = "lower-case words joined by underscores"
        table.report("id", found=quoted(wrong), expected=expected)
    read = Characteristic(name, title, tuple(categories), adds_up, coarser)
    for found, expected in _find_wrong_levels(read):
        table.report("coarser", found=found, expected=expected)
    return read


def _read_merged(level: Declaration) -> tuple[Merged, ...]:
    merged = []
    for each in level.several("merged"):
        parts = each.texts("of")
        merged.append(Merged(each.text("id", longest=60), each.text("title", longest=120), parts))
        each.close()
    level.close()
    return tuple(merged)


def _find_wrong_levels(read: Characteristic) -> Iterator[tuple[str, str]]:
    """What is wrong with the coarser levels of a characteristic: what was found, and what is expected."""
    if read.coarser and not read.adds_up:
        yield "coarser levels of what does not add up", "none: a child would be counted twice"
    ids = {category.id for category in read.categories}
    meant: dict[str, tuple[str, ...]] = {}
    for number, level in enumerate(read.coarser, 1):
        parts = [part for merged in level for part in merged.of]
        for merged in level:
            if merged.id in ids:
                yield f"{merged.id}, which is a category", "an id of its own for what is merged"
            if meant.setdefault(merged.id, merged.of) != merged.of:
                yield f"{merged.id} with other parts than before", "the same parts, or another id"
            if len(merged.of) < 2:
                yield f"{merged.id} of {len(merged.of)}", "two categories or more in `of`"
        for wrong in sorted(set(parts) - ids):
            near = nearest(wrong, ids)
            yield f"{quoted(wrong)} in level {number}", "a category" + (f" such as {near}" if near else "")
        for wrong in sorted({part for part in parts if parts.count(part) > 1}):
            yield f"{wrong} more than once in level {number}", "each category in one merged one only"
        if not _is_coarser(read, number):
            yield f"level {number}, which is not coarser than the one before", "each to put more together"


def _is_coarser(read: Characteristic, number: int) -> bool:
    """Whether a level has fewer categories than the one before, and takes none of those apart."""
    before, after = (
        {frozenset(read.parts_of(category.id)) for category in read.level(each)}
        for each in (number - 1, number)
    )
    return len(after) < len(before) and all(any(part <= whole for whole in after) for part in before)
