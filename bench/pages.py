"""What a change costs the server on every kind of page, when nobody has made that choice before.

The dashboard runs in this process and is asked as a browser would, without a network. Every kind of page is
asked in turn, round after round, so that whatever else the machine does falls on all alike; each choice is
made once.
"""

import itertools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from bench.callback import find_filter_callback, make_body
from bench.page import AREAS, QUARTERS, SPANS, USUAL, make_choice
from dashboard.page_parts import key_of
from dashboard.settings import DATA, Settings
from dashboard.store import CurrentStore, Store
from dashboard.web.server import create_app

TABS = ("front-door", "through-care", "child-protection", "children-in-need", "staffing")
ROUNDS = 40
USUAL_KIND = "a tab"


def list_pages(store: Store) -> dict[str, list[str]]:
    """The pages of each kind that is compared, by what the kind is called."""
    return {
        USUAL_KIND: list(TABS),
        "a measure in depth": [key_of(each) for each in store.indicators],
        "the districts": ["districts"],
        "the board dataset": ["board-dataset"],
        "what changed": ["changes"],
    }


def list_choices(pages: list[str], months: list[str]) -> Iterator[dict[str, object]]:
    """Choices on some pages, none of them twice, in any order: of months where a page is shown by month."""
    every = list(itertools.product(pages, AREAS, QUARTERS, SPANS))
    random.Random(7).shuffle(every)
    for number, (page, area, quarter, span) in enumerate(every):
        if page == "board-dataset":
            if number >= len(months):
                return
            quarter = months[number]
        yield make_choice(area, quarter, USUAL, span) | {"page": page}


def ask(client: FlaskClient, callback: dict[str, Any], choice: dict[str, object]) -> float:
    """How many milliseconds an answer takes."""
    body = make_body(callback, choice)
    started = time.perf_counter()
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    taken = 1000 * (time.perf_counter() - started)
    if answer.status_code != 200:
        raise RuntimeError(f"{choice}: {answer.status_code}")
    return taken


def measure(client: FlaskClient, store: Store, say: Callable[[str], None]) -> None:
    """Print a row for each kind of page."""
    callback = find_filter_callback(client.get("/_dash-dependencies").get_json())
    months = [f"{year}-M{month:02}" for year in (2018, 2019, 2020, 2021) for month in range(1, 13)]
    kinds = {kind: list_choices(pages, months) for kind, pages in list_pages(store).items()}
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, choices in kinds.items():
            if (choice := next(choices, None)) is not None:
                taken[kind].append(ask(client, callback, choice))
    usual = statistics.median(taken[USUAL_KIND])
    say("| A change of | choices | median, ms | nine in ten within, ms | beside a tab |")
    say("|---|---:|---:|---:|---:|")
    for kind, times in taken.items():
        middle, most = statistics.median(times), statistics.quantiles(times, n=10)[-1]
        say(f"| {kind} | {len(times)} | {middle:.0f} | {most:.0f} | {middle / usual:.2f} |")


def main() -> None:
    """Print the table."""
    data = Path(os.environ.get("DASHBOARD_DATA", DATA))
    store = CurrentStore(data)()
    client = create_app(Settings(data)).server.test_client()
    client.get("/")  # what is made once is made before
    measure(client, store, lambda line: print(line, flush=True))
    print()


if __name__ == "__main__":
    main()
