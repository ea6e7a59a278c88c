"""One way of counting, on tables small enough to count by hand."""

import numpy as np
import pandas as pd
import pytest

from dashboard.areas import Area, AreaKind, Areas
from dashboard.indicators import Category, Characteristic, Indicator, StatisticDeclaration
from dashboard.populations import Population, Populations
from dashboard.simulation.aggregate import Tables, aggregate
from dashboard.simulation.long_table import write_blocks
from dashboard.simulation.measures import Count, Measure
from dashboard.vocabulary import DistrictMode, Frequency, Kind, Polarity, Statistic

AREAS = Areas(
    (
        Area("shire", "Shire", "Shire", AreaKind.COUNTY),
        Area("north", "North", "North", AreaKind.DISTRICT, within="shire"),
        Area("south", "South", "South", AreaKind.DISTRICT, within="shire"),
        Area("outside-county", "Outside", "Outside", AreaKind.PLACEMENT_ONLY, within="shire"),
    )
)
POPULATIONS = Populations(
    tuple(
        Population(slug, year, "0-17", people, "before_census_2021", "published", "test")
        for year in range(2018, 2022)
        for slug, people in (("north", 6_000), ("south", 4_000))
    )
)
COLOUR = Characteristic("colour", "Colour", (Category("red", "Red"), Category("blue", "Blue")))


def declare(kind=Kind.FLOW, frequency=Frequency.MONTH, district=DistrictMode.HOME, **statistics) -> Indicator:
    declared = {
        Statistic(name): StatisticDeclaration("things", decimals) for name, decimals in statistics.items()
    }
    return Indicator(
        id="things", tab="front_door", title="Things", short_title="Things", definition="", why_it_matters="",
        polarity=Polarity.NEUTRAL, kind=kind, frequency=frequency, district=district, statutory_source="",
        noun="things", main=next(iter(declared)), statistics=declared, characteristics=("colour",),
    )  # fmt: skip


def things(*rows: tuple[int, str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["month", "home", "colour", "good"])
    frame["home"] = pd.Categorical(frame["home"], ["south", "north"])
    frame["colour"] = pd.Categorical(frame["colour"], ["blue", "red"])
    return frame


def count(indicator: Indicator, measure: Measure, frame: pd.DataFrame) -> pd.DataFrame:
    tables = Tables({"things": frame}, AREAS)
    blocks = list(aggregate(tables, indicator, measure, {"colour": COLOUR}, POPULATIONS))
    return write_blocks(blocks).set_index(["statistic", "area", "period", "category"])


THREE = things((0, "north", "red", True), (0, "north", "blue", False), (1, "south", "red", True))


def test_rows_are_counted_by_month_district_and_category():
    made = count(declare(count=0), Measure(Count("things")), THREE)["value"]
    assert made["count", "north", "2018-M04", ""] == 2
    assert made["count", "north", "2018-M04", "red"] == 1
    assert made["count", "shire", "2018-M05", "red"] == 1
    assert made["count", "south", "2018-M04", ""] == 0
    assert len(made) == 48 * 3 * 3


def test_a_percentage_carries_its_parts():
    made = count(declare(percentage=0), Measure(Count("things", "good"), Count("things")), THREE)
    row = made.loc[("percentage", "shire", "2018-M04", "")]
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 50)


def test_a_categorys_percentage_is_of_the_category_unless_it_is_a_share():
    within = count(declare(percentage=0), Measure(Count("things", "good"), Count("things")), THREE)
    share = count(
        declare(percentage=0), Measure(Count("things", "good"), Count("things"), shares=("colour",)), THREE
    )
    at = ("percentage", "shire", "2018-M04", "red")
    assert within.loc[at]["value"] == 100
    assert share.loc[at]["value"] == 50


def test_nobody_to_count_out_of_is_not_applicable():
    made = count(declare(percentage=0), Measure(Count("things", "good"), Count("things")), THREE)
    row = made.loc[("percentage", "south", "2018-M04", "")]
    assert np.isnan(row["value"])
    assert (row["symbol"], row["denominator"]) == ("z", 0)


def test_a_quarterly_flow_is_the_sum_of_its_months():
    made = count(declare(frequency=Frequency.QUARTER, count=0), Measure(Count("things")), THREE)["value"]
    assert made["count", "shire", "2018-19-Q1", ""] == 3
    assert len(made.xs("shire", level="area")) == 16 * 3


def test_a_quarterly_stock_is_given_at_the_end_of_the_quarter():
    stock = declare(Kind.STOCK, Frequency.QUARTER, count=0)
    made = count(
        stock, Measure(Count("things")), things((2, "north", "red", True), (1, "north", "red", True))
    )
    assert made["value"]["count", "north", "2018-M06", ""] == 1
    assert "2018-M05" not in made.index.get_level_values("period")


def test_a_yearly_flow_is_given_by_financial_year():
    made = count(declare(frequency=Frequency.YEAR, count=0), Measure(Count("things")), THREE)["value"]
    assert made["count", "shire", "2018-19", ""] == 3
    assert made["count", "shire", "2021-22", ""] == 0


def test_a_survey_is_given_in_the_months_it_was_held():
    survey = declare(Kind.SURVEY, Frequency.YEAR, DistrictMode.COUNTY_ONLY, percentage=0)
    made = count(survey, Measure(Count("things", "good"), Count("things")), THREE)
    assert set(made.index.get_level_values("period")) == {"2018-M04", "2018-M05"}
    assert set(made.index.get_level_values("area")) == {"shire"}


def test_a_monthly_rate_is_annualised_over_the_children_living_there():
    made = count(declare(rate=1), Measure(Count("things")), THREE)
    assert made["value"]["rate", "north", "2018-M04", ""] == pytest.approx(12 * 2 / 6_000 * 10_000)
    assert made["denominator"]["rate", "shire", "2018-M04", ""] == 10_000


def test_the_rate_of_a_stock_is_not_annualised():
    made = count(declare(Kind.STOCK, rate=1), Measure(Count("things")), THREE)
    assert made["value"]["rate", "north", "2018-M04", ""] == pytest.approx(3.3)


def test_twelve_months_are_summed_and_only_given_when_all_are_held():
    rows = [(month, "north", "red", month % 2 == 0) for month in range(14)]
    rolling = declare(Kind.ROLLING_12_MONTHS, percentage=0)
    measure = Measure(Count("things", "good", months=12), Count("things", months=12))
    made = count(rolling, measure, things(*rows))
    assert made.index.get_level_values("period").min() == "2019-M03"
    row = made.loc[("percentage", "north", "2019-M05", "")]
    assert (row["numerator"], row["denominator"]) == (6, 12)


def test_a_sum_of_a_column_may_be_counted():
    weighed = THREE.assign(days=[10, 20, 30])
    made = count(declare(days=0), Measure(Count("things", weight="days"), Count("things")), weighed)
    assert made["value"]["days", "north", "2018-M04", ""] == 15


def test_categories_may_each_have_a_measure_of_their_own():
    by = {
        "colour": {
            "red": Measure(Count("things", "good"), Count("things")),
            "blue": Measure(Count("things"), Count("things")),
        }
    }
    made = count(declare(percentage=0), Measure(Count("things", "good"), Count("things"), by=by), THREE)
    assert made["value"]["percentage", "shire", "2018-M04", "red"] == 50
    assert made["value"]["percentage", "shire", "2018-M04", "blue"] == 100


def test_a_characteristic_with_a_category_that_is_not_declared_is_left_out():
    green = THREE.assign(colour=pd.Categorical(["green", "red", "red"], ["green", "red"]))
    made = count(declare(count=0), Measure(Count("things")), green)
    assert set(made.index.get_level_values("category")) == {""}


def test_children_placed_elsewhere_are_counted_where_they_are_placed():
    placed = THREE.assign(placed=pd.Categorical(["outside-county", "north", "south"]))
    made = count(declare(district=DistrictMode.PLACEMENT, count=0), Measure(Count("things")), placed)["value"]
    assert made["count", "outside-county", "2018-M04", ""] == 1
    assert made["count", "shire", "2018-M04", ""] == 2
