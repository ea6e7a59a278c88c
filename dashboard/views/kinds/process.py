"""A line over time with the range that it usually stays in; a plain line, and why, where there is none."""

from collections.abc import Iterator

from dashboard.page_parts import PanelDeclaration
from dashboard.statistics.processes import Side, Span, Variation
from dashboard.views.absent import draw_nothing
from dashboard.views.comparators import Aim, find_aim
from dashboard.views.drawn import Drawn
from dashboard.views.kinds import trend
from dashboard.views.pictures import Band, Judged, Process
from dashboard.views.scene import Scene
from dashboard.views.shapes import Line, Role, Table, Trend
from dashboard.views.subtitles import say_name, say_trend_subtitle
from dashboard.views.telling import summarise_trend, title_trend
from dashboard.views.trend_tables import make_cells, make_table
from dashboard.views.usual import Usual, choose_steady, find_usual, judge, say_range, say_state


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """The process chart of a measure; why there is none, where there is none."""
    chosen = choose_steady(scene, panel.measure)
    if chosen is None or not chosen.visible:
        return draw_nothing(scene, panel)
    aim = find_aim(scene, chosen)
    usual = find_usual(chosen, aim)
    name = say_name(panel, chosen.indicator)
    return Drawn(
        title=title_trend(scene, panel.words, name, chosen, ()),
        subtitle=f"{say_trend_subtitle(scene, panel, chosen)}{_say_limits(usual)}",
        picture=_make_process(usual, aim),
        summary=" ".join(_summarise(scene, usual, aim)),
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
        unusual = sum(point.is_signal for point in usual.chart.points)
        yield f"{said} {_count_unusual(unusual, len(usual.chart.points))}"
    elif usual.chart.reason:
        yield f"{usual.chart.reason} {usual.chart.instead}".strip()


def _count_unusual(unusual: int, points: int) -> str:
    if not unusual:
        return f"None of these {points} figures is unusual."
    return f"{unusual} of these {points} figures {'is' if unusual == 1 else 'are'} unusual."


def _make_process(usual: Usual, aim: Aim | None) -> Process:
    chosen = usual.chosen
    plain = trend.make_trend(chosen, (), aim)
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
    )


def _judge_points(usual: Usual) -> Iterator[Judged]:
    """Every point that is charted; none of a chart of the times between events, whose points are others."""
    chosen = usual.chosen
    held = {each.period: each for each in chosen.observations}
    for point in usual.chart.points:
        period = chosen.steps[point.place]
        shown = chosen.exact(held.get(period))
        if shown is not None:
            yield Judged(trend.place(chosen, period), shown.number, judge(point), point.side is Side.HIGH)


def _ends(usual: Usual, span: Span) -> tuple[str, str]:
    first, last = usual.chosen.steps[span.first], usual.chosen.steps[span.last]
    return trend.place(usual.chosen, first), trend.place(usual.chosen, last)


def _draw_spans(usual: Usual) -> Iterator[Line]:
    """Average and limits, each named at the end of the last stretch only."""
    for span in usual.chart.spans:
        ends = _ends(usual, span)
        for role, name, number in _levels(span):
            text = f"{name} {usual.text(number)}"
            yield Line(
                role, name, text if span is usual.last_span else "", ends, (number, number), (text, text)
            )


def _levels(span: Span) -> Iterator[tuple[Role, str, float]]:
    if span.limits is not None:
        yield Role.LIMIT, "Upper limit", span.limits.drawn_upper
    if span.centre is not None:
        yield Role.MEAN, "Average" if span.limits is not None else "Median", span.centre
    if span.limits is not None:
        yield Role.LIMIT, "Lower limit", span.limits.drawn_lower


def _draw_bands(usual: Usual) -> Iterator[Band]:
    for span in usual.chart.spans:
        if span.limits is not None:
            yield Band(*_ends(usual, span), span.limits.drawn_lower, span.limits.drawn_upper)


def _make_table(scene: Scene, usual: Usual, aim: Aim | None, name: str) -> Table:
    """The table of the trend, with what each figure is."""
    table = make_table(scene, usual.chosen, (), aim, name)
    if usual.chart.variation is Variation.NOT_AVAILABLE and not usual.chart.spans:
        return table
    states = {usual.chosen.steps[point.place]: say_state(point) for point in usual.chart.points}
    told = [states.get(each.period, "Not judged") for each in usual.chosen.observations]
    rows = tuple((*row, state) for row, state in zip(table.rows, told, strict=True))
    return Table(table.caption, (*table.columns, "State"), rows, strong=table.strong)
