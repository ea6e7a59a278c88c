"""`docs/adding.md`, followed: its examples are made in a copy of `data/`, and looked at when published."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.checks import run_checks
from dashboard.findings import Level
from dashboard.indicators import load_indicators
from dashboard.release import publish
from dashboard.store import CurrentStore
from dashboard.views.page import Page
from dashboard.vocabulary import Polarity, Statistic
from dashboard.web.released import ReleaseReader

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"^```\w+ (data/\S+)( \(added at the end\))?\n(.*?)^```$", re.M | re.S)
NEW = "contacts_from_children"
ONE_FILE = f"data/indicators/front_door/{NEW}.toml"


def read_examples() -> list[tuple[str, bool, str]]:
    """File, whether it is added to, and text, of each example in its order."""
    found = EXAMPLE.findall((ROOT / "docs" / "adding.md").read_text(encoding="utf-8"))
    return [(file, bool(added), text) for file, added, text in found]


def copy_data(folder: Path) -> Path:
    return shutil.copytree(
        ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("releases", "audits")
    )


def follow(data: Path, examples: list[tuple[str, bool, str]]) -> None:
    for file, added, text in examples:
        path = data.parent / file
        assert path.exists() is added, file
        before = path.read_text(encoding="utf-8") if added else ""
        gap = "\n" if added and file.endswith(".toml") else ""
        path.write_text(before + gap + text, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every example in it, published."""
    data = copy_data(tmp_path_factory.mktemp("followed"))
    follow(data, read_examples())
    rename_release(data, publish(data, illustrative=False), "followed")
    return data


def rename_release(data: Path, before: str, after: str) -> None:
    """Give a release an id that no other test's release has: what is cached is cached by it."""
    releases = data / "releases" / "public"
    (releases / before).rename(releases / after)
    manifest = releases / after / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"{before}"', f'"{after}"'))
    (releases / "CURRENT").write_text(f"{after}\n")


@pytest.fixture(scope="module")
def reader(followed: Path) -> ReleaseReader:
    return ReleaseReader(CurrentStore(followed))


def build(reader: ReleaseReader, page: str) -> Page:
    return reader.build(reader.read(page, {"period": "2021-22-Q4"}))


def test_the_document_has_an_example_of_each() -> None:
    files = [file for file, _, _ in read_examples()]
    assert files[0] == ONE_FILE
    assert {file.split("/")[1] for file in files} == {
        "indicators", "observations", "sources.toml", "targets.csv", "acts.csv", "pages",
        "characteristics.toml",
    }  # fmt: skip


def test_an_indicator_is_one_file(tmp_path: Path) -> None:
    data = copy_data(tmp_path)
    before = load_indicators(data)
    errors = [finding for finding in run_checks(data) if finding.level is Level.ERROR]
    follow(data, [each for each in read_examples() if each[0] == ONE_FILE])
    added = load_indicators(data)
    assert set(added) - set(before) == {NEW}
    assert added[NEW].polarity is Polarity.NEUTRAL
    assert added[NEW].statistics[Statistic.PERCENTAGE].denominator == "all contacts received"
    assert [finding for finding in run_checks(data) if finding.level is Level.ERROR] == errors == []


def test_its_figures_are_printed_as_they_were_given(
    followed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(followed))
    assert main(["figures", "--indicator", NEW]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    counted = {row["period"]: row["value"] for row in rows if row["statistic"] == "count"}
    assert {"2022-M01": "31", "2022-M02": "28", "2022-M03": "36"}.items() <= counted.items()
    assert {row["source"] for row in rows if row["period"].startswith("2022-M")} == {"front-door-return"}


def test_its_quarter_is_the_sum_of_its_months(reader: ReleaseReader) -> None:
    panel = next(each for each in build(reader, "front-door").panels if each.key == "contacts-from-children")
    assert panel.picture is not None
    assert panel.table is not None
    assert any("95" in cell for row in panel.table.rows for cell in row)  # 31 + 28 + 36


def test_the_about_page_says_what_it_means(reader: ReleaseReader) -> None:
    about = build(reader, "about").about
    assert about is not None
    told = {each.title: each for _, definitions in about.definitions for each in definitions}
    assert "got in touch about their own welfare" in told["Contacts from children themselves"].definition


def test_the_new_page_is_a_tab_with_a_card_and_a_chart(reader: ReleaseReader) -> None:
    page = build(reader, "voice-of-the-child")
    assert page.address.startswith("/voice-of-the-child?")
    assert [tab.text for tab in page.tabs if tab.current] == ["Voice of the child"]
    assert [card.value for card in page.cards] == ["95"]
    assert [panel.key for panel in page.panels] == ["contacts-from-children"]


def test_the_new_characteristic_has_a_coarser_level(followed: Path) -> None:
    method = CurrentStore(followed)().characteristics["contact_method"]
    assert [category.title for category in method.level(1)] == ["By telephone", "Online or by letter"]


def test_a_mistake_is_told_with_its_file_and_what_would_be_right(tmp_path: Path) -> None:
    data = copy_data(tmp_path)
    [(_, _, text)] = [each for each in read_examples() if each[0] == ONE_FILE]
    path = tmp_path / ONE_FILE
    path.write_text(text.replace('polarity = "neutral"', 'polarity = "neutrl"'), encoding="utf-8")
    told = [str(finding) for finding in run_checks(data) if finding.level is Level.ERROR]
    assert any(
        all(word in each for word in (f"{NEW}.toml", "polarity", "neutrl", "neutral", "low_is_good"))
        for each in told
    ), told
