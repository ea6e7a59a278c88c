"""The filter bar: the one place where the view is chosen."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc  # type: ignore[import-untyped]
from dash import html

from dashboard.views.shapes import Choice, Filters
from dashboard.web import marks
from dashboard.web.components import Child, aria, words_of
from dashboard.web.ids import Ids

Option = dict[str, object]


def draw_filters(filters: Filters, *, narrow: bool, hidden: bool) -> html.Section:
    """One set of controls. On a phone they fold into one line that says what was chosen.

    A page on which nothing can be chosen has them too, hidden: Dash looks for them on every page.
    """
    fields = html.Div(
        [
            _draw_select(Ids.AREA, "Area", filters.areas),
            _draw_select(Ids.PERIOD, filters.period_label, filters.periods),
            _draw_select(Ids.RANGE, "History", filters.spans),
            _draw_comparators(filters.comparators),
            _draw_switch(filters.views),
        ],
        className="fields",
    )
    ways = [html.Span("Change", className="change"), html.Span("Done", className="done")]
    fold = html.Summary([html.Span(filters.summary, **words_of(Ids.FOLD)), *ways])
    return html.Section(
        html.Div(html.Details([fold, fields], open=not narrow), className="wrap"),
        className="filters",
        hidden=hidden,
        **aria(label="Choose what is shown"),
    )


def chosen(choices: Sequence[Choice]) -> str | None:
    """The value of the choice that is made, where one can be."""
    return next((choice.value for choice in choices if choice.chosen), None)


def all_chosen(choices: Sequence[Choice]) -> list[str]:
    """The values of the choices that are made, where several can be."""
    return [choice.value for choice in choices if choice.chosen]


def list_options(choices: Sequence[Choice]) -> list[Option]:
    """Choices as a select's options."""
    return [{"label": choice.text, "value": choice.value} for choice in choices]


def list_comparators(choices: Sequence[Choice]) -> list[Option]:
    """Comparators as options, each with the dash it is drawn in."""
    return [
        {"label": _label_comparator(choice), "value": choice.value, "input_id": f"compare-{choice.value}"}
        for choice in choices
    ]


def _label_comparator(choice: Choice) -> list[Child]:
    return [marks.dash(choice.role), choice.text] if choice.role else [choice.text]


def _draw_select(name: str, label: str, choices: Sequence[Choice]) -> html.Div:
    select = dbc.Select(id=name, options=list_options(choices), value=chosen(choices))
    return html.Div([html.Label(label, htmlFor=name), select], className=f"field field-{name}")


def _draw_comparators(choices: Sequence[Choice]) -> html.Fieldset:
    boxes = dbc.Checklist(
        id=Ids.COMPARE, options=list_comparators(choices), value=all_chosen(choices), inline=True
    )
    return html.Fieldset([html.Legend("Compare with"), boxes], className="field checks")


def _draw_switch(choices: Sequence[Choice]) -> html.Fieldset:
    radios = dbc.RadioItems(id=Ids.DISPLAY, options=list_options(choices), value=chosen(choices), inline=True)
    return html.Fieldset([html.Legend("View"), radios], className="field switch")
