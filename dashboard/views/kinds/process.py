"""A line over time with the range that it usually stays in; a plain line, and why, where there is none."""

from collections.abc import Iterator, Sequence

from dashboard.acts import RecordKind, find_place
from dashboard.formats import format_in
from dashboard.page_parts import PanelDeclaration
from dashboard.statistics.processes import PointState, Side, Span, Variation
from dashboard.views.absent import draw_nothing
from dashboard.views.comparators import Aim, find_aim
from dashboard.views.drawn import Drawn
from dashboard.views.kinds import trend
from dashboard.views.pictures import Band, Judged, Process
from dashboard.views.scene import Scene
from dashboard.views.shapes import Line, Role, Table, Tick, Trend
from dashboard.views.subtitles import say_name, say_trend_subtitle
from dashboard.views.telling import summarise_trend, title_trend
from dashboard.views.trend_tables import make_cells, make_table
from dashboard.views.usual import (
    Usual,
    choose_steady,
    find_usual,
    judge,
    say_range,
    say_reality,
    say_record,
    say_state,
)


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """The process chart of a measure; why there is none, where there is none."""
    chosen = choose_steady(scene, panel.measure)
    if chosen is None or not chosen.visible:
        return draw_nothing(scene, panel)
    aim = find_aim(scene, chosen)
    usual = find_usual(scene.store, chosen, aim)
    name = say_name(panel, chosen.indicator)
    return Drawn(
        title=title_trend(scene, panel.words, name, chosen, ()),
        subtitle=f"{say_trend_subtitle(scene, panel, chosen)}{_say_limits(usual)}",
        picture=_make_picture(usual, aim),
        summary=" ".join(said for said in _summarise(scene, usual, aim) if said),
        table=_make_table(scene, usual, aim, name),
        cells=make_cells(scene, chosen, ()),
        rules=" ".join((*usual.chart.cautions, usual.chart.caption)),
    )


def _say_limits(usual: Usual) -> str:
    if usual.limits is None:
        return ""
    return ", with trial limits" if usual.chart.trial else ", with limits"


def _summarise(scene: Scene, usual: Usual, aim: Aim | None) -> Iterator[str]:
    """The latest figure, and the range to expect, or why there is none."""
    yield summarise_trend(scene, usual.chosen, (), aim)
    said = say_range(usual)
    if said:
        yield f"{said} {_count_unusual(usual)}"
    elif usual.chart.reason:
        yield f"{usual.chart.reason} {usual.chart.instead}".strip()
    yield say_reality(usual)
    chosen = usual.chosen
    for record in usual.records:
        when = format_in(record.period, at_a_date=chosen.at_a_date)
        yield f"{say_record(chosen, record)} {when}: {record.why}"


def _count_unusual(usual: Usual) -> str:
    judged = [point for point in usual.chart.points if point.value is not None]
    unusual = sum(point.is_signal for point in judged)
    what = "times" if usual.is_of_times else "figures"
    if not unusual:
        return f"None of these {len(judged)} {what} is unusual."
    return f"{unusual} of these {len(judged)} {what} {'is' if unusual == 1 else 'are'} unusual."


def _make_picture(usual: Usual, aim: Aim | None) -> Process | Trend:
    """The line with its average, limits and judged points; a plain line where nothing is judged."""
    chosen = usual.chosen
    plain = trend.make_trend(chosen, (), aim)
    if usual.is_of_times or (usual.last_span is not None and usual.last_span.centre is None):
        return plain
    lines = [*plain.lines, *_draw_spans(usual)]
    values = [y for line in lines for y in line.y if y is not None]
    return Process(
        trend=Trend(
            lines=tuple(lines),
            hidden=plain.hidden,
            ticks=plain.ticks,
            unit=plain.unit,
            from_zero=trend.starts_at_zero(values),
            start=plain.start,
            end=plain.end,
        ),
        bands=tuple(_draw_bands(usual)),
        points=tuple(_judge_points(usual)),
        events=tuple(_list_events(usual)),
    )


def _list_events(usual: Usual) -> Iterator[Tick]:
    """What is recorded, where it began; of a figure published anew, the chart has nothing to show."""
    chosen = usual.chosen
    for record in usual.records:
        place = find_place(record, chosen.steps)
        if place is not None and record.kind is not RecordKind.RESTATED:
            yield Tick(trend.place(chosen, chosen.steps[place]), say_record(chosen, record))


def _judge_points(usual: Usual) -> Iterator[Judged]:
    """Every point of which something may be said."""
    chosen = usual.chosen
    held = {each.period: each for each in chosen.observations}
    for point in usual.chart.points:
        period = chosen.steps[point.place]
        shown = chosen.exact(held.get(period))
        if shown is not None and point.variation is not Variation.NOT_AVAILABLE:
            yield Judged(trend.place(chosen, period), shown.number, judge(point), point.side is Side.HIGH)


def _charted(usual: Usual, span: Span) -> list[PointState]:
    """The points of a stretch that have a figure."""
    points = usual.chart.points[span.first : span.last + 1]
    return [point for point in points if point.value is not None]


def _day(usual: Usual, point: PointState) -> str:
    return trend.place(usual.chosen, usual.chosen.steps[point.place])


def _draw_spans(usual: Usual) -> Iterator[Line]:
    """Average and limits, each named at the end of the last stretch only."""
    for span in usual.chart.spans:
        points = _charted(usual, span)
        if not points:
            continue
        if span.limits is not None or points[-1].limits is None:
            points = [points[0], points[-1]]  # level from end to end
        for role, name, levels in _levels(span, points):
            texts = tuple(f"{name} {usual.text(each)}" for each in levels)
            label = texts[-1] if span is usual.last_span else ""
            days = tuple(_day(usual, point) for point in points)
            yield Line(role, name, label, days, levels, texts)


def _levels(span: Span, points: Sequence[PointState]) -> Iterator[tuple[Role, str, tuple[float, ...]]]:
    """Upper limit, average and lower limit at some points: each has limits of its own where sizes vary."""
    limits = [each for point in points if (each := point.limits) is not None]
    if limits:
        yield Role.LIMIT, "Upper limit", tuple(each.drawn_upper for each in limits)
    if span.centre is not None:
        yield Role.MEAN, "Average" if limits else "Median", (span.centre,) * len(points)
    if limits:
        yield Role.LIMIT, "Lower limit", tuple(each.drawn_lower for each in limits)


def _draw_bands(usual: Usual) -> Iterator[Band]:
    """The usual range of each stretch; where limits are each point's own, their lines say it."""
    for span in usual.chart.spans:
        if span.limits is not None and (points := _charted(usual, span)):
            first, last = points[0], points[-1]
            yield Band(
                _day(usual, first), _day(usual, last), span.limits.drawn_lower, span.limits.drawn_upper
            )


def _make_table(scene: Scene, usual: Usual, aim: Aim | None, name: str) -> Table:
    """The table of the trend, with what each figure is and what is recorded of it."""
    table = make_table(scene, usual.chosen, (), aim, name)
    columns, told = list(table.columns), [[*row] for row in table.rows]
    periods = [each.period for each in usual.chosen.observations]
    steps = usual.chosen.steps
    if not usual.is_of_times and any(span.centre is not None for span in usual.chart.spans):
        states = {steps[point.place]: say_state(point) for point in usual.chart.points}
        columns.append("State")
        _extend(told, [states.get(period, "Not judged") for period in periods])
    if usual.records:
        marked = {
            steps[find_place(each, steps) or 0]: say_record(usual.chosen, each) for each in usual.records
        }
        columns.append("Recorded")
        _extend(told, [marked.get(period, "") for period in periods])
    return Table(table.caption, tuple(columns), tuple(map(tuple, told)), strong=table.strong)


def _extend(rows: list[list[str]], column: Sequence[str]) -> None:
    for row, cell in zip(rows, column, strict=True):
        row.append(cell)
