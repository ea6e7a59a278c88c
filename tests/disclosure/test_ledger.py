"""What is out already, and what a comparison of two releases gives away without a record of it."""

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.areas import AreaKind
from dashboard.disclosure import Ledger, Policy, Protected, Unprotected, protect
from dashboard.disclosure.ledger import LedgerError
from tests.disclosure.tables import AREAS, CATALOGUE, DISTRICTS, figures, make_county, spread_over_areas

PLAIN = Policy(most_hidden=1.0, levels=frozenset({AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY}))
FIRST = {"east": 4, "north": 30, "south": 20, "west": 25, "outside": 40}


def count(changes: dict[str, int] | None = None, status: str = "final") -> pd.DataFrame:
    """The starts of every area; some of them revised since."""
    return figures(spread_over_areas("starts", FIRST | (changes or {}), status=status))


def release(raw: pd.DataFrame, earlier: Ledger | None = None, policy: Policy = PLAIN) -> Protected:
    return protect(Unprotected(raw), CATALOGUE, AREAS, policy, earlier=earlier)


def record(
    protected: Protected, earlier: Ledger | None = None, name: str = "r1", rules: str = "others"
) -> Ledger:
    return (earlier or Ledger()).with_release(protected.table, protected.draw, name, rules)


def hidden(protected: Protected) -> set[str]:
    return set(protected.table[protected.table["symbol"] == "c"]["area"])


def test_without_the_record_two_releases_side_by_side_give_a_hidden_number_away() -> None:
    """East's 4 and south's 20 are hidden; then north is revised to 12, and hidden in south's place."""
    first = release(count())
    assert hidden(first) == {"east", "south"}
    second = release(count({"north": 12}))
    assert hidden(second) == {"east", "north"}
    before, after = (each.table.set_index("area")["value"] for each in (first, second))
    others = before["north"] + before["west"] + before["outside"]
    assert before["county"] - others - after["south"] == 4  # east's


def test_with_the_record_what_was_hidden_stays_hidden_where_something_near_was_revised() -> None:
    second = release(count({"north": 12}), record(release(count())))
    assert {"east", "south"} <= hidden(second)


def test_by_the_same_rules_what_was_hidden_stays_hidden_and_by_others_only_near_a_revision() -> None:
    """East's 4 and south's 20 were hidden; east has 14 now, and nothing shown has changed but the county."""
    raw = count({"east": 14, "outside": 30})
    first = release(count())
    assert hidden(release(raw)) == set()
    assert hidden(release(raw, record(first, rules=first.rules))) == {"east", "south"}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), mean=st.sampled_from([9, 14, 25]))
def test_the_same_figures_by_the_same_rules_make_the_same_release(seed: int, mean: int) -> None:
    chance = np.random.default_rng(seed)
    raw = make_county(lambda: int(chance.poisson(mean)))
    first = release(raw, policy=Policy())
    ledger = record(first, rules=first.rules)
    again = protect(Unprotected(raw), CATALOGUE, AREAS, Policy(), earlier=ledger, before=first.proof)
    pd.testing.assert_frame_equal(again.table, first.table)


def test_a_figure_shown_before_and_unchanged_is_never_hidden() -> None:
    lenient = Policy(threshold=5, candidates=4, most_hidden=1.0, levels=PLAIN.levels)
    raw = count({"east": 7})
    shown = release(raw, policy=lenient)
    assert not hidden(shown)
    assert "east" in hidden(release(raw))
    assert not hidden(release(raw, record(shown)))


def test_made_up_children_of_another_draw_are_others() -> None:
    first = release(count(status="illustrative"))
    again = release(count({"north": 12}, status="illustrative"), record(first))
    assert first.draw != again.draw
    assert hidden(again) == {"east", "north"}


def test_the_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert Ledger.read(tmp_path / "ledger.csv.gz").rows.empty
    ledger = record(release(count()))
    ledger.write(tmp_path / "ledger.csv.gz")
    pd.testing.assert_frame_equal(
        Ledger.read(tmp_path / "ledger.csv.gz").rows, ledger.rows, check_dtype=False
    )


def test_a_record_changed_by_hand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv.gz"
    record(release(count())).write(path)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"south", b"north")))
    with pytest.raises(LedgerError, match="not as this version wrote it"):
        Ledger.read(path)


def test_the_record_before_a_release_knows_nothing_of_it() -> None:
    first = record(release(count()))
    second = record(release(count({"north": 12}), first), first, "r2")
    pd.testing.assert_frame_equal(second.before("r2").rows, first.rows)


def test_a_number_hidden_is_not_in_the_record() -> None:
    rows = record(release(count())).rows.set_index("area")
    assert rows.loc[["east", "south"], "value"].isna().all()
    others = [each for each in DISTRICTS if each not in ("east", "south")]
    assert rows.loc[["east", "south"], "told"].tolist() == ["hidden", "hidden"]
    assert rows.loc[others, "told"].tolist() == [""] * len(others)
