"""Selections: whatever an address or a control says, a sensible one comes of it, with a note."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.areas import load_areas
from dashboard.characteristics import load_characteristics
from dashboard.indicators import load_indicators
from dashboard.pages import PageDeclaration, load_pages
from dashboard.query import (
    Selection,
    default_period,
    default_selection,
    offered_comparators,
    offered_periods,
    read_selection,
)
from dashboard.settings import DATA
from dashboard.store import Release, Store
from dashboard.vocabulary import COLUMNS

PAGES = load_pages(DATA)
_NUMBERS = itertools.count()  # of releases: stores of one release are equal


def make_store(rows: list[dict[str, object]]) -> Store:
    blank = dict.fromkeys(COLUMNS, "") | {"numerator": None, "denominator": None}
    usual = {
        "statistic": "count",
        "area": "worcestershire",
        "basis": "local",
        "status": "final",
        "value": "10",
    }
    frame = pd.DataFrame([blank | usual | row for row in rows], columns=list(COLUMNS))
    frame = frame.astype({"numerator": "float64", "denominator": "float64"})
    release = Release(f"query-{next(_NUMBERS)}", datetime(2026, 1, 1, tzinfo=UTC))
    declared = load_indicators(DATA), load_characteristics(DATA), load_areas(DATA)
    return Store.from_frame(frame, *declared, {}, release=release, folder=Path())


@pytest.fixture(scope="module")
def store() -> Store:
    local = [
        {"indicator": "looked_after_children", "period": code}
        for code in ("2019-M03", "2021-M12", "2022-M03")
    ]
    official = [
        {"indicator": "looked_after_children", "basis": "official", "period": "2025-M03"},
        {"indicator": "contacts", "period": "2020-21-Q1"},
    ]
    return make_store([*local, *official])


def read(store: Store, page: object = "through-care", **given: object) -> tuple[Selection, list[str]]:
    selection, notes = read_selection(store, PAGES, page, given)
    return selection, [note.text for note in notes]


def test_nothing_given_shows_the_county_at_the_latest_quarter_with_figures_of_its_own(store: Store) -> None:
    selection, notes = read(store)
    assert selection == Selection(
        "through-care",
        "worcestershire",
        "2021-22-Q4",
        ("england", "statistical-neighbours", "target"),
        "3y",
        "charts",
    )
    assert notes == []
    assert default_selection(store, PAGES["through-care"]) == selection


def test_an_address_always_says_everything_in_the_same_order(store: Store) -> None:
    selection, _ = read(store, area="redditch", compare="target,england", range="5y", view="tables")
    assert selection.address() == (
        "/through-care?area=redditch&period=2021-22-Q4&compare=england,target&range=5y&view=tables"
    )
    home, _ = read(store, "at-a-glance")
    assert home.address().startswith("/?area=worcestershire")


def test_an_address_read_again_is_the_same_selection(store: Store) -> None:
    first, _ = read(store, area="wyre-forest", compare=[], range="all", view="tables", period="2018-19")
    query = dict(part.split("=") for part in first.address().partition("?")[2].split("&"))
    assert read(store, **query) == (first, [])


def test_a_misspelt_area_falls_back_and_the_nearest_is_offered(store: Store) -> None:
    selection, notes = read_selection(store, PAGES, "through-care", {"area": "reditch", "range": "1y"})
    assert selection.area == "worcestershire"
    assert notes[0].word == "Changed"
    assert notes[0].text == "“reditch” in the address is not an area. Showing Worcestershire."
    assert notes[0].link is not None
    assert notes[0].link.text == "Did you mean Redditch?"
    assert notes[0].link.href.startswith("/through-care?area=redditch&")
    assert "range=1y" in notes[0].link.href


@pytest.mark.parametrize("text", ["redditch", "Redditch", " REDDITCH ", "E07000236"])
def test_an_area_is_known_by_its_name_and_code_too(store: Store, text: str) -> None:
    assert read(store, area=text)[0].area == "redditch"
    assert read(store, area="Malvern Hills") == read(store, area="malvern-hills")


def test_a_comparator_is_no_area_to_show(store: Store) -> None:
    selection, notes = read(store, area="england")
    assert selection.area == "worcestershire"
    assert notes == ["England is there to compare with, and has no page. Showing Worcestershire."]


@pytest.mark.parametrize(
    ("text", "code", "noted"),
    [
        ("2021-22-Q4", "2021-22-Q4", False),
        ("Q3 2021/22", "2021-22-Q3", False),
        ("2021/22", "2021-22", False),
        ("2030-31-Q1", "2024-25-Q4", True),
        ("2020-21", "2018-19", True),
        ("2010-11-Q1", "2018-19-Q4", True),
        ("2022-M03", "2021-22-Q4", True),
        ("CY2021", "2021-22-Q3", True),
        ("soon", "2021-22-Q4", True),
        ("0000-M01", "2021-22-Q4", True),
        ("9999-00", "2021-22-Q4", True),
    ],
)
def test_a_period_that_is_not_held_gives_the_nearest_before_it(
    store: Store, text: str, code: str, noted: bool
) -> None:
    selection, notes = read(store, period=text)
    assert selection.period == code
    assert bool(notes) == noted


def test_periods_are_those_of_the_page_the_latest_first(store: Store) -> None:
    codes = [period.code for period in offered_periods(store, PAGES["through-care"])]
    assert codes == ["2024-25", "2024-25-Q4", "2021-22", "2021-22-Q4", "2021-22-Q3", "2018-19", "2018-19-Q4"]
    assert offered_periods(store, PAGES["staffing"])[0].code == "2024-25"
    assert [period.code for period in offered_periods(store, PAGES["front-door"])] == [
        "2020-21",
        "2020-21-Q1",
    ]
    assert read(store, "front-door")[0].period == "2020-21-Q1"


def test_without_local_figures_the_latest_of_any_is_the_default() -> None:
    row = {"indicator": "looked_after_children", "basis": "official", "period": "2020-M03"}
    found = default_period(make_store([row]))
    assert found is not None
    assert found.code == "2019-20-Q4"


def test_a_store_without_figures_still_gives_a_selection() -> None:
    empty = make_store([])
    assert read_selection(empty, PAGES, "front-door", {"period": "2021-22"})[0].period == ""


def test_comparators_are_put_in_order_and_none_is_a_choice(store: Store) -> None:
    assert offered_comparators(store) == ("england", "statistical-neighbours", "west-midlands", "target")
    assert read(store, compare=["west-midlands", "england", "england"])[0].compare == (
        "england",
        "west-midlands",
    )
    assert read(store, compare="none")[0].compare == ()
    assert read(store, compare="")[0].compare == ()
    assert read(store, compare=[])[0].compare == ()
    assert read(store, compare="")[0].address().count("compare=none") == 1


def test_an_unknown_comparator_is_left_out_with_a_note(store: Store) -> None:
    selection, notes = read(store, compare="england,englund")
    assert selection.compare == ("england",)
    assert "“englund”" in notes[0]
    assert notes[0].endswith("Did you mean England?")


def test_an_unknown_page_is_the_home_page(store: Store) -> None:
    selection, notes = read(store, "through-car")
    assert selection.page == "at-a-glance"
    assert notes == ["“through-car” is not a page. Showing At a glance."]


def test_spans_and_views_fall_back_with_a_note(store: Store) -> None:
    selection, notes = read(store, range="33y", view="table")
    assert (selection.span, selection.view) == ("3y", "charts")
    assert len(notes) == 2


def test_a_narrow_screen_is_remembered_and_never_in_the_address(store: Store) -> None:
    selection, _ = read(store, narrow="1")
    assert selection.narrow
    assert "narrow" not in selection.address()


MONTHLY = [
    {"indicator": "looked_after_children", "period": f"{year}-M{month:02d}"}
    for year in (2018, 2019)
    for month in range(1, 13)
]


@pytest.fixture(scope="module")
def monthly() -> Store:
    return make_store(MONTHLY)


def test_the_board_dataset_is_shown_for_twelve_months_to_any_month(monthly: Store) -> None:
    offered = offered_periods(monthly, PAGES["board-dataset"])
    assert [period.code for period in offered][::23] == ["2019-M12", "2018-M01"]
    assert read(monthly, "board-dataset", period="May 2019")[0].period == "2019-M05"


@pytest.mark.parametrize(
    ("asked", "month"), [("2018-19-Q4", "2019-M03"), ("2018-19", "2019-M03"), ("CY2018", "2018-M12")]
)
def test_a_longer_period_is_read_as_the_months_to_its_end(monthly: Store, asked: str, month: str) -> None:
    assert read(monthly, "board-dataset", period=asked) == (
        read(monthly, "board-dataset", period=month)[0],
        [],
    )


def test_months_that_are_not_held_are_told_of(monthly: Store) -> None:
    selection, notes = read(monthly, "board-dataset", period="2024-M01")
    assert selection.period == "2019-M12"
    assert notes == [
        "This page holds no figures for January 2024. Showing December 2019, the nearest it holds."
    ]


def test_a_list_can_be_narrowed_and_stays_so_while_another_month_is_chosen(monthly: Store) -> None:
    chosen, notes = read(monthly, "board-dataset", only="Off-Target")
    assert (chosen.only, notes) == ("off-target", [])
    assert chosen.address().endswith("&only=off-target")
    assert chosen.place == "board-dataset?only=off-target"
    again, _ = read_selection(monthly, PAGES, chosen.place, {"period": "2019-M02"})
    assert (again.page, again.only, again.period) == ("board-dataset", "off-target", "2019-M02")
    assert "only" not in chosen.on("through-care").address()


def test_a_narrowing_that_is_none_shows_all_with_a_note(monthly: Store) -> None:
    selection, notes = read(monthly, "board-dataset", only="off-targt")
    assert selection.only == ""
    assert "only" not in selection.address()
    assert notes == ["“off-targt” in the address is not a filter. Showing all."]
    assert read(monthly, "through-care", only="off-target")[0].only == ""


def read_ends(store: Store, page: object = "about", **given: object) -> tuple[str, str, list[str]]:
    selection, notes = read_selection(store, PAGES, page, given)
    return selection.since, selection.period, [note.text for note in notes]


def test_the_earlier_end_is_in_the_address_only_where_one_was_chosen(store: Store) -> None:
    chosen, _ = read_selection(store, PAGES, "about", {"from": "Q4 2020/21", "to": "2021-22-Q4"})
    assert (chosen.since, chosen.period) == ("2020-21-Q4", "2021-22-Q4")
    assert chosen.address().endswith("&from=2020-21-Q4")
    assert chosen.on("through-care").address().endswith("&from=2020-21-Q4")
    usual, _ = read(store)
    assert usual.since == ""
    assert "from" not in usual.address()


def test_the_later_end_is_the_period_and_may_be_called_to(store: Store) -> None:
    assert read_ends(store, to="2018-19-Q4")[1] == "2018-19-Q4"
    assert read_ends(store, to="2018-19-Q4", period="2021-22-Q4")[1] == "2021-22-Q4"


@pytest.mark.parametrize("text", ["2021-22-Q4", "2022-23-Q1", "2021-22", "1999-00", "last week", ["2021"]])
def test_an_earlier_end_that_is_none_is_left_out_with_a_note(store: Store, text: object) -> None:
    since, _, notes = read_ends(store, **{"from": text, "period": "2021-22-Q4"})
    assert since == ""
    assert len(notes) == 1
    assert notes[0].endswith("Showing what changed since the quarter before.")
    assert "is not a period before Q4 2021/22 with figures" in notes[0]


def test_a_page_that_lists_no_changes_does_not_speak_of_the_earlier_end(store: Store) -> None:
    assert read_ends(store, "through-care", **{"from": "2030-31-Q1"})[::2] == ("", [])


def test_an_open_page_keeps_the_earlier_end_that_none_of_its_controls_chooses(store: Store) -> None:
    chosen, _ = read_selection(store, PAGES, "about", {"from": "2020-21-Q4", "period": "2021-22-Q4"})
    assert chosen.place == "about?from=2020-21-Q4"
    again, notes = read_selection(store, PAGES, chosen.place, {"period": "2021-22-Q4", "area": "redditch"})
    assert (again.page, again.since, again.area) == ("about", "2020-21-Q4", "redditch")
    assert notes == ()
    usual, _ = read(store)
    assert usual.place == "through-care"


STRANGE: tuple[object, ...] = (
    *(None, True, 3, -1.5, float("nan"), 10**5000, b"redditch", object(), [], {}, ["redditch"], [[]]),
    *({"a": 1}, "\x00", "\ud800", "💥" * 500, "x" * 10_000_000, "<script>", "' OR 1=1", "%s%n", "../../etc"),
    *("2021-22-Q9", "٢٠٢١", "2021-13", "−1", "Ⅳ 2021/22", "\u202e", "a,b,c," * 1000),
)


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_anything_is_survived_everywhere(store: Store, value: object) -> None:
    keys = ("area", "period", "compare", "range", "view", "narrow", "from", "to", "only")
    for given_ in ({key: value} for key in keys):
        selection, notes = read_selection(store, PAGES, "through-care", given_)
        check(store, selection, given_)
        read_selection(store, PAGES, "board-dataset", given_)
        assert all(len(note.text) < 400 for note in notes)
        for note in notes:
            note.text.encode("utf-8")
    selection, _ = read_selection(store, PAGES, value, dict.fromkeys(keys, value))
    assert selection.page in PAGES
    selection, _ = read_selection(store, PAGES, "about", value)  # type: ignore[arg-type]
    assert selection.page == "about"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["area", "period", "compare", "range", "view", "narrow", "from", "to", "page", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_no_values_at_all_break_it(store: Store, given_: dict[str, object]) -> None:
    selection, _ = read_selection(store, PAGES, "through-care", given_)
    check(store, selection, given_)


def check(store: Store, selection: Selection, given_: Mapping[str, object]) -> None:
    assert selection.area in {area.slug for area in store.areas.choosable}, given_
    assert selection.period in {period.code for period in offered_periods(store, PAGES["through-care"])}
    assert set(selection.compare) <= set(offered_comparators(store))
    assert selection.address().isascii()


def test_every_page_is_declared() -> None:
    assert isinstance(PAGES["through-care"], PageDeclaration)


def test_only_a_page_about_a_measure_may_be_seen_as_known_at_the_time(store: Store) -> None:
    measured = {**PAGES, "explore/x": replace(PAGES["through-care"], key="explore/x", measure="x")}
    chosen, notes = read_selection(store, measured, "explore/x", {"known": "then"})
    assert (chosen.known, notes) == ("then", ())
    assert chosen.address().endswith("&known=then")
    assert chosen.place == "explore/x?known=then"
    again, _ = read_selection(store, measured, chosen.place, {})
    assert again.known == "then"
    assert chosen.on("through-care").known == "now"
    elsewhere, notes = read_selection(store, measured, "through-care", {"known": "then"})
    assert (elsewhere.known, notes) == ("now", ())
    assert "known" not in elsewhere.address()


def test_a_word_for_when_it_was_known_that_is_none_falls_back_with_a_note(store: Store) -> None:
    measured = {**PAGES, "explore/x": replace(PAGES["through-care"], key="explore/x", measure="x")}
    chosen, notes = read_selection(store, measured, "explore/x", {"known": "thenn"})
    assert chosen.known == "now"
    assert "Showing what is known now." in notes[0].text
    assert notes[0].link is not None
    assert "known=then" in notes[0].link.href
