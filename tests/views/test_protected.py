"""The about page's account of protection: the release's own numbers, and nothing that is not so."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from dashboard.periods import Grain
from dashboard.protection import Exempt, Protection, TableDesign
from dashboard.store import Release
from dashboard.views.protected import explain_protection, list_exempt, list_hidden, say_protection

Make = Callable[..., Any]
RULES = Protection(
    threshold=12,
    levels=("county", "district"),
    candidates=6,
    most_hidden=0.25,
    whole_line_below=30,
    top_codes=(90, 80),
    sensitive=("category_of_abuse",),
    exempt=(Exempt("contacts", "county", "The council publishes it."),),
    tables={
        each.name: each
        for each in (
            TableDesign("contacts", "count", "local", "", Grain.QUARTER),
            TableDesign("contacts", "count", "local", "contact_source", Grain.YEAR, 1),
            TableDesign("contacts", "rate", "local", "contact_source", None),
        )
    },
)


def tell(made: Any) -> str:
    sections = explain_protection(made.store)
    return " ".join(text for section in sections for text in (section.heading, *section.paragraphs))


def protected(release: Make, figures: Make, rules: Protection = RULES) -> Any:
    rows = figures("contacts", {"2021-22-Q3": "[c]", "2021-22-Q4": 40}, area="redditch", basis="local")
    rows += figures("contacts", {"2021-22": 900}, basis="local")
    rows += figures("contacts", {"2021-22": 99999}, area="england", basis="local")
    made = release(rows)
    made.store.protection = rules
    return made


def test_every_number_is_the_releases_own(release: Make, figures: Make) -> None:
    told = tell(protected(release, figures))
    for said in (
        *("1 to 11 children is not shown", "at least 6 possible answers", "at most 25% of it hidden"),
        *("own number is below 30", "“Above 90%”, “above 80%”, “below 10%” and “below 20%”"),
        *(
            "hidden like a small number in category of abuse",
            "small numbers of one measure are shown as they are",
        ),
        *("1 of the council’s own 3 figures", "1 of 3 tables are not shown by district at all"),
    ):
        assert said in told, said
    assert "1 to 9" not in told


def test_the_foot_of_the_page_has_the_threshold(release: Make, figures: Make) -> None:
    made = protected(release, figures)
    assert any(line.startswith("Counts of 1 to 11 children are hidden") for line in made.page("about").footer)
    below = protected(release, figures, Protection())
    assert "Counts of 1 to 9 children below county level are hidden" in say_protection(below.store)


def test_what_is_hidden_is_told_measure_by_measure(release: Make, figures: Make) -> None:
    table = list_hidden(protected(release, figures).store)
    assert table is not None
    [row] = table.rows
    assert row == (
        "Contacts received",
        "By quarter. Who made the contact: by year, some together (count); not shown (rate).",
        "–",
        "1 of 2",
        "0 of 1",
    )


def test_a_release_in_which_nothing_is_hidden_says_so(release: Make, figures: Make) -> None:
    made = protected(release, figures)
    made.store.release = Release("internal-1", datetime(2026, 1, 1, tzinfo=UTC), "internal")
    assert "Nothing is hidden" in tell(made)
    assert "[c]" not in tell(made)
    assert list_hidden(made.store) is None


def test_without_exceptions_none_are_listed(release: Make, figures: Make) -> None:
    told = tell(protected(release, figures, Protection()))
    assert "Small numbers that are shown" not in told
    assert "A nought is shown as 0" in told


def test_exceptions_are_listed_with_their_reasons(release: Make, figures: Make) -> None:
    table = list_exempt(protected(release, figures).store)
    assert table is not None
    assert table.rows == (("Contacts received", "County", "The council publishes it."),)
