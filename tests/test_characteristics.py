"""Characteristics and their categories, as declared."""

from pathlib import Path

import pytest

from dashboard.characteristics import load_characteristics
from dashboard.findings import DeclarationError

DATA = Path(__file__).parent.parent / "data"


def load(tmp_path: Path, text: str):
    (tmp_path / "characteristics.toml").write_text(text, encoding="utf-8")
    return load_characteristics(tmp_path)


def test_categories_keep_the_order_in_which_they_are_declared(tmp_path):
    read = load(
        tmp_path,
        '[age]\ntitle = "Age"\n[[age.categories]]\nid = "young"\ntitle = "Under 5"\n'
        '[[age.categories]]\nid = "old"\ntitle = "5 and over"\n',
    )

    assert [category.id for category in read["age"].categories] == ["young", "old"]
    assert read["age"].title_of("old") == "5 and over"
    assert read["age"].adds_up


def test_an_unknown_category_is_printed_as_it_is_written(tmp_path):
    read = load(tmp_path, '[age]\ntitle = "Age"\n[[age.categories]]\nid = "young"\ntitle = "Under 5"\n')

    assert read["age"].title_of("middling") == "middling"


def test_everything_wrong_is_said_at_once(tmp_path):
    text = (
        '[age]\ntitel = "Age"\n[[age.categories]]\nid = "a"\ntitle = "A"\n'
        '[[age.categories]]\nid = "a"\n[Sex]\ntitle = "Sex"\n'
    )
    with pytest.raises(DeclarationError) as error:
        load(tmp_path, text)

    said = str(error.value)
    assert "row 2, age.titel: found an unknown field" in said
    assert "nearest: title" in said
    assert "age.categories[2].title: found nothing" in said
    assert "a more than once" in said
    assert "found 'Sex', expected lower-case words" in said
    assert "Sex.categories: found none" in said


def test_a_missing_file_is_said():
    with pytest.raises(DeclarationError, match="No such file"):
        load_characteristics(Path("nowhere"))


def test_a_changed_file_is_read_again(tmp_path):
    text = '[age]\ntitle = "Age"\n[[age.categories]]\nid = "young"\ntitle = "Under 5"\n'
    load(tmp_path, text)

    assert load(tmp_path, text.replace("Under 5", "Under five"))["age"].title_of("young") == "Under five"


def test_factors_overlap_and_ages_do_not():
    characteristics = load_characteristics(DATA)

    assert not characteristics["assessment_factor"].adds_up
    assert characteristics["age_group"].adds_up


def test_the_board_dataset_has_eight_kinds_of_placement():
    assert len(load_characteristics(DATA)["placement_type"].categories) == 8
