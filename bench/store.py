"""Memory and look-up time of the store, beside a boolean mask over a pandas frame in the same run.

`python -m bench.store` prints a Markdown table for ten thousand, one million and ten million observations
(`--small` leaves out the last, which takes a minute and three gigabytes).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count

import numpy as np
import pandas as pd

from dashboard.areas import Areas
from dashboard.periods import Grain, Period
from dashboard.store import Store

SIZES = (10_000, 1_000_000, 10_000_000)
MONTHS = 60
INDICATORS = 130
AREAS = 16
_TEXTS = ("statistic", "basis", "characteristic", "symbol", "status", "source", "published_on")
_SAID = ("count", "local", "age", "", "illustrative", "simulation", "2026-04-30")


def make_observations(size: int) -> pd.DataFrame:
    """So many made-up figures: indicators by areas by categories by months, texts as categories."""
    categories = max(1, round(size / (INDICATORS * AREAS * MONTHS)))
    indicators = max(1, round(size / (AREAS * categories * MONTHS)))
    places = np.arange(indicators * AREAS * categories * MONTHS)
    months = [Period(Grain.MONTH, 2018 + place // 12, place % 12 + 1).code for place in range(MONTHS)]
    columns: dict[str, object] = {
        "indicator": _category(places // (AREAS * categories * MONTHS), "indicator", indicators),
        "area": _category(places // (categories * MONTHS) % AREAS, "area", AREAS),
        "category": _category(places // MONTHS % categories, "category", categories),
        "period": pd.Categorical.from_codes(places % MONTHS, categories=months),
        "value": places.astype("float64"),
        "numerator": places.astype("float64"),
        "denominator": places.astype("float64"),
        "decimals": np.zeros(len(places), dtype="int8"),
    }
    same = np.zeros(len(places), dtype="int8")
    columns |= {
        name: pd.Categorical.from_codes(same, categories=[text])
        for name, text in zip(_TEXTS, _SAID, strict=True)
    }
    return pd.DataFrame(columns)


def _category(numbers: np.ndarray, name: str, size: int) -> pd.Categorical:
    return pd.Categorical.from_codes(numbers, categories=[f"{name}{place}" for place in range(size)])


def measure(action: Callable[[], object], *, seconds: float = 1.0) -> float:
    """The median time of an action in microseconds, repeated for about so many seconds."""
    times = []
    started = time.perf_counter()
    while len(times) < 3 or (time.perf_counter() - started < seconds and len(times) < 20_000):
        before = time.perf_counter()
        action()
        times.append((time.perf_counter() - before) * 1e6)
    return statistics.median(times)


def measure_size(size: int) -> str:
    """One row of the table: a store and a frame of the same figures."""
    observations = make_observations(size)
    started = time.perf_counter()
    store = Store.from_frame(observations, {}, {}, Areas(()), {})
    built = time.perf_counter() - started
    areas, steps = [f"area{place}" for place in range(AREAS)], count()

    def look_up() -> object:
        return store.series(
            "indicator0", "count", areas[next(steps) % AREAS], "local", "month", "age", "category0"
        )

    def read() -> object:
        return list(look_up())  # type: ignore[call-overload]

    def mask() -> object:
        frame = observations
        return frame[
            (frame["indicator"] == "indicator0")
            & (frame["area"] == areas[next(steps) % AREAS])
            & (frame["category"] == "category0")
        ]["value"].tolist()

    if not len(read()) == len(mask()) == MONTHS:  # type: ignore[arg-type]
        raise RuntimeError("the store and the frame do not hold the same figures")
    frame_size = observations.memory_usage(index=False).sum() / 1e6
    cells = (
        f"{len(observations):,}",
        f"{built:.2f} s",
        f"{store.bytes_held / 1e6:,.1f} MB",
        f"{measure(look_up):,.1f}",
        f"{measure(read):,.0f}",
        f"{frame_size:,.1f} MB",
        f"{measure(mask):,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="leave out ten million")
    sizes = SIZES[:-1] if parser.parse_args(arguments).small else SIZES
    print(
        "| Observations | Store built in | Store | Find a series, µs | Read its 60 figures, µs |"
        " Frame | Mask the frame, µs |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        print(measure_size(size), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
