"""Text files are read however Excel has written them, and what is wrong with one is told with its line."""

from pathlib import Path

import pytest

from dashboard.findings import Level
from dashboard.intake import delimited
from dashboard.intake.delimited import find_delimiter, read_delimited


def read(tmp_path: Path, raw: bytes) -> tuple[dict[int, list[str]], list[str]]:
    path = tmp_path / "figures.csv"
    path.write_bytes(raw)
    read, findings = read_delimited(path)
    return dict(read.lines), [f"{each.level}: {each.row}: {each.found}" for each in findings]


def test_lines_keep_their_numbers_and_cells_their_words(tmp_path: Path) -> None:
    raw = b'\xef\xbb\xbfa,b,c\r\n\r\n"1, 2",  x \xc2\xa0y ,"two\r\nlines"\r\n4,5,6\r\n'
    assert read(tmp_path, raw) == (
        {1: ["a", "b", "c"], 3: ["1, 2", "x y", "two lines"], 5: ["4", "5", "6"]},
        [],
    )


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("It was, as said, noted, again.\nMeas\tIIro\tJul-18\n", "\t"),
        ("one\ntwo\n", ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_excels_own_first_line_says_the_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=;\na,1;b,2\n") == ({2: ["a,1", "b,2"]}, [])


def test_text_that_is_not_utf8_is_read_with_a_note(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, b"a,b,c\nthe county\x92s,2,3\n")
    assert lines[2][0] == "the county’s"
    assert findings == [f"{Level.NOTE}: 2: text that is not UTF-8"]


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, b'a,b,c\n1,2,"3\n4,5,6\n')
    assert lines == {1: ["a", "b", "c"]}
    assert findings == [f"{Level.ERROR}: 2: unexpected end of data"]


def test_a_last_line_that_is_not_ended_is_left_out(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, b"a,b,c\n1,2,3\n4,5,6")
    assert list(lines) == [1, 2]
    assert findings == [f"{Level.ERROR}: 3: a last line that is not ended"]


def test_a_file_that_is_far_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_BYTES", 10)
    assert read(tmp_path, b"a,b,c\n1,2,3\n") == ({}, [f"{Level.ERROR}: None: 12 bytes"])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, findings = read_delimited(tmp_path / "none.csv")
    assert [each.found for each in findings] == ["No such file or directory"]
