"""Releases: whole or not at all, for ever, and only when there is something new."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from dashboard import release, shelf
from dashboard.audiences import AudienceError
from dashboard.disclosure import Protected, Unprotected
from dashboard.findings import Finding, Level
from dashboard.observations import TYPES, load_observations
from dashboard.proving import ProvingError, describe, prove_current, read_recorded
from dashboard.release import Internal, hash_inputs, prefer_real, publish
from dashboard.settings import DATA
from dashboard.shelf import ReleaseError, current_release, read_manifest, releases
from dashboard.vocabulary import COLUMNS, RELEASED

#: Illustrative months in three districts, one in each quarter, with one small number in the first.
MONTHS = {
    "2021-M04": {"redditch": 4.0, "worcester": 31.0, "wychavon": 50.0},
    "2021-M07": {"redditch": 24.0, "worcester": 33.0, "wychavon": 52.0},
    "2021-M10": {"redditch": 25.0, "worcester": 35.0, "wychavon": 54.0},
    "2022-M01": {"redditch": 26.0, "worcester": 37.0, "wychavon": 56.0},
}
SIMULATED = pd.DataFrame(
    [
        dict.fromkeys(TYPES, "")
        | {
            "indicator": "contacts",
            "statistic": "count",
            "area": area,
            "basis": "local",
            "period": period,
            "numerator": None,
            "denominator": None,
            "value": value,
            "status": "illustrative",
            "source": "simulation",
            "published_on": "2026-04-30",
            "decimals": 0,
        }
        for period, districts in MONTHS.items()
        for area, value in {**districts, "worcestershire": sum(districts.values())}.items()
    ]
).astype(dict(TYPES))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's own data folder, with the figures of one source and a handful of illustrative ones."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases", "audits", "observations"))
    (folder / "observations").mkdir()
    shutil.copy(DATA / "observations" / "board_dataset_2018_19.csv", folder / "observations")
    monkeypatch.setattr(release, "run_checks", lambda data: [])
    monkeypatch.setattr(release, "simulate", lambda *given: SIMULATED)
    return folder


def remark(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\n# changed\n", encoding="utf-8")


def read(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "figures.csv", dtype="str", keep_default_na=False)


def of_april(figures: pd.DataFrame) -> pd.DataFrame:
    """The contacts of the month with a small number."""
    counts = (figures["indicator"] == "contacts") & (figures["statistic"] == "count")
    return figures[counts & (figures["period"] == "2021-M04")]


def test_a_release_is_named_after_its_day_and_becomes_the_current_one(data: Path) -> None:
    name = publish(data)
    day, _, counter = name.rpartition("-")
    assert counter == "1"
    assert current_release(data) == data / "releases" / "public" / name
    manifest = read_manifest(data)
    assert str(manifest["created"]).startswith(day)
    assert manifest["audience"] == "public"
    assert manifest["illustrative"] is True
    assert {"board-dataset-2018-19", "simulation", "calculated"} <= set(manifest["sources"])  # type: ignore[call-overload]


def test_a_release_holds_the_figures_as_printed_and_hides_the_small_ones(data: Path) -> None:
    publish(data)
    figures = read(current_release(data))
    assert list(figures.columns) == [*COLUMNS, *RELEASED]
    contacts = of_april(figures)
    shown = dict(zip(contacts["area"], contacts["value"] + contacts["symbol"], strict=True))
    assert shown == {"redditch": "c", "worcester": "c", "wychavon": "50", "worcestershire": "85"}
    manifest = read_manifest(data)
    assert manifest["rows"] == len(figures)
    assert manifest["hidden"] == (figures["symbol"] == "c").sum()
    received = load_observations(data)
    printed = figures[figures["source"] == "board-dataset-2018-19"]
    assert len(printed) == len(received)


def test_a_release_needs_nothing_of_the_data_folder(data: Path) -> None:
    publish(data)
    declared = current_release(data) / "declared"
    for name in (
        "indicators",
        "areas.csv",
        "characteristics.toml",
        "sources.toml",
        "targets.csv",
        "disclosure.toml",
    ):
        assert (declared / name).exists(), name
    assert not (declared / "observations").exists()


def test_publishing_the_same_again_makes_no_new_release_and_no_work(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(data)
    monkeypatch.setattr(release, "make_figures", lambda *given, **named: pytest.fail("worked it out again"))
    assert publish(data) == first
    assert len(releases(data)) == 1


def test_changed_inputs_that_say_the_same_make_no_new_release(data: Path) -> None:
    first = publish(data)
    (data / "observations" / "nothing.txt").write_text("a remark", encoding="utf-8")
    assert publish(data) == first


def test_a_changed_figure_makes_a_new_release_and_leaves_the_old_one_as_it_was(data: Path) -> None:
    first = publish(data)
    before = (data / "releases" / "public" / first / "figures.csv").read_bytes()
    path = data / "observations" / "board_dataset_2018_19.csv"
    path.write_text(path.read_text("utf-8").replace(",842,", ",843,"), encoding="utf-8")
    second = publish(data)
    assert second.endswith("-2")
    assert current_release(data).name == second
    assert (data / "releases" / "public" / first / "figures.csv").read_bytes() == before
    assert [each["id"] for each in releases(data)] == [second, first]


def test_a_release_without_illustrative_figures_has_none(data: Path) -> None:
    publish(data, illustrative=False)
    figures = read(current_release(data))
    assert "illustrative" not in set(figures["status"])
    assert "simulation" not in set(figures["source"])
    assert read_manifest(data)["illustrative"] is False
    assert publish(data).endswith("-2")


def test_an_error_in_the_checks_stops_the_release_and_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Finding(Level.ERROR, "areas.csv", 3, "kind", "'distrct'")
    remark = Finding(Level.NOTE, "areas.csv")
    monkeypatch.setattr(release, "run_checks", lambda data: [wrong, remark])
    with pytest.raises(ReleaseError) as problem:
        publish(data)
    assert problem.value.findings == (wrong,)
    assert not (data / "releases").exists()


def test_a_note_does_not_stop_a_release(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "run_checks", lambda data: [Finding(Level.WARNING, "areas.csv")])
    assert publish(data)


def test_a_release_that_fails_half_way_leaves_the_old_one_current(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(data)
    remark(data / "sources.toml")

    def fail(table: pd.DataFrame, path: Path) -> None:
        path.write_text("half a file", encoding="utf-8")
        raise OSError("disk full")

    monkeypatch.setattr(release, "write_observations", fail)
    with pytest.raises(OSError, match="disk full"):
        publish(data)
    assert current_release(data).name == first
    assert sorted(path.name for path in (data / "releases" / "public").iterdir()) == sorted(
        ["CURRENT", first]
    )


def test_the_pointer_is_swapped_only_when_all_is_in_place(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(data)
    remark(data / "sources.toml")
    swap = os.replace

    def look_and_swap(source: Path, target: Path) -> None:
        if Path(target).name != "CURRENT":  # a proof, or what the next release is spared
            return swap(source, target)
        named = data / "releases" / "public" / Path(source).read_text("utf-8").strip()
        assert (named / "figures.csv").exists()
        assert json.loads((named / "manifest.json").read_text("utf-8"))["id"] == named.name
        return swap(source, target)

    monkeypatch.setattr(shelf.os, "replace", look_and_swap)
    assert publish(data).endswith("-2")


def test_an_audience_that_is_not_known_is_not_published_for(data: Path) -> None:
    with pytest.raises(ReleaseError, match="found audience 'intern', expected public or internal"):
        publish(data, audience="intern")


def test_each_audience_has_its_releases_in_a_folder_of_its_own(data: Path) -> None:
    public, internal = publish(data), publish(data, audience="internal")
    assert current_release(data) == data / "releases" / "public" / public
    assert current_release(data, "internal") == data / "releases" / "internal" / internal
    assert internal == f"internal-{public}"
    assert [each["id"] for each in releases(data)] == [public]
    assert [each["id"] for each in releases(data, "internal")] == [internal]
    assert read_manifest(data, "internal")["audience"] == "internal"


def test_an_internal_release_holds_the_figures_as_they_are(data: Path) -> None:
    publish(data, audience="internal")
    figures = read(current_release(data, "internal"))
    contacts = of_april(figures)
    shown = dict(zip(contacts["area"], contacts["value"], strict=True))
    assert shown == {"redditch": "4", "worcester": "31", "wychavon": "50", "worcestershire": "85"}
    assert read_manifest(data, "internal")["hidden"] == 0


def test_nobody_else_on_the_machine_reads_an_internal_release(data: Path) -> None:
    publish(data, audience="internal")
    assert (data / "releases" / "internal").stat().st_mode & 0o007 == 0


def test_publishing_for_one_audience_leaves_the_other_as_it_was(data: Path) -> None:
    public = publish(data)
    internal = publish(data, audience="internal")
    assert publish(data) == public
    assert publish(data, audience="internal") == internal


def test_figures_are_written_only_for_the_audience_they_were_made_ready_for(data: Path) -> None:
    bare = pd.DataFrame({"value": [4.0]})
    for figures, audience in ((Internal(bare), "public"), (Protected(bare), "internal")):
        with pytest.raises(ReleaseError, match=f"figures for {audience}, expected"):
            release._put_in_place(data, figures, {"audience": audience, "illustrative": True})
    assert not list((data / "releases").rglob("figures.csv"))


def test_a_proof_beside_the_figures_changes_nothing_about_them(data: Path) -> None:
    first = hash_inputs(data, illustrative=True, audience="public")
    (data / "audits" / "public").mkdir(parents=True)
    (data / "audits" / "public" / "2026-01-01-1.json").write_text("{}", encoding="utf-8")
    assert hash_inputs(data, illustrative=True, audience="public") == first
    assert hash_inputs(data, illustrative=True, audience="internal") != first


def test_what_a_process_that_died_left_behind_is_removed_and_what_one_at_work_writes_is_not(
    data: Path,
) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    folder = data / "releases" / "public"
    dead, alive = folder / f"draft-{int(gone.stdout)}.tmp", folder / f"draft-{os.getppid()}.tmp"
    for draft in (dead, alive):
        draft.mkdir(parents=True)
        (draft / "figures.csv").write_text("half a file", encoding="utf-8")
    publish(data)
    assert not dead.exists()
    assert alive.exists()


@pytest.mark.parametrize("name", ["../internal/internal-2026-11-22-1", "..", "", "/etc", "a/b"])
def test_current_names_a_release_beside_it_and_leads_nowhere_else(data: Path, name: str) -> None:
    publish(data)
    (data / "releases" / "public" / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
    with pytest.raises(AudienceError, match="expected the id of a release beside it"):
        current_release(data)
    assert read_manifest(data) == {}


def test_without_a_release_the_message_says_how_to_make_one(data: Path) -> None:
    with pytest.raises(ReleaseError, match="python -m dashboard publish"):
        current_release(data)
    assert read_manifest(data) == {}
    assert releases(data) == []


def test_only_protected_figures_can_be_written(data: Path) -> None:
    for figures in (load_observations(data), Unprotected(load_observations(data))):
        for audience in ("public", "internal"):
            with pytest.raises(ReleaseError, match="expected"):
                release._put_in_place(data, figures, {"audience": audience})  # type: ignore[arg-type]
    assert not hasattr(Protected(pd.DataFrame()), "raw")


def test_an_illustrative_figure_gives_way_to_a_real_number_and_only_to_a_number() -> None:
    county = of_april(SIMULATED).query("area == 'worcestershire'")
    real = county.assign(status="as_published", source="returns", value=84.0)
    missing = real.assign(value=float("nan"), symbol="x")
    other = real.assign(period="2021-M05")
    assert prefer_real(pd.concat([county, real]))["value"].to_list() == [84.0]
    assert len(prefer_real(pd.concat([county, missing]))) == 2
    assert len(prefer_real(pd.concat([county, other]))) == 2


def test_the_current_release_is_proved_from_the_figures_up(data: Path) -> None:
    name = publish(data)
    proof = prove_current(data)
    assert proof["release"] == name
    assert (proof["failed"], proof["unresolved"]) == (0, 0)
    assert proof["hidden"] >= 2
    written = read_recorded(data, name)
    assert {key: written[key] for key in ("hidden", "failed")} == {
        key: proof[key] for key in ("hidden", "failed")
    }
    assert "Proved: 0 numbers" in "\n".join(describe(proof))


def test_what_is_not_made_of_the_figures_as_they_are_is_not_proved(data: Path) -> None:
    with pytest.raises(ProvingError, match="no release yet"):
        prove_current(data)
    publish(data)
    figures = current_release(data) / "figures.csv"
    figures.write_text(figures.read_text("utf-8").replace(",85,", ",86,"), encoding="utf-8")
    with pytest.raises(ProvingError, match="do not show it"):
        prove_current(data)
    remark(data / "sources.toml")
    with pytest.raises(ProvingError, match="have changed since"):
        prove_current(data)


def test_a_release_that_never_was_has_no_proof(data: Path) -> None:
    name = publish(data)
    with pytest.raises(ProvingError, match=f"nearest: {name}"):
        read_recorded(data, f"{name}0")
