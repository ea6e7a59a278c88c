"""The page that is measured, and the choices that are made on it."""

import itertools
import random
from collections.abc import Iterator

PAGE = "through-care"
DISTRICTS = ("bromsgrove", "malvern-hills", "redditch", "worcester", "wychavon", "wyre-forest")
AREAS = ("worcestershire", *DISTRICTS)
QUARTERS = tuple(
    f"{year}-{year % 100 + 1:02}-Q{quarter}" for year in (2021, 2020, 2019) for quarter in (4, 3, 2, 1)
)
USUAL = ("england", "statistical-neighbours", "target")
SPANS = ("3y", "1y", "5y", "all")

Choice = dict[str, object]


def list_usual() -> list[Choice]:
    """Every area and quarter, in the usual view: 84 choices."""
    return [make_choice(area, quarter, USUAL, "3y") for area, quarter in itertools.product(AREAS, QUARTERS)]


def list_every() -> list[Choice]:
    """Every choice that the page's controls allow, in any order: more than a server would keep."""
    comparators = (*USUAL, "west-midlands")
    compared = [chosen for n in range(5) for chosen in itertools.combinations(comparators, n)]
    every = [make_choice(*each) for each in itertools.product(AREAS, QUARTERS, compared, SPANS)]
    random.Random(2).shuffle(every)
    return every


def make_choice(area: str, quarter: str, compared: tuple[str, ...], span: str) -> Choice:
    """What each control of the page holds, by its id."""
    return {
        "area": area,
        "period": quarter,
        "compare": list(compared),
        "range": span,
        "display": "charts",
        "page": PAGE,
        "narrow": False,
    }


def take(choices: list[bytes], number: int) -> Iterator[list[bytes]]:
    """One part of a list after another, from the start again when it ends."""
    endless = itertools.cycle(choices)
    while True:
        yield list(itertools.islice(endless, number))
