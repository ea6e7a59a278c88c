"""The command line: `python -m dashboard`, then what is to be done.

`check`, `import`, `publish`, `releases`, `rollback`, `diff`, `audit`, `figures`, `process-chart`, `funnel`
and `simulate`.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.areas import load_areas
from dashboard.audiences import INTERNAL, MARK, PUBLIC, AudienceError
from dashboard.disclosure import DisclosureError
from dashboard.findings import DeclarationError, Finding, has_errors, nearest
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.lifecycle import add_commands
from dashboard.observations import load_observations, load_populations, load_sources, write_observations
from dashboard.periods import PeriodError, parse
from dashboard.settings import Settings, SettingsError, read_settings
from dashboard.vocabulary import COLUMNS, Basis

WRONG_USE = 2


class UsageError(ValueError):
    """A word on the command line that means nothing; the message offers the nearest that does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 if all is well, 1 if not, 2 if it was asked wrongly."""
    try:
        settings = read_settings(os.environ)
        chosen = build_parser().parse_args(arguments)
        code: int = chosen.run(settings, chosen)
        sys.stdout.flush()
    except (UsageError, SettingsError) as problem:
        print(problem, file=sys.stderr)
        return WRONG_USE
    except DeclarationError as problem:
        print_findings(problem.findings)
        return 1
    except (AudienceError, DisclosureError, OSError) as problem:
        if isinstance(problem, BrokenPipeError):  # the reader has seen enough, as `figures | head` has
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        return 1
    return code


def build_parser() -> argparse.ArgumentParser:
    """The commands, each with its help."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Figures about a county's children's services: check them, publish them, print them.",
        epilog="The data folder is `data`, or the one that DASHBOARD_DATA names.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="look for mistakes in the data folder, and say where they are")
    check.set_defaults(run=check_data)
    publishing = commands.add_parser(
        "publish", help="make a release: for the public, unless DASHBOARD_AUDIENCE says internal"
    )
    publishing.add_argument(
        "--without-illustrative",
        action="store_true",
        help="leave out every figure about made-up children; the pages then say what is missing",
    )
    publishing.set_defaults(run=publish_data)
    auditing = commands.add_parser("audit", help="prove that the release for the public gives nobody away")
    auditing.add_argument("release", nargs="?", help="an earlier one, to print what was proved of it")
    auditing.set_defaults(run=audit_release)
    listing = commands.add_parser("releases", help="list the releases and the loads made so far")
    listing.set_defaults(run=list_releases)
    printing = commands.add_parser("figures", help="print released figures as CSV")
    printing.add_argument("--indicator", metavar="ID", help="such as looked_after_children")
    printing.add_argument("--area", metavar="SLUG", help="such as worcestershire")
    printing.add_argument("--period", metavar="P", help="such as 2019-M03, 2018-19-Q4 or 2018-19")
    printing.add_argument("--basis", metavar="B", help="local or official")
    printing.add_argument("--source", metavar="S", help="such as board-dataset-2018-19")
    printing.set_defaults(run=print_figures)
    charting = commands.add_parser("process-chart", help="print a series with its process limits, as JSON")
    charting.add_argument("indicator", metavar="INDICATOR", help="such as looked_after_children")
    charting.add_argument("--area", metavar="SLUG", help="such as worcester; the county if left out")
    charting.add_argument("--statistic", metavar="S", help="such as percentage; the main one if left out")
    charting.add_argument("--from", metavar="P", help="the first period, such as 2018-M07")
    charting.add_argument("--to", metavar="P", help="the last period, such as 2019-M06")
    charting.set_defaults(run=print_measured, funnel=False)
    comparing = commands.add_parser("funnel", help="print the districts with funnel limits, as JSON")
    comparing.add_argument("indicator", metavar="INDICATOR", help="such as care_leavers_in_eet")
    comparing.add_argument("--period", metavar="P", required=True, help="such as 2021-22-Q4")
    comparing.add_argument(
        "--statistic", metavar="S", help="percentage or rate; the first of them if left out"
    )
    comparing.set_defaults(run=print_measured, funnel=True)
    add_commands(commands)
    simulating = commands.add_parser(
        "simulate",
        help="write the illustrative figures to a CSV file, or their made-up children to a workbook",
    )
    simulating.add_argument("path", type=Path, nargs="?", help="the CSV file to write")
    simulating.add_argument(
        "--annex-a", metavar="FILE", type=Path, help="a workbook to write the made-up children to, as lists"
    )
    simulating.add_argument(
        "--to", metavar="MONTH", default="2022-M03", help="the last month of the lists, such as 2022-M03"
    )
    simulating.set_defaults(run=write_simulated)
    return parser


def check_data(settings: Settings, _: argparse.Namespace) -> int:
    """Print everything the checks find, and how much was read. 1 if anything stops a release."""
    from dashboard.checks import closing_line, run_checks

    findings = run_checks(settings.data)
    for finding in findings:
        print(finding)
    print(closing_line(settings.data, findings))
    return int(has_errors(findings))


def publish_data(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make a release unless nothing has changed, and say which one is current."""
    from dashboard.release import publish
    from dashboard.shelf import ReleaseError, read_manifest

    before = read_manifest(settings.data, settings.audience).get("id")
    try:
        name = publish(
            settings.data, illustrative=not chosen.without_illustrative, audience=settings.audience
        )
    except ReleaseError as problem:
        print_findings(problem.findings)
        print(problem, file=sys.stderr)
        return 1
    if name == before:
        print(f"Nothing has changed: the release is still {name}.")
    else:
        manifest = read_manifest(settings.data, settings.audience)
        rows, hidden = manifest["rows"], manifest["hidden"]
        kept = f"of which {hidden:,} are hidden to protect children"
        told = kept if settings.audience == PUBLIC else f"none of them hidden. {MARK}"
        print(f"Published {name}: {rows:,} figures, {told}.")
    return 0


def audit_release(settings: Settings, chosen: argparse.Namespace) -> int:
    """Prove the current release from the figures up, or print an earlier proof. 1 if it fails."""
    from dashboard.proving import ProvingError, describe, prove_current, read_recorded

    data = settings.data
    try:
        proof = read_recorded(data, chosen.release) if chosen.release else prove_current(data)
    except ProvingError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(describe(proof)))
    return int(bool(proof["failed"] or proof["unresolved"]))


def list_releases(settings: Settings, _: argparse.Namespace) -> int:
    """Print one line for each release, with a star at the current one; then one for each load."""
    from dashboard.lifecycle import print_loads
    from dashboard.shelf import read_manifest, releases

    current = read_manifest(settings.data, settings.audience).get("id")
    found = releases(settings.data, settings.audience)
    for each in found:
        star = "*" if each["id"] == current else " "
        kind = "" if each["illustrative"] else ", without illustrative figures"
        audience = "for the public" if each["audience"] == PUBLIC else f"for {each['audience']} use"
        size = f"{each['rows']:,} figures {audience}{kind}"
        print(f"{star} {each['id']}  {each['created']}  {size}")
    if not found:
        print("No release yet: `python -m dashboard publish` makes one.")
    print_loads(settings.data)
    return 0


def print_figures(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print the released figures that match, as CSV, with the columns of the long table as they stand."""
    folder = open_release(settings)
    if folder is None:
        return 1
    wanted = read_wanted(folder / "declared", chosen)
    places = {COLUMNS.index(name): value for name, value in wanted.items()}
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(next(rows))
        writer.writerows(row for row in rows if all(row[place] == value for place, value in places.items()))
    return 0


def open_release(settings: Settings) -> Path | None:
    """The folder of the current release, with its mark told if it is internal; None if there is none."""
    from dashboard.shelf import ReleaseError, current_release

    try:
        folder = current_release(settings.data, settings.audience)
    except ReleaseError as problem:
        print(problem, file=sys.stderr)
        return None
    if settings.audience == INTERNAL:
        print(MARK, file=sys.stderr)
    return folder


def read_wanted(declared: Path, chosen: argparse.Namespace) -> dict[str, str]:
    """What each column must be for a figure to be printed.

    Raises `UsageError` for a word that nothing in the release is called, with the nearest that is.
    """
    allowed = {
        "indicator": tuple(load_indicators(declared)),
        "area": load_areas(declared).slugs,
        "basis": tuple(Basis),
        "source": tuple(load_sources(declared)),
    }
    wanted = {}
    for name, words in allowed.items():
        word = getattr(chosen, name, None)
        if word is not None and word not in words:
            near = nearest(word, words)
            told = f", nearest: {near}" if near else ""
            raise UsageError(f"--{name}: found {word!r}, expected one of {len(words)} known{told}")
        if word is not None:
            wanted[name] = str(word)
    for name in ("period", "from", "to"):
        if (text := getattr(chosen, name, None)) is not None:
            try:
                wanted[name] = parse(text).code
            except PeriodError as problem:
                raise UsageError(f"--{name}: {problem}") from None
    return wanted


def print_measured(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print a process chart or a funnel as JSON: its limits, its points, and whether it may have any."""
    from dashboard.measuring import MeasuringError
    from dashboard.printing import describe_asked
    from dashboard.store import load_store

    folder = open_release(settings)
    if folder is None:
        return 1
    wanted = read_wanted(folder / "declared", chosen)
    store = load_store(folder)
    statistics = store.indicators[chosen.indicator].statistics
    if chosen.statistic is not None and chosen.statistic not in statistics:
        raise UsageError(f"--statistic: found {chosen.statistic!r}, expected one of {', '.join(statistics)}")
    try:
        described = describe_asked(store, wanted | {"statistic": chosen.statistic}, funnel=chosen.funnel)
    except MeasuringError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(described, ensure_ascii=False, indent=2))
    return 0


def write_simulated(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write the illustrative figures as they are before protection, or whom they are about: nobody."""
    from dashboard.simulation import simulate

    data = settings.data
    if chosen.path is None and chosen.annex_a is None:
        raise UsageError("simulate: expected a CSV file to write, or --annex-a and a workbook")
    if chosen.annex_a is not None:
        write_made_up(data, chosen)
    if chosen.path is None:
        return 0
    simulated = simulate(
        load_indicators(data),
        load_characteristics(data),
        load_areas(data),
        load_populations(data),
        load_observations(data),
    )
    write_observations(simulated, chosen.path)
    print(f"Wrote {len(simulated):,} illustrative figures to {chosen.path}.")
    return 0


def write_made_up(data: Path, chosen: argparse.Namespace) -> None:
    """Write the made-up children as lists. Raises `UsageError` for a month that they do not reach."""
    from dashboard.simulation.annex_a import write_simulated_lists

    try:
        rows = write_simulated_lists(data, chosen.annex_a, parse(chosen.to))
    except ValueError as problem:  # a PeriodError is one
        raise UsageError(f"--to: {problem}") from None
    print(f"Wrote {rows:,} rows about made-up children to {chosen.annex_a}.")


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings where errors go."""
    for finding in findings:
        print(finding, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
