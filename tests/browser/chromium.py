"""Where Chromium is, and how it is started: quietly, and asking nothing of its makers."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
#: No sandbox, since a container's root has none.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """As CHROMIUM says, or on the PATH, or unpacked by `install.sh`."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", str(ROOT / ".browser" / "chromium")):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("No Chromium. `make test` installs one, or run: bash tests/browser/install.sh")
