"""Which of the declared files a file is: known by its columns, whatever it is called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.findings import Finding, Level, nearest
from dashboard.intake.dfe.mappings import STANDARD, FileMapping, Publication
from dashboard.intake.dfe.tables import Table, name_column

#: Of the columns that any file may have, those that every file must have.
_ALWAYS = ("time_period", "time_identifier", "geographic_level")
_TOLD = 12  # columns named in one finding


@dataclass(frozen=True)
class Recognised:
    """A file, what it is, and where its columns stand: by the name that the mapping uses, counted from 0."""

    table: Table
    publication: Publication
    mapping: FileMapping
    places: dict[str, int]

    def name(self, column: str) -> str:
        """A column as printed in the file, with its letter; as the mapping calls it where it is not there."""
        place = self.places.get(column)
        return column if place is None else self.name_at(place)

    def name_at(self, place: int) -> str:
        """A column by its place, as printed in the file and with its letter."""
        return name_column(self.table.heading, place)


def recognise(
    table: Table, publications: Sequence[Publication], findings: list[Finding]
) -> Recognised | None:
    """What a file is; None, with a finding that names the nearest mapping and the columns that differ."""
    choices = list(_choose(table, publications))
    fitting = [each for each in choices if not _missing(each)]
    if not fitting:
        findings.append(_explain_unknown(table, choices))
        return None
    best = max(fitting, key=_likeness)
    rivals = [each for each in fitting if _likeness(each) == _likeness(best)]
    if len(rivals) > 1:
        found = " and ".join(f"{each.mapping.id} in {each.publication.file}" for each in rivals)
        findings.append(Finding(Level.ERROR, table.file, 1, found=found, expected="one mapping that fits it"))
        return None
    twice = sorted(_names_twice(table, best.mapping))
    for name in twice:
        expected = "one column of that meaning"
        findings.append(
            Finding(Level.ERROR, table.file, 1, found=f"two columns for {name}", expected=expected)
        )
    return None if twice else best


def _choose(table: Table, publications: Sequence[Publication]) -> Iterator[Recognised]:
    for publication in publications:
        for mapping in publication.files:
            own = {name.casefold(): name for name in (*STANDARD, *mapping.known)}
            own |= {new.casefold(): old for new, old in mapping.renamed.items()}
            places = {own.get(name.casefold(), name): place for place, name in enumerate(table.heading)}
            yield Recognised(table, publication, mapping, places)


def _names_twice(table: Table, mapping: FileMapping) -> set[str]:
    """Columns that a file has under two of their names."""
    renamed = {new.casefold(): old for new, old in mapping.renamed.items()}
    printed = {name.casefold() for name in table.heading}
    return {old for new, old in renamed.items() if new in printed and old.casefold() in printed}


def _missing(choice: Recognised) -> list[str]:
    return sorted((choice.mapping.needed | set(_ALWAYS)) - choice.places.keys())


def _unknown(choice: Recognised) -> list[str]:
    return sorted(choice.places.keys() - choice.mapping.known - set(STANDARD), key=choice.places.__getitem__)


def _likeness(choice: Recognised) -> tuple[int, int, int]:
    """How many of its columns a file has, how few others, and how many of the values known of them."""
    return len(choice.mapping.known & choice.places.keys()), -len(_unknown(choice)), _count_values(choice)


def _count_values(choice: Recognised) -> int:
    """How many of the values that a mapping knows stand in the columns that tell rows apart."""
    found = 0
    for name, values in choice.mapping.filters.items():
        column = choice.table.rows[choice.places[name]]
        printed = {plain_label(str(each)) for each in column.unique()}
        found += len(printed & {plain_label(value) for value in values})
    return found


def plain_label(text: str) -> str:
    """A label with one space between words, in lower case."""
    return " ".join(text.split()).casefold()


def _explain_unknown(table: Table, choices: Sequence[Recognised]) -> Finding:
    always = [name for name in _ALWAYS if name not in {each.casefold() for each in table.heading}]
    if always:
        expected = f"the columns {', '.join(_ALWAYS)}, which every file of the service has"
        return Finding(
            Level.ERROR,
            table.file,
            1,
            found=f"no {', '.join(always)}",
            expected=expected,
            why="not such a file",
        )
    alike = [each for each in choices if _share(each) > 0]
    if not alike:
        found = _listed([name for name in table.heading if name not in STANDARD])
        return Finding(Level.ERROR, table.file, 1, found=found, expected="the columns of a declared file")
    best = max(alike, key=_share)
    missing, unknown = _missing(best), _unknown(best)
    found = f"without {_listed(missing)}" + (
        f"; with {_listed(unknown)}, which it has not" if unknown else ""
    )
    pairs = [f"{name} may be {near}" for name in missing[:_TOLD] if (near := nearest(name, unknown))]
    return Finding(
        *(Level.ERROR, table.file, 1, "", found, "the columns of a declared file"),
        nearest=f"{best.mapping.id} in {best.publication.file}, {best.mapping.title}",
        why="; ".join([*pairs, "a column that was renamed is declared under `renamed`"]),
    )


def _share(choice: Recognised) -> float:
    """How much of what a mapping and a file have is the same, from 0 to 1, columns of any file left out."""
    printed = choice.places.keys() - set(STANDARD)
    everything = printed | choice.mapping.known
    return len(printed & choice.mapping.known) / len(everything) if everything else 0.0


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return ", ".join(names[:_TOLD]) + more


def find_unmapped_columns(recognised: Recognised) -> Iterator[Finding]:
    """One note for each column that nobody mapped, and one for all those that are known and left."""
    for name in _unknown(recognised):
        yield Finding(
            *(Level.NOTE, recognised.table.file, 1, recognised.name(name), "a column that nobody mapped"),
            expected=f"a figure, or a reason under `left`, in {recognised.publication.file}",
            why="not read",
        )
