"""What may come back of a request made by hand, and values that nobody is offered."""

import re

from tests.attacks.conftest import Published
from tests.attacks.crawl import Answer
from tests.attacks.decode import find_numbers

#: What a reply may never speak of: the code, the folders, another audience.
INTERNALS = re.compile(r"Traceback|File \"|\.py\b|site-packages|figures\.csv|releases/|/data/|internal", re.I)


AREAS: list[object] = [
    *("outside-county", "not-known", "england", "Malvern", "malvern-hills,redditch", "ｒｅｄｄｉｔｃｈ", "*"),
    *("redditch\x00", "redditch/../worcester", "' OR 1=1 --", "{{area}}", "%72edditch", "E07000236"),
    *(["redditch", "worcester"], {"slug": "redditch"}, [[["redditch"]]], None, True, -1, 10**400, "x" * 9000),
]
PERIODS: list[object] = [
    *("2021-M09", "2021-22-Q9", "2021-22-Q0", "-1", "٢٠٢١-٢٢", "２０２１-22", "9999-00", "0000-01", "CY2021"),
    *(
        "2021-22-Q4-Q4",
        "2021-22\n2020-21",
        "all",
        "∞",
        -5,
        2021,
        1e308,
        10**400,
        ["2021-22"],
        {"code": "2021-22"},
    ),
]


def check(answer: Answer, canaries: set[float], planted: Published) -> None:
    """Nothing hidden, nothing of how the server is made, and never a fault."""
    assert answer.status < 500
    assert find_numbers(answer.everything) & canaries == set()
    assert str(planted.data) not in answer.everything
    if answer.status != 200:
        assert INTERNALS.search(answer.everything) is None
