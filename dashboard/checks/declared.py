"""Checks of what is declared beside the figures: targets, acts, populations and pages."""

from collections.abc import Iterator

from dashboard.checks.held import Held, check
from dashboard.commentary import check_commentary
from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.pages import read_pages
from dashboard.vocabulary import Statistic


@check
def find_unfit_targets(held: Held) -> Iterator[Finding]:
    """Targets for what is not declared, or that nothing can reach."""

    def fault(line: int, column: str, found: str, expected: str, near: str = "") -> Finding:
        return Finding(Level.ERROR, "targets.csv", line, column, quoted(found), expected, near)

    for line, target in held.targets.items():
        indicator = held.catalogue.get(target.indicator)
        if indicator is None:
            near = nearest(target.indicator, held.catalogue)
            yield fault(line, "indicator", target.indicator, "the id of an indicator", near)
        elif target.statistic not in indicator.statistics:
            yield fault(line, "statistic", str(target.statistic), one_of(indicator.statistics))
        if target.area not in held.areas:
            yield fault(
                line, "area", target.area, "the slug of an area", nearest(target.area, held.areas.slugs)
            )
        if target.source not in held.sources:
            near = nearest(target.source, held.sources)
            yield fault(line, "source", target.source, "a heading of sources.toml", near)
        if target.statistic is Statistic.PERCENTAGE and not 0 <= target.value <= 100:
            yield fault(line, "value", f"{target.value:g}", "a percentage from 0 to 100")
        if target.first and target.last and target.first.index > target.last.end_index:
            yield fault(line, "to_period", target.last.code, f"a period after {target.first.code}")


@check
def find_unfit_records(held: Held) -> Iterator[Finding]:
    """Acts and notes about what is not declared, and two new beginnings at one period."""

    def fault(line: int, column: str, found: str, expected: str, near: str = "") -> Finding:
        return Finding(Level.ERROR, "acts.csv", line, column, quoted(found), expected, near)

    seen: dict[object, int] = {}
    for line, record in held.records.items():
        if record.indicator not in held.catalogue:
            near = nearest(record.indicator, held.catalogue)
            yield fault(line, "indicator", record.indicator, "the id of an indicator", near)
        if record.area and record.area not in held.areas:
            near = nearest(record.area, held.areas.slugs)
            yield fault(line, "area", record.area, "the slug of an area, or nothing for all", near)
        if record.source and record.source not in held.sources:
            near = nearest(record.source, held.sources)
            yield fault(line, "source", record.source, "a heading of sources.toml, or nothing", near)
        place = record.indicator, record.basis, record.area, record.period
        if seen.setdefault(place, line) != line:
            yield fault(line, "period", record.period.code, f"another than row {seen[place]}, which has this")


@check
def find_unfit_populations(held: Held) -> Iterator[Finding]:
    """Populations of unknown areas or sources, held twice, or whose districts do not make the county."""

    def fault(column: str, found: str, expected: str, near: str = "", row: int | None = None) -> Finding:
        return Finding(Level.ERROR, "populations.csv", row, column, found, expected, near)

    seen: dict[tuple[str, int], int] = {}
    for line, each in enumerate(held.populations, start=2):
        if each.area not in held.areas:
            near = nearest(each.area, held.areas.slugs)
            yield fault("area", quoted(each.area), "the slug of an area", near, line)
        if each.source not in held.sources:
            near = nearest(each.source, held.sources)
            yield fault("source", quoted(each.source), "a heading of sources.toml", near, line)
        if seen.setdefault((each.area, each.mid_year), line) != line:
            first = seen[each.area, each.mid_year]
            yield fault("area", quoted(each.area), f"another than row {first}, which has this year", "", line)
    for year in sorted({each.mid_year for each in held.populations}):
        yield from _find_sum_of_districts(held, year)


def _find_sum_of_districts(held: Held, year: int) -> Iterator[Finding]:
    county = held.populations.of(held.areas.county.slug, year)
    districts = [held.populations.of(area.slug, year) for area in held.areas.districts]
    total = sum(each.population for each in districts if each)
    if county and all(districts) and districts and total != county.population:
        found, expected = f"{county.population:,}", f"{total:,}, the sum of the districts in mid-{year}"
        yield Finding(Level.ERROR, "populations.csv", None, "population", found, expected)


@check
def find_unfit_pages(held: Held) -> Iterator[Finding]:
    """Everything wrong with the pages, indicators that they name among it."""
    _, findings = read_pages(held.data)
    yield from findings


@check
def find_unfit_commentaries(held: Held) -> Iterator[Finding]:
    """Everything wrong with what the officers wrote: its folder, its page and its headings."""
    pages, _ = read_pages(held.data)
    yield from check_commentary(held.data, tuple(pages))
