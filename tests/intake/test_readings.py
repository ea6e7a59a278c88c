"""What a reader gives back, and how readers are found."""

from dashboard.findings import Finding, Level
from dashboard.intake import Question, Reading, find_readers, make_figures
from dashboard.observations import REMARKS, TYPES
from dashboard.sources import Source

SOURCE = Source("a-file", "A file", "A file", "The council", "A file", "A public paper", "", "2019-07-31")


def read(*findings: Finding, questions: int = 0) -> Reading:
    asked = tuple(
        Question(f"cell {each}", "Which?", {"a": "one", "b": "another"}) for each in range(questions)
    )
    return Reading(make_figures([]), SOURCE, "32 measures, 358 values", findings, asked)


def test_the_last_line_says_how_much_was_read_and_what_is_left_to_decide() -> None:
    assert read(questions=4).closing_line == (
        "32 measures, 358 values read; 4 cells need a decision; nothing was guessed."
    )
    assert read(questions=1).closing_line.split("; ")[1] == "1 cell needs a decision"


def test_an_error_means_that_nothing_can_be_loaded() -> None:
    note, error = Finding(Level.NOTE, "a.xlsx"), Finding(Level.ERROR, "a.xlsx")
    assert "error" not in read(note).closing_line
    assert "1 error: nothing can be loaded yet" in read(note, error).closing_line


def test_figures_are_made_in_the_long_tables_columns() -> None:
    figures = make_figures([{"indicator": "referrals", "value": 12.0, "decimals": 1, "row": "line 3"}])
    assert list(figures) == [*TYPES, *REMARKS]
    row = figures.iloc[0]
    assert (row["indicator"], row["value"], row["decimals"], row["row"]) == ("referrals", 12.0, 1, "line 3")
    assert (row["symbol"], row["note"]) == ("", "")
    assert row["numerator"] != row["numerator"]


def test_every_reader_says_what_it_reads() -> None:
    for kind, reader in find_readers().items():
        assert kind == reader.KIND
        assert reader.TITLE
        assert all(suffix.startswith(".") for suffix in reader.SUFFIXES)
