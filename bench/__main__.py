"""`make bench`: every measurement in one run, or those named: `python -m bench server browser`."""

import os
import platform
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

PARTS = ("server", "pages", "browser", "store", "disclosure", "annex_a")


def main() -> None:
    """Say what is measured and where, see that there is a release, and measure."""
    wanted = sys.argv[1:] or PARTS
    if unknown := [name for name in wanted if name not in PARTS]:
        sys.exit(f"{', '.join(unknown)}: not a measurement. There are: {', '.join(PARTS)}")
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("dash", "plotly", "gunicorn", "numpy", "pandas", "scipy")
    )
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores\n", flush=True)
    releases = Path(os.environ.get("DASHBOARD_DATA", "data")) / "releases" / "public"
    if not (releases / "CURRENT").exists():
        subprocess.run([sys.executable, "-m", "dashboard", "publish"], check=True)
    for name in wanted:
        print(f"## {name.capitalize()}\n", flush=True)
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
