"""Lists 8, 9 and 10: looked after children, care leavers, and the children who were adopted."""

from collections.abc import Mapping

import numpy as np

from dashboard.intake.annex_a.days import Days, Integers, months_between
from dashboard.intake.annex_a.open_cases import Periods, make_ended, make_started, read_periods
from dashboard.intake.annex_a.places import UNKNOWN, Placements, read_placements
from dashboard.intake.annex_a.sheet import UNREAD, Sheet, Texts
from dashboard.intake.annex_a.tables import Material, Table, list_month_ends, within, yes

_YOUNG = 60  # months: under five, a health assessment is due every six months
_ADULT = 216
_OFTEN, _YEARLY = 6, 12  # months between health assessments of the young, and of others
#: How many days may pass between visits by law, and for a child who has settled where it will grow up.
_VISITS, _VISITS_WHEN_SETTLED = 42, 92
_SETTLED = ("u1", "u4")  # placements that are meant to last
_SETTLED_AFTER = 12  # months
_MANY_PLACEMENTS = 3


def read_care(material: Material) -> Periods | None:
    """The periods in care of List 8, without short breaks; None where it has no days of them."""
    if not material.has("8.care_start", "8.care_end"):
        return None
    sheet = material.sheets[8]
    breaks = np.zeros(len(sheet), dtype=np.bool_)
    if sheet.has("legal_status"):
        breaks = sheet.categories("legal_status") == "short_breaks"
    if breaks.any():
        why = "who only comes for short breaks is not looked after: left out"
        sheet.told.warn(found=f"{int(breaks.sum()):,} rows of short breaks", sheet=sheet.found.sheet, why=why)
    again = np.ones(len(sheet), dtype=np.bool_)
    if sheet.has("care_again"):
        again = sheet.categories("care_again") != "no"
    return read_periods(material, 8, "care_start", "care_end", again, breaks)


def make_care(material: Material, periods: Periods | None) -> Mapping[str, Table]:
    """Children looked after at the ends of months, and those who came into care and left it."""
    if periods is None:
        return {}
    sheet, spells = material.sheets[8], periods.spells
    started, ended = _describe_started(material, sheet), _describe_ceased(material, sheet, periods)
    tables = {
        "care_started": make_started(
            material, sheet, periods, {name: v[spells.row] for name, v in started.items()}
        ),
        "care_ceased": make_ended(material, sheet, periods, ended),
        "looked_after": _list_looked_after(material, sheet, periods),
    }
    came, left = tables["care_started"], tables["care_ceased"]
    tables["care_movements"] = Table(
        np.concatenate([came.month, left.month]),
        np.concatenate([came.home, left.home]),
        periods.flows,
        weights={"net": np.concatenate([np.ones(len(came)), -np.ones(len(left))])},
    )
    return tables


def _describe_started(material: Material, sheet: Sheet) -> dict[str, Integers]:
    columns = {}
    if sheet.has("care_need"):
        columns["primary_need"] = material.code(sheet.categories("care_need"), "primary_need", "not_stated")
    if sheet.has("unaccompanied"):
        alone = material.read_said(sheet, "unaccompanied")
        columns["asylum_seeking"] = material.of_two(
            alone, "asylum_seeking", "other_children", "unaccompanied"
        )
    if sheet.has("care_again"):
        columns["repeated"] = yes(sheet.categories("care_again"))
    return columns


def _describe_ceased(material: Material, sheet: Sheet, periods: Periods) -> dict[str, Integers]:
    """Why each child left care: whoever is 18 by then has grown up, unless adopted or given another order."""
    spells = periods.spells
    if not sheet.has("care_end_reason"):
        return {}
    texts = sheet.categories("care_end_reason")[spells.row]
    reasons = material.code(texts, "reason_ceased")
    columns = {
        "adopted": np.where((texts == UNREAD) | (texts == ""), UNKNOWN, (texts == "adopted").astype(np.int64))
    }
    if sheet.has("birth"):
        births = sheet.days("birth")[spells.row]
        known = ~np.isnat(births) & (spells.end < np.datetime64("9000"))
        grown = np.zeros(len(spells), dtype=np.bool_)
        grown[known] = months_between(births[known], spells.end[known]) >= _ADULT
        usual = np.isin(texts, ["other", "returned_home"])
        reasons = np.where(grown & usual, material.place_of("turned_18", "reason_ceased"), reasons)
        columns["reason_ceased"] = np.where(np.isnat(births), UNKNOWN, reasons)
    return columns


def _list_looked_after(material: Material, sheet: Sheet, periods: Periods) -> Table:
    spells = periods.spells
    places, month, day = list_month_ends(spells.start, spells.end, periods.stocks)
    rows = spells.row[places]
    columns = material.describe(sheet, rows, day)
    for name, values in _describe_now(material, sheet).items():
        columns[name] = material.on_the_last_day(values[rows], month)
    columns |= _since(material, sheet, "legal_start", _describe_legal(material, sheet), rows, month, day)
    lives = read_placements(sheet, material.given.areas)
    columns |= _since(
        material, sheet, "placement_start", _describe_placed(material, sheet, lives), rows, month, day
    )
    columns |= _describe_care(sheet, rows, day, material, month)
    columns["all"] = np.ones(len(rows), dtype=np.int64)
    placed = _since(material, sheet, "placement_start", {"placed": lives.placed}, rows, month, day)["placed"]
    homes = material.homes.of(spells.child[places])
    return Table(month, homes, periods.stocks, columns, placed=placed, at_month_ends=True)


def _since(
    material: Material,
    sheet: Sheet,
    key: str,
    columns: Mapping[str, Integers],
    rows: Integers,
    month: Integers,
    day: Days,
) -> dict[str, Integers]:
    """Values as they are known at the end of each month: on the last day, and before it since a day.

    A child in the same placement since before a month's end was in it then.
    """
    known = np.full(len(rows), material.extent.to_the_end) & (month == material.extent.last)
    if sheet.has(key):
        known |= sheet.days(key)[rows] <= day
    return {name: np.where(known, values[rows], UNKNOWN) for name, values in columns.items()}


def _describe_now(material: Material, sheet: Sheet) -> dict[str, Integers]:
    """What the list says of a child as it is on the last day."""
    columns = {}
    if sheet.has("care_need"):
        columns["primary_need"] = material.code(sheet.categories("care_need"), "primary_need", "not_stated")
    if sheet.has("unaccompanied"):
        alone = material.read_said(sheet, "unaccompanied")
        columns["unaccompanied"] = alone
        columns["asylum_seeking"] = material.of_two(
            alone, "asylum_seeking", "other_children", "unaccompanied"
        )
    if sheet.has("disability"):
        disabled = material.read_said(sheet, "disability")
        columns["disability"] = material.of_two(disabled, "disability", "not_disabled", "disabled")
    if sheet.has("team"):
        columns["team"] = material.name_teams(sheet)
        columns["with_disability_team"] = material.of_disabilities(sheet)
    if sheet.has("placements"):
        numbers = sheet.wholes("placements")
        many = (np.nan_to_num(numbers) >= _MANY_PLACEMENTS).astype(np.int64)
        columns["three_or_more_placements"] = np.where(np.isnan(numbers), UNKNOWN, many)
    return columns


def _describe_legal(material: Material, sheet: Sheet) -> dict[str, Integers]:
    if not sheet.has("legal_status"):
        return {}
    texts = sheet.categories("legal_status")
    agreed = np.where((texts == UNREAD) | (texts == ""), UNKNOWN, (texts == "section_20").astype(np.int64))
    return {"legal_status": material.code(texts, "legal_status"), "section_20": agreed}


def _describe_placed(material: Material, sheet: Sheet, lives: Placements) -> dict[str, Integers]:
    """Where a child is placed: in what, by whom, and inside the county or not."""
    columns = {
        "outside": lives.outside,
        "locality": material.of_two(lives.outside, "locality", "inside", "outside"),
        "open_placement": (~lives.confidential).astype(np.int64),
    }
    if sheet.has("provider"):
        columns["provider"] = material.code(sheet.categories("provider"), "provider", "not_reported")
    if sheet.has("placement_type"):
        codes = sheet.categories("placement_type")
        kinds = _translate(codes, material.layout.kinds)
        columns["placement_type"] = material.code(kinds, "placement_type")
        columns["placement_group"] = material.code(
            _translate(codes, material.layout.groups), "placement_group"
        )
        unknown = (kinds == UNREAD) | (kinds == "")
        for each in material.given.characteristics["placement_type"].categories:
            columns[f"placed_{each.id}"] = np.where(unknown, UNKNOWN, (kinds == each.id).astype(np.int64))
        foster = np.isin(kinds, ["foster_care", "relative_or_friend"])
        columns["foster_carers"] = np.where(unknown, UNKNOWN, foster.astype(np.int64))
    return columns


def _translate(codes: Texts, names: Mapping[str, str]) -> Texts:
    return np.array([names.get(each, each) for each in codes.tolist()] or [""], dtype=np.str_)[: len(codes)]


def _describe_care(
    sheet: Sheet, rows: Integers, day: Days, material: Material, month: Integers
) -> dict[str, Integers]:
    """Whether what is due to a child was done by the last day: health, teeth, and a visit."""
    columns = {}
    if sheet.has("dental"):
        columns["dental_check"] = within(sheet.days("dental")[rows], day, np.full(len(rows), _YEARLY))
    if sheet.has("health") and sheet.has("birth"):
        births = sheet.days("birth")[rows]
        known = ~np.isnat(births)
        young = np.zeros(len(rows), dtype=np.bool_)
        young[known] = months_between(births[known], day[known]) < _YOUNG
        done = within(sheet.days("health")[rows], day, np.where(young, _OFTEN, _YEARLY))
        columns["health_assessment"] = np.where(known, done, UNKNOWN)
    if sheet.has("care_visit") and sheet.has("placement_type") and sheet.has("placement_start"):
        columns["visited"] = _find_visited(sheet, rows, day)
    for key, name in (("dental", "dental_check"), ("health", "health_assessment"), ("care_visit", "visited")):
        if name in columns:
            columns[name] = np.where(sheet.unread_days(key)[rows], UNKNOWN, columns[name])
    return {name: material.on_the_last_day(values, month) for name, values in columns.items()}


def _find_visited(sheet: Sheet, rows: Integers, day: Days) -> Integers:
    """Who was visited as often as the law asks: in the last six weeks, or three months if long settled."""
    since = sheet.days("placement_start")[rows]
    settled = np.isin(sheet.categories("placement_type")[rows], _SETTLED) & ~np.isnat(since)
    settled[settled] = months_between(since[settled], day[settled]) >= _SETTLED_AFTER
    limit = np.where(settled, _VISITS_WHEN_SETTLED, _VISITS).astype("timedelta64[D]")
    visited = sheet.days("care_visit")[rows]
    return np.where(np.isnat(visited), 0, (visited >= day - limit).astype(np.int64))
