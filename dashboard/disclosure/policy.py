"""How small a number must be to be hidden, and where: read from `disclosure.toml`."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.areas import AreaKind
from dashboard.declarations import read_declaration
from dashboard.findings import DeclarationError, Finding, nearest, one_of, quoted
from dashboard.vocabulary import Statistic

#: Below this a count can be traced to a child whatever else is done: no policy may go lower.
LOWEST_THRESHOLD = 5

_FILE = "disclosure.toml"


@dataclass(frozen=True)
class Policy:
    """Counts from 1 to `threshold` - 1 are hidden at these levels, in these statistics."""

    threshold: int = 10
    levels: frozenset[AreaKind] = frozenset({AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY})
    statistics: frozenset[Statistic] = frozenset(set(Statistic) - {Statistic.FTE})

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(f"a threshold of {self.threshold} is below {LOWEST_THRESHOLD}")


def load_policy(data: Path) -> Policy:
    """The policy declared in a data folder. Raises `DeclarationError` carrying everything wrong with it."""
    findings: list[Finding] = []
    declared = read_declaration(data / _FILE, _FILE, findings)
    if declared is None:
        raise DeclarationError(findings)
    threshold = declared.whole("threshold", lowest=LOWEST_THRESHOLD, highest=1000)
    words = {"levels": tuple(AreaKind), "statistics": tuple(Statistic)}
    chosen = {name: declared.texts(name) for name in words}
    for name, allowed in words.items():
        for word in chosen[name]:
            if word not in allowed:
                near = nearest(word, allowed)
                declared.report(name, found=quoted(word), expected=one_of(allowed), near=near)
        if not chosen[name]:
            declared.report(name, found="none", expected="at least " + one_of(allowed))
    declared.close()
    if findings:
        raise DeclarationError(findings)
    return Policy(
        threshold=threshold or LOWEST_THRESHOLD,
        levels=frozenset(map(AreaKind, chosen["levels"])),
        statistics=frozenset(map(Statistic, chosen["statistics"])),
    )
