"""The board dataset of July 2018 to June 2019 beside its printed pages, cell by cell."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard.query import read_selection
from dashboard.store import CurrentStore, Store
from dashboard.views.build import build_page, pages_of, panel_rows
from dashboard.views.dataset_shapes import Dataset, Figure, Row
from dashboard.views.page import Page

PRINTED = Path(__file__).parent.parent / "golden" / "board_dataset_2018_19.csv"
MONTHS = (
    *("Jul-18", "Aug-18", "Sep-18", "Oct-18", "Nov-18", "Dec-18"),
    *("Jan-19", "Feb-19", "Mar-19", "Apr-19", "May-19", "Jun-19"),
)
#: One printed cell stands over measures 8 and 9. Its two lines read "750/" and "75%", "720/" and "73%".
MERGED = {"8": ("75%", "73%"), "9": ("75%", "73%")}
#: What is printed as the target of measure 1 is the heading of the column, misspelt.
NO_TARGET = {"Turget", ""}


@pytest.fixture(scope="module")
def printed() -> Mapping[int, Mapping[str, str]]:
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return {int(row["measure"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def store(released: Path) -> Store:
    return CurrentStore(released)()


def open_page(store: Store, **given: str) -> Page:
    pages = pages_of(store)
    return build_page(store, *read_selection(store, pages, "board-dataset", given))


def read_dataset(store: Store, **given: str) -> Dataset:
    dataset = open_page(store, **given).dataset
    assert dataset is not None
    return dataset


@pytest.fixture(scope="module")
def rows(store: Store) -> dict[int, Row]:
    dataset = read_dataset(store, period="2019-M06")
    return {row.number: row for group in dataset.groups for row in group.rows}


def as_printed(figure: Figure) -> str:
    text = f"{figure.text} {figure.share}".strip()
    return "" if text == "·" else text


def beside(row: Row, name: str) -> str:
    """What is said of a comparator: "England 10%, neighbours 10.4%" holds 10% and 10.4%."""
    found = re.search(rf"{name} ([^,]+)", row.comparison.text) if row.comparison else None
    return found.group(1) if found else ""


def test_the_page_opens_at_the_months_that_were_printed(store: Store) -> None:
    page = open_page(store)
    assert page.address.startswith("/board-dataset?area=worcestershire&period=2019-M06&")
    assert "".join(page.showing) == (
        "The 32 measures, July 2018 to June 2019, Worcestershire, as printed for the board."
    )
    assert page.window_title == "Board dataset, Worcestershire, July 2018 to June 2019"
    assert page.notes == ()
    assert page.filters.period_label == "Twelve months to"
    assert page.filters.summary == "Worcestershire, July 2018 to June 2019"


def test_all_measures_stand_in_the_order_of_their_numbers(rows: dict[int, Row]) -> None:
    assert list(rows) == list(range(1, 33))


@pytest.mark.parametrize("number", range(1, 33))
def test_every_figure_is_the_printed_one(
    rows: dict[int, Row], printed: Mapping[int, Mapping[str, str]], number: int
) -> None:
    shown = [as_printed(figure) for figure in rows[number].figures]
    assert shown == [printed[number][month] for month in MONTHS]


@pytest.mark.parametrize("number", range(1, 33))
def test_every_target_is_the_printed_one(
    rows: dict[int, Row], printed: Mapping[int, Mapping[str, str]], number: int
) -> None:
    goal = rows[number].goal
    wanted = MERGED.get(str(number), (printed[number]["Target"],))[0]
    assert (goal.text if goal else "") == ("" if wanted in NO_TARGET else wanted)


@pytest.mark.parametrize("number", range(1, 33))
def test_every_comparator_is_the_printed_one(
    rows: dict[int, Row], printed: Mapping[int, Mapping[str, str]], number: int
) -> None:
    row = rows[number]
    england = MERGED[str(number)][1] if str(number) in MERGED else printed[number]["Ntl 17/18"]
    assert beside(row, "England") == england
    assert beside(row, "neighbours") == printed[number]["Stat Nbrs 17/18"]


def test_every_comparator_is_of_the_printed_year(store: Store) -> None:
    dataset = read_dataset(store, period="2019-M06")
    assert dataset.years == "2017/18"


def test_what_was_printed_as_a_count_says_which_rates_it_comes_from(rows: dict[int, Row]) -> None:
    comparison = rows[1].comparison
    assert comparison is not None
    assert comparison.here == "64 and 50.3 per 10,000; 68 here"
    assert [badge.text for badge in comparison.badges] == ["Rates, not counts"]


def test_what_was_printed_over_two_measures_says_so(rows: dict[int, Row]) -> None:
    for number in (8, 9):
        goal, comparison = rows[number].goal, rows[number].comparison
        assert goal is not None
        assert comparison is not None
        assert goal.of == "of 8 and 9"
        # 439 + 165 of the 814 children looked after
        assert comparison.here == "74.2% here"
        assert goal.standing == "not met"


def test_a_badge_says_what_is_like_for_like(rows: dict[int, Row]) -> None:
    alike = {
        number: row.comparison.badges[0].text for number, row in rows.items() if row.comparison is not None
    }
    assert {number for number, text in alike.items() if text == "Like for like"} == {4, 7, 8, 9, 10, 11}
    assert {number for number, text in alike.items() if text == "Not like for like"} == {
        *(5, 6, 12, 13, 15, 18, 29, 30, 31)
    }


#: Worked out elsewhere from the printed figures: the state of each series of twelve months.
STATES = {
    **dict.fromkeys((1, 2, 8, 11, 12, 13, 17, 18, 19, 21, 22, 23, 27, 29, 30, 31), "Usual"),
    **dict.fromkeys((4, 20), "Worse: higher"),
    3: "Unusual: higher",
    9: "Worse: lower",
    7: "No limits: rolling year",
    32: "Run chart only",
    **dict.fromkeys((10, 26, 28), "Unusual: lower"),
    **dict.fromkeys((5, 6, 25), "Too few points"),
    **dict.fromkeys((14, 15, 16, 24), "Small counts"),
}


@pytest.mark.parametrize("number", range(1, 33))
def test_every_state_is_the_one_worked_out_elsewhere(rows: dict[int, Row], number: int) -> None:
    state = rows[number].state
    assert state.text == STATES[number]
    assert (state.judgement is not None) == (state.text.split(":")[0] in {"Usual", "Worse", "Unusual"})
    assert state.reason


def test_a_usual_range_is_the_golden_one(rows: dict[int, Row]) -> None:
    assert rows[1].state.reason.startswith("The usual range is 806 to 854.")
    goal = rows[29].goal
    assert goal is not None
    assert goal.verdict.text == "Always misses"
    assert goal.verdict.reason.endswith("The usual range is 79.8% to 86.7%.")


def test_there_is_no_verdict_where_no_chart_is_valid(rows: dict[int, Row]) -> None:
    verdicts = {number: row.goal.verdict.text for number, row in rows.items() if row.goal}
    assert {number for number, text in verdicts.items() if text == "No verdict"} == {5, 7, 16, 32}
    assert {number for number, text in verdicts.items() if text == "Always misses"} == {
        *(13, 17, 18, 19, 29, 30, 31)
    }


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        ("off-target", {5, 7, 8, 9, 13, 17, 18, 19, 29, 30, 31, 32}),
        ("special-cause", {3, 4, 9, 10, 20, 26, 28}),
        ("changed", {7}),
    ],
)
def test_the_list_can_be_narrowed(store: Store, only: str, wanted: set[int]) -> None:
    dataset = read_dataset(store, period="2019-M06", only=only)
    assert {row.number for group in dataset.groups for row in group.rows} == wanted
    chosen = next(each for each in dataset.narrowings if each.current)
    assert (chosen.key, chosen.count) == (only, len(wanted))
    assert dataset.narrowed
    assert all(group.rows for group in dataset.groups)


def test_what_has_changed_since_the_paper_came_out_is_told(rows: dict[int, Row]) -> None:
    assert ("Changed since", "England, 2017/18: 10% when this came out, now 11%.") in rows[7].meaning
    comparison = rows[7].comparison
    assert comparison is not None
    assert comparison.badges[1].text == "Now England 11%"


def test_any_month_can_end_the_twelve(store: Store) -> None:
    dataset = read_dataset(store, period="2019-M02")
    assert [dataset.months[place].in_full for place in (0, 11)] == ["March 2018", "February 2019"]
    row = next(row for group in dataset.groups for row in group.rows if row.number == 29)
    shown = [figure.text for figure in row.figures]
    assert shown[4:8] == ["84%", "83%", "83%", "82%"]
    assert shown[8:] == ["81%", "78%", "75%", "87%"]


def test_a_window_of_simulated_figures_says_so_and_leads_to_the_printed_one(store: Store) -> None:
    page = open_page(store, period="2021-22-Q4")
    assert page.showing[1:] == ("April 2021 to March 2022", ", Worcestershire.")
    note = page.notes[0]
    assert note.word == "Illustrative"
    assert note.link is not None
    assert note.link.text == "Show July 2018 to June 2019"
    assert "period=2019-M06" in note.link.href


def test_a_district_is_told_that_these_are_the_figures_of_the_county(store: Store) -> None:
    page = open_page(store, area="redditch", period="2019-M06")
    assert page.notes[0].word == "Redditch"
    assert "not counted by district" in page.notes[0].text
    assert page.showing[2].startswith(", Worcestershire")


def test_each_measure_leads_to_its_own_page_as_at_the_last_quarter(store: Store) -> None:
    dataset = read_dataset(store, period="2019-M05")
    hrefs = [row.href for group in dataset.groups for row in group.rows]
    assert hrefs[0].startswith("/explore/looked_after_children?")
    assert all("period=2018-19-Q4" in href for href in hrefs)
    tabs = {tab.text: tab.href for tab in open_page(store, period="2019-M05").tabs}
    assert "period=2018-19-Q4" in tabs["Through care"]
    assert "period=2019-M05" in tabs["Board dataset"]


def read_file(store: Store, **given: str) -> list[dict[str, str]]:
    selection, _ = read_selection(store, pages_of(store), "board-dataset", given)
    heading, *rows = panel_rows(store, selection, "dataset")
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_file_holds_every_printed_figure_and_nothing_else_of_those_months(
    store: Store, printed: Mapping[int, Mapping[str, str]]
) -> None:
    rows = [row for row in read_file(store, period="2019-M06") if row["Basis"] == "local"]
    titles = {each.measure: each.title for each in store.indicators.values() if each.measure}
    months = dict(zip(MONTHS, [f"2018-M{month:02}" for month in range(7, 13)], strict=False))
    months |= dict(zip(MONTHS[6:], [f"2019-M{month:02}" for month in range(1, 7)], strict=True))
    wanted = {
        (titles[number], months[month], text.split(" (")[0].strip("[]"))
        for number, row in printed.items()
        for month in MONTHS
        if (text := row[month])
    }
    found = {(row["Indicator"], row["Period"], row["Value"]) for row in rows if row["Value"]}
    assert wanted <= found
    shares = {row["Value"] for row in rows if (row["Indicator"], row["Period"], row["Value"]) not in wanted}
    assert all(value.endswith("%") for value in shares if value)  # printed in brackets behind a count
    assert {row["Source"] for row in rows} == {"Corporate Parenting Board dataset, July 2018 to June 2019"}
    assert len(wanted) == 358


def test_a_file_says_whom_a_measure_is_set_beside_and_what_is_not_alike(store: Store) -> None:
    rows = read_file(store, period="2019-M06")
    beside = {(row["Indicator"], row["Area"]): row for row in rows if row["Basis"] == "official"}
    rate = beside["Looked after children for every 10,000", "England"]
    assert (rate["Value"], rate["Period"], rate["Note"]) == ("64", "2018-M03", "")
    touch = beside["Care leavers in touch, all ages", "England"]
    assert "19 to 21" in touch["Note"]


def test_a_file_holds_what_the_filter_shows(store: Store) -> None:
    shown = {row.title for group in read_dataset(store, only="off-target").groups for row in group.rows}
    every, some = read_file(store), read_file(store, only="off-target")
    named = {row["Indicator"] for row in some if row["Statistic"] == "percentage" and row["Basis"] == "local"}
    assert 0 < len(some) < len(every)
    assert len(named) >= len(shown) / 2


def test_the_page_leads_to_its_files(store: Store) -> None:
    file = read_dataset(store, period="2019-M06").file
    assert file.csv.startswith("/download/board-dataset/dataset.csv?area=worcestershire&period=2019-M06")
    assert file.workbook.startswith("/download/board-dataset/dataset.xlsx?")
    assert file.title == "Board dataset, July 2018 to June 2019"
    assert file.source == "Source: Corporate Parenting Board dataset 2018/19"
    assert "Not like for like" in [badge.text for badge in file.badges]
