from dashboard.views.changes_shapes import Change, ChangeGroup, Changes
from dashboard.views.pictures import Judgement
from dashboard.views.shapes import Badge, Link, Mark, Tab
from dashboard.web.changes import draw_changes
from dashboard.web.markup import as_html, as_plain

BADGE = Badge(Mark.ILLUSTRATIVE, "Illustrative", "Simulated")
CHANGES = Changes(
    ends=(Tab("Q3 2021/22", "/changes?a", True), Tab("Q2 2021/22", "/changes?b", False)),
    groups=(
        ChangeGroup(
            "Newly unusual",
            (
                Change(
                    Link("Went missing", "/explore/x"), "31 is above 17.", Judgement.WORSE, True, (BADGE,)
                ),
                Change(None, "A measure is gone."),
            ),
            after="Take care.",
        ),
    ),
    quiet="Nothing else to report: no target was crossed.",
    unsaid=("Nobody was chosen.",),
    still=(Link("Contacts", "/explore/contacts"),),
    still_lead="1 measure was unusual already",
)


def draw(changes: Changes) -> str:
    return as_html(as_plain(draw_changes(changes)))


def test_the_earlier_ends_are_links_and_the_current_one_is_marked() -> None:
    markup = draw(CHANGES)
    assert '<nav class="ways" aria-labelledby="changes-since">' in markup
    assert markup.count('aria-current="true"') == 1
    assert '<a href="/changes?b">Q2 2021/22</a>' in markup


def test_a_change_is_a_link_a_sentence_and_its_badges() -> None:
    markup = draw(CHANGES)
    assert '<p><a href="/explore/x">Went missing</a>: 31 is above 17.</p>' in markup
    assert "<p>A measure is gone.</p>" in markup
    assert markup.count("tag illustrative") == 1
    assert markup.count("<img") == 2  # the sign of the judgement, and that of the badge


def test_what_did_not_change_has_no_heading() -> None:
    markup = draw(CHANGES)
    assert markup.count("<h2>") == 1
    assert "Nothing else to report: no target was crossed." in markup
    quiet = draw(Changes(CHANGES.ends, (), "Nothing to report.", (), (), ""))
    assert "<h2>" not in quiet
    assert "<details" not in quiet


def test_what_was_unusual_before_is_folded() -> None:
    assert "<summary>1 measure was unusual already</summary>" in draw(CHANGES)
