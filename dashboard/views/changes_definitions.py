"""Definitions that are not what they were in the release before."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from dashboard.catalogue import Indicator
from dashboard.indicators import read_indicators
from dashboard.reading import Release, read_release
from dashboard.store import Store
from dashboard.views.about import define_indicator
from dashboard.views.changes_ends import Ends
from dashboard.views.changes_shapes import Change, ChangeGroup
from dashboard.words import lower_first

_TITLE = "Definitions changed"


def find_redefined(ends: Ends) -> ChangeGroup:
    """Measures that are new, gone, or defined otherwise than in the release before; nothing without one."""
    before = find_release_before(ends.store)
    if before is None:
        return ChangeGroup(_TITLE, ())
    release, earlier = before
    changes = tuple(_compare(ends, earlier))
    made = f"{release.created.day} {release.created:%B %Y}"
    return ChangeGroup(
        _TITLE,
        changes,
        quiet="no definition changed since the release before this one",
        after=f"Beside release {release.id}, of {made}." if changes else "",
    )


@lru_cache(maxsize=8)
def find_release_before(store: Store) -> tuple[Release, Mapping[str, Indicator]] | None:
    """The release for the same audience that was made last before this one, and what it declared.

    None if there is none, or if what it declared cannot be read any more.
    """
    earlier = [
        (release, folder)
        for folder, release in _list_releases(store.folder.parent)
        if release.audience == store.release.audience and _order(release) < _order(store.release)
    ]
    if not earlier:
        return None
    release, folder = max(earlier, key=lambda each: _order(each[0]))
    indicators, wrong = read_indicators(folder / "declared")
    return None if wrong or not indicators else (release, indicators)


def _order(release: Release) -> tuple[float, int, str]:
    return release.created.timestamp(), len(release.id), release.id


def _list_releases(folder: Path) -> Iterator[tuple[Path, Release]]:
    for manifest in sorted(folder.glob("*/manifest.json")):
        try:
            yield manifest.parent, read_release(manifest.parent)
        except (OSError, ValueError, KeyError, TypeError):  # not a release, or not a whole one
            continue


def _compare(ends: Ends, earlier: Mapping[str, Indicator]) -> Iterator[Change]:
    for indicator in ends.store.indicators.values():
        before = earlier.get(indicator.id)
        said = ["this measure is new."] if before is None else list(_say_differences(before, indicator))
        if said:
            yield Change(ends.link(indicator), " ".join(said))
    for key, before in earlier.items():
        if key not in ends.store.indicators:
            yield Change(None, f"{before.title} is no longer among the measures.")


def _say_differences(before: Indicator, now: Indicator) -> Iterator[str]:
    """A sentence for everything that the about page says otherwise of a measure."""
    old, new = define_indicator(before), define_indicator(now)
    if old.title != new.title:
        yield f"it was called “{old.title}”."
    if old.definition != new.definition:
        yield f"it now counts: “{new.definition}” Before: “{old.definition}”"
    for name in dict.fromkeys(name for name, _ in (*old.facts, *new.facts)):
        was, is_now = (" ".join(fact for each, fact in told.facts if each == name) for told in (old, new))
        if was != is_now:
            yield f"{lower_first(name)}: “{is_now or 'nothing'}”, before “{was or 'nothing'}”."
