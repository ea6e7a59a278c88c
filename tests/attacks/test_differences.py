"""Two counties that differ in nothing but what is hidden are told apart by nobody.

The same figures are published twice, with children moved between hidden cells the second time. Whatever is
released and served has to be the same to the last byte, save for what a release is called and when it was
made: what does not depend on a hidden figure cannot give it away, in an axis, an order or a rounding.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from tests.attacks.conftest import KEY, Published
from tests.attacks.crawl import Answer
from tests.attacks.decode import unpack
from tests.attacks.plant import Cell
from tests.attacks.test_canaries import KINDS

#: What tells one release from another that says the same.
_OWN = ("id", "created")

#: When a release was made, which files say.
_MADE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)")


def list_moved(planted: Published, moved: Published) -> list[Cell]:
    return [cell for cell, number in planted.cells.items() if moved.cells[cell] != number]


def read_folder(published: Published) -> dict[str, bytes]:
    """Every file of a release, its manifest without what is its own."""
    files = {
        path.relative_to(published.folder).as_posix(): path.read_bytes()
        for path in sorted(published.folder.rglob("*"))
        if path.is_file()
    }
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps({k: v for k, v in manifest.items() if k not in _OWN}).encode()
    return files


def find_differences(
    one: Mapping[str, Answer], other: Mapping[str, Answer], ids: tuple[str, str]
) -> list[str]:
    """What is asked in both and answered differently, but for the id of the release."""
    return [
        asked
        for asked in one
        if asked in other and _without_id(one[asked], ids[0]) != _without_id(other[asked], ids[1])
    ]


def _without_id(answer: Answer, name: str) -> tuple[object, ...]:
    parts = unpack(answer.body)
    packed = "Content-Encoding" in answer.headers or len(parts) > 1
    left_out = {"Date", "ETag", "Content-Length" if packed else ""}  # a tag is the release and the question
    headers = sorted((key, value) for key, value in answer.headers.items() if key not in left_out)
    named = [part.replace(name.encode(), b"RELEASE") for part in parts]
    return answer.status, headers, [_MADE.sub(b"", part) for part in named]


def test_enough_is_moved(planted: Published, moved: Published) -> None:
    """Of every kind: small numbers past each other, and large ones beside them."""
    cells = list_moved(planted, moved)
    small = [cell for cell in cells if cell.statistic == "count" and planted.cells[cell].amount < 10]
    assert len(small) >= 25
    assert len(cells) - len(small) >= 25
    assert len({cell.indicator for cell in cells}) >= 10
    assert any(cell.characteristic for cell in cells)
    assert {cell.statistic for cell in cells} == {"count", "percentage"}
    assert len({cell.period for cell in cells}) >= 5


def test_what_is_moved_adds_up_to_the_same(planted: Published, moved: Published) -> None:
    def add_up(published: Published) -> Counter[tuple[str, ...]]:
        sums: Counter[tuple[str, ...]] = Counter()
        for cell in list_moved(planted, moved):
            if planted.cells[cell].amount % 1 == 0 and cell.area != "worcestershire":
                sums[cell.indicator, cell.period, cell.category] += int(published.cells[cell].amount)
        return sums

    assert add_up(planted) == add_up(moved)


def test_the_same_is_hidden_of_both(planted: Published, moved: Published) -> None:
    """Else nothing below would say anything."""

    def describe(figures: pd.DataFrame) -> list[tuple[str, ...]]:
        told = [name for name in (*KEY, "symbol", "precision", "base") if name in figures]
        return sorted(figures[told].itertuples(index=False, name=None))

    one, other = describe(planted.figures), describe(moved.figures)
    assert set(one) - set(other) == set()
    assert len(one) == len(other)


def test_the_releases_are_the_same_to_the_last_byte(planted: Published, moved: Published) -> None:
    one, other = read_folder(planted), read_folder(moved)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert "figures.csv" in one


def test_what_is_served_is_the_same_to_the_last_byte(
    planted: Published, moved: Published, served: dict[str, Answer], served_moved: dict[str, Answer]
) -> None:
    assert served.keys() > served_moved.keys()
    assert len(served_moved) > 500
    assert find_differences(served, served_moved, (planted.folder.name, moved.folder.name)) == []


def test_a_release_that_is_not_protected_is_told_apart_everywhere(
    planted: Published, bare: Published, served: dict[str, Answer], served_bare: dict[str, Answer]
) -> None:
    """The comparison sees what it looks at."""
    different = find_differences(served, served_bare, (planted.folder.name, bare.folder.name))
    for kind in KINDS:
        assert any(kind in asked for asked in different), kind


def test_nothing_of_the_data_folder_but_the_release_is_needed(planted: Published, tmp_path: Path) -> None:
    """The release holds neither the figures as received nor any proof of what was hidden."""
    names = {path.name for path in planted.folder.rglob("*")}
    assert not names & {"observations", "populations.csv", "planted.csv", "audits", "audit.json"}
