"""Reading declared TOML: every fault is noted with its line, and the reading goes on."""

from enum import StrEnum
from pathlib import Path

import pytest

from dashboard.declarations import Declaration, read_declaration
from dashboard.findings import Finding


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def read(tmp_path: Path, text: str) -> tuple[Declaration, list[Finding]]:
    path = tmp_path / "made_up.toml"
    path.write_text(text, encoding="utf-8")
    findings: list[Finding] = []
    declared = read_declaration(path, "made_up.toml", findings)
    assert declared is not None
    return declared, findings


def test_a_sound_file_gives_its_values_and_no_findings(tmp_path):
    declared, findings = read(
        tmp_path, 'name = " A name "\ncolour = "green"\nsize = 3\nopen = false\nof = ["a"]'
    )

    assert declared.text("name") == "A name"
    assert declared.word("colour", Colour) is Colour.GREEN
    assert declared.whole("size", lowest=1, highest=3) == 3
    assert declared.yes_or_no("open", default=True) is False
    assert declared.texts("of") == ("a",)
    declared.close()
    assert findings == []


def test_what_may_be_left_out_has_its_default(tmp_path):
    declared, findings = read(tmp_path, "")

    assert declared.text("name", required=False) == ""
    assert declared.word("colour", Colour, Colour.GREEN) is Colour.GREEN
    assert declared.whole("size", lowest=1, highest=3, required=False) is None
    assert declared.yes_or_no("open", default=True) is True
    assert declared.texts("of") == ()
    assert declared.inner("table", required=False) is None
    assert declared.several("tables") == []
    assert findings == []


@pytest.mark.parametrize("value", ["0", "4", '"3"', "true", "2.0"])
def test_a_whole_number_out_of_range_or_of_another_type_is_refused(tmp_path, value):
    declared, findings = read(tmp_path, f"size = {value}")

    assert declared.whole("size", lowest=1, highest=3) is None
    assert findings[0].expected == "a whole number from 1 to 3"


def test_wrong_types_are_all_noted(tmp_path):
    declared, findings = read(
        tmp_path, 'name = 3\ncolour = ["red"]\nopen = "no"\nof = "a"\ntable = 1\ntables = {}'
    )

    declared.text("name")
    declared.word("colour", Colour)
    declared.yes_or_no("open", default=True)
    declared.texts("of")
    declared.inner("table")
    declared.several("tables")

    assert [finding.column for finding in findings] == ["name", "colour", "open", "of", "table", "tables"]
    assert [finding.row for finding in findings] == [1, 2, 3, 4, 5, 6]


def test_a_text_of_nothing_but_space_is_not_a_text(tmp_path):
    declared, findings = read(tmp_path, 'name = "  "')

    assert declared.text("name") == ""
    assert findings[0].expected == "some words"


def test_a_list_may_not_say_a_thing_twice(tmp_path):
    declared, findings = read(tmp_path, 'of = ["a", "b", "a"]')

    declared.texts("of")
    assert findings[0].found == "a more than once"


def test_the_line_is_found_in_inner_tables_and_in_the_right_one_of_several(tmp_path):
    text = '[one.two]\nsize = 9\n\n[[rules]]\nname = "a"\n\n[[rules]]\nname = 1\n'
    declared, findings = read(tmp_path, text)

    one = declared.inner("one")
    assert one is not None
    two = one.inner("two")
    assert two is not None
    two.whole("size", lowest=0, highest=1)
    for rule in declared.several("rules"):
        rule.text("name")

    assert [(finding.row, finding.column) for finding in findings] == [
        (2, "one.two.size"),
        (8, "rules[2].name"),
    ]


def test_a_missing_field_of_a_table_is_placed_where_the_table_begins(tmp_path):
    declared, findings = read(tmp_path, 'name = "a"\n\n[[rules]]\nsize = 1\n')

    declared.several("rules")[0].text("name")

    assert (findings[0].row, findings[0].found) == (3, "nothing")


def test_a_field_that_nobody_asks_for_is_unknown_and_gets_the_nearest_name(tmp_path):
    declared, findings = read(tmp_path, 'nmae = "a"')

    declared.text("name", required=False)
    declared.close()

    assert findings[0].found == "an unknown field"
    assert findings[0].nearest == "name"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'name = "a\n', "line 1"),
        (b'name = "\xff"\n', "not UTF-8"),
        (b"a = 1\na = 2\n", "line 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, found):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    findings: list[Finding] = []

    assert read_declaration(path, "broken.toml", findings) is None
    assert found in findings[0].found


def test_a_file_that_is_not_there_is_a_finding_too(tmp_path):
    findings: list[Finding] = []

    assert read_declaration(tmp_path / "none.toml", "none.toml", findings) is None
    assert "No such file" in findings[0].found


def test_a_byte_order_mark_does_no_harm(tmp_path):
    declared, findings = read(tmp_path, '\ufeffname = "a"')

    assert declared.text("name") == "a"
    assert findings == []
