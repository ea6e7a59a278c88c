"""Every kind of file: looked at, loaded, published, seen, taken back, and the old figures seen again."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard import importing, release
from dashboard.__main__ import main
from dashboard.importing import preview
from dashboard.intake import find_readers
from dashboard.loads import list_in_force, list_loads
from dashboard.periods import parse
from dashboard.release import publish
from dashboard.settings import DATA
from dashboard.shelf import read_manifest
from dashboard.store import CurrentStore
from dashboard.vocabulary import CELL
from tests.bringing import NOT_NEEDED, nothing_simulated
from tests.intake.annex_a.lists import anchored, contact, make_grids, write_grids
from tests.intake.board_dataset.workbook import write_workbook
from tests.intake.samples.dfe.given import SAMPLES

Make = Callable[[Path], Path]


def write_board(folder: Path) -> Path:
    write_workbook(folder / "july.xlsx", None)
    return folder / "july.xlsx"


def write_lists(folder: Path) -> Path:
    contacts = [contact(date(2023, month, 3), child=f"c{n}") for month in (11, 12) for n in range(60)]
    lists = anchored({})
    return write_grids(folder / "lists.xlsx", make_grids({**lists, 1: [*lists[1], *contacts]}))


def write_tidy(folder: Path) -> Path:
    path = folder / "tidy.csv"
    path.write_text(
        "indicator,statistic,area,basis,period,value\n"
        "looked_after_children,count,worcestershire,local,2019-M07,820\n",
        encoding="utf-8",
    )
    return path


def copy_wide(folder: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "wide.csv", folder))


KINDS: dict[str, tuple[Make, str]] = {
    "board-dataset": (write_board, "2019-07-31"),
    "annex-a": (write_lists, "2024-04-10"),
    "tidy": (write_tidy, "2019-08-31"),
    "dfe": (copy_wide, "2026-04-30"),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's declarations with one small file of figures."""
    monkeypatch.setattr(release, "simulate", nothing_simulated)
    monkeypatch.setattr(release, "run_checks", lambda data: [])
    monkeypatch.setattr(importing, "run_checks", lambda data: [])
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns(*NOT_NEEDED))
    (folder / "observations").mkdir()
    shutil.copy(DATA / "observations" / "board_report_2020_21_q3.csv", folder / "observations")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    return folder


def test_every_kind_has_a_sample() -> None:
    assert set(KINDS) == set(find_readers())


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_goes_all_the_way_and_back(kind: str, data: Path, tmp_path: Path) -> None:
    make, day = KINDS[kind]
    file = str(make(tmp_path))
    first = publish(data)
    found = preview(data, kind, [Path(file)], published_on=day)
    assert not found.is_refused, [str(each) for each in found.findings]
    rows = found.figures[(found.figures["area"] == "worcestershire") & (found.figures["value"] >= 20)]
    whole = rows[rows["characteristic"] == ""].iloc[0]
    asked = [str(whole[name]) for name in CELL[:4]]

    def shown() -> float | None:
        told = CurrentStore(data)().at(*asked, parse(str(whole["period"])))
        return told.value if told else None

    old = shown()
    assert old != whole["value"]
    assert main(["import", kind, file, "--published-on", day, "--dry-run"]) == 0
    assert list_loads(data) == ()
    assert main(["import", kind, file, "--published-on", day]) == 0
    assert shown() == old
    assert main(["publish"]) == 0
    assert shown() == whole["value"]
    assert read_manifest(data)["loads"] == list(list_in_force(data))
    assert main(["rollback", first]) == 0
    assert shown() == old
    assert list_in_force(data) == ()
