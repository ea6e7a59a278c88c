"""The releases that are there, which of them is current, and going back to an earlier one."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from dashboard.audiences import PUBLIC, how_to_publish, read_current, releases_of
from dashboard.findings import Finding
from dashboard.loads import put_in_force
from dashboard.locking import hold_lock


class ReleaseError(RuntimeError):
    """Why no release was made; `findings` are the errors that the checks found."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__(message)


def current_release(data: Path, audience: str = PUBLIC) -> Path:
    """The folder of the release that an audience's CURRENT names. Raises `ReleaseError` if there is none."""
    folder = releases_of(data, audience)
    if not (folder / "CURRENT").exists():
        raise ReleaseError(f"no release yet in {data.name}/releases/{audience}: {how_to_publish(audience)}")
    return folder / read_current(folder)


def releases(data: Path, audience: str = PUBLIC) -> list[dict[str, object]]:
    """The manifests of all releases for an audience, the newest first."""
    manifests = releases_of(data, audience).glob("*/manifest.json")
    found = [json.loads(path.read_text(encoding="utf-8")) for path in manifests if path.parent.suffix == ""]
    return sorted(found, key=lambda told: (told["created"], len(told["id"]), told["id"]), reverse=True)


def read_manifest(data: Path, audience: str = PUBLIC) -> Mapping[str, object]:
    """The manifest of an audience's current release; empty if there is none."""
    try:
        path = current_release(data, audience) / "manifest.json"
        manifest: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    except (ReleaseError, OSError, ValueError):
        return {}
    return manifest


def roll_back(data: Path, name: str, audience: str = PUBLIC) -> None:
    """Make an earlier release the current one, and put in force the loads that it was made with.

    Raises `ReleaseError` if the audience has no such release.
    """
    manifest = next((each for each in releases(data, audience) if each["id"] == name), None)
    if manifest is None:
        raise ReleaseError(
            f"found {name!r}, expected the id of a release: `python -m dashboard releases` lists them"
        )
    with hold_lock(data):
        loads = manifest.get("loads", [])
        put_in_force(data, loads if isinstance(loads, list) else [])
        point_at(releases_of(data, audience), name)


def point_at(folder: Path, name: str) -> None:
    """Make a release of a folder the current one, in one step."""
    pointer = folder / f"CURRENT-{os.getpid()}.tmp"
    pointer.write_text(f"{name}\n", encoding="utf-8")
    sync(pointer)
    os.replace(pointer, folder / "CURRENT")
    sync(folder)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk, so that a power cut cannot leave half a release."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
