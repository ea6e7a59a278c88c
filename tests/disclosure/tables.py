"""A small made-up county for the tests of protection, and a plain second opinion on what is given away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from dashboard.areas import Area, AreaKind, Areas
from dashboard.catalogue import Identity, Indicator, StatisticDeclaration, StockIdentity
from dashboard.observations import TYPES
from dashboard.periods import Grain, Period, month_at, parse
from dashboard.vocabulary import DistrictMode, Frequency, Kind, Polarity, Statistic

AREAS = Areas(
    (
        Area("county", "County", "County", AreaKind.COUNTY),
        *(
            Area(name, name.title(), name.title(), AreaKind.DISTRICT, within="county")
            for name in ("east", "north", "south", "west")
        ),
        Area("outside", "Outside", "Outside", AreaKind.PLACEMENT_ONLY, within="county"),
        Area("england", "England", "England", AreaKind.COUNTRY),
    )
)
DISTRICTS = ("east", "north", "south", "west")
BELOW = (*DISTRICTS, "outside")


def declare(
    name: str, *statistics: str, kind: Kind = Kind.FLOW, identity: Identity | None = None, **told: str
) -> Indicator:
    declared = {
        Statistic(each): StatisticDeclaration("", 0, **(told if each in ("percentage", "rate") else {}))
        for each in statistics
    }
    texts = ("title", "short_title", "definition", "why_it_matters", "statutory_source")
    return Indicator(
        id=name,
        tab="through_care",
        polarity=Polarity.NEUTRAL,
        kind=kind,
        frequency=Frequency.MONTH,
        district=DistrictMode.HOME,
        noun="children",
        main=next(iter(declared)),
        statistics=declared,
        characteristics=("age",),
        identity=identity or Identity(),
        **dict.fromkeys(texts, name),
    )


CATALOGUE: Mapping[str, Indicator] = {
    each.id: each
    for each in (
        declare("starts", "count", "rate"),
        declare("ceases", "count"),
        declare("net", "count", identity=Identity(difference=("starts", "ceases"))),
        declare("late", "percentage", out_of="starts"),
        declare("prompt", "percentage", identity=Identity(complement="late")),
        declare("waiting", "average"),
        declare(
            "looked_after",
            "count",
            kind=Kind.STOCK,
            identity=Identity(("fostered", "elsewhere"), StockIdentity("starts", "ceases")),
        ),
        declare("fostered", "count", "percentage", kind=Kind.STOCK, out_of="looked_after"),
        declare("elsewhere", "count", kind=Kind.STOCK),
    )
}


def figures(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    plain: dict[str, object] = dict.fromkeys(TYPES, "") | {
        "statistic": "count",
        "area": "county",
        "basis": "local",
        "period": "2020-M04",
        "numerator": None,
        "denominator": None,
        "status": "illustrative",
        "source": "simulation",
        "published_on": "2021-05-01",
        "decimals": 0,
    }
    return pd.DataFrame([plain | dict(row) for row in rows])[list(TYPES)].astype(dict(TYPES))


def spread_over_areas(
    indicator: str, counts: Mapping[str, float], **extra: object
) -> list[dict[str, object]]:
    """A count of each area, and the county's, which is their sum."""
    everywhere = {**counts, "county": sum(counts.values())}
    return [
        {"indicator": indicator, "area": area, "value": value, **extra} for area, value in everywhere.items()
    ]


# --- the second opinion ---------------------------------------------------------------------------

Cell = tuple[str, str, str, str, str, str]  # indicator, role, area, period, characteristic, category


@dataclass(frozen=True)
class Knowledge:
    """What a reader of a table knows: numbers shown, and sums that hold among them."""

    truth: Mapping[Cell, float]
    known: frozenset[Cell]
    sums: tuple[tuple[tuple[int, Cell], ...], ...]  # each adds up to nought with its signs

    def recover(self) -> dict[Cell, float]:
        """Every hidden number that follows from a single sum, again and again."""
        known, found = set(self.known), dict[Cell, float]()
        while True:
            new: dict[Cell, float] = {}
            for terms in self.sums:
                unknown = [(sign, cell) for sign, cell in terms if cell not in known]
                if len(unknown) == 1:
                    sign, cell = unknown[0]
                    rest = sum(s * self.truth[c] for s, c in terms if c != cell)
                    new[cell] = -rest / sign
            if not new:
                return found
            found |= new
            known |= new.keys()


def read_numbers(table: pd.DataFrame) -> dict[Cell, float]:
    """Every number of a table by cell. A numerator declared or made to be a count is that count."""
    numbers: dict[Cell, float] = {}
    for row in table.itertuples(index=False):
        rest = (row.area, row.period, row.characteristic, row.category)
        if row.statistic == "count" and row.value == row.value:
            numbers[(row.indicator, "count", *rest)] = row.value
        if row.statistic in ("percentage", "rate") and row.numerator == row.numerator:
            numbers[(*_numerator(row.indicator), *rest)] = row.numerator
        if row.statistic in ("percentage", "average") and row.denominator == row.denominator:
            numbers[(*_denominator(row.indicator, row.statistic), *rest)] = row.denominator
        both = row.denominator == row.denominator and row.numerator == row.numerator
        if row.statistic == "percentage" and both:
            numbers[(row.indicator, "left", *rest)] = row.denominator - row.numerator
    return numbers


def _numerator(indicator: str) -> tuple[str, str]:
    if Statistic.COUNT in CATALOGUE[indicator].statistics:
        return indicator, "count"
    return indicator, "numerator"


def _denominator(indicator: str, statistic: str) -> tuple[str, str]:
    declared = CATALOGUE[indicator].statistics[Statistic(statistic)]
    return (declared.out_of, "count") if declared.out_of else (indicator, f"denominator of {statistic}")


def list_sums(truth: Mapping[Cell, float]) -> tuple[tuple[tuple[int, Cell], ...], ...]:
    """Every sum that holds, written out one at a time."""
    sums = []
    for cell in truth:
        sums += [_whole(truth, cell, parts) for parts in _ways_to_split(truth, cell)]
        sums += _others(truth, cell)
    return tuple(terms for terms in sums if terms and abs(sum(s * truth[c] for s, c in terms)) < 0.01)


def _whole(truth: Mapping[Cell, float], cell: Cell, parts: list[Cell]) -> tuple[tuple[int, Cell], ...]:
    if not parts or any(part not in truth for part in parts):
        return ()
    return ((-1, cell), *((1, part) for part in parts))


def _ways_to_split(truth: Mapping[Cell, float], cell: Cell) -> list[list[Cell]]:
    indicator, role, area, period, characteristic, category = cell
    ways = []
    if area == "county":
        held = [a for a in BELOW if (indicator, role, a, period, characteristic, category) in truth]
        ways.append([(indicator, role, a, period, characteristic, category) for a in held])
    if not characteristic:
        ages = sorted({c[5] for c in truth if c[4] == "age"})
        ways.append([(indicator, role, area, period, "age", age) for age in ages])
    if CATALOGUE[indicator].kind is Kind.FLOW and parse(period).grain is not Grain.MONTH:
        for grain in (Grain.MONTH, Grain.QUARTER):
            pieces = [p.code for p in parse(period).parts(grain)]
            ways.append([(indicator, role, area, p, characteristic, category) for p in pieces])
    if role == "count" and CATALOGUE[indicator].parts:
        parts = CATALOGUE[indicator].parts
        ways.append([(part, role, area, period, characteristic, category) for part in parts])
    return [way for way in ways if way != [cell]]


def _others(truth: Mapping[Cell, float], cell: Cell) -> list[tuple[tuple[int, Cell], ...]]:
    indicator, role, *rest = cell
    sums: list[tuple[tuple[int, Cell], ...]] = []
    if indicator == "net":
        sums.append(((1, cell), (-1, ("starts", role, *rest)), (1, ("ceases", role, *rest))))  # type: ignore[arg-type]
    if role == "left":
        numerator = (*_numerator(indicator), *rest)
        denominator = (*_denominator(indicator, "percentage"), *rest)
        sums.append(((1, cell), (1, numerator), (-1, denominator)))  # type: ignore[arg-type]
    if indicator == "prompt" and role == "left":
        sums.append(((1, cell), (-1, ("late", "numerator", *rest))))  # type: ignore[arg-type]
    if indicator == "starts" and role == "count":
        area, period, *category = rest
        last = parse(period).month.code
        before = month_at(parse(period).index - 1).code
        stocks = [("looked_after", "count", area, month, *category) for month in (last, before)]
        ceases = ("ceases", "count", area, period, *category)
        sums.append(((1, cell), (-1, ceases), (-1, stocks[0]), (1, stocks[1])))  # type: ignore[arg-type]
    return [terms for terms in sums if all(c in truth for _, c in terms)]


def look_at(raw: pd.DataFrame, released: pd.DataFrame) -> Knowledge:
    """What a reader of the released table knows, who also knows how all tables are made."""
    truth = read_numbers(raw)
    return Knowledge(truth, frozenset(read_numbers(released)), list_sums(truth))


# --- a whole county -------------------------------------------------------------------------------

QUARTERS = tuple(parse(f"2020-21-Q{number}") for number in (1, 2))
AGES = ("young", "old")


def make_county(draw: object) -> pd.DataFrame:
    """A table in which everything adds up. `draw` is called for every number that is free."""
    number = draw if callable(draw) else None
    assert number is not None
    rows: list[dict[str, object]] = []
    months = [month.code for quarter in QUARTERS for month in quarter.parts(Grain.MONTH)]
    stock = {
        (area, age): {"fostered": number() + 40, "elsewhere": number() + 20}
        for area, age in product(BELOW, AGES)
    }
    before = month_at(QUARTERS[0].index - 1).code
    rows += _stock_rows(stock, before)
    flows: list[dict[str, object]] = []
    for month in months:
        for area, age in product(BELOW, AGES):
            begun, ended = number(), number()
            held = stock[area, age]
            ended = min(ended, held["fostered"])
            held["elsewhere"] += begun
            held["fostered"] -= ended
            late = min(number(), begun)
            flows += _flow_rows(area, age, month, begun, ended, late)
        rows += _stock_rows(stock, month)
    return figures([*rows, *_add_up(flows)])


def _stock_rows(stock: Mapping[tuple[str, str], Mapping[str, int]], month: str) -> list[dict[str, object]]:
    rows = []
    for (area, age), held in stock.items():
        both = held["fostered"] + held["elsewhere"]
        for indicator, value in (*held.items(), ("looked_after", both)):
            rows.append(_row(indicator, "count", area, age, month, value))
        rows.append(_row("fostered", "percentage", area, age, month, held["fostered"], both))
    return _add_up(rows, quarters=False)


def _flow_rows(area: str, age: str, month: str, begun: int, ended: int, late: int) -> list[dict[str, object]]:
    return [
        _row("starts", "count", area, age, month, begun),
        _row("ceases", "count", area, age, month, ended),
        _row("net", "count", area, age, month, begun - ended),
        _row("late", "percentage", area, age, month, late, begun),
        _row("prompt", "percentage", area, age, month, begun - late, begun),
        _row("waiting", "average", area, age, month, begun * 7 + late, begun),
    ]


def _row(
    indicator: str, statistic: str, area: str, age: str, period: str, first: int, second: int = 0
) -> dict[str, object]:
    return {
        "indicator": indicator,
        "statistic": statistic,
        "area": area,
        "period": period,
        "characteristic": "age",
        "category": age,
        "first": first,
        "second": second,
    }


def _add_up(rows: list[dict[str, object]], *, quarters: bool = True) -> list[dict[str, object]]:
    """The same rows, with those of the county, of all ages, and of the quarters; values worked out."""
    table = pd.DataFrame(rows)
    everybody = table.assign(characteristic="", category="")
    table = pd.concat([table, everybody])
    table = pd.concat([table, table.assign(area="county")])
    if quarters:
        around = {month: parse(month).quarter.code for month in table["period"].unique()}
        table = pd.concat([table, table.assign(period=table["period"].map(around))])
    keys = ["indicator", "statistic", "area", "period", "characteristic", "category"]
    summed = table.groupby(keys, as_index=False)[["first", "second"]].sum()
    return [_finish(row) for row in summed.to_dict("records")]


def _finish(row: dict[str, object]) -> dict[str, object]:
    first, second = float(row.pop("first")), float(row.pop("second"))  # type: ignore[arg-type]
    if row["statistic"] == "count":
        return {**row, "value": first}
    factor = 100 if row["statistic"] == "percentage" else 1
    parts = {"numerator": first, "denominator": second}
    return {
        **row,
        **parts,
        "value": factor * first / second if second else None,
        "symbol": "" if second else "z",
    }


def month_before(period: Period) -> str:
    """The code of the month before a period."""
    return month_at(period.index - 1).code
