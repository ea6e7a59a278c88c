"""What a release says of how it is protected."""

import json
from pathlib import Path

from dashboard.periods import Grain
from dashboard.protection import Exempt, Protection, load_protection

RULES = """
threshold = 12
levels = ["county", "district"]
statistics = ["count"]
candidates = 6
most_hidden = 0.25
whole_line_below = 30
nearest = 5
top_codes = [90, 80]
base_bands = [10, 20, 40]
something_else = "which is of no concern here"

[zeros]
sensitive = ["category_of_abuse"]

[[exceptions]]
indicator = "contacts"
level = "county"
reason = "The council publishes it."
"""


def design(characteristic: str, grain: str, level: int = 0) -> dict[str, object]:
    return {
        "indicator": "contacts",
        "statistic": "count",
        "basis": "local",
        "characteristic": characteristic,
        "grain": grain,
        "level": level,
        "hidden": 0.17,
    }


def test_the_rules_of_a_release_are_read(tmp_path: Path) -> None:
    (tmp_path / "disclosure.toml").write_text(RULES, encoding="utf-8")

    read = load_protection(tmp_path)

    assert (read.threshold, read.candidates, read.most_hidden, read.whole_line_below) == (12, 6, 0.25, 30)
    assert (read.nearest, read.top_codes, read.base_bands) == (5, (90, 80), (10, 20, 40))
    assert read.levels == ("county", "district")
    assert read.sensitive == ("category_of_abuse",)
    assert read.exempt == (Exempt("contacts", "county", "The council publishes it."),)
    assert read.tables == {}


def test_each_table_of_the_districts_has_its_design(tmp_path: Path) -> None:
    tables = [design("", "quarter"), design("age_group", "year", 1), design("sex", "none")]
    (tmp_path / "design.json").write_text(json.dumps({"tables": tables}), encoding="utf-8")

    read = load_protection(tmp_path)

    whole = read.table("contacts", "count", "local")
    by_age = read.table("contacts", "count", "local", "age_group")
    assert whole is not None
    assert (whole.grain, whole.level, whole.hidden) == (Grain.QUARTER, 0, 0.17)
    assert by_age is not None
    assert (by_age.grain, by_age.level) == (Grain.YEAR, 1)
    assert read.table("contacts", "rate", "local") is None


def test_only_what_was_decided_to_be_withheld_is(tmp_path: Path) -> None:
    tables = [design("", "quarter"), design("sex", "none")]
    (tmp_path / "design.json").write_text(json.dumps({"tables": tables}), encoding="utf-8")

    read = load_protection(tmp_path)

    assert read.withholds("contacts", "count", ["official", "local"], "sex")
    assert not read.withholds("contacts", "count", ["local"])
    assert not read.withholds("contacts", "count", ["official"], "sex")


def test_without_a_declaration_nothing_is_coarsened(tmp_path: Path) -> None:
    assert load_protection(tmp_path) == Protection()
