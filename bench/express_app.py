"""The through care page as it would be written with plotly.express over a data frame: the usual way.

The same release, the same panels, the same choices; a chart for each panel from one callback. No words, no
tables and no protection of its own: what is measured is the charts. Serve it with
`gunicorn bench.express_app:server`.
"""

import os
from pathlib import Path

import dash_bootstrap_components as dbc
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from bench.page import AREAS, PAGE, QUARTERS
from dashboard.pages import PageDeclaration, PanelDeclaration, PanelKind, load_pages
from dashboard.periods import Period, parse
from dashboard.vocabulary import COLUMNS

COMPARATORS = ["england", "statistical-neighbours-2021", "statistical-neighbours-2025"]


def read_figures(release: Path) -> pd.DataFrame:
    """Every released figure, with the day on which its period ends."""
    numbers = {"numerator", "denominator", "value"}
    types = {name: "float64" if name in numbers else "category" for name in COLUMNS}
    figures = pd.read_csv(
        release / "figures.csv",
        dtype=types,
        keep_default_na=False,
        na_values={name: [""] for name in numbers},
    )
    ends = {code: parse(code).end for code in figures["period"].cat.categories}
    figures["end"] = pd.to_datetime(figures["period"].astype(str).map(ends))
    return figures


def find_release() -> Path:
    """The folder of the current release."""
    releases = Path(os.environ.get("DASHBOARD_DATA", "data")) / "releases" / "public"
    return releases / (releases / "CURRENT").read_text().strip()


RELEASE = find_release()
FIGURES = read_figures(RELEASE)
DECLARED: PageDeclaration = load_pages(RELEASE / "declared")[PAGE]


def draw_panel(panel: PanelDeclaration, area: str, period: Period) -> go.Figure:
    """One panel's chart."""
    measure = panel.measure
    names = [measure.indicator] + ([panel.against.indicator] if panel.against else [])
    chosen = FIGURES[
        FIGURES["indicator"].isin(names)
        & (FIGURES["statistic"] == measure.statistic)
        & (FIGURES["characteristic"] == measure.characteristic)
        & (FIGURES["end"] <= pd.Timestamp(period.end))
        & (FIGURES["end"] > pd.Timestamp(period.end) - pd.DateOffset(years=3, days=1))
    ]
    local = chosen[chosen["area"] == area]
    if panel.kind is PanelKind.TREND:
        lines = chosen[chosen["area"].isin([area, *COMPARATORS])]
        return px.line(lines.sort_values("end"), x="end", y="value", color="area", line_dash="basis")
    if panel.kind is PanelKind.AREAS:
        latest = chosen[(chosen["end"] == chosen["end"].max()) & ~chosen["area"].isin(COMPARATORS)]
        return px.bar(latest, x="value", y="area", orientation="h")
    if panel.kind is PanelKind.CATEGORIES:
        latest = local[local["end"] == local["end"].max()]
        return px.bar(latest, x="value", y="category", orientation="h")
    colour = "category" if panel.kind is PanelKind.STACKED else "indicator"
    mode = "stack" if panel.kind is PanelKind.STACKED else "group"
    return px.bar(local, x="period", y="value", color=colour, barmode=mode)


def make_options(values: tuple[str, ...]) -> list[dict[str, str]]:
    """The options of a select."""
    return [{"label": value, "value": value} for value in values]


app = Dash(__name__, title="Through care, with plotly.express", update_title="")
app.layout = html.Div(
    [
        dbc.Select(id="area", options=make_options(AREAS), value="worcestershire"),
        dbc.Select(id="period", options=make_options(QUARTERS), value=QUARTERS[0]),
        *[dcc.Graph(id=f"graph-{panel.key}") for panel in DECLARED.panels],
    ]
)


@app.callback(
    [Output(f"graph-{panel.key}", "figure") for panel in DECLARED.panels],
    Input("area", "value"),
    Input("period", "value"),
)
def draw_page(area: str, period: str) -> list[go.Figure]:
    """Every chart of the page."""
    return [draw_panel(panel, area, parse(period)) for panel in DECLARED.panels]


server = app.server


@server.get("/healthz")
def say_healthy() -> str:
    """Something to wait for."""
    return "ok"


# Neither Dash nor plotly.express is ready for several threads before it has answered once.
with server.test_client() as _client:
    _client.get("/")
for _area in AREAS:
    draw_page(_area, QUARTERS[0])
