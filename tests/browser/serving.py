"""Starting the dashboard as it would be served, for as long as a test wants it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def serve(log: Path, **settings: str) -> Iterator[str]:
    """The address of a dashboard with these settings, which says what it has to say in a log."""
    address = f"127.0.0.1:{find_free_port()}"
    command = [sys.executable, "-m", "gunicorn", "app:server", "--bind", address, "--workers", "1"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        wait_until_healthy(f"http://{address}", process, log)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(20)


def find_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}")
