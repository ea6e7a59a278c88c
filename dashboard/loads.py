"""What has been brought in: every load is kept as it was, and one file says which are in force.

`data/loads/<id>/` holds `load.json` (who, when, from which files), `figures.csv` and `source.toml`. A load
never changes. `data/loads/IN_FORCE` names those whose figures count, a line each, in the order in which they
came; it is replaced in one step, so that a process which dies leaves the old state or the new one.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

#: The folder of the loads in a data folder, and what says which of them count.
LOADS, IN_FORCE = "loads", "IN_FORCE"
FIGURES, SOURCE, STORY = "figures.csv", "source.toml", "load.json"


class LoadError(ValueError):
    """A load that is not there or not whole; the message says which, and what to do."""


@dataclass(frozen=True)
class LoadedFile:
    """A file that was read: its name, how long it was in bytes, and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Load:
    """One load: what was read by whom and when (UTC), and what came of it.

    `by` is what the operating system or the sign-in calls the person who loaded it. It is shown to nobody
    but the council's own staff.
    """

    id: str
    kind: str
    made: str  # "2026-04-30T10:15:00+00:00"
    by: str
    published_on: str
    files: tuple[LoadedFile, ...]
    counted: str  # "32 measures, 358 values"
    added: int  # figures of which none was held
    changed: int  # figures that were held with another number


def find_load(data: Path, name: str) -> Path:
    """The folder of a load."""
    return data / LOADS / name


def list_in_force(data: Path) -> tuple[str, ...]:
    """The ids of the loads whose figures count, the oldest first. Raises `LoadError` if one is not there."""
    path = data / LOADS / IN_FORCE
    if not path.exists():
        return ()
    names = tuple(path.read_text(encoding="utf-8").split())
    for name in names:
        if Path(name).name != name or not (find_load(data, name) / STORY).exists():
            raise LoadError(
                f"{LOADS}/{IN_FORCE}: found {name!r}, expected the id of a load beside it. Put its folder "
                "back, or take its line out."
            )
    return names


def list_files(data: Path, name: str) -> Iterable[Path]:
    """A file of every load in force that has it."""
    paths = (find_load(data, each) / name for each in list_in_force(data))
    return [path for path in paths if path.exists()]


def read_load(data: Path, name: str) -> Load:
    """What is told of a load. Raises `LoadError` if there is no such load."""
    try:
        told = json.loads((find_load(data, name) / STORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise LoadError(f"there is no load {name!r}; `python -m dashboard releases` lists them") from None
    return Load(**{**told, "files": tuple(LoadedFile(**each) for each in told["files"])})


def list_loads(data: Path) -> tuple[Load, ...]:
    """Every load that is kept, in force or not, the oldest first."""
    found = (path.parent.name for path in (data / LOADS).glob(f"*/{STORY}") if not path.parent.suffix)
    return tuple(sorted((read_load(data, name) for name in found), key=lambda load: (load.made, load.id)))


def name_load(data: Path, day: str) -> str:
    """The next free id of a day: "load-2026-04-30-1"."""
    taken = {path.name for path in (data / LOADS).glob("*")}
    return next(name for n in range(1, 100_000) if (name := f"load-{day}-{n}") not in taken)


def keep_load(data: Path, load: Load, write: Mapping[str, Callable[[Path], None]]) -> None:
    """Keep a load beside the others, whole, and put it in force. `write` writes each of its other files."""
    folder = data / LOADS
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    draft = folder / f"{load.id}-{os.getpid()}.tmp"
    draft.mkdir()
    try:
        for name, put in write.items():
            put(draft / name)
        story = json.dumps(asdict(load), indent=2, ensure_ascii=False)
        (draft / STORY).write_text(f"{story}\n", encoding="utf-8")
        for path in (*sorted(draft.iterdir()), draft):
            _sync(path)
        draft.rename(folder / load.id)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    put_in_force(data, (*list_in_force(data), load.id))


def put_in_force(data: Path, names: Iterable[str]) -> None:
    """Say which loads count from now on, in one step."""
    folder = data / LOADS
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{IN_FORCE}-{os.getpid()}.tmp"
    draft.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    _sync(draft)
    os.replace(draft, folder / IN_FORCE)
    _sync(folder)


def _sweep(folder: Path) -> None:
    """Remove what a process that died has left. Only one process at a time brings figures in."""
    for path in folder.glob("*.tmp"):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
