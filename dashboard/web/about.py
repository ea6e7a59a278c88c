"""The about page: how to read the figures, where they are from, and what each one means."""

from dash import html

from dashboard.views.elsewhere import ANCHOR, HEADING
from dashboard.views.shapes import About, Definition, Section, Table
from dashboard.web.components import Child, aria, draw_link, draw_table, words


def draw_about(about: About) -> list[Child]:
    """Prose, symbols, sources, then every definition by area of work."""
    sections = [_draw_section(section) for section in about.sections]
    return [
        _draw_contents(about),
        html.Div(sections, className="prose", id="how-to-read"),
        html.Section([html.H2("Symbols", id="symbols"), draw_table(about.symbols, "reference")]),
        *_draw_hidden(about),
        html.Section([html.H2("Sources", id="sources"), draw_table(about.sources, "reference")]),
        *_draw_elsewhere(about),
        html.Section(
            [
                html.H2("What each figure means", id="definitions"),
                *[_draw_area_of_work(title, definitions) for title, definitions in about.definitions],
            ]
        ),
    ]


def _draw_contents(about: About) -> html.Nav:
    links = [
        ("How to read the figures", "#how-to-read"),
        ("Symbols", "#symbols"),
        *([("What is hidden", "#hidden")] if about.hidden else []),
        ("Sources", "#sources"),
        *([(HEADING, f"#{ANCHOR}")] if about.elsewhere else []),
        *[(f"{title} definitions", f"#{_anchor(title)}") for title, _ in about.definitions],
    ]
    return html.Nav(
        html.Ul([html.Li(html.A(text, href=href)) for text, href in links]),
        className="contents",
        **aria(label="On this page"),
    )


def _draw_hidden(about: About) -> list[Child]:
    """How much is hidden, and what is not: long, so both are folded until they are asked for."""
    if about.hidden is None:
        return []
    folded = [_fold(f"Show all {len(about.hidden.rows)} measures", about.hidden)]
    if about.exempt is not None:
        folded.append(_fold("Show the small numbers that are not hidden", about.exempt))
    return [html.Section([html.H2("What is hidden, measure by measure", id="hidden"), *folded])]


def _draw_elsewhere(about: About) -> list[Child]:
    """The files under each chart, and what programs may ask for."""
    told = about.elsewhere
    if told is None:
        return []
    examples = [html.Li([draw_link(link), f": {what}"]) for link, what in told.examples]
    return [
        html.Section(
            [
                html.H2(HEADING, id=ANCHOR),
                html.Div(
                    [
                        html.Section([*map(html.P, told.before), html.Ul(examples)]),
                        html.Section([*map(html.P, told.after)]),
                    ],
                    className="prose",
                ),
                draw_table(told.parameters, "reference"),
            ]
        )
    ]


def _fold(text: str, table: Table) -> html.Details:
    return html.Details([html.Summary(text), draw_table(table, "reference")], className="fold")


def _anchor(title: str) -> str:
    return "definitions-" + title.lower().replace(" ", "-")


def _draw_section(section: Section) -> html.Section:
    return html.Section([html.H2(section.heading), *[html.P(words(text)) for text in section.paragraphs]])


def _draw_area_of_work(title: str, definitions: tuple[Definition, ...]) -> html.Section:
    return html.Section(
        [html.H3(title, id=_anchor(title)), *[draw_definition(definition) for definition in definitions]],
        className="area-of-work",
    )


def draw_definition(definition: Definition, *, titled: bool = True) -> html.Article:
    """What one measure means: in a sentence, why it matters, and its facts; under its title, or another's."""
    facts = [part for name, fact in definition.facts for part in (html.Dt(name), html.Dd(fact))]
    return html.Article(
        [
            *([html.H4(definition.title)] if titled else []),
            html.P(definition.definition),
            html.P(definition.why, className="quiet"),
            html.Dl(facts),
        ],
        id=definition.key,
        className="meaning",
    )
