"""Answers to what only a person can decide: asked once, and remembered."""

from pathlib import Path

import pytest

from dashboard.decisions import DecisionError, read_answers, remember
from dashboard.intake import Question

PAIR = Question(
    "measures 8 and 9, target", "Is 75% the target of both?", {"pair": "Of both.", "none": "Of neither."}
)


def test_an_answer_is_remembered_with_what_was_asked(tmp_path: Path) -> None:
    assert read_answers(tmp_path, "board-dataset") == {}
    remember(tmp_path, "board-dataset", [PAIR], {PAIR.key: "pair"}, "Performance team")
    assert read_answers(tmp_path, "board-dataset") == {PAIR.key: "pair"}
    assert read_answers(tmp_path, "dfe") == {}
    text = (tmp_path / "decisions" / "board-dataset.toml").read_text(encoding="utf-8")
    assert "Is 75% the target of both? Of both." in text
    assert 'by = "Performance team"' in text


def test_a_new_answer_takes_the_place_of_the_old_and_leaves_the_others(tmp_path: Path) -> None:
    other = Question('a "quoted" key', "Which?", {"a": "A\nB", "b": ""})
    remember(tmp_path, "x", [PAIR, other], {PAIR.key: "pair", other.key: "a"}, "")
    remember(tmp_path, "x", [PAIR], {PAIR.key: "none"}, "")
    assert read_answers(tmp_path, "x") == {PAIR.key: "none", other.key: "a"}


def test_an_answer_that_is_no_choice_is_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="found 'both', expected pair or none"):
        remember(tmp_path, "x", [PAIR], {PAIR.key: "both"}, "")
    with pytest.raises(
        DecisionError, match="'measures 8 and 9' was not asked; nearest: 'measures 8 and 9, target'"
    ):
        remember(tmp_path, "x", [PAIR], {"measures 8 and 9": "pair"}, "")
    assert read_answers(tmp_path, "x") == {}


@pytest.mark.parametrize("text", ["[a", "a = 1", "\xff"])
def test_a_file_of_answers_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "x.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(DecisionError, match=r"decisions/x\.toml"):
        read_answers(tmp_path, "x")
