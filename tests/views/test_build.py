"""Whole pages: frame, filters, notes, the home page, the about page, and what is never on any."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.query import read_selection
from dashboard.views.build import build_page, pages_of, panel_rows
from dashboard.views.shapes import Mark, Note, Position, Role

Make = Callable[..., Any]


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    rates = {"2020-M03": 70, "2021-M03": 73, "2022-M03": 76}
    rows = [
        *figures("looked_after_children", {"2020-M03": 819, "2021-M03": 859, "2022-M03": 891}),
        *figures("looked_after_children_rate", rates, statistic="rate"),
        *figures("looked_after_children_rate", {"2022-M03": 70}, statistic="rate", area="england"),
        *figures(
            "looked_after_children_rate",
            {"2022-M03": 55},
            statistic="rate",
            area="statistical-neighbours-2021",
        ),
        *figures("starts_to_be_looked_after", {"2021-22": 18, "2020-21": 17}, statistic="rate"),
        *figures("starts_to_be_looked_after", {"2021-22": 26}, statistic="rate", area="england"),
        *figures("three_or_more_placements", {"2021-M03": 8, "2022-M03": 8}, statistic="percentage"),
        *figures("three_or_more_placements", {"2022-M03": 10}, statistic="percentage", area="england"),
        *figures("contacts", {"2021-22-Q4": 6226, "2020-21-Q4": 6101}, status="illustrative"),
        *figures("contacts", {"2021-22-Q4": 1289}, status="illustrative", area="redditch"),
        *figures("agency_worker_rate", {"2020-M09": 14.6, "2021-M09": 13.8}, statistic="percentage"),
    ]
    return release(rows, targets=True)


def test_a_page_says_what_it_shows_in_its_window_title_and_in_words(made: Any) -> None:
    page = made.page("through-care")
    assert page.window_title == "Through care, Worcestershire, Q4 2021/22"
    assert page.title == "Through care"
    assert "".join(page.showing) == (
        "Showing Worcestershire at Q4 2021/22 (31 March 2022), "
        "with statistical neighbours, England and targets."
    )
    assert page.showing[1] == "Worcestershire at Q4 2021/22"
    assert "".join(made.page("through-care", period="2021-22", compare="none").showing) == (
        "Showing Worcestershire for 2021/22."
    )
    assert page.panels_note == "Statistical neighbours: mean of 10 councils, 2021 model"


def test_tabs_keep_what_was_chosen(made: Any) -> None:
    page = made.page("through-care", area="redditch", range="5y", view="tables")
    assert page.tabs[0].text == "At a glance"
    assert [tab.current for tab in page.tabs].count(True) == 1
    for tab in page.tabs:
        assert "area=redditch" in tab.href
        assert "range=5y" in tab.href
        assert "view=tables" in tab.href


def test_filters_offer_what_there_is_with_the_latest_period_first(made: Any) -> None:
    filters = made.page("through-care").filters
    assert [choice.text for choice in filters.areas][:2] == ["Worcestershire", "Bromsgrove"]
    assert len(filters.areas) == 7
    assert [choice.value for choice in filters.periods][:2] == ["2021-22", "2021-22-Q4"]
    assert [(choice.value, choice.role) for choice in filters.comparators] == [
        ("statistical-neighbours", Role.NEIGHBOURS),
        ("england", Role.ENGLAND),
        ("target", Role.TARGET),
    ]
    assert filters.summary == "Worcestershire, Q4 2021/22"
    for choices in (filters.areas, filters.periods, filters.spans, filters.views):
        assert sum(choice.chosen for choice in choices) == 1


def test_a_district_is_told_that_its_figures_are_simulated(made: Any) -> None:
    assert [note.mark for note in made.page("front-door", area="redditch").notes] == [Mark.ILLUSTRATIVE]
    assert made.page("front-door").notes == ()


def test_a_page_with_nothing_by_district_shows_the_county_and_says_so(made: Any) -> None:
    page = made.page("staffing", area="redditch", period="2021-22")
    assert page.showing[1] == "Worcestershire for 2021/22"
    assert "not counted by district" in page.notes[0].text
    assert "area=redditch" in page.address
    assert next(card for card in page.cards if card.title == "Agency social workers").value == "13.8"


def test_notes_about_the_address_come_first(made: Any) -> None:
    pages = pages_of(made.store)
    selection, notes = read_selection(made.store, pages, "front-door", {"area": "reditch", "view": "x"})
    page = build_page(made.store, selection, notes)
    assert page.notes[: len(notes)] == notes
    assert isinstance(page.notes[0], Note)


def test_a_page_is_built_once(made: Any) -> None:
    selection = made.select("through-care")
    assert build_page(made.store, selection) is build_page(made.store, selection)


def test_commentary_stands_on_its_period_and_is_the_countys(made: Any) -> None:
    assert made.page("through-care").commentary.title == "What this means"
    assert made.page("through-care", period="2020-21").commentary is None
    district = made.page("through-care", area="redditch").commentary
    assert district.title == "What this means for Worcestershire as a whole"


# --- home -----------------------------------------------------------------------------------------


def test_a_headline_stands_beside_neighbours_and_england_whatever_is_chosen(made: Any) -> None:
    row = made.row("Looked after per 10,000", compare="none")
    assert (row.value, row.change, row.neighbours, row.england) == ("76", "Up 3", "55", "70")
    assert row.verdict == "Above both"
    assert row.position == Position(area=1.0, neighbours=0.0, england=0.7143)


def test_a_count_is_not_compared(made: Any) -> None:
    row = made.row("Looked after children")
    assert (row.neighbours, row.england, row.verdict, row.position) == ("–", "–", "Not compared", None)


def test_better_is_said_of_a_headline_with_a_good_direction(made: Any) -> None:
    assert made.row("Three or more placements").verdict == "Better than England"


def test_a_headline_of_another_time_than_its_column_carries_its_date(made: Any) -> None:
    groups = {group.title: group for group in made.page("at-a-glance").headlines}
    assert groups["Staffing"].columns[2] == "Sep 2021"
    assert groups["Through care"].columns[2] == "2021/22"
    assert groups["Through care"].link.text == "All through care charts"
    assert len(groups["Through care"].columns) == 8


def test_messages_join_two_halves_and_say_whom_they_compare_with(made: Any) -> None:
    leads = made.page("at-a-glance").leads
    assert leads[0].message == (
        "More children are in care than a year ago, but fewer came into care than in England"
    )
    assert leads[0].figures == (
        "891 were in care at 31 March 2022, up 32 from 859. "
        "18 per 10,000 came into care in 2021/22; England 26."
    )
    assert len(leads) == 1


def test_a_measure_without_figures_keeps_its_row(made: Any) -> None:
    assert made.row("Referrals per 10,000").value == "[x]"
    assert made.row("Three or more placements", area="redditch").value == "[z]"


# --- about ----------------------------------------------------------------------------------------


def test_the_about_page_defines_every_indicator_and_names_every_source(made: Any) -> None:
    about = made.page("about").about
    defined = [each.key for _, group in about.definitions for each in group]
    assert len(defined) == len(set(defined)) == len(made.store.indicators)
    assert [title for title, _ in about.definitions] == [
        "Front door",
        "Through care",
        "Child protection",
        "Children in need",
        "Staffing",
    ]
    told = " ".join(text for section in about.sections for text in section.paragraphs)
    for expected in (
        "Open Government Licence v3.0",
        "2021 model, closest first: Warwickshire",
        "2025 model, closest first: Somerset",
        "Illustrative",
        "subtracting",
        "842",
    ):
        assert expected in told
    assert {row[0] for row in about.symbols.rows} >= {"[c]", "[x]", "[z]"}
    assert len(about.sources.rows) == len(made.store.sources)


def test_a_release_without_simulated_figures_does_not_explain_them(release: Make, figures: Make) -> None:
    made = release(figures("looked_after_children", {"2022-M03": 891}), illustrative=False)
    sections = [section.heading for section in made.page("about").about.sections]
    assert not any("Illustrative" in heading for heading in sections)
    assert not any("Illustrative" in line for line in made.page("front-door").footer)
    panel = made.panel("front-door", "contacts")
    assert panel.empty is not None
    assert "leaves simulated figures out" in panel.empty.reason


# --- files ----------------------------------------------------------------------------------------


def test_a_file_holds_what_the_chart_shows_and_says_what_is_simulated(made: Any) -> None:
    rows = panel_rows(made.store, made.select("front-door"), "contacts")
    assert rows[0] == (
        *("Indicator", "Statistic", "Area", "Basis", "Period", "Category", "Value", "Symbol", "Status"),
        *("Source", "Published on", "Precision", "Base", "Note"),
    )
    assert [row[4:9] for row in rows[1:]] == [
        ("2020-21-Q4", "", "6,101", "", "Illustrative"),
        ("2021-22-Q4", "", "6,226", "", "Illustrative"),
    ]
    assert {row[9] for row in rows[1:]} == {"Simulated"}


def test_an_unknown_panel_has_no_file(made: Any) -> None:
    assert panel_rows(made.store, made.select("front-door"), "nothing") == ()
    assert panel_rows(made.store, made.select("about"), "contacts") == ()


def test_an_empty_release_gives_pages_that_say_so(release: Make) -> None:
    made = release([])
    for key in pages_of(made.store):
        page = made.page(key)
        assert page.cards == ()
        assert page.window_title
    assert "".join(made.page("front-door").showing) == "This release holds no figures."


@pytest.mark.parametrize(
    "key", ["front-door", "through-care", "child-protection", "children-in-need", "staffing"]
)
@pytest.mark.parametrize("area", ["worcestershire", "redditch"])
def test_every_panel_has_a_picture_or_a_reason(made: Any, key: str, area: str) -> None:
    for period in ("2021-22-Q4", "2021-22", "2019-20"):
        page = made.page(key, area=area, period=period)
        assert len(page.panels) >= 8
        for panel in page.panels:
            assert (panel.picture is None) != (panel.empty is None)
            assert panel.title
            assert panel.definition
            assert panel.csv.startswith(f"/download/{key}/{panel.key}.csv?area=")
            assert panel.empty is None or panel.empty.reason
