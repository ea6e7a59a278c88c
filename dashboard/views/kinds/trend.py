"""A line over time for the chosen area, with its comparators and target."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.formats import (
    explain_symbol,
    format_symbol,
    format_with_unit,
    suffix_of,
)
from dashboard.page_parts import PanelDeclaration
from dashboard.periods import Period, month_at
from dashboard.store import Observation
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen
from dashboard.views.comparators import (
    Aim,
    Comparator,
    Point,
    find_aim,
    find_comparators,
    number_beside,
    points_of,
    text_of,
)
from dashboard.views.drawn import Drawn
from dashboard.views.scene import Scene
from dashboard.views.series import choose
from dashboard.views.shapes import Hidden, Line, Role, Tick, Trend
from dashboard.views.subtitles import say_name, say_trend_subtitle
from dashboard.views.telling import summarise_trend, title_trend
from dashboard.views.trend_tables import make_cells, make_table
from dashboard.vocabulary import Symbol

_FEW = 4  # points that are each worth a dot
_SHORT = 9  # quarters whose own names fit under the axis
_MONTHS = 13  # and months
_SMALL = 30  # a scale that ends no higher starts at zero: a point more or less is not made a cliff
_A_YEAR = 13  # months from one to the same a year on, whose own names fit under the axis


@dataclass(frozen=True)
class _Mark:
    """One point of a line being made."""

    x: str
    y: float | None
    hover: str
    rough: bool = False  # not told exactly


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """The trend of a measure; why there is none, where there is none."""
    chosen = choose(scene, panel.measure)
    if chosen is None or not chosen.visible:
        return draw_nothing(scene, panel)
    comparators = find_comparators(scene, chosen)
    aim = find_aim(scene, chosen)
    name = say_name(panel, chosen.indicator)
    return Drawn(
        title=title_trend(scene, panel.words, name, chosen, comparators),
        subtitle=say_trend_subtitle(scene, panel, chosen),
        picture=make_trend(chosen, comparators, aim),
        summary=summarise_trend(scene, chosen, comparators, aim),
        table=make_table(scene, chosen, comparators, aim, name),
        cells=make_cells(scene, chosen, comparators),
        unlike=tuple(dict.fromkeys(each.rule.reason for each in comparators if each.rule)),
        neighbours=points_of(comparators),
    )


def place(chosen: Chosen, period: Period) -> str:
    """The day at which a figure is drawn: yearly figures and those at a date at the end, others mid-way."""
    at_end = chosen.at_a_date or chosen.is_yearly
    return (period.end if at_end else period.middle).isoformat()


def make_trend(chosen: Chosen, comparators: Sequence[Comparator], aim: Aim | None) -> Trend:
    """The lines of a measure, its comparators and its target, on one time axis."""
    steps = chosen.steps
    start, end = _bounds(chosen, steps)
    lines = [_area_line(chosen, steps)]
    lines += [_comparator_line(chosen, each, steps) for each in comparators]
    if aim:
        text = f"Target {aim.text}"
        lines.append(Line(Role.TARGET, "Target", text, (start, end), (aim.number, aim.number), (text, text)))
    values = [y for line in lines for y in line.y if y is not None]
    return Trend(
        lines=tuple(lines),
        hidden=_hidden(chosen),
        ticks=_ticks(chosen, steps),
        unit=suffix_of(chosen.statistic),
        from_zero=starts_at_zero(values),
        start=start,
        end=end,
    )


def starts_at_zero(values: Sequence[float]) -> bool:
    """Whether the scale shows zero: not where all figures lie close together, far from it."""
    return not values or min(values) < 0.6 * max(values) or max(values) <= _SMALL


def _bounds(chosen: Chosen, steps: Sequence[Period]) -> tuple[str, str]:
    """The first and last day of the time axis."""
    if chosen.at_a_date or chosen.is_yearly:
        return place(chosen, steps[0]), place(chosen, steps[-1])
    return steps[0].start.isoformat(), steps[-1].end.isoformat()


def _area_line(chosen: Chosen, steps: Sequence[Period]) -> Line:
    held = {each.period: each for each in chosen.observations}
    points = [_area_point(chosen, period, held.get(period)) for period in steps]
    visible = chosen.visible
    label = f"{chosen.area.name} {chosen.text(visible[-1])}" if visible else chosen.area.name
    if visible and visible[-1] is not chosen.latest:
        label += f", {_short_when(visible[-1].period, at_a_date=chosen.at_a_date)}"
    few = len(visible) <= _FEW or _has_lonely(_joinable(points))
    return _line(Role.AREA, chosen.area.name, label, points, markers=few)


def _area_point(chosen: Chosen, period: Period, observation: Observation | None) -> _Mark:
    if observation is None:
        return _Mark(place(chosen, period), None, "")
    value = None if observation.value is None else chosen.shown(observation)
    rough = value is not None and not observation.is_exact
    return _Mark(place(chosen, period), value.number if value else None, _hover(chosen, observation), rough)


def _joinable(points: Sequence[_Mark]) -> list[float | None]:
    """The figures that a line joins: those that are told exactly."""
    return [None if point.rough else point.y for point in points]


def _hover(chosen: Chosen, observation: Observation) -> str:
    when = observation.period.end_label if chosen.at_a_date else observation.period.label
    if observation.symbol and observation.symbol is not Symbol.LOW:
        return f"{chosen.area.name} {explain_symbol(observation.symbol)}, {when}"
    return f"{chosen.area.name} {format_with_unit(chosen.full_text(observation), chosen.statistic)}, {when}"


def _has_lonely(values: Sequence[float | None]) -> bool:
    """Whether a point stands between two gaps, where a line alone would not show it."""
    padded = [None, *values, None]
    return any(
        before is None and value is not None and after is None
        for before, value, after in zip(padded, padded[1:], padded[2:], strict=False)
    )


def _line(
    role: Role,
    name: str,
    label: str,
    points: Sequence[_Mark],
    dotted_from: int | None = None,
    markers: bool = False,
) -> Line:
    return Line(
        role=role,
        name=name,
        label=label,
        x=tuple(point.x for point in points),
        y=tuple(point.y for point in points),
        hover=tuple(point.hover for point in points),
        dotted_from=dotted_from,
        markers=markers,
        rough=tuple(number for number, point in enumerate(points) if point.rough),
    )


def _comparator_line(chosen: Chosen, comparator: Comparator, steps: Sequence[Period]) -> Line:
    """A comparator joined where both are yearly; else level over each year that it describes."""
    in_step = comparator.role is Role.COUNTY or chosen.is_yearly
    points = _joined(chosen, comparator, steps) if in_step else _levels(chosen, comparator, steps)
    dotted_from = None
    text = text_of(comparator.latest, chosen)
    label = f"{comparator.name} {text}"
    last = comparator.latest.period
    if not comparator.point_for(steps[-1]) and last.end_index < steps[-1].end_index:
        value = number_beside(chosen, comparator.latest)
        when = comparator.when(comparator.latest)
        said = f"{_hover_of(chosen, comparator, comparator.latest)}, latest published: {when}"
        start = points[-1].x if points else _bounds(chosen, steps)[0]
        points += [] if points and points[-1].y is not None else [_Mark(start, value, said)]
        dotted_from = len(points)
        points += [_Mark(_bounds(chosen, steps)[1], value, said)]
        label = f"{label}, {_short_when(last, at_a_date=comparator.at_a_date)}"
    visible = _joinable(points)
    few = in_step and (len(visible) <= 1 or _has_lonely(visible))
    return _line(comparator.role, comparator.name, label, points, dotted_from, markers=few)


def _short_when(period: Period, *, at_a_date: bool) -> str:
    """When a figure is of, short enough for the end of a line: "Mar 2021", "2020/21"."""
    return f"{period.end:%b %Y}" if at_a_date else period.label


def _hover_of(chosen: Chosen, comparator: Comparator, point: Point) -> str:
    text = format_with_unit(text_of(point, chosen), chosen.statistic)
    return f"{comparator.name} {text}, {comparator.when(point)}"


def _joined(chosen: Chosen, comparator: Comparator, steps: Sequence[Period]) -> list[_Mark]:
    """One point a period; a gap where none is held, and where the model of neighbours changes."""
    points: list[_Mark] = []
    area = ""
    for period in steps:
        point = comparator.by_period.get(period)
        if point is None:
            points.append(_Mark(place(chosen, period), None, ""))
            continue
        if area and area != point.area and points and points[-1].y is not None:
            points.append(_Mark(place(chosen, period), None, ""))
        area = point.area
        points.append(
            _Mark(
                place(chosen, period),
                number_beside(chosen, point),
                _hover_of(chosen, comparator, point),
                rough=not point.observation.is_exact,
            )
        )
    while points and points[-1].y is None:
        points.pop()
    return points


def _levels(chosen: Chosen, comparator: Comparator, steps: Sequence[Period]) -> list[_Mark]:
    """A level stretch over each year that a figure describes, with gaps between them."""
    first, last = _bounds(chosen, steps)
    points: list[_Mark] = []
    for point in comparator.points:
        opening = month_at(point.period.end_index - 11).start.isoformat()
        start, end = max(opening, first), min(point.period.end.isoformat(), last)
        if start >= end:
            continue
        value, said = number_beside(chosen, point), _hover_of(chosen, comparator, point)
        if points:
            points.append(_Mark(start, None, ""))
        points += [_Mark(start, value, said), _Mark(end, value, said)]
    return points


def _hidden(chosen: Chosen) -> tuple[Hidden, ...]:
    return tuple(
        Hidden(place(chosen, each.period), format_symbol(each.symbol), _hover(chosen, each))
        for each in chosen.observations
        if each.value is None and each.symbol
    )


def _ticks(chosen: Chosen, steps: Sequence[Period]) -> tuple[Tick, ...]:
    if chosen.is_yearly:
        texts = [str(period.end.year) for period in steps]
    elif chosen.step == 3 and len(steps) <= _SHORT and not chosen.at_a_date:
        texts = [f"Q{period.quarter_number}" for period in steps]
    elif len(steps) <= (_SHORT if chosen.step == 3 else _MONTHS):
        texts = [f"{period.end:%b}" for period in steps]
    else:
        return _year_ticks(chosen, steps)
    return tuple(Tick(place(chosen, period), text) for period, text in zip(steps, texts, strict=True))


def _year_ticks(chosen: Chosen, steps: Sequence[Period]) -> tuple[Tick, ...]:
    """A tick a year, fewer over many: "Mar 2020" where each is at a date, else "Apr 2020", "Q1 2020/21"."""
    if chosen.at_a_date:
        once = [period for period in steps if period.end.month == 3]
    else:
        once = [period for period in steps if period.start_month == 4]
    quarters = chosen.step == 3 and not chosen.at_a_date
    every = 1 if len(once) <= 4 else 2 if len(once) <= 9 else 3
    return tuple(
        Tick(place(chosen, period), period.label if quarters else f"{period.end:%b %Y}")
        for period in once[::every]
    )
