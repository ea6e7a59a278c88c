"""A month from a file to a page and back, by the commands; and what a kill at any moment leaves behind."""

import hashlib
import json
import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from dashboard import importing, release
from dashboard.__main__ import main
from dashboard.audiences import releases_of
from dashboard.differing import Sort, UnknownRelease, compare_releases
from dashboard.importing import load, preview
from dashboard.loads import STORY, list_in_force, list_loads
from dashboard.observations import load_observations
from dashboard.periods import parse
from dashboard.release import publish
from dashboard.shelf import current_release, read_manifest, roll_back
from dashboard.store import CurrentStore
from tests.bringing import Lines, copy_data, nothing_simulated

MOMENTS = 50


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(importing, "find_readers", lambda: MappingProxyType({"lines": Lines()}))
    monkeypatch.setattr(importing, "run_checks", lambda data: [])
    monkeypatch.setattr(release, "run_checks", lambda data: [])
    monkeypatch.setattr(release, "simulate", nothing_simulated)
    folder = copy_data(tmp_path / "data")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def write_file(*lines: str) -> str:
        path = tmp_path / "july.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return write_file


def shown(data: Path, period: str) -> float | None:
    """What a page would show of children looked after."""
    store = CurrentStore(data)()
    found = store.at("looked_after_children", "count", "worcestershire", "local", parse(period))
    return found.value if found else None


def test_a_month_goes_from_a_file_to_a_page_and_back(
    data: Path, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish"]) == 0
    first = str(read_manifest(data)["id"])
    file = write("2019-M06 815", "2019-M07 820")

    assert main(["import", "lines", file, "--dry-run", "--published-on", "2019-08-31"]) == 0
    said = capsys.readouterr().out
    assert (
        "changed: looked_after_children, count, worcestershire, local, 2019-M06: 814 → 815 (revised)" in said
    )
    assert "new: looked_after_children, count, worcestershire, local, 2019-M07: 820" in said
    assert "2 lines read; nothing was guessed." in said
    assert "Dry run: nothing was loaded." in said
    assert list_loads(data) == ()

    assert main(["import", "lines", file, "--published-on", "2019-08-31", "--by", "An analyst"]) == 0
    assert "1 new, 1 changed, 0 held already" in capsys.readouterr().out
    assert (shown(data, "2019-M06"), shown(data, "2019-M07")) == (814, None)  # until it is published
    assert main(["publish"]) == 0
    second = str(read_manifest(data)["id"])
    assert (shown(data, "2019-M06"), shown(data, "2019-M07")) == (815, 820)
    assert read_manifest(data)["loads"] == [list_loads(data)[0].id]

    capsys.readouterr()
    assert main(["diff", first, second]) == 0
    said = capsys.readouterr().out
    assert "changed: looked_after_children, count, worcestershire, local, 2019-M06: 814 → 815" in said
    assert "added: looked_after_children, count, worcestershire, local, 2019-M07: 820" in said

    assert main(["rollback", first]) == 0
    assert (shown(data, "2019-M06"), shown(data, "2019-M07")) == (814, None)
    assert list_in_force(data) == ()
    assert main(["publish"]) == 0  # nothing comes back by itself
    assert str(read_manifest(data)["id"]) == first
    assert main(["rollback", second]) == 0
    assert (shown(data, "2019-M06"), list_in_force(data)) == (815, (list_loads(data)[0].id,))
    capsys.readouterr()
    assert main(["releases"]) == 0
    said = capsys.readouterr().out
    assert f"* {second}" in said
    assert "lines: july.txt, 1 new, 1 changed, by An analyst" in said


def test_a_question_is_asked_answered_and_remembered(
    data: Path, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = write("2019-M07 820", "? 830")
    assert main(["import", "lines", file, "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "decide: Which month is it?" in told.err
    assert '--answer "which month=2019-M09"  September' in told.err
    assert "1 lines read; 1 cell needs a decision; nothing was guessed." in told.out
    assert main(["import", "lines", file, "--dry-run", "--answer", "which month=May"]) == 1
    assert "found 'May', expected 2019-M09" in capsys.readouterr().err
    assert main(["import", "lines", file, "--answer", "which month=2019-M09"]) == 0
    said = capsys.readouterr().out
    assert "new: looked_after_children: 2, 2019-M07 to 2019-M09" in said
    assert "decision" not in said
    assert main(["import", "lines", file]) == 1  # asked no more, and nothing new
    assert "every figure is held already" in capsys.readouterr().err


def test_an_error_is_told_and_ends_with_one(
    data: Path, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "lines", write("2019-M07 many")]) == 1
    told = capsys.readouterr()
    assert "error: july.txt, row 1: found 'many', expected a number" in told.err
    assert "1 error: nothing can be loaded yet" in told.out
    assert main(["import", "nothing", write("2019-M07 1")]) == 1
    assert main(["rollback", "2019-01-01-1"]) == 1
    assert "expected the id of a release" in capsys.readouterr().err
    assert main(["diff", "2019-01-01-1", "2019-01-01-2"]) == 1


def test_releases_that_say_the_same_do_not_differ(data: Path) -> None:
    name = publish(data)
    assert compare_releases(data, name, name) == ()
    with pytest.raises(UnknownRelease, match="expected the id of a release"):
        compare_releases(data, name, "../../elsewhere")


def test_a_figure_that_goes_is_removed(data: Path) -> None:
    first = publish(data)
    path = data / "observations" / "board_dataset_2018_19.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [
        line
        for line in lines
        if not line.startswith("looked_after_missing_incidents,count,worcestershire,local,2019-M06")
    ]
    path.write_text("".join(kept), encoding="utf-8")
    found = compare_releases(data, first, publish(data))
    own = [each for each in found if each.cell[0] == "looked_after_missing_incidents"]
    assert {(each.sort, each.cell[4], each.was, each.now) for each in own} == {
        (Sort.REMOVED, "2019-M06", "49", ""),
        (Sort.REMOVED, "2019-20-Q1", "112", ""),  # 35 and 28 before it: a quarter of two months is none
    }


# --- killed at any moment ---------------------------------------------------------------------------


def bring_in(data: Path, file: Path) -> None:
    """All that writes: a load, a release, and back again."""
    before = str(read_manifest(data)["id"])
    load(data, preview(data, "lines", [file], published_on="2019-08-31"))
    publish(data)
    roll_back(data, before)


def run_and_kill(action: Callable[[], None], after: float) -> bool:
    """Run an action in a process of its own and kill it; whether it was killed before it was done."""
    child = os.fork()
    if child == 0:  # pragma: no cover - it is killed, or leaves without a word
        try:
            action()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def check_whole(data: Path) -> tuple[float | None, float | None]:
    """Everything that is there is whole; the number that is loaded for July, and the one that is shown."""
    for name in list_in_force(data):
        assert (data / "loads" / name / STORY).exists()
        assert {path.name for path in (data / "loads" / name).iterdir()} == {
            STORY,
            "figures.csv",
            "source.toml",
        }
    rows = load_observations(data)
    own = rows[(rows["indicator"] == "looked_after_children") & (rows["period"] == "2019-M07")]
    folder = current_release(data)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["id"] == folder.name
    assert len((folder / "figures.csv").read_text("utf-8").splitlines()) == manifest["rows"] + 1
    for path in releases_of(data, "public").glob("*/manifest.json"):
        assert path.parent.suffix == ".tmp" or json.loads(path.read_text("utf-8"))["id"] == path.parent.name
    return (own["value"].iloc[-1] if len(own) else None), shown(data, "2019-M07")


def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new(
    data: Path, write: Callable[..., str], tmp_path: Path
) -> None:
    publish(data)
    untouched = hashlib.sha256((data / "observations" / "board_dataset_2018_19.csv").read_bytes()).hexdigest()
    chance = random.Random(4)
    started = time.perf_counter()
    file = Path(write("2019-M07 800"))
    bring_in(data, file)
    lasts = time.perf_counter() - started
    killed = 0
    for number in range(1, MOMENTS + 1):
        file = Path(write(f"2019-M07 {800 + number}"))
        killed += run_and_kill(partial(bring_in, data, file), chance.uniform(0, lasts))
        loaded, told = check_whole(data)
        assert loaded is None or 800 <= loaded <= 800 + number
        assert told is None or 800 <= told <= 800 + number
    assert killed > MOMENTS / 2
    kept = load(data, preview(data, "lines", [Path(write("2019-M07 999"))], published_on="2019-09-30"))
    publish(data)
    assert check_whole(data) == (999, 999)
    assert kept.id in list_in_force(data)
    assert not list((data / "loads").glob("*.tmp"))
    assert not list(releases_of(data, "public").glob("draft-*.tmp"))
    path = data / "observations" / "board_dataset_2018_19.csv"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == untouched
