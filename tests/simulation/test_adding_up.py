"""Whatever is counted, the parts make the whole: in every month, district and category."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from dashboard.vocabulary import COLUMNS, DistrictMode, Kind, Statistic

KEY = ["indicator", "statistic", "characteristic", "category", "period"]
MODES = {
    DistrictMode.HOME: 7,
    DistrictMode.PLACEMENT_AND_HOME: 7,
    DistrictMode.PLACEMENT: 9,
    DistrictMode.COUNTY_ONLY: 1,
}


def by_area(counts, indicator, statistic="count"):
    """[period, area] of one indicator as a whole."""
    rows = counts[
        (counts["indicator"] == indicator)
        & (counts["statistic"] == statistic)
        & (counts["characteristic"] == "")
    ]
    return rows.pivot(index="period", columns="area", values="counted")


def test_districts_and_placements_elsewhere_add_up_to_the_county_for_everything_counted(simulated):
    counts = simulated.counts
    catalogue = simulated.catalogue.values()
    alone = {each.id for each in catalogue if each.district is DistrictMode.COUNTY_ONLY}
    rows = counts[~counts["indicator"].isin(alone)]
    county = rows["area"] == simulated.areas.county.slug
    for column in ("counted", "denominator"):
        whole = rows[county].set_index(KEY)[column].fillna(0)
        parts = rows[~county].fillna({column: 0}).groupby(KEY)[column].sum()
        joined = whole.to_frame("whole").join(parts.rename("parts"), how="outer")
        wrong = joined[(joined["whole"] - joined["parts"]).abs() > 1e-6]
        if column == "denominator":  # a county's population may be published as such
            wrong = wrong[wrong.index.get_level_values("statistic") != Statistic.RATE]
        assert wrong.empty, wrong.head(20)


def test_categories_add_up_to_the_whole(simulated):
    counts = simulated.counts
    adds_up = {name for name, each in simulated.characteristics.items() if each.adds_up}
    rows = counts[(counts["statistic"] == Statistic.COUNT) & counts["characteristic"].isin(["", *adds_up])]
    key = ["indicator", "area", "period"]
    whole = rows[rows["characteristic"] == ""].set_index(key)["counted"]
    parts = rows[rows["characteristic"] != ""].groupby([*key, "characteristic"])["counted"].sum()
    named = parts.reset_index("characteristic").join(whole.rename("whole"))
    # what has no value of a characteristic (a grade of a home for a child in foster care) is in no category
    wrong = named[named["counted"] != named["whole"]]
    assert wrong.empty, wrong.head(20)


def test_stocks_are_the_stock_before_and_starts_less_ceases_in_every_area(simulated):
    checked = 0
    for indicator in simulated.catalogue.values():
        if indicator.stock is None:
            continue
        stock = by_area(simulated.counts, indicator.id)
        starts = by_area(simulated.counts, indicator.stock.starts)
        ceases = by_area(simulated.counts, indicator.stock.ceases)
        change = stock.diff().iloc[1:]
        assert (change == (starts - ceases).loc[change.index, change.columns]).all(axis=None), indicator.id
        checked += 1
    assert checked >= 3  # care, plans and children in need


def test_declared_parts_and_differences_hold(simulated):
    checked = 0
    for indicator in simulated.catalogue.values():
        if indicator.parts:
            whole = by_area(simulated.counts, indicator.id)
            parts = sum(by_area(simulated.counts, part) for part in indicator.parts)
            assert (whole[parts.columns] == parts).all(axis=None), indicator.id
            checked += 1
        if indicator.difference:
            first, second = (by_area(simulated.counts, each) for each in indicator.difference)
            assert (by_area(simulated.counts, indicator.id) == first - second).all(axis=None), indicator.id
            checked += 1
    assert checked >= 3


def test_measures_8_to_15_add_up_to_measure_1_in_every_month(simulated):
    numbered = {each.measure: each.id for each in simulated.catalogue.values() if each.measure}
    county = simulated.areas.county.slug
    kinds = sum(by_area(simulated.counts, numbered[number])[county] for number in range(8, 16))
    assert len(kinds) == 48
    assert (kinds == by_area(simulated.counts, numbered[1])[county]).all()


def test_a_numerator_is_part_of_its_denominator(simulated):
    shares = simulated.figures[simulated.figures["statistic"] == Statistic.PERCENTAGE]
    assert (shares["numerator"] <= shares["denominator"] + 1e-9).all()
    assert (shares["numerator"] >= 0).all()


def test_values_are_their_parts_divided_and_rounded_as_declared(simulated):
    factor = {"percentage": 100, "average": 1, "days": 1, "score": 1}
    rows = simulated.figures[simulated.figures["statistic"].isin(factor) & simulated.figures["value"].notna()]
    for row in rows.sample(3_000, random_state=1).itertuples():
        exact = factor[row.statistic] * Decimal(str(row.numerator)) / Decimal(str(row.denominator))
        declared = simulated.catalogue[row.indicator].statistics[Statistic(row.statistic)].decimals
        printed = exact.quantize(Decimal(1).scaleb(-declared), rounding=ROUND_HALF_UP)
        assert row.decimals == declared
        assert abs(Decimal(str(row.value)) - printed) < Decimal("1e-9"), row


def test_a_monthly_flow_is_annualised_in_its_rate_and_a_stock_is_not(simulated):
    rates = simulated.figures[simulated.figures["statistic"] == Statistic.RATE].dropna(subset="value")
    for row in rates.sample(1_500, random_state=2).itertuples():
        indicator = simulated.catalogue[row.indicator]
        months = {"month": 1, "quarter": 3, "year": 12}[indicator.frequency]
        a_year = 12 / months if indicator.kind is Kind.FLOW else 1
        exact = 10_000 * a_year * row.numerator / row.denominator
        assert abs(row.value - exact) <= 0.5000001 * 10.0**-row.decimals, row


def test_a_share_of_nobody_is_not_applicable_and_nothing_else_is_without_a_value(simulated):
    empty = simulated.figures["value"].isna()
    assert (simulated.figures.loc[empty, "symbol"] == "z").all()
    assert (simulated.figures.loc[empty, "denominator"] == 0).all()
    assert (simulated.figures.loc[~empty, "symbol"] == "").all()


def test_conversions_referrals_and_contacts_with_that_outcome_are_the_same_children(simulated):
    county = simulated.areas.county.slug
    referred = by_area(simulated.counts, "referrals")[county]
    converted = simulated.county("contacts_converted_to_referrals", "percentage")["numerator"]
    outcome = simulated.county("contacts", "count", "contact_outcome", "referral")["value"]
    assert (referred == converted[referred.index]).all()
    assert (referred == outcome[referred.index]).all()


def test_assessments_in_and_after_45_days_are_all_that_were_completed(simulated):
    inside = by_area(simulated.counts, "assessments_within_45_days", "percentage")
    after = by_area(simulated.counts, "assessments_after_45_days", "percentage")
    assert (inside + after == by_area(simulated.counts, "assessments_completed")).all(axis=None)


def test_every_series_that_is_declared_is_complete(simulated):
    figures = simulated.figures
    wholes = figures[figures["characteristic"] == ""]
    for indicator in simulated.catalogue.values():
        rows = figures[figures["indicator"] == indicator.id]
        assert not rows.empty, indicator.id
        assert rows["area"].nunique() == MODES[indicator.district], indicator.id
        own = wholes[wholes["indicator"] == indicator.id]
        if indicator.frequency == "month" and len(own):
            assert own.groupby(["statistic", "area"]).size().min() >= 37, indicator.id
    assert not figures.duplicated(
        ["indicator", "statistic", "area", "period", "characteristic", "category"]
    ).any()


def test_the_long_table_says_plainly_what_it_is(simulated):
    figures = simulated.figures
    assert list(figures.columns) == [*COLUMNS, "decimals"]
    assert set(figures["status"]) == {"illustrative"}
    assert set(figures["source"]) == {"simulation"}
    assert set(figures["basis"]) == {"local"}
    assert figures["decimals"].dtype == np.int8
    periods = set(figures["period"])
    assert {"2018-M04", "2022-M03"} <= periods
    assert not any(period.startswith(("2017", "2018-M03", "2022-M04")) for period in periods)
    assert "2022-23-Q1" not in periods


def test_only_the_net_flow_is_ever_negative(simulated):
    negative = simulated.figures[simulated.figures["value"] < 0]
    assert set(negative["indicator"]) <= {"looked_after_net_flow"}
