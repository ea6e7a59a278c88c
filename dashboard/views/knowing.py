"""As known now, or as known at the time: which figures of a measure stand, and what was published anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.acts import RecordKind
from dashboard.formats import format_when
from dashboard.indicators import Indicator
from dashboard.known import Restated, find_day, list_restated
from dashboard.query import NOW, THEN
from dashboard.store import Observation, Store
from dashboard.views.chosen import text_of_figure
from dashboard.views.scene import Scene
from dashboard.views.shapes import Tab
from dashboard.vocabulary import Basis, Statistic

_MOST = 6  # restated figures that are told one by one


@dataclass(frozen=True)
class Knowing:
    """Two ways of looking back, what the one in use leaves out, and what has been published anew since."""

    ways: tuple[Tab, ...]
    text: str
    restated: tuple[str, ...]


def make_knowing(scene: Scene, store: Store, indicator: Indicator) -> Knowing | None:
    """Both ways for a measure; None where no paper says when the figures of the period were known.

    `store` holds all figures, also where the scene's holds only those known at the time.
    """
    day = find_day(store, scene.end)
    if not day:
        return None
    then, told = scene.selection.known == THEN, _say_day(day)
    left_out = (
        f"Only what was out on {told} is shown: then a paper first gave figures to {scene.period.end_label}. "
        "Simulated figures stay: nobody ever published them."
    )
    return Knowing(
        ways=(
            Tab("As known now", scene.selection.choosing(known=NOW).address(), not then),
            Tab(f"As known on {told}", scene.selection.choosing(known=THEN).address(), then),
        ),
        text=left_out if then else "",
        restated=tuple(_say_restated(scene, store, indicator)),
    )


def _say_day(day: str) -> str:
    told = date.fromisoformat(day)
    return f"{told.day} {told:%B %Y}"


def _say_restated(scene: Scene, store: Store, indicator: Indicator) -> Iterator[str]:
    """A sentence for each figure that reads otherwise now, and why, where that is recorded."""
    reasons: dict[str, None] = {}
    told = list(_find_restated(scene, store, indicator))
    for statistic, each in told[:_MOST]:
        name = store.areas[each.area].name
        when = format_when(each.last.period, at_a_date=indicator.kind.is_at_a_date)
        first, last = (_say_figure(figure, statistic) for figure in (each.first, each.last))
        published = _say_day(each.first.published_on)
        yield f"{name}, {when}: published as {first} on {published}, and as {last} since."
        reasons |= {
            record.why: None
            for record in store.records
            if record.kind is RecordKind.RESTATED
            and record.concerns(indicator.id, each.area, Basis.OFFICIAL)
            and record.period.end_index == each.last.period.end_index
        }
    if len(told) > _MOST:
        yield f"So were {len(told) - _MOST} earlier figures."
    yield from reasons


def _find_restated(scene: Scene, store: Store, indicator: Indicator) -> Iterator[tuple[Statistic, Restated]]:
    beside = [area.slug for area in store.areas if {area.slug, area.shown_as} & set(scene.comparators)]
    areas = dict.fromkeys((scene.area.slug, scene.county.slug, *beside))
    for statistic in indicator.statistics:
        for basis in Basis:
            for each in list_restated(store, indicator.id, statistic, areas, basis, scene.end):
                yield statistic, each


def _say_figure(observation: Observation, statistic: Statistic) -> str:
    return text_of_figure(observation, statistic, observation.decimals)
