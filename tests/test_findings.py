"""What a finding says to the person who must mend the file."""

from dashboard.findings import DeclarationError, Finding, Level, has_errors, nearest, one_of, quoted


def test_a_finding_is_one_line_with_place_found_expected_and_nearest():
    finding = Finding(Level.ERROR, "a.toml", 3, "kind", "'flwo'", "one of stock, flow", "flow", "misspelt")

    assert str(finding) == (
        "error: a.toml, row 3, kind: found 'flwo', expected one of stock, flow, nearest: flow (misspelt)"
    )


def test_what_does_not_apply_leaves_no_trace():
    assert str(Finding(Level.NOTE, "a.csv", found="a step")) == "note: a.csv: found a step"
    assert str(Finding(Level.WARNING, "a.csv")) == "warning: a.csv"


def test_the_nearest_word_is_found_whatever_its_case():
    assert nearest("Stok", ["flow", "stock"]) == "stock"
    assert nearest("reditch", ["Redditch", "Worcester"]) == "Redditch"


def test_nothing_is_near_a_word_that_is_unlike_all():
    assert nearest("zebra", ["flow", "stock"]) == ""
    assert nearest("zebra", []) == ""


def test_a_value_is_quoted_as_it_stood_and_cut_when_long():
    assert quoted("flwo") == "'flwo'"
    assert quoted(3) == "3"
    assert quoted({"a": 1}) == "a table"
    assert len(quoted("x" * 500)) <= 80


def test_many_allowed_words_are_counted_instead_of_listed():
    assert one_of(["a", "b"]) == "one of a, b"
    assert one_of(map(str, range(40))).endswith("(40 in all)")


def test_only_errors_stop_the_work():
    assert not has_errors([Finding(Level.WARNING, "a"), Finding(Level.NOTE, "a")])
    assert has_errors([Finding(Level.NOTE, "a"), Finding(Level.ERROR, "a")])


def test_the_exception_says_everything_at_once():
    error = DeclarationError([Finding(Level.ERROR, "a.toml"), Finding(Level.ERROR, "b.toml")])

    assert str(error).splitlines() == ["error: a.toml", "error: b.toml"]
    assert len(error.findings) == 2


def test_a_finding_in_a_workbook_names_the_sheet_and_what_was_made_of_it() -> None:
    finding = Finding(
        Level.WARNING,
        "a.xlsx",
        2,
        "B",
        "'Female'",
        "one of a) Male, b) Female",
        sheet="List 1",
        read_as="b) Female",
    )
    assert str(finding) == (
        "warning: a.xlsx, sheet List 1, row 2, B: found 'Female', read as b) Female, "
        "expected one of a) Male, b) Female"
    )
