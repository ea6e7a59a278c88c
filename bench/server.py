"""How many filter changes a second the server answers, beside two others under the same gunicorn.

One is the same page written with plotly.express; the other only sends bytes that were made beforehand,
which no page can beat. Rounds are interleaved, so that whatever else the machine does falls on all alike.
"""

import itertools
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import load
from bench.callback import find_filter_callback, make_body
from bench.page import DISTRICTS, PAGE, QUARTERS
from bench.servers import CACHED, EXPRESS, REAL, serve

ROUNDS, SECONDS = 5, 3.0
CLIENTS = (1, 8)
CHOICES = list(itertools.product(["worcestershire", *DISTRICTS], QUARTERS))


@dataclass(frozen=True)
class Contestant:
    """A server that is measured, and what it is asked."""

    name: str
    port: int
    requests: list[bytes]


def make_changes(port: int, encoding: str) -> list[bytes]:
    """A filter change for every area and quarter, as Dash's page would post it."""
    _, listed = load.fetch(port, load.make_request("GET", "/_dash-dependencies", encoding="identity"))
    callback = find_filter_callback(json.loads(listed))
    chosen = {"compare": ["england", "statistical-neighbours", "target"], "range": "3y", "page": PAGE}
    chosen |= {"display": "charts", "narrow": False}
    bodies = [
        make_body(callback, chosen | {"area": area, "period": quarter, "pathname": f"/{PAGE}"})
        for area, quarter in CHOICES
    ]
    return [load.make_request("POST", "/_dash-update-component", body, encoding=encoding) for body in bodies]


def enter(stack: ExitStack, encoding: str) -> list[Contestant]:
    """The servers, started and asked once for everything."""
    real = stack.enter_context(serve(REAL))
    express = stack.enter_context(serve(EXPRESS))
    changes = make_changes(real, encoding)
    head, body = load.fetch(real, changes[-1])
    kept = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "reply"
    kept.write_bytes(head + b"\r\n\r\n" + body)
    cached = stack.enter_context(serve(CACHED, BENCH_REPLY=str(kept)))
    posted = [request.partition(b"\r\n\r\n")[2] for request in changes]
    return [
        Contestant("this dashboard", real, changes),
        Contestant(
            "the same bytes, made beforehand", cached, [load.make_request("POST", "/", b) for b in posted]
        ),
        Contestant("plotly.express over a data frame", express, make_changes(express, encoding)),
    ]


def measure(encoding: str) -> Iterator[str]:
    """The lines of a table: for each contestant and number of clients, what came of all rounds."""
    with ExitStack() as stack:
        contestants = enter(stack, encoding)
        for each in contestants:
            load.run(each.port, each.requests, clients=4, seconds=2)
        runs: dict[tuple[str, int], list[load.Load]] = {}
        for _, clients, each in itertools.product(range(ROUNDS), CLIENTS, contestants):
            runs.setdefault((each.name, clients), []).append(
                load.run(each.port, each.requests, clients, SECONDS)
            )
    yield "| | clients | changes a second | least to most | median ms | slowest 5% ms | bytes | share |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for clients, each in itertools.product(CLIENTS, contestants):
        ceiling = statistics.median(run.rate for run in runs[contestants[1].name, clients])
        yield describe(each.name, clients, runs[each.name, clients], ceiling)


def describe(name: str, clients: int, runs: list[load.Load], ceiling: float) -> str:
    """One line: medians over the rounds; the share is of the throughput of the bytes made beforehand."""
    rates = sorted(run.rate for run in runs)
    rate, median, p95 = (
        statistics.median(getattr(run, field) for run in runs) for field in ("rate", "median", "p95")
    )
    size = max(run.size for run in runs)
    return (
        f"| {name} | {clients} | {rate:,.0f} | {rates[0]:,.0f} to {rates[-1]:,.0f} | {median:.1f} "
        f"| {p95:.1f} | {size:,} | {rate / ceiling:.0%} |"
    )


def main() -> None:
    """Print the tables, as a browser asks and uncompressed."""
    print(
        f"Filter changes on /{PAGE}: {len(CHOICES)} areas and quarters, {ROUNDS} rounds of {SECONDS:.0f} s\n"
    )
    for title, encoding in (
        ("Compressed, as a browser asks", "br, gzip"),
        ("Not compressed", "identity"),
    ):
        print(f"{title}:\n")
        for line in measure(encoding):
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
