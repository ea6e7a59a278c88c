from dash import html

from dashboard.web.about import draw_about
from dashboard.web.markup import as_html, as_plain
from tests.web.samples import sample_about


def test_elements_become_markup() -> None:
    plain = as_plain(html.P(["Up ", html.B("3"), html.Br()], className="change", tabIndex=0))
    assert as_html(plain) == '<p class="change" tabindex="0">Up <b>3</b><br></p>'


def test_what_was_written_by_somebody_else_stays_text() -> None:
    plain = as_plain(html.A("<script>alert(1)</script>", href='/"><script>'))
    assert as_html(plain) == ('<a href="/&quot;&gt;&lt;script&gt;">&lt;script&gt;alert(1)&lt;/script&gt;</a>')


def test_true_and_false_attributes_are_written_as_html_has_them() -> None:
    assert as_html(as_plain(html.Div(hidden=True))) == "<div hidden></div>"
    assert as_html(as_plain(html.Div(hidden=False, title=None))) == "<div></div>"


def test_a_style_is_left_out_since_the_policy_would_refuse_it() -> None:
    assert as_html(as_plain(html.Div("x", style={"height": "1px"}))) == "<div>x</div>"


def test_what_is_hidden_is_folded_and_can_be_opened_without_the_script() -> None:
    markup = as_html(as_plain(draw_about(sample_about())))
    assert markup.count("<details") == markup.count("<summary>") == 2
    assert "<summary>Show all 1 measures</summary>" in markup
    assert 'href="#hidden"' in markup
    assert 'id="hidden"' in markup
