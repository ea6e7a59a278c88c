"""What `disclosure.toml` may say, and what is said about it when it is wrong."""

from pathlib import Path

import pytest

from dashboard.areas import AreaKind
from dashboard.disclosure import load_policy
from dashboard.findings import DeclarationError
from dashboard.settings import DATA
from dashboard.vocabulary import Statistic


def write(folder: Path, text: str) -> Path:
    (folder / "disclosure.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_policy_of_the_project_hides_what_is_below_ten_in_districts() -> None:
    policy = load_policy(DATA)
    assert policy.threshold == 10
    assert policy.levels == {AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY}
    assert Statistic.RATE in policy.statistics


def test_everything_wrong_is_told_at_once_with_the_nearest_right_word(tmp_path: Path) -> None:
    data = write(tmp_path, 'threshold = 3\nlevels = ["distrct"]\nstatistics = []\n')
    with pytest.raises(DeclarationError) as problem:
        load_policy(data)
    told = str(problem.value)
    assert "threshold: found 3" in told
    assert "found 'distrct'" in told
    assert "nearest: district" in told
    assert "statistics: found none" in told


def test_a_missing_policy_stops_the_work(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"disclosure\.toml"):
        load_policy(tmp_path)
