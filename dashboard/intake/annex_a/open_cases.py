"""Lists 6 and 7: children in need and child protection plans; and everybody who is open in any list."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.intake.annex_a.days import Booleans, Days, Integers, month_of, months_between
from dashboard.intake.annex_a.extent import cut_to_list, lists_every_period, months_after
from dashboard.intake.annex_a.places import UNKNOWN
from dashboard.intake.annex_a.sheet import UNREAD, Sheet
from dashboard.intake.annex_a.spells import Spells, begin_on, find_hidden, read_spells, subtract
from dashboard.intake.annex_a.tables import NONE, OPEN_END, Material, Table, list_month_ends

_TWO_YEARS, _ADULT = 24, 216  # months


@dataclass(frozen=True)
class Periods:
    """The spells of one of the lists of periods, and the months of which they tell.

    `stocks`: the months at whose end nobody is missing. `flows`: the months in which nothing is missing.
    `every`: whether every period has a row of its own.
    """

    spells: Spells
    stocks: tuple[int, ...]
    flows: tuple[int, ...]
    every: bool


def read_periods(
    material: Material, number: int, start: str, end: str, again: Booleans, left_out: Booleans | None = None
) -> Periods:
    """The periods of a list. `again` marks the rows of children who had one before, as the list says."""
    sheet = material.sheets[number]
    spells = read_spells(sheet, start, end, left_out)
    _tell_adults(material, sheet, spells)
    months = cut_to_list(material.extent, sheet, [start, end])
    every = lists_every_period(
        sheet,
        sheet.days(start),
        illustrative=material.illustrative,
        answers=material.given.answers,
        questions=material.questions,
    )
    if every:
        return Periods(spells, months, months, every)
    hidden = find_hidden(sheet, spells, again, material.extent.start)
    stocks = months_after(months, spells.start, hidden, at_the_end=True)
    return Periods(spells, stocks, months_after(months, spells.start, hidden, at_the_end=False), every)


def _tell_adults(material: Material, sheet: Sheet, spells: Spells) -> None:
    """Tell how many who are open on the last day are 18 or over by then: their rows may lack an end."""
    if not sheet.has("birth"):
        return
    births = sheet.days("birth")[spells.row]
    births = births[spells.open_on(material.extent.end) & ~np.isnat(births)]
    adults = int((months_between(births, np.full(len(births), material.extent.end)) >= _ADULT).sum())
    if adults:
        found = f"{adults:,} open row{'' if adults == 1 else 's'} of people of 18 or over"
        why = "counted as they stand: has their end been recorded?"
        sheet.told.warn("children under 18", sheet=sheet.found.sheet, found=found, why=why)


def make_started(
    material: Material, sheet: Sheet, periods: Periods, columns: Mapping[str, Integers]
) -> Table:
    """The spells that began in each month, by what their rows say."""
    return _make_flow(material, sheet, periods, periods.spells.start, columns)


def make_ended(material: Material, sheet: Sheet, periods: Periods, columns: Mapping[str, Integers]) -> Table:
    """The spells that ended in each month; `columns` are of the spells."""
    return _make_flow(material, sheet, periods, periods.spells.end, columns)


def _make_flow(
    material: Material, sheet: Sheet, periods: Periods, days: Days, columns: Mapping[str, Integers]
) -> Table:
    month = month_of(days)
    chosen = np.flatnonzero(np.isin(month, list(periods.flows)))
    found = {name: values[chosen] for name, values in columns.items()}
    found |= material.describe(sheet, periods.spells.row[chosen], days[chosen])
    return Table(month[chosen], material.homes.of(periods.spells.child[chosen]), periods.flows, found)


def make_plans(material: Material, periods: Periods | None) -> Mapping[str, Table]:
    """Child protection plans started, ended and open."""
    if periods is None:
        return {}
    sheet, spells = material.sheets[7], periods.spells
    started = {}
    if sheet.has("first_category"):
        started["category_of_abuse"] = material.code(sheet.categories("first_category"), "category_of_abuse")[
            spells.row
        ]
    ended = {"duration": material.band_lengths(spells.start, np.minimum(spells.end, material.extent.end))}
    return {
        "plans_started": make_started(material, sheet, periods, started),
        "plans_ended": make_ended(material, sheet, periods, ended),
        "plans": _list_plans(material, sheet, periods),
    }


def read_plans(material: Material) -> Periods | None:
    """The plans of List 7; None where it has no days of them."""
    if not material.has("7.plan_start", "7.plan_end"):
        return None
    sheet = material.sheets[7]
    again = np.ones(len(sheet), dtype=np.bool_)
    if sheet.has("plans_before"):
        again = ~(sheet.wholes("plans_before") == 0)
    return read_periods(material, 7, "plan_start", "plan_end", again)


def _list_plans(material: Material, sheet: Sheet, periods: Periods) -> Table:
    spells = periods.spells
    places, month, day = list_month_ends(spells.start, spells.end, periods.stocks)
    rows, begun = spells.row[places], spells.start[places]
    columns = material.describe(sheet, rows, day)
    columns["duration"] = material.band_lengths(begun, day)
    columns["two_years"] = (months_between(begun, day) >= _TWO_YEARS).astype(np.int64)
    if sheet.has("latest_category"):
        latest = material.code(sheet.categories("latest_category"), "category_of_abuse")
        columns["category_of_abuse"] = material.on_the_last_day(latest[rows], month)
    homes = material.homes.of(spells.child[places])
    return Table(month, homes, periods.stocks, columns, at_month_ends=True)


def make_need(material: Material, plans: Periods | None, care: Periods | None) -> Mapping[str, Table]:
    """Children in need who are neither on a plan nor looked after: begun, ended and open.

    List 6 has everybody; who is on a plan or in care meanwhile is in lists 7 and 8.
    """
    if plans is None or care is None or not material.has("6.need_start", "6.need_end"):
        return {}
    sheet = material.sheets[6]
    listed = read_periods(material, 6, "need_start", "need_end", np.ones(len(sheet), dtype=np.bool_))
    spells = subtract(listed.spells, [plans.spells, care.spells])
    months = listed.stocks if listed.every else (material.extent.last,) * material.extent.to_the_end
    stocks = tuple(month for month in months if month in plans.stocks and month in care.stocks)
    flows = tuple(
        month for month in listed.flows if listed.every and month in plans.flows and month in care.flows
    )
    periods = Periods(spells, stocks, flows, listed.every)
    stepped = begin_on(plans.spells, spells.child, spells.end)
    return {
        "need_started": make_started(material, sheet, periods, {}),
        "need_ended": make_ended(material, sheet, periods, _describe_ended(material, sheet, spells, stepped)),
        "need": _list_need(material, sheet, periods, listed.spells),
    }


def _describe_ended(
    material: Material, sheet: Sheet, spells: Spells, stepped: Booleans
) -> dict[str, Integers]:
    """Why each time in need ended, and whether it was a step down to early help or up to a plan.

    Where the case goes on, as on a plan or in care, the reason is another than those of closing it.
    """
    if not sheet.has("closure_reason"):
        return {}
    texts = sheet.categories("closure_reason")[spells.row]
    closed = sheet.days("need_end")[spells.row] == spells.end
    reasons = material.code(texts, "closure_reason")
    other = material.place_of("other", "closure_reason")
    reasons = np.where(closed, reasons, other)
    down = np.where(closed & (texts == UNREAD), UNKNOWN, np.where(closed & (texts == "early_help"), 1, 0))
    step = np.where(down == 1, material.place_of("stepped_down", "step"), np.where(down == 0, NONE, UNKNOWN))
    step = np.where(stepped, material.place_of("stepped_up", "step"), step)
    moved = np.where(step == NONE, 0, np.where(step == UNKNOWN, UNKNOWN, 1))
    return {"closure_reason": reasons, "step": step, "stepped": moved}


def _list_need(material: Material, sheet: Sheet, periods: Periods, listed: Spells) -> Table:
    spells = periods.spells
    places, month, day = list_month_ends(spells.start, spells.end, periods.stocks)
    rows = spells.row[places]
    columns = material.describe(sheet, rows, day)
    opened = dict(zip(listed.row.tolist(), listed.start, strict=True))
    since = np.array([opened[row] for row in rows.tolist()], dtype="datetime64[D]")
    columns["duration"] = material.band_lengths(since, day)
    if sheet.has("primary_need"):
        needs = material.code(sheet.categories("primary_need"), "primary_need", "not_stated")
        columns["primary_need"] = material.on_the_last_day(needs[rows], month)
    if sheet.has("team"):
        columns["team"] = material.on_the_last_day(material.name_teams(sheet)[rows], month)
        columns["with_disability_team"] = material.on_the_last_day(
            material.of_disabilities(sheet)[rows], month
        )
    if sheet.has("case_status"):
        texts = sheet.categories("case_status")
        planned = np.where(
            (texts == UNREAD) | (texts == ""), UNKNOWN, (texts == "need_plan").astype(np.int64)
        )
        columns["planned"] = material.on_the_last_day(planned[rows], month)
        _tell_status(material, sheet, spells, texts)
    homes = material.homes.of(spells.child[places])
    return Table(month, homes, periods.stocks, columns, at_month_ends=True)


def _tell_status(material: Material, sheet: Sheet, spells: Spells, texts: object) -> None:
    """Tell how many children in need have another status than lists 7 and 8 leave them."""
    status = np.asarray(texts)[spells.row[spells.open_on(material.extent.end)]]
    other = int(np.isin(status, ["looked_after", "protection_plan", "closed"]).sum())
    if other and material.extent.to_the_end:
        why = "by lists 7 and 8 they are neither looked after nor on a plan, and are counted in need"
        sheet.told.warn(
            "a child in need plan or an open assessment", sheet=sheet.found.sheet,
            column=sheet.name_of("case_status"), found=f"{other:,} children with another status", why=why,
        )  # fmt: skip


def make_open_cases(material: Material) -> Mapping[str, Table]:
    """Everybody in lists 6 to 9 who is open on the last day, each counted once."""
    columns = (
        "6.need_start",
        "6.need_end",
        "7.plan_start",
        "7.plan_end",
        "8.care_start",
        "8.care_end",
        "9.child",
    )
    if not material.has(*columns) or not material.extent.to_the_end:
        return {}
    day = material.extent.end
    everyone = [material.sheets[9].child()]
    for number, start, end in (
        (6, "need_start", "need_end"),
        (7, "plan_start", "plan_end"),
        (8, "care_start", "care_end"),
    ):
        sheet = material.sheets[number]
        begun, ended = sheet.days(start), np.where(np.isnat(sheet.days(end)), OPEN_END, sheet.days(end))
        everyone.append(sheet.child()[(begun <= day) & (ended > day) & ~sheet.unread_days(end)])
    children = np.unique(np.concatenate(everyone))
    month = np.full(len(children), material.extent.last)
    return {"open_cases": Table(month, material.homes.of(children), (material.extent.last,))}
