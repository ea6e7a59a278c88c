"""Proving a release, and a proof in words."""

import json
import shutil
from pathlib import Path

import pytest

from dashboard.areas import AreaKind
from dashboard.disclosure import Policy, Unprotected, protect
from dashboard.proving import ProvingError, describe, prove_current, read_recorded
from dashboard.release import publish
from dashboard.shelf import current_release
from tests.disclosure.tables import AREAS, CATALOGUE, figures, spread_over_areas

LEVELS = frozenset({AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY})


def prove() -> dict[str, object]:
    """The proof of a county in which east's 4 is hidden, and south's 20 beside it."""
    counts = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}
    raw = Unprotected(figures(spread_over_areas("starts", counts)))
    protected = protect(raw, CATALOGUE, AREAS, Policy(most_hidden=1.0, levels=LEVELS))
    return {"release": "r1", **protected.proof}


def test_a_proof_in_words_ends_with_what_was_proved() -> None:
    lines = list(describe(prove()))
    assert lines[1] == "6 numbers; 2 stand nowhere in the release:"
    assert "  1 are below 10 themselves, or tell of everybody" in lines
    assert "  1 are hidden beside them" in lines
    assert any("starts, east, 2020-M04 (count, primary)" in line for line in lines)
    assert lines[-1].startswith("Proved: 0 numbers pinned closer than the policy allows, 0 unresolved")


@pytest.mark.parametrize("found", ["failed", "unresolved"])
def test_what_is_not_proved_is_not_called_proved(found: str) -> None:
    assert list(describe({**prove(), found: 1}))[-1].startswith("NOT proved")


def test_a_proof_can_be_written_down() -> None:
    assert json.loads(json.dumps(prove(), default=str))["primary"] == 1


def test_without_a_release_there_is_nothing_to_prove(tmp_path: Path) -> None:
    with pytest.raises(ProvingError, match="no release yet"):
        prove_current(tmp_path)
    with pytest.raises(ProvingError, match="found release 'r1', of none"):
        read_recorded(tmp_path, "r1")


def test_the_shipped_figures_published_again_are_the_same_to_the_last_byte(
    released: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(released, data)
    first = current_release(data)
    with (data / "sources.toml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    second = data / "releases" / "public" / publish(data)
    assert second != first
    assert (second / "figures.csv").read_bytes() == (first / "figures.csv").read_bytes()
