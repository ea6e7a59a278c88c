"""What may stand in the repository: nothing of one machine, nothing from elsewhere, nothing heavy."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
HEAVIEST = 1_000_000  # bytes
#: Files that may be heavier, each with its reason.
HEAVIER: dict[str, str] = {}


def read_tracked() -> dict[str, bytes]:
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    files = ((name, ROOT / name) for name in names.split("\0") if name)
    return {name: path.read_bytes() for name, path in files if path.is_file()}


@pytest.fixture(scope="module")
def tracked() -> dict[str, bytes]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is tracked is not known")
    return read_tracked()


@pytest.fixture(scope="module")
def texts(tracked: dict[str, bytes]) -> dict[str, str]:
    return {name: raw.decode("utf-8") for name, raw in tracked.items() if b"\0" not in raw}


def find_lines(texts: dict[str, str], pattern: str) -> list[str]:
    """`file:line: text` of every line that matches, but for this file, which holds the patterns."""
    sought = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        if name != "tests/test_repository.py"
        for number, line in enumerate(text.splitlines(), 1)
        if sought.search(line)
    ]


def test_no_file_names_a_folder_of_somebodys_machine(texts: dict[str, str]) -> None:
    assert find_lines(texts, r"(?<![\w.-])/(work|home|root|tmp|Users|mnt)/[\w.]|[A-Z]:\\Users") == []


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    hosts = r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com|deb\.debian\.org|files\.python"
    assert find_lines(texts, hosts) == []


def test_nothing_is_loaded_from_somebody_elses_server(texts: dict[str, str]) -> None:
    hosts = r"cdn\.|jsdelivr|unpkg\.com|cdnjs|googleapis|gstatic|bootstrapcdn|cdn-apple|plot\.ly"
    assert find_lines(texts, hosts) == []


def test_no_file_is_heavy(tracked: dict[str, bytes]) -> None:
    heavy = {name: len(raw) for name, raw in tracked.items() if len(raw) > HEAVIEST and name not in HEAVIER}
    assert heavy == {}


def test_nothing_that_is_made_or_fetched_is_tracked(tracked: dict[str, bytes]) -> None:
    made = re.compile(
        r"(^|/)(\.venv|node_modules|__pycache__|\.browser|assets/vendor|data/releases)(/|$)|\.pyc$"
    )
    assert [name for name in tracked if made.search(name)] == []


def test_text_ends_with_one_line_end_and_has_no_carriage_returns(texts: dict[str, str]) -> None:
    wrong = [name for name, text in texts.items() if text and (not text.endswith("\n") or "\r" in text)]
    assert wrong == []


# --- the lock ------------------------------------------------------------------------------------


def read_lock(name: str) -> dict[str, list[str]]:
    """The versions pinned for each package (several where they differ by Python version)."""
    pinned: dict[str, list[str]] = {}
    for match in re.finditer(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", (ROOT / name).read_text(), re.M):
        pinned.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return pinned


def read_asked(extra: str | None = None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_nothing_of_where_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--\w*index\w*|--find-links|--trusted-host)\b", text, re.M)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_in_a_lock_is_pinned_by_hash(name: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.M)[1:]
    assert len(blocks) > 20
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("name", "extra"), [("requirements.lock", None), ("requirements-dev.lock", "dev")])
def test_a_lock_agrees_with_what_the_project_asks_for(name: str, extra: str | None) -> None:
    pinned = read_lock(name)
    wrong = [
        f"{asked}: locked at {pinned.get(canonicalize_name(asked.name))}"
        for asked in read_asked(extra)
        if not any(asked.specifier.contains(v) for v in pinned.get(canonicalize_name(asked.name), []))
    ]
    assert wrong == [], "run `make lock`"


def test_tests_run_on_the_very_packages_that_are_served() -> None:
    served, tested = (read_lock(name) for name in LOCKS)
    assert {name: tested.get(name) for name in served} == served
