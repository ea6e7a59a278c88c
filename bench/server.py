"""How many filter changes a second the server answers, beside two others under the same gunicorn.

One is the same page written with plotly.express; the other only sends bytes that were made beforehand,
which no page can beat. The dashboard is measured twice: with choices that somebody has made before, and with
choices that nobody has. Rounds are interleaved, so that whatever else the machine does falls on all alike.
"""

import itertools
import json
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import load
from bench.callback import find_filter_callback, make_body
from bench.page import PAGE, Choice, list_every, list_usual, take
from bench.servers import CACHED, EXPRESS, REAL, serve

ROUNDS, WARM = 5, 20.0  # warm: each process has made each usual choice before the first round
SECONDS, SECONDS_SLOW = 3.0, 12.0  # of a round: longer for what takes seconds to answer
CLIENTS = (1, 8)
A_ROUND = 4000  # choices that nobody has made: more than are answered in a round


@dataclass(frozen=True)
class Contestant:
    """A server that is measured, and what it is asked in each round."""

    name: str
    port: int
    rounds: Iterator[list[bytes]]
    seconds: float = SECONDS

    def run(self, clients: int, seconds: float | None = None) -> load.Load:
        """What came of one round."""
        return load.run(self.port, next(self.rounds), clients, seconds or self.seconds)


def make_changes(port: int, choices: Iterable[Choice]) -> list[bytes]:
    """A filter change for each choice, as Dash's page would post it."""
    _, listed = load.fetch(port, load.make_request("GET", "/_dash-dependencies", encoding="identity"))
    callback = find_filter_callback(json.loads(listed))
    bodies = [make_body(callback, choice) for choice in choices]
    return [load.make_request("POST", "/_dash-update-component", body) for body in bodies]


def enter(stack: ExitStack) -> list[Contestant]:
    """The servers, started, and asked for the usual choices."""
    real, express = (stack.enter_context(serve(app)) for app in (REAL, EXPRESS))
    usual = make_changes(real, list_usual())
    head, body = load.fetch(real, usual[-1])
    kept = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "reply"
    kept.write_bytes(head + b"\r\n\r\n" + body)
    cached = stack.enter_context(serve(CACHED, BENCH_REPLY=str(kept)))
    posted = [load.make_request("POST", "/", request.partition(b"\r\n\r\n")[2]) for request in usual]
    contestants = [
        Contestant("the same bytes, made beforehand", cached, itertools.repeat(posted)),
        Contestant("this dashboard, choices made before", real, itertools.repeat(usual)),
        Contestant(
            "plotly.express over a data frame",
            express,
            itertools.repeat(make_changes(express, list_usual())),
            SECONDS_SLOW,
        ),
    ]
    for each in contestants:
        each.run(clients=8, seconds=WARM)
    new = take(make_changes(real, list_every()), A_ROUND)
    return [*contestants, Contestant("this dashboard, choices not made before", real, new)]


def measure() -> Iterator[str]:
    """The lines of a table: for each contestant and number of clients, what came of all rounds."""
    with ExitStack() as stack:
        contestants = enter(stack)
        runs: dict[tuple[str, int], list[load.Load]] = {}
        for _, clients, each in itertools.product(range(ROUNDS), CLIENTS, contestants):
            runs.setdefault((each.name, clients), []).append(each.run(clients))
    yield "| | clients | changes a second | least to most | median ms | slowest 5% ms | bytes | share |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for clients, each in itertools.product(CLIENTS, contestants):
        most = statistics.median(run.rate for run in runs[contestants[0].name, clients])
        yield describe(each.name, clients, runs[each.name, clients], most)


def describe(name: str, clients: int, runs: list[load.Load], most: float) -> str:
    """One line: medians over the rounds; the share is of the throughput of the bytes made beforehand."""
    rates = sorted(run.rate for run in runs)
    rate, median, p95 = (
        statistics.median(getattr(run, field) for run in runs) for field in ("rate", "median", "p95")
    )
    size = max(run.size for run in runs)
    rate_text, least, greatest = (
        f"{each:,.0f}" if each >= 10 else f"{each:.1f}" for each in (rate, rates[0], rates[-1])
    )
    return (
        f"| {name} | {clients} | {rate_text} | {least} to {greatest} | {median:.1f} | {p95:.1f} "
        f"| {size:,} | {rate / most:.1%} |"
    )


def main() -> None:
    """Print the table."""
    print(
        f"Filter changes on /{PAGE}, answers compressed as a browser asks: {len(list_usual())} usual choices,"
    )
    print(f"{ROUNDS} rounds of {SECONDS:.0f} seconds ({SECONDS_SLOW:.0f} for plotly.express), medians\n")
    for line in measure():
        print(line, flush=True)
    print()


if __name__ == "__main__":
    main()
