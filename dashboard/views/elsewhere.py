"""How figures are used elsewhere: the files under each chart, and what a program may ask for."""

from typing import NamedTuple

from dashboard.formats import format_number
from dashboard.views.shapes import Elsewhere, Link, Table

HEADING = "Using the figures elsewhere"
ANCHOR = "elsewhere"
INDICATORS, FIGURES = "/api/v1/indicators", "/api/v1/figures"
USUAL_LIMIT, HIGHEST_LIMIT = 100, 5_000
NONE = "none"  # figures that are not told apart by anything


class Parameter(NamedTuple):
    """Something that may be asked of the figures: its name in the address, what it means, an example."""

    name: str
    meaning: str
    example: str


PARAMETERS = (
    Parameter("indicator", "What is counted: its id in the list of indicators", "looked_after_children"),
    Parameter("area", "Where: an area’s slug in the same list", "redditch,worcestershire"),
    Parameter("statistic", "What kind of number", "count"),
    Parameter("basis", "Whose count: local is the council’s own, official the published return", "official"),
    Parameter(
        "characteristic", f"What children are told apart by; {NONE} for figures of all of them together", NONE
    ),
    Parameter("from", "The first period: nothing that starts before it", "2018-19"),
    Parameter("to", "The last period: nothing that ends after it", "2021-22-Q4"),
    Parameter(
        "limit",
        f"How many figures at once: {USUAL_LIMIT} if nothing is said, {format_number(HIGHEST_LIMIT)} at most",
        str(USUAL_LIMIT),
    ),
    Parameter("offset", "How many figures to leave out at the start", "200"),
)


def explain_elsewhere() -> Elsewhere:
    """The section of the about page."""
    return Elsewhere(
        before=(
            "CSV and Workbook, under each chart, are the figures of that chart as files, with the source, "
            "the date and the firmness of each. The workbook is laid out for everybody, those who use a "
            "screen reader included: a cover with the address of the page, a list of contents, notes, "
            "symbols, and one table of figures. What is illustrative says so in both.",
            "Programs can read the figures of the release as JSON, at two addresses. No key is needed: "
            "whoever may see these pages may read them. Nothing can be changed there.",
        ),
        examples=(
            (Link(INDICATORS, INDICATORS), "every indicator: its id, what it means, units, characteristics"),
            (Link(FIGURES, FIGURES), "every figure, in an order that only a new release changes"),
            (_EXAMPLE, "some of them, asked for by the names below"),
        ),
        parameters=Table(
            "What may be asked of the figures, all of it optional; commas stand between several",
            ("Name", "What it asks for", "For example"),
            tuple(tuple(each) for each in PARAMETERS),
        ),
        after=(
            "Periods are written 2019-M03 for a month, 2018-19-Q4 for a quarter, 2018-19 for a financial "
            "year and CY2021 for a calendar year. A figure at a date has the month of that date.",
            "An answer says which release it is from and how many figures there are in all; “next” is the "
            "address of those that follow. A hidden figure has the value null and the symbol c. Where a "
            "percentage is not told exactly, “precision” says how to read it and “base” what it is of. Each "
            "figure names its source, and “illustrative” is true where it is simulated.",
            "What is not understood is refused with the status 400, and the answer says of everything at "
            "once what was found, what is allowed and what is nearest. Nothing is guessed. The ETag of an "
            "answer stays the same until the next release, so asking again with If-None-Match costs nearly "
            "nothing.",
        ),
    )


_QUERY = "indicator=looked_after_children&area=worcestershire&basis=official&characteristic=none"
_EXAMPLE = Link("Children looked after by the county, as published", f"{FIGURES}?{_QUERY}")
