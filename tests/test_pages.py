"""The declared pages: the project's own, and what is said of wrong ones."""

import shutil
from pathlib import Path

import pytest

from dashboard.findings import DeclarationError
from dashboard.pages import MOST_HEADLINES, PanelKind, address_of, load_pages, page_at, read_pages
from dashboard.periods import Grain
from dashboard.settings import DATA
from dashboard.vocabulary import Basis, Statistic

THEMES = ("front-door", "through-care", "child-protection", "children-in-need", "staffing")
ACROSS = ("districts", "changes", "explore")
#: Kinds that no file declares: the page of each measure follows from the catalogue, as its own test says.
GENERATED = {PanelKind.PROCESS, PanelKind.FUNNEL, PanelKind.MOVEMENT}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("indicators", "pages"):
        shutil.copytree(DATA / name, tmp_path / name)
    shutil.copyfile(DATA / "characteristics.toml", tmp_path / "characteristics.toml")
    return tmp_path


def faults(data: Path, page: str, text: str) -> list[str]:
    (data / "pages" / f"{page}.toml").write_text(text, encoding="utf-8")
    return [str(finding) for finding in read_pages(data)[1]]


def test_the_areas_of_work_follow_the_home_page_and_the_about_page_is_last() -> None:
    keys = tuple(load_pages(DATA))
    assert keys[: len(THEMES) + 1] == ("at-a-glance", *THEMES)
    assert keys[-1] == "about"
    assert "board-dataset" in keys


@pytest.mark.parametrize("key", THEMES)
def test_a_themed_page_has_six_to_eight_cards_and_at_least_eight_panels(key: str) -> None:
    page = load_pages(DATA)[key]
    assert 6 <= len(page.cards) <= 8
    assert len(page.panels) >= 8


def test_the_home_page_has_at_most_thirty_headlines_over_all_five_areas_of_work() -> None:
    home = load_pages(DATA)["at-a-glance"]
    assert len(home.headlines) <= MOST_HEADLINES
    assert {row.page for row in home.headlines} == set(THEMES)


def test_every_kind_of_panel_is_used() -> None:
    used = {panel.kind for page in load_pages(DATA).values() for panel in page.panels}
    assert used | GENERATED == set(PanelKind)


def test_addresses_and_keys_lead_to_each_other() -> None:
    pages = load_pages(DATA)
    assert address_of("at-a-glance") == "/"
    for key, page in pages.items():
        assert page_at(pages, page.address) == key
    assert page_at(pages, "/through-care/") == "through-care"
    assert page_at(pages, "/nowhere") is None


def test_lines_say_whose_count_and_how_long(data: Path) -> None:
    text = """
    title = "Staffing"
    order = 50
    about = "Staff."
    [[panels]]
    key = "one"
    kind = "trend"
    indicator = "contacts"
    lines = ["official", "local by year", "local"]
    grain = "month"
    """
    assert faults(data, "staffing", text) == []
    lines = load_pages(data)["staffing"].panels[0].measure.lines
    assert [(line.basis, line.grain) for line in lines] == [
        (Basis.OFFICIAL, Grain.YEAR),
        (Basis.LOCAL, Grain.YEAR),
        (Basis.LOCAL, Grain.MONTH),
    ]
    assert load_pages(data)["staffing"].panels[0].measure.statistic is Statistic.COUNT


def test_everything_wrong_is_reported_at_once_with_the_nearest_right_answer(data: Path) -> None:
    text = """
    title = "Staffing"
    order = 50
    about = "Staff."
    colour = "red"
    [[cards]]
    indicator = "contact"
    [[panels]]
    key = "One"
    kind = "trands"
    indicator = "contacts"
    statistic = "rate"
    [[panels]]
    key = "two"
    kind = "flows"
    indicator = "contacts"
    lines = ["offical"]
    [[panels]]
    key = "three"
    kind = "categories"
    indicator = "contacts"
    [[panels]]
    key = "three"
    kind = "stacked"
    indicator = "contacts"
    characteristic = "contact_sorce"
    """
    told = "\n".join(faults(data, "staffing", text))
    for expected in (
        "unknown field",
        "found 'contact', expected one of",
        "nearest: contacts",
        "nearest: trend",
        "statistic: found 'rate', expected one of count",
        "against: found nothing",
        "nearest: official",
        "what a categories panel is told apart by",
        "nearest: contact_source",
        "'three' more than once",
        "lower-case words joined by hyphens",
        "0 layers",
    ):
        assert expected in told
    assert "pages/staffing.toml" in told
    with pytest.raises(DeclarationError):
        load_pages(data)


def test_a_count_cannot_stand_in_for_a_count(data: Path) -> None:
    text = """
    title = "Staffing"
    order = 50
    about = "Staff."
    [[cards]]
    indicator = "contacts"
    [cards.beside]
    indicator = "contacts"
    """
    assert any("cannot be compared" in each for each in faults(data, "staffing", text))


def test_a_headline_must_lead_to_a_page_that_is_there(data: Path) -> None:
    home = (data / "pages" / "at-a-glance.toml").read_text(encoding="utf-8")
    told = faults(data, "at-a-glance", home.replace('page = "staffing"', 'page = "stafing"', 1))
    assert len(told) == 1
    assert "nearest: staffing" in told[0]


def test_more_than_thirty_headlines_are_too_many(data: Path) -> None:
    row = '[[headlines]]\npage = "front-door"\ntitle = "C"\nindicator = "contacts"\n'
    told = faults(data, "at-a-glance", 'title = "At a glance"\norder = 0\nabout = "x"\n' + row * 31)
    assert any("31 headlines" in each for each in told)


def test_a_missing_home_page_and_a_broken_file_are_found(data: Path) -> None:
    (data / "pages" / "at-a-glance.toml").unlink()
    told = faults(data, "staffing", "title = ")
    assert any("no home page" in each for each in told)
    assert any("expected TOML" in each for each in told)
