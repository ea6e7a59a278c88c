"""The workbook of one chart: what its figures are of, where they are from, how they are to be read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.export.book import Book, Cell, Grid, Instead, Line, Number, Sheet, To
from dashboard.formats import format_number, join_words, unit_of
from dashboard.periods import parse
from dashboard.sources import Source, is_date
from dashboard.store import Store
from dashboard.views.about import TWO_COUNTS, list_symbols
from dashboard.views.drawn import CSV_COLUMNS, ILLUSTRATIVE_CAPTION, SIMULATED_SOURCE
from dashboard.views.frame import make_footer
from dashboard.views.shapes import Panel
from dashboard.vocabulary import Statistic

COVER, CONTENTS, NOTES, SYMBOLS, FIGURES = "Cover", "Contents", "Notes", "Symbols", "Figures"

_SHOWN = re.compile(r"(?:about |above |below )?([−-]?)([\d,]+)(\.\d+)?(%?)")
_NO_CATEGORY, _EXACT, _NO_NOTE, _NOT_APPLICABLE = "All", "exact", "None", "[z]"
_WIDE = 90  # characters: a column of sentences
#: The columns of the table of figures, and those that are left out where none of them says anything.
_COLUMNS = (
    *("Indicator", "Area", "Period", "Period ends", "Category", "Value", "Unit", "Precision", "Base"),
    *("Basis", "Status", "Source", "Published on", "Note"),
)
_IF_ANY = frozenset({"Category", "Precision", "Base", "Note"})

Row = Mapping[str, str]


@dataclass(frozen=True)
class View:
    """Where a chart stands: the page and what was chosen on it, and where it can be seen again."""

    page: str  # its title
    shown: str  # "Redditch at Q4 2021/22"
    neighbours: str  # "Statistical neighbours: mean of 10 councils, 2021 model", or blank
    address: str  # with the name of the site, if that is known


def make_chart_book(store: Store, view: View, panel: Panel, rows: Iterable[Sequence[str]]) -> Book:
    """The workbook of a panel: `rows` are its figures under `CSV_COLUMNS`."""
    _, *read = [dict(zip(CSV_COLUMNS, row, strict=True)) for row in rows]
    figures = [_add_unit(store, figure) for figure in read]
    sheets = (
        _make_notes(panel, view, figures),
        _make_symbols(store),
        _make_figures(panel, figures),
    )
    cover = _make_cover(store, view, panel, figures)
    return Book(
        title=panel.title,
        subject=panel.subtitle,
        publisher=f"Children’s services in figures, {store.areas.county.name}",
        created=store.release.created,
        sheets=(cover, _list_contents((cover, *sheets)), *sheets),
    )


# --- cover and contents ---------------------------------------------------------------------------


def _make_cover(store: Store, view: View, panel: Panel, figures: Sequence[Row]) -> Sheet:
    licence, protection = make_footer(store)[:2]
    made = f"{store.release.created.day} {store.release.created:%B %Y}"
    parts: tuple[tuple[str, Iterable[str | To]], ...] = (
        ("What it shows", (f"{panel.subtitle}.", panel.summary)),
        ("Scope", (f"The figures behind one chart of the page “{view.page}”: {view.shown}.",)),
        ("Units", (_say_units(figures),)),
        ("Source", (panel.source.partition(": ")[2], *_list_attributions(store, figures))),
        ("How firm the figures are", _say_status(panel, figures)),
        ("How children are protected", (protection,)),
        ("Where to see it", _say_where(view.address)),
        ("Release and licence", (f"Release {store.release.id}, made on {made}.", licence)),
    )
    lines = [line for heading, words in parts for line in _head(heading, words)]
    return Sheet(COVER, "What this workbook is about", panel.title, (*_caption(figures), *lines))


def _say_where(address: str) -> Iterator[str | To]:
    """The address of the view, as a link and for paper; where no site is known it leads nowhere."""
    if address.startswith(("https://", "http://")):
        yield To("Open this view in the dashboard", address=address)
    yield address


def _head(heading: str, words: Iterable[str | To]) -> Iterator[Line]:
    """Words under their heading; nothing where there are none."""
    said = [each for each in words if each]
    if said:
        yield Line(heading, heading=True)
        yield from (Line(each) for each in said)


def _caption(figures: Sequence[Row]) -> tuple[Line, ...]:
    """What stands under a title where any figure is simulated."""
    simulated = any(figure["Source"] == SIMULATED_SOURCE for figure in figures)
    return (Line(ILLUSTRATIVE_CAPTION),) if simulated else ()


def _say_units(figures: Sequence[Row]) -> str:
    units = dict.fromkeys(figure["Unit"] for figure in figures)
    return f"{join_words(list(units))}; the column Unit says which." if len(units) > 1 else "".join(units)


def _add_unit(store: Store, figure: dict[str, str]) -> Row:
    """A row with its unit: the declared one, or that of a share which was worked out."""
    statistic = Statistic(figure["Statistic"])
    named = (each for each in store.indicators.values() if each.title == figure["Indicator"])
    declared = next(named).statistics.get(statistic)
    return {**figure, "Unit": declared.unit if declared else unit_of(statistic) or "number"}


def _list_attributions(store: Store, figures: Sequence[Row]) -> Iterator[str]:
    """Each source with its publisher and licence: who uses the figures has to name it."""
    named = {figure["Source"] for figure in figures}
    for source in store.sources.values():
        if source.title in named:
            yield _attribute(source)


def _attribute(source: Source) -> str:
    return f"{source.title}. {source.publisher}, {source.known_on or source.published_on}. {source.licence}."


def _say_status(panel: Panel, figures: Sequence[Row]) -> Iterator[str]:
    statuses = dict.fromkeys(figure["Status"] for figure in figures)
    if statuses:
        yield f"The column Status says of each figure what it is: {join_words(list(statuses)).lower()}."
    yield from (f"{badge.text}: {badge.reason}" for badge in panel.badges)


def _list_contents(sheets: Sequence[Sheet]) -> Sheet:
    rows = tuple((To(sheet.name, sheet=sheet.name), sheet.about) for sheet in sheets)
    grid = Grid("contents", "The worksheets of this workbook", ("Worksheet", "What it holds"), rows, _WIDE)
    lines = (Line("This worksheet contains one table. The names lead to the worksheets."),)
    return Sheet(CONTENTS, "This list", "Contents", lines, grid)


# --- notes and symbols ----------------------------------------------------------------------------


def _make_notes(panel: Panel, view: View, figures: Sequence[Row]) -> Sheet:
    both = len({figure["Basis"] for figure in figures}) > 1
    notes = [panel.definition, panel.rules, view.neighbours, TWO_COUNTS if both else ""]
    notes += dict.fromkeys(figure["Note"] for figure in figures)
    numbered = enumerate((note for note in notes if note), 1)
    rows = tuple((f"Note {number}", note) for number, note in numbered)
    grid = Grid("notes", "What the figures mean", ("Note number", "Note"), rows, _WIDE)
    lines = (Line("This worksheet contains one table."),)
    return Sheet(NOTES, "What is counted, and how the figures are to be read", "Notes", lines, grid)


def _make_symbols(store: Store) -> Sheet:
    table = list_symbols(store)
    rows = tuple((symbol, meaning) for symbol, meaning in table.rows if symbol.startswith(("[", "<")))
    grid = Grid("symbols", table.caption, table.columns, rows, _WIDE)
    lines = (Line("This worksheet contains one table."),)
    return Sheet(SYMBOLS, f"{table.caption}, and what it means", "Symbols", lines, grid)


# --- figures --------------------------------------------------------------------------------------


def _make_figures(panel: Panel, figures: Sequence[Row]) -> Sheet:
    title, about = f"Figures: {panel.subtitle}", "Every figure that the chart shows"
    if not figures:
        why = panel.empty.reason if panel.empty else "There are no figures."
        return Sheet(FIGURES, about, title, (Line(why),))
    columns = [name for name in _COLUMNS if name not in _IF_ANY or any(each[name] for each in figures)]
    rows = tuple(tuple(_read_cell(name, figure) for name in columns) for figure in figures)
    counted = "1 row" if len(rows) == 1 else f"{format_number(len(rows))} rows"
    lines = (
        *_caption(figures),
        Line(f"This worksheet contains one table of {counted}. Its symbols are on the worksheet Symbols."),
        Line(f"Units: {_say_units(figures)}. {panel.source}."),
    )
    return Sheet(FIGURES, about, title, lines, Grid("figures", panel.subtitle, tuple(columns), rows))


def _read_cell(column: str, figure: Row) -> Cell:
    """What stands in a column of a figure's row; never blank."""
    match column:
        case "Value":
            return read_shown(figure["Value"]) or Instead(figure["Value"] or figure["Symbol"])
        case "Period":
            return parse(figure["Period"]).label
        case "Period ends":
            return parse(figure["Period"]).end
        case "Published on" if is_date(figure[column]):
            return date.fromisoformat(figure[column])
        case "Category":
            return figure[column] or _NO_CATEGORY
        case "Precision":
            return figure[column] or (_EXACT if figure["Value"] else _NOT_APPLICABLE)
        case "Note":
            return figure[column] or _NO_NOTE
    return figure[column] or _NOT_APPLICABLE


def read_shown(text: str) -> Number | None:
    """The number that a figure is shown as: "21.2%", "−3", "about 95%"; None if it is no number, as "<1%"."""
    found = _SHOWN.fullmatch(text)
    if found is None:
        return None
    sign, whole, decimals, suffix = found.groups(default="")
    number = float(f"{whole.replace(',', '')}{decimals}")
    return Number(-number if sign else number, max(len(decimals) - 1, 0), suffix)
