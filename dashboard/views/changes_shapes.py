"""The shapes of what changed between two ends: sentences by kind, each with the way to its measure."""

from dataclasses import dataclass

from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Badge, Link, Tab


@dataclass(frozen=True)
class Change:
    """One thing that changed: the measure, and a sentence about it."""

    link: Link | None  # None of a measure that has no page
    text: str
    judgement: Judgement | None = None  # the sign before it; the words say the same
    up: bool = False  # where the sign points
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class ChangeGroup:
    """All changes of one kind, or a clause for a kind of which there are none."""

    title: str
    changes: tuple[Change, ...]
    quiet: str = ""  # "no target was crossed"
    unsaid: str = ""  # why nothing can be said of this kind; then there is neither change nor clause
    after: str = ""  # what is to be known of the changes together
    still: tuple[Link, ...] = ()  # measures of which it was said at the earlier end already


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two ends."""

    ends: tuple[Tab, ...]  # the earlier ends that may be chosen
    groups: tuple[ChangeGroup, ...]  # those with any change
    quiet: str  # one sentence for all kinds of which nothing is to report
    unsaid: tuple[str, ...]
    still: tuple[Link, ...]
    still_lead: str
