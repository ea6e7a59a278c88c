"""Requests are read to the letter: what is not understood is told, all of it, with what would be right."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.export.asking import Problem, Request, RequestError, check_no_parameters, read_request
from dashboard.periods import parse
from dashboard.store import Store

Make = Callable[..., Any]


@pytest.fixture
def store(release: Make, figures: Make) -> Store:
    found: Store = release(figures("referrals", {"2021-M03": 5})).store
    return found


def find_problems(store: Store, *given: tuple[str, str]) -> list[Problem]:
    with pytest.raises(RequestError) as raised:
        read_request(store, given)
    return list(raised.value.problems)


def test_nothing_asked_is_everything_a_hundred_at_a_time(store: Store) -> None:
    assert read_request(store, []) == Request({}, None, None, 100, 0)


def test_everything_that_may_be_asked_is_read(store: Store) -> None:
    given = {
        "indicator": "referrals,looked_after_children",
        "area": "redditch,worcestershire",
        "statistic": "count",
        "basis": "local",
        "characteristic": "none,placement_type",
        "from": "2018-19",
        "to": "2021-22-Q4",
        "limit": "5000",
        "offset": "200",
    }
    asked = read_request(store, list(given.items()))
    assert set(asked.wanted["indicator"]) == {"referrals", "looked_after_children"}
    assert asked.wanted["area"] == (
        "worcestershire",
        "redditch",
    )  # in declared order, so that it has one address
    assert set(asked.wanted["characteristic"]) == {"", "placement_type"}
    assert (asked.first, asked.last) == (parse("2018-19"), parse("2021-22-Q4"))
    assert (asked.limit, asked.offset) == (5000, 200)


def test_its_address_asks_for_the_same_again(store: Store) -> None:
    given = [("area", "wychavon,redditch"), ("characteristic", "none"), ("to", "2019-M03"), ("limit", "7")]
    asked = read_request(store, given)
    assert asked.address() == (
        "/api/v1/figures?area=redditch,wychavon&characteristic=none&to=2019-M03&limit=7&offset=0"
    )
    again = [tuple(each.split("=")) for each in asked.address(14).partition("?")[2].split("&")]
    assert read_request(store, again).offset == 14  # type: ignore[arg-type]


def test_everything_wrong_is_told_at_once(store: Store) -> None:
    problems = find_problems(
        store,
        *(
            ("aera", "redditch"),
            ("area", "Redditch"),
            ("statistic", "counts"),
            ("limit", "0"),
            ("limit", "1"),
        ),
        *(("from", "2021"), ("to", "yesterday"), ("offset", "-1"), ("basis", "")),
    )
    assert {(each.parameter, each.nearest) for each in problems} == {
        *(("aera", "area"), ("area", "redditch"), ("statistic", "count"), ("limit", "1"), ("limit", "")),
        *(("from", "2020-21"), ("to", ""), ("offset", ""), ("basis", "")),
    }
    assert all(each.found and each.expected for each in problems)


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [
        ("area", "E07000236", "redditch"),
        ("area", "Wyre Forest", "wyre-forest"),
        ("area", "redditch,wychavom", "wychavon"),
        ("indicator", "referal", "referrals"),
        ("indicator", "Looked after children", "looked_after_children"),
        ("characteristic", "non", "none"),
        ("basis", "Official", "official"),
        ("from", "Q4 2018/19", "2018-19-Q4"),
        ("to", "31 March 2019", "2019-M03"),
        ("limit", "5001", "5000"),
        ("limit", "000000000", "1"),
    ],
)
def test_what_was_nearly_right_is_told_what_is(store: Store, name: str, value: str, near: str) -> None:
    (problem,) = find_problems(store, (name, value))
    assert (problem.parameter, problem.nearest) == (name, near)
    told = problem.as_plain()
    assert told["nearest"] == near
    if name in {"area", "basis", "indicator"}:
        assert near in told["allowed"]


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "1.5", "1e2", "٣", "²", " 1", "9" * 5000, "0x10", "+5", "\x00"]
)
def test_a_number_is_a_number_in_plain_digits(store: Store, value: str) -> None:
    for name in ("limit", "offset"):
        (problem,) = find_problems(store, (name, value))
        assert problem.parameter == name
        assert len(problem.found) < 100


def test_a_span_that_ends_before_it_starts_is_refused(store: Store) -> None:
    (problem,) = find_problems(store, ("from", "2021-22"), ("to", "2020-21"))
    assert (problem.parameter, problem.found) == ("from, to", "2021-22 to 2020-21")
    assert read_request(store, [("from", "2020-21"), ("to", "2020-21")]).first == parse("2020-21")


def test_what_is_repeated_of_a_request_is_short_and_printable(store: Store) -> None:
    given = [("x" * 9000, "y"), ("area", "\x00\n<script>" + "z" * 9000)]
    problems = find_problems(store, *given)
    assert all(len(each.found) <= 61 and each.found.isprintable() for each in problems)
    assert all(len(each.parameter) <= 61 for each in problems)
    assert len(find_problems(store, *((f"name{n}", "") for n in range(500)))) == 50


def test_where_nothing_can_be_asked_anything_asked_is_refused() -> None:
    check_no_parameters([])
    with pytest.raises(RequestError):
        check_no_parameters([("limit", "1")])
