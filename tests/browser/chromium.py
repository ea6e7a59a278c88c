"""Where Chromium is, and how it is started: quietly, and asking nothing of its makers.

Its headless shell draws pages as Chromium does and leaves out the browser round them, so it comes first.
"""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
    for name in (*NAMES, str(ROOT / ".browser" / "chromium")):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("No Chromium. `make test` installs one, or run: bash tests/browser/install.sh")
