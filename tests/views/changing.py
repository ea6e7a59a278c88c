"""Made-up series for what changed between two ends, and what is found of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.periods import month_at, parse
from dashboard.views.changes_ends import Ends, find_ends
from dashboard.views.changes_shapes import ChangeGroup
from dashboard.views.scene import Scene

#: A monthly flow of which fewer is better, a number at a date that is neutral, and two percentages.
MISSING, IN_CARE = "looked_after_missing_children", "looked_after_children"
IN_TOUCH, SEEN = "care_leavers_in_touch", "child_seen_during_assessment"
#: Figures of the council's own that are real.
OWN: Mapping[str, str] = {"basis": "local", "source": "board", "status": "as_published", "published_on": ""}
SIMULATED: Mapping[str, str] = {"status": "illustrative"}
#: Two years less a month that vary by 2 round 11, or by 1 round 100.
STEADY = (*((10, 12) * 11), 10)
LARGE = (*((99, 101) * 11), 99)


def by_month(values: Sequence[object], last: str = "2022-M03") -> dict[str, object]:
    """Values as those of the months up to one."""
    end = parse(last).index
    return {month_at(end - len(values) + 1 + place).code: value for place, value in enumerate(values)}


def ends_of(made: Any, **given: object) -> Ends:
    """The two ends of a choice."""
    selection = made.select("changes", **given)
    return find_ends(Scene(made.store, selection, made.store.areas[selection.area]))


def texts(group: ChangeGroup) -> list[str]:
    """The measures and sentences of a group."""
    return [f"{each.link.text if each.link else ''}: {each.text}" for each in group.changes]
