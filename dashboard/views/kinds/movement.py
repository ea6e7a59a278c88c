"""Why a number moved: its change between two periods as parts that add up to it.

The later period is the one chosen; the earlier one too, or as far back as the history that is shown.
"""

from collections.abc import Iterator
from fractions import Fraction

from dashboard.formats import format_number, format_when
from dashboard.page_parts import Line, Measure, PanelDeclaration
from dashboard.periods import parse
from dashboard.statistics.contribution import Effect, split_stock
from dashboard.store import Observation
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.moves import DISTRICT, Contributor, Move, Row, choose_ends, find_ends, find_move
from dashboard.views.scene import Scene
from dashboard.views.series import read_line
from dashboard.views.shapes import Bar, Bars, Empty, Table
from dashboard.views.subtitles import say_name
from dashboard.vocabulary import Statistic


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A bar for what each part did to the change; why there is none, where there is none."""
    chosen = choose_ends(scene, panel.measure)
    if chosen is None or not chosen.visible:
        return draw_nothing(scene, panel)
    name = say_name(panel, chosen.indicator)
    move = find_move(scene, panel.measure, chosen)
    if move is None:
        return Drawn(
            f"{name}: what moved it", _say_times(chosen), None, empty=Empty(_say_why_not(scene, chosen))
        )
    return Drawn(
        title=_title(move, name),
        subtitle=f"Change by {move.by}, {_say_times(chosen, move)}, {chosen.area.name}",
        picture=Bars(tuple(_bars(move)), heading="Change"),
        summary=" ".join(_summarise(scene, move)),
        table=_make_table(move, name),
        cells=tuple(_cells(panel, move)),
    )


def _signed(move: Move, change: Fraction) -> str:
    text = format_number(float(change), move.decimals)
    return f"+{text}" if change > 0 else text


def _bars(move: Move) -> Iterator[Bar]:
    for row in move.rows:
        text = _signed(move, row.change)
        points = " points" if move.is_percentage else ""
        hover = f"{row.name}: {text}{points} of the change"
        yield Bar(name=row.name, value=float(row.change), text=text, hover=hover)


def _title(move: Move, name: str) -> str:
    if not move.change:
        return f"{name} stayed at {move.text(move.after)}"
    verb = "rose" if move.change > 0 else "fell"
    said = f"{name} {verb} from {move.text(move.before)} to {move.text(move.after)}"
    most = next((row for row in move.rows if row.part and _is_most(row, move)), None)
    if most is None:
        return said
    return f"{said}, most of it in {most.name if move.by == DISTRICT else f'“{most.name}”'}"


def _is_most(row: Row, move: Move) -> bool:
    """Whether a part is more than half of a change, and not more than all of it."""
    share = row.change / move.change
    return Fraction(1, 2) < share <= 1


def _say_times(chosen: Chosen, move: Move | None = None) -> str:
    if move is None:
        return format_when(chosen.latest.period, at_a_date=chosen.at_a_date)
    first, last = (format_when(each.period, at_a_date=chosen.at_a_date) for each in (move.before, move.after))
    return f"{first} to {last}"


def _say_why_not(scene: Scene, chosen: Chosen) -> str:
    since = scene.selection.since
    if since and find_ends(chosen, since) is None:
        then, now = parse(since).end_label, chosen.latest.period.end_label
        return f"At {then} and {now} there are no two figures that are both told exactly and both as real."
    if find_ends(chosen) is None:
        return "There are no two figures of the years shown that are both told exactly and both as real."
    return (
        "Fewer than two of its parts are told exactly at both ends and are as real as it is, so nothing can "
        "be said of the rest."
    )


def _summarise(scene: Scene, move: Move) -> Iterator[str]:
    unit = " points" if move.is_percentage else ""
    listed = "; ".join(f"{row.name} {_signed(move, row.change)}" for row in move.rows)
    yield f"The change of {_signed(move, move.change)}{unit} is made of: {listed}."
    if move.is_percentage:
        yield (
            f"{_signed(move, move.rate)} points come from percentages that changed, and "
            f"{_signed(move, move.change - move.rate)} from more or fewer being counted where percentages "
            "are higher or lower."
        )
    yield from _say_flow(scene, move)
    if move.split.pooled:
        yield "Parts of which a number is hidden are one bar together."


def _say_flow(scene: Scene, move: Move) -> Iterator[str]:
    """How many started and ceased in between, of a number that moves by those and nothing else."""
    stock = move.chosen.indicator.stock
    if stock is None or move.is_percentage:
        return
    starts, ceases = (_add_up(scene, move, each) for each in (stock.starts, stock.ceases))
    if starts is None or ceases is None:
        return
    split = split_stock(move.before.value or 0.0, move.after.value or 0.0, starts, ceases)
    rest = split.total(Effect.UNEXPLAINED)
    said = f"{format_number(starts)} started and {format_number(ceases)} ended in between"
    yield f"{said}." if not rest else f"{said}; {_signed(move, rest)} is explained by neither."


def _add_up(scene: Scene, move: Move, indicator: str) -> float | None:
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


def _make_table(move: Move, name: str) -> Table:
    columns = [move.by.capitalize(), *_headings(move), "Part of the change"]
    columns += ["By its own percentage", "By its share of all"] if move.is_percentage else []
    rows = [(row.name, *_texts(move, row.part), *_changes(move, row.change, row.rate)) for row in move.rows]
    ends = move.text(move.before), move.text(move.after)
    rows.append(("All", *ends, *_changes(move, move.change, move.rate)))
    return Table(f"{name}: what its change is made of", tuple(columns), tuple(rows))


def _changes(move: Move, change: Fraction, rate: Fraction) -> tuple[str, ...]:
    """A change; of a percentage also how much of it is by which effect."""
    told = (change, rate, change - rate) if move.is_percentage else (change,)
    return tuple(_signed(move, each) for each in told)


def _texts(move: Move, part: Contributor | None) -> tuple[str, str]:
    before, after = part.ends if part else (None, None)
    return _text(move, before), _text(move, after)


def _headings(move: Move) -> tuple[str, str]:
    first, last = (
        format_when(each.period, at_a_date=move.chosen.at_a_date) for each in (move.before, move.after)
    )
    return first, last


def _text(move: Move, observation: Observation | None) -> str:
    return "–" if observation is None else move.text(observation)


def _cells(panel: PanelDeclaration, move: Move) -> Iterator[Cell]:
    for part in (Contributor("", move.before, move.after), *move.parts):
        by_district = move.by == DISTRICT
        for observation in part.ends:
            if observation is not None:
                yield Cell(
                    panel.measure.indicator,
                    panel.measure.statistic,
                    part.name if by_district and part.name else move.chosen.area.name,
                    move.chosen.line.basis,
                    observation,
                    move.text(observation),
                    "" if by_district else part.name,
                )
