"""The about page: what every indicator means, the symbols, the sources, and how figures are protected."""

from functools import lru_cache

from dashboard.formats import join_words
from dashboard.indicators import TABS, Indicator
from dashboard.store import Store
from dashboard.views.elsewhere import explain_elsewhere
from dashboard.views.protected import explain_protection, list_exempt, list_hidden
from dashboard.views.shapes import About, Definition, Section, Table
from dashboard.vocabulary import DistrictMode, Frequency, Kind
from dashboard.words import explain_hidden, say_way

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
#: Why the same measure can have two figures.
TWO_COUNTS = (
    "Some figures are the council’s own monthly management information. Others are the final "
    "returns that the Department for Education publishes once a year. Both are true, and they "
    "differ a little: there were 842 children in care in March 2019 on the council’s own count, "
    "and 833 in the final return. The two are never joined in one line."
)
_KINDS = {
    Kind.STOCK: "A number at a date",
    Kind.FLOW: "A number over a month, quarter or year",
    Kind.ROLLING_12_MONTHS: "Over the 12 months to a date",
    Kind.YEAR_TO_DATE: "From 1 April to a date",
    Kind.SURVEY: "A survey at a date",
}
_DISTRICTS = {
    DistrictMode.HOME: "By the district of the home address",
    DistrictMode.PLACEMENT: "By the district of the placement",
    DistrictMode.PLACEMENT_AND_HOME: "By the district of the home address, and of the placement",
    DistrictMode.COUNTY_ONLY: "For the county only",
}
_FREQUENCIES = {Frequency.MONTH: "Monthly", Frequency.QUARTER: "Quarterly", Frequency.YEAR: "Yearly"}


@lru_cache(maxsize=8)
def make_about(store: Store, areas_of_work: tuple[tuple[str, str], ...]) -> About:
    """The about page of a release; `areas_of_work` are the keys and titles of the themed pages."""
    titles = {key.replace("-", "_"): title for key, title in areas_of_work}
    by_tab = [
        (
            titles.get(tab, tab.replace("_", " ").capitalize()),
            tuple(define_indicator(each) for each in store.indicators.values() if each.tab == tab),
        )
        for tab in TABS
    ]
    return About(
        sections=tuple(_sections(store)),
        symbols=list_symbols(store),
        sources=_sources(store),
        hidden=list_hidden(store),
        exempt=list_exempt(store),
        elsewhere=explain_elsewhere(),
        definitions=tuple((title, each) for title, each in by_tab if each),
    )


def define_indicator(indicator: Indicator) -> Definition:
    """Everything that a reader may want to know of what a measure means."""
    facts = [("Which way is good", say_way(indicator.polarity).removesuffix("."))]
    for declared in indicator.statistics.values():
        if declared.numerator and declared.denominator:
            facts.append((f"How it is worked out ({declared.unit})", _worked_out(declared)))
        else:
            facts.append(("What is counted", declared.unit[:1].upper() + declared.unit[1:]))
    facts += [
        ("What kind of figure", _KINDS[indicator.kind]),
        ("How often", _FREQUENCIES[indicator.frequency]),
        ("Districts", _DISTRICTS[indicator.district]),
        ("Where it is recorded", indicator.statutory_source),
    ]
    if indicator.measure is not None:
        facts.append(("Measure in the board dataset", str(indicator.measure)))
    facts += [("Not like for like", rule.reason) for rule in indicator.comparators]
    return Definition(
        key=indicator.id.replace("_", "-"),
        title=indicator.title,
        definition=indicator.definition,
        why=indicator.why_it_matters,
        facts=tuple(dict.fromkeys(facts)),
    )


def _worked_out(declared: object) -> str:
    numerator, denominator = getattr(declared, "numerator", ""), getattr(declared, "denominator", "")
    return f"{numerator}, divided by: {denominator[:1].lower()}{denominator[1:]}"


def list_symbols(store: Store) -> Table:
    """What stands where a number would, and what it means."""
    rows = (
        ("[c]", explain_hidden(store.protection.threshold)),
        ("[x]", "Not available: not collected, not published, or not in this release"),
        ("[z]", "Does not apply: for instance a district, where only the county is counted"),
        ("<1%", "Rounds to zero, but is not zero"),
        ("about 95%", "To the nearest 5%, to protect children’s identity"),
        ("above 90%", "More than 90%, which is as much as is told, to protect children’s identity"),
        ("below 10%", "Less than 10%, which is as much as is told, to protect children’s identity"),
        ("–", "Nobody to compare with, or no figure held for that time"),
    )
    return Table("What stands where a number would", ("Symbol", "What it means"), rows)


def _sources(store: Store) -> Table:
    rows = tuple(
        (each.title, each.publisher, each.known_on or each.published_on, each.licence)
        for each in store.sources.values()
        if each.title
    )
    return Table("Where the figures come from", ("Source", "Publisher", "As known on", "Licence"), rows)


def _sections(store: Store) -> list[Section]:
    release = store.release
    made = f"{release.created.day} {release.created:%B %Y}"
    sections = [
        Section(
            "Two kinds of count",
            (
                TWO_COUNTS,
                "A page is shown as at the end of the period that was chosen. Nothing later is on it. "
                "Yearly figures stand beside yearly ones; on a chart by month or quarter, a yearly figure is "
                "level over the year that it describes, and dotted from its end on.",
            ),
        )
    ]
    if release.illustrative:
        sections.append(
            Section(
                "What “Illustrative” means",
                (
                    "No figures by district have been published, and some of the council’s own measures "
                    "never were. So that the pages can be seen whole, these figures come from a simulation "
                    "of made-up children and staff, fitted to the county’s published totals. They are no "
                    "counts of real children. Wherever they are shown, a badge says Illustrative, and so do "
                    "tables and downloads. A published figure is always preferred to a simulated one.",
                    "Nothing is said of a simulated figure beside England, neighbours or a target: only "
                    "beside another simulated one.",
                ),
            )
        )
    return [*sections, *explain_protection(store), *_comparisons(store), _release(release.id, made)]


def _comparisons(store: Store) -> list[Section]:
    paragraphs = [
        "Statistical neighbours, called neighbours here, are ten councils most like this one, chosen by the "
        "Department for Education’s model. Figures are the mean of those that published one.",
    ]
    for area in store.areas.neighbours:
        councils = [council.name for council in store.areas.councils_of(area.slug)]
        if councils:
            paragraphs.append(f"{area.model_year} model, closest first: {join_words(councils)}.")
    paragraphs.append(
        "The 2021 model stands beside figures up to March 2024, the 2025 model beside later ones. Counts are "
        "not compared with areas of another size; rates and percentages are. A badge, with its reason, says "
        "where two figures do not measure quite the same: then neither is called better."
    )
    return [Section("Neighbours, England and targets", tuple(paragraphs))]


def _release(name: str, made: str) -> Section:
    return Section(
        "This release and its licence",
        (
            f"Release {name}, made on {made}. {LICENCE}",
            "Figures of the Department for Education and the Office for National Statistics are used under "
            "the Open Government Licence v3.0: you may use them too, if you name the source.",
        ),
    )
