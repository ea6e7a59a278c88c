"""Starts against ceases: pairs of columns over time, one solid and one hatched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from dashboard.formats import explain_symbol, format_difference, format_value
from dashboard.page_parts import Line, Measure, PanelDeclaration
from dashboard.periods import Grain, Period, between
from dashboard.store import Observation
from dashboard.titles import title_flows
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen, find_rough
from dashboard.views.drawn import Drawn, cell_of, has_mixed_status, say_status
from dashboard.views.scene import Scene
from dashboard.views.series import choose
from dashboard.views.shapes import Column, Grouped, Table
from dashboard.views.subtitles import say_name, say_what
from dashboard.vocabulary import Symbol
from dashboard.words import lower_first, say_hidden_points, say_hollow

_NOUNS = {Grain.MONTH: "months", Grain.QUARTER: "quarters"}


@dataclass(frozen=True)
class _Pair:
    """The two figures of one period."""

    period: Period
    first: Observation | None
    second: Observation | None


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """Pairs of columns, one pair a period; why there is none, where there is none."""
    if panel.against is None:
        return draw_nothing(scene, panel)
    chosen = _choose_pair(scene, panel.measure, panel.against, panel.cells)
    if chosen is None:
        return draw_nothing(scene, panel)
    first, second = chosen
    pairs = _pair_up(first, second)
    noun = _NOUNS.get(first.line.grain, "years")
    return Drawn(
        title=_title(scene, panel, first, second, pairs, noun),
        subtitle=_subtitle(scene, panel, pairs),
        picture=Grouped(
            groups=tuple(_label(each.period) for each in pairs),
            columns=(_column(first, [each.first for each in pairs], pairs), _hatched(second, pairs)),
        ),
        summary=_summarise(first, second, pairs),
        table=_make_table(scene, panel, first, second, pairs),
        cells=tuple(
            cell_of(line, each, line.text(each)) for line in (first, second) for each in line.observations
        ),
    )


def _choose_pair(scene: Scene, starts: Measure, ends: Measure, most: int) -> tuple[Chosen, Chosen] | None:
    """Both flows on one line, in periods long enough that no more than so many pairs are drawn."""
    first = choose(scene, starts)
    if first is None:
        return None
    for line in _coarser_lines(first.line):
        alike = [choose(scene, replace(each, lines=(line,))) for each in (starts, ends)]
        if alike[0] is None or alike[1] is None:
            continue
        pair = alike[0], alike[1]
        short = max(len(each.observations) for each in pair) <= most
        if (short and pair[0].line == pair[1].line) or line.grain is Grain.YEAR:
            return pair if pair[0].line == pair[1].line else None
    return None


def _coarser_lines(line: Line) -> list[Line]:
    grains = [Grain.MONTH, Grain.QUARTER, Grain.YEAR]
    start = grains.index(line.grain) if line.grain in grains else 2
    return [Line(line.basis, grain) for grain in grains[start:]]


def _pair_up(first: Chosen, second: Chosen) -> tuple[_Pair, ...]:
    ones = {each.period: each for each in first.observations}
    twos = {each.period: each for each in second.observations}
    periods = sorted({*ones, *twos}, key=lambda period: period.index)
    return tuple(
        _Pair(period, ones.get(period), twos.get(period)) for period in between(periods[0], periods[-1])
    )


def _label(period: Period) -> str:
    return str(period.end.year) if period.grain is Grain.YEAR else period.label


def _column(chosen: Chosen, observations: Sequence[Observation | None], pairs: Sequence[_Pair]) -> Column:
    return Column(
        name=chosen.indicator.short_title,
        values=tuple(each.value if each else None for each in observations),
        texts=tuple(chosen.text(each) if each else "" for each in observations),
        hover=tuple(
            _hover(chosen, each, pair.period) for each, pair in zip(observations, pairs, strict=True)
        ),
        rough=find_rough(observations),
    )


def _hatched(chosen: Chosen, pairs: Sequence[_Pair]) -> Column:
    return replace(_column(chosen, [each.second for each in pairs], pairs), hatched=True)


def _hover(chosen: Chosen, observation: Observation | None, period: Period) -> str:
    name = chosen.indicator.short_title
    if observation is None:
        return f"{name}: no figure, {period.label}"
    if observation.symbol and observation.symbol is not Symbol.LOW:
        return f"{name}: {explain_symbol(observation.symbol)}, {period.label}"
    return f"{name}: {chosen.full_text(observation)}, {period.label}"


def _is_exact(observation: Observation | None) -> TypeGuard[Observation]:
    return observation is not None and observation.is_exact


def _numbers(pairs: Sequence[_Pair]) -> list[tuple[float, float]]:
    return [
        (each.first.value or 0.0, each.second.value or 0.0)
        for each in pairs
        if _is_exact(each.first) and _is_exact(each.second)
    ]


def _title(
    scene: Scene,
    panel: PanelDeclaration,
    first: Chosen,
    second: Chosen,
    pairs: Sequence[_Pair],
    noun: str,
) -> str:
    numbers = _numbers(pairs)
    if not numbers and not any(each.visible for each in (first, second)):
        return f"Most numbers for {scene.area.name} are hidden"
    if not numbers:
        return f"{first.indicator.short_title} and {lower_first(second.indicator.short_title)}"
    said = title_flows(panel.words.more, panel.words.fewer, numbers, noun)
    if said:
        return said
    one, two = numbers[-1]
    last = next(each.period.label for each in reversed(pairs) if _numbers([each]))
    if one == two:
        return (
            f"{first.indicator.short_title} and {second.indicator.short_title.lower()} were equal in {last}"
        )
    return f"{panel.words.more if one > two else panel.words.fewer} in {last}"


def _subtitle(scene: Scene, panel: PanelDeclaration, pairs: Sequence[_Pair]) -> str:
    first, last = pairs[0].period, pairs[-1].period
    indicator = scene.store.indicators[panel.measure.indicator]
    if last.grain is Grain.YEAR:
        when = "years ending 31 March"
    else:
        when = f"{first.label} to {last.label}" if len(pairs) > 1 else last.label
    return ", ".join([say_what(panel, indicator), when, scene.area.name])


def _summarise(first: Chosen, second: Chosen, pairs: Sequence[_Pair]) -> str:
    """Both figures of the last period, and which was larger."""
    last = next((each for each in reversed(pairs) if _numbers([each])), None)
    names = first.indicator.short_title, second.indicator.short_title.lower()
    sentences = []
    if last is not None and last.first and last.second:
        one, two = _numbers([last])[0]
        texts = first.text(last.first), second.text(last.second)
        size = format_difference(one - two, first.statistic, first.decimals)
        apart = f"a difference of {size}" if one != two else "in balance"
        said = f"{names[0]} {texts[0]}, {names[1]} {texts[1]} in {last.period.label}: {apart}."
        sentences.append(said)
    hidden = sum(
        each is not None and each.symbol is Symbol.CONFIDENTIAL
        for pair in pairs
        for each in (pair.first, pair.second)
    )
    sentences.append(say_hidden_points(hidden).replace("point", "figure") if hidden else "")
    sentences.append(say_hollow({each.precision for line in (first, second) for each in line.observations}))
    return " ".join(sentence for sentence in sentences if sentence)


def _make_table(
    scene: Scene, panel: PanelDeclaration, first: Chosen, second: Chosen, pairs: Sequence[_Pair]
) -> Table:
    observations = [*first.observations, *second.observations]
    mixed = has_mixed_status(observations)
    columns = ["Period", first.indicator.short_title, second.indicator.short_title]
    rows = []
    for pair in pairs:
        texts = [
            line.full_text(each) if each else format_value(None, line.statistic)
            for line, each in ((first, pair.first), (second, pair.second))
        ]
        status = [say_status(pair.first or pair.second)] if mixed and (pair.first or pair.second) else []  # type: ignore[arg-type]
        rows.append((pair.period.label, *texts, *status))
    name = say_name(panel, first.indicator)
    return Table(f"{name}, {scene.area.name}", (*columns, *(["Status"] if mixed else [])), tuple(rows))
