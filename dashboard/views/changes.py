"""The page of what changed since the last meeting: every kind of change, found and told."""

from collections.abc import Callable

from dashboard.formats import join_words
from dashboard.periods import Period
from dashboard.views.changes_definitions import find_redefined
from dashboard.views.changes_ends import Ends, find_ends, offer_ends
from dashboard.views.changes_moved import find_movements
from dashboard.views.changes_published import find_published, find_restated
from dashboard.views.changes_shapes import ChangeGroup, Changes
from dashboard.views.changes_targets import find_crossed
from dashboard.views.changes_unusual import find_unusual
from dashboard.views.scene import Scene

#: The page's key.
CHANGES = "changes"
#: How each kind of change is found, in the order in which they are read.
KINDS: tuple[Callable[[Ends], ChangeGroup], ...] = (
    find_unusual,
    find_crossed,
    find_movements,
    find_restated,
    find_published,
    find_redefined,
)

_COUNTY_ONLY = "Measures that are counted for the county only are left out."


def make_changes(scene: Scene) -> Changes:
    """What changed between the period that is shown and the one that it is counted from."""
    ends = find_ends(scene)
    found = [find(ends) for find in KINDS]
    groups = tuple(each for each in found if each.changes)
    still = tuple(link for each in found for link in each.still)
    unsaid = [each.unsaid for each in found if each.unsaid]
    if not scene.is_county:
        unsaid.append(_COUNTY_ONLY)
    return Changes(
        ends=offer_ends(ends),
        groups=groups,
        quiet=_say_quiet([each.quiet for each in found if each.quiet and not each.changes], bool(groups)),
        unsaid=tuple(dict.fromkeys(unsaid)),
        still=still,
        still_lead=_say_still(ends, len(still)),
    )


def say_ends(scene: Scene) -> tuple[str, str, str]:
    """What is shown, in words: before, the area and period, after."""
    ends = find_ends(scene)
    return (
        "What changed in ",
        f"{scene.area.name} since {_name(ends.earlier.period)}",
        (f", as at {_name(scene.period)}."),
    )


def _name(period: Period) -> str:
    return f"{period.label} ({period.end_label})"


def _say_quiet(clauses: list[str], after_others: bool) -> str:
    """One sentence for every kind of change of which there is none."""
    if not clauses:
        return ""
    return f"{'Nothing else to report' if after_others else 'Nothing to report'}: {join_words(clauses)}."


def _say_still(ends: Ends, count: int) -> str:
    """What is unusual and was so before: not new, and not forgotten."""
    if not count:
        return ""
    what = "1 measure was" if count == 1 else f"{count} measures were"
    return f"{what} unusual at {ends.earlier.period.label} already, and still {'is' if count == 1 else 'are'}"
