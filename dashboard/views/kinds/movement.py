"""Why a number moved: its change between two periods as parts that add up to it.

The later period is the one chosen; the earlier one is as far back as the history that is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.formats import format_number, format_when
from dashboard.page_parts import Line, Measure, PanelDeclaration
from dashboard.periods import Period
from dashboard.statistics.contribution import (
    Contribution,
    Counted,
    Effect,
    Share,
    Shared,
    split_count,
    split_percentage,
    split_stock,
)
from dashboard.store import Observation
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.scene import Scene
from dashboard.views.series import is_counted_by_district, read_line
from dashboard.views.shapes import Bar, Bars, Empty, Table
from dashboard.views.subtitles import say_name
from dashboard.views.usual import choose_steady
from dashboard.vocabulary import Statistic

_SPLIT = (Statistic.COUNT, Statistic.PERCENTAGE)
_HIDDEN = "Hidden parts together"
_ELSEWHERE = "Not in any part shown"


@dataclass(frozen=True)
class _Part:
    """One contributor: its name, and its figures before and after."""

    name: str
    before: Observation | None
    after: Observation | None


@dataclass(frozen=True)
class _Move:
    """A change between two figures of a measure, and what it is split by."""

    chosen: Chosen
    before: Observation
    after: Observation
    by: str  # "district", "age"
    parts: tuple[_Part, ...]
    split: Contribution


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A bar for what each part did to the change; why there is none, where there is none."""
    chosen = choose_steady(scene, panel.measure)
    if chosen is None or not chosen.visible:
        return draw_nothing(scene, panel)
    name = say_name(panel, chosen.indicator)
    move = _find_move(scene, panel.measure, chosen)
    if move is None:
        return Drawn(f"{name}: what moved it", _say_times(chosen), None, empty=Empty(_say_why_not(chosen)))
    return Drawn(
        title=_title(move, name),
        subtitle=f"Change by {move.by}, {_say_times(chosen, move)}, {chosen.area.name}",
        picture=Bars(tuple(_bars(move)), heading="Change"),
        summary=" ".join(_summarise(scene, move)),
        table=_make_table(move, name),
        cells=tuple(_cells(panel, move)),
    )


def _find_move(scene: Scene, measure: Measure, chosen: Chosen) -> _Move | None:
    ends = _find_ends(chosen)
    if ends is None or measure.statistic not in _SPLIT:
        return None
    before, after = ends
    for by, parts in _list_parts(scene, chosen, before.period, after.period):
        known = sum(_is_known(each) for each in parts)
        if known < 2:
            continue
        split = _split(chosen, before, after, parts)
        if split is not None:
            return _Move(chosen, before, after, by, parts, split)
    return None


def _find_ends(chosen: Chosen) -> tuple[Observation, Observation] | None:
    """The first figure in the window and the last, where both are told exactly and are as real."""
    exact = [each for each in chosen.observations if each.is_exact]
    if len(exact) < 2 or exact[-1] is not chosen.latest:
        return None
    alike = [each for each in exact[:-1] if is_simulated(each) == is_simulated(exact[-1])]
    months = exact[-1].period.start_month
    same = [each for each in alike if each.period.start_month == months]  # of the same season
    before = (same or alike)[:1]
    return (before[0], exact[-1]) if before else None


def _list_parts(
    scene: Scene, chosen: Chosen, before: Period, after: Period
) -> Iterator[tuple[str, tuple[_Part, ...]]]:
    """The ways in which a change may be split: by district for the county, and by each characteristic."""
    store, measure = scene.store, chosen.measure
    if chosen.area.slug == scene.county.slug and is_counted_by_district(chosen.indicator):
        areas = [*store.areas.districts, *store.areas.placement_only]
        found = [(area.name, _at(scene, measure, area.slug, chosen.line, (before, after))) for area in areas]
        yield "district", tuple(_Part(name, *ends) for name, ends in found if any(ends))
    for characteristic in chosen.indicator.characteristics:
        declared = store.characteristics[characteristic]
        if not declared.adds_up:
            continue
        parts = []
        for category in declared.categories:
            part = Measure(measure.indicator, measure.statistic, measure.lines, characteristic, category.id)
            ends = _at(scene, part, chosen.area.slug, chosen.line, (before, after))
            if any(ends):
                parts.append(_Part(category.title, *ends))
        yield declared.title.lower(), tuple(parts)


def _at(
    scene: Scene, measure: Measure, area: str, line: Line, periods: tuple[Period, Period]
) -> tuple[Observation | None, Observation | None]:
    held = {each.period: each for each in read_line(scene.store, measure, area, line)}
    return held.get(periods[0]), held.get(periods[1])


def _is_known(part: _Part) -> bool:
    return all(each is not None and each.is_exact for each in (part.before, part.after))


def _split(
    chosen: Chosen, before: Observation, after: Observation, parts: Sequence[_Part]
) -> Contribution | None:
    if chosen.statistic is Statistic.COUNT:
        counted = [Counted(each.name, _value(each.before), _value(each.after)) for each in parts]
        return split_count(counted, before.value or 0.0, after.value or 0.0)
    whole = _share(before), _share(after)
    if any(each.numerator is None or not each.denominator for each in whole):
        return None
    return split_percentage(
        [Shared(each.name, _share(each.before), _share(each.after)) for each in parts], *whole
    )


def _value(observation: Observation | None) -> float | None:
    return observation.value if observation is not None and observation.is_exact else None


def _share(observation: Observation | None) -> Share:
    if observation is None or not observation.is_exact:
        return Share(None, None)
    return Share(observation.numerator, observation.denominator)


# --- in words -------------------------------------------------------------------------------------


def _rows(move: _Move) -> list[tuple[str, Fraction, Fraction]]:
    """Each part's name, what it did in all, and for percentages how much of that by its own percentage."""
    names = list(dict.fromkeys(part.name for part in move.split.parts))
    rows = []
    for name in names:
        own = [part for part in move.split.parts if part.name == name]
        pooled = own[0].pooled
        shown = (_HIDDEN if move.split.pooled else _ELSEWHERE) if pooled else name
        rate = sum((part.change for part in own if part.effect is Effect.RATE), Fraction(0))
        rows.append((shown, sum((part.change for part in own), Fraction(0)), rate))
    return rows


def _signed(move: _Move, change: Fraction) -> str:
    decimals = 1 if move.chosen.statistic is Statistic.PERCENTAGE else 0
    text = format_number(float(change), decimals)
    zero = format_number(0, decimals)
    return text if text == zero or text.startswith("−") else f"+{text}"


def _bars(move: _Move) -> Iterator[Bar]:
    for name, change, _ in _rows(move):
        text = _signed(move, change)
        points = " points" if move.chosen.statistic is Statistic.PERCENTAGE else ""
        yield Bar(name=name, value=float(change), text=text, hover=f"{name}: {text}{points} of the change")


def _title(move: _Move, name: str) -> str:
    if not move.split.change:
        return f"{name} stayed at {move.chosen.text(move.after)}"
    verb = "rose" if move.split.change > 0 else "fell"
    most = max(_rows(move), key=lambda row: row[1] * (1 if move.split.change > 0 else -1))
    ends = f"from {move.chosen.text(move.before)} to {move.chosen.text(move.after)}"
    if most[0] in (_HIDDEN, _ELSEWHERE):
        return f"{name} {verb} {ends}"
    return f"{name} {verb} {ends}, most of it in {most[0]}"


def _say_times(chosen: Chosen, move: _Move | None = None) -> str:
    if move is None:
        return format_when(chosen.latest.period, at_a_date=chosen.at_a_date)
    first, last = (format_when(each.period, at_a_date=chosen.at_a_date) for each in (move.before, move.after))
    return f"{first} to {last}"


def _say_why_not(chosen: Chosen) -> str:
    if chosen.statistic not in _SPLIT:
        return "Only counts and percentages can be split into parts that add up to their change."
    if _find_ends(chosen) is None:
        return "There are no two figures of the years shown that are both told exactly and both as real."
    return "Fewer than two of its parts are told exactly at both ends, so nothing can be said of the rest."


def _summarise(scene: Scene, move: _Move) -> Iterator[str]:
    unit = " points" if move.chosen.statistic is Statistic.PERCENTAGE else ""
    listed = "; ".join(f"{name} {_signed(move, change)}" for name, change, _ in _rows(move))
    yield f"The change of {_signed(move, move.split.change)}{unit} is made of: {listed}."
    if move.chosen.statistic is Statistic.PERCENTAGE:
        rate = move.split.total(Effect.RATE)
        mix = move.split.total(Effect.MIX)
        yield (
            f"{_signed(move, rate)} points come from percentages that changed, and {_signed(move, mix)} from "
            "more or fewer being counted where percentages are higher or lower."
        )
    yield from _say_flow(scene, move)
    if move.split.pooled:
        yield "Parts of which a number is hidden are one bar together."


def _say_flow(scene: Scene, move: _Move) -> Iterator[str]:
    """How many started and ceased in between, of a number that moves by those and nothing else."""
    stock = move.chosen.indicator.stock
    if stock is None or move.chosen.statistic is not Statistic.COUNT:
        return
    starts, ceases = (_add_up(scene, move, each) for each in (stock.starts, stock.ceases))
    if starts is None or ceases is None:
        return
    split = split_stock(move.before.value or 0.0, move.after.value or 0.0, starts, ceases)
    rest = split.total(Effect.UNEXPLAINED)
    said = f"{format_number(starts)} started and {format_number(ceases)} ended in between"
    yield f"{said}." if not rest else f"{said}; {_signed(move, rest)} is explained by neither."


def _add_up(scene: Scene, move: _Move, indicator: str) -> float | None:
    """The sum of a flow between both ends; None where a part of it is not held or not told."""
    area, basis = move.chosen.area.slug, move.chosen.line.basis
    first, last = move.before.period.end_index, move.after.period.end_index
    for grain in ("month", "quarter", "year"):
        line = Line(basis, type(move.chosen.line.grain)(grain))
        held = read_line(scene.store, Measure(indicator, Statistic.COUNT, (line,)), area, line)
        inside = [each for each in held if first < each.period.index and each.period.end_index <= last]
        whole = sum(each.period.months for each in inside) == last - first
        if whole and all(each.is_exact and is_simulated(each) == is_simulated(move.after) for each in inside):
            return sum(each.value or 0.0 for each in inside)
    return None


def _make_table(move: _Move, name: str) -> Table:
    by_name = {part.name: part for part in move.parts}
    percentage = move.chosen.statistic is Statistic.PERCENTAGE
    columns = [move.by.capitalize(), *_headings(move), "Part of the change"]
    columns += ["By its own percentage", "By its share of all"] if percentage else []
    rows = []
    for shown, change, rate in _rows(move):
        part = by_name.get(shown)
        figures = [_text(move, each) for each in ((part.before, part.after) if part else (None, None))]
        tail = [_signed(move, rate), _signed(move, change - rate)] if percentage else []
        rows.append((shown, *figures, _signed(move, change), *tail))
    ends = (move.chosen.text(move.before), move.chosen.text(move.after))
    total = (
        [_signed(move, move.split.total(each)) for each in (Effect.RATE, Effect.MIX)] if percentage else []
    )
    rows.append(("All", *ends, _signed(move, move.split.change), *total))
    return Table(f"{name}: what its change is made of", tuple(columns), tuple(rows))


def _headings(move: _Move) -> tuple[str, str]:
    first, last = (
        format_when(each.period, at_a_date=move.chosen.at_a_date) for each in (move.before, move.after)
    )
    return first, last


def _text(move: _Move, observation: Observation | None) -> str:
    return "–" if observation is None else move.chosen.text(observation)


def _cells(panel: PanelDeclaration, move: _Move) -> Iterator[Cell]:
    for part in (_Part("", move.before, move.after), *move.parts):
        for observation in (part.before, part.after):
            if observation is not None:
                yield Cell(
                    panel.measure.indicator,
                    panel.measure.statistic,
                    part.name if move.by == "district" and part.name else move.chosen.area.name,
                    move.chosen.line.basis,
                    observation,
                    move.chosen.text(observation),
                    "" if move.by == "district" else part.name,
                )
