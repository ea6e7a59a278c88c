"""Loads: kept whole, put in force in one step."""

import os
from pathlib import Path

import pytest

from dashboard.loads import (
    IN_FORCE,
    Load,
    LoadedFile,
    LoadError,
    keep_load,
    list_files,
    list_in_force,
    list_loads,
    name_load,
    put_in_force,
    read_load,
)


def make(name: str, made: str = "2026-04-30T10:00:00+00:00") -> Load:
    file = LoadedFile("july.xlsx", 1200, "ab" * 32)
    return Load(name, "board-dataset", made, "An analyst", "2026-04-30", (file,), "32 measures", 3, 1)


def keep(data: Path, load: Load, text: str = "figures\n") -> None:
    keep_load(data, load, {"figures.csv": lambda path: path.write_text(text, encoding="utf-8") and None})


def test_without_loads_none_is_in_force(tmp_path: Path) -> None:
    assert list_in_force(tmp_path) == ()
    assert list_loads(tmp_path) == ()


def test_a_load_is_kept_with_its_story_and_counts_at_once(tmp_path: Path) -> None:
    keep(tmp_path, make("load-2026-04-30-1"))
    assert list_in_force(tmp_path) == ("load-2026-04-30-1",)
    assert read_load(tmp_path, "load-2026-04-30-1") == make("load-2026-04-30-1")
    assert [path.name for path in list_files(tmp_path, "figures.csv")] == ["figures.csv"]


def test_loads_count_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        keep(tmp_path, make(f"load-2026-04-30-{number}", f"2026-04-30T10:{number:02}:00+00:00"))
    assert [name.rpartition("-")[2] for name in list_in_force(tmp_path)] == ["1", "2", "10"]
    assert [load.id.rpartition("-")[2] for load in list_loads(tmp_path)] == ["1", "2", "10"]
    assert name_load(tmp_path, "2026-04-30") == "load-2026-04-30-3"
    assert name_load(tmp_path, "2026-05-01") == "load-2026-05-01-1"


def test_a_load_that_is_half_written_is_none(tmp_path: Path) -> None:
    keep(tmp_path, make("load-2026-04-30-1"))

    def fail(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        keep_load(tmp_path, make("load-2026-04-30-2"), {"figures.csv": fail})
    assert list_in_force(tmp_path) == ("load-2026-04-30-1",)
    assert sorted(os.listdir(tmp_path / "loads")) == [IN_FORCE, "load-2026-04-30-1"]


def test_what_a_process_that_died_has_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "loads" / "load-2026-04-30-1-999.tmp").mkdir(parents=True)
    (tmp_path / "loads" / "IN_FORCE-999.tmp").write_text("load-")
    assert list_loads(tmp_path) == ()
    keep(tmp_path, make("load-2026-04-30-1"))
    assert sorted(os.listdir(tmp_path / "loads")) == [IN_FORCE, "load-2026-04-30-1"]


@pytest.mark.parametrize("name", ["load-2026-04-30-9", "../elsewhere", ".."])
def test_a_line_that_names_no_load_is_told_and_not_passed_over(tmp_path: Path, name: str) -> None:
    put_in_force(tmp_path, [name])
    with pytest.raises(LoadError, match="expected the id of a load beside it"):
        list_in_force(tmp_path)


def test_a_load_that_never_was_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="there is no load 'load-1'"):
        read_load(tmp_path, "load-1")
