"""The proof of a release in words: what was attacked, what came of it, and where it is narrowest."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.characteristics import Characteristic
from dashboard.periods import PeriodError, parse
from dashboard.proof import HiddenCell, Interval, Proof, ProofTable
from dashboard.views.shapes import Link

ADDRESS = "/disclosure"
TITLE = "How small numbers are protected in the public release"
_MOST_LISTED = 100  # without a choice of indicator
_COMMAND = "python -m dashboard audit"

_KNOWN = {
    "geography": "Districts, and children placed elsewhere, add up to the county",
    "categories": "Categories add up to the whole",
    "parts": "The parts of an indicator add up to it",
    "complement": "Those counted and those left make up the denominator",
    "periods": "Months add up to quarters, and quarters to years",
    "rolling": "Twelve months to a date, less twelve months to the date before, differ by two months",
    "stock_and_flow": "A number at a date is the one before, more those who started, less those who ended",
    "difference": "A net flow is one count less another",
    "printed": "A percentage or rate as printed, and what it was rounded from",
    "subset": "No group is larger than the one it is part of",
    "earlier": "What earlier releases show",
}
_REASONS = {
    "primary": "It is small",
    "secondary": "It would reveal another",
    "withheld": "Nobody can say that it is safe",
}


@dataclass(frozen=True)
class Names:
    """How indicators, areas and categories are called."""

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    characteristics: Mapping[str, Characteristic]

    def category(self, cell: HiddenCell) -> str:
        """A category with its characteristic; "All" if there is none."""
        known = self.characteristics.get(cell.characteristic)
        if known is None:
            return " ".join(part for part in (cell.characteristic, cell.category) if part) or "All"
        return f"{known.title}: {known.title_of(cell.category)}"


@dataclass(frozen=True)
class Listing:
    """A table of texts and links; its first column heads each row, those in `numbers` stand at the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Link, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ProofView:
    """The page about a proof, finished."""

    verdict: str
    holds: bool
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    chosen: str = ""  # the title of the indicator that it is narrowed to
    listings: tuple[Listing, ...] = ()
    command: str = ""  # what to run where there is no proof


def tell_absence(release: str, problem: str) -> ProofView:
    """The page where there is no proof, or none that can be read; `problem` is why."""
    if not release:
        said = "There is no public release yet, so there is nothing to prove. This makes one:"
        return ProofView(said, False, command="python -m dashboard publish")
    found = f"The proof cannot be read: {problem}." if problem else "No proof has been made of it."
    said = (
        f"The public release is {release}. {found} Nothing is known of how safe its hidden numbers are. This"
    )
    return ProofView(f"{said} makes a proof:", False, command=_COMMAND)


def tell_proof(proof: Proof, names: Names, indicator: str) -> ProofView:
    """The page about a proof, narrowed to an indicator if it is one of the proof's."""
    known = {each.indicator for each in proof.tables} | {each.indicator for each in proof.narrowest}
    chosen = indicator if indicator in known else ""
    return ProofView(
        verdict=_verdict(proof),
        holds=proof.holds,
        paragraphs=_attackers(proof.policy),
        facts=_facts(proof),
        chosen=names.indicators.get(chosen, chosen),
        listings=(
            *([_knowledge(proof)] if proof.families and not chosen else []),
            _tables_of(proof, names, chosen) if chosen else _by_indicator(proof, names),
            _narrowest(proof, names, chosen),
        ),
    )


def _verdict(proof: Proof) -> str:
    counts = proof.counts
    if not proof.holds:
        return (
            f"The public release {proof.release} is not proved safe: {counts['failed']:,} of its hidden "
            "numbers can be had more narrowly than the rules allow, and "
            f"{counts['unresolved']:,} could not be settled."
        )
    return (
        f"No hidden number of the public release {proof.release} can be worked out from what it shows. "
        f"{counts['hidden']:,} of its {counts['cells']:,} numbers are hidden; each of them was attacked in "
        "two ways, and what is left to choose from is never less than the rules ask for."
    )


def _attackers(policy: Mapping[str, object]) -> tuple[str, ...]:
    threshold, candidates = policy.get("threshold"), policy.get("candidates")
    told = [
        "The first attacker knows every figure that is shown, and how all figures add up. The second knows "
        "in addition which numbers are hidden for being small: how it is decided is public, so that must be "
        "supposed. For each hidden number the least and the most are found that agree with what they know."
    ]
    if isinstance(threshold, int) and isinstance(candidates, int):
        told.append(
            f"A number is small from 1 to {threshold - 1}. To the first attacker a small one must be able to "
            f"be any of these; to the second, any of at least {candidates} numbers. One that is hidden so as "
            f"not to reveal another must be able to lie anywhere in a span of {threshold} or more."
        )
    return tuple(told)


def _facts(proof: Proof) -> tuple[tuple[str, str], ...]:
    counts = proof.counts
    return (
        ("Numbers in the release", f"{counts['cells']:,}"),
        ("Hidden", f"{counts['hidden']:,} ({_share(counts['hidden'], counts['cells'])})"),
        ("Hidden because they are small (primary)", f"{counts['primary']:,}"),
        ("Hidden because they would reveal another (secondary)", f"{counts['secondary']:,}"),
        ("Hidden because nobody can say that they are safe", f"{counts['withheld']:,}"),
        ("Had more narrowly than the rules allow", f"{counts['failed']:,}"),
        ("Not settled", f"{counts['unresolved']:,}"),
        ("Proved on", _moment(proof.made)),
        ("Took", f"{_duration(proof.seconds)}, for {proof.solves:,} least and most numbers"),
        ("Version of the rules", proof.rule_version),
        ("Hash of the figures", proof.figures_hash),
    )


def _knowledge(proof: Proof) -> Listing:
    rows = tuple(
        (_KNOWN.get(name, name.replace("_", " ").capitalize()), f"{count:,}")
        for name, count in proof.families.items()
    )
    return Listing("What both attackers know", ("Relation", "How many"), rows, frozenset({1}))


def _by_indicator(proof: Proof, names: Names) -> Listing:
    """One row an indicator, those with the most hidden first."""
    held: dict[str, list[ProofTable]] = {}
    for table in proof.tables:
        held.setdefault(table.indicator, []).append(table)
    rows: list[tuple[str | Link, ...]] = [
        (
            Link(names.indicators.get(name, name), f"{ADDRESS}?indicator={name}"),
            *_sizes(tables),
        )
        for name, tables in sorted(held.items(), key=lambda each: (-_hidden_part(each[1]), each[0]))
    ]
    columns = ("Indicator", "Numbers", "Shown", "Hidden", "Share hidden")
    return Listing(
        "Indicators, those with the most hidden first", columns, tuple(rows), frozenset({1, 2, 3, 4})
    )


def _tables_of(proof: Proof, names: Names, indicator: str) -> Listing:
    """One row a table of an indicator."""
    rows = []
    for table in proof.tables:
        if table.indicator == indicator:
            known = names.characteristics.get(table.characteristic)
            by = known.title if known else table.characteristic or "All"
            detail = f"By {table.grain}" if table.grain != "none" else "Not shown"
            level = "As declared" if table.level == 0 else f"Merged, level {table.level}"
            rows.append((by, table.statistic.capitalize(), detail, level, *_sizes([table])))
    columns = (
        "Told apart by",
        "Statistic",
        "Detail",
        "Categories",
        "Numbers",
        "Shown",
        "Hidden",
        "Share hidden",
    )
    return Listing("Its tables", columns, tuple(rows), frozenset({4, 5, 6, 7}))


def _sizes(tables: list[ProofTable]) -> tuple[str, ...]:
    cells, shown, hidden = (
        sum(getattr(each, name) for each in tables) for name in ("cells", "shown", "hidden")
    )
    return f"{cells:,}", f"{shown:,}", f"{hidden:,}", _share(hidden, cells)


def _hidden_part(tables: list[ProofTable]) -> float:
    return sum(each.hidden for each in tables) / max(1, sum(each.cells for each in tables))


def _narrowest(proof: Proof, names: Names, indicator: str) -> Listing:
    """The hidden numbers of which least is left open, the narrowest first."""
    cells = sorted((each for each in proof.narrowest if indicator in {"", each.indicator}), key=_narrowness)
    shown = cells if indicator else cells[:_MOST_LISTED]
    rows = tuple(
        (
            names.indicators.get(cell.indicator, cell.indicator)
            + ("" if not cell.role else f" ({cell.role})"),
            names.areas.get(cell.area, cell.area),
            _period(cell.period),
            names.category(cell),
            _REASONS.get(cell.reason, cell.reason.capitalize()),
            _span(cell.without_reasons),
            _span(cell.with_reasons),
        )
        for cell in shown
    )
    columns = (
        "Indicator",
        "Area",
        "Period",
        "Category",
        "Hidden because",
        "First attacker",
        "Second attacker",
    )
    caption = f"Hidden numbers of which least is left open: {len(shown):,}, the narrowest first"
    return Listing(caption, columns, rows)


def _narrowness(cell: HiddenCell) -> tuple[float, float]:
    return cell.with_reasons.width, cell.without_reasons.width


def _span(interval: Interval) -> str:
    lowest, highest = (None if each is None else _number(each, way) for each, way in _bounds(interval))
    if lowest is None:
        return "Anything" if highest is None else f"Up to {highest}"
    if highest is None:
        return f"{lowest} or more"
    return lowest if lowest == highest else f"{lowest} to {highest}"


def _bounds(interval: Interval) -> tuple[tuple[float | None, Callable[[float], int]], ...]:
    return (interval.lowest, math.ceil), (interval.highest, math.floor)


def _number(bound: float, way: Callable[[float], int]) -> str:
    """A bound as the whole number that it comes to: a solver's answer is off by a hair."""
    near = round(bound)
    return f"{near if abs(bound - near) < 1e-6 else way(bound):,}"


def _period(code: str) -> str:
    try:
        return parse(code).label
    except PeriodError:
        return code


def _moment(written: str) -> str:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes"
