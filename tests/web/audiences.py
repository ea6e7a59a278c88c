"""A data folder with a release for each audience, which differ in one figure."""

import csv
import json
import re
import shutil
from pathlib import Path

from dashboard.settings import Settings

NAMED = {"X-Remote-User": "somebody"}
CALLBACK = "/_dash-update-component"
#: The figures of a district that the public does not see, and what stands there for the internal readers: a
#: number that stands nowhere else.
DIFFERENT = ("looked_after_children", "count", "redditch")
CANARY = "918273"
AS_SHOWN = re.compile(r"918,?273")


def internal_settings(data: Path) -> Settings:
    return Settings(data, "internal", "proxy", "X-Remote-User")


def write_release(folder: Path, source: Path, audience: str, value: str) -> None:
    """A copy of a release for an audience, its value for one figure another."""
    name = ("" if audience == "public" else f"{audience}-") + "2026-04-15-77"
    place = folder / "releases" / audience / name
    shutil.copytree(source, place)
    manifest = json.loads((place / "manifest.json").read_text("utf-8")) | {"id": name, "audience": audience}
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with (place / "figures.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        if (told["indicator"], told["statistic"], told["area"]) == DIFFERENT:
            row[columns.index("value")] = "" if value == "c" else value
            row[columns.index("symbol")] = value if value == "c" else ""
    with (place / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])
    (folder / "releases" / audience / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
