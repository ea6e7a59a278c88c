"""Making a release: checked, completed, protected, and written where nothing ever changes it again.

A release is a folder of its own under `data/releases/`. It is written beside the others under another name,
put in place whole, and only then does CURRENT, a file of one line, name it: a reader finds the old release
or the new one and never half of one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from dashboard.areas import load_areas
from dashboard.calculate import calculate
from dashboard.checks import run_checks
from dashboard.disclosure import Protected, Unprotected, load_policy, protect
from dashboard.findings import Finding, Level, has_errors
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.observations import load_observations, load_populations, write_observations
from dashboard.settings import AUDIENCES, PUBLIC
from dashboard.simulation import simulate
from dashboard.vocabulary import Status

#: What a release keeps of the data folder beside the figures: all that is needed to show them.
DECLARED = (
    "indicators",
    "pages",
    "commentary",
    "areas.csv",
    "statistical_neighbours.csv",
    "characteristics.toml",
    "sources.toml",
    "targets.csv",
    "disclosure.toml",
)

_CELL = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category"]
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
    *("keys.py", "figures.py", "calculate.py", "release.py", "disclosure", "simulation", "checks"),
)


class ReleaseError(RuntimeError):
    """Why no release was made; `findings` are the errors that the checks found."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__(message)


def publish(data: Path, *, illustrative: bool = True, audience: str = PUBLIC) -> str:
    """Make a release of a data folder and return its id; that of the current one if nothing has changed.

    Raises `ReleaseError` if the checks find an error, and whatever the loaders and `protect` raise.
    """
    if audience not in AUDIENCES:
        raise ReleaseError(f"found audience {audience!r}, expected {' or '.join(AUDIENCES)}")
    inputs = hash_inputs(data, illustrative=illustrative, audience=audience)
    current = read_manifest(data)
    if current.get("inputs") == inputs:
        return str(current["id"])
    findings = run_checks(data)
    if has_errors(findings):
        errors = [finding for finding in findings if finding.level is Level.ERROR]
        raise ReleaseError("nothing was published: the checks found errors", errors)
    protected = make_figures(data, illustrative=illustrative)
    told = {"audience": audience, "illustrative": illustrative, "inputs": inputs}
    return _put_in_place(data, protected, told)


def make_figures(data: Path, *, illustrative: bool = True) -> Protected:
    """All figures of a data folder: received, simulated where wanted, worked out, and protected."""
    catalogue, areas, populations = load_indicators(data), load_areas(data), load_populations(data)
    observations = load_observations(data)
    if illustrative:
        characteristics = load_characteristics(data)
        simulated = simulate(catalogue, characteristics, areas, populations, observations)
        observations = pd.concat([observations, simulated[list(observations.columns)]], ignore_index=True)
    else:
        observations = observations[observations["status"] != Status.ILLUSTRATIVE]
    completed = calculate(observations.reset_index(drop=True), catalogue, areas, populations)
    return protect(Unprotected(prefer_real(completed)), catalogue, areas, load_policy(data))


def prefer_real(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures without the illustrative ones of cells for which a real number is held."""
    illustrative = figures["status"] == Status.ILLUSTRATIVE
    cells = [figures[name] for name in _CELL]
    real = (figures["value"].notna() & ~illustrative).groupby(cells, sort=False).transform("any")
    return figures[~(illustrative & real)].reset_index(drop=True)


def current_release(data: Path) -> Path:
    """The folder of the release that CURRENT names. Raises `ReleaseError` if there is none."""
    pointer = data / "releases" / "CURRENT"
    if not pointer.exists():
        raise ReleaseError(f"no release yet in {data.name}/releases: run `python -m dashboard publish` first")
    return pointer.parent / pointer.read_text(encoding="utf-8").strip()


def releases(data: Path) -> list[dict[str, object]]:
    """The manifests of all releases, the newest first."""
    manifests = (data / "releases").glob("*/manifest.json")
    found = [json.loads(path.read_text(encoding="utf-8")) for path in manifests if path.parent.suffix == ""]
    return sorted(found, key=lambda told: (told["created"], len(told["id"]), told["id"]), reverse=True)


def read_manifest(data: Path) -> Mapping[str, object]:
    """The manifest of the current release; empty if there is none."""
    try:
        manifest: dict[str, object] = json.loads((current_release(data) / "manifest.json").read_text("utf-8"))
    except (ReleaseError, OSError, ValueError):
        return {}
    return manifest


def hash_inputs(data: Path, *, illustrative: bool, audience: str) -> str:
    """One text that differs whenever anything that a release is made from does."""
    digest = hashlib.sha256(f"{illustrative} {audience}".encode())
    _add_files(
        digest, data, (path for path in _files(data) if "releases" not in path.relative_to(data).parts)
    )
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


def _put_in_place(data: Path, protected: Protected, told: Mapping[str, object]) -> str:
    """Write a release beside the others, and make it the current one unless it says nothing new."""
    folder = data / "releases"
    folder.mkdir(exist_ok=True)
    draft = folder / f"draft-{os.getpid()}.tmp"
    try:
        content = _write_draft(data, draft, protected)
        current = read_manifest(data)
        alike = all(current.get(name) == told[name] for name in ("audience", "illustrative"))
        if current.get("hash") == content and alike:
            return str(current["id"])
        return _name_and_place(draft, folder, protected, {**told, "hash": content})
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_draft(data: Path, draft: Path, protected: Protected) -> str:
    """Write everything of a release but its manifest, and return the hash of it."""
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "declared").mkdir(parents=True)
    write_observations(protected.table, draft / "figures.csv")
    for name in DECLARED:
        if (data / name).is_dir():
            shutil.copytree(data / name, draft / "declared" / name)
        elif (data / name).exists():
            shutil.copyfile(data / name, draft / "declared" / name)
    digest = hashlib.sha256()
    _add_files(digest, draft, _files(draft))
    return digest.hexdigest()


def _name_and_place(draft: Path, folder: Path, protected: Protected, told: Mapping[str, object]) -> str:
    """Give a draft its manifest and the next free id of the day, and point CURRENT at it."""
    table, now = protected.table, datetime.now(UTC)
    taken = {path.name for path in folder.iterdir()}
    name = next(each for n in range(1, 10_000) if (each := f"{now.date()}-{n}") not in taken)
    manifest = {
        "id": name,
        "created": now.isoformat(timespec="seconds"),
        **told,
        "sources": sorted(table["source"].unique()),
        "rows": len(table),
        "hidden": protected.hidden,
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in (*_files(draft), *(path for path in draft.rglob("*") if path.is_dir()), draft):
        _sync(path)
    draft.rename(folder / name)
    pointer = folder / f"CURRENT-{os.getpid()}.tmp"
    pointer.write_text(f"{name}\n", encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, folder / "CURRENT")
    _sync(folder)
    return name


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk, so that a power cut cannot leave half a release."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
