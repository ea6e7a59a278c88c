"""Which measure of the catalogue a row is: by its number first, then by its name, and never by a guess."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.findings import Level, quoted
from dashboard.intake.board_dataset.layout import Line, Table
from dashboard.intake.board_dataset.names import Names, state_statistic
from dashboard.intake.board_dataset.told import NONE, Told
from dashboard.vocabulary import Statistic

#: How well a name must fit the measure of its number, and how well any where there is no number.
FITS, SURE = 0.5, 0.7
#: Two measures whose scores are no further apart fit alike.
ALIKE = 0.05


@dataclass(frozen=True)
class Row:
    """A row of the table as the measure it is: `lead` is what its plain numbers are."""

    line: Line
    indicator: Indicator
    lead: Statistic

    @property
    def label(self) -> str:
        """What it is called in a finding: "measure 8"."""
        return f"measure {self.indicator.measure}"


def match_rows(table: Table, names: Names, told: Told) -> list[Row]:
    """The rows of a table whose measure is known; of all others what is wrong, or a question."""
    matched = [(line, number) for line in table.lines if (number := _match(table, line, names, told))]
    counted = Counter(number for _, number in matched)
    rows = []
    for line, number in matched:
        if counted[number] > 1:
            at = [str(each.row) for each, same in matched if same == number and each is not line]
            expected = f"measure {number} once: row {', '.join(at)} is it too, and none of them is read"
            _tell(told, Level.ERROR, table, line, expected)
        elif lead := _find_lead(table, line, names.measures[number], told):
            rows.append(Row(line, names.measures[number], lead))
    return sorted(rows, key=lambda row: row.indicator.measure or 0)


def tell_missing(rows: Iterable[Row], names: Names, table: Table, told: Told) -> None:
    """Tell of the measures of the catalogue that no row is."""
    read = {row.indicator.measure for row in rows}
    for number, indicator in names.measures.items():
        if number not in read:
            expected = f"measure {number} ({indicator.title}): no row of it has been read"
            told.at(Level.WARNING, table, table.heading, None, expected, found="a table without a measure")


def _match(table: Table, line: Line, names: Names, told: Told) -> int | None:
    """The measure of a row; None where a person has to say, or has said that it is none."""
    scores = names.scores(line.name)
    best = sorted(scores, key=lambda number: -scores[number])
    number = line.number if line.number in scores else None
    if number is None:
        return _match_name(table, line, names, told, best, scores)
    others = [each for each in best if each != number]
    if not line.name:
        read_as, expected = f"measure {number}", f"a name such as {quoted(names.measures[number].title)}"
        _tell(told, Level.WARNING, table, line, expected, read_as=read_as)
        return number
    if others and scores[others[0]] > max(FITS, scores[number] + ALIKE):
        expected = f"a number and a name of one measure: {number} is {quoted(names.measures[number].title)}"
        return _ask(table, line, names, told, [number, others[0]], expected)
    if scores[number] < FITS:
        expected = f"a name like {quoted(names.measures[number].title)}, or another number"
        return _ask(table, line, names, told, [number], expected)
    return number


def _match_name(
    table: Table, line: Line, names: Names, told: Told, best: list[int], scores: dict[int, float]
) -> int | None:
    """The measure of a row whose number is no measure's: the one that its name fits, and no other does."""
    alike = [each for each in best if scores[each] >= max(FITS, scores[best[0]] - ALIKE)]
    if not alike:
        expected = "a measure that the catalogue declares: the row is not read"
        _tell(told, Level.WARNING, table, line, expected)
        return None
    if len(alike) > 1 or scores[alike[0]] < SURE:
        close = alike if len(alike) > 1 else best[:2]
        return _ask(table, line, names, told, close, "the number of its measure, as its name fits several")
    _tell(
        told, Level.NOTE, table, line, "the number of its measure", read_as=f"measure {alike[0]}, by its name"
    )
    return alike[0]


def _ask(table: Table, line: Line, names: Names, told: Told, numbers: list[int], expected: str) -> int | None:
    """The measure that a person said a row is; until then an error."""
    key = f"board-dataset: row {line.number or ''} named {line.name.lower()}".replace("  ", " ")
    choices = {names.measures[each].id: f"measure {each}: {names.measures[each].title}" for each in numbers}
    choices[NONE] = "another measure: the row is not read"
    asked = f"Which measure is the row {_called(line)}?"
    answer = told.ask(key, asked, choices)
    if not answer:
        nearest = " or ".join(f"measure {each}" for each in numbers)
        _tell(told, Level.ERROR, table, line, expected, nearest=nearest, read_as="nothing")
    return next((each for each in numbers if names.measures[each].id == answer), None)


def _find_lead(table: Table, line: Line, indicator: Indicator, told: Told) -> Statistic | None:
    """What the plain numbers of a row are: what its name says, or else the main statistic of its measure."""
    said = state_statistic(line.name)
    if said and said not in indicator.statistics:
        expected = f"a {indicator.main}, which is what measure {indicator.measure} is declared to be"
        _tell(told, Level.ERROR, table, line, expected, read_as="nothing")
        return None
    lead = said or indicator.main
    if lead not in (Statistic.COUNT, Statistic.PERCENTAGE):
        expected = "a measure that is a number or a percentage"
        _tell(told, Level.ERROR, table, line, expected, read_as="nothing")
        return None
    return lead


def _called(line: Line) -> str:
    return " ".join(filter(None, [str(line.number or ""), quoted(line.name) if line.name else ""]))


def _tell(told: Told, level: Level, table: Table, line: Line, expected: str, **more: str) -> None:
    told.at(level, table, line.row, None, expected, found=f"the row {_called(line)}", **more)
