"""How small a number must be to be hidden, and where: read from `disclosure.toml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.areas import AreaKind
from dashboard.declarations import Declaration, read_declaration
from dashboard.findings import DeclarationError, Finding, one_of
from dashboard.vocabulary import Statistic

#: Below this a count can be traced to a child whatever else is done: no policy may go lower.
LOWEST_THRESHOLD = 5

_FILE = "disclosure.toml"


#: Fewer possibilities than this are none.
LOWEST_CANDIDATES = 2


@dataclass(frozen=True)
class Exempt:
    """An indicator whose small numbers are shown at a level, and why."""

    indicator: str
    level: AreaKind
    reason: str


@dataclass(frozen=True)
class Policy:
    """What is hidden, and how well. `disclosure.toml` says what each number means."""

    threshold: int = 10
    levels: frozenset[AreaKind] = frozenset({AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY})
    statistics: frozenset[Statistic] = frozenset(set(Statistic) - {Statistic.FTE})
    candidates: int = 5
    most_hidden: float = 0.2
    whole_line_below: int = 20
    top_codes: tuple[int, ...] = (90, 80)
    base_bands: tuple[int, ...] = (10, 20, 40, 60, 80, 100)
    sensitive_noughts: frozenset[str] = frozenset()
    harmless_groups: frozenset[str] = frozenset()
    exceptions: tuple[Exempt, ...] = ()

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(f"a threshold of {self.threshold} is below {LOWEST_THRESHOLD}")


def load_policy(data: Path) -> Policy:
    """The policy declared in a data folder. Raises `DeclarationError` carrying everything wrong with it."""
    findings: list[Finding] = []
    declared = read_declaration(data / _FILE, _FILE, findings)
    policy = _read_policy(declared) if declared else None
    if policy is None or findings:
        raise DeclarationError(findings)
    return policy


def _read_policy(declared: Declaration) -> Policy:
    usual = Policy()
    policy = Policy(
        threshold=declared.whole("threshold", lowest=LOWEST_THRESHOLD, highest=1000) or LOWEST_THRESHOLD,
        levels=frozenset(AreaKind(each) for each in _some_of(declared, "levels", tuple(AreaKind))),
        statistics=frozenset(Statistic(each) for each in _some_of(declared, "statistics", tuple(Statistic))),
        candidates=_whole(declared, "candidates", usual.candidates, lowest=LOWEST_CANDIDATES),
        most_hidden=declared.share("most_hidden", usual.most_hidden),
        whole_line_below=_whole(declared, "whole_line_below", usual.whole_line_below),
        top_codes=declared.wholes("top_codes", usual.top_codes),
        base_bands=declared.wholes("base_bands", usual.base_bands),
        exceptions=tuple(_read_exceptions(declared)),
        **_read_noughts(declared),
    )
    declared.close()
    return policy


def _some_of(declared: Declaration, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """A list of known words, at least one."""
    words = declared.listed(name, allowed, one_of(allowed))
    if not words:
        declared.report(name, found="none", expected="at least " + one_of(allowed))
    return tuple(each for each in words if each in allowed)


def _whole(declared: Declaration, name: str, usual: int, lowest: int = 1) -> int:
    return declared.whole(name, lowest=lowest, highest=1000, required=False) or usual


def _read_exceptions(declared: Declaration) -> Iterator[Exempt]:
    for table in declared.several("exceptions"):
        yield Exempt(table.text("indicator"), table.word("level", AreaKind), table.text("reason"))
        table.close()


def _read_noughts(declared: Declaration) -> dict[str, frozenset[str]]:
    table = declared.inner("zeros", required=False)
    if table is None:
        return {}
    read = {
        "sensitive_noughts": frozenset(table.texts("sensitive")),
        "harmless_groups": frozenset(table.texts("harmless")),
    }
    table.close()
    return read
