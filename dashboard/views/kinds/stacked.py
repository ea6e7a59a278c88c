"""Categories over time: a column for each period, at most four categories and the rest."""

from collections.abc import Sequence

from dashboard.formats import format_in, format_value, round_shown
from dashboard.page_parts import Line, PanelDeclaration
from dashboard.periods import Period
from dashboard.store import Observation
from dashboard.titles import title_shift
from dashboard.views.absent import draw_nothing
from dashboard.views.breakdowns import Breakdown, Part, break_down_at, breakdown_periods
from dashboard.views.chosen import is_simulated
from dashboard.views.drawn import Drawn
from dashboard.views.kinds.categories import cells_of, say_merged
from dashboard.views.scene import Scene
from dashboard.views.series import window_start
from dashboard.views.shapes import Layer, Stacked, Table
from dashboard.views.subtitles import say_name, say_what, say_why_by_year
from dashboard.vocabulary import Symbol
from dashboard.words import find_direction, lower_first, say_hidden_rows, say_precision

_REST = "All others"
_HIDDEN = "[c]"


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """The stack over time; why there is none, where there is none."""
    columns = _choose_columns(scene, panel)
    if not columns:
        return draw_nothing(scene, panel)
    layers = _make_layers(panel, columns)
    groups = tuple(_label(each, columns) for each in columns)
    indicator = columns[0].indicator
    name = say_name(panel, indicator)
    hidden = tuple(
        group for index, group in enumerate(groups) if any(layer.values[index] is None for layer in layers)
    )
    return Drawn(
        title=_title(columns, name),
        subtitle=_subtitle(scene, panel, columns),
        picture=Stacked(groups, layers, shares=panel.shares, hidden=hidden),
        summary=_summarise(columns, layers),
        table=_make_table(scene, name, columns, layers, groups),
        cells=tuple(cell for column in columns for cell in cells_of(scene, column)),
    )


def _choose_columns(scene: Scene, panel: PanelDeclaration) -> list[Breakdown]:
    """The breakdowns in the window: of the first line with two real ones, else of the first with any."""
    found: list[Breakdown] = []
    for line in panel.measure.lines:
        columns = _columns_of(scene, panel, line)
        if sum(not all(is_simulated(part.observation) for part in each.parts) for each in columns) >= 2:
            return columns
        found = found or columns
    return found


def _columns_of(scene: Scene, panel: PanelDeclaration, line: Line) -> list[Breakdown]:
    periods = breakdown_periods(scene.store, panel.measure, scene.area.slug, line)
    periods = tuple(each for each in periods if each.end_index <= scene.end)
    if not periods:
        return []
    first = window_start(periods[-1], scene.end, scene.months)
    inside = [each for each in periods if each.end_index >= first][-panel.cells :]
    made = [
        break_down_at(scene.store, panel.measure, scene.area.slug, line, period, shares=panel.shares)
        for period in inside
    ]
    return [each for each in made if each is not None and each.parts]


def _label(column: Breakdown, columns: Sequence[Breakdown]) -> str:
    period = column.period
    if not column.at_a_date:
        return period.label
    yearly = all(each.period.start_month == period.start_month for each in columns)
    return str(period.end.year) if yearly else f"{period.end:%b %Y}"


def _make_layers(panel: PanelDeclaration, columns: Sequence[Breakdown]) -> tuple[Layer, ...]:
    titles = {part.category: part.title for column in columns for part in column.parts}
    layers = []
    shown = _shown_layers(panel, columns)
    for category in shown:
        parts = [column.part(category) for column in columns]
        layers.append(_layer(titles.get(category, category), parts, columns))
    rests = [_rest_of(shown, column) for column in columns]
    if any(rest is None or rest.value != 0 for rest in rests):
        layers.append(_layer(_REST, rests, columns))
    return tuple(layers)


def _shown_layers(panel: PanelDeclaration, columns: Sequence[Breakdown]) -> tuple[str, ...]:
    """The declared layers; for one that is only held merged with others, what it is merged into."""
    characteristic = columns[-1].characteristic
    held = dict.fromkeys(part.category for column in columns for part in column.parts)
    shown = []
    for layer in panel.layers:
        within = (each for each in held if layer in characteristic.parts_of(each))
        shown.append(layer if layer in held else next(within, layer))
    return tuple(dict.fromkeys(shown))


def _layer(title: str, parts: Sequence[Part | None], columns: Sequence[Breakdown]) -> Layer:
    return Layer(
        name=title,
        values=tuple(part.value if part and part.is_exact else None for part in parts),
        texts=tuple(part.text if part else _HIDDEN for part in parts),
        hover=tuple(
            f"{title}: {part.text if part else 'hidden'}, {_label(column, columns)}"
            for part, column in zip(parts, columns, strict=True)
        ),
    )


def _rest_of(layers: Sequence[str], column: Breakdown) -> Part | None:
    """The categories that are not shown one by one, added up; None if any of them is not told exactly.

    It is never the whole less the others: that would tell what is hidden.
    """
    rest = [part for part in column.parts if part.category not in layers]
    if any(not part.is_exact and part.observation.symbol is not Symbol.LOW for part in rest):
        return None
    total = sum(part.observation.value or 0.0 for part in rest)
    if column.statistic is not column.measure.statistic and column.whole and column.whole.value:
        total = total / column.whole.value * 100
    shown = round_shown(total, 0)
    text = format_value(shown, column.statistic)
    return Part("", _REST, _first(column), shown, text)


def _first(column: Breakdown) -> Observation:
    return column.parts[0].observation


def _title(columns: Sequence[Breakdown], name: str) -> str:
    """How the largest category moved; what is shown, where that cannot be said."""
    top = columns[-1].largest
    first = columns[0].part(top.category) if top else None
    if top is None or top.value is None:
        return f"{name}, by {lower_first(columns[-1].characteristic.title)}"
    if len(columns) == 1 or first is None or first.value is None or not first.is_exact:
        return f"{top.title}: {top.text}"
    return title_shift(top.title, first.text, top.text, find_direction(top.value, first.value))


def _subtitle(scene: Scene, panel: PanelDeclaration, columns: Sequence[Breakdown]) -> str:
    first, last = columns[0], columns[-1]
    what = say_what(panel, last.indicator)
    when = f"{first.period.label} to {last.period.label}" if len(columns) > 1 else last.period.label
    if last.at_a_date and len({each.period.start_month for each in columns}) == 1:
        when = f"at {_day(last.period)}"
    when += "" if scene.is_county else say_why_by_year(scene, last.measure, last.line)
    return ", ".join([what, when, scene.area.name])


def _day(period: Period) -> str:
    return period.end_label.rsplit(" ", 1)[0]


def _summarise(columns: Sequence[Breakdown], layers: Sequence[Layer]) -> str:
    """How the largest category moved from the first column to the last, and what is hidden."""
    sentences = []
    last, first = columns[-1], columns[0]
    top = last.largest
    before = first.part(top.category) if top else None
    if top:
        when = format_in(last.period, at_a_date=last.at_a_date)
        then = format_in(first.period, at_a_date=first.at_a_date)
        moved = before is not None and before.is_exact and len(columns) > 1
        sentences.append(
            f"{top.title}: {top.text} {when}{f', {before.text} {then}' if moved and before else ''}."
        )
    sentences.append(say_merged(last))
    sentences.append(say_hidden_rows([part.title for part in last.hidden]))
    if any(value is None for layer in layers for value in layer.values):
        sentences.append("A column with [c] over it is not whole.")
    sentences.append(
        say_precision({part.observation.precision for column in columns for part in column.parts})
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _make_table(
    scene: Scene, name: str, columns: Sequence[Breakdown], layers: Sequence[Layer], groups: Sequence[str]
) -> Table:
    heading = "At 31 March" if columns[-1].at_a_date and groups[-1].isdigit() else "Period"
    rows = tuple((group, *(layer.texts[index] for layer in layers)) for index, group in enumerate(groups))
    return Table(f"{name}, {scene.area.name}", (heading, *(layer.name for layer in layers)), rows)
