"""The glossary explains every word that the figures and the catalogue are written in."""

import inspect
import re
from enum import StrEnum
from pathlib import Path

import pytest

from dashboard import vocabulary
from dashboard.periods import Grain

GLOSSARY = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
SECTIONS = {
    "Statistic": "Statistic",
    "Basis": "Basis",
    "Kind": "Kind",
    "Polarity": "Polarity",
    "Frequency": "Frequency",
    "DistrictMode": "District mode",
    "Symbol": "Symbol",
    "Precision": "Precision",
    "Status": "Status",
    "Comparability": "Comparability",
    "Grain": "Period",
}


def read_words(section: str) -> dict[str, str]:
    """The words of a section's table, each with what its last column says."""
    body = re.split(rf"^### {re.escape(section)}\b.*$", GLOSSARY, maxsplit=1, flags=re.MULTILINE)
    assert len(body) == 2, f"no section on {section}"
    table = re.split(r"^##", body[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (?:`(\w+)`|\(blank\)) \|(?:.*\|)? *(.+?) *\|$", table, flags=re.MULTILINE)
    return dict(rows)


def enums() -> list[type[StrEnum]]:
    found = [
        each
        for _, each in inspect.getmembers(vocabulary, inspect.isclass)
        if each.__module__ == "dashboard.vocabulary"
    ]
    return [each for each in (*found, Grain) if issubclass(each, StrEnum)]


@pytest.mark.parametrize("words", enums(), ids=lambda words: words.__name__)
def test_every_word_is_explained_and_no_other(words):
    explained = read_words(SECTIONS[words.__name__])

    assert set(explained) == set(words)
    assert all(explained.values())


def test_every_column_of_the_long_table_is_explained_in_its_order():
    assert tuple(read_words("The columns of the long table")) == vocabulary.COLUMNS


def test_what_a_released_figure_has_besides_is_explained_in_its_order():
    assert tuple(read_words("What a released figure has besides")) == vocabulary.RELEASED


@pytest.mark.parametrize(
    "term",
    [
        "looked after children",
        "care leavers",
        "child protection plan",
        "children in need|child in need",
        "initial child protection conference",
        "section 47 enquiry",
        "re-referral",
        "early help",
        "statistical neighbours",
        "comparator",
        "target",
        "polarity",
        "numerator and denominator",
        "suppression",
        "release",
        "illustrative",
    ],
)
def test_every_term_of_the_field_has_an_entry(term):
    assert re.search(rf"^\*\*(?:{term})\b", GLOSSARY, flags=re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize(
    "short", ["LAC", "CLA", "CPP", "ICPC", "UASC", "PEP", "SDQ", "CSE", "EET", "NEET", "SGO", "FTE"]
)
def test_the_abbreviations_of_reports_are_explained(short):
    assert re.search(rf"\b{short}\b", GLOSSARY)
