"""What the page of loads and releases does: it asks the command line, as an analyst would.

The figures themselves never come into the server: each step is a process of its own, which reads the files,
says what it found as JSON, and ends. Files that are looked at lie in a folder that nobody else on the machine
may read, until they are loaded or put aside, an hour at most.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from dashboard.audiences import AUDIENCES
from dashboard.locking import BusyError, hold_lock
from dashboard.sources import is_date

#: The most that is taken at once, in bytes: a year of child-level lists is about a tenth of it.
MAX_UPLOAD_BYTES = 32 * 1024 * 1024
#: What may be uploaded, by the command's word for it, in words.
KINDS = {
    "board-dataset": "The board dataset (.xlsx, .txt, .csv)",
    "annex-a": "Child-level lists of Annex A (.xlsx, and the districts as .csv)",
    "dfe": "A file of the Department for Education (.csv)",
    "tidy": "This product’s own columns (.csv)",
}
SUFFIXES = (".xlsx", ".csv", ".txt")
_MOST_FILES = 8
_PATIENCE = 120  # seconds that a file may take to be read
_KEPT_FOR = 3600  # seconds that a file which nobody loaded is kept
_ROOT = Path(__file__).parents[2]
_STAGES = Path(tempfile.gettempdir()) / f"dashboard-staged-{os.getuid()}"


class UploadError(ValueError):
    """Why an upload was not taken; the message says what would be."""


@dataclass(frozen=True)
class Stage:
    """Files that are looked at: what they are said to be, from when, and who put them there."""

    name: str
    kind: str
    published_on: str
    by: str

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return _STAGES / self.name

    @property
    def files(self) -> list[Path]:
        """The files, by name."""
        return sorted(self.folder.glob("files/*"))


def stage_files(files: Sequence[FileStorage], kind: str, published_on: str, by: str) -> Stage:
    """Put uploaded files aside to be looked at. Raises `UploadError` for what is no such file."""
    sweep_stages()
    named = [(secure_filename(each.filename or ""), each) for each in files if each.filename]
    if kind not in KINDS:
        raise UploadError("Choose what kind of file it is.")
    if not named:
        raise UploadError("Choose a file.")
    if published_on and not is_date(published_on):
        raise UploadError("The day is written as 2026-04-30.")
    if len(named) > _MOST_FILES or len({name for name, _ in named}) < len(named):
        raise UploadError(f"At most {_MOST_FILES} files at once, each with a name of its own.")
    if wrong := [name for name, _ in named if Path(name).suffix.lower() not in SUFFIXES]:
        raise UploadError(f"{wrong[0] or 'A file without a name'} is none of {', '.join(SUFFIXES)}.")
    stage = Stage(secrets.token_urlsafe(16), kind, published_on, by)
    (stage.folder / "files").mkdir(parents=True, mode=0o700)
    _STAGES.chmod(0o700)
    for name, each in named:
        each.save(stage.folder / "files" / name)
    told = {"kind": kind, "published_on": published_on, "by": by}
    (stage.folder / "stage.json").write_text(json.dumps(told), encoding="utf-8")
    return stage


def find_stage(name: str) -> Stage | None:
    """Files that were put aside, by the name that was given them; None if there are none any more."""
    path = _STAGES / secure_filename(name) / "stage.json"
    if not name or secure_filename(name) != name or not path.exists():
        return None
    return Stage(name, **json.loads(path.read_text(encoding="utf-8")))


def drop_stage(stage: Stage) -> None:
    """Remove what was put aside."""
    shutil.rmtree(stage.folder, ignore_errors=True)


def sweep_stages() -> None:
    """Remove what nobody has loaded within the hour."""
    for folder in _STAGES.glob("*"):
        if time.time() - folder.stat().st_mtime > _KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)


# --- the command line -------------------------------------------------------------------------------


def look_at(data: Path, stage: Stage) -> Mapping[str, Any]:
    """What the files hold and what loading them would do. Raises `UploadError` if that cannot be told."""
    said = _run(data, *_import(stage), "--dry-run", "--json")
    return _read(said)


def answer(data: Path, stage: Stage, answers: Mapping[str, str]) -> None:
    """Remember answers. Raises `UploadError` for one that is no choice."""
    given = [f"--answer={key}={choice}" for key, choice in answers.items()]
    _read(_run(data, *_import(stage), "--dry-run", "--json", *given))


def load(data: Path, stage: Stage) -> None:
    """Load the files. Raises `UploadError` if they were refused."""
    said = _run(data, *_import(stage), "--json")
    if said.returncode:
        raise UploadError(_last_line(said.stderr))
    drop_stage(stage)


def go_back(data: Path, release: str, audience: str) -> None:
    """Go back to an earlier release. Raises `UploadError` if there is none of that id."""
    said = _run(data, "rollback", "--", release, audience=audience)
    if said.returncode:
        raise UploadError(_last_line(said.stderr))


def start_publishing(data: Path) -> None:
    """Begin to publish for every audience that has releases; it goes on when this process ends."""
    log = data / "releases" / "publishing.log"
    log.parent.mkdir(exist_ok=True)
    wanted = [each for each in AUDIENCES if (data / "releases" / each / "CURRENT").exists()]
    program = (
        "import os, subprocess, sys\n"
        "for audience in sys.argv[1:]:\n"
        "    settings = {**os.environ, 'DASHBOARD_AUDIENCE': audience}\n"
        "    subprocess.run([sys.executable, '-m', 'dashboard', 'publish'], env=settings)\n"
    )
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", program, *wanted],
        _environment(data) | {"PYTHONPATH": str(_ROOT)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, log, writing, 0o640), (os.POSIX_SPAWN_DUP2, 1, 2)],
        setsid=True,
    )


def is_busy(data: Path) -> bool:
    """Whether somebody is loading or publishing just now."""
    try:
        with hold_lock(data, wait=False):
            return False
    except BusyError:
        return True


def read_log(data: Path) -> list[str]:
    """What the last publishing from the page said."""
    path = data / "releases" / "publishing.log"
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def _import(stage: Stage) -> Iterator[str]:
    yield from ("import", stage.kind, *map(str, stage.files), f"--by={stage.by}")
    if stage.published_on:
        yield f"--published-on={stage.published_on}"


def _run(data: Path, *words: str, audience: str = "") -> subprocess.CompletedProcess[str]:
    """One command of the dashboard's own. Raises `UploadError` if it takes too long."""
    named = {"DASHBOARD_AUDIENCE": audience} if audience else {}
    try:
        return subprocess.run(  # noqa: S603 - this program itself, without a shell
            [sys.executable, "-m", "dashboard", *words],
            capture_output=True,
            text=True,
            env=_environment(data) | named,
            cwd=_ROOT,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UploadError(f"Reading takes more than {_PATIENCE} seconds: use the command line.") from None


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DASHBOARD_DATA": str(data.resolve()), "PYTHONIOENCODING": "utf-8"}


def _read(said: subprocess.CompletedProcess[str]) -> Mapping[str, Any]:
    try:
        told: Mapping[str, Any] = json.loads(said.stdout)
    except ValueError:
        raise UploadError(_last_line(said.stderr)) from None
    return told


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "It could not be done, and nothing says why. Nothing was changed."
