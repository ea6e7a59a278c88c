"""Bringing figures in: what would change is said first, and then all of it happens or none."""

from pathlib import Path
from types import MappingProxyType

import pytest

from dashboard import importing
from dashboard.findings import Finding, Level
from dashboard.importing import Effect, Preview, RefusedError, load, preview
from dashboard.loads import list_in_force, list_loads, put_in_force
from dashboard.observations import load_observations, load_sources
from tests.bringing import Lines, copy_data

DAY = "2019-08-31"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(importing, "find_readers", lambda: MappingProxyType({"lines": Lines()}))
    monkeypatch.setattr(importing, "run_checks", lambda data: [])
    return copy_data(tmp_path / "data")


@pytest.fixture
def write(tmp_path: Path):
    def write_file(*lines: str, name: str = "july.txt") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write_file


def look(data: Path, *files: Path, day: str = DAY) -> Preview:
    return preview(data, "lines", files, published_on=day)


def held(data: Path, period: str) -> list[tuple[float, str, str]]:
    rows = load_observations(data)
    own = rows[(rows["indicator"] == "looked_after_children") & (rows["period"] == period)]
    own = own[(own["statistic"] == "count") & (own["area"] == "worcestershire")]
    return [(row["value"], row["status"], row["source"]) for row in own.to_dict("records")]


def test_a_preview_says_of_every_figure_what_it_would_do(data: Path, write) -> None:
    """June 2019 is held as 814 and May as 826; July is not held."""
    found = look(data, write("2019-M05 826", "2019-M06 815", "2019-M07 820"))
    assert [(each.cell[4], each.effect, each.was, each.now) for each in found.changes] == [
        ("2019-M06", Effect.CHANGED, "814", "815"),
        ("2019-M07", Effect.NEW, "", "820"),
    ]
    assert found.same == 1
    assert not found.is_refused
    assert found.files[0].name == "july.txt"
    assert len(found.files[0].sha256) == 64


def test_a_preview_writes_nothing(data: Path, write) -> None:
    before = sorted(path for path in data.rglob("*"))
    look(data, write("2019-M07 820"))
    assert sorted(path for path in data.rglob("*")) == before


def test_what_is_loaded_counts_and_what_changes_is_revised(data: Path, write) -> None:
    kept = load(data, look(data, write("2019-M06 815", "2019-M07 820")), by="An analyst")
    assert held(data, "2019-M07") == [(820, "final", kept.id)]
    assert held(data, "2019-M06") == [
        (814, "as_published", "board-dataset-2018-19"),
        (815, "revised", kept.id),
    ]
    assert (kept.kind, kept.by, kept.added, kept.changed, kept.published_on) == (
        "lines",
        "An analyst",
        1,
        1,
        DAY,
    )
    assert list_loads(data) == (kept,)
    assert list_in_force(data) == (kept.id,)
    assert load_sources(data)[kept.id].title == "Lines"


def test_who_loads_is_who_is_signed_in_where_nobody_is_named(data: Path, write, monkeypatch) -> None:
    monkeypatch.setattr(importing.getpass, "getuser", lambda: "analyst")
    assert load(data, look(data, write("2019-M07 820"))).by == "analyst"


def test_an_older_publication_goes_behind_what_is_held(data: Path, write) -> None:
    found = look(data, write("2019-M06 810"), day="2019-07-01")
    assert [each.effect for each in found.changes] == [Effect.OLDER]
    load(data, found)
    assert [status for _, status, _ in held(data, "2019-M06")] == ["as_published", "final"]


def test_what_is_held_already_is_not_loaded_again(data: Path, write) -> None:
    file = write("2019-M07 820")
    load(data, look(data, file))
    again = look(data, file)
    assert (again.same, again.changes) == (1, ())
    with pytest.raises(RefusedError, match="every figure is held already"):
        load(data, again)


def test_one_error_and_nothing_is_loaded(data: Path, write) -> None:
    found = look(data, write("2019-M07 820", "2019-M08 many", "2019-M09 lots"))
    assert found.is_refused
    assert [finding.row for finding in found.findings] == [2, 3]
    with pytest.raises(RefusedError, match="there are errors"):
        load(data, found)
    assert list_in_force(data) == ()


def test_the_checks_are_asked_with_the_new_figures_among_the_others(data: Path, write, monkeypatch) -> None:
    def find(folder: Path) -> list[Finding]:
        rows = load_observations(folder)
        told = [Finding(Level.NOTE, "as before")]
        high = rows[(rows["value"] == 9000) & (rows["indicator"] == "looked_after_children")]
        return [*told, *(Finding(Level.ERROR, "too many", found=row) for row in high["period"])]

    monkeypatch.setattr(importing, "run_checks", find)
    assert look(data, write("2019-M07 820")).findings == ()
    found = look(data, write("2019-M07 9000"))
    assert [(each.file, each.found) for each in found.findings] == [("too many", "2019-M07")]
    assert found.is_refused


def test_figures_loaded_between_look_and_load_are_not_overrun(data: Path, write) -> None:
    first = look(data, write("2019-M07 820"))
    load(data, look(data, write("2019-M07 821", name="other.txt")))
    with pytest.raises(RefusedError, match="loaded meanwhile"):
        load(data, first)


@pytest.mark.parametrize("kind", ["line", ""])
def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are(data: Path, write, kind: str) -> None:
    with pytest.raises(RefusedError, match="expected lines"):
        preview(data, kind, [write("2019-M07 820")])


def test_a_file_that_is_not_there_and_a_day_that_is_none_are_refused(
    data: Path, write, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError, match=r"gone\.txt: No such file"):
        look(data, tmp_path / "gone.txt")
    with pytest.raises(RefusedError, match="expected a day such as 2026-04-30"):
        look(data, write("2019-M07 820"), day="31 August")


def test_going_back_takes_a_load_out_of_what_counts_and_keeps_it(data: Path, write) -> None:
    kept = load(data, look(data, write("2019-M07 820")))
    put_in_force(data, ())
    assert held(data, "2019-M07") == []
    assert list_loads(data) == (kept,)
    assert load(data, look(data, write("2019-M07 820"))).id != kept.id
