from enum import StrEnum

import pytest

from dashboard import vocabulary
from dashboard.vocabulary import COLUMNS, COMPARABLE, Kind, Precision, Statistic, Symbol

SETS = [each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, StrEnum)]


@pytest.mark.parametrize("words", [each for each in SETS if each is not StrEnum])
def test_words_are_written_in_lower_case_without_spaces(words: type[StrEnum]) -> None:
    for word in words:
        assert word.value == word.value.lower()
        assert " " not in word.value
        assert word.name.lower() == word.value or words in (Symbol, Precision)


def test_the_long_table_has_its_columns_once_and_its_key_first() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS) == 14
    assert COLUMNS[:5] == ("indicator", "statistic", "area", "basis", "period")


def test_only_a_flow_covers_a_span_of_time() -> None:
    assert [kind for kind in Kind if not kind.is_at_a_date] == [Kind.FLOW]


def test_numbers_of_people_are_not_compared_with_areas_of_another_size() -> None:
    assert Statistic.COUNT not in COMPARABLE
    assert Statistic.FTE not in COMPARABLE


def test_having_a_number_is_the_absence_of_a_symbol() -> None:
    assert Symbol("") is Symbol.NONE
