"""A small load generator: so many clients, each with a connection of its own, for so many seconds.

It speaks just enough HTTP to cost little beside what it measures: requests are made beforehand, replies are
read but not parsed. Only for servers on this machine.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

_HOST = "127.0.0.1"
_LONGEST = 60.0  # seconds: no run is longer, whatever is asked


class BadReplyError(Exception):
    """A server answered with something other than 200."""


@dataclass(frozen=True)
class Load:
    """What came of a run: replies a second, milliseconds for each, and bytes of the last reply's body."""

    rate: float
    median: float
    p95: float
    size: int


def make_request(
    method: str, path: str, body: bytes = b"", kind: str = "application/json", encoding: str = "br, gzip"
) -> bytes:
    """A whole request as it goes over the wire, the connection kept for the next."""
    head = [f"{method} {path} HTTP/1.1", f"Host: {_HOST}", f"Accept-Encoding: {encoding}", "Accept: */*"]
    if body:
        head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def fetch(port: int, request: bytes) -> tuple[bytes, bytes]:
    """One request's reply: its head and its body."""
    client = _Client(port, [request], 0)
    client.send()
    client.socket.setblocking(True)
    while not client.receive():
        pass
    client.socket.close()
    return client.head, client.body


def run(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Load:
    """Send the requests over and over, each client from another place in the list."""
    step = max(1, len(requests) // clients)
    everyone = [_Client(port, requests, number * step) for number in range(clients)]
    took: list[float] = []
    with selectors.DefaultSelector() as ready:
        for client in everyone:
            ready.register(client.socket, selectors.EVENT_READ, client)
            client.send()
        start = time.perf_counter()
        until = start + min(seconds, _LONGEST)
        while time.perf_counter() < until:
            for key, _ in ready.select(timeout=5):
                if key.data.receive():
                    took.append(time.perf_counter() - key.data.sent)
                    key.data.send()
        elapsed = time.perf_counter() - start
    for client in everyone:
        client.socket.close()
    took.sort()
    if not took:
        return Load(0.0, seconds * 1000, seconds * 1000, 0)
    median, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    size = max(len(client.body) for client in everyone)
    return Load(len(took) / elapsed, median * 1000, p95 * 1000, size)


class _Client:
    """One connection, with at most one request on its way."""

    def __init__(self, port: int, requests: Sequence[bytes], first: int) -> None:
        self.socket = socket.create_connection((_HOST, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self.head = self.body = b""
        self._requests = requests
        self._next = first
        self._read = bytearray()
        self._whole = -1

    def send(self) -> None:
        """Send the next request."""
        request = self._requests[self._next % len(self._requests)]
        self._next += 1
        self._read.clear()
        self._whole = -1
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; whether the reply is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise BadReplyError("the server closed the connection")
        self._read += part
        if self._whole < 0 and (end := self._read.find(b"\r\n\r\n")) >= 0:
            self.head = bytes(self._read[:end])
            self._whole = end + 4 + self._length()
        if self._whole < 0 or len(self._read) < self._whole:
            return False
        self.body = bytes(self._read[len(self.head) + 4 : self._whole])
        return True

    def _length(self) -> int:
        lines = self.head.lower().split(b"\r\n")
        if b" 200 " not in lines[0] + b" ":
            raise BadReplyError(lines[0].decode())
        return next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
