"""`dashboard.page_lists`: measures listed by their numbers, and what may be wrong with them."""

from pathlib import Path

from dashboard.pages import load_pages, read_pages
from dashboard.periods import Grain, parse
from dashboard.settings import DATA
from dashboard.vocabulary import Basis, Statistic
from tests.test_pages import data, faults

__all__ = ["data"]  # a fixture

PAGE = load_pages(DATA)["board-dataset"]
TOP = 'title = "Listed"\norder = 60\nabout = "A list."\n[[groups]]\ntitle = "One"\n'


def test_the_board_dataset_lists_each_numbered_measure_once_by_months() -> None:
    from dashboard.indicators import load_indicators

    numbers = [load_indicators(DATA)[each.indicator].measure for each in PAGE.listed]
    assert numbers == list(range(1, 33))
    assert {(line.basis, line.grain) for each in PAGE.listed for line in each.lines} == {
        (Basis.LOCAL, Grain.MONTH)
    }


def test_a_row_says_what_is_printed_with_it_and_whom_it_is_compared_in() -> None:
    rows = [row for group in PAGE.groups for row in group.rows]
    first, fourth, eighth, seventeenth = rows[0], rows[3], rows[7], rows[16]
    assert [(each.area, each.text) for each in first.printed] == [
        ("england", "748"),
        ("statistical-neighbours", "588"),
    ]
    assert first.printed[0].year == parse("2017-18")
    assert first.compared.statistic is Statistic.RATE
    assert fourth.share is not None
    assert fourth.compared == fourth.share
    assert fourth.compared.statistic is Statistic.PERCENTAGE
    assert eighth.compared.indicator == "placed_with_foster_carers"
    assert seventeenth.compared == seventeenth.measure
    assert seventeenth.title == "Care or pathway plan up to date"
    assert fourth.title == "Placed outside the county"


def test_everything_wrong_with_a_list_is_told(data: Path) -> None:
    text = f"""{TOP}
    [[groups.rows]]
    indicator = "placed_outside_county"
    share = true
    [[groups.rows]]
    indicator = "looked_after_children"
    share = true
    shares = true
    [[groups.rows]]
    indicator = "contacts"
    printed = [{{ area = "england", year = "someday", text = "7" }}]
    beside = {{ indicator = "contact" }}
    """
    told = "\n".join(faults(data, "listed", text))
    for expected in (
        "false: looked_after_children has no percentage",
        "unknown field",
        "found 'contacts', expected a measure with a number in the board dataset",
        "the measures 4, 1, expected each once, in the order of the numbers",
        "found 'someday', expected a financial year such as 2017-18",
        "nearest: contacts",
    ):
        assert expected in told


def test_a_measure_may_not_be_listed_twice(data: Path) -> None:
    row = '[[groups.rows]]\nindicator = "care_leavers"\n'
    assert "the measures 26, 26, expected each once" in "\n".join(faults(data, "listed", TOP + row + row))
    faults(data, "listed", TOP + row)
    assert read_pages(data)[1] == ()
