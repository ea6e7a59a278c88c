"""A made-up page with one of everything, and a reader that serves it: no store, no figures of anybody's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dashboard.export.book import Book, Grid, Sheet, To
from dashboard.export.book import Line as SheetLine
from dashboard.query import Selection
from dashboard.store import Release
from dashboard.views.page import Page
from dashboard.views.shapes import (
    About,
    Badge,
    Bar,
    Bars,
    Beside,
    Card,
    Choice,
    Column,
    Commentary,
    Definition,
    Empty,
    Filters,
    Grouped,
    HeadlineGroup,
    HeadlineRow,
    Hidden,
    Layer,
    Lead,
    Line,
    Link,
    Mark,
    Note,
    Panel,
    Picture,
    Position,
    Role,
    Section,
    Stacked,
    Tab,
    Table,
    Tick,
    Trend,
)
from dashboard.web.reader import Reading

AREAS = {"worcestershire": "Worcestershire", "redditch": "Redditch", "wyre-forest": "Wyre Forest"}
PERIODS = {"2021-22-Q4": "Q4 2021/22", "2021-22-Q3": "Q3 2021/22", "2021-22": "2021/22"}
SPANS = {"1y": "1 year", "3y": "3 years", "5y": "5 years", "all": "All years"}
COMPARATORS = {
    "statistical-neighbours": ("Neighbours", Role.NEIGHBOURS),
    "england": ("England", Role.ENGLAND),
    "west-midlands": ("West Midlands", Role.REGION),
    "target": ("Target", Role.TARGET),
}
VIEWS = {"charts": "Charts", "tables": "Tables"}
PAGES = {
    "at-a-glance": ("At a glance", "/"),
    "front-door": ("Front door", "/front-door"),
    "through-care": ("Through care", "/through-care"),
    "child-protection": ("Child protection", "/child-protection"),
    "children-in-need": ("Children in need", "/children-in-need"),
    "staffing": ("Staffing", "/staffing"),
    "about": ("About", "/about"),
}
MADE_UP = Badge(Mark.ILLUSTRATIVE, "Illustrative", "Simulated, not a count of real children")
UNLIKE = Badge(Mark.UNLIKE, "Not like for like", "England counts ages 19 to 21")
FOOTER = (
    "Contains public sector information licensed under the Open Government Licence v3.0.",
    "Counts of 1 to 9 below county level are hidden and shown as [c], with anything that would reveal them.",
)
YEARS = tuple(f"{year}-03-31" for year in range(2016, 2023))


def sample_selection(page: str = "through-care", **chosen: Any) -> Selection:
    usual = {
        "area": "worcestershire",
        "period": "2021-22-Q4",
        "compare": ("statistical-neighbours", "england", "target"),
        "span": "3y",
        "view": "charts",
    }
    return Selection(page=page, **(usual | chosen))


def sample_page(chosen: Selection | None = None, notes: Sequence[Note] = ()) -> Page:
    chosen = chosen or sample_selection()
    title, _ = PAGES[chosen.page]
    area, period = AREAS[chosen.area], PERIODS[chosen.period]
    page = Page(
        key=chosen.page,
        address=chosen.address(),
        window_title=f"{title}, {area}, {period}",
        title=title if chosen.page != "at-a-glance" else f"{area} at a glance",
        showing=(
            "Showing ",
            f"{area} at {period}",
            " (31 March 2022), with statistical neighbours and England.",
        ),
        release="Release 2026-04-15",
        tabs=tuple(
            Tab(name, replace(chosen, page=key).address(), key == chosen.page)
            for key, (name, _) in PAGES.items()
        ),
        filters=sample_filters(chosen),
        notes=tuple(notes),
        footer=FOOTER,
    )
    if chosen.page == "at-a-glance":
        return replace(page, leads=sample_leads(), headlines=sample_headlines(area))
    if chosen.page == "about":
        return replace(page, about=sample_about())
    return replace(
        page,
        cards=sample_cards(area),
        commentary=sample_commentary(),
        panels=sample_panels(chosen, area),
        panels_note="Statistical neighbours: mean of 10 councils, 2021 model",
    )


def sample_filters(chosen: Selection) -> Filters:
    return Filters(
        areas=tuple(Choice(value, text, value == chosen.area) for value, text in AREAS.items()),
        periods=tuple(Choice(value, text, value == chosen.period) for value, text in PERIODS.items()),
        spans=tuple(Choice(value, text, value == chosen.span) for value, text in SPANS.items()),
        comparators=tuple(
            Choice(value, text, value in chosen.compare, role) for value, (text, role) in COMPARATORS.items()
        ),
        views=tuple(Choice(value, text, value == chosen.view) for value, text in VIEWS.items()),
        summary=f"{AREAS[chosen.area]}, {PERIODS[chosen.period]}",
    )


def sample_cards(area: str) -> tuple[Card, ...]:
    beside = (
        Beside(Role.NEIGHBOURS, "Neighbours, per 10,000, 2020/21", "55"),
        Beside(Role.ENGLAND, "England, per 10,000, 2020/21", "70"),
    )
    value = "891" if area == "Worcestershire" else "112"
    count = Card(
        "looked-after",
        "Looked after children",
        "31 March 2022",
        value,
        "",
        "Up 32 from 859, 31 March 2021",
        beside,
        "76 per 10,000 here. For context only.",
        (),
        (600.0, 700.0, 720.0, 790.0, 770.0, 859.0, 891.0),
    )
    share = Card(
        "moves",
        "Three or more placements in the year",
        "31 March 2022",
        "8",
        "%",
        "No change from 8%, 31 March 2021",
        beside,
        "Lower is better.",
        (UNLIKE,),
        (9.0, 10.0, 11.0, None, 9.0, 8.0, 8.0),
    )
    hidden = Card(
        "bed-and-breakfast",
        "Care leavers in bed and breakfast",
        f"{area}, 2018/19",
        "[c]",
        "",
        "Hidden, to protect young people’s identity. The change is hidden too.",
        beside[:1],
        "Lower is better.",
        (MADE_UP,),
        (),
    )
    return (
        count,
        share,
        hidden,
        replace(count, key="started", title="Started to be looked after", lead="about"),
    ) * 2


def sample_commentary() -> Commentary:
    return Commentary(
        "What this means",
        "Board report, Q4 2021/22",
        "Fewer children are coming into care here than elsewhere, but those who come stay longer, so the "
        "total has risen to *891*.",
        (
            Section("What", ("The rate is *76* per 10,000, above England (*70*) and neighbours (*55*).",)),
            Section("So what", ("Children who are in care are more settled.",)),
            Section("Why we think so", ("Care prevention keeps new entries low.",)),
            Section("Now what", ("The final quarter saw more children leave than enter.",)),
            Section("What we need from members", ("More foster carers of our own.",)),
        ),
        "The report printed 17 per 10,000; the final return says 18.",
    )


def sample_panels(chosen: Selection, area: str) -> tuple[Panel, ...]:
    district = chosen.area != "worcestershire"
    panels = [
        _panel("rate", f"More children in care in {area} than in England", _trend(area, 76.0), chosen),
        _panel("flows", "More children started than left in two of three years", _grouped(), chosen),
        _panel("placements", "Nearly three in four children live with foster carers", _bars(), chosen),
        _panel("mix", "The mix of placements has changed little", _stacked(), chosen),
        _panel("missing", f"{area} numbers are hidden for one quarter", _trend(area, 14.0, True), chosen),
        _panel("homes", "Suitable homes for care leavers fell back to 79%", _trend(area, 79.0), chosen),
    ]
    empty = replace(
        _panel("carers", "Foster carer households are not counted by district", None, chosen),
        empty=Empty(
            "This measure exists for Worcestershire only: 157 at 30 June 2019.",
            Link("Show Worcestershire", "/through-care?area=worcestershire"),
        ),
        table=None,
    )
    return (*panels, empty if district else replace(panels[2], key="carers"))


def _panel(key: str, title: str, picture: Picture | None, chosen: Selection) -> Panel:
    query = chosen.address().split("?", 1)[1]
    rows = tuple((day[:4], "76", "70", "55") for day in YEARS)
    return Panel(
        key=key,
        title=title,
        subtitle=f"Looked after children per 10,000 aged 0 to 17, at 31 March, {AREAS[chosen.area]}",
        badges=(MADE_UP,) if key == "missing" else (),
        picture=picture,
        empty=None,
        summary="76 at 31 March 2022, up 3 from 73 a year before; England 70, statistical neighbours 55.",
        source="Source: Department for Education, April 2026",
        table=Table(
            f"{title}: figures", ("At 31 March", AREAS[chosen.area], "England", "Neighbours"), rows, 1
        ),
        definition="Every child who was looked after on the day, for each 10,000 children who live here.",
        csv=f"/download/{chosen.page}/{key}.csv?{query}",
    )


def _trend(area: str, last: float, hidden: bool = False) -> Trend:
    def line(role: Role, name: str, end: float) -> Line:
        y: tuple[float | None, ...] = tuple(end - 2 * (6 - n) for n in range(7))
        if hidden and role is Role.AREA:
            y = (*y[:3], None, *y[4:])
        hover = tuple(f"{name} {value}, {day}" for value, day in zip(y, YEARS, strict=True))
        return Line(role, name, f"{name} {end:g}", YEARS, y, hover)

    lines = (
        line(Role.NEIGHBOURS, "Neighbours", last * 0.8),
        line(Role.ENGLAND, "England", last * 0.9),
        line(Role.AREA, area, last),
    )
    marks = (Hidden(YEARS[3], "[c]", "Hidden"),) if hidden else ()
    ticks = tuple(Tick(day, day[:4]) for day in YEARS)
    return Trend(lines, marks, ticks, "%", True, YEARS[0], YEARS[-1])


def _grouped() -> Grouped:
    groups = ("2019/20", "2020/21", "2021/22")
    started = Column("Started", (220.0, 204.0, 212.0), ("220", "204", "212"), ("a", "b", "c"))
    ceased = Column("Ceased", (235.0, 170.0, 184.0), ("235", "170", "184"), ("d", "e", "f"), hatched=True)
    return Grouped(groups, (started, ceased))


def _bars() -> Bars:
    shares = {
        "Foster carers": (73.0, 70.0),
        "Children’s or secure homes": (11.0, 9.0),
        "With parents": (5.0, 7.0),
    }
    bars = tuple(
        Bar(name, here, f"{here:g}%", f"{name} {here:g}%", comparator=there, comparator_text=f"{there:g}%")
        for name, (here, there) in shares.items()
    )
    return Bars((*bars, Bar("Other", None, "[c] hidden", "Other, hidden")), "Here", "England")


def _stacked() -> Stacked:
    groups = ("2020", "2021", "2022")
    layers = tuple(
        Layer(name, values, tuple(f"{value:g}%" for value in values), ("", "", ""))
        for name, values in (("Foster carers", (74.0, 73.0, 73.0)), ("Homes", (26.0, 27.0, 27.0)))
    )
    return Stacked(groups, layers, shares=True)


def sample_leads() -> tuple[Lead, ...]:
    return (
        Lead("More children in care, although fewer are coming in", "891 at 31 March 2022, up 32 in a year."),
        Lead("Protection conferences are on time, and repeat plans are common", "99.6% of reviews in time."),
        Lead("Care leavers do less well here than elsewhere", "47% are in work or learning; England 55%."),
    )


def sample_headlines(area: str) -> tuple[HeadlineGroup, ...]:
    columns = (
        "Measure",
        "2016 to 2022",
        "2021/22",
        "On 2020/21",
        "Neighbours",
        "England",
        "Position",
        "Beside them",
    )
    rows = (
        HeadlineRow(
            "Referrals in the year",
            "/front-door",
            (5.0, 6.0, 4.0, 5.0, 5.1),
            "5,133",
            "Down 144",
            "–",
            "–",
            None,
            "Not compared",
        ),
        HeadlineRow(
            "Referred again within 12 months",
            "/front-door",
            (20.0, 24.0, 19.0, None, 21.2),
            "21.2%",
            "Down 0.9 points",
            "18.5%",
            "21.5%",
            Position(0.9, 0.0, 1.0),
            "Between the two",
        ),
        HeadlineRow(
            "Assessments within 45 days",
            "/front-door",
            (80.0, 82.0, 85.0, 89.1),
            "89.1%",
            "Down 2.9 points",
            "82.1%",
            "84.5%",
            Position(1.0, 0.0, 0.35),
            "Better than both",
            (MADE_UP,),
        ),
    )
    return tuple(
        HeadlineGroup(title, Link(f"All {title.lower()} charts", address), rows, columns)
        for key, (title, address) in PAGES.items()
        if key not in {"at-a-glance", "about"}
    )


def sample_about() -> About:
    definition = Definition(
        "looked_after_children",
        "Looked after children",
        "Children looked after by the council on the day.",
        "It says how many children the council is responsible for as a parent would be.",
        (("Which way is good", "For context only"), ("Counted", "Every month"), ("Source", "SSDA903 return")),
    )
    return About(
        sections=(
            Section("How to read the figures", ("Each figure has its date.", "A change is in words.")),
        ),
        symbols=Table(
            "What stands where there is no number",
            ("Symbol", "Meaning"),
            (("[c]", "Hidden"), ("[x]", "Not held")),
        ),
        sources=Table(
            "Where the figures are from",
            ("Source", "Publisher", "As known"),
            (("Children looked after", "Department for Education", "April 2026"),),
        ),
        definitions=(
            ("Through care", (definition, replace(definition, key="care_leavers", title="Care leavers"))),
            ("Front door", (replace(definition, key="referrals", title="Referrals"),)),
        ),
        hidden=Table("Hidden of all", ("Measure", "By year"), (("Referrals", "12 of 340"),)),
        exempt=Table("Small and shown", ("Measure", "Why"), (("Contacts", "The council publishes it."),)),
    )


class SampleReader:
    """Serves the sample page for any choice, and notes what it did not understand."""

    home = "at-a-glance"

    def __init__(self) -> None:
        self.store: Any = Release("2026-04-15", datetime(2026, 4, 15, tzinfo=UTC))

    def find_page(self, path: str) -> str | None:
        wanted = "/" + path.strip("/")
        return next((key for key, (_, address) in PAGES.items() if address == wanted), None)

    def read(self, page: object, given: Mapping[str, object]) -> Reading:
        chosen: dict[str, Any] = {}
        notes = []
        allowed = {"area": AREAS, "period": PERIODS, "range": SPANS, "view": VIEWS}
        for name, words in allowed.items():
            value = given.get(name)
            if isinstance(value, str) and value in words:
                chosen["span" if name == "range" else name] = value
            elif value is not None:
                notes.append(Note("Changed", f"“{str(value)[:40]}” is not a {name}. Showing Worcestershire."))
        compare = given.get("compare")
        asked = compare.split(",") if isinstance(compare, str) else compare
        if isinstance(asked, list):
            chosen["compare"] = tuple(each for each in COMPARATORS if each in asked)
        key = page if isinstance(page, str) and page in PAGES else self.home
        narrow = str(given.get("narrow")) in {"1", "True"}
        return Reading(self.store, sample_selection(key, narrow=narrow, **chosen), tuple(notes))

    def build(self, reading: Reading) -> Page:
        return sample_page(reading.selection, reading.notes)

    def rows(self, reading: Reading, panel: str) -> list[list[str]] | None:
        page = self.build(reading)
        found = next((each for each in page.panels if each.key == panel), None)
        return [list(found.table.columns), *map(list, found.table.rows)] if found and found.table else None

    def book(self, reading: Reading, panel: str, site: str) -> Book | None:
        page = self.build(reading)
        found = next((each for each in page.panels if each.key == panel), None)
        if found is None or found.table is None:
            return None
        address = To("Open this view in the dashboard", address=f"{site}{page.address}")
        grid = Grid("figures", found.subtitle, found.table.columns, found.table.rows)
        cover = Sheet("Cover", "What it is about", found.title, (SheetLine(address),))
        sheets = (cover, Sheet("Figures", "Every figure", found.subtitle, (), grid))
        return Book(found.title, found.subtitle, "Samples", self.store.created, sheets)

    def describe(self) -> dict[str, object]:
        return {"release": "2026-04-15", "stale": False}
