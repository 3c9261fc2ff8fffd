"""Outlines for Emacs: one heading for each mark, and nothing of a text is markup."""

from datetime import UTC, datetime

import orgparse
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.collections.org import escape, write_org
from annotator.model import Claim, Link
from annotator.model.text import clean_text
from builders import make_annotation, make_article
from collecting import placed, record_of

SPACE = "\u200b"
ARTICLE = make_article(
    "The bridge cost four million.",
    title="A bridge",
    url="https://example.org/bridge",
    byline=("Ann Lee",),
    site_name="The Paper",
    published="2024-05-01T10:00",
)
OUTLINE = """\
#+title: Marks
#+options: ^:nil

* A bridge :town_roads:
:PROPERTIES:
:ID:        ARTICLE
:SOURCE:    https://example.org/bridge
:AUTHORS:   Ann Lee
:SITE:      The Paper
:PUBLISHED: 2024-05-01
:ADDED:     [2026-03-14 Sat 09:26]
:END:
** four million :energy_grid:money:
:PROPERTIES:
:ID:        01kkaa
:KIND:      claim
:SPEAKER:   Ann Lee
:STATUS:    refuted
:CREATED:   [2026-03-14 Sat 09:26]
:MODIFIED:  [2026-03-14 Sat 09:26]
:END:
#+begin_quote
four million
#+end_quote
[[https://example.org/bridge#:~:text=bridge%20cost-,four%20million,-%2E][in the article]]

Is it *\u200btrue*?

- supports :: [[id:01kkbb][The bridge]] — the \u200b*bill*
- opposed-by :: [[https://example.org/a%5Bb%5D][example.org]]
- same-as :: [[id:01kkgone][a mark that is gone]]
"""
AWKWARD = [
    "* a heading",
    "** TODO another :tag:",
    "#+end_quote\n* out",
    "#+include: x",
    "# Local Variables:\n# eval: (x)\n# End:",
    ":PROPERTIES:\n:ID: other\n:END:",
    "| a | b |\n|---+---|",
    "+-+\n| a |",
    "- item\n+ item\n1. item\na) item",
    "-----",
    '%%(message "x")',
    "DEADLINE: <2024-01-01 Mon>",
    "<2024-01-01 Mon> [2024-01-01 Mon] <<target>> <%%(x)>",
    "[[elisp:(x)][click]] elisp:(x) shell:rm file:/etc/passwd id:x",
    "*b* /i/ _u_ =v= ~c~ +s+",
    "src_sh{rm} call_x()",
    "@@html:<script>@@ {{{macro(x)}}}",
    r"$x$ \(x\) \[x\] \alpha \\",
    "[fn:1] [cite:@x] [1/2] [50%]",
    r"\begin{x}",
]


def outline(*marks, article=ARTICLE, linked=(), tags=()):
    record = record_of(article, tags=tags, added=datetime(2026, 3, 14, 9, 26, tzinfo=UTC))
    ends = {each.id: LinkedMark(record, each) for each in linked}
    found = CollectedArticle(record=record, marks=placed(marks), linked=ends)
    return "".join(write_org(Collection(articles=[found])))


def test_an_outline_is_what_users_of_emacs_expect():
    end = make_annotation(ARTICLE, "The bridge", id="01kkbb")
    mark = make_annotation(
        ARTICLE,
        "four million",
        id="01kkaa",
        tags=("energy/grid", "money"),
        note="Is it *true*?",
        claim=Claim(speaker="Ann Lee", status="refuted"),
        links=(
            Link("supports", end.id, "the *bill*"),
            Link("opposes", "https://example.org/a[b]", is_reversed=True),
            Link("same-as", "01kkgone"),
        ),
    )
    written = outline(mark, linked=[end], tags=("town/roads",))
    assert written.replace(SPACE, "") == (OUTLINE.replace("ARTICLE", ARTICLE.id).replace(SPACE, ""))


def test_links_of_other_marks_are_below_a_mark_too():
    mark = make_annotation(ARTICLE, "four")
    other = make_annotation(ARTICLE, "The bridge", id="01kkbb", links=[Link("opposes", mark.id)])
    written = outline(mark, linked=[other])
    assert "\n\n- opposed-by :: [[id:01kkbb][The bridge]]\n" in written


def test_ids_properties_and_tags_are_read_back():
    mark = make_annotation(ARTICLE, "four", id="01kkaa", tags=("a-b", "日本", "x/y"))
    root = orgparse.loads(outline(mark))
    [article] = root.children
    [found] = article.children
    assert (article.get_property("ID"), found.get_property("ID")) == (ARTICLE.id, "01kkaa")
    assert found.tags == {"a_b", "日本", "x_y"}
    assert found.heading == "four"


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_makes_no_structure(text):
    article = make_article(text, title=text, byline=(text,))
    claim = Claim(statement=text, speaker=text, verdict=text)
    quote = article.text.split("\n")[0]
    links = (Link("supports", "01kkbb", text),)
    marks = [make_annotation(article, quote, note=text, claim=claim, links=links) for _ in "ab"]
    root = orgparse.loads(outline(*marks, article=article))
    [found] = root.children
    assert [len(each.children) for each in (root, found, *found.children)] == [1, 2, 0, 0]
    assert [each.get_property("ID") for each in found.children] == [each.id for each in marks]
    assert not found.tags
    for each in (found, *found.children):
        assert each.todo is None
        assert each.priority is None
        assert not each.datelist
        assert not each.rangelist


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_changed_only_by_spaces_that_are_not_seen(text):
    assert escape(text).replace(SPACE, "").replace(r"\dollar{}", "$") == text
    assert escape(text) != text


def test_common_prose_is_not_changed():
    text = "It cost $5 (or 4,000 kr.); “half” of it - and/or more, see https://example.org/a_b."
    assert escape(text) == text


@given(st.text(st.sampled_from("*#|:+-_/=~[]<>{}()@\\$ab1 \n\t%"), max_size=30))
def test_no_line_of_a_text_begins_structure(text):
    text = clean_text(text)
    for line in escape(text).split("\n"):
        assert not line.startswith(("*", "#", "|", ":", "%%"))
    assert "[[" not in escape(text)


def test_articles_without_marks_are_not_in_the_outline():
    assert outline() == "#+title: Marks\n#+options: ^:nil\n"
