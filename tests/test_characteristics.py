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


ABUSE = (
    '[abuse]\ntitle = "Abuse"\n'
    + "".join(
        f'[[abuse.categories]]\nid = "{each}"\ntitle = "{each.capitalize()}"\n'
        for each in ("neglect", "physical", "sexual", "emotional")
    )
    + '[[abuse.coarser]]\n[[abuse.coarser.merged]]\nid = "other"\ntitle = "Physical or sexual"\n'
    'of = ["physical", "sexual"]\n'
)
SECOND = '[[abuse.coarser]]\n[[abuse.coarser.merged]]\nid = "any"\ntitle = "Any but neglect"\n'


def test_a_coarser_level_has_what_is_merged_where_the_first_of_its_parts_stood(tmp_path):
    abuse = load(tmp_path, ABUSE)["abuse"]

    assert abuse.level(0) == abuse.categories
    assert [category.id for category in abuse.level(1)] == ["neglect", "other", "emotional"]
    assert abuse.title_of("other") == "Physical or sexual"
    assert abuse.parts_of("other") == ("physical", "sexual")
    assert abuse.parts_of("neglect") == ("neglect",)


def test_levels_get_ever_coarser(tmp_path):
    of = 'of = ["physical", "sexual", "emotional"]\n'
    abuse = load(tmp_path, ABUSE + SECOND + of)["abuse"]

    assert [[category.id for category in level] for level in abuse.levels] == [
        ["neglect", "physical", "sexual", "emotional"],
        ["neglect", "other", "emotional"],
        ["neglect", "any"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "other"', 'id = "neglect"', "neglect, which is a category"),
        (
            '"physical", "sexual"]',
            '"physical", "sexul"]',
            "'sexul' in level 1, expected a category such as sexual",
        ),
        ('of = ["physical", "sexual"]', 'of = ["physical"]', "other of 1"),
        ('title = "Abuse"', 'title = "Abuse"\nadds_up = false', "what does not add up"),
        ('id = "other"', 'id = "Other"', "found 'Other', expected lower-case words"),
    ],
)
def test_a_wrong_merged_category_is_said(tmp_path, old, new, said):
    with pytest.raises(DeclarationError) as error:
        load(tmp_path, ABUSE.replace(old, new, 1))

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (SECOND + 'of = ["sexual", "emotional"]\n', "level 2, which is not coarser"),
        ("[[abuse.coarser]]\n", "level 2, which is not coarser"),
        (SECOND.replace("any", "other") + 'of = ["neglect", "emotional"]\n', "other with other parts"),
        (
            '[[abuse.coarser.merged]]\nid = "more"\ntitle = "More"\nof = ["sexual", "emotional"]\n',
            "sexual more than once in level 1",
        ),
    ],
)
def test_a_wrong_level_is_said(tmp_path, second, said):
    with pytest.raises(DeclarationError) as error:
        load(tmp_path, ABUSE + second)

    assert said in str(error.value)
