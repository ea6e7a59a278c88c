"""`dashboard.views.explore`: a page for every measure, with what the catalogue says that it can show."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.charts import draw
from dashboard.page_parts import PanelKind, address_of, page_at
from dashboard.periods import Grain
from dashboard.query import Selection, read_selection
from dashboard.store import CurrentStore, Store
from dashboard.views.build import build_page, pages_of
from dashboard.views.explore import EXPLORE, GRAINS, OVER_TIME, key_of, make_explore_pages
from dashboard.views.page import Page
from dashboard.views.shapes import Panel
from dashboard.vocabulary import Basis
from tests.views.charting import PERCENTAGE, PRINTED, SIMULATED, TOUCH, months

Make = Callable[..., Any]
IN_TOUCH = "care_leavers_in_touch"
EVERY = 11  # of the measures, one in so many is looked at in every way
AREAS = ("worcestershire", "redditch", "malvern-hills")
PERIODS = ("2021-22-Q4", "2018-19", "2019-20-Q1")
#: What Python writes where a number or a text should stand.
SLIPS = re.compile(r"\b(nan|inf|True|False)\b|\bNone\b(?! of (these|the usual range))|<\w+\.|  ")


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    """A release with figures by month and by year of a few measures."""
    return release(
        figures(IN_TOUCH, months("2018-07", TOUCH), **PERCENTAGE, **PRINTED),
        figures("contacts", months("2021-04", (700,) * 12), **SIMULATED),
        figures("children_in_need", {"2021-M03": 1700, "2022-M03": 1774}),
        figures("children_in_need", {"2021-M03": 145, "2022-M03": 151}, statistic="rate"),
    )


def kinds_of(made: Any, indicator: str) -> dict[str, PanelKind]:
    page = pages_of(made.store)[key_of(indicator)]
    return {panel.key: panel.kind for panel in page.panels}


# --- which panels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "panels"),
    [
        # a share that is counted by district, with figures of a March among its months
        (IN_TOUCH, "over-time by-year-percentage moved districts chance by-care-leaver-age"),
        # a count: chance says nothing of it; nothing by year is held
        (
            "contacts",
            "over-time moved districts by-contact-source by-contact-outcome by-age-group by-sex by-ethnicity",
        ),
        # a count and its rate, both by year; chance is of the rate
        (
            "children_in_need",
            "over-time by-year-count by-year-rate moved districts chance by-primary-need by-team by-duration "
            "by-age-group by-sex by-ethnicity",
        ),
        # a rate of which nothing is held by year
        ("section_47_enquiries", "over-time also-rate moved districts chance by-enquiry-outcome"),
        # of the county alone
        ("three_or_more_placements", "over-time moved by-age-group"),
        # a survey: two of them do not differ by what somebody did in between
        ("staff_survey_supported", "over-time"),
    ],
)
def test_a_measure_gets_the_panels_that_it_can_fill(made: Any, indicator: str, panels: str) -> None:
    assert list(kinds_of(made, indicator)) == panels.split()


def test_each_panel_is_of_its_kind(made: Any) -> None:
    assert kinds_of(made, IN_TOUCH) == {
        "over-time": PanelKind.PROCESS,
        "by-year-percentage": PanelKind.TREND,
        "moved": PanelKind.MOVEMENT,
        "districts": PanelKind.AREAS,
        "chance": PanelKind.FUNNEL,
        "by-care-leaver-age": PanelKind.CATEGORIES,
    }


def test_every_page_begins_with_what_is_usual(made: Any) -> None:
    pages = make_explore_pages(made.store).values()
    assert {page.panels[0].key for page in pages} == {OVER_TIME}
    assert {page.panels[0].kind for page in pages} == {PanelKind.PROCESS}
    assert all(len({panel.key for panel in page.panels}) == len(page.panels) for page in pages)


@pytest.mark.parametrize(
    ("grain", "held"),
    [
        ("", {Grain.MONTH, Grain.QUARTER, Grain.YEAR}),
        ("month", {Grain.MONTH}),
        ("quarter", {Grain.QUARTER}),
        ("year", {Grain.YEAR}),
    ],
)
def test_a_length_of_period_is_that_of_every_line(made: Any, grain: str, held: set[Grain]) -> None:
    panel = pages_of(made.store)[key_of("contacts", grain)].panel(OVER_TIME)
    assert panel is not None
    assert {line.grain for line in panel.measure.lines} == held
    assert all(line.basis is Basis.LOCAL for line in panel.measure.lines if line.grain is not Grain.YEAR)


# --- keys and addresses -----------------------------------------------------------------------------


def test_every_measure_has_a_page_as_fits_and_one_by_month_by_quarter_and_by_year(made: Any) -> None:
    pages = make_explore_pages(made.store)
    assert len(pages) == 4 * len(made.store.indicators) == 4 * 132
    assert {key.count("/") for key in pages} == {1, 2}
    assert list(GRAINS) == ["", "month", "quarter", "year"]


def test_keys_and_addresses_lead_to_each_other(made: Any) -> None:
    assert key_of(IN_TOUCH) == "explore/care_leavers_in_touch"
    assert key_of(IN_TOUCH, "year") == "explore/care_leavers_in_touch/year"
    assert address_of(key_of(IN_TOUCH, "year")) == "/explore/care_leavers_in_touch/year"
    pages = pages_of(made.store)
    for key in (EXPLORE, key_of(IN_TOUCH), key_of(IN_TOUCH, "quarter")):
        assert page_at(pages, f"/{key}") == page_at(pages, f"/{key}/") == key
        assert made.select(key).page == key
        assert made.select(key).address().startswith(f"/{key}?area=worcestershire&period=")
    for nowhere in ("/explore/nothing", f"/explore/{IN_TOUCH}/week", "/explore//", f"/{IN_TOUCH}"):
        assert page_at(pages, nowhere) in (None, EXPLORE)
    assert page_at(pages, "/explore/nothing") is None


def test_a_page_is_called_and_explained_as_its_measure_is(made: Any) -> None:
    page = made.page(key_of(IN_TOUCH))
    assert page.title == "Care leavers in touch, all ages"
    assert page.window_title.startswith("Care leavers in touch, all ages, Worcestershire, ")
    declared = pages_of(made.store)[key_of(IN_TOUCH)]
    assert declared.about == made.store.indicators[IN_TOUCH].definition
    assert declared.indicators == (IN_TOUCH,)


def test_a_release_that_declares_no_page_of_measures_has_none(release: Make, tmp_path: Path) -> None:
    made = release()
    declared = tmp_path / "without"
    (declared / "declared").mkdir(parents=True)
    for source in (made.store.folder / "declared").iterdir():
        if source.name != "pages":
            (declared / "declared" / source.name).symlink_to(source)
    (declared / "declared" / "pages").mkdir()
    for source in (made.store.folder / "declared" / "pages").glob("*.toml"):
        if source.stem != EXPLORE:
            (declared / "declared" / "pages" / source.name).symlink_to(source)
    made.store.folder = declared
    assert not [key for key in pages_of(made.store) if key.startswith(EXPLORE)]


# --- tabs -------------------------------------------------------------------------------------------


def test_tabs_hold_the_declared_pages_alone(made: Any) -> None:
    tabs = made.page("through-care").tabs
    assert "Explore" in [tab.text for tab in tabs]
    assert not [tab for tab in tabs if tab.href.startswith("/explore/")]
    assert len(tabs) == len({tab.text for tab in tabs}) <= 12


@pytest.mark.parametrize("key", [EXPLORE, key_of(IN_TOUCH), key_of(IN_TOUCH, "month")])
def test_explore_is_the_open_tab_on_the_pages_under_it(made: Any, key: str) -> None:
    page = made.page(key, area="redditch", range="all")
    assert [tab.text for tab in page.tabs if tab.current] == ["Explore"]
    home = next(tab for tab in page.tabs if tab.text == "Explore")
    assert home.href.startswith("/explore?area=redditch&")
    assert "range=all" in home.href


# --- every page of the project's own release --------------------------------------------------------


@pytest.fixture(scope="module")
def store(released: Path) -> Store:
    return CurrentStore(released)()


def look(store: Store, key: str, **given: str) -> Page:
    selection: Selection = read_selection(store, pages_of(store), key, given)[0]
    return build_page(store, selection)


def list_faults(page: Page) -> Iterator[str]:
    """What is missing from a page, or looks as no text should."""
    if not page.title or page.depth is None or not page.panels:
        yield "no title, depth or panels"
    for panel in page.panels:
        yield from (f"{panel.key}: {fault}" for fault in _list_faults_of(panel))
    answers = page.depth.answers if page.depth else ()
    texts = [text for each in answers for text in (each.question, each.answer, each.text)]
    texts += [text for panel in page.panels for text in (panel.title, panel.subtitle, panel.summary)]
    texts += [cell for panel in page.panels if panel.table for row in panel.table.rows for cell in row]
    yield from (f"a slip: {text}" for text in texts if SLIPS.search(text))
    yield from (f"nothing said: {each.question}" for each in answers if not each.text)


def _list_faults_of(panel: Panel) -> Iterator[str]:
    if not panel.title or not panel.subtitle or not panel.definition:
        yield "no title, subtitle or definition"
    if (panel.picture is None) == (panel.empty is None):
        yield "neither a picture nor a reason, or both"
    if panel.empty is not None:
        if not panel.empty.reason:
            yield "empty without a reason"
        return
    if not panel.summary or panel.table is None or not panel.table.rows or not panel.table.caption:
        yield "no summary or no table"
    elif {len(row) for row in panel.table.rows} != {len(panel.table.columns)}:
        yield "a table with other cells than headings"
    if panel.picture is not None:
        draw(panel.picture)
        draw(panel.picture, narrow=True)


def test_every_measure_has_a_page_that_is_complete(store: Store) -> None:
    faults = {indicator: list(list_faults(look(store, key_of(indicator)))) for indicator in store.indicators}
    assert len(faults) == 132
    assert {indicator: found for indicator, found in faults.items() if found} == {}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("period", PERIODS)
def test_a_page_is_complete_for_any_area_period_and_length(store: Store, area: str, period: str) -> None:
    faults = {
        key: list(list_faults(look(store, key, area=area, period=period, range="all")))
        for indicator in list(store.indicators)[::EVERY]
        for grain in GRAINS
        for key in [key_of(indicator, grain)]
    }
    assert len(faults) == 12 * 4
    assert {key: found for key, found in faults.items() if found} == {}


def test_panels_of_every_kind_are_drawn_of_the_project_s_own_figures(store: Store) -> None:
    pages = [look(store, key_of(indicator)) for indicator in list(store.indicators)[::EVERY]]
    declared = pages_of(store)
    drawn = {
        panel.kind
        for page in pages
        for panel, shown in zip(declared[page.key].panels, page.panels, strict=True)
        if shown.picture is not None
    }
    assert drawn == {
        PanelKind.PROCESS,
        PanelKind.TREND,
        PanelKind.MOVEMENT,
        PanelKind.AREAS,
        PanelKind.FUNNEL,
        PanelKind.CATEGORIES,
    }


def test_care_leavers_in_touch_are_as_worked_out_by_hand(store: Store) -> None:
    """The twelve months that were printed are judged by themselves, whatever is simulated beside them."""
    panel = look(store, key_of(IN_TOUCH), period="2019-20-Q1").panels[0]
    assert (
        "Expect anything from 79.8% to 86.7% if nothing changes. 5 of these 12 figures are unusual."
        in panel.summary
    )
