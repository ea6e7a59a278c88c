"""The board dataset: ways to narrow it, then its table, each measure with what it means on demand."""

from collections.abc import Iterator

from dash import html

from dashboard.statistics.processes import Assurance
from dashboard.views.dataset_shapes import (
    Comparison,
    Dataset,
    Figure,
    Goal,
    Group,
    Month,
    Narrowing,
    Row,
    State,
    Verdict,
)
from dashboard.views.pictures import Judgement
from dashboard.web import marks
from dashboard.web.components import Child, aria, draw_badge, hidden_words
from dashboard.web.markup import make_plain

_LAST = 11  # the place of the latest month


def draw_dataset(dataset: Dataset) -> list[Child]:
    """The whole of it. With no row there are words in the table's place."""
    return [
        html.Nav(
            html.Ul([html.Li(_draw_narrowing(each)) for each in dataset.narrowings]),
            className="narrowings",
            **aria(label="Which measures are shown"),
        ),
        *([html.P(dataset.narrowed, className="narrowed")] if dataset.narrowed else []),
        _draw_table(dataset) if dataset.groups else html.P(dataset.empty, className="none"),
        html.Div([html.P(f"{note} ") for note in dataset.notes], className="notes-below quiet"),
        html.P([dataset.file.source, *_draw_ways(dataset)], className="files"),
    ]


def _draw_ways(dataset: Dataset) -> Iterator[Child]:
    """The figures as files, under the table."""
    for text, address in (("CSV", dataset.file.csv), ("Workbook", dataset.file.workbook)):
        yield html.A([text, hidden_words(f" of {dataset.file.title}")], href=address)


def _draw_narrowing(narrowing: Narrowing) -> html.A:
    sign = {
        "off-target": [marks.assurance(Assurance.ALWAYS_MISSES)],
        "special-cause": [marks.state(Judgement.SPECIAL, up=True)],
    }.get(narrowing.key, [])
    return html.A(
        [*sign, narrowing.text, html.B(str(narrowing.count)), hidden_words(" measures")],
        href=narrowing.href,
        **(aria(current="true") if narrowing.current else {}),
    )


def _draw_table(dataset: Dataset) -> html.Div:
    heads = [
        html.Th(hidden_words("Number"), scope="col", className="no"),
        html.Th("Measure", scope="col", className="name"),
        *[_draw_month(month, place) for place, month in enumerate(dataset.months)],
        *[
            html.Th(text, scope="col", className=kind)
            for text, kind in (
                ("On last", "change"),
                ("Trend", "line"),
                ("This month", "state"),
                ("Target", "goal"),
                (f"Comparators, {dataset.years}".removesuffix(", "), "beside"),
            )
        ],
    ]
    caption = html.Caption(dataset.caption, className="visually-hidden")
    groups = [_draw_group(group, dataset.months, len(heads)) for group in dataset.groups]
    return html.Div(
        html.Table([caption, html.Thead(html.Tr(heads)), *groups], className="dataset"),
        className="scroll dataset-scroll",
        tabIndex=0,
        role="region",
        **aria(label=dataset.caption),
    )


def _classes_of(month: Month, place: int) -> str:
    """What kind of a month it is: on paper only some of them are printed."""
    last = " last" if place == _LAST else ""
    return f"m{' q' if month.ends_quarter else ''}{last}"


def _draw_month(month: Month, place: int) -> html.Th:
    year = html.Span(month.year) if month.new_year else hidden_words(month.year)
    return html.Th([month.name, " ", year], scope="col", className=_classes_of(month, place))


def _draw_group(group: Group, months: tuple[Month, ...], width: int) -> html.Tbody:
    head = html.Tr(html.Th(html.Span(group.title), scope="rowgroup", colSpan=width), className="group")
    rows = [part for row in group.rows for part in _draw_row(row, months, width)]
    return html.Tbody([head, *rows])


def _draw_row(row: Row, months: tuple[Month, ...], width: int) -> Iterator[html.Tr]:
    yield html.Tr(
        [
            html.Td(str(row.number), className="no"),
            html.Th(list(_draw_name(row)), scope="row", className="name"),
            *[
                _draw_figure(figure, _classes_of(month, place))
                for place, (figure, month) in enumerate(zip(row.figures, months, strict=True))
            ],
            html.Td(row.change, className="change"),
            html.Td(marks.trend(row.trend, 92, 30, joined=row.step), className="line"),
            html.Td(_draw_state(row.state), className="state"),
            html.Td(list(_draw_goal(row.goal)), className="goal"),
            html.Td(list(_draw_comparison(row.comparison)), className="beside"),
        ],
        id=f"measure-{row.number}",
        className="row-of",
    )
    facts = [part for name, fact in row.meaning for part in (make_plain("Dt", name), make_plain("Dd", fact))]
    yield html.Tr(html.Td(html.Dl(facts), colSpan=width), className="meaning-of")


def _draw_name(row: Row) -> Iterator[Child]:
    """The measure, the way to it in depth, and a button that shows the row beneath."""
    button = [html.Span("?", **aria(hidden="true")), hidden_words(f"What “{row.title}” means")]
    yield html.Div(
        [
            html.A(row.title, href=row.href),
            html.Details([html.Summary(button), hidden_words("It is said in the row beneath.")]),
        ]
    )
    if row.badges:
        yield html.Div([draw_badge(badge) for badge in row.badges], className="badges")


def _draw_figure(figure: Figure, kind: str) -> Child:
    content: list[Child] = [figure.text]
    if figure.text.endswith("%"):
        content = [figure.text.removesuffix("%"), make_plain("Small", "%")]
    if figure.why:
        content = [html.Span(figure.text, **aria(hidden="true")), hidden_words(figure.why)]
    if figure.share:
        content += [" ", html.Span(figure.share)]
    cell: Child = make_plain("Td", content, className=f"{kind}{' made-up' if figure.simulated else ''}")
    return cell


def _draw_state(state: State) -> list[Child]:
    sign = marks.no_answer() if state.judgement is None else marks.state(state.judgement, up=state.up)
    tone = state.judgement or "open"
    return [html.Span([sign, html.Span(state.text)], className=f"sign {tone}", title=state.reason)]


def _draw_goal(goal: Goal | None) -> Iterator[Child]:
    if goal is None:
        yield html.Span("None", className="quiet")
        return
    yield html.Div([html.B(goal.text), f" {goal.standing}" if goal.standing else ""])
    if goal.of:
        yield html.Div(goal.of, className="quiet")
    yield _draw_verdict(goal.verdict)


def _draw_verdict(verdict: Verdict) -> html.Span:
    if verdict.assurance is None:
        return html.Span(verdict.text, className="quiet", title=verdict.reason)
    tone = marks.TONES[verdict.assurance]
    sign = marks.assurance(verdict.assurance)
    return html.Span([sign, html.Span(verdict.text)], className=f"sign {tone}", title=verdict.reason)


def _draw_comparison(comparison: Comparison | None) -> Iterator[Child]:
    if comparison is None:
        yield html.Span("None", className="quiet")
        return
    quiet = html.Span(comparison.years, className="quiet")
    years: list[Child] = [", ", quiet] if comparison.years else []
    yield html.Div([comparison.text, *years])
    if comparison.here:
        yield html.Div(comparison.here, className="quiet")
    yield html.Div([draw_badge(badge) for badge in comparison.badges], className="badges")
