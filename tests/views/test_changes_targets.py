"""Targets that were met at one end and not at the other."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.views.changes_shapes import ChangeGroup
from dashboard.views.changes_targets import find_crossed
from dashboard.views.pictures import Judgement
from tests.views.changing import IN_TOUCH, OWN, SIMULATED, ends_of, texts

Make = Callable[..., Any]


@pytest.fixture
def find(release: Make, figures: Make) -> Callable[..., ChangeGroup]:
    """What is found of care leavers in touch, of whom the target is 95%, at the ends of two quarters."""

    def make(earlier: object, latest: object, chosen: str = "target", **fields: Any) -> ChangeGroup:
        values = {"2021-M12": earlier, "2022-M03": latest}
        rows = figures(IN_TOUCH, values, statistic="percentage", **{**OWN, **fields})
        return find_crossed(ends_of(release(rows, targets=True), compare=chosen))

    return make


def test_a_target_that_is_met_no_longer_is_told_with_both_figures(find: Make) -> None:
    group = find(96, 94)
    assert texts(group) == [
        "Care leavers in touch, all ages: 94% at 31 March 2022 no longer meets the target of 95%. "
        "It was 96% at 31 December 2021. Higher is better."
    ]
    assert (group.changes[0].judgement, group.changes[0].up) == (Judgement.WORSE, False)


def test_a_target_that_is_just_reached_is_met(find: Make) -> None:
    group = find(94, 95)
    assert "95% at 31 March 2022 now meets the target of 95%." in texts(group)[0]
    assert (group.changes[0].judgement, group.changes[0].up) == (Judgement.BETTER, True)


@pytest.mark.parametrize(("earlier", "latest"), [(80, 94), (95, 99)])
def test_a_target_that_is_met_or_missed_at_both_ends_is_quiet(find: Make, earlier: int, latest: int) -> None:
    group = find(earlier, latest)
    assert group.changes == ()
    assert group.quiet == "the one target that can be judged was not crossed"


def test_where_low_is_good_a_target_is_met_below_it(release: Make, figures: Make) -> None:
    values = {"2021-M12": 9.5, "2022-M03": 11.1}
    rows = figures("three_or_more_placements", values, statistic="percentage", **OWN)
    group = find_crossed(ends_of(release(rows, targets=True)))
    assert "11.1% at 31 March 2022 no longer meets the target of 10%. It was 9.5%" in texts(group)[0]


@pytest.mark.parametrize(
    ("earlier", "latest", "fields"),
    [
        (96, 94, SIMULATED),
        (96, "[c]", {}),
        ("[c]", 94, {}),
        (96, 94, {"precision": "nearest_5"}),
    ],
)
def test_only_real_figures_that_are_told_exactly_are_judged(
    find: Make, earlier: object, latest: object, fields: dict[str, str]
) -> None:
    group = find(earlier, latest, **fields)
    assert (group.changes, group.quiet) == ((), "")
    assert group.unsaid.startswith("No measure with a target has a real figure at both ends")


def test_targets_that_are_not_shown_are_not_judged(find: Make) -> None:
    group = find(96, 94, "england")
    assert (group.changes, group.unsaid) == ((), "Targets were not chosen to be shown.")
