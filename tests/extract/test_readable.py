"""What is done sooner than readability does it is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring
from lxml.html import fragment_fromstring
from readability.readability import REGEXES, Document
from readability.readability import clean as library_clean

from annotator.extract.content.readability import MAX_GAP, _SharedDocument, brief, clean

TEXTS = st.lists(st.sampled_from(["a", "b c", " ", "  ", "\n", "\t", "\r", "\xa0", "\u3000", ","]))


@given(TEXTS)
def test_blanks_are_folded_as_the_library_folds_them(pieces):
    text = "".join(pieces)
    assert clean(text) == library_clean(text)


@pytest.mark.parametrize("blank", [" ", "\n", "\xa0"])
@pytest.mark.parametrize("count", [MAX_GAP, MAX_GAP + 1, 3 * MAX_GAP])
def test_so_are_endless_blanks(blank, count):
    text = f"a{blank * count}b {blank * 3}c"
    assert clean(text) == library_clean(text)


@pytest.mark.parametrize(
    "inner",
    [
        "plain words",
        "<span>a <b>b</b></span>",
        "<span><img src='a.png'></span>",
        "<picture></picture>",
        "<span><i>&lt;div</i></span>",
        "<my-widget><ul><li>a</li></ul></my-widget>",
        "<a title='&lt;p'>b</a>",
    ],
)
def test_blocks_are_found_in_the_brief_text_of_an_element_as_in_the_whole(inner):
    element = fragment_fromstring(f"<span>{inner}</span>")
    has_block = REGEXES["divToPElementsRe"].search
    whole = tostring(element, encoding="unicode", method="html")
    assert bool(has_block(brief(element, encoding="unicode", method="html"))) == bool(
        has_block(whole)
    )
    assert bool(has_block(str(brief(element, encoding="utf-8")))) == bool(has_block(whole))


def test_the_same_candidates_are_unlikely_as_to_the_library():
    page = (
        "<body><div class=sidebar>a</div><div class=menu><article>b</article></div>"
        "<pre><span class=comment>c</span></pre><code class=footer>d</code>"
        "<div class='header main'>e</div><div id=popup>f<p class=footer>g</p></div>h</body>"
    )
    ours, theirs = _SharedDocument(page), Document(page)
    for document in (ours, theirs):
        document._html(True)
        document.remove_unlikely_candidates()
    assert ours.html.text_content() == theirs.html.text_content() == "bcdeh"
