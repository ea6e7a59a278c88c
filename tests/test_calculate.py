"""Every figure that is calculated before protection, against sums done by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.areas import Area, AreaKind, Areas
from dashboard.calculate import calculate, find_counted, find_whole
from dashboard.indicators import Identity, Indicator, StatisticDeclaration
from dashboard.observations import TYPES, Population, Populations
from dashboard.vocabulary import DistrictMode, Frequency, Kind, Polarity, Statistic

AREAS = Areas(
    (
        Area("county", "County", "County", AreaKind.COUNTY),
        Area("north", "North", "North", AreaKind.DISTRICT, within="county"),
        Area("south", "South", "South", AreaKind.DISTRICT, within="county"),
        Area("england", "England", "England", AreaKind.COUNTRY),
    )
)


def declare(name: str, *statistics: str, kind: Kind = Kind.FLOW, **extra: object) -> Indicator:
    decimals = {"count": 0, "percentage": 0, "rate": 1, "average": 1}
    told = {Statistic(each): StatisticDeclaration("", decimals[each]) for each in statistics}
    texts = dict.fromkeys(("title", "short_title", "definition", "why_it_matters", "statutory_source"), name)
    indicator = Indicator(
        id=name,
        tab="front_door",
        polarity=Polarity.NEUTRAL,
        kind=kind,
        frequency=Frequency.MONTH,
        district=DistrictMode.HOME,
        noun="children",
        main=next(iter(told)),
        statistics=told,
        **texts,
    )
    return replace(indicator, **extra)


def figures(*rows: dict[str, object]) -> pd.DataFrame:
    plain = dict.fromkeys(TYPES, "") | {
        "indicator": "contacts",
        "statistic": "count",
        "area": "county",
        "basis": "local",
        "numerator": None,
        "denominator": None,
        "status": "final",
        "source": "returns",
        "published_on": "2021-05-01",
        "decimals": 0,
    }
    return pd.DataFrame([plain | row for row in rows])[list(TYPES)].astype(dict(TYPES))


def months(values: list[float], start: int = 4, year: int = 2020, **extra: object) -> list[dict[str, object]]:
    places = [divmod(start - 1 + step, 12) for step in range(len(values))]
    return [
        {"period": f"{year + over}-M{month + 1:02d}", "value": value, **extra}
        for (over, month), value in zip(places, values, strict=True)
    ]


def work_out(
    observations: pd.DataFrame, *indicators: Indicator, populations: tuple[Population, ...] = ()
) -> pd.DataFrame:
    catalogue = {each.id: each for each in indicators}
    result = calculate(observations, catalogue, AREAS, Populations(populations))
    assert len(result) >= len(observations)
    return result.iloc[len(observations) :]


def the_one(frame: pd.DataFrame, **given: str) -> pd.Series:
    chosen = frame
    for name, value in given.items():
        chosen = chosen[chosen[name] == value]
    assert len(chosen) == 1, chosen
    return chosen.iloc[0]


def test_three_months_of_a_flow_are_summed_to_a_quarter_and_twelve_to_a_year() -> None:
    found = work_out(figures(*months(list(range(1, 13)))), declare("contacts", "count"))
    assert the_one(found, period="2020-21-Q1")["value"] == 1 + 2 + 3
    assert the_one(found, period="2020-21-Q4")["value"] == 10 + 11 + 12
    assert the_one(found, period="2020-21")["value"] == 78
    assert set(found["source"]) == {"calculated"}
    assert set(found["status"]) == {"final"}


def test_a_quarter_with_a_month_missing_is_not_worked_out() -> None:
    found = work_out(figures(*months([1, 2])), declare("contacts", "count"))
    assert found.empty


def test_a_hidden_month_makes_no_quarter() -> None:
    rows = [*months([1, 2]), {"period": "2020-M06", "value": None, "symbol": "c"}]
    assert work_out(figures(*rows), declare("contacts", "count")).empty


def test_a_stock_is_never_summed() -> None:
    assert work_out(figures(*months([1, 2, 3])), declare("contacts", "count", kind=Kind.STOCK)).empty


def test_a_percentage_is_pooled_and_not_averaged() -> None:
    parts = [(1, 2), (1, 10), (1, 88)]
    rows = [
        {**month, "statistic": "percentage", "numerator": n, "denominator": d, "value": 100 * n / d}
        for month, (n, d) in zip(months([0, 0, 0]), parts, strict=True)
    ]
    found = the_one(work_out(figures(*rows), declare("contacts", "percentage")))
    assert (found["value"], found["numerator"], found["denominator"]) == (3, 3, 100)


def test_a_percentage_of_nobody_in_a_month_does_not_stop_the_quarter() -> None:
    parts = [(0, 0), (1, 10), (1, 10)]
    rows = [
        {**month, "statistic": "percentage", "numerator": n, "denominator": d, "symbol": "" if d else "z"}
        for month, (n, d) in zip(months([None, 10, 10]), parts, strict=True)  # type: ignore[list-item]
    ]
    assert the_one(work_out(figures(*rows), declare("contacts", "percentage")))["value"] == 10


def test_one_illustrative_month_makes_the_quarter_illustrative() -> None:
    rows = months([1, 2, 3])
    rows[1] |= {"status": "illustrative", "source": "simulation"}
    found = the_one(work_out(figures(*rows), declare("contacts", "count")))
    assert (found["status"], found["source"]) == ("illustrative", "simulation")


def test_a_real_month_is_summed_rather_than_an_illustrative_one() -> None:
    rows = [*months([1, 2, 3]), *months([9, 9, 9], status="illustrative", source="simulation")]
    found = the_one(work_out(figures(*rows), declare("contacts", "count")))
    assert (found["value"], found["status"]) == (6, "final")


def test_the_month_published_last_is_summed() -> None:
    rows = [*months([1, 2, 3], published_on="2021-09-01"), *months([9, 9, 9], published_on="2021-05-01")]
    found = the_one(work_out(figures(*rows), declare("contacts", "count")))
    assert (found["value"], found["published_on"]) == (6, "2021-09-01")


def test_a_real_quarter_is_never_worked_out_again() -> None:
    rows = [*months([1, 2, 3]), {"period": "2020-21-Q1", "value": 7.0}]
    assert work_out(figures(*rows), declare("contacts", "count")).empty


def test_a_real_quarter_is_preferred_in_the_year() -> None:
    quarters = [{"period": f"2020-21-Q{n}", "value": 10.0} for n in (1, 2, 3, 4)]
    found = work_out(figures(*months([1, 2, 3]), *quarters), declare("contacts", "count"))
    assert the_one(found)["value"] == 40


def test_a_year_of_rounded_quarters_is_not_made_when_its_months_are_held() -> None:
    found = work_out(figures(*months([1] * 12)), declare("contacts", "count"))
    assert len(found[found["period"] == "2020-21"]) == 1


def test_parts_are_added_and_shared_over_the_whole() -> None:
    """Foster care and relatives, June 2019: 438 + 166 = 604, of 814 looked after: 74.2%."""
    rows = [
        {"indicator": name, "period": "2019-M06", "value": value}
        for name, value in (("foster", 438.0), ("relative", 166.0), ("home", 210.0), ("all", 814.0))
    ]
    parts_of_both = Identity(parts=("foster", "relative"))
    catalogue = [
        declare("foster", "count", kind=Kind.STOCK),
        declare("relative", "count", kind=Kind.STOCK),
        declare("home", "count", kind=Kind.STOCK),
        declare("both", "count", "percentage", kind=Kind.STOCK, identity=parts_of_both),
        declare("all", "count", kind=Kind.STOCK, identity=Identity(parts=("foster", "relative", "home"))),
    ]
    both = catalogue[3]
    one_decimal = {**both.statistics, Statistic.PERCENTAGE: StatisticDeclaration("%", 1, out_of="all")}
    catalogue[3] = replace(both, statistics=one_decimal)
    found = work_out(figures(*rows), *catalogue)
    assert the_one(found, indicator="both", statistic="count")["value"] == 604
    share = the_one(found, indicator="both", statistic="percentage")
    assert (share["numerator"], share["denominator"], share["value"]) == (604, 814, 74.2)
    assert len(found) == 2


def test_parts_are_not_added_when_one_is_missing() -> None:
    rows = [{"indicator": "foster", "period": "2019-M06", "value": 1.0}]
    both = declare("both", "count", kind=Kind.STOCK, identity=Identity(parts=("foster", "relative")))
    found = work_out(figures(*rows), declare("foster", "count"), declare("relative", "count"), both)
    assert found.empty


def test_the_sums_of_rounded_comparators_are_left_alone() -> None:
    rows = [
        {"indicator": name, "period": "2019-M06", "value": 10.0, "area": "england"}
        for name in ("foster", "relative")
    ]
    both = declare("both", "count", kind=Kind.STOCK, identity=Identity(parts=("foster", "relative")))
    found = work_out(figures(*rows), declare("foster", "count"), declare("relative", "count"), both)
    assert found.empty


def test_a_difference_may_be_negative_and_is_summed_over_the_quarter() -> None:
    starts = months([5, 4, 3], indicator="starts")
    ceases = months([6, 6, 6], indicator="ceases", status="provisional")
    net = declare("net", "count", identity=Identity(difference=("starts", "ceases")))
    found = work_out(figures(*starts, *ceases), declare("starts", "count"), declare("ceases", "count"), net)
    found = found[found["indicator"] == "net"]
    assert the_one(found, period="2020-M05")["value"] == -2
    quarter = the_one(found, period="2020-21-Q1")
    assert (quarter["value"], quarter["status"]) == (-6, "provisional")


def test_a_rate_is_over_the_middle_of_its_financial_year() -> None:
    """Year ending March 2021: mid-2020, as the Department does."""
    people = tuple(
        Population("north", year, "0-17", children, "census_2021", "published", "")
        for year, children in ((2019, 99_999), (2020, 20_000), (2021, 88_888))
    )
    rows = months([10] * 12, area="north")
    found = work_out(figures(*rows), declare("contacts", "count", "rate"), populations=people)
    rates = found[found["statistic"] == "rate"]
    year = the_one(rates, period="2020-21")
    assert (year["value"], year["numerator"], year["denominator"]) == (60.0, 120, 20_000)
    assert the_one(rates, period="2021-M03")["value"] == 60.0  # of one month, made annual
    assert the_one(rates, period="2020-21-Q2")["value"] == 60.0


def test_the_rate_of_a_stock_is_not_made_annual() -> None:
    people = (Population("north", 2020, "0-17", 20_000, "census_2021", "published", ""),)
    rows = months([30], area="north")
    indicator = declare("contacts", "count", "rate", kind=Kind.STOCK)
    found = the_one(work_out(figures(*rows), indicator, populations=people))
    assert (found["value"], found["decimals"]) == (15.0, 1)


def test_the_county_population_is_that_of_its_districts_where_it_is_not_held() -> None:
    people = tuple(
        Population(area, 2020, "0-17", 10_000, "census_2021", "published", "") for area in ("north", "south")
    )
    indicator = declare("contacts", "count", "rate", kind=Kind.STOCK)
    found = the_one(work_out(figures(*months([30])), indicator, populations=people))
    assert (found["value"], found["denominator"]) == (15.0, 20_000)


def test_no_rate_is_worked_out_into_a_line_of_published_ones() -> None:
    people = (Population("county", 2020, "0-17", 20_000, "census_2021", "published", ""),)
    rows = [*months([30]), {"period": "2019-M03", "statistic": "rate", "value": 12.0}]
    indicator = declare("contacts", "count", "rate", kind=Kind.STOCK)
    assert work_out(figures(*rows), indicator, populations=people).empty


def test_no_rate_is_worked_out_from_official_counts() -> None:
    people = (Population("county", 2020, "0-17", 20_000, "census_2021", "published", ""),)
    indicator = declare("contacts", "count", "rate", kind=Kind.STOCK)
    assert work_out(figures(*months([30], basis="official")), indicator, populations=people).empty


def test_a_rate_declared_on_its_own_is_of_the_counts_it_names() -> None:
    contacts = declare("contacts", "count")
    named = {Statistic.RATE: StatisticDeclaration("", 1, counts="contacts")}
    rate = replace(declare("contacts_scaled", "rate"), statistics=named)
    catalogue = {"contacts": contacts, "contacts_scaled": rate}
    assert find_counted(rate, Statistic.RATE, catalogue) is contacts
    assert find_counted(contacts, Statistic.RATE, catalogue) is None
    people = (Population("county", 2020, "0-17", 20_000, "census_2021", "published", ""),)
    found = work_out(figures(*months([30])), contacts, rate, populations=people)
    assert the_one(found, indicator="contacts_scaled", statistic="rate")["value"] == 180.0


def test_each_category_is_shared_over_the_whole_and_not_over_itself() -> None:
    named = {Statistic.PERCENTAGE: StatisticDeclaration("", 0, counts="contacts", out_of="contacts")}
    by_source = replace(declare("contacts_by_source", "percentage"), statistics=named)
    rows = [
        *months([80]),
        *months([60], characteristic="source", category="police"),
        *months([20], characteristic="source", category="school"),
    ]
    found = work_out(figures(*rows), declare("contacts", "count"), by_source)
    assert list(found["value"]) == [75, 25]
    assert list(found["category"]) == ["police", "school"]
    assert find_whole(declare("contacts", "count"), {}) is None


@pytest.mark.parametrize("value", [0.5, 1.5, 2.5])
def test_halves_are_rounded_up(value: float) -> None:
    people = (Population("north", 2020, "0-17", 10_000, "census_2021", "published", ""),)
    indicator = declare("contacts", "count", "rate", kind=Kind.STOCK)
    none = {
        Statistic.COUNT: indicator.statistics[Statistic.COUNT],
        Statistic.RATE: StatisticDeclaration("", 0),
    }
    indicator = replace(indicator, statistics=none)
    rows = months([value], area="north")
    assert the_one(work_out(figures(*rows), indicator, populations=people))["value"] == value + 0.5


def test_children_who_are_counted_once_a_month_are_not_added_up_to_a_quarter() -> None:
    missing = declare("contacts", "count", distinct=True)
    assert work_out(figures(*months([3.0, 4.0, 5.0])), missing).empty
    assert not work_out(figures(*months([3.0, 4.0, 5.0])), replace(missing, distinct=False)).empty
