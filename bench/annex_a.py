"""Time and peak memory of reading child-level lists (Annex A), beside the same read through openpyxl.

`python -m bench.annex_a` writes the made-up children as a workbook of some 26,000 rows, reads it in a process
of its own for each way, and prints a Markdown table. The figures of both ways must be the same.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

DATA = Path("data")
ROUNDS = 3
#: What a council's machine has to manage.
MOST_SECONDS, MOST_MEGABYTES = 5.0, 500
WAYS = {"calamine": "python-calamine, as the reader does", "openpyxl": "openpyxl, all else the same"}


def main() -> None:
    """Write the workbook, read it both ways, and print what each took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--read", choices=WAYS, help="read a workbook once, and print what it took as JSON")
    asked.add_argument("path", nargs="?", type=Path)
    chosen, _ = asked.parse_known_args()
    if chosen.read:
        print(json.dumps(read_once(chosen.path, chosen.read)))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lists.xlsx"
        rows = write_workbook(path)
        print(f"{rows:,} rows in 11 lists and a list of homes, {path.stat().st_size / 1e6:.1f} MB\n")
        print(
            f"| Read by (the best of {ROUNDS}) | Seconds | Peak MB | Figures |\n| --- | ---: | ---: | ---: |"
        )
        results = {way: measure(path, way) for way in WAYS}
    for way, result in results.items():
        print(
            f"| {WAYS[way]} | {result['seconds']:.1f} | {result['megabytes']:.0f} | {result['figures']:,} |"
        )
    if len({result["digest"] for result in results.values()}) > 1:
        sys.exit("the two ways give different figures")
    own = results["calamine"]
    if own["seconds"] > MOST_SECONDS or own["megabytes"] > MOST_MEGABYTES:
        sys.exit(f"\nmore than {MOST_SECONDS:g} seconds or {MOST_MEGABYTES} MB")
    print(f"\nAt most {MOST_SECONDS:g} seconds and {MOST_MEGABYTES} MB are allowed.\n")


def write_workbook(path: Path) -> int:
    """Write the made-up children to the last month simulated; how many rows."""
    from dashboard.periods import parse
    from dashboard.simulation.annex_a import write_simulated_lists

    return write_simulated_lists(DATA, path, parse("2022-M03"))


def measure(path: Path, way: str) -> dict[str, float]:
    """The best of several reads, each in a process of its own."""
    command = [sys.executable, "-m", "bench.annex_a", "--read", way, str(path)]
    told = [
        json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(ROUNDS)
    ]
    return min(told, key=lambda each: each["seconds"])


def read_once(path: Path, way: str) -> dict[str, float | str]:
    """Read a workbook: seconds, peak megabytes of the whole process, how many figures, and their digest."""
    from dashboard.areas import load_areas
    from dashboard.indicators import load_characteristics, load_indicators
    from dashboard.intake import Given, find_readers
    from dashboard.intake.annex_a import reading
    from dashboard.populations import load_populations

    declared = load_indicators(DATA), load_characteristics(DATA), load_areas(DATA), load_populations(DATA)
    given = Given(*declared, source="bench", published_on="2026-04-30")
    reader = find_readers()["annex-a"]
    start = time.perf_counter()
    if way == "openpyxl":
        with mock.patch.object(reading, "read_grids", read_by_openpyxl):
            found = reader.read([path], given)
    else:
        found = reader.read([path], given)
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "figures": len(found.figures),
        "digest": hashlib.sha256(found.figures.to_csv().encode()).hexdigest(),
    }


def read_by_openpyxl(path: Path, _: object) -> tuple[object, ...]:
    """Every sheet of a workbook through openpyxl, without what it need not know of formats."""
    import openpyxl

    from dashboard.intake.annex_a.workbook import Grid

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return tuple(
        Grid(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)])
        for sheet in book.worksheets
    )


if __name__ == "__main__":
    main()
