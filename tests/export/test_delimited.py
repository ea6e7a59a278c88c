"""CSV that no spreadsheet takes for anything but texts and numbers."""

import csv
import io

import pytest

from dashboard.export.delimited import write_csv


def read(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))


def test_no_cell_is_run_as_a_formula() -> None:
    written = write_csv([["name", "value"], ["=cmd()", "-3.5"], ["@x", "+1"], ["-", "[c]"]])
    assert read(written) == [["name", "value"], ["'=cmd()", "-3.5"], ["'@x", "'+1"], ["'-", "[c]"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_whatever_a_formula_starts_with_is_quoted(start: str) -> None:
    assert read(write_csv([[f"{start}HYPERLINK(1)"]]))[0][0].startswith("'")


def test_it_is_told_to_be_unicode_and_has_line_ends_that_every_program_reads() -> None:
    written = write_csv([["Children’s"], ["a,b\nc"]])
    assert written == '\ufeffChildren’s\r\n"a,b\nc"\r\n'
