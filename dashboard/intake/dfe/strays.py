"""Codes that cannot be right: of somebody whom the product knows by another one, or of nobody."""

from collections.abc import Iterator, Mapping

from dashboard.findings import Finding, Level, one_of, quoted
from dashboard.intake.dfe.places import LOCAL, NAMED_BY, NATIONAL, OLD_CODE, Described, Known, Who


def find_strays(described: Described, known: Known) -> Iterator[Finding]:
    """Columns that are missing; else wrong codes of places that the product knows, and what is no code."""
    missing = list(_find_missing_columns(described))
    if missing:
        yield from missing
        return
    own = _read_new_codes(described, known)
    for who in described.rows:
        if who.level in NAMED_BY and who.code not in known.at(who.level):
            yield from _judge_code(described, known, own, who)
    yield from _find_shapeless(described, known, own)


def _find_missing_columns(described: Described) -> Iterator[Finding]:
    """Columns without which the levels that a file has cannot be told apart."""
    recognised = described.recognised
    for level in dict.fromkeys(who.level for who in described.rows):
        for name in NAMED_BY.get(level, ()):
            if name not in recognised.places:
                expected = f"it, as there are {level.lower()} rows"
                yield Finding(Level.ERROR, recognised.table.file, 1, found=f"no {name}", expected=expected)


def _read_new_codes(described: Described, known: Known) -> Mapping[str, str]:
    """The old code of each council that the product knows, by the new codes that it has in the file."""
    codes = {
        who.new: who.code for who in described.rows if who.level == LOCAL and who.code in known.at(LOCAL)
    }
    codes[known.county_new] = known.county
    return {new: old for new, old in codes.items() if new and old}


def _judge_code(described: Described, known: Known, own: Mapping[str, str], who: Who) -> Iterator[Finding]:
    """An error where a place that the product knows has another code, by its name or its new code.

    But a council of the same name with a new code of its own is another council: Dorset's was new in 2019.
    """
    column, file = described.recognised.name(NAMED_BY[who.level][0]), described.recognised.table.file
    line, found = described.first[who], quoted(who.code)
    right = known.find_named(who.level, who.name)
    if who.level != LOCAL:
        if right or who.level == NATIONAL:
            expected = right or one_of(known.at(who.level))
            yield Finding(Level.ERROR, file, line, column, found, expected, "", who.name)
        return
    code = own.get(who.new, right)
    others_have_own = code in own.values() and who.new and who.new not in own
    if code and others_have_own and code != known.county:
        why = f"an earlier council of the name of {who.name}, with another new code: not in the means"
        yield Finding(Level.NOTE, file, line, column, found, code, "", why)
    elif code:
        yield Finding(Level.ERROR, file, line, column, found, code, "", who.name)


def _find_shapeless(described: Described, known: Known, own: Mapping[str, str]) -> Iterator[Finding]:
    """One note of all codes that are none, of councils that the product does not know."""
    shapeless = [
        who
        for who in described.rows
        if who.level == LOCAL and not OLD_CODE.fullmatch(who.code)
        if not known.find_named(LOCAL, who.name) and who.new not in own
    ]
    if shapeless:
        shown = dict.fromkeys(f"{quoted(who.code)} {who.name}".strip() for who in shapeless)
        column, file = described.recognised.name("old_la_code"), described.recognised.table.file
        line, found = described.first[shapeless[0]], one_of(shown).removeprefix("one of ")
        why = "not read: none of the councils that this product knows"
        yield Finding(Level.NOTE, file, line, column, found, "a code of three digits", "", why)
