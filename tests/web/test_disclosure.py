"""The internal page about the proof: what it says, and that nothing it reads can break it."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.proof import HiddenCell, Interval, ProofError, read_proof
from dashboard.settings import DATA
from dashboard.web.disclosure import load_names
from dashboard.web.server import create_app
from tests.web.audiences import internal_settings
from tests.web.samples import SampleReader

RELEASE = "2026-04-15-1"
CELL = {
    "indicator": "contacts",
    "role": "value",
    "area": "redditch",
    "period": "2021-22-Q4",
    "characteristic": "age",
    "category": "under_1",
    "reason": "primary",
    "w": [0, 14],
    "s": [1, 9],
}
TABLE = {
    "indicator": "contacts",
    "statistic": "count",
    "characteristic": "",
    "grain": "month",
    "level": 0,
    "cells": 1000,
    "shown": 900,
    "hidden": 100,
}
PROOF: dict[str, Any] = {
    "release": RELEASE,
    "made": "2026-04-15T10:00:00+00:00",
    "rule_version": "3",
    "figures_hash": "ab12",
    "policy": {"threshold": 10, "candidates": 5},
    "cells": 12345,
    "hidden": 2345,
    "primary": 1300,
    "secondary": 1000,
    "withheld": 45,
    "unresolved": 0,
    "failed": 0,
    "seconds": 312.4,
    "solves": 9876,
    "families": {"geography": 120, "stock_and_flow": 44},
    "tables": [
        TABLE,
        {**TABLE, "characteristic": "age", "hidden": 300, "shown": 700},
        {**TABLE, "indicator": "referrals", "hidden": 0, "shown": 1000},
    ],
    "narrowest": [
        {**CELL, "area": "wychavon", "s": [1, 9], "w": [0, None]},
        {**CELL, "area": "worcester", "s": [2, 6]},
        {
            **CELL,
            "indicator": "referrals",
            "role": "",
            "reason": "secondary",
            "category": "",
            "characteristic": "",
        },
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "releases" / "public").mkdir(parents=True)
    (tmp_path / "releases" / "public" / "CURRENT").write_text(f"{RELEASE}\n", encoding="utf-8")
    (tmp_path / "audits" / "public").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def reader(data: Path) -> FlaskClient:
    client: FlaskClient = create_app(internal_settings(data), SampleReader()).server.test_client()
    client.environ_base["HTTP_X_REMOTE_USER"] = "somebody"
    return client


def write(data: Path, told: object) -> None:
    text = told if isinstance(told, str) else json.dumps(told)
    (data / "audits" / "public" / f"{RELEASE}.json").write_text(text, encoding="utf-8")


def read(reader: FlaskClient, query: str = "") -> str:
    """The words of the page."""
    response = reader.get(f"/disclosure{query}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.text[response.text.index("<main") :]).split())


def test_it_says_first_whether_any_number_can_be_worked_out(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF)
    page = read(reader)
    assert f"No hidden number of the public release {RELEASE} can be worked out" in page
    assert "2,345 of its 12,345 numbers are hidden" in page
    assert "any of at least 5 numbers" in page
    assert "A number is small from 1 to 9" in page


def test_it_gives_the_facts_of_the_proof(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF)
    page = read(reader)
    for fact in (
        "Hidden 2,345 (19%)",
        "(primary) 1,300",
        "(secondary) 1,000",
        "Not settled 0",
        "Took 5 minutes, for 9,876",
        "Proved on 15 April 2026, 10:00",
        "Hash of the figures ab12",
        "Version of the rules 3",
        "add up to the county 120",
    ):
        assert fact in page, fact


def test_it_lists_indicators_with_the_most_hidden_first(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF)
    assert re.search(r"contacts 2,000 1,600 400 20% referrals 1,000 1,000 0 0%", read(reader))


def test_it_lists_the_narrowest_first(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF)
    page = read(reader)
    assert page.index("worcester ") < page.index("wychavon ")
    assert "0 to 14 2 to 6" in page
    assert "0 or more 1 to 9" in page
    assert "It would reveal another" in page


def test_it_can_be_narrowed_to_one_indicator(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF)
    assert 'href="/disclosure?indicator=contacts"' in reader.get("/disclosure").text
    page = read(reader, "?indicator=contacts")
    assert "Show all indicators" in page
    assert "referrals" not in page
    assert "1,000 700 300 30%" in page
    assert "Choose an indicator" in read(reader, "?indicator=%3Cscript%3E")


def test_it_calls_everything_by_the_names_of_the_release() -> None:
    names = load_names(DATA)
    interval = Interval(0, 14)
    where = ("contacts", "value", "redditch", "2021-22-Q4", "contact_source", "police")
    cell = HiddenCell(*where, "primary", interval, interval)
    assert names.indicators["contacts"] == "Contacts received"
    assert names.areas["redditch"] == "Redditch"
    assert names.category(cell) == "Who made the contact: Police"


def test_a_proof_that_failed_says_so_at_the_top(reader: FlaskClient, data: Path) -> None:
    write(data, PROOF | {"failed": 2, "unresolved": 1})
    page = read(reader)
    assert "is not proved safe: 2 of its hidden numbers" in page
    assert "1 could not be settled" in page


def test_without_a_proof_it_says_how_to_make_one(reader: FlaskClient) -> None:
    page = read(reader)
    assert "No proof has been made of it" in page
    assert "python -m dashboard audit" in page


def test_without_a_release_it_says_how_to_make_one(reader: FlaskClient, data: Path) -> None:
    (data / "releases" / "public" / "CURRENT").unlink()
    assert "python -m dashboard publish" in read(reader)


def spoil(*path: str | int, value: object) -> object:
    """The proof with one thing in it another."""
    told = deepcopy(PROOF)
    place: Any = told
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return told


SPOILT = {
    "half a file": '{"release": ',
    "a list": [],
    "nothing": {},
    "a text": '"proof"',
    "another release": PROOF | {"release": "2026-01-01-1"},
    "a count that is a text": PROOF | {"hidden": "many"},
    "a count below nought": PROOF | {"hidden": -1},
    "half a number": PROOF | {"cells": 1.5},
    "a truth for a count": PROOF | {"failed": True},
    "no counts": spoil("unresolved", value=None),
    "tables that are none": PROOF | {"tables": {}},
    "a table without a size": spoil("tables", 0, "cells", value=None),
    "a table that is a text": PROOF | {"tables": ["contacts"]},
    "an interval of one": spoil("narrowest", 0, "s", value=[1]),
    "an interval of texts": spoil("narrowest", 0, "w", value=["a", "b"]),
    "families that are a list": PROOF | {"families": [1]},
    "no policy": spoil("policy", value=None),
    "not a number": json.dumps(PROOF).replace("312.4", "NaN"),
}


@pytest.mark.parametrize("told", SPOILT.values(), ids=SPOILT)
def test_a_file_that_is_no_proof_is_told_and_proves_nothing(
    reader: FlaskClient, data: Path, told: object
) -> None:
    write(data, told)
    page = read(reader)
    assert "The proof cannot be read" in page
    assert f"{RELEASE}.json" in page
    assert "No hidden number" not in page


def test_what_a_proof_says_is_never_markup(reader: FlaskClient, data: Path) -> None:
    write(data, spoil("narrowest", 0, "area", value="<script>alert(1)</script>"))
    assert "<script>alert" not in reader.get("/disclosure").text


def test_an_interval_without_a_bound_is_infinitely_wide(data: Path) -> None:
    write(data, PROOF)
    proof = read_proof(data, RELEASE)
    assert proof is not None
    assert proof.narrowest[0].without_reasons == Interval(0.0, None)
    assert proof.narrowest[0].without_reasons.width == float("inf")
    assert read_proof(data, "2020-01-01-1") is None


def test_the_message_names_the_place_and_what_was_expected(data: Path) -> None:
    write(data, spoil("tables", 1, "hidden", value="x"))
    with pytest.raises(
        ProofError, match=r"2026-04-15-1.json, tables 2, hidden: found 'x', expected a number"
    ):
        read_proof(data, RELEASE)
