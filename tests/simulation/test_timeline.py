"""Months as numbers, and days in them."""

import numpy as np

from dashboard.periods import Grain, parse
from dashboard.simulation.draw import topic_generator
from dashboard.simulation.timeline import (
    FIRST_MONTH,
    LENGTH,
    days_in,
    draw_days,
    first_days,
    month_of,
    number_of,
    period_of,
    place,
    working_days,
)


def test_april_2018_is_month_0_and_march_2022_the_last():
    assert number_of(parse("2018-M04")) == 0
    assert number_of(parse("2021-22")) == 47
    assert period_of(47).code == "2022-M03"
    assert period_of(47, Grain.QUARTER).code == "2021-22-Q4"
    assert period_of(47, Grain.YEAR).code == "2021-22"
    assert int(place(FIRST_MONTH)) == 0
    assert int(place(47)) == LENGTH - 1


def test_days_lie_in_their_months():
    months = np.repeat(np.arange(FIRST_MONTH, 48), 40)
    days = draw_days(topic_generator(1, "days"), months)
    assert (month_of(days) == months).all()


def test_february_2020_is_a_leap_month():
    february = np.array([number_of(parse("2020-M02"))])
    assert days_in(february).tolist() == [29]
    assert first_days(february)[0] == np.datetime64("2020-02-01")


def test_bank_holidays_and_weekends_are_not_working_days():
    # from Thursday 18 April 2019 over Easter to Tuesday 23 April: one working day
    assert working_days(np.array(["2019-04-18"], dtype="M8[D]"), np.array(["2019-04-23"], dtype="M8[D]")) == 1
