"""Where figures come from: the documents and data sets declared in `sources.toml`, and what was loaded."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from dashboard.declarations import Declaration, read_declaration
from dashboard.findings import DeclarationError, Finding, quoted
from dashboard.loads import SOURCE, list_files


@dataclass(frozen=True)
class Source:
    """A document or data set that figures were taken from."""

    id: str
    title: str
    short: str  # as it stands under a chart: "Department for Education, April 2026"
    publisher: str
    document: str
    licence: str
    attribution: str  # the words that its licence asks for; blank if none
    published_on: str  # a date; what is known of its firmness stands in `note`
    known_on: str = ""  # when it was collected, if not when it was published
    note: str = ""


def load_sources(data: Path) -> Mapping[str, Source]:
    """Every source by id. Raises `DeclarationError` carrying everything wrong in `sources.toml`."""
    sources, findings = read_sources(data)
    if findings:
        raise DeclarationError(findings)
    return sources


def read_sources(data: Path) -> tuple[Mapping[str, Source], tuple[Finding, ...]]:
    """The sources that could be read, and everything wrong in `sources.toml`."""
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    for path in (data / "sources.toml", *list_files(data, SOURCE)):
        declared = read_declaration(path, path.relative_to(data).as_posix(), findings)
        for name in declared.table if declared else ():
            table = declared.inner(name) if declared else None
            if table is not None:
                sources[name] = _read_source(table, name)
    return MappingProxyType(sources), tuple(findings)


def _read_source(table: Declaration, name: str) -> Source:
    source = Source(
        id=name,
        title=table.text("title"),
        short=table.text("short"),
        publisher=table.text("publisher"),
        document=table.text("document"),
        licence=table.text("licence"),
        attribution=table.text("attribution", required=False),
        published_on=table.text("published_on"),
        known_on=table.text("known_on", required=False),
        note=table.text("note", required=False),
    )
    table.close()
    for column, value in (("published_on", source.published_on), ("known_on", source.known_on)):
        if value and not is_date(value):
            table.report(column, found=quoted(value), expected="a date such as 2019-07-31")
    return source


def write_source(source: Source) -> str:
    """A source as a table of `sources.toml`."""
    told = {name: value for name, value in asdict(source).items() if name != "id" and value}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    return "\n".join([f"[{source.id}]", *lines]) + "\n"


def is_date(text: str) -> bool:
    """Whether a text is a day written as 2019-07-31."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
