"""Cards for Anki: columns that never shift, and text that stays text."""

import html
import re

import pytest

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.anki import HEAD, escape, write_anki
from annotator.model import Claim
from builders import make_annotation, make_article
from collecting import placed, record_of

ARTICLE = make_article(
    "The bridge cost four million.",
    title="A <b>bridge</b>",
    url="https://example.org/bridge?a=1&b=2",
    byline=("Ann Lee",),
    published="2024-05-01T10:00",
)


def cards(*marks, article=ARTICLE):
    """Return the columns of each card."""
    found = CollectedArticle(record=record_of(article), marks=placed(marks))
    written = "".join(write_anki(Collection(articles=[found])))
    assert written.startswith(HEAD)
    return [line.split("\t") for line in written.removeprefix(HEAD).splitlines()]


def test_the_head_says_what_the_columns_are():
    lines = dict(line[1:].split(":", 1) for line in HEAD.splitlines())
    assert lines["separator"] == "tab"
    assert lines["columns"].split("\t") == ["Id", "Front", "Back", "Tags"]
    assert (lines["guid column"], lines["tags column"]) == ("1", "4")


def test_the_id_is_first_so_that_a_second_import_updates_the_card():
    first = make_annotation(ARTICLE, "four million", id="01kkaa", note="Old")
    second = make_annotation(ARTICLE, "four million", id="01kkaa", note="New")
    [[before, *_], [after, *_]] = cards(first), cards(second)
    assert before[0] == after[0] == "01kkaa"


def test_the_words_are_on_the_front_and_all_that_is_known_on_the_back():
    claim = Claim(speaker="Ann & Bo", status="refuted")
    mark = make_annotation(ARTICLE, "four", note="Or\nfive?", claim=claim)
    [[_, front, back, _]] = cards(mark)
    assert front == "<blockquote>four</blockquote>"
    assert back == (
        "<p>Or<br>five?</p><p>Speaker: Ann &amp; Bo<br>Status: refuted</p>"
        '<p><small><a href="https://example.org/bridge?a=1&amp;b=2#:~:text=bridge%20cost-,four,'
        '-million%2E">A &lt;b&gt;bridge&lt;/b&gt;</a> · Ann Lee · 2024-05-01</small></p>'
    )


def test_a_question_is_asked_on_the_front():
    mark = make_annotation(ARTICLE, "four", kind="question", note="How much?")
    [[_, front, back, _]] = cards(mark)
    assert front == "<p>How much?</p>"
    assert back.startswith("<blockquote>four</blockquote>")


def test_levels_of_tags_are_those_of_anki():
    [[*_, tags]] = cards(make_annotation(ARTICLE, "four", tags=("town/roads", "money", 'a"b')))
    assert tags == "town::roads money a_b"


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc",
        '"quoted"',
        "#notetype:Cloze",
        "[sound:x.mp3] [latex]\\input{x}[/latex] \\(x\\)",
        "{{c1::x}} {{Front}} }}}",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt;",
    ],
)
def test_text_stays_text(text):
    escaped = escape(text)
    assert not re.search(r"[\t\n<>\"\[\\]|\{\{|\}\}", escaped.replace("<br>", ""))
    shown = html.unescape(escaped.replace("<br>", "\n"))
    assert shown == text.replace("\t", " ")


def test_every_card_has_four_columns_whatever_is_in_it():
    article = make_article("a b", title="T\tU\nV")
    marks = [make_annotation(article, "a", note="x\ty\nz", tags=("q",)) for _ in range(3)]
    assert [len(card) for card in cards(*marks, article=article)] == [4, 4, 4]


def test_lists_and_code_of_notes_and_formulas_of_quotations_stay_what_they_are():
    article = make_article("Then $x_1 < 2$, of $5.")
    mark = make_annotation(
        article, article.text, note="Why:\n\n- a [b]\n- *c*\n\n```\nx\n\ty\n```\n![p](http://a.b/p)"
    )
    [[_, front, back, _]] = cards(mark, article=article)
    assert front == r"<blockquote>Then \(x_1 &lt; 2\), of $5.</blockquote>"
    assert "<p>Why:</p><ul><li>a &#91;b]</li><li><em>c</em></li></ul><pre><code>x<br>" in back
    assert "<img" not in back
