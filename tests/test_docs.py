"""The documents say what there is: every command and setting, and nothing that is not there."""

import argparse
import re
import subprocess
from pathlib import Path

import pytest

from dashboard.__main__ import build_parser

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def read_all() -> str:
    return "\n".join(document.read_text() for document in DOCUMENTS)


def read_programs() -> str:
    return "\n".join(path.read_text() for path in [*(ROOT / "dashboard").rglob("*.py"), *ROOT.glob("*.py")])


def list_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M))


def list_commands() -> dict[str, set[str]]:
    """The options of each command."""
    inner = next(each for each in build_parser()._actions if isinstance(each, argparse._SubParsersAction))
    return {
        name: {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
        for name, parser in inner.choices.items()
    }


def name_anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY_DOCUMENT
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if link.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in name_anchors(target)):
            broken.append(link)
    assert broken == []


@EVERY_DOCUMENT
def test_files_that_are_named_are_there(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.S)
    named = re.findall(r"`((?:dashboard|data|docs|tests|bench|assets)/[\w./-]+\.\w+)`", text)
    made_elsewhere = ("data/releases/", "assets/vendor/")
    assert [
        name for name in named if not name.startswith(made_elsewhere) and not (ROOT / name).exists()
    ] == []


@EVERY_DOCUMENT
def test_every_block_of_code_says_what_it_is(document: Path) -> None:
    fences = re.findall(r"^```(.*)$", document.read_text(), re.M)
    assert len(fences) % 2 == 0
    assert [number for number, words in enumerate(fences[::2], 1) if not words] == []


def test_every_target_of_make_is_explained() -> None:
    text = read_all()
    assert {name for name in list_targets() if f"make {name}" not in text} == set()


def test_only_targets_that_exist_are_named() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", read_all(), re.M))
    assert named <= list_targets()


def test_the_menu_lists_every_target() -> None:
    menu = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", menu, re.M)) == list_targets()
    assert list_targets() >= {"serve", "test", "check", "publish", "bench", "lock"}


def test_every_command_is_explained_and_only_those() -> None:
    text = read_all()
    named = set(re.findall(r"python -m dashboard ([a-z-]+)", text))
    assert named == set(list_commands())


def test_every_option_of_a_command_is_explained() -> None:
    text = read_all()
    options = {option for each in list_commands().values() for option in each}
    assert {option for option in options if option not in text} == set()


def test_every_setting_is_explained_and_only_those() -> None:
    served = re.findall(r"environ\.get\(['\"]([A-Z_]+)['\"]", (ROOT / "gunicorn.conf.py").read_text())
    used = set(re.findall(r"\bDASHBOARD_[A-Z_]+\b", read_programs())) | set(served)
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "deploying.md").read_text(), re.M))
    assert explained == used
