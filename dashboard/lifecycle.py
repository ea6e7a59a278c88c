"""The commands by which figures come in and go out again: `import`, `rollback` and `diff`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from dashboard.importing import Change, Effect, Preview, RefusedError, load, preview
from dashboard.loads import list_in_force, list_loads
from dashboard.settings import Settings

_MOST = 200  # differences between two releases that are printed one by one, where not all are wanted


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands to those of the command line."""
    bringing = commands.add_parser("import", help="bring in figures from files: all of them or none")
    bringing.add_argument(
        "kind", metavar="KIND", help="what kind of files: `import KIND --help` is not needed"
    )
    bringing.add_argument("files", metavar="FILE", type=Path, nargs="+")
    bringing.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    bringing.add_argument("--published-on", metavar="DAY", default="", help="2026-04-30; today if left out")
    bringing.add_argument(
        "--by", metavar="NAME", default="", help="who loads them; who is signed in, if left out"
    )
    bringing.add_argument(
        "--answer",
        metavar="KEY=CHOICE",
        action="append",
        default=[],
        help="answer a question that the files ask; it is remembered",
    )
    bringing.add_argument("--json", action="store_true", help="for a program: what was found as JSON")
    bringing.set_defaults(run=import_files)
    back = commands.add_parser(
        "rollback", help="make an earlier release, with its loads, the current one again"
    )
    back.add_argument("release", metavar="ID")
    back.set_defaults(run=roll_back_release)
    comparing = commands.add_parser("diff", help="print what one release says otherwise than another")
    comparing.add_argument("one", metavar="A")
    comparing.add_argument("other", metavar="B")
    comparing.add_argument("--all", action="store_true", help=f"print all, where there are more than {_MOST}")
    comparing.set_defaults(run=diff_releases)


def import_files(settings: Settings, chosen: argparse.Namespace) -> int:
    """Read files, say all that is odd and all that would change, and load them. 1 if nothing was loaded."""
    from dashboard.decisions import DecisionError, remember

    def tell(words: str) -> None:
        print(f"{words} …", file=sys.stderr)

    def look() -> Preview:
        return preview(settings.data, chosen.kind, chosen.files, published_on=chosen.published_on, tell=tell)

    try:
        found = look()
        if answers := dict(_read_answer(each) for each in chosen.answer):
            remember(settings.data, chosen.kind, found.reading.questions, answers, chosen.by)
            found = look()
        if chosen.json:
            print(json.dumps(describe_preview(found), ensure_ascii=False))
        else:
            print_preview(found, every=chosen.dry_run)
        if chosen.dry_run:
            print("Dry run: nothing was loaded.", file=sys.stderr if chosen.json else sys.stdout)
            return int(found.is_refused)
        kept = load(settings.data, found, by=chosen.by)
    except (RefusedError, DecisionError) as problem:
        print(problem, file=sys.stderr)
        return 1
    if chosen.json:
        return 0
    print(f"Loaded {kept.id}: {kept.added:,} new, {kept.changed:,} changed, {found.same:,} held already.")
    print("`python -m dashboard publish` makes a release of it; `rollback` goes back to an earlier one.")
    return 0


def _read_answer(text: str) -> tuple[str, str]:
    key, _, choice = text.rpartition("=")
    return key.strip(), choice.strip()


def print_preview(found: Preview, *, every: bool) -> None:
    """Print findings, questions and changes, and how much was read. New figures one by one if `every`."""
    for finding in found.findings:
        print(finding, file=sys.stderr)
    for question in found.reading.questions:
        print(f"decide: {question.asked}", file=sys.stderr)
        for choice, meaning in question.choices.items():
            print(f'  --answer "{question.key}={choice}"  {meaning}', file=sys.stderr)
    for change in found.changes:
        if change.effect is not Effect.NEW or every:
            print(f"{change.effect}: {', '.join(filter(None, change.cell))}: {_say_change(change)}")
    if not every:
        print_groups([each.cell for each in found.changes if each.effect is Effect.NEW])
    print(found.reading.closing_line)


def describe_preview(found: Preview) -> dict[str, Any]:
    """What files hold and what loading them would do, for a program."""
    return {
        "refused": found.is_refused,
        "closing": found.reading.closing_line,
        "same": found.same,
        "findings": [asdict(each) for each in found.findings],
        "questions": [
            {"key": each.key, "asked": each.asked, "choices": dict(each.choices)}
            for each in found.reading.questions
        ],
        "changes": [asdict(each) for each in found.changes],
    }


def _say_change(change: Change) -> str:
    if change.effect is Effect.NEW:
        return change.now
    told = {
        Effect.CHANGED: "revised",
        Effect.OLDER: "what is held stays",
        Effect.FULLER: "the same number",
    }
    return f"{change.was} → {change.now} ({told[change.effect]})"


def print_groups(cells: Sequence[tuple[str, ...]]) -> None:
    """Print a line for each indicator with new figures: how many, and from when to when."""
    for indicator, same in groupby(sorted(cells), key=lambda cell: cell[0]):
        periods = [cell[4] for cell in same]
        print(f"new: {indicator}: {len(periods):,}, {min(periods)} to {max(periods)}")


def print_loads(data: Path) -> None:
    """Print one line for each load that is kept, the newest first, with a star where its figures count."""
    in_force = list_in_force(data)
    for each in reversed(list_loads(data)):
        star = "*" if each.id in in_force else " "
        files = ", ".join(file.name for file in each.files)
        told = f"{each.kind}: {files}, {each.added:,} new, {each.changed:,} changed, by {each.by}"
        print(f"{star} {each.id}  {each.made}  {told}")


def roll_back_release(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make an earlier release the current one. 1 if there is no such release."""
    from dashboard.shelf import ReleaseError, roll_back

    try:
        roll_back(settings.data, chosen.release, settings.audience)
    except ReleaseError as problem:
        print(problem, file=sys.stderr)
        return 1
    loads = list_in_force(settings.data)
    told = f"with {len(loads)} load{'' if len(loads) == 1 else 's'} in force" if loads else "without any load"
    print(f"The current release is {chosen.release}, {told}. A running server shows it within a second.")
    return 0


def diff_releases(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print every figure that two releases give differently. 1 if there is no such release."""
    from dashboard.differing import UnknownRelease, compare_releases

    try:
        found = compare_releases(settings.data, chosen.one, chosen.other, settings.audience)
    except UnknownRelease as problem:
        print(problem, file=sys.stderr)
        return 1
    shown = found if chosen.all else found[:_MOST]
    for each in shown:
        ends = " → ".join(filter(None, (each.was, each.now)))
        print(f"{each.sort}: {', '.join(filter(None, each.cell))}: {ends}")
    if len(shown) < len(found):
        print(f"… and {len(found) - len(shown):,} more: `--all` prints them.")
    print(_count(each.sort for each in found))
    return 0


def _count(sorts: Iterable[str]) -> str:
    counted = Counter(sorts)
    told = ", ".join(f"{count:,} {sort}" for sort, count in counted.items())
    return f"{told}." if told else "They say the same."
