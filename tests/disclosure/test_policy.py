"""What `disclosure.toml` may say, and what is said about it when it is wrong."""

from pathlib import Path

import pytest

from dashboard.areas import AreaKind
from dashboard.disclosure import Policy, load_policy
from dashboard.findings import DeclarationError
from dashboard.indicators import load_indicators
from dashboard.settings import DATA
from dashboard.vocabulary import Statistic


def write(folder: Path, text: str) -> Path:
    (folder / "disclosure.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_policy_of_the_project_hides_what_is_below_ten_in_the_county_and_within_it() -> None:
    policy = load_policy(DATA)
    assert policy.threshold == 10
    assert policy.levels == {AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.PLACEMENT_ONLY}
    assert Statistic.RATE in policy.statistics
    assert (policy.candidates, policy.most_hidden, policy.whole_line_below) == (5, 0.2, 20)


def test_what_the_county_shows_all_the_same_is_excepted_with_a_reason_and_never_in_a_district() -> None:
    exceptions = load_policy(DATA).exceptions
    assert {each.level for each in exceptions} == {AreaKind.COUNTY}
    assert all(each.reason for each in exceptions)
    assert {each.indicator for each in exceptions} <= load_indicators(DATA).keys()


def test_what_is_not_said_is_as_strict_as_usual(tmp_path: Path) -> None:
    data = write(tmp_path, 'threshold = 10\nlevels = ["district"]\nstatistics = ["count"]\n')
    usual, policy = Policy(), load_policy(data)
    assert (policy.candidates, policy.most_hidden, policy.whole_line_below) == (5, 0.2, 20)
    assert (policy.top_codes, policy.base_bands) == (usual.top_codes, usual.base_bands)
    assert policy.exceptions == ()


def test_an_exception_without_a_reason_is_refused(tmp_path: Path) -> None:
    text = 'threshold = 10\nlevels = ["district"]\nstatistics = ["count"]\n'
    text += '[[exceptions]]\nindicator = "starts"\nlevel = "county"\n'
    with pytest.raises(DeclarationError, match="reason"):
        load_policy(write(tmp_path, text))


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
