"""What a program is told of a figure, of a measure, and of a request that is not understood."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from dashboard.export.answers import tell_catalogue, tell_figures, tell_problems
from dashboard.export.asking import Problem, RequestError, read_request
from dashboard.views.build import panel_rows
from dashboard.views.drawn import CSV_COLUMNS

Make = Callable[..., Any]
HOMES = "care_leavers_19_to_21_in_suitable_accommodation"
USUAL = {"statistic": "percentage", "basis": "local", "area": "redditch"}


@pytest.fixture
def made(release: Make, figures: Make) -> Any:
    """A district's figures: hidden, rounded, limited, simulated; and a real count of the county."""
    simulated = USUAL | {"status": "illustrative"}
    return release(
        figures(HOMES, {"2019-M03": "[c]"}, **simulated),
        figures(HOMES, {"2020-M03": 85}, precision="nearest_5", base="20-39", **simulated),
        figures(HOMES, {"2021-M03": 90}, precision="above", **simulated),
        figures(HOMES, {"2022-M03": 87.5}, **simulated),
        figures("looked_after_children", {"2022-M03": 891}, source="board", status="as_published"),
        figures(
            "looked_after_children",
            {"2022-M03": 12},
            characteristic="placement_type",
            category="foster_placement",
        ),
    )


def tell(made: Any, **given: str) -> dict[str, Any]:
    told = tell_figures(made.store, read_request(made.store, list(given.items())))
    read: dict[str, Any] = orjson.loads(orjson.dumps(told))
    return read


def test_a_figure_says_what_it_is_of_what_it_is_and_where_it_is_from(made: Any) -> None:
    (figure,) = tell(made, indicator="looked_after_children", characteristic="none")["figures"]
    assert figure == {
        "indicator": "looked_after_children",
        "indicator_title": "Looked after children",
        "statistic": "count",
        "unit": "children",
        "area": "worcestershire",
        "area_name": "Worcestershire",
        "basis": "official",
        "period": "2022-M03",
        "period_ends": "2022-03-31",
        "characteristic": None,
        "category": None,
        "category_title": None,
        "value": 891,
        "symbol": None,
        "precision": None,
        "base": None,
        "status": "As first published",
        "illustrative": False,
        "source": "Board report",
        "published_on": "2026-04-30",
        "note": None,
    }


def test_what_is_hidden_is_null_with_a_symbol_and_a_reason(made: Any) -> None:
    figure = tell(made, indicator=HOMES, to="2019-M03")["figures"][0]
    assert (figure["value"], figure["symbol"]) == (None, "c")
    assert figure["note"].startswith("Not shown, to protect children’s identity")


def test_what_is_not_exact_says_how_it_is_to_be_read(made: Any) -> None:
    _, rounded, limited, exact = tell(made, indicator=HOMES)["figures"]
    assert (rounded["value"], rounded["precision"], rounded["base"]) == (85, "to the nearest 5%", "20 to 39")
    assert (limited["value"], limited["precision"], limited["base"]) == (90, "above", None)
    assert (exact["value"], exact["precision"], exact["base"]) == (87.5, None, None)
    assert all(each["note"] for each in (rounded, limited))


def test_columns_have_the_words_of_a_download_of_the_same_figures(made: Any) -> None:
    names = {
        "Indicator": "indicator_title",
        "Statistic": "statistic",
        "Area": "area_name",
        "Basis": "basis",
        "Period": "period",
        "Status": "status",
        "Source": "source",
        "Published on": "published_on",
        "Precision": "precision",
        "Base": "base",
        "Note": "note",
    }
    _, *rows = panel_rows(
        made.store, made.select("through-care", area="redditch", range="all"), "care-leavers-homes"
    )
    downloaded = [dict(zip(CSV_COLUMNS, row, strict=True)) for row in rows]
    told = tell(made, indicator=HOMES)["figures"]
    assert len(told) == 4
    assert [{name: each[name] for name in names} for each in downloaded] == [
        {name: each[key] or "" for name, key in names.items()} for each in told
    ]


def test_simulated_figures_say_so_and_the_answer_says_that_there_are_some(made: Any) -> None:
    told = tell(made)
    assert {each["indicator"]: each["illustrative"] for each in told["figures"]} == {
        HOMES: True,
        "looked_after_children": False,
    }
    assert {each["source"] for each in told["figures"] if each["illustrative"]} == {"Simulated"}
    assert told["illustrative"].startswith("Illustrative: simulated figures")
    assert told["release"]["illustrative"] is True


def test_an_answer_names_release_licence_and_sources(made: Any) -> None:
    told = tell(made, indicator="looked_after_children", characteristic="none")
    assert told["release"]["id"] == made.store.release.id
    assert told["release"]["created"] == "2026-04-15T00:00:00+00:00"
    assert told["licence"] == made.page("through-care").footer[0]
    assert "Open Government Licence v3.0" in told["licence"]
    assert told["protection"] == made.page("through-care").footer[1]
    assert [each["title"] for each in told["sources"]] == ["Board report"]
    assert "mark" not in told


def test_a_category_is_named(made: Any) -> None:
    (figure,) = tell(made, characteristic="placement_type")["figures"]
    characteristic = made.store.characteristics["placement_type"]
    assert figure["category_title"] == characteristic.title_of("foster_placement")


def test_what_is_left_is_at_the_next_address(made: Any) -> None:
    first = tell(made, limit="4")
    assert (first["total"], len(first["figures"])) == (6, 4)
    given = dict(pair.split("=") for pair in first["next"].partition("?")[2].split("&"))
    rest = tell(made, **given)
    assert (rest["total"], rest["offset"], rest["next"]) == (6, 4, None)
    assert first["figures"] + rest["figures"] == tell(made)["figures"]
    assert tell(made, offset="6")["figures"] == []
    assert tell(made, offset="6")["next"] is None


def test_the_catalogue_tells_of_every_measure_and_every_word_that_can_be_asked_for(made: Any) -> None:
    told = tell_catalogue(made.store)
    assert [each["id"] for each in told["indicators"]] == list(made.store.indicators)
    assert {each["area"] for each in told["areas"]} == set(made.store.areas.slugs)
    assert {each["id"] for each in told["characteristics"]} == set(made.store.characteristics)
    homes = next(each for each in told["indicators"] if each["id"] == HOMES)
    declared = made.store.indicators[HOMES]
    assert homes["definition"] == declared.definition
    assert (homes["polarity"], homes["board_number"]) == ("high_is_good", declared.measure)
    assert {each["statistic"]: each["unit"] for each in homes["statistics"]} == {
        str(name): each.unit for name, each in declared.statistics.items()
    }
    assert sum(each["board_number"] is not None for each in told["indicators"]) > 20
    for each in told["indicators"]:
        asked = {"indicator": each["id"], "statistic": ",".join(s["statistic"] for s in each["statistics"])}
        asked |= {"characteristic": ",".join(each["characteristics"])} if each["characteristics"] else {}
        read_request(made.store, list(asked.items()))


def test_problems_are_told_with_how_many_and_that_nothing_was_guessed() -> None:
    one = Problem("area", "reditch", "one of 2", ("redditch", "wychavon"), "redditch")
    told = tell_problems(RequestError([one]))
    assert (
        told["message"]
        == "One thing in this request is not understood. No figures were read and nothing was guessed."
    )
    assert told["problems"] == [
        {
            "parameter": "area",
            "found": "reditch",
            "expected": "one of 2",
            "allowed": ["redditch", "wychavon"],
            "nearest": "redditch",
        }
    ]
    assert tell_problems(RequestError([one, one]))["message"].startswith("2 things in this request are not")
