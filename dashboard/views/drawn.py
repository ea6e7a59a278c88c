"""What each kind of panel hands back, and what stands round every picture: badges, sources, tables, CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.formats import format_base, format_periods, join_words, name_precision
from dashboard.page_parts import PageDeclaration, PanelDeclaration, key_of
from dashboard.store import Observation, Store
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.comparators import Point
from dashboard.views.scene import Scene
from dashboard.views.shapes import Badge, Empty, Mark, Panel, Picture, Table
from dashboard.vocabulary import Basis, Statistic, Status, Symbol
from dashboard.words import explain_hidden, say_precision

CSV_COLUMNS = (
    *("Indicator", "Statistic", "Area", "Basis", "Period", "Category", "Value", "Symbol", "Status"),
    *("Source", "Published on", "Precision", "Base", "Note"),
)
_STATUS_WORDS = {
    Status.FINAL: "Final",
    Status.PROVISIONAL: "Provisional",
    Status.REVISED: "Revised",
    Status.AS_PUBLISHED: "As first published",
    Status.ILLUSTRATIVE: "Illustrative",
}
SIMULATED_SOURCE = "Simulated"  # in place of a source
_SIMULATED = "Simulated: made-up children and staff, not a count of real ones."
ILLUSTRATIVE_CAPTION = "Illustrative: simulated figures, not counts of real children or staff."


@dataclass(frozen=True)
class Cell:
    """One figure that a panel shows, as it shows it."""

    indicator: str
    statistic: Statistic
    area: str  # its name
    basis: str
    observation: Observation
    text: str
    category: str = ""  # its title
    derived: bool = False  # worked out from the released figure, as a share of a released whole
    note: str = ""  # why it is shown


@dataclass(frozen=True)
class Drawn:
    """A picture with its words, and every figure behind it."""

    title: str
    subtitle: str
    picture: Picture | None
    summary: str = ""
    table: Table | None = None
    cells: tuple[Cell, ...] = ()
    empty: Empty | None = None
    unlike: tuple[str, ...] = ()  # why comparators are not like for like
    neighbours: tuple[Point, ...] = ()  # the comparators' figures, among them the neighbours'
    sources_of: tuple[Cell, ...] = field(default=())  # figures named in words only
    rules: str = ""  # how a statistical chart was made, for who wants to know


def cell_of(chosen: Chosen, observation: Observation, text: str, area: str = "", category: str = "") -> Cell:
    """A figure of a chosen line as a cell."""
    return Cell(
        chosen.measure.indicator,
        chosen.statistic,
        area or chosen.area.name,
        chosen.line.basis,
        observation,
        text,
        category,
    )


def make_panel(scene: Scene, page: PageDeclaration, panel: PanelDeclaration, drawn: Drawn) -> Panel:
    """A panel with everything that stands round its picture."""
    table = drawn.table
    if table and any(is_simulated(cell.observation) for cell in drawn.cells):
        table = Table(
            f"{table.caption}. {ILLUSTRATIVE_CAPTION}", table.columns, table.rows, strong=table.strong
        )
    return Panel(
        key=panel.key,
        title=drawn.title,
        subtitle=drawn.subtitle,
        badges=make_badges([cell.observation for cell in drawn.cells], drawn.unlike, _own(drawn.cells)),
        picture=None if drawn.empty else drawn.picture,
        empty=drawn.empty,
        summary=drawn.summary,
        source=say_sources(scene.store, drawn.cells or drawn.sources_of),
        table=table,
        definition=define(scene.store, panel),
        csv=address_of_csv(scene, page, panel),
        rules=drawn.rules,
        in_depth="" if page.measure else scene.selection.on(key_of(panel.measure.indicator)).address(),
    )


def _own(cells: Sequence[Cell]) -> list[Observation]:
    """The council's own figures among those shown: they may be simulated in part."""
    return [cell.observation for cell in cells if cell.basis == Basis.LOCAL]


def address_of_csv(scene: Scene, page: PageDeclaration, panel: PanelDeclaration) -> str:
    """Where a panel's figures are downloaded."""
    query = scene.selection.address().partition("?")[2]
    return f"/download/{page.key}/{panel.key}.csv?{query}"


def define(store: Store, panel: PanelDeclaration) -> str:
    """What the measures of a panel mean, and why they matter."""
    texts = []
    for measure in (panel.measure, panel.against):
        if measure is None:
            continue
        indicator = store.indicators[measure.indicator]
        statistic = indicator.statistics[measure.statistic]
        of = f" {statistic.numerator} ÷ {statistic.denominator}." if statistic.denominator else ""
        texts.append(f"{indicator.definition}{of}")
    return " ".join((*texts, store.indicators[panel.measure.indicator].why_it_matters))


# --- badges ---------------------------------------------------------------------------------------


def make_badges(
    observations: Sequence[Observation],
    unlike: Sequence[str] = (),
    own: Sequence[Observation] | None = None,
) -> tuple[Badge, ...]:
    """A badge, with its reason, for all that a reader must know of the figures shown.

    `own` are those of them that may be simulated in part; all, where nothing is said.
    """
    badges = []
    shown = [each for each in observations if each.value is not None or is_simulated(each)]
    if any(is_simulated(each) for each in shown):
        badges.append(
            Badge(Mark.ILLUSTRATIVE, "Illustrative", _explain_simulated(shown if own is None else own))
        )
    if any(each.status is Status.PROVISIONAL for each in shown):
        when = join_words(_labels(each for each in shown if each.status is Status.PROVISIONAL))
        badges.append(Badge(Mark.PROVISIONAL, "Provisional", f"May change as records are completed: {when}."))
    if any(each.status is Status.REVISED for each in shown):
        when = join_words(_labels(each for each in shown if each.status is Status.REVISED))
        badges.append(Badge(Mark.REVISED, "Revised", f"Changed since it was first published: {when}."))
    if unlike:
        reasons = " ".join(dict.fromkeys(unlike))
        badges.append(Badge(Mark.UNLIKE, "Not like for like", reasons))
    return tuple(badges)


def _labels(observations: Iterable[Observation]) -> list[str]:
    return list(dict.fromkeys(each.period.label for each in observations))


def _explain_simulated(observations: Sequence[Observation]) -> str:
    """Which of the figures are real, when only some are simulated."""
    real = {each.period for each in observations if not is_simulated(each) and each.value is not None}
    simulated = {each.period for each in observations if is_simulated(each)}
    real -= simulated
    if not real:
        return _SIMULATED
    if len({period.grain for period in (*real, *simulated)}) > 1:
        return f"{_SIMULATED} Some figures beside them are real: the table says which."
    return f"{_SIMULATED} Only {format_periods(tuple(real))} {'is' if len(real) == 1 else 'are'} real."


# --- sources --------------------------------------------------------------------------------------


def say_sources(store: Store, cells: Sequence[Cell]) -> str:
    """Every source of the figures shown: "Source: Department for Education, April 2026"."""
    names = dict.fromkeys(_name_source(store, cell.observation) for cell in cells)
    real = [name for name in names if name]
    if not real:
        return ""
    return f"{'Source' if len(real) == 1 else 'Sources'}: {'; '.join(real)}"


def _name_source(store: Store, observation: Observation) -> str:
    if is_simulated(observation):
        return "simulated"
    source = store.sources.get(observation.source)
    return source.short if source else observation.source


# --- tables and files -----------------------------------------------------------------------------


def say_status(observation: Observation) -> str:
    """How firm a figure is, in words."""
    return _STATUS_WORDS.get(observation.status, str(observation.status).capitalize())


def has_mixed_status(observations: Sequence[Observation]) -> bool:
    """Whether some of the figures are simulated and some are not."""
    return len({is_simulated(each) for each in observations}) > 1


def rows_of(store: Store, cells: Sequence[Cell]) -> tuple[tuple[str, ...], ...]:
    """The figures of a panel as rows of a file, under `CSV_COLUMNS`."""
    return (CSV_COLUMNS, *(_row_of(store, cell) for cell in cells))


def _row_of(store: Store, cell: Cell) -> tuple[str, ...]:
    observation = cell.observation
    return (
        store.indicators[cell.indicator].title,
        "percentage" if cell.derived else str(cell.statistic),
        cell.area,
        str(cell.basis),
        observation.period.code,
        cell.category,
        "" if observation.symbol and observation.symbol is not Symbol.LOW else cell.text,
        f"[{observation.symbol}]" if observation.symbol else "",
        say_status(observation),
        title_source(store, observation),
        observation.published_on,
        name_precision(observation.precision),
        format_base(observation.base).removeprefix("of "),
        " ".join(note for note in (cell.note, explain(store, observation)) if note),
    )


def title_source(store: Store, observation: Observation) -> str:
    """Where a figure is from, as a row of a file says it."""
    if is_simulated(observation):
        return SIMULATED_SOURCE
    source = store.sources.get(observation.source)
    return source.title if source else observation.source


def explain(store: Store, observation: Observation) -> str:
    """What a row of a file must say of a figure that is hidden, or not told exactly."""
    if observation.symbol is Symbol.CONFIDENTIAL:
        return f"{explain_hidden(store.protection.threshold)}."
    return say_precision([observation.precision])
