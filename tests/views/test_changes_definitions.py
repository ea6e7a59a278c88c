"""Definitions that are not what they were in the release before."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.settings import DATA
from dashboard.views.changes_definitions import find_redefined
from dashboard.views.changes_shapes import ChangeGroup
from tests.views.changing import MISSING, OWN, STEADY, by_month, ends_of, texts

Make = Callable[..., Any]
Alter = Callable[[Path], None]  # of the folder in which a release declares its indicators
FILE = Path("through_care") / f"{MISSING}.toml"
_APART = shutil.ignore_patterns("releases", "audits", "observations")


def same(indicators: Path) -> None:
    """Nothing was otherwise."""


def was(now: str, then: str) -> Alter:
    """A text of the one file was another."""

    def alter(indicators: Path) -> None:
        text = (indicators / FILE).read_text(encoding="utf-8")
        assert now in text
        (indicators / FILE).write_text(text.replace(now, then), encoding="utf-8")

    return alter


NEUTRAL = was('polarity = "low_is_good"', 'polarity = "neutral"')


@pytest.fixture
def find(release: Make, figures: Make, tmp_path: Path) -> Callable[..., ChangeGroup]:
    """What is found beside the releases before, the last of them last."""

    def make(*before: Alter, audience: str = "public", month: str = "2026-03") -> ChangeGroup:
        made = release(figures(MISSING, by_month(STEADY), **OWN))
        for number, alter in enumerate(before, start=1):
            folder = tmp_path / "releases" / f"{number}"
            shutil.copytree(DATA, folder / "declared", ignore=_APART)
            alter(folder / "declared" / "indicators")
            made_on = f"{month}-{number:02}T00:00:00+00:00"
            told = {"id": str(number), "created": made_on, "audience": audience, "illustrative": True}
            (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
        made.store.folder = tmp_path / "releases" / "now"
        return find_redefined(ends_of_here(made, tmp_path))

    return make


def ends_of_here(made: Any, tmp_path: Path) -> Any:
    """The ends of a release that lies among others."""
    (tmp_path / "releases" / "now").mkdir(parents=True)
    (tmp_path / "releases" / "now" / "declared").symlink_to(DATA)
    return ends_of(made)


def test_without_a_release_before_nothing_is_said(find: Make) -> None:
    group = find()
    assert (group.changes, group.quiet, group.unsaid) == ((), "", "")


def test_definitions_that_are_the_same_are_quiet(find: Make) -> None:
    group = find(same)
    assert (group.changes, group.quiet) == ((), "no definition changed since the release before this one")


def test_another_good_direction_is_told_in_the_words_of_the_page_about(find: Make) -> None:
    group = find(NEUTRAL)
    assert texts(group) == [
        "Looked after children who went missing: which way is good: “Lower is better”, "
        "before “For context only”."
    ]
    assert group.after == "Beside release 1, of 1 March 2026."


def test_another_wording_is_told_with_what_it_was(find: Make) -> None:
    text = "Looked after children who went missing at least once in the period, each counted once."
    (told,) = texts(find(was(text, "Children who went missing.")))
    assert told.endswith(f"it now counts: “{text}” Before: “Children who went missing.”")


def test_another_title_is_told(find: Make) -> None:
    (told,) = texts(find(was('title = "Looked after children who went missing"', 'title = "Missing"')))
    assert told == "Looked after children who went missing: it was called “Missing”."


def test_only_the_last_release_before_is_compared_with(find: Make) -> None:
    assert find(NEUTRAL, same).changes == ()


@pytest.mark.parametrize("where", [{"audience": "internal"}, {"month": "2026-05"}])
def test_releases_for_others_and_later_ones_are_not_looked_at(find: Make, where: dict[str, str]) -> None:
    group = find(NEUTRAL, **where)
    assert (group.changes, group.quiet) == ((), "")


def test_a_release_that_cannot_be_read_any_more_is_left_alone(find: Make) -> None:
    group = find(was("low_is_good", "lower_is_good"))
    assert (group.changes, group.quiet) == ((), "")


def test_measures_that_are_new_or_gone_are_told(find: Make) -> None:
    def alter(indicators: Path) -> None:
        caseload = indicators / "staffing" / "average_caseload.toml"
        text = caseload.read_text(encoding="utf-8").replace('"Average caseload"', '"Cases each"')
        caseload.unlink()
        caseload.with_name("cases_each.toml").write_text(text, encoding="utf-8")

    assert texts(find(alter)) == [
        "Average caseload: this measure is new.",
        ": Cases each is no longer among the measures.",
    ]
