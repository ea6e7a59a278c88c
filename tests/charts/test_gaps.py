"""`dashboard.charts.gaps`: what is hidden has its symbol at the axis."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.gaps import Place, mark_hidden
from dashboard.charts.lettering import measure
from dashboard.charts.theme import LABEL, Marks

DAYS = [f"2022-03-{day:02d}" for day in range(1, 32)]


def mark(*days: int, apart: float = 1, known: tuple[int, ...] = (), symbol: str = "[c]") -> Marks:
    """The marks of hidden days in March, so many pixels from one day to the next."""
    places = [Place(DAYS[day], day * apart, symbol, f"hidden {day}") for day in days]
    return mark_hidden(places, [DAYS[day] for day in sorted({*days, *known})])


def test_each_hidden_point_has_its_symbol_and_its_reason() -> None:
    marks = mark(0, 1, 2, apart=100)
    assert [(note["x"], note["text"], note["hovertext"]) for note in marks.notes] == [
        ("2022-03-01", "[c]", "hidden 0"),
        ("2022-03-02", "[c]", "hidden 1"),
        ("2022-03-03", "[c]", "hidden 2"),
    ]
    assert marks.shapes == []


def test_close_ones_share_a_symbol_over_a_bracket_that_spans_them() -> None:
    marks = mark(0, 1, 2, 20, apart=10, known=(10,))
    assert [note["x"] for note in marks.notes] == ["2022-03-02", "2022-03-21"]
    assert marks.notes[0]["hovertext"] == "hidden 0<br>hidden 1<br>hidden 2"
    assert len(marks.shapes) == 1
    assert "2022-03-01" in marks.shapes[0]["path"]
    assert "2022-03-03" in marks.shapes[0]["path"]


def test_no_bracket_passes_over_a_figure_that_is_shown() -> None:
    marks = mark(0, 1, 3, 4, apart=5, known=(2,))
    assert [note["x"] for note in marks.notes] == ["2022-03-01"]
    assert [shape["path"] for shape in marks.shapes] == [
        "M2022-03-01,9V5H2022-03-02V9",
        "M2022-03-04,9V5H2022-03-05V9",
    ]


def test_what_shares_a_symbol_has_a_stroke_of_its_own() -> None:
    marks = mark(0, 2, apart=5, known=(1,))
    assert len(marks.notes) == 1
    assert [shape["path"] for shape in marks.shapes] == [
        "M2022-03-01,9V5H2022-03-01V9",
        "M2022-03-03,9V5H2022-03-03V9",
    ]


def test_a_chain_of_close_ones_has_as_many_symbols_as_fit() -> None:
    marks = mark(*range(0, 31, 2), apart=10, known=tuple(range(1, 30, 2)))
    assert len(marks.notes) == 8
    assert len(marks.shapes) == 16


def test_both_symbols_are_said_where_close_ones_differ() -> None:
    places = [Place(DAYS[0], 0, "[c]", "hidden"), Place(DAYS[1], 9, "[x]", "not available")]
    assert [note["text"] for note in mark_hidden(places, DAYS[:2]).notes] == ["[c] [x]"]


def test_a_long_run_is_counted() -> None:
    assert mark(*range(20)).notes[0]["hovertext"] == "hidden 0<br>and 18 more, to<br>hidden 19"


def test_nothing_hidden_leaves_no_mark() -> None:
    assert mark() == Marks([], [])


@settings(deadline=None)
@given(st.sets(st.integers(0, 30)), st.floats(0.5, 40))
def test_symbols_do_not_touch(days: set[int], apart: float) -> None:
    found = sorted(DAYS.index(note["x"]) * apart for note in mark(*days, apart=apart).notes)
    room = measure("[c]", LABEL, bold=True)
    assert all(after - before >= room for before, after in pairwise(found))
    assert bool(found) == bool(days)


@settings(deadline=None)
@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.floats(0.5, 40))
def test_every_hidden_day_is_marked_and_no_day_with_a_figure(
    days: set[int], known: set[int], apart: float
) -> None:
    marks = mark(*days, apart=apart, known=tuple(known - days))
    hidden = {DAYS[day] for day in days}
    shown = {DAYS[day] for day in known} - hidden
    marked = {note["x"] for note in marks.notes}
    for shape in marks.shapes:
        first, last = shape["path"][1:11], shape["path"].partition("H")[2][:10]
        assert not {day for day in shown if first <= day <= last}
        marked |= {day for day in hidden if first <= day <= last}
    assert marked == hidden


def test_a_symbol_at_the_edge_of_the_plot_moves_inwards() -> None:
    at_edge, further_in = mark(0, 30, apart=10).notes
    assert at_edge["xshift"] >= measure("[c]", LABEL, bold=True) / 2 - 1
    assert "xshift" not in further_in
