"""Making a release: checked, completed, protected, and written where nothing ever changes it again.

A release is a folder of its own under `data/releases/`, where each audience has its own folder. It is written
beside the others under another name, put in place whole, and only then does CURRENT, a file of one line,
name it: a reader finds the old release or the new one and never half of one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from dashboard.areas import load_areas
from dashboard.audiences import (
    AUDIENCES,
    INTERNAL,
    PUBLIC,
    name_release,
    releases_of,
)
from dashboard.audits import Audits
from dashboard.calculate import calculate
from dashboard.checks import run_checks
from dashboard.disclosure import Protected, Unprotected, load_policy, protect
from dashboard.findings import Level, has_errors
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.loads import LOADS, SOURCE, find_load, list_files, list_in_force
from dashboard.locking import LOCK, hold_lock
from dashboard.observations import load_observations, load_populations, write_observations
from dashboard.shelf import ReleaseError, point_at, read_manifest, sync
from dashboard.simulation import simulate
from dashboard.vocabulary import CELL, Status

#: What a release keeps of the data folder beside the figures: all that is needed to show them.
DECLARED = (
    "indicators",
    "pages",
    "commentary",
    "areas.csv",
    "outlines.csv",
    "statistical_neighbours.csv",
    "characteristics.toml",
    "sources.toml",
    "targets.csv",
    "acts.csv",
    "disclosure.toml",
)

#: What a release is made from lies beside these: what was made before, and loads, of which some are in force.
_MADE = {"releases", "audits", LOADS, LOCK}
_CODE = Path(__file__).parent
#: The modules and packages that decide what is in a release: when one changes, it is made anew.
_MAKERS = (
    *(
        "vocabulary.py",
        "periods.py",
        "areas.py",
        "indicators.py",
        "catalogue.py",
        "observations.py",
        "populations.py",
    ),
    *(
        "loads.py",
        "keys.py",
        "figures.py",
        "calculate.py",
        "release.py",
        "disclosure",
        "simulation",
        "checks",
    ),
)


@dataclass(frozen=True, eq=False)
class Internal:
    """Figures as they are, small numbers included: only a release for the internal audience takes them."""

    table: pd.DataFrame
    hidden: int = 0


def publish(data: Path, *, illustrative: bool = True, audience: str = PUBLIC) -> str:
    """Make a release of a data folder and return its id; that of the current one if nothing has changed.

    Raises `ReleaseError` if the checks find an error, and whatever the loaders and `protect` raise.
    """
    if audience not in AUDIENCES:
        raise ReleaseError(f"found audience {audience!r}, expected {' or '.join(AUDIENCES)}")
    with hold_lock(data):
        return _publish(data, illustrative, audience)


def _publish(data: Path, illustrative: bool, audience: str) -> str:
    inputs = hash_inputs(data, illustrative=illustrative, audience=audience)
    current, kept = read_manifest(data, audience), Audits(data, audience)
    if current and kept.inputs_of(str(current["id"])) == inputs:
        return str(current["id"])
    findings = run_checks(data)
    if has_errors(findings):
        errors = [finding for finding in findings if finding.level is Level.ERROR]
        raise ReleaseError("nothing was published: the checks found errors", errors)
    complete = make_figures(data, illustrative=illustrative)
    told = {"audience": audience, "illustrative": illustrative, "loads": list(list_in_force(data))}
    name = _put_in_place(data, prepare(complete, data, audience), told)
    kept.keep_inputs(name, inputs)
    return name


def prepare(figures: Unprotected, data: Path, audience: str) -> Protected | Internal:
    """Figures as an audience may see them: protected, unless it is said in full that they are internal."""
    if audience == INTERNAL:
        return Internal(figures.raw)
    kept = Audits(data)
    memory = kept.read_memory()
    protected = protect(
        figures,
        load_indicators(data),
        load_areas(data),
        load_policy(data),
        load_characteristics(data),
        earlier=kept.read_ledger(),
        before=kept.read_proof(str(read_manifest(data).get("id", ""))),
        memory=memory,
    )
    kept.write_memory(memory)
    return protected


def make_figures(data: Path, *, illustrative: bool = True) -> Unprotected:
    """All figures of a data folder: received, simulated where wanted, and worked out."""
    catalogue, areas, populations = load_indicators(data), load_areas(data), load_populations(data)
    observations = load_observations(data)
    if illustrative:
        characteristics = load_characteristics(data)
        simulated = simulate(catalogue, characteristics, areas, populations, observations)
        observations = _add(observations, simulated[list(observations.columns)])
    else:
        observations = observations[observations["status"] != Status.ILLUSTRATIVE]
    completed = calculate(observations.reset_index(drop=True), catalogue, areas, populations)
    return Unprotected(prefer_real(completed))


def _add(observations: pd.DataFrame, simulated: pd.DataFrame) -> pd.DataFrame:
    """Figures with the simulated ones of cells that hold no made-up figure yet."""
    held = observations[observations["status"] == Status.ILLUSTRATIVE]
    known = pd.MultiIndex.from_frame(simulated[CELL]).isin(pd.MultiIndex.from_frame(held[CELL]))
    return pd.concat([observations, simulated[~known]], ignore_index=True)


def prefer_real(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures without the illustrative ones of cells for which a real number is held."""
    illustrative = figures["status"] == Status.ILLUSTRATIVE
    cells = [figures[name] for name in CELL]
    real = (figures["value"].notna() & ~illustrative).groupby(cells, sort=False).transform("any")
    return figures[~(illustrative & real)].reset_index(drop=True)


def hash_inputs(data: Path, *, illustrative: bool, audience: str) -> str:
    """One text that differs whenever anything that a release is made from does."""
    loads = list_in_force(data)
    digest = hashlib.sha256(f"{illustrative} {audience} {' '.join(loads)}".encode())
    given = (path for path in _files(data) if path.relative_to(data).parts[0] not in _MADE)
    loaded = (path for name in loads for path in _files(find_load(data, name)))
    _add_files(digest, data, (*given, *loaded))
    code = [path for name in _MAKERS for path in _files(_CODE / name) if path.suffix == ".py"]
    _add_files(digest, _CODE, code)
    return digest.hexdigest()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for path in sorted(place.rglob("*")):
        if path.is_file():
            yield path


def _add_files(digest: "hashlib._Hash", root: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        digest.update(f"\n{path.relative_to(root).as_posix()}\n".encode())
        digest.update(path.read_bytes())


def _put_in_place(data: Path, figures: Protected | Internal, told: Mapping[str, object]) -> str:
    """Write a release beside the others, and make it the current one unless it says nothing new."""
    audience = str(told["audience"])
    folder = _open_folder(data, audience)
    draft = folder / f"draft-{os.getpid()}.tmp"
    try:
        content = _write_draft(data, draft, figures, audience)
        current = read_manifest(data, audience)
        alike = all(current.get(name) == told[name] for name in ("audience", "illustrative"))
        if current.get("hash") == content and alike:
            return str(current["id"])
        return _name_and_place(data, draft, figures, {**told, "hash": content})
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_folder(data: Path, audience: str) -> Path:
    """The folder of an audience's releases, without what a process that died has left in it."""
    folder = releases_of(data, audience)
    folder.mkdir(parents=True, exist_ok=True)
    if audience == INTERNAL:
        folder.chmod(0o750)  # nobody else on the machine may read small numbers
    for draft in folder.glob("draft-*.tmp"):
        number = draft.stem.removeprefix("draft-")
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks only; nothing is sent
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _write_figures(figures: Protected | Internal, audience: str, path: Path) -> None:
    """Write figures for an audience. Raises `ReleaseError` if they were not made ready for it."""
    ready = Internal if audience == INTERNAL else Protected
    if type(figures) is not ready:
        raise ReleaseError(
            f"found {type(figures).__name__} figures for {audience}, expected {ready.__name__}"
        )
    write_observations(figures.table, path)


def _write_draft(data: Path, draft: Path, figures: Protected | Internal, audience: str) -> str:
    """Write everything of a release but its manifest, and return the hash of it."""
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "declared").mkdir(parents=True)
    _write_figures(figures, audience, draft / "figures.csv")
    for name in DECLARED:
        if (data / name).is_dir():
            shutil.copytree(data / name, draft / "declared" / name)
        elif (data / name).exists():
            shutil.copyfile(data / name, draft / "declared" / name)
    with (draft / "declared" / "sources.toml").open("a", encoding="utf-8") as file:
        file.writelines("\n" + path.read_text(encoding="utf-8") for path in list_files(data, SOURCE))
    if isinstance(figures, Protected):
        design = {"tables": [asdict(table) for table in figures.design]}
        (draft / "declared" / "design.json").write_text(json.dumps(design, indent=1) + "\n", encoding="utf-8")
    digest = hashlib.sha256()
    _add_files(digest, draft, _files(draft))
    return digest.hexdigest()


def _name_and_place(
    data: Path, draft: Path, figures: Protected | Internal, told: Mapping[str, object]
) -> str:
    """Give a draft its manifest and the next free id of the day, and point CURRENT at it."""
    table, now = figures.table, datetime.now(UTC)
    folder = releases_of(data, str(told["audience"]))
    taken = {path.name for path in folder.iterdir()}
    ids = (name_release(str(told["audience"]), f"{now.date()}", n) for n in range(1, 10_000))
    name = next(each for each in ids if each not in taken)
    manifest = {
        "id": name,
        "created": now.isoformat(timespec="seconds"),
        **told,
        "sources": sorted(table["source"].unique()),
        "rows": len(table),
        "hidden": figures.hidden,
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in (*_files(draft), *(path for path in draft.rglob("*") if path.is_dir()), draft):
        sync(path)
    if isinstance(figures, Protected):  # before anybody can see the release
        Audits(data).keep(name, figures, str(told["hash"]), now)
    draft.rename(folder / name)
    point_at(folder, name)
    return name
