"""What is kept of protection beside the releases."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from dashboard.audits import Audits, Recalled
from dashboard.disclosure import Protected
from dashboard.observations import write_observations
from tests.disclosure.tables import figures, spread_over_areas

MADE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def protected() -> Protected:
    counts = {"east": 12, "north": 30}
    table = figures(spread_over_areas("starts", counts)).assign(precision="", base="")
    return Protected(table, proof={"failed": 0}, draw="a draw")


def test_the_proof_of_a_release_says_of_which_figures_it_is(tmp_path: Path) -> None:
    audits = Audits(tmp_path)
    audits.keep("r1", protected(), "a hash", MADE)
    told = json.loads(audits.proof_of("r1").read_text(encoding="utf-8"))
    made = "2026-01-02T03:04:05+00:00"
    assert told == {"release": "r1", "made": made, "figures_hash": "a hash", "failed": 0}


def test_a_release_kept_is_in_the_record_and_was_not_before_it(tmp_path: Path) -> None:
    audits = Audits(tmp_path)
    assert audits.read_ledger().rows.empty
    audits.keep("r1", protected(), "a hash", MADE)
    assert audits.read_ledger().rows["area"].tolist() == ["east", "north", "county"]
    assert audits.read_ledger(before="r1").rows.empty


def test_a_lost_record_is_made_again_from_the_releases_that_are_there(tmp_path: Path) -> None:
    for name, month, counts in (("r2", "02", [13, 31]), ("r1", "01", [12, 30])):
        table = figures(spread_over_areas("starts", dict(zip(("east", "north"), counts, strict=True))))
        folder = tmp_path / "releases" / "public" / name
        folder.mkdir(parents=True)
        write_observations(table.assign(precision="", base=""), folder / "figures.csv")
        told = {"id": name, "created": f"2026-{month}-01"}
        (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    rows = Audits(tmp_path).read_ledger().rows
    assert rows["release"].tolist() == ["r1"] * 3 + ["r2"] * 3
    assert rows["value"].tolist() == [12, 30, 42, 13, 31, 44]
    assert Audits(tmp_path).read_ledger(before="r2").rows["release"].unique().tolist() == ["r1"]


def test_what_a_release_was_made_from_is_known_by_its_name_and_audience(tmp_path: Path) -> None:
    Audits(tmp_path).keep_inputs("r1", "a hash")
    assert Audits(tmp_path).inputs_of("r1") == "a hash"
    assert Audits(tmp_path).inputs_of("r2") == Audits(tmp_path, "internal").inputs_of("r1") == ""


def test_nobody_else_on_the_machine_may_look(tmp_path: Path) -> None:
    audits = Audits(tmp_path)
    audits.keep("r1", protected(), "a hash", MADE)
    assert audits.proof_of("r1").parent.stat().st_mode & 0o007 == 0


def test_only_what_an_audit_used_is_remembered(tmp_path: Path) -> None:
    audits = Audits(tmp_path)
    assert audits.read_memory() == {}
    found = Recalled([("old", np.ones((8, 3)))])
    found["new"] = np.full((8, 2), 2.0)
    audits.write_memory(found)
    again = audits.read_memory()
    assert again.keys() == {"new"}
    np.testing.assert_array_equal(again["new"], np.full((8, 2), 2.0))


def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    audits = Audits(tmp_path)
    audits.write_memory(Recalled())
    audits.proof_of("r1").with_name("memory.npz").write_bytes(b"nonsense")
    assert audits.read_memory() == {}
