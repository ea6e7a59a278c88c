"""What the server's own process holds and says: nothing hidden in its memory, its log or its environment."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.attacks.conftest import Published
from tests.attacks.crawl import CALLBACK, REFUSED
from tests.attacks.decode import find_numbers

ROOT = Path(__file__).parent.parent.parent
_DIGITS = re.compile(rb"(?<![0-9.])[0-9]{3},?[0-9]{3}(?![0-9])")
_CHUNK = 32 * 2**20
ADDRESSES = (
    *("/", "/children-in-need?area=bromsgrove&range=all", "/child-protection?period=2021-22-Q2"),
    *(
        "/_dash-layout?at=/through-care?area=wychavon",
        "/healthz",
        "/download/through-care/missing-incidents.csv",
        "/download/through-care/missing-incidents.xlsx?area=redditch",
        "/api/v1/indicators",
        "/api/v1/figures?area=redditch&limit=5000",
    ),
    *("/children-in-need?area=870001", "/download/through-care/x.csv", *REFUSED),
)


class Server(NamedTuple):
    """gunicorn as it would be run, with everything it has to say."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in children.split()]


def start(data: Path, log: Path) -> Server:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    environment |= {"DASHBOARD_DATA": str(data), "LOG_LEVEL": "debug", "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "app:server", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    return Server(process, port, log)


def wait(server: Server) -> None:
    for _ in range(300):
        if server.process.poll() is not None:
            break
        with suppress(OSError):
            if ask(server, "/healthz") == 200:
                return
        time.sleep(0.1)
    raise AssertionError(server.log.read_text())


def ask(server: Server, address: str, method: str = "GET", body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(method, address, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server(planted: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has been asked for a little of everything."""
    started = start(planted.data, tmp_path_factory.mktemp("served") / "log")
    try:
        wait(started)
        for address in ADDRESSES:
            assert ask(started, address) < 500
        for body in (b"{", b"[]", b'{"output": "view.data", "audience": "internal"}'):
            assert ask(started, CALLBACK, "POST", body) == 400
        yield started
    finally:
        started.process.terminate()
        started.process.wait(30)


def test_the_log_says_nothing_of_what_is_hidden(server: Server, canaries: set[float]) -> None:
    said = server.log.read_text()
    assert "gunicorn" in said
    assert find_numbers(said) & canaries == set()
    assert "Traceback" not in said


def test_the_memory_of_the_server_holds_nothing_of_what_is_hidden(
    server: Server, canaries: set[float], planted: Published
) -> None:
    """Not in a cache, not in a table that was read and left: as text or as a number."""
    public = planted.figures["value"]
    shown = {float(value) for value in public[public.str.fullmatch(r"[1-9][0-9]{5}")]}
    wanted = {number for number in canaries if number % 1 == 0 and 100_000 <= number < 1_000_000}
    assert len(wanted) > 20
    for process in server.workers:
        try:
            texts, numbers = read_memory(process, wanted | shown)
        except OSError:
            pytest.skip("the memory of another process may not be read here")
        assert len((texts | numbers) & shown) > len(shown) / 2  # it is read as it should be
        assert texts & wanted == set()
        assert numbers & wanted == set()


def read_memory(process: int, wanted: set[float]) -> tuple[set[float], set[float]]:
    """Which numbers of six digits a process holds in what it can write to: as text, and as doubles."""
    sought = np.array(sorted(wanted))
    texts, numbers = set[float](), set[float]()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start_at, end in _list_regions(process):
            for at in range(start_at, end, _CHUNK):
                content = _read_part(memory.fileno(), at, min(_CHUNK, end - at))
                texts.update(float(each.replace(b",", b"")) for each in set(_DIGITS.findall(content)))
                doubles = np.frombuffer(content[: len(content) // 8 * 8])
                doubles = doubles[(doubles >= sought[0]) & (doubles <= sought[-1])]
                numbers.update(np.unique(doubles[np.isin(doubles, sought)]).tolist())
    return texts & wanted, numbers


def _list_regions(process: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{process}/maps").read_text().splitlines():
        extent, permissions = line.split()[:2]
        if permissions.startswith("rw"):
            first, last = (int(each, 16) for each in extent.split("-"))
            yield first, last


def _read_part(file: int, at: int, length: int) -> bytes:
    try:
        return os.pread(file, length, at)
    except OSError as problem:
        if problem.errno == 5:  # a part that is not there
            return b""
        raise
