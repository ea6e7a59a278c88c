"""Whether what a mapping says of a file fits the catalogue."""

from collections.abc import Iterator

from dashboard.catalogue import Indicator
from dashboard.findings import Finding, Level, nearest, one_of, quoted
from dashboard.intake.dfe.mappings import Figure, FileMapping, Publication
from dashboard.intake.readings import Given

_MARCH = 3  # in which a financial year ends


def check_mapping(publication: Publication, mapping: FileMapping, given: Given) -> Iterator[Finding]:
    """Everything that a mapping names and the catalogue has not got, each thing once."""
    wrong: dict[tuple[str, str, str], None] = {}
    for figure in mapping.figures:
        indicator = given.catalogue.get(figure.indicator)
        if indicator is None:
            near = nearest(figure.indicator, given.catalogue)
            wrong[figure.indicator, "the id of an indicator", near] = None
            continue
        for each in (*_check_figure(figure, indicator, given), *_check_period(publication, indicator)):
            wrong[each] = None
    for found, expected, near in wrong:
        place = f"files, {mapping.id}"
        yield Finding(Level.ERROR, publication.file, None, place, quoted(found), expected, near)


def _check_figure(figure: Figure, indicator: Indicator, given: Given) -> Iterator[tuple[str, str, str]]:
    """What was found, what is expected and the nearest of it, for what an indicator has not got."""
    if figure.statistic not in indicator.statistics:
        yield str(figure.statistic), f"{one_of(indicator.statistics)} for {indicator.id}", ""
    if figure.characteristic and figure.characteristic not in indicator.characteristics:
        allowed = one_of(indicator.characteristics) if indicator.characteristics else "nothing"
        yield figure.characteristic, f"{allowed}, as {indicator.id} declares", ""
    elif figure.characteristic:
        declared = given.characteristics.get(figure.characteristic)
        words = [each.id for each in declared.categories] if declared else []
        if figure.category not in words:
            yield figure.category, one_of(words), nearest(figure.category, words)


def _check_period(publication: Publication, indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    """A flow over a year that is not the financial year has no period to stand at."""
    if publication.year_ends != _MARCH and not indicator.kind.is_at_a_date:
        yield indicator.id, "an indicator at a date: the year does not end in March", ""
