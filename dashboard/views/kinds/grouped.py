"""This year's quarters beside last year's: an outline for the year before, solid for this one."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.formats import explain_symbol, format_with_unit
from dashboard.page_parts import Line, PanelDeclaration, Wording
from dashboard.periods import Grain, Period
from dashboard.store import Observation
from dashboard.titles import title_comparison, title_year_on_year
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen, find_rough, is_simulated
from dashboard.views.drawn import Drawn, cell_of, has_mixed_status, say_status
from dashboard.views.scene import Scene
from dashboard.views.series import read_line
from dashboard.views.shapes import Column, Grouped, Table
from dashboard.views.subtitles import say_name, say_what
from dashboard.vocabulary import Symbol
from dashboard.words import capital, find_direction, say_change, say_hidden_points, say_hollow


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """Two years of quarters (or months) side by side; why there are none, where there are none."""
    found = _choose_years(scene, panel)
    if found is None:
        return draw_nothing(scene, panel)
    chosen, now, before = found
    name = say_name(panel, chosen.indicator)
    rows = _line_up(chosen, now, before)
    return Drawn(
        title=_title(scene, panel.words, rows, name, now, chosen),
        subtitle=", ".join(
            [
                say_what(panel, chosen.indicator),
                f"{before.label} and {now.label} by {chosen.line.grain}",
                scene.area.name,
            ]
        ),
        picture=Grouped(
            groups=tuple(_label(period) for period, _, _ in rows),
            columns=(
                replace(_column(chosen, before.label, [old for _, old, _ in rows]), outline=True),
                _column(chosen, now.label, [new for _, _, new in rows]),
            ),
        ),
        summary=_summarise(chosen, rows),
        table=_make_table(scene, chosen, rows, name, now, before),
        cells=tuple(cell_of(chosen, each, chosen.text(each)) for each in chosen.observations),
    )


_Row = tuple[Period, Observation | None, Observation | None]


def _choose_years(scene: Scene, panel: PanelDeclaration) -> tuple[Chosen, Period, Period] | None:
    """The last year with a figure up to the chosen period, and the one before it, of one line."""
    for line in panel.measure.lines:
        if line.grain not in (Grain.MONTH, Grain.QUARTER):
            continue
        held = [
            each
            for each in read_line(scene.store, panel.measure, scene.area.slug, line)
            if each.period.end_index <= scene.end
        ]
        if held and scene.end - held[-1].period.end_index < 36:
            now = held[-1].period.year
            before = now.previous()
            kept = tuple(each for each in held if each.period.year in (now, before))
            return _as_chosen(scene, panel, line, kept), now, before
    return None


def _as_chosen(
    scene: Scene, panel: PanelDeclaration, line: Line, observations: tuple[Observation, ...]
) -> Chosen:
    indicator = scene.store.indicators[panel.measure.indicator]
    visible = [each.decimals for each in observations if each.value is not None]
    decimals = min(max(visible, default=0), 1)
    return Chosen(panel.measure, indicator, scene.area, line, observations, (), decimals)


def _line_up(chosen: Chosen, now: Period, before: Period) -> list[_Row]:
    held = {each.period: each for each in chosen.observations}
    rows = [
        (new, held.get(old), held.get(new))
        for old, new in zip(before.parts(chosen.line.grain), now.parts(chosen.line.grain), strict=True)
    ]
    return [row for row in rows if row[1] or row[2]]


def _label(period: Period) -> str:
    return f"Q{period.quarter_number}" if period.grain is Grain.QUARTER else f"{period.start:%b}"


def _column(chosen: Chosen, name: str, observations: Sequence[Observation | None]) -> Column:
    return Column(
        name=name,
        values=tuple(each.value if each else None for each in observations),
        texts=tuple(chosen.text(each) if each else "" for each in observations),
        hover=tuple(_hover(chosen, each) if each else "" for each in observations),
        rough=find_rough(observations),
    )


def _hover(chosen: Chosen, observation: Observation) -> str:
    if observation.symbol and observation.symbol is not Symbol.LOW:
        return f"{chosen.area.name} {explain_symbol(observation.symbol)}, {observation.period.label}"
    text = format_with_unit(chosen.full_text(observation), chosen.statistic)
    return f"{chosen.area.name} {text}, {observation.period.label}"


def _numbers(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """This year's and last year's figure, of each pair that can be set side by side."""
    return [
        (new.value, old.value)
        for _, old, new in rows
        if old
        and new
        and old.value is not None
        and new.value is not None
        and old.is_exact
        and new.is_exact
        and is_simulated(old) == is_simulated(new)
    ]


def _title(scene: Scene, words: Wording, rows: Sequence[_Row], name: str, now: Period, chosen: Chosen) -> str:
    noun = "quarters" if chosen.line.grain is Grain.QUARTER else "months"
    numbers = _numbers(rows)
    said = title_year_on_year(words.more, words.fewer, numbers, noun)
    last = next((row for row in reversed(rows) if row[2] and row[2].value is not None), None)
    if not said and numbers and last:
        latest, earlier = chosen.exact(last[2]), chosen.exact(last[1])
        side = find_direction(latest.number, earlier.number) if latest and earlier else 0
        when = earlier.period.label if earlier else ""
        said = title_comparison(words.more, words.fewer, side, f"than in {when}")
    if said:
        return said
    if not chosen.visible:
        return f"Numbers for {scene.area.name} are hidden"
    return f"{name} in {now.label}, beside the year before"


def _summarise(chosen: Chosen, rows: Sequence[_Row]) -> str:
    """The latest figure and its change on the same time a year before."""
    sentences = []
    last = next((row for row in reversed(rows) if row[2] and row[2].value is not None), None)
    if last and last[2]:
        latest, earlier = chosen.shown(last[2]), chosen.exact(last[1])
        if latest:
            text = format_with_unit(latest.text, chosen.statistic)
            same = last[2].is_exact and last[1] and is_simulated(last[1]) == is_simulated(last[2])
            change = (
                f": {say_change(latest, earlier, chosen.statistic, chosen.decimals, capital=False)}"
                if same and earlier
                else ""
            )
            sentences.append(capital(f"{text} {latest.in_when}{change}."))
    hidden = sum(each.symbol is Symbol.CONFIDENTIAL for each in chosen.observations)
    sentences.append(say_hidden_points(hidden).replace("point", "figure") if hidden else "")
    sentences.append(say_hollow({each.precision for each in chosen.observations}))
    return " ".join(sentence for sentence in sentences if sentence)


def _make_table(
    scene: Scene, chosen: Chosen, rows: Sequence[_Row], name: str, now: Period, before: Period
) -> Table:
    mixed = has_mixed_status(chosen.observations)
    heading = "Quarter" if chosen.line.grain is Grain.QUARTER else "Month"
    columns = (heading, before.label, now.label, *(["Status"] if mixed else []))
    made = []
    for period, old, new in rows:
        texts = [chosen.full_text(each) if each else "–" for each in (old, new)]
        made.append((_label(period), *texts, *([_status(old, new)] if mixed else [])))
    return Table(f"{name}, {scene.area.name}", columns, tuple(made), strong=2)


def _status(old: Observation | None, new: Observation | None) -> str:
    return "; ".join(dict.fromkeys(say_status(each) for each in (old, new) if each))
