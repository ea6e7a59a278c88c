"""What every part of a page is made from: the figures of one release, seen as one reader chose."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.areas import Area, AreaKind
from dashboard.periods import Grain, Period, parse
from dashboard.query import TARGET, Selection
from dashboard.store import Store
from dashboard.views.shapes import Role

_SPAN_MONTHS = {"1y": 12, "3y": 36, "5y": 60}
_ROLES = {
    AreaKind.COUNTRY: Role.ENGLAND,
    AreaKind.REGION: Role.REGION,
    AreaKind.STATISTICAL_NEIGHBOURS: Role.NEIGHBOURS,
}
_ORDER = (Role.NEIGHBOURS, Role.ENGLAND, Role.REGION, Role.COUNTY)
_NAMES = {AreaKind.STATISTICAL_NEIGHBOURS: "Neighbours"}  # once defined on the page


@dataclass(frozen=True)
class Scene:
    """A store and a selection, with the area that figures are shown for."""

    store: Store
    selection: Selection
    area: Area

    @cached_property
    def period(self) -> Period:
        """The quarter or year as at whose end everything is shown."""
        return parse(self.selection.period)

    @cached_property
    def end(self) -> int:
        """The last month that may be shown, counted since year 0."""
        return self.period.end_index

    @cached_property
    def months(self) -> int | None:
        """How long a history is shown; None for all of it."""
        return _SPAN_MONTHS.get(self.selection.span)

    @cached_property
    def county(self) -> Area:
        """The county."""
        return self.store.areas.county

    @cached_property
    def is_county(self) -> bool:
        """Whether the chosen area is the county itself."""
        return self.area.slug == self.county.slug

    @cached_property
    def by_year(self) -> bool:
        """Whether a year was chosen: then the council's own flows are shown in years."""
        return self.period.grain is Grain.YEAR

    @cached_property
    def comparators(self) -> tuple[str, ...]:
        """The areas chosen to be compared with: the neighbours first, then from the widest area down."""
        return in_order(self.store, self.selection.compare)

    @cached_property
    def shows_target(self) -> bool:
        """Whether targets were chosen to be shown."""
        return TARGET in self.selection.compare

    def of(self, area: Area) -> "Scene":
        """The same for another area."""
        return replace(self, area=area)


def in_order(store: Store, slugs: Collection[str]) -> tuple[str, ...]:
    """Comparators in the order in which they are shown; what is none is left out."""
    areas = sorted(store.areas.comparators, key=lambda area: _ORDER.index(role_of(area)))
    return tuple(area.slug for area in areas if area.slug in slugs)


def role_of(area: Area) -> Role:
    """Whose colour and dash a comparator has."""
    return _ROLES.get(area.kind, Role.COUNTY)


def short_name(area: Area) -> str:
    """What a comparator is called beside a figure: "Neighbours", "England"."""
    return _NAMES.get(area.kind, area.name)
