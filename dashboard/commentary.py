"""What the officers wrote for a period, read from `data/commentary/<period>/<page>.md`.

The first line is the lead; then come the headings of `HEADINGS`, each with its paragraphs. A paragraph
marked *so* has figures in it. "## Source" names the report, "## Note" says what does not agree with
published figures.
"""

from functools import lru_cache
from pathlib import Path

from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.periods import Grain, Period, PeriodError, parse
from dashboard.views.shapes import Commentary, Section

HEADINGS = ("What", "So what", "Why we think so", "Now what", "What we need from members")
SOURCE, NOTE = "Source", "Note"


def load_commentary(data: Path, period: Period, page: str) -> Commentary | None:
    """What was written for a page and a quarter (for a year, its last quarter); None if nothing was."""
    code = period.quarter.code if period.grain is Grain.YEAR else period.code
    return _read_commentary(data / "commentary" / code / f"{page}.md")


@lru_cache(maxsize=512)
def _read_commentary(path: Path) -> Commentary | None:
    """A release never changes, so its commentary is read once."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    lead, parts = split_commentary(text)
    return Commentary(
        title="What this means",
        source=" ".join(parts.get(SOURCE, ())),
        lead=lead,
        sections=tuple(Section(heading, parts[heading]) for heading in HEADINGS if parts.get(heading)),
        note=" ".join(parts.get(NOTE, ())),
    )


def split_commentary(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The lead, and the paragraphs under each heading."""
    lead, heading = "", ""
    parts: dict[str, list[str]] = {}
    for block in text.strip().split("\n\n"):
        words = " ".join(line.strip() for line in block.strip().splitlines())
        if words.startswith("## "):
            heading = words.removeprefix("## ").strip()
            parts.setdefault(heading, [])
        elif not heading:
            lead = f"{lead} {words.removeprefix('# ')}".strip()
        elif words:
            parts[heading].append(words.removeprefix("- "))
    return lead, {name: tuple(paragraphs) for name, paragraphs in parts.items()}


def check_commentary(data: Path, pages: tuple[str, ...]) -> tuple[Finding, ...]:
    """Everything wrong with the commentaries of a data folder."""
    findings: list[Finding] = []
    for path in sorted((data / "commentary").glob("*/*.md")):
        file = str(path.relative_to(data))
        try:
            parse(path.parent.name)
        except PeriodError as problem:
            findings.append(
                Finding(Level.ERROR, file, found=str(problem), expected="a folder named for a period")
            )
        if path.stem not in pages:
            near = nearest(path.stem, pages)
            findings.append(Finding(Level.ERROR, file, None, "", quoted(path.stem), one_of(pages), near))
        lead, parts = split_commentary(path.read_text(encoding="utf-8"))
        if not lead:
            findings.append(Finding(Level.ERROR, file, 1, "", "no lead", "a first line that says it all"))
        for heading in parts:
            if heading not in (*HEADINGS, SOURCE, NOTE):
                allowed = (*HEADINGS, SOURCE, NOTE)
                near = nearest(heading, allowed)
                findings.append(
                    Finding(Level.ERROR, file, None, "heading", quoted(heading), one_of(allowed), near)
                )
    return tuple(findings)
