"""What changed since the last meeting: a list of sentences for each kind of change."""

from dash import html

from dashboard.views.changes_shapes import Change, ChangeGroup, Changes
from dashboard.web import marks
from dashboard.web.components import Child, aria, draw_badges, draw_link


def draw_changes(changes: Changes) -> list[Child]:
    """The earlier end to choose, what changed by kind, and one sentence for all that did not."""
    return [
        _draw_ends(changes),
        *[_draw_group(group) for group in changes.groups],
        *_draw_quiet(changes),
        *_draw_still(changes),
    ]


def _draw_ends(changes: Changes) -> html.Div:
    ends = [
        html.Li(html.A(end.text, href=end.href, **(aria(current="true") if end.current else {})))
        for end in changes.ends
    ]
    return html.Div(
        [
            html.P("Changes since", id="changes-since"),
            html.Nav(html.Ul(ends), className="ways", **aria(labelledby="changes-since")),
        ],
        className="since",
    )


def _draw_group(group: ChangeGroup) -> html.Section:
    after = [html.P(group.after, className="quiet")] if group.after else []
    return html.Section(
        [html.H2(group.title), html.Ul([_draw_change(each) for each in group.changes]), *after],
        className="changes",
    )


def _draw_change(change: Change) -> html.Li:
    sign = marks.state(change.judgement, up=change.up) if change.judgement else None
    lead: list[Child] = [draw_link(change.link), ": "] if change.link else []
    return html.Li([sign, html.Div([html.P([*lead, change.text]), *draw_badges(change.badges)])])


def _draw_quiet(changes: Changes) -> list[Child]:
    """What did not change, and what cannot be said."""
    quiet = [html.P(changes.quiet, className="nothing")] if changes.quiet else []
    return [*quiet, *[html.P(text, className="quiet") for text in changes.unsaid]]


def _draw_still(changes: Changes) -> list[Child]:
    if not changes.still:
        return []
    links = html.Ul([html.Li(draw_link(link)) for link in changes.still])
    return [html.Details([html.Summary(changes.still_lead), links], className="fold still")]
