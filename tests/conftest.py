"""What several tests need: the project's own figures, published once for the whole run."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

ROOT = Path(__file__).parent.parent

# Its notes name folders of the machine: they have no place in the project's own.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / f"hypothesis-{os.getuid()}")
# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `data/` with one release for the public in it.

    Published once a run: the workers of pytest-xdist share it, the first of them making it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = shared / "released" / "data"
    with (shared / "released.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "releases" / "public" / "CURRENT").exists():
            make_release(data)
    return data


def make_release(data: Path) -> None:
    from dashboard.release import publish

    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(
        ROOT / "data", data, ignore=shutil.ignore_patterns("releases", "audits", "loads", "decisions")
    )
    publish(data)
