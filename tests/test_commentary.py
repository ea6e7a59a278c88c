"""Commentaries: how they are read, and that those of the project carry the report's figures."""

import re
from pathlib import Path

import pytest

from dashboard.commentary import HEADINGS, check_commentary, load_commentary, split_commentary
from dashboard.periods import parse
from dashboard.settings import DATA

THEMES = ("front-door", "through-care", "child-protection", "children-in-need", "staffing")
FIGURES = {
    "front-door": ("4,400", "80%", "78%", "72%", "2,857", "2,722", "600", "400", "14%", "20%"),
    "through-care": (
        *("17", "21", "27", "11%", "36%", "75%", "6%", "99%", "70%"),
        *("98%", "93%", "94%", "58%", "52%", "50%", "4", "100"),
    ),
    "child-protection": ("99%", "95%", "9%", "16%", "18%", "13%"),
    "children-in-need": ("4%", "22%", "73%", "61%", "43%", "269", "283", "321"),
    "staffing": ("94%", "83%", "99%", "24%", "16%", "93%", "84%", "65%"),
}


def test_the_first_line_leads_and_headings_part_the_rest() -> None:
    lead, parts = split_commentary("The lead\ngoes on.\n\n## What\n\nOne *1*.\n\nTwo.\n\n## Note\n\nBut.\n")
    assert lead == "The lead goes on."
    assert parts == {"What": ("One *1*.", "Two."), "Note": ("But.",)}


@pytest.mark.parametrize("page", THEMES)
def test_every_theme_has_its_commentary_with_every_figure_of_the_report(page: str) -> None:
    found = load_commentary(DATA, parse("2021-22-Q4"), page)
    assert found is not None
    assert [section.heading for section in found.sections] == list(HEADINGS)
    told = [found.lead, *(each for section in found.sections for each in section.paragraphs)]
    marked = set(re.findall(r"\*([^*]+)\*", " ".join(told)))
    assert {re.sub(r"^over ", "", figure) for figure in marked} >= set(FIGURES[page])
    assert found.note
    assert found.source == "Performance report, Q4 2021/22"
    assert "*" not in found.lead


def test_a_year_shows_what_was_written_for_its_last_quarter() -> None:
    assert load_commentary(DATA, parse("2021-22"), "staffing") == load_commentary(
        DATA, parse("2021-22-Q4"), "staffing"
    )


def test_a_period_without_a_commentary_has_none() -> None:
    assert load_commentary(DATA, parse("2021-22-Q3"), "staffing") is None
    assert load_commentary(Path("nowhere"), parse("2021-22-Q4"), "staffing") is None


def test_the_projects_commentaries_have_no_faults() -> None:
    assert check_commentary(DATA, THEMES) == ()


def test_wrong_places_and_headings_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "commentary" / "spring"
    folder.mkdir(parents=True)
    (folder / "stafing.md").write_text("## Wat\n\nText.\n", encoding="utf-8")
    told = "\n".join(str(finding) for finding in check_commentary(tmp_path, THEMES))
    for expected in ("a folder named for a period", "nearest: staffing", "no lead", "nearest: What"):
        assert expected in told
