"""A row's name fits its own measure best, and by enough that no other can be taken for it."""

from functools import cache

import pytest

from dashboard.intake.board_dataset.measures import ALIKE, FITS
from dashboard.intake.board_dataset.names import Names, state_statistic
from dashboard.vocabulary import Statistic
from tests.intake.board_dataset.workbook import NAMES, give


@cache
def names() -> Names:
    return Names({each.measure: each for each in give().catalogue.values() if each.measure})


@pytest.mark.parametrize("measure", range(1, 33))
def test_every_name_of_the_paper_fits_its_own_measure_and_no_other_nearly_as_well(measure: int) -> None:
    scores = names().scores(NAMES[measure - 1])
    own = scores.pop(measure)
    assert own >= FITS
    assert own > max(scores.values()) + ALIKE


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("No. of LAC placed with Prents", 11),
        ("% of LAC with an up to date health assesment", 18),
        ("Number of Looked After Childern placed outside county", 4),
        ("Care leavers aged sixteen to 20, number of", 27),
    ],
)
def test_misspelt_and_shortened_names_still_fit_best(name: str, measure: int) -> None:
    scores = names().scores(name)
    assert max(scores, key=lambda number: scores[number]) == measure


def test_a_name_with_another_age_does_not_fit() -> None:
    assert names().scores("Number of care leavers open for services - age 18-21")[27] < FITS


def test_a_name_says_whether_it_counts_or_shares() -> None:
    assert state_statistic("Number of Looked After Children") is Statistic.COUNT
    assert state_statistic("No. of children") is Statistic.COUNT
    assert state_statistic("Percantage of children") is Statistic.PERCENTAGE
    assert state_statistic("% of children") is Statistic.PERCENTAGE
    assert state_statistic("Looked after children") is None
    assert state_statistic("") is None
